//! Nested dictionaries with prefixes that are drawn anew for every batch, and a penalty in place of a number of active latents.
//!
//! ```text
//! each batch:   prefixes l_1 < .. < l_P = m, the others drawn without replacement with P(l = i) ~ sqrt(i) - sqrt(i - 1)
//!               L = 1 / P sum_p mean (|xhat_(l_p) - x|^2 + lambda sum_(j < l_p) a_j),    a = relu(u)
//!               sort latents by the running mean of a_j^2, largest first, with the moments of Adam
//!               lambda up by 0.3 % where more latents than wanted are active, down where fewer
//! ```
//!
//! Short prefixes are the likely ones, so that a latent's place says how general it is; no group sizes are to be chosen. Rows of the
//! decoder are as long as one, where a_j |e_j| is a_j. For the first fifth of the batches lambda only grows towards its start.
//!
//! A batch costs O(B m d + B d P).
//!
//! Nabeshima, "Matryoshka sparse autoencoders" (2024); Bussmann, Nabeshima, Karvonen and Nanda (ICML 2025).

use super::features::FeaturesInstance;
use super::training::Training;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::autoencoder::{Code, Entry, Nesting, Recipe, TopK};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// By how much the penalty moves after a batch.
const PACE: f64 = 3e-3;
/// Share of the batches over which it grows to its start.
const RAMP: f64 = 0.2;
/// What the running means of squares take from a batch.
const TAKEN: f64 = 0.05;

/// Parameters of the autoencoder with random prefixes.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RandomPrefixSae {
    /// Latents, m.
    #[schemars(range(min = 1, max = 128), extend("x-scale" = "log"))]
    pub latents: usize,
    /// Prefixes of a batch, P.
    #[schemars(range(min = 1, max = 32), extend("x-scale" = "log"))]
    pub prefixes: usize,
    /// Active latents an input that the penalty is to come to.
    #[schemars(range(min = 0.1, max = 16.0), extend("x-scale" = "log"))]
    pub active: f64,
    /// The penalty to begin with, lambda.
    #[schemars(range(min = 0.0001, max = 10.0), extend("x-scale" = "log"))]
    pub price: f64,
    #[serde(flatten)]
    pub(super) training: Training,
}

impl Default for RandomPrefixSae {
    fn default() -> Self {
        Self { latents: 20, prefixes: 10, active: 1.23, price: 0.2, training: Training::default() }
    }
}

impl TypedMethod for RandomPrefixSae {
    type Instance = FeaturesInstance;

    const CARD: MethodCard = MethodCard {
        id: "random-prefix-sae",
        lab: "dictionaries",
        problem: "features",
        title: "Matryoshka autoencoder with random prefixes",
        short: "random prefixes",
        sentence: "with {latents} latents and {prefixes} prefixes a batch",
        line: "Draws for every batch which prefixes of the dictionary have to reconstruct by themselves",
        cost: "one encoding of a batch, O(B m d), and O(B d P) for the prefixes",
        when: "no sizes of groups are to be chosen",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.training.steps()
    }

    fn start(&self, instance: &Arc<FeaturesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let nesting = RandomPrefixes {
            prefixes: self.prefixes,
            wanted: self.active,
            price: self.price,
            ramp: RAMP * self.training.batches as f64,
            batches: 0.0,
            random: Random::new(self.training.start, Stream::Support),
            ends: Vec::new(),
            weights: Vec::new(),
            squares: vec![0.0; self.latents],
        };
        // As many as there are: all that is positive.
        Ok(self.training.start(instance, self.latents, Recipe::new(TopK(self.latents), nesting)))
    }
}

/// Prefixes that are drawn for each batch, and the penalty.
struct RandomPrefixes {
    prefixes: usize,
    /// Active latents an input that are wanted.
    wanted: f64,
    price: f64,
    /// Batches until the penalty is whole, and those so far.
    ramp: f64,
    batches: f64,
    random: Random,
    ends: Vec<usize>,
    weights: Vec<f64>,
    /// Running means of squared activations.
    squares: Vec<f64>,
}

