//! Restricted isometry: how far k columns can be from orthonormal.
//!
//! ```text
//! delta_k = max over |S| = k of |A_S^* A_S - I|_2           columns scaled to unit norm
//! ```
//!
//! No fast algorithm finds it in general (Bandeira, Dobriban, Mixon and Sawin 2013), so [`search`] gives a lower bound
//! with the support that attains it: exact where all supports can be looked at. Upper bounds are `(k - 1) mu` and the
//! babel function `mu_1(k - 1)`. Basis pursuit recovers all k-sparse signals when `delta_2k < 1/sqrt 2` (Cai and Zhang
//! 2014).

use crate::kernels::{Scalar, dot};
use crate::linalg::HermitianEigen;
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};

/// What a search for `delta_k` found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// `|A_S^* A_S - I|_2` of the support: `delta_k` is at least this.
    pub delta: f64,
    /// The support, ascending.
    pub support: Vec<usize>,
    /// Whether all supports were looked at, so that `delta` is `delta_k` itself.
    pub exact: bool,
}

/// Gram matrix of the unit columns of an operator; columns that are zero are left out.
#[derive(Clone, Debug)]
pub struct Gram<S> {
    size: usize,
    entries: Vec<S>,
}

impl<S: Scalar> Gram<S> {
    /// O(m n^2).
    pub fn of(operator: &dyn LinearOperator<S>) -> Self {
        let columns = super::coherence::unit_columns(operator);
        let size = columns.len();
        let mut entries = vec![S::zero(); size * size];
        for (i, a) in columns.iter().enumerate() {
            for (j, b) in columns[..i].iter().enumerate() {
                let product = dot(b, a);
                (entries[j * size + i], entries[i * size + j]) = (product, product.conj());
            }
            entries[i * size + i] = S::from_real(1.0);
        }
        Self { size, entries }
    }

    /// Number of columns that are not zero.
    pub fn size(&self) -> usize {
        self.size
    }

    fn entry(&self, i: usize, j: usize) -> S {
        self.entries[i * self.size + j]
    }

    /// `|A_S^* A_S - I|_2` and the eigenvector of the eigenvalue that is farthest from one. O(k^3).
    fn deviation(&self, support: &[usize]) -> (f64, Vec<S>) {
        let column = |&j: &usize| -> Vec<S> { support.iter().map(|&i| self.entry(i, j)).collect() };
        let eigen = HermitianEigen::new(support.iter().map(column).collect());
        // Eigenvalues that are zero are left out there, and deviate by one.
        let k = support.len();
        let zero = eigen.values.len() < k;
        let deviations = eigen.values.iter().map(|value| (value - 1.0).abs());
        let far = deviations.enumerate().fold((0.0, 0), |best, (i, d)| if d > best.0 { (d, i) } else { best });
        let none = || vec![S::from_real(1.0); k];
        if zero && far.0 < 1.0 {
            return (1.0, none());
        }
        (far.0, eigen.vectors.get(far.1).cloned().unwrap_or_else(none))
    }
}

/// Most supports that are looked at one by one.
pub const MOST_SUPPORTS: f64 = 20_000.0;

/// A lower bound on `delta_k`: from all supports of size k where there are at most 20 000, else from `starts` random
/// ones, each improved by swaps: the entry that weighs least in the extreme eigenvector goes, the column that
/// correlates most with what it synthesises comes, as long as that helps.
///
/// Zero and exact for `k < 2`, and the coherence for k = 2, exact too. O(starts k (k^3 + n k)) at most.
pub fn search<S: Scalar>(gram: &Gram<S>, k: usize, starts: usize, seed: u64) -> Found {
    let n = gram.size();
    let k = k.min(n);
    let supports = (0..k).fold(1.0, |count, i| count * (n - i) as f64 / (i + 1) as f64);
    let mut best = Found { delta: 0.0, support: (0..k).collect(), exact: supports <= MOST_SUPPORTS };
    if k < 2 {
        return Found { exact: true, ..best };
    }
    if k == 2 {
        return worst_pair(gram);
    }
    let mut keep = |delta: f64, support: &[usize]| {
        if delta > best.delta {
            (best.delta, best.support) = (delta, support.to_vec());
        }
    };
    if supports <= MOST_SUPPORTS {
        let mut support: Vec<usize> = (0..k).collect();
        loop {
            keep(gram.deviation(&support).0, &support);
            if !advance(&mut support, n) {
                break;
            }
        }
    } else {
        let mut random = Random::new(seed, Stream::Method);
        for _ in 0..starts {
            let (delta, support) = climb(gram, random.subset(n, k));
            keep(delta, &support);
        }
    }
    best.support.sort_unstable();
    best
}

