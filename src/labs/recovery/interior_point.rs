//! A primal-dual interior-point method: Mehrotra's predictor and corrector.
//!
//! ```text
//! x = u - v with u, v >= 0;  s_u = lambda - A^T theta,  s_v = lambda + A^T theta;  delta = 1 with a loss, else 0
//! repeat
//!     D = u / s_u + v / s_v
//!     factorise  A D A^T + delta I
//!     predict:   Newton's step towards  u s_u = v s_v = 0,  A x + delta theta = y
//!     sigma    = (mean of u s_u, v s_v after it / now)^3
//!     correct:   Newton's step towards  sigma times the mean, less the predicted products
//!     go 0.995 of the way to the boundary
//! until duality gap <= tolerance
//! ```
//!
//! Solves basis pursuit, `min |x|_1` subject to `A x = y`, or the LASSO, `min 1/2 |y - A x|^2 + lambda |x|_1`, in some twenty steps
//! whatever the problem. `A` is m x n and real. A step costs O(m^2 n) for the matrix and O(m^3) for its factorisation.
//! `theta` is strictly feasible throughout, so that every step has a true gap. An entry of the estimate is zero where its slack
//! exceeds it, each in its own unit.
//!
//! Mehrotra, "On the implementation of a primal-dual interior point method" (1992); Chen, Donoho and Saunders, "Atomic
//! decomposition by basis pursuit" (1998), section 4.

use super::LinearMethod;
use super::composite::{Composite, Wanted, length_of};
use super::covariance::covariance;
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace, Try,
    Watch,
};
use crate::kernels::{Scalar, norm};
use crate::linalg::Cholesky;
use crate::losses::Fit;
use crate::operators::sensing::MAX_STORED;
use crate::operators::{Dense, LinearOperator};
use crate::penalties::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// The share of the way to the boundary that a step goes.
const SHARE: f64 = 0.995;

/// What is added to the diagonal where rounding leaves the matrix indefinite, relative to its mean; ten times more at every try.
const FIRST_RIDGE: f64 = 1e-15;
const TRIES: usize = 8;

/// What is minimized.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Goal {
    /// The l1 norm under an exact fit.
    #[default]
    BasisPursuit,
    /// Half the squared residual and the l1 norm.
    Lasso,
}

/// Parameters of the interior-point method.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct InteriorPoint {
    /// What is minimized.
    pub goal: Goal,
    /// Weight of the l1 norm in the LASSO; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the l1 norm in the LASSO as a fraction of the least one that makes the solution zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when the duality gap falls below this fraction of |x|₁, or of |y|²/2 for the LASSO.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1000))]
    pub max_steps: usize,
}

impl Default for InteriorPoint {
    fn default() -> Self {
        Self { goal: Goal::default(), lambda: None, lambda_ratio: DEFAULT_RATIO, tolerance: 1e-9, max_steps: 100 }
    }
}

impl LinearMethod for InteriorPoint {
    const CARD: MethodCard = MethodCard {
        id: "interior-point",
        lab: "recovery",
        problem: "linear",
        title: "Interior point",
        short: "interior point",
        sentence: "for {goal}",
        line: "Keeps away from all bounds and slides along the middle, in some twenty steps",
        cost: "one Cholesky factorisation, O(m^2 n)",
        when: "a certified answer of full accuracy is wanted, and m is a few hundred at most",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real("The interior-point method")?;
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.saturating_mul(rows.max(cols)) > MAX_STORED {
            let message =
                format!("this method stores a matrix of {rows} x {cols}, and that is too large; FISTA needs none");
            return Err(Complaint::new("id", message));
        }
        let wanted = Wanted {
            fit: if self.goal == Goal::Lasso { Fit::LeastSquares } else { Fit::Exact },
            penalty: &Penalty::L1,
            nonnegative: false,
            lambda: self.lambda,
            ratio: self.lambda_ratio,
            default_ratio: DEFAULT_RATIO,
        };
        let at = Place::zero(Composite::new(&instance, wanted, 1.0)?, self.tolerance);
        Ok(Box::new(Interior::new(self.goal == Goal::Lasso, at)))
    }
}

/// One of the two halves of x, and its slack: all entries above zero.
struct Half {
    /// 1 for `u`, -1 for `v`.
    sign: f64,
    value: Vec<f64>,
    slack: Vec<f64>,
}

/// A direction for a half.
struct Move {
    value: Vec<f64>,
    slack: Vec<f64>,
}

impl Half {
    /// The largest step, at most 1, that keeps value and slack above zero.
    fn room(&self, direction: &Move) -> (f64, f64) {
        let room = |now: &[f64], step: &[f64]| {
            let ratios = now.iter().zip(step).filter(|(_, step)| **step < 0.0).map(|(now, step)| -now / step);
            ratios.fold(1.0 / SHARE, f64::min)
        };
        (room(&self.value, &direction.value), room(&self.slack, &direction.slack))
    }

