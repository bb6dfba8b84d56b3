//! The Walsh-Hadamard transform.

use std::ops::{Add, Sub};

/// Replaces `x` by `H x`, with `H` the Sylvester-Hadamard matrix in natural order, entries `+1` and `-1`.
///
/// ```text
/// H_1 = [1],   H_2n = [ H_n  H_n ]      H_ij = (-1)^popcount(i & j)
///                     [ H_n -H_n ]
/// ```
///
/// Unnormalised: `H` is symmetric and `H H = n I`, so the transform is its own adjoint and, divided by `n`, its own
/// inverse. Length: a power of two. `n log2 n` additions and subtractions, no product: integers stay exact, and
/// complex numbers need no helper.
///
/// Source: Fino and Algazi, "Unified matrix treatment of the fast Walsh-Hadamard transform", IEEE Trans. Comput. 25
/// (1976).
///
/// # Panics
/// If the length of `x` is not a power of two.
pub fn walsh_hadamard<T: Copy + Add<Output = T> + Sub<Output = T>>(x: &mut [T]) {
    let n = x.len();
    assert!(n.is_power_of_two(), "a Hadamard transform needs a power of two, got {n}");
    let mut h = 1;
    while h < n {
        for block in x.chunks_exact_mut(2 * h) {
            let (front, back) = block.split_at_mut(h);
            for (a, b) in front.iter_mut().zip(back) {
                (*a, *b) = (*a + *b, *a - *b);
            }
        }
        h *= 2;
    }
}

/// The entry `(-1)^popcount(i & j)` of the Hadamard matrix in natural order; the same for every size that holds it.
pub fn entry(i: usize, j: usize) -> f64 {
    if (i & j).count_ones().is_multiple_of(2) { 1.0 } else { -1.0 }
}

/// The rows of the `n x n` Hadamard matrix by sequency: element `s` is the natural index of the row with `s` sign
/// changes, the counterpart of frequency.
///
/// It is the bit reversal of the Gray code of `s`. Bit `b` of a row's index adds the square wave that flips every
/// `2^b` samples, so the top bits make the slow waves, hence the reversal; where two of these waves flip at the
/// same sample the flips cancel, which the Gray code accounts for.
///
/// # Panics
/// If `n` is not a power of two.
pub fn sequency(n: usize) -> Vec<usize> {
    assert!(n.is_power_of_two(), "a Hadamard matrix needs a power of two, got {n}");
    let bits = n.trailing_zeros();
    let reverse = |i: usize| (0..bits).fold(0, |r, b| r << 1 | (i >> b & 1));
    (0..n).map(|s| reverse(s ^ (s >> 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn equals_the_defining_sum() {
        for n in lengths().filter(|n| n.is_power_of_two()) {
            let x = noise(n, n as u64);
            let want: Vec<f64> = (0..n).map(|i| (0..n).map(|j| entry(i, j) * x[j]).sum()).collect();
            let mut y = x;
            walsh_hadamard(&mut y);
            assert_close(&y, &want, 1e-14 * n as f64);
        }
    }

    #[test]
    fn entries_follow_sylvester() {
        for (i, j) in (0..8).flat_map(|i| (0..8).map(move |j| (i, j))) {
            assert_eq!(entry(i, j + 8), entry(i, j));
            assert_eq!(entry(i + 8, j), entry(i, j));
            assert_eq!(entry(i + 8, j + 8), -entry(i, j));
        }
    }

    #[test]
    fn sequency_counts_sign_changes() {
        for n in [1, 2, 4, 8, 16, 64, 128] {
            for (s, i) in sequency(n).into_iter().enumerate() {
                let changes = (1..n).filter(|&j| entry(i, j) != entry(i, j - 1)).count();
                assert_eq!(changes, s, "row {i} of {n}");
            }
        }
    }

    #[test]
    fn complex_signals_need_no_helper() {
        let x = complex_noise(64, 1);
        let mut y = x.clone();
        walsh_hadamard(&mut y);
        walsh_hadamard(&mut y);
        let back: Vec<_> = y.iter().map(|v| v / 64.0).collect();
        assert_close_complex(&back, &x, 2e-15);
    }

    #[test]
    #[should_panic(expected = "power of two, got 12")]
    fn refuses_other_lengths() {
        walsh_hadamard(&mut [0.0; 12]);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use super::super::testing::*;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn twice_is_n_times_the_identity_exactly(bits in 0u32..9, seed in any::<i32>()) {
            let n = 1usize << bits;
            let x: Vec<i64> = (0..n as i64).map(|i| (i * i * 7 + i * i64::from(seed)) % 1001).collect();
            let mut y = x.clone();
            walsh_hadamard(&mut y);
            walsh_hadamard(&mut y);
            let want: Vec<i64> = x.iter().map(|v| v * n as i64).collect();
            prop_assert_eq!(y, want);
        }

        #[test]
        fn keeps_energy_up_to_n(bits in 0u32..9, seed in 0u64..1000) {
            let mut x = noise(1 << bits, seed);
            let before = energy(&x);
            walsh_hadamard(&mut x);
            prop_assert!((energy(&x) / x.len() as f64 - before).abs() <= 1e-13 * before);
        }
    }
}
