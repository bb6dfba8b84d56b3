//! The entries that vectors and matrices have: real or complex numbers in double precision.

use num_complex::Complex64;
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A real or complex number, with the vector kernels that are specialised for it.
///
/// Methods are written once against this trait; where the mathematics needs real numbers they say so.
pub trait Scalar:
    Copy
    + Debug
    + Default
    + PartialEq
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
{
    /// Whether the type has an imaginary part.
    const COMPLEX: bool;

    /// Floating-point operations of a multiplication and an addition.
    const MULTIPLY_ADD: f64 = if Self::COMPLEX { 8.0 } else { 2.0 };

    /// Numbers that a scalar is made of.
    const PARTS: f64 = if Self::COMPLEX { 2.0 } else { 1.0 };

    /// Zero.
    fn zero() -> Self {
        Self::default()
    }

    /// A real number as a scalar.
    fn from_real(value: f64) -> Self;

    /// A scalar from its parts; the imaginary part is dropped where there is none.
    fn from_parts(re: f64, im: f64) -> Self;

    /// The real part.
    fn re(self) -> f64;

    /// The imaginary part.
    fn im(self) -> f64;

    /// The complex conjugate.
    fn conj(self) -> Self;

    /// `|x|^2`.
    fn abs_squared(self) -> f64;

    /// `|x|`, as the square root of [`Scalar::abs_squared`] for complex numbers.
    fn abs(self) -> f64;

    /// `x / |x|`, and zero at zero.
    fn sign(self) -> Self {
        let modulus = self.abs();
        if modulus == 0.0 { Self::zero() } else { self / modulus }
    }

    /// Whether all parts are finite.
    fn is_finite(self) -> bool {
        self.re().is_finite() && self.im().is_finite()
    }

    /// The slice itself, if its entries are real.
    fn as_real(x: &[Self]) -> Option<&[f64]>;

    /// The slice itself, if its entries are complex.
    fn as_complex(x: &[Self]) -> Option<&[Complex64]>;

    /// See [`super::dot`].
    fn dot(x: &[Self], y: &[Self]) -> Self;

    /// See [`super::dot_pair`].
    fn dot_pair(x: [&[Self]; 2], y: &[Self]) -> [Self; 2] {
        x.map(|x| Self::dot(x, y))
    }

    /// See [`super::axpy`].
    fn axpy(alpha: Self, x: &[Self], y: &mut [Self]);

    /// `sum |x_i|^2`.
    fn norm_squared(x: &[Self]) -> f64;

    /// See [`super::axpy_dot`].
    fn axpy_dot(alpha: Self, x: &[Self], y: &mut [Self], z: &[Self]) -> Self {
        Self::axpy(alpha, x, y);
        Self::dot(z, y)
    }
}

impl Scalar for f64 {
    const COMPLEX: bool = false;

    fn from_real(value: f64) -> Self {
        value
    }
    fn from_parts(re: f64, _im: f64) -> Self {
        re
    }
    fn re(self) -> f64 {
        self
    }
    fn im(self) -> f64 {
        0.0
    }
    fn conj(self) -> Self {
        self
    }
    fn abs_squared(self) -> f64 {
        self * self
    }
    fn abs(self) -> f64 {
        f64::abs(self)
    }
    fn as_real(x: &[Self]) -> Option<&[f64]> {
        Some(x)
    }
    fn as_complex(_x: &[Self]) -> Option<&[Complex64]> {
        None
    }
    fn dot(x: &[Self], y: &[Self]) -> Self {
        super::real::dot(x, y)
    }
    fn dot_pair(x: [&[Self]; 2], y: &[Self]) -> [Self; 2] {
        super::real::dot_pair(x, y)
    }
    fn axpy(alpha: Self, x: &[Self], y: &mut [Self]) {
        super::real::axpy(alpha, x, y);
    }
    fn norm_squared(x: &[Self]) -> f64 {
        super::real::dot(x, x)
    }
    fn axpy_dot(alpha: Self, x: &[Self], y: &mut [Self], z: &[Self]) -> Self {
        super::real::axpy_dot(alpha, x, y, z)
    }
}

impl Scalar for Complex64 {
    const COMPLEX: bool = true;

    fn from_real(value: f64) -> Self {
        Self::new(value, 0.0)
    }
    fn from_parts(re: f64, im: f64) -> Self {
        Self::new(re, im)
    }
    fn re(self) -> f64 {
        self.re
    }
    fn im(self) -> f64 {
        self.im
    }
    fn conj(self) -> Self {
        Complex64::conj(&self)
    }
    fn abs_squared(self) -> f64 {
        self.re * self.re + self.im * self.im
    }
    fn abs(self) -> f64 {
        self.abs_squared().sqrt()
    }
    fn as_real(_x: &[Self]) -> Option<&[f64]> {
        None
    }
    fn as_complex(x: &[Self]) -> Option<&[Complex64]> {
        Some(x)
    }
    fn dot(x: &[Self], y: &[Self]) -> Self {
        super::complex::dot(x, y)
    }
    fn axpy(alpha: Self, x: &[Self], y: &mut [Self]) {
        super::complex::axpy(alpha, x, y);
    }
    fn norm_squared(x: &[Self]) -> f64 {
        super::complex::norm_squared(x)
    }
}
