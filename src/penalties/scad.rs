//! The smoothly clipped absolute deviation, SCAD (Fan and Li 2001). Not convex.
//!
//! An entry of modulus r costs r up to `lambda`, `(2 a lambda r - r^2 - lambda^2) / (2 (a - 1) lambda)` up to `a lambda`,
//! and `(a + 1) lambda / 2` beyond: an l1 norm whose slope goes from 1 to 0. `lambda > 0`, `a > 1`; the paper takes
//! `a = 3.7` and has another factor lambda.

use super::l1::soft_threshold;
use super::{better, with_modulus};
use crate::kernels::Scalar;

/// Where the slope begins to fall, and how many times further it is zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scad {
    /// The modulus up to which the slope is 1.
    pub lambda: f64,
    /// The slope is zero from `a lambda` on.
    pub a: f64,
}

impl Scad {
    /// What an entry of modulus `r` costs.
    pub fn cost(self, r: f64) -> f64 {
        let Self { lambda, a } = self;
        if r <= lambda {
            r
        } else if r <= a * lambda {
            (2.0 * a * lambda * r - r * r - lambda * lambda) / (2.0 * (a - 1.0) * lambda)
        } else {
            0.5 * (a + 1.0) * lambda
        }
    }

    /// The sum of what all entries cost.
    pub fn value<S: Scalar>(self, x: &[S]) -> f64 {
        x.iter().fold(0.0, |sum, x| sum + self.cost(x.abs()))
    }

    /// Proximal operator with weight `t` at one entry.
    ///
    /// Where `(a - 1) lambda > t` the problem is convex and the answer continuous in `v`. Elsewhere the middle part is
    /// concave, and the better of its two sides is taken; the smaller where both are as good.
    pub fn threshold<S: Scalar>(self, v: S, t: f64) -> S {
        let Self { lambda, a } = self;
        let r = v.abs();
        let width = (a - 1.0) * lambda;
        if width <= t {
            let low = soft_threshold(r, t).min(lambda);
            let high = r.max(a * lambda);
            return with_modulus(v, better(r, t, (low, high), |x| self.cost(x)));
        }
        if r <= lambda + t {
            soft_threshold(v, t)
        } else if r <= a * lambda {
            with_modulus(v, (width * r - a * lambda * t) / (width - t))
        } else {
            v
        }
    }

    /// Proximal operator with weight `t`, in place.
    pub fn prox<S: Scalar>(self, v: &mut [S], t: f64) {
        for entry in v {
            *entry = self.threshold(*entry, t);
        }
    }
}
