//! Both sides of an array measured one after the other.

use super::sizes::check_fits;
use super::{Drawn, Gaussian, Sensing};
use crate::kernels::Scalar;
use crate::operators::{Dense, KroneckerProduct};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `A = B (x) C`, with B of m_1 x n_1 and C of (m / m_1) x (n / n_1), both normal with columns of unit norm.
///
/// The unknowns are an array of n_1 rows, one row after the other; C measures each row and B the results. The coherence
/// is the larger one of the two, and products are fast ([`KroneckerProduct`]): Duarte and Baraniuk, "Kronecker compressive sensing" (2012).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Kronecker {
    /// Measurements of the left factor, m_1; divides the number of measurements.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub left_rows: usize,
    /// Unknowns of the left factor, n_1; divides the number of unknowns.
    #[schemars(range(min = 1, max = 65536), extend("x-scale" = "log"))]
    pub left_cols: usize,
}

impl Default for Kronecker {
    fn default() -> Self {
        Self { left_rows: 8, left_cols: 16 }
    }
}

impl Sensing for Kronecker {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let divisor = |n: usize| move |d: usize| n.is_multiple_of(d);
        check_fits("matrix.left_rows", self.left_rows, &format!("a divisor of {rows}"), divisor(rows))?;
        check_fits("matrix.left_cols", self.left_cols, &format!("a divisor of {cols}"), divisor(cols))?;
        let mut random = Random::new(seed, Stream::Matrix);
        let mut factor = |rows: usize, cols: usize| -> Result<Dense<S>, _> {
            let drawn = Gaussian::default().draw::<S>(rows, cols, random.below(1 << 31) as u64)?;
            Ok(Dense::of(&*drawn))
        };
        let left = factor(self.left_rows, self.left_cols)?;
        let right = factor(rows / self.left_rows, cols / self.left_cols)?;
        Ok(Arc::new(KroneckerProduct::new(vec![left, right])))
    }
}
