//! Basis pursuit denoising by finding the root of the Pareto curve, as SPGL1 does.
//!
//! ```text
//! tau = 0,  x = 0
//! repeat
//!     x = P_tau(x + alpha A^* r) by spectral projected gradient, where P_tau projects on |x|_1 <= tau
//!     once |r| is near the least on the ball:
//!         tau = (<y, r> - sigma |r|) / |A^* r|_inf        Newton's step for |r|(tau) = sigma, from the dual of the ball
//! until |r| <= sigma + tolerance |y|  and  duality gap <= tolerance |x|_1
//! ```
//!
//! Solves `min |x|_1` subject to `|y - A x| <= sigma`. The new tau is the value of a feasible dual point, so that it never
//! passes the solution's norm, however rough x is. `A` is m x n, real or complex. A step costs one product with each of `A` and
//! `A^*` and O(n log n) for the projection. With sigma = 0 the residual becomes too short to tell its direction from rounding
//! near 1e-8 of y, and tau can come no nearer.
//!
//! Van den Berg and Friedlander, "Probing the Pareto frontier for basis pursuit solutions" (2008), algorithms 1 and 2;
//! Aravkin, Burke, Drusvyatskiy, Friedlander and Roy, "Level-set methods for convex optimization" (2019), for the step from a
//! rough x.

use super::LinearMethod;
use super::composite::{Composite, Wanted};
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace,
    Try, Watch,
};
use crate::kernels::{Scalar, dot, norm, norm_inf, norm_one};
use crate::losses::Fit;
use crate::operators::{LinearOperator, squared_norm};
use crate::penalties::{Penalty, simplex};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Values of `|r|^2 / 2` that a step may not exceed the largest of, and the share of the expected descent that it must bring.
const MEMORY: usize = 10;
const DESCENT: f64 = 1e-4;

/// The gap on the ball, as a fraction of what is left to the level sigma, at which tau moves on.
const ENOUGH: f64 = 0.01;

/// What rounding leaves of tau, relative to it: a step within it is none.
const ROUNDING: f64 = 1e-15;

/// Parameters of Pareto root finding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Spgl1 {
    /// The length that the residual may have; the noise's own where it is left out.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub sigma: Option<f64>,
    /// Stop when the duality gap is below this fraction of |x|₁, and the residual exceeds sigma by at most this fraction of |y|.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Spgl1 {
    fn default() -> Self {
        Self { sigma: None, tolerance: 1e-7, max_steps: 20_000 }
    }
}

impl LinearMethod for Spgl1 {
    const CARD: MethodCard = MethodCard {
        id: "spgl1",
        lab: "recovery",
        problem: "linear",
        title: "Basis pursuit denoising on the Pareto curve",
        short: "SPGL1",
        sentence: "to within {sigma}",
        line: "Grows a ball of l1 norms until the residual is as short as the noise",
        cost: "one product with each of A and A^*",
        when: "the size of the noise is known, and lambda is not",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let sigma = self.sigma.unwrap_or(instance.noise_norm);
        let wanted = Wanted {
            fit: Fit::Within { noise: Some(sigma) },
            penalty: &Penalty::L1,
            nonnegative: false,
            lambda: None,
            ratio: 1.0,
            default_ratio: 1.0,
        };
        let at = Place::zero(Composite::new(instance, wanted, 1.0)?, self.tolerance);
        let mut correlations = vec![S::zero(); instance.cols()];
        at.operator.adjoint(&at.residual, &mut correlations);
        let squared = squared_norm(&*instance.operator);
        let least = if squared > 0.0 { 1.0 / squared } else { 1.0 };
        Ok(Box::new(Root { sigma, tau: 0.0, rounds: 0, least, alpha: least, values: Vec::new(), correlations, at }))
    }
}

/// A run of Pareto root finding.
struct Root<S: Scalar> {
    sigma: f64,
    tau: f64,
    /// How often tau has moved.
    rounds: usize,
    /// `1 / |A|^2`, and the length of the next gradient step.
    least: f64,
    alpha: f64,
    /// The last values of `|r|^2 / 2` on this ball.
    values: Vec<f64>,
    at: Place<S>,
    /// `A^* r`.
    correlations: Vec<S>,
}

impl<S: Scalar> Root<S> {
    /// Moves tau to the dual value of r, where r is good enough and that is a move; says whether it was.
    fn grow(&mut self) -> bool {
        let r = &self.at.residual;
        let (size, peak) = (norm(r), norm_inf(&self.correlations));
        let kept = dot(&self.correlations, &self.at.estimate).re();
        let left = 0.5 * (size * size - self.sigma * self.sigma);
        // <y, r> = |r|^2 + <x, A^* r>, without the cancellation of long y with short r.
        let bound = (size * size + kept - self.sigma * size) / peak;
        let enough = self.tau * peak - kept <= ENOUGH * left;
        let grows = peak > 0.0 && enough && bound > self.tau * (1.0 + ROUNDING);
        if grows {
            self.tau = bound;
            self.rounds += 1;
            self.values.clear();
        }
        grows
    }

