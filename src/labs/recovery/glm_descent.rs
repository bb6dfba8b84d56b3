//! Coordinate descent for sparse regression with penalties that are not convex.
//!
//! ```text
//! repeat
//!     for j = 1 .. p:
//!         z   = b_j - X_j^T s / (N v)              s derivatives of the loss by the scores, v = 1, or 1/4 for labels
//!         b_j = argmin v/2 (b - z)^2 + p_lambda(|b|)                               in closed form
//! until b is stationary
//! ```
//!
//! Solves `min loss(b) + sum p_lambda(|b_j|)` to a point that no single coefficient can better: exactly where responses are numbers;
//! where they are labels the loss is replaced by a parabola above it, so that the objective still never rises. A step is a sweep
//! over all coefficients, O(N p).
//!
//! Breheny and Huang, "Coordinate descent algorithms for nonconvex penalized regression, with applications to biological feature
//! selection" (2011), sections 2 and 3; the algorithm of ncvreg.

use super::glm::{Family, GlmInstance, Objective, Shape, Standing, Strength};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use crate::kernels::axpy;
use crate::labs::recovery::glm::Point;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of coordinate descent.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GlmDescent {
    /// The penalty.
    pub penalty: Shape,
    /// Weight of the penalty as a fraction of the least at which all coefficients are zero.
    #[schemars(range(min = 1e-4, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when derivatives are off by less than this fraction of lambda.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most sweeps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for GlmDescent {
    fn default() -> Self {
        Self { penalty: Shape::default(), lambda_ratio: 0.2, tolerance: 1e-4, max_steps: 1000 }
    }
}

impl TypedMethod for GlmDescent {
    type Instance = GlmInstance;

    const CARD: MethodCard = MethodCard {
        id: "glm-coordinate-descent",
        lab: "recovery",
        problem: "glm",
        title: "Coordinate descent for sparse regression",
        short: "coordinate descent",
        sentence: "with {penalty} at {lambda_ratio} of the largest weight",
        line: "Minimises over one coefficient after the other, each in closed form",
        cost: "a sweep over all coefficients, O(N p)",
        when: "responses are numbers and columns are at hand one by one",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<GlmInstance>) -> Result<Box<dyn Run>, Complaint> {
        let objective = Objective::new(instance, Strength { shape: self.penalty, ratio: self.lambda_ratio })?;
        let standing = Standing::new(objective, self.tolerance);
        Ok(Box::new(Descent { sweeper: Sweeper::new(&standing.objective), standing }))
    }
}

/// A run of coordinate descent.
struct Descent {
    sweeper: Sweeper,
    standing: Standing,
}

impl Run for Descent {
    fn step(&mut self) -> Status {
        let objective = self.standing.objective.clone();
        self.sweeper.sweep(|_, z, curvature| objective.best_coefficient(z, curvature));
        self.standing.products += 2.0;
        self.standing.go_to(self.sweeper.at.clone())
    }

    fn observe(&self) -> Observation<'_> {
        self.standing.observe(Vec::new())
    }

    fn glance(&self) -> Observation<'_> {
        self.standing.glance()
    }
}

/// Coefficients, with scores and derivatives that follow them.
pub(super) struct Sweeper {
    objective: Arc<Objective>,
    pub(super) at: Point,
    scores: Vec<f64>,
    slopes: Vec<f64>,
}

impl Sweeper {
    /// At zero.
    pub(super) fn new(objective: &Arc<Objective>) -> Self {
        let at = objective.zero();
        let scores = objective.scores(&at);
        Self { slopes: objective.slopes(&scores), scores, at, objective: objective.clone() }
    }

    /// Visits the intercept and every coefficient: `best(j, z, v)` minimises `v/2 (b - z)^2` and whatever j is charged.
    pub(super) fn sweep(&mut self, best: impl Fn(usize, f64, f64) -> f64) {
        let objective = self.objective.clone();
        let instance = &objective.instance;
        let labels = instance.family == Family::Logistic;
        let curvature = if labels { 0.25 } else { 1.0 };
        if labels {
            let mean = self.slopes.iter().sum::<f64>() / self.slopes.len() as f64;
            self.at.intercept -= mean / curvature;
            self.scores.iter_mut().for_each(|score| *score -= mean / curvature);
            self.slopes = objective.slopes(&self.scores);
        }
        for (j, b) in self.at.b.iter_mut().enumerate() {
            let z = *b - objective.along(j, &self.slopes) / curvature;
            let next = best(j, z, curvature);
            if next == *b {
                continue;
            }
            let column = instance.design.column_slice(j);
            axpy(next - *b, column, &mut self.scores);
            if labels {
                self.slopes = objective.slopes(&self.scores);
            } else {
                axpy(next - *b, column, &mut self.slopes);
            }
            *b = next;
        }
    }
}

static NOTE: Note = Note {
    formula: r"z = b_j - \frac{X_j^\top s}{N v}, \qquad b_j \leftarrow \arg\min_b\ \tfrac v2 (b - z)^2 + p_\lambda(|b|)",
    breaks: "It stops where no single coefficient can do better, though two at once might. Correlated features wait for each other, sweep after sweep. For labels the parabola above the loss is steeper than the loss, and steps are short: it takes at least 1.5 times as many sweeps as accelerated gradient takes steps.",
};
