//! Roots of unity, the twiddle factors of every Fourier-like transform.

use num_complex::Complex64;
use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// The root of unity `exp(-2 pi i k / n)`.
///
/// Each root is computed directly, never by a recurrence, so the error does not grow with `k`. The angle is
/// first folded into `[0, pi/4]`, the octant in which sine and cosine are best conditioned; the symmetries of the
/// circle then hold exactly, and the multiples of `pi/4` are exact. The result depends on the ratio `k / n`
/// alone: `root(2 * k, 2 * n)` has the bits of `root(k, n)`.
pub(super) fn root(k: usize, n: usize) -> Complex64 {
    // 64 bits also in wasm32, where `8 * k` could overflow a usize.
    let (k, n) = (k as u64, n as u64);
    let eighths = 8 * (k % n);
    let (octant, rest) = (eighths / n, eighths % n);
    // An odd octant is measured backwards from its far end, a multiple of pi/2.
    let rest = if octant % 2 == 0 { rest } else { n - rest };
    let (cos, sin) = if rest == n {
        (FRAC_1_SQRT_2, FRAC_1_SQRT_2)
    } else {
        let angle = PI * (rest as f64 / (4 * n) as f64);
        (libm::cos(angle), libm::sin(angle))
    };
    let (re, im) = match octant {
        0 => (cos, sin),
        1 => (sin, cos),
        2 => (-sin, cos),
        3 => (-cos, sin),
        4 => (-cos, -sin),
        5 => (-sin, -cos),
        6 => (sin, -cos),
        _ => (cos, -sin),
    };
    Complex64::new(re, -im)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_platform_sine_and_cosine() {
        for n in 1..=64 {
            for k in 0..2 * n {
                // The unfolded angle itself is off by up to 1e-15, hence the tolerance.
                let angle = 2.0 * PI * (k % n) as f64 / n as f64;
                let w = root(k, n);
                assert!((w.re - angle.cos()).abs() < 2e-15, "cos, k = {k}, n = {n}");
                assert!((w.im + angle.sin()).abs() < 2e-15, "sin, k = {k}, n = {n}");
            }
        }
    }

    #[test]
    fn multiples_of_an_eighth_turn_are_exact() {
        let h = FRAC_1_SQRT_2;
        let turn = [(1.0, 0.0), (h, -h), (0.0, -1.0), (-h, -h), (-1.0, 0.0), (-h, h), (0.0, 1.0), (h, h)];
        for (k, (re, im)) in turn.into_iter().enumerate() {
            assert_eq!(root(k, 8), Complex64::new(re, im), "k = {k}");
        }
    }

    #[test]
    fn depends_on_the_ratio_alone_and_mirrors_exactly() {
        for n in 1..=40 {
            for k in 0..n {
                assert_eq!(root(k, n), root(6 * k, 6 * n));
                assert_eq!(root(k, n), root(n - k, n).conj());
            }
        }
    }
}
