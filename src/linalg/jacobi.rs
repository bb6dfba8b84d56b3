//! Plane rotations that make two columns orthogonal (Hestenes 1958): what eigenvalues and singular values are made of here.

use crate::kernels::{Scalar, dot};

/// Cosine of the angle between two vectors below which they count as orthogonal.
const ORTHOGONAL: f64 = 1e-14;

/// Lengths below this fraction of the largest are rounding, and left out.
pub(super) const NEGLIGIBLE: f64 = 1e-13;

/// Most passes over all pairs; ten are enough for matrices of some hundred rows.
pub(super) const MOST_SWEEPS: usize = 30;

/// The rotation `(x, y) -> (c x - conj(s) y, s x + c y)`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rotation<S> {
    cosine: f64,
    sine: S,
}

impl<S: Scalar> Rotation<S> {
    /// The smaller of the two that make `x` and `y` orthogonal; none where they are already, or one is at most `tiny` long.
    pub(super) fn between(x: &[S], y: &[S], tiny: f64) -> Option<Self> {
        let (xx, yy, xy) = (S::norm_squared(x), S::norm_squared(y), dot(x, y));
        let size = xy.abs();
        if xx.sqrt().min(yy.sqrt()) <= tiny || size <= ORTHOGONAL * (xx * yy).sqrt() {
            return None;
        }
        let ratio = (yy - xx) / (2.0 * size);
        let tangent = ratio.signum() / (ratio.abs() + (1.0 + ratio * ratio).sqrt());
        let cosine = 1.0 / (1.0 + tangent * tangent).sqrt();
        Some(Self { cosine, sine: xy.sign() * (cosine * tangent) })
    }

    /// Turns two vectors.
    pub(super) fn turn(self, x: &mut [S], y: &mut [S]) {
        for (x, y) in x.iter_mut().zip(y) {
            let (a, b) = (*x, *y);
            *x = a * self.cosine - b * self.sine.conj();
            *y = a * self.sine + b * self.cosine;
        }
    }
}
