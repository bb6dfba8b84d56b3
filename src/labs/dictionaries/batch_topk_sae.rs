//! The BatchTopK sparse autoencoder: a batch of B inputs keeps the k B largest activations.
//!
//! ```text
//! u = W_enc (x - b_dec) + b_enc,    a = the k B largest positive u of the batch,    L = mean |b_dec + sum_j a_j e_j - x|^2
//! ```
//!
//! A batch costs O(B m d). With fewer latents it is one of the small autoencoders that a nested one stands in for.
//!
//! Bussmann, Leask and Nanda, "BatchTopK sparse autoencoders" (2024).

use super::features::FeaturesInstance;
use super::training::Training;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::autoencoder::{BatchTopK, Groups, Recipe};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of the BatchTopK autoencoder.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BatchTopkSae {
    /// Latents, m.
    #[schemars(range(min = 1, max = 128), extend("x-scale" = "log"))]
    pub latents: usize,
    /// Active latents an input in the mean over a batch, k.
    #[schemars(range(min = 0.1, max = 16.0), extend("x-scale" = "log"))]
    pub active: f64,
    #[serde(flatten)]
    pub(super) training: Training,
}

impl Default for BatchTopkSae {
    fn default() -> Self {
        Self { latents: 20, active: 1.23, training: Training::default() }
    }
}

impl TypedMethod for BatchTopkSae {
    type Instance = FeaturesInstance;

    const CARD: MethodCard = MethodCard {
        id: "batch-topk-sae",
        lab: "dictionaries",
        problem: "features",
        title: "BatchTopK sparse autoencoder",
        short: "BatchTopK",
        sentence: "with {latents} latents, {active} active an input",
        line: "Keeps the largest activations of a whole batch, so that an input may have more of them than another",
        cost: "one encoding of a batch, O(B m d), and back through what is kept",
        when: "inputs differ in how many features they have",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.training.steps()
    }

    fn start(&self, instance: &Arc<FeaturesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let recipe = Recipe::new(BatchTopK::new(self.active), Groups::one(self.latents));
        Ok(self.training.start(instance, self.latents, recipe))
    }
}

static NOTE: Note = Note {
    formula: r"L = \operatorname{mean} |b + W a - x|^2, \qquad a: \text{the } k B \text{ largest } u_+ \text{ of a batch of } B",
    breaks: "Where features come in trees a child's latent takes over its parent's direction, since one latent is cheaper than two: the parent's own latent stays silent where it should speak. At inference a threshold stands in for the batch, and inputs unlike those of training keep more or fewer.",
};
