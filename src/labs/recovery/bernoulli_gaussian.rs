//! The prior under which an entry is zero, or else normal: what the Bayesian message passers believe.

use super::linear::LinearInstance;
use crate::kernels::Scalar;
use crate::theory;

/// The fraction of entries that are not zero stays within these.
const FRACTIONS: (f64, f64) = (1e-6, 1.0 - 1e-6);

/// `x_i = 0` with probability `1 - fraction`, and normal with mean zero and `variance` otherwise (`E|x_i|^2` where
/// entries are complex).
#[derive(Clone, Copy, Debug)]
pub(super) struct BernoulliGaussian {
    pub(super) fraction: f64,
    pub(super) variance: f64,
}

/// What is known of all entries after each was seen in noise.
pub(super) struct Belief<S> {
    /// Posterior means.
    pub(super) means: Vec<S>,
    /// Posterior variances.
    pub(super) variances: Vec<f64>,
    /// Posterior variance, averaged over the entries.
    pub(super) variance: f64,
    /// Posterior probabilities of not being zero.
    pub(super) active: Vec<f64>,
    /// The prior that fits them best: one step of expectation maximisation.
    pub(super) prior: BernoulliGaussian,
}

impl<S> Belief<S> {
    /// Entries that are more likely not zero, ascending.
    pub(super) fn support(&self) -> Vec<usize> {
        (0..self.active.len()).filter(|&j| self.active[j] > 0.5).collect()
    }
}

impl BernoulliGaussian {
    /// As many spikes as basis pursuit could just recover, with the power of the measurements, for columns of unit
    /// norm (Vila and Schniter 2013, section IV).
    pub(super) fn guess<S: Scalar>(instance: &LinearInstance<S>) -> Self {
        let delta = (instance.rows() as f64 / instance.cols() as f64).min(0.99);
        let fraction = delta * theory::l1_transition::signed(delta);
        let power = S::norm_squared(&instance.measurements);
        Self { fraction, variance: power / (fraction * instance.cols() as f64) }
    }

    /// Updates the belief by `seen`, each entry in normal noise of variance `noise`; see [`see_each`](Self::see_each).
    pub(super) fn see<S: Scalar>(self, seen: &[S], noise: f64) -> Belief<S> {
        self.see_each(seen, |_| noise)
    }

    /// Updates the belief by `seen`, entry i in normal noise of variance `noise(i)`.
    ///
    /// With `s = variance + noise`: the log odds of not being zero are those of the prior plus
    /// `(|r|^2 (1/noise - 1/s) - log(s / noise)) / 2`, without the half where entries are complex; if not zero, the entry
    /// has mean `r variance / s` and variance `noise variance / s`.
    pub(super) fn see_each<S: Scalar>(self, seen: &[S], noise: impl Fn(usize) -> f64) -> Belief<S> {
        let half = if S::COMPLEX { 1.0 } else { 0.5 };
        let logit = libm::log(self.fraction / (1.0 - self.fraction));
        let (mut means, mut active) = (Vec::with_capacity(seen.len()), Vec::with_capacity(seen.len()));
        let mut variances = Vec::with_capacity(seen.len());
        let (mut variance, mut count, mut power) = (0.0, 0.0, 0.0);
        for (i, &r) in seen.iter().enumerate() {
            let noise = noise(i);
            let total = self.variance + noise;
            // 1/noise - 1/total, without the subtraction.
            let slope = half * (self.variance / total) / noise;
            let (gain, spread) = (self.variance / total, noise * (self.variance / total));
            let odds = logit - half * libm::log(total / noise) + slope * r.abs_squared();
            let pi = 1.0 / (1.0 + libm::exp(-odds));
            let mean = r * gain;
            let second = mean.abs_squared() + spread;
            let own = pi * (spread + (1.0 - pi) * mean.abs_squared());
            variance += own;
            count += pi;
            power += pi * second;
            means.push(mean * pi);
            variances.push(own);
            active.push(pi);
        }
        let size = seen.len() as f64;
        let fraction = (count / size).clamp(FRACTIONS.0, FRACTIONS.1);
        let learned = if count > 0.0 { power / count } else { self.variance };
        let prior = Self { fraction, variance: learned };
        Belief { means, variances, variance: variance / size, active, prior }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    /// Mean and variance by summing over a fine grid of real entries.
    #[test]
    fn the_posterior_is_that_of_a_sum() {
        let prior = BernoulliGaussian { fraction: 0.2, variance: 1.7 };
        for r in [-3.0, -0.4, 0.0, 0.9, 2.2] {
            let noise = 0.3;
            let density = |x: f64, v: f64| libm::exp(-x * x / (2.0 * v)) / (std::f64::consts::TAU * v).sqrt();
            let mut moments = [0.8 * density(r, noise), 0.0, 0.0];
            for i in -40_000..=40_000 {
                let x = f64::from(i) * 2.5e-4;
                let weight = 0.2 * density(x, 1.7) * density(r - x, noise) * 2.5e-4;
                moments[0] += weight;
                moments[1] += weight * x;
                moments[2] += weight * x * x;
            }
            let (mean, second) = (moments[1] / moments[0], moments[2] / moments[0]);
            let belief = prior.see(&[r], noise);
            assert!((belief.means[0] - mean).abs() < 1e-9, "{r}");
            assert!((belief.variance - (second - mean * mean)).abs() < 1e-9, "{r}");
            assert!((belief.active[0] * belief.prior.variance - second).abs() < 1e-9, "{r}");
        }
    }

    #[test]
    fn a_complex_entry_is_judged_by_its_modulus() {
        let prior = BernoulliGaussian { fraction: 0.1, variance: 1.0 };
        let a = prior.see(&[Complex64::new(0.6, -0.8)], 0.1);
        let b = prior.see(&[Complex64::new(1.0, 0.0)], 0.1);
        assert!((a.active[0] - b.active[0]).abs() < 1e-14);
        // Odds: 1/9 times (0.1 / 1.1) exp(1/0.1 - 1/1.1).
        let odds = 1.0 / 9.0 / 11.0 * libm::exp(10.0 - 1.0 / 1.1);
        assert!((a.active[0] - odds / (1.0 + odds)).abs() < 1e-12);
    }
}
