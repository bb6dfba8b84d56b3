//! Iteratively reweighted least squares for l_p, also called FOCUSS.
//!
//! ```text
//! x = A^+ y, e = max |x|
//! repeat
//!     w_i = (|x_i|^2 + e^2)^(1 - p/2)
//!     x   = W A^* (A W A^* + lambda I)^{-1} y       minimizes  |y - A x|^2 / lambda + sum |x_i|^2 / w_i
//!     where x moves by less than sqrt(e) / 100, relative:  e = e / 10, down to smallest max |A^+ y|
//! until e is at its smallest and x moves by less than the tolerance
//! ```
//!
//! Descends on `1/2 |y - A x|^2 + (lambda / p) sum (|x_i|^2 + e^2)^(p/2)`, or on the sum alone over all `x` with `A x = y`
//! where lambda is zero: for e -> 0 the p-th power of the l_p norm. That is convex for p = 1 only; for smaller p the
//! slow way down with e keeps it out of most bad minima. `A` is m x n, real or complex; a step costs O(m^2 (m + n)).
//! Where lambda is zero, 1e-14 of the largest diagonal entry takes its place, so that rounding leaves the system
//! definite.
//!
//! Gorodnitsky and Rao, "Sparse signal reconstruction from limited data using FOCUSS" (1997); Chartrand and Yin,
//! "Iteratively reweighted algorithms for compressive sensing" (2008), for e and its way down.

use super::LinearMethod;
use super::covariance::covariance;
use super::linear::LinearInstance;
use crate::contract::{
    Axis, Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, distance, dot, norm, norm_inf};
use crate::operators::Dense;
use crate::operators::sensing::MAX_STORED;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// What is added to the diagonal where lambda is zero, relative to the largest `w_i |a_i|^2`.
const RIDGE: f64 = 1e-14;

