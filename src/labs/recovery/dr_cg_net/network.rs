//! The layers of DR-CG-Net, and the derivative of a loss by all weights.
//!
//! ```text
//! z = min(|A^T y| / |A|, b),  u = T(z)
//! K times
//!     J times  v = u o A^T (A (z o u) - y),  scaled down to norm B where it is longer
//!              r = z - eta v
//!              z = relu(r + W(r))      ISTA: W stands for the proximal operator
//!              z = relu(r + W(z))      PGD: W stands for minus the derivative of R
//!     u = T(z)
//! x = r + W(r) or r + W(x) with r = x - eta v, for x = z o u and u = 1        refinement, without relu
//! ```
//!
//! Every step has an eta and a W of its own, all updates share the covariance. The reverse sweep goes through the factor
//! of every update: see compound_gaussian/gaussian_update.rs.

use super::covariance::Learned;
use crate::kernels::{axpy, dot, norm};
use crate::labs::recovery::compound_gaussian::gaussian_update::{GaussianUpdate, Measuring, times};
use crate::labs::recovery::compound_gaussian::{Covariance, ScaleStep, first_scales};
use crate::models::convolution::Convolutions;
use crate::signals::random::Random;

/// Longest step of the scales before it is multiplied by eta, B.
const LONGEST: f64 = 1.0;

/// The layers, but for their weights.
pub struct Layers {
    /// `A`.
    pub measuring: Measuring,
    /// `|A|`.
    pub norm: f64,
    /// Blocks, K.
    pub blocks: usize,
    /// Steps of a block, J.
    pub steps: usize,
    /// What a step's W stands for.
    pub form: ScaleStep,
    /// Largest scale at the start, b.
    pub bound: f64,
    /// W.
    pub filters: Convolutions,
    /// How `P_u` depends on its weights.
    pub covariance: Learned,
}

/// What the backward pass needs to know of a step.
struct StepPass {
    from: Vec<f64>,
    /// `A^T (A (z o u) - y)`.
    back: Vec<f64>,
    /// `v` before it is scaled.
    slope: Vec<f64>,
    /// The maps of W.
    maps: Vec<Vec<f64>>,
    /// With relu where it has one.
    output: Vec<f64>,
}

/// What it needs to know of all of them.
pub struct Pass {
    covariance: Covariance,
    steps: Vec<StepPass>,
    /// `T` at the start and after each block.
    updates: Vec<GaussianUpdate>,
    /// z at the start.
    start: Vec<f64>,
}

impl Pass {
    /// The answer.
    pub fn output(&self) -> &[f64] {
        &self.steps[self.steps.len() - 1].output
    }

    /// z after the last block, as many as there are unknowns.
    pub fn scales(&self) -> &[f64] {
        &self.steps[self.steps.len() - 2].output
    }

    /// u after the last block.
    pub fn gaussian(&self) -> &[f64] {
        &self.updates[self.updates.len() - 1].u
    }
}

impl Layers {
    /// Steps of the scales, and the refinement.
    pub fn depth(&self) -> usize {
        self.blocks * self.steps + 1
    }

    /// Number of weights: of the steps' lengths, of the covariance, of the filters.
    pub fn size(&self) -> usize {
        self.depth() * (1 + self.filters.size()) + self.covariance.size()
    }

    /// Lengths 1, the covariance to begin with, and filters that are zero: G-CG-LS whose scales cost nothing.
    pub fn initial(&self, random: &mut Random) -> Vec<f64> {
        let mut weights = vec![1.0; self.depth()];
        weights.extend(self.covariance.initial());
        (0..self.depth()).for_each(|_| weights.extend(self.filters.initial(random)));
        weights
    }

    /// Where the weights of the covariance are.
    pub fn of_covariance(&self) -> std::ops::Range<usize> {
        self.depth()..self.depth() + self.covariance.size()
    }

    fn of_filters(&self, step: usize) -> std::ops::Range<usize> {
        let start = self.of_covariance().end + step * self.filters.size();
        start..start + self.filters.size()
    }

    /// Through all layers; `None` where numbers overflow.
    pub fn forward(&self, weights: &[f64], y: &[f64]) -> Option<Pass> {
        let covariance = self.covariance.of(&weights[self.of_covariance()]);
        let start = first_scales(&self.measuring, y, (self.norm, self.bound));
        let mut updates = vec![self.measuring.update(&start, &covariance, y).ok()?];
        let mut steps: Vec<StepPass> = Vec::with_capacity(self.depth());
        let mut z = start.clone();
        for block in 0..self.blocks {
            for _ in 0..self.steps {
                let mut step = self.step(weights, steps.len(), (&z, &updates[block].u), y);
                step.output.iter_mut().for_each(|z| *z = z.max(0.0));
                z.clone_from(&step.output);
                steps.push(step);
            }
            updates.push(self.measuring.update(&z, &covariance, y).ok()?);
        }
        let ones = vec![1.0; z.len()];
        steps.push(self.step(weights, steps.len(), (&times(&z, &updates[self.blocks].u), &ones), y));
        Some(Pass { covariance, steps, updates, start })
    }

