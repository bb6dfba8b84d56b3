//! The problem `glm`: sparse regression of a number, or of a yes or no, on many features.
//!
//! ```text
//! minimise  loss(b) + sum_j p_lambda(|b_j|)
//! linear:    1/(2N) |y - X b|^2
//! logistic:  1/N sum log(1 + exp(-y_i (b_0 + x_i b)))          labels y of -1 and 1
//! ```
//!
//! Columns of X are standardised to mean 0 and `|X_j|^2 = N`. The intercept `b_0` is not penalised; in the linear case it is the mean of
//! y, which is taken away beforehand. Real.

mod draw;
mod instance;
mod objective;
mod standing;

pub use instance::GlmInstance;
pub use objective::{Objective, Point, Shape, Strength};
pub(super) use standing::Standing;

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is observed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// A number, with normal noise.
    #[default]
    #[schemars(extend("x-label" = "a number"))]
    Linear,
    /// A label of -1 or 1, whose log-odds are linear.
    #[schemars(extend("x-label" = "a yes or no"))]
    Logistic,
}

/// Parameters of `glm`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Glm {
    /// What is observed.
    pub family: Family,
    /// Number of observations, N.
    #[schemars(range(min = 2, max = 2048), extend("x-scale" = "log"))]
    pub rows: usize,
    /// Number of features, p.
    #[schemars(range(min = 5, max = 4096), extend("x-scale" = "log"))]
    pub cols: usize,
    /// Correlation of neighbouring features, tau.
    #[schemars(range(min = 0.0, max = 0.99), extend("x-step" = 0.01))]
    pub correlation: f64,
    /// Features in each of five groups that matter, of mean size 0.5, 5, 10, 20 and 50.
    #[schemars(range(min = 1, max = 64))]
    pub group: usize,
    /// Signal-to-noise ratio: variance of X b over that of the noise. For labels, the standard deviation of the log-odds.
    #[schemars(range(min = 0.01, max = 1e6), extend("x-scale" = "log"))]
    pub snr: f64,
    /// A coefficient counts as found when it exceeds this fraction of the largest true one.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub active_above: f64,
}

impl Default for Glm {
    fn default() -> Self {
        Self { family: Family::Linear, rows: 200, cols: 400, correlation: 0.5, group: 4, snr: 5.0, active_above: 0.001 }
    }
}

/// Where features are alike and penalties small, plain steps are slow.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"rows": 120, "cols": 240}, "methods": [{"id": "nonconvex-ag"}]},
    "x": {"param": "problem.correlation", "from": 0, "to": 0.9, "steps": 7},
    "y": {"param": "methods[0].lambda_ratio", "from": 0.05, "to": 0.5, "steps": 7, "scale": "log"},
    "metric": {"median": "iterations"},
    "trials": 5
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["coefficients"],
    beside: &["damping", "looks-at"],
    quantities: &[
        Quantity { name: "stationarity", title: "stationarity", colour: "theory" },
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "objective", title: "objective", colour: "" },
    ],
    running: "A step moves by {stationarity} of lambda after {steps}.",
    converged: "Stationary to {stationarity} of lambda in {steps}.",
    stopped: "A step still moves by {stationarity} of lambda after {steps}.",
    rest: "The objective is {objective}; coefficients are off by {relative_error}.",
    paint: None,
};

impl TypedProblem for Glm {
    const CARD: ProblemCard = ProblemCard {
        id: "glm",
        lab: "recovery",
        title: "Sparse linear and logistic regression",
        sentence: "Predict {family} from {cols} features with neighbours correlated by {correlation}, of which five groups of {group} matter, given {rows} observations at a signal-to-noise ratio of {snr}, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(draw::draw(self, seed)?))
    }
}
