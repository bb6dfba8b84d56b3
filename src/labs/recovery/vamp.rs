//! Vector approximate message passing.
//!
//! ```text
//! r1 = 0, g1 small;   A A^* = U diag(lambda) U^*
//! repeat
//!     x1, v1 = the mean, and the mean variance, of x given r1 = x + noise of variance 1 / g1
//!     g2 = 1 / v1 - g1,   r2 = (x1 / v1 - g1 r1) / g2                       what is new in x1
//!     x2 = r2 + A^* (A A^* + s2 g2 I)^{-1} (y - A r2)
//!     v2 = (n - sum_i lambda_i / (lambda_i + s2 g2)) / (n g2)
//!     g1 = 1 / v2 - g2,   r1 = (x2 / v2 - g2 r2) / g1                       what is new in x2
//!     learn the prior from x1, and s2 = (|y - A x2|^2 + s2 sum_i lambda_i / (lambda_i + s2 g2)) / m
//! until x1 moves by less than the tolerance
//! ```
//!
//! The prior is Bernoulli-Gaussian and the noise `N(0, s2)`; the answer is `x1`, an approximation of the posterior mean.
//! AMP needs independent entries of `A`; VAMP only that its right singular vectors look random, whatever its spectrum.
//! `A` is m x n, real or complex, scaled as a whole to columns of unit norm on average; the start costs O(m^2 (m + n)),
//! a step two products with each of `A` and `A^*`, and O(m^2).
//!
//! Rangan, Schniter and Fletcher, "Vector approximate message passing" (2019), algorithm 3 with A A^* in place of the
//! SVD; Fletcher and Schniter, "Learning and free energies for vector approximate message passing" (2017), for the EM
//! steps. Precisions are kept within bounds, without which no noise at all would mean 0 / 0.

use super::LinearMethod;
use super::bernoulli_gaussian::BernoulliGaussian;
use super::linear::LinearInstance;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper, Run,
    Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, axpy, distance, dot, norm, subtract};
use crate::linalg::HermitianEigen;
use crate::operators::{Counted, Dense, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Most measurements: eigenvectors cost O(m^3), several times over.
const MOST_ROWS: usize = 600;

/// Precisions stay within these, in units of 1 over the measurements' mean square.
const PRECISIONS: (f64, f64) = (1e-10, 1e10);

/// Least noise variance, in units of the measurements' mean square.
const LEAST_NOISE: f64 = 1e-9;

/// Noise variance at the start, in units of the measurements' mean square.
const FIRST_NOISE: f64 = 1e-2;

/// Precision of the first r1, in units of 1 over the prior's mean square.
const FIRST_PRECISION: f64 = 1e-3;

/// Parameters of vector approximate message passing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Vamp {
    /// Share of the last step that is kept: more makes difficult matrices converge, slowly.
    #[schemars(range(min = 0.0, max = 0.95), extend("x-step" = 0.05))]
    pub damping: f64,
    /// Stop when a step changes the estimate by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Vamp {
    fn default() -> Self {
        Self { damping: 0.1, tolerance: 1e-8, max_steps: 100 }
    }
}

impl LinearMethod for Vamp {
    const CARD: MethodCard = MethodCard {
        id: "vamp",
        lab: "recovery",
        problem: "linear",
        title: "Vector approximate message passing",
        short: "VAMP",
        sentence: "with damping {damping}",
        line: "A denoiser and a least-squares step tell each other what is new",
        cost: "two products with each of A and A^*, and O(m^2)",
        when: "the matrix is ill-conditioned or not zero on average, and otherwise random",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        if instance.rows() > MOST_ROWS {
            let message = format!("{} takes up to {MOST_ROWS} measurements, not {}", Self::CARD.short, instance.rows());
            return Err(Complaint::new("id", message));
        }
        Ok(Box::new(Passing::new(self.clone(), instance.clone())))
    }
}

/// A run of VAMP, for `u = scale x`.
struct Passing<S: Scalar> {
    settings: Vamp,
    instance: Arc<LinearInstance<S>>,
    operator: Counted<S>,
    /// `A / scale` has columns of unit norm on average.
    scale: f64,
    /// Of `A A^*`, scaled.
    spectrum: HermitianEigen<S>,
    prior: BernoulliGaussian,
    /// `|y|^2 / m`.
    mean_square: f64,
    noise: f64,
    /// r1 and its precision; the copy is what the last denoising looked at.
    seen: Vec<S>,
    looked_at: Vec<S>,
    precision: f64,
    /// x1, scaled and as it is.
    scaled: Vec<S>,
    estimate: Vec<S>,
    support: Vec<usize>,
    residual: Vec<S>,
    steps: usize,
}

