//! BatchTopK: of a batch of B inputs the k B largest positive pre-activations, however many fall to one input.
//!
//! ```text
//! theta = 0.99 theta + 0.01 (smallest value that a batch keeps)
//! ```
//!
//! Afterwards an input stands by itself and keeps all latents above theta.
//!
//! Bussmann, Leask and Nanda, "BatchTopK sparse autoencoders" (2024).

use super::{Activation, Code, Entry, above, largest};

/// What the threshold keeps of itself.
const KEPT: f64 = 0.99;

/// Keeps so many latents an input in the mean over a batch.
#[derive(Clone, Debug)]
pub struct BatchTopK {
    mean: f64,
    /// None before the first batch: then all that is positive is kept.
    threshold: Option<f64>,
}

impl BatchTopK {
    /// Keeps `mean` latents an input, k; it need not be a whole number.
    pub fn new(mean: f64) -> Self {
        Self { mean, threshold: None }
    }

    /// What a latent has to exceed afterwards, theta.
    pub fn threshold(&self) -> f64 {
        self.threshold.unwrap_or(0.0)
    }
}

impl Activation for BatchTopK {
    fn train(&mut self, inputs: &[f64], latents: usize) -> Vec<Code> {
        let batch = inputs.len() / latents;
        let kept = largest(inputs, (self.mean * batch as f64) as usize);
        let mut codes = vec![Code::new(); batch];
        for &place in &kept {
            codes[place / latents].push(Entry { latent: place % latents, value: inputs[place] });
        }
        if let Some(least) = kept.iter().map(|&place| inputs[place]).min_by(f64::total_cmp) {
            self.threshold = Some(self.threshold.map_or(least, |theta| KEPT * theta + (1.0 - KEPT) * least));
        }
        codes
    }

    fn infer(&self, inputs: &[f64], latents: usize) -> Vec<Code> {
        above(inputs, latents, self.threshold())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_of_a_batch_share_what_is_kept() {
        let mut rule = BatchTopK::new(1.5);
        let batch = [4.0, 3.0, 2.0, 1.0, 0.5, -1.0];
        let entry = |latent, value| Entry { latent, value };
        assert_eq!(rule.train(&batch, 3), [vec![entry(0, 4.0), entry(1, 3.0), entry(2, 2.0)], vec![]]);
        assert_eq!(rule.threshold(), 2.0, "the first batch sets the threshold");
        rule.train(&[2.0 * 4.0, 6.0, 4.0, 1.0, 0.5, -1.0], 3);
        assert!((rule.threshold() - 2.02).abs() < 1e-12, "and later ones move it by a hundredth");
        assert_eq!(rule.infer(&[2.1, 2.0, 9.0], 3), [vec![entry(0, 2.1), entry(2, 9.0)]]);
    }

    #[test]
    fn before_any_batch_it_is_a_rectifier() {
        assert_eq!(BatchTopK::new(1.0).infer(&[0.1, -0.1], 2), [vec![Entry { latent: 0, value: 0.1 }]]);
    }
}
