//! The house's randomness: one counter-based generator, and the few distributions that it needs.
//!
//! ChaCha8 is a function of (seed, stream, counter), so every part of an instance has its own stream and
//! no part depends on how much another one drew. Logarithms and cosines come from `libm`: the same bits
//! on every machine.

use crate::kernels::Scalar;
use rand::{Rng as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a stream of random numbers is for. Adding a stream changes no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Entries of a sensing matrix.
    Matrix = 1,
    /// Which entries of a signal are not zero.
    Support = 2,
    /// Their values.
    Amplitudes = 3,
    /// Noise on the measurements.
    Noise = 4,
    /// Which measurements are outliers, and how far out.
    Outliers = 5,
    /// Starting vectors and other choices of a method.
    Method = 6,
    /// Probing vectors of tests.
    Probe = 7,
    /// Points of a cloud, or costs.
    Points = 8,
    /// Points of the cloud that the first is moved onto.
    Targets = 9,
    /// The seeds of all snapshots but the first.
    Snapshots = 10,
    /// Examples that a method learns from, and is not judged by.
    Examples = 11,
    /// The weights that a network begins with.
    Weights = 21,
    /// Which weights a random mask keeps.
    Mask = 22,
    /// The order in which examples are learned from.
    Batches = 23,
    /// Which examples are held out.
    Split = 24,
}

/// A seeded generator for one purpose.
#[derive(Clone, Debug)]
pub struct Random {
    bits: ChaCha8Rng,
    /// Box-Muller makes normal deviates in pairs; the second waits here.
    spare: Option<f64>,
}

impl Random {
    /// The generator for `stream` under `seed`.
    pub fn new(seed: u64, stream: Stream) -> Self {
        let mut bits = ChaCha8Rng::seed_from_u64(seed);
        bits.set_stream(stream as u64);
        Self { bits, spare: None }
    }

    /// Uniform in [0, 1), with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.bits.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// A seed for another generator.
    pub fn seed(&mut self) -> u64 {
        self.bits.next_u64()
    }

