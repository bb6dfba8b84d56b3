//! The weighted l1 norm, `sum w_i |x_i|` with `w_i >= 0`. Convex.

use super::l1::soft_threshold;
use crate::kernels::Scalar;

/// `sum w_i |x_i|`.
pub fn value<S: Scalar>(x: &[S], weights: &[f64]) -> f64 {
    x.iter().zip(weights).fold(0.0, |sum, (x, w)| sum + w * x.abs())
}

/// Proximal operator with weight `t`, in place: shrinks entry i by `t w_i`.
pub fn prox<S: Scalar>(v: &mut [S], t: f64, weights: &[f64]) {
    for (entry, w) in v.iter_mut().zip(weights) {
        *entry = soft_threshold(*entry, t * w);
    }
}

/// The dual norm, `max |c_i| / w_i`; infinite where a free entry has a `c_i` other than zero.
pub fn gauge<S: Scalar>(c: &[S], weights: &[f64]) -> f64 {
    let ratio = |(c, &w): (&S, &f64)| if *c == S::zero() { 0.0 } else { c.abs() / w };
    c.iter().zip(weights).map(ratio).fold(0.0, f64::max)
}
