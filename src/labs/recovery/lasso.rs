//! The LASSO, `min 1/2 |y - A x|^2 + lambda |x|_1`, as its solvers share it: which lambda, an iterate with its
//! certificate, and what is seen of it.

use super::linear::LinearInstance;
use crate::contract::{Complaint, Event, Kind, Mark, Observation, Panel, Status, Trace, Values};
use crate::kernels::{Scalar, dot, norm_inf, subtract};
use crate::losses::least_squares::{LassoCertificate, lasso_certificate};
use crate::operators::{Counted, Dense, LinearOperator, NearProduct};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

/// The penalty that parameters mean: `lambda` itself, or `lambda_ratio` times `lambda_max = |A^* y|_inf`, above
/// which the solution is zero. `default_ratio` is the ratio's default, which gives way to a `lambda`.
///
/// # Errors
/// When both are given.
pub fn penalty_for<S: Scalar>(
    (lambda, lambda_ratio): (Option<f64>, f64),
    default_ratio: f64,
    instance: &LinearInstance<S>,
) -> Result<f64, Complaint> {
    match lambda {
        Some(_) if lambda_ratio != default_ratio => {
            let message = format!("is given beside lambda_ratio = {lambda_ratio}; give one of the two");
            Err(Complaint::new("lambda", message))
        }
        Some(lambda) => Ok(lambda),
        None => Ok(lambda_ratio * largest_correlation(instance)),
    }
}

/// `|A^* y|_inf`.
fn largest_correlation<S: Scalar>(instance: &LinearInstance<S>) -> f64 {
    let (cols, y) = (instance.cols(), &instance.measurements);
    if let Some(stored) = instance.operator.as_dense() {
        let strongest = stored.strongest(y, &vec![1.0; cols], &vec![true; cols]);
        return strongest.map_or(0.0, |j| dot(stored.column_slice(j), y).abs());
    }
    let mut correlations = vec![S::zero(); cols];
    instance.operator.adjoint(y, &mut correlations);
    norm_inf(&correlations)
}

/// The panel that every l1 method shows: the dual certificate. `dual` is `A^* r / lambda`, n entries.
pub(super) fn dual_panel<S: Scalar>(dual: &[S]) -> Panel<'_> {
    let names = ("looks-at", "The dual certificate", "$|\\langle a_j, r\\rangle| / \\lambda$; active entries reach 1");
    Panel::vector(names, Kind::Bars, dual).with_marks([Mark::Threshold { value: 1.0 }])
}

/// An iterate of a LASSO solver, with what certifies it.
pub(super) struct Iterate<S: Scalar> {
    pub(super) instance: Arc<LinearInstance<S>>,
    pub(super) lambda: f64,
    tolerance: f64,
    /// `x`, n entries. After changing it, [`measure`](Self::measure) and [`certify`](Self::certify).
    pub(super) estimate: Vec<S>,
    /// `r = y - A x`.
    pub(super) residual: Vec<S>,
    /// `A^* r`; after [`certify_screened`](Self::certify_screened), zero for columns that stay below lambda.
    pub(super) correlations: Vec<S>,
    /// Whether that is so.
    screened: bool,
    pub(super) events: Vec<Event>,
    operator: Counted<S>,
    /// Products that a solver did on single columns by itself.
    pub(super) column_products: f64,
    support: Vec<usize>,
    /// `A^* r / lambda`, once somebody looks.
    dual: OnceCell<Vec<S>>,
    certificate: LassoCertificate,
}

impl<S: Scalar> Iterate<S> {
    /// `x = 0`, to be certified.
    pub(super) fn zero(instance: &Arc<LinearInstance<S>>, lambda: f64, tolerance: f64) -> Self {
        let zeros = vec![S::zero(); instance.cols()];
        Self {
            lambda,
            tolerance,
            estimate: zeros.clone(),
            residual: instance.measurements.clone(),
            correlations: zeros,
            screened: false,
            events: Vec::new(),
            operator: Counted::new(instance.operator.clone()),
            column_products: 0.0,
            support: Vec::new(),
            dual: OnceCell::new(),
            certificate: LassoCertificate { objective: 0.0, gap: 0.0 },
            instance: instance.clone(),
        }
    }

