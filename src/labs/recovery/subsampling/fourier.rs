//! Frequencies of lines and pictures.

use crate::transforms::Fft;
use num_complex::Complex64;

/// The unitary Fourier transform of `height x width` pixels, row by row; a line has a height of 1. O(n log n) for n pixels.
#[derive(Clone, Debug)]
pub struct Fourier {
    across: Fft,
    down: Fft,
}

impl Fourier {
    /// Plans it.
    pub fn new((height, width): (usize, usize)) -> Self {
        Self { across: Fft::new(width), down: Fft::new(height) }
    }

    /// Height and width.
    pub fn shape(&self) -> (usize, usize) {
        (self.down.size(), self.across.size())
    }

    /// Pixels, and frequencies, N.
    pub fn size(&self) -> usize {
        self.down.size() * self.across.size()
    }

    /// `F x`.
    pub fn spectrum(&self, x: &[f64]) -> Vec<Complex64> {
        let mut spectrum: Vec<Complex64> = x.iter().map(|&x| Complex64::from(x)).collect();
        self.both_ways(&mut spectrum, Fft::forward);
        let scale = 1.0 / (self.size() as f64).sqrt();
        spectrum.iter_mut().for_each(|value| *value *= scale);
        spectrum
    }

    /// `Re F^* y`: what is seen of a spectrum among real signals.
    pub fn signal(&self, mut spectrum: Vec<Complex64>) -> Vec<f64> {
        self.both_ways(&mut spectrum, Fft::inverse);
        let scale = (self.size() as f64).sqrt();
        spectrum.iter().map(|value| scale * value.re).collect()
    }

    fn both_ways(&self, x: &mut [Complex64], line: impl Fn(&Fft, &mut [Complex64])) {
        let (height, width) = self.shape();
        x.chunks_exact_mut(width).for_each(|row| line(&self.across, row));
        if height == 1 {
            return;
        }
        let mut column = vec![Complex64::default(); height];
        for j in 0..width {
            column.iter_mut().zip(x[j..].iter().step_by(width)).for_each(|(c, x)| *c = *x);
            line(&self.down, &mut column);
            x[j..].iter_mut().step_by(width).zip(&column).for_each(|(x, c)| *x = *c);
        }
    }

    /// Waves down and across of frequency n, each above `-size / 2` and up to `size / 2`.
    pub fn waves(&self, n: usize) -> (isize, isize) {
        let (height, width) = self.shape();
        let signed = |k: usize, size: usize| {
            if 2 * k > size { k as isize - size as isize } else { k as isize }
        };
        (signed(n / width, height), signed(n % width, width))
    }

    /// How far frequency n is from 0, in units of the highest along an axis: up to 1 on a line, up to `sqrt 2` on a picture.
    pub fn radius(&self, n: usize) -> f64 {
        let (height, width) = self.shape();
        let (down, across) = self.waves(n);
        let share = |waves: isize, size: usize| 2.0 * waves.unsigned_abs() as f64 / size as f64;
        libm::hypot(share(down, height), share(across, width))
    }

    /// The frequency whose value is the conjugate of that of n for every real signal.
    pub fn mirror(&self, n: usize) -> usize {
        let (height, width) = self.shape();
        (height - n / width) % height * width + (width - n % width) % width
    }

    /// Pairs of different frequencies of `pattern` that mirror each other: the second of each tells nothing new.
    pub fn mirrored_pairs(&self, pattern: &[usize]) -> usize {
        let known: std::collections::BTreeSet<usize> = pattern.iter().copied().collect();
        known.iter().filter(|&&n| self.mirror(n) > n && known.contains(&self.mirror(n))).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{dot, norm};
    use crate::signals::random::{Random, Stream};

    fn noise(n: usize, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed, Stream::Probe);
        (0..n).map(|_| random.normal()).collect()
    }

    #[test]
    fn lengths_are_kept_and_mirrors_are_conjugate() {
        for shape in [(1, 12), (1, 7), (4, 6), (5, 3)] {
            let fourier = Fourier::new(shape);
            let x = noise(fourier.size(), 1);
            let y = fourier.spectrum(&x);
            assert!((norm(&y) - norm(&x)).abs() < 1e-12);
            for n in 0..fourier.size() {
                assert!((y[n].conj() - y[fourier.mirror(n)]).norm() < 1e-12);
                assert_eq!(fourier.mirror(fourier.mirror(n)), n);
                assert!((fourier.radius(n) - fourier.radius(fourier.mirror(n))).abs() < 1e-12);
            }
            let back = fourier.signal(y);
            assert!(back.iter().zip(&x).all(|(back, x)| (back - x).abs() < 1e-12));
        }
    }

    #[test]
    fn the_signal_of_a_spectrum_is_the_adjoint() {
        let fourier = Fourier::new((3, 8));
        let (x, re, im) = (noise(24, 2), noise(24, 3), noise(24, 4));
        let y: Vec<Complex64> = re.iter().zip(&im).map(|(&re, &im)| Complex64::new(re, im)).collect();
        let forward: f64 = fourier.spectrum(&x).iter().zip(&y).map(|(a, b)| (a.conj() * b).re).sum();
        assert!((forward - dot(&x, &fourier.signal(y))).abs() < 1e-12);
    }

    #[test]
    fn pairs_are_counted_once_and_frequencies_of_their_own_never() {
        let line = Fourier::new((1, 8));
        assert_eq!(line.mirrored_pairs(&[0, 1, 2, 4, 7]), 1);
        assert_eq!(line.mirrored_pairs(&[0, 1, 2, 3, 4, 5, 6, 7]), 3);
        assert_eq!(line.waves(5), (0, -3));
        assert_eq!(Fourier::new((4, 4)).mirrored_pairs(&[5, 15, 10, 7, 13]), 2);
    }
}
