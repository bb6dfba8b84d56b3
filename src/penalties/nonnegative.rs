//! Sums over entries that must not be negative: `sum x_i` where all `x_i >= 0`, infinite elsewhere. Convex, and real.

/// `sum x_i`, or infinity.
pub fn value(x: &[f64]) -> f64 {
    if x.iter().all(|&x| x >= 0.0) { x.iter().fold(0.0, |sum, x| sum + x) } else { f64::INFINITY }
}

/// Proximal operator with weight `t`, in place: takes off `t`, and what is negative becomes zero. With `t = 0` this is the
/// projection.
pub fn prox(v: &mut [f64], t: f64) {
    for entry in v {
        *entry = (*entry - t).max(0.0);
    }
}