    /// A step before its relu.
    fn step(&self, weights: &[f64], step: usize, (z, u): (&[f64], &[f64]), y: &[f64]) -> StepPass {
        let mut off = self.measuring.apply(&times(z, u));
        axpy(-1.0, y, &mut off);
        let back = self.measuring.adjoint(&off);
        let slope = times(u, &back);
        let mut r = z.to_vec();
        axpy(-weights[step] * shrinking(&slope), &slope, &mut r);
        let input = if self.form == ScaleStep::Ista { &r[..] } else { z };
        let maps = self.filters.forward(&weights[self.of_filters(step)], input);
        axpy(1.0, &maps[maps.len() - 1], &mut r);
        StepPass { from: z.to_vec(), back, slope, maps, output: r }
    }

    /// The derivative of a loss by the weights is added to `by_weights`, from its `gradient` by the output.
    pub fn backward(&self, weights: &[f64], pass: &Pass, gradient: Vec<f64>, by_weights: &mut [f64]) {
        let last = self.depth() - 1;
        let ones = vec![1.0; gradient.len()];
        let (by_x, _) = self.step_back(weights, last, (&pass.steps[last], &ones), gradient, by_weights);
        let mut by_u = times(&by_x, pass.scales());
        let mut by_z = times(&by_x, pass.gaussian());
        for block in (0..self.blocks).rev() {
            let after = &pass.steps[(block + 1) * self.steps - 1].output;
            axpy(1.0, &self.update_back(weights, (pass, block + 1, after), &by_u, by_weights), &mut by_z);
            by_u.fill(0.0);
            for index in (block * self.steps..(block + 1) * self.steps).rev() {
                let step = &pass.steps[index];
                by_z.iter_mut().zip(&step.output).filter(|(_, z)| **z <= 0.0).for_each(|(g, _)| *g = 0.0);
                let (next, more) = self.step_back(weights, index, (step, &pass.updates[block].u), by_z, by_weights);
                by_z = next;
                axpy(1.0, &more, &mut by_u);
            }
        }
        self.update_back(weights, (pass, 0, &pass.start), &by_u, by_weights);
    }

    /// The derivative by z of an update, from that by its u.
    fn update_back(
        &self,
        weights: &[f64],
        (pass, index, z): (&Pass, usize, &[f64]),
        by_u: &[f64],
        by_weights: &mut [f64],
    ) -> Vec<f64> {
        let gradient = self.measuring.backward((z, &pass.covariance), &pass.updates[index], by_u);
        let place = self.of_covariance();
        self.covariance.backward(&weights[place.clone()], &gradient, &mut by_weights[place]);
        gradient.scales
    }

    /// The derivatives by z and u of a step, from that by what goes into its relu.
    fn step_back(
        &self,
        weights: &[f64],
        index: usize,
        (step, u): (&StepPass, &[f64]),
        gradient: Vec<f64>,
        by_weights: &mut [f64],
    ) -> (Vec<f64>, Vec<f64>) {
        let mut by_r = gradient.clone();
        let place = self.of_filters(index);
        let by_input = self.filters.backward(&weights[place.clone()], &step.maps, gradient, &mut by_weights[place]);
        if self.form == ScaleStep::Ista {
            axpy(1.0, &by_input, &mut by_r);
        }
        let mut by_z = by_r.clone();
        if self.form == ScaleStep::Pgd {
            axpy(1.0, &by_input, &mut by_z);
        }
        // r = z - eta s v, with s = min(1, B / |v|).
        let (scale, along) = (shrinking(&step.slope), dot(&step.slope, &by_r));
        by_weights[index] -= scale * along;
        let mut by_slope: Vec<f64> = by_r.iter().map(|g| -weights[index] * scale * g).collect();
        if scale < 1.0 {
            let length = norm(&step.slope);
            axpy(weights[index] * scale * along / (length * length), &step.slope, &mut by_slope);
        }
        // v = u o A^T (A (z o u) - y).
        let through = self.measuring.adjoint(&self.measuring.apply(&times(u, &by_slope)));
        axpy(1.0, &times(u, &through), &mut by_z);
        let mut by_u = times(&step.back, &by_slope);
        axpy(1.0, &times(&step.from, &through), &mut by_u);
        (by_z, by_u)
    }
}

/// What a step is multiplied by so that it is no longer than B.
fn shrinking(slope: &[f64]) -> f64 {
    (LONGEST / norm(slope)).min(1.0)
}
