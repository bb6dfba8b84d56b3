//! Newton's method with hard thresholding for sparse phase retrieval.
//!
//! ```text
//! x = the start
//! repeat
//!     S' = places of the k largest entries of x - eta A^T (q - y sgn q),    q = A x
//!     H  = A_S'^T diag(3 q^2 - y^2) A_S',   J = A_S'^T diag(3 q^2 - y^2) A_D,   D = S \ S'
//!     solve H d = J x_D - A_S'^T ((q^2 - y^2) q)                 conjugate gradients
//!     x_S' = x_S' + d, and zero elsewhere;  S = S'
//! until x hardly moves
//! ```
//!
//! Seeks a k-sparse x with `|A x| = y`. The support comes from a gradient step on the amplitude loss `1/2 sum (|q_i| - y_i)^2`, which is kind to
//! supports; the values from Newton's step on the intensity loss `1/4 sum (q_i^2 - y_i^2)^2`, which is smooth, with all entries outside S' gone to
//! zero. Quadratic convergence once the support stands. Far from the solution H need not be positive: conjugate gradients stop before a direction
//! in which it is not, and where that is their first one the thresholded gradient step itself is taken. `A` is m x n with columns of unit
//! norm, real; a step costs one product with the adjoint and O(m k) an inner iteration, of which there are at most about k.
//!
//! Cai, Long, Wen and Ying, "A fast and provable algorithm for sparse phase retrieval" (ICLR 2024), Algorithm 1.

use super::phase::{PhaseInstance, Walk};
use crate::contract::{Complaint, Exhibit, MethodCard, Observation, Run, Status, TypedMethod};
use crate::kernels::{axpy, dot};
use crate::linalg::ConjugateGradient;
use exhibit::EXHIBIT;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod exhibit;

/// Parameters of the Newton method.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SparsePhaseRetrieval {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Length of the gradient step before the support is chosen, eta.
    #[schemars(range(min = 0.01, max = 2.0), extend("x-step" = 0.05))]
    pub step: f64,
    /// Relative residual at which conjugate gradients stop. It bounds by how much a step can shrink the error.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub inner_tolerance: f64,
    /// Stop when a step is shorter than this fraction of x.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SparsePhaseRetrieval {
    fn default() -> Self {
        Self { sparsity: None, step: 0.95, inner_tolerance: 1e-12, tolerance: 1e-10, max_steps: 100 }
    }
}

impl TypedMethod for SparsePhaseRetrieval {
    type Instance = PhaseInstance;

    const CARD: MethodCard = MethodCard {
        id: "sparse-phase-retrieval",
        lab: "recovery",
        problem: "phase-retrieval",
        title: "Newton's method with hard thresholding",
        short: "Newton",
        sentence: "holding {sparsity} spikes",
        line: "Picks k columns by a gradient step, then Newton's step on squared magnitudes",
        cost: "one product with A^*, and O(m k) an inner iteration",
        when: "signs are lost and many digits are wanted",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PhaseInstance>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = instance.sparsity_for(self.sparsity)?;
        let walk = Walk::new(instance.clone(), sparsity, self.tolerance);
        Ok(Box::new(Newton { step: self.step, inner_tolerance: self.inner_tolerance, walk }))
    }
}

/// A run of the Newton method.
struct Newton {
    step: f64,
    inner_tolerance: f64,
    walk: Walk,
}

impl Newton {
    /// Newton's step to the values on `support`; `None` where the Hessian is not positive along the first direction.
    fn values(&self, support: &[usize]) -> Option<Vec<f64>> {
        let Walk { instance, estimate, image, .. } = &self.walk;
        let columns = instance.columns(support);
        let weights: Vec<f64> = image.iter().zip(&instance.magnitudes).map(|(q, y)| 3.0 * q * q - y * y).collect();
        // x_D moves to zero, and the gradient on S' with it.
        let dropped: Vec<usize> =
            self.walk.support.iter().copied().filter(|j| support.binary_search(j).is_err()).collect();
        let mut pulls = vec![0.0; image.len()];
        for (&j, column) in dropped.iter().zip(instance.columns(&dropped)) {
            axpy(estimate[j], &column, &mut pulls);
        }
        pulls.iter_mut().zip(&weights).for_each(|(pull, weight)| *pull *= weight);
        pulls.iter_mut().zip(self.walk.intensity_pulls()).for_each(|(pull, loss)| *pull -= loss);
        let wanted: Vec<f64> = columns.iter().map(|column| dot(column, &pulls)).collect();
        let mut solve = ConjugateGradient::new(wanted, vec![1.0; columns.len()]);
        let multiply = |d: &[f64], out: &mut [f64]| {
            let mut ahead = vec![0.0; image.len()];
            d.iter().zip(&columns).for_each(|(&d, column)| axpy(d, column, &mut ahead));
            ahead.iter_mut().zip(&weights).for_each(|(z, weight)| *z *= weight);
            out.iter_mut().zip(&columns).for_each(|(out, column)| *out = dot(column, &ahead));
        };
        let solved = solve.relative_residual() <= self.inner_tolerance;
        let most = 2 * columns.len() + 10;
        let mut done = 0;
        while done < most && solve.relative_residual() > self.inner_tolerance && solve.step(multiply) {
            done += 1;
        }
        (done > 0 || solved).then(|| support.iter().zip(solve.solution).map(|(&j, d)| estimate[j] + d).collect())
    }
}

impl Run for Newton {
    fn step(&mut self) -> Status {
        let gradient = self.walk.amplitude_gradient(|_, _| true);
        let support = self.walk.select(self.walk.ahead(self.step, &gradient));
        let mut x = self.walk.cut(&support);
        if let Some(values) = self.values(&support) {
            support.iter().zip(values).for_each(|(&j, value)| x[j] = value);
        }
        self.walk.go_to(x)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What Newton looks at",
            "$x - \\eta A^\\top (q - y\\, \\mathrm{sgn}\\, q)$ before this step; the $k$ at or above the line in modulus are the new support",
        )
    }
}
