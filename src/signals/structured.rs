//! Sparse signals whose places hang together: blocks, clusters, trees.

use super::random::{Random, Stream};
use std::collections::BTreeSet;

/// The entries of `count` blocks, drawn among those of `length` entries that divide `0..n`; the last one may be
/// shorter. Ascending.
///
/// Eldar, Kuppinger and Bölcskei, "Block-sparse signals: uncertainty relations and efficient recovery" (2010).
///
/// # Panics
/// When there are fewer blocks than `count`, or their length is zero.
pub fn blocks(n: usize, count: usize, length: usize, seed: u64) -> Vec<usize> {
    let chosen = Random::new(seed, Stream::Support).subset(n.div_ceil(length), count);
    chosen.into_iter().flat_map(|block| block * length..n.min((block + 1) * length)).collect()
}

/// `k` entries of `0..n` in `clusters` runs of random lengths with zeros between them, all such supports equally
/// likely. Ascending.
///
/// Cevher, Indyk, Hegde and Baraniuk, "Recovery of clustered sparse signals from compressive measurements" (2009).
///
/// # Panics
/// When `k` entries and the gaps do not fit, or there are no clusters for some entries.
pub fn clusters(n: usize, k: usize, clusters: usize, seed: u64) -> Vec<usize> {
    if k == 0 {
        return Vec::new();
    }
    let mut random = Random::new(seed, Stream::Support);
    // Where runs end within the k entries, and how many zeros come before each.
    let mut ends: Vec<usize> = random.subset(k - 1, clusters - 1).into_iter().map(|end| end + 1).collect();
    ends.push(k);
    let gaps = random.subset(n - k + 1, clusters);
    let mut start = 0;
    let mut support = Vec::with_capacity(k);
    for (end, zeros) in ends.into_iter().zip(gaps) {
        support.extend((start..end).map(|entry| entry + zeros));
        start = end;
    }
    support
}

/// `k` entries of `0..n` that form a tree of wavelets: the average 0, then the coarsest detail 1, and with `i >= 2` its
/// parent `i / 2`. Grown from the root by one random neighbour at a time. Ascending.
///
/// The layout is that of the Haar transform of a power of two: the children of a detail see its two halves. Baraniuk,
/// Cevher, Duarte and Hegde, "Model-based compressive sensing" (2010).
///
/// # Panics
/// When `k > n`.
pub fn tree(n: usize, k: usize, seed: u64) -> Vec<usize> {
    assert!(k <= n);
    let mut random = Random::new(seed, Stream::Support);
    let mut chosen = BTreeSet::new();
    let mut border = vec![0];
    while chosen.len() < k {
        let i = border.swap_remove(random.below(border.len()));
        chosen.insert(i);
        let children = if i == 0 { 1..2 } else { 2 * i..2 * i + 2 };
        border.extend(children.filter(|&child| child < n));
    }
    chosen.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_whole() {
        assert_eq!(blocks(10, 3, 4, 1), (0..10).collect::<Vec<_>>());
        for seed in 0..20 {
            let support = blocks(64, 3, 4, seed);
            assert_eq!(support.len(), 12);
            assert!(support.chunks(4).all(|block| block[0] % 4 == 0 && block[3] == block[0] + 3));
        }
    }

    #[test]
    fn clusters_are_as_many_as_asked_for() {
        for (n, k, c) in [(64, 12, 3), (20, 10, 1), (9, 5, 5), (7, 7, 1), (5, 0, 2)] {
            for seed in 0..50 {
                let support = clusters(n, k, c, seed);
                assert!(support.is_sorted_by(|a, b| a < b) && support.iter().all(|&i| i < n));
                let runs = support.iter().filter(|&&i| i == 0 || !support.contains(&(i - 1))).count();
                assert_eq!((support.len(), runs), (k, if k == 0 { 0 } else { c }));
            }
        }
        // Every run can begin anywhere: 3 entries in one run among 5 places, 300 of 900 each.
        let mut starts = [0; 3];
        (0..900).for_each(|seed| starts[clusters(5, 3, 1, seed)[0]] += 1);
        assert!(starts.iter().all(|&count| (230..=370).contains(&count)), "{starts:?}");
    }

    #[test]
    fn trees_have_all_parents() {
        for (n, k) in [(64, 12), (50, 50), (1, 1), (2, 2), (64, 0)] {
            for seed in 0..20 {
                let support = tree(n, k, seed);
                assert_eq!(support.len(), k);
                assert!(support.iter().all(|&i| i == 0 || support.contains(&(i / 2))));
            }
        }
    }
}
