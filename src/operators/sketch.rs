//! Sketches: short random images of long columns that keep their lengths and angles nearly.

use super::LinearOperator;
use super::sensing::SparseColumns;
use crate::signals::random::Random;
use crate::transforms::{hadamard_flops, walsh_hadamard};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which random matrix `S`; `E |S x|^2 = |x|^2` for each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sketch {
    /// Every entry goes to one row, with a random sign: O(n) a column (Clarkson and Woodruff 2013).
    #[default]
    #[schemars(extend("x-label" = "CountSketch"))]
    Count,
    /// Random signs, a Hadamard transform, and some of its rows: O(n log n) a column (Ailon and Chazelle 2006; Tropp 2011).
    #[schemars(extend("x-label" = "SRHT"))]
    Hadamard,
}

impl Sketch {
    /// Draws `S` of `rows` x `cols`. The Hadamard sketch has no more rows than the next power of two after `cols`, and repeats none.
    ///
    /// # Panics
    /// When `rows` is zero.
    pub fn draw(self, rows: usize, cols: usize, random: &mut Random) -> Box<dyn LinearOperator<f64>> {
        match self {
            Sketch::Count => {
                let mut sketch = SparseColumns::new(rows);
                for _ in 0..cols {
                    sketch.push(random.below(rows), random.sign());
                    sketch.end_column();
                }
                Box::new(sketch)
            }
            Sketch::Hadamard => {
                let signs: Vec<f64> = (0..cols).map(|_| random.sign()).collect();
                let padded = cols.next_power_of_two();
                Box::new(SubsampledHadamard { signs, padded, kept: random.subset(padded, rows.min(padded)) })
            }
        }
    }
}

/// `sqrt(N / r) P H D`: signs, the orthonormal Hadamard transform of N entries, r of its rows.
struct SubsampledHadamard {
    signs: Vec<f64>,
    /// N, a power of two.
    padded: usize,
    kept: Vec<usize>,
}

impl SubsampledHadamard {
    /// The unnormalised transform has `sqrt N` too much.
    fn scale(&self) -> f64 {
        1.0 / (self.kept.len() as f64).sqrt()
    }
}

impl LinearOperator<f64> for SubsampledHadamard {
    fn rows(&self) -> usize {
        self.kept.len()
    }

    fn cols(&self) -> usize {
        self.signs.len()
    }

    fn flops(&self) -> f64 {
        hadamard_flops(self.padded)
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        let mut mixed = vec![0.0; self.padded];
        mixed.iter_mut().zip(x).zip(&self.signs).for_each(|((mixed, x), sign)| *mixed = x * sign);
        walsh_hadamard(&mut mixed);
        y.iter_mut().zip(&self.kept).for_each(|(y, &row)| *y = mixed[row] * self.scale());
    }

    fn adjoint(&self, y: &[f64], x: &mut [f64]) {
        let mut mixed = vec![0.0; self.padded];
        self.kept.iter().zip(y).for_each(|(&row, y)| mixed[row] = y * self.scale());
        walsh_hadamard(&mut mixed);
        x.iter_mut().zip(&mixed).zip(&self.signs).for_each(|((x, mixed), sign)| *x = mixed * sign);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::norm;
    use crate::operators::adjoint_mismatch;
    use crate::signals::random::Stream;

    #[test]
    fn adjoints_are_adjoints_and_lengths_are_kept_on_average() {
        let x: Vec<f64> = (0..45).map(|i| f64::from(i * 7 % 11) - 4.0).collect();
        for sketch in [Sketch::Count, Sketch::Hadamard] {
            let mut random = Random::new(1, Stream::Probe);
            let mut mean = 0.0;
            for seed in 0..400 {
                let drawn = sketch.draw(16, x.len(), &mut random);
                assert_eq!((drawn.rows(), drawn.cols()), (16, 45));
                assert!(adjoint_mismatch(&*drawn, seed) < 1e-14);
                let mut image = vec![0.0; 16];
                drawn.apply(&x, &mut image);
                mean += norm(&image) * norm(&image) / (norm(&x) * norm(&x)) / 400.0;
            }
            // One draw's square deviates by about sqrt(2 / 16).
            assert!((mean - 1.0).abs() < 4.0 * (2.0_f64 / 16.0 / 400.0).sqrt(), "{sketch:?}: {mean}");
        }
    }

    /// All rows of the transform are an isometry.
    #[test]
    fn a_sketch_that_drops_nothing_changes_no_length() {
        let x = [1.0, -2.0, 0.5, 3.0, 1.5];
        let drawn = Sketch::Hadamard.draw(100, 5, &mut Random::new(2, Stream::Probe));
        let mut image = vec![0.0; drawn.rows()];
        drawn.apply(&x, &mut image);
        assert_eq!(drawn.rows(), 8);
        assert!((norm(&image) - norm(&x)).abs() < 1e-14);
    }
}
