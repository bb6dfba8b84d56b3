//! What the methods for phase retrieval share: the place of a run, gradients of both losses, and what is shown.

use super::PhaseInstance;
use crate::contract::{Event, Kind, Mark, Observation, Panel, Status, Trace, Values};
use crate::kernels::{axpy, distance, largest_abs, norm};
use crate::operators::{Counted, LinearOperator};
use std::borrow::Cow;
use std::sync::Arc;

/// An estimate this many times as long as the measurements means that the run has blown up.
const BLOWN_UP: f64 = 1e6;

/// A run's place, and what it saw on the way there.
pub(in crate::labs::recovery) struct Walk {
    pub instance: Arc<PhaseInstance>,
    pub operator: Counted<f64>,
    /// Entries to hold, k.
    pub sparsity: usize,
    /// x, n entries.
    pub estimate: Vec<f64>,
    /// Where x is not zero, ascending.
    pub support: Vec<usize>,
    /// `q = A x`.
    pub image: Vec<f64>,
    /// A step shorter than this fraction of x ends the run.
    tolerance: f64,
    /// What the last selection looked at, and the smallest modulus that it took.
    looked_at: Vec<f64>,
    taken_from: Option<f64>,
    events: Vec<Event>,
}

/// The sign of a measurement, one for zero.
pub(in crate::labs::recovery) fn sign(q: f64) -> f64 {
    if q < 0.0 { -1.0 } else { 1.0 }
}

impl Walk {
    /// At the instance's start.
    pub fn new(instance: Arc<PhaseInstance>, sparsity: usize, tolerance: f64) -> Self {
        let operator = Counted::new(instance.operator.clone());
        let estimate = instance.start(sparsity);
        let support: Vec<usize> = (0..estimate.len()).filter(|&j| estimate[j] != 0.0).collect();
        let mut image = vec![0.0; instance.rows()];
        operator.apply_on(&estimate, &support, &mut image);
        let looked_at = estimate.clone();
        let events = Vec::new();
        Self { instance, operator, sparsity, estimate, support, image, tolerance, looked_at, taken_from: None, events }
    }

    /// `y sgn q`: the measurements with the signs that x gives them.
    pub fn signed(&self) -> Vec<f64> {
        self.instance.magnitudes.iter().zip(&self.image).map(|(y, &q)| y * sign(q)).collect()
    }

    /// `A^T (q - y sgn q)` over the measurements that are `kept`: the gradient of the amplitude loss `1/2 sum (|q_i| - y_i)^2`.
    pub fn amplitude_gradient(&self, kept: impl Fn(f64, f64) -> bool) -> Vec<f64> {
        let pull = |(&q, &y): (&f64, &f64)| if kept(q, y) { q - y * sign(q) } else { 0.0 };
        let pulls: Vec<f64> = self.image.iter().zip(&self.instance.magnitudes).map(pull).collect();
        self.adjoint(&pulls)
    }

    /// `(q_i^2 - y_i^2) q_i`, whose image under the adjoint is the gradient of the intensity loss `1/4 sum (q_i^2 - y_i^2)^2`.
    pub fn intensity_pulls(&self) -> Vec<f64> {
        self.image.iter().zip(&self.instance.magnitudes).map(|(q, y)| (q * q - y * y) * q).collect()
    }

    pub fn adjoint(&self, pulls: &[f64]) -> Vec<f64> {
        let mut gradient = vec![0.0; self.instance.cols()];
        self.operator.adjoint(pulls, &mut gradient);
        gradient
    }

    /// `x - step g`.
    pub fn ahead(&self, step: f64, gradient: &[f64]) -> Vec<f64> {
        let mut ahead = self.estimate.clone();
        axpy(-step, gradient, &mut ahead);
        ahead
    }

    /// The places of the k largest entries of `v`, which goes on show.
    pub fn select(&mut self, v: Vec<f64>) -> Vec<usize> {
        let chosen = largest_abs(&v, self.sparsity);
        self.taken_from = chosen.iter().map(|&j| v[j].abs()).reduce(f64::min);
        self.looked_at = v;
        chosen
    }

    /// Puts `v` on show, with a line at `threshold`.
    pub fn show(&mut self, v: Vec<f64>, threshold: f64) {
        self.looked_at = v;
        self.taken_from = Some(threshold);
    }

    /// What was shown last, with all but the chosen places zero.
    pub fn cut(&self, chosen: &[usize]) -> Vec<f64> {
        let mut x = vec![0.0; self.looked_at.len()];
        chosen.iter().for_each(|&j| x[j] = self.looked_at[j]);
        x
    }

    /// Moves to `x`, and says whether that was the last step.
    pub fn go_to(&mut self, x: Vec<f64>) -> Status {
        let moved = distance(&x, &self.estimate);
        let support: Vec<usize> = (0..x.len()).filter(|&j| x[j] != 0.0).collect();
        let new = |now: &[usize], before: &[usize]| -> Vec<usize> {
            now.iter().copied().filter(|j| before.binary_search(j).is_err()).collect()
        };
        let picks = new(&support, &self.support).into_iter().map(|index| Event::Pick { index });
        let drops = new(&self.support, &support).into_iter().map(|index| Event::Drop { index });
        self.events = picks.chain(drops).collect();
        self.operator.apply_on(&x, &support, &mut self.image);
        self.estimate = x;
        self.support = support;
        let (size, measured) = (norm(&self.estimate), norm(&self.instance.magnitudes));
        if size.is_nan() || size > BLOWN_UP * measured {
            Status::Diverged("the estimate grows without bound; a shorter step or more measurements would help".into())
        } else if moved <= self.tolerance * size {
            Status::Converged(format!("a step below {:e} of x", self.tolerance))
        } else {
            Status::Running
        }
    }

    fn relative_residual(&self) -> f64 {
        let y = &self.instance.magnitudes;
        let off = self.image.iter().zip(y).fold(0.0, |sum, (q, y)| sum + (q.abs() - y) * (q.abs() - y)).sqrt();
        let size = norm(y);
        if size > 0.0 { off / size } else { off }
    }

    /// What can be seen, with the vector that the last selection looked at.
    pub fn observe(&self, title: &'static str, caption: &'static str) -> Observation<'_> {
        let line = self.taken_from.map(|value| Mark::Threshold { value });
        let panel = Panel::vector(("looks-at", title, caption), Kind::Bars, &self.looked_at).with_marks(line);
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual() }],
            panels: vec![panel],
            events: self.events.clone(),
            products: self.operator.products(),
        }
    }
}
