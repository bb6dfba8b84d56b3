//! Stochastic variational inference for a Gaussian process with inducing variables, all of them active.
//!
//! Maximises `(N / B) sum_batch E log p(y | f) - KL(q(u) || p(u))` by Adam. A batch costs O(M^3 + B M^2); see [`crate::models::gp`].
//!
//! Hensman, Fusi and Lawrence, "Gaussian processes for big data" (2013).

use super::regression::RegressionInstance;
use super::training::{Active, Settings, Training};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::gp::Covariance;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of stochastic variational inference.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Svgp {
    /// Inducing variables, M.
    #[schemars(range(min = 2, max = 512), extend("x-scale" = "log"))]
    pub inducing: usize,
    /// Covariance of q.
    pub covariance: Covariance,
    /// Data in a batch, B.
    #[schemars(range(min = 1, max = 1024), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Batches in a step.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 0.2), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Length scale at the start; inputs go from 0 to 10.
    #[schemars(range(min = 0.02, max = 10.0), extend("x-scale" = "log"))]
    pub scale: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 2000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Svgp {
    fn default() -> Self {
        Self {
            inducing: 16,
            covariance: Covariance::Diagonal,
            batch: 64,
            batches: 10,
            rate: 0.02,
            scale: 0.15,
            max_steps: 120,
        }
    }
}

impl TypedMethod for Svgp {
    type Instance = RegressionInstance;

    const CARD: MethodCard = MethodCard {
        id: "svgp",
        lab: "decision",
        problem: "gp-regression",
        title: "Sparse variational GP",
        short: "SVGP",
        sentence: "with {inducing} inducing variables",
        line: "Learns a few inducing variables that all data see",
        cost: "one Cholesky factorisation a batch, O(M^3 + B M^2)",
        when: "a few hundred inducing variables are enough",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<RegressionInstance>) -> Result<Box<dyn Run>, Complaint> {
        let &Self { inducing, covariance, batch, batches, rate, scale, .. } = self;
        let settings = Settings { inducing, active: Active::All, covariance, batch, batches, rate, scale };
        Ok(Box::new(Training::new(settings, instance.clone())))
    }
}

static NOTE: Note = Note {
    formula: r"\mathcal L = \frac N B \sum_{i \in \mathcal B} \mathbb E_{q(u)} \log p(y_i \mid f_i) - \mathrm{KL}\big(q(u) \,\|\, p(u)\big)",
    breaks: "With fewer inducing variables than the truth has bumps, details are smoothed away and taken for noise; a batch costs the cube of their number. A diagonal covariance cannot say how they hang together. Inducing inputs that coincide make their covariance singular.",
};
