//! Products with an adjoint that are nearly right, and say how nearly.

use super::LinearOperator;
use crate::kernels::Scalar;

/// `A^* y`, for those who need few of its entries exactly and can tell which.
#[derive(Clone, Debug, Default)]
pub struct NearProduct<S> {
    /// n entries.
    pub values: Vec<S>,
    /// Entry j is off by this times `|a_j|` at most; zero where entries are those of a plain product.
    pub error: f64,
}

impl<S: Scalar> NearProduct<S> {
    /// By [`LinearOperator::adjoint_nearly`], or exactly where there is no such thing.
    pub fn of<A: LinearOperator<S> + ?Sized>(operator: &A, y: &[S]) -> Self {
        operator.adjoint_nearly(y).unwrap_or_else(|| {
            let mut values = vec![S::zero(); operator.cols()];
            operator.adjoint(y, &mut values);
            Self { values, error: 0.0 }
        })
    }

    /// A number that `|<a_j, y>|` does not exceed, also as a rounded product, for a column of length `size`.
    pub fn bound(&self, j: usize, size: f64) -> f64 {
        self.values[j].abs() * (1.0 + 1e-9) + self.error * size
    }
}
