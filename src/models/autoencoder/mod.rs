//! Sparse autoencoders: an input as a bias and a few rows of a dictionary, chosen by one linear layer.
//!
//! ```text
//! u = W_enc (x - b_dec) + b_enc,    a = keep(u),    xhat = b_dec + sum_j a_j e_j,    |e_j| = 1
//! ```
//!
//! What differs from one to the next are small pieces: which entries of `u` are kept ([`Activation`]), which partial sums have to
//! resemble `x` ([`Nesting`]), and what else is asked of the dictionary ([`Penalty`]). They make a [`Recipe`], which a [`Trainer`] follows.
//!
//! An input has d entries, a batch B inputs one after the other, a dictionary m latents. Encoding a batch costs O(B m d).
//!
//! Bricken et al., "Towards monosemanticity" (2023); Gao et al., "Scaling and evaluating sparse autoencoders" (2024).

mod activation;
mod loss;
mod nesting;
mod trainer;

pub use activation::{Activation, BatchTopK, Code, Entry, JumpRelu, TopK};
pub use loss::{Loss, auxiliary, nested};
pub use nesting::{Groups, Nesting};
pub use trainer::{Auxiliary, Penalty, Recipe, Schedule, Trainer};

use crate::kernels::{axpy, dot, norm};
use crate::signals::random::Random;
use std::ops::Range;

/// The numbers of an autoencoder. Gradients have the same layout.
#[derive(Clone, Debug)]
pub struct Autoencoder {
    /// Entries of an input, d.
    inputs: usize,
    /// Latents, m.
    latents: usize,
    /// Rows of the decoder, then of the encoder, a latent each; then biases of the latents, and the bias of the inputs.
    pub parameters: Vec<f64>,
}

impl Autoencoder {
    /// Decoder rows in random directions, an encoder equal to it, and the bias `mean`.
    pub fn new(latents: usize, mean: &[f64], random: &mut Random) -> Self {
        let inputs = mean.len();
        let mut net = Self { inputs, latents, parameters: vec![0.0; latents * (2 * inputs + 1) + inputs] };
        net.parameters[..latents * inputs].iter_mut().for_each(|entry| *entry = random.normal());
        net.normalise();
        net.parameters.copy_within(..latents * inputs, latents * inputs);
        let bias = net.bias_at();
        net.parameters[bias].copy_from_slice(mean);
        net
    }

    /// Entries of an input, d.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Latents, m.
    pub fn latents(&self) -> usize {
        self.latents
    }

    /// Where the decoder row of a latent is.
    pub fn decoder_at(&self, latent: usize) -> Range<usize> {
        latent * self.inputs..(latent + 1) * self.inputs
    }

    /// Where the encoder row of a latent is.
    pub fn encoder_at(&self, latent: usize) -> Range<usize> {
        self.decoder_at(self.latents + latent)
    }

    /// Where the bias of a latent is.
    pub fn latent_bias_at(&self, latent: usize) -> usize {
        2 * self.latents * self.inputs + latent
    }

    /// Where the bias of the inputs is.
    pub fn bias_at(&self) -> Range<usize> {
        self.latent_bias_at(self.latents)..self.parameters.len()
    }

    /// The dictionary's row of a latent, e_j.
    pub fn decoder(&self, latent: usize) -> &[f64] {
        &self.parameters[self.decoder_at(latent)]
    }

    /// The bias of the inputs, b_dec.
    pub fn bias(&self) -> &[f64] {
        &self.parameters[self.bias_at()]
    }

    /// What each latent makes of each input of a batch before anything is chosen, input by input.
    pub fn preactivations(&self, batch: &[f64]) -> Vec<f64> {
        let mut all = Vec::with_capacity(batch.len() / self.inputs * self.latents);
        for x in batch.chunks_exact(self.inputs) {
            let centred = self.centred(x);
            all.extend((0..self.latents).map(|j| {
                dot(&self.parameters[self.encoder_at(j)], &centred) + self.parameters[self.latent_bias_at(j)]
            }));
        }
        all
    }

    /// The input that a code stands for.
    pub fn decode(&self, code: &[Entry]) -> Vec<f64> {
        let mut x = self.bias().to_vec();
        code.iter().for_each(|entry| axpy(entry.value, self.decoder(entry.latent), &mut x));
        x
    }

    /// An input without the bias.
    fn centred(&self, x: &[f64]) -> Vec<f64> {
        x.iter().zip(self.bias()).map(|(x, bias)| x - bias).collect()
    }

    /// Makes all decoder rows as long as one.
    pub fn normalise(&mut self) {
        for row in self.parameters[..self.latents * self.inputs].chunks_exact_mut(self.inputs) {
            let length = norm(row);
            if length > 0.0 {
                row.iter_mut().for_each(|entry| *entry /= length);
            }
        }
    }

    /// Takes out of a gradient what would only make decoder rows longer or shorter.
    pub fn remove_parallel(&self, gradient: &mut [f64]) {
        for latent in 0..self.latents {
            let row = &mut gradient[self.decoder_at(latent)];
            axpy(-dot(self.decoder(latent), row), self.decoder(latent), row);
        }
    }

    /// Puts latent `order[j]` into place j, in the parameters or in anything of their layout.
    pub fn rearrange(&self, order: &[usize], values: &mut [f64]) {
        let before = values.to_vec();
        for (latent, &from) in order.iter().enumerate() {
            values[self.decoder_at(latent)].copy_from_slice(&before[self.decoder_at(from)]);
            values[self.encoder_at(latent)].copy_from_slice(&before[self.encoder_at(from)]);
            values[self.latent_bias_at(latent)] = before[self.latent_bias_at(from)];
        }
    }
}
