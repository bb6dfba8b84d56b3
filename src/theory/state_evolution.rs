//! State evolution: how large the errors of AMP are after each step, for large Gaussian matrices.
//!
//! With `A_ij ~ N(0, 1/m)`, noise of variance `sigma^2` and `delta = m / n`, AMP sees `x + tau_t Z` at step t, where
//!
//! ```text
//! tau_0^2     = sigma^2 + E X^2 / delta
//! tau_{t+1}^2 = sigma^2 + E [eta(X + tau_t Z; alpha tau_t) - X]^2 / delta,
//! ```
//!
//! `eta` is the soft threshold and `X` an entry of the signal. The fixed point gives the mean squared error of the
//! LASSO, `delta (tau^2 - sigma^2)` a coordinate, and its `lambda`.
//!
//! Donoho, Maleki and Montanari, "Message-passing algorithms for compressed sensing" (2009); Bayati and Montanari,
//! "The LASSO risk for Gaussian matrices" (2012).

use super::normal::{density, upper_tail};

/// The law of an entry of the signal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Prior {
    /// Standard normal with probability `fraction`, else zero.
    BernoulliGaussian {
        /// Share of entries that are not zero.
        fraction: f64,
    },
    /// `amplitude` or its negative with probability `fraction`, else zero.
    FixedAmplitude {
        /// Share of entries that are not zero.
        fraction: f64,
        /// Their modulus.
        amplitude: f64,
    },
}

impl Prior {
    fn fraction(self) -> f64 {
        let (Prior::BernoulliGaussian { fraction } | Prior::FixedAmplitude { fraction, .. }) = self;
        fraction
    }

    /// `E X^2`.
    pub fn power(self) -> f64 {
        match self {
            Prior::BernoulliGaussian { fraction } => fraction,
            Prior::FixedAmplitude { fraction, amplitude } => fraction * amplitude * amplitude,
        }
    }

    /// `E [eta(X + tau Z; alpha tau) - X]^2`.
    pub fn risk(self, tau: f64, alpha: f64) -> f64 {
        let of_active = match self {
            Prior::BernoulliGaussian { .. } => gaussian_risk(tau, alpha * tau),
            Prior::FixedAmplitude { amplitude, .. } => tau * tau * soft_risk(amplitude / tau, alpha),
        };
        self.fraction() * of_active + (1.0 - self.fraction()) * tau * tau * soft_risk(0.0, alpha)
    }

    /// `P(|X + tau Z| > alpha tau)`: the share of entries that stay active.
    pub fn active(self, tau: f64, alpha: f64) -> f64 {
        let of_active = match self {
            Prior::BernoulliGaussian { .. } => 2.0 * upper_tail(alpha * tau / (1.0 + tau * tau).sqrt()),
            Prior::FixedAmplitude { amplitude, .. } => {
                upper_tail(alpha - amplitude / tau) + upper_tail(alpha + amplitude / tau)
            }
        };
        self.fraction() * of_active + (1.0 - self.fraction()) * 2.0 * upper_tail(alpha)
    }
}

/// Risk `E [eta(mu + Z; a) - mu]^2` of the soft threshold `a` at the amplitude `mu`, in unit noise.
pub fn soft_risk(mu: f64, a: f64) -> f64 {
    let killed = upper_tail(mu - a) - upper_tail(mu + a);
    1.0 + a * a + (mu * mu - a * a - 1.0) * killed - (a - mu) * density(a + mu) - (a + mu) * density(a - mu)
}

/// The same for `mu ~ N(0, 1)`, noise of standard deviation `tau` and threshold `t`, in closed form.
fn gaussian_risk(tau: f64, t: f64) -> f64 {
    // Given what is seen, Y ~ N(0, s^2), the entry has mean c Y and variance v.
    let s = (1.0 + tau * tau).sqrt();
    let (c, v, u) = (1.0 / (s * s), tau * tau / (s * s), t / s);
    let (phi, q) = (density(u), upper_tail(u));
    let killed = 1.0 - 2.0 * q;
    let inside = v * killed + c * c * s * s * (killed - 2.0 * u * phi);
    let bias = 1.0 - c;
    let outside = bias * bias * s * s * (2.0 * q + 2.0 * u * phi) - 4.0 * bias * t * s * phi + 2.0 * q * (t * t + v);
    inside + outside
}

/// AMP with the threshold `alpha tau` on one kind of problem.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StateEvolution {
    /// `m / n`, above 0.
    pub delta: f64,
    /// Standard deviation of the noise on a measurement, sigma.
    pub noise: f64,
    /// Threshold in units of the effective noise.
    pub alpha: f64,
    /// The signal.
    pub prior: Prior,
}

