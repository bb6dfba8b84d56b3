//! Penalties: value, and proximal operator `argmin_x 1/2 |x - v|^2 + t p(x)`. Any proximal solver takes any of them.
//!
//! One file each, as functions over slices whose entries are real or complex; where entries are complex, penalties are
//! of moduli, and the operator keeps the phase.

pub mod analysis_l1;
mod choice;
pub mod elastic_net;
pub mod fused;
pub mod group;
pub mod interval;
pub mod l0;
pub mod l1;
pub mod l_half;
pub mod l_p;
pub mod log;
pub mod mcp;
pub mod nonnegative;
pub mod nuclear;
pub mod partition;
mod regularizer;
pub mod scad;
pub mod simplex;
pub mod slope;
pub mod sparse_group;
pub mod total_variation;
pub mod total_variation_2d;
pub mod weighted_l1;

pub use choice::Penalty;
pub use regularizer::{Ray, Regularizer};

use crate::kernels::Scalar;

/// When an operator that iterates is done.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effort {
    /// The duality gap, relative to `|v|^2 / 2`.
    pub tolerance: f64,
    /// Most inner steps.
    pub steps: usize,
}

/// `v` with another modulus; zero stays zero.
fn with_modulus<S: Scalar>(v: S, modulus: f64) -> S {
    if modulus == 0.0 { S::zero() } else { v.sign() * modulus }
}

/// The better of two moduli for `1/2 (x - r)^2 + t p(x)`; the first where they tie.
fn better(r: f64, t: f64, (x, y): (f64, f64), penalty: impl Fn(f64) -> f64) -> f64 {
    let cost = |x: f64| 0.5 * (x - r) * (x - r) + t * penalty(x);
    if cost(y) < cost(x) { y } else { x }
}
