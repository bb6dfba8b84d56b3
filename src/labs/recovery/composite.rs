//! `min l(y - A x) + lambda p(x)` for any loss and any penalty: the weight that parameters mean, and the certificate.

use super::linear::LinearInstance;
use crate::contract::Complaint;
use crate::kernels::{Scalar, axpy, dot, norm, norm_inf};
use crate::losses::Fit;
use crate::penalties::{Penalty, Ray, Regularizer};
use std::sync::Arc;

/// A loss, a penalty, and its weight.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub(super) fit: Fit,
    pub(super) penalty: &'a Penalty,
    pub(super) nonnegative: bool,
    /// The weight itself, or a fraction of the largest useful one with the default that gives way to a weight.
    pub(super) lambda: Option<f64>,
    pub(super) ratio: f64,
    pub(super) default_ratio: f64,
}

/// The problem on an instance.
pub(super) struct Composite<S: Scalar> {
    pub(super) instance: Arc<LinearInstance<S>>,
    pub(super) fit: Fit,
    pub(super) penalty: Regularizer,
    /// `A 1` and `A^* A 1`, where the penalty ignores constants.
    constants: Option<(Vec<S>, Vec<S>)>,
}

/// What is known of an x.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Certificate {
    pub(super) objective: f64,
    /// Objective minus a feasible dual value, where there is a dual; below zero only where x is outside a constraint.
    pub(super) gap: Option<f64>,
    /// What the gap is measured against.
    pub(super) scale: f64,
}

impl Certificate {
    pub(super) fn relative_gap(&self) -> Option<f64> {
        self.gap.map(|gap| if self.scale > 0.0 { gap.abs() / self.scale } else { gap.abs() })
    }
}

impl<S: Scalar> Composite<S> {
    /// `step` is the length of a gradient step, in which the largest weight of a penalty with an infinite slope at zero is
    /// measured.
    ///
    /// # Errors
    /// When the penalty does not go with the instance, or a weight is given twice.
    pub(super) fn new(instance: &Arc<LinearInstance<S>>, wanted: Wanted<'_>, step: f64) -> Result<Self, Complaint> {
        let Wanted { lambda, ratio, default_ratio, .. } = wanted;
        if lambda.is_some() && ratio != default_ratio {
            let message = format!("is given beside lambda_ratio = {ratio}; give one of the two");
            return Err(Complaint::new("lambda", message));
        }
        let penalty = Regularizer::new(wanted.penalty, instance.cols(), wanted.nonnegative, S::COMPLEX)?;
        let y = &instance.measurements;
        let fit = match wanted.fit {
            Fit::Within { noise } => Fit::Within { noise: Some(noise.unwrap_or(instance.noise_norm)) },
            Fit::Huber { cut } => Fit::Huber { cut: cut * norm_inf(y) },
            other => other,
        };
        let mut composite = Self { instance: instance.clone(), fit, constants: None, penalty };
        if composite.penalty.ignores_constants() {
            composite.constants = Some(composite.constant_columns());
        }
        let weight = match (fit, lambda) {
            // A constraint has no price to weigh the penalty against.
            (fit, _) if fit.is_constraint() => 1.0,
            (_, Some(lambda)) => lambda,
            _ => {
                let mut slope = fit.gradient(y);
                let mut pull = vec![S::zero(); instance.cols()];
                instance.operator.adjoint(&slope, &mut pull);
                composite.without_constants(&mut slope, &mut pull);
                ratio * composite.penalty.largest_weight(&pull, step)
            }
        };
        // A weight of zero is that of y = 0, where every weight gives the same.
        composite.penalty = composite.penalty.at(if weight > 0.0 { weight } else { 1.0 });
        Ok(composite)
    }

    fn constant_columns(&self) -> (Vec<S>, Vec<S>) {
        let operator = &self.instance.operator;
        let (mut image, mut back) = (vec![S::zero(); operator.rows()], vec![S::zero(); operator.cols()]);
        operator.apply(&vec![S::from_real(1.0); operator.cols()], &mut image);
        operator.adjoint(&image, &mut back);
        (image, back)
    }

    /// Makes `theta` orthogonal to `A 1`, and `c = A^* theta` with it, where the penalty asks for that.
    fn without_constants(&self, theta: &mut [S], c: &mut [S]) {
        if let Some((image, back)) = &self.constants {
            let size = S::norm_squared(image);
            if size > 0.0 {
                let share = dot(image, theta) / size;
                axpy(-share, image, theta);
                axpy(-share, back, c);
            }
        }
    }

    /// Certifies x, given its residual, a dual point `theta` and `c = A^* theta`: the dual value is
    /// `Re <y, theta> - l*(theta) - (lambda p)*(A^* theta)` at the best multiple of `theta` that is feasible. O(m + n), but
    /// for a penalty's own costs.
    pub(super) fn certify(&self, x: &[S], residual: &[S], theta: &[S], c: &[S]) -> Certificate {
        let y = &self.instance.measurements;
        let value = self.penalty.value(x);
        let objective = self.fit.value(residual) + value;
        let scale = if self.fit.is_constraint() { value } else { self.fit.value(y) };
        let (mut theta, mut c) = (theta.to_vec(), c.to_vec());
        self.without_constants(&mut theta, &mut c);
        let (bound, slope, square) = self.fit.ray(&theta);
        let rise = dot(y, &theta).re() - slope;
        let dual = match self.penalty.ray(&c) {
            Ray::Unknown => None,
            Ray::Straight { gauge, slope } => {
                let s = best(rise - slope, square, bound.max(gauge));
                Some(s * (rise - slope) - s * s * square)
            }
            Ray::Curved { gauge } => {
                let value = |s: f64| {
                    let scaled: Vec<S> = c.iter().map(|&c| c * s).collect();
                    s * rise - s * s * square - self.penalty.conjugate(&scaled)
                };
                // As it is, and where the curved part costs nothing: with hardly any curvature the first is worth nothing.
                Some(value(1.0 / bound.max(1.0)).max(value(1.0 / bound.max(gauge).max(1.0))))
            }
        };
        Certificate { objective, gap: dual.map(|dual| objective - dual), scale }
    }

    /// `|r| / |y|`, zero for `y = 0`.
    pub(super) fn relative_residual(&self, residual: &[S]) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(residual) / size } else { 0.0 }
    }
}

/// The `s >= 0` with `s gauge <= 1` where `rise s - square s^2` is largest.
fn best(rise: f64, square: f64, gauge: f64) -> f64 {
    let most = if gauge > 0.0 { 1.0 / gauge } else { f64::INFINITY };
    let s = if square > 0.0 { 0.5 * rise / square } else { most };
    if rise <= 0.0 {
        0.0
    } else if s.min(most).is_finite() {
        s.min(most)
    } else {
        1.0
    }
}

/// A length that entries of x may have: the largest that a column alone could explain y with. 1 where there is none.
pub(super) fn length_of<S: Scalar>(instance: &LinearInstance<S>) -> f64 {
    let mut correlations = vec![S::zero(); instance.cols()];
    instance.operator.adjoint(&instance.measurements, &mut correlations);
    let share = |(c, &size): (&S, &f64)| if size > 0.0 { c.abs() / size / size } else { 0.0 };
    let length = correlations.iter().zip(&instance.column_norms).map(share).fold(0.0, f64::max);
    if length > 0.0 && length.is_finite() { length } else { 1.0 }
}
