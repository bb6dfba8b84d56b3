//! Bernoulli-Gaussian approximate message passing, with a learned prior.
//!
//! ```text
//! x = 0, z = y
//! repeat
//!     x = the mean of the entries given  x + A^* z = entries + noise of variance  t2 = |z|^2 / m
//!     z = y - A x + z (1/m) sum_i v_i / t2           the Onsager term; v_i are the entries' variances
//!     learn the fraction and the variance of spikes from what was seen
//! until |dx| <= tolerance |x|  or  |y - A x| <= tolerance |y|
//! ```
//!
//! AMP with the posterior mean under a Bernoulli-Gaussian prior in place of soft thresholding, the prior learned by
//! expectation maximisation: where the prior is right and `A` has independent entries, no method does better at this
//! size of noise. `A` is m x n, real or complex, its columns scaled to unit norm and the answer scaled back; a step
//! costs one product with `A` and one with `A^*`.
//!
//! Vila and Schniter, "Expectation-maximization Gaussian-mixture approximate message passing" (2013), with one Gaussian
//! and the noise told from the residual.

use super::LinearMethod;
use super::bernoulli_gaussian::BernoulliGaussian;
use super::linear::LinearInstance;
use super::passing::{Denoised, Denoiser, Pace, Passing};
use crate::contract::{Complaint, MethodCard, Note, Run, Trace};
use crate::kernels::{Scalar, norm_inf};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of Bernoulli-Gaussian approximate message passing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BgAmp {
    /// Share of the last step that is kept: more makes difficult matrices converge, slowly.
    #[schemars(range(min = 0.0, max = 0.95), extend("x-step" = 0.05))]
    pub damping: f64,
    /// Stop when a step changes the estimate, or leaves of the measurements, less than this fraction.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for BgAmp {
    fn default() -> Self {
        Self { damping: 0.0, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for BgAmp {
    const CARD: MethodCard = MethodCard {
        id: "bg-amp",
        lab: "recovery",
        problem: "linear",
        title: "Bernoulli-Gaussian approximate message passing",
        short: "BG-AMP",
        sentence: "with damping {damping}",
        line: "AMP that learns how many spikes there are, and how tall",
        cost: "one product with each of A and A^*",
        when: "the matrix is large with independent entries and spikes are about Gaussian",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let pace = Pace { damping: self.damping, tolerance: self.tolerance };
        let denoiser = Learned { prior: BernoulliGaussian::guess(instance), steps: 0 };
        Ok(Box::new(Passing::new(denoiser, pace, instance.clone())))
    }
}

/// The posterior mean, under a prior that is learned after the first look.
struct Learned {
    prior: BernoulliGaussian,
    steps: usize,
}

impl<S: Scalar> Denoiser<S> for Learned {
    fn denoise(&mut self, seen: &[S], size: f64, rows: usize) -> Denoised<S> {
        let level = Denoiser::<S>::line(self, size, rows);
        let noise = level * level;
        if noise == 0.0 || norm_inf(seen) == 0.0 {
            let support = (0..seen.len()).filter(|&j| seen[j] != S::zero()).collect();
            return Denoised { values: seen.to_vec(), support, slope: 0.0 };
        }
        let belief = self.prior.see(seen, noise);
        if self.steps > 0 {
            self.prior = belief.prior;
        }
        self.steps += 1;
        let slope = belief.variance * seen.len() as f64 / noise;
        Denoised { support: belief.support(), slope, values: belief.means }
    }

    const PANEL: (&'static str, &'static str, &'static str) = (
        "looks-at",
        "What BG-AMP looks at",
        "$x + A^* z$: the truth in white noise. The line is that noise's standard deviation",
    );

    fn line(&self, size: f64, rows: usize) -> f64 {
        size / (rows as f64).sqrt()
    }

    fn traces(&self, _line: f64) -> Vec<Trace> {
        vec![Trace { name: "fraction", value: self.prior.fraction }]
    }
}

static NOTE: Note = Note {
    formula: r"x_{t+1} = \mathbb E\big[x \mid x_t + A^* z_t;\ \tau_t^2\big], \qquad z_{t+1} = y - A x_{t+1} + \frac1m\, z_t \sum_i \frac{v_i}{\tau_t^2}, \qquad \tau_t^2 = \frac{\|z_t\|^2}{m}",
    breaks: "As in AMP, correlated columns, a common offset or badly conditioned matrices make the correction wrong: iterates circle or grow, and damping helps only some of the way. The prior is learned from what is seen, which says little in small problems. Of spikes that are all equally tall it expects small ones that are not there.",
};
