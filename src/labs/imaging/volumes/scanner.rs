//! How slices are measured.

use crate::operators::sensing::parallel_beam;
use crate::operators::{FourierColumns, LinearOperator, squared_norm};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The scanner, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scanner {
    /// Sums along parallel rays.
    #[schemars(extend("x-phrase" = "{views} [views] over {arc}", "x-label" = "CT"))]
    Ct(Ct),
    /// Lines of the slice's Fourier transform.
    #[schemars(extend("x-phrase" = "one in {acceleration} [lines of k-space]", "x-label" = "MRI"))]
    Mri(Mri),
}

impl Default for Scanner {
    fn default() -> Self {
        Scanner::Ct(Ct::default())
    }
}

/// Computed tomography with parallel beams.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ct {
    /// Views, evenly apart.
    #[schemars(range(min = 2, max = 60), extend("x-scale" = "log"))]
    pub views: usize,
    /// The arc over which they lie. 180 degrees see every edge; with less, some are never seen along.
    #[schemars(range(min = 10.0, max = 180.0), extend("x-unit" = "°", "x-step" = 5))]
    pub arc: f64,
}

impl Default for Ct {
    fn default() -> Self {
        Self { views: 8, arc: 180.0 }
    }
}

impl Ct {
    /// Detectors of a view: as wide as pixels, or a little less, and enough for the slice's diagonal.
    pub fn detectors(side: usize) -> usize {
        (std::f64::consts::SQRT_2 * side as f64).ceil() as usize
    }

    /// Angles of the views, in radians.
    pub fn angles(&self) -> Vec<f64> {
        (0..self.views).map(|v| self.arc.to_radians() * v as f64 / self.views as f64).collect()
    }
}

/// Magnetic resonance imaging with lines along one axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Mri {
    /// All lines over those that are measured, R.
    #[schemars(range(min = 1.0, max = 8.0), extend("x-step" = 0.5))]
    pub acceleration: f64,
    /// Share of the lines around the centre that are always measured; the others are drawn.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.01))]
    pub centre: f64,
}

impl Default for Mri {
    fn default() -> Self {
        Self { acceleration: 4.0, centre: 0.15 }
    }
}

impl Mri {
    /// Horizontal frequencies that are measured, ascending.
    fn lines(&self, side: usize, seed: u64) -> Vec<usize> {
        let count = ((side as f64 / self.acceleration).round() as usize).clamp(1, side);
        let central = ((self.centre * side as f64).round() as usize).min(count);
        // Frequencies from the centre outwards: 0, 1, -1, 2, -2, ...
        let outwards: Vec<usize> =
            (0..side).map(|i| if i % 2 == 1 { i / 2 + 1 } else { (side - i / 2) % side }).collect();
        let (always, others) = outwards.split_at(central);
        let drawn = Random::new(seed, Stream::Matrix).subset(others.len(), count - central);
        let mut lines: Vec<usize> = always.iter().copied().chain(drawn.into_iter().map(|i| others[i])).collect();
        lines.sort_unstable();
        lines
    }
}

/// A slice's measurements.
pub(super) struct Measuring {
    /// `A`, with the norm 1.
    pub operator: Arc<dyn LinearOperator<f64>>,
    /// What the scanner's own numbers were multiplied by to have that norm.
    pub scale: f64,
    /// Rows and columns in which a slice's measurements are shown.
    pub shape: (usize, usize),
}

impl Scanner {
    pub(super) fn measuring(&self, side: usize, seed: u64) -> Measuring {
        match self {
            Scanner::Ct(ct) => {
                let detectors = Ct::detectors(side);
                let matrix = parallel_beam(side, detectors, &ct.angles());
                let scale = 1.0 / squared_norm::<f64>(&matrix).sqrt();
                Measuring { operator: Arc::new(matrix.scaled(scale)), scale, shape: (ct.views, detectors) }
            }
            Scanner::Mri(mri) => {
                let lines = mri.lines(side, seed);
                let shape = (lines.len(), 2 * side);
                Measuring { operator: Arc::new(FourierColumns::new(side, lines)), scale: 1.0, shape }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_the_centre_and_are_as_many_as_they_should_be() {
        for seed in 0..5 {
            let lines = Mri::default().lines(32, seed);
            assert_eq!(lines.len(), 8);
            assert!(lines.windows(2).all(|pair| pair[0] < pair[1]) && lines[7] < 32);
            assert!([0, 1, 31, 2, 30].iter().all(|low| lines.contains(low)), "{lines:?}");
        }
        assert_ne!(Mri::default().lines(32, 0), Mri::default().lines(32, 1));
        assert_eq!(Mri { acceleration: 1.0, centre: 0.0 }.lines(16, 0), (0..16).collect::<Vec<_>>());
    }

    #[test]
    fn scanners_have_the_norm_one() {
        for scanner in [Scanner::default(), Scanner::Mri(Mri::default())] {
            let square = squared_norm::<f64>(&*scanner.measuring(16, 1).operator);
            assert!((0.95..=1.06).contains(&square), "{scanner:?}: {square}");
        }
    }
}
