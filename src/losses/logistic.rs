//! The logistic loss, `sum log(1 + exp(-b_i z_i))` for scores z and labels b of -1 and 1.

/// `log(1 + e^x)` without overflow.
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + libm::log1p(libm::exp(-x.abs()))
}

/// `1 / (1 + e^-x)` without overflow.
pub fn sigmoid(x: f64) -> f64 {
    let small = libm::exp(-x.abs());
    if x >= 0.0 { 1.0 / (1.0 + small) } else { small / (1.0 + small) }
}

/// `sum log(1 + exp(-b_i z_i))`.
pub fn value(z: &[f64], labels: &[f64]) -> f64 {
    z.iter().zip(labels).fold(0.0, |sum, (z, b)| sum + softplus(-b * z))
}

/// `-b_i / (1 + exp(b_i z_i))`; Lipschitz with constant 1/4.
pub fn gradient(z: &[f64], labels: &[f64]) -> Vec<f64> {
    z.iter().zip(labels).map(|(z, b)| -b * sigmoid(-b * z)).collect()
}

/// The conjugate: `sum p log p + (1 - p) log(1 - p)` at `p_i = -b_i theta_i`, which must be in [0, 1]; infinity elsewhere.
pub fn conjugate(theta: &[f64], labels: &[f64]) -> f64 {
    let entropy = |p: f64| if p == 0.0 { 0.0 } else { p * libm::log(p) };
    theta.iter().zip(labels).fold(0.0, |sum, (theta, b)| {
        let p = -b * theta;
        sum + if (0.0..=1.0).contains(&p) { entropy(p) + entropy(1.0 - p) } else { f64::INFINITY }
    })
}
