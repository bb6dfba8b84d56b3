//! What methods that alternate between two factors share: where they start, and half a round.

use super::completion::{CompletionInstance, Entries, columns_of};
use super::row_solver::Solved;
use crate::linalg::{IncrementalQr, Svd};
use crate::operators::randomized_svd;
use crate::signals::random::Random;

/// Rounds of the subspace iteration behind the start.
const POWERS: usize = 3;

/// What half a round did.
#[derive(Clone, Debug, Default)]
pub(super) struct Half {
    /// Inner iterations of each row.
    pub(super) iterations: Vec<f64>,
    /// Rows that were left as they were: too little is seen of them.
    pub(super) skipped: usize,
    /// Multiplications.
    pub(super) work: f64,
}

/// The largest singular values of `P(M) / p` and their vectors.
pub(super) fn spectral_start(
    instance: &CompletionInstance,
    seen: &Entries,
    rank: usize,
    random: &mut Random,
) -> Svd<f64> {
    let share = seen.len() as f64 / (instance.rows * instance.cols) as f64;
    randomized_svd(&seen.operator(if share > 0.0 { 1.0 / share } else { 0.0 }), rank, POWERS, random)
}

/// For each of `targets` (lists of places and values) the row x that fits its values by the rows of `basis` in its places. What cannot be
/// solved for stays as it is in `rows`. Both matrices are stored row by row.
pub(super) fn half(
    targets: &[Vec<(usize, f64)>],
    basis: &[f64],
    rows: &mut [f64],
    rank: usize,
    mut solve: impl FnMut(&[Vec<f64>], &[f64]) -> Option<Solved>,
) -> Half {
    let mut half = Half::default();
    for (target, row) in targets.iter().zip(rows.chunks_exact_mut(rank)) {
        let column = |l: usize| target.iter().map(|&(place, _)| basis[place * rank + l]).collect();
        let columns: Vec<Vec<f64>> = (0..rank).map(column).collect();
        let wanted: Vec<f64> = target.iter().map(|entry| entry.1).collect();
        match solve(&columns, &wanted) {
            Some(solved) => {
                row.copy_from_slice(&solved.x);
                half.iterations.push(solved.iterations as f64);
                half.work += solved.work;
            }
            None => {
                half.iterations.push(0.0);
                half.skipped += 1;
            }
        }
    }
    half
}

/// An orthonormal basis of the span of a matrix's columns, row by row. Where columns depend on each other unit vectors fill it up, so
/// that it has as many columns as the matrix.
pub(super) fn orthonormal(entries: &[f64], rank: usize) -> Vec<f64> {
    let rows = entries.len() / rank;
    let mut factors = IncrementalQr::new();
    for column in columns_of(entries, rank) {
        let _ = factors.push(&column);
    }
    let mut unit = 0;
    while factors.len() < rank {
        let mut column = vec![0.0; rows];
        column[unit] = 1.0;
        let _ = factors.push(&column);
        unit += 1;
    }
    (0..rows).flat_map(|i| factors.directions().iter().map(move |q| q[i])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_basis_is_filled_up() {
        let entries = [1.0, 2.0, 0.0, 0.0, 1.0, 2.0, 1.0, 2.0];
        let basis = columns_of(&orthonormal(&entries, 2), 2);
        for (i, u) in basis.iter().enumerate() {
            for (j, v) in basis.iter().enumerate() {
                let wanted = if i == j { 1.0 } else { 0.0 };
                assert!((crate::kernels::dot(u, v) - wanted).abs() < 1e-14);
            }
        }
        assert!((basis[0][2] - 1.0 / 3.0_f64.sqrt()).abs() < 1e-14);
    }
}
