//! Some frequencies of the cosine transform.

use super::partial::{Partial, Square};
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use crate::transforms::{Dct, on_parts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// m rows of the orthonormal n x n DCT-II, drawn without replacement, lowest frequency first.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PartialDct {
    /// Scale every column to unit norm; else the rows are orthonormal.
    pub unit_columns: bool,
}

impl Default for PartialDct {
    fn default() -> Self {
        Self { unit_columns: true }
    }
}

impl Sensing for PartialDct {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let mut random = Random::new(seed, Stream::Matrix);
        let rows = Selection::draw(rows, cols, "a partial DCT", &mut random)?;
        Ok(Partial::new(Dct::new(cols), rows).scaled(self.unit_columns))
    }
}

impl<S: Scalar> Square<S> for Dct {
    fn forward(&self, x: &mut [S]) {
        on_parts(x, |part| Dct::forward(self, part));
    }

    fn adjoint(&self, x: &mut [S]) {
        on_parts(x, |part| Dct::inverse(self, part));
    }

    fn entry(&self, i: usize, j: usize) -> S {
        S::from_real(Dct::entry(self, i, j))
    }

    fn squared_norms(&self, rows: &[usize]) -> Vec<f64> {
        // cos^2 a = (1 + cos 2a) / 2: a constant and one cosine sum, in which frequency 2k >= n folds back to 2n - 2k
        // with the other sign, and frequency n is zero at every sample.
        let n = self.size();
        let weight = |k: usize| if k == 0 { 0.5 / n as f64 } else { 1.0 / n as f64 };
        let mut doubled = vec![0.0; n];
        for &k in rows {
            match 2 * k {
                q if q < n => doubled[q] += weight(k),
                q if q > n => doubled[2 * n - q] -= weight(k),
                _ => {}
            }
        }
        // The inverse transform multiplies by c_0 = sqrt(1/n) and c_q = sqrt(2/n).
        for (q, sum) in doubled.iter_mut().enumerate() {
            *sum *= if q == 0 { n as f64 } else { n as f64 / 2.0 }.sqrt();
        }
        Dct::inverse(self, &mut doubled);
        let constant: f64 = rows.iter().map(|&k| weight(k)).sum();
        doubled.iter().map(|sum| constant + sum).collect()
    }
}
