//! TopK: of each input the k latents with the largest positive pre-activations.
//!
//! Gao et al., "Scaling and evaluating sparse autoencoders" (2024).

use super::{Activation, Code, Entry, largest};

/// Keeps so many latents of each input.
#[derive(Clone, Copy, Debug)]
pub struct TopK(pub usize);

impl Activation for TopK {
    fn train(&mut self, inputs: &[f64], latents: usize) -> Vec<Code> {
        self.infer(inputs, latents)
    }

    fn infer(&self, inputs: &[f64], latents: usize) -> Vec<Code> {
        let code =
            |row: &[f64]| largest(row, self.0).into_iter().map(|latent| Entry { latent, value: row[latent] }).collect();
        inputs.chunks_exact(latents).map(code).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_input_keeps_its_own_largest() {
        let codes = TopK(2).infer(&[1.0, 3.0, 2.0, -1.0, 0.5, -2.0], 3);
        let entry = |latent, value| Entry { latent, value };
        assert_eq!(codes, [vec![entry(1, 3.0), entry(2, 2.0)], vec![entry(1, 0.5)]]);
    }
}
