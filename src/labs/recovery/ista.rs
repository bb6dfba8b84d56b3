//! Iterative soft thresholding.
//!
//! ```text
//! L = |A|^2,  x = 0
//! repeat
//!     x = soft(x + A^* (y - A x) / L, lambda / L)
//! until duality gap <= tolerance |y|^2 / 2
//! ```
//!
//! Solves the LASSO, `min 1/2 |y - A x|^2 + lambda |x|_1`, at the rate 1/t. `A` is m x n, real or complex; a step
//! costs one product with `A` and one with `A^*`, which certifies the iterate as well. Where `A` is real and stored,
//! [`super::certified_descent`] takes the same steps without the columns that cannot become active.
//!
//! Daubechies, Defrise and De Mol, "An iterative thresholding algorithm for linear inverse problems with a sparsity
//! constraint" (2004), equation 1.4 with their scaling by the norm of the operator.

use super::LinearMethod;
use super::certified_descent::{CertifiedDescent, real_and_stored};
use super::lasso::{Iterate, penalty_for};
use super::linear::LinearInstance;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Try, Watch,
};
use crate::kernels::Scalar;
use crate::penalties::l1::soft_threshold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// Parameters of iterative soft thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ista {
    /// Weight of the l1 norm; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the l1 norm as a fraction of the least one that makes the solution zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log", "x-path" = "lasso"))]
    pub lambda_ratio: f64,
    /// Stop when the duality gap falls below this fraction of |y|²/2.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Ista {
    fn default() -> Self {
        Self { lambda: None, lambda_ratio: DEFAULT_RATIO, tolerance: 1e-6, max_steps: 2000 }
    }
}

impl LinearMethod for Ista {
    const CARD: MethodCard = MethodCard {
        id: "ista",
        lab: "recovery",
        problem: "linear",
        title: "Iterative soft thresholding",
        short: "ISTA",
        sentence: "<lambda|with penalty {lambda}|at {lambda_ratio} of the largest penalty>",
        line: "Steps down the gradient, then shrinks every entry",
        cost: "one product with each of A and A^*",
        when: "as the plain form of proximal gradient steps, to compare with",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let lambda = penalty_for((self.lambda, self.lambda_ratio), DEFAULT_RATIO, instance)?;
        let squared_norm = instance.squared_norm();
        // Where A is zero any step will do, and x stays zero.
        let lipschitz = if squared_norm > 0.0 { squared_norm } else { 1.0 };
        Ok(match real_and_stored(instance) {
            Some(instance) => Box::new(CertifiedDescent::new(instance, (lambda, self.tolerance), lipschitz, None)),
            None => {
                let mut at = Iterate::zero(instance, lambda, self.tolerance);
                at.certify();
                Box::new(Thresholding { lipschitz, at })
            }
        })
    }
}

/// A run of ISTA.
struct Thresholding<S: Scalar> {
    lipschitz: f64,
    at: Iterate<S>,
}

impl<S: Scalar> Run for Thresholding<S> {
    fn step(&mut self) -> Status {
        let threshold = self.at.lambda / self.lipschitz;
        for (x, &correlation) in self.at.estimate.iter_mut().zip(&self.at.correlations) {
            *x = soft_threshold(*x + correlation / self.lipschitz, threshold);
        }
        self.at.measure();
        self.at.certify()
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe()
    }

    fn glance(&self) -> Observation<'_> {
        self.at.glance()
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "ista",
    n: None,
    lab: "recovery",
    title: "Iterative soft thresholding",
    paper: Paper {
        authors: "Daubechies, Defrise and De Mol",
        title: "An iterative thresholding algorithm for linear inverse problems with a sparsity constraint",
        year: 2004,
        link: "https://doi.org/10.1002/cpa.20042",
    },
    idea: "Take a small step that reduces the residual. Then shrink every entry towards zero by the same amount, and set to zero what is smaller than that. Repeat.",
    formula: r"x_{t+1} = \operatorname{soft}\big(x_t + \tfrac1L A^*(y - A x_t),\ \tfrac{\lambda}{L}\big)",
    consequence: "The objective falls with every step, and its excess falls at least as fast as 1/t.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Lines in *The dual certificate* sink until none is above 1. The solution lives where they touch it.",
        },
        Watch {
            panel: "support",
            text: "*Support* starts with far too many entries. Most of them take hundreds of steps to leave.",
        },
        Watch {
            panel: "convergence",
            text: "The duality gap in *Convergence* bounds what is still to gain. It creeps, then falls along a line once the support is settled.",
        },
    ],
    try_this: &[
        Try {
            link: "Take a ten times larger penalty.",
            question: "Is it faster, and what does the answer lose?",
            patch: r#"{"methods":[{"id":"ista","lambda_ratio":0.1},{"id":"fista","lambda_ratio":0.1}]}"#,
        },
        Try {
            link: "Take a ten times smaller one.",
            question: "Guess how many steps it takes.",
            patch: r#"{"methods":[{"id":"ista","lambda_ratio":0.001,"max_steps":10000},{"id":"fista","lambda_ratio":0.001}]}"#,
        },
        Try {
            link: "Put coordinate descent beside it.",
            question: "What does a sweep do that a step does not?",
            patch: r#"{"methods":[{"id":"ista","lambda_ratio":0.01},{"id":"lasso-cd","lambda_ratio":0.01}]}"#,
        },
    ],
    breaks: "Small penalties and correlated columns make it slow: the step must suit the direction in which A is largest, and is far too short for the others.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"ista","lambda_ratio":0.01},{"id":"fista","lambda_ratio":0.01}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With a penalty of a hundredth of the largest, k = 12, m = 80, n = 256 and no noise, 1000 steps come within 5 % of the signal in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"ista","lambda_ratio":0.01,"max_steps":1000}]}"#,
            trials: 200,
            measure: Measure::Share { metric: "relative_error", at_most: 0.05 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 0.975,
    }],
};
