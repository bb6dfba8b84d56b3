//! Training: batch after batch by Adam, with decoder rows that stay as long as one.
//!
//! ```text
//! repeat
//!     codes of the batch, loss and gradient; latents that have been silent for long make up for the residual
//!     take out of the gradient what is parallel to decoder rows; a step of Adam; decoder rows as long as one
//! ```
//!
//! The rate rises over the first batches, stays, and falls to zero over the last fifth.

use super::{Activation, Autoencoder, Code, Entry, Nesting, TopK, auxiliary, nested};
use crate::models::Adam;

/// Batches over which the rate rises.
const WARM_UP: f64 = 100.0;
/// Share of the batches over which it falls.
const COOL_DOWN: f64 = 0.2;

/// Something else that is asked of the dictionary.
pub trait Penalty: Send {
    /// Its value; its derivatives by the parameters are added to `gradient`.
    fn add(&mut self, net: &Autoencoder, gradient: &mut [f64]) -> f64;
}

/// What makes an autoencoder the one that it is: the pieces that a method chooses.
pub struct Recipe {
    /// Which latents are kept.
    activation: Box<dyn Activation>,
    /// Which partial sums have to resemble the input.
    nesting: Box<dyn Nesting>,
    /// What else is asked.
    penalties: Vec<Box<dyn Penalty>>,
}

impl Recipe {
    /// Nothing but to reconstruct.
    pub fn new(activation: impl Activation + 'static, nesting: impl Nesting + 'static) -> Self {
        Self { activation: Box::new(activation), nesting: Box::new(nesting), penalties: Vec::new() }
    }

    /// The same with one more thing to ask.
    #[must_use]
    pub fn with_penalty(mut self, penalty: impl Penalty + 'static) -> Self {
        self.penalties.push(Box::new(penalty));
        self
    }
}

/// How latents that have fallen silent are brought back (AuxK; Gao et al. 2024).
#[derive(Clone, Copy, Debug)]
pub struct Auxiliary {
    /// Batches without activity after which a latent counts as dead.
    pub patience: usize,
    /// Most dead latents that make up for the residual of an input.
    pub most: usize,
    /// Weight of what they leave.
    pub weight: f64,
}

/// How long it learns, and how fast.
#[derive(Clone, Copy, Debug)]
pub struct Schedule {
    /// All batches.
    pub batches: usize,
    /// Adam's rate.
    pub rate: f64,
    /// What Adam's moments keep.
    pub kept: [f64; 2],
}

/// An autoencoder in training.
pub struct Trainer {
    net: Autoencoder,
    recipe: Recipe,
    auxiliary: Auxiliary,
    schedule: Schedule,
    adam: Adam,
    /// Batches since each latent was last active.
    silent: Vec<usize>,
    batches: usize,
}

impl Trainer {
    /// Before the first batch.
    pub fn new(net: Autoencoder, recipe: Recipe, auxiliary: Auxiliary, schedule: Schedule) -> Self {
        let adam = Adam::new(net.parameters.len(), schedule.rate).keeping(schedule.kept);
        let silent = vec![0; net.latents()];
        Self { net, recipe, auxiliary, schedule, adam, silent, batches: 0 }
    }

    /// The autoencoder of now.
    pub fn net(&self) -> &Autoencoder {
        &self.net
    }

    /// The latent after the last one of each group, where the nesting has fixed groups.
    pub fn group_ends(&self) -> &[usize] {
        self.recipe.nesting.group_ends()
    }

    /// Codes of inputs that are not learned from.
    pub fn encode(&self, inputs: &[f64]) -> Vec<Code> {
        self.recipe.activation.infer(&self.net.preactivations(inputs), self.net.latents())
    }

    /// Latents that have been silent for too many batches.
    pub fn dead(&self) -> Vec<usize> {
        (0..self.silent.len()).filter(|&latent| self.silent[latent] >= self.auxiliary.patience).collect()
    }

    /// Whether all batches are learned.
    pub fn is_done(&self) -> bool {
        self.batches >= self.schedule.batches
    }

    /// Learns from a batch. Returns the loss; `None` where numbers overflow, and then nothing has changed but the running
    /// quantities of the parts.
    pub fn learn(&mut self, batch: &[f64]) -> Option<f64> {
        self.recipe.nesting.begin();
        let inputs = self.net.preactivations(batch);
        let codes = self.recipe.activation.train(&inputs, self.net.latents());
        let mut gradient = vec![0.0; self.net.parameters.len()];
        let loss = nested(&self.net, batch, &codes, self.recipe.nesting.as_ref(), &mut gradient);
        let mut value = loss.value + self.recipe.activation.learn(&codes, &loss.slopes);
        for penalty in &mut self.recipe.penalties {
            value += penalty.add(&self.net, &mut gradient);
        }
        self.listen(&codes);
        let dead = self.dead();
        if !dead.is_empty() && self.auxiliary.weight > 0.0 {
            let codes = self.spare_codes(&inputs, &dead);
            value += auxiliary(&self.net, batch, &codes, &loss.residuals, self.auxiliary.weight, &mut gradient);
        }
        if !value.is_finite() || !gradient.iter().all(|g| g.is_finite()) {
            return None;
        }
        self.descend(gradient);
        if let Some(order) = self.recipe.nesting.end(&codes) {
            self.rearrange(&order);
        }
        self.batches += 1;
        Some(value)
    }

    /// Counts how long latents have been silent.
    fn listen(&mut self, codes: &[Code]) {
        self.silent.iter_mut().for_each(|silent| *silent += 1);
        let active = codes.iter().flatten().filter(|entry| entry.value > 0.0);
        active.for_each(|entry| self.silent[entry.latent] = 0);
    }

    /// The strongest dead latents of each input.
    fn spare_codes(&self, inputs: &[f64], dead: &[usize]) -> Vec<Code> {
        let of_dead = inputs.chunks_exact(self.net.latents()).flat_map(|row| dead.iter().map(|&latent| row[latent]));
        let codes = TopK(self.auxiliary.most).infer(&of_dead.collect::<Vec<f64>>(), dead.len());
        let named = |entry: Entry| Entry { latent: dead[entry.latent], ..entry };
        codes.into_iter().map(|code| code.into_iter().map(named).collect()).collect()
    }

    fn descend(&mut self, mut gradient: Vec<f64>) {
        self.net.remove_parallel(&mut gradient);
        gradient.iter_mut().for_each(|g| *g = -*g);
        self.adam.set_rate(self.schedule.rate * pace(self.batches, self.schedule.batches));
        self.adam.ascend(&mut self.net.parameters, &gradient);
        self.net.normalise();
    }

    /// Puts latents in another order, with all that is known of them.
    fn rearrange(&mut self, order: &[usize]) {
        let net = self.net.clone();
        net.rearrange(order, &mut self.net.parameters);
        self.adam.moments().into_iter().for_each(|moments| net.rearrange(order, moments));
        self.silent = order.iter().map(|&from| self.silent[from]).collect();
    }
}

/// The share of the rate after so many batches of all.
fn pace(done: usize, all: usize) -> f64 {
    let (done, all) = (done as f64, all as f64);
    let up = (done + 1.0) / WARM_UP;
    let down = (all - done) / (COOL_DOWN * all);
    up.min(down).min(1.0)
}
