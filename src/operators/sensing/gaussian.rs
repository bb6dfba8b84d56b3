//! Independent normal entries: the matrix of most theorems.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Entries independent and normal with variance 1/m, circular where scalars are complex.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Gaussian {
    /// Scale every column to unit norm.
    pub unit_columns: bool,
    /// Complex entries, and with them a complex signal.
    pub complex: bool,
}

impl Default for Gaussian {
    fn default() -> Self {
        Self { unit_columns: true, complex: false }
    }
}

impl Sensing for Gaussian {
    fn is_complex(&self) -> bool {
        self.complex
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let mut random = Random::new(seed, Stream::Matrix);
        let deviation = 1.0 / (rows as f64).sqrt();
        let entries = (0..rows * cols).map(|_| random.normal_scalar::<S>() * deviation).collect();
        let matrix = Dense::from_columns(rows, cols, entries);
        Ok(Arc::new(if self.unit_columns { matrix.with_unit_columns() } else { matrix }))
    }
}
