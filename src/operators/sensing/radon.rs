//! Sums along parallel rays from a few directions: a tomograph.

use super::sizes::check_fits;
use super::sparse_columns::SparseColumns;
use super::{Drawn, MAX_STORED, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::operators::ColumnScaled;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parallel-beam projections of a square picture, view after view, at angles `pi v / views`; nothing is drawn.
///
/// A view has m / views detectors side by side that cover the picture's diagonal. A pixel's mass goes to the two
/// nearest detectors in linear proportion, so that each view's sum is the picture's. Unknowns are the picture row by
/// row. Products are O(views n). Kak and Slaney, "Principles of computerized tomographic imaging" (1988).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Radon {
    /// Number of views; divides the number of measurements.
    #[schemars(range(min = 1, max = 1024), extend("x-scale" = "log"))]
    pub views: usize,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for Radon {
    fn default() -> Self {
        Self { views: 5, unit_columns: true }
    }
}

impl Sensing for Radon {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        check_fits("cols", cols, "a square for a picture", |n| n.isqrt() * n.isqrt() == n)?;
        check_fits("matrix.views", self.views, &format!("a divisor of {rows}"), |v| rows.is_multiple_of(v))?;
        if 2 * self.views * cols > MAX_STORED {
            let message = format!("goes up to {} for {cols} unknowns, not {}", MAX_STORED / cols / 2, self.views);
            return Err(Complaint::new("matrix.views", message));
        }
        let angles: Vec<f64> = (0..self.views).map(|v| std::f64::consts::PI * v as f64 / self.views as f64).collect();
        let matrix = parallel_beam(cols.isqrt(), rows / self.views, &angles);
        Ok(if self.unit_columns { Arc::new(ColumnScaled::to_unit_norm::<S>(matrix)) } else { Arc::new(matrix) })
    }
}

/// Views of a picture of `side` x `side` pixels at these angles, in radians, by `detectors` side by side that cover its diagonal; see
/// [`Radon`].
///
/// # Panics
/// When there is no detector.
pub fn parallel_beam(side: usize, detectors: usize, angles: &[f64]) -> SparseColumns {
    let angles: Vec<(f64, f64)> = angles.iter().map(|&angle| libm::sincos(angle)).collect();
    // The picture is the square [-1, 1]^2, detectors cover [-sqrt 2, sqrt 2].
    let centre = |i: usize| (2 * i + 1) as f64 / side as f64 - 1.0;
    let last = (detectors - 1) as f64;
    let mut matrix = SparseColumns::new(angles.len() * detectors);
    for pixel in 0..side * side {
        let (across, up) = (centre(pixel % side), -centre(pixel / side));
        for (view, (sin, cos)) in angles.iter().enumerate() {
            let offset = across * cos + up * sin;
            let place = (offset / std::f64::consts::SQRT_2 + 1.0) * 0.5 * detectors as f64 - 0.5;
            let place = place.clamp(0.0, last);
            let lower = (place.floor()).min((last - 1.0).max(0.0));
            let share = place - lower;
            let row = view * detectors + lower as usize;
            if share < 1.0 {
                matrix.push(row, 1.0 - share);
            }
            if share > 0.0 {
                matrix.push(row + 1, share);
            }
        }
        matrix.end_column();
    }
    matrix
}
