//! Accelerated gradient for SCAD and MCP, with the damping sequence that its bound asks for.
//!
//! ```text
//! f = loss + sum (p_lambda(|b_j|) - lambda |b_j|),  grad f Lipschitz with L,  w = 0.99 / L
//! b = b_ag = 0,  alpha = 1
//! repeat
//!     delta = w / alpha
//!     b_md  = (1 - alpha) b_ag + alpha b,   g = grad f(b_md)
//!     b     = soft(b - delta g, delta lambda)                 goes far: its step grows as alpha falls
//!     b_ag  = soft(b_md - w g, w lambda)                      goes safely: what is reported
//!     alpha = 2 / (1 + sqrt(1 + 4 / alpha^2))
//!     restart: alpha = 1 and b = b_ag, when b_md slows down
//! until b_ag is stationary
//! ```
//!
//! Solves `min loss(b) + sum p_lambda(|b_j|)` to a stationary point, linear or logistic. The complexity bound of Ghadimi and Lan's method
//! holds for many choices of its three sequences; the paper minimises the bound over them, and finds Nesterov's damping with the
//! longest step that the concave part of the penalty allows. Their own choice, `alpha = 2 / (k + 1)`, `delta = k / (4 L)` and steps of
//! `1 / (2 L)`, is there to compare. A step costs one product with each of `X` and its transpose.
//!
//! Yang, Asgharian and Bhatnagar, "Accelerated gradient methods for sparse statistical learning with nonconvex penalties" (2024),
//! algorithm 1 and theorem 2; Ghadimi and Lan, "Accelerated gradient methods for nonconvex nonlinear and stochastic programming"
//! (2016), algorithm 1.

mod exhibit;

use super::glm::{GlmInstance, Objective, Point, Shape, Standing, Strength};
use crate::contract::{
    Axis, Complaint, Event, Exhibit, Kind, MethodCard, Observation, Panel, Run, Status, TypedMethod, Values,
};
use crate::kernels::distance;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The share of the longest step that is taken.
const SHARE: f64 = 0.99;

/// Steps that are taken before momentum may be dropped again.
const REST: usize = 3;

/// How momentum is damped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Damping {
    /// By the sequence that minimises the bound.
    Optimal,
    /// By `alpha = 2 / (k + 1)` with half the step, as in the original method.
    Original,
}

/// Parameters of accelerated gradient.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NonconvexAg {
    /// The penalty.
    pub penalty: Shape,
    /// Weight of the penalty as a fraction of the least at which all coefficients are zero.
    #[schemars(range(min = 1e-4, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// The damping sequence.
    pub damping: Damping,
    /// Drop momentum when it slows down.
    pub restart: bool,
    /// Stop when derivatives are off by less than this fraction of lambda.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for NonconvexAg {
    fn default() -> Self {
        Self {
            penalty: Shape::default(),
            lambda_ratio: 0.2,
            damping: Damping::Optimal,
            restart: true,
            tolerance: 1e-4,
            max_steps: 3000,
        }
    }
}

impl TypedMethod for NonconvexAg {
    type Instance = GlmInstance;

    const CARD: MethodCard = MethodCard {
        id: "nonconvex-ag",
        lab: "recovery",
        problem: "glm",
        title: "Accelerated gradient for SCAD and MCP",
        short: "accelerated gradient",
        sentence: "with {penalty} at {lambda_ratio} of the largest weight and {damping} damping",
        line: "Three sequences: one goes far, one goes safely, the gradient is taken between them",
        cost: "one product with each of X and its transpose",
        when: "the penalty is not convex and responses are labels, or features are many and alike",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<GlmInstance>) -> Result<Box<dyn Run>, Complaint> {
        let objective = Objective::new(instance, Strength { shape: self.penalty, ratio: self.lambda_ratio })?;
        let lipschitz = objective.lipschitz();
        let standing = Standing::new(objective, self.tolerance);
        Ok(Box::new(Accelerated {
            settings: self.clone(),
            lipschitz,
            far: standing.at.clone(),
            middle: standing.at.clone(),
            alpha: 1.0,
            since: 0,
            speed: 0.0,
            alphas: Vec::new(),
            standing,
        }))
    }
}

/// A run of accelerated gradient.
struct Accelerated {
    settings: NonconvexAg,
    /// L.
    lipschitz: f64,
    /// `b` and `b_md`; `b_ag` is where it stands.
    far: Point,
    middle: Point,
    /// `alpha` of the next step, and steps since it was 1.
    alpha: f64,
    since: usize,
    /// How far `b_md` went in the last step.
    speed: f64,
    /// `alpha` of each step.
    alphas: Vec<f64>,
    standing: Standing,
}

impl Accelerated {
    /// Step lengths of `b` and of `b_ag`, for the step that comes.
    fn lengths(&self) -> (f64, f64) {
        match self.settings.damping {
            Damping::Optimal => {
                let safe = SHARE / self.lipschitz;
                (safe / self.alpha, safe)
            }
            Damping::Original => {
                let safe = 0.5 / self.lipschitz;
                (0.5 * (self.since + 1) as f64 * safe, safe)
            }
        }
    }

    /// `alpha` of the step after the next.
    fn damped(&self) -> f64 {
        match self.settings.damping {
            Damping::Optimal => 2.0 / (1.0 + (1.0 + 4.0 / (self.alpha * self.alpha)).sqrt()),
            Damping::Original => 2.0 / (self.since + 2) as f64,
        }
    }
}

impl Run for Accelerated {
    fn step(&mut self) -> Status {
        let objective = self.standing.objective.clone();
        let (far, safe) = self.lengths();
        let middle = self.standing.at.towards(&self.far, self.alpha);
        let gradient = objective.smooth_gradient(&middle);
        self.standing.products += 2.0;
        self.far = objective.step(&self.far, &gradient, far);
        let status = self.standing.go_to(objective.step(&middle, &gradient, safe));
        let speed = distance(&middle.b, &self.middle.b);
        self.middle = middle;
        self.alphas.push(self.alpha);
        self.since += 1;
        self.alpha = self.damped();
        if self.settings.restart && self.since >= REST && speed < self.speed {
            self.alpha = 1.0;
            self.since = 0;
            self.far = self.standing.at.clone();
            self.standing.events.push(Event::Restart);
        }
        self.speed = speed;
        status
    }

    fn observe(&self) -> Observation<'_> {
        // Beside what is chosen, the original choice: what is wanted and what is reached, as far as colours go.
        let original = (1..=self.alphas.len()).map(|k| 2.0 / (k + 1) as f64);
        let damping = Panel {
            id: "damping",
            title: "Damping",
            caption: "$\\alpha_k = 2 / (k + 1)$ of the original method, and $\\alpha_k$ as it was taken; back to 1 at a restart",
            kind: Kind::Curves,
            shape: (2, self.alphas.len()),
            values: Values::give(original.chain(self.alphas.iter().copied()).collect::<Vec<f64>>()),
            x: Axis::plain("step"),
            y: Axis { label: "damping", unit: "", log: true },
            marks: Vec::new(),
            table: None,
        };
        self.standing.observe(vec![damping])
    }

    fn glance(&self) -> Observation<'_> {
        self.standing.glance()
    }
}
