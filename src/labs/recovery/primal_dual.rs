//! The primal-dual method of Chambolle and Pock, for any loss and any penalty.
//!
//! ```text
//! x = x_bar = 0,  theta = 0,  tau sigma |A|^2 = 1
//! repeat
//!     theta = theta + sigma (y - A x_bar) - sigma prox_{l / sigma}(theta / sigma + y - A x_bar)
//!     x_new = prox_{tau lambda p}(x + tau A^* theta)
//!     x_bar = 2 x_new - x,  x = x_new
//!     at steps 8, 16, 32, ...: tau / sigma = |x|^2 / |theta|^2
//! until duality gap <= tolerance, and constraints hold within tolerance |y|
//! ```
//!
//! Solves `min l(y - A x) + lambda p(x)`: basis pursuit with the loss `exact`, basis pursuit denoising with `within`, the
//! LASSO with least squares, total variation with its penalty, and all other pairs of a loss and a convex penalty. `A` is
//! m x n, real or complex where the penalty takes both, and nothing is factorised. A step costs one product with each of `A` and
//! `A^*`; the dual variable is the certificate.
//!
//! Chambolle and Pock, "A first-order primal-dual algorithm for convex problems with applications to imaging" (2011),
//! algorithm 1; Applegate et al., "Practical large-scale linear programming using primal-dual hybrid gradient" (2021),
//! section 3.3, for the ratio of the steps.

use super::LinearMethod;
use super::composite::{Composite, Wanted, length_of};
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace, Try,
    Watch,
};
use crate::kernels::{Scalar, axpy, distance, norm};
use crate::losses::Fit;
use crate::operators::{LinearOperator, squared_norm};
use crate::penalties::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// The first and last step after which the ratio of the steps is set anew; in between whenever their number has doubled.
const FIRST_LOOK: usize = 8;
const LAST_LOOK: usize = 1 << 12;

/// Parameters of the primal-dual method.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PrimalDual {
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
    /// Set the ratio of the two steps by the sizes of x and the dual variable.
    pub balance: bool,
    /// Stop when the duality gap falls below this fraction of the objective, or a step moves x by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for PrimalDual {
    fn default() -> Self {
        Self {
            fit: Fit::Exact,
            penalty: Penalty::default(),
            nonnegative: false,
            lambda: None,
            lambda_ratio: DEFAULT_RATIO,
            balance: true,
            tolerance: 1e-8,
            max_steps: 20_000,
        }
    }
}

impl LinearMethod for PrimalDual {
    const CARD: MethodCard = MethodCard {
        id: "primal-dual",
        lab: "recovery",
        problem: "linear",
        title: "The primal-dual method of Chambolle and Pock",
        short: "primal-dual",
        sentence: "with {fit} and {penalty}",
        line: "Walks to the saddle point of x and its certificate, a step for each in turn",
        cost: "one product with each of A and A^*",
        when: "neither fit nor penalty is smooth, and the matrix is fast or large",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let wanted = Wanted {
            fit: self.fit,
            penalty: &self.penalty,
            nonnegative: self.nonnegative,
            lambda: self.lambda,
            ratio: self.lambda_ratio,
            default_ratio: DEFAULT_RATIO,
        };
        let squared = squared_norm(&*instance.operator);
        let at = Place::zero(Composite::new(instance, wanted, 1.0)?, self.tolerance);
        let tau = 0.1 * length_of(instance) / at.problem.penalty.lambda();
        Ok(Box::new(Saddle {
            settings: self.clone(),
            squared: if squared > 0.0 { squared } else { 1.0 },
            tau,
            steps: 0,
            residual_ahead: at.residual.clone(),
            theta: vec![S::zero(); instance.rows()],
            move_by: 1.0,
            dual_move_by: 1.0,
            at,
        }))
    }
}

/// A run of the primal-dual method.
struct Saddle<S: Scalar> {
    settings: PrimalDual,
    /// `|A|^2`.
    squared: f64,
    tau: f64,
    steps: usize,
    at: Place<S>,
    /// `y - A x_bar`.
    residual_ahead: Vec<S>,
    theta: Vec<S>,
    /// How far the last step moved x, relative to it.
    move_by: f64,
    /// The same for theta: x rests at zero for as long as theta is too short to pull it away.
    dual_move_by: f64,
}

