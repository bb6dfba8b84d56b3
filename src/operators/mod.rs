//! Linear operators: a shape, a forward product, an adjoint.
//!
//! Every operator passes the same dot test ([`adjoint_mismatch`]) and agrees with its dense matrix. They
//! compose: `A = Phi Psi` is [`Composed`], columns are rescaled by [`ColumnScaled`].

mod basis;
mod box_blur;
mod column_scaled;
mod composed;
mod counted;
mod dense;
mod differences;
mod entrywise_square;
mod fourier_columns;
mod kronecker_product;
mod least_squares;
mod near_product;
mod normal;
mod randomized_svd;
mod repeated;
pub mod sensing;
mod sketch;
mod squared_norm;

pub use basis::{Basis, Synthesis};
pub use box_blur::BoxBlur;
pub use column_scaled::ColumnScaled;
pub use composed::Composed;
pub use counted::Counted;
pub use dense::Dense;
pub use differences::{Differences, Edge};
pub use entrywise_square::entrywise_square;
pub use fourier_columns::FourierColumns;
pub use kronecker_product::KroneckerProduct;
pub use least_squares::{SupportFit, least_squares_on};
pub use near_product::NearProduct;
pub use normal::Normal;
pub use randomized_svd::{randomized_svd, subspace_svd};
pub use repeated::Repeated;
pub use sketch::Sketch;
pub use squared_norm::squared_norm;

use crate::kernels::{Scalar, argmax_among, dot, norm};
use crate::signals::random::{Random, Stream};
use std::sync::Arc;

/// A linear map from `cols` to `rows` entries.
pub trait LinearOperator<S: Scalar>: Send + Sync {
    /// Length of `A x`.
    fn rows(&self) -> usize;

    /// Length of `x`.
    fn cols(&self) -> usize;

    /// `y = A x`. `x` has [`cols`](Self::cols) entries and `y` has [`rows`](Self::rows).
    fn apply(&self, x: &[S], y: &mut [S]);

    /// `x = A^* y`. Shapes as in [`apply`](Self::apply).
    fn adjoint(&self, y: &[S], x: &mut [S]);

    /// Floating-point operations of one product with `A` or `A^*`, to leading order. By default those of a stored
    /// matrix: a multiplication and an addition an entry.
    fn flops(&self) -> f64 {
        S::MULTIPLY_ADD * self.rows() as f64 * self.cols() as f64
    }

    /// Column `j` into `column`. By default the image of a unit vector.
    fn column(&self, j: usize, column: &mut [S]) {
        let mut unit = vec![S::zero(); self.cols()];
        unit[j] = S::from_real(1.0);
        self.apply(&unit, column);
    }

    /// `y = A x` for an `x` that is zero outside `support`; O(m |S|) where columns are stored.
    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        let _ = support;
        self.apply(x, y);
    }

    /// Euclidean norms of all columns. O(m n) at most; structured operators know them.
    fn column_norms(&self) -> Vec<f64> {
        let mut column = vec![S::zero(); self.rows()];
        (0..self.cols())
            .map(|j| {
                self.column(j, &mut column);
                norm(&column)
            })
            .collect()
    }

    /// The column with the largest `|<a_j, r>| / lengths[j]` among those that are `free` and have a length that is
    /// not zero; the first of several, and `None` when no such column correlates with `r`.
    ///
    /// `r` has [`rows`](Self::rows) entries, `lengths` and `free` have [`cols`](Self::cols). One product with
    /// `A^*`; a [`Dense`] real matrix finds the same column by reading a quarter of the bytes.
    fn strongest(&self, r: &[S], lengths: &[f64], free: &[bool]) -> Option<usize> {
        strongest_by_adjoint(self, r, lengths, free)
    }

    /// `A^* y`, nearly; `None` where that is no faster than [`adjoint`](Self::adjoint).
    fn adjoint_nearly(&self, _y: &[S]) -> Option<NearProduct<S>> {
        None
    }

    /// The stored matrix, where there is one.
    fn as_dense(&self) -> Option<&Dense<S>> {
        None
    }
}

/// A shared operator is an operator, so that it can stand inside another one.
impl<S: Scalar, A: LinearOperator<S> + ?Sized> LinearOperator<S> for Arc<A> {
    fn rows(&self) -> usize {
        (**self).rows()
    }

    fn cols(&self) -> usize {
        (**self).cols()
    }

    fn flops(&self) -> f64 {
        (**self).flops()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        (**self).apply(x, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        (**self).adjoint(y, x);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        (**self).column(j, column);
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        (**self).apply_on(x, support, y);
    }

    fn column_norms(&self) -> Vec<f64> {
        (**self).column_norms()
    }

    fn strongest(&self, r: &[S], lengths: &[f64], free: &[bool]) -> Option<usize> {
        (**self).strongest(r, lengths, free)
    }

    fn adjoint_nearly(&self, y: &[S]) -> Option<NearProduct<S>> {
        (**self).adjoint_nearly(y)
    }

    fn as_dense(&self) -> Option<&Dense<S>> {
        (**self).as_dense()
    }
}

/// [`LinearOperator::strongest`] from all of `A^* r`: what every other way is held to.
pub fn strongest_by_adjoint<S: Scalar, A: LinearOperator<S> + ?Sized>(
    operator: &A,
    r: &[S],
    lengths: &[f64],
    free: &[bool],
) -> Option<usize> {
    let mut correlations = vec![S::zero(); operator.cols()];
    operator.adjoint(r, &mut correlations);
    let usable = (0..operator.cols()).filter(|&j| free[j] && lengths[j] != 0.0);
    argmax_among(usable.map(|j| (j, correlations[j] / lengths[j])))
}

/// How far an operator is from having the adjoint that it claims: `|<A x, y> - <x, A^* y>|` relative to
/// `|A x| |y| + |x| |A^* y|`, for random `x` and `y`. Rounding alone leaves about 1e-15.
pub fn adjoint_mismatch<S: Scalar>(operator: &dyn LinearOperator<S>, seed: u64) -> f64 {
    let mut random = Random::new(seed, Stream::Probe);
    let x: Vec<S> = (0..operator.cols()).map(|_| random.normal_scalar()).collect();
    let y: Vec<S> = (0..operator.rows()).map(|_| random.normal_scalar()).collect();
    let mut forward = vec![S::zero(); operator.rows()];
    let mut backward = vec![S::zero(); operator.cols()];
    operator.apply(&x, &mut forward);
    operator.adjoint(&y, &mut backward);
    let scale = norm(&forward) * norm(&y) + norm(&x) * norm(&backward);
    if scale == 0.0 { 0.0 } else { (dot(&forward, &y) - dot(&x, &backward)).abs() / scale }
}
