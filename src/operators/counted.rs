//! An operator that keeps count of what is asked of it.

use super::{LinearOperator, NearProduct};
use crate::kernels::Scalar;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The same operator, with its products counted in full-vector units.
///
/// A product with `A` or `A^*` is 1. Single columns of a stored matrix are 1/n each, in [`column`] and in
/// [`apply_on`] alike; where columns are not stored, either call costs a whole product and counts as one.
///
/// [`column`]: LinearOperator::column
/// [`apply_on`]: LinearOperator::apply_on
pub struct Counted<S: Scalar> {
    operator: Arc<dyn LinearOperator<S>>,
    /// Columns visited, n for a whole product.
    columns: AtomicU64,
}

impl<S: Scalar> Counted<S> {
    /// Nothing counted yet.
    pub fn new(operator: Arc<dyn LinearOperator<S>>) -> Self {
        Self { operator, columns: AtomicU64::new(0) }
    }

    /// Products so far.
    pub fn products(&self) -> f64 {
        self.columns.load(Ordering::Relaxed) as f64 / self.operator.cols().max(1) as f64
    }

    /// The operator itself, for products that are for people and no part of a method.
    pub fn uncounted(&self) -> &dyn LinearOperator<S> {
        &*self.operator
    }

    fn count(&self, columns: usize) {
        self.columns.fetch_add(columns as u64, Ordering::Relaxed);
    }

    fn count_some(&self, columns: usize) {
        self.count(if self.operator.as_dense().is_some() { columns } else { self.operator.cols() });
    }
}

impl<S: Scalar> LinearOperator<S> for Counted<S> {
    fn rows(&self) -> usize {
        self.operator.rows()
    }

    fn cols(&self) -> usize {
        self.operator.cols()
    }

    fn flops(&self) -> f64 {
        self.operator.flops()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        self.count(self.operator.cols());
        self.operator.apply(x, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        self.count(self.operator.cols());
        self.operator.adjoint(y, x);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        self.count_some(1);
        self.operator.column(j, column);
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        self.count_some(support.len());
        self.operator.apply_on(x, support, y);
    }

    /// One product, however few bytes it reads.
    fn strongest(&self, r: &[S], lengths: &[f64], free: &[bool]) -> Option<usize> {
        self.count(self.operator.cols());
        self.operator.strongest(r, lengths, free)
    }

    /// One product, however few bytes it reads.
    fn adjoint_nearly(&self, y: &[S]) -> Option<NearProduct<S>> {
        let nearly = self.operator.adjoint_nearly(y)?;
        self.count(self.operator.cols());
        Some(nearly)
    }

    /// One product where columns are stored. Otherwise the operator is taken to know its norms.
    fn column_norms(&self) -> Vec<f64> {
        self.count(self.operator.as_dense().map_or(0, |_| self.operator.cols()));
        self.operator.column_norms()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::{Basis, Dense};

    #[test]
    fn columns_are_cheap_only_where_they_are_stored() {
        let (mut x, mut y) = (vec![0.0; 4], vec![0.0; 4]);
        let stored: Arc<dyn LinearOperator<f64>> = Arc::new(Dense::from_rows(4, 4, &[1.0; 16]));
        let fast: Arc<dyn LinearOperator<f64>> = Arc::new(Basis::Dct.synthesis(4));
        for (operator, expected) in [(stored, 2.0 + 0.25 + 0.5), (fast, 4.0)] {
            let counted = Counted::new(operator);
            counted.apply(&x, &mut y);
            counted.adjoint(&y, &mut x);
            counted.column(1, &mut y);
            counted.apply_on(&x, &[0, 2], &mut y);
            assert_eq!(counted.products(), expected);
        }
    }
}
