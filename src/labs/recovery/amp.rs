//! Approximate message passing.
//!
//! ```text
//! x = 0, z = y
//! repeat
//!     t = alpha |z| / sqrt m
//!     x = eta(x + A^* z; t)                         eta shrinks by t
//!     z = y - A x + z (1/m) sum_i eta'_i            the Onsager term
//! until |dx| <= tolerance |x|  or  |y - A x| <= tolerance |y|
//! ```
//!
//! For large `A` with independent entries of variance 1/m, `x + A^* z` is the truth plus white Gaussian noise of standard
//! deviation `|z| / sqrt m`, in every step ([`crate::theory::state_evolution`]); the Onsager term removes the memory
//! that would spoil this. A fixed point solves `min 1/2 |y - A x|^2 + lambda |x|_1` with
//! `lambda = alpha |y - A x| / sqrt m`. `A` is m x n, real or complex, its columns scaled to unit norm and the answer
//! scaled back; a step costs one product with `A` and one with `A^*`.
//!
//! Donoho, Maleki and Montanari, "Message-passing algorithms for compressed sensing" (2009); for complex entries, where
//! `eta' = 1 - t / (2 |v|)`, Maleki, Anitori, Yang and Baraniuk, "Asymptotic analysis of complex LASSO via complex
//! approximate message passing" (2013); damping after Rangan, Schniter and Fletcher (2014).

use super::LinearMethod;
use super::linear::LinearInstance;
use super::passing::{Denoised, Denoiser, Pace, Passing};
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Paper, Run, Trace, Try, Watch,
};
use crate::kernels::{Scalar, dot};
use crate::penalties::l1::soft_threshold;
use crate::theory::minimax::Entries;
use crate::theory::state_evolution::soft_risk;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Where the minimax threshold is taken when there are as many measurements as unknowns, and it would be zero.
const MOST_DELTA: f64 = 0.99;

