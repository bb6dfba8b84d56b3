//! The alternating direction method of multipliers, for any loss and any penalty.
//!
//! ```text
//! x = z = u = 0 in R^n,  w = d = v = 0 in R^m            w stands for s A x with s = 1 / |column|
//! repeat
//!     x = argmin |x - (z - u)|^2 + |s A x - (d - v)|^2   by one Cholesky factorisation of I + s^2 A A^*, w = s A x
//!     x^ = a x + (1 - a) z,  w^ = a w + (1 - a) d        over-relaxation
//!     z = prox_{lambda p / rho}(x^ + u),   d = prox_{l / rho}(w^ + v)
//!     u = u + x^ - z,   v = v + w^ - d
//!     double or halve rho where one residual is ten times the other
//! until  |(x - z, w - d)| <= tolerance max(|(x, w)|, |(z, d)|)  and  rho |(z, d) - before| <= tolerance rho |(u, v)|
//!    or  duality gap <= tolerance
//! ```
//!
//! Solves `min l(y - A x) + lambda p(x)`: the LASSO and the elastic net with least squares, basis pursuit with the loss
//! `exact`, basis pursuit denoising with `within`, and all other pairs of a loss and a convex penalty. `A` is m x n, real or
//! complex where the penalty takes both. The start costs O(m^2 (m + n)) and n products with columns, a step two products with
//! each of `A` and `A^*` and O(m^2); `z` is the estimate and `-rho s v` the dual point that certifies it.
//!
//! Boyd, Parikh, Chu, Peleato and Eckstein, "Distributed optimization and statistical learning via the alternating
//! direction method of multipliers" (2011), sections 3.3, 3.4 and 6; Parikh and Boyd, "Block splitting for distributed
//! optimization" (2014), for the graph form.

use super::LinearMethod;
use super::composite::{Composite, Wanted, length_of};
use super::covariance::covariance;
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace, Try,
    Watch,
};
use crate::kernels::{Scalar, axpy, distance, norm};
use crate::linalg::Cholesky;
use crate::losses::Fit;
use crate::operators::sensing::MAX_STORED;
use crate::operators::{Dense, LinearOperator};
use crate::penalties::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// How unequal residuals must be for rho to change, and by how much it then changes.
const UNEQUAL: f64 = 10.0;
const CHANGE: f64 = 2.0;

/// Steps between two looks at rho, and the last step with one: a fixed rho is what convergence needs in the end.
const LOOK: usize = 10;
const LAST_LOOK: usize = 2000;

/// Parameters of ADMM.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Admm {
    /// How well measurements are fitted.
    pub fit: Fit,
    /// The penalty; convex for a proof.
    pub penalty: Penalty,
    /// Entries that must not be negative.
    pub nonnegative: bool,
    /// Weight of the penalty beside a loss; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the penalty as a fraction of the least one that makes the solution zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Over-relaxation.
    #[schemars(range(min = 0.5, max = 1.95), extend("x-step" = 0.05))]
    pub relaxation: f64,
    /// The first rho, in multiples of one that suits the measurements' size.
    #[schemars(range(min = 1e-6, max = 1e6), extend("x-scale" = "log"))]
    pub rho: f64,
    /// Keep the two residuals alike by changing rho.
    pub balance: bool,
    /// Stop when both residuals, or the duality gap, fall below this fraction of their sizes.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Admm {
    fn default() -> Self {
        Self {
            fit: Fit::Exact,
            penalty: Penalty::default(),
            nonnegative: false,
            lambda: None,
            lambda_ratio: DEFAULT_RATIO,
            relaxation: 1.6,
            rho: 1.0,
            balance: true,
            tolerance: 1e-8,
            max_steps: 5000,
        }
    }
}

impl LinearMethod for Admm {
    const CARD: MethodCard = MethodCard {
        id: "admm",
        lab: "recovery",
        problem: "linear",
        title: "Alternating direction method of multipliers",
        short: "ADMM",
        sentence: "with {fit} and {penalty}",
        line: "Keeps two copies of x, one for each half of the problem, and makes them agree",
        cost: "one solve with a factor of A A^T, or least squares, and two products",
        when: "the penalty or the fit is not smooth, and a moderate accuracy will do",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.saturating_mul(rows.max(cols)) > MAX_STORED {
            let message =
                format!("ADMM factorises a matrix of {rows} x {rows}, and that is too large; primal-dual needs none");
            return Err(Complaint::new("id", message));
        }
        let wanted = Wanted {
            fit: self.fit,
            penalty: &self.penalty,
            nonnegative: self.nonnegative,
            lambda: self.lambda,
            ratio: self.lambda_ratio,
            default_ratio: DEFAULT_RATIO,
        };
        let problem = Composite::new(instance, wanted, 1.0)?;
        Ok(Box::new(Alternating::new(self.clone(), Place::zero(problem, self.tolerance))))
    }
}

