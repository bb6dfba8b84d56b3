//! The l1 norm, `lambda |x|_1`, with moduli where entries are complex.

use crate::kernels::Scalar;

/// Proximal operator of `t |.|` at one entry: shrinks the modulus by `t`, keeping sign or phase.
///
/// `argmin_x 1/2 |x - v|^2 + t |x| = v (1 - t / |v|)_+`.
pub fn soft_threshold<S: Scalar>(v: S, t: f64) -> S {
    let modulus = v.abs();
    if modulus <= t {
        S::zero()
    } else if S::COMPLEX {
        v * (1.0 - t / modulus)
    } else {
        // For a real entry, subtraction is exact where scaling would round twice.
        S::from_real(v.re() - t.copysign(v.re()))
    }
}

/// Proximal operator of `t |.|_1`, in place.
pub fn prox<S: Scalar>(v: &mut [S], t: f64) {
    for entry in v {
        *entry = soft_threshold(*entry, t);
    }
}
