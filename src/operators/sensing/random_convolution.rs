//! Convolution with a random filter, sampled at random times.

use super::filter::Filter;
use super::partial::Partial;
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// m samples, drawn without replacement, of the circular convolution with a real filter whose spectrum has unit
/// modulus and random phases.
///
/// Romberg, "Compressive sensing by random convolution" (2009).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RandomConvolution {
    /// Scale every column to unit norm; else the rows are orthonormal.
    pub unit_columns: bool,
}

impl Default for RandomConvolution {
    fn default() -> Self {
        Self { unit_columns: true }
    }
}

impl Sensing for RandomConvolution {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let mut random = Random::new(seed, Stream::Matrix);
        // The filter comes first, so that it stays as it is when `rows` changes.
        let filter = Filter::all_pass(cols, &mut random);
        let rows = Selection::draw(rows, cols, "a random convolution", &mut random)?;
        Ok(Partial::new(filter, rows).scaled(self.unit_columns))
    }
}
