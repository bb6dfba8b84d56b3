//! Sparse Bayesian learning by fast marginal likelihood maximization.
//!
//! ```text
//! S = {}, s2 = |y|^2 / (100 m)
//! repeat
//!     for every column i, with C_i = s2 I + sum_{j in S, j != i} gamma_j a_j a_j^*:
//!         s_i = a_i^* C_i^{-1} a_i,   q_i = a_i^* C_i^{-1} y
//!         best gamma_i = (|q_i|^2 - s_i) / s_i^2, or zero where that is negative
//!     change the one gamma_i that lowers the objective most: add i to S, change it, or remove it
//!     s2 = (|y - A x|^2 + s2 sum_i (1 - S_ii / gamma_i)) / m, unless s2 is given
//! until no gamma lowers the objective by the tolerance, and s2 stands still
//! ```
//!
//! Seeks the same minimum over `gamma` as [`super::sbl`], of `log det C + y^* C^{-1} y`, one column at a time and from the
//! empty set up. Along one gamma the minimum is known in closed form, so no step raises the objective; the step for
//! s2 is one of expectation maximisation and does not, either. `x` is the posterior mean and `S_ii` its variance. `A` is
//! m x n, real or complex, its columns scaled to unit norm and the answer scaled back; a step costs a product with
//! `A^*`, another where a column is added, and O(n |S|^2).
//!
//! Tipping and Faul, "Fast marginal likelihood maximisation for sparse Bayesian models" (2003); Ji, Xue and Carin,
//! "Bayesian compressive sensing" (2008).

use super::LinearMethod;
use super::evidence::Evidence;
use super::linear::LinearInstance;
use crate::contract::{
    Axis, Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::Scalar;
use crate::linalg::Dependent;
use crate::operators::{ColumnScaled, Counted};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Least noise variance, relative to `|y|^2`.
const NOISE_FLOOR: f64 = 1e-13;

/// Parameters of fast sparse Bayesian learning.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FastSbl {
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-13 of |y|^2.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Stop when no change of one prior variance lowers the objective by more than this.
    #[schemars(range(min = 1e-12, max = 100.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for FastSbl {
    fn default() -> Self {
        Self { noise_variance: None, tolerance: 1e-4, max_steps: 2000 }
    }
}

impl LinearMethod for FastSbl {
    const CARD: MethodCard = MethodCard {
        id: "fast-sbl",
        lab: "recovery",
        problem: "linear",
        title: "Fast sparse Bayesian learning",
        short: "fast SBL",
        sentence: "down to changes of {tolerance}",
        line: "Adds, changes or removes the one variance that helps the evidence most",
        cost: "one product with A^*, another where a column joins, and O(n k^2)",
        when: "sparse Bayesian learning is wanted for many columns and few spikes",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        instance.check_measurements("Fast SBL")?;
        Ok(Box::new(Learning::new(self, instance)))
    }
}

/// One variance, and what to make of it.
#[derive(Clone, Copy)]
struct Change {
    index: usize,
    variance: f64,
    /// By how much it lowers the objective.
    gain: f64,
}

/// A run of fast SBL.
struct Learning<S: Scalar> {
    tolerance: f64,
    learns_noise: bool,
    least_noise: f64,
    column_norms: Vec<f64>,
    evidence: Evidence<S>,
    estimate: Vec<S>,
    support: Vec<usize>,
    /// By how much the best choice of each variance would lower the objective.
    gains: Vec<f64>,
    best: Option<Change>,
    event: Option<Event>,
}

impl<S: Scalar> Learning<S> {
    fn new(settings: &FastSbl, instance: &LinearInstance<S>) -> Self {
        let (rows, cols) = (instance.rows(), instance.cols());
        let operator = Counted::new(Arc::new(ColumnScaled::to_unit_norm(instance.operator.clone())));
        let power = S::norm_squared(&instance.measurements);
        let least_noise = NOISE_FLOOR * power;
        let noise = settings.noise_variance.unwrap_or(0.01 * power / rows as f64).max(least_noise);
        let mut run = Self {
            tolerance: settings.tolerance,
            learns_noise: settings.noise_variance.is_none(),
            least_noise,
            column_norms: instance.column_norms.clone(),
            evidence: Evidence::new(operator, &instance.measurements, noise),
            estimate: vec![S::zero(); cols],
            support: Vec::new(),
            gains: vec![0.0; cols],
            best: None,
            event: None,
        };
        if power > 0.0 {
            run.look();
        }
        run
    }

    /// Rates every column by the best choice of its variance.
    fn look(&mut self) {
        self.best = None;
        for (index, rating) in self.evidence.rate().into_iter().enumerate() {
            let (variance, gain) = rating.best();
            let helps = self.column_norms[index] > 0.0 && variance.is_finite() && gain > 0.0;
            self.gains[index] = if helps { gain } else { 0.0 };
            if helps && self.best.is_none_or(|best| gain > best.gain) {
                self.best = Some(Change { index, variance, gain });
            }
        }
    }

