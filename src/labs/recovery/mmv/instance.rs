//! A drawn instance of `mmv`, and how answers to it are judged.

use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{distance, norm, norm_inf, subtract};
use crate::labs::recovery::hits::Hits;
use crate::labs::recovery::linear::{matrix_diagnosis, picture};
use crate::operators::LinearOperator;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// `Y = A X + E`, drawn.
pub struct MmvInstance {
    /// `A`, m x n.
    pub operator: Arc<dyn LinearOperator<f64>>,
    /// The L columns of `Y`, m entries each.
    pub measurements: Vec<Vec<f64>>,
    /// The true columns of `X`, n entries each.
    pub truth: Vec<Vec<f64>>,
    /// Norms of the columns of `A`.
    pub column_norms: Vec<f64>,
    /// `|E|` in Frobenius' norm.
    pub noise_norm: f64,
    /// `X` as one vector, and the norms of its rows.
    stacked_truth: Vec<f64>,
    true_rows: Vec<f64>,
    /// Whether rows are judged, or entries.
    by_rows: bool,
    /// Rows, or entries of a column, that are not zero.
    sparsity: usize,
    /// Norms of rows, and moduli of entries, above which they count.
    row_threshold: f64,
    entry_threshold: f64,
}

impl MmvInstance {
    /// An instance that judges rows that are not zero at all.
    pub(super) fn new(
        operator: Arc<dyn LinearOperator<f64>>,
        measurements: Vec<Vec<f64>>,
        truth: Vec<Vec<f64>>,
        noise_norm: f64,
    ) -> Self {
        let stacked_truth = truth.concat();
        Self {
            column_norms: operator.column_norms(),
            true_rows: row_norms(&stacked_truth, operator.cols()),
            stacked_truth,
            operator,
            measurements,
            truth,
            noise_norm,
            by_rows: true,
            sparsity: 0,
            row_threshold: 0.0,
            entry_threshold: 0.0,
        }
    }

    /// The same, judged by what exceeds a fraction of the largest true row or entry.
    pub(super) fn judged(mut self, by_rows: bool, sparsity: usize, above: f64) -> Self {
        self.by_rows = by_rows;
        self.sparsity = sparsity;
        self.row_threshold = above * norm_inf(&self.true_rows);
        self.entry_threshold = above * norm_inf(&self.stacked_truth);
        self
    }

    pub(super) fn is_finite(&self) -> bool {
        let sizes = self.measurements.iter().chain(&self.truth).map(|column| norm(column));
        sizes.chain(self.column_norms.iter().copied()).all(f64::is_finite)
    }

    /// Number of measurements of a snapshot, m.
    pub fn rows(&self) -> usize {
        self.operator.rows()
    }

    /// Number of unknowns of a snapshot, n.
    pub fn cols(&self) -> usize {
        self.operator.cols()
    }

    /// Number of snapshots, L.
    pub fn snapshots(&self) -> usize {
        self.measurements.len()
    }

    /// The sparsity that a method is told, or the instance's own: rows, or entries of a column.
    ///
    /// # Errors
    /// When it exceeds the number of measurements.
    pub fn sparsity_for(&self, given: Option<usize>) -> Result<usize, Complaint> {
        let most = self.rows().min(self.cols());
        match given {
            Some(k) if k > most => {
                let message = format!("goes up to the number of measurements, {most}, not {k}");
                Err(Complaint::new("sparsity", message))
            }
            Some(k) => Ok(k),
            None => Ok(self.sparsity.clamp(1, most)),
        }
    }

    /// `|Y|` in Frobenius' norm.
    pub fn size(&self) -> f64 {
        frobenius(&self.measurements)
    }

    /// `Y - A X`, column by column, for the columns of `x`, one after the other.
    fn residuals(&self, x: &[f64]) -> Vec<Vec<f64>> {
        let of = |(y, x): (&Vec<f64>, &[f64])| {
            let (mut image, mut residual) = (vec![0.0; self.rows()], vec![0.0; self.rows()]);
            self.operator.apply(x, &mut image);
            subtract(y, &image, &mut residual);
            residual
        };
        self.measurements.iter().zip(x.chunks(self.cols())).map(of).collect()
    }

    fn relative_error(&self, x: &[f64]) -> f64 {
        let size = norm(&self.stacked_truth);
        let error = distance(x, &self.stacked_truth);
        if size > 0.0 { error / size } else { error }
    }

    /// Of rows, or of entries.
    fn hits(&self, x: &[f64]) -> Hits {
        if self.by_rows {
            Hits::above(self.row_threshold, &self.true_rows, &row_norms(x, self.cols()))
        } else {
            Hits::above(self.entry_threshold, &self.stacked_truth, x)
        }
    }