    fn products(&self) -> f64 {
        self.value.iter().zip(&self.slack).fold(0.0, |sum, (value, slack)| sum + value * slack)
    }

    fn products_after(&self, direction: &Move, (primal, dual): (f64, f64)) -> f64 {
        let value = self.value.iter().zip(&direction.value).map(|(now, step)| now + primal * step);
        let slack = self.slack.iter().zip(&direction.slack).map(|(now, step)| now + dual * step);
        value.zip(slack).fold(0.0, |sum, (value, slack)| sum + value * slack)
    }

    fn go(&mut self, direction: &Move, (primal, dual): (f64, f64)) {
        self.value.iter_mut().zip(&direction.value).for_each(|(now, step)| *now += primal * step);
        self.slack.iter_mut().zip(&direction.slack).for_each(|(now, step)| *now += dual * step);
    }
}

/// A run of the interior-point method.
struct Interior {
    /// Whether there is a loss.
    loss: bool,
    at: Place<f64>,
    columns: Dense<f64>,
    halves: [Half; 2],
    theta: Vec<f64>,
    /// The mean of all products of values and slacks.
    mean: f64,
}

impl Interior {
    fn new(loss: bool, at: Place<f64>) -> Self {
        let instance = &at.problem.instance;
        let (length, lambda, n) = (length_of(instance), at.problem.penalty.lambda(), instance.cols());
        let half = |sign| Half { sign, value: vec![length; n], slack: vec![lambda; n] };
        Self {
            loss,
            columns: Dense::of(&at.operator),
            halves: [half(1.0), half(-1.0)],
            theta: vec![0.0; instance.rows()],
            mean: length * lambda,
            at,
        }
    }

    /// Factorises `A D A^T + delta I`, with a ridge where rounding asks for one.
    fn factorise(&self) -> Option<Cholesky<f64>> {
        let [up, down] = &self.halves;
        let weight = |j: usize| up.value[j] / up.slack[j] + down.value[j] / down.slack[j];
        let columns: Vec<(&[f64], f64)> =
            (0..up.value.len()).map(|j| (self.columns.column_slice(j), weight(j))).collect();
        let rows = self.theta.len();
        let mean = columns.iter().map(|(column, weight)| weight * f64::norm_squared(column)).sum::<f64>() / rows as f64;
        let delta = if self.loss { 1.0 } else { 0.0 };
        let ridges = std::iter::once(0.0).chain((0..TRIES).map(|i| FIRST_RIDGE * mean * libm::exp10(i as f64)));
        ridges.into_iter().find_map(|ridge| covariance(rows, &columns, delta + ridge).ok())
    }

    /// `y - A (u - v) - delta theta`.
    fn unmet(&self) -> Vec<f64> {
        let [up, down] = &self.halves;
        let x: Vec<f64> = up.value.iter().zip(&down.value).map(|(u, v)| u - v).collect();
        let mut unmet = self.at.residual_of(&x);
        if self.loss {
            unmet.iter_mut().zip(&self.theta).for_each(|(unmet, theta)| *unmet -= theta);
        }
        unmet
    }

    /// Newton's step: the products are to change by `targets`, one list a half. Slacks follow theta exactly.
    fn newton(&self, factor: &Cholesky<f64>, unmet: &[f64], targets: &[Vec<f64>; 2]) -> (Vec<f64>, [Move; 2]) {
        let n = self.halves[0].value.len();
        let mut pull = vec![0.0; n];
        for (half, target) in self.halves.iter().zip(targets) {
            for (pull, (target, slack)) in pull.iter_mut().zip(target.iter().zip(&half.slack)) {
                *pull += half.sign * target / slack;
            }
        }
        let mut image = vec![0.0; unmet.len()];
        self.at.operator.apply(&pull, &mut image);
        let mut theta: Vec<f64> = unmet.iter().zip(&image).map(|(unmet, image)| unmet - image).collect();
        factor.solve(&mut theta);
        let mut along = vec![0.0; n];
        self.at.operator.adjoint(&theta, &mut along);
        let moves = [0, 1].map(|i| {
            let (half, target) = (&self.halves[i], &targets[i]);
            let slack: Vec<f64> = along.iter().map(|a| -half.sign * a).collect();
            let value = (0..n).map(|j| (target[j] - half.value[j] * slack[j]) / half.slack[j]).collect();
            Move { value, slack }
        });
        (theta, moves)
    }

    /// How far to go in values and in slacks. With a loss the two are one system, and go together.
    fn lengths(&self, moves: &[Move; 2]) -> (f64, f64) {
        let (a, b) = (self.halves[0].room(&moves[0]), self.halves[1].room(&moves[1]));
        let (primal, dual) = ((SHARE * a.0.min(b.0)).min(1.0), (SHARE * a.1.min(b.1)).min(1.0));
        if self.loss { (primal.min(dual), primal.min(dual)) } else { (primal, dual) }
    }

