//! The square-root LASSO, by alternating with the noise level.
//!
//! ```text
//! x = 0,  r = y
//! repeat
//!     s = |r|                                                the noise level, up to sqrt m
//!     a sweep of coordinate descent for the LASSO with lambda s:
//!         x_j = soft(|a_j|^2 x_j + <a_j, r>, lambda s) / |a_j|^2,  r in step
//! until duality gap <= tolerance |y|
//! ```
//!
//! Solves `min |y - A x| + lambda |x|_1`, the least over s of `|y - A x|^2 / (2 s) + s / 2 + lambda |x|_1`, which is jointly
//! convex: each half of a step is its exact minimum, a sweep one entry at a time. Lambda needs no knowledge of the noise. `A` is
//! m x n, real or complex. A step costs O(m n) for the sweep and one product with each of `A` and `A^*`. Columns that are
//! not stored are copied once. The dual is `max Re <y, theta>` subject to `|theta| <= 1`, `|A^* theta|_inf <= lambda`.
//!
//! Belloni, Chernozhukov and Wang, "Square-root lasso: pivotal recovery of sparse signals via conic programming" (2011); Sun
//! and Zhang, "Scaled sparse linear regression" (2012); Ndiaye, Fercoq, Gramfort, Leclere and Salmon, "Efficient smoothed
//! concomitant lasso estimation for high dimensional regression" (2017), algorithm 1.

use super::LinearMethod;
use super::composite::{Composite, Wanted};
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace, Try,
    Watch,
};
use crate::kernels::{Scalar, axpy, dot, norm};
use crate::losses::Fit;
use crate::operators::sensing::MAX_STORED;
use crate::operators::{Dense, LinearOperator};
use crate::penalties::Penalty;
use crate::penalties::l1::soft_threshold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.3;

/// The least noise level, relative to y: below it the smoothed problem stands for the problem itself.
const LEAST_LEVEL: f64 = 1e-10;

/// Parameters of the square-root LASSO.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SqrtLasso {
    /// Weight of the l1 norm; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the l1 norm as a fraction of the least one that makes the solution zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when the duality gap falls below this fraction of |y|.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SqrtLasso {
    fn default() -> Self {
        Self { lambda: None, lambda_ratio: DEFAULT_RATIO, tolerance: 1e-8, max_steps: 5000 }
    }
}

impl LinearMethod for SqrtLasso {
    const CARD: MethodCard = MethodCard {
        id: "sqrt-lasso",
        lab: "recovery",
        problem: "linear",
        title: "The square-root LASSO",
        short: "square-root LASSO",
        sentence: "<lambda|with penalty {lambda}|at {lambda_ratio} of the largest penalty>",
        line: "A LASSO whose penalty follows the noise by itself",
        cost: "O(m n) for a sweep and one product with each of A and A^*",
        when: "the size of the noise is not known",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.saturating_mul(cols) > MAX_STORED {
            let message = format!(
                "this method visits single columns, and {rows} x {cols} are too many to store; primal-dual with the \
                 square-root fit needs none"
            );
            return Err(Complaint::new("id", message));
        }
        let wanted = Wanted {
            fit: Fit::SquareRoot,
            penalty: &Penalty::L1,
            nonnegative: false,
            lambda: self.lambda,
            ratio: self.lambda_ratio,
            default_ratio: DEFAULT_RATIO,
        };
        let at = Place::zero(Composite::new(instance, wanted, 1.0)?, self.tolerance);
        let columns = Dense::of(&at.operator);
        Ok(Box::new(Scaled { level: norm(&instance.measurements), columns, at }))
    }
}

/// A run of the square-root LASSO.
struct Scaled<S: Scalar> {
    /// `s`.
    level: f64,
    columns: Dense<S>,
    at: Place<S>,
}

