//! Dense late interaction, as ColBERT: every query token is compared with every token of every document.
//!
//! `s(q, d) = sum_{i in q} max_{t in d} <h_i, h_t> / (|h_i| |h_t|)` with the encoder's vectors of tokens in their context, as they are
//! before any training. All documents are scored, so a query costs `|q| (sum of |d|)` products of `d` numbers.
//!
//! Khattab and Zaharia, "ColBERT" (2020).

use super::encoder::Encoder;
use super::index::best;
use super::search::{Corpus, DEPTH, SearchInstance};
use super::searching::{Found, Ranker, Searching};
use super::slim_retrieval::{COSINE, INDEXED, MIX};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::kernels::{dot, norm};
use crate::signals::senses::DIMENSIONS;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bytes of a number that is stored.
const STORED: usize = 2;

/// Parameters of ColBERT.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Colbert {
    /// Numbers a token: the leading ones of its vector.
    #[schemars(range(min = 2, max = 32))]
    pub dimensions: usize,
}

impl Default for Colbert {
    fn default() -> Self {
        Self { dimensions: 32 }
    }
}

impl TypedMethod for Colbert {
    type Instance = SearchInstance;

    const CARD: MethodCard = MethodCard {
        id: "colbert",
        lab: "retrieval",
        problem: "search",
        title: "Dense late interaction",
        short: "ColBERT",
        sentence: "with {dimensions} numbers a token",
        line: "Compares every token of the query with every token of every document",
        cost: "one inner product for each token of the query and each of the collection",
        when: "the collection is small, or another method has chosen the candidates",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        1000
    }

    fn start(&self, instance: &Arc<SearchInstance>) -> Result<Box<dyn Run>, Complaint> {
        let encoder = Encoder::new(&instance.corpus, 1, COSINE, MIX);
        Ok(Searching::run(instance, Dense { dimensions: self.dimensions, encoder, documents: Vec::new() }))
    }
}

struct Dense {
    dimensions: usize,
    encoder: Encoder,
    /// Unit vectors of the tokens of each document.
    documents: Vec<Vec<f64>>,
}

impl Dense {
    fn vectors(&self, tokens: &[usize]) -> Vec<f64> {
        let hidden = self.encoder.hidden(tokens);
        let unit = |row: &[f64]| {
            let row = &row[..self.dimensions];
            let length = norm(row);
            row.iter().map(|x| if length > 0.0 { x / length } else { 0.0 }).collect::<Vec<f64>>()
        };
        hidden.chunks_exact(DIMENSIONS).flat_map(unit).collect()
    }
}

impl Ranker for Dense {
    fn prepare(&mut self, corpus: &Corpus) -> bool {
        let done = self.documents.len();
        for document in corpus.documents.iter().skip(done).take(INDEXED) {
            let vectors = self.vectors(&document.tokens);
            self.documents.push(vectors);
        }
        self.documents.len() < corpus.documents.len()
    }

    fn find(&mut self, _: &Corpus, tokens: &[usize]) -> Found {
        let query = self.vectors(tokens);
        let mut operations = 0;
        let mut scores = Vec::with_capacity(self.documents.len());
        for document in &self.documents {
            operations += tokens.len() * document.len();
            let best = |token: &[f64]| {
                document.chunks_exact(self.dimensions).fold(0.0_f64, |most, other| most.max(dot(token, other)))
            };
            scores.push(query.chunks_exact(self.dimensions).fold(0.0, |sum, token| sum + best(token)));
        }
        let mut terms = tokens.to_vec();
        terms.sort_unstable();
        terms.dedup();
        Found { ranking: best(&scores, DEPTH), terms, operations }
    }

    fn bytes(&self) -> usize {
        self.documents.iter().map(|document| STORED * document.len()).sum()
    }
}

static NOTE: Note = Note {
    formula: r"s(q, d) = \sum_{i \in q} \max_{t \in d}\ \Big(\frac{\langle h_i, h_t\rangle}{\|h_i\|\, \|h_t\|}\Big)_+",
    breaks: "It stores a vector for every token and reads all of them for every query, so that both grow with the collection. The vectors are not trained here. With few numbers a token, words of different meaning lie close together.",
};
