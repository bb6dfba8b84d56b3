//! The run of a network that learns: a step is a batch.

use super::{Network, Trainer};
use crate::contract::{Observation, Run, Status, Trace, Values};
use crate::kernels::norm_inf;
use crate::labs::recovery::linear::LinearInstance;
use std::borrow::Cow;
use std::sync::Arc;

/// Entries below this share of the largest do not count as active.
const ACTIVE: f64 = 1e-6;

/// A run: a network in training, and what it makes of the instance.
pub struct Learning<N> {
    instance: Arc<LinearInstance<f64>>,
    trainer: Trainer<N>,
    estimate: Vec<f64>,
    support: Vec<usize>,
    loss: Option<f64>,
}

impl<N: Network> Learning<N> {
    /// Before the first batch.
    pub fn new(instance: Arc<LinearInstance<f64>>, trainer: Trainer<N>) -> Self {
        let estimate = vec![0.0; instance.cols()];
        let mut learning = Self { instance, trainer, estimate, support: Vec::new(), loss: None };
        learning.answer();
        learning
    }

    /// Answers the instance's measurements; false where that throws numbers away.
    fn answer(&mut self) -> bool {
        let answer = self.trainer.network().answer(self.trainer.weights(), &self.instance.measurements);
        let Some(answer) = answer.filter(|answer| answer.iter().all(|x| x.is_finite())) else {
            return false;
        };
        let least = ACTIVE * norm_inf(&answer);
        self.support = (0..answer.len()).filter(|&j| answer[j].abs() > least).collect();
        self.estimate = answer;
        true
    }
}

impl<N: Network> Run for Learning<N> {
    fn step(&mut self) -> Status {
        self.loss = self.trainer.advance();
        if self.loss.is_none() || !self.answer() {
            return Status::Diverged("the weights throw numbers away; a smaller rate keeps them".into());
        }
        if self.trainer.has_settled() {
            return Status::Converged("examples that are only watched are answered no better any more".into());
        }
        if self.trainer.is_done() { Status::Converged("all batches are learned".into()) } else { Status::Running }
    }

    fn observe(&self) -> Observation<'_> {
        let panels = self.trainer.network().panels(self.trainer.weights(), &self.instance.measurements);
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let mut traces = vec![Trace { name: "watched_loss", value: self.trainer.watched_loss() }];
        traces.extend(self.loss.map(|value| Trace { name: "training_loss", value }));
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces,
            panels: Vec::new(),
            events: Vec::new(),
            products: self.trainer.products(),
        }
    }
}
