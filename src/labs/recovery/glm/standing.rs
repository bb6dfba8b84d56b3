//! Where a solver of `glm` stands, and what is seen of it.

use super::objective::{Objective, Point};
use crate::contract::{Event, Kind, Mark, Observation, Panel, Status, Trace, Values};
use crate::kernels::norm_inf;
use crate::labs::recovery::lasso::changes;
use std::borrow::Cow;
use std::sync::Arc;

/// A point, judged: its objective and how far it is from stationary. The products that judging takes are not the
/// solver's own and are not counted.
pub(in crate::labs::recovery) struct Standing {
    pub(in crate::labs::recovery) objective: Arc<Objective>,
    /// The point. Only by [`go_to`](Self::go_to).
    pub(in crate::labs::recovery) at: Point,
    /// The gradient of the loss there.
    pub(in crate::labs::recovery) gradient: Point,
    /// Products with `X` or its transpose so far.
    pub(in crate::labs::recovery) products: f64,
    pub(in crate::labs::recovery) events: Vec<Event>,
    value: f64,
    stationarity: f64,
    tolerance: f64,
    support: Vec<usize>,
    /// Derivatives of the loss in units of lambda, turned so that active entries of an l1 norm are at 1.
    pull: Vec<f64>,
}

impl Standing {
    /// At zero.
    pub(in crate::labs::recovery) fn new(objective: Objective, tolerance: f64) -> Self {
        let at = objective.zero();
        let mut standing = Self {
            gradient: at.clone(),
            pull: at.b.clone(),
            support: Vec::new(),
            events: Vec::new(),
            products: 0.0,
            value: 0.0,
            stationarity: 0.0,
            objective: Arc::new(objective),
            tolerance,
            at,
        };
        standing.go_to(standing.at.clone());
        standing
    }

    /// Goes to a point and judges it.
    pub(in crate::labs::recovery) fn go_to(&mut self, point: Point) -> Status {
        let objective = &self.objective;
        let scores = objective.scores(&point);
        self.gradient = objective.loss_gradient(&scores);
        self.value = objective.loss(&scores) + objective.penalty(&point.b);
        self.stationarity = objective.stationarity(&point, &self.gradient);
        self.pull = self.gradient.b.iter().map(|g| -g / objective.lambda).collect();
        let support: Vec<usize> = (0..point.b.len()).filter(|&j| point.b[j] != 0.0).collect();
        self.events = changes(&self.support, &support);
        (self.at, self.support) = (point, support);
        if !self.value.is_finite() || !norm_inf(&self.at.b).is_finite() || !self.stationarity.is_finite() {
            return Status::Diverged("the coefficients are not finite; a larger lambda would help".into());
        }
        if self.stationarity <= self.tolerance {
            return Status::Converged(format!("stationary to {:.0e} of lambda", self.stationarity));
        }
        Status::Running
    }

    /// What can be seen, with the method's own panels before the common one.
    pub(in crate::labs::recovery) fn observe<'a>(&'a self, own: Vec<Panel<'a>>) -> Observation<'a> {
        let names = (
            "looks-at",
            "The pull on every coefficient",
            "$-X_j^\\top \\nabla / \\lambda$; a coefficient of zero rests below the line, a large one at zero",
        );
        let mut panels = own;
        panels.push(Panel::vector(names, Kind::Bars, &self.pull).with_marks([Mark::Threshold { value: 1.0 }]));
        Observation { panels, ..self.glance() }
    }

    /// The same without panels.
    pub(in crate::labs::recovery) fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.at.b),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "objective", value: self.value },
                Trace { name: "stationarity", value: self.stationarity },
            ],
            panels: Vec::new(),
            events: self.events.clone(),
            products: self.products,
        }
    }
}
