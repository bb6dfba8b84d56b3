//! How autoencoders of this lab are trained on features: several batches a step, and the dictionary so far at work.

use super::features::{Dictionary, FeaturesInstance, Flow, HELD_OUT, cosine, matching};
use crate::contract::{Axis, Kind, Observation, Panel, Run, Status, Trace, Values};
use crate::models::autoencoder::{Autoencoder, Auxiliary, Recipe, Schedule, Trainer};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Batches in a step.
const PER_STEP: usize = 20;

/// Batches of silence after which a latent counts as dead, and most of them that make up for a residual.
const PATIENCE: usize = 20;
const MOST_SPARE: usize = 512;

/// What the moments of Adam keep.
const KEPT: [f64; 2] = [0.9, 0.999];

/// How long and how fast it learns: the same words for all methods.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Training {
    /// All batches; twenty make a step.
    #[schemars(range(min = 20, max = 20_000), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Inputs in a batch.
    #[schemars(range(min = 1, max = 512), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Adam's rate, after a rise over 100 batches and until a fall over the last fifth.
    #[schemars(range(min = 0.0001, max = 0.1), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Weight of the loss by which latents that were silent for twenty batches are brought back.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.03125))]
    pub auxiliary: f64,
    /// Seed of the weights to begin with.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub start: u64,
}

impl Default for Training {
    fn default() -> Self {
        Self { batches: 4000, batch: 256, rate: 3e-3, auxiliary: 1.0 / 32.0, start: 0 }
    }
}

impl Training {
    /// Steps of a run.
    pub(super) fn steps(&self) -> usize {
        self.batches.div_ceil(PER_STEP)
    }

    /// A run of the autoencoder that a recipe makes, with this many latents.
    pub(super) fn start(&self, instance: &Arc<FeaturesInstance>, latents: usize, recipe: Recipe) -> Box<dyn Run> {
        let mut flow = instance.flow();
        // The bias begins as the mean of the first batch, which is then learned from like any other.
        let first = flow.batch(self.batch);
        let dims = instance.scene.dims;
        let mut mean = vec![0.0; dims];
        for x in first.chunks_exact(dims) {
            mean.iter_mut().zip(x).for_each(|(mean, x)| *mean += x / self.batch as f64);
        }
        let net = Autoencoder::new(latents, &mean, &mut Random::new(self.start, Stream::Method));
        let auxiliary = Auxiliary { patience: PATIENCE, most: MOST_SPARE, weight: self.auxiliary };
        let schedule = Schedule { batches: self.batches, rate: self.rate, kept: KEPT };
        let trainer = Trainer::new(net, recipe, auxiliary, schedule);
        let mut learning = Learning {
            instance: instance.clone(),
            flow,
            size: self.batch,
            trainer,
            estimate: Vec::new(),
            support: Vec::new(),
            loss: None,
        };
        learning.answer();
        Box::new(learning)
    }
}

/// An autoencoder in training, and what it makes of the held-out inputs.
struct Learning {
    instance: Arc<FeaturesInstance>,
    flow: Flow,
    /// Inputs in a batch.
    size: usize,
    trainer: Trainer,
    /// Bias, directions and activations, as the problem has them.
    estimate: Vec<f64>,
    /// Latents that are active in any held-out input.
    support: Vec<usize>,
    loss: Option<f64>,
}

impl Learning {
    /// Lets the dictionary so far encode the held-out inputs.
    fn answer(&mut self) {
        let net = self.trainer.net();
        let (d, width) = (net.inputs(), net.inputs() + HELD_OUT);
        let mut estimate = vec![0.0; d + net.latents() * width];
        estimate[..d].copy_from_slice(net.bias());
        for latent in 0..net.latents() {
            estimate[d + latent * width..][..d].copy_from_slice(net.decoder(latent));
        }
        let mut active = vec![false; net.latents()];
        for (input, code) in self.trainer.encode(&self.instance.held_out).iter().enumerate() {
            for entry in code {
                estimate[d + entry.latent * width + d + input] = entry.value;
                active[entry.latent] = true;
            }
        }
        self.support = (0..active.len()).filter(|&latent| active[latent]).collect();
        self.estimate = estimate;
    }

    /// Cosines of latents and features. Within a group latents stand in the order of the features that go with them.
    fn cosines(&self, dictionary: &Dictionary<'_>) -> Panel<'static> {
        let features = self.instance.scene.forest.by_rank();
        let (owned, _) = matching(&self.instance, dictionary);
        let rank = |latent: usize| features.iter().position(|&f| owned[f] == Some(latent)).unwrap_or(features.len());
        let ends = self.trainer.group_ends();
        let mut rows: Vec<usize> = (0..dictionary.latents()).collect();
        rows.sort_by_key(|&latent| (ends.partition_point(|&end| end <= latent), rank(latent), latent));
        let of = |latent, feature| cosine(dictionary.direction(latent), self.instance.scene.direction(feature));
        let values = rows.iter().flat_map(|&latent| features.iter().map(move |&feature| of(latent, feature)));
        Panel {
            id: "cosines",
            title: "Cosines",
            caption: "of latents, a row each and group by group, with features: parents, lone ones, then children",
            kind: Kind::Heat,
            shape: (rows.len(), features.len()),
            values: Values::give(values.collect::<Vec<f64>>()),
            table: None,
            x: Axis::plain("feature"),
            y: Axis::plain("latent"),
            marks: Vec::new(),
        }
    }

    /// How often each latent is active.
    fn usage(dictionary: &Dictionary<'_>) -> Panel<'static> {
        let values = dictionary.usage();
        Panel {
            id: "usage",
            title: "Active latents",
            caption: "share of the held-out inputs in which each latent is active, in the order of the dictionary",
            kind: Kind::Bars,
            shape: (1, values.len()),
            values: Values::give(values),
            table: None,
            x: Axis::plain("latent"),
            y: Axis::plain("share"),
            marks: Vec::new(),
        }
    }
}

impl Run for Learning {
    fn step(&mut self) -> Status {
        for _ in 0..PER_STEP {
            if self.trainer.is_done() {
                break;
            }
            let batch = self.flow.batch(self.size);
            self.loss = self.trainer.learn(&batch);
            if self.loss.is_none() {
                return Status::Diverged(
                    "the loss has become too large for double precision; a smaller rate would help".into(),
                );
            }
        }
        self.answer();
        if self.trainer.is_done() { Status::Converged("all batches are learned".into()) } else { Status::Running }
    }

    fn observe(&self) -> Observation<'_> {
        let glance = self.glance();
        let panels = self
            .instance
            .dictionary(&glance)
            .map_or_else(Vec::new, |dictionary| vec![self.cosines(&dictionary), Self::usage(&dictionary)]);
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: self.loss.map(|value| Trace { name: "loss", value }).into_iter().collect(),
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}
