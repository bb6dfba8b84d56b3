//! Small dense linear algebra that solvers update step by step.
//!
//! Storage and one-off decompositions come from nalgebra; here are the factorisations that grow and
//! shrink with a support. All reductions go through [`crate::kernels`], so bits agree everywhere.

mod active_cholesky;
mod assignment;
mod cgls;
mod cholesky;
mod conjugate_gradient;
mod hermitian_eigen;
mod incremental_qr;
mod jacobi;
mod least_absolute;
mod least_singular;
mod nonnegative_least_squares;
mod svd;

pub use active_cholesky::ActiveCholesky;
pub use assignment::assignment;
pub use cgls::Cgls;
pub use cholesky::Cholesky;
pub use conjugate_gradient::ConjugateGradient;
pub use hermitian_eigen::HermitianEigen;
pub use incremental_qr::IncrementalQr;
pub use least_absolute::LeastAbsolute;
pub use least_singular::LeastSingular;
pub use nonnegative_least_squares::nonnegative_least_squares;
pub use svd::Svd;

/// A new column lies in the span of the old ones, up to rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependent;
