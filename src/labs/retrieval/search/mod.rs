//! The problem `search`: for each query a ranking of documents, the one that answers it first.
//!
//! Documents are senses of English words, queries are examples of their use; see [`crate::signals::senses`]. Methods estimate
//! rankings: for each query the numbers of the best [`DEPTH`] documents, the best first, and -1 where there is none yet.

mod corpus;
mod instance;
pub mod measures;

pub use corpus::{Corpus, Document, MOST_TOKENS, Query};
pub use instance::{DEPTH, SearchInstance};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Longest query of one's own, in bytes.
const LONGEST: usize = 400;

/// Parameters of `search`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Search {
    /// Documents, those with the most frequent words first.
    #[schemars(range(min = 100, max = 2000), extend("x-scale" = "log"))]
    pub documents: usize,
    /// Queries that are asked.
    #[schemars(range(min = 1, max = 300), extend("x-scale" = "log"))]
    pub queries: usize,
    /// Share of the documents whose examples of use are given away to learn from; the queries are examples of the others.
    #[schemars(range(min = 0.1, max = 0.9), extend("x-step" = 0.1))]
    pub learned: f64,
    /// A query of one's own, asked before the others: a text that uses the word whose sense is sought.
    #[schemars(length(max = 400))]
    pub text: String,
}

impl Default for Search {
    fn default() -> Self {
        Self { documents: 1000, queries: 60, learned: 0.7, text: String::new() }
    }
}

/// How many terms a token keeps, and how many hits are looked at again.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"documents": 500, "queries": 40},
        "methods": [{"id": "slim-retrieval", "training": 20}]
    },
    "x": {"param": "methods[0].terms", "from": 1, "to": 32, "steps": 7, "scale": "log"},
    "y": {"param": "methods[0].candidates", "from": 10, "to": 320, "steps": 7, "scale": "log"},
    "metric": {"mean": "ndcg"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["hits"],
    beside: &["scores", "by_query"],
    quantities: &[
        Quantity { name: "missed", title: "1 - nDCG@10", colour: "residual" },
        Quantity { name: "ndcg", title: "nDCG@10", colour: "" },
        Quantity { name: "recall", title: "recall@100", colour: "" },
        Quantity { name: "operations", title: "operations a query", colour: "estimate" },
        Quantity { name: "bytes", title: "bytes", colour: "" },
    ],
    running: "Queries so far have an nDCG@10 of {ndcg} after {steps}.",
    converged: "All queries are answered in {steps}, with an nDCG@10 of {ndcg}.",
    stopped: "Not all queries are answered in {steps}; nDCG@10 is {ndcg} so far.",
    rest: "A query takes {operations} operations on an index of {bytes} bytes; the answer is among the first 100 for a share of {recall}.",
    paint: None,
};

impl TypedProblem for Search {
    const CARD: ProblemCard = ProblemCard {
        id: "search",
        lab: "retrieval",
        title: "Searching texts",
        sentence: "Find the senses of words among {documents} for {queries} examples of their use, and for {text}, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        if self.text.len() > LONGEST {
            return Err(Complaint::new("text", format!("takes at most {LONGEST} letters, not {}", self.text.len())));
        }
        let corpus = Corpus::new(self.documents, self.queries, self.learned, &self.text, seed);
        Ok(Arc::new(SearchInstance::new(corpus)))
    }
}
