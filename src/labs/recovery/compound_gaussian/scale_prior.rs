//! What scales cost: minus the logarithm of their density, with derivative and proximal operator.
//!
//! With `P_u = I` and u at its best, an entry c of `z o u` costs `min_z c^2 / (2 z^2) + R(z)`. For `R = mu z^p / p` that is a
//! multiple of `|c|^(2p / (p + 2))`: the l1 norm for p = 2, the l_(2/3) penalty for p = 1.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Least scale of densities that are zero at zero.
const FLOOR: f64 = 1e-3;

/// Points at which a function of one scale is looked at before its minimum is narrowed down.
const POINTS: usize = 48;
/// Sections that narrow it down, each to 0.62 of the interval.
const SECTIONS: usize = 48;

/// The cost of scales, by `id`: the sum over the entries of z.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum ScalePrior {
    /// mu z^p / p: large scales cost, small ones are free.
    #[schemars(extend("x-phrase" = "[a power] {p} of the scales at {mu}"))]
    Power(Power),
    /// Scales whose logarithms are normal: (ln z)²/(2 s²) + ln z.
    #[schemars(extend("x-phrase" = "[lognormal] scales of spread {spread}", "x-label" = "lognormal"))]
    LogNormal(LogNormal),
    /// Rayleigh's law, which makes entries Laplacian: mu z²/2 - ln z.
    #[schemars(extend("x-phrase" = "[Rayleigh] scales at {mu}"))]
    Rayleigh(Rayleigh),
    /// Squares by an inverse gamma law, which makes entries Student's: (nu + 1) ln z + nu/(2 z²).
    #[schemars(extend("x-phrase" = "[inverse gamma] scales with {nu} degrees of freedom"))]
    InverseGamma(InverseGamma),
}

/// A power of the scales.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Power {
    /// The weight, mu.
    #[schemars(range(min = 1e-9, max = 1e3), extend("x-scale" = "log"))]
    pub mu: f64,
    /// The exponent: entries are penalised by their modulus to the power 2p/(p + 2).
    #[schemars(range(min = 0.1, max = 2.0), extend("x-step" = 0.1))]
    pub p: f64,
}

impl Default for Power {
    fn default() -> Self {
        Self { mu: 0.001, p: 1.0 }
    }
}

/// Normal logarithms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LogNormal {
    /// Standard deviation of the logarithms, s.
    #[schemars(range(min = 0.01, max = 100.0), extend("x-scale" = "log"))]
    pub spread: f64,
}

impl Default for LogNormal {
    fn default() -> Self {
        Self { spread: 2.0 }
    }
}

/// Rayleigh's law.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Rayleigh {
    /// One over the square of the likeliest scale, mu.
    #[schemars(range(min = 1e-9, max = 1e6), extend("x-scale" = "log"))]
    pub mu: f64,
}

impl Default for Rayleigh {
    fn default() -> Self {
        Self { mu: 1.0 }
    }
}

/// The law of a standard deviation whose square is inverse gamma.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct InverseGamma {
    /// Degrees of freedom of Student's law, nu.
    #[schemars(range(min = 1e-9, max = 100.0), extend("x-scale" = "log"))]
    pub nu: f64,
}

impl Default for InverseGamma {
    fn default() -> Self {
        Self { nu: 0.1 }
    }
}

impl Default for ScalePrior {
    fn default() -> Self {
        ScalePrior::Power(Power::default())
    }
}

impl ScalePrior {
    /// The least scale: zero, or where logarithms begin.
    pub fn floor(self) -> f64 {
        if matches!(self, ScalePrior::Power(_)) { 0.0 } else { FLOOR }
    }

    /// R at one scale.
    pub fn value(self, z: f64) -> f64 {
        match self {
            ScalePrior::Power(Power { mu, p }) => mu * power(z, p) / p,
            ScalePrior::LogNormal(LogNormal { spread }) => {
                let log = libm::log(z);
                log * log / (2.0 * spread * spread) + log
            }
            ScalePrior::Rayleigh(Rayleigh { mu }) => 0.5 * mu * z * z - libm::log(z),
            ScalePrior::InverseGamma(InverseGamma { nu }) => (nu + 1.0) * libm::log(z) + nu / (2.0 * z * z),
        }
    }

    /// Its derivative; infinite at zero for powers below one.
    pub fn derivative(self, z: f64) -> f64 {
        match self {
            ScalePrior::Power(Power { mu, p }) => mu * power(z, p - 1.0),
            ScalePrior::LogNormal(LogNormal { spread }) => (libm::log(z) / (spread * spread) + 1.0) / z,
            ScalePrior::Rayleigh(Rayleigh { mu }) => mu * z - 1.0 / z,
            ScalePrior::InverseGamma(InverseGamma { nu }) => (nu + 1.0 - nu / (z * z)) / z,
        }
    }

