//! The Fourier transform of a short real piece on a fine grid of frequencies.

use super::fft::Fft;
use super::roots::root;
use num_complex::Complex64;
use std::f64::consts::FRAC_1_SQRT_2;

/// A tight frame `A` for w real samples: the unitary Fourier transform of the samples followed by zeros, of an even length `P >= w`.
///
/// ```text
/// (A x)_k = c_k / sqrt P  sum_t x_t exp(-2 pi i k t / P),    0 <= k <= P/2,    c_0 = c_(P/2) = 1,  c_k = sqrt 2 elsewhere
/// ```
///
/// A coefficient stands for itself and its conjugate, and `c_k` lets it have the norm of both: `|A x| = |x|` and `A^* A = I`, where the
/// inner product of coefficients is the real part of the usual one. With `P = 2 w` every second frequency lies between those of the
/// basis. One complex [`Fft`] of length `P / 2` a product.
#[derive(Clone, Debug)]
pub struct PaddedFourier {
    samples: usize,
    fft: Fft,
    /// `exp(-2 pi i k / P)` for `k <= P/2`.
    turns: Vec<Complex64>,
}

impl PaddedFourier {
    /// The frame for `samples` samples and `length` frequencies, counting both of a conjugate pair.
    ///
    /// # Panics
    /// When `length` is odd, zero, or less than `samples`.
    pub fn new(samples: usize, length: usize) -> Self {
        assert!(length >= 2 && length.is_multiple_of(2), "a padded Fourier transform has an even length");
        assert!(length >= samples, "padding makes a piece longer, not shorter");
        let turns = (0..=length / 2).map(|k| root(k, length)).collect();
        Self { samples, fft: Fft::new(length / 2), turns }
    }

    /// w, the length of a piece.
    pub fn samples(&self) -> usize {
        self.samples
    }

    /// `P/2 + 1`, the number of coefficients.
    pub fn bins(&self) -> usize {
        self.turns.len()
    }

    /// P.
    fn length(&self) -> usize {
        2 * self.fft.size()
    }

    /// `A x`.
    ///
    /// # Panics
    /// When `x` has another length than the frame is for.
    pub fn analyze(&self, x: &[f64]) -> Vec<Complex64> {
        assert_eq!(x.len(), self.samples, "piece and frame differ in length");
        // Even samples are real parts, odd ones imaginary parts, and symmetry takes their spectra apart.
        let half = self.fft.size();
        let mut packed = vec![Complex64::default(); half];
        for (pair, packed) in x.chunks(2).zip(&mut packed) {
            *packed = Complex64::new(pair[0], pair.get(1).copied().unwrap_or(0.0));
        }
        self.fft.forward(&mut packed);
        let scale = (1.0 / self.length() as f64).sqrt();
        let bin = |k: usize| {
            let (ahead, back) = (packed[k % half], packed[(half - k) % half].conj());
            let (even, odd) = ((ahead + back) * 0.5, (ahead - back) * 0.5);
            (even + self.turns[k] * Complex64::new(odd.im, -odd.re)) * scale
        };
        let pair = std::f64::consts::SQRT_2;
        (0..=half).map(|k| if k == 0 || k == half { Complex64::new(bin(k).re, 0.0) } else { bin(k) * pair }).collect()
    }

    /// `A^* z`: the samples. Imaginary parts of the first and the last coefficient count for nothing.
    ///
    /// # Panics
    /// When `z` has another length than the frame has coefficients.
    pub fn synthesize(&self, z: &[Complex64]) -> Vec<f64> {
        assert_eq!(z.len(), self.bins(), "spectrum and frame differ in length");
        let half = self.fft.size();
        let scale = (self.length() as f64).sqrt();
        let bin = |k: usize| match k {
            _ if k == 0 || k == half => Complex64::new(z[k].re * scale, 0.0),
            _ => z[k] * (FRAC_1_SQRT_2 * scale),
        };
        let pack = |k: usize| {
            let (ahead, back) = (bin(k), bin(half - k).conj());
            let odd = (ahead - back) * 0.5 * self.turns[k].conj();
            (ahead + back) * 0.5 + Complex64::new(-odd.im, odd.re)
        };
        let mut packed: Vec<Complex64> = (0..half).map(pack).collect();
        self.fft.inverse(&mut packed);
        let mut samples: Vec<f64> = packed[..self.samples.div_ceil(2)].iter().flat_map(|v| [v.re, v.im]).collect();
        samples.truncate(self.samples);
        samples
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use std::f64::consts::TAU;

    /// Lengths of pieces and transforms.
    const SIZES: [(usize, usize); 7] = [(1, 2), (2, 2), (3, 4), (8, 16), (9, 20), (16, 128), (50, 100)];

    #[test]
    fn equals_the_definition() {
        for (w, length) in SIZES {
            let frame = PaddedFourier::new(w, length);
            let x = noise(w, 3);
            for (k, value) in frame.analyze(&x).into_iter().enumerate() {
                let sum: Complex64 = (0..w).map(|t| x[t] * cis(-TAU * (k * t) as f64 / length as f64)).sum();
                let weight = if k == 0 || k == length / 2 { 1.0_f64 } else { 2.0 };
                let want = sum * (weight / length as f64).sqrt();
                assert!((value - want).norm() < 1e-13, "{w} of {length}, bin {k}: {value} for {want}");
            }
        }
    }

    #[test]
    fn is_a_parseval_frame_with_its_adjoint() {
        for (w, length) in SIZES {
            let frame = PaddedFourier::new(w, length);
            let x = noise(w, 4);
            let z = frame.analyze(&x);
            assert_close(&frame.synthesize(&z), &x, 1e-13);
            let energy: f64 = z.iter().map(|z| z.norm_sqr()).sum();
            assert!((energy - dot(&x, &x)).abs() < 1e-12, "{w} of {length}: {energy}");
            let mut other = complex_noise(frame.bins(), 5);
            other[0].im = 0.0;
            other[length / 2].im = 0.0;
            let inner: f64 = z.iter().zip(&other).map(|(a, b)| a.re * b.re + a.im * b.im).sum();
            assert!((inner - dot(&x, &frame.synthesize(&other))).abs() < 1e-12, "{w} of {length}");
        }
    }
}
