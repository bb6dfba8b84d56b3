//! The l_1/2 penalty, `t sum |x_i|^(1/2)`, with moduli where entries are complex. Not convex.

use crate::kernels::Scalar;

/// `|x|^(1/2)` summed over all entries.
pub fn value<S: Scalar>(x: &[S]) -> f64 {
    x.iter().fold(0.0, |sum, x| sum + x.abs().sqrt())
}

/// The modulus up to which [`half_threshold`] gives zero: `3/2 t^(2/3)`.
pub fn threshold(t: f64) -> f64 {
    1.5 * libm::cbrt(t * t)
}

/// The `t` whose threshold is `modulus`.
pub fn weight_for(modulus: f64) -> f64 {
    let scaled = modulus / 1.5;
    scaled * scaled.sqrt()
}

/// Proximal operator of `t |.|^(1/2)` at one entry, `argmin_x 1/2 |x - v|^2 + t |x|^(1/2)`; zero where two minima tie.
///
/// Above the threshold the larger root of `x - |v| + t / (2 sqrt x) = 0`, by Viete's formula: it jumps from 0 to 2/3 of
/// the threshold. Xu, Chang, Xu and Zhang, "L1/2 regularization: a thresholding representation theory and a fast
/// solver" (2012), theorem 1.
pub fn half_threshold<S: Scalar>(v: S, t: f64) -> S {
    let modulus = v.abs();
    if modulus <= threshold(t) {
        return S::zero();
    }
    let scaled = modulus / 3.0;
    let angle = libm::acos((t / 4.0 / (scaled * scaled.sqrt())).min(1.0));
    let turned = libm::cos(2.0 / 3.0 * (std::f64::consts::PI - angle));
    v * (2.0 / 3.0 * (1.0 + turned))
}

/// Proximal operator of `t sum |.|^(1/2)`, in place.
pub fn prox<S: Scalar>(v: &mut [S], t: f64) {
    for entry in v {
        *entry = half_threshold(*entry, t);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    #[test]
    fn the_prox_is_the_least_of_all() {
        for t in [0.03, 0.5, 1.0, 4.0] {
            for i in 0..200 {
                let v = -6.0 + 0.0603 * f64::from(i);
                let cost = |x: f64| 0.5 * (x - v) * (x - v) + t * x.abs().sqrt();
                let found = cost(half_threshold(v, t));
                let least = (-7000..=7000).map(|i| cost(f64::from(i) * 1e-3)).fold(f64::INFINITY, f64::min);
                assert!(found <= least + 1e-12, "v = {v}, t = {t}: {found} for {least}");
            }
        }
    }

    #[test]
    fn it_jumps_at_the_threshold_by_two_thirds_of_it() {
        for t in [0.01, 1.0, 30.0] {
            let edge = threshold(t);
            assert!((weight_for(edge) - t).abs() < 1e-14 * t);
            assert_eq!(half_threshold(edge, t), 0.0);
            assert!((half_threshold(edge * (1.0 + 1e-12), t) - 2.0 / 3.0 * edge).abs() < 1e-10 * edge);
        }
        assert_eq!(half_threshold(-2.5, 0.0), -2.5);
        assert_eq!(value(&[4.0, -9.0, 0.0]), 5.0);
    }

    #[test]
    fn a_complex_entry_keeps_its_phase() {
        let v = Complex64::new(3.0, -4.0);
        let x = half_threshold(v, 0.7);
        assert!((x.abs() - half_threshold(5.0, 0.7)).abs() < 1e-14);
        assert!((x / v).im.abs() < 1e-16);
    }
}
