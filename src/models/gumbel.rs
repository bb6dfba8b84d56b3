//! Sampling without replacement that has a derivative: Gumbel's noise, and a relaxation of the largest k.
//!
//! ```text
//! hard      order = scores from the largest down,   chosen = the first k of them
//! relaxed   p_j = softmax over all but the first j - 1 of scores / tau,   w = p_1 + ... + p_k
//! ```
//!
//! With logits plus independent Gumbel noise as scores, `chosen` is a draw without replacement with the chances of the logits' softmax. `w` sums
//! to k and comes to the indicator of `chosen` as tau falls. Whoever measures with the indicator and takes derivatives of `w` has the
//! straight-through estimator; both must come from the same noise, so both come from one [`Successive`].
//!
//! The k softmaxes share their exponentials, each in units of the largest score that is left, so nothing underflows that counts, and
//! `w` and its derivative take O(n) and not O(k n) beyond the selection:
//!
//! ```text
//! d_j = exp((s_(j+1) - s_j) / tau),   Z_j = 1 + d_j Z_(j+1),   A_j = d_(j-1) A_(j-1) + 1 / Z_j
//! w of choice j = A_j,   w of n that is not chosen = exp((s_n - s_k) / tau) A_k
//! ```
//!
//! Maddison, Mnih and Teh, "The concrete distribution" (2017); Kool, van Hoof and Welling, "Stochastic beams and where to find them: the
//! Gumbel-top-k trick for sampling sequences without replacement" (2019).

use crate::kernels::exp;
use crate::signals::random::Random;

/// Below this a uniform deviate counts as this: its logarithm is finite.
const TINY: f64 = 1e-20;

/// Standard Gumbel deviate, `-ln(-ln u)`.
pub fn gumbel(random: &mut Random) -> f64 {
    -libm::log(-libm::log(random.uniform().max(TINY)))
}

/// The `k` largest of n scores, hard and relaxed.
#[derive(Clone, Debug)]
pub struct Successive {
    /// The first k from the largest down, then the others, ascending.
    order: Vec<usize>,
    chosen: usize,
    temperature: f64,
    /// `ln d_j` for all choices but the last.
    falls: Vec<f64>,
    /// `exp((s_n - s_k) / tau)` of the others, in their order.
    others: Vec<f64>,
    /// `Z_j`, the sum of what is left at choice j in units of its own weight.
    left: Vec<f64>,
}

impl Successive {
    /// Ties go to the lower index. A score of minus infinity is out of the running; O(n + k log k).
    ///
    /// # Panics
    /// When `k` is zero, fewer than `k` scores are finite, or the temperature is not positive.
    pub fn new(scores: &[f64], k: usize, temperature: f64) -> Self {
        let order = largest_first(scores, k);
        let (first, rest) = order.split_at(k);
        assert!(first.iter().all(|&n| scores[n].is_finite()) && temperature > 0.0);
        let last = scores[first[k - 1]];
        let mut others: Vec<f64> = rest.iter().map(|&n| (scores[n] - last) / temperature).collect();
        exp(&mut others);
        let falls: Vec<f64> = first.windows(2).map(|two| (scores[two[1]] - scores[two[0]]) / temperature).collect();
        let mut chosen = Self { chosen: k, temperature, falls, others, left: Vec::new(), order };
        chosen.left = chosen.sums(|_| 1.0);
        chosen
    }

    /// The `k` largest, from the largest down.
    pub fn chosen(&self) -> &[usize] {
        &self.order[..self.chosen]
    }

    /// For each choice the sum of `of` over what is left, weighed in units of the choice's own weight.
    fn sums(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        let (first, rest) = self.order.split_at(self.chosen);
        let mut sum = rest.iter().zip(&self.others).fold(0.0, |sum, (&n, weight)| sum + weight * of(n));
        let mut sums = vec![0.0; self.chosen];
        for (j, &n) in first.iter().enumerate().rev() {
            if let Some(&fall) = self.falls.get(j) {
                sum *= libm::exp(fall);
            }
            sum += of(n);
            sums[j] = sum;
        }
        sums
    }

