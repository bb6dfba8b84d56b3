//! The standard normal law.

/// Density `phi(z)`.
pub fn density(z: f64) -> f64 {
    const INVERSE_ROOT_TAU: f64 = 0.398_942_280_401_432_7;
    INVERSE_ROOT_TAU * libm::exp(-0.5 * z * z)
}

/// Upper tail `Q(z) = P(Z > z)`, accurate far out.
pub fn upper_tail(z: f64) -> f64 {
    0.5 * libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2)
}
