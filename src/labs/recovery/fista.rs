//! Fast iterative soft thresholding, with adaptive restart.
//!
//! ```text
//! L = |A|^2,  x = x_old = 0,  t = 1
//! repeat
//!     t_next = (1 + sqrt(1 + 4 t^2)) / 2
//!     z      = x + (t - 1) / t_next (x - x_old)
//!     x_new  = soft(z + A^* (y - A z) / L, lambda / L)
//!     t      = 1 if <z - x_new, x_new - x> > 0, else t_next        (restart)
//! until duality gap <= tolerance |y|^2 / 2
//! ```
//!
//! Solves the LASSO, `min 1/2 |y - A x|^2 + lambda |x|_1`, at the rate 1/t^2, and in the long run linearly where
//! restarts find the rate. `A` is m x n, real or complex. A step costs one product with `A` and one with `A^*`, as the
//! gradient at `z` follows from those at `x` and `x_old`. With backtracking, L starts at the largest squared column
//! norm and grows by half while `|A (x_new - z)|^2 > L |x_new - z|^2`, one product with `A` a trial. Without it, and where
//! `A` is real and stored, [`super::certified_descent`] takes the same steps without the columns that cannot become active.
//!
//! Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems" (2009), section 4;
//! O'Donoghue and Candes, "Adaptive restart for accelerated gradient schemes" (2015), the gradient scheme.

use super::LinearMethod;
use super::certified_descent::{CertifiedDescent, Momentum, real_and_stored};
use super::lasso::{Iterate, penalty_for};
use super::linear::LinearInstance;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Try,
    Watch,
};
use crate::kernels::{Scalar, distance, dot, norm_inf, subtract};
use crate::penalties::l1::soft_threshold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// By how much backtracking raises L.
const GROWTH: f64 = 1.5;

/// Differences of images below this fraction of y, squared, are rounding; backtracking must not act on them.
const ROUNDING: f64 = 1e-26;

/// Parameters of fast iterative soft thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fista {
    /// Weight of the l1 norm; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the l1 norm as a fraction of the least one that makes the solution zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log", "x-path" = "lasso"))]
    pub lambda_ratio: f64,
    /// Drop the momentum whenever it points uphill.
    pub restart: bool,
    /// Find the step length by trial instead of from the norm of A.
    pub backtracking: bool,
    /// Stop when the duality gap falls below this fraction of |y|²/2.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Fista {
    fn default() -> Self {
        Self {
            lambda: None,
            lambda_ratio: DEFAULT_RATIO,
            restart: true,
            backtracking: false,
            tolerance: 1e-8,
            max_steps: 5000,
        }
    }
}

impl LinearMethod for Fista {
    const CARD: MethodCard = MethodCard {
        id: "fista",
        lab: "recovery",
        problem: "linear",
        title: "Fast iterative soft thresholding",
        short: "FISTA",
        sentence: "<lambda|with penalty {lambda}|at {lambda_ratio} of the largest penalty>",
        line: "Soft thresholding with momentum, reset when it points uphill",
        cost: "one product with each of A and A^*",
        when: "there is noise and the matrix is fast or large, real or complex",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let lambda = penalty_for((self.lambda, self.lambda_ratio), DEFAULT_RATIO, instance)?;
        let largest_column = norm_inf(&instance.column_norms);
        let squared = if self.backtracking { largest_column * largest_column } else { instance.squared_norm() };
        // Where A is zero any step will do, and x stays zero.
        let lipschitz = if squared > 0.0 { squared } else { 1.0 };
        if let (Some(instance), false) = (real_and_stored(instance), self.backtracking) {
            let momentum = Momentum { restart: self.restart, t: 1.0 };
            let penalty = (lambda, self.tolerance);
            return Ok(Box::new(CertifiedDescent::new(instance, penalty, lipschitz, Some(momentum))));
        }
        let mut at = Iterate::zero(instance, lambda, self.tolerance);
        at.certify();
        Ok(Box::new(Accelerated {
            restart: self.restart,
            backtracking: self.backtracking,
            lipschitz,
            t: 1.0,
            estimate_before: at.estimate.clone(),
            residual_before: at.residual.clone(),
            correlations_before: at.correlations.clone(),
            at,
        }))
    }
}

/// A run of FISTA.
struct Accelerated<S: Scalar> {
    restart: bool,
    backtracking: bool,
    lipschitz: f64,
    t: f64,
    at: Iterate<S>,
    /// `x_old`, `y - A x_old` and `A^* (y - A x_old)`.
    estimate_before: Vec<S>,
    residual_before: Vec<S>,
    correlations_before: Vec<S>,
}

/// `now + beta (now - before)`; the new values go to `before`, as `now` is what comes before the next step.
fn extrapolate<S: Scalar>(now: &[S], before: &mut [S], beta: f64) -> Vec<S> {
    let ahead = |(&now, before): (&S, &mut S)| now + (now - std::mem::replace(before, now)) * beta;
    now.iter().zip(before).map(ahead).collect()
}