/// `delta_2` is the coherence: two unit columns of product g have the eigenvalues `1 +- |g|`. O(n^2).
fn worst_pair<S: Scalar>(gram: &Gram<S>) -> Found {
    let pairs = (0..gram.size()).flat_map(|j| (0..j).map(move |i| (i, j)));
    let sizes = pairs.map(|(i, j)| (gram.entry(i, j).abs(), vec![i, j]));
    let (delta, support) = sizes.fold((0.0, vec![0, 1]), |best, pair| if pair.0 > best.0 { pair } else { best });
    Found { delta, support, exact: true }
}

/// The next support in lexicographic order, if there is one.
fn advance(support: &mut [usize], n: usize) -> bool {
    let k = support.len();
    let Some(i) = (0..k).rev().find(|&i| support[i] < n - k + i) else {
        return false;
    };
    support[i] += 1;
    for later in i + 1..k {
        support[later] = support[later - 1] + 1;
    }
    true
}

/// Swaps until none helps.
fn climb<S: Scalar>(gram: &Gram<S>, start: Vec<usize>) -> (f64, Vec<usize>) {
    let mut support = start;
    let (mut delta, mut vector) = gram.deviation(&support);
    loop {
        let lightest = (0..vector.len()).fold(0, |l, i| if vector[i].abs() < vector[l].abs() { i } else { l });
        let correlation = |j: usize| {
            let terms = support.iter().zip(&vector).enumerate().filter(|(i, _)| *i != lightest);
            terms.fold(S::zero(), |sum, (_, (&i, &v))| sum + gram.entry(j, i) * v).abs()
        };
        let outside = (0..gram.size()).filter(|j| !support.contains(j));
        let best = outside
            .map(|j| (correlation(j), j))
            .fold((0.0, None), |best, (size, j)| if size > best.0 { (size, Some(j)) } else { best });
        let Some(coming) = best.1 else {
            return (delta, support);
        };
        let mut changed = support.clone();
        changed[lightest] = coming;
        let (better, next) = gram.deviation(&changed);
        if better <= delta {
            return (delta, support);
        }
        (delta, support, vector) = (better, changed, next);
    }
}

#[cfg(test)]
mod tests {
    use super::super::coherence::{babel, mutual_coherence};
    use super::*;
    use crate::operators::Dense;
    use num_complex::Complex64;

    fn gaussian<S: Scalar>(rows: usize, cols: usize) -> Dense<S> {
        let mut random = Random::new(7, Stream::Matrix);
        let entries = (0..rows * cols).map(|_| random.normal_scalar()).collect();
        Dense::from_columns(rows, cols, entries)
    }

    /// m + 1 corners of a simplex: k of them have the Gram matrix (1 + 1/m) I - J/m, so that delta_k = (k - 1)/m.
    #[test]
    fn of_a_simplex_it_is_known() {
        let m = 9;
        let helmert = |i: usize, j: usize| match j.cmp(&i) {
            std::cmp::Ordering::Less => 1.0,
            std::cmp::Ordering::Equal => -(i as f64),
            std::cmp::Ordering::Greater => 0.0,
        };
        let column = |j: usize| (1..=m).map(move |i| helmert(i, j) / ((i * (i + 1)) as f64).sqrt());
        let gram = Gram::of(&Dense::from_columns(m, m + 1, (0..=m).flat_map(column).collect()));
        for k in 0..=6 {
            let found = search(&gram, k, 5, 1);
            assert!(found.exact && found.support.len() == k);
            assert!((found.delta - k.saturating_sub(1) as f64 / m as f64).abs() < 1e-12, "{k}: {found:?}");
        }
    }

    #[test]
    fn of_two_columns_it_is_the_coherence_and_never_above_the_babel_function() {
        let a = gaussian::<Complex64>(12, 30);
        let gram = Gram::of(&a);
        assert!((search(&gram, 2, 1, 1).delta - mutual_coherence(&a)).abs() < 1e-13);
        let mu = babel(&a, 5);
        let mut last = 0.0;
        for k in 2..=5 {
            let found = search(&gram, k, 20, 1);
            assert!(found.delta <= mu[k - 2] + 1e-12 && found.delta >= last, "{k}: {found:?}");
            assert_eq!(found.exact, k <= 3);
            last = found.delta;
        }
    }

    /// Supports of four of 30 columns, 27 405: few starts climb as high as all supports reach.
    #[test]
    fn climbing_finds_nearly_the_worst_support() {
        let gram = Gram::of(&gaussian::<f64>(20, 30));
        let mut support: Vec<usize> = (0..4).collect();
        let mut worst = gram.deviation(&support).0;
        while advance(&mut support, 30) {
            worst = worst.max(gram.deviation(&support).0);
        }
        let found = search(&gram, 4, 100, 1);
        assert!(
            !found.exact && found.delta <= worst + 1e-12 && found.delta > 0.97 * worst,
            "{} of {worst}",
            found.delta
        );
        assert!((gram.deviation(&found.support).0 - found.delta).abs() < 1e-12);
    }

    #[test]
    fn dependent_columns_deviate_by_one() {
        let gram = Gram::of(&gaussian::<f64>(2, 4));
        assert!(search(&gram, 4, 1, 1).delta >= 1.0);
    }
}
