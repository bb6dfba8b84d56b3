//! Squared moduli of a matrix, by which variances go through it.

use super::{Dense, LinearOperator};
use crate::kernels::Scalar;

/// `|A|^2` entry by entry, stored: for independent entries of `x` with variances v, those of `A x` are `|A|^2 v`. O(m n)
/// numbers, and a product with a unit vector for each column where `A` is not stored.
pub fn entrywise_square<S: Scalar>(operator: &dyn LinearOperator<S>) -> Dense<f64> {
    let (rows, cols) = (operator.rows(), operator.cols());
    let mut column = vec![S::zero(); rows];
    let mut entries = Vec::with_capacity(rows * cols);
    for j in 0..cols {
        operator.column(j, &mut column);
        entries.extend(column.iter().map(|entry| entry.abs_squared()));
    }
    Dense::from_columns(rows, cols, entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    #[test]
    fn variances_of_complex_entries_are_squared_moduli() {
        let c = Complex64::new;
        let matrix = Dense::from_rows(2, 2, &[c(3.0, 4.0), c(0.0, -1.0), c(0.0, 0.0), c(1.0, 1.0)]);
        let mut image = [0.0; 2];
        entrywise_square(&matrix).apply(&[1.0, 0.5], &mut image);
        assert_eq!(image, [25.5, 1.0]);
    }
}
