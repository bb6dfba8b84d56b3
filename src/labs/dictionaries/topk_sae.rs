//! The TopK sparse autoencoder: every input keeps its k largest activations.
//!
//! ```text
//! u = W_enc (x - b_dec) + b_enc,    a = the k largest positive u,    L = mean |b_dec + sum_j a_j e_j - x|^2
//! ```
//!
//! A batch costs O(B m d).
//!
//! Gao, la Tour, Tillman, Goh, Troll, Radford, Sutskever, Leike and Wu, "Scaling and evaluating sparse autoencoders" (2024).

use super::features::FeaturesInstance;
use super::training::Training;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::autoencoder::{Groups, Recipe, TopK};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of the TopK autoencoder.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TopkSae {
    /// Latents, m.
    #[schemars(range(min = 1, max = 128), extend("x-scale" = "log"))]
    pub latents: usize,
    /// Active latents of every input, k.
    #[schemars(range(min = 1, max = 16), extend("x-scale" = "log"))]
    pub active: usize,
    #[serde(flatten)]
    pub(super) training: Training,
}

impl Default for TopkSae {
    fn default() -> Self {
        Self { latents: 20, active: 2, training: Training::default() }
    }
}

impl TypedMethod for TopkSae {
    type Instance = FeaturesInstance;

    const CARD: MethodCard = MethodCard {
        id: "topk-sae",
        lab: "dictionaries",
        problem: "features",
        title: "TopK sparse autoencoder",
        short: "TopK",
        sentence: "with {latents} latents, {active} of them active",
        line: "Keeps the same number of activations of every input",
        cost: "one encoding of a batch, O(B m d), and back through what is kept",
        when: "all inputs have about as many features",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.training.steps()
    }

    fn start(&self, instance: &Arc<FeaturesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let recipe = Recipe::new(TopK(self.active), Groups::one(self.latents));
        Ok(self.training.start(instance, self.latents, recipe))
    }
}

static NOTE: Note = Note {
    formula: r"L = \operatorname{mean} |b + W a - x|^2, \qquad a: \text{the } k \text{ largest } u_+ \text{ of each input}",
    breaks: "An input with more features than k loses some, and one with fewer is given some that it has not. Children absorb their parents, as with BatchTopK.",
};
