//! The ground floor: the loops in which the time goes, over plain slices.
//!
//! Every reduction runs in one fixed order (eight partial sums, then a fixed tree), whatever the
//! width of the machine's registers, and nothing fuses a multiply with an add: the same bits come
//! out natively and in wasm. Real and complex entries share one vocabulary, [`Scalar`].

mod complex;
mod exp;
mod gemm;
mod quantise;
mod real;
mod scalar;
mod screen;
mod select;
mod weighted_median;

pub use exp::exp;
pub use gemm::{gemm, gemm_f32};
pub use scalar::Scalar;
pub use screen::Screen;
pub use select::{argmax_abs, argmax_among, largest_abs};
pub use weighted_median::{Weighted, weighted_median};

/// Euclidean norm, `sqrt(sum |x_i|^2)`. Overflows only where the squares do.
pub fn norm<S: Scalar>(x: &[S]) -> f64 {
    S::norm_squared(x).sqrt()
}

/// Largest modulus, `max |x_i|`; zero for an empty slice.
pub fn norm_inf<S: Scalar>(x: &[S]) -> f64 {
    x.iter().fold(0.0, |largest, v| v.abs().max(largest))
}

/// Sum of moduli, `sum |x_i|`, from the first entry to the last.
pub fn norm_one<S: Scalar>(x: &[S]) -> f64 {
    x.iter().fold(0.0, |sum, v| sum + v.abs())
}

/// Inner product `x^* y`, conjugating the first argument.
///
/// # Panics
/// When the lengths differ.
pub fn dot<S: Scalar>(x: &[S], y: &[S]) -> S {
    S::dot(x, y)
}

/// The inner products of two vectors with `y`: the bits of two calls of [`dot`], in one pass over `y`.
///
/// # Panics
/// When the lengths differ.
pub fn dot_pair<S: Scalar>(x: [&[S]; 2], y: &[S]) -> [S; 2] {
    S::dot_pair(x, y)
}

/// `y += alpha x`.
///
/// # Panics
/// When the lengths differ.
pub fn axpy<S: Scalar>(alpha: S, x: &[S], y: &mut [S]) {
    S::axpy(alpha, x, y);
}

/// `y += alpha x`, then `z^* y`: the bits of [`axpy`] and [`dot`], in one pass over `y`.
///
/// # Panics
/// When the lengths differ.
pub fn axpy_dot<S: Scalar>(alpha: S, x: &[S], y: &mut [S], z: &[S]) -> S {
    S::axpy_dot(alpha, x, y, z)
}

/// `z = x - y`, into `z`.
///
/// # Panics
/// When the lengths differ.
pub fn subtract<S: Scalar>(x: &[S], y: &[S], z: &mut [S]) {
    assert!(x.len() == y.len() && y.len() == z.len());
    for ((z, x), y) in z.iter_mut().zip(x).zip(y) {
        *z = *x - *y;
    }
}

/// Euclidean distance `|x - y|`.
///
/// # Panics
/// When the lengths differ.
pub fn distance<S: Scalar>(x: &[S], y: &[S]) -> f64 {
    assert_eq!(x.len(), y.len());
    x.iter().zip(y).fold(0.0, |sum, (x, y)| sum + (*x - *y).abs_squared()).sqrt()
}
