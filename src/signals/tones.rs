//! Sums of sinusoids between the frequencies of the Fourier transform.

use super::random::{Random, Stream};
use super::sparse::Amplitude;
use crate::kernels::Scalar;
use std::f64::consts::TAU;

/// `count` sinusoids over `n` samples at frequencies `(k + offset) / n`, with different k drawn among
/// `1..=(n - 1) / 2` for real signals (cosines) and `0..n` for complex ones, random phases and amplitudes of the given
/// law.
///
/// Off the grid a tone leaks into all frequencies, as `1 / |distance|`, and is sparse in none of them: Chi, Scharf,
/// Pezeshki and Calderbank, "Sensitivity to basis mismatch in compressed sensing" (2011).
///
/// # Panics
/// When there are fewer frequencies than `count`; see [`frequencies`].
pub fn tones<S: Scalar>(n: usize, count: usize, offset: f64, amplitude: Amplitude, seed: u64) -> Vec<S> {
    let mut random = Random::new(seed, Stream::Support);
    let places = random.subset(frequencies::<S>(n), count);
    let phases: Vec<f64> = places.iter().map(|_| TAU * random.uniform()).collect();
    let sizes: Vec<S> = amplitude.draw(count, seed);
    // A real tone of frequency zero would be a constant.
    let lowest = if S::COMPLEX { 0 } else { 1 };
    let sample = |t: usize| {
        let mut sum = S::zero();
        for ((&place, &phase), &size) in places.iter().zip(&phases).zip(&sizes) {
            // Whole turns are taken away before the sine sees them; the product is exact as an integer.
            let turns =
                ((place + lowest) as u64 * t as u64 % n as u64) as f64 / n as f64 + offset * t as f64 / n as f64;
            let (sin, cos) = libm::sincos(TAU * turns + phase);
            sum += size * S::from_parts(cos, sin);
        }
        sum
    };
    (0..n).map(sample).collect()
}

/// Number of frequencies that tones are drawn among; at least one.
pub fn frequencies<S: Scalar>(n: usize) -> usize {
    if S::COMPLEX { n } else { ((n - 1) / 2).max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transforms::Fft;
    use num_complex::Complex64;

    #[test]
    fn on_the_grid_it_is_sparse_and_off_it_leaks() {
        let n = 64;
        let spectrum = |offset: f64| {
            let mut x: Vec<Complex64> = tones(n, 3, offset, Amplitude::Signs, 5);
            Fft::new(n).forward(&mut x);
            x.into_iter().map(|x| x.norm() / n as f64).collect::<Vec<f64>>()
        };
        let on = spectrum(0.0);
        assert_eq!(on.iter().filter(|size| (**size - 1.0).abs() < 1e-12).count(), 3);
        assert_eq!(on.iter().filter(|size| **size < 1e-12).count(), n - 3);
        assert!(spectrum(0.5).iter().all(|&size| size > 1e-3));
        let real: Vec<f64> = tones(n, 3, 0.0, Amplitude::Signs, 5);
        // Three cosines of amplitude one.
        assert!((real.iter().map(|x| x * x).sum::<f64>() - 96.0).abs() < 1e-10);
    }
}
