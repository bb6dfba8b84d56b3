//! A drawn instance of `linear`, and how answers to it are judged.

use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{Scalar, distance, norm, norm_inf, subtract};
use crate::labs::recovery::hits::Hits;
use crate::labs::recovery::penalty_rules::path_with_rules;
use crate::operators::{Basis, LinearOperator, Synthesis, squared_norm};
use crate::theory::minimax::Entries;
use num_complex::Complex64;
use serde_json::{Value, json};
use std::any::Any;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

/// `y = A x + e`, drawn or loaded. A clone shares the operator, which may then be replaced by an equal one.
#[derive(Clone)]
pub struct LinearInstance<S: Scalar> {
    /// `A = Phi Psi`, m x n.
    pub operator: Arc<dyn LinearOperator<S>>,
    /// `y`, m entries.
    pub measurements: Vec<S>,
    /// The true coefficients, n entries, where they are known.
    pub truth: Option<Vec<S>>,
    /// Norms of the columns of `A`.
    pub column_norms: Vec<f64>,
    /// `|e|`; zero when it is not known.
    pub noise_norm: f64,
    /// Weights that the unknowns have by their nature, such as the largest moduli of polynomials; none where none is known.
    pub intrinsic_weights: Option<Vec<f64>>,
    /// What a person should know about the instance.
    pub notes: Vec<String>,
    pub(super) basis: Basis,
    pub(super) synthesis: Synthesis,
    /// Side of the square picture that the unknowns are, row by row, in their own domain or a basis of pictures.
    pub(super) side: Option<usize>,
    /// Moduli above this count as non-zero; from the truth where it is known.
    pub(super) active_threshold: f64,
    pub(super) active_above: f64,
    /// `|A|^2`, once a method has asked for it.
    pub(super) squared_norm: Arc<OnceLock<f64>>,
}

/// Numbers whose fourth powers, and quotients of such, are doubles.
const POWERS: RangeInclusive<f64> = 1e-75..=1e75;

fn too_far(what: &str, size: f64, method: &str) -> Complaint {
    Complaint::new(
        "id",
        format!("{method} takes fourth powers, and {what} near {size:.0e} have none in double precision; scale {what}"),
    )
}

impl<S: Scalar> LinearInstance<S> {
    /// Number of measurements, m.
    pub fn rows(&self) -> usize {
        self.operator.rows()
    }

    /// Number of unknowns, n.
    pub fn cols(&self) -> usize {
        self.operator.cols()
    }

    /// Number of true entries that are not zero, where the truth is known. Where less than half of them are
    /// exactly zero, as in a basis in which the signal is only nearly sparse, those count that exceed the threshold.
    pub fn sparsity(&self) -> Option<usize> {
        self.true_support().map(|support| support.len())
    }

    /// The indices of those entries, ascending.
    pub fn true_support(&self) -> Option<Vec<usize>> {
        let truth = self.truth.as_ref()?;
        let above = |threshold| (0..truth.len()).filter(|&j| self.is_active(truth[j], threshold)).collect::<Vec<_>>();
        let nonzero = above(0.0);
        Some(if 2 * nonzero.len() <= truth.len() { nonzero } else { above(self.active_threshold) })
    }

    /// `|A|^2` and a little more, by [`squared_norm`]. Found once for all methods and runs.
    pub fn squared_norm(&self) -> f64 {
        *self.squared_norm.get_or_init(|| squared_norm(&*self.operator))
    }

    /// The side where the unknowns are a square picture, row by row: its pixels, or coefficients that are laid out as they are.
    pub fn picture_side(&self) -> Option<usize> {
        self.side
    }

    /// The unknowns that write a signal in the instance's basis.
    pub fn written(&self, signal: &[S]) -> Vec<S> {
        self.synthesis.coefficients(signal)
    }

    /// Whether the signal has a panel beside the unknowns: it is another one, or a picture.
    fn shows_signal(&self) -> bool {
        self.basis != Basis::Identity || self.side.is_some()
    }

    /// `y - A x`.
    pub fn residual(&self, x: &[S]) -> Vec<S> {
        let mut image = vec![S::zero(); self.rows()];
        self.operator.apply(x, &mut image);
        let mut residual = vec![S::zero(); self.rows()];
        subtract(&self.measurements, &image, &mut residual);
        residual
    }

