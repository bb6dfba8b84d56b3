//! The covariance of measurements whose entries have variances of their own.

use crate::kernels::{Scalar, dot, dot_pair};
use crate::linalg::{Cholesky, Dependent};

/// Factorises `C = noise I + sum_j v_j a_j a_j^*` for columns of `rows` entries and their variances `v_j >= 0`, in
/// O(m^2 (m + k)).
///
/// # Errors
/// [`Dependent`] when rounding leaves it indefinite.
pub(super) fn covariance<S: Scalar>(
    rows: usize,
    columns: &[(&[S], f64)],
    noise: f64,
) -> Result<Cholesky<S>, Dependent> {
    let scales: Vec<f64> = columns.iter().map(|(_, variance)| variance.sqrt()).collect();
    // Rows of A V^{1/2}, so that every entry of C is one dot product.
    let row = |i: usize| columns.iter().zip(&scales).map(|((column, _), &scale)| column[i] * scale).collect();
    let products = gram(&(0..rows).map(row).collect::<Vec<Vec<S>>>());
    Cholesky::new(rows, |i, j| if i == j { products[i][i] + S::from_real(noise) } else { products[i][j] })
}

/// Vectors that stay near while all others go by.
const TILE: usize = 16;

/// `v_j^* v_i` for j <= i, row by row.
fn gram<S: Scalar>(vectors: &[Vec<S>]) -> Vec<Vec<S>> {
    let mut products: Vec<Vec<S>> = (0..vectors.len()).map(|i| vec![S::zero(); i + 1]).collect();
    for start in (0..vectors.len()).step_by(TILE) {
        for i in start..vectors.len() {
            let end = (start + TILE).min(i + 1);
            let (pairs, rest) = products[i][start..end].as_chunks_mut::<2>();
            let (near, last) = vectors[start..end].as_chunks::<2>();
            for (products, [a, b]) in pairs.iter_mut().zip(near) {
                *products = dot_pair([a, b], &vectors[i]);
            }
            rest.iter_mut().zip(last).for_each(|(product, vector)| *product = dot(vector, &vectors[i]));
        }
    }
    products
}
