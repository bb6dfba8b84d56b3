//! Kronecker products of stored matrices, applied one factor after the other.

use super::{Dense, LinearOperator};
use crate::kernels::Scalar;

/// `A_1 (x) ... (x) A_I`, with `A_i` of m_i x n_i.
///
/// Vectors are arrays of I indices, the first one slowest. A product goes through the array once a factor, from the last
/// to the first, and its adjoint from the first to the last: O(m_1 ... m_{i-1} n_i ... n_I m_i) in total at most, and no
/// more than the factors are stored.
pub struct KroneckerProduct<S: Scalar> {
    factors: Vec<Dense<S>>,
}

impl<S: Scalar> KroneckerProduct<S> {
    /// # Panics
    /// When there are no factors.
    pub fn new(factors: Vec<Dense<S>>) -> Self {
        assert!(!factors.is_empty());
        Self { factors }
    }

    /// The factors.
    pub fn factors(&self) -> &[Dense<S>] {
        &self.factors
    }

    /// `A_i` along index i of `array`, which has `inner` entries for each value of the indices up to i.
    fn along(factor: &Dense<S>, array: &[S], inner: usize) -> Vec<S> {
        let (rows, cols) = (factor.rows(), factor.cols());
        let mut image = vec![S::zero(); array.len() / cols * rows];
        for (image, part) in image.chunks_exact_mut(rows * inner).zip(array.chunks_exact(cols * inner)) {
            if inner == 1 {
                factor.apply(part, image);
                continue;
            }
            for (j, line) in part.chunks_exact(inner).enumerate() {
                for (image, &entry) in image.chunks_exact_mut(inner).zip(factor.column_slice(j)) {
                    S::axpy(entry, line, image);
                }
            }
        }
        image
    }

    /// `A_i^*` along index i.
    fn back_along(factor: &Dense<S>, array: &[S], inner: usize) -> Vec<S> {
        let (rows, cols) = (factor.rows(), factor.cols());
        let mut image = vec![S::zero(); array.len() / rows * cols];
        for (image, part) in image.chunks_exact_mut(cols * inner).zip(array.chunks_exact(rows * inner)) {
            if inner == 1 {
                factor.adjoint(part, image);
                continue;
            }
            for (j, image) in image.chunks_exact_mut(inner).enumerate() {
                for (line, &entry) in part.chunks_exact(inner).zip(factor.column_slice(j)) {
                    S::axpy(entry.conj(), line, image);
                }
            }
        }
        image
    }

    /// Entries of all indices after i.
    fn after(&self, i: usize, size: impl Fn(&Dense<S>) -> usize) -> usize {
        self.factors[i + 1..].iter().map(size).product()
    }
}

impl<S: Scalar> LinearOperator<S> for KroneckerProduct<S> {
    fn rows(&self) -> usize {
        self.factors.iter().map(LinearOperator::rows).product()
    }

    fn cols(&self) -> usize {
        self.factors.iter().map(LinearOperator::cols).product()
    }

    fn flops(&self) -> f64 {
        let (mut flops, mut size) = (0.0, self.cols());
        for factor in self.factors.iter().rev() {
            flops += S::MULTIPLY_ADD * (factor.rows() * size) as f64;
            size = size / factor.cols() * factor.rows();
        }
        flops
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let mut array = x.to_vec();
        for (i, factor) in self.factors.iter().enumerate().rev() {
            array = Self::along(factor, &array, self.after(i, LinearOperator::rows));
        }
        y.copy_from_slice(&array);
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        let mut array = y.to_vec();
        for (i, factor) in self.factors.iter().enumerate() {
            array = Self::back_along(factor, &array, self.after(i, LinearOperator::rows));
        }
        x.copy_from_slice(&array);
    }

    fn column(&self, j: usize, column: &mut [S]) {
        let mut product = vec![S::from_real(1.0)];
        let mut rest = self.cols();
        for factor in &self.factors {
            let before = rest;
            rest /= factor.cols();
            let entries = factor.column_slice(j % before / rest);
            product = product.iter().flat_map(|&left| entries.iter().map(move |&right| left * right)).collect();
        }
        column.copy_from_slice(&product);
    }

    fn column_norms(&self) -> Vec<f64> {
        let mut norms = vec![1.0];
        for factor in &self.factors {
            let own = factor.column_norms();
            norms = norms.iter().flat_map(|left| own.iter().map(move |right| left * right)).collect();
        }
        norms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::distance;
    use crate::operators::adjoint_mismatch;
    use crate::signals::random::{Random, Stream};
    use num_complex::Complex64;

    #[test]
    fn three_factors_are_the_matrix_of_their_products() {
        let mut random = Random::new(1, Stream::Probe);
        let mut factor =
            |rows, cols| Dense::from_columns(rows, cols, (0..rows * cols).map(|_| random.normal_scalar()).collect());
        let factors: Vec<Dense<Complex64>> = vec![factor(2, 3), factor(4, 2), factor(3, 5)];
        let product = KroneckerProduct::new(factors);
        assert_eq!((product.rows(), product.cols()), (24, 30));
        assert!(adjoint_mismatch(&product, 1) < 1e-14);
        let by_hand = |i: usize, j: usize| {
            let [a, b, c] = [0, 1, 2].map(|k| product.factors()[k].matrix());
            a[(i / 12, j / 10)] * b[(i / 3 % 4, j / 5 % 2)] * c[(i % 3, j % 5)]
        };
        let (mut unit, mut image, mut column) =
            (vec![Complex64::default(); 30], vec![Complex64::default(); 24], vec![Complex64::default(); 24]);
        for j in 0..30 {
            unit.fill(Complex64::default());
            unit[j] = Complex64::from(1.0);
            product.apply(&unit, &mut image);
            product.column(j, &mut column);
            let expected: Vec<Complex64> = (0..24).map(|i| by_hand(i, j)).collect();
            assert!(distance(&image, &expected) < 1e-14 && distance(&column, &expected) < 1e-14);
            assert!((product.column_norms()[j] - crate::kernels::norm(&expected)).abs() < 1e-14);
        }
    }
}
