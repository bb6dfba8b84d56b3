//! Random signs: as good as Gaussian, and one bit an entry.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Entries independently `+1/sqrt m` or `-1/sqrt m`, also where scalars are complex. Columns have unit norm.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Bernoulli {}

impl Sensing for Bernoulli {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let mut random = Random::new(seed, Stream::Matrix);
        let size = 1.0 / (rows as f64).sqrt();
        let entries = (0..rows * cols).map(|_| S::from_real(random.sign() * size)).collect();
        Ok(Arc::new(Dense::from_columns(rows, cols, entries)))
    }
}
