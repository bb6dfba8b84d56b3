//! The posterior of an array whose prior variances are a product, without its large matrices.
//!
//! ```text
//! A_i G_i A_i^* = U_i diag(p_i) U_i^*,  G_i = diag(gamma_i)      an eigenvalue problem an index
//! D      = 1 / (s2 + p_1 (x) ... (x) p_I)                        C = s2 I + A Gamma A^* has these inverse eigenvalues
//! B_i    = G_i A_i^* U_i
//! x      = (B_1 (x) ... (x) B_I) (D o (U_1 (x) ... (x) U_I)^* y)
//! S_nn   = gamma_n - ((|B_1|^2 (x) ... (x) |B_I|^2) D)_n
//! ```
//!
//! Eigenvectors of the eigenvalue zero are left out: their columns of `B_i` are zero. O(sum m_i^3 + m n_1) or so, in place
//! of O(m^2 n).

use crate::kernels::{Scalar, axpy, dot};
use crate::linalg::HermitianEigen;
use crate::operators::{Dense, KroneckerProduct, LinearOperator, entrywise_square};

/// Means and variances of all entries, and how likely the measurements are.
pub(super) struct Posterior<S> {
    pub(super) means: Vec<S>,
    pub(super) variances: Vec<f64>,
    /// `log det C + y^* C^{-1} y`.
    pub(super) objective: f64,
}

/// The posterior under prior variances `gammas[0] (x) ... (x) gammas[I - 1]` and noise of variance `noise > 0`.
pub(super) fn posterior<S: Scalar>(
    operator: &KroneckerProduct<S>,
    measurements: &[S],
    gammas: &[Vec<f64>],
    noise: f64,
) -> Posterior<S> {
    let sides: Vec<Side<S>> =
        operator.factors().iter().zip(gammas).map(|(factor, gamma)| side(factor, gamma)).collect();
    let product =
        |pick: fn(&Side<S>) -> &Dense<S>| KroneckerProduct::new(sides.iter().map(|s| pick(s).clone()).collect());
    let (turns, gains) = (product(|side| &side.vectors), product(|side| &side.gains));
    let levels = outer(&sides.iter().map(|side| side.values.clone()).collect::<Vec<_>>());
    let mut turned = vec![S::zero(); turns.cols()];
    turns.adjoint(measurements, &mut turned);
    let inverse: Vec<f64> = levels.iter().map(|level| 1.0 / (noise + level)).collect();
    let weighted: Vec<S> = turned.iter().zip(&inverse).map(|(&z, &d)| z * d).collect();
    let mut means = vec![S::zero(); gains.rows()];
    gains.apply(&weighted, &mut means);
    let squares = KroneckerProduct::new(gains.factors().iter().map(|gain| entrywise_square(gain)).collect());
    let mut determined = vec![0.0; means.len()];
    squares.apply(&inverse, &mut determined);
    let variances = outer(gammas).iter().zip(&determined).map(|(gamma, seen)| (gamma - seen).max(0.0)).collect();
    // What lies outside the eigenvectors has the variance of the noise alone.
    let inside: f64 = turned.iter().zip(&inverse).map(|(z, d)| z.abs_squared() * d).sum();
    let outside = (S::norm_squared(measurements) - S::norm_squared(&turned)).max(0.0) / noise;
    let free = measurements.len() - levels.len();
    let logs: f64 = levels.iter().map(|level| libm::log(noise + level)).sum();
    Posterior { means, variances, objective: logs + free as f64 * libm::log(noise) + inside + outside }
}

/// What the posterior needs of one index.
struct Side<S: Scalar> {
    /// p.
    values: Vec<f64>,
    /// U.
    vectors: Dense<S>,
    /// B.
    gains: Dense<S>,
}

fn side<S: Scalar>(factor: &Dense<S>, gamma: &[f64]) -> Side<S> {
    let (rows, cols) = (factor.rows(), factor.cols());
    let mut covariance = vec![vec![S::zero(); rows]; rows];
    for (j, &variance) in gamma.iter().enumerate().filter(|(_, variance)| **variance > 0.0) {
        let column = factor.column_slice(j);
        for (into, entry) in covariance.iter_mut().zip(column) {
            axpy(entry.conj() * variance, column, into);
        }
    }
    let eigen = HermitianEigen::new(covariance);
    let rank = eigen.values.len();
    let gain = |vector: &Vec<S>| {
        let column = |j: usize| dot(factor.column_slice(j), vector) * gamma[j];
        (0..cols).map(column).collect::<Vec<S>>()
    };
    let gains = eigen.vectors.iter().flat_map(gain).collect();
    Side {
        gains: Dense::from_columns(cols, rank, gains),
        vectors: Dense::from_columns(rows, rank, eigen.vectors.concat()),
        values: eigen.values,
    }
}

/// `a (x) b (x) ...`, the first index slowest.
pub(super) fn outer(vectors: &[Vec<f64>]) -> Vec<f64> {
    vectors.iter().fold(vec![1.0], |array, vector| {
        array.iter().flat_map(|left| vector.iter().map(move |right| left * right)).collect()
    })
}
