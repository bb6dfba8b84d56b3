//! The sparse group penalty, `share |x|_1 + (1 - share) sum_g sqrt|g| |x_g|` with `0 <= share <= 1` (Simon et al. 2013).
//! Convex.

use super::{group, l1};
use crate::kernels::{Scalar, norm_inf, norm_one};
use crate::penalties::l1::soft_threshold;

/// Halvings of the interval in which the gauge lies.
const HALVINGS: usize = 60;

/// `share |x|_1 + (1 - share) sum_g sqrt|g| |x_g|`.
///
/// # Panics
/// When an index is out of range.
pub fn value<S: Scalar>(x: &[S], groups: &[Vec<usize>], share: f64) -> f64 {
    share * norm_one(x) + (1.0 - share) * group::value(x, groups)
}

/// Proximal operator with weight `t`, in place: the soft threshold, then that of the groups.
///
/// # Panics
/// When an index is out of range.
pub fn prox<S: Scalar>(v: &mut [S], groups: &[Vec<usize>], share: f64, t: f64) {
    l1::prox(v, t * share);
    group::prox(v, groups, t * (1.0 - share));
}

/// The dual norm: the largest over all groups of the `rho` with `|soft(c_g, share rho)| = (1 - share) sqrt|g| rho`.
///
/// By bisection; what is returned is feasible. Ndiaye, Fercoq, Gramfort and Salmon, "GAP safe screening rules for
/// sparse-group lasso" (2016), section 3.
///
/// # Panics
/// When an index is out of range.
pub fn gauge<S: Scalar>(c: &[S], groups: &[Vec<usize>], share: f64) -> f64 {
    groups.iter().fold(0.0, |largest: f64, group| {
        let part: Vec<S> = group.iter().map(|&j| c[j]).collect();
        let bound = (1.0 - share) * (part.len() as f64).sqrt();
        let fits = |rho: f64| {
            let left = part.iter().fold(0.0, |sum, &c| sum + soft_threshold(c, share * rho).abs_squared());
            left.sqrt() <= bound * rho
        };
        if fits(largest) {
            return largest;
        }
        let (mut low, mut high) = (largest, norm_inf(&part) * (part.len() as f64).sqrt());
        while !fits(high) {
            high *= 2.0;
        }
        for _ in 0..HALVINGS {
            let middle = 0.5 * (low + high);
            if fits(middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high
    })
}
