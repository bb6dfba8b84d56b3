//! SPLADE with max pooling: one sparse vector a text.
//!
//! ```text
//! w_j = max_i log(1 + relu(l_ij)) over the tokens i of a text
//! s(q, d) = sum_j w_j(q) w_j(d)
//! ```
//!
//! The vectors of all tokens are made one before anything is compared, so an inverted index gives exact scores, and there is no second
//! stage; which token meant a term is lost.
//!
//! Formal, Lassance, Piwowarski and Clinchant, "SPLADE v2" (2021).

use super::contrastive::{Contrastive, Interaction};
use super::encoder::{Encoder, pooled};
use super::index::{Index, best};
use super::search::{Corpus, DEPTH, SearchInstance};
use super::searching::{Found, Ranker, Searching};
use super::slim_retrieval::{COSINE, HARD, INDEXED, MIX, RATE};
use crate::contract::{Complaint, MethodCard, Note, Run, Trace, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of SPLADE.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SpladeMax {
    /// Terms that a token keeps, K.
    #[schemars(range(min = 1, max = 32))]
    pub terms: usize,
    /// Steps of training.
    #[schemars(range(min = 0, max = 2000))]
    pub training: usize,
    /// Price of a weight while training.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub price: f64,
}

impl Default for SpladeMax {
    fn default() -> Self {
        Self { terms: 8, training: 60, price: 0.02 }
    }
}

impl TypedMethod for SpladeMax {
    type Instance = SearchInstance;

    const CARD: MethodCard = MethodCard {
        id: "splade-max",
        lab: "retrieval",
        problem: "search",
        title: "SPLADE with max pooling",
        short: "SPLADE",
        sentence: "with {terms} terms a token, after {training} steps of training",
        line: "Makes one sparse vector of a text's tokens and looks it up",
        cost: "the postings of all terms of the query's vector",
        when: "one look-up must do, without a second stage",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        10_000
    }

    fn start(&self, instance: &Arc<SearchInstance>) -> Result<Box<dyn Run>, Complaint> {
        let corpus = instance.corpus.as_ref();
        Ok(Searching::run(
            instance,
            Splade {
                training: Contrastive::new(corpus, Interaction::Pooled, self.price, RATE, HARD),
                steps: self.training,
                encoder: Encoder::new(corpus, self.terms, COSINE, MIX),
                index: Index::new(corpus.terms.len()),
                indexed: 0,
            },
        ))
    }
}

struct Splade {
    training: Contrastive,
    steps: usize,
    encoder: Encoder,
    index: Index,
    indexed: usize,
}

impl Ranker for Splade {
    fn prepare(&mut self, corpus: &Corpus) -> bool {
        if self.training.steps() < self.steps && !corpus.pairs.is_empty() {
            self.training.step(corpus, &mut self.encoder);
            return true;
        }
        let next = corpus.documents.iter().skip(self.indexed).take(INDEXED);
        for document in next {
            self.index.add(&pooled(&self.encoder.encode(&document.tokens), f64::max), 0.0);
            self.indexed += 1;
        }
        self.indexed < corpus.documents.len()
    }

    fn find(&mut self, _: &Corpus, tokens: &[usize]) -> Found {
        let query = pooled(&self.encoder.encode(tokens), f64::max);
        let (scores, operations) = self.index.scores(&query);
        let terms = query.iter().map(|(term, _)| *term as usize).collect();
        Found { ranking: best(&scores, DEPTH), terms, operations }
    }

    fn bytes(&self) -> usize {
        self.index.bytes()
    }

    fn traces(&self) -> Vec<Trace> {
        vec![Trace { name: "loss", value: self.training.loss }]
    }
}

static NOTE: Note = Note {
    formula: r"w_j = \max_i\, \log\big(1 + (\ell_{ij})_+\big), \qquad s(q, d) = \sum_j w_j(q)\, w_j(d)",
    breaks: "Which token meant a term is lost, so terms that come from different tokens add up to matches that no token makes, the more so in long texts. A low price of weights leaves long lists of postings; a high one drops terms that should have met. Without pairs of queries and answers nothing is learned.",
};