    /// The same instance with real entries.
    ///
    /// # Errors
    /// When entries are complex and the mathematics of the method called `method` is real.
    pub fn real(self: &Arc<Self>, method: &str) -> Result<Arc<LinearInstance<f64>>, Complaint> {
        let this: &dyn Any = self;
        this.downcast_ref::<Arc<LinearInstance<f64>>>().cloned().ok_or_else(|| {
            Complaint::new("id", format!("{method} needs real measurements and these are complex; FISTA takes both"))
        })
    }

    /// Complains to a method that divides by fourth powers of columns' norms where those leave the range of doubles: it would end at
    /// a wrong answer and call it one.
    ///
    /// # Errors
    /// Where a column that is not zero has a norm outside 1e-75..1e75.
    pub fn check_columns(&self, method: &str) -> Result<(), Complaint> {
        let far = self.column_norms.iter().find(|&&norm| norm != 0.0 && !POWERS.contains(&norm));
        far.map_or(Ok(()), |&norm| Err(too_far("the matrix", norm, method)))
    }

    /// The same for the measurements' norm.
    ///
    /// # Errors
    /// Where it is not zero and outside 1e-75..1e75.
    pub fn check_measurements(&self, method: &str) -> Result<(), Complaint> {
        let size = norm(&self.measurements);
        if size == 0.0 || POWERS.contains(&size) { Ok(()) } else { Err(too_far("the measurements", size, method)) }
    }

    fn is_active(&self, x: S, threshold: f64) -> bool {
        x.abs() > threshold
    }

    /// The threshold for an estimate: the truth's, or relative to the estimate itself.
    fn threshold_for(&self, estimate: &[S]) -> f64 {
        match self.truth {
            Some(_) => self.active_threshold,
            None => self.active_above * norm_inf(estimate),
        }
    }

