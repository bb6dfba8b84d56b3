//! A drawn instance of `kronecker`, and how answers to it are judged.

use super::picture;
use crate::contract::{Complaint, Instance, Observation, Panel, Trace, Values};
use crate::kernels::{Scalar, distance, norm, norm_inf, subtract};
use crate::operators::{KroneckerProduct, LinearOperator};
use num_complex::Complex64;
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// `y = (A_1 (x) A_2 (x) A_3) x + e`, drawn.
pub struct KroneckerInstance {
    /// The product, m x n.
    pub operator: Arc<KroneckerProduct<Complex64>>,
    /// `y`, m entries.
    pub measurements: Vec<Complex64>,
    /// The true array, n entries, the first index slowest.
    pub truth: Vec<Complex64>,
    /// The true support along each index.
    pub supports: Vec<Vec<usize>>,
    /// Along which indices the support is known to be one block.
    pub blocky: [bool; 3],
    /// `|e|`.
    pub noise_norm: f64,
    /// Moduli above this fraction of an array's largest count.
    pub(super) active_above: f64,
    /// Whether indices are angles.
    pub(super) angles: bool,
}

impl KroneckerInstance {
    /// Number of measurements, m.
    pub fn rows(&self) -> usize {
        self.measurements.len()
    }

    /// Number of unknowns, n.
    pub fn cols(&self) -> usize {
        self.truth.len()
    }

    /// Values of each index.
    pub fn sizes(&self) -> [usize; 3] {
        [0, 1, 2].map(|i| self.operator.factors()[i].cols())
    }

    /// `y - A x`.
    pub fn residual(&self, x: &[Complex64]) -> Vec<Complex64> {
        let (mut image, mut residual) = (self.measurements.clone(), self.measurements.clone());
        self.operator.apply(x, &mut image);
        subtract(&self.measurements, &image, &mut residual);
        residual
    }

    /// How many values of each index a method is to pick, one number for all: given, or the most that are true.
    ///
    /// # Errors
    /// When there are not as many measurements or values along some index.
    pub fn values_for(&self, given: Option<usize>) -> Result<usize, Complaint> {
        let sides = self.operator.factors().iter().map(|factor| factor.cols());
        let most = sides.max().unwrap_or(1);
        match given {
            Some(k) if k > most => {
                Err(Complaint::new("values", format!("goes up to the values of an index, {most}, not {k}")))
            }
            Some(k) => Ok(k),
            None => Ok(self.supports.iter().map(Vec::len).max().unwrap_or(1)),
        }
    }

    fn complex<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [Complex64]> {
        match &seen.estimate {
            Values::Complex(x) if x.len() == self.cols() => Some(x),
            _ => None,
        }
    }

    /// Places that are true and found, over those that are either; 1 where there are none.
    fn overlap(&self, x: &[Complex64]) -> f64 {
        let (least, true_least) = (self.active_above * norm_inf(x), self.active_above * norm_inf(&self.truth));
        let places = x.iter().zip(&self.truth).map(|(x, truth)| (x.abs() > least, truth.abs() > true_least));
        let (both, either) = places.fold((0.0, 0.0), |(both, either), (found, right)| {
            (both + f64::from(u8::from(found && right)), either + f64::from(u8::from(found || right)))
        });
        if either > 0.0 { both / either } else { 1.0 }
    }
}

impl Instance for KroneckerInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols, [a, b, c]) = (self.rows(), self.cols(), self.sizes());
        let along = |i: usize| self.operator.factors()[i].rows();
        let (m1, m2, m3) = (along(0), along(1), along(2));
        let sparsity: usize = self.supports.iter().map(Vec::len).product();
        json!({
            "rows": rows,
            "cols": cols,
            "size": format!("m = {m1} x {m2} x {m3}, n = {a} x {b} x {c}, k = {sparsity}"),
            "complex": true,
            "sparsity": sparsity,
            "noise_norm": self.noise_norm,
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(x) = self.complex(seen) else {
            return Vec::new();
        };
        let sizes = self.sizes();
        let coefficients = picture::slices(
            ("coefficients", "Array", "$|\\hat x|$: a line a first index, slices by the second side by side"),
            x,
            sizes,
        );
        let truth = picture::slices(("truth", "True array", "$|x|$, in the same order"), &self.truth, sizes);
        let paths = self.angles.then(|| picture::paths(x, &self.truth, sizes, &self.supports));
        paths.into_iter().chain([coefficients, truth, picture::marginals(x, &self.truth, sizes)]).collect()
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(x) = self.complex(seen) else {
            return Vec::new();
        };
        let (error, size) = (distance(x, &self.truth), norm(&self.truth));
        let relative = if size > 0.0 { error / size } else { error };
        vec![
            Trace { name: "relative_error", value: relative },
            Trace { name: "support_overlap", value: self.overlap(x) },
        ]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(x) = self.complex(seen) else {
            return Vec::new();
        };
        let residual = norm(&self.residual(x));
        let size = norm(&self.measurements);
        let mut all = self.traces(seen);
        all.push(Trace { name: "residual", value: residual });
        all.push(Trace { name: "relative_residual", value: if size > 0.0 { residual / size } else { residual } });
        all
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let factor = |name: &'static str, i: usize| {
            let stored = &self.operator.factors()[i];
            let entries = stored.by_rows();
            (name, (stored.rows(), stored.cols()), Values::give(entries))
        };
        vec![
            factor("A1", 0),
            factor("A2", 1),
            factor("A3", 2),
            ("x", (self.cols(), 1), Values::lend(&self.truth)),
            ("y", (self.rows(), 1), Values::lend(&self.measurements)),
        ]
    }
}