impl Nesting for RandomPrefixes {
    fn begin(&mut self) {
        let latents = self.squares.len();
        let root = |i: usize| (i as f64).sqrt();
        let mut lengths: Vec<usize> = (1..latents).collect();
        self.ends = vec![latents];
        while self.ends.len() < self.prefixes && !lengths.is_empty() {
            let total = lengths.iter().fold(0.0, |sum, &i| sum + root(i) - root(i - 1));
            let mut left = total * self.random.uniform();
            let chosen = lengths.iter().position(|&i| {
                left -= root(i) - root(i - 1);
                left < 0.0
            });
            self.ends.push(lengths.remove(chosen.unwrap_or(lengths.len() - 1)));
        }
        self.ends.sort_unstable();
        self.weights = vec![1.0 / self.ends.len() as f64; self.ends.len() + 1];
        self.weights[0] = 0.0;
    }

    fn weights(&self) -> &[f64] {
        &self.weights
    }

    fn stages(&self, code: &[Entry]) -> Vec<usize> {
        code.iter().map(|entry| 1 + self.ends.partition_point(|&end| end <= entry.latent)).collect()
    }

    fn price(&self) -> f64 {
        self.price * (self.batches / self.ramp).min(1.0)
    }

    fn end(&mut self, codes: &[Code]) -> Option<Vec<usize>> {
        self.batches += 1.0;
        let share = 1.0 / codes.len().max(1) as f64;
        if self.batches > self.ramp {
            let active = codes.iter().map(Vec::len).sum::<usize>() as f64 * share;
            self.price *= if active < self.wanted { 1.0 - PACE } else { 1.0 + PACE };
        }
        self.squares.iter_mut().for_each(|square| *square *= 1.0 - TAKEN);
        for entry in codes.iter().flatten() {
            self.squares[entry.latent] += TAKEN * share * entry.value * entry.value;
        }
        let mut order: Vec<usize> = (0..self.squares.len()).collect();
        order.sort_by(|&a, &b| self.squares[b].total_cmp(&self.squares[a]));
        self.squares = order.iter().map(|&from| self.squares[from]).collect();
        order.iter().enumerate().any(|(place, &from)| place != from).then_some(order)
    }
}

static NOTE: Note = Note {
    formula: r"L = \frac{1}{P} \sum_p \operatorname{mean} \Big( |\hat x_{\ell_p} - x|^2 + \lambda \sum_{j < \ell_p} a_j \Big), \qquad a = \operatorname{relu}(u)",
    breaks: "The penalty shrinks all activations, so that reconstructions are shorter than inputs. Its weight follows the number of active latents slowly, and a run that is too short ends with too many or too few.",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn prefixes(latents: usize, prefixes: usize) -> RandomPrefixes {
        RandomPrefixes {
            prefixes,
            wanted: 1.0,
            price: 1.0,
            ramp: 10.0,
            batches: 0.0,
            random: Random::new(1, Stream::Probe),
            ends: Vec::new(),
            weights: Vec::new(),
            squares: vec![0.0; latents],
        }
    }

    /// With two prefixes the short one has length i with probability `(sqrt i - sqrt(i - 1)) / sqrt(m - 1)`.
    #[test]
    fn short_prefixes_are_drawn_as_often_as_they_should() {
        let mut nesting = prefixes(5, 2);
        let mut counts = [0_u32; 5];
        for _ in 0..20_000 {
            nesting.begin();
            assert_eq!((nesting.ends.len(), nesting.ends[1]), (2, 5));
            counts[nesting.ends[0]] += 1;
        }
        for (i, &count) in counts.iter().enumerate().skip(1) {
            let expected = ((i as f64).sqrt() - (i as f64 - 1.0).sqrt()) / 2.0;
            // Five standard errors.
            assert!((f64::from(count) / 20_000.0 - expected).abs() < 5.0 * (expected / 20_000.0).sqrt(), "{counts:?}");
        }
        let mut all = prefixes(4, 9);
        all.begin();
        assert_eq!(all.ends, [1, 2, 3, 4], "there are no more prefixes than latents");
    }

    #[test]
    fn latents_stand_by_what_they_carry_and_the_penalty_follows() {
        let mut nesting = prefixes(3, 1);
        nesting.ramp = 1.0;
        nesting.begin();
        let codes = [vec![Entry { latent: 1, value: 1.0 }, Entry { latent: 2, value: 3.0 }]];
        assert_eq!(nesting.end(&codes), Some(vec![2, 1, 0]));
        let before = nesting.price();
        let codes = [vec![Entry { latent: 0, value: 3.0 }, Entry { latent: 1, value: 1.0 }]];
        assert_eq!(nesting.end(&codes), None, "they are in order now");
        assert!(nesting.price() > before, "two are active where one is wanted");
    }
}
