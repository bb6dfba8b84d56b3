//! The normal matrix of an operator.

use super::LinearOperator;
use crate::kernels::Scalar;
use std::sync::Arc;

/// `A^* A`, n x n: two products with `A` each.
pub struct Normal<S: Scalar> {
    operator: Arc<dyn LinearOperator<S>>,
}

impl<S: Scalar> Normal<S> {
    /// Of `A`.
    pub fn new(operator: Arc<dyn LinearOperator<S>>) -> Self {
        Self { operator }
    }
}

impl<S: Scalar> LinearOperator<S> for Normal<S> {
    fn rows(&self) -> usize {
        self.operator.cols()
    }

    fn cols(&self) -> usize {
        self.operator.cols()
    }

    fn flops(&self) -> f64 {
        2.0 * self.operator.flops()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let mut image = vec![S::zero(); self.operator.rows()];
        self.operator.apply(x, &mut image);
        self.operator.adjoint(&image, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        self.apply(y, x);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        let mut image = vec![S::zero(); self.operator.rows()];
        self.operator.column(j, &mut image);
        self.operator.adjoint(&image, column);
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        let mut image = vec![S::zero(); self.operator.rows()];
        self.operator.apply_on(x, support, &mut image);
        self.operator.adjoint(&image, y);
    }
}
