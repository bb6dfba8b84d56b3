//! The problem `layered-design`: predict with few of many columns that nearly depend on each other, scale below scale.
//!
//! ```text
//! X = sum_(l < L) eps^l G_l C_l + eps^L E,    G_l of m x r,  C_l of r x n,  E of m x n, all normal; then unit columns
//! y = X w + e,    w on a support T with X_T w = U_T z,   z normal,   |X w|^2 = m
//! ```
//!
//! Columns share r directions, what is left of them shares r others that are eps times smaller, and so on: the condition number is about
//! `eps^-L`. The signal has its share in all left singular vectors of `X_T`, the smallest too, so no column can stand in for another. What
//! counts is the prediction `X w`, for w itself is not determined by y. It is `y = A x + e`, and all methods for `linear` solve it.

mod design;
mod instance;

pub use design::Support;
pub use instance::LayeredInstance;

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `layered-design`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Layered {
    /// Number of observations, m.
    #[schemars(range(min = 4, max = 256), extend("x-scale" = "log"))]
    pub rows: usize,
    /// Number of columns, n.
    #[schemars(range(min = 4, max = 1024), extend("x-scale" = "log"))]
    pub cols: usize,
    /// Number of scales, L; with none the columns are independent.
    #[schemars(range(min = 0, max = 5))]
    pub levels: usize,
    /// Directions that columns share at a scale, r.
    #[schemars(range(min = 1, max = 5))]
    pub rank: usize,
    /// How much smaller the next scale is, eps.
    #[schemars(range(min = 1e-6, max = 1.0), extend("x-scale" = "log"))]
    pub ratio: f64,
    /// Number of columns that matter, k.
    #[schemars(range(min = 1, max = 64))]
    pub sparsity: usize,
    /// Which columns these are.
    pub support: Support,
    /// Signal-to-noise ratio, mean square of X w over that of the noise.
    #[schemars(range(min = 0.01, max = 1e6), extend("x-scale" = "log"))]
    pub snr: f64,
}

impl Default for Layered {
    fn default() -> Self {
        Self { rows: 100, cols: 400, levels: 3, rank: 2, ratio: 1e-3, sparsity: 8, support: Support::Random, snr: 8.0 }
    }
}

/// How alike columns are, and how many of them matter.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"rows": 60, "cols": 150, "levels": 3},
        "methods": [{"id": "random-supports"}, {"id": "lasso-cd", "lambda": 0.56}]
    },
    "x": {"param": "problem.ratio", "from": 1e-3, "to": 1, "steps": 7, "scale": "log"},
    "y": {"param": "problem.sparsity", "from": 2, "to": 14, "steps": 7},
    "metric": {"median": "prediction_error"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["prediction"],
    beside: &["gram", "gram-after"],
    quantities: &[
        Quantity { name: "prediction_error", title: "prediction error", colour: "estimate" },
        Quantity { name: "relative_residual", title: "residual", colour: "residual" },
    ],
    running: "Predictions are off by {prediction_error} of the noise, squared, after {steps}.",
    converged: "Predictions are off by {prediction_error} of the noise, squared, in {steps}.",
    stopped: "Predictions are off by {prediction_error} of the noise, squared, after {steps}.",
    rest: "What is observed is off by {relative_residual}.",
    paint: None,
};

impl TypedProblem for Layered {
    const CARD: ProblemCard = ProblemCard {
        id: "layered-design",
        lab: "recovery",
        title: "Prediction with columns that nearly depend",
        sentence: "Predict from {sparsity} {support} columns among {cols}, which share {rank} directions on each of {levels} scales {ratio} apart, given {rows} observations at a signal-to-noise ratio of {snr}, by {methods}.",
        solved_as: Some("linear"),
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(LayeredInstance::draw(self, seed)?))
    }
}
