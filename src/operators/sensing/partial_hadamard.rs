//! Some rows of the Hadamard matrix: plus and minus one, as a single-pixel camera's mirrors can show.

use super::partial::{Partial, Square};
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use crate::transforms::{hadamard, hadamard_flops, walsh_hadamard};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// m rows of the n x n Sylvester-Hadamard matrix, n a power of two, drawn without replacement.
///
/// Entries are `+1/sqrt m` and `-1/sqrt m`, so that columns have unit norm.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PartialHadamard {}

impl Sensing for PartialHadamard {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        if !cols.is_power_of_two() {
            let message = format!("takes a power of two for a partial Hadamard matrix, not {cols}");
            return Err(Complaint::new("cols", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let rows = Selection::draw(rows, cols, "a partial Hadamard matrix", &mut random)?;
        Ok(Partial::new(Hadamard::new(cols), rows).scaled(true))
    }
}

/// The orthonormal Hadamard transform, `(-1)^popcount(i & j) / sqrt n`, in natural order.
pub struct Hadamard {
    size: usize,
    scale: f64,
}

impl Hadamard {
    /// The transform of `n` entries, a power of two.
    pub fn new(n: usize) -> Self {
        Self { size: n, scale: 1.0 / (n as f64).sqrt() }
    }
}

impl<S: Scalar> Square<S> for Hadamard {
    fn forward(&self, x: &mut [S]) {
        walsh_hadamard(x);
        x.iter_mut().for_each(|x| *x = *x * self.scale);
    }

    fn adjoint(&self, x: &mut [S]) {
        // The matrix is symmetric.
        self.forward(x);
    }

    fn flops(&self, size: usize) -> f64 {
        S::PARTS * hadamard_flops(size)
    }

    fn entry(&self, i: usize, j: usize) -> S {
        S::from_real(hadamard::entry(i, j) * self.scale)
    }

    fn squared_norms(&self, rows: &[usize]) -> Vec<f64> {
        vec![rows.len() as f64 / self.size as f64; self.size]
    }
}
