//! Least squares on chosen columns.

use super::LinearOperator;
use crate::kernels::{Scalar, axpy, dot};
use crate::linalg::IncrementalQr;

/// The best fit of `y` by chosen columns of `A`.
#[derive(Clone, Debug)]
pub struct SupportFit<S> {
    /// One coefficient for each chosen column, in the order in which they were given.
    pub values: Vec<S>,
    /// `y - A_S values`, m entries, orthogonal to the chosen columns.
    pub residual: Vec<S>,
}

/// `argmin |y - A_S z|` for the columns `S` listed in `support`, by QR in O(m |S|^2).
///
/// A column that lies in the span of those before it gets the coefficient zero, so there may be more columns
/// than rows, and the order decides which of two equal columns is used.
pub fn least_squares_on<S: Scalar>(
    operator: &dyn LinearOperator<S>,
    support: &[usize],
    measurements: &[S],
) -> SupportFit<S> {
    let mut factors = IncrementalQr::new();
    let mut residual = measurements.to_vec();
    let mut column = vec![S::zero(); operator.rows()];
    let (mut independent, mut shares) = (Vec::new(), Vec::new());
    for (place, &j) in support.iter().enumerate() {
        if factors.len() == operator.rows() {
            break;
        }
        operator.column(j, &mut column);
        if factors.push(&column).is_err() {
            continue;
        }
        if let Some(direction) = factors.last_direction() {
            let share = dot(direction, &residual);
            axpy(-share, direction, &mut residual);
            shares.push(share);
            independent.push(place);
        }
    }
    let mut values = vec![S::zero(); support.len()];
    for (place, value) in independent.into_iter().zip(factors.back_substitute(&shares)) {
        values[place] = value;
    }
    SupportFit { values, residual }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::Dense;

    #[test]
    fn fits_in_the_order_given_and_skips_what_is_dependent() {
        // Columns 0 and 2 are equal, column 3 is zero.
        let rows = [1.0, 0.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let matrix = Dense::from_rows(3, 4, &rows);
        let fit = least_squares_on(&matrix, &[3, 2, 1, 0], &[3.0, -1.0, -2.0]);
        let expected = [0.0, 3.0, -2.0, 0.0];
        assert!(fit.values.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-14), "{fit:?}");
        assert!(fit.residual.iter().all(|r| r.abs() < 1e-14), "{fit:?}");
    }

    #[test]
    fn more_columns_than_rows_fit_exactly() {
        let matrix = Dense::from_rows(2, 3, &[1.0, 1.0, 0.3, 0.0, 1.0, 0.7]);
        let fit = least_squares_on(&matrix, &[0, 1, 2], &[2.0, -1.0]);
        assert!((fit.values[0] - 3.0).abs() < 1e-14 && (fit.values[1] + 1.0).abs() < 1e-14, "{fit:?}");
        assert_eq!(fit.values[2], 0.0);
    }
}
