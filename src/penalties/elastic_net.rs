//! The elastic net, `|x|_1 + ridge / 2 |x|^2`, with `ridge >= 0` (Zou and Hastie 2005). Convex.

use super::l1::soft_threshold;
use crate::kernels::{Scalar, norm_one};

/// `|x|_1 + ridge / 2 |x|^2`.
pub fn value<S: Scalar>(x: &[S], ridge: f64) -> f64 {
    norm_one(x) + 0.5 * ridge * S::norm_squared(x)
}

/// Proximal operator with weight `t`, in place: shrinks by `t`, then divides by `1 + t ridge`.
pub fn prox<S: Scalar>(v: &mut [S], t: f64, ridge: f64) {
    for entry in v {
        *entry = soft_threshold(*entry, t) / (1.0 + t * ridge);
    }
}

/// The conjugate, `sum (|c_i| - 1)_+^2 / (2 ridge)`; infinite beyond 1 where the ridge is zero.
pub fn conjugate<S: Scalar>(c: &[S], ridge: f64) -> f64 {
    c.iter().fold(0.0, |sum, c| {
        let over = (c.abs() - 1.0).max(0.0);
        sum + if over > 0.0 { over * over / (2.0 * ridge) } else { 0.0 }
    })
}
