//! The fused LASSO's penalty, `|x|_1 + variation sum |x_{i+1} - x_i|` with `variation >= 0` (Tibshirani et al. 2005). Convex,
//! and real.

use super::{l1, total_variation};
use crate::kernels::norm_one;

/// Halvings of the interval in which the gauge lies.
const HALVINGS: usize = 60;

/// `|x|_1 + variation sum |x_{i+1} - x_i|`.
pub fn value(x: &[f64], variation: f64) -> f64 {
    norm_one(x) + variation * total_variation::value(x)
}

/// Proximal operator with weight `t`, in place: that of the variation, then the soft threshold (Friedman et al. 2007,
/// proposition 1). O(n).
pub fn prox(v: &mut [f64], t: f64, variation: f64) {
    total_variation::prox(v, t * variation);
    l1::prox(v, t);
}

/// The dual norm: the least `rho` for which `c = s + D^T u` with `|s|_inf <= rho` and `|u|_inf <= rho variation`. With
/// `nonnegative`, the gauge of the penalty over `x >= 0`, where `c <= s + D^T u` is enough.
///
/// By bisection, 60 times O(n); what is returned is feasible, so that a certificate made with it is true.
pub fn gauge(c: &[f64], variation: f64, nonnegative: bool) -> f64 {
    let peak = c.iter().fold(0.0_f64, |peak, &c| peak.max(if nonnegative { c } else { c.abs() }));
    // With u = 0, the largest entry is enough.
    let (mut low, mut high) = (0.0, peak);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if feasible(c, middle, variation, nonnegative) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Whether there are `u_0 = 0, u_1, ..., u_n = 0` with `|u_i| <= rho variation` and `|c_i - (u_i - u_{i-1})| <= rho`: the
/// intervals that u can be in are carried from one end to the other.
fn feasible(c: &[f64], rho: f64, variation: f64, nonnegative: bool) -> bool {
    let n = c.len();
    let most = rho * variation;
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for (i, &c) in c.iter().enumerate() {
        // The last u is zero.
        let most = if i + 1 == n { 0.0 } else { most };
        low = (low + c - rho).max(-most);
        high = if nonnegative { most } else { (high + c + rho).min(most) };
        if low > high {
            return false;
        }
    }
    true
}
