//! The problem `scoring`: a card of whole points that tells two classes apart.
//!
//! `min (1/N) sum_i w_i [y_i (b + sum_j lambda_j x_ij) <= 0] + C0 |lambda|_0 + C1 |lambda|_1` over whole numbers
//! `|lambda_j| <= Lambda`, with at most L0 features and, where the rules say so, few enough errors of either kind.
//!
//! Methods estimate `(b, lambda_1, ..., lambda_P)`, or, where they are no cards, a score of every example, the training ones first.

mod examples;
mod instance;
mod panels;
mod patterns;
mod rules;

pub use examples::{BreastCancer, Data, Planted, Source};
pub use instance::{Judged, ScoringInstance};
pub use patterns::{Allowed, Errors, Pattern, best_intercept, intercepts};
pub use rules::{MOST_INTERCEPT, Rules, Signs};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `scoring`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Scoring {
    /// The examples.
    pub source: Source,
    /// Share of the examples that a card is learned from; the others test it.
    #[schemars(range(min = 0.2, max = 1.0), extend("x-step" = 0.05))]
    pub training: f64,
    /// What a card may look like, and what it costs.
    pub rules: Rules,
    /// Examples of one's own.
    pub data: Data,
}

impl Default for Scoring {
    fn default() -> Self {
        Self { source: Source::default(), training: 0.7, rules: Rules::default(), data: Data::default() }
    }
}

/// What a feature costs, and how many points it may have: errors on examples that nobody learned from.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"rules": {"size": 4}},
        "methods": [{"id": "slim-scoring", "reduction": 0, "max_steps": 300}]
    },
    "x": {"param": "problem.rules.price", "from": 0.001, "to": 0.2, "steps": 10, "scale": "log"},
    "y": {"param": "problem.rules.max_points", "from": 1, "to": 5, "steps": 5},
    "metric": {"mean": "test_error"},
    "trials": 5
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["card", "tree"],
    beside: &["roc", "patients"],
    quantities: &[
        Quantity { name: "objective", title: "objective", colour: "residual" },
        Quantity { name: "bound", title: "bound", colour: "theory" },
        Quantity { name: "error", title: "errors", colour: "estimate" },
        Quantity { name: "test_error", title: "test errors", colour: "" },
        Quantity { name: "false_alarm_rate", title: "false alarms", colour: "" },
        Quantity { name: "size", title: "features", colour: "" },
    ],
    running: "A card of {size} features errs on {error} of the examples after {steps}.",
    converged: "Done in {steps}: {size} features, errors on {error} of the examples.",
    stopped: "Not done in {steps}: {size} features so far, errors on {error} of the examples.",
    rest: "It costs {objective}. On examples that it has not seen it errs on {test_error}.",
    paint: None,
};

impl TypedProblem for Scoring {
    const CARD: ProblemCard = ProblemCard {
        id: "scoring",
        lab: "regression",
        title: "Scoring cards",
        sentence: "Learn a card of at most {rules.size} features with up to {rules.max_points} points each from {source}, at {rules.price} a feature, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let examples = self.examples(seed, files)?;
        Ok(Arc::new(ScoringInstance::new(examples, self.training, self.rules.clone())?))
    }
}
