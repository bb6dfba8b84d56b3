//! Huber's loss: `1/2 |r_i|^2` up to `delta`, and `delta |r_i| - delta^2 / 2` beyond (Huber 1964). `delta > 0`.

use crate::kernels::Scalar;

/// The sum over all entries.
pub fn value<S: Scalar>(r: &[S], delta: f64) -> f64 {
    r.iter().fold(0.0, |sum, r| {
        let r = r.abs();
        sum + if r <= delta { 0.5 * r * r } else { delta * (r - 0.5 * delta) }
    })
}

/// r with its moduli cut at `delta`.
pub fn gradient<S: Scalar>(r: &[S], delta: f64) -> Vec<S> {
    r.iter().map(|&r| if r.abs() <= delta { r } else { r.sign() * delta }).collect()
}

/// Proximal operator with weight `t`, in place: divides by `1 + t` what then is within `delta`, and shortens the rest by
/// `t delta`.
pub fn prox<S: Scalar>(r: &mut [S], t: f64, delta: f64) {
    for r in r {
        let modulus = r.abs();
        *r = if modulus <= delta * (1.0 + t) { *r / (1.0 + t) } else { *r * (1.0 - t * delta / modulus) };
    }
}

/// The conjugate, `1/2 |theta|^2` where no entry exceeds `delta`, and infinity elsewhere.
pub fn conjugate<S: Scalar>(theta: &[S], delta: f64) -> f64 {
    if theta.iter().all(|theta| theta.abs() <= delta) { 0.5 * S::norm_squared(theta) } else { f64::INFINITY }
}
