//! A drawn instance of `glm`, and how coefficients are judged.

use super::Family;
use crate::contract::{Axis, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{distance, norm, norm_inf};
use crate::labs::recovery::hits::Hits;
use crate::operators::{Dense, LinearOperator, squared_norm};
use serde_json::{Value, json};
use std::any::Any;
use std::sync::OnceLock;

/// Features, responses and true coefficients. Methods estimate the p coefficients; the intercept is theirs to know.
pub struct GlmInstance {
    /// Whether responses are numbers or labels.
    pub family: Family,
    /// `X`, N x p, standardised.
    pub design: Dense<f64>,
    /// `y`, N numbers of mean zero, or labels of -1 and 1.
    pub response: Vec<f64>,
    /// The true coefficients of the standardised features.
    pub truth: Vec<f64>,
    threshold: f64,
    squared_norm: OnceLock<f64>,
}

impl GlmInstance {
    pub(super) fn new(
        family: Family,
        design: Dense<f64>,
        response: Vec<f64>,
        truth: Vec<f64>,
        active_above: f64,
    ) -> Self {
        Self {
            family,
            design,
            response,
            threshold: active_above * norm_inf(&truth),
            truth,
            squared_norm: OnceLock::new(),
        }
    }

    /// Number of observations, N.
    pub fn rows(&self) -> usize {
        self.design.rows()
    }

    /// Number of features, p.
    pub fn cols(&self) -> usize {
        self.design.cols()
    }

    /// `|X|^2` and a little more; found once for all methods.
    pub fn squared_norm(&self) -> f64 {
        *self.squared_norm.get_or_init(|| squared_norm(&self.design))
    }

    /// The least lambda at which all coefficients are zero, and a rounding more: `max |X_j^T (y - mean y)| / N` for numbers, half
    /// of that for labels of -1 and 1.
    pub fn lambda_max(&self) -> f64 {
        let rows = self.rows() as f64;
        let mean = self.response.iter().sum::<f64>() / rows;
        let share = if self.family == Family::Logistic { 0.5 } else { 1.0 };
        let centred: Vec<f64> = self.response.iter().map(|y| share * (y - mean)).collect();
        let mut pull = vec![0.0; self.cols()];
        self.design.adjoint(&centred, &mut pull);
        norm_inf(&pull) / rows * (1.0 + 1e-12)
    }

    fn relative_error(&self, b: &[f64]) -> f64 {
        let size = norm(&self.truth);
        let error = distance(b, &self.truth);
        if size > 0.0 { error / size } else { error }
    }

    /// The share of labels that are wrong, or the share of the variance that is not explained.
    fn unexplained(&self, b: &[f64]) -> f64 {
        let mut scores = vec![0.0; self.rows()];
        self.design.apply(b, &mut scores);
        match self.family {
            Family::Linear => {
                let share = distance(&scores, &self.response) / norm(&self.response);
                if share.is_finite() { share * share } else { 0.0 }
            }
            Family::Logistic => {
                let wrong = scores.iter().zip(&self.response).filter(|(score, label)| *score * *label <= 0.0).count();
                wrong as f64 / self.rows() as f64
            }
        }
    }
}

fn real<'a>(seen: &'a Observation<'_>) -> Option<&'a [f64]> {
    match &seen.estimate {
        Values::Real(b) => Some(b),
        Values::Complex(_) => None,
    }
}

impl Instance for GlmInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols) = (self.rows(), self.cols());
        let sparsity = self.truth.iter().filter(|b| **b != 0.0).count();
        json!({
            "rows": rows,
            "cols": cols,
            "size": format!("N = {rows}, p = {cols}, k = {sparsity}"),
            "sparsity": sparsity,
            "active_threshold": self.threshold,
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        vec![
            Panel::vector(("truth", "Truth", "$\\beta$, the true coefficients"), Kind::Stems, &self.truth),
            Panel::vector(("measurements", "Observed", "$y$"), Kind::Stems, &self.response),
        ]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(b) = real(seen) else { return Vec::new() };
        vec![Panel {
            id: "coefficients",
            title: "Coefficients",
            caption: "$\\beta$, true, and $b$, found",
            kind: Kind::Curves,
            shape: (2, b.len()),
            values: Values::give([self.truth.as_slice(), b].concat()),
            x: Axis::plain("index"),
            y: Axis::plain("coefficient"),
            marks: Vec::new(),
            table: None,
        }]
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let error = real(seen).map(|b| Trace { name: "relative_error", value: self.relative_error(b) });
        error.into_iter().collect()
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(b) = real(seen) else { return Vec::new() };
        let all = [("relative_error", self.relative_error(b)), ("unexplained", self.unexplained(b))];
        let all = all.into_iter().map(|(name, value)| Trace { name, value });
        all.chain(Hits::above(self.threshold, &self.truth, b).metrics()).collect()
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let (rows, cols) = (self.rows(), self.cols());
        vec![
            ("X", (rows, cols), Values::give(self.design.by_rows())),
            ("beta", (cols, 1), Values::lend(&self.truth)),
            ("y", (rows, 1), Values::lend(&self.response)),
        ]
    }
}
