//! Losses: value, gradient or proximal operator, and the conjugate where it gives a certificate.
//!
//! Those of a residual take `r = y - A x`; the other two take `z = A x` and what was counted or labelled.

pub mod absolute;
mod fit;
pub mod huber;
pub mod least_squares;
pub mod logistic;
pub mod poisson;
pub mod square_root;

pub use fit::Fit;
