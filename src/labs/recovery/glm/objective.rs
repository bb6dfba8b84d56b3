//! What is minimised: a loss, and a penalty that is the l1 norm near zero and level where coefficients are large.

use super::{Family, GlmInstance};
use crate::contract::Complaint;
use crate::kernels::{dot, norm_one};
use crate::losses::logistic;
use crate::operators::LinearOperator;
use crate::penalties::l1::soft_threshold;
use crate::penalties::mcp;
use crate::penalties::scad::Scad;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The shape of the penalty, by `id`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Shape {
    /// The smoothly clipped absolute deviation.
    #[schemars(extend("x-label" = "SCAD"))]
    Scad {
        /// Where its slope is zero, in multiples of lambda.
        #[serde(default = "fan_and_li")]
        #[schemars(range(min = 2.01, max = 1e3), extend("x-step" = 0.1))]
        a: f64,
    },
    /// The minimax concave penalty.
    #[schemars(extend("x-label" = "MCP"))]
    Mcp {
        /// Where its slope is zero, in multiples of lambda.
        #[serde(default = "three")]
        #[schemars(range(min = 1.01, max = 1e3), extend("x-step" = 0.1))]
        gamma: f64,
    },
    /// The l1 norm; convex.
    #[schemars(extend("x-label" = "the l1 norm"))]
    L1,
}

/// The value of the paper.
fn fan_and_li() -> f64 {
    3.7
}

fn three() -> f64 {
    3.0
}

impl Default for Shape {
    fn default() -> Self {
        Shape::Scad { a: fan_and_li() }
    }
}

/// A shape and its weight, as methods take them.
#[derive(Clone, Copy, Debug)]
pub struct Strength {
    /// The shape.
    pub shape: Shape,
    /// The weight, as a fraction of the least at which all coefficients are zero.
    pub ratio: f64,
}

/// Coefficients and the intercept.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// `b`, p entries.
    pub b: Vec<f64>,
    /// `b_0`; zero where responses are numbers.
    pub intercept: f64,
}

impl Point {
    /// `self + t (other - self)`.
    pub fn towards(&self, other: &Point, t: f64) -> Point {
        let b = self.b.iter().zip(&other.b).map(|(x, y)| x + t * (y - x)).collect();
        Point { b, intercept: self.intercept + t * (other.intercept - self.intercept) }
    }

    /// The largest modulus of a difference.
    pub fn farthest(&self, other: &Point) -> f64 {
        let own = (self.intercept - other.intercept).abs();
        self.b.iter().zip(&other.b).fold(own, |most, (x, y)| most.max((x - y).abs()))
    }
}

/// `loss(b) + sum p_lambda(|b_j|)` on an instance.
pub struct Objective {
    /// The data.
    pub instance: Arc<GlmInstance>,
    /// The shape of the penalty.
    pub shape: Shape,
    /// The penalty's weight, lambda.
    pub lambda: f64,
}

impl Objective {
    /// # Errors
    /// When all responses are the same, so that nothing is to be explained.
    pub fn new(instance: &Arc<GlmInstance>, strength: Strength) -> Result<Self, Complaint> {
        let lambda = strength.ratio * instance.lambda_max();
        if lambda > 0.0 && lambda.is_finite() {
            Ok(Self { instance: instance.clone(), shape: strength.shape, lambda })
        } else {
            Err(Complaint::new("lambda_ratio", "takes responses that vary: no feature correlates with these"))
        }
    }

    /// All coefficients zero.
    pub fn zero(&self) -> Point {
        Point { b: vec![0.0; self.instance.cols()], intercept: 0.0 }
    }

    /// `b_0 + X b`, N entries.
    pub fn scores(&self, at: &Point) -> Vec<f64> {
        let mut scores = vec![0.0; self.instance.rows()];
        let support: Vec<usize> = (0..at.b.len()).filter(|&j| at.b[j] != 0.0).collect();
        self.instance.design.apply_on(&at.b, &support, &mut scores);
        scores.iter_mut().for_each(|score| *score += at.intercept);
        scores
    }

    /// The loss by its scores.
    pub fn loss(&self, scores: &[f64]) -> f64 {
        let (y, rows) = (&self.instance.response, scores.len() as f64);
        match self.instance.family {
            Family::Linear => scores.iter().zip(y).fold(0.0, |sum, (s, y)| sum + (y - s) * (y - s)) / (2.0 * rows),
            Family::Logistic => logistic::value(scores, y) / rows,
        }
    }

