//! Cholesky factor of the Gram matrix of an active set that gains and loses columns.

use super::Dependent;
use crate::kernels::{Scalar, dot};

/// Squared distance to the span of the others, relative to the column, below which it is dependent.
const DEPENDENT: f64 = 1e-12;

/// `A_S^* A_S = L L^*` for an ordered set S: what homotopy methods update at each breakpoint.
#[derive(Clone, Debug, Default)]
pub struct ActiveCholesky<S> {
    /// Row i of L has i + 1 entries, conjugated.
    rows: Vec<Vec<S>>,
}

impl<S: Scalar> ActiveCholesky<S> {
    /// The empty set.
    pub fn new() -> Self {
        Self { rows: Vec::new() }
    }

    /// Size of the set.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Appends a column `a`, given `products[i] = a_i^* a` with the columns in S and `|a|^2`, in O(k^2).
    ///
    /// # Errors
    /// [`Dependent`] when `a` lies in the span of S, up to rounding; nothing is changed then.
    pub fn push(&mut self, products: &[S], norm_squared: f64) -> Result<(), Dependent> {
        let mut row = products.to_vec();
        for i in 0..self.rows.len() {
            let sum = dot(&self.rows[i][..i], &row[..i]);
            row[i] = (row[i] - sum) / self.rows[i][i].re();
        }
        let pivot = norm_squared - S::norm_squared(&row);
        if pivot.is_nan() || pivot <= DEPENDENT * norm_squared {
            return Err(Dependent);
        }
        row.push(S::from_real(pivot.sqrt()));
        self.rows.push(row);
        Ok(())
    }

    /// Removes the column at `position`, by plane rotations, in O(k^2).
    ///
    /// # Panics
    /// When there is no such position.
    pub fn remove(&mut self, position: usize) {
        self.rows.remove(position);
        for k in position..self.rows.len() {
            // Row k now has one entry too many; a rotation of columns k and k + 1 clears it.
            let (a, b) = (self.rows[k][k], self.rows[k][k + 1]);
            let radius = (a.abs_squared() + b.abs_squared()).sqrt();
            for row in &mut self.rows[k..] {
                let (x, y) = (row[k], row[k + 1]);
                row[k] = (a.conj() * x + b.conj() * y) / radius;
                row[k + 1] = (a * y - b * x) / radius;
            }
            self.rows[k].truncate(k + 1);
        }
    }

    /// Solves `(A_S^* A_S) x = b` in place, in O(k^2).
    pub fn solve(&self, b: &mut [S]) {
        let size = self.rows.len();
        for i in 0..size {
            let sum = dot(&self.rows[i][..i], &b[..i]);
            b[i] = (b[i] - sum) / self.rows[i][i].re();
        }
        for i in (0..size).rev() {
            b[i] = b[i] / self.rows[i][i].re();
            let (head, tail) = b.split_at_mut(i);
            S::axpy(-tail[0], &self.rows[i][..i], head);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removal_leaves_the_factor_of_the_smaller_set() {
        let columns = [[1.0, 0.5, 0.2], [0.3, 1.0, -0.4], [0.1, 0.7, 2.0]];
        let gram = |i: usize, j: usize| dot(&columns[i], &columns[j]);
        let mut factor = ActiveCholesky::new();
        for j in 0..3 {
            let products: Vec<f64> = (0..j).map(|i| gram(i, j)).collect();
            factor.push(&products, gram(j, j)).unwrap();
        }
        factor.remove(0);
        let (x, y) = (0.7, -1.3);
        let mut b = [gram(1, 1) * x + gram(1, 2) * y, gram(2, 1) * x + gram(2, 2) * y];
        factor.solve(&mut b);
        assert!((b[0] - x).abs() < 1e-13 && (b[1] - y).abs() < 1e-13, "{b:?}");
    }

    #[test]
    fn a_duplicate_column_is_refused() {
        let mut factor = ActiveCholesky::new();
        factor.push(&[], 2.0).unwrap();
        assert_eq!(factor.push(&[2.0], 2.0), Err(Dependent));
        assert_eq!(factor.len(), 1);
    }
}
