//! The discrete cosine transform.

use super::fft::Fft;
use super::roots::root;
use num_complex::Complex64;

/// A plan for the orthonormal DCT-II of one length `n >= 1`, and its inverse, the DCT-III.
///
/// ```text
/// forward:  X_k = c_k sum_j x_j cos(pi (2 j + 1) k / (2 n)),   c_0 = sqrt(1/n),  c_k = sqrt(2/n) for k > 0
/// inverse:  x_j = sum_k c_k X_k cos(pi (2 j + 1) k / (2 n))
/// ```
///
/// The matrix is orthogonal, so the inverse is the adjoint and energy is kept. For a complex signal see
/// [`on_parts`](super::on_parts).
///
/// `O(n log n)` for every length: a permutation of the samples, one complex [`Fft`] of the same length and one
/// rotation a coefficient, with one buffer of `n` complex numbers a call.
///
/// Source: Makhoul, "A fast cosine transform in one and two dimensions", IEEE Trans. Acoust. Speech Signal
/// Process. 28 (1980).
#[derive(Clone, Debug)]
pub struct Dct {
    fft: Fft,
    /// `cos(2 pi m / (4 n))` for `0 <= m < 4 n`: one full turn.
    cosines: Vec<f64>,
}

impl Dct {
    /// Plans the transform of length `n`. The tables cost `O(n)` sines and cosines.
    ///
    /// # Panics
    /// If `n` is zero.
    pub fn new(n: usize) -> Self {
        assert!(n >= 1, "a cosine transform needs at least one sample");
        Self { fft: Fft::new(n), cosines: (0..4 * n).map(|m| root(m, 4 * n).re).collect() }
    }

    /// The length `n` that the plan is for.
    pub fn size(&self) -> usize {
        self.fft.size()
    }

    /// The matrix entry in row (frequency) `k` and column (time) `j`, in `O(1)`.
    ///
    /// # Panics
    /// If `k` or `j` is not below `n`.
    pub fn entry(&self, k: usize, j: usize) -> f64 {
        let n = self.size();
        assert!(k < n && j < n, "entry ({k}, {j}) outside {n} x {n}");
        // 64 bits because the product overflows a usize of wasm32.
        let m = (2 * j as u64 + 1) * k as u64 % self.cosines.len() as u64;
        self.norm(k) * self.cosines[m as usize]
    }

    /// Replaces `n` samples by their cosine coefficients, lowest frequency first.
    ///
    /// # Panics
    /// If `x` has another length than the plan.
    pub fn forward(&self, x: &mut [f64]) {
        let n = self.size();
        assert_eq!(x.len(), n, "signal and plan differ in length");
        let mut v = vec![Complex64::ZERO; n];
        for (j, &sample) in x.iter().enumerate() {
            v[folded(j, n)].re = sample;
        }
        self.fft.forward(&mut v);
        for (k, (x, v)) in x.iter_mut().zip(&v).enumerate() {
            *x = self.norm(k) * (v * self.rotation(k).conj()).re;
        }
    }

    /// Replaces `n` cosine coefficients by their samples.
    ///
    /// # Panics
    /// If `x` has another length than the plan.
    pub fn inverse(&self, x: &mut [f64]) {
        let n = self.size();
        assert_eq!(x.len(), n, "spectrum and plan differ in length");
        // The rotated spectrum of a real signal has the cosine sum C_k as its real part and, being Hermitian,
        // -C_{n-k} as its imaginary part: the n real coefficients are the whole complex spectrum.
        let sum = |k: usize| x[k] / self.norm(k);
        let mut v: Vec<Complex64> = (0..n)
            .map(|k| {
                let mirrored = if k == 0 { 0.0 } else { sum(n - k) };
                Complex64::new(sum(k), -mirrored) * self.rotation(k)
            })
            .collect();
        self.fft.inverse(&mut v);
        for (j, x) in x.iter_mut().enumerate() {
            *x = v[folded(j, n)].re;
        }
    }

    /// `c_k`, which makes row `k` a unit vector.
    fn norm(&self, k: usize) -> f64 {
        let n = self.size() as f64;
        (if k == 0 { 1.0 / n } else { 2.0 / n }).sqrt()
    }

    /// `exp(pi i k / (2 n))`, half a sample's delay at frequency `k`.
    fn rotation(&self, k: usize) -> Complex64 {
        // sin(pi k / (2 n)) = cos(pi (n - k) / (2 n))
        Complex64::new(self.cosines[k], self.cosines[self.size() - k])
    }
}

