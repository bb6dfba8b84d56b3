//! The spectrum of a picture behind a mask of signs.

use crate::operators::LinearOperator;
use crate::transforms::Fft;
use num_complex::Complex64;
use std::sync::Arc;

/// `F M`: a square picture row by row, times a mask, through the unitary Fourier transform in two dimensions. n x n; a product takes
/// O(n log n).
pub(super) struct CodedFourier {
    line: Arc<Fft>,
    mask: Vec<f64>,
}

impl CodedFourier {
    /// The mask has as many entries as the square of `line`'s length.
    pub(super) fn new(line: Arc<Fft>, mask: Vec<f64>) -> Self {
        assert_eq!(mask.len(), line.size() * line.size());
        Self { line, mask }
    }
}

impl LinearOperator<Complex64> for CodedFourier {
    fn rows(&self) -> usize {
        self.mask.len()
    }

    fn cols(&self) -> usize {
        self.mask.len()
    }

    fn apply(&self, x: &[Complex64], y: &mut [Complex64]) {
        y.iter_mut().zip(x).zip(&self.mask).for_each(|((y, x), mask)| *y = x * mask);
        spectrum(&self.line, y);
    }

    fn adjoint(&self, y: &[Complex64], x: &mut [Complex64]) {
        x.copy_from_slice(y);
        picture(&self.line, x);
        x.iter_mut().zip(&self.mask).for_each(|(x, mask)| *x *= mask);
    }

    fn column_norms(&self) -> Vec<f64> {
        self.mask.iter().map(|mask| mask.abs()).collect()
    }
}

/// The unitary transform of a square, in place.
pub(super) fn spectrum(line: &Fft, x: &mut [Complex64]) {
    both_ways(line.size(), x, |row| line.forward(row));
    let scale = 1.0 / line.size() as f64;
    x.iter_mut().for_each(|x| *x *= scale);
}

/// Its inverse.
pub(super) fn picture(line: &Fft, x: &mut [Complex64]) {
    both_ways(line.size(), x, |row| line.inverse(row));
    let scale = line.size() as f64;
    x.iter_mut().for_each(|x| *x *= scale);
}

fn both_ways(side: usize, x: &mut [Complex64], transform: impl Fn(&mut [Complex64])) {
    for _ in 0..2 {
        x.chunks_exact_mut(side).for_each(&transform);
        transpose(side, x);
    }
}

fn transpose(side: usize, x: &mut [Complex64]) {
    for i in 0..side {
        for j in 0..i {
            x.swap(i * side + j, j * side + i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::distance;
    use crate::operators::adjoint_mismatch;
    use std::f64::consts::PI;

    #[test]
    fn it_is_the_double_sum_and_has_its_adjoint() {
        let (side, n) = (6, 36);
        let mask: Vec<f64> = (0..n).map(|i| if i % 3 == 0 { -1.0 } else { 1.0 }).collect();
        let coded = CodedFourier::new(Arc::new(Fft::new(side)), mask.clone());
        assert!(adjoint_mismatch(&coded, 1) < 1e-14);
        let x: Vec<Complex64> = (0..n).map(|i| Complex64::new((i * i % 7) as f64, (i % 5) as f64)).collect();
        let entry = |k: usize, j: usize| {
            let turns = (k / side * (j / side) + k % side * (j % side)) as f64 / side as f64;
            let (sin, cos) = libm::sincos(-2.0 * PI * turns);
            Complex64::new(cos, sin) / side as f64
        };
        let expected: Vec<Complex64> = (0..n).map(|k| (0..n).map(|j| entry(k, j) * x[j] * mask[j]).sum()).collect();
        let mut y = expected.clone();
        coded.apply(&x, &mut y);
        assert!(distance(&y, &expected) < 1e-12);
        picture(&Fft::new(side), &mut y);
        y.iter_mut().zip(&mask).for_each(|(y, mask)| *y *= mask);
        assert!(distance(&y, &x) < 1e-12);
    }
}
