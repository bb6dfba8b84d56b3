//! Thresholded Wirtinger flow.
//!
//! ```text
//! x = the start,  phi = |y|
//! repeat
//!     g  = m A^T ((q^2 - y^2) q),    q = A x
//!     t  = sqrt(c m log(m n) sum_i (q_i^2 - y_i^2)^2 q_i^2)
//!     x  = soft(x - (mu / phi^2) g, (mu / phi^2) t)
//! until x hardly moves
//! ```
//!
//! Seeks a sparse x with `|A x| = y` by gradient steps on the intensity loss; the threshold is a multiple of the noise that the gradient's
//! entries have, and goes to zero with the residual. It need not be told k. In the paper's scale rows are standard normal, so that g and t
//! have other factors of m. Linear convergence, and slow, as fourth powers allow short steps only. `A` is m x n with columns of unit norm, real; a step
//! costs one product with each of `A` and its adjoint.
//!
//! Cai, Li and Ma, "Optimal rates of convergence for noisy sparse phase retrieval via thresholded Wirtinger flow" (2016), Algorithm 1.

use super::phase::{PhaseInstance, Walk};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use crate::kernels::{dot, norm};
use crate::penalties::l1;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of thresholded Wirtinger flow.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Thwf {
    /// Entries that the start may have; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Length of the gradient step, mu.
    #[schemars(range(min = 0.001, max = 1.0), extend("x-scale" = "log"))]
    pub step: f64,
    /// Height of the threshold, c.
    #[schemars(range(min = 0.0, max = 10.0), extend("x-step" = 0.05))]
    pub threshold: f64,
    /// Stop when a step is shorter than this fraction of x.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Thwf {
    fn default() -> Self {
        Self { sparsity: None, step: 0.1, threshold: 0.1, tolerance: 1e-10, max_steps: 1000 }
    }
}

impl TypedMethod for Thwf {
    type Instance = PhaseInstance;

    const CARD: MethodCard = MethodCard {
        id: "thwf",
        lab: "recovery",
        problem: "phase-retrieval",
        title: "Thresholded Wirtinger flow",
        short: "ThWF",
        sentence: "in steps of {step}",
        line: "A gradient step on squared magnitudes, then a soft threshold that falls with the residual",
        cost: "one product with each of A and A^*",
        when: "k is not known",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PhaseInstance>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = instance.sparsity_for(self.sparsity)?;
        let walk = Walk::new(instance.clone(), sparsity, self.tolerance);
        Ok(Box::new(Flow { step: self.step, threshold: self.threshold, walk }))
    }
}

/// A run of thresholded Wirtinger flow.
struct Flow {
    step: f64,
    threshold: f64,
    walk: Walk,
}

impl Run for Flow {
    fn step(&mut self) -> Status {
        let (m, n) = (self.walk.instance.rows() as f64, self.walk.instance.cols() as f64);
        let size = norm(&self.walk.instance.magnitudes);
        if size == 0.0 {
            return self.walk.go_to(vec![0.0; self.walk.estimate.len()]);
        }
        let pulls = self.walk.intensity_pulls();
        let length = self.step / (size * size);
        let gradient = self.walk.adjoint(&pulls);
        let level = length * (self.threshold * m * libm::log(m * n) * dot(&pulls, &pulls)).sqrt();
        let mut x = self.walk.ahead(length * m, &gradient);
        self.walk.show(x.clone(), level);
        l1::prox(&mut x, level);
        self.walk.go_to(x)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What ThWF looks at",
            "$x - (\\mu / \\phi^2) g$ before the threshold; entries below the line in modulus are set to zero",
        )
    }
}

static NOTE: Note = Note {
    formula: r"x_{t+1} = \operatorname{soft}\Big(x_t - \frac{\mu}{\phi^2}\, g;\ \frac{\mu}{\phi^2}\, \tau\Big), \quad g = m A^\top \big((q^2 - y^2) \odot q\big), \quad \tau^2 = c\, m \log(m n) \sum_i (q_i^2 - y_i^2)^2\, q_i^2",
    breaks: "Fourth powers allow short steps only, so that it takes many more than methods that work on the magnitudes themselves. The threshold follows the residual: with noise it does not go to zero, and small spikes are lost. The start takes a multiple of k squared measurements, as everywhere.",
};
