//! The same operator on every piece of a vector.

use super::LinearOperator;
use crate::kernels::Scalar;
use std::sync::Arc;

/// `I (x) A`: `A` on each of `times` pieces, such as the slices of a volume, one after the other.
pub struct Repeated<S: Scalar> {
    operator: Arc<dyn LinearOperator<S>>,
    times: usize,
}

impl<S: Scalar> Repeated<S> {
    /// `A`, so many times.
    pub fn new(operator: Arc<dyn LinearOperator<S>>, times: usize) -> Self {
        Self { operator, times }
    }
}

impl<S: Scalar> LinearOperator<S> for Repeated<S> {
    fn rows(&self) -> usize {
        self.times * self.operator.rows()
    }

    fn cols(&self) -> usize {
        self.times * self.operator.cols()
    }

    fn flops(&self) -> f64 {
        self.times as f64 * self.operator.flops()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let (rows, cols) = (self.operator.rows().max(1), self.operator.cols().max(1));
        x.chunks_exact(cols).zip(y.chunks_exact_mut(rows)).for_each(|(x, y)| self.operator.apply(x, y));
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        let (rows, cols) = (self.operator.rows().max(1), self.operator.cols().max(1));
        x.chunks_exact_mut(cols).zip(y.chunks_exact(rows)).for_each(|(x, y)| self.operator.adjoint(y, x));
    }

    fn column(&self, j: usize, column: &mut [S]) {
        let (rows, cols) = (self.operator.rows(), self.operator.cols());
        column.fill(S::zero());
        self.operator.column(j % cols, &mut column[j / cols * rows..][..rows]);
    }

    fn column_norms(&self) -> Vec<f64> {
        self.operator.column_norms().repeat(self.times)
    }
}
