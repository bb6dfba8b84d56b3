//! The four test signals of Donoho and Johnstone (1994), "Ideal spatial adaptation by wavelet shrinkage".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which test signal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Waveform {
    /// Piecewise constant: eleven jumps.
    #[default]
    Blocks,
    /// Eleven peaks of different widths.
    Bumps,
    /// A sine with two jumps.
    Heavisine,
    /// A sine whose frequency falls.
    Doppler,
}

/// Where blocks jump and bumps peak (the paper's table of `t_j`).
const PLACES: [f64; 11] = [0.1, 0.13, 0.15, 0.23, 0.25, 0.40, 0.44, 0.65, 0.76, 0.78, 0.81];
const BLOCK_HEIGHTS: [f64; 11] = [4.0, -5.0, 3.0, -4.0, 5.0, -4.2, 2.1, 4.3, -3.1, 2.1, -4.2];
const BUMP_HEIGHTS: [f64; 11] = [4.0, 5.0, 3.0, 4.0, 5.0, 4.2, 2.1, 4.3, 3.1, 5.1, 4.2];
const BUMP_WIDTHS: [f64; 11] = [0.005, 0.005, 0.006, 0.01, 0.01, 0.03, 0.01, 0.01, 0.005, 0.008, 0.005];

impl Waveform {
    /// Its values at `t = (i + 1) / n`, scaled to a largest modulus of one.
    pub fn sample(self, n: usize) -> Vec<f64> {
        let mut values: Vec<f64> = (0..n).map(|i| self.at((i + 1) as f64 / n as f64)).collect();
        let peak = values.iter().fold(0.0_f64, |peak, v| peak.max(v.abs()));
        if peak > 0.0 {
            values.iter_mut().for_each(|v| *v /= peak);
        }
        values
    }

    /// Its value at `t` in [0, 1].
    fn at(self, t: f64) -> f64 {
        use std::f64::consts::TAU;
        // sgn(0) is zero in the paper; `f64::signum` would make it one.
        let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
        match self {
            Waveform::Blocks => {
                PLACES.iter().zip(BLOCK_HEIGHTS).map(|(place, height)| height * (1.0 + sign(t - place)) / 2.0).sum()
            }
            Waveform::Bumps => (0..PLACES.len())
                .map(|j| {
                    let distance = ((t - PLACES[j]) / BUMP_WIDTHS[j]).abs();
                    let base = 1.0 + distance;
                    BUMP_HEIGHTS[j] / (base * base * base * base)
                })
                .sum(),
            Waveform::Heavisine => 4.0 * libm::sin(2.0 * TAU * t) - sign(t - 0.3) - sign(0.72 - t),
            Waveform::Doppler => (t * (1.0 - t)).sqrt() * libm::sin(TAU * 1.05 / (t + 0.05)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_the_paper() {
        let blocks = Waveform::Blocks.sample(1024);
        let jumps = blocks.windows(2).filter(|pair| (pair[0] - pair[1]).abs() > 1e-6).count();
        // A sample that falls exactly on a jump takes the half-way value and makes two of one.
        assert!((11..=22).contains(&jumps), "{jumps} jumps");
        let bumps = Waveform::Bumps.sample(2048);
        let peaks = bumps.windows(3).filter(|w| w[1] > w[0] && w[1] > w[2]).count();
        assert_eq!(peaks, 11);
        for waveform in [Waveform::Heavisine, Waveform::Doppler] {
            let values = waveform.sample(256);
            assert!(values.iter().all(|v| v.abs() <= 1.0));
            assert!(values.iter().any(|&v| v < -0.3) && values.iter().any(|&v| v > 0.3));
        }
    }
}
