//! The layer that chooses frequencies.

use super::{DeepProbabilisticSubsampling, Sharing};
use crate::contract::{Kind, Panel, Trace};
use crate::labs::recovery::sampled_network::Sampler;
use crate::labs::recovery::subsampling::picture::{of_frequencies, panel};
use crate::labs::recovery::subsampling::{Fourier, SamplingInstance};
use crate::models::Adam;
use crate::models::gumbel::{Successive, gumbel};
use crate::signals::random::Random;

/// Standard deviation of the logits at first where each choice has its own; where they are shared it is the share that is measured.
const FIRST_TOP_1: f64 = 0.5;

/// Logits of m choices among N frequencies, or of the frequencies alone.
pub struct Choices {
    fourier: Fourier,
    sharing: Sharing,
    budget: usize,
    /// phi, choice by choice where each has its own.
    logits: Vec<f64>,
    adam: Adam,
    /// Derivatives of the losses since the last step.
    slopes: Vec<f64>,
    random: Random,
    /// Temperatures at the first batch, at the last, and now.
    temperatures: [f64; 3],
    entropy: f64,
    drawn: Option<Drawn>,
}

/// Choices that were drawn by one noise: hard ones and their relaxation.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Each with the number of its first logit.
    parts: Vec<(usize, Successive)>,
    size: usize,
}

impl Drawn {
    /// Noise and all: `scores` are logits with their noise, `order` that of the choices. All choices at once where logits are shared.
    pub fn new(scores: &[f64], size: usize, order: Option<&[usize]>, budget: usize, temperature: f64) -> Self {
        let Some(order) = order else {
            return Self { parts: vec![(0, Successive::new(scores, budget, temperature))], size };
        };
        let mut taken = Vec::with_capacity(budget);
        let choose = |&row: &usize| {
            let mut scores = scores[row * size..(row + 1) * size].to_vec();
            taken.iter().for_each(|&n: &usize| scores[n] = f64::NEG_INFINITY);
            let choice = Successive::new(&scores, 1, temperature);
            taken.extend(choice.chosen());
            (row * size, choice)
        };
        Self { parts: order.iter().map(choose).collect(), size }
    }

    /// The indicator of what was chosen.
    pub fn hard(&self) -> Vec<f64> {
        let mut mask = vec![0.0; self.size];
        self.chosen().for_each(|n| mask[n] = 1.0);
        mask
    }

    /// The indices that were chosen.
    pub fn chosen(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().flat_map(|(_, choice)| choice.chosen()).copied()
    }

    /// Its relaxation.
    pub fn relaxed(&self) -> Vec<f64> {
        let mut sum = vec![0.0; self.size];
        for (_, choice) in &self.parts {
            sum.iter_mut().zip(choice.relaxed()).for_each(|(sum, w)| *sum += w);
        }
        sum
    }

    /// Adds the derivatives by the logits of a function of the relaxation to `by_logits`.
    pub fn pull(&self, by_relaxed: &[f64], by_logits: &mut [f64]) {
        for (at, choice) in &self.parts {
            by_logits[*at..].iter_mut().zip(choice.pull(by_relaxed)).for_each(|(sum, by)| *sum += by);
        }
    }
}

impl Choices {
    /// With drawn logits.
    pub(super) fn new(params: &DeepProbabilisticSubsampling, instance: &SamplingInstance) -> Self {
        let (fourier, budget) = (instance.kind.fourier.clone(), instance.budget);
        let (rows, spread) = match params.sampler {
            Sharing::TopK => (1, budget as f64 / fourier.size() as f64),
            Sharing::Top1 => (budget, FIRST_TOP_1),
        };
        let mut random = instance.choices();
        let logits: Vec<f64> = (0..rows * fourier.size()).map(|_| spread * random.normal()).collect();
        Self {
            fourier,
            sharing: params.sampler,
            budget,
            adam: Adam::new(logits.len(), params.rate * params.logits_rate),
            slopes: vec![0.0; logits.len()],
            logits,
            random,
            temperatures: [params.temperature_from, params.temperature_to, params.temperature_from],
            entropy: if params.sampler == Sharing::Top1 { params.entropy } else { 0.0 },
            drawn: None,
        }
    }

