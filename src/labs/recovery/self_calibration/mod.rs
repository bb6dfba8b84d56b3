//! Self-calibration by linear least squares.
//!
//! ```text
//! y_l = D A_l x_l   <=>   diag(y_l) s = A_l x_l,  s = 1 / d        linear in z = (x, s)
//!
//! least squares:  z = argmin |U z|^2 + |w^* z - c|^2               w adds up s, c = 1
//! spectral:       z = argmin |U z| over unit z                     the last right singular vector of U
//! ```
//!
//! with one row of U an equation ([`Bilinear`]). The minimiser of the first is a multiple of `(U^* U)^{-1} w`: one step of inverse iteration
//! from w towards the second. U has p m rows and m + n unknowns (one signal) or m + p n; z is known up to a number, so
//! `p m >= m + n - 1` equations are needed. Columns of U are scaled to unit length, by which gains and signals weigh the same.
//!
//! By iterations a step costs p products with matrices and as many with adjoints: conjugate gradients ([`Cgls`]) for the first,
//! locally optimal conjugate gradients ([`LeastSingular`]) for the second. Directly, a QR factorisation of U takes O(p m (m + n)^2).
//!
//! Ling and Strohmer, "Self-calibration and bilinear inverse problems via linear least squares" (2018).

mod direct;
mod exhibit;
mod iterations;

pub(super) use iterations::least_squares;

use super::calibration::{Bilinear, CalibrationInstance};
use crate::contract::{Complaint, Exhibit, MethodCard, Run, TypedMethod};
use crate::operators::LinearOperator;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What keeps the answer from being zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// One more equation: inverse gains add up to 1.
    #[default]
    #[schemars(extend("x-label" = "least squares"))]
    LeastSquares,
    /// The answer has unit length: a singular vector.
    Spectral,
}

/// How it is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Solver {
    /// By conjugate gradients.
    #[default]
    #[schemars(extend("x-label" = "conjugate gradients"))]
    Iterations,
    /// By a QR factorisation, in one step.
    #[schemars(extend("x-label" = "a factorisation"))]
    Direct,
}

/// Parameters of self-calibration.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SelfCalibration {
    /// What keeps the answer from being zero.
    pub way: Way,
    /// How it is found.
    pub solver: Solver,
    /// Stop when the gradient is this small, relative to the first one.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most iterations.
    #[schemars(range(min = 1, max = 20_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SelfCalibration {
    fn default() -> Self {
        Self { way: Way::default(), solver: Solver::default(), tolerance: 1e-12, max_steps: 2000 }
    }
}

impl TypedMethod for SelfCalibration {
    type Instance = CalibrationInstance;

    const CARD: MethodCard = MethodCard {
        id: "self-calibration",
        lab: "recovery",
        problem: "calibration",
        title: "Self-calibration by linear least squares",
        short: "Self-calibration",
        sentence: "with {way}, by {solver}",
        line: "Solves for signal and inverse gains at once, which is linear",
        cost: "a product with every matrix and its adjoint",
        when: "gains are unknown and there are more measurements than unknowns",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        if self.solver == Solver::Direct { 1 } else { self.max_steps }
    }

    fn start(&self, instance: &Arc<CalibrationInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(match self.solver {
            Solver::Iterations => Box::new(iterations::Iterating::new(self, &instance.system)),
            Solver::Direct => Box::new(direct::Factorising::new(self.way, &instance.system)?),
        })
    }
}

/// `1 / length` for every column of U, and 1 for those that are zero.
fn scales(system: &Bilinear) -> Vec<f64> {
    system.column_norms().into_iter().map(|length| if length > 0.0 { 1.0 / length } else { 1.0 }).collect()
}

/// `(x, s)` in units of their own, from unknowns of the scaled columns.
fn estimate(system: &Bilinear, scales: &[f64], scaled: &[Complex64]) -> Vec<Complex64> {
    let z: Vec<Complex64> = scaled.iter().zip(scales).map(|(z, scale)| z * scale).collect();
    let (x, handles) = z.split_at(system.signal());
    [x.to_vec(), system.inverse_gains(handles)].concat()
}
