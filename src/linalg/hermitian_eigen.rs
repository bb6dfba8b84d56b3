//! Eigenvalues and eigenvectors of a Hermitian positive semidefinite matrix.

use super::jacobi::{MOST_SWEEPS, NEGLIGIBLE, Rotation};
use crate::kernels::{Scalar, axpy, dot, norm};

/// `C = sum_i values[i] u_i u_i^*` over the eigenvalues that are not zero, largest first.
#[derive(Clone, Debug)]
pub struct HermitianEigen<S> {
    /// The eigenvalues.
    pub values: Vec<f64>,
    /// `u_i`, orthonormal.
    pub vectors: Vec<Vec<S>>,
}

impl<S: Scalar> HermitianEigen<S> {
    /// By one-sided Jacobi rotations (Hestenes 1958), O(n^3) a sweep: the columns of `C V` are made orthogonal, and
    /// are then `values[i] u_i`, as V becomes the matrix of eigenvectors itself.
    pub fn new(columns: Vec<Vec<S>>) -> Self {
        let mut columns = columns;
        let tiny = NEGLIGIBLE * columns.iter().map(|column| norm(column)).fold(0.0, f64::max);
        for _sweep in 0..MOST_SWEEPS {
            let mut turned = false;
            for j in 1..columns.len() {
                let (head, tail) = columns.split_at_mut(j);
                for other in head {
                    if let Some(rotation) = Rotation::between(other, &tail[0], tiny) {
                        rotation.turn(other, &mut tail[0]);
                        turned = true;
                    }
                }
            }
            if !turned {
                break;
            }
        }
        let mut pairs: Vec<(f64, Vec<S>)> = columns.into_iter().map(|column| (norm(&column), column)).collect();
        pairs.retain(|(size, _)| *size > tiny);
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0));
        let unit = |(size, column): (f64, Vec<S>)| (size, column.iter().map(|&entry| entry / size).collect());
        let (values, vectors) = pairs.into_iter().map(unit).unzip();
        Self { values, vectors }
    }

    /// `sum_i f(values[i]) u_i u_i^* b`, in O(n^2).
    pub fn apply(&self, f: impl Fn(f64) -> f64, b: &[S]) -> Vec<S> {
        let mut sum = vec![S::zero(); b.len()];
        for (&value, vector) in self.values.iter().zip(&self.vectors) {
            axpy(dot(vector, b) * f(value), vector, &mut sum);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::{Random, Stream};
    use num_complex::Complex64;

    fn check<S: Scalar>(rows: usize, rank: usize) {
        let mut random = Random::new(1, Stream::Probe);
        let factor: Vec<Vec<S>> = (0..rows).map(|_| (0..rank).map(|_| random.normal_scalar()).collect()).collect();
        let entry = |i: usize, j: usize| dot(&factor[j], &factor[i]);
        let columns = (0..rows).map(|j| (0..rows).map(|i| entry(i, j)).collect()).collect();
        let eigen = HermitianEigen::<S>::new(columns);
        assert_eq!(eigen.values.len(), rank.min(rows));
        let trace: f64 = (0..rows).map(|i| entry(i, i).re()).sum();
        assert!((eigen.values.iter().sum::<f64>() - trace).abs() < 1e-12 * trace);
        for (i, u) in eigen.vectors.iter().enumerate() {
            for (j, v) in eigen.vectors.iter().enumerate() {
                let expected = S::from_real(if i == j { 1.0 } else { 0.0 });
                assert!((dot(u, v) - expected).abs() < 1e-12);
            }
        }
        let b: Vec<S> = (0..rows).map(|_| random.normal_scalar()).collect();
        let image = eigen.apply(|value| value, &b);
        for (i, &found) in image.iter().enumerate() {
            let row: Vec<S> = (0..rows).map(|j| entry(i, j).conj()).collect();
            assert!((found - dot(&row, &b)).abs() < 1e-11 * trace);
        }
    }

    #[test]
    fn matrices_come_apart_and_together() {
        check::<f64>(13, 20);
        check::<f64>(9, 4);
        check::<Complex64>(11, 15);
        check::<Complex64>(1, 1);
    }
}
