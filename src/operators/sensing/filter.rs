//! Circular convolution with a real filter: what random convolutions, circulant and Toeplitz matrices have in common.

use super::partial::Square;
use crate::kernels::Scalar;
use crate::signals::random::Random;
use crate::transforms::{Fft, fft_flops};
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The law of the taps of a filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Taps {
    /// Standard normal.
    #[default]
    Gaussian,
    /// Plus or minus one.
    #[schemars(extend("x-label" = "±1"))]
    Signs,
}

impl Taps {
    /// Draws `count` of them.
    pub(super) fn draw(self, count: usize, random: &mut Random) -> Vec<f64> {
        let mut one = || match self {
            Taps::Gaussian => random.normal(),
            Taps::Signs => random.sign(),
        };
        (0..count).map(|_| one()).collect()
    }
}

/// The circulant matrix `C_ij = h_(i-j mod n)`. Products are O(n log n).
pub struct Filter {
    fft: Fft,
    spectrum: Vec<Complex64>,
    /// The first column, h.
    taps: Vec<f64>,
}

impl Filter {
    /// The filter with these taps.
    pub fn new(taps: Vec<f64>) -> Self {
        let fft = Fft::new(taps.len());
        let mut spectrum: Vec<Complex64> = taps.iter().map(|&tap| Complex64::from_real(tap)).collect();
        fft.forward(&mut spectrum);
        Self { fft, spectrum, taps }
    }

    /// A filter of `n` taps whose spectrum has unit modulus and uniform phases, so that the matrix is orthogonal: a
    /// random sign at frequency 0 and, for even `n`, at n/2; conjugates at k and n - k, which make the filter real.
    pub fn all_pass(n: usize, random: &mut Random) -> Self {
        let mut spectrum = vec![Complex64::from_real(random.sign()); n];
        for k in 1..n.div_ceil(2) {
            spectrum[k] = random.phase();
            spectrum[n - k] = spectrum[k].conj();
        }
        if n.is_multiple_of(2) {
            spectrum[n / 2] = Complex64::from_real(random.sign());
        }
        let fft = Fft::new(n);
        let mut taps = spectrum.clone();
        fft.inverse(&mut taps);
        Self { fft, spectrum, taps: taps.iter().map(|tap| tap.re).collect() }
    }

    /// Number of taps, n.
    pub fn size(&self) -> usize {
        self.taps.len()
    }

    /// `h_(i-j mod n)`.
    pub fn tap(&self, i: usize, j: usize) -> f64 {
        let n = self.taps.len();
        self.taps[(i + n - j) % n]
    }

    /// Multiplies the spectrum of `x` by `gain` of the filter's.
    fn filtered<S: Scalar>(&self, x: &mut [S], gain: impl Fn(Complex64) -> Complex64) {
        let mut all: Vec<Complex64> = x.iter().map(|x| Complex64::new(x.re(), x.im())).collect();
        self.fft.forward(&mut all);
        for (value, &response) in all.iter_mut().zip(&self.spectrum) {
            *value *= gain(response);
        }
        self.fft.inverse(&mut all);
        for (x, value) in x.iter_mut().zip(all) {
            *x = S::from_parts(value.re, value.im);
        }
    }
}

impl<S: Scalar> Square<S> for Filter {
    fn forward(&self, x: &mut [S]) {
        self.filtered(x, |response| response);
    }

    fn adjoint(&self, x: &mut [S]) {
        self.filtered(x, |response| response.conj());
    }

    /// There and back, always on complex entries.
    fn flops(&self, size: usize) -> f64 {
        2.0 * fft_flops(size)
    }

    fn entry(&self, i: usize, j: usize) -> S {
        S::from_real(self.tap(i, j))
    }

    fn squared_norms(&self, rows: &[usize]) -> Vec<f64> {
        // sum over i in rows of h_(i-j)^2 is the circular correlation of the rows' indicator with h^2.
        let mut kept = vec![Complex64::ZERO; self.taps.len()];
        rows.iter().for_each(|&i| kept[i] = Complex64::ONE);
        let mut squares: Vec<Complex64> = self.taps.iter().map(|&tap| Complex64::from_real(tap * tap)).collect();
        self.fft.forward(&mut kept);
        self.fft.forward(&mut squares);
        for (kept, square) in kept.iter_mut().zip(squares) {
            *kept *= square.conj();
        }
        self.fft.inverse(&mut kept);
        kept.iter().map(|sum| sum.re).collect()
    }
}