/// Parameters of iteratively reweighted least squares.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Irls {
    /// The exponent: 1 is the l1 norm; the nearer to 0, the nearer to counting entries.
    #[schemars(range(min = 0.01, max = 1.0), extend("x-step" = 0.05))]
    pub p: f64,
    /// Weight of the penalty; the measurements are met exactly where it is zero.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub lambda: f64,
    /// The last e, as a fraction of the largest entry of the shortest solution.
    #[schemars(range(min = 1e-10, max = 1.0), extend("x-scale" = "log"))]
    pub smallest: f64,
    /// Stop when e is at its smallest and a step moves x by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Irls {
    fn default() -> Self {
        Self { p: 0.5, lambda: 0.0, smallest: 1e-8, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for Irls {
    const CARD: MethodCard = MethodCard {
        id: "irls",
        lab: "recovery",
        problem: "linear",
        title: "Iteratively reweighted least squares",
        short: "IRLS",
        sentence: "with p = {p}",
        line: "Least squares again and again, each time charging less for what was large",
        cost: "O(m^2 (m + n))",
        when: "there is no noise, spikes differ in height, and m is a few hundred at most",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.saturating_mul(rows.max(cols)) > MAX_STORED {
            let message = format!("{} stores matrices of up to {MAX_STORED} entries", Self::CARD.short);
            return Err(Complaint::new("id", message));
        }
        Ok(Box::new(Reweighting {
            settings: self.clone(),
            columns: Dense::of(&*instance.operator),
            weights: vec![1.0; cols],
            scale: 0.0,
            epsilon: 1.0,
            estimate: vec![S::zero(); cols],
            support: Vec::new(),
            residual: instance.measurements.clone(),
            round: 0,
            is_new_round: false,
            steps: 0,
            instance: instance.clone(),
        }))
    }
}

/// A run of IRLS.
struct Reweighting<S: Scalar> {
    settings: Irls,
    instance: Arc<LinearInstance<S>>,
    columns: Dense<S>,
    /// `w`; all one in the first step, which finds the shortest solution.
    weights: Vec<f64>,
    /// Largest entry of the shortest solution, and e in units of it.
    scale: f64,
    epsilon: f64,
    estimate: Vec<S>,
    /// Entries above e.
    support: Vec<usize>,
    residual: Vec<S>,
    /// How often e was made smaller, and whether this step did.
    round: usize,
    is_new_round: bool,
    steps: usize,
}

impl<S: Scalar> Reweighting<S> {
    /// `W A^* (A W A^* + lambda I)^{-1} y`; `None` when rounding leaves the system indefinite.
    fn solve(&self) -> Option<Vec<S>> {
        let (rows, cols) = (self.instance.rows(), self.instance.cols());
        let columns: Vec<_> = (0..cols).map(|j| (self.columns.column_slice(j), self.weights[j])).collect();
        let sizes = self.weights.iter().zip(&self.instance.column_norms).map(|(w, size)| w * size * size);
        let ridge = self.settings.lambda.max(RIDGE * sizes.fold(0.0, f64::max));
        let factor = covariance(rows, &columns, ridge).ok()?;
        let mut multipliers = self.instance.measurements.clone();
        factor.solve(&mut multipliers);
        Some(columns.iter().map(|&(column, weight)| dot(column, &multipliers) * weight).collect())
    }

    /// The weights that the estimate asks for.
    fn reweight(&mut self) {
        // In units of the scale, so that tiny numbers do not vanish.
        let unit = libm::pow(self.scale, 2.0 - self.settings.p);
        let power = 1.0 - self.settings.p / 2.0;
        for (weight, x) in self.weights.iter_mut().zip(&self.estimate) {
            let x = x.abs() / self.scale;
            *weight = unit * libm::pow(x * x + self.epsilon * self.epsilon, power);
        }
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }

    /// What is descended on, with e as it is now.
    fn objective(&self) -> f64 {
        let Irls { p, lambda, .. } = self.settings;
        let e = self.epsilon * self.scale;
        let power = |x: &S| libm::pow(x.abs_squared() + e * e, p / 2.0);
        let sum = self.estimate.iter().fold(0.0, |sum, x| sum + power(x));
        if lambda > 0.0 { 0.5 * S::norm_squared(&self.residual) + lambda / p * sum } else { sum }
    }
}

impl<S: Scalar> Run for Reweighting<S> {
    fn step(&mut self) -> Status {
        if self.instance.column_norms.iter().all(|&size| size == 0.0) || norm(&self.instance.measurements) == 0.0 {
            return Status::Converged("x = 0 is a solution".into());
        }
        let Some(next) = self.solve().filter(|next| next.iter().all(|x| x.is_finite())) else {
            return Status::Failed("the weighted system is singular in double precision; raise lambda".into());
        };
        let moved = distance(&next, &self.estimate) / norm(&next);
        self.residual = self.instance.residual(&next);
        self.estimate = next;
        self.steps += 1;
        if self.steps == 1 {
            self.scale = norm_inf(&self.estimate);
        }
        if self.scale == 0.0 {
            return Status::Converged("y is orthogonal to all columns".into());
        }
        let e = self.epsilon * self.scale;
        self.support = (0..self.estimate.len()).filter(|&j| self.estimate[j].abs() > e).collect();
        let last = self.epsilon <= self.settings.smallest;
        if last && moved <= self.settings.tolerance {
            return Status::Converged(format!("e is {e:.1e} and a step moves x by {moved:.1e} of it"));
        }
        self.is_new_round = !last && moved < self.epsilon.sqrt() / 100.0;
        if self.is_new_round {
            self.epsilon = (self.epsilon / 10.0).max(self.settings.smallest);
            self.round += 1;
        }
        self.reweight();
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        let names = ("looks-at", "What IRLS looks at", "$w_i$: how far each entry may move in the next step");
        let mut panel = Panel::vector(names, Kind::Bars, &self.weights);
        panel.y = Axis { label: "weight", unit: "", log: true };
        let round = self.is_new_round.then_some(Event::Round { number: self.round });
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "objective", value: self.objective() },
                Trace { name: "epsilon", value: self.epsilon },
            ],
            panels: vec![panel],
            events: round.into_iter().collect(),
            // Every step reads all columns m times to make A W A^*.
            products: (self.steps * (self.instance.rows() + 2)) as f64,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "irls",
    n: None,
    lab: "recovery",
    title: "Iteratively reweighted least squares",
    paper: Paper {
        authors: "Chartrand and Yin",
        title: "Iteratively reweighted algorithms for compressive sensing",
        year: 2008,
        link: "https://doi.org/10.1109/ICASSP.2008.4518498",
    },
    idea: "Of all solutions take the one with the least weighted sum of squares; that is a linear system. Then weigh anew: what came out small is charged more, what came out large less. A small number e keeps the charges finite, and shrinks as the solution settles.",
    formula: r"x \leftarrow \arg\min_{A x = y} \sum_i \frac{|x_i|^2}{w_i}, \quad w_i = \big(|x_i|^2 + e^2\big)^{1 - p/2}",
    consequence: "Where it settles, the weighted squares are p-th powers. With p below 1 it needs fewer measurements than basis pursuit, at the risk of a wrong minimum.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *What IRLS looks at* all weights start nearly alike. They part: a few stay, the rest follow e down.",
        },
        Watch { panel: "convergence", text: "In *Convergence* the error falls by about ten at a time, with e." },
    ],
    try_this: &[
        Try {
            link: "Set p = 1.",
            question: "Now it is basis pursuit. Do all spikes still come back?",
            patch: r#"{"methods":[{"id":"irls","p":1},{"id":"basis-pursuit"}]}"#,
        },
        Try {
            link: "Set p = 0.1.",
            question: "Closer to counting: does it do better?",
            patch: r#"{"methods":[{"id":"irls","p":0.1}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "What was it about unequal spikes that helped?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Add noise at 20 dB.",
            question: "It fits the noise. What does a lambda of 0.01 do?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"irls"},{"id":"irls","lambda":0.01}]}"#,
        },
    ],
    breaks: "For p below 1 there are many minima, and what settles early stays. With lambda zero it fits the noise.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":28}},"methods":[{"id":"irls"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 28 Gaussian spikes, m = 80, n = 256 and no noise, which is above the l1 threshold, IRLS with p = 1/2 recovers in at least 80 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":28}},"methods":[{"id":"irls"}]}"#,
            trials: 100,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.8),
        measured: 0.96,
    }],
};
