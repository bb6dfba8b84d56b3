//! Gaussian processes for regression: a kernel, exact inference, and variational inference with inducing variables.
//!
//! Inputs are rows of `dims` numbers, one after the other. All hyper-parameters are logarithms, so that any step keeps them positive.

mod exact;
mod kernel;
mod sparse;

pub use exact::{ExactGp, evidence};
pub use kernel::{Kernel, nearest};
pub use sparse::{Covariance, Datum, SparseGp};

/// `k(z, z) = a (1 + JITTER)` on the diagonal of covariances that are factorised.
pub const JITTER: f64 = 1e-6;

/// What is expected of a value, and how uncertain that is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Mean of f.
    pub mean: f64,
    /// Variance of f, without the noise.
    pub variance: f64,
}
