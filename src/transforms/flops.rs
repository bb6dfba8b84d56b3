//! Floating-point operations of the transforms, to leading order: what people count when they compare costs.

use super::{Gabor, Wavelet};

/// A Fourier transform of n complex entries: `5 n log2 n`, the count of a radix-2 FFT. A real transform takes half.
pub fn fft_flops(n: usize) -> f64 {
    5.0 * n as f64 * (n.max(1) as f64).log2()
}

/// A Walsh-Hadamard transform of n real entries: `n log2 n` additions.
pub fn hadamard_flops(n: usize) -> f64 {
    fft_flops(n) / 5.0
}

impl Wavelet {
    /// All levels of n real samples: a multiplication and an addition a tap and coefficient, and the levels halve.
    pub fn flops(self, n: usize) -> f64 {
        4.0 * self.taps().len() as f64 * n as f64
    }
}

impl Gabor {
    /// A product with real coefficients: a real Fourier transform a window.
    pub fn flops(&self) -> f64 {
        let length = self.window_length();
        let windows = (2 * self.size() / length) as f64;
        windows * 0.5 * fft_flops(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_counts() {
        assert_eq!((fft_flops(8), hadamard_flops(8), fft_flops(1)), (120.0, 24.0, 0.0));
        assert_eq!(Wavelet::Haar.flops(16), 128.0);
        // 8 windows of 8 samples.
        assert_eq!(Gabor::new(32).flops(), 8.0 * 60.0);
    }
}
