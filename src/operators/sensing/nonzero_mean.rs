//! Normal entries around a mean: one direction in which all columns agree.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Entries `(g + mean) / sqrt m` with g independent standard normal, circular where scalars are complex.
///
/// A mean of a few standard deviations is enough for AMP to diverge: Rangan, Schniter and Fletcher, "On the convergence
/// of approximate message passing with arbitrary matrices" (2014).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NonzeroMean {
    /// Mean of the entries, in units of their standard deviation.
    #[schemars(range(min = -100.0, max = 100.0), extend("x-step" = 0.1))]
    pub mean: f64,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for NonzeroMean {
    fn default() -> Self {
        Self { mean: 1.0, unit_columns: true }
    }
}

impl Sensing for NonzeroMean {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let mut random = Random::new(seed, Stream::Matrix);
        let (mean, deviation) = (S::from_real(self.mean), 1.0 / (rows as f64).sqrt());
        let entries = (0..rows * cols).map(|_| (random.normal_scalar::<S>() + mean) * deviation).collect();
        let matrix = Dense::from_columns(rows, cols, entries);
        Ok(Arc::new(if self.unit_columns { matrix.with_unit_columns() } else { matrix }))
    }
}
