//! A real matrix of which few entries are not zero.

use crate::kernels::Scalar;
use crate::operators::LinearOperator;

/// Entries column by column. Products are O(number of entries).
#[derive(Clone, Debug)]
pub struct SparseColumns {
    rows: usize,
    /// Row and value of each entry.
    entries: Vec<(usize, f64)>,
    /// Where each column's entries end.
    ends: Vec<usize>,
}

impl SparseColumns {
    /// A matrix that has no columns yet.
    pub fn new(rows: usize) -> Self {
        Self { rows, entries: Vec::new(), ends: Vec::new() }
    }

    /// Adds an entry to the column that is being written; entries in one place add up.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn push(&mut self, row: usize, value: f64) {
        assert!(row < self.rows);
        self.entries.push((row, value));
    }

    /// Ends the column that is being written.
    pub fn end_column(&mut self) {
        self.ends.push(self.entries.len());
    }

    /// The matrix times `factor`.
    #[must_use]
    pub fn scaled(mut self, factor: f64) -> Self {
        self.entries.iter_mut().for_each(|(_, value)| *value *= factor);
        self
    }

    fn entries_of(&self, j: usize) -> &[(usize, f64)] {
        let start = if j == 0 { 0 } else { self.ends[j - 1] };
        &self.entries[start..self.ends[j]]
    }
}

impl<S: Scalar> LinearOperator<S> for SparseColumns {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.ends.len()
    }

    fn flops(&self) -> f64 {
        2.0 * S::PARTS * self.entries.len() as f64
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.fill(S::zero());
        for (j, &x) in x.iter().enumerate() {
            self.entries_of(j).iter().for_each(|&(i, value)| y[i] += x * value);
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        for (j, x) in x.iter_mut().enumerate() {
            *x = self.entries_of(j).iter().fold(S::zero(), |sum, &(i, value)| sum + y[i] * value);
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        column.fill(S::zero());
        self.entries_of(j).iter().for_each(|&(i, value)| column[i] += S::from_real(value));
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        y.fill(S::zero());
        for &j in support {
            self.entries_of(j).iter().for_each(|&(i, value)| y[i] += x[j] * value);
        }
    }
}
