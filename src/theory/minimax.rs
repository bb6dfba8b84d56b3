//! What soft thresholding costs in the worst case, over signals of which a fraction `eps` is not zero.
//!
//! One entry is seen in noise of unit variance in each of its `b` real parts (b = 2 for complex entries, else 1),
//! and is shrunk by `t`. An entry far from zero costs `b + t^2`; a zero costs `E (|Z| - t)_+^2`. The minimax risk is
//!
//! ```text
//! M(eps) = min_t [eps (b + t^2) + (1 - eps) E (|Z| - t)_+^2] / b,
//! ```
//!
//! which is also the statistical dimension of l1 descent cones a coordinate (Amelunxen et al. 2014). AMP recovers
//! without noise iff `M(rho delta) < delta`, and its worst error under noise is in [`noise_sensitivity`].
//!
//! Donoho, Maleki and Montanari, "The noise-sensitivity phase transition in compressed sensing" (2011); Maleki et al.,
//! "Asymptotic analysis of complex LASSO via complex approximate message passing" (2013).

use super::normal::{density, upper_tail};
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// What kind of number an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entries {
    /// Real, of either sign.
    Signed,
    /// Real and not negative.
    Nonnegative,
    /// Complex, circular noise of unit variance in each part.
    Complex,
}

/// The minimax risk at one sparsity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimax {
    /// `M(eps)`, a real part, in units of the noise variance of a part.
    pub risk: f64,
    /// The threshold that attains it, in standard deviations of a part.
    pub threshold: f64,
}

impl Entries {
    /// Real parts of an entry.
    fn parts(self) -> f64 {
        if self == Entries::Complex { 2.0 } else { 1.0 }
    }

    /// `E (|Z| - t)_+^2`: the risk at zero.
    fn risk_at_zero(self, t: f64) -> f64 {
        let one_side = (1.0 + t * t) * upper_tail(t) - t * density(t);
        match self {
            Entries::Signed => 2.0 * one_side,
            Entries::Nonnegative => one_side,
            Entries::Complex => 2.0 * TAU.sqrt() * (density(t) - t * upper_tail(t)),
        }
    }

    /// `eps / (1 - eps)` at which `t` is the best threshold: where the derivative of the risk is zero.
    fn odds(self, t: f64) -> f64 {
        let one_side = density(t) / t - upper_tail(t);
        match self {
            Entries::Signed => 2.0 * one_side,
            Entries::Nonnegative => one_side,
            Entries::Complex => TAU.sqrt() * upper_tail(t) / t,
        }
    }

    /// The risk at the sparsity for which `t` is the best threshold.
    fn risk_for(self, t: f64) -> (f64, f64) {
        let odds = self.odds(t);
        let eps = odds / (1.0 + odds);
        (eps, (eps * (self.parts() + t * t) + (1.0 - eps) * self.risk_at_zero(t)) / self.parts())
    }

    /// `M(eps)` and its threshold, for `eps` in (0, 1).
    pub fn minimax(self, eps: f64) -> Minimax {
        let threshold = falling_root(|t| self.risk_for(t).0 - eps);
        Minimax { risk: self.risk_for(threshold).1, threshold }
    }

    /// AMP's minimax threshold at `delta = m / n`, in units of the effective noise `|z| / sqrt m`; that noise
    /// spreads over both parts of a complex entry. For signed entries, [`super::l1_transition::minimax_threshold`].
    pub fn amp_threshold(self, delta: f64) -> f64 {
        let t = falling_root(|t| self.risk_for(t).1 - delta);
        if self == Entries::Complex { t * FRAC_1_SQRT_2 } else { t }
    }

    /// Largest `rho = k / m` below which AMP recovers without noise at `delta = m / n`.
    pub fn transition(self, delta: f64) -> f64 {
        self.risk_for(falling_root(|t| self.risk_for(t).1 - delta)).0 / delta
    }

    /// Worst mean squared error a coordinate, over the noise variance of a measurement, of the best-tuned LASSO:
    /// `M / (1 - M / delta)` at `eps = rho delta`. Infinite at and above the transition.
    pub fn noise_sensitivity(self, delta: f64, rho: f64) -> f64 {
        let risk = self.minimax(rho * delta).risk;
        if risk < delta { risk / (1.0 - risk / delta) } else { f64::INFINITY }
    }
}

/// Where a falling function of `t > 0` crosses zero, by bisection.
fn falling_root(f: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (1e-9, 12.0);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        if f(middle) > 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::super::l1_transition;
    use super::*;

    /// (eps, signed risk, its threshold, nonnegative risk), evaluated independently.
    const TABLE: [(f64, f64, f64, f64); 6] = [
        (0.01, 0.0612, 1.945, 0.0522),
        (0.05, 0.2039, 1.398, 0.1671),
        (0.10, 0.3288, 1.140, 0.2653),
        (0.15, 0.4279, 0.980, 0.3434),
        (0.20, 0.5111, 0.862, 0.4099),
        (0.25, 0.5829, 0.766, 0.4686),
    ];

    #[test]
    fn risks_agree_with_the_table() {
        for (eps, risk, threshold, positive) in TABLE {
            let found = Entries::Signed.minimax(eps);
            assert!((found.risk - risk).abs() < 6e-5 && (found.threshold - threshold).abs() < 6e-4, "{found:?}");
            assert!((Entries::Nonnegative.minimax(eps).risk - positive).abs() < 6e-5);
        }
    }

    #[test]
    fn thresholds_and_transitions_are_those_of_l1() {
        for delta in [0.1, 0.3, 0.5, 0.9] {
            let z = l1_transition::minimax_threshold(delta);
            assert!((Entries::Signed.amp_threshold(delta) - z).abs() < 1e-9);
            assert!((Entries::Signed.transition(delta) - l1_transition::signed(delta)).abs() < 1e-9);
            assert!((Entries::Nonnegative.transition(delta) - l1_transition::nonnegative(delta)).abs() < 1e-9);
        }
    }

    #[test]
    fn complex_transition_is_that_of_blocks_of_two() {
        for (delta, rho) in [(0.05, 0.2246), (0.1, 0.2643), (0.25, 0.3456), (0.5, 0.4579), (0.75, 0.5898)] {
            assert!((Entries::Complex.transition(delta) - rho).abs() < 6e-5, "{delta}");
        }
    }

    #[test]
    fn noise_sensitivity_grows_to_infinity_at_the_transition() {
        let limit = Entries::Signed.transition(0.5);
        for (share, worst) in [(0.25, 0.330), (0.5, 0.896), (0.75, 2.554), (0.9, 7.505), (0.95, 15.75)] {
            let found = Entries::Signed.noise_sensitivity(0.5, share * limit);
            assert!((found / worst - 1.0).abs() < 2e-3, "{share}: {found}");
        }
        assert_eq!(Entries::Signed.noise_sensitivity(0.5, 1.01 * limit), f64::INFINITY);
    }
}