    /// Adds, changes or removes a column.
    fn apply(&mut self, Change { index, variance, .. }: Change) {
        let active = &mut self.evidence.active;
        match active.iter().position(|a| a.index == index) {
            Some(place) if variance == 0.0 => {
                active.remove(place);
                self.event = Some(Event::Drop { index });
            }
            Some(place) => active[place].variance = variance,
            None => {
                self.evidence.add(index, variance);
                self.event = Some(Event::Pick { index });
            }
        }
    }

    /// Writes down the posterior mean.
    fn show(&mut self) {
        self.estimate.fill(S::zero());
        for (entry, moment) in self.evidence.active.iter().zip(&self.evidence.moments) {
            self.estimate[entry.index] = moment.mean / self.column_norms[entry.index];
        }
        self.support = self.evidence.active.iter().map(|a| a.index).collect();
        self.support.sort_unstable();
    }

    /// Changes one variance and learns the noise; returns by how much the latter moved.
    fn advance(&mut self) -> Result<f64, Dependent> {
        self.event = None;
        if let Some(change) = self.best.filter(|best| best.gain > self.tolerance) {
            self.apply(change);
            self.evidence.fit()?;
        }
        let moved = if self.learns_noise { self.evidence.learn_noise(self.least_noise) } else { 0.0 };
        if moved > 0.0 {
            self.evidence.fit()?;
        }
        self.show();
        self.look();
        Ok(moved)
    }
}

impl<S: Scalar> Run for Learning<S> {
    fn step(&mut self) -> Status {
        if self.best.is_none() && self.evidence.active.is_empty() {
            return Status::Converged("no column explains the measurements better than noise does".into());
        }
        let moved = match self.advance() {
            Ok(moved) if self.estimate.iter().all(|x| x.is_finite()) => moved,
            _ => {
                return Status::Failed(
                    "the active columns are dependent in double precision; set noise_variance, or raise it".into(),
                );
            }
        };
        let settled = self.best.is_none_or(|best| best.gain <= self.tolerance);
        if settled && moved <= 1e-6 {
            Status::Converged(format!("no change of a variance lowers the objective by {:e}", self.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What fast SBL looks at",
            "By how much the best choice of each variance would raise the evidence; the tallest is next",
        );
        let mut panel = Panel::vector(names, Kind::Bars, &self.gains);
        panel.y = Axis::plain("gain");
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.evidence.relative_residual() },
                Trace { name: "objective", value: self.evidence.objective },
                Trace { name: "noise_variance", value: self.evidence.noise },
            ],
            panels: vec![panel],
            events: self.event.clone().into_iter().collect(),
            products: self.evidence.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "fast-sbl",
    n: None,
    lab: "recovery",
    title: "Fast sparse Bayesian learning",
    paper: Paper {
        authors: "Tipping and Faul",
        title: "Fast marginal likelihood maximisation for sparse Bayesian models",
        year: 2003,
        link: "https://proceedings.mlr.press/r4/tipping03a.html",
    },
    idea: "Give every entry a variance, zero at first, and make the measurements as likely as you can. With all others held, the best variance of one entry is known at once. Change the one that helps most, and repeat.",
    formula: r"\gamma_i = \frac{\max(|q_i|^2 - s_i,\, 0)}{s_i^2}, \quad s_i = a_i^* C_{-i}^{-1} a_i,\ q_i = a_i^* C_{-i}^{-1} y",
    consequence: "It reads like a greedy method, but asks at each step whether a column is worth its place, and can take one out again. The work grows with the spikes, not with the columns.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The tallest bar in *What fast SBL looks at* is the next change. When all are near zero, it is done.",
        },
        Watch { panel: "support", text: "Lines in *Support* end where a column turns out to be explained by others." },
        Watch { panel: "convergence", text: "The objective in *Convergence* never rises, while the error may." },
    ],
    try_this: &[
        Try {
            link: "Let it learn the noise.",
            question: "How small does it come out, and how many columns does that let in?",
            patch: r#"{"methods":[{"id":"fast-sbl"}]}"#,
        },
        Try {
            link: "Set OMP and SBL beside it.",
            question: "Which of the two does it take after, in its steps and in its answer?",
            patch: r#"{"methods":[{"id":"fast-sbl","noise_variance":0.0002},{"id":"omp"},{"id":"sbl","noise_variance":0.0002}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Where OMP goes wrong, does it find the way back?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Measure with correlated columns.",
            question: "How many columns are taken out again?",
            patch: r#"{"problem":{"matrix":{"id":"correlated"}}}"#,
        },
    ],
    breaks: "It goes down one coordinate at a time and can stop where only two changes at once would help. Where real noise is learned from fewer measurements than columns, it comes out far too small, and about as many columns as measurements stay.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":15},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"fast-sbl","noise_variance":0.0002}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 12 Gaussian spikes, m = 80, n = 256 and no noise, fast SBL leaves a relative error of at most 1e-4 in at least 90 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"fast-sbl"}]}"#,
            trials: 100,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-4 },
        },
        bound: Bound::AtLeast(0.9),
        measured: 1.0,
    }],
};