    /// For each n the sum of `of` over the choices in which it is in the running, times its weight in units of each choice's.
    fn spread(&self, of: impl Fn(usize) -> f64) -> Vec<f64> {
        let (first, rest) = self.order.split_at(self.chosen);
        let (mut sum, mut spread) = (0.0, vec![0.0; self.order.len()]);
        for (j, &n) in first.iter().enumerate() {
            if j > 0 {
                sum *= libm::exp(self.falls[j - 1]);
            }
            sum += of(j);
            spread[n] = sum;
        }
        rest.iter().zip(&self.others).for_each(|(&n, weight)| spread[n] = weight * sum);
        spread
    }

    /// `w`, n entries from 0 to 1 that sum to k.
    pub fn relaxed(&self) -> Vec<f64> {
        self.spread(|j| 1.0 / self.left[j])
    }

    /// The derivative of a function of `w` by the scores, from its derivative by `w`.
    pub fn pull(&self, by_relaxed: &[f64]) -> Vec<f64> {
        // dp_j(n) / dscore_l = p_j(n) (delta_nl - p_j(l)) / tau, summed over n and j.
        let inside = self.sums(|n| by_relaxed[n]);
        let means = self.spread(|j| inside[j] / (self.left[j] * self.left[j]));
        let pairs = self.relaxed().into_iter().zip(by_relaxed).zip(means);
        pairs.map(|((w, by), mean)| (by * w - mean) / self.temperature).collect()
    }

    /// The entropy of each choice, in nats, those before it given: `H(p_1), .., H(p_k)`; at most `ln n`.
    pub fn entropies(&self) -> Vec<f64> {
        let term = |weight: f64| if weight > 0.0 { weight * libm::log(weight) } else { 0.0 };
        // sum of v ln v over the weights v of what is left, in units of the choice's own.
        let mut sum = self.others.iter().fold(0.0, |sum, &weight| sum + term(weight));
        let mut entropies = vec![0.0; self.chosen];
        for j in (0..self.chosen).rev() {
            if let Some(&fall) = self.falls.get(j) {
                let weight = libm::exp(fall);
                sum = weight * sum + term(weight) * self.left[j + 1];
            }
            entropies[j] = (libm::log(self.left[j]) - sum / self.left[j]).max(0.0);
        }
        entropies
    }
}

