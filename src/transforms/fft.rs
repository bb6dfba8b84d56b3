//! The discrete Fourier transform.

use super::bluestein::Bluestein;
use super::radix4::Radix4;
use super::roots::root;
use num_complex::Complex64;

/// A plan for the discrete Fourier transform of one length `n >= 1`.
///
/// ```text
/// forward:  X_k =       sum_j x_j exp(-2 pi i j k / n)      (unnormalised)
/// inverse:  x_j = 1/n * sum_k X_k exp(+2 pi i j k / n)
/// ```
///
/// so `inverse(forward(x)) = x` and `||X||^2 = n ||x||^2`. The adjoint of `forward` is `n` times `inverse`;
/// scale by `1 / sqrt(n)` for the unitary transform.
///
/// `O(n log n)` operations for every length, primes included: a power of two runs in place by radix 4; any other
/// length becomes a convolution of the next power of two at or above `2 n - 1` (Bluestein), four to eight times
/// the work and one buffer of that length a call. The error, relative to the signal in the Euclidean norm, is
/// within `O(log n)` roundings.
///
/// Source: Van Loan, *Computational Frameworks for the Fast Fourier Transform*, SIAM 1992.
#[derive(Clone, Debug)]
pub struct Fft {
    size: usize,
    plan: Plan,
}

#[derive(Clone, Debug)]
enum Plan {
    PowerOfTwo(Radix4),
    AnyLength(Bluestein),
}

impl Fft {
    /// Plans the transform of length `n`. The twiddles cost `O(n)` sines and cosines.
    ///
    /// # Panics
    /// If `n` is zero.
    pub fn new(n: usize) -> Self {
        assert!(n >= 1, "a Fourier transform needs at least one sample");
        let plan =
            if n.is_power_of_two() { Plan::PowerOfTwo(Radix4::new(n)) } else { Plan::AnyLength(Bluestein::new(n)) };
        Self { size: n, plan }
    }

    /// The length `n` that the plan is for.
    pub fn size(&self) -> usize {
        self.size
    }

    /// The matrix entry `exp(-2 pi i j k / n)` in row (frequency) `k` and column (time) `j`, in `O(1)`.
    pub fn entry(&self, k: usize, j: usize) -> Complex64 {
        // 64 bits because the product overflows a usize of wasm32.
        let turns = k as u64 * j as u64 % self.size as u64;
        root(turns as usize, self.size)
    }

    /// Replaces the `n` samples by their unnormalised spectrum.
    ///
    /// # Panics
    /// If `x` has another length than the plan.
    pub fn forward(&self, x: &mut [Complex64]) {
        assert_eq!(x.len(), self.size, "signal and plan differ in length");
        match &self.plan {
            Plan::PowerOfTwo(radix4) => radix4.forward(x),
            Plan::AnyLength(bluestein) => bluestein.forward(x),
        }
    }

