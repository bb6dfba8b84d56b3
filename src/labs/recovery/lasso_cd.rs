//! Cyclic coordinate descent for the LASSO.
//!
//! ```text
//! x = 0,  r = y
//! repeat                                                 a sweep
//!     for j with x_j != 0 or |<a_j, r>| > lambda         (all j without active sets)
//!         new = soft(|a_j|^2 x_j + <a_j, r>, lambda) / |a_j|^2
//!         r   = r + a_j (x_j - new),  x_j = new
//!     certify x with A^* r, which also checks the columns that were passed over
//! until duality gap <= tolerance |y|^2 / 2
//! ```
//!
//! With working sets, a step is a round:
//!
//! ```text
//!     W = columns with x_j != 0, and as many more, those with the largest |<a_j, r>| / |a_j| of |<a_j, r>| > lambda
//!     4 sweeps over W
//!     Newton on S = { j : x_j != 0 }:  x_S = x_S + t (A_S^T A_S)^{-1} (A_S^T r - lambda sign x_S)
//!         t = 1, or where the first entry meets zero; that one is dropped, and Newton goes on
//! ```
//!
//! Solves the LASSO, `min 1/2 |y - A x|^2 + lambda |x|_1`. `A` is m x n, real or complex. A sweep costs O(m) for each
//! column that it visits, a round O(m |W| + m |S| k + |S|^2) for the k columns that S gains or loses; either ends with one
//! product with each of `A` and `A^*` for the certificate, the latter by a scan of the 16-bit copy where entries are real.
//! A column that is passed over has `x_j = 0` and satisfies the optimality conditions before the step; one that the step
//! upsets is visited in the next. Newton solves for the values on S exactly, as long as signs stay: rounds end when S is
//! right. Signs of complex entries are no constants, so that their rounds have sweeps only. Columns that are not stored are
//! copied once: O(m n) memory and n products.
//!
//! Friedman, Hastie, Hofling and Tibshirani, "Pathwise coordinate optimization" (2007); Friedman, Hastie and Tibshirani,
//! "Regularization paths for generalized linear models via coordinate descent" (2010), section 2.6 for active sets;
//! Massias, Gramfort and Salmon, "Celer: a fast solver for the lasso with dual extrapolation" (2018), for working sets.

use super::LinearMethod;
use super::lasso::{Iterate, penalty_for};
use super::linear::LinearInstance;
use super::support_newton::SupportNewton;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Try, Watch,
};
use crate::kernels::{Scalar, axpy, dot, largest_abs};
use crate::operators::Dense;
use crate::operators::sensing::MAX_STORED;
use crate::penalties::l1::soft_threshold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// Parameters of coordinate descent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LassoCd {
    /// Weight of the l1 norm; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the l1 norm as a fraction of the least one that makes the solution zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log", "x-path" = "lasso"))]
    pub lambda_ratio: f64,
    /// Visit only the columns that can move.
    pub active_set: bool,
    /// Take rounds as steps: some sweeps over the most promising columns, then Newton's method on the support.
    pub working_set: bool,
    /// Stop when the duality gap falls below this fraction of |y|²/2.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most sweeps, or rounds.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for LassoCd {
    fn default() -> Self {
        Self {
            lambda: None,
            lambda_ratio: DEFAULT_RATIO,
            active_set: true,
            working_set: false,
            tolerance: 1e-8,
            max_steps: 1000,
        }
    }
}

impl LinearMethod for LassoCd {
    const CARD: MethodCard = MethodCard {
        id: "lasso-cd",
        lab: "recovery",
        problem: "linear",
        title: "Coordinate descent for the LASSO",
        short: "coordinate descent",
        sentence: "<lambda|with penalty {lambda}|at {lambda_ratio} of the largest penalty>",
        line: "Solves for one entry at a time, in turn",
        cost: "O(m) for each column visited, and one product with A^*",
        when: "there is noise and the matrix is stored",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.saturating_mul(cols) > MAX_STORED {
            let message = format!(
                "coordinate descent visits single columns, and {rows} x {cols} are too many to store; FISTA needs none"
            );
            return Err(Complaint::new("id", message));
        }
        let lambda = penalty_for((self.lambda, self.lambda_ratio), DEFAULT_RATIO, instance)?;
        let mut at = Iterate::zero(instance, lambda, self.tolerance);
        let copied = instance.operator.as_dense().is_none().then(|| Dense::of(&*instance.operator));
        at.column_products += if copied.is_some() { cols as f64 } else { 0.0 };
        let newton = self.working_set.then(SupportNewton::default);
        let mut run = Sweeps { active_set: self.active_set, newton, copied, at };
        run.certify();
        Ok(Box::new(run))
    }
}

/// Columns that may join the support in the first round, as a share of the rows; later, as many as it has.
const FIRST: usize = 8;

/// Sweeps in a round.
const SWEEPS: usize = 4;

/// A run of coordinate descent.
struct Sweeps<S: Scalar> {
    active_set: bool,
    /// With working sets.
    newton: Option<SupportNewton<S>>,
    /// The columns, where the operator does not store them.
    copied: Option<Dense<S>>,
    at: Iterate<S>,
}

