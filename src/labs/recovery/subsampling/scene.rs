//! Signals of one kind, as many as are wanted.

use super::Fourier;
use crate::signals::random::Random;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::FRAC_1_SQRT_2;

/// What is sampled, by `id`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// A few spikes along a line.
    #[schemars(extend("x-phrase" = "[lines] of {length} with {sparsity} spikes"))]
    Spikes(Spikes),
    /// Outlines of a circle and strokes on a square.
    #[schemars(extend("x-phrase" = "[drawings] of {side} pixels a side"))]
    Drawing(Drawing),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Spikes(Spikes::default())
    }
}

/// Spikes in drawn places with standard normal heights.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Spikes {
    /// Samples of a signal, and frequencies to choose from, N.
    #[schemars(range(min = 8, max = 512), extend("x-scale" = "log"))]
    pub length: usize,
    /// Spikes, k.
    #[schemars(range(min = 1, max = 64))]
    pub sparsity: usize,
}

impl Default for Spikes {
    fn default() -> Self {
        Self { length: 64, sparsity: 3 }
    }
}

/// A circle and two strokes, a pixel wide and of drawn greys.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Drawing {
    /// Pixels along a side; their square is what there is to choose from.
    #[schemars(range(min = 8, max = 32), extend("x-scale" = "log"))]
    pub side: usize,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { side: 32 }
    }
}

/// A signal and its whole noisy spectrum.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// x, N real numbers.
    pub signal: Vec<f64>,
    /// `F x + e`, N complex ones.
    pub spectrum: Vec<Complex64>,
}

/// What examples have in common.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The signals.
    pub scene: Scene,
    /// The transform.
    pub fourier: Fourier,
    /// Ratio of the energies of a spectrum and its noise, in dB.
    pub snr_db: f64,
}

impl Kind {
    /// Draws one.
    pub fn draw(&self, random: &mut Random) -> Example {
        let signal = match &self.scene {
            Scene::Spikes(spikes) => spikes.draw(random),
            Scene::Drawing(drawing) => drawing.draw(random),
        };
        let mut spectrum = self.fourier.spectrum(&signal);
        let power = signal.iter().fold(0.0, |sum, x| sum + x * x) / signal.len() as f64;
        let spread = (power * libm::pow(10.0, -self.snr_db / 10.0)).sqrt() * FRAC_1_SQRT_2;
        spectrum.iter_mut().for_each(|y| *y += Complex64::new(random.normal(), random.normal()) * spread);
        Example { signal, spectrum }
    }
}

impl Spikes {
    fn draw(&self, random: &mut Random) -> Vec<f64> {
        let mut x = vec![0.0; self.length];
        random.subset(self.length, self.sparsity).into_iter().for_each(|n| x[n] = random.normal());
        x
    }
}

impl Drawing {
    fn draw(&self, random: &mut Random) -> Vec<f64> {
        let side = self.side;
        let mut picture = vec![0.0_f64; side * side];
        let mut dot = |row: f64, column: f64, grey: f64| {
            let at = |v: f64| (v.round().max(0.0) as usize).min(side - 1);
            let pixel = &mut picture[at(row) * side + at(column)];
            *pixel = pixel.max(grey);
        };
        let size = side as f64;
        let radius = size * (0.1 + 0.2 * random.uniform());
        let mut within = |margin: f64| margin + (size - 1.0 - 2.0 * margin) * random.uniform();
        let (row, column) = (within(radius), within(radius));
        let ends: [[f64; 4]; STROKES] = [(); STROKES].map(|()| [(); 4].map(|()| within(0.0)));
        let mut grey = || 0.5 + 0.5 * random.uniform();
        // Steps of half a pixel leave no gap.
        let (around, ring) = (8 * side, grey());
        for i in 0..around {
            let (sin, cos) = libm::sincos(std::f64::consts::TAU * i as f64 / around as f64);
            dot(row + radius * sin, column + radius * cos, ring);
        }
        for [row, column, last_row, last_column] in ends {
            let grey = grey();
            for i in 0..=2 * side {
                let share = i as f64 / (2 * side) as f64;
                dot(row + share * (last_row - row), column + share * (last_column - column), grey);
            }
        }
        picture
    }
}

/// Strokes on a drawing.
const STROKES: usize = 2;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{distance, norm};
    use crate::signals::random::Stream;

    #[test]
    fn examples_are_what_their_kind_says() {
        for (scene, shape) in [(Scene::default(), (1, 64)), (Scene::Drawing(Drawing::default()), (32, 32))] {
            let kind = Kind { scene, fourier: Fourier::new(shape), snr_db: 20.0 };
            let mut random = Random::new(1, Stream::Probe);
            let mut noise = 0.0;
            for _ in 0..50 {
                let Example { signal, spectrum } = kind.draw(&mut random);
                let active = signal.iter().filter(|&&x| x != 0.0).count();
                match kind.scene {
                    Scene::Spikes(_) => assert_eq!(active, 3),
                    Scene::Drawing(_) => {
                        assert!((20..220).contains(&active) && signal.iter().all(|x| (0.0..=1.0).contains(x)))
                    }
                }
                let off = distance(&spectrum, &kind.fourier.spectrum(&signal)) / norm(&signal);
                noise += off * off / 50.0;
            }
            // 20 dB, a mean over at least 50 x 64 complex deviates.
            assert!((noise - 0.01).abs() < 0.001, "{noise}");
        }
    }
}