    /// `u - v`, zero where the slack says so: in units of a length and of lambda, the larger of a value and its slack stands.
    fn estimate(&self) -> Vec<f64> {
        let [up, down] = &self.halves;
        let unit = length_of(&self.at.problem.instance) / self.at.problem.penalty.lambda();
        let stands = |half: &Half, j: usize| half.value[j] > half.slack[j] * unit;
        let entry = |j: usize| if stands(up, j) || stands(down, j) { up.value[j] - down.value[j] } else { 0.0 };
        (0..up.value.len()).map(entry).collect()
    }
}

impl Run for Interior {
    fn step(&mut self) -> Status {
        let count = 2.0 * self.halves[0].value.len() as f64;
        let Some(factor) = self.factorise() else {
            return Status::Failed(
                "the matrix of a step cannot be factorised; basis-pursuit follows a path instead".into(),
            );
        };
        let unmet = self.unmet();
        let products = |half: &Half| -> Vec<f64> { half.value.iter().zip(&half.slack).map(|(v, s)| v * s).collect() };
        let now = [products(&self.halves[0]), products(&self.halves[1])];
        let (_, predicted) = self.newton(&factor, &unmet, &now.each_ref().map(|now| now.iter().map(|p| -p).collect()));
        let lengths = self.lengths(&predicted);
        let after = |i: usize| self.halves[i].products_after(&predicted[i], lengths);
        let mean = (self.halves[0].products() + self.halves[1].products()) / count;
        let ratio = ((after(0) + after(1)) / count / mean).max(0.0);
        let goal = ratio * ratio * ratio * mean;
        let targets = [0, 1].map(|i: usize| {
            let second = predicted[i].value.iter().zip(&predicted[i].slack).map(|(v, s)| v * s);
            now[i].iter().zip(second).map(|(now, second)| goal - now - second).collect::<Vec<f64>>()
        });
        let (theta, moves) = self.newton(&factor, &unmet, &targets);
        let lengths = self.lengths(&moves);
        for (half, step) in self.halves.iter_mut().zip(&moves) {
            half.go(step, lengths);
        }
        self.theta.iter_mut().zip(&theta).for_each(|(now, step)| *now += lengths.1 * step);
        self.mean = (self.halves[0].products() + self.halves[1].products()) / count;

        let x = self.estimate();
        let residual = self.at.residual_of(&x);
        self.at.go_to(x, residual);
        let mut c = vec![0.0; self.at.estimate.len()];
        self.at.operator.adjoint(&self.theta, &mut c);
        self.at.certify(&self.theta, &c)
    }

    fn observe(&self) -> Observation<'_> {
        let size = norm(&self.at.problem.instance.measurements);
        let violation = if size > 0.0 { self.at.violation() } else { 0.0 };
        self.at.observe(&[
            Trace { name: "complementarity", value: self.mean },
            Trace { name: "primal_residual", value: violation },
        ])
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "interior-point",
    n: None,
    lab: "recovery",
    title: "Interior point",
    paper: Paper {
        authors: "Mehrotra",
        title: "On the implementation of a primal-dual interior point method",
        year: 1992,
        link: "https://doi.org/10.1137/0802028",
    },
    idea: "Write basis pursuit as a linear program and keep every variable away from its bound. A step aims straight at the solution, sees how far it would get, and then aims again, at a point that far along the middle of what is allowed.",
    formula: r"(A D A^\top)\, \Delta\theta = b, \qquad D = \tfrac{u}{s_u} + \tfrac{v}{s_v}",
    consequence: "Some twenty steps are enough, nearly whatever the size, and each multiplies the gap by a small factor.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "The gap in *Convergence* falls ever faster: the last steps are worth several digits each.",
        },
        Watch {
            panel: "support",
            text: "*Support* begins with all entries and clears at once, when slacks overtake the values that go to zero.",
        },
        Watch {
            panel: "looks-at",
            text: "*The pull on every entry* stays within 1 from the first step on: the certificate is never broken.",
        },
    ],
    try_this: &[
        Try {
            link: "Take 40 spikes, far more than can be recovered.",
            question: "Does it need more steps to find out?",
            patch: r#"{"problem":{"signal":{"sparsity":40}}}"#,
        },
        Try {
            link: "Race it against the path.",
            question: "Whose steps are fewer, and whose are cheaper?",
            patch: r#"{"methods":[{"id":"interior-point"},{"id":"basis-pursuit"}]}"#,
        },
        Try {
            link: "Solve the LASSO instead.",
            question: "What changes in the matrix of a step?",
            patch: r#"{"methods":[{"id":"interior-point","goal":"lasso"},{"id":"fista"}]}"#,
        },
    ],
    breaks: "A step factorises an m x m matrix that is nearly singular at the end, when only k columns count: digits are lost where k is much smaller than m. Fast transforms do not help it.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"uniform"}},"methods":[{"id":"interior-point"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 16 spikes of height one, m = 80, n = 256 and no noise, 12 steps find the solution of basis pursuit to 1e-6 in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"signs"}},"methods":[{"id":"interior-point","max_steps":12}]}"#,
            trials: 60,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