    fn facts(&self) -> Value {
        let (rows, cols) = (self.rows(), self.cols());
        let delta = rows as f64 / cols as f64;
        let entries = if S::COMPLEX { Entries::Complex } else { Entries::Signed };
        // Methods that know of it have a higher threshold.
        let positive = self.truth.as_ref().is_some_and(|x| x.iter().all(|v| v.im() == 0.0 && v.re() >= 0.0));
        json!({
            "rows": rows,
            "cols": cols,
            "size": match self.sparsity() {
                Some(k) => format!("m = {rows}, n = {cols}, k = {k}"),
                None => format!("m = {rows}, n = {cols}"),
            },
            "complex": S::COMPLEX,
            "sparsity": self.sparsity(),
            "delta": delta,
            "rho": self.sparsity().map(|k| k as f64 / rows as f64),
            "rho_l1": (delta < 1.0).then(|| entries.transition(delta)),
            "rho_l1_nonnegative": (delta < 1.0 && positive).then(|| Entries::Nonnegative.transition(delta)),
            "active_threshold": self.active_threshold,
            "noise_norm": self.noise_norm,
            "basis": self.basis,
            "side": self.side,
            "notes": self.notes,
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let mut panels = Vec::new();
        if let Some(truth) = &self.truth {
            panels.push(Panel::vector(("truth", "Truth", "$x$, what is to be recovered"), Kind::Stems, truth));
        }
        let y = ("measurements", "Measured", "$y = A x + e$");
        panels.push(Panel::vector(y, Kind::Stems, &self.measurements));
        if let (Some(truth), true) = (&self.truth, self.shows_signal()) {
            panels.push(self.signal_panel("signal-truth", truth));
        }
        panels.push(super::picture::matrix(&*self.operator));
        panels.push(super::picture::gram(&*self.operator, &self.column_norms));
        panels
    }

    fn signal_panel(&self, id: &'static str, coefficients: &[S]) -> Panel<'static> {
        let signal = self.synthesis.synthesize(coefficients);
        let side = self.side;
        Panel {
            id,
            title: "Signal",
            caption: "$\\Psi x$, in its own domain",
            kind: if side.is_some() { Kind::Image } else { Kind::Curves },
            shape: side.map_or((1, signal.len()), |side| (side, side)),
            values: Values::give(signal),
            x: Axis::plain("sample"),
            y: Axis::plain("value"),
            table: None,
            marks: Vec::new(),
        }
    }

    fn observe(&self, estimate: &[S]) -> Vec<Panel<'static>> {
        let residual = self.residual(estimate);
        let mut panels = vec![Panel {
            id: "residual",
            title: "Residual",
            caption: "$r = y - A \\hat x$, what is left",
            kind: Kind::Bars,
            shape: (1, residual.len()),
            values: Values::give(residual),
            x: Axis::plain("measurement"),
            y: Axis::plain("value"),
            table: None,
            marks: Vec::new(),
        }];
        if self.shows_signal() {
            panels.push(self.signal_panel("signal", estimate));
        }
        panels
    }

    fn relative_error(&self, estimate: &[S]) -> Option<f64> {
        let truth = self.truth.as_ref()?;
        let size = norm(truth);
        let error = distance(estimate, truth);
        Some(if size > 0.0 { error / size } else { error })
    }

    fn metrics(&self, estimate: &[S]) -> Vec<Trace> {
        let mut metrics = Vec::new();
        let mut push = |name, value: f64| metrics.push(Trace { name, value });
        let residual = norm(&self.residual(estimate));
        let size = norm(&self.measurements);
        push("residual", residual);
        push("relative_residual", if size > 0.0 { residual / size } else { residual });
        if let (Some(truth), Some(error)) = (&self.truth, self.relative_error(estimate)) {
            let threshold = self.threshold_for(estimate);
            let active = |x: &S| self.is_active(*x, threshold);
            push("relative_error", error);
            let indices = truth.iter().zip(estimate).map(|(t, e)| (active(t), active(e)));
            metrics.extend(Hits::count(indices).metrics());
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let (rows, cols) = (self.rows(), self.cols());
        let mut arrays = Vec::new();
        if let Some(stored) = self.operator.as_dense() {
            arrays.push(("A", (rows, cols), Values::give(stored.by_rows())));
        }
        if let Some(truth) = &self.truth {
            arrays.push(("x", (cols, 1), Values::lend(truth)));
        }
        arrays.push(("y", (rows, 1), Values::lend(&self.measurements)));
        arrays
    }
}

/// A linear instance over one of the two scalar types.
pub enum Recovery {
    /// Real.
    Real(Arc<LinearInstance<f64>>),
    /// Complex.
    Complex(Arc<LinearInstance<Complex64>>),
}

/// Calls a method of the instance with the estimate in the instance's own scalar type.
macro_rules! with_estimate {
    ($recovery:expr, $seen:expr, $none:expr, |$instance:ident, $estimate:ident| $body:expr) => {
        match ($recovery, &$seen.estimate) {
            (Recovery::Real($instance), Values::Real($estimate)) => $body,
            (Recovery::Complex($instance), Values::Complex($estimate)) => $body,
            _ => $none,
        }
    };
}

impl Instance for Recovery {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        match self {
            Recovery::Real(instance) => instance.facts(),
            Recovery::Complex(instance) => instance.facts(),
        }
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        match self {
            Recovery::Real(instance) => instance.panels(),
            Recovery::Complex(instance) => instance.panels(),
        }
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        with_estimate!(self, seen, Vec::new(), |instance, estimate| instance.observe(estimate))
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let error = with_estimate!(self, seen, None, |instance, estimate| instance.relative_error(estimate));
        error.map(|value| Trace { name: "relative_error", value }).into_iter().collect()
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = with_estimate!(self, seen, Vec::new(), |instance, estimate| instance.metrics(estimate));
        // A method without an objective of its own is judged by that of least squares.
        let own = seen.traces.iter().any(|trace| trace.name == "objective");
        if let Some(residual) = metrics.first().filter(|_| !own).map(|first| first.value) {
            metrics.push(Trace { name: "objective", value: 0.5 * residual * residual });
        }
        metrics
    }

    fn flops(&self, products: f64) -> Option<f64> {
        let of_one = match self {
            Recovery::Real(instance) => instance.operator.flops(),
            Recovery::Complex(instance) => instance.operator.flops(),
        };
        Some(products * of_one)
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        match self {
            Recovery::Real(instance) => instance.arrays(),
            Recovery::Complex(instance) => instance.arrays(),
        }
    }

    fn diagnosis(&self, budget: f64) -> Value {
        match self {
            Recovery::Real(instance) => instance.diagnosis(budget),
            Recovery::Complex(instance) => instance.diagnosis(budget),
        }
    }

    fn support_diagnosis(&self, support: &[usize], budget: f64) -> Value {
        match self {
            Recovery::Real(instance) => instance.support_diagnosis(support, budget),
            Recovery::Complex(instance) => instance.support_diagnosis(support, budget),
        }
    }

    fn penalty_path(&self, budget: f64) -> Value {
        match self {
            Recovery::Real(instance) => path_with_rules(instance, budget),
            // With complex entries the path is curved.
            Recovery::Complex(_) => Value::Null,
        }
    }
}
