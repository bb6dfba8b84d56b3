//! What a method does that plain training does not.
//!
//! ```text
//! rule.start(state)
//! repeat
//!     w~ = rule.forward_weights(w)                         (default: w * m)
//!     errors go back through rule.backward_weights(w)      (default: w~)
//!     g = rule.map_gradient(dL / dw~)                      (default: g * m)
//!     v = momentum v + g + decay w,   w = w - rate v
//!     rule.after_step(state)
//! rule.after_phase(state)          the schedule is run once, or rule.phases() times
//! ```

use super::classification::ClassificationInstance;
use crate::models::network::{Groups, Mask, Sgd};
use crate::signals::random::{Random, Stream};
use std::sync::Arc;

/// What is trained, and what a rule may change of it.
pub(super) struct State {
    pub(super) instance: Arc<ClassificationInstance>,
    /// The stored weights, w, of all layers; a rule may prune in the forward pass what is kept here.
    pub(super) weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
    /// Which weights there are, m.
    pub(super) mask: Mask,
    /// Steps of the weights.
    pub(super) sgd: Sgd,
    /// Batches that were learned in this phase, and its batches.
    pub(super) step: usize,
    pub(super) steps: usize,
    /// Randomness of masks.
    pub(super) random: Random,
}

impl State {
    /// At the start, all weights are there.
    pub(super) fn new(instance: Arc<ClassificationInstance>) -> Self {
        let (net, recipe) = (&instance.net, instance.recipe);
        Self {
            weights: net.initial(&mut instance.random(Stream::Weights)),
            biases: vec![0.0; net.biases()],
            mask: Mask::full(net.weights()),
            sgd: Sgd::new(net.weights(), recipe.momentum, recipe.decay),
            step: 0,
            steps: recipe.epochs * instance.learned.count().div_ceil(recipe.batch),
            random: instance.random(Stream::Mask),
            instance,
        }
    }

    /// Keeps the largest weights of every group in the layers that are pruned.
    pub(super) fn keep_largest(&mut self, groups: Groups) {
        for layer in self.instance.sparse_layers() {
            let place = layer.weights.clone();
            groups.largest(&self.weights[place.clone()], layer.inputs, &mut self.mask.flags_mut()[place]);
        }
    }

    /// Sets weights that the mask leaves out to zero, and to rest.
    pub(super) fn prune(&mut self) {
        self.mask.clear(&mut self.weights);
        self.mask.clear(self.sgd.velocity());
    }

    /// Makes the weights of pruned layers as large as those of a layer that has only so many inputs: variance by the inputs that
    /// are there (sparse-aware initialisation).
    pub(super) fn widen(&mut self) {
        for layer in self.instance.sparse_layers() {
            let density = self.mask.count(layer.weights.clone()) as f64 / layer.weights.len() as f64;
            let factor = (1.0 / density.sqrt()) as f32;
            self.weights[layer.weights.clone()].iter_mut().for_each(|w| *w *= factor);
        }
    }
}

/// One method's difference from plain training with a mask that stays.
pub(super) trait Rule: Send + 'static {
    /// Before the first batch: which weights there are, and what they begin as.
    fn start(&mut self, _state: &mut State) {}

    /// Writes the weights of the forward pass, and may change the mask to say which of them are there. Called once a batch, after all else.
    fn forward_weights(&mut self, state: &mut State, forward: &mut [f32]) {
        forward.copy_from_slice(&state.weights);
        state.mask.clear(forward);
    }

    /// The weights through which errors go back to the inputs, where they are not those of the forward pass.
    fn backward_weights(&mut self, _state: &State) -> Option<Vec<f32>> {
        None
    }

    /// Makes of the derivative by the forward weights the one by the stored weights.
    fn map_gradient(&mut self, state: &State, gradient: &mut [f32]) {
        state.mask.clear(gradient);
    }

    /// Whether gradients of weights that are not there are wanted in this step: they count as work.
    fn wants_dense_gradient(&self, _state: &State) -> bool {
        false
    }

    /// After every step: drop and grow, proximal steps, projections.
    fn after_step(&mut self, _state: &mut State) {}

    /// How often the schedule is run.
    fn phases(&self) -> usize {
        1
    }

    /// Between two phases.
    fn after_phase(&mut self, _state: &mut State) {}
}
