//! Least squares, `1/2 |y - A x|^2`, and its duality gap with the l1 penalty (the LASSO).

use crate::kernels::{Scalar, norm_inf, norm_one};

/// Objective and duality gap of `min 1/2 |y - A x|^2 + lambda |x|_1`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LassoCertificate {
    /// The primal objective at `x`.
    pub objective: f64,
    /// Objective minus a feasible dual value: an upper bound on the objective's excess over the optimum.
    pub gap: f64,
}

/// Certifies `x`, given `residual = y - A x` and `correlations = A^* residual`.
///
/// The dual point is the residual, scaled into `|A^* theta|_inf <= lambda`; the dual value is
/// `1/2 |y|^2 - 1/2 |y - theta|^2` (Mairal 2010, Bonnefoy et al. 2014). O(m + n).
pub fn lasso_certificate<S: Scalar>(
    x: &[S],
    measurements: &[S],
    residual: &[S],
    correlations: &[S],
    lambda: f64,
) -> LassoCertificate {
    let half_residual = 0.5 * S::norm_squared(residual);
    let objective = half_residual + lambda * norm_one(x);
    let peak = norm_inf(correlations);
    let scale = if peak > lambda { lambda / peak } else { 1.0 };
    // 1/2 |y|^2 - 1/2 |y - s r|^2 = s Re y^* r - s^2/2 |r|^2, without the cancellation of two large squares.
    let dual = scale * S::dot(measurements, residual).re() - scale * scale * half_residual;
    LassoCertificate { objective, gap: (objective - dual).max(0.0) }
}
