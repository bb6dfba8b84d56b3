//! Learning from a fixed set of examples, watched by others that are only looked at.
//!
//! ```text
//! repeat
//!     step of Adam along the gradient of the mean loss of a batch; every pass is in a new order
//!     every few batches: keep the weights if the examples that are watched are answered better than ever
//! until that has not happened for some time, or all batches are learned
//! ```

use super::{Example, Examples, Network, mean_absolute_error};
use crate::models::Adam;
use crate::signals::random::Random;

/// Examples that are watched.
const WATCHED: usize = 10;
/// Looks without a better one after which learning ends.
const PATIENCE: usize = 6;

/// How long it learns, and from how much.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// Examples to learn from.
    pub examples: usize,
    /// Examples in a batch.
    pub batch: usize,
    /// Most batches.
    pub batches: usize,
    /// Batches from a look to the next.
    pub look: usize,
    /// Adam's rate.
    pub rate: f64,
}

/// A network in training.
pub struct Trainer<N> {
    network: N,
    schedule: Schedule,
    learned: Vec<Example>,
    watched: Vec<Example>,
    weights: Vec<f64>,
    adam: Adam,
    random: Random,
    /// The order of this pass, and how much of it is left.
    order: Vec<usize>,
    left: usize,
    batches: usize,
    /// The best weights so far, and how the watched examples are answered with them.
    best: (Vec<f64>, f64),
    /// Looks since then.
    waited: usize,
    products: f64,
}

impl<N: Network> Trainer<N> {
    /// Draws the examples: first those that are watched, so that a larger set holds a smaller one.
    pub fn new(network: N, mut examples: Examples, schedule: Schedule) -> Self {
        let watched = examples.several(WATCHED);
        let weights = network.initial(&mut examples.random);
        let random = examples.random.clone();
        let learned = examples.several(schedule.examples);
        let adam = Adam::new(weights.len(), schedule.rate);
        let mut trainer = Self {
            order: (0..learned.len()).collect(),
            left: 0,
            batches: 0,
            best: (weights.clone(), f64::INFINITY),
            waited: 0,
            products: 0.0,
            network,
            schedule,
            learned,
            watched,
            weights,
            adam,
            random,
        };
        trainer.look();
        trainer
    }

    /// The network, but for its weights.
    pub fn network(&self) -> &N {
        &self.network
    }

    /// The weights of now, or the best ones where learning is over.
    pub fn weights(&self) -> &[f64] {
        if self.is_done() { &self.best.0 } else { &self.weights }
    }

    /// The mean loss of the examples that are watched, with the best weights so far.
    pub fn watched_loss(&self) -> f64 {
        self.best.1
    }

    /// Products with `A` and its transpose that learning has cost.
    pub fn products(&self) -> f64 {
        self.products
    }

    /// Whether nothing better was seen for long.
    pub fn has_settled(&self) -> bool {
        self.waited >= PATIENCE
    }

    /// Whether learning is over.
    pub fn is_done(&self) -> bool {
        self.batches >= self.schedule.batches || self.has_settled()
    }

    /// Learns from a batch. Returns its mean loss; `None` where the network throws numbers away.
    pub fn advance(&mut self) -> Option<f64> {
        let (mut loss, mut gradient) = (0.0, vec![0.0; self.weights.len()]);
        for _ in 0..self.schedule.batch {
            let example = self.next();
            loss += self.network.learn(&self.weights, &self.learned[example], &mut gradient)?;
        }
        self.products += self.schedule.batch as f64 * self.network.products().1;
        let share = 1.0 / self.schedule.batch as f64;
        let uphill: Vec<f64> = gradient.iter().map(|g| -share * g).collect();
        if !uphill.iter().all(|g| g.is_finite()) {
            return None;
        }
        self.adam.ascend(&mut self.weights, &uphill);
        self.batches += 1;
        if self.batches.is_multiple_of(self.schedule.look) || self.batches == self.schedule.batches {
            self.look();
        }
        Some(share * loss)
    }

    /// The example that comes next, in an order that is drawn anew for every pass.
    fn next(&mut self) -> usize {
        if self.left == 0 {
            self.left = self.order.len();
        }
        let chosen = self.random.below(self.left);
        self.left -= 1;
        self.order.swap(chosen, self.left);
        self.order[self.left]
    }

    fn look(&mut self) {
        let loss_of = |example: &Example| {
            let answer = self.network.answer(&self.weights, &example.measurements);
            answer.map_or(f64::INFINITY, |answer| mean_absolute_error(&answer, &example.truth).0)
        };
        let loss = self.watched.iter().fold(0.0, |sum, example| sum + loss_of(example)) / WATCHED as f64;
        self.products += WATCHED as f64 * self.network.products().0;
        if loss < self.best.1 {
            self.best = (self.weights.clone(), loss);
            self.waited = 0;
        } else {
            self.waited += 1;
        }
    }
}
