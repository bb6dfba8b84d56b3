//! Recovery from a pattern that nobody learns, by a network that is trained for it.
//!
//! The network and its training are those of [`super::sampled_network`]; only the choice of frequencies is not learned. What a learned pattern
//! is to be held against: a rival with the same network, examples and batches. Patterns are those of [`Pattern`].

use super::sampled_network::{Sampler, Schedule, start};
use super::subsampling::{Pattern, SamplingInstance};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of recovery from a fixed pattern.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FixedPattern {
    /// The frequencies that are measured.
    pub pattern: Pattern,
    /// Folds of the network, K.
    #[schemars(range(min = 1, max = 20))]
    pub folds: usize,
    /// Batches.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Examples a batch.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 1.0), extend("x-scale" = "log"))]
    pub rate: f64,
}

impl Default for FixedPattern {
    fn default() -> Self {
        Self { pattern: Pattern::Random, folds: 8, batches: 600, batch: 32, rate: 0.02 }
    }
}

impl TypedMethod for FixedPattern {
    type Instance = SamplingInstance;

    const CARD: MethodCard = MethodCard {
        id: "fixed-pattern",
        lab: "recovery",
        problem: "sampling-design",
        title: "A network for a fixed pattern",
        short: "fixed pattern",
        sentence: "of {pattern} frequencies",
        line: "Trains the recovery for frequencies that are random, even, low or mostly low",
        cost: "4 K Fourier transforms an example",
        when: "the pattern is given, or as what a learned one is held against",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.batches
    }

    fn start(&self, instance: &Arc<SamplingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let pattern = self.pattern.choose(&instance.kind.fourier, instance.budget, &mut instance.choices());
        let schedule = Schedule { folds: self.folds, batches: self.batches, batch: self.batch, rate: self.rate };
        Ok(start(instance, schedule, Box::new(Fixed { pattern, size: instance.kind.fourier.size() })))
    }
}

/// A sampler that learns nothing.
struct Fixed {
    pattern: Vec<usize>,
    size: usize,
}

impl Sampler for Fixed {
    fn draw(&mut self) -> Vec<f64> {
        let mut mask = vec![0.0; self.size];
        self.pattern.iter().for_each(|&n| mask[n] = 1.0);
        mask
    }

    fn pull(&mut self, _by_weights: &[f64]) {}

    fn learn(&mut self, _examples: usize, _progress: f64) {}

    fn pattern(&self) -> Vec<usize> {
        self.pattern.clone()
    }
}

static NOTE: Note = Note {
    formula: r"x_{k+1} = \operatorname{soft}\big(x_k + g_k\, \mathrm{Re}\, F^* (y - F x_k)_S;\ t_k\big), \qquad k < K",
    breaks: "What the pattern has lost no network finds: evenly spaced frequencies fold signals onto each other, low ones blur, and random ones may hold pairs that tell the same. Steps and thresholds are learned for one pattern and one kind of signal. Eight folds are few: six hundred steps of FISTA on a random pattern end as low, untrained.",
};