/// A vector of n entries and one of m.
#[derive(Clone)]
struct Pair<S> {
    x: Vec<S>,
    image: Vec<S>,
}

impl<S: Scalar> Pair<S> {
    fn norm(&self) -> f64 {
        (S::norm_squared(&self.x) + S::norm_squared(&self.image)).sqrt()
    }

    fn distance(&self, other: &Self) -> f64 {
        let (x, image) = (distance(&self.x, &other.x), distance(&self.image, &other.image));
        (x * x + image * image).sqrt()
    }

    fn add(&mut self, factor: f64, other: &Self) {
        axpy(S::from_real(factor), &other.x, &mut self.x);
        axpy(S::from_real(factor), &other.image, &mut self.image);
    }

    fn scale(&mut self, factor: f64) {
        self.x.iter_mut().chain(&mut self.image).for_each(|entry| *entry = *entry * factor);
    }
}

/// A run of ADMM.
pub(super) struct Alternating<S: Scalar> {
    settings: Admm,
    pub(super) at: Place<S>,
    /// `s`, and `I + s^2 A A^*`.
    scale: f64,
    factor: Cholesky<S>,
    rho: f64,
    steps: usize,
    /// `(z, d)`: near `(x, w)`, and what the penalty and the loss make of it.
    copy: Pair<S>,
    /// `(u, v)`.
    multiplier: Pair<S>,
    /// How far the copies are from agreeing, and from standing still; relative.
    primal: f64,
    dual: f64,
}

impl<S: Scalar> Alternating<S> {
    pub(super) fn new(settings: Admm, at: Place<S>) -> Self {
        let instance = at.problem.instance.clone();
        let (rows, cols) = (instance.rows(), instance.cols());
        let size = norm(&instance.column_norms) / (cols as f64).sqrt();
        let scale = if size > 0.0 { 1.0 / size } else { 1.0 };
        let copied = Dense::of(&at.operator);
        let columns: Vec<(&[S], f64)> = (0..cols).map(|j| (copied.column_slice(j), scale * scale)).collect();
        let factor = covariance(rows, &columns, 1.0).expect("adding the identity makes it definite");
        let zero = Pair { x: vec![S::zero(); cols], image: vec![S::zero(); rows] };
        let rho = settings.rho * at.problem.penalty.lambda() / (0.1 * length_of(&instance));
        Self {
            settings,
            at,
            scale,
            factor,
            rho,
            steps: 0,
            copy: zero.clone(),
            multiplier: zero,
            primal: 1.0,
            dual: 1.0,
        }
    }

    /// The point of the graph `w = s A x` that is nearest to `near`.
    fn project(&self, near: Pair<S>) -> Pair<S> {
        let Pair { mut x, image } = near;
        let mut off = vec![S::zero(); image.len()];
        self.at.operator.apply(&x, &mut off);
        off.iter_mut().zip(&image).for_each(|(off, &near)| *off = near - *off * self.scale);
        self.factor.solve(&mut off);
        let mut back = vec![S::zero(); x.len()];
        self.at.operator.adjoint(&off, &mut back);
        axpy(S::from_real(self.scale), &back, &mut x);
        // s A x = near - (I + s^2 A A^*)^{-1} (near - s A x_near), without another product.
        Pair { image: image.iter().zip(&off).map(|(&near, &off)| near - off).collect(), x }
    }

    /// The operators of penalty and loss at `v`, with weight 1 / rho.
    fn prox(&self, v: &mut Pair<S>) {
        self.at.problem.penalty.prox(&mut v.x, 1.0 / self.rho);
        let y = &self.at.problem.instance.measurements;
        let mut residual: Vec<S> = y.iter().zip(&v.image).map(|(&y, &w)| y - w / self.scale).collect();
        self.at.problem.fit.prox(&mut residual, 1.0 / (self.rho * self.scale * self.scale));
        v.image.iter_mut().zip(y).zip(residual).for_each(|((w, &y), r)| *w = (y - r) * self.scale);
    }

    /// Moves rho towards alike residuals; the scaled multipliers go the other way.
    fn balance(&mut self) {
        let factor = if self.primal > UNEQUAL * self.dual {
            CHANGE
        } else if self.dual > UNEQUAL * self.primal {
            1.0 / CHANGE
        } else {
            return;
        };
        self.rho *= factor;
        self.multiplier.scale(1.0 / factor);
    }
}

