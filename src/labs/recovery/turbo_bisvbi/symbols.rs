//! Data symbols given channels: linear estimates to begin with, then one user at a time.

use crate::kernels::dot;
use crate::linalg::Cholesky;
use num_complex::Complex64;
use std::f64::consts::FRAC_1_SQRT_2;

/// Mean-field sweeps over users.
const SWEEPS: usize = 3;

/// Soft symbols of all users at one subcarrier and slot, from what M antennas receive there.
///
/// `channels` has a row of M a user, `spread` the variance of each summed over antennas. O(K M) a sweep.
pub(super) fn detect(received: &[Complex64], channels: &[&[Complex64]], spread: &[f64], gamma: f64) -> Vec<Complex64> {
    let users = channels.len();
    let matched: Vec<Complex64> = channels.iter().map(|h| dot(h, received)).collect();
    let products: Vec<Vec<Complex64>> = channels.iter().map(|h| channels.iter().map(|g| dot(h, g)).collect()).collect();
    let mut soft = linear(&matched, &products, spread, gamma);
    for _ in 0..SWEEPS {
        for k in 0..users {
            let others: Complex64 = (0..users).filter(|&l| l != k).map(|l| products[k][l] * soft[l]).sum();
            soft[k] = mean((matched[k] - others) * (2.0 * gamma));
        }
    }
    soft
}

/// `(gamma H^* H + gamma diag(spread) + I)^{-1} gamma H^* y`.
pub(in crate::labs::recovery) fn linear(
    matched: &[Complex64],
    products: &[Vec<Complex64>],
    spread: &[f64],
    gamma: f64,
) -> Vec<Complex64> {
    let entry = |k: usize, l: usize| {
        let product = products[k][l] * gamma;
        if k == l { product + (1.0 + gamma * spread[k]) } else { product }
    };
    let mut soft: Vec<Complex64> = matched.iter().map(|b| b * gamma).collect();
    match Cholesky::new(matched.len(), entry) {
        Ok(factor) => factor.solve(&mut soft),
        Err(_) => soft.fill(Complex64::default()),
    }
    soft
}

/// `E s` where `log q(s) = Re(conj(s) field)`: parts of a symbol are independent.
fn mean(field: Complex64) -> Complex64 {
    let part = |field: f64| FRAC_1_SQRT_2 * libm::tanh(field * FRAC_1_SQRT_2);
    Complex64::new(part(field.re), part(field.im))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::recovery::isac::ALPHABET;
    use crate::signals::random::{Random, Stream};

    #[test]
    fn one_user_is_read_by_its_exact_posterior() {
        let mut random = Random::new(3, Stream::Probe);
        let h: Vec<Complex64> = (0..3).map(|_| random.normal_scalar()).collect();
        let y: Vec<Complex64> = (0..3).map(|_| random.normal_scalar()).collect();
        let gamma = 0.7;
        let likelihood = |s: Complex64| {
            let misfit: f64 = y.iter().zip(&h).map(|(y, h)| (y - h * s).norm_sqr()).sum();
            libm::exp(-gamma * misfit)
        };
        let total: f64 = ALPHABET.iter().map(|&s| likelihood(s)).sum();
        let exact: Complex64 = ALPHABET.iter().map(|&s| s * likelihood(s)).sum::<Complex64>() / total;
        // What the variance adds is the same for all symbols, which have one modulus.
        let read = detect(&y, &[&h], &[0.4], gamma)[0];
        assert!((read - exact).norm() < 1e-12, "{read} {exact}");
    }

    #[test]
    fn two_users_are_told_apart_without_noise() {
        let mut random = Random::new(5, Stream::Probe);
        let rows: Vec<Vec<Complex64>> = (0..2).map(|_| (0..8).map(|_| random.normal_scalar()).collect()).collect();
        for sent in ALPHABET.iter().flat_map(|&a| ALPHABET.map(|b| [a, b])) {
            let y: Vec<Complex64> = (0..8).map(|m| rows[0][m] * sent[0] + rows[1][m] * sent[1]).collect();
            let read = detect(&y, &[&rows[0], &rows[1]], &[0.0, 0.0], 1e3);
            assert!(read.iter().zip(sent).all(|(read, sent)| (read - sent).norm() < 1e-9));
        }
    }
}
