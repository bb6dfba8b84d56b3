//! An instance of `classification`: examples, a network, a recipe, and how answers are judged.

use super::examples::{Examples, Split, VALIDATION};
use super::panels;
use crate::contract::{Instance, Observation, Panel, Trace, Values};
use crate::kernels::exp;
use crate::models::network::{Layer, Mlp};
use crate::signals::digits::PIXELS;
use crate::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::any::Any;
use std::ops::Range;

/// What an example may be.
pub const CLASSES: usize = 10;

/// How networks are trained, whatever the method: methods differ only where their rules do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// Passes through the examples.
    pub epochs: usize,
    /// Examples a batch.
    pub batch: usize,
    /// Batches a step of the run.
    pub batches: usize,
    /// The highest rate of the schedule.
    pub rate: f64,
    /// Share of its velocity that a weight keeps.
    pub momentum: f64,
    /// Weight decay; biases have none.
    pub decay: f64,
}

/// Examples, a network to be trained, and a recipe.
///
/// An estimate is the logits of all held-out examples, a row an example; its support the weights of the shown layer that are there.
pub struct ClassificationInstance {
    /// The layers.
    pub net: Mlp,
    /// How it is trained.
    pub recipe: Recipe,
    /// What is learned from.
    pub learned: Examples,
    /// What is not: first for validation, then tests.
    pub held_out: Examples,
    /// Places of the layers that methods make sparse.
    sparse: Range<usize>,
    pictures: Vec<Vec<f64>>,
    seed: u64,
}

impl ClassificationInstance {
    pub(super) fn new(net: Mlp, recipe: Recipe, split: Split, sparse: Range<usize>, seed: u64) -> Self {
        let Split { learned, held_out, pictures } = split;
        Self { net, recipe, learned, held_out, sparse, pictures, seed }
    }

    /// Randomness for a purpose, the same for all methods.
    pub fn random(&self, stream: Stream) -> Random {
        Random::new(self.seed, stream)
    }

    /// The layers that methods make sparse; the others stay dense.
    pub fn sparse_layers(&self) -> &[Layer] {
        &self.net.layers()[self.sparse.clone()]
    }

    /// The layer that is shown: the second, between the hidden ones.
    pub fn shown_layer(&self) -> &Layer {
        &self.net.layers()[1]
    }

    /// Logits by example.
    fn logits<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [f64]> {
        match &seen.estimate {
            Values::Real(logits) if logits.len() == CLASSES * self.held_out.count() => Some(logits),
            _ => None,
        }
    }

    /// What each held-out example is read as: the class with the largest logit, the lower one of two.
    fn read(&self, logits: &[f64]) -> Vec<u8> {
        let largest =
            |row: &[f64]| (1..CLASSES).fold(0, |best, class| if row[class] > row[best] { class } else { best });
        logits.chunks_exact(CLASSES).map(|row| largest(row) as u8).collect()
    }

    /// `-log p(label)` of each held-out example.
    fn losses(&self, logits: &[f64]) -> Vec<f64> {
        let loss = |(row, &label): (&[f64], &u8)| {
            let most = row.iter().fold(f64::NEG_INFINITY, |most, &z| most.max(z));
            let mut shifted: Vec<f64> = row.iter().map(|z| z - most).collect();
            exp(&mut shifted);
            libm::log(shifted.iter().sum::<f64>()) - (row[usize::from(label)] - most)
        };
        logits.chunks_exact(CLASSES).zip(&self.held_out.labels).map(loss).collect()
    }

    /// The shares of validation examples and of tests that are read wrongly.
    fn errors(&self, logits: &[f64]) -> [f64; 2] {
        let read = self.read(logits);
        let share = |of: Range<usize>| {
            let wrong = of.clone().filter(|&example| read[example] != self.held_out.labels[example]).count();
            wrong as f64 / of.len() as f64
        };
        [share(0..VALIDATION), share(VALIDATION..read.len())]
    }
}

impl Instance for ClassificationInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (count, weights, shown) = (self.learned.count(), self.net.weights(), self.shown_layer());
        let tests = self.held_out.count() - VALIDATION;
        json!({
            "rows": count,
            "cols": shown.weights.len(),
            "size": format!("N = {count}, W = {weights}"),
            "things": "weights",
            "notes": [format!(
                "The network has {weights} weights; the support is that of the {} between its hidden layers, and errors are of {tests} digits that nothing is learned from.",
                shown.weights.len()
            )],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(logits) = self.logits(seen) else { return Vec::new() };
        let read = self.read(logits);
        vec![
            panels::mistakes(&self.pictures, &read, &self.held_out.labels),
            panels::confusion(&read, &self.held_out.labels),
        ]
    }

    /// The chance that each held-out example's own label is given.
    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        let mut chances: Vec<f64> =
            self.logits(seen).map_or_else(Vec::new, |logits| self.losses(logits).iter().map(|loss| -loss).collect());
        exp(&mut chances);
        Values::give(chances)
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(logits) = self.logits(seen) else { return Vec::new() };
        let [validation, test] = self.errors(logits);
        vec![Trace { name: "test_error", value: test }, Trace { name: "validation_error", value: validation }]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(logits) = self.logits(seen) else { return Vec::new() };
        let [validation, test] = self.errors(logits);
        let losses = self.losses(logits);
        let tests = &losses[VALIDATION..];
        let all = [
            ("test_accuracy", 1.0 - test),
            ("test_error", test),
            ("validation_error", validation),
            ("test_loss", tests.iter().sum::<f64>() / tests.len() as f64),
        ];
        all.into_iter().map(|(name, value)| Trace { name, value }).collect()
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let pixels = self.pictures.concat();
        let labels: Vec<f64> = self.held_out.labels.iter().map(|&label| f64::from(label)).collect();
        vec![
            ("X", (self.pictures.len(), PIXELS), Values::give(pixels)),
            ("labels", (labels.len(), 1), Values::give(labels)),
        ]
    }
}
