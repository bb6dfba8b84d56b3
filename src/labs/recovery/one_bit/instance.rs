//! A drawn instance of `one-bit`, and how answers to it are judged.

use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{Scalar, distance, dot, norm, norm_inf};
use crate::labs::recovery::hits::Hits;
use crate::labs::recovery::linear::{matrix_diagnosis, picture};
use crate::operators::LinearOperator;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// `y = sign(A x + e)` with `|x| = 1`, drawn.
pub struct OneBitInstance {
    /// `A`, m x n.
    pub operator: Arc<dyn LinearOperator<f64>>,
    /// `y`, m entries of -1 and 1; 0 only where a measurement is exactly zero.
    pub signs: Vec<f64>,
    /// The true direction, of unit norm unless it is zero.
    pub truth: Vec<f64>,
    /// Norms of the columns of `A`.
    pub column_norms: Vec<f64>,
    threshold: f64,
}

impl OneBitInstance {
    pub(super) fn new(
        operator: Arc<dyn LinearOperator<f64>>,
        signs: Vec<f64>,
        truth: Vec<f64>,
        column_norms: Vec<f64>,
        above: f64,
    ) -> Self {
        Self { threshold: above * norm_inf(&truth), operator, signs, truth, column_norms }
    }

    /// Number of measured signs, m.
    pub fn rows(&self) -> usize {
        self.operator.rows()
    }

    /// Number of unknowns, n.
    pub fn cols(&self) -> usize {
        self.operator.cols()
    }

    /// Number of true entries that are not zero.
    pub fn sparsity(&self) -> usize {
        self.truth.iter().filter(|&&x| x != 0.0).count()
    }

    /// The sparsity that a method is told, or the instance's own.
    ///
    /// # Errors
    /// When it exceeds the number of unknowns.
    pub fn sparsity_for(&self, given: Option<usize>) -> Result<usize, Complaint> {
        match given {
            Some(k) if k > self.cols() => {
                let message = format!("goes up to the number of unknowns, {}, not {k}", self.cols());
                Err(Complaint::new("sparsity", message))
            }
            Some(k) => Ok(k),
            None => Ok(self.sparsity().max(1)),
        }
    }

    /// Half the difference between measured signs and those of `A x`: 1 or -1 where they disagree.
    fn disagreement(&self, x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; self.rows()];
        self.operator.apply(x, &mut image);
        image.iter_mut().zip(&self.signs).for_each(|(image, y)| *image = 0.5 * (y - Scalar::sign(*image)));
        image
    }

    /// Share of signs that `x` gets wrong: Hamming's distance over m. A sign of zero is half wrong.
    fn hamming(&self, x: &[f64]) -> f64 {
        self.disagreement(x).iter().map(|d| d.abs()).sum::<f64>() / self.rows() as f64
    }

    /// `|x / |x| - truth|`; 1 for an estimate of zero.
    fn error(&self, x: &[f64]) -> f64 {
        distance(&direction(x), &self.truth)
    }
}

/// `x / |x|`, and zero for zero.
pub(in crate::labs::recovery) fn direction(x: &[f64]) -> Vec<f64> {
    let size = norm(x);
    x.iter().map(|&x| if size > 0.0 { x / size } else { 0.0 }).collect()
}

impl Instance for OneBitInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols, sparsity) = (self.rows(), self.cols(), self.sparsity());
        json!({
            "rows": rows,
            "cols": cols,
            "size": format!("m = {rows}, n = {cols}, k = {sparsity}"),
            "complex": false,
            "sparsity": sparsity,
            "delta": rows as f64 / cols as f64,
            "rho": sparsity as f64 / rows as f64,
            "rho_l1": Value::Null,
            "side": Value::Null,
            "active_threshold": self.threshold,
            "noise_norm": 0.0,
            "basis": "identity",
            "profile": "Direction",
            "notes": [],
        })
    }

    fn diagnosis(&self, budget: f64) -> Value {
        matrix_diagnosis(&*self.operator, budget)
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        vec![
            Panel::vector(("truth", "Truth", "$x / |x|$, the true direction"), Kind::Stems, &self.truth),
            Panel::vector(("measurements", "Measured", "$y = \\mathrm{sign}(A x + e)$"), Kind::Stems, &self.signs),
            picture::matrix(&*self.operator),
            picture::gram(&*self.operator, &self.column_norms),
        ]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Values::Real(x) = &seen.estimate else {
            return Vec::new();
        };
        let wrong = self.disagreement(x);
        vec![Panel {
            id: "residual",
            title: "Wrong signs",
            caption: "$(y - \\mathrm{sign}(A \\hat x)) / 2$",
            kind: Kind::Bars,
            shape: (1, wrong.len()),
            values: Values::give(wrong),
            x: Axis::plain("measurement"),
            y: Axis::plain("value"),
            table: None,
            marks: Vec::new(),
        }]
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        match &seen.estimate {
            Values::Real(x) => vec![Trace { name: "relative_error", value: self.error(x) }],
            Values::Complex(_) => Vec::new(),
        }
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Values::Real(x) = &seen.estimate else {
            return Vec::new();
        };
        let x = direction(x);
        let cosine = dot(&x, &self.truth).clamp(-1.0, 1.0);
        let all = [
            ("relative_error", self.error(&x)),
            ("angle", libm::acos(cosine) / std::f64::consts::PI),
            ("hamming", self.hamming(&x)),
        ];
        let all = all.into_iter().map(|(name, value)| Trace { name, value });
        all.chain(Hits::above(self.threshold, &self.truth, &x).metrics()).collect()
    }

    fn flops(&self, products: f64) -> Option<f64> {
        Some(products * self.operator.flops())
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let (rows, cols) = (self.rows(), self.cols());
        let mut arrays = Vec::new();
        if let Some(stored) = self.operator.as_dense() {
            arrays.push(("A", (rows, cols), Values::give(stored.by_rows())));
        }
        arrays.push(("x", (cols, 1), Values::lend(&self.truth)));
        arrays.push(("y", (rows, 1), Values::lend(&self.signs)));
        arrays
    }
}
