//! Where a solver of a composite problem stands: an estimate with its certificate, and what is seen of it.

use super::composite::{Certificate, Composite};
use super::lasso::changes;
use crate::contract::{Event, Kind, Mark, Observation, Panel, Status, Trace, Values};
use crate::kernels::{Scalar, norm, subtract};
use crate::losses::Fit;
use crate::operators::{Counted, LinearOperator};
use std::borrow::Cow;

pub(super) struct Place<S: Scalar> {
    pub(super) problem: Composite<S>,
    pub(super) operator: Counted<S>,
    tolerance: f64,
    /// `x`, n entries. After changing it, [`measure`](Self::measure) and [`certify`](Self::certify).
    pub(super) estimate: Vec<S>,
    /// `r = y - A x`.
    pub(super) residual: Vec<S>,
    pub(super) events: Vec<Event>,
    pub(super) certificate: Certificate,
    support: Vec<usize>,
    /// `A^* theta / lambda` for the last dual point.
    pull: Vec<S>,
}

impl<S: Scalar> Place<S> {
    /// `x = 0`, not yet certified.
    pub(super) fn zero(problem: Composite<S>, tolerance: f64) -> Self {
        let instance = &problem.instance;
        let zeros = vec![S::zero(); instance.cols()];
        Self {
            operator: Counted::new(instance.operator.clone()),
            tolerance,
            residual: instance.measurements.clone(),
            estimate: zeros.clone(),
            events: Vec::new(),
            certificate: Certificate::default(),
            support: Vec::new(),
            pull: zeros,
            problem,
        }
    }

    /// `y - A x` for any x: one product.
    pub(super) fn residual_of(&self, x: &[S]) -> Vec<S> {
        let support: Vec<usize> = (0..x.len()).filter(|&j| x[j] != S::zero()).collect();
        let (mut image, mut residual) = (vec![S::zero(); self.residual.len()], vec![S::zero(); self.residual.len()]);
        self.operator.apply_on(x, &support, &mut image);
        subtract(&self.problem.instance.measurements, &image, &mut residual);
        residual
    }

    /// Goes to `x`, with its residual.
    pub(super) fn go_to(&mut self, x: Vec<S>, residual: Vec<S>) {
        let support: Vec<usize> = (0..x.len()).filter(|&j| x[j] != S::zero()).collect();
        self.events = changes(&self.support, &support);
        (self.estimate, self.residual, self.support) = (x, residual, support);
    }

    /// Certifies x by the dual point `theta`, given `c = A^* theta`.
    pub(super) fn certify(&mut self, theta: &[S], c: &[S]) -> Status {
        self.certificate = self.problem.certify(&self.estimate, &self.residual, theta, c);
        let lambda = self.problem.penalty.lambda();
        self.pull = c.iter().map(|&c| c / lambda).collect();
        self.status()
    }

    /// Whether the certificate is good enough.
    pub(super) fn status(&self) -> Status {
        let finite = Values::lend(&self.estimate).is_finite() && !self.certificate.objective.is_nan();
        if !finite {
            return Status::Diverged("the estimate is not finite; make the numbers smaller".into());
        }
        match self.certificate.relative_gap() {
            Some(gap) if gap <= self.tolerance && self.violation() <= self.tolerance => {
                Status::Converged(format!("duality gap {gap:.0e} of {}", self.scale()))
            }
            _ => Status::Running,
        }
    }

    /// What gaps are measured against, in words.
    fn scale(&self) -> &'static str {
        match self.problem.fit {
            Fit::LeastSquares => "|y|²/2",
            Fit::Exact | Fit::Within { .. } | Fit::WithinEach { .. } => "the penalty",
            Fit::SquareRoot | Fit::Absolute | Fit::Huber { .. } => "the loss at zero",
        }
    }

    /// How far outside a constraint the residual is, relative to y.
    pub(super) fn violation(&self) -> f64 {
        let size = norm(&self.problem.instance.measurements);
        let outside = self.problem.fit.violation(&self.residual);
        if size > 0.0 { outside / size } else { outside }
    }

    /// What can be seen, with the method's own traces after the common ones.
    pub(super) fn observe(&self, own: &[Trace]) -> Observation<'_> {
        let names = (
            "looks-at",
            "The pull on every entry",
            "$\\langle a_j, \\theta\\rangle / \\lambda$; an entry rests where the penalty's slope holds it",
        );
        let mark = self.problem.penalty.has_unit_slope().then_some(Mark::Threshold { value: 1.0 });
        let gap = self.certificate.relative_gap().map(|value| Trace { name: "duality_gap", value });
        let common = [
            Trace { name: "relative_residual", value: self.problem.relative_residual(&self.residual) },
            Trace { name: "objective", value: self.certificate.objective },
        ];
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: common.into_iter().chain(gap).chain(own.iter().copied()).collect(),
            panels: vec![Panel::vector(names, Kind::Bars, &self.pull).with_marks(mark)],
            events: self.events.clone(),
            products: self.operator.products(),
        }
    }
}
