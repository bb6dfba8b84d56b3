//! BM25, the classic: terms that a document shares with the query, by how rare they are.
//!
//! `s(q, d) = sum_{j in q} idf_j tf (k1 + 1) / (tf + k1 (1 - b + b |d| / mean))` with tf the number of times that term j is in `d`.
//! A query is a look-up of its terms; it costs as many operations as they have postings.
//!
//! Robertson, Walker, Jones, Hancock-Beaulieu and Gatford, "Okapi at TREC-3" (1994).

use super::index::best;
use super::search::{Corpus, DEPTH, SearchInstance};
use super::searching::{Found, Ranker, Searching};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bytes of a posting: a document's number and how often it has the term.
const POSTING: usize = 3;

/// Parameters of BM25.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Bm25 {
    /// How soon more of the same term stops to count, k1.
    #[schemars(range(min = 0.0, max = 5.0), extend("x-step" = 0.1))]
    pub saturation: f64,
    /// How much long documents are held back, b.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.1))]
    pub length: f64,
}

impl Default for Bm25 {
    fn default() -> Self {
        Self { saturation: 0.9, length: 0.4 }
    }
}

impl TypedMethod for Bm25 {
    type Instance = SearchInstance;

    const CARD: MethodCard = MethodCard {
        id: "bm25",
        lab: "retrieval",
        problem: "search",
        title: "BM25",
        short: "BM25",
        sentence: "",
        line: "Counts the query's own terms, rare ones more",
        cost: "the postings of the query's terms",
        when: "nothing is to be learned, and queries use the documents' own words",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        1000
    }

    fn start(&self, instance: &Arc<SearchInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Searching::run(instance, Postings::new(&instance.corpus, self)))
    }
}

/// For each term the documents that have it, with the term's whole contribution to their score.
struct Postings {
    terms: Vec<Vec<(usize, f64)>>,
    documents: usize,
}

impl Postings {
    fn new(corpus: &Corpus, settings: &Bm25) -> Self {
        let total: usize = corpus.documents.iter().map(|document| document.tokens.len()).sum();
        let mean = total as f64 / corpus.documents.len() as f64;
        let mut terms = vec![Vec::new(); corpus.terms.len()];
        for (number, document) in corpus.documents.iter().enumerate() {
            let mut tokens = document.tokens.clone();
            tokens.sort_unstable();
            let k1 = settings.saturation;
            let long = k1 * (1.0 - settings.length + settings.length * tokens.len() as f64 / mean);
            for same in tokens.chunk_by(|a, b| a == b) {
                let tf = same.len() as f64;
                terms[same[0]].push((number, corpus.idf[same[0]] * tf * (k1 + 1.0) / (tf + long)));
            }
        }
        Self { terms, documents: corpus.documents.len() }
    }

    /// Scores of all documents, and postings touched.
    fn scores(&self, tokens: &[usize]) -> (Vec<f64>, usize) {
        let (mut scores, mut touched) = (vec![0.0; self.documents], 0);
        for &token in tokens {
            touched += self.terms[token].len();
            self.terms[token].iter().for_each(|&(document, weight)| scores[document] += weight);
        }
        (scores, touched)
    }
}

impl Ranker for Postings {
    fn prepare(&mut self, _: &Corpus) -> bool {
        false
    }

    fn find(&mut self, _: &Corpus, tokens: &[usize]) -> Found {
        let (scores, operations) = self.scores(tokens);
        let mut terms = tokens.to_vec();
        terms.sort_unstable();
        terms.dedup();
        Found { ranking: best(&scores, DEPTH), terms, operations }
    }

    fn bytes(&self) -> usize {
        self.terms.iter().map(|postings| POSTING * postings.len()).sum()
    }
}

/// For each training pair up to `count` documents that BM25 ranks highest among those that are no answer.
pub(super) fn negatives(corpus: &Corpus, count: usize) -> Vec<Vec<usize>> {
    let postings = Postings::new(corpus, &Bm25::default());
    let of = |pair: &super::search::Query| {
        let ranking = best(&postings.scores(&pair.tokens).0, count + 1);
        ranking.into_iter().map(|(document, _)| document).filter(|one| Some(*one) != pair.answer).take(count).collect()
    };
    corpus.pairs.iter().map(of).collect()
}

static NOTE: Note = Note {
    formula: r"s(q, d) = \sum_{j \in q} \mathrm{idf}_j\, \frac{(k_1 + 1)\, \mathrm{tf}_{jd}}{\mathrm{tf}_{jd} + k_1 \big(1 - b + b\, |d| / \overline{|d|}\big)}",
    breaks: "It counts terms and does not know what they mean: a synonym finds nothing, and a term of two senses finds both. Neither order nor nearness of terms counts, and values of k1 and b that suit one collection need not suit the next.",
};
