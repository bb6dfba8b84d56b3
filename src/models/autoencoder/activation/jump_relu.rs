//! JumpReLU: each latent has a threshold of its own, which is learned.
//!
//! ```text
//! a = u H(u - theta),    theta > 0,    loss + lambda sum H(u - theta)
//!
//! da/dtheta = -(theta / eps) K((u - theta) / eps),    dH/dtheta = -(1 / eps) K((u - theta) / eps),    K = 1 on (-1/2, 1/2)
//! ```
//!
//! Neither has a derivative by theta; those above are the straight-through estimators, whose mean over inputs is that of a kernel
//! estimate of the density at the threshold. Adam steps along log theta.
//!
//! Rajamanoharan et al., "Jumping ahead: improving reconstruction fidelity with JumpReLU sparse autoencoders" (2024).

use super::{Activation, Code, Entry};
use crate::models::Adam;

/// Thresholds, and how they learn.
#[derive(Clone, Debug)]
pub struct JumpRelu {
    /// Logarithms, one a latent.
    log_thresholds: Vec<f64>,
    /// Width of the kernel, eps.
    width: f64,
    /// Price of an active latent, lambda.
    price: f64,
    adam: Adam,
    /// Pre-activations of the last batch's entries, as its codes list them.
    seen: Vec<Vec<f64>>,
}

impl JumpRelu {
    /// For `latents` latents, with thresholds that begin at `threshold`.
    pub fn new(latents: usize, threshold: f64, width: f64, price: f64, rate: f64) -> Self {
        let log_thresholds = vec![libm::log(threshold); latents];
        Self { log_thresholds, width, price, adam: Adam::new(latents, rate), seen: Vec::new() }
    }

    /// The threshold of a latent, theta.
    pub fn threshold(&self, latent: usize) -> f64 {
        libm::exp(self.log_thresholds[latent])
    }

    fn thresholds(&self) -> Vec<f64> {
        (0..self.log_thresholds.len()).map(|latent| self.threshold(latent)).collect()
    }
}

impl Activation for JumpRelu {
    /// Lists latents within reach of the kernel, too, with the value zero.
    fn train(&mut self, inputs: &[f64], latents: usize) -> Vec<Code> {
        let thresholds = self.thresholds();
        self.seen.clear();
        let mut codes = Vec::new();
        for row in inputs.chunks_exact(latents) {
            let near = (0..latents).filter(|&j| row[j] > thresholds[j] - 0.5 * self.width && row[j] > 0.0);
            let code: Code = near
                .map(|latent| {
                    let open = row[latent] > thresholds[latent];
                    Entry { latent, value: if open { row[latent] } else { 0.0 } }
                })
                .collect();
            self.seen.push(code.iter().map(|entry| row[entry.latent]).collect());
            codes.push(code);
        }
        codes
    }

    fn infer(&self, inputs: &[f64], latents: usize) -> Vec<Code> {
        let thresholds = self.thresholds();
        let code = |row: &[f64]| {
            let entries = row.iter().enumerate().map(|(latent, &value)| Entry { latent, value });
            entries.filter(|entry| entry.value > thresholds[entry.latent]).collect()
        };
        inputs.chunks_exact(latents).map(code).collect()
    }

    fn learn(&mut self, codes: &[Code], slopes: &[Vec<f64>]) -> f64 {
        let thresholds = self.thresholds();
        let price = self.price / codes.len().max(1) as f64;
        let (mut uphill, mut active) = (vec![0.0; thresholds.len()], 0);
        for ((code, slopes), seen) in codes.iter().zip(slopes).zip(&self.seen) {
            for ((entry, slope), u) in code.iter().zip(slopes).zip(seen) {
                let theta = thresholds[entry.latent];
                active += usize::from(entry.value > 0.0);
                if (u - theta).abs() < 0.5 * self.width {
                    // Downhill along theta, times theta for its logarithm.
                    uphill[entry.latent] += theta * (theta * slope + price) / self.width;
                }
            }
        }
        self.adam.ascend(&mut self.log_thresholds, &uphill);
        price * active as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_jump_from_zero_to_the_threshold() {
        let mut rule = JumpRelu::new(3, 0.5, 0.2, 0.1, 0.01);
        let batch = [0.61, 0.45, 0.2, 0.39, 0.55, -0.7];
        let entry = |latent, value| Entry { latent, value };
        assert_eq!(rule.infer(&batch, 3), [vec![entry(0, 0.61)], vec![entry(1, 0.55)]]);
        let codes = rule.train(&batch, 3);
        assert_eq!(codes, [vec![entry(0, 0.61), entry(1, 0.0)], vec![entry(1, 0.55)]]);
        // Nobody needs the values: the price alone raises the threshold of the latent that is near its own.
        let added = rule.learn(&codes, &[vec![0.0; 2], vec![0.0; 1]]);
        assert!((added - 0.1).abs() < 1e-12, "two active latents in two inputs");
        let thresholds: Vec<f64> = (0..3).map(|latent| rule.threshold(latent)).collect();
        assert!(thresholds[1] > 0.504 && (thresholds[0] - 0.5).abs() < 1e-12 && (thresholds[2] - 0.5).abs() < 1e-12);
        // A value that the loss wants to grow lowers it.
        let codes = rule.train(&batch, 3);
        rule.learn(&codes, &[vec![0.0, -4.0], vec![-4.0]]);
        assert!(rule.threshold(1) < thresholds[1]);
    }
}
