//! An operator whose columns are rescaled, most often to unit norm.

use super::LinearOperator;
use crate::kernels::Scalar;

/// `A D` with `D` diagonal and real.
pub struct ColumnScaled<A> {
    operator: A,
    scales: Vec<f64>,
    /// Of the scaled columns.
    norms: Vec<f64>,
}

impl<A> ColumnScaled<A> {
    /// Column `j` of `operator` times `scales[j]`. Asks for the norms of all columns.
    ///
    /// # Panics
    /// When there are not as many scales as columns.
    pub fn new<S: Scalar>(operator: A, scales: Vec<f64>) -> Self
    where
        A: LinearOperator<S>,
    {
        assert_eq!(operator.cols(), scales.len());
        let norms = operator.column_norms().iter().zip(&scales).map(|(norm, scale)| norm * scale.abs()).collect();
        Self { operator, scales, norms }
    }

    /// Scales every column of `operator` that is not zero to unit norm.
    pub fn to_unit_norm<S: Scalar>(operator: A) -> Self
    where
        A: LinearOperator<S>,
    {
        let (scales, norms) = operator
            .column_norms()
            .into_iter()
            .map(|norm| if norm > 0.0 { (1.0 / norm, 1.0) } else { (1.0, norm) })
            .unzip();
        Self { operator, scales, norms }
    }
}

impl<S: Scalar, A: LinearOperator<S>> LinearOperator<S> for ColumnScaled<A> {
    fn rows(&self) -> usize {
        self.operator.rows()
    }

    fn cols(&self) -> usize {
        self.operator.cols()
    }

    fn flops(&self) -> f64 {
        self.operator.flops() + S::PARTS * self.operator.cols() as f64
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let scaled: Vec<S> = x.iter().zip(&self.scales).map(|(&x, &scale)| x * scale).collect();
        self.operator.apply(&scaled, y);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        self.operator.adjoint(y, x);
        for (x, &scale) in x.iter_mut().zip(&self.scales) {
            *x = *x * scale;
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        self.operator.column(j, column);
        for entry in column {
            *entry = *entry * self.scales[j];
        }
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        let mut scaled = vec![S::zero(); x.len()];
        for &j in support {
            scaled[j] = x[j] * self.scales[j];
        }
        self.operator.apply_on(&scaled, support, y);
    }

    fn column_norms(&self) -> Vec<f64> {
        self.norms.clone()
    }
}
