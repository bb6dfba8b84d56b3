//! The JumpReLU sparse autoencoder: each latent has a threshold, and learns it through a straight-through estimator.
//!
//! ```text
//! u = W_enc (x - b_dec) + b_enc,    a = u H(u - theta),    L = mean |b_dec + sum_j a_j e_j - x|^2 + lambda mean |a|_0
//! ```
//!
//! A batch costs O(B m d). The estimators are in [`crate::models::autoencoder::JumpRelu`].
//!
//! Rajamanoharan, Lieberum, Sonnerat, Conmy, Varma, Kramár and Nanda, "Jumping ahead: improving reconstruction fidelity with
//! JumpReLU sparse autoencoders" (2024).

use super::features::FeaturesInstance;
use super::training::Training;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::autoencoder::{Groups, JumpRelu, Recipe};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where thresholds begin.
const THRESHOLD: f64 = 0.1;

/// Parameters of the JumpReLU autoencoder.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JumpreluSae {
    /// Latents, m.
    #[schemars(range(min = 1, max = 128), extend("x-scale" = "log"))]
    pub latents: usize,
    /// Price of an active latent, lambda.
    #[schemars(range(min = 0.0001, max = 1.0), extend("x-scale" = "log"))]
    pub price: f64,
    /// Width of the kernel through which thresholds learn, in units of the activations.
    #[schemars(range(min = 0.001, max = 1.0), extend("x-scale" = "log"))]
    pub width: f64,
    #[serde(flatten)]
    pub(super) training: Training,
}

impl Default for JumpreluSae {
    fn default() -> Self {
        Self { latents: 20, price: 0.05, width: 0.6, training: Training::default() }
    }
}

impl TypedMethod for JumpreluSae {
    type Instance = FeaturesInstance;

    const CARD: MethodCard = MethodCard {
        id: "jumprelu-sae",
        lab: "dictionaries",
        problem: "features",
        title: "JumpReLU sparse autoencoder",
        short: "JumpReLU",
        sentence: "with {latents} latents at a price of {price}",
        line: "Learns a threshold for each latent, at a price for each that is active",
        cost: "one encoding of a batch, O(B m d), and back through what is kept or nearly so",
        when: "latents differ in how strong they are, and the number of active ones need not be known",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.training.steps()
    }

    fn start(&self, instance: &Arc<FeaturesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let rule = JumpRelu::new(self.latents, THRESHOLD, self.width, self.price, self.training.rate);
        Ok(self.training.start(instance, self.latents, Recipe::new(rule, Groups::one(self.latents))))
    }
}

static NOTE: Note = Note {
    formula: r"L = \operatorname{mean} \big( |b + W a - x|^2 + \lambda |a|_0 \big), \qquad a_j = u_j H(u_j - \theta_j)",
    breaks: "A threshold has no gradient but through a kernel: too narrow a one and no threshold moves, too wide a one and all do. The number of active latents follows from the price and has to be found by trying.",
};
