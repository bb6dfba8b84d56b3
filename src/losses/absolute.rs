//! The absolute loss, `|r|_1` for a residual r: gross errors cost no more than their size (Laplace's; LAD).

use crate::kernels::{Scalar, norm_inf, norm_one};
use crate::penalties::l1;

/// `|r|_1`.
pub fn value<S: Scalar>(r: &[S]) -> f64 {
    norm_one(r)
}

/// `r_i / |r_i|`; zero at zero, where it is one of many subgradients.
pub fn gradient<S: Scalar>(r: &[S]) -> Vec<S> {
    r.iter().map(|r| r.sign()).collect()
}

/// Proximal operator with weight `t`, in place: the soft threshold.
pub fn prox<S: Scalar>(r: &mut [S], t: f64) {
    l1::prox(r, t);
}

/// The dual norm, `|theta|_inf`: the conjugate is zero where it is at most 1, and infinite elsewhere.
pub fn gauge<S: Scalar>(theta: &[S]) -> f64 {
    norm_inf(theta)
}
