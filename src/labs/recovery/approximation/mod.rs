//! The problem `approximation`: a function of several variables from its values at random points.
//!
//! `f = sum x_nu Psi_nu` over multi-indices nu of a lower set, `Psi_nu` products of orthonormal polynomials. With
//! `A_ij = Psi_nu(j)(t_i) / sqrt m` and `y_i = f(t_i) / sqrt m` this is `y = A x + e`: e is what the terms that are left out
//! contribute, and noise. So methods for `linear` solve it, all of them.
//!
//! Functions of the list are products, whose coefficients and distances are integrals of one variable. A formula that a person types
//! need not be one: its coefficients are not known, and an answer is judged at points that nobody measured.

mod functions;
mod instance;
mod target;

pub use functions::Function;
pub use instance::Approximation;

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::operators::sensing::{Family, IndexSet};
use crate::signals::noise::Noise;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `approximation`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sampled {
    /// The function.
    pub function: Function,
    /// What is typed for a formula: numbers, t1 to t10, + - * / ^, and functions such as exp, log, sqrt, abs, sin, cos, tanh, step.
    #[schemars(length(max = 200))]
    pub formula: String,
    /// Number of its variables, d.
    #[schemars(range(min = 2, max = 10))]
    pub dimension: usize,
    /// Number of points at which it is sampled, m.
    #[schemars(range(min = 1, max = 2048), extend("x-scale" = "log"))]
    pub samples: usize,
    /// Number of polynomials, n.
    #[schemars(range(min = 1, max = 2048), extend("x-scale" = "log"))]
    pub terms: usize,
    /// The polynomials of one variable, and with them the law of the points.
    pub family: Family,
    /// Which multi-indices come first.
    pub indices: IndexSet,
    /// Noise on the samples.
    pub noise: Noise,
    /// The variable along which a slice is shown, from 1; the others are zero there.
    #[schemars(range(min = 1, max = 10))]
    pub slice: usize,
    /// A coefficient counts as found when it exceeds this fraction of the largest true one.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub active_above: f64,
}

impl Default for Sampled {
    fn default() -> Self {
        Self {
            function: Function::default(),
            formula: "exp(-t1^2) cos(3 t2) + t1 t2".to_owned(),
            dimension: 5,
            samples: 200,
            terms: 426,
            family: Family::Legendre,
            indices: IndexSet::HyperbolicCross,
            noise: Noise::None,
            slice: 1,
            active_above: 0.001,
        }
    }
}

/// Samples against variables: how many points a function of more variables takes.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"function": "anisotropic", "noise": {"id": "none"}}},
    "x": {"param": "problem.samples", "from": 20, "to": 400, "steps": 10, "scale": "log"},
    "y": {"param": "problem.dimension", "from": 2, "to": 10, "steps": 9},
    "tolerance": 0.03,
    "trials": 10
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["slice", "plane"],
    beside: &["coefficients", "residual"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "relative_residual", title: "residual", colour: "residual" },
        Quantity { name: "terms", title: "terms", colour: "" },
    ],
    running: "The function is met within {relative_error} after {steps}.",
    converged: "The function is met within {relative_error}, in {steps}.",
    stopped: "The function is met within {relative_error} after {steps}.",
    rest: "{terms} polynomials are used; samples are off by {relative_residual}.",
    paint: None,
};

impl TypedProblem for Sampled {
    const CARD: ProblemCard = ProblemCard {
        id: "approximation",
        lab: "recovery",
        title: "Approximation of functions of several variables",
        sentence: "Approximate {function}<function=formula| {formula}|> of {dimension} variables by {terms} {family} polynomials of {indices}, from {samples} random points {noise}, by {methods}.",
        solved_as: Some("linear"),
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(Approximation::draw(self, seed)?))
    }
}
