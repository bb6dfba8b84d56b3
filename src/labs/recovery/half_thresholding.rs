//! Iterative half thresholding, for the l_1/2 penalty.
//!
//! ```text
//! x = 0, mu = step / |A|^2
//! repeat
//!     v = x + mu A^* (y - A x)
//!     lambda mu = the weight whose threshold is the (k + 1)-th largest |v_i|, unless lambda is given
//!     x = argmin 1/2 |x - v|^2 + lambda mu sum |x_i|^(1/2)
//! until |y - A x| <= tolerance |y|  or  x moves by less than tolerance |x|
//! ```
//!
//! Seeks a minimum of `1/2 |y - A x|^2 + lambda sum |x_i|^(1/2)`, which is not convex: between keeping k entries whole
//! (IHT) and shrinking all (ISTA), an entry that is kept loses less the larger it is. With a given lambda and `step` up
//! to 1 the objective never rises. `A` is m x n, real or complex; a step costs one product with `A^*` and k columns.
//!
//! Xu, Chang, Xu and Zhang, "L1/2 regularization: a thresholding representation theory and a fast solver" (2012),
//! algorithm with scheme 3 for lambda.

use super::linear::LinearInstance;
use super::walk::Walk;
use super::{LinearMethod, sparsity_for};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status};
use crate::kernels::Scalar;
use crate::penalties::l_half::{half_threshold, threshold, weight_for};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of iterative half thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HalfThresholding {
    /// Entries to hold; the number of true spikes where it is left out. Not used where lambda is given.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Weight of the penalty; set anew at each step, by the sparsity, where it is left out.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Length of the gradient step, in units of 1/|A|^2. Up to 1 the objective cannot rise.
    #[schemars(range(min = 0.01, max = 100.0), extend("x-scale" = "log"))]
    pub step: f64,
    /// Stop when the residual falls below this fraction of the measurements, or the estimate moves by less than
    /// this fraction of itself.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for HalfThresholding {
    fn default() -> Self {
        Self { sparsity: None, lambda: None, step: 1.0, tolerance: 1e-8, max_steps: 2000 }
    }
}

impl LinearMethod for HalfThresholding {
    const CARD: MethodCard = MethodCard {
        id: "half-thresholding",
        lab: "recovery",
        problem: "linear",
        title: "Iterative half thresholding",
        short: "half thresholding",
        sentence: "holding {sparsity} spikes",
        line: "Shrinks small entries to zero and large ones hardly at all",
        cost: "one product with A^* and k columns of A",
        when: "k is known and large entries should hardly shrink",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let walk = Walk::new(instance.clone(), self.tolerance);
        let bound = instance.squared_norm();
        // A zero matrix has no gradient, so any step will do.
        let mu = if bound > 0.0 { self.step / bound } else { 0.0 };
        let weight = match self.lambda {
            Some(lambda) => Weight::Given(lambda * mu),
            None => Weight::For(sparsity_for(self.sparsity, instance)?),
        };
        Ok(Box::new(Thresholding { mu, weight, walk }))
    }
}

/// How `lambda mu` is found.
enum Weight {
    Given(f64),
    /// So that this many entries stay.
    For(usize),
}

/// A run of iterative half thresholding.
struct Thresholding<S: Scalar> {
    mu: f64,
    weight: Weight,
    walk: Walk<S>,
}

impl<S: Scalar> Run for Thresholding<S> {
    fn step(&mut self) -> Status {
        let walk = &mut self.walk;
        let ahead = walk.ahead(self.mu);
        let t = match self.weight {
            Weight::Given(t) => t,
            Weight::For(k) => weight_for(nth_largest(&ahead, k)),
        };
        let shrunk: Vec<S> = ahead.iter().map(|&v| half_threshold(v, t)).collect();
        let support = (0..shrunk.len()).filter(|&j| shrunk[j] != S::zero()).collect();
        walk.show(ahead, threshold(t));
        let next = walk.cut(&shrunk, support);
        walk.go_until_settled(next)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What half thresholding looks at",
            "$x + \\mu A^* r$ before it is shrunk; entries below the line in modulus are set to zero",
        )
    }
}

/// The modulus that `n` entries exceed, or tie with; zero where there are no more than `n`.
fn nth_largest<S: Scalar>(v: &[S], n: usize) -> f64 {
    let mut moduli: Vec<f64> = v.iter().map(|v| v.abs()).collect();
    if n >= moduli.len() {
        return 0.0;
    }
    *moduli.select_nth_unstable_by(n, |x, y| y.total_cmp(x)).1
}

static NOTE: Note = Note {
    formula: r"x_{t+1} = \arg\min_x\ \tfrac12 \big\|x - x_t - \mu A^* (y - A x_t)\big\|^2 + \lambda \mu \sum_i |x_i|^{1/2}",
    breaks: "The penalty is not convex, so it ends in a minimum near where it began; with many spikes or equal heights that is seldom the sparsest. 1/|A|² is a cautious step, slow for correlated columns. It has to be told k or lambda, and where k sets lambda anew in each step no one objective falls.",
};
