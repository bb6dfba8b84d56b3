//! The largest singular values of an operator, by products with a few vectors.

use super::LinearOperator;
use crate::kernels::{Scalar, axpy};
use crate::linalg::{IncrementalQr, Svd};
use crate::signals::random::Random;

/// Vectors beyond the wanted rank: what makes the wanted ones settle soon.
const OVERSAMPLE: usize = 8;

/// The `rank` largest singular values of `A` and their vectors, nearly: the space of `(A A^*)^powers A Omega` for a Gaussian `Omega` with
/// eight columns more than `rank`, and the exact decomposition within it. Exact up to rounding where A has no greater rank.
///
/// `2 powers + 2` products with `rank + 8` vectors each, and O((m + n) rank^2).
///
/// Halko, Martinsson and Tropp, "Finding structure with randomness" (2011), Algorithms 4.4 and 5.1.
pub fn randomized_svd<S: Scalar>(
    operator: &dyn LinearOperator<S>,
    rank: usize,
    powers: usize,
    random: &mut Random,
) -> Svd<S> {
    let width = (rank + OVERSAMPLE).min(operator.cols()).min(operator.rows());
    let start = (0..width).map(|_| (0..operator.cols()).map(|_| random.normal_scalar()).collect()).collect();
    subspace_svd(operator, start, powers).truncated(rank)
}

/// The same from a `start` of one's own, such as the right singular vectors of an operator that differs little; as many singular values
/// as it has independent columns.
pub fn subspace_svd<S: Scalar>(operator: &dyn LinearOperator<S>, start: Vec<Vec<S>>, powers: usize) -> Svd<S> {
    let (rows, cols) = (operator.rows(), operator.cols());
    let images = |vectors: &[Vec<S>]| -> Vec<Vec<S>> {
        let image = |x: &Vec<S>| {
            let mut y = vec![S::zero(); rows];
            operator.apply(x, &mut y);
            y
        };
        vectors.iter().map(image).collect()
    };
    let preimages = |vectors: &[Vec<S>]| -> Vec<Vec<S>> {
        let preimage = |y: &Vec<S>| {
            let mut x = vec![S::zero(); cols];
            operator.adjoint(y, &mut x);
            x
        };
        vectors.iter().map(preimage).collect()
    };
    let mut basis = orthonormal(&images(&start));
    for _ in 0..powers {
        basis = orthonormal(&images(&orthonormal(&preimages(&basis))));
    }
    // A is nearly Q (A^* Q)^*; with A^* Q = U s V^* the left singular vectors are Q V.
    let Svd { values, left, right } = Svd::new(preimages(&basis));
    let turn = |weights: &Vec<S>| {
        let mut sum = vec![S::zero(); rows];
        basis.iter().zip(weights).for_each(|(q, &weight)| axpy(weight, q, &mut sum));
        sum
    };
    Svd { values, left: right.iter().map(turn).collect(), right: left }
}

/// An orthonormal basis of what the columns span, in their order.
fn orthonormal<S: Scalar>(columns: &[Vec<S>]) -> Vec<Vec<S>> {
    let mut factors = IncrementalQr::new();
    for column in columns {
        // A column in the span of the others adds nothing.
        let _ = factors.push(column);
    }
    factors.directions().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::dot;
    use crate::operators::Dense;
    use crate::signals::random::Stream;

    #[test]
    fn a_matrix_of_low_rank_is_found_exactly() {
        let (rows, cols, rank) = (30, 22, 4);
        let mut random = Random::new(4, Stream::Probe);
        let mut factor =
            |n: usize| -> Vec<Vec<f64>> { (0..rank).map(|_| (0..n).map(|_| random.normal()).collect()).collect() };
        let (left, right) = (factor(rows), factor(cols));
        let entry = |i: usize, j: usize| (0..rank).fold(0.0, |sum, l| sum + left[l][i] * right[l][j]);
        let entries: Vec<f64> =
            (0..rows).flat_map(|i| (0..cols).map(move |j| (i, j))).map(|(i, j)| entry(i, j)).collect();
        let columns: Vec<Vec<f64>> = (0..cols).map(|j| (0..rows).map(|i| entry(i, j)).collect()).collect();
        let whole = Svd::new(columns).truncated(rank);
        let found = randomized_svd(&Dense::from_rows(rows, cols, &entries), 6, 1, &mut random);
        assert!(found.values.len() >= rank && found.values[rank..].iter().all(|&value| value < 1e-12));
        for i in 0..rank {
            assert!((found.values[i] - whole.values[i]).abs() < 1e-11);
            assert!((dot(&found.left[i], &whole.left[i]).abs() - 1.0).abs() < 1e-10);
            assert!((dot(&found.right[i], &whole.right[i]).abs() - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn powers_bring_a_slow_spectrum_nearer() {
        let n = 40;
        let diagonal: Vec<f64> =
            (0..n * n).map(|p| if p / n == p % n { 1.0 / (1.0 + (p / n) as f64) } else { 0.0 }).collect();
        let operator = Dense::from_rows(n, n, &diagonal);
        let error = |powers| {
            let found = randomized_svd(&operator, 3, powers, &mut Random::new(1, Stream::Probe));
            (0..3).map(|i| (found.values[i] - 1.0 / (1.0 + i as f64)).abs()).fold(0.0, f64::max)
        };
        assert!(error(4) < 1e-8 && error(4) < error(0) / 100.0, "{} {}", error(0), error(4));
    }
}
