//! Late interaction by exact match, after COIL: a query's token is compared with a document's only where both are the same term.
//!
//! `s(q, d) = sum_{i in q} max_{t in d, t = i} z_i z_t` with one weight a token, that of its own term in its context. The index has
//! one posting a term and document, as that of BM25; there is no expansion, so words that a document lacks find nothing.
//!
//! Gao, Dai and Callan, "COIL: revisit exact lexical match in information retrieval with contextualized inverted list" (2021),
//! with vectors of one dimension (uniCOIL, Lin and Ma 2021).

use super::encoder::{Encoder, pooled};
use super::index::{Index, best};
use super::search::{Corpus, DEPTH, SearchInstance};
use super::searching::{Found, Ranker, Searching};
use super::slim_retrieval::{COSINE, INDEXED, MIX};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// No parameters.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Coil {}

impl TypedMethod for Coil {
    type Instance = SearchInstance;

    const CARD: MethodCard = MethodCard {
        id: "coil",
        lab: "retrieval",
        problem: "search",
        title: "Contextualised exact match",
        short: "COIL",
        sentence: "",
        line: "Weighs each token in its context, and matches only equal terms",
        cost: "the postings of the query's own terms",
        when: "an index as small as that of BM25 is to hold learned weights",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        1000
    }

    fn start(&self, instance: &Arc<SearchInstance>) -> Result<Box<dyn Run>, Complaint> {
        let corpus = instance.corpus.as_ref();
        let encoder = Encoder { exact: true, ..Encoder::new(corpus, 1, COSINE, MIX) };
        Ok(Searching::run(instance, Exact { encoder, index: Index::new(corpus.terms.len()), indexed: 0 }))
    }
}

struct Exact {
    encoder: Encoder,
    index: Index,
    indexed: usize,
}

impl Ranker for Exact {
    fn prepare(&mut self, corpus: &Corpus) -> bool {
        for document in corpus.documents.iter().skip(self.indexed).take(INDEXED) {
            self.index.add(&pooled(&self.encoder.encode(&document.tokens), f64::max), 0.0);
            self.indexed += 1;
        }
        self.indexed < corpus.documents.len()
    }

    fn find(&mut self, _: &Corpus, tokens: &[usize]) -> Found {
        // Tokens that stand twice in a query count twice.
        let query = pooled(&self.encoder.encode(tokens), |a, b| a + b);
        let (scores, operations) = self.index.scores(&query);
        let terms = query.iter().map(|(term, _)| *term as usize).collect();
        Found { ranking: best(&scores, DEPTH), terms, operations }
    }

    fn bytes(&self) -> usize {
        self.index.bytes()
    }
}

static NOTE: Note = Note {
    formula: r"s(q, d) = \sum_{i \in q} z_i \max_{t \in d,\ t = i} z_t",
    breaks: "A document that says it in other words is not found, as nothing is expanded. A term of two senses meets both: one weight tells how much a term counts in its context, and not what it means there. The weights are not trained here.",
};
