//! Proximal gradient, for any penalty.
//!
//! ```text
//! L = |A|^2,  x = x_old = 0,  t = 1
//! repeat
//!     t_next = (1 + sqrt(1 + 4 t^2)) / 2
//!     z      = x + (t - 1) / t_next (x - x_old)
//!     x_new  = prox_{lambda p / L}(z + A^* (y - A z) / L)
//!     if F(x_new) > F(x) - d L / 2 |x_new - z|^2:   the same from z = x, with t = 1       (restart)
//! until duality gap <= tolerance |y|^2 / 2           where p is convex and has a dual
//!    or |x - prox_{lambda p / L}(x + A^* r / L)| <= tolerance |x|
//! ```
//!
//! Approaches a minimum of `F(x) = 1/2 |y - A x|^2 + lambda p(x)`, at the rate 1/t^2 where p is convex. Where it is not,
//! limits are stationary points: no proximal step leaves them, and better points may exist. No step increases F. `A` is
//! m x n, real or complex where the penalty takes both. A step costs one product with each of `A` and `A^*`, one more of each
//! at a restart, and the penalty's operator.
//!
//! Beck and Teboulle, "Fast gradient-based algorithms for constrained total variation image denoising and deblurring
//! problems" (2009), for the monotone scheme; Li and Lin, "Accelerated proximal gradient methods for nonconvex programming"
//! (2015), algorithm 2 with eta = 0, for the test that makes limits stationary.

use super::LinearMethod;
use super::composite::{Composite, Wanted};
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace,
    Try, Watch,
};
use crate::kernels::{Scalar, distance, norm};
use crate::losses::Fit;
use crate::operators::{LinearOperator, squared_norm};
use crate::penalties::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// The share of the least possible descent that a step with momentum must bring.
const DESCENT: f64 = 1e-4;

/// Differences of the objective below this fraction of it are rounding.
const ROUNDING: f64 = 1e-15;

/// Parameters of proximal gradient.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ProximalGradient {
    /// The penalty.
    pub penalty: Penalty,
    /// Entries that must not be negative.
    pub nonnegative: bool,
    /// Weight of the penalty; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the penalty as a fraction of the least one that keeps the first step at zero.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Extrapolate before each step.
    pub momentum: bool,
    /// Stop when the duality gap falls below this fraction of |y|²/2, or a step moves x by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for ProximalGradient {
    fn default() -> Self {
        Self {
            penalty: Penalty::default(),
            nonnegative: false,
            lambda: None,
            lambda_ratio: DEFAULT_RATIO,
            momentum: true,
            tolerance: 1e-8,
            max_steps: 5000,
        }
    }
}

impl LinearMethod for ProximalGradient {
    const CARD: MethodCard = MethodCard {
        id: "proximal-gradient",
        lab: "recovery",
        problem: "linear",
        title: "Proximal gradient",
        short: "proximal gradient",
        sentence: "with {penalty} at {lambda_ratio} of the largest weight",
        line: "Steps down the gradient, then asks the penalty: any penalty",
        cost: "one product with each of A and A^*",
        when: "the fit is least squares and the penalty has a proximal operator",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let squared = squared_norm(&*instance.operator);
        // Where A is zero any step will do, and x stays where the penalty puts it.
        let lipschitz = if squared > 0.0 { squared } else { 1.0 };
        let wanted = Wanted {
            fit: Fit::LeastSquares,
            penalty: &self.penalty,
            nonnegative: self.nonnegative,
            lambda: self.lambda,
            ratio: self.lambda_ratio,
            default_ratio: DEFAULT_RATIO,
        };
        let at = Place::zero(Composite::new(instance, wanted, 1.0 / lipschitz)?, self.tolerance);
        Ok(Box::new(Steps::new(self.clone(), lipschitz, at)))
    }
}

/// A run of proximal gradient.
struct Steps<S: Scalar> {
    settings: ProximalGradient,
    lipschitz: f64,
    t: f64,
    at: Place<S>,
    /// `A^* r`.
    correlations: Vec<S>,
    /// `x_old` and `A^* (y - A x_old)`.
    estimate_before: Vec<S>,
    correlations_before: Vec<S>,
    /// How far a proximal step moves x, relative to it.
    move_by: f64,
}

impl<S: Scalar> Steps<S> {
    fn new(settings: ProximalGradient, lipschitz: f64, mut at: Place<S>) -> Self {
        let mut correlations = vec![S::zero(); at.estimate.len()];
        at.operator.adjoint(&at.residual, &mut correlations);
        at.certify(&at.residual.clone(), &correlations);
        Self {
            settings,
            lipschitz,
            t: 1.0,
            estimate_before: at.estimate.clone(),
            correlations_before: correlations.clone(),
            correlations,
            at,
            move_by: 1.0,
        }
    }

    /// `prox(z + c / L)`.
    fn step_from(&self, z: &[S], c: &[S]) -> Vec<S> {
        let mut x: Vec<S> = z.iter().zip(c).map(|(&z, &c)| z + c / self.lipschitz).collect();
        self.at.problem.penalty.prox(&mut x, 1.0 / self.lipschitz);
        x
    }

    fn objective(&self, x: &[S], residual: &[S]) -> f64 {
        self.at.problem.fit.value(residual) + self.at.problem.penalty.value(x)
    }

