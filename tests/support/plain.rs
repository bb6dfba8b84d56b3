//! A stored matrix with nothing clever about it: a rival in benchmarks and a reference in tests.

use pursuit::kernels::Scalar;
use pursuit::operators::{Dense, LinearOperator};

/// Looks for the strongest column in all of `A^* r`, as the trait's own default does.
pub struct Plain<S: Scalar>(pub Dense<S>);

impl<S: Scalar> LinearOperator<S> for Plain<S> {
    fn rows(&self) -> usize {
        self.0.rows()
    }

    fn cols(&self) -> usize {
        self.0.cols()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        self.0.apply(x, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        self.0.adjoint(y, x);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        self.0.column(j, column);
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        self.0.apply_on(x, support, y);
    }

    fn as_dense(&self) -> Option<&Dense<S>> {
        Some(&self.0)
    }
}
