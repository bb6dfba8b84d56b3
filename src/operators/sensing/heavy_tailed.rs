//! Entries of which a few are very large.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Entries independent, Student's t over `sqrt m`: with few degrees of freedom the tails are heavy, at one they are
/// Cauchy's, and many make the matrix Gaussian.
///
/// Logarithmically many moments are enough for the usual number of measurements: Lecué and Mendelson, "Sparse recovery
/// under weak moment assumptions" (2017).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct HeavyTailed {
    /// Degrees of freedom; moments of this order and above are infinite.
    #[schemars(range(min = 0.5, max = 100.0), extend("x-scale" = "log"))]
    pub freedom: f64,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for HeavyTailed {
    fn default() -> Self {
        Self { freedom: 3.0, unit_columns: true }
    }
}

impl Sensing for HeavyTailed {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let mut random = Random::new(seed, Stream::Matrix);
        let scale = 1.0 / (rows as f64).sqrt();
        let entries = (0..rows * cols).map(|_| random.student_scalar::<S>(self.freedom) * scale).collect();
        let matrix = Dense::from_columns(rows, cols, entries);
        Ok(Arc::new(if self.unit_columns { matrix.with_unit_columns() } else { matrix }))
    }
}
