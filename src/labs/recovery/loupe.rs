//! LOUPE: a chance for every frequency, learned by soft thresholds, together with the recovery.
//!
//! ```text
//! p = sigmoid(slope w), rescaled so that its mean is m / N
//! for every example:   u uniform,   mask = sigmoid(sharpness (p - u))
//! for every batch:     Adam on w and the network by mean |x_K - x|^2 / N
//! measure with         the m frequencies of the largest p
//! ```
//!
//! The number of frequencies is right on average only, and masks are between 0 and 1 in training: that is what deep probabilistic subsampling
//! does without. The network is that of [`super::sampled_network`].
//!
//! Bahadir, Wang, Dalca and Sabuncu, "Deep-learning-based optimization of the under-sampling pattern in MRI" (2020).

use super::sampled_network::{Sampler, Schedule, start};
use super::subsampling::picture::of_frequencies;
use super::subsampling::{Fourier, SamplingInstance};
use crate::contract::{Complaint, MethodCard, Note, Panel, Run, TypedMethod};
use crate::models::Adam;
use crate::models::gumbel::Successive;
use crate::signals::random::Random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of LOUPE.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Loupe {
    /// Slope of the chances.
    #[schemars(range(min = 0.1, max = 20.0), extend("x-scale" = "log"))]
    pub slope: f64,
    /// Slope of the thresholds that make masks of chances.
    #[schemars(range(min = 1.0, max = 200.0), extend("x-scale" = "log"))]
    pub sharpness: f64,
    /// Adam's rate for chances, in units of the network's.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-scale" = "log"))]
    pub chances_rate: f64,
    /// Folds of the network, K.
    #[schemars(range(min = 1, max = 20))]
    pub folds: usize,
    /// Batches.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Examples a batch.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 1.0), extend("x-scale" = "log"))]
    pub rate: f64,
}

impl Default for Loupe {
    fn default() -> Self {
        Self { slope: 5.0, sharpness: 12.0, chances_rate: 1.0, folds: 8, batches: 600, batch: 32, rate: 0.02 }
    }
}

impl TypedMethod for Loupe {
    type Instance = SamplingInstance;

    const CARD: MethodCard = MethodCard {
        id: "loupe",
        lab: "recovery",
        problem: "sampling-design",
        title: "LOUPE",
        short: "LOUPE",
        sentence: "in {batches} batches",
        line: "Learns a chance for every frequency by soft thresholds, together with the recovery",
        cost: "4 K Fourier transforms an example, and O(N) for the mask",
        when: "as what learned choices are held against, or where chances are wanted and not one pattern",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.batches
    }

    fn start(&self, instance: &Arc<SamplingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let schedule = Schedule { folds: self.folds, batches: self.batches, batch: self.batch, rate: self.rate };
        Ok(start(instance, schedule, Box::new(Chances::new(self, instance))))
    }
}

/// A chance for every frequency.
struct Chances {
    fourier: Fourier,
    budget: usize,
    slope: f64,
    sharpness: f64,
    /// w.
    weights: Vec<f64>,
    adam: Adam,
    slopes: Vec<f64>,
    random: Random,
    /// The mask that was drawn last.
    mask: Vec<f64>,
}

impl Chances {
    /// With chances that begin evenly spread.
    fn new(params: &Loupe, instance: &SamplingInstance) -> Self {
        let mut random = instance.choices();
        let size = instance.kind.fourier.size();
        let begin = |u: f64| libm::log(u / (1.0 - u)) / params.slope;
        Self {
            fourier: instance.kind.fourier.clone(),
            budget: instance.budget,
            slope: params.slope,
            sharpness: params.sharpness,
            weights: (0..size).map(|_| begin(0.01 + 0.98 * random.uniform())).collect(),
            adam: Adam::new(size, params.rate * params.chances_rate),
            slopes: vec![0.0; size],
            random,
            mask: Vec::new(),
        }
    }

    /// Chances before they are rescaled, the factor and whether it takes from p or from 1 - p.
    fn rescaled(&self) -> (Vec<f64>, Rescaling) {
        let raw: Vec<f64> = self.weights.iter().map(|w| sigmoid(self.slope * w)).collect();
        let (mean, wanted) = (raw.iter().sum::<f64>() / raw.len() as f64, self.budget as f64 / raw.len() as f64);
        let rescaling = if mean >= wanted {
            Rescaling { of_chances: true, factor: wanted / mean, mean }
        } else {
            Rescaling { of_chances: false, factor: (1.0 - wanted) / (1.0 - mean), mean: 1.0 - mean }
        };
        (raw, rescaling)
    }

    /// p, whose mean is m / N.
    fn chances(&self) -> Vec<f64> {
        let (raw, rescaling) = self.rescaled();
        raw.into_iter().map(|p| rescaling.apply(p)).collect()
    }

