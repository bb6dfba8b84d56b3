//! Local linear approximation: a penalty that is not convex as a few weighted LASSOs.
//!
//! ```text
//! repeat
//!     lambda_j = p'_lambda(|b_j|)                                the penalty's slopes at b; lambda at first
//!     b        = argmin loss(b) + sum lambda_j |b_j|             by sweeps of coordinate descent
//! until b is stationary
//! ```
//!
//! Solves `min loss(b) + sum p_lambda(|b_j|)` to a stationary point: a concave function lies below its tangents, so no round makes the
//! objective rise. A sweep, an inner step, costs O(N p); a round takes some ten.
//!
//! Zou and Li, "One-step sparse estimates in nonconcave penalized likelihood models" (2008), section 2.2.

use super::glm::{GlmInstance, Objective, Shape, Standing, Strength};
use super::glm_descent::Sweeper;
use crate::contract::{Complaint, Event, MethodCard, Note, Observation, Run, Status, TypedMethod};
use crate::penalties::l1::soft_threshold;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most sweeps of a round.
const MOST_SWEEPS: usize = 200;

/// Parameters of local linear approximation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GlmLla {
    /// The penalty.
    pub penalty: Shape,
    /// Weight of the penalty as a fraction of the least at which all coefficients are zero.
    #[schemars(range(min = 1e-4, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when derivatives are off by less than this fraction of lambda.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most rounds.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for GlmLla {
    fn default() -> Self {
        Self { penalty: Shape::default(), lambda_ratio: 0.2, tolerance: 1e-4, max_steps: 30 }
    }
}

impl TypedMethod for GlmLla {
    type Instance = GlmInstance;

    const CARD: MethodCard = MethodCard {
        id: "glm-lla",
        lab: "recovery",
        problem: "glm",
        title: "Local linear approximation",
        short: "LLA",
        sentence: "of {penalty} at {lambda_ratio} of the largest weight",
        line: "Replaces the penalty by its slopes, solves that LASSO, repeats",
        cost: "some ten sweeps over all coefficients, O(N p) each",
        when: "a LASSO solver is at hand; its first round is the LASSO itself",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<GlmInstance>) -> Result<Box<dyn Run>, Complaint> {
        let objective = Objective::new(instance, Strength { shape: self.penalty, ratio: self.lambda_ratio })?;
        let standing = Standing::new(objective, self.tolerance);
        Ok(Box::new(Rounds {
            weights: vec![standing.objective.lambda; instance.cols()],
            sweeper: Sweeper::new(&standing.objective),
            tolerance: self.tolerance,
            rounds: 1,
            sweeps: 0,
            standing,
        }))
    }
}

/// A run of local linear approximation.
struct Rounds {
    /// `lambda_j` of this round.
    weights: Vec<f64>,
    sweeper: Sweeper,
    tolerance: f64,
    rounds: usize,
    sweeps: usize,
    standing: Standing,
}

impl Rounds {
    /// How far the weighted LASSO of this round is from solved, in units of lambda.
    fn off(&self) -> f64 {
        let Standing { at, gradient, objective, .. } = &self.standing;
        let off = |((b, g), weight): ((&f64, &f64), &f64)| {
            if *b == 0.0 { (g.abs() - weight).max(0.0) } else { (g + weight * b.signum()).abs() }
        };
        at.b.iter().zip(&gradient.b).zip(&self.weights).map(off).fold(gradient.intercept.abs(), f64::max)
            / objective.lambda
    }
}

impl Run for Rounds {
    fn step(&mut self) -> Status {
        let weights = &self.weights;
        self.sweeper.sweep(|j, z, curvature| soft_threshold(z, weights[j] / curvature));
        self.sweeps += 1;
        self.standing.products += 2.0;
        let status = self.standing.go_to(self.sweeper.at.clone());
        if self.sweeps == 1 {
            self.standing.events.push(Event::Round { number: self.rounds });
        }
        // Within a round, stationarity of the penalty itself is nothing to stop at.
        if matches!(status, Status::Diverged(_)) {
            return status;
        }
        if self.off() > 0.5 * self.tolerance && self.sweeps < MOST_SWEEPS {
            return Status::Inner;
        }
        let objective = self.standing.objective.clone();
        self.weights = self.standing.at.b.iter().map(|b| objective.slope(b.abs())).collect();
        self.rounds += 1;
        self.sweeps = 0;
        status
    }

    fn observe(&self) -> Observation<'_> {
        self.standing.observe(Vec::new())
    }

    fn glance(&self) -> Observation<'_> {
        self.standing.glance()
    }
}

static NOTE: Note = Note {
    formula: r"b_{t+1} = \arg\min_b\ \mathrm{loss}(b) + \sum_j p_\lambda'(|b_{t, j}|)\, |b_j|",
    breaks: "It goes on from the LASSO, and a coefficient that is zero there has its full weight again in every round: of features that are alike, the one that the LASSO left out seldom comes back. Each round is a whole LASSO, whose sweeps are slow for correlated features, and slower for labels.",
};