    /// Derivatives of the loss by the scores, without the factor 1/N.
    pub fn slopes(&self, scores: &[f64]) -> Vec<f64> {
        match self.instance.family {
            Family::Linear => scores.iter().zip(&self.instance.response).map(|(s, y)| s - y).collect(),
            Family::Logistic => logistic::gradient(scores, &self.instance.response),
        }
    }

    /// The objective.
    pub fn value(&self, at: &Point) -> f64 {
        self.loss(&self.scores(at)) + self.penalty(&at.b)
    }

    /// `sum p_lambda(|b_j|)`.
    pub fn penalty(&self, b: &[f64]) -> f64 {
        let lambda = self.lambda;
        lambda
            * match self.shape {
                Shape::L1 => norm_one(b),
                Shape::Scad { a } => Scad { lambda, a }.value(b),
                Shape::Mcp { gamma } => mcp::value(b, gamma * lambda),
            }
    }

    /// `p'_lambda(r)` for a modulus `r > 0`: lambda near zero, falling to zero.
    pub fn slope(&self, r: f64) -> f64 {
        let lambda = self.lambda;
        match self.shape {
            Shape::L1 => lambda,
            Shape::Scad { a } => ((a * lambda - r) / (a - 1.0)).clamp(0.0, lambda),
            Shape::Mcp { gamma } => (lambda - r / gamma).max(0.0),
        }
    }

    /// The gradient of the loss and of the concave part of the penalty, `p_lambda(|b|) - lambda |b|`, which is smooth.
    /// O(N p).
    pub fn smooth_gradient(&self, at: &Point) -> Point {
        let mut gradient = self.loss_gradient(&self.scores(at));
        for (g, &b) in gradient.b.iter_mut().zip(&at.b) {
            *g += (self.slope(b.abs()) - self.lambda) * b.signum();
        }
        gradient
    }

    /// The gradient of the loss by its scores.
    pub fn loss_gradient(&self, scores: &[f64]) -> Point {
        let rows = scores.len() as f64;
        let slopes: Vec<f64> = self.slopes(scores).iter().map(|slope| slope / rows).collect();
        let mut b = vec![0.0; self.instance.cols()];
        self.instance.design.adjoint(&slopes, &mut b);
        let intercept = match self.instance.family {
            Family::Linear => 0.0,
            Family::Logistic => slopes.iter().sum(),
        };
        Point { b, intercept }
    }

    /// A Lipschitz constant of that gradient: the largest curvature of the loss, or of the concave part where it is more.
    pub fn lipschitz(&self) -> f64 {
        let design = self.instance.squared_norm() / self.instance.rows() as f64;
        let loss = match self.instance.family {
            Family::Linear => design,
            // The column of ones, of squared norm N, is orthogonal to the others.
            Family::Logistic => 0.25 * design.max(1.0),
        };
        let concave = match self.shape {
            Shape::L1 => 0.0,
            Shape::Scad { a } => 1.0 / (a - 1.0),
            Shape::Mcp { gamma } => 1.0 / gamma,
        };
        loss.max(concave)
    }

    /// `soft(b - t g, t lambda)`, the intercept without a threshold.
    pub fn step(&self, from: &Point, gradient: &Point, t: f64) -> Point {
        let b = from.b.iter().zip(&gradient.b).map(|(b, g)| soft_threshold(b - t * g, t * self.lambda)).collect();
        Point { b, intercept: from.intercept - t * gradient.intercept }
    }

    /// The coefficient that minimises `v/2 (b - z)^2 + p_lambda(|b|)`, exactly, whatever the curvature v.
    pub fn best_coefficient(&self, z: f64, v: f64) -> f64 {
        let lambda = self.lambda;
        let t = lambda / v;
        match self.shape {
            Shape::L1 => soft_threshold(z, t),
            Shape::Scad { a } => Scad { lambda, a }.threshold(z, t),
            Shape::Mcp { gamma } => mcp::firm_threshold(z, t, gamma * lambda),
        }
    }

    /// How far a point is from stationary, in units of lambda: the largest distance of a derivative of the loss from minus the
    /// slopes that the penalty has there. Given the gradient of the loss.
    pub fn stationarity(&self, at: &Point, gradient: &Point) -> f64 {
        let off = |(b, g): (&f64, &f64)| {
            if *b == 0.0 { (g.abs() - self.lambda).max(0.0) } else { (g + self.slope(b.abs()).copysign(*b)).abs() }
        };
        let worst = at.b.iter().zip(&gradient.b).map(off).fold(gradient.intercept.abs(), f64::max);
        worst / self.lambda
    }

    /// `X_j^T v / N`.
    pub fn along(&self, j: usize, v: &[f64]) -> f64 {
        dot(self.instance.design.column_slice(j), v) / v.len() as f64
    }
}
