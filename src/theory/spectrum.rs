//! Singular values of a matrix.

use crate::kernels::Scalar;
use crate::linalg::HermitianEigen;
use crate::operators::{Dense, LinearOperator};

/// All `min(m, n)` singular values, largest first; those below 1e-13 of the largest are zero.
///
/// One-sided Jacobi rotations (Hestenes 1958) of the shorter side's vectors: O(n m^2) a sweep for m rows and n >= m
/// columns, about ten sweeps. Small values are as accurate as the matrix, since no Gram matrix is formed.
pub fn singular_values<S: Scalar>(operator: &dyn LinearOperator<S>) -> Vec<f64> {
    let (m, n) = (operator.rows(), operator.cols());
    let matrix = Dense::of(operator);
    let vectors: Vec<Vec<S>> = if m <= n {
        (0..m).map(|i| matrix.matrix().row(i).iter().copied().collect()).collect()
    } else {
        (0..n).map(|j| matrix.column_slice(j).to_vec()).collect()
    };
    // Rotated until they are orthogonal, any vectors have the singular values as their lengths.
    let mut values = HermitianEigen::new(vectors).values;
    values.resize(m.min(n), 0.0);
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    #[test]
    fn known_spectra_are_found() {
        // ((3, 0), (4, 5)) has the singular values sqrt 45 and sqrt 5.
        let a = Dense::from_rows(2, 2, &[3.0, 0.0, 4.0, 5.0]);
        let values = singular_values(&a);
        assert!((values[0] - 45f64.sqrt()).abs() < 1e-14 && (values[1] - 5f64.sqrt()).abs() < 1e-14);
        // A tight frame of 7 unit vectors in 3 dimensions, and one of rank one.
        let angle = |i: usize, j: usize| std::f64::consts::TAU * ((i * j) % 7) as f64 / 7.0;
        let entries = (0..7).flat_map(|j| [1, 2, 4].map(|i| Complex64::from_polar(1.0 / 3f64.sqrt(), angle(i, j))));
        let frame = singular_values(&Dense::from_columns(3, 7, entries.collect()));
        assert!(frame.iter().all(|s| (s - (7.0 / 3.0f64).sqrt()).abs() < 1e-14), "{frame:?}");
        let flat = singular_values(&Dense::from_columns(4, 3, vec![1.0; 12]));
        assert!((flat[0] - 12f64.sqrt()).abs() < 1e-14 && flat[1..] == [0.0, 0.0]);
    }

    /// diag(1, 1e-9) between rotations: a Gram matrix would have lost the small one.
    #[test]
    fn small_values_are_not_lost() {
        let (s, c) = (0.6, 0.8);
        let small = 1e-9;
        let a = Dense::from_rows(
            2,
            2,
            &[c * c - small * s * s, -c * s - small * s * c, s * c + small * c * s, -s * s + small * c * c],
        );
        let values = singular_values(&a);
        assert!((values[1] / small - 1.0).abs() < 1e-6, "{values:?}");
    }
}
