//! Equal entries along diagonals: an unknown filter's response to a random probing signal.

use super::filter::{Filter, Taps};
use super::partial::Square;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::{ColumnScaled, LinearOperator};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `A_ij = t_(i-j) / sqrt m` with m + n - 1 independent entries t.
///
/// Haupt, Bajwa, Raz and Nowak, "Toeplitz compressed sensing matrices with applications to sparse channel estimation"
/// (2010).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Toeplitz {
    /// The law of the diagonals' entries.
    pub taps: Taps,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for Toeplitz {
    fn default() -> Self {
        Self { taps: Taps::Gaussian, unit_columns: true }
    }
}

impl Sensing for Toeplitz {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let mut random = Random::new(seed, Stream::Matrix);
        let scale = 1.0 / (rows as f64).sqrt();
        let drawn = self.taps.draw(rows + cols - 1, &mut random);
        // From t_(1-n) to t_(m-1); the circulant has t_0, ..., t_(m-1) first and the negative ones at the end.
        let size = drawn.len().next_power_of_two();
        let mut taps = vec![0.0; size];
        for (place, t) in drawn.into_iter().enumerate() {
            taps[(place + size + 1 - cols) % size] = t * scale;
        }
        let matrix = Diagonals { filter: Filter::new(taps), rows, cols };
        Ok(if self.unit_columns { Arc::new(ColumnScaled::to_unit_norm::<S>(matrix)) } else { Arc::new(matrix) })
    }
}

/// A Toeplitz matrix as a corner of a circulant one. Products are O((m + n) log (m + n)).
pub struct Diagonals {
    filter: Filter,
    rows: usize,
    cols: usize,
}

impl<S: Scalar> LinearOperator<S> for Diagonals {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.cols
    }

    fn flops(&self) -> f64 {
        Square::<S>::flops(&self.filter, self.filter.size())
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let mut all = x.to_vec();
        all.resize(self.filter.size(), S::zero());
        self.filter.forward(&mut all);
        y.copy_from_slice(&all[..self.rows]);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        let mut all = y.to_vec();
        all.resize(self.filter.size(), S::zero());
        Square::adjoint(&self.filter, &mut all);
        x.copy_from_slice(&all[..self.cols]);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        for (i, entry) in column.iter_mut().enumerate() {
            *entry = S::from_real(self.filter.tap(i, j));
        }
    }
}
