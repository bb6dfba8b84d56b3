//! Proximal gradient for sparse regression.
//!
//! ```text
//! w = 1 / L
//! repeat
//!     b = soft(b - w grad f(b), w lambda)            f the loss and the concave part of the penalty, with gradient Lipschitz L
//! until b is stationary
//! ```
//!
//! Solves `min loss(b) + sum p_lambda(|b_j|)` to a stationary point; the objective never rises. A step costs one product with each of
//! `X` and its transpose.
//!
//! Parikh and Boyd, "Proximal algorithms" (2014), section 4.2, with the concave part on the smooth side.

use super::glm::{GlmInstance, Objective, Shape, Standing, Strength};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of proximal gradient.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GlmProximal {
    /// The penalty.
    pub penalty: Shape,
    /// Weight of the penalty as a fraction of the least at which all coefficients are zero.
    #[schemars(range(min = 1e-4, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when derivatives are off by less than this fraction of lambda.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for GlmProximal {
    fn default() -> Self {
        Self { penalty: Shape::default(), lambda_ratio: 0.2, tolerance: 1e-4, max_steps: 3000 }
    }
}

impl TypedMethod for GlmProximal {
    type Instance = GlmInstance;

    const CARD: MethodCard = MethodCard {
        id: "glm-proximal-gradient",
        lab: "recovery",
        problem: "glm",
        title: "Proximal gradient for sparse regression",
        short: "proximal gradient",
        sentence: "with {penalty} at {lambda_ratio} of the largest weight",
        line: "Steps down the gradient, shrinks, repeats",
        cost: "one product with each of X and its transpose",
        when: "a plain yardstick is wanted",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<GlmInstance>) -> Result<Box<dyn Run>, Complaint> {
        let objective = Objective::new(instance, Strength { shape: self.penalty, ratio: self.lambda_ratio })?;
        Ok(Box::new(Steps { step: 1.0 / objective.lipschitz(), standing: Standing::new(objective, self.tolerance) }))
    }
}

/// A run of proximal gradient.
struct Steps {
    step: f64,
    standing: Standing,
}

impl Run for Steps {
    fn step(&mut self) -> Status {
        let Standing { objective, at, products, .. } = &mut self.standing;
        *products += 2.0;
        let next = objective.step(at, &objective.smooth_gradient(at), self.step);
        self.standing.go_to(next)
    }

    fn observe(&self) -> Observation<'_> {
        self.standing.observe(Vec::new())
    }

    fn glance(&self) -> Observation<'_> {
        self.standing.glance()
    }
}

static NOTE: Note = Note {
    formula: r"b_{t+1} = \operatorname{soft}\big(b_t - w \nabla f(b_t);\ w \lambda\big), \qquad f(b) = \mathrm{loss}(b) + \sum_j \big(p_\lambda(|b_j|) - \lambda |b_j|\big), \qquad w = \frac1L",
    breaks: "One step length serves all directions, so that features that are alike make it slow: with SCAD at 0.2 of the largest lambda it takes at least twice the steps of accelerated gradient. It ends in a stationary point, which need not be the best one.",
};
