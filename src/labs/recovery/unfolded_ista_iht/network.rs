//! Proximal gradient steps as the layers of a network, and the derivative of its loss by the steps.
//!
//! ```text
//! forwards    d_t = A^* (y - A x_t),   x_(t+1) = prox(x_t + g_t d_t; g_t),   x_0 = 0
//! backwards   v = v where x_(t+1) is not zero, else 0
//!             dl/dg_t = <v, d_t - lambda sgn x_(t+1)>          ISTA; IHT has no second term
//!             v = v - g_t A^* A v
//! ```
//!
//! `v` is the gradient of the loss by `x_t`. A layer costs a product with `A` and one with `A^*`, in either direction.

use crate::kernels::{axpy, dot, subtract};
use crate::operators::LinearOperator;
use crate::penalties::l0::hard_threshold;
use crate::penalties::l1::soft_threshold;

/// What a layer does after its gradient step, for `1/2 |y - A x|^2 + lambda |x|_p` with p = 1 or 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Proximal {
    /// Soft thresholding, by `lambda` times the step.
    Soft(f64),
    /// Hard thresholding: keeps what exceeds the square root of twice `lambda` times the step.
    Hard(f64),
}

impl Proximal {
    fn apply(self, x: &mut [f64], step: f64) {
        match self {
            Proximal::Soft(lambda) => x.iter_mut().for_each(|x| *x = soft_threshold(*x, lambda * step)),
            Proximal::Hard(lambda) => x.iter_mut().for_each(|x| *x = hard_threshold(*x, lambda * step)),
        }
    }

    /// The derivative of an entry that is not zero by the step, and of the penalty by the entry, but for its sign.
    fn pull(self, x: f64) -> f64 {
        match self {
            Proximal::Soft(lambda) if x != 0.0 => lambda * x.signum(),
            _ => 0.0,
        }
    }

    /// `lambda |x|_p`.
    fn penalty(self, x: &[f64]) -> f64 {
        match self {
            Proximal::Soft(lambda) => lambda * x.iter().fold(0.0, |sum, x| sum + x.abs()),
            Proximal::Hard(lambda) => lambda * x.iter().filter(|&&x| x != 0.0).count() as f64,
        }
    }
}

/// What the layers are made of, but for their steps.
#[derive(Clone, Copy)]
pub struct Network<'a> {
    /// `A`, m x n.
    pub operator: &'a dyn LinearOperator<f64>,
    /// The thresholding.
    pub proximal: Proximal,
}

/// What the backward pass needs to know of the forward one.
pub struct Pass {
    /// `x_0` to `x_T`.
    pub states: Vec<Vec<f64>>,
    /// `d_t`, the way downhill at `x_t`, for all but the last.
    downhill: Vec<Vec<f64>>,
}

impl Pass {
    /// `x_T`.
    pub fn output(&self) -> &[f64] {
        &self.states[self.states.len() - 1]
    }
}

impl Network<'_> {
    /// `A^* (y - A x)`.
    pub fn downhill(&self, x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; y.len()];
        self.operator.apply(x, &mut image);
        let mut residual = vec![0.0; y.len()];
        subtract(y, &image, &mut residual);
        let mut downhill = vec![0.0; x.len()];
        self.operator.adjoint(&residual, &mut downhill);
        downhill
    }

    /// Through a layer for each of `steps`.
    pub fn forward(&self, steps: &[f64], y: &[f64]) -> Pass {
        let mut states = vec![vec![0.0; self.operator.cols()]];
        let mut downhill = Vec::with_capacity(steps.len());
        for (t, &step) in steps.iter().enumerate() {
            let d = self.downhill(&states[t], y);
            let mut x = states[t].clone();
            axpy(step, &d, &mut x);
            self.proximal.apply(&mut x, step);
            states.push(x);
            downhill.push(d);
        }
        Pass { states, downhill }
    }

    /// The derivative of a loss by the steps, from its gradient by the output.
    pub fn backward(&self, steps: &[f64], pass: &Pass, mut gradient: Vec<f64>) -> Vec<f64> {
        let mut by_steps = vec![0.0; steps.len()];
        let (mut image, mut back) = (vec![0.0; self.operator.rows()], vec![0.0; self.operator.cols()]);
        for (t, &step) in steps.iter().enumerate().rev() {
            let after = &pass.states[t + 1];
            for (v, &x) in gradient.iter_mut().zip(after) {
                if x == 0.0 {
                    *v = 0.0;
                }
            }
            let pulled = gradient.iter().zip(after).fold(0.0, |sum, (v, &x)| sum + v * self.proximal.pull(x));
            by_steps[t] = dot(&gradient, &pass.downhill[t]) - pulled;
            self.operator.apply(&gradient, &mut image);
            self.operator.adjoint(&image, &mut back);
            axpy(-step, &back, &mut gradient);
        }
        by_steps
    }

    /// `F(x) = 1/2 |y - A x|^2 + lambda |x|_p`.
    pub fn objective(&self, x: &[f64], y: &[f64]) -> f64 {
        let mut image = vec![0.0; y.len()];
        self.operator.apply(x, &mut image);
        let misfit = y.iter().zip(&image).fold(0.0, |sum, (y, image)| sum + (y - image) * (y - image));
        0.5 * misfit + self.proximal.penalty(x)
    }

    /// The gradient of F where it has one; the penalty on the number of entries has none that is not zero.
    pub fn objective_gradient(&self, x: &[f64], y: &[f64]) -> Vec<f64> {
        let mut gradient = self.downhill(x, y);
        gradient.iter_mut().zip(x).for_each(|(g, &x)| *g = self.proximal.pull(x) - *g);
        gradient
    }
}
