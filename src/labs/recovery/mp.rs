//! Matching pursuit.
//!
//! ```text
//! x = 0, r = y
//! repeat
//!     j    = argmax |<a_j, r>| / |a_j|          over all columns
//!     x_j += <a_j, r> / |a_j|^2
//!     r   -= a_j <a_j, r> / |a_j|^2
//! until |r| <= tolerance |y|
//! ```
//!
//! Seeks `A x = y` with few entries, one at a time and without fitting the earlier ones again, so that the same column
//! comes up many times. `|r|` goes to zero geometrically, as long as the columns span y. `A` is m x n, real or complex; a step costs one product with
//! `A^*` and one column of `A`.
//!
//! Mallat and Zhang, "Matching pursuits with time-frequency dictionaries" (1993), section II.

use super::LinearMethod;
use super::linear::LinearInstance;
use super::selection::scores;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, argmax_abs, axpy, norm};
use crate::operators::{Counted, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of matching pursuit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Mp {
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Mp {
    fn default() -> Self {
        Self { tolerance: 1e-8, max_steps: 400 }
    }
}

impl LinearMethod for Mp {
    const CARD: MethodCard = MethodCard {
        id: "mp",
        lab: "recovery",
        problem: "linear",
        title: "Matching pursuit",
        short: "MP",
        sentence: "down to {tolerance} of y",
        line: "Takes from the residual what its best column explains, repeats",
        cost: "one product with A^* and one column of A",
        when: "the dictionary is fast and a rough approximation will do",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let mut run = Matching {
            tolerance: self.tolerance,
            operator: Counted::new(instance.operator.clone()),
            estimate: vec![S::zero(); instance.cols()],
            support: Vec::new(),
            residual: instance.measurements.clone(),
            ahead: Vec::new(),
            looked_at: Vec::new(),
            picked: None,
            is_new: false,
            instance: instance.clone(),
        };
        run.look();
        run.looked_at.clone_from(&run.ahead);
        Ok(Box::new(run))
    }
}

/// A run of matching pursuit.
struct Matching<S: Scalar> {
    tolerance: f64,
    instance: Arc<LinearInstance<S>>,
    operator: Counted<S>,
    estimate: Vec<S>,
    /// Ascending.
    support: Vec<usize>,
    residual: Vec<S>,
    /// `<a_j, r> / |a_j|`: what the next pick looks at.
    ahead: Vec<S>,
    /// The same as it was when the last pick was made, that pick, and whether it is the column's first.
    looked_at: Vec<S>,
    picked: Option<usize>,
    is_new: bool,
}

impl<S: Scalar> Matching<S> {
    fn look(&mut self) {
        let mut correlations = vec![S::zero(); self.instance.cols()];
        self.operator.adjoint(&self.residual, &mut correlations);
        self.ahead = scores(&self.instance, &correlations, true);
    }

    /// Moves what column `j` explains from the residual into the estimate.
    fn take(&mut self, j: usize) {
        let share = self.looked_at[j] / self.instance.column_norms[j];
        let mut column = vec![S::zero(); self.instance.rows()];
        self.operator.column(j, &mut column);
        axpy(-share, &column, &mut self.residual);
        self.estimate[j] += share;
        let place = self.support.partition_point(|&i| i < j);
        self.is_new = self.support.get(place) != Some(&j);
        if self.is_new {
            self.support.insert(place, j);
        }
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }
}

impl<S: Scalar> Run for Matching<S> {
    fn step(&mut self) -> Status {
        self.looked_at.clone_from(&self.ahead);
        self.picked = argmax_abs(&self.looked_at, |_| true);
        let Some(j) = self.picked else {
            return Status::Converged("no column correlates with the residual".into());
        };
        self.take(j);
        self.look();
        if self.relative_residual() <= self.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names =
            ("looks-at", "What MP looks at", "$|\\langle a_j, r\\rangle|$ before this step; the tallest is taken");
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual() }],
            panels: vec![Panel::vector(names, Kind::Bars, &self.looked_at).with_marks(chosen)],
            events: self.picked.filter(|_| self.is_new).map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "mp",
    n: None,
    lab: "recovery",
    title: "Matching pursuit",
    paper: Paper {
        authors: "Mallat and Zhang",
        title: "Matching pursuits with time-frequency dictionaries",
        year: 1993,
        link: "https://doi.org/10.1109/78.258082",
    },
    idea: "Find the column that best matches what is left of the measurements. Take away what it explains, and write that down as its entry. Repeat.",
    formula: r"x_j \leftarrow x_j + \frac{\langle a_j, r\rangle}{|a_j|^2}, \quad r \leftarrow r - \frac{\langle a_j, r\rangle}{|a_j|^2}\, a_j",
    consequence: "Earlier entries are not fitted again, so each new one disturbs them, and their columns come up again.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *What MP looks at* a column that was taken goes to zero, and grows again as others are taken.",
        },
        Watch {
            panel: "support",
            text: "*Support* starts few new lines after the first steps: most steps mend old entries.",
        },
        Watch {
            panel: "convergence",
            text: "The straight slope of *Convergence*: every step takes away a share of what is left.",
        },
    ],
    try_this: &[
        Try {
            link: "Set OMP beside it.",
            question: "How many steps does refitting save?",
            patch: r#"{"methods":[{"id":"mp"},{"id":"omp"}]}"#,
        },
        Try {
            link: "Take 25 spikes.",
            question: "Once a false column is in, what takes it out again?",
            patch: r#"{"problem":{"signal":{"sparsity":25}}}"#,
        },
        Try {
            link: "Measure with correlated columns.",
            question: "Which columns share one spike?",
            patch: r#"{"problem":{"matrix":{"id":"correlated"}}}"#,
        },
    ],
    breaks: "It needs many steps where columns are correlated, and false columns stay: the residual goes to zero all the same, so it does not tell.",
    spec: r#"{"v":1,"seed":2,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"mp"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 8 Gaussian spikes, m = 80, n = 256 and no noise, 400 steps of MP leave a relative error of at most 1e-6 in at least 90 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"mp"}]}"#,
            trials: 400,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.9),
        measured: 0.9875,
    }],
};
