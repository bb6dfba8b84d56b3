//! What the methods share that go from one k-sparse estimate to the next: CoSaMP, subspace pursuit, and the
//! three that threshold a gradient step.

use super::linear::LinearInstance;
use crate::contract::{Event, Kind, Mark, Observation, Panel, Status, Trace, Values};
use crate::kernels::{Scalar, axpy, distance, largest_abs, norm, subtract};
use crate::operators::{Counted, LinearOperator, least_squares_on};
use std::borrow::Cow;
use std::sync::Arc;

/// A residual this many times the measurements means that the run has blown up.
const BLOWN_UP: f64 = 1e6;

/// A sparse estimate and what it leaves unexplained.
#[derive(Clone, Debug)]
pub(super) struct Iterate<S> {
    /// `x`, n entries, zero outside the support.
    pub(super) estimate: Vec<S>,
    /// Ascending.
    pub(super) support: Vec<usize>,
    /// `r = y - A x`, m entries.
    pub(super) residual: Vec<S>,
}

/// A run's place: the estimate that it holds, and what it saw on the way there.
pub(super) struct Walk<S: Scalar> {
    pub(super) instance: Arc<LinearInstance<S>>,
    pub(super) operator: Counted<S>,
    pub(super) now: Iterate<S>,
    /// `A^* r` for `now`.
    pub(super) correlations: Vec<S>,
    tolerance: f64,
    /// The vector that the last selection looked at, and the smallest modulus that it took.
    looked_at: Vec<S>,
    taken_from: Option<f64>,
    events: Vec<Event>,
}

impl<S: Scalar> Walk<S> {
    /// At `x = 0`. `tolerance` is the relative residual that ends the run.
    pub(super) fn new(instance: Arc<LinearInstance<S>>, tolerance: f64) -> Self {
        let operator = Counted::new(instance.operator.clone());
        let mut correlations = vec![S::zero(); instance.cols()];
        operator.adjoint(&instance.measurements, &mut correlations);
        let now = Iterate {
            estimate: vec![S::zero(); instance.cols()],
            support: Vec::new(),
            residual: instance.measurements.clone(),
        };
        let looked_at = correlations.clone();
        Self { instance, operator, now, correlations, tolerance, looked_at, taken_from: None, events: Vec::new() }
    }

    /// The `k` largest entries of `v`, ascending, and `v` on show as what was looked at.
    pub(super) fn select(&mut self, v: Vec<S>, k: usize) -> Vec<usize> {
        let chosen = largest_abs(&v, k);
        self.taken_from = chosen.iter().map(|&j| v[j].abs()).reduce(f64::min);
        self.looked_at = v;
        chosen
    }

    /// All entries of `v` above `threshold`, ascending, with the threshold as the line on show.
    pub(super) fn select_above(&mut self, v: Vec<S>, threshold: f64) -> Vec<usize> {
        let chosen = (0..v.len()).filter(|&j| v[j].abs() > threshold).collect();
        self.show(v, threshold);
        chosen
    }

    /// Puts `v` on show as what was looked at, with a line at `threshold`.
    pub(super) fn show(&mut self, v: Vec<S>, threshold: f64) {
        self.looked_at = v;
        self.taken_from = Some(threshold);
    }

    /// The support, and after it those of `chosen` that are not in it.
    pub(super) fn support_and(&self, chosen: &[usize]) -> Vec<usize> {
        let held = &self.now.support;
        held.iter().chain(chosen.iter().filter(|j| held.binary_search(j).is_err())).copied().collect()
    }

    /// `x + mu A^* r`: a gradient step of length `mu`.
    pub(super) fn ahead(&self, mu: f64) -> Vec<S> {
        let mut ahead = self.now.estimate.clone();
        axpy(S::from_real(mu), &self.correlations, &mut ahead);
        ahead
    }

    /// The step that lowers `|r|` most along the gradient `g` on `places`: `|g_T|^2 / |A g_T|^2`. Zero where
    /// `g_T` is zero.
    pub(super) fn best_step_on(&self, places: &[usize]) -> f64 {
        let mut gradient = vec![S::zero(); self.correlations.len()];
        for &j in places {
            gradient[j] = self.correlations[j];
        }
        let size = norm(&gradient);
        if size == 0.0 {
            return 0.0;
        }
        let mut image = vec![S::zero(); self.instance.rows()];
        self.operator.apply_on(&gradient, places, &mut image);
        let ratio = size / norm(&image);
        ratio * ratio
    }