impl<S: Scalar> Scaled<S> {
    /// Minimizes over every entry in turn, at the noise level s.
    fn sweep(&self) -> Vec<S> {
        let (mut x, mut residual) = (self.at.estimate.clone(), self.at.residual.clone());
        let threshold = self.at.problem.penalty.lambda() * self.level;
        for (j, &norm) in self.at.problem.instance.column_norms.iter().enumerate() {
            let square = norm * norm;
            if square == 0.0 {
                continue;
            }
            let column = self.columns.column_slice(j);
            let new = soft_threshold(x[j] * square + dot(column, &residual), threshold) / square;
            if new != x[j] {
                axpy(x[j] - new, column, &mut residual);
                x[j] = new;
            }
        }
        x
    }
}

impl<S: Scalar> Run for Scaled<S> {
    fn step(&mut self) -> Status {
        let least = LEAST_LEVEL * norm(&self.at.problem.instance.measurements);
        self.level = norm(&self.at.residual).max(least);
        let x = self.sweep();
        let residual = self.at.residual_of(&x);
        self.at.go_to(x, residual);
        let mut c = vec![S::zero(); self.at.estimate.len()];
        self.at.operator.adjoint(&self.at.residual, &mut c);
        self.at.certify(&self.at.residual.clone(), &c)
    }

    fn observe(&self) -> Observation<'_> {
        let rows = self.at.residual.len() as f64;
        self.at.observe(&[Trace { name: "noise_level", value: self.level / rows.sqrt() }])
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "sqrt-lasso",
    n: None,
    lab: "recovery",
    title: "The square-root LASSO",
    paper: Paper {
        authors: "Belloni, Chernozhukov and Wang",
        title: "Square-root lasso: pivotal recovery of sparse signals via conic programming",
        year: 2011,
        link: "https://doi.org/10.1093/biomet/asr043",
    },
    idea: "The LASSO's penalty should be as large as the noise, which nobody knows. Take the length of the residual in place of its square: then the residual's own size stands in the penalty, and the right lambda depends on the matrix alone.",
    formula: r"\min_x |y - A x| + \lambda |x|_1 = \min_{x,\,s} \tfrac{1}{2 s} |y - A x|^2 + \tfrac{s}{2} + \lambda |x|_1",
    consequence: "Double the noise, and the same lambda is still the right one.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "The gap in *Convergence* falls as fast as a LASSO's: finding the noise level costs next to nothing.",
        },
        Watch {
            panel: "support",
            text: "*Support* is full after the first sweep, when all of y passes for noise, and clears as the level sinks.",
        },
        Watch {
            panel: "looks-at",
            text: "At the end active lines of *The pull on every entry* are level, and all others are below.",
        },
    ],
    try_this: &[
        Try {
            link: "Ten times the noise.",
            question: "Which of the two needs another lambda?",
            patch: r#"{"problem":{"noise":{"snr_db":10}}}"#,
        },
        Try {
            link: "Hardly any noise.",
            question: "Which of the two still shrinks?",
            patch: r#"{"problem":{"noise":{"snr_db":60}}}"#,
        },
        Try {
            link: "Gross errors.",
            question: "Is their length a good level?",
            patch: r#"{"problem":{"noise":{"id":"outliers","snr_db":null}}}"#,
        },
    ],
    breaks: "Where x can fit everything, the noise level sinks to nothing and the sweeps slow down with it: that is basis pursuit. One level serves all measurements; gross errors need the absolute loss.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":10,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"sqrt-lasso"},{"id":"fista"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With lambda = 0.2, k = 8 spikes of height one, m = 80, n = 256 and noise at 20 dB, the error is at most 14 % in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8,"amplitude":"signs"},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"sqrt-lasso","lambda":0.2}]}"#,
                trials: 60,
                measure: Measure::Share { metric: "relative_error", at_most: 0.14 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 1.0,
        },
        Claim {
            statement: "With lambda = 0.2, k = 8 spikes of height one, m = 80, n = 256 and noise at 40 dB, the error is at most 1.4 % in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8,"amplitude":"signs"},"noise":{"id":"gaussian","snr_db":40}},"methods":[{"id":"sqrt-lasso","lambda":0.2}]}"#,
                trials: 60,
                measure: Measure::Share { metric: "relative_error", at_most: 0.014 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 1.0,
        },
    ],
};