    /// What would be drawn without noise, at a temperature of 1, choices in their own order.
    fn expected(&self) -> Drawn {
        let order: Option<Vec<usize>> = (self.sharing == Sharing::Top1).then(|| (0..self.budget).collect());
        Drawn::new(&self.logits, self.fourier.size(), order.as_deref(), self.budget, 1.0)
    }

    /// `H(softmax phi_i)` of each choice that has logits of its own; of each that is left to the others' where they are shared.
    fn entropies(&self) -> Vec<f64> {
        match self.sharing {
            Sharing::TopK => Successive::new(&self.logits, self.budget, 1.0).entropies(),
            Sharing::Top1 => {
                let rows = self.logits.chunks_exact(self.fourier.size());
                rows.flat_map(|row| Successive::new(row, 1, 1.0).entropies()).collect()
            }
        }
    }

    /// Adds the slope of `mu sum_i H(softmax phi_i)`: `dH/dphi_l = -p_l (ln p_l + H)`.
    fn penalise_entropy(&mut self) {
        let size = self.fourier.size();
        for (row, slopes) in self.logits.chunks_exact(size).zip(self.slopes.chunks_exact_mut(size)) {
            let choice = Successive::new(row, 1, 1.0);
            let entropy = choice.entropies()[0];
            for (slope, p) in slopes.iter_mut().zip(choice.relaxed()) {
                if p > 0.0 {
                    *slope -= self.entropy * p * (libm::log(p) + entropy);
                }
            }
        }
    }
}

impl Sampler for Choices {
    fn draw(&mut self) -> Vec<f64> {
        let random = &mut self.random;
        let order = (self.sharing == Sharing::Top1).then(|| random.permutation(self.budget));
        let scores: Vec<f64> = self.logits.iter().map(|phi| phi + gumbel(random)).collect();
        let drawn = Drawn::new(&scores, self.fourier.size(), order.as_deref(), self.budget, self.temperatures[2]);
        let mask = drawn.hard();
        self.drawn = Some(drawn);
        mask
    }

    fn pull(&mut self, by_weights: &[f64]) {
        if let Some(drawn) = &self.drawn {
            drawn.pull(by_weights, &mut self.slopes);
        }
    }

    fn learn(&mut self, examples: usize, progress: f64) {
        self.slopes.iter_mut().for_each(|slope| *slope /= examples as f64);
        if self.entropy > 0.0 {
            self.penalise_entropy();
        }
        let downhill: Vec<f64> = self.slopes.iter().map(|slope| -slope).collect();
        if downhill.iter().all(|slope| slope.is_finite()) {
            self.adam.ascend(&mut self.logits, &downhill);
        }
        self.slopes.fill(0.0);
        let [from, to, now] = &mut self.temperatures;
        *now = *from + (*to - *from) * progress;
    }

    fn pattern(&self) -> Vec<usize> {
        let mut pattern: Vec<usize> = self.expected().chosen().collect();
        pattern.sort_unstable();
        pattern
    }

    fn panels(&self) -> Vec<Panel<'static>> {
        let size = self.fourier.size();
        let logits = match self.sharing {
            Sharing::TopK => of_frequencies(
                ("logits", "Logits", "$\\phi_n$: the higher, the more likely a frequency is measured"),
                &self.fourier,
                &self.logits,
            ),
            Sharing::Top1 => {
                let chances =
                    self.logits.chunks_exact(size).flat_map(|row| Successive::new(row, 1, 1.0).relaxed()).collect();
                let names = ("logits", "Chances", "softmax of $\\phi_i$: a line a choice, a column a frequency");
                panel(names, Kind::Heat, (self.budget, size), chances, ("frequency", "choice"))
            }
        };
        let names = ("entropy", "Entropy of each choice", "in nats; 0 when a choice has made up its mind");
        let entropies = panel(names, Kind::Bars, (1, self.budget), self.entropies(), ("choice", "nats"));
        vec![logits, entropies]
    }

    fn traces(&self) -> Vec<Trace> {
        let entropies = self.entropies();
        let mean = entropies.iter().sum::<f64>() / entropies.len() as f64;
        vec![Trace { name: "entropy", value: mean }, Trace { name: "temperature", value: self.temperatures[2] }]
    }
}
