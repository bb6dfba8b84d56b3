//! Smoothed l0, SL0.
//!
//! ```text
//! x = A^+ y, sigma = first max |x|
//! repeat                                         a level
//!     `inner` times:
//!         x_i -= step x_i exp(-|x_i|^2 / (2 sigma^2))
//!         x   -= A^+ (A x - y)                   back to A x = y
//!     sigma *= decrease
//! until sigma < smallest max |A^+ y|
//! ```
//!
//! Seeks the solution of `A x = y` with the fewest entries: `n - sum exp(-|x_i|^2 / (2 sigma^2))` counts the entries that
//! are large beside sigma. For a large sigma it has one minimum on the solutions; as sigma falls, that minimum is
//! followed. `A` is m x n, real or complex; an inner step costs O(m n) with an orthonormal basis of the rows, which the
//! start makes in O(m^2 n). Where no `x` solves `A x = y`, those that come nearest take the place of the solutions.
//!
//! Mohimani, Babaie-Zadeh and Jutten, "A fast approach for overcomplete sparse decomposition based on smoothed l0 norm"
//! (2009), figure 1, which has `first = 2`, `step = 2` and three inner steps.

use super::LinearMethod;
use super::linear::LinearInstance;
use super::row_space::RowSpace;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, norm, norm_inf};
use crate::operators::sensing::MAX_STORED;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of smoothed l0.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sl0 {
    /// Factor by which sigma falls from level to level.
    #[schemars(range(min = 0.05, max = 0.99), extend("x-step" = 0.05))]
    pub decrease: f64,
    /// Gradient steps at a level.
    #[schemars(range(min = 1, max = 1000))]
    pub inner: usize,
    /// Length of a gradient step, in units of sigma^2.
    #[schemars(range(min = 0.01, max = 4.0), extend("x-step" = 0.1))]
    pub step: f64,
    /// The first sigma, as a multiple of the largest entry of the shortest solution.
    #[schemars(range(min = 0.1, max = 100.0), extend("x-scale" = "log"))]
    pub first: f64,
    /// The last sigma, as a fraction of the largest entry of the shortest solution. Under noise, about what it does to
    /// an entry.
    #[schemars(range(min = 1e-8, max = 0.5), extend("x-scale" = "log"))]
    pub smallest: f64,
    /// Most levels.
    #[schemars(range(min = 1, max = 10_000))]
    pub max_steps: usize,
}

impl Default for Sl0 {
    fn default() -> Self {
        Self { decrease: 0.5, inner: 3, step: 2.0, first: 2.0, smallest: 1e-4, max_steps: 10_000 }
    }
}

impl LinearMethod for Sl0 {
    const CARD: MethodCard = MethodCard {
        id: "sl0",
        lab: "recovery",
        problem: "linear",
        title: "Smoothed l0",
        short: "SL0",
        sentence: "with sigma times {decrease} a level",
        line: "Counts entries with a smooth yardstick that sharpens from level to level",
        cost: "three products with each of the rows' basis and its adjoint, O(m n)",
        when: "there is no noise, k is not known, and speed matters",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        if instance.rows().saturating_mul(instance.cols()) > MAX_STORED {
            let message = format!("{} stores the matrix, which has at most {MAX_STORED} entries", Self::CARD.short);
            return Err(Complaint::new("id", message));
        }
        let space = RowSpace::new(&*instance.operator, &instance.measurements);
        let scale = norm_inf(&space.least_norm);
        let mut run = Levels {
            sigma: self.first * scale,
            scale,
            settings: self.clone(),
            estimate: space.least_norm.clone(),
            support: Vec::new(),
            looked_at: space.least_norm.clone(),
            relative_residual: 1.0,
            level: 1,
            inner_done: 0,
            products: instance.rows() as f64,
            space,
            instance: instance.clone(),
        };
        run.judge();
        Ok(Box::new(run))
    }
}

/// A run of SL0.
struct Levels<S: Scalar> {
    settings: Sl0,
    instance: Arc<LinearInstance<S>>,
    space: RowSpace<S>,
    /// Largest entry of the shortest solution.
    scale: f64,
    sigma: f64,
    estimate: Vec<S>,
    /// Entries above sigma.
    support: Vec<usize>,
    /// The estimate before the last inner step.
    looked_at: Vec<S>,
    relative_residual: f64,
    /// From 1.
    level: usize,
    inner_done: usize,
    products: f64,
}

