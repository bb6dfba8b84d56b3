//! Gaussian rows whose neighbouring entries are correlated: columns that are hard to tell apart.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Rows independent and normal, with covariance `rho^|i-j| / m` between the entries of columns i and j.
///
/// ```text
/// a_0 = g_0,   a_j = rho a_(j-1) + sqrt(1 - rho^2) g_j        g_j independent, entries normal with variance 1/m
/// ```
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Correlated {
    /// Correlation of neighbouring columns, rho.
    #[schemars(range(min = -0.99, max = 0.99), extend("x-step" = 0.01))]
    pub correlation: f64,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for Correlated {
    fn default() -> Self {
        Self { correlation: 0.7, unit_columns: true }
    }
}

impl Sensing for Correlated {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let mut random = Random::new(seed, Stream::Matrix);
        let deviation = 1.0 / (rows as f64).sqrt();
        let fresh = deviation * (1.0 - self.correlation * self.correlation).sqrt();
        let mut entries: Vec<S> = Vec::with_capacity(rows * cols);
        entries.extend((0..rows).map(|_| random.normal_scalar::<S>() * deviation));
        for i in rows..rows * cols {
            entries.push(entries[i - rows] * self.correlation + random.normal_scalar::<S>() * fresh);
        }
        let matrix = Dense::from_columns(rows, cols, entries);
        Ok(Arc::new(if self.unit_columns { matrix.with_unit_columns() } else { matrix }))
    }
}
