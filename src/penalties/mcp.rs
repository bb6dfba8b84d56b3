//! The minimax concave penalty, MCP (Zhang 2010). Not convex.
//!
//! An entry of modulus r costs `r - r^2 / (2 gamma)` up to `gamma`, and `gamma / 2` beyond: like the l1 norm near zero, and
//! nothing more for what is large. `gamma > 0`; the penalty `lambda r - r^2 / (2 g)` of the paper is lambda^2 times this
//! one at `r / lambda`.

use super::{better, with_modulus};
use crate::kernels::Scalar;

/// What an entry of modulus `r` costs.
pub fn cost(r: f64, gamma: f64) -> f64 {
    if r <= gamma { r - r * r / (2.0 * gamma) } else { gamma / 2.0 }
}

/// The sum of what all entries cost.
pub fn value<S: Scalar>(x: &[S], gamma: f64) -> f64 {
    x.iter().fold(0.0, |sum, x| sum + cost(x.abs(), gamma))
}

/// Proximal operator with weight `t` at one entry: the firm threshold (Gao and Bruce 1997) where `gamma > t`, and a
/// hard threshold elsewhere; zero where both are as good.
pub fn firm_threshold<S: Scalar>(v: S, t: f64, gamma: f64) -> S {
    let r = v.abs();
    if gamma <= t {
        return with_modulus(v, better(r, t, (0.0, r), |x| cost(x, gamma)));
    }
    if r <= t {
        S::zero()
    } else if r <= gamma {
        with_modulus(v, (r - t) / (1.0 - t / gamma))
    } else {
        v
    }
}

/// Proximal operator with weight `t`, in place.
pub fn prox<S: Scalar>(v: &mut [S], t: f64, gamma: f64) {
    for entry in v {
        *entry = firm_threshold(*entry, t, gamma);
    }
}
