//! A tight frame of windowed cosines and sines.

use super::RealFourier;
use std::f64::consts::{PI, SQRT_2};

/// A real Gabor frame on a circle of m samples, m a power of two of at least 2, with 2 m atoms of unit norm.
///
/// ```text
/// g_(s,k)(s L/2 + t mod m) = sqrt 2 sin(pi (t + 1/2) / L) f_k(t),   0 <= t < L
/// ```
///
/// over the shifts s of half a window and the L rows f_k of the [`RealFourier`] basis. Windows overlap by half and
/// their squares sum to one, so the frame is tight: `G G^T = 2 I`. L is the power of two next above `sqrt m`. Products
/// are `O(m log L)`.
///
/// Daubechies, Grossmann and Meyer, "Painless nonorthogonal expansions" (1986).
#[derive(Clone, Debug)]
pub struct Gabor {
    size: usize,
    waves: RealFourier,
    window: Vec<f64>,
}

impl Gabor {
    /// The frame for `m` samples.
    ///
    /// # Panics
    /// When `m` is no power of two, or less than 2.
    pub fn new(m: usize) -> Self {
        assert!(m >= 2 && m.is_power_of_two(), "a Gabor frame needs a power of two of samples");
        let length = 1 << m.ilog2().div_ceil(2);
        let window = (0..length).map(|t| SQRT_2 * libm::sin(PI * (t as f64 + 0.5) / length as f64)).collect();
        Self { size: m, waves: RealFourier::new(length), window }
    }

    /// m.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// L.
    pub(super) fn window_length(&self) -> usize {
        self.window.len()
    }

    /// From 2 m coefficients, shift after shift, to m samples.
    pub fn synthesize(&self, coefficients: &[f64]) -> Vec<f64> {
        let length = self.window.len();
        let mut signal = vec![0.0; self.size];
        for (shift, block) in coefficients.chunks_exact(length).enumerate() {
            let mut piece = block.to_vec();
            self.waves.inverse(&mut piece);
            for (t, (value, weight)) in piece.into_iter().zip(&self.window).enumerate() {
                signal[(shift * length / 2 + t) % self.size] += weight * value;
            }
        }
        signal
    }

    /// The products of m samples with all atoms: the adjoint of [`synthesize`](Self::synthesize).
    pub fn analyze(&self, signal: &[f64]) -> Vec<f64> {
        let length = self.window.len();
        let mut coefficients = Vec::with_capacity(2 * self.size);
        for shift in 0..2 * self.size / length {
            let seen = self.window.iter().enumerate();
            let mut piece: Vec<f64> =
                seen.map(|(t, weight)| weight * signal[(shift * length / 2 + t) % self.size]).collect();
            self.waves.forward(&mut piece);
            coefficients.extend(piece);
        }
        coefficients
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn is_a_tight_frame_of_unit_atoms() {
        for m in [2, 4, 8, 32, 128] {
            let frame = Gabor::new(m);
            let x = noise(m, 1);
            let twice: Vec<f64> = x.iter().map(|x| 2.0 * x).collect();
            assert_close(&frame.synthesize(&frame.analyze(&x)), &twice, 1e-13);
            for j in 0..2 * m {
                let mut unit = vec![0.0; 2 * m];
                unit[j] = 1.0;
                let atom = frame.synthesize(&unit);
                assert!((dot(&atom, &atom) - 1.0).abs() < 1e-13, "{m}: {j}");
                assert!((dot(&atom, &x) - frame.analyze(&x)[j]).abs() < 1e-13);
            }
        }
    }
}
