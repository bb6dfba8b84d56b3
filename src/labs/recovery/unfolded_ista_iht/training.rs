//! Learning the steps of the layers, one layer after the other, from examples that are drawn as they are needed.
//!
//! ```text
//! for depth = 1 .. T:   the new layer begins with the last one's step, the first with 1 / L
//!     repeat:           draw a batch, step along the gradient of its mean loss by theta_1 .. theta_depth, g = softplus theta
//! ```

use super::network::{Network, Proximal};
use crate::kernels::norm;
use crate::models::Adam;
use crate::operators::LinearOperator;
use crate::signals::random::Random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What the layers learn from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Training {
    /// The squared distance of the output to the true signal.
    #[default]
    Supervised,
    /// The objective at the output: no truth is needed.
    Unsupervised,
    /// Nothing: all steps are 1 / L, as in the iteration that is unfolded.
    None,
}

/// Signals with `density` of their entries standard normal and the others zero, measured with normal noise.
pub struct Examples {
    /// Probability of an entry that is not zero.
    pub density: f64,
    /// Standard deviation of the noise.
    pub noise: f64,
    /// What draws them.
    pub random: Random,
}

impl Examples {
    /// A signal and its measurements.
    pub fn draw(&mut self, operator: &dyn LinearOperator<f64>) -> (Vec<f64>, Vec<f64>) {
        let random = &mut self.random;
        let mut entry = || if random.uniform() < self.density { random.normal() } else { 0.0 };
        let x: Vec<f64> = (0..operator.cols()).map(|_| entry()).collect();
        let mut y = vec![0.0; operator.rows()];
        operator.apply(&x, &mut y);
        y.iter_mut().for_each(|y| *y += self.noise * random.normal());
        (x, y)
    }
}

/// How it is trained.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// What it learns from.
    pub training: Training,
    /// Layers at the end.
    pub layers: usize,
    /// Batches a layer.
    pub batches: usize,
    /// Examples a batch.
    pub batch: usize,
    /// Adam's rate.
    pub rate: f64,
}

/// Layers in training.
pub struct Trainer {
    operator: Arc<dyn LinearOperator<f64>>,
    proximal: Proximal,
    schedule: Schedule,
    examples: Examples,
    /// Of the layers so far; a step is the softplus of its entry.
    thetas: Vec<f64>,
    adam: Adam,
    /// Batches that the newest layer has seen.
    seen: usize,
    products: f64,
}

impl Trainer {
    /// One layer, with the step `1 / lipschitz`.
    pub fn new(
        operator: Arc<dyn LinearOperator<f64>>,
        proximal: Proximal,
        schedule: Schedule,
        examples: Examples,
        lipschitz: f64,
    ) -> Self {
        let thetas = vec![softplus_inverse(1.0 / lipschitz)];
        Self {
            operator,
            proximal,
            schedule,
            examples,
            thetas,
            adam: Adam::new(1, schedule.rate),
            seen: 0,
            products: 0.0,
        }
    }

    /// The network, but for its steps.
    pub fn network(&self) -> Network<'_> {
        Network { operator: &*self.operator, proximal: self.proximal }
    }

    /// Steps of the layers so far.
    pub fn steps(&self) -> Vec<f64> {
        self.thetas.iter().map(|&theta| softplus(theta)).collect()
    }

    /// Products with `A` and `A^*` that training has cost.
    pub fn products(&self) -> f64 {
        self.products
    }

    /// Whether all layers are there and trained.
    pub fn is_done(&self) -> bool {
        self.thetas.len() >= self.schedule.layers && self.seen >= self.batches()
    }

    /// A layer that is not trained is done at once.
    fn batches(&self) -> usize {
        if self.schedule.training == Training::None { 1 } else { self.schedule.batches }
    }

    /// Whether the batch that comes next is the first of a layer.
    pub fn begins_layer(&self) -> bool {
        self.seen == 0 || self.seen >= self.batches()
    }

    /// Adds a layer if the last one has seen its batches, and learns from a batch. Returns the mean loss, if there is one.
    pub fn advance(&mut self) -> Option<f64> {
        if self.seen >= self.batches() {
            self.thetas.push(self.thetas[self.thetas.len() - 1]);
            self.adam = Adam::new(self.thetas.len(), self.schedule.rate);
            self.seen = 0;
        }
        self.seen += 1;
        (self.schedule.training != Training::None).then(|| self.learn())
    }

    fn learn(&mut self) -> f64 {
        let steps = self.steps();
        let (mut loss, mut gradient) = (0.0, vec![0.0; steps.len()]);
        for _ in 0..self.schedule.batch {
            let (x, y) = self.examples.draw(&*self.operator);
            let (one, by_steps) = loss_and_gradient(self.network(), self.schedule.training, &steps, (&x, &y));
            loss += one;
            gradient.iter_mut().zip(by_steps).for_each(|(sum, g)| *sum += g);
        }
        self.products += self.schedule.batch as f64 * (4.0 * steps.len() as f64 + 1.0);
        let share = 1.0 / self.schedule.batch as f64;
        // The softplus has the logistic function as its derivative.
        for (g, &theta) in gradient.iter_mut().zip(&self.thetas) {
            *g *= share / (1.0 + libm::exp(-theta));
        }
        // One batch with large steps must not throw the layers away.
        let clip = 1.0 / norm(&gradient).max(1.0);
        let uphill: Vec<f64> = gradient.iter().map(|g| -clip * g).collect();
        if uphill.iter().all(|g| g.is_finite()) {
            self.adam.ascend(&mut self.thetas, &uphill);
        }
        share * loss
    }
}

/// The loss of an example `(x, y)`, and its derivative by the steps.
pub fn loss_and_gradient(
    network: Network<'_>,
    training: Training,
    steps: &[f64],
    (x, y): (&[f64], &[f64]),
) -> (f64, Vec<f64>) {
    let pass = network.forward(steps, y);
    let output = pass.output();
    let (loss, by_output) = match training {
        Training::Unsupervised => (network.objective(output, y), network.objective_gradient(output, y)),
        Training::Supervised | Training::None => {
            let off: Vec<f64> = output.iter().zip(x).map(|(out, x)| out - x).collect();
            (off.iter().fold(0.0, |sum, off| sum + off * off), off.iter().map(|off| 2.0 * off).collect())
        }
    };
    let by_steps = network.backward(steps, &pass, by_output);
    (loss, by_steps)
}

/// `ln (1 + e^theta)`.
fn softplus(theta: f64) -> f64 {
    theta.max(0.0) + libm::log1p(libm::exp(-theta.abs()))
}

/// The theta of a positive step.
fn softplus_inverse(step: f64) -> f64 {
    step + libm::log(-libm::expm1(-step))
}
