//! Patterns that nobody has to learn.

use super::Fourier;
use crate::models::gumbel::{Successive, gumbel};
use crate::signals::random::Random;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which frequencies are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Pattern {
    /// Drawn, each with the same chance.
    #[default]
    Random,
    /// Every so many-th.
    #[schemars(extend("x-label" = "evenly spaced"))]
    Uniform,
    /// The lowest.
    #[schemars(extend("x-label" = "the lowest"))]
    LowPass,
    /// Drawn, low ones with a higher chance.
    #[schemars(extend("x-label" = "mostly low"))]
    VariableDensity,
}

/// The chance of a frequency falls as this power of its distance from the highest ...
const POWER: f64 = 3.0;
/// ... down to this share of that of frequency 0.
const FLOOR: f64 = 0.02;

impl Pattern {
    /// The `budget` frequencies, ascending.
    ///
    /// The densities of variable-density sampling are those of Lustig, Donoho and Pauly, "Sparse MRI" (2007).
    pub fn choose(self, fourier: &Fourier, budget: usize, random: &mut Random) -> Vec<usize> {
        let n = fourier.size();
        let mut chosen = match self {
            Pattern::Random => random.subset(n, budget),
            Pattern::Uniform => (0..budget).map(|i| i * n / budget).collect(),
            Pattern::LowPass => {
                let mut order: Vec<usize> = (0..n).collect();
                order.sort_by(|&a, &b| fourier.radius(a).total_cmp(&fourier.radius(b)));
                order[..budget].to_vec()
            }
            Pattern::VariableDensity => {
                let farthest = (0..n).map(|n| fourier.radius(n)).fold(0.0, f64::max);
                let chance = |n| libm::pow(1.0 - fourier.radius(n) / farthest, POWER).max(FLOOR);
                let scores: Vec<f64> = (0..n).map(|n| libm::log(chance(n)) + gumbel(random)).collect();
                Successive::new(&scores, budget, 1.0).chosen().to_vec()
            }
        };
        chosen.sort_unstable();
        chosen
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::Stream;

    #[test]
    fn patterns_have_the_size_of_the_budget_and_no_frequency_twice() {
        for shape in [(1, 64), (1, 15), (8, 8)] {
            let fourier = Fourier::new(shape);
            for pattern in [Pattern::Random, Pattern::Uniform, Pattern::LowPass, Pattern::VariableDensity] {
                for budget in [1, 7, fourier.size()] {
                    let chosen = pattern.choose(&fourier, budget, &mut Random::new(1, Stream::Probe));
                    assert_eq!(chosen.len(), budget);
                    assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]) && chosen[budget - 1] < fourier.size());
                }
            }
        }
    }

    #[test]
    fn low_frequencies_come_first_or_more_often() {
        let fourier = Fourier::new((1, 64));
        let mut random = Random::new(2, Stream::Probe);
        assert_eq!(Pattern::LowPass.choose(&fourier, 5, &mut random), [0, 1, 2, 62, 63]);
        assert_eq!(Pattern::Uniform.choose(&fourier, 4, &mut random), [0, 16, 32, 48]);
        let mut low = |pattern: Pattern| {
            let all = (0..50).flat_map(|_| pattern.choose(&fourier, 16, &mut random)).collect::<Vec<_>>();
            all.iter().filter(|&&n| fourier.radius(n) < 0.25).count() as f64 / all.len() as f64
        };
        // 15 of 64 frequencies are below a quarter.
        assert!((low(Pattern::Random) - 15.0 / 64.0).abs() < 0.07);
        assert!(low(Pattern::VariableDensity) > 0.45);
    }
}
