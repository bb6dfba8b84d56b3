//! Complex vectors. Plain loops with four partial sums; parts are kept apart so that lanes fill.

use num_complex::Complex64;

pub(super) fn dot(x: &[Complex64], y: &[Complex64]) -> Complex64 {
    assert_eq!(x.len(), y.len());
    let (xs, x_rest) = x.as_chunks::<4>();
    let (ys, y_rest) = y.as_chunks::<4>();
    let (mut re, mut im) = ([0.0; 4], [0.0; 4]);
    for (x, y) in xs.iter().zip(ys) {
        for lane in 0..4 {
            re[lane] += x[lane].re * y[lane].re + x[lane].im * y[lane].im;
            im[lane] += x[lane].re * y[lane].im - x[lane].im * y[lane].re;
        }
    }
    let sum = Complex64::new(fold(re), fold(im));
    x_rest.iter().zip(y_rest).fold(sum, |sum, (x, y)| sum + x.conj() * y)
}

pub(super) fn norm_squared(x: &[Complex64]) -> f64 {
    let (xs, rest) = x.as_chunks::<4>();
    let mut sums = [0.0; 4];
    for x in xs {
        for lane in 0..4 {
            sums[lane] += x[lane].re * x[lane].re + x[lane].im * x[lane].im;
        }
    }
    rest.iter().fold(fold(sums), |sum, x| sum + (x.re * x.re + x.im * x.im))
}

pub(super) fn axpy(alpha: Complex64, x: &[Complex64], y: &mut [Complex64]) {
    assert_eq!(x.len(), y.len());
    for (y, x) in y.iter_mut().zip(x) {
        *y += alpha * x;
    }
}

fn fold([a, b, c, d]: [f64; 4]) -> f64 {
    (a + c) + (b + d)
}
