//! The Matryoshka sparse autoencoder: nested dictionaries, of which every prefix has to reconstruct the input by itself.
//!
//! ```text
//! groups of latents g_1 .. g_G;   a = the k B largest positive u of the batch, whatever their group
//!
//! xhat_0 = b_dec,    xhat_i = xhat_(i-1) + sum_{j in g_i} a_j e_j
//! L = 1 / (G + 1) sum_(i = 0..G) mean |xhat_i - x|^2
//! ```
//!
//! A latent of the first group is part of all reconstructions and can leave nothing to later ones: to say "a bird, but no owl" would
//! make the first reconstruction of every owl a bad one. The derivative by an activation of group s is that of the suffix sum of the
//! residuals from s on, so nesting costs O(B d G) beyond the O(B m d) of the encoder.
//!
//! The paper's fractions are 1/16, 1/16, 1/8, 1/4, 1/2, which is G = 5 here.
//!
//! Bussmann, Nabeshima, Karvonen and Nanda, "Learning multi-level features with Matryoshka sparse autoencoders" (ICML 2025).

mod exhibit;

use super::features::FeaturesInstance;
use super::training::Training;
use crate::contract::{Complaint, Exhibit, MethodCard, Run, TypedMethod};
use crate::models::autoencoder::{BatchTopK, Groups, Recipe};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of the Matryoshka autoencoder.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MatryoshkaSae {
    /// Latents, m.
    #[schemars(range(min = 1, max = 128), extend("x-scale" = "log"))]
    pub latents: usize,
    /// Groups of latents, G: the last has half of them, the one before half of the rest, and so on.
    #[schemars(range(min = 1, max = 7))]
    pub groups: usize,
    /// Active latents an input in the mean over a batch, k.
    #[schemars(range(min = 0.1, max = 16.0), extend("x-scale" = "log"))]
    pub active: f64,
    /// Count the error of the bias alone, too.
    pub bias: bool,
    #[serde(flatten)]
    pub(super) training: Training,
}

impl Default for MatryoshkaSae {
    fn default() -> Self {
        Self { latents: 20, groups: 3, active: 1.23, bias: true, training: Training::default() }
    }
}

impl TypedMethod for MatryoshkaSae {
    type Instance = FeaturesInstance;

    const CARD: MethodCard = MethodCard {
        id: "matryoshka-sae",
        lab: "dictionaries",
        problem: "features",
        title: "Matryoshka sparse autoencoder",
        short: "Matryoshka",
        sentence: "with {latents} latents in {groups} groups, {active} active an input",
        line: "Lets every prefix of the dictionary reconstruct the inputs by itself",
        cost: "one encoding of a batch, O(B m d), and O(B d G) for the prefixes",
        when: "features come at several levels, and general ones are to stay whole",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.training.steps()
    }

    fn start(&self, instance: &Arc<FeaturesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let groups = Groups::halving(self.latents, self.groups, self.bias);
        Ok(self.training.start(instance, self.latents, Recipe::new(BatchTopK::new(self.active), groups)))
    }
}
