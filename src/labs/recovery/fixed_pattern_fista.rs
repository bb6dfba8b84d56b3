//! FISTA on a fixed pattern: what recovery is without training.
//!
//! ```text
//! for each signal:   minimise 1/2 |(y - F x)_S|^2 + lambda |x|_1,   lambda = share of |Re F^* y_S|_inf
//! x' = soft(z + Re F^* (y - F z)_S; lambda),   t' = (1 + sqrt(1 + 4 t^2)) / 2,   z = x' + (t - 1) / t' (x' - x)
//! ```
//!
//! Rows of a unitary matrix make steps of 1 safe. A step is one iteration for all held-out signals, two transforms each.
//!
//! Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems" (2009).

use super::subsampling::{Example, Pattern, SamplingInstance};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod, Values};
use crate::kernels::{distance, norm, norm_inf};
use crate::penalties::l1::soft_threshold;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of FISTA on a fixed pattern.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FixedPatternFista {
    /// The frequencies that are measured.
    pub pattern: Pattern,
    /// lambda, as a share of the one above which nothing is left.
    #[schemars(range(min = 0.0001, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when all signals together move by less than this share.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for FixedPatternFista {
    fn default() -> Self {
        Self { pattern: Pattern::Random, lambda_ratio: 0.02, tolerance: 1e-5, max_steps: 600 }
    }
}

impl TypedMethod for FixedPatternFista {
    type Instance = SamplingInstance;

    const CARD: MethodCard = MethodCard {
        id: "fixed-pattern-fista",
        lab: "recovery",
        problem: "sampling-design",
        title: "FISTA on a fixed pattern",
        short: "FISTA",
        sentence: "on {pattern} frequencies, without training",
        line: "Recovers by the l1 norm from frequencies that are random, even, low or mostly low",
        cost: "two Fourier transforms a signal",
        when: "there is nothing to learn from, or to see what training is worth",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<SamplingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let pattern = self.pattern.choose(&instance.kind.fourier, instance.budget, &mut instance.choices());
        let size = instance.kind.fourier.size();
        let mut run = Minimising {
            settings: self.clone(),
            lambdas: Vec::new(),
            now: vec![0.0; size * instance.held_out.len()],
            ahead: vec![0.0; size * instance.held_out.len()],
            momentum: 1.0,
            steps: 0,
            pattern,
            instance: instance.clone(),
        };
        let zero = vec![0.0; size];
        let largest = |example: &Example| norm_inf(&run.downhill(&zero, &example.spectrum));
        run.lambdas = instance.held_out.iter().map(|example| self.lambda_ratio * largest(example)).collect();
        Ok(Box::new(run))
    }
}

/// A run, of all held-out signals at once.
struct Minimising {
    settings: FixedPatternFista,
    instance: Arc<SamplingInstance>,
    pattern: Vec<usize>,
    /// A penalty a signal.
    lambdas: Vec<f64>,
    /// x and z, signal by signal.
    now: Vec<f64>,
    ahead: Vec<f64>,
    momentum: f64,
    steps: usize,
}

impl Minimising {
    /// `Re F^* (y - F z)_S`.
    fn downhill(&self, z: &[f64], y: &[Complex64]) -> Vec<f64> {
        let fourier = &self.instance.kind.fourier;
        let image = fourier.spectrum(z);
        let mut residual = vec![Complex64::default(); y.len()];
        self.pattern.iter().for_each(|&n| residual[n] = y[n] - image[n]);
        fourier.signal(residual)
    }
}

impl Run for Minimising {
    fn step(&mut self) -> Status {
        let size = self.instance.kind.fourier.size();
        let mut next = Vec::with_capacity(self.now.len());
        for (i, example) in self.instance.held_out.iter().enumerate() {
            let z = &self.ahead[i * size..(i + 1) * size];
            let moves = self.downhill(z, &example.spectrum);
            next.extend(z.iter().zip(moves).map(|(z, d)| soft_threshold(z + d, self.lambdas[i])));
        }
        let momentum = f64::midpoint(1.0, (1.0 + 4.0 * self.momentum * self.momentum).sqrt());
        let beyond = (self.momentum - 1.0) / momentum;
        self.ahead = next.iter().zip(&self.now).map(|(next, now)| next + beyond * (next - now)).collect();
        let moved = distance(&next, &self.now);
        self.now = next;
        self.momentum = momentum;
        self.steps += 1;
        if moved <= self.settings.tolerance * norm(&self.now) {
            return Status::Converged(format!("a step moves all signals by less than {:e}", self.settings.tolerance));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.now),
            support: Cow::Borrowed(&self.pattern),
            traces: Vec::new(),
            panels: Vec::new(),
            events: Vec::new(),
            products: (2 * self.steps * self.lambdas.len()) as f64,
        }
    }
}

static NOTE: Note = Note {
    formula: r"x_{t+1} = \operatorname{soft}\big(z_t + \mathrm{Re}\, F^* (y - F z_t)_S;\ \lambda\big), \qquad z_{t+1} = x_{t+1} + \beta_t\, (x_{t+1} - x_t)",
    breaks: "The ℓ₁ norm wants frequencies that are spread at random: evenly spaced ones fold spikes onto each other, and low ones cannot tell neighbours apart. Spikes are shrunk by about lambda, which is a share that has to be chosen, and each signal takes hundreds of iterations.",
};