    /// A projected gradient step, as far along its direction as descent allows.
    fn walk(&mut self) {
        let half = 0.5 * S::norm_squared(&self.at.residual);
        if self.values.len() == MEMORY {
            self.values.remove(0);
        }
        self.values.push(half);
        let x = &self.at.estimate;
        let mut ahead: Vec<S> = x.iter().zip(&self.correlations).map(|(&x, &c)| x + c * self.alpha).collect();
        simplex::project_on_ball(&mut ahead, self.tau);
        let residual = self.at.residual_of(&ahead);
        let step: Vec<S> = ahead.iter().zip(x).map(|(&a, &x)| a - x).collect();
        let image: Vec<S> = self.at.residual.iter().zip(&residual).map(|(&r, &a)| r - a).collect();
        let slope = dot(&self.correlations, &step).re();
        let curvature = S::norm_squared(&image);
        let most = self.values.iter().fold(0.0, |most: f64, &value| most.max(value));
        let length = S::norm_squared(&step);
        if 0.5 * S::norm_squared(&residual) <= most - DESCENT * slope {
            self.at.go_to(ahead, residual);
        } else {
            // The best point on the segment.
            let t = (slope / curvature).clamp(0.0, 1.0);
            let x = x.iter().zip(&step).map(|(&x, &d)| x + d * t).collect::<Vec<S>>();
            let residual = self.at.residual_of(&x);
            self.at.go_to(x, residual);
        }
        // Barzilai and Borwein: the inverse curvature along the step.
        if length > 0.0 && curvature > 0.0 {
            self.alpha = (length / curvature).max(self.least);
        }
        self.at.operator.adjoint(&self.at.residual, &mut self.correlations);
    }
}

impl<S: Scalar> Run for Root<S> {
    fn step(&mut self) -> Status {
        let grows = self.grow();
        self.walk();
        if grows {
            self.at.events.push(Event::Round { number: self.rounds });
        }
        let peak = norm_inf(&self.correlations);
        let unit = |v: &[S]| v.iter().map(|&v| if peak > 0.0 { v / peak } else { v }).collect::<Vec<S>>();
        self.at.certify(&unit(&self.at.residual), &unit(&self.correlations));
        // Tau is a dual value, and better known than one made from a short residual.
        self.at.certificate.gap = Some(self.at.certificate.objective - self.tau);
        self.at.status()
    }

    fn observe(&self) -> Observation<'_> {
        self.at.observe(&[
            Trace { name: "tau", value: self.tau },
            Trace { name: "l1_norm", value: norm_one(&self.at.estimate) },
            Trace { name: "residual_above_sigma", value: self.at.violation() },
        ])
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "spgl1",
    n: None,
    lab: "recovery",
    title: "Basis pursuit denoising on the Pareto curve",
    paper: Paper {
        authors: "van den Berg and Friedlander",
        title: "Probing the Pareto frontier for basis pursuit solutions",
        year: 2008,
        link: "https://doi.org/10.1137/080714488",
    },
    idea: "Allow x an l1 norm of at most tau and fit as well as that permits. The shortest residual falls as tau grows, along a convex curve whose slope the dual gives away. Newton's method finds the tau at which the residual is just as long as the noise.",
    formula: r"\phi(\tau) = \min_{|x|_1 \le \tau} |y - A x|, \qquad \phi'(\tau) = -|A^* r|_\infty / |r|",
    consequence: "The length of the noise is what one knows, and it is what one gives: no penalty has to be guessed.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "In *Convergence* the residual comes down in stairs, one a Newton step, and stops at the noise.",
        },
        Watch {
            panel: "support",
            text: "*Support* grows with the ball: at first only the strongest spikes have room.",
        },
        Watch {
            panel: "looks-at",
            text: "At the end active lines in *The pull on every entry* stand at 1, and none is above.",
        },
    ],
    try_this: &[
        Try {
            link: "Ask for an exact fit.",
            question: "How many false spikes does the noise become?",
            patch: r#"{"methods":[{"id":"spgl1","sigma":0},{"id":"spgl1"}]}"#,
        },
        Try {
            link: "Take the noise away.",
            question: "Does it still come to the solution of basis pursuit?",
            patch: r#"{"problem":{"noise":{"id":"none","snr_db":null}},"methods":[{"id":"spgl1"},{"id":"basis-pursuit"}]}"#,
        },
        Try {
            link: "Let the noise be a few gross errors.",
            question: "What is the length of such noise worth?",
            patch: r#"{"problem":{"noise":{"id":"outliers","snr_db":null}}}"#,
        },
    ],
    breaks: "Without noise the curve ends flat at zero, where Newton's steps are long in coming and the last digits are lost: a residual of 1e-8 of y no longer knows where it points. Above the transition its gradient steps run into the hundred thousands. A sigma below the noise fits noise; one above it shrinks the signal.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":25}},"methods":[{"id":"spgl1"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 12 spikes of height one, m = 80, n = 256 and noise at 30 dB of known length, the error is at most 6 % in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"signs"},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"spgl1"}]}"#,
            trials: 60,
            measure: Measure::Share { metric: "relative_error", at_most: 0.06 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
