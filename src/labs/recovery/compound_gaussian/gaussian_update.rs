//! The best u for given scales z, and the derivative of that by the scales and the covariance.
//!
//! ```text
//! T(z) = argmin_u 1/2 |y - A (z o u)|^2 + 1/2 u^T P^{-1} u = P Z t,   t = A^T w,   C w = y
//!        C = I + A Z P Z A^T,   Z = diag z                                          (Cholesky, m x m)
//!
//! for the gradient g of a loss by u:   l = A^T C^{-1} A Z P g
//!     by z    t o P (g - z o l) - l o u
//!     by P    (g - z o l) (z o t)^T, made symmetric
//! ```
//!
//! Forwards O(m^2 n + m^3 / 3), backwards one more solve and two products. Lyons, Raj and Cheney, "Deep regularized compound
//! Gaussian network for solving linear inverse problems" (2024), their Tikhonov update.

use super::Covariance;
use crate::kernels::gemm;
use crate::linalg::{Cholesky, Dependent};
use crate::operators::{Dense, LinearOperator};
use std::sync::Arc;

/// A matrix, ready for updates with any measurements.
pub struct Measuring {
    operator: Arc<dyn LinearOperator<f64>>,
    /// A, column by column and row by row.
    columns: Vec<f64>,
    rows: Vec<f64>,
}

/// `u = T(z)`, and what its derivative needs.
pub struct GaussianUpdate {
    /// n entries.
    pub u: Vec<f64>,
    factor: Cholesky<f64>,
    /// `t = A^T w`.
    pull: Vec<f64>,
}

/// The derivative of a loss by what `T` depends on.
pub struct UpdateGradient {
    /// By z.
    pub scales: Vec<f64>,
    /// By the diagonal of P.
    pub diagonal: Vec<f64>,
    /// By what stands beside it, on both sides at once.
    pub beside: Vec<f64>,
}

impl Measuring {
    /// Stores the entries of the operator, O(m n) numbers.
    pub fn new(operator: Arc<dyn LinearOperator<f64>>) -> Self {
        let dense = Dense::of(&*operator);
        let columns = dense.matrix().as_slice().to_vec();
        Self { rows: dense.by_rows(), columns, operator }
    }

    /// `A`.
    pub fn operator(&self) -> &dyn LinearOperator<f64> {
        &*self.operator
    }

    /// `A x`.
    pub fn apply(&self, x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; self.operator.rows()];
        self.operator.apply(x, &mut image);
        image
    }

    /// `A^T y`.
    pub fn adjoint(&self, y: &[f64]) -> Vec<f64> {
        let mut back = vec![0.0; self.operator.cols()];
        self.operator.adjoint(y, &mut back);
        back
    }

    /// `T(z)`.
    ///
    /// # Errors
    /// [`Dependent`] when numbers are too large for `C` to have a factor.
    pub fn update(&self, z: &[f64], covariance: &Covariance, y: &[f64]) -> Result<GaussianUpdate, Dependent> {
        let (m, n) = (self.operator.rows(), self.operator.cols());
        let mut scaled = self.columns.clone();
        scaled.chunks_exact_mut(m).zip(z).for_each(|(column, z)| column.iter_mut().for_each(|a| *a *= z));
        let spread: Vec<f64> = self.rows.chunks_exact(n).flat_map(|row| covariance.apply(&times(row, z))).collect();
        let mut gram = vec![0.0; m * m];
        gemm((m, n, m), &scaled, &spread, &mut gram);
        let factor = Cholesky::new(m, |i, j| gram[j * m + i] + f64::from(u8::from(i == j)))?;
        let mut weights = y.to_vec();
        factor.solve(&mut weights);
        let pull = self.adjoint(&weights);
        let u = covariance.apply(&times(z, &pull));
        Ok(GaussianUpdate { u, factor, pull })
    }

    /// The derivative of a loss from its `gradient` by `u`.
    pub fn backward(
        &self,
        (z, covariance): (&[f64], &Covariance),
        update: &GaussianUpdate,
        gradient: &[f64],
    ) -> UpdateGradient {
        let mut solved = self.apply(&times(z, &covariance.apply(gradient)));
        update.factor.solve(&mut solved);
        let behind = self.adjoint(&solved);
        let left: Vec<f64> = gradient.iter().zip(z).zip(&behind).map(|((g, z), l)| g - z * l).collect();
        let right = times(z, &update.pull);
        let through = covariance.apply(&left);
        let scales = (0..z.len()).map(|i| update.pull[i] * through[i] - behind[i] * update.u[i]).collect();
        let beside = (0..covariance.beside.len()).map(|i| left[i] * right[i + 1] + left[i + 1] * right[i]).collect();
        UpdateGradient { scales, diagonal: times(&left, &right), beside }
    }
}

/// `x o y`, entry by entry.
pub fn times(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x * y).collect()
}