    /// `r = y - A x`, afresh: one product at most, so that rounding never piles up.
    pub(super) fn measure(&mut self) {
        let mut image = vec![S::zero(); self.residual.len()];
        let support: Vec<usize> = (0..self.estimate.len()).filter(|&j| self.estimate[j] != S::zero()).collect();
        self.operator.apply_on(&self.estimate, &support, &mut image);
        subtract(&self.instance.measurements, &image, &mut self.residual);
        self.events = changes(&self.support, &support);
        self.support = support;
    }

    /// Certifies `x`, given its residual: one product with `A^*`.
    pub(super) fn certify(&mut self) -> Status {
        self.operator.adjoint(&self.residual, &mut self.correlations);
        self.screened = false;
        self.judge()
    }

    /// The same certificate from the columns whose correlations can reach lambda, the only ones that matter to it: one
    /// scan of the matrix's 16-bit copy.
    pub(super) fn certify_screened(&mut self, matrix: &Dense<S>) -> Status {
        let nearly = NearProduct::of(matrix, &self.residual);
        for (j, (correlation, &size)) in self.correlations.iter_mut().zip(&self.instance.column_norms).enumerate() {
            let below = nearly.bound(j, size) < self.lambda;
            *correlation = if below { S::zero() } else { dot(matrix.column_slice(j), &self.residual) };
        }
        self.column_products += 1.0;
        self.screened = true;
        self.judge()
    }

    fn judge(&mut self) -> Status {
        self.dual.take();
        let (x, y) = (&self.estimate, &self.instance.measurements);
        self.certificate = lasso_certificate(x, y, &self.residual, &self.correlations, self.lambda);
        let gap = self.relative_gap();
        if !self.certificate.objective.is_finite() {
            Status::Diverged("the objective is not finite; make the numbers smaller".into())
        } else if gap <= self.tolerance {
            Status::Converged(format!("duality gap {gap:.0e} of |y|²/2"))
        } else {
            Status::Running
        }
    }

    /// The duality gap relative to the objective at zero, `1/2 |y|^2`.
    fn relative_gap(&self) -> f64 {
        let size = 0.5 * S::norm_squared(&self.instance.measurements);
        if size > 0.0 { self.certificate.gap / size } else { 0.0 }
    }

    fn relative_residual(&self) -> f64 {
        let size = S::norm_squared(&self.instance.measurements);
        if size > 0.0 { (S::norm_squared(&self.residual) / size).sqrt() } else { 0.0 }
    }

    /// `A^* r / lambda` in full. Where it takes a product, that is not one of the method's own, and not counted.
    fn dual(&self) -> &[S] {
        self.dual.get_or_init(|| {
            let mut dual = self.correlations.clone();
            if self.screened {
                self.instance.operator.adjoint(&self.residual, &mut dual);
            }
            let level = |c: S| if self.lambda > 0.0 { c / self.lambda } else { S::zero() };
            dual.iter_mut().for_each(|c| *c = level(*c));
            dual
        })
    }

    pub(super) fn observe(&self) -> Observation<'_> {
        Observation { panels: vec![dual_panel(self.dual())], ..self.glance() }
    }

    pub(super) fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "objective", value: self.certificate.objective },
                Trace { name: "duality_gap", value: self.relative_gap() },
            ],
            panels: Vec::new(),
            events: self.events.clone(),
            products: self.operator.products() + self.column_products,
        }
    }
}

/// Which indices left and which entered, from one ascending list to another.
pub(super) fn changes(before: &[usize], after: &[usize]) -> Vec<Event> {
    let left = before.iter().filter(|j| after.binary_search(j).is_err()).map(|&index| Event::Drop { index });
    let entered = after.iter().filter(|j| before.binary_search(j).is_err()).map(|&index| Event::Pick { index });
    left.chain(entered).collect()
}
