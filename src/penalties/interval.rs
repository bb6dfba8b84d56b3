//! The box, `low <= x_i <= high`: zero inside and infinite outside. Convex, and real.

/// Zero inside, infinity outside.
pub fn value(x: &[f64], low: f64, high: f64) -> f64 {
    if x.iter().all(|&x| low <= x && x <= high) { 0.0 } else { f64::INFINITY }
}

/// The projection, which is the proximal operator for any weight, in place.
///
/// # Panics
/// When `low > high`.
pub fn prox(v: &mut [f64], low: f64, high: f64) {
    for entry in v {
        *entry = entry.clamp(low, high);
    }
}

/// The conjugate, `sum max(low c_i, high c_i)`.
pub fn conjugate(c: &[f64], low: f64, high: f64) -> f64 {
    c.iter().fold(0.0, |sum, c| sum + (low * c).max(high * c))
}