    fn snapshots_panel(
        &self,
        (id, title, caption): (&'static str, &'static str, &'static str),
        values: Vec<f64>,
    ) -> Panel<'static> {
        Panel {
            id,
            title,
            caption,
            kind: Kind::Heat,
            shape: (self.snapshots(), self.cols()),
            values: Values::give(values),
            x: Axis::plain("index"),
            y: Axis::plain("snapshot"),
            table: None,
            marks: Vec::new(),
        }
    }
}

/// Norms of the rows of a matrix of n rows that is stored column by column.
pub(in crate::labs::recovery) fn row_norms(stacked: &[f64], n: usize) -> Vec<f64> {
    let mut squares = vec![0.0; n];
    for column in stacked.chunks(n) {
        squares.iter_mut().zip(column).for_each(|(sum, x)| *sum += x * x);
    }
    squares.into_iter().map(f64::sqrt).collect()
}

/// Frobenius' norm of a matrix that is stored by columns.
pub(in crate::labs::recovery) fn frobenius(columns: &[Vec<f64>]) -> f64 {
    columns.iter().map(|column| norm(column) * norm(column)).sum::<f64>().sqrt()
}

fn vector(
    (id, title, caption): (&'static str, &'static str, &'static str),
    kind: Kind,
    values: Vec<f64>,
) -> Panel<'static> {
    let shape = (1, values.len());
    let (x, y) = (Axis::plain("index"), Axis::plain("value"));
    Panel { id, title, caption, kind, shape, values: Values::give(values), x, y, marks: Vec::new(), table: None }
}

impl Instance for MmvInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols, count) = (self.rows(), self.cols(), self.snapshots());
        json!({
            "rows": rows,
            "cols": cols,
            "snapshots": count,
            "size": format!("m = {rows}, n = {cols}, L = {count}, k = {}", self.sparsity),
            "complex": false,
            "sparsity": self.sparsity,
            "delta": rows as f64 / cols as f64,
            "rho": self.sparsity as f64 / rows as f64,
            "rho_l1": Value::Null,
            "side": Value::Null,
            "active_threshold": self.row_threshold,
            "noise_norm": self.noise_norm,
            "basis": "identity",
            "profile": "Norms of the rows",
            "things": "rows",
            "notes": [],
        })
    }

    fn diagnosis(&self, budget: f64) -> Value {
        matrix_diagnosis(&*self.operator, budget)
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let measured = row_norms(&self.measurements.concat(), self.rows());
        vec![
            Panel::vector(("truth", "Truth", "$|x_i|$, norms of the true rows"), Kind::Stems, &self.true_rows),
            vector(("measurements", "Measured", "$|y_i|$, norms of the rows of $Y$"), Kind::Stems, measured),
            self.snapshots_panel(("snapshots-truth", "True snapshots", "$X$"), self.stacked_truth.clone()),
            picture::matrix(&*self.operator),
            picture::gram(&*self.operator, &self.column_norms),
        ]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Values::Real(x) = &seen.estimate else {
            return Vec::new();
        };
        let left = row_norms(&self.residuals(x).concat(), self.rows());
        let caption = "$|r_i|$, norms of the rows of $Y - A \\hat X$";
        vec![
            vector(("residual", "Residual", caption), Kind::Bars, left),
            self.snapshots_panel(("snapshots", "Snapshots", "$\\hat X$, a line a snapshot"), x.to_vec()),
        ]
    }

    fn profile<'a>(&self, seen: &Observation<'a>) -> Values<'a> {
        match &seen.estimate {
            Values::Real(x) => Values::give(row_norms(x, self.cols())),
            Values::Complex(_) => seen.estimate.clone(),
        }
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        match &seen.estimate {
            Values::Real(x) => vec![Trace { name: "relative_error", value: self.relative_error(x) }],
            Values::Complex(_) => Vec::new(),
        }
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Values::Real(x) = &seen.estimate else {
            return Vec::new();
        };
        let residual = frobenius(&self.residuals(x));
        let size = self.size();
        let all = [
            ("residual", residual),
            ("relative_residual", if size > 0.0 { residual / size } else { residual }),
            ("relative_error", self.relative_error(x)),
        ];
        let all = all.into_iter().map(|(name, value)| Trace { name, value });
        all.chain(self.hits(x).metrics()).collect()
    }

    fn flops(&self, products: f64) -> Option<f64> {
        Some(products * self.operator.flops())
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let (rows, cols, count) = (self.rows(), self.cols(), self.snapshots());
        let by_rows = |columns: &[Vec<f64>], rows: usize| -> Vec<f64> {
            (0..rows).flat_map(|i| columns.iter().map(move |column| column[i])).collect()
        };
        let mut arrays = Vec::new();
        if let Some(stored) = self.operator.as_dense() {
            arrays.push(("A", (rows, cols), Values::give(stored.by_rows())));
        }
        arrays.push(("X", (cols, count), Values::give(by_rows(&self.truth, cols))));
        arrays.push(("Y", (rows, count), Values::give(by_rows(&self.measurements, rows))));
        arrays
    }
}
