//! Which entries are largest. Ties always go to the lower index.

use super::Scalar;

/// Index of the largest modulus among the entries for which `allowed` holds; `None` when there is
/// none, or when all of them are zero or not a number.
pub fn argmax_abs<S: Scalar>(x: &[S], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    argmax_among(x.iter().copied().enumerate().filter(|&(i, _)| allowed(i)))
}

/// The same for entries that come with their indices, ascending.
pub fn argmax_among<S: Scalar>(entries: impl Iterator<Item = (usize, S)>) -> Option<usize> {
    let mut best = None;
    let mut largest = 0.0;
    for (i, v) in entries {
        let modulus = v.abs();
        if modulus > largest {
            (best, largest) = (Some(i), modulus);
        }
    }
    best
}

/// The indices of the `k` largest moduli, ascending: the support of the hard threshold `H_k`.
/// Zero entries are never selected, so fewer than `k` may come back. O(n) on average.
pub fn largest_abs<S: Scalar>(x: &[S], k: usize) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..x.len()).filter(|&i| x[i].abs() > 0.0).collect();
    let by_size = |&i: &usize, &j: &usize| x[j].abs().total_cmp(&x[i].abs()).then(i.cmp(&j));
    if k == 0 {
        return Vec::new();
    }
    if k < indices.len() {
        indices.select_nth_unstable_by(k - 1, by_size);
        indices.truncate(k);
    }
    indices.sort_unstable();
    indices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_lower_index() {
        let x = [1.0, -2.0, 2.0, 0.0, 2.0];
        assert_eq!(argmax_abs(&x, |_| true), Some(1));
        assert_eq!(argmax_abs(&x, |i| i != 1), Some(2));
        assert_eq!(largest_abs(&x, 2), vec![1, 2]);
        assert_eq!(largest_abs(&x, 9), vec![0, 1, 2, 4]);
    }

    #[test]
    fn nothing_to_select_is_none() {
        assert_eq!(argmax_abs(&[0.0, f64::NAN], |_| true), None);
        assert_eq!(largest_abs(&[0.0, 0.0], 1), Vec::<usize>::new());
    }
}