    /// The derivative by w, from that by p.
    fn by_weights(&self, by_chances: &[f64]) -> Vec<f64> {
        let (raw, rescaling) = self.rescaled();
        let side = |p: f64| if rescaling.of_chances { p } else { 1.0 - p };
        // q = c q_raw / mean(q_raw), and p = q or 1 - q: a sign that cancels with that of dq_raw / dp_raw.
        let shared = by_chances.iter().zip(&raw).fold(0.0, |sum, (by, &p)| sum + by * side(p))
            / (raw.len() as f64 * rescaling.mean);
        let slope = |(by, &p): (&f64, &f64)| rescaling.factor * (by - shared) * self.slope * p * (1.0 - p);
        by_chances.iter().zip(&raw).map(slope).collect()
    }
}

/// `p = c p`, or `1 - p = c (1 - p)`: whichever takes away.
struct Rescaling {
    of_chances: bool,
    factor: f64,
    /// Of what is rescaled.
    mean: f64,
}

impl Rescaling {
    fn apply(&self, p: f64) -> f64 {
        if self.of_chances { self.factor * p } else { 1.0 - self.factor * (1.0 - p) }
    }
}

impl Sampler for Chances {
    fn draw(&mut self) -> Vec<f64> {
        let (chances, random) = (self.chances(), &mut self.random);
        self.mask = chances.iter().map(|p| sigmoid(self.sharpness * (p - random.uniform()))).collect();
        self.mask.clone()
    }

    fn pull(&mut self, by_weights: &[f64]) {
        let by_chance = |(by, mask): (&f64, &f64)| by * self.sharpness * mask * (1.0 - mask);
        let by_chances: Vec<f64> = by_weights.iter().zip(&self.mask).map(by_chance).collect();
        let slopes = self.by_weights(&by_chances);
        self.slopes.iter_mut().zip(slopes).for_each(|(sum, slope)| *sum += slope);
    }

    fn learn(&mut self, examples: usize, _progress: f64) {
        let downhill: Vec<f64> = self.slopes.iter().map(|slope| -slope / examples as f64).collect();
        if downhill.iter().all(|slope| slope.is_finite()) {
            self.adam.ascend(&mut self.weights, &downhill);
        }
        self.slopes.fill(0.0);
    }

    fn pattern(&self) -> Vec<usize> {
        let mut pattern = Successive::new(&self.weights, self.budget, 1.0).chosen().to_vec();
        pattern.sort_unstable();
        pattern
    }

    fn panels(&self) -> Vec<Panel<'static>> {
        let names = ("chances", "Chances", "$p_n$, whose sum is the number of frequencies");
        vec![of_frequencies(names, &self.fourier, &self.chances())]
    }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

static NOTE: Note = Note {
    formula: r"p_n = \mathrm{rescale}\big(\mathrm{sigmoid}(a\, w_n)\big), \quad \sum_n p_n = m, \qquad \mathrm{mask}_n = \mathrm{sigmoid}\big(h\, (p_n - u_n)\big), \quad u_n \sim \mathcal U(0, 1)",
    breaks: "The recovery learns from masks between 0 and 1 whose number is right on average only, and is used with one pattern of exactly m frequencies. Soft thresholds make the two differ more, sharp ones leave next to no derivative. Chances that have not come near 0 or 1 say little about which frequencies belong together.",
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::recovery::subsampling::{SamplingDesign, draw};

    #[test]
    fn chances_have_the_mean_that_is_wanted_and_the_slopes_of_differences() {
        let by_chances: Vec<f64> = (0..64).map(|n| libm::cos(f64::from(n))).collect();
        // Few frequencies are reached by taking from chances, many by taking from what they lack.
        for budget in [5, 60] {
            let instance = draw(&SamplingDesign { budget, ..SamplingDesign::default() }, 1).expect("an instance");
            let chances = Chances::new(&Loupe::default(), &instance);
            let sum: f64 = chances.chances().iter().sum();
            assert!((sum - budget as f64).abs() < 1e-12 && chances.chances().iter().all(|p| (0.0..=1.0).contains(p)));
            let slopes = chances.by_weights(&by_chances);
            let value = |n: usize, by: f64| {
                let mut moved = Chances::new(&Loupe::default(), &instance);
                moved.weights[n] += by;
                moved.chances().iter().zip(&by_chances).map(|(p, by)| p * by).sum::<f64>()
            };
            for (n, slope) in slopes.into_iter().enumerate() {
                let difference = (value(n, 1e-6) - value(n, -1e-6)) / 2e-6;
                assert!((slope - difference).abs() < 1e-8, "{budget}, {n}: {slope} against {difference}");
            }
        }
    }
}
