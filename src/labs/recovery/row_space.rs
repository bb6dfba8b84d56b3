//! The solutions of `A x = y`: the shortest one, and the way back to all of them.

use crate::kernels::Scalar;
use crate::linalg::IncrementalQr;
use crate::operators::{Dense, LinearOperator, least_squares_on};

/// An orthonormal basis Q of the span of the rows of `A`, and `A^+ y`.
pub(super) struct RowSpace<S> {
    factors: IncrementalQr<S>,
    /// `A^+ y`: of all minimizers of `|y - A x|` the shortest, n entries.
    pub(super) least_norm: Vec<S>,
}

impl<S: Scalar> RowSpace<S> {
    /// By QR of the rows, O(m^2 n), with m n entries stored. Dependent rows are left out.
    pub(super) fn new(operator: &dyn LinearOperator<S>, measurements: &[S]) -> Self {
        let (rows, cols) = (operator.rows(), operator.cols());
        let stored = Dense::of(operator);
        let mut factors = IncrementalQr::new();
        for i in 0..rows {
            let row: Vec<S> = (0..cols).map(|j| stored.column_slice(j)[i].conj()).collect();
            // A dependent row adds nothing to the span.
            let _ = factors.push(&row);
        }
        let least_norm = if factors.len() == rows {
            factors.combine(&factors.solve_adjoint(measurements), cols)
        } else {
            let all: Vec<usize> = (0..cols).collect();
            let some = least_squares_on(operator, &all, measurements).values;
            factors.combine(&factors.project(&some), cols)
        };
        Self { factors, least_norm }
    }

    /// `Q^* e_j`: column j of `(A A^*)^{-1/2} A` in other coordinates, for the matrix whose rows are orthonormal.
    pub(super) fn coordinates(&self, j: usize) -> Vec<S> {
        self.factors.row(j)
    }

    /// Moves `x` to the nearest minimizer of `|y - A x|`, in O(m n).
    pub(super) fn project(&self, x: &mut [S]) {
        let inside = self.factors.combine(&self.factors.project(x), x.len());
        for ((x, &inside), &least) in x.iter_mut().zip(&inside).zip(&self.least_norm) {
            *x = *x - inside + least;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{dot, norm};

    #[test]
    fn the_shortest_solution_is_found_for_any_shape_and_rank() {
        let shortest = |rows, cols, matrix: &[f64], y: &[f64], expected: &[f64]| {
            let space = RowSpace::new(&Dense::from_rows(rows, cols, matrix), y);
            assert!(space.least_norm.iter().zip(expected).all(|(x, e)| (x - e).abs() < 1e-14), "{expected:?}");
        };
        // Full row rank; full column rank with y outside the range; rank one.
        shortest(1, 2, &[3.0, 4.0], &[5.0], &[0.6, 0.8]);
        shortest(2, 1, &[1.0, 1.0], &[1.0, 3.0], &[2.0]);
        shortest(2, 2, &[1.0, 2.0, 1.0, 2.0], &[4.0, 6.0], &[1.0, 2.0]);
    }

    #[test]
    fn projection_keeps_what_the_rows_do_not_see() {
        let space = RowSpace::new(&Dense::from_rows(1, 2, &[3.0, 4.0]), &[5.0]);
        let mut x = vec![2.0, -1.0];
        space.project(&mut x);
        assert!((dot(&[3.0, 4.0], &x) - 5.0).abs() < 1e-14);
        assert!((dot(&[4.0, -3.0], &x) - 11.0).abs() < 1e-14 && norm(&x) > 1.0);
    }
}
