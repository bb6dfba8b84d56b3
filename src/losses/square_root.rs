//! The square-root loss, `|r|` for a residual r: the same slope at any noise level (Belloni, Chernozhukov and Wang 2011).

use crate::kernels::{Scalar, norm};

/// `|r|`.
pub fn value<S: Scalar>(r: &[S]) -> f64 {
    norm(r)
}

/// `r / |r|`; zero at zero, where it is one of many subgradients.
pub fn gradient<S: Scalar>(r: &[S]) -> Vec<S> {
    let size = norm(r);
    if size > 0.0 { r.iter().map(|&r| r / size).collect() } else { r.to_vec() }
}

/// Proximal operator with weight `t`, in place: shortens r by `t`, at most to zero.
pub fn prox<S: Scalar>(r: &mut [S], t: f64) {
    let size = norm(r);
    let factor = if size > t { 1.0 - t / size } else { 0.0 };
    r.iter_mut().for_each(|r| *r = *r * factor);
}

/// The dual norm: the conjugate is zero where it is at most 1, and infinite elsewhere.
pub fn gauge<S: Scalar>(theta: &[S]) -> f64 {
    norm(theta)
}
