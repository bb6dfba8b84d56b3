//! An equiangular tight frame from the squares of a finite field: as incoherent as m x 2 m can be.

use super::sizes::{check_fits, check_stored, check_twice, is_prime};
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::transforms::Fft;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The real Paley frame, m x 2 m with `m = (p + 1) / 2` for a prime p with `p mod 4 = 1`. Nothing is drawn.
///
/// Its first p columns are the Fourier matrix of order p with the rows 0 and all squares modulo p, row 0 weighed by
/// `1/sqrt p` and the others by `sqrt(2/p)`; the last column is the first unit vector. As -1 is a square, rows k and -k
/// become a cosine and a sine. All columns have unit norm and all pairs the product `+-1/sqrt p`, which is the Welch
/// bound. Bandeira, Fickus, Mixon and Wong, "The road to deterministic matrices with the restricted isometry property"
/// (2013).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Paley {}

impl Sensing for Paley {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        let takes = "(p + 1) / 2 for a prime p with p mod 4 = 1";
        check_fits("rows", rows, takes, |m| m >= 3 && (2 * m - 1) % 4 == 1 && is_prime(2 * m - 1))?;
        check_twice(rows, cols)?;
        check_stored(rows, cols)?;
        let p = cols - 1;
        let mut squares: Vec<usize> = (1..=p / 2).map(|i| i * i % p).collect();
        squares.sort_unstable();
        // The squares below p/2 and their negatives are all squares.
        let half: Vec<usize> = squares.into_iter().filter(|&k| 2 * k < p).collect();
        let wave = Fft::new(p);
        let (low, high) = (1.0 / (p as f64).sqrt(), 2.0 / (p as f64).sqrt());
        let mut entries: Vec<S> = Vec::with_capacity(rows * cols);
        for j in 0..p {
            entries.push(S::from_real(low));
            for &k in &half {
                let root = wave.entry(k, j);
                entries.extend([S::from_real(high * root.re), S::from_real(-high * root.im)]);
            }
        }
        entries.push(S::from_real(1.0));
        entries.resize(rows * cols, S::zero());
        Ok(Arc::new(Dense::from_columns(rows, cols, entries)))
    }
}