impl<S: Scalar> Passing<S> {
    fn new(settings: Vamp, instance: Arc<LinearInstance<S>>) -> Self {
        let (rows, cols) = (instance.rows(), instance.cols());
        let operator = Counted::new(instance.operator.clone());
        let scale = norm(&instance.column_norms) / (cols as f64).sqrt();
        let prior = BernoulliGaussian::guess(&*instance);
        let mean_square = S::norm_squared(&instance.measurements) / rows as f64;
        Self {
            settings,
            spectrum: spectrum(&operator, scale),
            operator,
            scale,
            noise: FIRST_NOISE * mean_square,
            precision: FIRST_PRECISION / (prior.fraction * prior.variance),
            prior,
            mean_square,
            seen: vec![S::zero(); cols],
            looked_at: vec![S::zero(); cols],
            scaled: vec![S::zero(); cols],
            estimate: vec![S::zero(); cols],
            support: Vec::new(),
            residual: instance.measurements.clone(),
            steps: 0,
            instance,
        }
    }

    fn bounded(&self, precision: f64) -> f64 {
        precision.clamp(PRECISIONS.0 / self.mean_square, PRECISIONS.1 / self.mean_square)
    }

    /// `y - A u / scale`.
    fn left_by(&self, u: &[S]) -> Vec<S> {
        let x: Vec<S> = u.iter().map(|&u| u / self.scale).collect();
        let mut image = vec![S::zero(); self.instance.rows()];
        self.operator.apply(&x, &mut image);
        let mut left = vec![S::zero(); image.len()];
        subtract(&self.instance.measurements, &image, &mut left);
        left
    }

    /// The denoiser: x1 and its variance from r1; the prior is learned once there was something to see.
    fn denoise(&mut self) -> (Vec<S>, f64) {
        self.looked_at.clone_from(&self.seen);
        let belief = self.prior.see(&self.seen, 1.0 / self.precision);
        self.support = belief.support();
        if self.steps > 0 {
            self.prior = belief.prior;
        }
        (belief.means, belief.variance)
    }

    /// The least-squares step: x2 and its precision from r2, and the noise that x2 leaves.
    fn fit(&mut self, r2: &[S], g2: f64) -> (Vec<S>, f64) {
        let cols = r2.len() as f64;
        let left = self.left_by(r2);
        let ridge = self.noise * g2;
        let weights = self.spectrum.apply(|lambda| 1.0 / (lambda + ridge), &left);
        let mut step = vec![S::zero(); r2.len()];
        self.operator.adjoint(&weights, &mut step);
        let mut x2 = r2.to_vec();
        axpy(S::from_real(1.0 / self.scale), &step, &mut x2);
        let determined: f64 = self.spectrum.values.iter().map(|lambda| lambda / (lambda + ridge)).sum();
        let precision = self.bounded(cols * g2 / (cols - determined).max(f64::MIN_POSITIVE));
        let power = S::norm_squared(&self.left_by(&x2));
        let noise = (power + self.noise * determined) / self.residual.len() as f64;
        self.noise = noise.max(LEAST_NOISE * self.mean_square);
        (x2, precision)
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }
}

/// `A A^* / scale^2`, taken apart.
fn spectrum<S: Scalar>(operator: &Counted<S>, scale: f64) -> HermitianEigen<S> {
    let (rows, cols) = (operator.rows(), operator.cols());
    let stored = Dense::of(operator);
    let row = |i: usize| (0..cols).map(|j| stored.column_slice(j)[i] / scale).collect::<Vec<S>>();
    let all: Vec<Vec<S>> = (0..rows).map(row).collect();
    HermitianEigen::new((0..rows).map(|j| (0..rows).map(|i| dot(&all[j], &all[i])).collect()).collect())
}

/// What one estimate says beyond another: `(e x - g r) / (e - g)` with the precisions e > g, and `e - g`.
fn news<S: Scalar>((x, e): (&[S], f64), (r, g): (&[S], f64), precision: f64) -> Vec<S> {
    x.iter().zip(r).map(|(&x, &r)| (x * e - r * g) / precision).collect()
}

