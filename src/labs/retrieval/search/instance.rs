//! An instance of `search`, and how rankings are judged.

use super::corpus::Corpus;
use super::measures::{ndcg, recall, reciprocal_rank};
use crate::contract::{Axis, Instance, Kind, Observation, Panel, Trace, Values};
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// Documents of a ranking that are kept.
pub const DEPTH: usize = 100;

/// The grade of a document that answers a query.
const ANSWERS: u32 = 2;

/// A collection and queries.
pub struct SearchInstance {
    /// The texts as numbers.
    pub corpus: Arc<Corpus>,
}

impl SearchInstance {
    pub(super) fn new(corpus: Corpus) -> Self {
        Self { corpus: Arc::new(corpus) }
    }

    /// The rankings of an estimate that are there, with the queries' numbers.
    fn rankings<'a>(&'a self, seen: &'a Observation<'_>) -> impl Iterator<Item = (usize, Vec<usize>)> + 'a {
        let numbers: &[f64] = match &seen.estimate {
            Values::Real(numbers) if numbers.len() == self.corpus.queries.len() * DEPTH => numbers,
            _ => &[],
        };
        numbers.chunks_exact(DEPTH).enumerate().filter_map(|(query, ranking)| {
            let documents: Vec<usize> =
                ranking.iter().take_while(|one| **one >= 0.0).map(|&one| one as usize).collect();
            (!documents.is_empty()).then_some((query, documents))
        })
    }

    /// nDCG@10 of the queries that have an answer and a ranking.
    fn by_query(&self, seen: &Observation<'_>) -> Vec<f64> {
        self.judged(seen).iter().map(|measures| measures[0]).collect()
    }

    /// nDCG@10, reciprocal rank and recall@100 of each of them.
    fn judged(&self, seen: &Observation<'_>) -> Vec<[f64; 3]> {
        self.rankings(seen)
            .filter_map(|(query, ranking)| {
                let relevant = [(self.corpus.queries[query].answer?, ANSWERS)];
                Some([ndcg(&ranking, &relevant), reciprocal_rank(&ranking, &relevant), recall(&ranking, &relevant)])
            })
            .collect()
    }

    /// The means over the queries answered so far. What has answered none has found nothing.
    fn told(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let judged = self.judged(seen);
        let mean = |at: usize| judged.iter().fold(0.0, |sum, one| sum + one[at]) / judged.len().max(1) as f64;
        vec![
            Trace { name: "ndcg", value: mean(0) },
            Trace { name: "missed", value: 1.0 - mean(0) },
            Trace { name: "mrr", value: mean(1) },
            Trace { name: "recall", value: mean(2) },
        ]
    }
}

impl Instance for SearchInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let Corpus { documents, queries, terms, pairs, .. } = self.corpus.as_ref();
        let tokens: usize = documents.iter().map(|document| document.tokens.len()).sum();
        let mean = tokens as f64 / documents.len() as f64;
        json!({
            "rows": queries.len(),
            "cols": documents.len(),
            "size": format!("N = {}, Q = {}", documents.len(), queries.len()),
            "notes": [format!(
                "A document has {mean:.1} stems in the mean, of {} terms; {} examples of other senses are there to learn from.",
                terms.len(), pairs.len()
            )],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let values = self.by_query(seen);
        vec![Panel {
            id: "by_query",
            title: "Queries",
            caption: "nDCG@10 of each query so far: 1 where the answer comes first, 0.63 where second",
            kind: Kind::Bars,
            shape: (1, values.len()),
            values: Values::give(values),
            table: None,
            x: Axis::plain("query"),
            y: Axis::plain("nDCG"),
            marks: Vec::new(),
        }]
    }

    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        Values::give(self.by_query(seen))
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        if self.judged(seen).is_empty() { Vec::new() } else { self.told(seen) }
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.told(seen)
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let answers = self.corpus.queries.iter().map(|query| query.answer.map_or(-1.0, |answer| answer as f64));
        let answers: Vec<f64> = answers.collect();
        vec![
            ("answers", (answers.len(), 1), Values::give(answers)),
            ("idf", (self.corpus.idf.len(), 1), Values::lend(&self.corpus.idf)),
        ]
    }
}
