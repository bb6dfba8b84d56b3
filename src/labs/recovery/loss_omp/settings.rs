//! Parameters of loss-function OMP.

use super::Weights;
use super::gains::{Loss, Norm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the next column is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// By what it gains in G.
    Gain,
    /// By its correlation over its weight: the older weighted OMP.
    Scaled,
}

/// Parameters of loss-function OMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LossOmp {
    /// What the residual costs.
    pub loss: Loss,
    /// What the entries cost.
    pub norm: Norm,
    /// Weight of the penalty, lambda, for columns of unit norm.
    #[schemars(range(min = 0.0, max = 1e6), extend("x-scale" = "log"))]
    pub lambda: f64,
    /// What is known of the entries beforehand.
    pub weights: Weights,
    /// How the next column is chosen.
    pub rule: Rule,
    /// Most columns; three times the number of true spikes where it is left out, or half the measurements.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "picks"))]
    pub most: Option<usize>,
    /// Stop early when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
}

impl Default for LossOmp {
    fn default() -> Self {
        Self {
            loss: Loss::SquareRoot,
            norm: Norm::L1,
            lambda: 0.18,
            weights: Weights::Even,
            rule: Rule::Gain,
            most: None,
            tolerance: 1e-10,
        }
    }
}
