//! A drawn instance of `phase-retrieval`, and how answers to it are judged.

use super::{PhaseRetrieval, Start};
use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{distance, dot, norm, norm_inf};
use crate::labs::recovery::hits::Hits;
use crate::labs::recovery::linear::{matrix_diagnosis, picture};
use crate::operators::LinearOperator;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// `y = |A x + e|`, drawn.
pub struct PhaseInstance {
    /// `A`, m x n.
    pub operator: Arc<dyn LinearOperator<f64>>,
    /// `y`, m entries, none of them negative.
    pub magnitudes: Vec<f64>,
    /// The true x; its sign is a convention.
    pub truth: Vec<f64>,
    /// Norms of the columns of `A`.
    pub column_norms: Vec<f64>,
    start: Start,
    threshold: f64,
    seed: u64,
}

impl PhaseInstance {
    pub(super) fn new(
        operator: Arc<dyn LinearOperator<f64>>,
        magnitudes: Vec<f64>,
        truth: Vec<f64>,
        column_norms: Vec<f64>,
        params: &PhaseRetrieval,
        seed: u64,
    ) -> Self {
        let threshold = params.active_above * norm_inf(&truth);
        Self { operator, magnitudes, truth, column_norms, start: params.start, threshold, seed }
    }

    /// Number of magnitudes, m.
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
    /// When it exceeds the number of measurements or unknowns.
    pub fn sparsity_for(&self, given: Option<usize>) -> Result<usize, Complaint> {
        let most = self.rows().min(self.cols());
        match given {
            Some(k) if k > most => {
                let message =
                    format!("goes up to the smaller of the numbers of measurements and unknowns, {most}, not {k}");
                Err(Complaint::new("sparsity", message))
            }
            Some(k) => Ok(k),
            None => Ok(self.sparsity().min(most).max(1)),
        }
    }

    /// Where a method that holds k entries starts.
    pub fn start(&self, k: usize) -> Vec<f64> {
        self.start.point(self, k, self.seed)
    }

    /// Some columns of `A`.
    pub fn columns(&self, places: &[usize]) -> Vec<Vec<f64>> {
        places
            .iter()
            .map(|&j| {
                let mut column = vec![0.0; self.rows()];
                self.operator.column(j, &mut column);
                column
            })
            .collect()
    }

    /// `x` with the sign that brings it nearer to the truth.
    pub fn aligned(&self, x: &[f64]) -> Vec<f64> {
        let sign = if dot(x, &self.truth) < 0.0 { -1.0 } else { 1.0 };
        x.iter().map(|x| sign * x).collect()
    }

    /// `min(|x - truth|, |x + truth|) / |truth|`; the length of x where the truth is zero.
    fn error(&self, x: &[f64]) -> f64 {
        let x = self.aligned(x);
        let size = norm(&self.truth);
        let off = distance(&x, &self.truth);
        if size > 0.0 { off / size } else { off }
    }

    /// `y - |A x|`.
    pub fn residual(&self, x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; self.rows()];
        self.operator.apply(x, &mut image);
        image.iter().zip(&self.magnitudes).map(|(q, y)| y - q.abs()).collect()
    }
}

impl Instance for PhaseInstance {
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
            "profile": "Signal, up to sign",
            "notes": [],
        })
    }

    fn diagnosis(&self, budget: f64) -> Value {
        matrix_diagnosis(&*self.operator, budget)
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        vec![
            Panel::vector(("truth", "Truth", "$x$, the true signal"), Kind::Stems, &self.truth),
            Panel::vector(("measurements", "Measured", "$y = |A x|$"), Kind::Stems, &self.magnitudes),
            picture::matrix(&*self.operator),
            picture::gram(&*self.operator, &self.column_norms),
        ]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Values::Real(x) = &seen.estimate else {
            return Vec::new();
        };
        let residual = self.residual(x);
        vec![Panel {
            id: "residual",
            title: "Residual",
            caption: "$y - |A \\hat x|$",
            kind: Kind::Bars,
            shape: (1, residual.len()),
            values: Values::give(residual),
            x: Axis::plain("measurement"),
            y: Axis::plain("value"),
            marks: Vec::new(),
            table: None,
        }]
    }

    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        match &seen.estimate {
            Values::Real(x) => Values::give(self.aligned(x)),
            Values::Complex(_) => seen.estimate.clone(),
        }
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
        let size = norm(&self.magnitudes);
        let residual = norm(&self.residual(x));
        let all = [
            ("relative_error", self.error(x)),
            ("relative_residual", if size > 0.0 { residual / size } else { residual }),
        ];
        let all = all.into_iter().map(|(name, value)| Trace { name, value });
        all.chain(Hits::above(self.threshold, &self.truth, x).metrics()).collect()
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
        arrays.push(("y", (rows, 1), Values::lend(&self.magnitudes)));
        arrays
    }
}
