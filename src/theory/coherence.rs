//! Coherence: how alike the columns of a matrix are, and what sparsity that guarantees.
//!
//! ```text
//! mu      = max over i != j of |<a_i, a_j>| / (|a_i| |a_j|)
//! mu_1(k) = max over |S| = k, j not in S, of sum over i in S of |<a_i, a_j>| / (|a_i| |a_j|)   <=   k mu
//! ```
//!
//! OMP and basis pursuit recover every k-sparse signal, which is then unique, when `k < (1 + 1/mu) / 2`, or when
//! `mu_1(k) + mu_1(k - 1) < 1`. Columns that are zero are left out: no measurement sees them.
//!
//! Donoho and Elad, "Optimally sparse representation in general (nonorthogonal) dictionaries" (2003); Tropp, "Greed is
//! good" (2004); Welch, "Lower bounds on the maximum cross correlation of signals" (1974).

use crate::kernels::{Scalar, dot};
use crate::operators::LinearOperator;
pub use crate::operators::sensing::welch_bound;

/// `mu`, in [0, 1] up to rounding; zero when fewer than two columns are not zero. O(m n^2).
pub fn mutual_coherence<S: Scalar>(operator: &dyn LinearOperator<S>) -> f64 {
    let columns = unit_columns(operator);
    let pairs = columns.iter().enumerate().flat_map(|(j, a)| columns[..j].iter().map(move |b| dot(a, b).abs()));
    pairs.fold(0.0, f64::max)
}

/// The babel function: entry `k - 1` is `mu_1(k)`, for `k` up to `most` and to the number of other columns.
/// O(m n^2 + n^2 log n).
pub fn babel<S: Scalar>(operator: &dyn LinearOperator<S>, most: usize) -> Vec<f64> {
    let columns = unit_columns(operator);
    let mut largest = vec![0.0_f64; most.min(columns.len().saturating_sub(1))];
    for (j, a) in columns.iter().enumerate() {
        let others = columns.iter().enumerate().filter(|&(i, _)| i != j);
        let mut alike: Vec<f64> = others.map(|(_, b)| dot(a, b).abs()).collect();
        alike.sort_unstable_by(|x, y| y.total_cmp(x));
        let mut sum = 0.0;
        for (largest, alike) in largest.iter_mut().zip(alike) {
            sum += alike;
            *largest = largest.max(sum);
        }
    }
    largest
}

/// The largest k with `k < (1 + 1/mu) / 2`; `usize::MAX` for `mu = 0`, where columns are orthogonal.
pub fn guaranteed_sparsity(mu: f64) -> usize {
    // A float-to-int cast saturates, and at mu = 0 the bound is infinite.
    ((0.5 * (1.0 + 1.0 / mu)).ceil() - 1.0) as usize
}

/// The largest k with `mu_1(k) + mu_1(k - 1) < 1`, given `mu_1(1), mu_1(2), ...`; never less than what
/// [`guaranteed_sparsity`] says, as far as `babel` reaches.
pub fn guaranteed_by_babel(babel: &[f64]) -> usize {
    let before = std::iter::once(0.0).chain(babel.iter().copied());
    babel.iter().zip(before).take_while(|(at, before)| *at + before < 1.0).count()
}

