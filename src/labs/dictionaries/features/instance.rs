//! An instance of `features`.

use super::forest::{Flow, Scene};
use super::judgement::Judgement;
use super::panels;
use crate::contract::{Instance, Observation, Panel, Trace, Values};
use crate::signals::random::Stream;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// Held-out inputs.
pub const HELD_OUT: usize = 1000;

/// A forest with directions, and inputs of it that nobody learns from.
pub struct FeaturesInstance {
    /// The truth.
    pub scene: Arc<Scene>,
    /// Held-out inputs, one after the other.
    pub held_out: Vec<f64>,
    /// The features of each of them.
    pub active: Vec<Vec<usize>>,
    /// Their mean.
    pub(super) mean: Vec<f64>,
    /// Held-out inputs that are shown, those of a tree together.
    pub(super) shown: Vec<usize>,
    seed: u64,
}

/// What an estimate says: a bias, and directions with their activations in held-out inputs.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary<'a> {
    /// The bias of the inputs.
    pub bias: &'a [f64],
    rows: &'a [f64],
}

impl<'a> Dictionary<'a> {
    /// Number of latents, m.
    pub fn latents(&self) -> usize {
        self.rows.len() / (self.bias.len() + HELD_OUT)
    }

    fn row(&self, latent: usize) -> &'a [f64] {
        let width = self.bias.len() + HELD_OUT;
        &self.rows[latent * width..][..width]
    }

    /// The direction of a latent.
    pub fn direction(&self, latent: usize) -> &'a [f64] {
        &self.row(latent)[..self.bias.len()]
    }

    /// The activation of a latent in each held-out input.
    pub fn activations(&self, latent: usize) -> &'a [f64] {
        &self.row(latent)[self.bias.len()..]
    }

    /// The share of the held-out inputs in which each latent is active.
    pub fn usage(&self) -> Vec<f64> {
        let active = |latent| self.activations(latent).iter().filter(|a| **a > 0.0).count();
        (0..self.latents()).map(|latent| active(latent) as f64 / HELD_OUT as f64).collect()
    }
}

impl FeaturesInstance {
    pub(super) fn new(scene: Scene, seed: u64) -> Self {
        let scene = Arc::new(scene);
        let mut flow = Flow::new(scene.clone(), seed, Stream::Points);
        let active: Vec<Vec<usize>> = (0..HELD_OUT).map(|_| flow.next()).collect();
        let held_out: Vec<f64> = active.iter().flat_map(|active| scene.input(active)).collect();
        let mut mean = vec![0.0; scene.dims];
        for x in held_out.chunks_exact(scene.dims) {
            mean.iter_mut().zip(x).for_each(|(mean, x)| *mean += x / HELD_OUT as f64);
        }
        let shown = panels::chosen(&scene.forest, &active);
        Self { scene, held_out, active, mean, shown, seed }
    }

    /// Inputs to learn from: the same ones for all methods, and none of those that are held out.
    pub fn flow(&self) -> Flow {
        Flow::new(self.scene.clone(), self.seed, Stream::Examples)
    }

    /// The dictionary in an observation, where it has one.
    pub fn dictionary<'a>(&self, seen: &'a Observation<'_>) -> Option<Dictionary<'a>> {
        let Values::Real(numbers) = &seen.estimate else { return None };
        let (bias, rows) = numbers.split_at_checked(self.scene.dims)?;
        (rows.len() % (self.scene.dims + HELD_OUT) == 0).then_some(Dictionary { bias, rows })
    }
}

impl Instance for FeaturesInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (count, dims) = (self.scene.forest.count(), self.scene.dims);
        json!({
            "rows": HELD_OUT,
            "cols": dims,
            "size": format!("{count} features in {dims} dimensions"),
            "profile": "How often latents are active",
            "things": "latents",
            "notes": ["The support is the latents that are active in any of the held-out inputs."],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        vec![panels::features(self)]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(dictionary) = self.dictionary(seen) else { return Vec::new() };
        let judgement = Judgement::new(self, &dictionary);
        vec![
            panels::activations(self, &dictionary, &judgement),
            panels::features(self),
            panels::prefixes(self, &dictionary),
            panels::absorbed(&judgement),
            panels::tree(self, &judgement),
        ]
    }

    /// The share of held-out inputs in which each latent is active.
    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        let shares = self.dictionary(seen).map_or_else(Vec::new, |dictionary| dictionary.usage());
        Values::give(shares)
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.dictionary(seen).map_or_else(Vec::new, |dictionary| Judgement::new(self, &dictionary).traces())
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.traces(seen);
        if let Some(unexplained) = metrics.iter().find(|trace| trace.name == "unexplained") {
            metrics.push(Trace { name: "relative_error", value: unexplained.value.sqrt() });
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let Scene { forest, dims, directions } = self.scene.as_ref();
        vec![
            ("features", (forest.count(), *dims), Values::lend(directions)),
            ("X", (HELD_OUT, *dims), Values::lend(&self.held_out)),
        ]
    }
}
