//! The l1 norm of a nonnegative signal's coefficients in an orthonormal basis, `|W^T x|_1` for `x >= 0`. Convex, and real.

use super::Effort;
use crate::kernels::{dot, norm_one};

/// An orthonormal change of basis, in place: samples to coefficients and back.
pub trait Orthonormal {
    /// `W^T x`.
    fn forward(&self, x: &mut [f64]);

    /// `W theta`.
    fn inverse(&self, theta: &mut [f64]);
}

/// Rounds between two looks at the gap.
const LOOK: usize = 5;

/// Proximal operator over x without negative entries, in place: `argmin_{x >= 0} 1/2 |x - v|^2 + t |W^T x|_1`, by turns on the dual,
///
/// ```text
/// g  = -W^T (v + mu), cut to moduli of t
/// mu = (-(v + W g))_+
/// ```
///
/// which maximise `-1/2 |v + W g + mu|^2` over `|g|_inf <= t` and over `mu >= 0`; then `x = (v + W g)_+`. `multipliers` is where
/// mu starts, such as that of the last solve or nothing at all, and is left where it ends. Two transforms a round.
///
/// Harmany, Marcia and Willett, "This is SPIRAL-TAP" (2012), section III-B.
pub fn prox_nonnegative(basis: &dyn Orthonormal, v: &mut [f64], t: f64, multipliers: &mut Vec<f64>, effort: Effort) {
    multipliers.resize(v.len(), 0.0);
    let goal = effort.tolerance * 0.5 * dot(v, v);
    let mut free = v.to_vec();
    for round in 1..=effort.steps {
        let mut pull: Vec<f64> = v.iter().zip(multipliers.iter()).map(|(v, mu)| v + mu).collect();
        basis.forward(&mut pull);
        pull.iter_mut().for_each(|pull| *pull = -pull.clamp(-t, t));
        basis.inverse(&mut pull);
        for ((free, v), pull) in free.iter_mut().zip(v.iter()).zip(&pull) {
            *free = v + pull;
        }
        multipliers.iter_mut().zip(&free).for_each(|(mu, free)| *mu = (-free).max(0.0));
        if round.is_multiple_of(LOOK) && gap(basis, v, &free, t) <= goal {
            break;
        }
    }
    v.iter_mut().zip(free).for_each(|(v, free)| *v = free.max(0.0));
}

/// Primal minus dual value at `x = free_+`, where `free = v + W g` and `free + mu` is x itself.
fn gap(basis: &dyn Orthonormal, v: &[f64], free: &[f64], t: f64) -> f64 {
    let x: Vec<f64> = free.iter().map(|free| free.max(0.0)).collect();
    let mut theta = x.clone();
    basis.forward(&mut theta);
    // 1/2 |x - v|^2 + t |W^T x|_1 - 1/2 |v|^2 + 1/2 |x|^2 = t |W^T x|_1 - <x, v - x>.
    t * norm_one(&theta) - dot(&x, v) + dot(&x, &x)
}
