//! RigL: a mask without pattern that moves to where gradients are large.
//!
//! ```text
//! mask: a random share of every pruned layer; only weights that are there are trained
//! every so many batches, in the first three quarters of training:
//!     of k active weights drop  f = 0.3 k (1 + cos(pi t / T)) / 2,  those of the smallest |w|
//!     grow as many, those of the largest |dL / dw| among all that are not active; they begin at zero
//! ```
//!
//! Evci, Gale, Menick, Castro and Elsen, "Rigging the lottery: making all tickets winners" (ICML 2020), Algorithm 1, with the same
//! density in every pruned layer.

use super::classification::ClassificationInstance;
use super::learning::{MOST_STEPS, start};
use super::rule::{Rule, State};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Share of active weights that are exchanged at first.
const EXCHANGED: f64 = 0.3;
/// Share of the steps after which the mask stays.
const MOVES: f64 = 0.75;

/// Parameters of RigL.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RigL {
    /// Share of the weights of every pruned layer that are there.
    #[schemars(range(min = 0.005, max = 1.0), extend("x-scale" = "log"))]
    pub share: f64,
    /// Batches from an exchange to the next.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub period: usize,
}

impl Default for RigL {
    fn default() -> Self {
        Self { share: 0.03125, period: 20 }
    }
}

impl TypedMethod for RigL {
    type Instance = ClassificationInstance;

    const CARD: MethodCard = MethodCard {
        id: "rigl",
        lab: "networks",
        problem: "classification",
        title: "Rigging the lottery",
        short: "RigL",
        sentence: "with a share of {share} of the weights",
        line: "Drops small weights, and grows others where the gradient is large",
        cost: "a share of all products, and of an exchange all products back to weights",
        when: "weights may be anywhere, and few may ever be stored",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        MOST_STEPS
    }

    fn start(&self, instance: &Arc<ClassificationInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(start(instance, Rigged { share: self.share, period: self.period, gradient: Vec::new() }))
    }
}

/// Moves the mask from time to time.
struct Rigged {
    share: f64,
    period: usize,
    /// The gradient by all weights, before an exchange.
    gradient: Vec<f32>,
}

impl Rigged {
    /// Whether the mask moves after the batch that is under way.
    fn is_due(&self, state: &State) -> bool {
        (state.step + 1).is_multiple_of(self.period) && ((state.step + 1) as f64) < MOVES * state.steps as f64
    }
}

impl Rule for Rigged {
    fn start(&mut self, state: &mut State) {
        for layer in state.instance.sparse_layers() {
            let flags = &mut state.mask.flags_mut()[layer.weights.clone()];
            let count = ((self.share * flags.len() as f64).round() as usize).max(1);
            flags.fill(false);
            state.random.subset(flags.len(), count).into_iter().for_each(|i| flags[i] = true);
        }
        state.widen();
        state.prune();
    }

    fn wants_dense_gradient(&self, state: &State) -> bool {
        self.is_due(state)
    }

    fn map_gradient(&mut self, state: &State, gradient: &mut [f32]) {
        if self.is_due(state) {
            self.gradient = gradient.to_vec();
        }
        state.mask.clear(gradient);
    }

    fn after_step(&mut self, state: &mut State) {
        let gradient = std::mem::take(&mut self.gradient);
        if gradient.is_empty() {
            return;
        }
        let past = state.step as f64 / (MOVES * state.steps as f64);
        let fraction = 0.5 * EXCHANGED * (1.0 + libm::cos(std::f64::consts::PI * past));
        for layer in state.instance.sparse_layers() {
            let flags = &mut state.mask.flags_mut()[layer.weights.clone()];
            let weights = &mut state.weights[layer.weights.clone()];
            let by_weights = &gradient[layer.weights.clone()];
            let were = flags.to_vec();
            let active: Vec<usize> = (0..flags.len()).filter(|&i| flags[i]).collect();
            let count = (fraction * active.len() as f64) as usize;
            // The smallest magnitude is the largest of what is negative.
            for i in largest(active, count, |i| -weights[i].abs()) {
                flags[i] = false;
            }
            let inactive: Vec<usize> = (0..flags.len()).filter(|&i| !flags[i]).collect();
            for i in largest(inactive, count, |i| by_weights[i].abs()) {
                flags[i] = true;
                // What was dropped a moment ago comes back as it was.
                if !were[i] {
                    weights[i] = 0.0;
                }
            }
        }
        state.prune();
    }
}

/// The `count` of some indices that score highest; of equal ones the lower.
fn largest(mut of: Vec<usize>, count: usize, score: impl Fn(usize) -> f32) -> Vec<usize> {
    if count < of.len() {
        of.select_nth_unstable_by(count, |&i, &j| score(j).total_cmp(&score(i)).then(i.cmp(&j)));
        of.truncate(count);
    }
    of
}

static NOTE: Note = Note {
    formula: r"\text{drop the } f(t) \text{ smallest } |w_i|, \ i \in \Omega; \qquad \text{grow as many largest } |\partial L / \partial w_i|, \ i \notin \Omega",
    breaks: "A gradient tells of one batch and one step. Where batches are noisy it grows weights that are dropped again, and its masks have no pattern that hardware could use. The share dropped and the time between two changes have to be chosen.",
};