    /// `|x|^2 / |A x|^2` for the estimate; 1 at zero, where any step chooses the same support.
    pub(super) fn inverse_gain(&self) -> f64 {
        let ratio = norm(&self.now.estimate) / distance(&self.instance.measurements, &self.now.residual);
        if ratio.is_finite() { ratio * ratio } else { 1.0 }
    }

    /// The least-squares estimate on `support`; earlier columns win where some are dependent.
    pub(super) fn fit(&self, support: &[usize]) -> Iterate<S> {
        let fit = least_squares_on(&self.operator, support, &self.instance.measurements);
        let mut estimate = vec![S::zero(); self.instance.cols()];
        for (&j, value) in support.iter().zip(fit.values) {
            estimate[j] = value;
        }
        let mut support = support.to_vec();
        support.sort_unstable();
        Iterate { estimate, support, residual: fit.residual }
    }

    /// `x` cut down to `support`.
    pub(super) fn cut(&self, x: &[S], support: Vec<usize>) -> Iterate<S> {
        let mut estimate = vec![S::zero(); x.len()];
        for &j in &support {
            estimate[j] = x[j];
        }
        let mut image = vec![S::zero(); self.instance.rows()];
        self.operator.apply_on(&estimate, &support, &mut image);
        let mut residual = vec![S::zero(); self.instance.rows()];
        subtract(&self.instance.measurements, &image, &mut residual);
        Iterate { estimate, support, residual }
    }

    /// Goes to `next` and says whether that ends the run: a residual within the tolerance, or one that has
    /// blown up. An estimate that is not finite is not entered.
    pub(super) fn go_to(&mut self, next: Iterate<S>) -> Status {
        let relative = self.relative_residual(&next);
        if !relative.is_finite() || !Values::lend(&next.estimate).is_finite() {
            self.stay();
            return Status::Diverged("the next estimate is not finite".into());
        }
        let entered = next.support.iter().filter(|j| self.now.support.binary_search(j).is_err());
        let left = self.now.support.iter().filter(|j| next.support.binary_search(j).is_err());
        let picks = entered.map(|&index| Event::Pick { index });
        self.events = picks.chain(left.map(|&index| Event::Drop { index })).collect();
        self.now = next;
        self.operator.adjoint(&self.now.residual, &mut self.correlations);
        if relative <= self.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.tolerance))
        } else if relative > BLOWN_UP {
            Status::Diverged(format!("the residual is more than {BLOWN_UP:e} times y"))
        } else {
            Status::Running
        }
    }

    /// As [`Walk::go_to`], but only downhill: where the residual does not fall, the step is taken back.
    pub(super) fn go_down_to(&mut self, next: Iterate<S>) -> Status {
        if norm(&next.residual) >= norm(&self.now.residual) {
            self.stay();
            return Status::Converged("the residual falls no further; the last step is taken back".into());
        }
        self.go_to(next)
    }

    /// As [`Walk::go_to`], but a move of less than the tolerance, relative to the estimate, ends the run.
    pub(super) fn go_until_settled(&mut self, next: Iterate<S>) -> Status {
        let settled = distance(&next.estimate, &self.now.estimate) <= self.tolerance * norm(&next.estimate);
        match self.go_to(next) {
            Status::Running if settled => {
                Status::Converged(format!("the estimate moves by less than {:e} of itself", self.tolerance))
            }
            status => status,
        }
    }

    /// Remains where it is: nothing happened in this step.
    pub(super) fn stay(&mut self) {
        self.events.clear();
    }

    /// `|r| / |y|`; zero for `y = 0`, which nothing has to explain.
    fn relative_residual(&self, iterate: &Iterate<S>) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&iterate.residual) / size } else { 0.0 }
    }

    /// What can be seen, with the selection's view under the given title and caption.
    pub(super) fn observe(&self, title: &'static str, caption: &'static str) -> Observation<'_> {
        let threshold = self.taken_from.map(|value| Mark::Threshold { value });
        let panel = Panel::vector(("looks-at", title, caption), Kind::Bars, &self.looked_at);
        Observation {
            estimate: Values::lend(&self.now.estimate),
            support: Cow::Borrowed(&self.now.support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual(&self.now) }],
            panels: vec![panel.with_marks(threshold)],
            events: self.events.clone(),
            products: self.operator.products(),
        }
    }
}