/// Parameters of approximate message passing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Amp {
    /// Threshold in units of the effective noise; the minimax value for m / n where it is left out.
    #[schemars(range(min = 0.01, max = 10.0), extend("x-step" = 0.05))]
    pub alpha: Option<f64>,
    /// Share of the last step that is kept: 0 is the paper's method; more makes difficult matrices converge, slowly.
    #[schemars(range(min = 0.0, max = 0.95), extend("x-step" = 0.05))]
    pub damping: f64,
    /// Stop when a step changes the estimate, or leaves of the measurements, less than this fraction.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Amp {
    fn default() -> Self {
        Self { alpha: None, damping: 0.0, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for Amp {
    const CARD: MethodCard = MethodCard {
        id: "amp",
        lab: "recovery",
        problem: "linear",
        title: "Approximate message passing",
        short: "AMP",
        sentence: "with threshold {alpha}",
        line: "Shrinks what looks like noise, and corrects for having looked before",
        cost: "one product with each of A and A^*",
        when: "the matrix is large with independent entries",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let entries = if S::COMPLEX { Entries::Complex } else { Entries::Signed };
        let delta = instance.rows() as f64 / instance.cols() as f64;
        let alpha = self.alpha.unwrap_or_else(|| entries.amp_threshold(delta.min(MOST_DELTA)));
        let pace = Pace { damping: self.damping, tolerance: self.tolerance };
        let prediction = if self.damping == 0.0 { Prediction::of(instance, alpha) } else { None };
        Ok(Box::new(Passing::new(Shrinkage { alpha, prediction }, pace, instance.clone())))
    }
}

/// Soft thresholding by a multiple of the noise.
struct Shrinkage {
    alpha: f64,
    prediction: Option<Prediction>,
}

/// State evolution for the very entries of the truth:
/// `tau^2 = sigma^2 + (1/m) sum_j E [eta(u_j + tau Z; alpha tau) - u_j]^2`, with `u = D x` for columns of unit norm.
struct Prediction {
    alpha: f64,
    rows: f64,
    /// `|u_j|` of the entries that are not zero, and the number of all.
    spikes: Vec<f64>,
    cols: usize,
    /// `sigma^2`.
    noise: f64,
    /// `tau^2`.
    tau2: f64,
    /// The predicted relative error.
    error: f64,
}

impl Prediction {
    /// For a real instance with a truth; it takes noise for white.
    fn of<S: Scalar>(instance: &LinearInstance<S>, alpha: f64) -> Option<Self> {
        let truth = if S::COMPLEX { None } else { instance.truth.as_ref() }?;
        let scaled = truth.iter().zip(&instance.column_norms).map(|(x, norm)| x.abs() * norm);
        let spikes: Vec<f64> = scaled.filter(|&u| u > 0.0).collect();
        let rows = instance.rows() as f64;
        let noise = instance.noise_norm * instance.noise_norm / rows;
        let power = dot(&spikes, &spikes);
        let start = Self { alpha, rows, spikes, cols: truth.len(), noise, tau2: noise + power / rows, error: 1.0 };
        (power > 0.0).then_some(start)
    }

    /// One step of the iteration.
    fn advance(&mut self) {
        let tau = self.tau2.sqrt();
        let of_spikes = self.spikes.iter().fold(0.0, |sum, spike| sum + soft_risk(spike / tau, self.alpha));
        let of_zeros = (self.cols - self.spikes.len()) as f64 * soft_risk(0.0, self.alpha);
        let squares = if tau > 0.0 { self.tau2 * (of_spikes + of_zeros) } else { 0.0 };
        self.error = (squares / dot(&self.spikes, &self.spikes)).sqrt();
        self.tau2 = self.noise + squares / self.rows;
    }
}

impl<S: Scalar> Denoiser<S> for Shrinkage {
    fn denoise(&mut self, seen: &[S], size: f64, rows: usize) -> Denoised<S> {
        let threshold = Denoiser::<S>::line(self, size, rows);
        let values: Vec<S> = seen.iter().map(|&v| soft_threshold(v, threshold)).collect();
        let support: Vec<usize> = (0..values.len()).filter(|&j| values[j] != S::zero()).collect();
        let slope = |&j: &usize| if S::COMPLEX { 1.0 - threshold / (2.0 * seen[j].abs()) } else { 1.0 };
        let slope = support.iter().map(slope).sum();
        if let Some(prediction) = &mut self.prediction {
            prediction.advance();
        }
        Denoised { values, support, slope }
    }

    const PANEL: (&'static str, &'static str, &'static str) =
        ("looks-at", "What AMP looks at", "$x + A^* z$: the truth in white noise. What is below the line becomes zero");

    fn line(&self, size: f64, rows: usize) -> f64 {
        self.alpha * size / (rows as f64).sqrt()
    }

    fn traces(&self, line: f64) -> Vec<Trace> {
        let predicted = self.prediction.as_ref().map(|known| Trace { name: "predicted_error", value: known.error });
        std::iter::once(Trace { name: "threshold", value: line }).chain(predicted).collect()
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "amp",
    n: None,
    lab: "recovery",
    title: "Approximate message passing",
    paper: Paper {
        authors: "Donoho, Maleki and Montanari",
        title: "Message-passing algorithms for compressed sensing",
        year: 2009,
        link: "https://doi.org/10.1073/pnas.0909892106",
    },
    idea: "Correlate the residual with all columns and add the estimate: this is the truth in noise. Shrink it by a multiple of that noise. Then correct the residual for what the last step put there.",
    formula: r"x_{t+1} = \eta\!\left(x_t + A^* z_t;\; \alpha \tfrac{\lVert z_t\rVert}{\sqrt m}\right), \quad z_{t+1} = y - A x_{t+1} + \tfrac{1}{m}\, z_t \sum_i \eta'_i",
    consequence: "The last term keeps the noise white, so its size after each step is known before the run: state evolution.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The line in *What AMP looks at*. It falls with the noise around it, and more spikes stand out at each step.",
        },
        Watch {
            panel: "convergence",
            text: "Straight lines in *Convergence*: without noise the error shrinks by one factor a step. The factor nears 1 at the ℓ₁ threshold.",
        },
        Watch {
            panel: "support",
            text: "Lines in *Support* start and end. False alarms are common early and are taken back.",
        },
    ],
    try_this: &[
        Try {
            link: "Remove the noise.",
            question: "How many digits does each step add?",
            patch: r#"{"problem":{"noise":{"id":"none","snr_db":null}}}"#,
        },
        Try {
            link: "Take 85 spikes instead of 40.",
            question: "Guess before you look: does it stop, and where?",
            patch: r#"{"problem":{"signal":{"sparsity":85},"noise":{"id":"none","snr_db":null}}}"#,
        },
        Try {
            link: "Measure with correlated columns.",
            question: "What happens to the line, and how much damping mends it?",
            patch: r#"{"problem":{"matrix":{"id":"correlated"}}}"#,
        },
        Try {
            link: "Lower the threshold to 0.6.",
            question: "More false alarms enter at each step. Does it still settle?",
            patch: r#"{"methods":[{"id":"amp","alpha":0.6}]}"#,
        },
    ],
    breaks: "The correction is right for large matrices with independent entries. Correlated columns or a common offset make it wrong, and the iterates grow or circle; damping helps. Above the ℓ₁ threshold AMP settles on a wrong answer.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","rows":200,"cols":500,"signal":{"id":"sparse","sparsity":40},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"amp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 80 spikes of one height, m = 400, n = 1000 and no noise, which is below the l1 threshold of 134, AMP recovers in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":400,"cols":1000,"signal":{"id":"sparse","sparsity":80,"amplitude":"signs"}},"methods":[{"id":"amp"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 1.0,
        },
        Claim {
            statement: "At n = 4096 state evolution predicts the mean square error of every one of the first 12 steps within 5 %, over 20 draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":2048,"cols":4096,"signal":{"id":"sparse","sparsity":400},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"amp","max_steps":12}]}"#,
                trials: 20,
                measure: Measure::Departure { trace: "relative_error", model: "predicted_error" },
            },
            bound: Bound::AtMost(0.05),
            measured: 0.0104,
        },
    ],
};
