//! Where l1 minimisation stops recovering: the weak transition of Donoho and Tanner.
//!
//! The same curve is found by polytope counting (Donoho and Tanner 2009), by AMP's state evolution
//! (Donoho, Maleki and Montanari 2009) and by statistical dimension (Amelunxen et al. 2014). With `kappa = 2`
//! for signed and 1 for nonnegative signals it has the parametric form, for z > 0,
//!
//! ```text
//! delta = kappa phi / (z + kappa (phi - z Q)),    rho = 1 - z Q / phi,
//! ```
//!
//! and `z` is the minimax threshold of AMP, in units of the effective noise.

use super::normal::{density, upper_tail};

/// Largest `rho = k / m` that l1 minimisation recovers at `delta = m / n`, signed signals, n to infinity.
///
/// `delta` in (0, 1); outside it the nearest limit is returned. Bisection to the last bit, about 60 steps.
pub fn signed(delta: f64) -> f64 {
    rho_at(threshold(delta, 2.0))
}

/// The same for nonnegative signals.
pub fn nonnegative(delta: f64) -> f64 {
    rho_at(threshold(delta, 1.0))
}

/// AMP's minimax threshold `z*(delta)` for signed signals, in units of the effective noise.
pub fn minimax_threshold(delta: f64) -> f64 {
    threshold(delta, 2.0)
}

fn rho_at(z: f64) -> f64 {
    1.0 - z * upper_tail(z) / density(z)
}

/// The `z` that belongs to `delta`; delta falls as z grows.
fn threshold(delta: f64, kappa: f64) -> f64 {
    let delta_at = |z: f64| {
        let phi = density(z);
        kappa * phi / (z + kappa * (phi - z * upper_tail(z)))
    };
    let (mut low, mut high) = (1e-9, 12.0);
    for _ in 0..64 {
        let middle = 0.5 * (low + high);
        if delta_at(middle) > delta { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (delta, signed rho, z*, nonnegative rho), from three independent expressions evaluated numerically.
    const TABLE: [(f64, f64, f64, f64); 7] = [
        (0.05, 0.1544, 2.0275, 0.1889),
        (0.10, 0.1894, 1.7357, 0.2410),
        (0.25, 0.2674, 1.2922, 0.3651),
        (0.40, 0.3373, 1.0228, 0.4803),
        (0.50, 0.3857, 0.8769, 0.5582),
        (0.75, 0.5337, 0.5488, 0.7659),
        (0.95, 0.7601, 0.2274, 0.9507),
    ];

    #[test]
    fn agrees_with_the_table() {
        for (delta, rho, z, rho_positive) in TABLE {
            assert!((signed(delta) - rho).abs() < 6e-5, "{delta}: {}", signed(delta));
            assert!((minimax_threshold(delta) - z).abs() < 6e-5, "{delta}: {}", minimax_threshold(delta));
            assert!((nonnegative(delta) - rho_positive).abs() < 6e-5, "{delta}: {}", nonnegative(delta));
        }
    }

    #[test]
    fn is_the_maximum_of_the_explicit_form() {
        // rho(delta) = max_z [1 - (2/delta)((1+z^2)Q - z phi)] / [1 + z^2 - 2((1+z^2)Q - z phi)].
        let delta = 0.37;
        let explicit = |z: f64| {
            let risk = (1.0 + z * z) * upper_tail(z) - z * density(z);
            (1.0 - 2.0 / delta * risk) / (1.0 + z * z - 2.0 * risk)
        };
        let best = (1..4000).map(|i| explicit(f64::from(i) * 1e-3)).fold(0.0, f64::max);
        assert!((best - signed(delta)).abs() < 1e-6);
    }
}
