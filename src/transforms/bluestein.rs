//! The Fourier transform of any length, as a convolution with a chirp.

use super::radix4::Radix4;
use super::roots::root;
use num_complex::Complex64;

/// A plan for the unnormalised transform of any length `n`, through three power-of-two transforms, one of them
/// made once with the plan.
///
/// Since `2 j k = j^2 + k^2 - (k - j)^2`, with the chirp `w_j = exp(-pi i j^2 / n)`,
///
/// ```text
/// X_k = w_k * sum_j (x_j w_j) conj(w_{k-j}),
/// ```
///
/// a convolution, which a circular one of length `m >= 2 n - 1` holds without wrapping.
///
/// Source: Bluestein, "A linear filtering approach to the computation of discrete Fourier transform", IEEE Trans.
/// Audio Electroacoust. 18 (1970).
#[derive(Clone, Debug)]
pub(super) struct Bluestein {
    /// `w_j`, length `n`.
    chirp: Vec<Complex64>,
    /// Transform of the wrapped `conj(w)`, length `m`, divided by `m`: the inverse transform's factor.
    kernel: Vec<Complex64>,
    convolution: Radix4,
}

impl Bluestein {
    pub(super) fn new(n: usize) -> Self {
        // The chirp has period 2 n in j^2: reducing that integer first keeps the angle exact for large j.
        // 64 bits because j^2 overflows a usize of wasm32.
        let period = 2 * n as u64;
        let chirp: Vec<Complex64> = (0..n as u64).map(|j| root((j * j % period) as usize, 2 * n)).collect();

        let m = (2 * n - 1).next_power_of_two();
        let convolution = Radix4::new(m);
        let mut kernel = vec![Complex64::ZERO; m];
        for (j, w) in chirp.iter().enumerate() {
            let tap = w.conj() / m as f64; // exact, m is a power of two
            kernel[j] = tap;
            kernel[(m - j) % m] = tap;
        }
        convolution.forward(&mut kernel);
        Self { chirp, kernel, convolution }
    }

    pub(super) fn forward(&self, x: &mut [Complex64]) {
        let mut work = vec![Complex64::ZERO; self.kernel.len()];
        for ((slot, x), w) in work.iter_mut().zip(x.iter()).zip(&self.chirp) {
            *slot = x * w;
        }
        self.convolution.forward(&mut work);
        // The inverse transform of z is conj(F(conj z)), its factor 1/m being in the kernel.
        for (slot, tap) in work.iter_mut().zip(&self.kernel) {
            *slot = (*slot * tap).conj();
        }
        self.convolution.forward(&mut work);
        for ((x, y), w) in x.iter_mut().zip(&work).zip(&self.chirp) {
            *x = y.conj() * w;
        }
    }
}