    /// Uniform among `0..bound`, without bias (Lemire 2019).
    ///
    /// # Panics
    /// When `bound` is zero.
    pub fn below(&mut self, bound: usize) -> usize {
        assert!(bound > 0);
        let bound = bound as u64;
        let reject_below = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.bits.next_u64()) * u128::from(bound);
            if product as u64 >= reject_below {
                return (product >> 64) as usize;
            }
        }
    }

    /// -1 or 1, with equal chances.
    pub fn sign(&mut self) -> f64 {
        if self.bits.next_u64() >> 63 == 0 { 1.0 } else { -1.0 }
    }

    /// Standard normal deviate (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // 1 - u lies in (0, 1], so that the logarithm is finite.
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        let angle = std::f64::consts::TAU * self.uniform();
        let (sin, cos) = libm::sincos(angle);
        self.spare = Some(radius * sin);
        radius * cos
    }

    /// Normal deviate of unit variance: real, or circular complex with variance 1/2 in each part.
    pub fn normal_scalar<S: Scalar>(&mut self) -> S {
        if S::COMPLEX {
            let (re, im) = (self.normal(), self.normal());
            S::from_parts(re, im) * std::f64::consts::FRAC_1_SQRT_2
        } else {
            S::from_real(self.normal())
        }
    }

    /// A random sign, or a random phase where scalars are complex.
    pub fn phase<S: Scalar>(&mut self) -> S {
        if S::COMPLEX {
            let (sin, cos) = libm::sincos(std::f64::consts::TAU * self.uniform());
            S::from_parts(cos, sin)
        } else {
            S::from_real(self.sign())
        }
    }

    /// Laplace deviate of unit variance, by inversion.
    pub fn laplace(&mut self) -> f64 {
        let sign = self.sign();
        -sign * std::f64::consts::FRAC_1_SQRT_2 * libm::log(1.0 - self.uniform())
    }

    /// Student's t with `freedom > 0` degrees of freedom: real, or complex and circular with that law over sqrt 2 in
    /// each part. The polar method of Bailey (1994).
    pub fn student_scalar<S: Scalar>(&mut self, freedom: f64) -> S {
        // 1 - u lies in (0, 1], so that the power is finite for all but the wildest laws, and those are cut off.
        let spread = libm::pow(1.0 - self.uniform(), -2.0 / freedom) - 1.0;
        let radius = (freedom * spread).min(1e100).sqrt();
        let (sin, cos) = libm::sincos(std::f64::consts::TAU * self.uniform());
        if S::COMPLEX {
            S::from_parts(cos, sin) * (radius * std::f64::consts::FRAC_1_SQRT_2)
        } else {
            S::from_real(radius * cos)
        }
    }

    /// Poisson deviate with the given mean. Counts arrivals up to a mean of 30; above that by Hörmann's transformed
    /// rejection, PTRS (1993).
    ///
    /// # Panics
    /// When the mean is negative or not finite.
    pub fn poisson(&mut self, mean: f64) -> f64 {
        assert!(mean >= 0.0 && mean.is_finite());
        if mean < 30.0 {
            let (floor, mut product, mut count) = (libm::exp(-mean), 1.0 - self.uniform(), 0.0);
            while product > floor {
                product *= 1.0 - self.uniform();
                count += 1.0;
            }
            return count;
        }
        let b = 0.931 + 2.53 * mean.sqrt();
        let a = -0.059 + 0.02483 * b;
        let inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
        loop {
            let (u, v) = (self.uniform() - 0.5, 1.0 - self.uniform());
            let us = 0.5 - u.abs();
            let k = ((2.0 * a / us + b) * u + mean + 0.43).floor();
            if us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2.0) {
                return k;
            }
            let likely = || {
                let left = libm::log(v * inverse_alpha / (a / (us * us) + b));
                left <= k * libm::log(mean) - mean - libm::lgamma(k + 1.0)
            };
            if k >= 0.0 && (us >= 0.013 || v <= us) && likely() {
                return k;
            }
        }
    }

    /// The indices `0..n` in random order (Fisher and Yates).
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }

    /// `k` different indices out of `0..n`, ascending (Floyd's algorithm, O(k log k)).
    ///
    /// # Panics
    /// When `k > n`.
    pub fn subset(&mut self, n: usize, k: usize) -> Vec<usize> {
        assert!(k <= n);
        let mut chosen = std::collections::BTreeSet::new();
        for last in n - k..n {
            let candidate = self.below(last + 1);
            if !chosen.insert(candidate) {
                chosen.insert(last);
            }
        }
        chosen.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_independent_and_repeatable() {
        let draw = |seed, stream| Random::new(seed, stream).uniform();
        assert_eq!(draw(1, Stream::Matrix).to_bits(), draw(1, Stream::Matrix).to_bits());
        assert_ne!(draw(1, Stream::Matrix), draw(1, Stream::Noise));
        assert_ne!(draw(1, Stream::Matrix), draw(2, Stream::Matrix));
    }

    #[test]
    fn normal_deviates_have_the_moments_of_a_normal() {
        let mut random = Random::new(3, Stream::Probe);
        let draws: Vec<f64> = (0..40_000).map(|_| random.normal()).collect();
        let moment = |p: i32| draws.iter().map(|x| x.powi(p)).sum::<f64>() / draws.len() as f64;
        // Five standard errors each: 1, sqrt 2, sqrt 15 and sqrt 96 over 200.
        assert!(moment(1).abs() < 0.025);
        assert!((moment(2) - 1.0).abs() < 0.036);
        assert!(moment(3).abs() < 0.097);
        assert!((moment(4) - 3.0).abs() < 0.245);
    }

    #[test]
    fn laws_have_their_moments() {
        let mut random = Random::new(4, Stream::Probe);
        let mean =
            |draws: &[f64], f: &dyn Fn(f64) -> f64| draws.iter().map(|&x| f(x)).sum::<f64>() / draws.len() as f64;
        let laplace: Vec<f64> = (0..40_000).map(|_| random.laplace()).collect();
        // E |x| = 1/sqrt 2, E x^2 = 1, E x^4 = 6: five standard errors.
        assert!(mean(&laplace, &|x| x).abs() < 0.025);
        assert!((mean(&laplace, &f64::abs) - 0.5f64.sqrt()).abs() < 0.018);
        assert!((mean(&laplace, &|x| x * x) - 1.0).abs() < 0.056);
        // t with 3 degrees of freedom: P(|t| > 3.182) = 0.05, P(|t| > 0.765) = 0.5.
        let student: Vec<f64> = (0..40_000).map(|_| random.student_scalar(3.0)).collect();
        let beyond = |t: f64| mean(&student, &|x| f64::from(u8::from(x.abs() > t)));
        assert!((beyond(3.182_446) - 0.05).abs() < 0.006 && (beyond(0.764_892) - 0.5).abs() < 0.013);
        for rate in [0.0, 0.3, 7.0, 29.9, 30.1, 400.0] {
            let counts: Vec<f64> = (0..20_000).map(|_| random.poisson(rate)).collect();
            let (first, second) = (mean(&counts, &|x| x), mean(&counts, &|x| (x - rate) * (x - rate)));
            assert!((first - rate).abs() <= 5.0 * (rate / 20_000.0).sqrt(), "{rate}: {first}");
            // Var (x - rate)^2 = rate + 2 rate^2.
            assert!((second - rate).abs() <= 5.0 * ((rate + 2.0 * rate * rate) / 20_000.0).sqrt(), "{rate}: {second}");
        }
    }

    #[test]
    fn subsets_are_sorted_distinct_and_cover() {
        let mut random = Random::new(5, Stream::Support);
        let mut seen = [0; 7];
        for _ in 0..700 {
            let subset = random.subset(7, 3);
            assert!(subset.windows(2).all(|pair| pair[0] < pair[1]));
            subset.iter().for_each(|&i| seen[i] += 1);
        }
        // 300 each, standard deviation 13.
        assert!(seen.iter().all(|&count| (235..=365).contains(&count)), "{seen:?}");
        assert_eq!(random.subset(4, 4), vec![0, 1, 2, 3]);
    }
}