impl<S: Scalar> Accelerated<S> {
    /// Whether `L` majorizes along the last move, from `z` to `x_new`: `|A (x_new - z)|^2 <= L |x_new - z|^2`.
    fn majorizes(&self, ahead: &[S], residual_ahead: &[S]) -> bool {
        let image = distance(residual_ahead, &self.at.residual);
        let length = distance(ahead, &self.at.estimate);
        image * image <= self.lipschitz * length * length + ROUNDING * S::norm_squared(&self.at.instance.measurements)
    }

    /// `Re <z - x_new, x_new - x>`: positive where the momentum points uphill.
    fn uphill(&self, ahead: &[S]) -> bool {
        let (mut back, mut forth) = (vec![S::zero(); ahead.len()], vec![S::zero(); ahead.len()]);
        subtract(ahead, &self.at.estimate, &mut back);
        subtract(&self.at.estimate, &self.estimate_before, &mut forth);
        dot(&back, &forth).re() > 0.0
    }
}

impl<S: Scalar> Run for Accelerated<S> {
    fn step(&mut self) -> Status {
        let t_next = (1.0 + (1.0 + 4.0 * self.t * self.t).sqrt()) / 2.0;
        let beta = (self.t - 1.0) / t_next;
        let ahead = extrapolate(&self.at.estimate, &mut self.estimate_before, beta);
        let residual_ahead = extrapolate(&self.at.residual, &mut self.residual_before, beta);
        let correlations_ahead = extrapolate(&self.at.correlations, &mut self.correlations_before, beta);
        loop {
            let threshold = self.at.lambda / self.lipschitz;
            for ((x, &z), &correlation) in self.at.estimate.iter_mut().zip(&ahead).zip(&correlations_ahead) {
                *x = soft_threshold(z + correlation / self.lipschitz, threshold);
            }
            self.at.measure();
            if !self.backtracking || self.majorizes(&ahead, &residual_ahead) {
                break;
            }
            self.lipschitz *= GROWTH;
        }
        let status = self.at.certify();
        self.t = t_next;
        if self.restart && self.uphill(&ahead) {
            self.t = 1.0;
            self.at.events.push(Event::Restart);
        }
        status
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe()
    }

    fn glance(&self) -> Observation<'_> {
        self.at.glance()
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "fista",
    n: None,
    lab: "recovery",
    title: "Fast iterative soft thresholding",
    paper: Paper {
        authors: "Beck and Teboulle",
        title: "A fast iterative shrinkage-thresholding algorithm for linear inverse problems",
        year: 2009,
        link: "https://doi.org/10.1137/080716542",
    },
    idea: "Step and shrink as ISTA does, but start each step from a point further along the way that the last two iterates point. When that momentum points uphill, drop it and gather it anew.",
    formula: r"z_t = x_t + \tfrac{t_{t-1} - 1}{t_t}(x_t - x_{t-1}), \quad x_{t+1} = \operatorname{soft}\big(z_t + \tfrac1L A^*(y - A z_t),\ \tfrac{\lambda}{L}\big)",
    consequence: "The excess of the objective falls as fast as 1/t², which no method of this kind can better in general.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "The duality gap in *Convergence* falls much faster than ISTA's. Ticks on the timeline are restarts, and the gap dives after them.",
        },
        Watch {
            panel: "looks-at",
            text: "Lines in *The dual certificate* overshoot the level 1 and swing back: momentum at work.",
        },
        Watch {
            panel: "support",
            text: "Entries in *Support* come and go while it swings. From some step on nothing changes.",
        },
    ],
    try_this: &[
        Try {
            link: "Switch restarts off.",
            question: "What does the gap do now, and why in waves?",
            patch: r#"{"methods":[{"id":"fista","lambda_ratio":0.01},{"id":"fista","lambda_ratio":0.01,"restart":false}]}"#,
        },
        Try {
            link: "Find the step length by trial.",
            question: "It knows nothing of the norm of A. What does it pay for that?",
            patch: r#"{"methods":[{"id":"fista","lambda_ratio":0.01},{"id":"fista","lambda_ratio":0.01,"backtracking":true}]}"#,
        },
        Try {
            link: "Take a ten times smaller penalty.",
            question: "By how much does the error fall, and the speed?",
            patch: r#"{"methods":[{"id":"fista","lambda_ratio":0.001},{"id":"ista","lambda_ratio":0.001}]}"#,
        },
    ],
    breaks: "It is still a method of gradients: strongly correlated columns cost it a thousand steps, where a method that solves on the support needs thirty.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"fista","lambda_ratio":0.01},{"id":"ista","lambda_ratio":0.01}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With a penalty of a hundredth of the largest, k = 12, m = 80, n = 256 and no noise, 100 steps come within 5 % of the signal in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"fista","lambda_ratio":0.01,"max_steps":100}]}"#,
                trials: 200,
                measure: Measure::Share { metric: "relative_error", at_most: 0.05 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.99,
        },
        Claim {
            statement: "With a penalty of a thousandth of the largest, 500 steps come within 1 % in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"fista","lambda_ratio":0.001,"max_steps":500}]}"#,
                trials: 200,
                measure: Measure::Share { metric: "relative_error", at_most: 0.01 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 1.0,
        },
    ],
};
