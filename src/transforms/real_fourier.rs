//! The Fourier transform of real signals with real coefficients.

use super::fft::Fft;
use num_complex::Complex64;
use std::f64::consts::FRAC_1_SQRT_2;

/// A plan for the orthonormal basis of cosines and sines of one length `n >= 1`.
///
/// ```text
/// row 0: 1/sqrt n,    rows 2k-1, 2k: sqrt(2/n) cos(2 pi j k / n), sqrt(2/n) sin(2 pi j k / n)  for 0 < k < n/2,
/// and for an even n the last row: (-1)^j / sqrt n
/// ```
///
/// The matrix is orthogonal, so the inverse is the adjoint. `O(n log n)`: one complex [`Fft`] of the same length.
#[derive(Clone, Debug)]
pub struct RealFourier {
    fft: Fft,
}

impl RealFourier {
    /// Plans the transform of length `n`.
    ///
    /// # Panics
    /// If `n` is zero.
    pub fn new(n: usize) -> Self {
        assert!(n >= 1, "a Fourier transform needs at least one sample");
        Self { fft: Fft::new(n) }
    }

    /// Replaces `n` samples by their coefficients, lowest frequency first.
    ///
    /// # Panics
    /// If `x` has another length than the plan.
    pub fn forward(&self, x: &mut [f64]) {
        let n = self.fft.size();
        assert_eq!(x.len(), n, "signal and plan differ in length");
        let mut spectrum: Vec<Complex64> = x.iter().map(|&sample| Complex64::new(sample, 0.0)).collect();
        self.fft.forward(&mut spectrum);
        let (single, pair) = ((1.0 / n as f64).sqrt(), (2.0 / n as f64).sqrt());
        x[0] = single * spectrum[0].re;
        for (k, value) in spectrum[..n.div_ceil(2)].iter().enumerate().skip(1) {
            // The spectrum has exp(-i ...), so that the sine's sum is minus its imaginary part.
            x[2 * k - 1] = pair * value.re;
            x[2 * k] = -pair * value.im;
        }
        if n.is_multiple_of(2) {
            x[n - 1] = single * spectrum[n / 2].re;
        }
    }

    /// Replaces `n` coefficients by their samples.
    ///
    /// # Panics
    /// If `x` has another length than the plan.
    pub fn inverse(&self, x: &mut [f64]) {
        let n = self.fft.size();
        assert_eq!(x.len(), n, "spectrum and plan differ in length");
        // The unitary transform's spectrum: a pair of real coefficients makes two conjugate ones.
        let mut spectrum = vec![Complex64::new(x[0], 0.0); n];
        for k in 1..n.div_ceil(2) {
            spectrum[k] = Complex64::new(x[2 * k - 1], -x[2 * k]) * FRAC_1_SQRT_2;
            spectrum[n - k] = spectrum[k].conj();
        }
        if n.is_multiple_of(2) {
            spectrum[n / 2] = Complex64::new(x[n - 1], 0.0);
        }
        self.fft.inverse(&mut spectrum);
        let scale = (n as f64).sqrt();
        for (x, value) in x.iter_mut().zip(spectrum) {
            *x = scale * value.re;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use std::f64::consts::TAU;

    /// The entry in row `k`, column `j`.
    fn entry(n: usize, k: usize, j: usize) -> f64 {
        let angle = TAU * (k.div_ceil(2) * j) as f64 / n as f64;
        if k == 0 || (n.is_multiple_of(2) && k == n - 1) {
            angle.cos() / (n as f64).sqrt()
        } else {
            (2.0 / n as f64).sqrt() * if k % 2 == 1 { angle.cos() } else { angle.sin() }
        }
    }

    #[test]
    fn equals_the_definition_and_comes_back() {
        for n in lengths() {
            let plan = RealFourier::new(n);
            let x = noise(n, n as u64);
            let want: Vec<f64> = (0..n).map(|k| (0..n).map(|j| entry(n, k, j) * x[j]).sum()).collect();
            let mut y = x.clone();
            plan.forward(&mut y);
            assert_close(&y, &want, 1e-12);
            plan.inverse(&mut y);
            assert_close(&y, &x, 1e-13);
        }
    }
}
