//! How prior variances that are a product follow what the posterior expects of all entries.
//!
//! All updates are for `min sum_n log gamma_n + d_n / gamma_n` with `gamma = gamma_1 (x) ... (x) gamma_I` and the expected
//! squares `d = |x|^2 + diag S`, an array. Factors but the last have unit norm. Entries that are zero stay zero.

use super::kronecker_evidence::outer;
use crate::kernels::{axpy, distance, dot, norm};
use crate::linalg::{HermitianEigen, nonnegative_least_squares};

/// What is added to coupled variances, so that each can grow again.
const COUPLED_FLOOR: f64 = 1e-5;

/// One cycle of alternating minimisation: `gamma_i = (sum_{j != i} d / gamma_j) / prod_{j != i} n_j` for each index in turn.
/// Returns the relative change of the product.
pub(super) fn alternate(d: &[f64], gammas: &mut [Vec<f64>]) -> f64 {
    let before = outer(gammas);
    for i in 0..gammas.len() {
        gammas[i] = against_others(d, gammas, i);
        normalise(gammas);
    }
    change(&before, &outer(gammas))
}

/// The best rank-one approximation of d, unfolded along the first index, then of its right factor, and so on. Returns the
/// share of `|d|^2` in the first one.
pub(super) fn by_rank_one(d: &[f64], gammas: &mut [Vec<f64>]) -> f64 {
    let mut rest = d.to_vec();
    let mut share = 1.0;
    for i in 0..gammas.len() - 1 {
        let rows: Vec<&[f64]> = rest.chunks_exact(rest.len() / gammas[i].len()).collect();
        let gram = rows.iter().map(|a| rows.iter().map(|b| dot(a, b)).collect()).collect();
        let eigen = HermitianEigen::<f64>::new(gram);
        let Some(left) = eigen.vectors.first() else { return share };
        let total: f64 = eigen.values.iter().sum();
        if i == 0 {
            share = eigen.values[0] / total;
        }
        // d has no negative entries, so neither have its singular vectors, up to one common sign.
        let mut right = vec![0.0; rows[0].len()];
        rows.iter().zip(left).for_each(|(row, u)| axpy(u.abs(), row, &mut right));
        gammas[i] = left.iter().map(|u| u.abs()).collect();
        rest = right;
    }
    if let Some(last) = gammas.last_mut() {
        *last = rest;
    }
    share
}

/// One cycle with neighbours coupled: along index i with `coupled[i]` prior variances are `C weights_i` and a little, C
/// tridiagonal with ones and `coupling`, and the weights are fitted to what alternating minimisation asks for.
pub(super) fn alternate_coupled(d: &[f64], gammas: &mut [Vec<f64>], coupled: &[bool], coupling: f64) -> f64 {
    let before = outer(gammas);
    for i in 0..gammas.len() {
        let wanted = against_others(d, gammas, i);
        let size = norm(&wanted);
        let next = if coupled[i] && size > 0.0 { smoothed(&wanted, size, coupling) } else { wanted };
        // What was dropped stays so, whatever its neighbours say.
        gammas[i] = next.into_iter().zip(&gammas[i]).map(|(next, &old)| if old > 0.0 { next } else { 0.0 }).collect();
        normalise(gammas);
    }
    change(&before, &outer(gammas))
}

fn smoothed(wanted: &[f64], size: f64, coupling: f64) -> Vec<f64> {
    let n = wanted.len();
    let column = |j: usize| {
        let entry = |i: usize| if i == j { 1.0 } else { f64::from(u8::from(i.abs_diff(j) == 1)) * coupling };
        (0..n).map(entry).collect::<Vec<f64>>()
    };
    let columns: Vec<Vec<f64>> = (0..n).map(column).collect();
    let weights = nonnegative_least_squares(&columns, wanted);
    let mut sum = vec![COUPLED_FLOOR * size; n];
    columns.iter().zip(&weights).for_each(|(column, &weight)| axpy(weight, column, &mut sum));
    sum
}