impl<S: Scalar> Levels<S> {
    /// One gradient step, and the way back to the solutions.
    fn descend(&mut self) {
        self.looked_at.clone_from(&self.estimate);
        let width = 2.0 * self.sigma * self.sigma;
        for x in &mut self.estimate {
            let pull = self.settings.step * libm::exp(-x.abs_squared() / width);
            *x = *x * (1.0 - pull);
        }
        self.space.project(&mut self.estimate);
        self.products += 2.0;
        self.inner_done += 1;
    }

    fn judge(&mut self) {
        self.support = (0..self.estimate.len()).filter(|&j| self.estimate[j].abs() > self.sigma).collect();
        let size = norm(&self.instance.measurements);
        self.relative_residual = if size > 0.0 { norm(&self.instance.residual(&self.estimate)) / size } else { 0.0 };
    }

    /// `n - sum exp(-|x_i|^2 / (2 sigma^2))`.
    fn count(&self) -> f64 {
        let width = 2.0 * self.sigma * self.sigma;
        self.estimate.iter().fold(0.0, |sum, x| sum + (1.0 - libm::exp(-x.abs_squared() / width)))
    }
}

impl<S: Scalar> Run for Levels<S> {
    fn step(&mut self) -> Status {
        // Squares of smaller numbers vanish.
        if self.sigma < 1e-150 {
            return Status::Converged("the shortest solution is zero".into());
        }
        if self.inner_done == self.settings.inner {
            self.inner_done = 0;
            self.level += 1;
            self.sigma *= self.settings.decrease;
        }
        self.descend();
        self.judge();
        if self.inner_done < self.settings.inner {
            Status::Inner
        } else if self.sigma * self.settings.decrease < self.settings.smallest * self.scale {
            Status::Converged(format!("level {}, the last: sigma is {:.1e}", self.level, self.sigma))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What SL0 looks at",
            "$x$ before this step; entries above the line, $\\sigma$, stay, those far below are pulled to zero",
        );
        let line = Mark::Threshold { value: self.sigma };
        let begins = self.inner_done == 1;
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual },
                Trace { name: "sigma", value: self.sigma },
                Trace { name: "objective", value: if self.sigma > 1e-150 { self.count() } else { 0.0 } },
            ],
            panels: vec![Panel::vector(names, Kind::Bars, &self.looked_at).with_marks([line])],
            events: begins.then_some(Event::Round { number: self.level }).into_iter().collect(),
            products: self.products,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "sl0",
    n: None,
    lab: "recovery",
    title: "Smoothed l0",
    paper: Paper {
        authors: "Mohimani, Babaie-Zadeh and Jutten",
        title: "A fast approach for overcomplete sparse decomposition based on smoothed l0 norm",
        year: 2009,
        link: "https://doi.org/10.1109/TSP.2008.2007606",
    },
    idea: "Counting the entries that are not zero gives no direction to move in. Count smoothly instead: an entry counts for nothing far below a width σ and for one far above. Start with a wide σ, take a few steps among the solutions, make σ smaller, and go on.",
    formula: r"\min_{A x = y}\; \sum_i \Big(1 - e^{-|x_i|^2 / (2\sigma^2)}\Big), \quad \sigma \downarrow 0",
    consequence: "For wide σ the minimum is the shortest solution, so there is a good place to start; for narrow σ it is the sparsest.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The line in *What SL0 looks at* is σ. It halves at each level, and what lies below is pulled to zero.",
        },
        Watch {
            panel: "convergence",
            text: "The error in *Convergence* falls with σ, level by level, down to about the last σ. It does not reach rounding.",
        },
    ],
    try_this: &[
        Try {
            link: "Take 30 spikes.",
            question: "At which level does it take the wrong way?",
            patch: r#"{"problem":{"signal":{"sparsity":30}}}"#,
        },
        Try {
            link: "Narrow σ by only a fifth a level, with 8 steps each.",
            question: "How much slower is it, and how many more spikes does it stand?",
            patch: r#"{"methods":[{"id":"sl0","decrease":0.8,"inner":8}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Easier or harder? Compare with OMP.",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}},"methods":[{"id":"sl0"},{"id":"omp"}]}"#,
        },
        Try {
            link: "Add noise at 20 dB.",
            question: "It fits the noise, too: what does that cost?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":20}}}"#,
        },
    ],
    breaks: "It fits the measurements exactly, noise and all. Where σ narrows too fast it is caught in a solution that is not the sparsest.",
    spec: r#"{"v":1,"seed":2,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":15}},"methods":[{"id":"sl0"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 12 Gaussian spikes, m = 80, n = 256 and no noise, SL0 leaves a relative error of at most 1e-3 in at least 90 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"sl0"}]}"#,
            trials: 100,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
        },
        bound: Bound::AtLeast(0.9),
        measured: 0.98,
    }],
};
