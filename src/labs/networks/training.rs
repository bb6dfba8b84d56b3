//! The loop around a rule: batches, passes, steps, and what is counted.

use super::classification::Examples;
use super::rule::{Rule, State};
use crate::models::network::{Cosine, Costs, Mask, Sgd, cross_entropy};
use crate::signals::random::{Random, Stream};

/// Weights beyond this throw numbers away somewhere ahead.
const LARGEST: f32 = 1e4;

/// A network in training by a rule.
pub(super) struct Trainer<R> {
    rule: R,
    state: State,
    /// Weights of the forward pass, w~.
    forward: Vec<f32>,
    bias_steps: Sgd,
    random: Random,
    /// What is left of this epoch, in the order in which it comes.
    left: Vec<usize>,
    phase: usize,
    /// The masks at the start and at the last batch, for distances from them.
    first: Mask,
    last: Mask,
    /// How often each weight has come or gone.
    turns: Vec<u32>,
    loss: Option<f64>,
    flops: f64,
}

impl<R: Rule> Trainer<R> {
    /// Before the first batch.
    pub(super) fn new(mut rule: R, mut state: State) -> Self {
        rule.start(&mut state);
        let mut forward = vec![0.0; state.weights.len()];
        rule.forward_weights(&mut state, &mut forward);
        let momentum = state.instance.recipe.momentum;
        Self {
            bias_steps: Sgd::new(state.biases.len(), momentum, 0.0),
            random: state.instance.random(Stream::Batches),
            left: Vec::new(),
            phase: 0,
            first: state.mask.clone(),
            last: state.mask.clone(),
            turns: vec![0; forward.len()],
            loss: None,
            flops: 0.0,
            rule,
            state,
            forward,
        }
    }

    /// What is trained.
    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// Weights of the forward pass.
    pub(super) fn forward(&self) -> &[f32] {
        &self.forward
    }

    /// How often each weight has come or gone.
    pub(super) fn turns(&self) -> &[u32] {
        &self.turns
    }

    /// Whether all phases are over.
    pub(super) fn is_done(&self) -> bool {
        self.phase >= self.rule.phases()
    }

    /// The mean loss of the last batch.
    pub(super) fn loss(&self) -> Option<f64> {
        self.loss
    }

    /// Flips so far: half of the L1 distance between masks of consecutive batches, summed.
    pub(super) fn flips(&self) -> f64 {
        0.5 * self.turns.iter().map(|&turns| f64::from(turns)).sum::<f64>()
    }

    /// Sparse architecture divergence from the start: the L1 distance of its mask and that of now.
    pub(super) fn divergence(&self) -> f64 {
        self.state.mask.distance(&self.first) as f64
    }

    /// `|w - w~|`, in Frobenius' norm.
    pub(super) fn gap(&self) -> f64 {
        let differences = self.state.weights.iter().zip(&self.forward).map(|(w, forward)| f64::from(w - forward));
        differences.fold(0.0, |sum, d| sum + d * d).sqrt()
    }

    /// Share of all weights that are there.
    pub(super) fn density(&self) -> f64 {
        let size = self.forward.len();
        self.state.mask.count(0..size) as f64 / size as f64
    }

    /// Floating-point operations of training so far, by density.
    pub(super) fn flops(&self) -> f64 {
        self.flops
    }

    /// Logits of held-out examples: a row an example.
    pub(super) fn answers(&self) -> Vec<f64> {
        let Examples { inputs, labels } = &self.state.instance.held_out;
        let outputs = self.state.instance.net.forward(&self.forward, &self.state.biases, inputs, labels.len());
        let Some(logits) = outputs.last() else { return Vec::new() };
        let of_example = |example: usize| logits.iter().skip(example).step_by(labels.len()).map(|&z| f64::from(z));
        (0..labels.len()).flat_map(of_example).collect()
    }

    /// Learns from a batch. False where numbers grow without bound: then everything stays as it was, and nothing more can be done.
    pub(super) fn advance(&mut self) -> bool {
        let Examples { inputs, labels } = self.next_batch();
        let (instance, batch) = (self.state.instance.clone(), labels.len());
        let outputs = instance.net.forward(&self.forward, &self.state.biases, &inputs, batch);
        let loss = cross_entropy(outputs.last().map_or(&[], Vec::as_slice), &labels);
        let before = (self.state.weights.clone(), self.state.biases.clone());
        let back = self.rule.backward_weights(&self.state);
        let back = back.as_deref().unwrap_or(&self.forward);
        let mut gradient = instance.net.backward(back, (&inputs, &outputs), loss.by_logits, batch);
        self.flops += 2.0 * batch as f64 * self.costs().training;
        self.rule.map_gradient(&self.state, &mut gradient.weights);

        let state = &mut self.state;
        let rate = Cosine { steps: state.steps, rate: instance.recipe.rate }.at(state.step);
        state.sgd.descend(&mut state.weights, &gradient.weights, rate);
        self.bias_steps.descend(&mut state.biases, &gradient.biases, rate);
        state.step += 1;
        // What is not a number is not below it, either.
        if !state.weights.iter().chain(&state.biases).all(|w| w.abs() < LARGEST) {
            (state.weights, state.biases) = before;
            return false;
        }
        self.rule.after_step(state);
        if state.step == state.steps {
            self.end_phase();
        }
        self.settle();
        self.loss = Some(loss.value);
        true
    }

    fn costs(&self) -> Costs {
        Costs::of(&self.state.instance.net, &self.state.mask, self.rule.wants_dense_gradient(&self.state))
    }

    /// The next phase begins at rest.
    fn end_phase(&mut self) {
        self.phase += 1;
        if self.is_done() {
            return;
        }
        let state = &mut self.state;
        let recipe = state.instance.recipe;
        state.step = 0;
        state.sgd = Sgd::new(state.weights.len(), recipe.momentum, recipe.decay);
        self.bias_steps = Sgd::new(state.biases.len(), recipe.momentum, 0.0);
        self.rule.after_phase(state);
    }

    /// The forward weights of the weights of now, and who has come or gone.
    fn settle(&mut self) {
        self.rule.forward_weights(&mut self.state, &mut self.forward);
        let flags = self.last.flags().iter().zip(self.state.mask.flags());
        self.turns.iter_mut().zip(flags).filter(|(_, (was, is))| was != is).for_each(|(turns, _)| *turns += 1);
        self.last.clone_from(&self.state.mask);
    }

    /// Examples in an order that is drawn anew for every epoch; its last batch may be short.
    fn next_batch(&mut self) -> Examples {
        let learned = &self.state.instance.learned;
        if self.left.is_empty() {
            self.left = self.random.permutation(learned.count());
        }
        let rest = self.left.len().saturating_sub(self.state.instance.recipe.batch);
        learned.batch(&self.left.split_off(rest))
    }
}
