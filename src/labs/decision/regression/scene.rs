//! Which function is seen through noise.

use crate::signals::random::{Random, Stream};
use crate::signals::waveform::Waveform;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Inputs lie in the interval from 0 to this, in each dimension: wide enough for steps of a hundredth.
pub(super) const SIDE: f64 = 10.0;

/// The function, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// Bumps up and down along a line.
    #[schemars(extend("x-phrase" = "a line of [{count} bumps]"))]
    Bumps(Bumps),
    /// A test signal along a line.
    #[schemars(extend("x-phrase" = "[the signal] {shape}"))]
    Signal(Signal),
    /// Hills and hollows in the plane.
    #[schemars(extend("x-phrase" = "[a terrain] of {hills} hills"))]
    Terrain(Terrain),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Bumps(Bumps::default())
    }
}

/// Bumps along a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Bumps {
    /// How many.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub count: usize,
}

impl Default for Bumps {
    fn default() -> Self {
        Self { count: 30 }
    }
}

/// A signal of Donoho and Johnstone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Signal {
    /// Which one.
    pub shape: Waveform,
}

impl Default for Signal {
    fn default() -> Self {
        Self { shape: Waveform::Doppler }
    }
}

/// Hills in the plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Terrain {
    /// How many.
    #[schemars(range(min = 1, max = 200), extend("x-scale" = "log"))]
    pub hills: usize,
}

impl Default for Terrain {
    fn default() -> Self {
        Self { hills: 40 }
    }
}

/// A function on the line or the plane.
pub(super) enum Function {
    /// A sum of bumps of one width: centres, `dims` numbers each, and heights.
    Bumps { centres: Vec<f64>, heights: Vec<f64>, width: f64, dims: usize },
    /// Samples at even distances, joined by straight pieces.
    Sampled(Vec<f64>),
}

/// Samples of a test signal.
const SAMPLES: usize = 2048;

impl Scene {
    /// Draws the function.
    pub(super) fn draw(&self, seed: u64) -> Function {
        let mut random = Random::new(seed, Stream::Amplitudes);
        match self {
            Scene::Bumps(Bumps { count }) => {
                let space = SIDE / *count as f64;
                let centre = |j: usize, random: &mut Random| (j as f64 + 0.25 + 0.5 * random.uniform()) * space;
                let centres = (0..*count).map(|j| centre(j, &mut random)).collect();
                let heights = (0..*count).map(|_| random.sign() * (0.4 + 0.8 * random.uniform())).collect();
                Function::Bumps { centres, heights, width: 0.3 * space, dims: 1 }
            }
            Scene::Terrain(Terrain { hills }) => {
                let space = SIDE / (*hills as f64).sqrt();
                let centres = (0..2 * hills).map(|_| SIDE * random.uniform()).collect();
                let heights = (0..*hills).map(|_| random.sign() * (0.4 + 0.8 * random.uniform())).collect();
                Function::Bumps { centres, heights, width: 0.4 * space, dims: 2 }
            }
            Scene::Signal(Signal { shape }) => Function::Sampled(shape.sample(SAMPLES)),
        }
    }
}

impl Function {
    /// Dimensions of an input.
    pub(super) fn dims(&self) -> usize {
        match self {
            Function::Bumps { dims, .. } => *dims,
            Function::Sampled(_) => 1,
        }
    }

    /// The value at x.
    pub(super) fn at(&self, x: &[f64]) -> f64 {
        match self {
            Function::Bumps { centres, heights, width, dims } => {
                centres.chunks_exact(*dims).zip(heights).fold(0.0, |sum, (centre, height)| {
                    let square = centre.iter().zip(x).fold(0.0, |sum, (c, x)| sum + (c - x) * (c - x));
                    sum + height * libm::exp(-0.5 * square / (width * width))
                })
            }
            Function::Sampled(samples) => {
                let place = (x[0] / SIDE).clamp(0.0, 1.0) * (samples.len() - 1) as f64;
                let below = place as usize;
                let above = (below + 1).min(samples.len() - 1);
                samples[below] + (samples[above] - samples[below]) * (place - below as f64)
            }
        }
    }
}
