//! A product of two operators.

use super::LinearOperator;
use crate::kernels::Scalar;
use std::sync::Arc;

/// `A = left right`: first `right`, then `left`.
pub struct Composed<S> {
    left: Arc<dyn LinearOperator<S>>,
    right: Arc<dyn LinearOperator<S>>,
}

impl<S: Scalar> Composed<S> {
    /// The product.
    ///
    /// # Panics
    /// When the inner sizes differ.
    pub fn new(left: Arc<dyn LinearOperator<S>>, right: Arc<dyn LinearOperator<S>>) -> Self {
        assert_eq!(left.cols(), right.rows());
        Self { left, right }
    }
}

impl<S: Scalar> LinearOperator<S> for Composed<S> {
    fn rows(&self) -> usize {
        self.left.rows()
    }

    fn cols(&self) -> usize {
        self.right.cols()
    }

    fn flops(&self) -> f64 {
        self.left.flops() + self.right.flops()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let mut between = vec![S::zero(); self.right.rows()];
        self.right.apply(x, &mut between);
        self.left.apply(&between, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        let mut between = vec![S::zero(); self.left.cols()];
        self.left.adjoint(y, &mut between);
        self.right.adjoint(&between, x);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        let mut between = vec![S::zero(); self.right.rows()];
        self.right.column(j, &mut between);
        self.left.apply(&between, column);
    }
}