/// Minimizes over every entry in `visited`, in turn.
fn sweep<S: Scalar>(at: &mut Iterate<S>, columns: &Dense<S>, visited: &[usize]) {
    for &j in visited {
        let norm = at.instance.column_norms[j];
        let square = norm * norm;
        if square == 0.0 {
            continue;
        }
        let column = columns.column_slice(j);
        let old = at.estimate[j];
        let new = soft_threshold(old * square + dot(column, &at.residual), at.lambda) / square;
        if new != old {
            axpy(old - new, column, &mut at.residual);
            at.estimate[j] = new;
        }
    }
    // One product with a column and one with its transpose, each 1/n of a full one.
    at.column_products += 2.0 * visited.len() as f64 / at.estimate.len() as f64;
}

impl<S: Scalar> Sweeps<S> {
    /// The columns that can move, ascending.
    fn visited(&self) -> Vec<usize> {
        let at = &self.at;
        let can_move =
            |&j: &usize| !self.active_set || at.estimate[j] != S::zero() || at.correlations[j].abs() > at.lambda;
        (0..at.estimate.len()).filter(can_move).collect()
    }

    /// The support, and of the columns that can join it the most promising, ascending.
    fn working_set(&self) -> Vec<usize> {
        let (at, sizes) = (&self.at, &self.at.instance.column_norms);
        let held = |j: usize| at.estimate[j] != S::zero();
        let can_join = |j: usize| !held(j) && at.correlations[j].abs() > at.lambda;
        let gain = |j: usize| if can_join(j) { at.correlations[j].abs() / sizes[j] } else { 0.0 };
        let gains: Vec<f64> = (0..sizes.len()).map(gain).collect();
        let mut set: Vec<usize> = (0..sizes.len()).filter(|&j| held(j)).collect();
        let most = set.len().max(at.residual.len() / FIRST).max(1);
        set.extend(largest_abs(&gains, most));
        set.sort_unstable();
        set
    }

    fn certify(&mut self) -> Status {
        let instance = self.at.instance.clone();
        match instance.operator.as_dense() {
            Some(stored) => self.at.certify_screened(stored),
            None => self.at.certify(),
        }
    }
}

impl<S: Scalar> Run for Sweeps<S> {
    fn step(&mut self) -> Status {
        let visited = if self.newton.is_some() { self.working_set() } else { self.visited() };
        let instance = self.at.instance.clone();
        let stored = self.copied.as_ref().or(instance.operator.as_dense());
        let columns = stored.expect("columns that are not stored are copied");
        sweep(&mut self.at, columns, &visited);
        if let Some(newton) = &mut self.newton {
            (1..SWEEPS).for_each(|_| sweep(&mut self.at, columns, &visited));
            newton.go(&mut self.at, columns);
        }
        self.at.measure();
        self.certify()
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe()
    }

    fn glance(&self) -> Observation<'_> {
        self.at.glance()
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "lasso-cd",
    n: None,
    lab: "recovery",
    title: "Coordinate descent for the LASSO",
    paper: Paper {
        authors: "Friedman, Hastie and Tibshirani",
        title: "Regularization paths for generalized linear models via coordinate descent",
        year: 2010,
        link: "https://doi.org/10.18637/jss.v033.i01",
    },
    idea: "Hold all entries but one, and solve for that one exactly: a soft threshold of its correlation with what is left. Go round, and visit only the entries that can move.",
    formula: r"x_j \leftarrow \operatorname{soft}\big(|a_j|^2 x_j + \langle a_j, r\rangle,\ \lambda\big) / |a_j|^2",
    consequence: "Every visit lowers the objective as far as that entry can, and no step length has to be known.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Only lines that reach 1 in *The dual certificate* are visited in the next sweep.",
        },
        Watch {
            panel: "support",
            text: "*Support* is far too large after the first sweep and shrinks with each. Once it is right, sweeps only refine values.",
        },
        Watch {
            panel: "convergence",
            text: "The gap in *Convergence* needs a third of FISTA's steps, and late sweeps visit only 14 columns of 256.",
        },
    ],
    try_this: &[
        Try {
            link: "Visit every column in every sweep.",
            question: "What changes but the cost?",
            patch: r#"{"methods":[{"id":"lasso-cd","lambda_ratio":0.03},{"id":"lasso-cd","lambda_ratio":0.03,"active_set":false}]}"#,
        },
        Try {
            link: "Take ten times the penalty.",
            question: "Which true spikes go first?",
            patch: r#"{"methods":[{"id":"lasso-cd","lambda_ratio":0.3},{"id":"fista","lambda_ratio":0.3}]}"#,
        },
        Try {
            link: "Take 40 spikes.",
            question: "How many sweeps does it need now?",
            patch: r#"{"problem":{"signal":{"sparsity":40}}}"#,
        },
    ],
    breaks: "Each entry waits for its neighbours. Where active columns correlate, or a small penalty lets in nearly as many as there are measurements, sweeps go round in small steps.",
    spec: r#"{"v":1,"seed":2,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"lasso-cd","lambda_ratio":0.03},{"id":"fista","lambda_ratio":0.03}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With a penalty of a hundredth of the largest, k = 12, m = 80, n = 256 and no noise, 100 sweeps come within 5 % of the signal in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"lasso-cd","lambda_ratio":0.01,"max_steps":100}]}"#,
            trials: 200,
            measure: Measure::Share { metric: "relative_error", at_most: 0.05 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 0.99,
    }],
};
