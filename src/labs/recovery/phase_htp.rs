//! Hard thresholding pursuit for sparse phase retrieval.
//!
//! ```text
//! x = the start
//! repeat
//!     S  = places of the k largest entries of x - eta A^T (q - y sgn q),    q = A x
//!     x  = argmin |y sgn q - A z|                 over z supported on S
//! until x hardly moves
//! ```
//!
//! Seeks a k-sparse x with `|A x| = y`: the step to a support of the Newton method, and then least squares with the signs that the last x
//! gives to the measurements. Once signs and support are right a single step ends it; before, each step mends the signs. `A` is m x n with
//! columns of unit norm, real; a step costs one product with the adjoint, k columns, and O(m k^2) for the QR factorisation.
//!
//! Cai, Li, Lu and You, "Solving phase retrieval with hard thresholding pursuit" (2022).

use super::phase::{PhaseInstance, Walk};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use crate::operators::least_squares_on;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of hard thresholding pursuit for magnitudes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhaseHtp {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Length of the gradient step before the support is chosen, eta.
    #[schemars(range(min = 0.01, max = 2.0), extend("x-step" = 0.05))]
    pub step: f64,
    /// Stop when a step is shorter than this fraction of x.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for PhaseHtp {
    fn default() -> Self {
        Self { sparsity: None, step: 0.95, tolerance: 1e-10, max_steps: 100 }
    }
}

impl TypedMethod for PhaseHtp {
    type Instance = PhaseInstance;

    const CARD: MethodCard = MethodCard {
        id: "phase-htp",
        lab: "recovery",
        problem: "phase-retrieval",
        title: "Hard thresholding pursuit for magnitudes",
        short: "HTP",
        sentence: "holding {sparsity} spikes",
        line: "Picks k columns by a gradient step, fits the magnitudes with the signs of the last estimate",
        cost: "one product with A^*, least squares on k columns, O(m k^2)",
        when: "the start is good and steps must be simple",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PhaseInstance>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = instance.sparsity_for(self.sparsity)?;
        let walk = Walk::new(instance.clone(), sparsity, self.tolerance);
        Ok(Box::new(Pursuit { step: self.step, walk }))
    }
}

/// A run of hard thresholding pursuit.
struct Pursuit {
    step: f64,
    walk: Walk,
}

impl Run for Pursuit {
    fn step(&mut self) -> Status {
        let gradient = self.walk.amplitude_gradient(|_, _| true);
        let support = self.walk.select(self.walk.ahead(self.step, &gradient));
        let fit = least_squares_on(&self.walk.operator, &support, &self.walk.signed());
        let mut x = vec![0.0; self.walk.estimate.len()];
        support.iter().zip(fit.values).for_each(|(&j, value)| x[j] = value);
        self.walk.go_to(x)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe("What HTP looks at", "$x - \\eta A^\\top (q - y\\, \\mathrm{sgn}\\, q)$ before this step; the $k$ at or above the line in modulus are the new support")
    }
}

static NOTE: Note = Note {
    formula: r"S = \mathrm{top}_k \big|x_t - \eta A^\top (q - y \odot \mathrm{sgn}\, q)\big|, \qquad x_{t+1} = \arg\min_{\mathrm{supp}\, z \subseteq S} \|y \odot \mathrm{sgn}\, q - A z\|, \qquad q = A x_t",
    breaks: "Signs are taken from the last estimate and then fitted, so that wrong ones confirm themselves: from a poor start it soon comes to rest, and says that it has converged. With 20 spikes among 500 and 300 magnitudes at most three draws of ten are recovered. It has to be told k.",
};
