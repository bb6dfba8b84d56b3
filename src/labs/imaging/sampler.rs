//! Reverse diffusion of slices, from noise to images, by the score of a prior: the exploding-variance predictor and corrector.
//!
//! ```text
//! levels s_0 < ... < s_{N-1} in geometric progression, s_{-1} = 0;  score(x) = (D(x, s_i) - x) / s_i^2
//! predictor   x = x + (s_i^2 - s_{i-1}^2) score(x) + sqrt(s_i^2 - s_{i-1}^2) z
//! corrector   e = 2 (r mean |z| / mean |score(x)|)^2,   x = x + e score(x) + sqrt(2 e) z      means over the slices
//! ```
//!
//! Neither adds noise at the lowest level. The noise `z` depends on the instance's seed, the level and the stage alone, so that methods
//! are compared under the same noise.
//!
//! Song et al., "Score-based generative modeling through stochastic differential equations" (2021), Algorithms 2 and 4.

use crate::kernels::norm;
use crate::models::denoiser::Denoiser;
use crate::signals::random::{Random, Stream};
use std::sync::Arc;

/// The largest level: noise beside which no image is seen.
const MOST: f64 = 20.0;

/// The smallest level.
const LEAST: f64 = 0.01;

/// `r`: the size of a corrector's step relative to the noise.
const CORRECTION: f64 = 0.16;

/// For what noise is drawn.
#[derive(Clone, Copy)]
enum Stage {
    Start,
    Predictor,
    Corrector,
}

/// A sampler for images of one prior.
pub(super) struct Sampler {
    prior: Arc<dyn Denoiser>,
    /// `s_0, ..., s_{N-1}`.
    levels: Vec<f64>,
    seed: u64,
}

impl Sampler {
    /// With `steps >= 1` levels.
    pub(super) fn new(prior: Arc<dyn Denoiser>, steps: usize, seed: u64) -> Self {
        let share = |i: usize| if steps > 1 { i as f64 / (steps - 1) as f64 } else { 1.0 };
        let levels = (0..steps).map(|i| LEAST * libm::pow(MOST / LEAST, share(i))).collect();
        Self { prior, levels, seed }
    }

    /// `s_i`.
    pub(super) fn level(&self, i: usize) -> f64 {
        self.levels[i]
    }

    /// Noise at the largest level, for a volume of `size` voxels.
    pub(super) fn start(&self, size: usize) -> Vec<f64> {
        let largest = self.levels[self.levels.len() - 1];
        let mut random = self.noise(self.levels.len(), Stage::Start);
        (0..size).map(|_| largest * random.normal()).collect()
    }

    /// One predictor step at level `i`, in place. Returns `D(x, s_i)` of the slices that it found.
    pub(super) fn predict(&self, i: usize, x: &mut [f64]) -> Vec<f64> {
        let clean = self.prior.denoise(x, self.levels[i]);
        let square = self.levels[i] * self.levels[i];
        let below = if i > 0 { self.levels[i - 1] * self.levels[i - 1] } else { 0.0 };
        let (share, deviation) = ((square - below) / square, (square - below).sqrt());
        let mut random = self.noise(i, Stage::Predictor);
        for (x, clean) in x.iter_mut().zip(&clean) {
            *x += share * (clean - *x);
            if i > 0 {
                *x += deviation * random.normal();
            }
        }
        clean
    }

    /// One step of Langevin's corrector at level `i`, in place. Returns `D(x, s_i)` of the slices that it found.
    pub(super) fn correct(&self, i: usize, x: &mut [f64]) -> Vec<f64> {
        let clean = self.prior.denoise(x, self.levels[i]);
        let square = self.levels[i] * self.levels[i];
        let score: Vec<f64> = clean.iter().zip(&*x).map(|(clean, x)| (clean - x) / square).collect();
        let mut random = self.noise(i, Stage::Corrector);
        let noise: Vec<f64> = score.iter().map(|_| random.normal()).collect();
        let sizes = |images: &[f64]| images.chunks_exact(self.prior.size()).map(norm).sum::<f64>();
        let ratio = CORRECTION * sizes(&noise) / sizes(&score);
        let step = 2.0 * ratio * ratio;
        // A score of zero calls for no step.
        if !step.is_finite() {
            return clean;
        }
        let deviation = if i > 0 { (2.0 * step).sqrt() } else { 0.0 };
        for ((x, score), z) in x.iter_mut().zip(&score).zip(&noise) {
            *x += step * score + deviation * z;
        }
        clean
    }

    fn noise(&self, i: usize, stage: Stage) -> Random {
        let key = (3 * i as u64 + stage as u64).rotate_left(40);
        Random::new(self.seed ^ key, Stream::Method)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::denoiser::{Component, GaussianMixture};

    /// Many images at once, from noise downwards, by the score of a Gaussian: what comes out has its mean and its variances.
    #[test]
    fn what_is_sampled_follows_the_prior() {
        let half = 0.5_f64.sqrt();
        let component = Component {
            weight: 1.0,
            mean: vec![1.0, -2.0, 0.5, 0.0],
            basis: vec![vec![half, half, 0.0, 0.0], vec![0.0, 0.0, 1.0, 0.0]],
            variances: vec![2.0, 0.5],
            rest: 0.1,
        };
        let prior: Arc<dyn Denoiser> = Arc::new(GaussianMixture::new(vec![component.clone()]));
        let sampler = Sampler::new(prior, 200, 5);
        let count = 4000;
        let mut x = sampler.start(4 * count);
        for i in (0..200).rev() {
            sampler.predict(i, &mut x);
            // The last correction adds no noise, and so it makes the law narrower than the prior's.
            if i > 0 {
                sampler.correct(i, &mut x);
            }
        }
        let direction = |u: &[f64; 4]| -> (f64, f64) {
            let along = x.chunks_exact(4).map(|x| (0..4).map(|i| (x[i] - component.mean[i]) * u[i]).sum::<f64>());
            let (sum, square) = along.fold((0.0, 0.0), |(sum, square), a| (sum + a, square + a * a));
            (sum / count as f64, square / count as f64)
        };
        for (u, variance) in [
            ([half, half, 0.0, 0.0], 2.0),
            ([half, -half, 0.0, 0.0], 0.1),
            ([0.0, 0.0, 1.0, 0.0], 0.5),
            ([0.0, 0.0, 0.0, 1.0], 0.1),
        ] {
            let (mean, square) = direction(&u);
            assert!(mean.abs() < 0.1 * f64::sqrt(variance), "{u:?}: mean {mean}");
            assert!((square / variance - 1.0).abs() < 0.12, "{u:?}: {square} for {variance}");
        }
    }

    #[test]
    fn noise_depends_on_the_seed_the_level_and_the_stage() {
        let prior = crate::labs::imaging::prior::axial(16);
        let of = |seed| Sampler::new(prior.clone(), 4, seed);
        let draw = |sampler: &Sampler, i, stage| sampler.noise(i, stage).normal();
        let one = draw(&of(1), 2, Stage::Predictor);
        assert_eq!(one.to_bits(), draw(&of(1), 2, Stage::Predictor).to_bits());
        let others =
            [draw(&of(2), 2, Stage::Predictor), draw(&of(1), 1, Stage::Predictor), draw(&of(1), 2, Stage::Corrector)];
        assert!(others.iter().all(|&other| other != one));
    }
}
