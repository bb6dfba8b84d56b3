//! How well measurements must be fitted, by name: losses and constraints of a residual.

use super::{absolute, huber, square_root};
use crate::kernels::{Scalar, norm, norm_inf, norm_one};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A loss of `r = y - A x`, by `id`; a constraint is one that is zero or infinite.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Fit {
    /// Half the sum of squares.
    LeastSquares,
    /// No residual at all.
    Exact,
    /// A residual of a given length at most.
    Within {
        /// The length; the noise's own where it is left out.
        #[serde(default)]
        #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
        noise: Option<f64>,
    },
    /// No entry of the residual larger than a given modulus.
    WithinEach {
        /// The modulus.
        #[serde(default = "tenth")]
        #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
        bound: f64,
    },
    /// The length of the residual.
    SquareRoot,
    /// The sum of moduli.
    Absolute,
    /// Squares, and moduli beyond a cut.
    Huber {
        /// The cut, as a fraction of the largest measurement.
        #[serde(default = "tenth")]
        #[schemars(range(min = 1e-6, max = 1.0), extend("x-scale" = "log"))]
        cut: f64,
    },
}

fn tenth() -> f64 {
    0.1
}

impl Fit {
    /// What a residual costs; zero for a constraint.
    pub fn value<S: Scalar>(self, r: &[S]) -> f64 {
        match self {
            Fit::LeastSquares => 0.5 * S::norm_squared(r),
            Fit::Exact | Fit::Within { .. } | Fit::WithinEach { .. } => 0.0,
            Fit::SquareRoot => square_root::value(r),
            Fit::Absolute => absolute::value(r),
            Fit::Huber { cut } => huber::value(r, cut),
        }
    }

    /// How far a residual is outside a constraint; zero for a loss.
    pub fn violation<S: Scalar>(self, r: &[S]) -> f64 {
        match self {
            Fit::Exact => norm(r),
            Fit::Within { noise } => (norm(r) - noise.unwrap_or(0.0)).max(0.0),
            Fit::WithinEach { bound } => (norm_inf(r) - bound).max(0.0),
            _ => 0.0,
        }
    }

    /// Whether it is zero or infinite, so that there is no price to weigh a penalty against.
    pub fn is_constraint(self) -> bool {
        matches!(self, Fit::Exact | Fit::Within { .. } | Fit::WithinEach { .. })
    }

    /// A subgradient at a residual; the residual itself for a constraint.
    pub fn gradient<S: Scalar>(self, r: &[S]) -> Vec<S> {
        match self {
            Fit::LeastSquares | Fit::Exact | Fit::Within { .. } | Fit::WithinEach { .. } => r.to_vec(),
            Fit::SquareRoot => square_root::gradient(r),
            Fit::Absolute => absolute::gradient(r),
            Fit::Huber { cut } => huber::gradient(r, cut),
        }
    }

    /// Proximal operator with weight `t`, in place.
    pub fn prox<S: Scalar>(self, r: &mut [S], t: f64) {
        match self {
            Fit::LeastSquares => r.iter_mut().for_each(|r| *r = *r / (1.0 + t)),
            Fit::Exact => r.fill(S::zero()),
            Fit::Within { noise } => {
                let (size, most) = (norm(r), noise.unwrap_or(0.0));
                if size > most {
                    r.iter_mut().for_each(|r| *r = *r * (most / size));
                }
            }
            Fit::WithinEach { bound } => {
                r.iter_mut().filter(|r| r.abs() > bound).for_each(|r| *r = r.sign() * bound);
            }
            Fit::SquareRoot => square_root::prox(r, t),
            Fit::Absolute => absolute::prox(r, t),
            Fit::Huber { cut } => huber::prox(r, t, cut),
        }
    }

    /// The conjugate along the ray through `theta`: `(gauge, slope, square)`, for `slope s + square s^2` where
    /// `s gauge <= 1`, and infinity beyond.
    pub fn ray<S: Scalar>(self, theta: &[S]) -> (f64, f64, f64) {
        match self {
            Fit::LeastSquares => (0.0, 0.0, 0.5 * S::norm_squared(theta)),
            Fit::Exact => (0.0, 0.0, 0.0),
            Fit::Within { noise } => (0.0, noise.unwrap_or(0.0) * norm(theta), 0.0),
            Fit::WithinEach { bound } => (0.0, bound * norm_one(theta), 0.0),
            Fit::SquareRoot => (square_root::gauge(theta), 0.0, 0.0),
            Fit::Absolute => (absolute::gauge(theta), 0.0, 0.0),
            Fit::Huber { cut } => (absolute::gauge(theta) / cut, 0.0, 0.5 * S::norm_squared(theta)),
        }
    }
}