    /// The next x and its residual, and whether momentum had to be dropped for it.
    fn next(&mut self) -> (Vec<S>, Vec<S>, bool) {
        let t_next = 0.5 * (1.0 + (1.0 + 4.0 * self.t * self.t).sqrt());
        let beta = if self.settings.momentum { (self.t - 1.0) / t_next } else { 0.0 };
        self.t = t_next;
        if beta > 0.0 {
            let onward = |now: &[S], before: &[S]| -> Vec<S> {
                now.iter().zip(before).map(|(&now, &before)| now + (now - before) * beta).collect()
            };
            let ahead = onward(&self.at.estimate, &self.estimate_before);
            let x = self.step_from(&ahead, &onward(&self.correlations, &self.correlations_before));
            let residual = self.at.residual_of(&x);
            let now = self.at.certificate.objective;
            let length = distance(&x, &ahead);
            let descent = DESCENT * 0.5 * self.lipschitz * length * length;
            if self.objective(&x, &residual) <= now - descent + ROUNDING * now.abs() {
                return (x, residual, false);
            }
        }
        let x = self.step_from(&self.at.estimate, &self.correlations);
        let residual = self.at.residual_of(&x);
        // The first step has no momentum to drop.
        if beta > 0.0 {
            self.t = 1.0;
        }
        (x, residual, beta > 0.0)
    }
}

impl<S: Scalar> Run for Steps<S> {
    fn step(&mut self) -> Status {
        let (x, residual, restarted) = self.next();
        self.estimate_before.clone_from(&self.at.estimate);
        self.at.go_to(x, residual);
        std::mem::swap(&mut self.correlations, &mut self.correlations_before);
        self.at.operator.adjoint(&self.at.residual, &mut self.correlations);
        if restarted {
            self.at.events.push(Event::Restart);
        }
        let moved = distance(&self.at.estimate, &self.step_from(&self.at.estimate, &self.correlations));
        let size = norm(&self.at.estimate);
        self.move_by = if moved == 0.0 { 0.0 } else { moved / size.max(moved) };
        match self.at.certify(&self.at.residual.clone(), &self.correlations) {
            Status::Running if self.at.certificate.gap.is_none() && self.move_by <= self.settings.tolerance => {
                let by = self.move_by;
                let rest =
                    if self.at.problem.penalty.is_convex() { "" } else { ": stationary, but others may be better" };
                Status::Converged(format!("a step moves x by {by:.0e} of itself{rest}"))
            }
            status => status,
        }
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe(&[Trace { name: "move", value: self.move_by }])
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "proximal-gradient",
    n: None,
    lab: "recovery",
    title: "Proximal gradient for any penalty",
    paper: Paper {
        authors: "Li and Lin",
        title: "Accelerated proximal gradient methods for nonconvex programming",
        year: 2015,
        link: "https://proceedings.neurips.cc/paper/2015/hash/f7664060cc52bc6f3d620bcedc94a4b6-Abstract.html",
    },
    idea: "Step down the gradient of the misfit, then move to the point nearby that the penalty likes best. The first half never changes; the second is all that a method has to know of its penalty.",
    formula: r"x \leftarrow \operatorname{prox}_{\lambda p / L}\big(x + A^* (y - A x) / L\big)",
    consequence: "A convex penalty leads to the least value there is, and a gap proves it. Any other leads to a point that no step leaves.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *The pull on every entry* the l1 norm holds its active lines at 1. The concave penalty lets go: lines of tall spikes fall to zero.",
        },
        Watch {
            panel: "convergence",
            text: "Both curves in *Convergence* fall, but only the concave penalty's reaches the noise: it does not shrink what is large.",
        },
        Watch {
            panel: "support",
            text: "*Support* of the concave penalty is near the truth; the l1 norm keeps small false spikes.",
        },
    ],
    try_this: &[
        Try {
            link: "Sort the moduli: SLOPE.",
            question: "Which spikes come out equally tall?",
            patch: r#"{"methods":[{"id":"proximal-gradient","penalty":{"id":"slope","fall":0.9}},{"id":"proximal-gradient"}]}"#,
        },
        Try {
            link: "Take the root of every modulus.",
            question: "Does it find a better point than the l1 norm, or get stuck?",
            patch: r#"{"methods":[{"id":"proximal-gradient","penalty":{"id":"lp","p":0.5}},{"id":"proximal-gradient"}]}"#,
        },
        Try {
            link: "Forbid negative entries where spikes are positive.",
            question: "How many more spikes can be found?",
            patch: r#"{"problem":{"signal":{"sparsity":30,"amplitude":"positive"}},"methods":[{"id":"proximal-gradient","nonnegative":true,"lambda_ratio":0.01},{"id":"proximal-gradient","lambda_ratio":0.01}]}"#,
        },
    ],
    breaks: "A penalty that is not convex has many stationary points, and the one that is reached depends on the start and the weight. With too small a weight it fits noise with whatever came first.",
    spec: r#"{"v":1,"seed":5,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"proximal-gradient","penalty":{"id":"mcp"}},{"id":"proximal-gradient"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 12 spikes of height one among n = 256, m = 80 and noise at 30 dB, the minimax concave penalty at 0.15 of the largest weight comes within 3 % of the signal in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"signs"},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"proximal-gradient","penalty":{"id":"mcp"},"lambda_ratio":0.15}]}"#,
            trials: 60,
            measure: Measure::Share { metric: "relative_error", at_most: 0.03 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
