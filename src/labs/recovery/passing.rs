//! What AMP and BG-AMP share: a loop that shows a denoiser the truth in white noise.

use super::linear::LinearInstance;
use crate::contract::{Kind, Mark, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::{Scalar, axpy, distance, norm, subtract};
use std::borrow::Cow;
use std::sync::Arc;

/// How many times larger than the measurements `z` may grow.
const DIVERGED: f64 = 1e3;

/// What is made of the truth in white noise.
pub(super) struct Denoised<S> {
    pub(super) values: Vec<S>,
    /// Ascending.
    pub(super) support: Vec<usize>,
    /// `sum eta'`, over all entries.
    pub(super) slope: f64,
}

/// An estimate of entries that are seen in white noise.
pub(super) trait Denoiser<S>: Send {
    /// Denoises `seen`; the noise has the standard deviation `size / sqrt(rows)`.
    fn denoise(&mut self, seen: &[S], size: f64, rows: usize) -> Denoised<S>;

    /// Name, title and caption of the panel with what is seen.
    const PANEL: (&'static str, &'static str, &'static str);

    /// The line in that panel.
    fn line(&self, size: f64, rows: usize) -> f64;

    /// Quantities to plot, besides the residual.
    fn traces(&self, line: f64) -> Vec<Trace>;
}

/// When and how a run goes on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// Share of the last step that is kept.
    pub(super) damping: f64,
    /// Relative change, or relative residual, that ends the run.
    pub(super) tolerance: f64,
}

/// A run of AMP. `u = D x` with the columns' norms in `D` belongs to columns of unit norm.
pub(super) struct Passing<S: Scalar, D> {
    denoiser: D,
    pace: Pace,
    instance: Arc<LinearInstance<S>>,
    scaled: Vec<S>,
    estimate: Vec<S>,
    support: Vec<usize>,
    /// `y - A x`.
    residual: Vec<S>,
    /// The residual with the Onsager term.
    corrected: Vec<S>,
    /// The effective observation `u + D^{-1} A^* z`, and the line in it.
    effective: Vec<S>,
    line: f64,
    products: f64,
}

impl<S: Scalar, D: Denoiser<S>> Passing<S, D> {
    pub(super) fn new(denoiser: D, pace: Pace, instance: Arc<LinearInstance<S>>) -> Self {
        let cols = instance.cols();
        let mut run = Self {
            denoiser,
            pace,
            scaled: vec![S::zero(); cols],
            estimate: vec![S::zero(); cols],
            support: Vec::new(),
            residual: instance.measurements.clone(),
            corrected: instance.measurements.clone(),
            effective: vec![S::zero(); cols],
            line: 0.0,
            products: 0.0,
            instance,
        };
        run.look();
        run
    }

    /// Finds what the denoiser is to see.
    fn look(&mut self) {
        self.instance.operator.adjoint(&self.corrected, &mut self.effective);
        for ((v, &u), &size) in self.effective.iter_mut().zip(&self.scaled).zip(&self.instance.column_norms) {
            *v = if size > 0.0 { u + *v / size } else { S::zero() };
        }
        self.line = self.denoiser.line(norm(&self.corrected), self.instance.rows());
        self.products += 1.0;
    }

    /// Denoises; returns `(1/m) sum eta'`, and how far the step went before damping.
    fn denoise(&mut self) -> (f64, f64) {
        let rows = self.instance.rows();
        let denoised = self.denoiser.denoise(&self.effective, norm(&self.corrected), rows);
        self.support = denoised.support;
        let change = distance(&denoised.values, &self.scaled);
        blend(&mut self.scaled, &denoised.values, self.pace.damping);
        for ((x, &u), &size) in self.estimate.iter_mut().zip(&self.scaled).zip(&self.instance.column_norms) {
            *x = if size > 0.0 { u / size } else { S::zero() };
        }
        (denoised.slope / rows as f64, change)
    }

    /// The residual, and the next `z` from it and the last.
    fn correct(&mut self, onsager: f64) {
        let mut image = vec![S::zero(); self.instance.rows()];
        self.instance.operator.apply(&self.estimate, &mut image);
        self.products += 1.0;
        subtract(&self.instance.measurements, &image, &mut self.residual);
        let mut next = self.residual.clone();
        axpy(S::from_real(onsager), &self.corrected, &mut next);
        blend(&mut self.corrected, &next, self.pace.damping);
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }

    fn diverged(&self) -> bool {
        // Written so that a NaN counts as growth.
        let within = norm(&self.corrected) <= DIVERGED * norm(&self.instance.measurements);
        !within || self.estimate.iter().any(|x| !x.is_finite())
    }
}

/// `old = damping old + (1 - damping) new`.
fn blend<S: Scalar>(old: &mut [S], new: &[S], damping: f64) {
    for (old, &new) in old.iter_mut().zip(new) {
        *old = if damping == 0.0 { new } else { *old * damping + new * (1.0 - damping) };
    }
}

impl<S: Scalar, D: Denoiser<S>> Run for Passing<S, D> {
    fn step(&mut self) -> Status {
        self.look();
        let (onsager, change) = self.denoise();
        self.correct(onsager);
        if self.diverged() {
            return Status::Diverged(format!(
                "z grew beyond {DIVERGED:e} times y; AMP is made for matrices with independent entries: take a \
                 Gaussian matrix, or more damping than {}",
                self.pace.damping
            ));
        }
        if self.relative_residual() <= self.pace.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.pace.tolerance))
        } else if change <= self.pace.tolerance * norm(&self.scaled) {
            Status::Converged(format!("a step changes x by less than {:e} of it", self.pace.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let line = Mark::Threshold { value: self.line };
        let mut traces = vec![Trace { name: "relative_residual", value: self.relative_residual() }];
        traces.extend(self.denoiser.traces(self.line));
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces,
            panels: vec![Panel::vector(D::PANEL, Kind::Bars, &self.effective).with_marks([line])],
            events: Vec::new(),
            products: self.products,
        }
    }
}
