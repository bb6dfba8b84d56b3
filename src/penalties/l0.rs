//! The number of entries that are not zero, `|x|_0`. Not convex.

use crate::kernels::Scalar;

/// Entries that are not zero.
pub fn value<S: Scalar>(x: &[S]) -> f64 {
    x.iter().filter(|x| **x != S::zero()).count() as f64
}

/// Proximal operator of `t |.|_0` at one entry: keeps what exceeds `sqrt(2 t)`; zero where both are as good.
pub fn hard_threshold<S: Scalar>(v: S, t: f64) -> S {
    if v.abs_squared() > 2.0 * t { v } else { S::zero() }
}

/// Proximal operator of `t |.|_0`, in place.
pub fn prox<S: Scalar>(v: &mut [S], t: f64) {
    for entry in v {
        *entry = hard_threshold(*entry, t);
    }
}
