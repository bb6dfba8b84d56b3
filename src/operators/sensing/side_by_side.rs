//! Matrices next to each other.

use crate::kernels::Scalar;
use crate::operators::LinearOperator;
use std::sync::Arc;

/// `A = [A_1 A_2 ...]`: the columns of several operators with equally many rows.
pub struct SideBySide<S> {
    parts: Vec<Arc<dyn LinearOperator<S>>>,
}

impl<S: Scalar> SideBySide<S> {
    /// The union of their columns.
    ///
    /// # Panics
    /// When there are none, or their numbers of rows differ.
    pub fn new(parts: Vec<Arc<dyn LinearOperator<S>>>) -> Self {
        assert!(parts.iter().all(|part| part.rows() == parts[0].rows()) && !parts.is_empty());
        Self { parts }
    }
}

impl<S: Scalar> LinearOperator<S> for SideBySide<S> {
    fn rows(&self) -> usize {
        self.parts[0].rows()
    }

    fn cols(&self) -> usize {
        self.parts.iter().map(|part| part.cols()).sum()
    }

    fn flops(&self) -> f64 {
        self.parts.iter().map(|part| part.flops()).sum()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.fill(S::zero());
        let (mut image, mut rest) = (vec![S::zero(); y.len()], x);
        for part in &self.parts {
            let (own, others) = rest.split_at(part.cols());
            part.apply(own, &mut image);
            S::axpy(S::from_real(1.0), &image, y);
            rest = others;
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        let mut rest = x;
        for part in &self.parts {
            let (own, others) = rest.split_at_mut(part.cols());
            part.adjoint(y, own);
            rest = others;
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        let mut j = j;
        for part in &self.parts {
            if j < part.cols() {
                return part.column(j, column);
            }
            j -= part.cols();
        }
    }

    fn column_norms(&self) -> Vec<f64> {
        self.parts.iter().flat_map(|part| part.column_norms()).collect()
    }
}
