//! The run of a network in training: a step is some batches, and the estimate what it makes of held-out digits.

use super::classification::ClassificationInstance;
use super::pictures;
use super::rule::{Rule, State};
use super::training::Trainer;
use crate::contract::{Observation, Run, Status, Trace, Values};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

/// Most steps of any method: what ends a run are its epochs.
pub(super) const MOST_STEPS: usize = 100_000;

/// A run.
pub(super) struct Learning<R> {
    trainer: Trainer<R>,
    /// Answers of the weights of now, from when somebody has looked: sweeps look at the end only.
    answers: OnceCell<Vec<f64>>,
    /// Weights of the shown layer that are there.
    support: Vec<usize>,
    /// Flips in each step.
    flips: Vec<f64>,
}

/// Starts training by a rule.
pub(super) fn start<R: Rule>(instance: &Arc<ClassificationInstance>, rule: R) -> Box<dyn Run> {
    let mut learning = Learning {
        trainer: Trainer::new(rule, State::new(instance.clone())),
        answers: OnceCell::new(),
        support: Vec::new(),
        flips: Vec::new(),
    };
    learning.look();
    Box::new(learning)
}

impl<R: Rule> Learning<R> {
    fn look(&mut self) {
        self.answers.take();
        let State { instance, mask, .. } = self.trainer.state();
        let shown = mask.flags()[instance.shown_layer().weights.clone()].iter();
        self.support = shown.enumerate().filter(|(_, there)| **there).map(|(i, _)| i).collect();
    }
}

impl<R: Rule> Run for Learning<R> {
    fn step(&mut self) -> Status {
        let before = self.trainer.flips();
        for _ in 0..self.trainer.state().instance.recipe.batches {
            if !self.trainer.advance() {
                return Status::Diverged("the weights throw numbers away; a smaller rate keeps them".into());
            }
            if self.trainer.is_done() {
                break;
            }
        }
        self.flips.push(self.trainer.flips() - before);
        self.look();
        if self.trainer.is_done() { Status::Converged("all epochs are done".into()) } else { Status::Running }
    }

    fn observe(&self) -> Observation<'_> {
        let panels = vec![
            pictures::mask(&self.trainer),
            pictures::turns(&self.trainer),
            pictures::restlessness(&self.flips),
            pictures::pruned(&self.trainer),
        ];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let trainer = &self.trainer;
        let mut traces = vec![
            Trace { name: "flips", value: trainer.flips() },
            Trace { name: "divergence", value: trainer.divergence() },
            Trace { name: "gap", value: trainer.gap() },
            Trace { name: "density", value: trainer.density() },
            Trace { name: "gigaflops", value: 1e-9 * trainer.flops() },
        ];
        traces.extend(trainer.loss().map(|value| Trace { name: "loss", value }));
        Observation {
            estimate: Values::lend(self.answers.get_or_init(|| trainer.answers())),
            support: Cow::Borrowed(&self.support),
            traces,
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}
