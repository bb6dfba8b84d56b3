//! Some rows of a fast square matrix: what partial cosine, Fourier and Hadamard matrices and convolutions have in
//! common.

use super::subsampling::Selection;
use crate::kernels::{Scalar, norm};
use crate::operators::{ColumnScaled, LinearOperator};
use crate::transforms::fft_flops;
use std::sync::Arc;

/// A square n x n matrix `U` with fast products, in place. Most are unitary, so that the adjoint is the inverse.
pub trait Square<S: Scalar>: Send + Sync + 'static {
    /// `x` becomes `U x`. O(n log n).
    fn forward(&self, x: &mut [S]);

    /// `x` becomes `U^* x`. O(n log n).
    fn adjoint(&self, x: &mut [S]);

    /// Floating-point operations of a product, for n = `size`; by default those of an FFT.
    fn flops(&self, size: usize) -> f64 {
        0.5 * S::PARTS * fft_flops(size)
    }

    /// The entry in row `i` and column `j`. O(1).
    fn entry(&self, i: usize, j: usize) -> S;

    /// `sum |U_ij|^2` over `i` in `rows`, for every `j`. O(n log n); rounding is relative to the mean.
    fn squared_norms(&self, rows: &[usize]) -> Vec<f64>;
}

/// m rows of a fast square matrix. Products are O(n log n); no entry is stored.
pub struct Partial<T> {
    transform: T,
    rows: Selection,
}

/// Below this fraction of the mean, a squared norm by fast transform has lost two digits and is summed instead.
const CANCELLED: f64 = 0.01;

impl<T> Partial<T> {
    /// The chosen rows of `transform`.
    pub fn new(transform: T, rows: Selection) -> Self {
        Self { transform, rows }
    }

    /// As an operator whose columns are scaled to unit norm, if they shall be.
    pub(super) fn scaled<S: Scalar>(self, unit_columns: bool) -> Arc<dyn LinearOperator<S>>
    where
        T: Square<S>,
    {
        if unit_columns { Arc::new(ColumnScaled::to_unit_norm::<S>(self)) } else { Arc::new(self) }
    }
}

impl<S: Scalar, T: Square<S>> LinearOperator<S> for Partial<T> {
    fn rows(&self) -> usize {
        self.rows.indices().len()
    }

    fn cols(&self) -> usize {
        LinearOperator::<S>::cols(&self.rows)
    }

    fn flops(&self) -> f64 {
        self.transform.flops(LinearOperator::<S>::cols(self))
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let mut all = x.to_vec();
        self.transform.forward(&mut all);
        self.rows.apply(&all, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        self.rows.adjoint(y, x);
        self.transform.adjoint(x);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        for (entry, &i) in column.iter_mut().zip(self.rows.indices()) {
            *entry = self.transform.entry(i, j);
        }
    }

    fn column_norms(&self) -> Vec<f64> {
        let rows = self.rows.indices();
        let squares = self.transform.squared_norms(rows);
        let sure = CANCELLED * squares.iter().sum::<f64>() / squares.len() as f64;
        let mut column = vec![S::zero(); rows.len()];
        let mut norm_of = |(j, square): (usize, f64)| {
            if square > sure {
                return square.sqrt();
            }
            self.column(j, &mut column);
            norm(&column)
        };
        squares.into_iter().enumerate().map(&mut norm_of).collect()
    }
}