/// The columns that are not zero, scaled to unit norm.
pub(super) fn unit_columns<S: Scalar>(operator: &dyn LinearOperator<S>) -> Vec<Vec<S>> {
    let norms = operator.column_norms();
    let seen = (0..operator.cols()).filter(|&j| norms[j] > 0.0);
    seen.map(|j| {
        let mut column = vec![S::zero(); operator.rows()];
        operator.column(j, &mut column);
        column.iter_mut().for_each(|entry| *entry = *entry / norms[j]);
        column
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::Dense;
    use crate::signals::random::{Random, Stream};
    use num_complex::Complex64;

    /// m + 1 vectors in m dimensions, from the centre of a regular simplex to its corners.
    fn simplex(m: usize) -> Dense<f64> {
        // Corners e_j - 1/(m+1), written in an orthonormal basis of the sum-zero subspace (Helmert's).
        let mut entries = Vec::new();
        for j in 0..=m {
            for i in 1..=m {
                let scale = 1.0 / ((i * (i + 1)) as f64).sqrt();
                entries.push(if j < i {
                    scale
                } else if j == i {
                    -(i as f64) * scale
                } else {
                    0.0
                });
            }
        }
        Dense::from_columns(m, m + 1, entries)
    }

    /// Rows {1, 2, 4} of the Fourier matrix of order 7: a difference set makes an equiangular tight frame.
    fn harmonic() -> Dense<Complex64> {
        let angle = |i: usize, j: usize| std::f64::consts::TAU * ((i * j) % 7) as f64 / 7.0;
        let entries =
            (0..7).flat_map(|j| [1, 2, 4].map(|i| Complex64::new(libm::cos(angle(i, j)), libm::sin(angle(i, j)))));
        Dense::from_columns(3, 7, entries.collect())
    }

    #[test]
    fn equiangular_tight_frames_attain_the_welch_bound() {
        for m in [2, 3, 8] {
            let mu = mutual_coherence(&simplex(m));
            assert!((mu - 1.0 / m as f64).abs() < 1e-14 && (mu - welch_bound(m, m + 1)).abs() < 1e-14, "{m}: {mu}");
        }
        let mu = mutual_coherence(&harmonic());
        assert!((mu - 2.0_f64.sqrt() / 3.0).abs() < 1e-14 && (mu - welch_bound(3, 7)).abs() < 1e-14);
    }

    fn gaussian(rows: usize, cols: usize) -> Dense<f64> {
        let mut random = Random::new(5, Stream::Matrix);
        Dense::from_columns(rows, cols, (0..rows * cols).map(|_| random.normal()).collect())
    }

    #[test]
    fn is_what_the_definitions_say() {
        let a = gaussian(6, 9);
        let cosine = |i: usize, j: usize| {
            let (x, y) = (a.column_slice(i), a.column_slice(j));
            let sum = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
            (sum(x, y) / (sum(x, x) * sum(y, y)).sqrt()).abs()
        };
        let mut by_hand = [0.0_f64; 3];
        for set in 0_u32..1 << 9 {
            let k = set.count_ones() as usize;
            if !(1..=3).contains(&k) {
                continue;
            }
            for j in (0..9).filter(|j| set >> j & 1 == 0) {
                let sum = (0..9).filter(|i| set >> i & 1 == 1).map(|i| cosine(i, j)).sum::<f64>();
                by_hand[k - 1] = by_hand[k - 1].max(sum);
            }
        }
        let found = babel(&a, 3);
        assert!(found.iter().zip(by_hand).all(|(x, y)| (x - y).abs() < 1e-14), "{found:?} {by_hand:?}");
        let mu = mutual_coherence(&a);
        assert_eq!(found[0].to_bits(), mu.to_bits());
        assert!(mu >= welch_bound(6, 9));
        assert!(found.iter().zip(1..).all(|(babel, k)| *babel <= f64::from(k) * mu + 1e-14));
    }

    #[test]
    fn guarantees_are_strict() {
        // (1 + 1/mu) / 2 is 2 at mu = 1/3: k = 2 itself is not covered.
        assert_eq!((guaranteed_sparsity(1.0 / 3.0), guaranteed_sparsity(0.33), guaranteed_sparsity(1.0)), (1, 2, 0));
        assert_eq!(guaranteed_sparsity(0.0), usize::MAX);
        assert_eq!(guaranteed_by_babel(&[0.2, 0.3, 0.8]), 2);
        assert_eq!(guaranteed_by_babel(&[1.0]), 0);
        let a = simplex(9);
        assert_eq!(guaranteed_by_babel(&babel(&a, 9)), guaranteed_sparsity(mutual_coherence(&a)));
    }

    #[test]
    fn zero_columns_and_single_columns_are_no_trouble() {
        let a = Dense::from_columns(2, 3, vec![1.0, 0.0, 0.0, 0.0, 0.6, 0.8]);
        assert!((mutual_coherence(&a) - 0.6).abs() < 1e-15);
        assert_eq!(babel(&a, 5).len(), 1);
        assert_eq!(mutual_coherence(&Dense::from_columns(1, 1, vec![3.0])), 0.0);
        assert!(babel(&Dense::<f64>::from_columns(1, 0, vec![]), 5).is_empty());
        assert_eq!((welch_bound(4, 4), welch_bound(0, 0)), (0.0, 0.0));
    }
}
