//! SR-STE: N:M sparse networks from scratch.
//!
//! ```text
//! repeat
//!     E = N:M mask of |w|: the N largest of every M consecutive inputs of an output
//!     w~ = E * w,    g = dL / dw~ of a batch                      the pass uses w~ both ways
//!     w <- w - gamma (g + lambda_W (1 - E) * w)                   by SGD with momentum, gamma along a cosine
//! ```
//!
//! All weights are stored and all of them move: where the forward pass has no weight, the straight-through estimator moves the stored
//! one by the gradient all the same. The sparse-refined term shrinks what is pruned, so that it comes back more rarely: masks settle
//! and `|w - w~|` closes. `lambda_W = 0` is STE; with `lambda_W < 0` pruned weights grow until they return.
//!
//! Zhou, Ma, Zhu, Liu, Zhang, Yuan, Sun and Li, "Learning N:M fine-grained structured sparse neural networks from scratch" (ICLR 2021),
//! eq. 5 to 8. The term enters before the momentum, as in the authors' code.

mod exhibit;

use super::classification::ClassificationInstance;
use super::learning::{MOST_STEPS, start};
use super::rule::{Rule, State};
use crate::contract::{Complaint, Exhibit, MethodCard, Run, TypedMethod};
use crate::models::network::Groups;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of SR-STE.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SrSte {
    /// Weights of a group that are kept, N.
    #[schemars(range(min = 1, max = 16))]
    pub kept: usize,
    /// Weights in a group, M.
    #[schemars(range(min = 2, max = 64), extend("x-scale" = "log"))]
    pub group: usize,
    /// How much pruned weights are shrunk, lambda_W: 0.0002 is the paper's for long training; below zero they grow.
    #[schemars(range(min = -0.01, max = 0.1), extend("x-step" = 0.001))]
    pub refinement: f64,
}

impl Default for SrSte {
    fn default() -> Self {
        Self { kept: 1, group: 32, refinement: 5e-3 }
    }
}

impl TypedMethod for SrSte {
    type Instance = ClassificationInstance;

    const CARD: MethodCard = MethodCard {
        id: "sr-ste",
        lab: "networks",
        problem: "classification",
        title: "Sparse-refined straight-through estimator",
        short: "SR-STE",
        sentence: "with {kept} of every {group} weights and a refinement of {refinement}",
        line: "Prunes in the forward pass, trains all weights, and shrinks those that are pruned",
        cost: "N of M of the products forward and back to inputs, all of those back to weights",
        when: "a network is to be N:M sparse for hardware, and is trained from scratch",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        MOST_STEPS
    }

    fn start(&self, instance: &Arc<ClassificationInstance>) -> Result<Box<dyn Run>, Complaint> {
        let groups = super::groups(self.kept, self.group)?;
        Ok(start(instance, StraightThrough { groups, refinement: self.refinement as f32 }))
    }
}

/// Prunes in the forward pass, trains all weights.
pub(super) struct StraightThrough {
    /// N:M.
    pub(super) groups: Groups,
    /// `lambda_W`.
    pub(super) refinement: f32,
}

impl Rule for StraightThrough {
    fn forward_weights(&mut self, state: &mut State, forward: &mut [f32]) {
        state.keep_largest(self.groups);
        forward.copy_from_slice(&state.weights);
        state.mask.clear(forward);
    }

    fn map_gradient(&mut self, state: &State, gradient: &mut [f32]) {
        let stored = state.weights.iter().zip(state.mask.flags());
        for (g, (w, _)) in gradient.iter_mut().zip(stored).filter(|(_, (_, there))| !**there) {
            *g += self.refinement * w;
        }
    }

    fn wants_dense_gradient(&self, _state: &State) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::classification::Classification;
    use super::*;
    use crate::contract::{NoFiles, TypedProblem};
    use std::any::Any;

    /// The box's update direction at a network's first weights, before momentum and decay.
    #[test]
    fn all_weights_have_the_gradient_and_pruned_ones_are_shrunk() {
        let problem = Classification { first: 8, second: 6, examples: 50, ..Classification::default() };
        let drawn: Arc<dyn Any + Send + Sync> = problem.instance(1, &NoFiles).expect("an instance");
        let mut state = State::new(drawn.downcast().expect("an instance of classification"));
        let mut rule = StraightThrough { groups: Groups { kept: 1, size: 4 }, refinement: 0.5 };
        let size = state.weights.len();
        let (mut forward, mut gradient) = (vec![9.0; size], vec![1.0; size]);
        rule.forward_weights(&mut state, &mut forward);
        rule.map_gradient(&state, &mut gradient);
        let classifier = state.instance.net.layers()[2].weights.clone();
        let mut pruned = 0;
        for (i, &w) in state.weights.iter().enumerate() {
            let is_pruned = forward[i] == 0.0;
            assert!(is_pruned || forward[i] == w);
            assert_eq!(gradient[i], if is_pruned { 1.0 + 0.5 * w } else { 1.0 });
            pruned += usize::from(is_pruned);
            assert!(!(is_pruned && classifier.contains(&i)), "the last layer is dense");
        }
        // 3 of 4 in both hidden layers; 8 inputs of the second are two groups.
        assert_eq!(pruned, 3 * (64 * 8 + 8 * 6) / 4);
    }
}