/// `a / b`, and zero for nothing of nothing.
fn relative(a: f64, b: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a / b }
}

impl<S: Scalar> Run for Alternating<S> {
    fn step(&mut self) -> Status {
        self.steps += 1;
        let before = self.copy.clone();
        let mut near = before.clone();
        near.add(-1.0, &self.multiplier);
        let point = self.project(near);
        let mut relaxed = before.clone();
        relaxed.scale(1.0 - self.settings.relaxation);
        relaxed.add(self.settings.relaxation, &point);
        self.multiplier.add(1.0, &relaxed);
        let mut copy = self.multiplier.clone();
        self.prox(&mut copy);
        self.multiplier.add(-1.0, &copy);
        self.primal = relative(point.distance(&copy), point.norm().max(copy.norm()));
        self.dual = relative(copy.distance(&before), self.multiplier.norm());
        self.copy = copy;

        let residual = self.at.residual_of(&self.copy.x);
        self.at.go_to(self.copy.x.clone(), residual);
        let theta: Vec<S> = self.multiplier.image.iter().map(|&v| v * (-self.rho * self.scale)).collect();
        let mut c = vec![S::zero(); self.copy.x.len()];
        self.at.operator.adjoint(&theta, &mut c);
        let status = self.at.certify(&theta, &c);
        if status != Status::Running {
            return status;
        }
        if self.primal <= self.settings.tolerance && self.dual <= self.settings.tolerance {
            let gap =
                self.at.certificate.relative_gap().map_or(String::new(), |gap| format!(", duality gap {gap:.0e}"));
            return Status::Converged(format!("residuals {:.0e} and {:.0e}{gap}", self.primal, self.dual));
        }
        if self.settings.balance && self.steps.is_multiple_of(LOOK) && self.steps <= LAST_LOOK {
            self.balance();
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe(&[
            Trace { name: "primal_residual", value: self.primal },
            Trace { name: "dual_residual", value: self.dual },
            Trace { name: "rho", value: self.rho },
        ])
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "admm",
    n: None,
    lab: "recovery",
    title: "Alternating direction method of multipliers",
    paper: Paper {
        authors: "Boyd, Parikh, Chu, Peleato and Eckstein",
        title: "Distributed optimization and statistical learning via the alternating direction method of multipliers",
        year: 2011,
        link: "https://doi.org/10.1561/2200000016",
    },
    idea: "Give each half of the problem a copy of x of its own. One copy fits the measurements, the other is sparse; each moves to its half's best point near the other, and a multiplier remembers by how much they disagree.",
    formula: r"z \leftarrow \operatorname{prox}_{p/\rho}(x + u), \quad u \leftarrow u + x - z",
    consequence: "Loss and penalty never meet, so that any pair of them is solved by the same loop, and one factorisation serves all steps.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "The gap in *Convergence* falls along a straight line once *Support* stands still; before that it wanders.",
        },
        Watch {
            panel: "support",
            text: "*Support* is near its final size within some ten steps, and then waits for values.",
        },
        Watch {
            panel: "looks-at",
            text: "In *The pull on every entry* active lines come to rest at 1: the multiplier has become the dual certificate.",
        },
    ],
    try_this: &[
        Try {
            link: "Let one measurement in twenty be grossly wrong.",
            question: "Which of the two losses does not care?",
            patch: r#"{"problem":{"noise":{"id":"outliers"}},"methods":[{"id":"admm","fit":{"id":"absolute"},"lambda_ratio":0.3},{"id":"admm","fit":{"id":"least-squares"}}]}"#,
        },
        Try {
            link: "Leave out the over-relaxation.",
            question: "How many steps does it save?",
            patch: r#"{"methods":[{"id":"admm","relaxation":1},{"id":"admm"}]}"#,
        },
        Try {
            link: "Start with a rho a thousand times too large, and leave it.",
            question: "Which of the two copies does not move now?",
            patch: r#"{"methods":[{"id":"admm","rho":1000,"balance":false},{"id":"admm"}]}"#,
        },
    ],
    breaks: "A good answer comes soon and an exact one late: with a poor rho, or many entries that are nearly active, residuals creep. Near the transition it needs thousands of steps where basis pursuit by homotopy needs a hundred breakpoints.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"uniform"}},"methods":[{"id":"admm"},{"id":"primal-dual"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 16 spikes of height one, m = 80, n = 256 and no noise, ADMM finds the solution of basis pursuit to 1e-6 in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"signs"}},"methods":[{"id":"admm"}]}"#,
            trials: 60,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