    /// Replaces the spectrum by its `n` samples, the factor `1 / n` included.
    ///
    /// # Panics
    /// If `x` has another length than the plan.
    pub fn inverse(&self, x: &mut [Complex64]) {
        // conj(F(conj x)) / n: one set of twiddles serves both directions.
        for v in x.iter_mut() {
            *v = v.conj();
        }
        self.forward(x);
        let scale = 1.0 / self.size as f64;
        for v in x.iter_mut() {
            *v = v.conj() * scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;
    use std::f64::consts::PI;

    fn direct(x: &[Complex64]) -> Vec<Complex64> {
        let n = x.len();
        let term = |j: usize, k: usize| cis(-2.0 * PI * ((j * k) % n) as f64 / n as f64) * x[j];
        (0..n).map(|k| (0..n).map(|j| term(j, k)).sum()).collect()
    }

    fn spectrum(x: &[Complex64]) -> Vec<Complex64> {
        let mut y = x.to_vec();
        Fft::new(x.len()).forward(&mut y);
        y
    }

    #[test]
    fn equals_the_defining_sum() {
        for n in lengths() {
            let x = complex_noise(n, n as u64);
            assert_close_complex(&spectrum(&x), &direct(&x), 1e-14 * n as f64);
        }
    }

    #[test]
    fn entries_are_the_definition() {
        for n in [1, 2, 7, 16, 33] {
            let fft = Fft::new(n);
            for k in 0..n {
                let row: Vec<_> = (0..n).map(|j| fft.entry(k, j)).collect();
                let want: Vec<_> = (0..n).map(|j| cis(-2.0 * PI * ((j * k) % n) as f64 / n as f64)).collect();
                assert_close_complex(&row, &want, 1e-15);
            }
        }
    }

    #[test]
    fn inverse_undoes_forward() {
        for n in lengths().chain([1000, 1024, 2048, 4099]) {
            let x = complex_noise(n, 3);
            let mut y = spectrum(&x);
            Fft::new(n).inverse(&mut y);
            assert_close_complex(&y, &x, 4e-15);
        }
    }

    #[test]
    fn keeps_energy_up_to_n() {
        for n in lengths() {
            let x = complex_noise(n, 5);
            let before: f64 = x.iter().map(|v| v.norm_sqr()).sum();
            let after: f64 = spectrum(&x).iter().map(|v| v.norm_sqr()).sum();
            assert!((after / n as f64 - before).abs() < 1e-13 * before);
        }
    }

    #[test]
    fn an_impulse_has_a_flat_spectrum_and_a_tone_one_line() {
        for n in [8, 12, 32] {
            let mut impulse = vec![Complex64::ZERO; n];
            impulse[0] = Complex64::ONE;
            assert_close_complex(&spectrum(&impulse), &vec![Complex64::ONE; n], 1e-15);

            let tone: Vec<_> = (0..n).map(|j| cis(2.0 * PI * (3 * j) as f64 / n as f64)).collect();
            let mut line = vec![Complex64::ZERO; n];
            line[3] = Complex64::new(n as f64, 0.0);
            assert_close_complex(&spectrum(&tone), &line, 1e-13);
        }
    }

    #[test]
    #[should_panic(expected = "differ in length")]
    fn refuses_another_length() {
        Fft::new(8).forward(&mut [Complex64::ZERO; 7]);
    }

    /// Recorded once; a build that differs in one bit anywhere fails here.
    #[test]
    fn has_the_same_bits_everywhere() {
        let bits = |n| {
            let flat: Vec<f64> = spectrum(&complex_noise(n, 9)).iter().flat_map(|v| [v.re, v.im]).collect();
            fingerprint(&flat)
        };
        assert_eq!(
            [bits(512), bits(1024), bits(360)],
            [16403474514495973436, 3873940098678863429, 14354520078280281682]
        );
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod properties {
    use super::super::testing::*;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_linear(n in 1usize..300, seed in 0u64..1000, a in -4.0..4.0f64, b in -4.0..4.0f64) {
            let fft = Fft::new(n);
            let (mut x, mut y) = (complex_noise(n, seed), complex_noise(n, seed + 1000));
            let mut mixed: Vec<_> = x.iter().zip(&y).map(|(x, y)| x * a + y * b).collect();
            fft.forward(&mut mixed);
            fft.forward(&mut x);
            fft.forward(&mut y);
            let want: Vec<_> = x.iter().zip(&y).map(|(x, y)| x * a + y * b).collect();
            assert_close_complex(&mixed, &want, 1e-14 * (n as f64 + 10.0));
        }

        #[test]
        fn turns_a_delay_into_a_phase(n in 1usize..300, delay in 0usize..300, seed in 0u64..1000) {
            let fft = Fft::new(n);
            let mut x = complex_noise(n, seed);
            let mut delayed = x.clone();
            delayed.rotate_right(delay % n);
            fft.forward(&mut delayed);
            fft.forward(&mut x);
            let want: Vec<_> = x.iter().enumerate()
                .map(|(k, v)| v * super::super::roots::root(k * delay, n))
                .collect();
            assert_close_complex(&delayed, &want, 1e-14 * (n as f64 + 10.0));
        }

        #[test]
        fn of_a_real_signal_is_hermitian(x in prop::collection::vec(-1.0..1.0f64, 1..300)) {
            let n = x.len();
            let mut y: Vec<Complex64> = x.iter().map(|&v| v.into()).collect();
            Fft::new(n).forward(&mut y);
            let mirrored: Vec<_> = (0..n).map(|k| y[(n - k) % n].conj()).collect();
            assert_close_complex(&y, &mirrored, 1e-14 * (n as f64 + 10.0));
        }
    }
}