impl StateEvolution {
    /// `tau_0^2`: the effective noise before the first step.
    pub fn start(&self) -> f64 {
        self.noise * self.noise + self.prior.power() / self.delta
    }

    /// `tau^2` after one more step.
    pub fn next(&self, tau2: f64) -> f64 {
        if tau2 <= 0.0 {
            return self.noise * self.noise;
        }
        self.noise * self.noise + self.prior.risk(tau2.sqrt(), self.alpha) / self.delta
    }

    /// The limit of `tau^2`, to relative 1e-13 or after 10 000 steps, whichever is first.
    pub fn fixed_point(&self) -> f64 {
        let mut tau2 = self.start();
        for _ in 0..10_000 {
            let next = self.next(tau2);
            let settled = (next - tau2).abs() <= 1e-13 * tau2;
            tau2 = next;
            if settled {
                break;
            }
        }
        tau2
    }

    /// Mean squared error a coordinate that leaves the effective noise `tau^2`.
    pub fn mean_squared_error(&self, tau2: f64) -> f64 {
        self.delta * (tau2 - self.noise * self.noise)
    }

    /// The `lambda` for which the fixed point `tau^2` describes `min 1/2 |y - A x|^2 + lambda |x|_1`.
    pub fn lasso_penalty(&self, tau2: f64) -> f64 {
        let tau = tau2.sqrt();
        self.alpha * tau * (1.0 - self.prior.active(tau, self.alpha) / self.delta)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::penalties::l1::soft_threshold;

    const EXAMPLE: StateEvolution =
        StateEvolution { delta: 0.5, noise: 0.1, alpha: 1.5, prior: Prior::BernoulliGaussian { fraction: 0.1 } };

    #[test]
    fn follows_the_worked_example() {
        let mut tau2 = EXAMPLE.start();
        for expected in [0.2100, 0.09423, 0.05644, 0.04058, 0.03308] {
            assert!((tau2 / expected - 1.0).abs() < 2e-4, "{tau2} for {expected}");
            tau2 = EXAMPLE.next(tau2);
        }
        let limit = EXAMPLE.fixed_point();
        assert!((limit - 0.025130).abs() < 1e-6, "{limit}");
        assert!((EXAMPLE.lasso_penalty(limit) - 0.14187).abs() < 1e-5);
        assert!((EXAMPLE.mean_squared_error(limit) - 0.007565).abs() < 1e-6);
    }

    /// `E f(Z)`, by the trapezoidal rule, which is exact to rounding for smooth f; kinks leave 1e-7.
    fn expectation(f: impl Fn(f64) -> f64) -> f64 {
        let step = 1e-3;
        (-9000..=9000).map(|i| f64::from(i) * step).map(|z| f(z) * density(z) * step).sum()
    }

    #[test]
    fn closed_forms_are_the_integrals() {
        for (mu, a) in [(0.0, 1.2), (0.7, 1.5), (2.5, 0.8), (-2.5, 0.8)] {
            let integral = expectation(|z| (soft_threshold(mu + z, a) - mu) * (soft_threshold(mu + z, a) - mu));
            assert!((soft_risk(mu, a) - integral).abs() < 2e-6, "{mu} {a}");
        }
        for (tau, t) in [(0.3_f64, 0.4), (1.1, 0.9)] {
            let averaged = expectation(|mu| tau * tau * soft_risk(mu / tau, t / tau));
            assert!((gaussian_risk(tau, t) - averaged).abs() < 2e-6, "{tau} {t}");
        }
        let prior = Prior::FixedAmplitude { fraction: 1.0, amplitude: 0.8 };
        let active = expectation(|z| f64::from(u8::from((0.8 + 0.5 * z).abs() > 0.6)));
        assert!((prior.active(0.5, 1.2) - active).abs() < 1e-3);
    }

    #[test]
    fn without_noise_the_error_vanishes_below_the_transition_only() {
        // rho_l1(0.5) = 0.3857, so the transition is at eps = 0.193.
        let alpha = crate::theory::l1_transition::minimax_threshold(0.5);
        let limit = |fraction| {
            let prior = Prior::FixedAmplitude { fraction, amplitude: 1.0 };
            StateEvolution { delta: 0.5, noise: 0.0, alpha, prior }.fixed_point()
        };
        assert!(limit(0.18) < 1e-9, "{}", limit(0.18));
        assert!(limit(0.21) > 1e-2, "{}", limit(0.21));
    }
}
