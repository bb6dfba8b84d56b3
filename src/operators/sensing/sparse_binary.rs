//! A few ones a column: the adjacency matrix of a random graph from unknowns to measurements.

use super::{Drawn, MAX_STORED, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Each column has d ones in rows drawn without replacement.
///
/// Berinde, Gilbert, Indyk, Karloff and Strauss, "Combining geometry and combinatorics" (2008).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SparseBinary {
    /// Ones in a column, d; at most the number of measurements.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub per_column: usize,
    /// Scale every column to unit norm, so that a one becomes `1/sqrt d`.
    pub unit_columns: bool,
}

impl Default for SparseBinary {
    fn default() -> Self {
        Self { per_column: 8, unit_columns: true }
    }
}

impl Sensing for SparseBinary {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let d = self.per_column;
        let complain = |message| Err(Complaint::new("matrix.per_column", message));
        if d > rows {
            return complain(format!("goes up to the number of measurements, {rows}, not {d}"));
        }
        if d.saturating_mul(cols) > MAX_STORED {
            return complain(format!("goes up to {} for {cols} columns, not {d}", MAX_STORED / cols));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let places = (0..cols).flat_map(|_| random.subset(rows, d)).collect();
        let value = if self.unit_columns { 1.0 / (d as f64).sqrt() } else { 1.0 };
        Ok(Arc::new(EqualEntries::new(rows, d, places, value)))
    }
}

/// A matrix with equally many entries in every column, all of one value. Products are O(d n).
pub struct EqualEntries {
    rows: usize,
    per_column: usize,
    /// Row indices, column after column.
    places: Vec<usize>,
    value: f64,
}

impl EqualEntries {
    /// The matrix with `value` at each of the `places`: row indices, `per_column` for each column in turn.
    ///
    /// # Panics
    /// When a column is cut short or a place is no row.
    pub fn new(rows: usize, per_column: usize, places: Vec<usize>, value: f64) -> Self {
        assert!(places.len().is_multiple_of(per_column) && places.iter().all(|&i| i < rows));
        Self { rows, per_column, places, value }
    }

    fn places(&self, j: usize) -> &[usize] {
        &self.places[j * self.per_column..(j + 1) * self.per_column]
    }
}

impl<S: Scalar> LinearOperator<S> for EqualEntries {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.places.len() / self.per_column
    }

    fn flops(&self) -> f64 {
        S::PARTS * self.places.len() as f64
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.fill(S::zero());
        for (&x, places) in x.iter().zip(self.places.chunks_exact(self.per_column)) {
            places.iter().for_each(|&i| y[i] += x * self.value);
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        for (x, places) in x.iter_mut().zip(self.places.chunks_exact(self.per_column)) {
            *x = places.iter().fold(S::zero(), |sum, &i| sum + y[i]) * self.value;
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        column.fill(S::zero());
        self.places(j).iter().for_each(|&i| column[i] = S::from_real(self.value));
    }

    fn apply_on(&self, x: &[S], support: &[usize], y: &mut [S]) {
        y.fill(S::zero());
        for &j in support {
            self.places(j).iter().for_each(|&i| y[i] += x[j] * self.value);
        }
    }

    fn column_norms(&self) -> Vec<f64> {
        let norm = self.value * (self.per_column as f64).sqrt();
        vec![norm; LinearOperator::<S>::cols(self)]
    }
}
