//! A stored matrix, column by column.

use super::{LinearOperator, NearProduct, strongest_by_adjoint};
use crate::kernels::{Scalar, Screen, argmax_among, axpy, dot, norm};
use nalgebra::DMatrix;
use std::sync::OnceLock;

/// A dense matrix in nalgebra's column-major storage: 8 m n bytes where entries are real.
#[derive(Clone, Debug)]
pub struct Dense<S: Scalar> {
    matrix: DMatrix<S>,
    /// Made when [`LinearOperator::strongest`] is first asked for and entries are real: 2 m n bytes more.
    screen: OnceLock<Option<Screen>>,
}

impl<S: Scalar> Dense<S> {
    /// The matrix with the given entries, column by column.
    ///
    /// # Panics
    /// When the number of entries is not `rows * cols`.
    pub fn from_columns(rows: usize, cols: usize, entries: Vec<S>) -> Self {
        Self { matrix: DMatrix::from_vec(rows, cols, entries), screen: OnceLock::new() }
    }

    /// The matrix with the given entries, row by row.
    ///
    /// # Panics
    /// When the number of entries is not `rows * cols`.
    pub fn from_rows(rows: usize, cols: usize, entries: &[S]) -> Self {
        Self { matrix: DMatrix::from_row_slice(rows, cols, entries), screen: OnceLock::new() }
    }

    /// The matrix of any operator, column by column: the reference in tests, O(n) products.
    pub fn of(operator: &dyn LinearOperator<S>) -> Self {
        let (rows, cols) = (operator.rows(), operator.cols());
        let mut entries = vec![S::zero(); rows * cols];
        for (j, column) in entries.chunks_exact_mut(rows.max(1)).enumerate() {
            operator.column(j, column);
        }
        Self::from_columns(rows, cols, entries)
    }

    /// Column `j`, borrowed.
    pub fn column_slice(&self, j: usize) -> &[S] {
        let rows = self.matrix.nrows();
        &self.matrix.as_slice()[j * rows..(j + 1) * rows]
    }

    /// Scales every column that is not zero to unit norm.
    #[must_use]
    pub fn with_unit_columns(mut self) -> Self {
        for mut column in self.matrix.column_iter_mut() {
            let size = norm(column.as_slice());
            if size > 0.0 {
                column.iter_mut().for_each(|entry| *entry = *entry / size);
            }
        }
        // A copy of the columns as they were is of no use.
        self.screen = OnceLock::new();
        self
    }

    /// All entries, row by row.
    pub fn by_rows(&self) -> Vec<S> {
        self.matrix.transpose().iter().copied().collect()
    }

    /// The storage.
    pub fn matrix(&self) -> &DMatrix<S> {
        &self.matrix
    }

    fn screen(&self) -> Option<&Screen> {
        let make = || S::as_real(self.matrix.as_slice()).map(|entries| Screen::new(self.matrix.nrows(), entries));
        self.screen.get_or_init(|| if self.matrix.is_empty() { None } else { make() }).as_ref()
    }
}

impl<S: Scalar> LinearOperator<S> for Dense<S> {
    fn rows(&self) -> usize {
        self.matrix.nrows()
    }

    fn cols(&self) -> usize {
        self.matrix.ncols()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.fill(S::zero());
        for (j, &x) in x.iter().enumerate() {
            if x != S::zero() {
                axpy(x, self.column_slice(j), y);
            }
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        // One column after the other: several at a time read several streams of memory, which measured slower.
        for (j, x) in x.iter_mut().enumerate() {
            *x = dot(self.column_slice(j), y);
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        column.copy_from_slice(self.column_slice(j));
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        y.fill(S::zero());
        for &j in support {
            axpy(x[j], self.column_slice(j), y);
        }
    }

    /// Screened where entries are real: a scan of the 16-bit copy, then products with the few columns that it leaves.
    fn strongest(&self, r: &[S], lengths: &[f64], free: &[bool]) -> Option<usize> {
        let screened = || self.screen()?.candidates(S::as_real(r)?, lengths, free);
        match screened() {
            Some(columns) => argmax_among(columns.into_iter().map(|j| (j, dot(self.column_slice(j), r) / lengths[j]))),
            None => strongest_by_adjoint(self, r, lengths, free),
        }
    }

    /// From the 16-bit copy, where entries are real.
    fn adjoint_nearly(&self, y: &[S]) -> Option<NearProduct<S>> {
        let (values, error) = self.screen()?.approximate(S::as_real(y)?)?;
        Some(NearProduct { values: values.into_iter().map(S::from_real).collect(), error })
    }

    fn as_dense(&self) -> Option<&Dense<S>> {
        Some(self)
    }
}
