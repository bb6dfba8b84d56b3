//! The simplex, `x_i >= 0` with `sum x_i = radius`: zero on it and infinite elsewhere. Convex, and real. Its kin, the l1
//! ball `|x|_1 <= radius`, is projected on by the same threshold.

use super::l1::soft_threshold;
use crate::kernels::{Scalar, norm_one};

/// How far a sum may be from the radius, relative to it, and still be on the simplex.
const ROUNDING: f64 = 1e-12;

/// Zero on the simplex up to rounding, infinity elsewhere.
pub fn value(x: &[f64], radius: f64) -> f64 {
    let sum = x.iter().fold(0.0, |sum, x| sum + x);
    let on = x.iter().all(|&x| x >= 0.0) && (sum - radius).abs() <= ROUNDING * radius;
    if on { 0.0 } else { f64::INFINITY }
}

/// The threshold `t` with `sum (v_i - t)_+ = radius`, in O(n log n).
///
/// Held, Wolfe and Crowder, "Validation of subgradient optimization" (1974).
fn level(mut v: Vec<f64>, radius: f64) -> f64 {
    v.sort_by(|a, b| b.total_cmp(a));
    let (mut sum, mut level) = (0.0, f64::NEG_INFINITY);
    for (i, &entry) in v.iter().enumerate() {
        let next = (sum + entry - radius) / (i + 1) as f64;
        if entry < next {
            break;
        }
        sum += entry;
        level = next;
    }
    level
}

/// The projection, which is the proximal operator for any weight, in place. `radius > 0`.
pub fn prox(v: &mut [f64], radius: f64) {
    let level = level(v.to_vec(), radius);
    for entry in v {
        *entry = (*entry - level).max(0.0);
    }
}

/// The conjugate, `radius max c_i`.
pub fn conjugate(c: &[f64], radius: f64) -> f64 {
    radius * c.iter().fold(f64::NEG_INFINITY, |largest, &c| largest.max(c))
}

/// Projects on the l1 ball `|x|_1 <= radius`, in place, with moduli where entries are complex. `radius >= 0`.
pub fn project_on_ball<S: Scalar>(v: &mut [S], radius: f64) {
    if norm_one(v) <= radius {
        return;
    }
    let level = level(v.iter().map(|v| v.abs()).collect(), radius);
    for entry in v {
        *entry = soft_threshold(*entry, level);
    }
}
