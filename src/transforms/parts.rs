//! Real transforms on signals that may be complex.

use crate::kernels::Scalar;

/// Applies a real linear transform to a signal: to its real part and, where it has one, to its imaginary part.
///
/// For real `T`, `T (a + i b) = T a + i T b`; an orthogonal `T` is then unitary on complex signals, and its inverse is
/// still its adjoint. One buffer of `n` reals a part.
///
/// ```text
/// on_parts(&mut signal, |part| dct.forward(part));
/// ```
pub fn on_parts<S: Scalar>(x: &mut [S], f: impl Fn(&mut [f64])) {
    let mut re: Vec<f64> = x.iter().map(|v| v.re()).collect();
    f(&mut re);
    let mut im: Vec<f64> = x.iter().map(|v| v.im()).collect();
    if S::COMPLEX {
        f(&mut im);
    }
    for ((v, re), im) in x.iter_mut().zip(re).zip(im) {
        *v = S::from_parts(re, im);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use crate::transforms::Dct;
    use num_complex::Complex64;

    #[test]
    fn is_complex_linear() {
        let dct = Dct::new(20);
        let factor = Complex64::new(0.6, -1.7);
        let x = complex_noise(20, 1);
        let mut scaled_before: Vec<_> = x.iter().map(|v| v * factor).collect();
        let mut scaled_after = x;
        on_parts(&mut scaled_before, |part| dct.forward(part));
        on_parts(&mut scaled_after, |part| dct.forward(part));
        for v in &mut scaled_after {
            *v *= factor;
        }
        assert_close_complex(&scaled_before, &scaled_after, 1e-14);
    }

    #[test]
    fn leaves_the_parts_apart() {
        let mut x = complex_noise(16, 2);
        let re: Vec<f64> = x.iter().map(|v| v.re).collect();
        let im: Vec<f64> = x.iter().map(|v| v.im).collect();
        on_parts(&mut x, |part| part.reverse());
        for (j, v) in x.iter().enumerate() {
            assert_eq!(*v, Complex64::new(re[15 - j], im[15 - j]));
        }
    }
}