/// Where sample `j` goes in Makhoul's order: the even ones forwards from the front, the odd ones backwards from the
/// end. The signal is then one half of its even extension, sampled at every second point.
fn folded(j: usize, n: usize) -> usize {
    if j.is_multiple_of(2) { j / 2 } else { n - 1 - j / 2 }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use std::f64::consts::PI;

    fn definition(k: usize, j: usize, n: usize) -> f64 {
        let c = if k == 0 { 1.0 } else { 2.0 } / n as f64;
        c.sqrt() * (PI * ((2 * j + 1) * k % (4 * n)) as f64 / (2 * n) as f64).cos()
    }

    #[test]
    fn equals_the_defining_sum_both_ways() {
        for n in lengths() {
            let x = noise(n, n as u64);
            let dct = Dct::new(n);
            let forward: Vec<f64> = (0..n).map(|k| (0..n).map(|j| definition(k, j, n) * x[j]).sum()).collect();
            let inverse: Vec<f64> = (0..n).map(|j| (0..n).map(|k| definition(k, j, n) * x[k]).sum()).collect();
            let mut y = x.clone();
            dct.forward(&mut y);
            assert_close(&y, &forward, 1e-14);
            let mut y = x;
            dct.inverse(&mut y);
            assert_close(&y, &inverse, 1e-14);
        }
    }

    #[test]
    fn entries_are_the_definition() {
        for n in [1, 2, 7, 16, 33] {
            let dct = Dct::new(n);
            for k in 0..n {
                let row: Vec<f64> = (0..n).map(|j| dct.entry(k, j)).collect();
                let want: Vec<f64> = (0..n).map(|j| definition(k, j, n)).collect();
                assert_close(&row, &want, 1e-15);
            }
        }
    }

    #[test]
    fn a_constant_has_one_coefficient_and_a_row_is_one_unit_vector() {
        for n in [1, 5, 16, 30] {
            let dct = Dct::new(n);
            let mut x = vec![3.0; n];
            let mut want = vec![0.0; n];
            want[0] = 3.0 * (n as f64).sqrt();
            dct.forward(&mut x);
            assert_close(&x, &want, 1e-14);

            let k = n / 2;
            let mut row: Vec<f64> = (0..n).map(|j| dct.entry(k, j)).collect();
            let mut unit = vec![0.0; n];
            unit[k] = 1.0;
            dct.forward(&mut row);
            assert_close(&row, &unit, 1e-15);
        }
    }

    #[test]
    fn inverse_undoes_forward() {
        for n in lengths().chain([1000, 1024, 4099]) {
            let x = noise(n, 3);
            let mut y = x.clone();
            let dct = Dct::new(n);
            dct.forward(&mut y);
            dct.inverse(&mut y);
            assert_close(&y, &x, 4e-15);
        }
    }

    /// Recorded once; a build that differs in one bit anywhere fails here.
    #[test]
    fn has_the_same_bits_everywhere() {
        let bits = |n| {
            let mut x = noise(n, 9);
            Dct::new(n).forward(&mut x);
            fingerprint(&x)
        };
        assert_eq!([bits(256), bits(60)], [9440679823501445277, 8828146412769787294]);
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use super::super::testing::*;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn keeps_energy(mut x in prop::collection::vec(-1.0..1.0f64, 1..300)) {
            let before = energy(&x);
            Dct::new(x.len()).forward(&mut x);
            prop_assert!((energy(&x) - before).abs() <= 1e-13 * before);
        }

        #[test]
        fn inverse_is_the_adjoint(n in 1usize..300, seed in 0u64..1000) {
            let dct = Dct::new(n);
            let (x, y) = (noise(n, seed), noise(n, seed + 1000));
            let (mut forward, mut adjoint) = (x.clone(), y.clone());
            dct.forward(&mut forward);
            dct.inverse(&mut adjoint);
            prop_assert!((dot(&forward, &y) - dot(&x, &adjoint)).abs() <= 1e-13 * n as f64);
        }

        #[test]
        fn is_linear(n in 1usize..300, seed in 0u64..1000, a in -4.0..4.0f64) {
            let dct = Dct::new(n);
            let (mut x, mut y) = (noise(n, seed), noise(n, seed + 1000));
            let mut mixed: Vec<f64> = x.iter().zip(&y).map(|(x, y)| a * x + y).collect();
            dct.forward(&mut mixed);
            dct.forward(&mut x);
            dct.forward(&mut y);
            let want: Vec<f64> = x.iter().zip(&y).map(|(x, y)| a * x + y).collect();
            assert_close(&mixed, &want, 1e-13);
        }
    }
}
