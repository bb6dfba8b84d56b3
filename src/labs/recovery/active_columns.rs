//! The active columns of a homotopy, factorised.

use crate::kernels::{axpy, dot};
use crate::linalg::{ActiveCholesky, Dependent, IncrementalQr};

/// How the active columns are factorised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Factorisation {
    /// Their Gram matrix, by Cholesky: O(m k) a join and O(k^2) a drop, with the square of their condition number.
    Gram,
    /// The columns, by QR: O(m k) a join, O(m k^2) a drop, and the condition number itself.
    Columns,
}

/// `A_S` for an ordered set S of k columns with m entries.
pub(super) struct ActiveColumns {
    columns: Vec<Vec<f64>>,
    factor: Factor,
}

enum Factor {
    Gram(ActiveCholesky<f64>),
    Columns(IncrementalQr<f64>),
}

impl ActiveColumns {
    /// No columns.
    pub(super) fn new(factorisation: Factorisation) -> Self {
        let factor = match factorisation {
            Factorisation::Gram => Factor::Gram(ActiveCholesky::new()),
            Factorisation::Columns => Factor::Columns(IncrementalQr::new()),
        };
        Self { columns: Vec::new(), factor }
    }

    /// Appends a column.
    ///
    /// # Errors
    /// [`Dependent`] when it lies in the span of the others; nothing is changed then.
    pub(super) fn push(&mut self, column: Vec<f64>) -> Result<(), Dependent> {
        match &mut self.factor {
            Factor::Gram(factor) => {
                let products: Vec<f64> = self.columns.iter().map(|active| dot(active, &column)).collect();
                factor.push(&products, dot(&column, &column))?;
            }
            Factor::Columns(factor) => factor.push(&column)?,
        }
        self.columns.push(column);
        Ok(())
    }

    /// Removes the column at `position`.
    ///
    /// # Panics
    /// When there is no such position.
    pub(super) fn remove(&mut self, position: usize) {
        self.columns.remove(position);
        match &mut self.factor {
            Factor::Gram(factor) => factor.remove(position),
            Factor::Columns(factor) => {
                *factor = IncrementalQr::new();
                // A subset of independent columns is independent.
                self.columns.iter().for_each(|column| factor.push(column).expect("it was independent before"));
            }
        }
    }

    /// `d = (A_S^T A_S)^{-1} s` and `A_S d`, with k and `rows` entries.
    pub(super) fn direction(&self, signs: &[f64], rows: usize) -> (Vec<f64>, Vec<f64>) {
        match &self.factor {
            Factor::Gram(factor) => {
                let mut d = signs.to_vec();
                factor.solve(&mut d);
                let mut image = vec![0.0; rows];
                for (&d, column) in d.iter().zip(&self.columns) {
                    axpy(d, column, &mut image);
                }
                (d, image)
            }
            Factor::Columns(factor) => {
                let coordinates = factor.solve_adjoint(signs);
                (factor.back_substitute(&coordinates), factor.combine(&coordinates, rows))
            }
        }
    }
}
