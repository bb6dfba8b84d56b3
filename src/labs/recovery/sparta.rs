//! SPARTA: sparse phase retrieval via truncated amplitude flow.
//!
//! ```text
//! x = the start
//! repeat
//!     I  = { i : |q_i| >= y_i / (1 + gamma) },    q = A x
//!     x  = H_k(x - mu sum_{i in I} (q_i - y_i sgn q_i) a_i)
//! until x hardly moves
//! ```
//!
//! Seeks a k-sparse x with `|A x| = y` by gradient steps on the amplitude loss. Where `|q_i|` is far below `y_i` the sign of `q_i` is likely to be
//! wrong, and the measurement is left out. Linear convergence. `A` is m x n with columns of unit norm, real; a step costs one product with the
//! adjoint and k columns.
//!
//! Wang, Zhang, Giannakis, Akcakaya and Chen, "Sparse phase retrieval via truncated amplitude flow" (2018), Algorithm 1; gamma and mu are theirs.

use super::phase::{PhaseInstance, Walk};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of SPARTA.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sparta {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Length of the gradient step, mu.
    #[schemars(range(min = 0.01, max = 2.0), extend("x-step" = 0.05))]
    pub step: f64,
    /// How far a measurement may fall short before it is left out, gamma; large values keep all.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub gamma: f64,
    /// Stop when a step is shorter than this fraction of x.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Sparta {
    fn default() -> Self {
        Self { sparsity: None, step: 1.0, gamma: 1.0, tolerance: 1e-10, max_steps: 500 }
    }
}

impl TypedMethod for Sparta {
    type Instance = PhaseInstance;

    const CARD: MethodCard = MethodCard {
        id: "sparta",
        lab: "recovery",
        problem: "phase-retrieval",
        title: "Truncated amplitude flow (SPARTA)",
        short: "SPARTA",
        sentence: "holding {sparsity} spikes",
        line: "A gradient step over the measurements whose signs can be trusted, then a hard threshold",
        cost: "one product with A^* and k columns",
        when: "only cheap steps can be afforded",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PhaseInstance>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = instance.sparsity_for(self.sparsity)?;
        let walk = Walk::new(instance.clone(), sparsity, self.tolerance);
        Ok(Box::new(Flow { step: self.step, gamma: self.gamma, walk }))
    }
}

/// A run of SPARTA.
struct Flow {
    step: f64,
    gamma: f64,
    walk: Walk,
}

impl Run for Flow {
    fn step(&mut self) -> Status {
        let gamma = self.gamma;
        let gradient = self.walk.amplitude_gradient(|q, y| q.abs() >= y / (1.0 + gamma));
        let support = self.walk.select(self.walk.ahead(self.step, &gradient));
        self.walk.go_to(self.walk.cut(&support))
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe("What SPARTA looks at", "$x - \\mu \\sum_{i \\in I} (q_i - y_i\\, \\mathrm{sgn}\\, q_i) a_i$ before the cut; entries below the line in modulus are set to zero")
    }
}

static NOTE: Note = Note {
    formula: r"x_{t+1} = H_k\Big(x_t - \mu \sum_{i \in I} (q_i - y_i\, \mathrm{sgn}\, q_i)\, a_i\Big), \qquad I = \Big\{i : |q_i| \ge \frac{y_i}{1 + \gamma}\Big\}, \qquad q = A x_t",
    breaks: "The start is the weak point: it takes a multiple of k squared measurements, and from one with too many wrong places the steps do not find back. The error falls by a share only, in 2.5 times the steps of Newton's method or more. It has to be told k.",
};
