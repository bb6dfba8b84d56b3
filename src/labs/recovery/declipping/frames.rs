//! Sound in overlapping windows: cut apart, restored one by one, laid over each other again.

use super::MOST_SECONDS;
use super::consistency::Consistency;
use crate::signals::sounds::RATE;
use crate::transforms::PaddedFourier;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;
use std::sync::Arc;

/// Smallest window.
const LEAST_WINDOW: usize = 64;
/// Most windows over a sample.
const MOST_OVERLAP: usize = 8;

/// How a sound is cut into frames, and in how many frequencies each is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Frames {
    /// Samples in a window; 1024 are 64 ms.
    #[schemars(range(min = 64, max = 4096), extend("x-scale" = "log"))]
    pub window: usize,
    /// Windows over each sample.
    #[schemars(range(min = 2, max = 8))]
    pub overlap: usize,
    /// Frequencies as a multiple of the samples; with 1 they are a basis.
    #[schemars(range(min = 1, max = 8), extend("x-scale" = "log"))]
    pub redundancy: usize,
}

impl Default for Frames {
    fn default() -> Self {
        Self { window: 1024, overlap: 4, redundancy: 2 }
    }
}

impl Frames {
    /// Most windows that a sound may have.
    pub fn most() -> usize {
        let samples = (MOST_SECONDS * RATE as f64) as usize;
        samples / (LEAST_WINDOW / MOST_OVERLAP) + MOST_OVERLAP
    }

    /// The windows over `samples` samples.
    pub fn over(&self, samples: usize) -> Windowed {
        let width = self.window;
        // sin^2 is Hann's window, whose shifts by the width over two, three, ... sum to a constant. Half a sample's shift keeps its ends
        // above zero.
        let window: Vec<f64> = (0..width).map(|t| libm::sin(PI * (t as f64 + 0.5) / width as f64)).collect();
        let hop = width / self.overlap;
        // The first window has only its last hop inside.
        let before = width - hop;
        let count = (samples + before).div_ceil(hop);
        let mut weights = vec![0.0; samples];
        for index in 0..count {
            for (t, g) in window.iter().enumerate() {
                if let Some(weight) = (index * hop + t).checked_sub(before).and_then(|t| weights.get_mut(t)) {
                    *weight += g * g;
                }
            }
        }
        let length = (width * self.redundancy).next_multiple_of(2);
        Windowed { window, hop, before, count, weights, fourier: Arc::new(PaddedFourier::new(width, length)) }
    }
}

/// The windows over a sound.
pub struct Windowed {
    /// g.
    window: Vec<f64>,
    hop: usize,
    /// Samples of the first window that lie before the sound.
    before: usize,
    /// Number of windows.
    count: usize,
    /// `sum g^2` over the windows at each sample.
    weights: Vec<f64>,
    /// The frame in which windows are sparse.
    pub fourier: Arc<PaddedFourier>,
}

/// A window's samples and what they may be, both times g.
#[derive(Clone)]
pub struct Block {
    /// Its number.
    pub index: usize,
    /// `g y`; zeros where the window stands out of the sound.
    pub samples: Vec<f64>,
    /// The box, under the window: bounds are windowed like the samples.
    pub consistency: Consistency,
}

impl Windowed {
    /// Number of windows.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Window `index`, or `None` if no sample in it is clipped.
    pub fn block(&self, index: usize, sound: &[f64], consistency: &Consistency) -> Option<Block> {
        let inside = |t: usize| (index * self.hop + t).checked_sub(self.before).filter(|&t| t < sound.len());
        if !(0..self.window.len()).any(|t| inside(t).is_some_and(|t| consistency.is_clipped(t))) {
            return None;
        }
        let under =
            |of: &[f64]| self.window.iter().enumerate().map(|(t, g)| inside(t).map_or(0.0, |t| g * of[t])).collect();
        let consistency = Consistency { lower: under(&consistency.lower), upper: under(&consistency.upper) };
        Some(Block { index, samples: under(sound), consistency })
    }

    /// Puts a restored window in the place of the samples that it was cut from. When all windows have been restored the sound is
    /// `sum g x / sum g^2`; until then the others keep their share of `sound` as it was.
    pub fn overlay(&self, block: &Block, restored: &[f64], sound: &mut [f64]) {
        for (t, g) in self.window.iter().enumerate() {
            let Some(place) = (block.index * self.hop + t).checked_sub(self.before) else { continue };
            if let (Some(sample), Some(weight)) = (sound.get_mut(place), self.weights.get(place)) {
                *sample += g * (restored[t] - block.samples[t]) / weight;
            }
        }
    }
}
