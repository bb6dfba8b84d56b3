//! Which entries are seen.

use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the seen entries lie, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Pattern {
    /// Every entry with the same chance: what theory asks for.
    #[schemars(extend("x-phrase" = "[at random]"))]
    Uniform(Uniform),
    /// Some rows and columns are seen often, most seldom.
    #[schemars(extend("x-phrase" = "[mostly in popular rows and columns], skewed by {skew}"))]
    Popular(Popular),
    /// At random, and nothing of a square in the middle.
    #[schemars(extend("x-phrase" = "[around a hole] of side {side}"))]
    Hole(Hole),
}

impl Default for Pattern {
    fn default() -> Self {
        Pattern::Uniform(Uniform {})
    }
}

/// No parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Uniform {}

/// Unequal chances.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Popular {
    /// The r-th most popular row has the weight `r^-skew`; columns likewise.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-step" = 0.1))]
    pub skew: f64,
}

impl Default for Popular {
    fn default() -> Self {
        Self { skew: 0.6 }
    }
}

/// A hole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Hole {
    /// Its side, as a share of the matrix's.
    #[schemars(range(min = 0.0, max = 0.9), extend("x-step" = 0.05))]
    pub side: f64,
}

impl Default for Hole {
    fn default() -> Self {
        Self { side: 0.3 }
    }
}

impl Pattern {
    /// Whether each entry is seen, row by row; `share` is the mean chance.
    pub(super) fn draw(&self, (rows, cols): (usize, usize), share: f64, seed: u64) -> Vec<bool> {
        let mut random = Random::new(seed, Stream::Support);
        let chances: Box<dyn Fn(usize, usize) -> f64> = match self {
            Pattern::Uniform(_) => Box::new(move |_, _| share),
            Pattern::Popular(popular) => {
                let (across, down) = (popular.weights(cols, &mut random), popular.weights(rows, &mut random));
                Box::new(move |i, j| share * down[i] * across[j])
            }
            Pattern::Hole(hole) => {
                let within = move |i: usize, n: usize| ((2 * i + 1) as f64 / n as f64 - 1.0).abs() < hole.side;
                Box::new(move |i, j| if within(i, rows) && within(j, cols) { 0.0 } else { share })
            }
        };
        (0..rows * cols).map(|cell| random.uniform() < chances(cell / cols, cell % cols)).collect()
    }
}

impl Popular {
    /// Weights of mean 1 in random order.
    fn weights(&self, n: usize, random: &mut Random) -> Vec<f64> {
        let mut weights: Vec<f64> =
            random.permutation(n).into_iter().map(|place| libm::pow((place + 1) as f64, -self.skew)).collect();
        let mean = weights.iter().sum::<f64>() / n as f64;
        weights.iter_mut().for_each(|weight| *weight /= mean);
        weights
    }
}