/// All indices: the `k` of the largest scores from the largest down, and then the others, ascending.
fn largest_first(scores: &[f64], k: usize) -> Vec<usize> {
    assert!((1..=scores.len()).contains(&k), "there are {} scores, not {k}", scores.len());
    let mut order: Vec<usize> = (0..scores.len()).collect();
    if k < scores.len() {
        order.select_nth_unstable_by(k - 1, |&i, &j| scores[j].total_cmp(&scores[i]).then(i.cmp(&j)));
    }
    order[..k].sort_unstable_by(|&i, &j| scores[j].total_cmp(&scores[i]).then(i.cmp(&j)));
    order[k..].sort_unstable();
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::Stream;

    fn scores(n: usize, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed, Stream::Probe);
        (0..n).map(|_| gumbel(&mut random)).collect()
    }

    /// The definition, softmax by softmax.
    fn direct(scores: &[f64], k: usize, temperature: f64) -> Vec<f64> {
        let (mut alive, mut sum) = (vec![true; scores.len()], vec![0.0; scores.len()]);
        for _ in 0..k {
            let weight = |n: usize| if alive[n] { libm::exp(scores[n] / temperature) } else { 0.0 };
            let all: f64 = (0..scores.len()).map(weight).sum();
            (0..scores.len()).for_each(|n| sum[n] += weight(n) / all);
            let alive_now = (0..scores.len()).filter(|&n| alive[n]);
            let next = alive_now.max_by(|&i, &j| scores[i].total_cmp(&scores[j])).expect("one is left");
            alive[next] = false;
        }
        sum
    }

    #[test]
    fn relaxed_choices_are_softmaxes_one_after_the_other() {
        for (k, temperature) in [(1, 1.0), (4, 0.5), (4, 5.0), (12, 0.3)] {
            let scores = scores(12, 3);
            let relaxed = Successive::new(&scores, k, temperature).relaxed();
            assert!((relaxed.iter().sum::<f64>() - k as f64).abs() < 1e-12);
            for (fast, slow) in relaxed.iter().zip(direct(&scores, k, temperature)) {
                assert!((fast - slow).abs() < 1e-12, "k = {k}, temperature {temperature}: {fast} against {slow}");
            }
        }
    }

    #[test]
    fn derivatives_are_those_of_differences() {
        let scores = scores(10, 5);
        let by_relaxed: Vec<f64> = (0..10).map(|n| libm::sin(f64::from(n))).collect();
        for (k, temperature) in [(1, 0.7), (3, 0.5), (6, 2.0)] {
            let value = |scores: &[f64]| {
                let relaxed = Successive::new(scores, k, temperature).relaxed();
                relaxed.iter().zip(&by_relaxed).map(|(w, by)| w * by).sum::<f64>()
            };
            let pulled = Successive::new(&scores, k, temperature).pull(&by_relaxed);
            for l in 0..scores.len() {
                let mut ends = [scores.clone(), scores.clone()];
                ends[0][l] += 1e-6;
                ends[1][l] -= 1e-6;
                let difference = (value(&ends[0]) - value(&ends[1])) / 2e-6;
                assert!((pulled[l] - difference).abs() < 1e-8, "{l}: {} against {difference}", pulled[l]);
            }
        }
    }

    #[test]
    fn cold_choices_are_hard() {
        let scores = scores(20, 7);
        let cold = Successive::new(&scores, 5, 1e-3);
        for (n, weight) in cold.relaxed().into_iter().enumerate() {
            assert!((weight - f64::from(u8::from(cold.chosen().contains(&n)))).abs() < 1e-6);
        }
        assert!(cold.pull(&[1.0; 20]).iter().all(|by| by.abs() < 1e-9), "a sum that is always k has no slope");
        let out = Successive::new(&[f64::NEG_INFINITY, 0.0, 1.0, 1.0], 3, 1.0);
        assert_eq!(out.chosen(), [2, 3, 1]);
        assert_eq!(out.relaxed()[0], 0.0);
    }

    #[test]
    fn entropies_are_those_of_the_softmaxes() {
        let even = Successive::new(&[0.0; 8], 8, 1.0).entropies();
        for (j, entropy) in even.into_iter().enumerate() {
            assert!((entropy - libm::log((8 - j) as f64)).abs() < 1e-12);
        }
        let two = Successive::new(&[0.0, libm::log(3.0)], 1, 1.0).entropies();
        assert!((two[0] - (0.25 * libm::log(4.0) + 0.75 * libm::log(4.0 / 3.0))).abs() < 1e-12);
    }

    #[test]
    fn noise_on_logits_draws_with_the_chances_of_their_softmax() {
        let chances: [f64; 3] = [0.5, 0.3, 0.2];
        let mut random = Random::new(11, Stream::Probe);
        let draws = 20_000;
        let (mut first, mut pair) = ([0.0; 3], 0.0);
        for _ in 0..draws {
            let scores = chances.map(|chance| libm::log(chance) + gumbel(&mut random));
            let both = Successive::new(&scores, 2, 1.0);
            first[both.chosen()[0]] += 1.0 / f64::from(draws);
            pair += f64::from(u8::from(both.chosen() == [0, 1])) / f64::from(draws);
        }
        // Five standard errors: at most 0.018. The pair (0, 1) has the chance 0.5 * 0.3 / 0.5.
        assert!(first.iter().zip(chances).all(|(seen, chance)| (seen - chance).abs() < 0.018), "{first:?}");
        assert!((pair - 0.3).abs() < 0.018, "{pair}");
    }
}
