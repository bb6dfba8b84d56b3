//! What all runs of the lab share: a ranker gets ready step by step, and then answers a query a step.
//!
//! A new system is a [`Ranker`]; [`Searching`] makes a run of it.

use super::search::{Corpus, DEPTH, SearchInstance};
use crate::contract::{Cell, Event, Mark, Observation, Panel, Run, Status, Trace, Values};
use std::borrow::Cow;
use std::sync::Arc;

/// Rows of the table of hits.
const SHOWN: usize = 10;

/// A way to rank documents.
pub(super) trait Ranker: Send {
    /// Does a step of what comes before the first query: training, encoding, indexing. False, and nothing is done, once all is ready.
    fn prepare(&mut self, corpus: &Corpus) -> bool;

    /// Ranks the documents for a query.
    fn find(&mut self, corpus: &Corpus, tokens: &[usize]) -> Found;

    /// Size of what is stored, in bytes.
    fn bytes(&self) -> usize;

    /// Quantities of its own.
    fn traces(&self) -> Vec<Trace> {
        Vec::new()
    }

    /// Panels of its own, for the query answered last.
    fn panels(&self, _corpus: &Corpus) -> Vec<Panel<'static>> {
        Vec::new()
    }
}

/// What is found for a query.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// Documents with scores, the best first.
    pub(super) ranking: Vec<(usize, f64)>,
    /// Terms of the query that are looked up, ascending.
    pub(super) terms: Vec<usize>,
    /// Postings touched, and multiply-adds beyond those.
    pub(super) operations: usize,
}

/// A run of a ranker.
pub(super) struct Searching<R> {
    instance: Arc<SearchInstance>,
    ranker: R,
    ready: bool,
    began: bool,
    /// Queries answered so far, what was found for the last one, and operations for all.
    answered: usize,
    last: Found,
    operations: usize,
    /// The estimate.
    rankings: Vec<f64>,
}

impl<R: Ranker + 'static> Searching<R> {
    /// Before anything is done.
    pub(super) fn run(instance: &Arc<SearchInstance>, ranker: R) -> Box<dyn Run> {
        let rankings = vec![-1.0; instance.corpus.queries.len() * DEPTH];
        Box::new(Self {
            instance: instance.clone(),
            ranker,
            ready: false,
            began: false,
            answered: 0,
            last: Found::default(),
            operations: 0,
            rankings,
        })
    }

    /// The query answered last, and the best documents for it.
    fn hits(&self) -> Panel<'static> {
        let corpus = self.instance.corpus.as_ref();
        let query = self.answered.checked_sub(1).and_then(|last| corpus.queries.get(last));
        let answer = query.and_then(|query| query.answer);
        let place = self.last.ranking.iter().position(|(document, _)| Some(*document) == answer);
        let row = |rank: usize, document: usize, score: Cell| {
            let document = &corpus.documents[document];
            vec![Cell::count(rank + 1), Cell::words(document.words), Cell::words(document.definition), score]
        };
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        rows.extend(query.map(|query| vec![Cell::words("?"), Cell::words(""), Cell::words(query.text.clone())]));
        let hits = self.last.ranking.iter().take(SHOWN).enumerate();
        rows.extend(hits.map(|(rank, &(document, score))| row(rank, document, Cell::Number(score))));
        let mut marks: Vec<Mark> = Vec::new();
        match (place, answer) {
            (Some(place), _) if place < SHOWN => marks.push(Mark::Chosen { index: place + 1 }),
            (Some(place), Some(answer)) => {
                marks.push(Mark::Chosen { index: rows.len() });
                rows.push(row(place, answer, Cell::Number(self.last.ranking[place].1)));
            }
            (None, Some(answer)) => {
                marks.push(Mark::Chosen { index: rows.len() });
                let mut missed = row(0, answer, Cell::words("not found"));
                missed[0] = Cell::words("");
                rows.push(missed);
            }
            _ => {}
        }
        let names = ("hits", "Hits", "for the query answered last; bold is the sense that it shows");
        Panel::table(names, &["rank", "sense of", "definition", "score"], rows).with_marks(marks)
    }
}

impl<R: Ranker + 'static> Run for Searching<R> {
    fn step(&mut self) -> Status {
        self.began = false;
        let corpus = &self.instance.corpus;
        if !self.ready {
            if self.ranker.prepare(corpus) {
                return Status::Running;
            }
            (self.ready, self.began) = (true, true);
        }
        let Some(query) = corpus.queries.get(self.answered) else {
            return Status::Failed(
                "There is no query to answer. A smaller share to learn from would leave some".into(),
            );
        };
        self.last = self.ranker.find(corpus, &query.tokens);
        self.operations += self.last.operations;
        let place = &mut self.rankings[self.answered * DEPTH..(self.answered + 1) * DEPTH];
        for (place, (document, _)) in place.iter_mut().zip(&self.last.ranking) {
            *place = *document as f64;
        }
        self.answered += 1;
        if self.answered == corpus.queries.len() {
            Status::Converged("all queries are answered".into())
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let mut panels = vec![self.hits()];
        panels.extend(self.ranker.panels(&self.instance.corpus));
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let mut traces = vec![
            Trace { name: "operations", value: self.operations as f64 / self.answered.max(1) as f64 },
            Trace { name: "bytes", value: self.ranker.bytes() as f64 },
        ];
        traces.extend(self.ranker.traces());
        Observation {
            estimate: Values::lend(&self.rankings),
            support: Cow::Borrowed(&self.last.terms),
            traces,
            panels: Vec::new(),
            events: if self.began { vec![Event::Round { number: 1 }] } else { Vec::new() },
            products: self.operations as f64,
        }
    }
}