impl<S: Scalar> Run for Passing<S> {
    fn step(&mut self) -> Status {
        if self.scale == 0.0 || self.mean_square == 0.0 {
            return Status::Converged("x = 0 explains all that can be explained".into());
        }
        let (x1, v1) = self.denoise();
        let e1 = self.bounded(1.0 / v1.max(f64::MIN_POSITIVE));
        let g2 = self.bounded(e1 - self.precision);
        let r2 = news((&x1, e1), (&self.seen, self.precision), g2);
        let (x2, e2) = self.fit(&r2, g2);
        let g1 = self.bounded(e2 - g2);
        let r1 = news((&x2, e2), (&r2, g2), g1);
        if !r1.iter().chain(&x1).all(|r| r.is_finite()) {
            return Status::Diverged("the messages are not finite; more damping may help".into());
        }
        let kept = if self.steps == 0 { 0.0 } else { self.settings.damping };
        self.precision = kept * self.precision + (1.0 - kept) * g1;
        for (seen, r) in self.seen.iter_mut().zip(r1) {
            *seen = *seen * kept + r * (1.0 - kept);
        }
        let change = distance(&x1, &self.scaled);
        self.residual = self.left_by(&x1);
        self.estimate = x1.iter().map(|&u| u / self.scale).collect();
        self.scaled = x1;
        self.steps += 1;
        if self.steps > 2 && change <= self.settings.tolerance * norm(&self.scaled) {
            Status::Converged(format!("a step changes x by less than {:e} of it", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What VAMP looks at",
            "$r_1$: the truth in white noise. The line is that noise's standard deviation",
        );
        let line = Mark::Threshold { value: 1.0 / self.precision.sqrt() };
        let level = if self.mean_square > 0.0 { line } else { Mark::Threshold { value: 0.0 } };
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "noise_variance", value: self.noise },
                Trace { name: "fraction", value: self.prior.fraction },
            ],
            panels: vec![Panel::vector(names, Kind::Bars, &self.looked_at).with_marks([level])],
            events: Vec::new(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "vamp",
    n: None,
    lab: "recovery",
    title: "Vector approximate message passing",
    paper: Paper {
        authors: "Rangan, Schniter and Fletcher",
        title: "Vector approximate message passing",
        year: 2019,
        link: "https://doi.org/10.1109/TIT.2019.2916359",
    },
    idea: "Two experts share one unknown. One knows that it is sparse, the other knows the measurements. Each tells the other only what is new in its answer, with how sure it is, until they agree.",
    formula: r"r_2 = \frac{\eta_1\hat x_1 - \gamma_1 r_1}{\eta_1 - \gamma_1}, \qquad r_1 = \frac{\eta_2\hat x_2 - \gamma_2 r_2}{\eta_2 - \gamma_2}",
    consequence: "What each is told looks like the truth in white noise of known size, for any spectrum of the matrix. AMP has this for independent entries only.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The line in *What VAMP looks at* is how large the noise around the truth is thought to be. Compare it with what you see.",
        },
        Watch {
            panel: "convergence",
            text: "The noise variance in *Convergence* is learned, and so is the fraction of spikes.",
        },
    ],
    try_this: &[
        Try {
            link: "Set AMP beside it.",
            question: "On correlated columns, which of the two still settles?",
            patch: r#"{"methods":[{"id":"vamp"},{"id":"amp"}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Its prior is wrong now. What does that cost?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Take 32 spikes.",
            question: "Basis pursuit stops near 24 for independent columns. Does this?",
            patch: r#"{"problem":{"signal":{"sparsity":32}}}"#,
        },
    ],
    breaks: "It believes in its prior, and that singular vectors are in no special position. Structured matrices and other amplitudes can make it circle; damping helps.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","matrix":{"id":"correlated"},"signal":{"id":"sparse","sparsity":20},"noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"vamp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 60 Gaussian spikes, m = 160, n = 400 and no noise, which is above the l1 threshold of 54, VAMP leaves a relative error of at most 1e-5 in at least 90 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":160,"cols":400,"signal":{"id":"sparse","sparsity":60}},"methods":[{"id":"vamp"}]}"#,
                trials: 60,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-5 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 1.0,
        },
        Claim {
            statement: "On matrices of condition number 100 VAMP leaves an error at least a thousand times smaller than AMP, which diverges",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":400,"matrix":{"id":"prescribed-spectrum","condition":100},"signal":{"id":"sparse","sparsity":40}},"methods":[{"id":"vamp"},{"id":"amp"}]}"#,
                trials: 60,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1e-3),
            measured: 1.50e-11,
        },
        Claim {
            statement: "With a mean in the entries, too, VAMP leaves an error at least a thousand times smaller than AMP",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":200,"cols":400,"matrix":{"id":"nonzero-mean"},"signal":{"id":"sparse","sparsity":40}},"methods":[{"id":"vamp"},{"id":"amp"}]}"#,
                trials: 60,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1e-3),
            measured: 3.82e-12,
        },
    ],
};