/// The mean over all other indices of d over their variances, zeros left out.
fn against_others(d: &[f64], gammas: &[Vec<f64>], i: usize) -> Vec<f64> {
    let inverse = |gamma: &Vec<f64>| gamma.iter().map(|&g| if g > 0.0 { 1.0 / g } else { 0.0 }).collect();
    let others: Vec<Vec<f64>> = gammas.iter().map(inverse).collect();
    let (before, after) = (outer(&others[..i]), outer(&others[i + 1..]));
    let active = |weights: &[f64]| weights.iter().filter(|w| **w > 0.0).count().max(1);
    let count = active(&before) * active(&after);
    let mut sums = vec![0.0; gammas[i].len()];
    for (part, &weight) in d.chunks_exact(sums.len() * after.len()).zip(&before) {
        for ((sum, line), &own) in sums.iter_mut().zip(part.chunks_exact(after.len())).zip(&gammas[i]) {
            if own > 0.0 {
                *sum += weight * dot(line, &after);
            }
        }
    }
    sums.into_iter().map(|sum| sum / count as f64).collect()
}

/// Gives all factors but the last unit norm, and the last the rest.
fn normalise(gammas: &mut [Vec<f64>]) {
    let Some((last, others)) = gammas.split_last_mut() else { return };
    for gamma in others {
        let size = norm(gamma);
        if size > 0.0 {
            gamma.iter_mut().for_each(|g| *g /= size);
            last.iter_mut().for_each(|g| *g *= size);
        }
    }
}

/// Relative change between two arrays.
pub(super) fn change(before: &[f64], after: &[f64]) -> f64 {
    distance(before, after) / norm(before).max(f64::MIN_POSITIVE)
}

/// Sets to zero what is below `least` of the largest entry of its factor.
pub(super) fn prune(gammas: &mut [Vec<f64>], least: f64) {
    for gamma in gammas {
        let most = gamma.iter().fold(0.0_f64, |most, &g| most.max(g));
        gamma.iter_mut().filter(|g| **g < least * most).for_each(|g| *g = 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::{Random, Stream};

    fn array() -> (Vec<f64>, Vec<Vec<f64>>) {
        let mut random = Random::new(4, Stream::Probe);
        let mut draw = |count: usize| (0..count).map(|_| 0.2 + random.uniform()).collect::<Vec<f64>>();
        (draw(24), vec![draw(2), draw(3), draw(4)])
    }

    fn cost(d: &[f64], gammas: &[Vec<f64>]) -> f64 {
        outer(gammas).iter().zip(d).map(|(g, d)| libm::log(*g) + d / g).sum()
    }

    #[test]
    fn alternating_minimisation_ends_where_nothing_is_lower() {
        let (d, mut gammas) = array();
        let mut last = cost(&d, &gammas);
        for _ in 0..200 {
            alternate(&d, &mut gammas);
            let now = cost(&d, &gammas);
            assert!(now <= last + 1e-12);
            last = now;
        }
        for i in 0..3 {
            for j in 0..gammas[i].len() {
                let mut moved = gammas.clone();
                for factor in [1.0 - 1e-4, 1.0 + 1e-4] {
                    moved[i][j] = gammas[i][j] * factor;
                    assert!(cost(&d, &moved) > last);
                }
            }
        }
    }

    #[test]
    fn both_updates_find_a_product_again() {
        let (_, truth) = array();
        let d = outer(&truth);
        for update in [alternate, by_rank_one] {
            let mut gammas = vec![vec![1.0; 2], vec![1.0; 3], vec![1.0; 4]];
            (0..50).for_each(|_| {
                update(&d, &mut gammas);
            });
            assert!(change(&d, &outer(&gammas)) < 1e-12);
            assert!((norm(&gammas[0]) - 1.0).abs() < 1e-12 && (norm(&gammas[1]) - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn zeros_stay_zero() {
        let (d, mut gammas) = array();
        gammas[1][2] = 0.0;
        alternate(&d, &mut gammas);
        assert!(gammas[1][2] == 0.0 && outer(&gammas).iter().filter(|g| **g > 0.0).count() == 16);
    }
}
