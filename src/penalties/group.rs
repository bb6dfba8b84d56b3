//! The norm of groups, `sum_g sqrt|g| |x_g|` (Yuan and Lin 2006). Convex.

use crate::kernels::Scalar;

fn size<S: Scalar>(x: &[S], group: &[usize]) -> f64 {
    group.iter().fold(0.0, |sum, &j| sum + x[j].abs_squared()).sqrt()
}

/// `sum_g sqrt|g| |x_g|` for groups of indices.
///
/// # Panics
/// When an index is out of range.
pub fn value<S: Scalar>(x: &[S], groups: &[Vec<usize>]) -> f64 {
    groups.iter().fold(0.0, |sum, group| sum + (group.len() as f64).sqrt() * size(x, group))
}

/// Proximal operator with weight `t`, in place: each group keeps its direction and is shortened by `t sqrt|g|`, at most to
/// zero. Entries in no group stay as they are; groups must not overlap.
///
/// # Panics
/// When an index is out of range.
pub fn prox<S: Scalar>(v: &mut [S], groups: &[Vec<usize>], t: f64) {
    for group in groups {
        let (size, short) = (size(v, group), t * (group.len() as f64).sqrt());
        let factor = if size > short { 1.0 - short / size } else { 0.0 };
        for &j in group {
            v[j] = v[j] * factor;
        }
    }
}

/// The dual norm, `max_g |c_g| / sqrt|g|`.
///
/// # Panics
/// When an index is out of range.
pub fn gauge<S: Scalar>(c: &[S], groups: &[Vec<usize>]) -> f64 {
    groups.iter().fold(0.0, |largest: f64, group| largest.max(size(c, group) / (group.len() as f64).sqrt()))
}
