//! What a scoring card may look like, and what it costs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Largest modulus of an intercept.
pub const MOST_INTERCEPT: i32 = 100;

/// Rules of a card, by which all methods are judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Rules {
    /// Most points of a feature, Lambda; points are whole numbers of either sign.
    #[schemars(range(min = 1, max = 20))]
    pub max_points: i32,
    /// Most features on the card, L0.
    #[schemars(range(min = 1, max = 10))]
    pub size: usize,
    /// Price of a feature, C0, as a share of the examples that it must get right.
    #[schemars(range(min = 0.0001, max = 0.5), extend("x-scale" = "log"))]
    pub price: f64,
    /// Weight of a positive example that is missed; that of a false alarm is 2 less this.
    #[schemars(range(min = 0.1, max = 1.9), extend("x-step" = 0.1))]
    pub miss_weight: f64,
    /// Most false alarms, as a share of the negative examples.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.01))]
    pub max_false_alarms: f64,
    /// Least share of the positive examples that is found.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.01))]
    pub min_sensitivity: f64,
    /// Which signs points may have.
    pub signs: Signs,
}

/// Signs of points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Signs {
    /// Any.
    #[default]
    #[schemars(extend("x-label" = "any sign"))]
    Any,
    /// None is negative.
    #[schemars(extend("x-label" = "no negative points"))]
    NoNegative,
    /// Those of the feature's correlation with the label.
    #[schemars(extend("x-label" = "signs as correlated"))]
    AsCorrelated,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            max_points: 5,
            size: 5,
            price: 0.002,
            miss_weight: 1.0,
            max_false_alarms: 1.0,
            min_sensitivity: 0.0,
            signs: Signs::Any,
        }
    }
}

impl Rules {
    /// Weight of a false alarm, w-.
    pub fn alarm_weight(&self) -> f64 {
        2.0 - self.miss_weight
    }

    /// Price of a point, C1: so small that the points of a card never outweigh an error or a feature, and so only break ties.
    pub fn point_price(&self, examples: usize) -> f64 {
        let least_error = self.miss_weight.min(self.alarm_weight()) / examples as f64;
        0.5 * least_error.min(self.price) / (self.size as f64 * f64::from(self.max_points))
    }
}
