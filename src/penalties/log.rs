//! The logarithmic penalty, `sum eps log(1 + |x_i| / eps)`, with `eps > 0` (Candes, Wakin and Boyd 2008). Not convex.
//!
//! Like the l1 norm near zero, where its slope is 1; towards counting entries as eps goes to zero.

use super::{better, with_modulus};
use crate::kernels::Scalar;

/// What an entry of modulus `r` costs.
pub fn cost(r: f64, epsilon: f64) -> f64 {
    epsilon * libm::log1p(r / epsilon)
}

/// The sum of what all entries cost.
pub fn value<S: Scalar>(x: &[S], epsilon: f64) -> f64 {
    x.iter().fold(0.0, |sum, x| sum + cost(x.abs(), epsilon))
}

/// Proximal operator with weight `t` at one entry: the larger root of `(x - r) (x + eps) + t eps = 0`, or zero where
/// there is none or zero is as good.
pub fn threshold<S: Scalar>(v: S, t: f64, epsilon: f64) -> S {
    let r = v.abs();
    let discriminant = (r + epsilon) * (r + epsilon) - 4.0 * t * epsilon;
    if discriminant < 0.0 {
        return S::zero();
    }
    let root = (0.5 * (r - epsilon + discriminant.sqrt())).clamp(0.0, r);
    with_modulus(v, better(r, t, (0.0, root), |x| cost(x, epsilon)))
}

/// Proximal operator with weight `t`, in place.
pub fn prox<S: Scalar>(v: &mut [S], t: f64, epsilon: f64) {
    for entry in v {
        *entry = threshold(*entry, t, epsilon);
    }
}
