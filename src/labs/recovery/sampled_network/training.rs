//! Learning folds and weights from examples that are drawn as they are needed.

use super::network::{Network, Slopes};
use crate::contract::{Panel, Trace};
use crate::labs::recovery::subsampling::{Example, Fourier, Kind, SamplingInstance};
use crate::models::Adam;
use crate::signals::random::Random;
use std::sync::Arc;

/// What weighs frequencies.
pub trait Sampler: Send {
    /// N weights for the next example. Those of a pattern are 0 or 1.
    fn draw(&mut self) -> Vec<f64>;

    /// Takes the derivatives of the loss of an example by the weights that were drawn last.
    fn pull(&mut self, by_weights: &[f64]);

    /// Learns from what was pulled since the last time, by `examples` of them. `progress` goes from 0 at the first batch to 1 at the last.
    fn learn(&mut self, examples: usize, progress: f64);

    /// The frequencies that would be measured now, ascending.
    fn pattern(&self) -> Vec<usize>;

    /// What it shows of itself, the same panels after every batch.
    fn panels(&self) -> Vec<Panel<'static>> {
        Vec::new()
    }

    /// What it says of itself.
    fn traces(&self) -> Vec<Trace> {
        Vec::new()
    }
}

/// How a network is trained.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// Folds, K.
    pub folds: usize,
    /// Batches.
    pub batches: usize,
    /// Examples a batch.
    pub batch: usize,
    /// Adam's rate for logarithms of steps and thresholds.
    pub rate: f64,
}

/// Every fold's step at first: as long as is safe where both of a pair are measured.
const FIRST_STEP: f64 = 1.0;
/// Every fold's threshold at first.
const FIRST_THRESHOLD: f64 = 0.1;

/// A network in training.
pub struct Trainer {
    kind: Kind,
    schedule: Schedule,
    examples: Random,
    /// Logarithms of the steps, then of the thresholds: any of Adam's steps keeps them positive.
    logarithms: Vec<f64>,
    adam: Adam,
    sampler: Box<dyn Sampler>,
    seen: usize,
}

impl Trainer {
    /// Before the first batch.
    pub fn new(instance: &Arc<SamplingInstance>, schedule: Schedule, sampler: Box<dyn Sampler>) -> Self {
        let first = [FIRST_STEP, FIRST_THRESHOLD].map(|value| vec![libm::log(value); schedule.folds]);
        Self {
            kind: instance.kind.clone(),
            examples: instance.examples(),
            logarithms: first.concat(),
            adam: Adam::new(2 * schedule.folds, schedule.rate),
            schedule,
            sampler,
            seen: 0,
        }
    }

    /// The folds so far.
    pub fn network(&self) -> Network {
        let positive = |logarithms: &[f64]| logarithms.iter().map(|&value| libm::exp(value)).collect();
        let (steps, thresholds) = self.logarithms.split_at(self.schedule.folds);
        Network { steps: positive(steps), thresholds: positive(thresholds) }
    }

    /// What weighs frequencies.
    pub fn sampler(&self) -> &dyn Sampler {
        &*self.sampler
    }

    /// Batches so far.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// Whether all batches were seen.
    pub fn is_done(&self) -> bool {
        self.seen >= self.schedule.batches
    }

    /// Learns from a batch. Returns the energy of its error over that of its signals; infinity where it has no finite slopes.
    pub fn advance(&mut self) -> f64 {
        let batch: Vec<Example> = (0..self.schedule.batch).map(|_| self.kind.draw(&mut self.examples)).collect();
        let network = self.network();
        let (loss, slopes) = batch_gradient(&network, &self.kind.fourier, &mut *self.sampler, &batch);
        let by_logarithms = [(&network.steps, &slopes.0), (&network.thresholds, &slopes.1)]
            .into_iter()
            .flat_map(|(values, slopes)| values.iter().zip(slopes).map(|(value, slope)| -value * slope));
        let downhill: Vec<f64> = by_logarithms.collect();
        self.seen += 1;
        if !downhill.iter().all(|slope| slope.is_finite()) {
            return f64::INFINITY;
        }
        self.adam.ascend(&mut self.logarithms, &downhill);
        let last = self.schedule.batches.saturating_sub(1).max(1);
        self.sampler.learn(batch.len(), (self.seen - 1) as f64 / last as f64);
        let energy: f64 = batch.iter().flat_map(|example| &example.signal).map(|x| x * x).sum();
        let entries = (batch.len() * self.kind.fourier.size()) as f64;
        if energy > 0.0 { loss * entries / energy } else { loss }
    }
}

/// The mean loss over a batch, and its derivatives by steps and thresholds; those by weights are given to the sampler, an example
/// after the other and each times the size of the batch.
pub fn batch_gradient(
    network: &Network,
    fourier: &Fourier,
    sampler: &mut dyn Sampler,
    batch: &[Example],
) -> (f64, (Vec<f64>, Vec<f64>)) {
    let folds = network.steps.len();
    let (mut loss, mut steps, mut thresholds) = (0.0, vec![0.0; folds], vec![0.0; folds]);
    let add = |sum: &mut [f64], new: &[f64]| {
        sum.iter_mut().zip(new).for_each(|(sum, new)| *sum += new / batch.len() as f64);
    };
    for Example { signal, spectrum } in batch {
        let weights = sampler.draw();
        let pass = network.forward(fourier, &weights, spectrum);
        let off: Vec<f64> = pass.output().iter().zip(signal).map(|(out, x)| out - x).collect();
        let share = 1.0 / signal.len() as f64;
        loss += share * off.iter().fold(0.0, |sum, off| sum + off * off) / batch.len() as f64;
        let by_output = off.iter().map(|off| 2.0 * share * off).collect();
        let slopes: Slopes = network.backward(fourier, &weights, &pass, by_output);
        add(&mut steps, &slopes.steps);
        add(&mut thresholds, &slopes.thresholds);
        sampler.pull(&slopes.weights);
    }
    (loss, (steps, thresholds))
}