    /// `argmin_z (z - v)^2 / 2 + step R(z)` over the scales that are allowed: by its formula where there is one, else by a
    /// search to ten digits.
    pub fn prox(self, v: f64, step: f64) -> f64 {
        match self {
            ScalePrior::Power(Power { mu, p: 1.0 }) => (v - step * mu).max(0.0),
            ScalePrior::Power(Power { mu, p: 2.0 }) => v.max(0.0) / (1.0 + step * mu),
            ScalePrior::Rayleigh(Rayleigh { mu }) => {
                // The positive root of (1 + step mu) z^2 - v z - step.
                let lead = 1.0 + step * mu;
                ((v + (v * v + 4.0 * step * lead).sqrt()) / (2.0 * lead)).max(FLOOR)
            }
            ScalePrior::Power(_) if v <= 0.0 => 0.0,
            _ => self.least(v.max(FLOOR) + 1.0, |z| 0.5 * (z - v) * (z - v) + step * self.value(z)).0,
        }
    }

    /// What an entry c of `z o u` costs at the best scale, with `P_u = I`.
    pub fn cost_of_entry(self, c: f64) -> f64 {
        if c == 0.0 && self.floor() == 0.0 {
            return 0.0;
        }
        self.least(1e3 * (1.0 + c.abs()), |z| 0.5 * c * c / (z * z) + self.value(z)).1
    }

    /// The scale up to `most` with the least `cost`, and that cost. Scales are searched by their logarithms, and zero is
    /// tried where it is allowed.
    fn least(self, most: f64, cost: impl Fn(f64) -> f64) -> (f64, f64) {
        let (low, high) = (libm::log(self.floor().max(1e-9)), libm::log(most));
        let gap = (high - low) / (POINTS - 1) as f64;
        let at = |log: f64| cost(libm::exp(log));
        let mut best = (0, f64::INFINITY);
        for i in 0..POINTS {
            let value = at(low + gap * i as f64);
            if value < best.1 {
                best = (i, value);
            }
        }
        let centre = low + gap * best.0 as f64;
        let (mut left, mut right) = ((centre - gap).max(low), (centre + gap).min(high));
        let share = 0.5 * (5f64.sqrt() - 1.0);
        for _ in 0..SECTIONS {
            let (a, b) = (right - share * (right - left), left + share * (right - left));
            if at(a) <= at(b) {
                right = b;
            } else {
                left = a;
            }
        }
        let z = libm::exp(0.5 * (left + right)).max(self.floor());
        let found = (z, cost(z));
        if self.floor() == 0.0 && cost(0.0) <= found.1 { (0.0, cost(0.0)) } else { found }
    }
}

/// `z^p` for the exponents that need no logarithm, too.
fn power(z: f64, p: f64) -> f64 {
    if p == 0.0 {
        1.0
    } else if p == 1.0 {
        z
    } else if p == 2.0 {
        z * z
    } else {
        libm::pow(z, p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [ScalePrior; 7] = [
        ScalePrior::Power(Power { mu: 0.3, p: 2.0 }),
        ScalePrior::Power(Power { mu: 0.3, p: 1.0 }),
        ScalePrior::Power(Power { mu: 0.3, p: 1.5 }),
        ScalePrior::Power(Power { mu: 0.3, p: 0.5 }),
        ScalePrior::LogNormal(LogNormal { spread: 0.7 }),
        ScalePrior::Rayleigh(Rayleigh { mu: 2.0 }),
        ScalePrior::InverseGamma(InverseGamma { nu: 0.4 }),
    ];

    #[test]
    fn derivatives_are_those_of_differences() {
        for prior in ALL {
            for z in [0.01, 0.2, 1.0, 3.7] {
                let h = 1e-6 * z;
                let difference = (prior.value(z + h) - prior.value(z - h)) / (2.0 * h);
                let found = prior.derivative(z);
                assert!((found - difference).abs() < 1e-7 * (1.0 + found.abs()), "{prior:?} at {z}");
            }
        }
    }

    #[test]
    fn no_scale_on_a_fine_grid_is_better_than_the_proximal_one() {
        for prior in ALL {
            for (v, step) in [(-0.5, 0.1), (0.0, 0.4), (0.3, 0.05), (1.2, 1.0), (4.0, 0.3)] {
                let cost = |z: f64| 0.5 * (z - v) * (z - v) + step * prior.value(z);
                let found = prior.prox(v, step);
                assert!(found >= prior.floor());
                let best = (0..=200_000).map(|i| cost(prior.floor() + i as f64 * 3e-5)).fold(f64::INFINITY, f64::min);
                assert!(cost(found) <= best + 1e-9, "{prior:?}: prox of {v} by {step} is {found}");
            }
        }
    }

    #[test]
    fn powers_of_scales_are_powers_of_entries() {
        for c in [0.01, 0.3, 2.0] {
            let lasso = ScalePrior::Power(Power { mu: 0.04, p: 2.0 }).cost_of_entry(c);
            assert!((lasso - 0.2 * c).abs() < 1e-9 * c, "{lasso}");
            let two_thirds = ScalePrior::Power(Power { mu: 0.008, p: 1.0 }).cost_of_entry(-c);
            assert!((two_thirds - 1.5 * 0.04 * libm::cbrt(c * c)).abs() < 1e-9, "{two_thirds}");
        }
    }

    #[test]
    fn rayleigh_scales_make_entries_cost_their_modulus() {
        // The integral over z is Laplace's law exactly; its best point is that up to a logarithm's constant for large c.
        let prior = ScalePrior::Rayleigh(Rayleigh { mu: 4.0 });
        let slope = (prior.cost_of_entry(500.0) - prior.cost_of_entry(400.0)) / 100.0;
        assert!((slope - 2.0).abs() < 0.01, "{slope}");
    }
}