impl<S: Scalar> Run for Saddle<S> {
    fn step(&mut self) -> Status {
        self.steps += 1;
        let sigma = 1.0 / (self.tau * self.squared);
        let before = self.theta.clone();
        axpy(S::from_real(sigma), &self.residual_ahead, &mut self.theta);
        let mut fitted: Vec<S> = self.theta.iter().map(|&theta| theta / sigma).collect();
        self.at.problem.fit.prox(&mut fitted, 1.0 / sigma);
        axpy(S::from_real(-sigma), &fitted, &mut self.theta);

        let mut c = vec![S::zero(); self.at.estimate.len()];
        self.at.operator.adjoint(&self.theta, &mut c);
        let mut x = self.at.estimate.clone();
        axpy(S::from_real(self.tau), &c, &mut x);
        self.at.problem.penalty.prox(&mut x, self.tau);
        let residual = self.at.residual_of(&x);
        let twice = |(&now, &before): (&S, &S)| now * 2.0 - before;
        self.residual_ahead = residual.iter().zip(&self.at.residual).map(twice).collect();
        let (size, dual_size) = (norm(&x), norm(&self.theta));
        let share = |moved: f64, size: f64| if moved == 0.0 { 0.0 } else { moved / size.max(moved) };
        self.move_by = share(distance(&x, &self.at.estimate), size);
        self.dual_move_by = share(distance(&self.theta, &before), dual_size);
        self.at.go_to(x, residual);
        let look = self.steps >= FIRST_LOOK && self.steps <= LAST_LOOK && self.steps.is_power_of_two();
        if self.settings.balance && look && size > 0.0 && dual_size > 0.0 {
            self.tau = size / (dual_size * self.squared.sqrt());
        }
        match self.at.certify(&self.theta, &c) {
            Status::Running if self.at.certificate.gap.is_none() && self.settled() => {
                Status::Converged(format!("a step moves x by {:.0e} of itself", self.move_by))
            }
            status => status,
        }
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe(&[Trace { name: "move", value: self.move_by }, Trace { name: "tau", value: self.tau }])
    }
}

impl<S: Scalar> Saddle<S> {
    /// Whether x and theta stand still within their constraints, for penalties that give no gap.
    fn settled(&self) -> bool {
        let most = self.settings.tolerance;
        self.move_by <= most && self.dual_move_by <= most && self.at.violation() <= most
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "primal-dual",
    n: None,
    lab: "recovery",
    title: "The primal-dual method of Chambolle and Pock",
    paper: Paper {
        authors: "Chambolle and Pock",
        title: "A first-order primal-dual algorithm for convex problems with applications to imaging",
        year: 2011,
        link: "https://doi.org/10.1007/s10851-010-0251-1",
    },
    idea: "The best x and the certificate that proves it are a saddle point. Step the certificate uphill, x downhill, and let the certificate look a little ahead of where x has got to.",
    formula: r"\theta \leftarrow \theta + \sigma (y - A \bar x), \quad x^+ \leftarrow \operatorname{prox}_{\tau p}(x + \tau A^* \theta), \quad \bar x \leftarrow 2 x^+ - x",
    consequence: "Only products with the matrix and its transpose are needed: nothing is inverted, and any matrix that can be applied will do.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "*The pull on every entry* swings about before its active lines come to rest at 1. That swing is the rotation round the saddle.",
        },
        Watch {
            panel: "convergence",
            text: "Curves in *Convergence* have bumps: neither the gap nor the residual falls in every step.",
        },
        Watch { panel: "support", text: "In *Support* entries come and go together with the swings." },
    ],
    try_this: &[
        Try {
            link: "Recover a signal of few jumps by its variation.",
            question: "How many of 80 jumps does it place?",
            patch: r#"{"problem":{"matrix":{"id":"subsampling"},"signal":{"id":"recording","sparsity":null,"amplitude":null},"rows":112,"cols":448},"methods":[{"id":"primal-dual","fit":{"id":"least-squares"},"penalty":{"id":"total-variation"},"lambda_ratio":0.001}]}"#,
        },
        Try {
            link: "Leave the steps as they start.",
            question: "Which of the two waits for the other?",
            patch: r#"{"methods":[{"id":"primal-dual","balance":false},{"id":"primal-dual"}]}"#,
        },
        Try {
            link: "Take 25 spikes, at the edge of what can be recovered.",
            question: "How much longer does the proof take?",
            patch: r#"{"problem":{"signal":{"sparsity":25}}}"#,
        },
    ],
    breaks: "It turns round the saddle before it comes in. The worse the matrix is conditioned, and the nearer the problem is to having two solutions, the more turns it takes.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"uniform"}},"methods":[{"id":"primal-dual"},{"id":"basis-pursuit"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 16 spikes of height one, m = 80, n = 256 and no noise, the primal-dual method finds the solution of basis pursuit to 1e-6 in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"signs"}},"methods":[{"id":"primal-dual"}]}"#,
            trials: 60,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
