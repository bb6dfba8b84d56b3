//! The penalties by name, for whatever takes one as a parameter.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A penalty, by `id`. Where a shape has a length in units of x, it is given in multiples of the penalty's weight, so that
/// it scales with the measurements.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Penalty {
    /// The sum of moduli.
    #[default]
    L1,
    /// A weighted sum of moduli.
    WeightedL1 {
        /// One weight an unknown; a shorter list is repeated.
        #[serde(default = "one_weight")]
        #[schemars(length(min = 1), inner(range(min = 0.0, max = 1e6)))]
        weights: Vec<f64>,
    },
    /// The elastic net: moduli, and a share of squares.
    ElasticNet {
        /// Weight of half the sum of squares.
        #[serde(default = "tenth")]
        #[schemars(range(min = 0.0, max = 1e6), extend("x-step" = 0.01))]
        ridge: f64,
    },
    /// Blocks of neighbours, each by its length.
    Group {
        /// Entries in a block.
        #[serde(default = "four")]
        #[schemars(range(min = 1, max = 65536))]
        size: usize,
    },
    /// Blocks of neighbours and their entries.
    SparseGroup {
        /// Entries in a block.
        #[serde(default = "four")]
        #[schemars(range(min = 1, max = 65536))]
        size: usize,
        /// Share of the single entries.
        #[serde(default = "half")]
        #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
        share: f64,
    },
    /// SLOPE: the largest modulus costs most.
    Slope {
        /// How far the weights fall from the first, which is 1, to the last.
        #[serde(default = "half")]
        #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
        fall: f64,
    },
    /// Moduli, and jumps between neighbours.
    Fused {
        /// Weight of the jumps beside that of the moduli.
        #[serde(default = "one")]
        #[schemars(range(min = 0.0, max = 1e6), extend("x-scale" = "log"))]
        variation: f64,
    },
    /// Jumps between neighbours.
    TotalVariation,
    /// Jumps between neighbours in a picture.
    #[serde(rename = "total-variation-2d")]
    TotalVariation2d {
        /// Entries in a row.
        #[serde(default = "sixteen")]
        #[schemars(range(min = 1, max = 65536))]
        width: usize,
        /// The length of both differences in place of the sum of their moduli.
        #[serde(default)]
        isotropic: bool,
    },
    /// The singular values of a matrix that is stored column by column.
    Nuclear {
        /// Its rows.
        #[serde(default = "sixteen")]
        #[schemars(range(min = 1, max = 65536))]
        rows: usize,
    },
    /// All entries within bounds.
    Box {
        /// The least value.
        #[serde(default = "minus_one")]
        #[schemars(range(min = -1e12, max = 0.0))]
        low: f64,
        /// The largest value.
        #[serde(default = "one")]
        #[schemars(range(min = 0.0, max = 1e12))]
        high: f64,
    },
    /// Entries that are not negative and have a given sum.
    Simplex {
        /// The sum.
        #[serde(default = "one")]
        #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0))]
        radius: f64,
    },
    /// The number of entries that are not zero.
    L0,
    /// Moduli to a power below one.
    Lp {
        /// The power.
        #[serde(default = "half")]
        #[schemars(range(min = 0.05, max = 0.95), extend("x-step" = 0.05))]
        p: f64,
    },
    /// The smoothly clipped absolute deviation.
    Scad {
        /// Where its slope is zero, in multiples of its weight.
        #[serde(default = "fan_and_li")]
        #[schemars(range(min = 1.1, max = 1e3), extend("x-step" = 0.1))]
        a: f64,
    },
    /// The minimax concave penalty; its operator is the firm threshold.
    Mcp {
        /// Where its slope is zero, in multiples of its weight.
        #[serde(default = "three")]
        #[schemars(range(min = 0.1, max = 1e3), extend("x-step" = 0.1))]
        gamma: f64,
    },
    /// The logarithm of the modulus.
    Log {
        /// What is added to the modulus, in multiples of the penalty's weight.
        #[serde(default = "one")]
        #[schemars(range(min = 1e-6, max = 1e6), extend("x-scale" = "log"))]
        epsilon: f64,
    },
}

impl Penalty {
    /// Whether it is convex.
    pub fn is_convex(&self) -> bool {
        use Penalty::{L0, Log, Lp, Mcp, Scad};
        !matches!(self, L0 | Lp { .. } | Scad { .. } | Mcp { .. } | Log { .. })
    }
}

fn one_weight() -> Vec<f64> {
    vec![1.0]
}

fn minus_one() -> f64 {
    -1.0
}

fn tenth() -> f64 {
    0.1
}

fn half() -> f64 {
    0.5
}

fn one() -> f64 {
    1.0
}

fn three() -> f64 {
    3.0
}

/// The value of the paper.
fn fan_and_li() -> f64 {
    3.7
}

fn four() -> usize {
    4
}

fn sixteen() -> usize {
    16
}
