//! The l_p penalty, `sum |x_i|^p` with `0 < p < 1`, with moduli where entries are complex. Not convex.

use super::with_modulus;
use crate::kernels::Scalar;

/// Newton steps until a root stands still; five are usual.
const MOST_STEPS: usize = 60;

/// `sum |x_i|^p`.
pub fn value<S: Scalar>(x: &[S], p: f64) -> f64 {
    x.iter().fold(0.0, |sum, x| sum + libm::pow(x.abs(), p))
}

/// The modulus up to which the operator gives zero: `b (2 - p) / (2 - 2 p)`, where `b = (2 t (1 - p))^(1 / (2 - p))` is
/// the least modulus that it gives beyond.
pub fn edge(t: f64, p: f64) -> f64 {
    libm::pow(2.0 * t * (1.0 - p), 1.0 / (2.0 - p)) * (2.0 - p) / (2.0 - 2.0 * p)
}

/// The weight `t` whose edge is `modulus`.
pub fn weight_for(modulus: f64, p: f64) -> f64 {
    libm::pow(modulus * (2.0 - 2.0 * p) / (2.0 - p), 2.0 - p) / (2.0 - 2.0 * p)
}

/// Proximal operator with weight `t` at one entry; zero where two minima tie.
///
/// Beyond the edge the larger root of `x - r + t p x^(p - 1) = 0`, by Newton's method from r: the function is convex and
/// increasing there, so steps go down to the root and never past it. Marjanovic and Solo, "On l_q optimization and
/// matrix completion" (2012), theorem 1.
pub fn threshold<S: Scalar>(v: S, t: f64, p: f64) -> S {
    let r = v.abs();
    if r <= edge(t, p) {
        return S::zero();
    }
    let mut x = r;
    for _ in 0..MOST_STEPS {
        let pull = t * p * libm::pow(x, p - 1.0);
        let next = x - (x - r + pull) / (1.0 + (p - 1.0) * pull / x);
        if next >= x {
            break;
        }
        x = next;
    }
    with_modulus(v, x)
}

/// Proximal operator with weight `t`, in place.
pub fn prox<S: Scalar>(v: &mut [S], t: f64, p: f64) {
    for entry in v {
        *entry = threshold(*entry, t, p);
    }
}

#[cfg(test)]
mod tests {
    use super::super::l_half;
    use super::*;

    #[test]
    fn half_is_the_closed_form() {
        for i in 0..500 {
            let v = -5.0 + 0.02 * f64::from(i);
            for t in [0.1, 1.0, 3.0] {
                let (x, closed) = (threshold(v, t, 0.5), l_half::half_threshold(v, t));
                assert!((x - closed).abs() < 1e-12 * (1.0 + v.abs()), "{v}, {t}: {x} for {closed}");
            }
        }
    }

    #[test]
    fn weight_and_edge_belong_together() {
        for p in [0.1, 0.5, 0.9] {
            for t in [1e-3, 1.0, 50.0] {
                assert!((weight_for(edge(t, p), p) - t).abs() < 1e-13 * t);
            }
        }
    }
}
