//! The nuclear norm of a matrix, the sum of its singular values (Fazel 2002). Convex.
//!
//! The matrix has `rows` rows and is stored column by column.

use crate::kernels::Scalar;
use crate::linalg::HermitianEigen;

/// Singular values and left singular vectors. The one-sided Jacobi rotations that diagonalise a Hermitian matrix make the
/// columns of any matrix orthogonal, with the singular values as their lengths.
fn decompose<S: Scalar>(x: &[S], rows: usize) -> HermitianEigen<S> {
    HermitianEigen::new(x.chunks(rows).map(<[S]>::to_vec).collect())
}

/// The sum of the singular values. O(n rows) times the number of columns.
///
/// # Panics
/// When `rows` is zero.
pub fn value<S: Scalar>(x: &[S], rows: usize) -> f64 {
    decompose(x, rows).values.iter().fold(0.0, |sum, s| sum + s)
}

/// The dual norm: the largest singular value.
///
/// # Panics
/// When `rows` is zero.
pub fn gauge<S: Scalar>(c: &[S], rows: usize) -> f64 {
    decompose(c, rows).values.first().copied().unwrap_or(0.0)
}

/// Proximal operator with weight `t`, in place: soft thresholds the singular values (Cai, Candes and Shen 2010).
///
/// # Panics
/// When `rows` is zero.
pub fn prox<S: Scalar>(v: &mut [S], rows: usize, t: f64) {
    let parts = decompose(v, rows);
    for column in v.chunks_mut(rows) {
        let image = parts.apply(|s| if s > t { 1.0 - t / s } else { 0.0 }, column);
        column.copy_from_slice(&image);
    }
}
