//! The Poisson loss, `sum z_i - y_i log z_i` for intensities `z_i > 0` and counts `y_i >= 0`: the negative log-likelihood
//! without what does not depend on z.

/// The sum; infinite where a `z_i` is negative, or zero with a count.
pub fn value(z: &[f64], counts: &[f64]) -> f64 {
    z.iter().zip(counts).fold(0.0, |sum, (&z, &y)| {
        sum + if z < 0.0 || (z == 0.0 && y > 0.0) {
            f64::INFINITY
        } else if y == 0.0 {
            z
        } else {
            z - y * libm::log(z)
        }
    })
}

/// The deviance, `2 sum y_i log(y_i / z_i) - y_i + z_i`: twice what the loss is above its least value, so never negative. Near the
/// number of counts at their true intensities, if these are not small.
pub fn deviance(z: &[f64], counts: &[f64]) -> f64 {
    z.iter().zip(counts).fold(0.0, |sum, (&z, &y)| {
        sum + if z < 0.0 || (z == 0.0 && y > 0.0) {
            f64::INFINITY
        } else if y == 0.0 {
            2.0 * z
        } else {
            // Of nearly equal numbers rounding may leave a difference below zero.
            2.0 * (y * libm::log(y / z) - y + z).max(0.0)
        }
    })
}

/// `1 - y_i / z_i`; not Lipschitz at zero.
pub fn gradient(z: &[f64], counts: &[f64]) -> Vec<f64> {
    z.iter().zip(counts).map(|(z, y)| if *y == 0.0 { 1.0 } else { 1.0 - y / z }).collect()
}

/// Proximal operator with weight `t`, in place: the positive root of `x^2 - (z - t) x - t y = 0`.
pub fn prox(z: &mut [f64], t: f64, counts: &[f64]) {
    for (z, y) in z.iter_mut().zip(counts) {
        let shifted = *z - t;
        let root = (shifted * shifted + 4.0 * t * y).sqrt();
        // Of two forms, the one in which nothing cancels.
        *z = if shifted >= 0.0 { 0.5 * (shifted + root) } else { 2.0 * t * y / (root - shifted) };
    }
}

/// The conjugate, `sum y_i log y_i - y_i - y_i log(1 - theta_i)` where all `theta_i < 1`; infinity elsewhere.
pub fn conjugate(theta: &[f64], counts: &[f64]) -> f64 {
    theta.iter().zip(counts).fold(0.0, |sum, (&theta, &y)| {
        sum + if y == 0.0 {
            if theta <= 1.0 { 0.0 } else { f64::INFINITY }
        } else if theta < 1.0 {
            y * libm::log(y / (1.0 - theta)) - y
        } else {
            f64::INFINITY
        }
    })
}
