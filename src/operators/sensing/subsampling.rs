//! Some of the entries themselves, as they are.

use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// m rows of the identity, drawn without replacement. Columns of entries that are not sampled are zero.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Subsampling {}

impl Sensing for Subsampling {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let mut random = Random::new(seed, Stream::Matrix);
        Ok(Arc::new(Selection::draw(rows, cols, "subsampling", &mut random)?))
    }
}

/// Keeps some entries of a vector, in their order. Products are O(m) and O(n).
pub struct Selection {
    cols: usize,
    indices: Vec<usize>,
}

impl Selection {
    /// `rows` different indices out of `0..cols`, ascending; `purpose` is what a complaint calls the matrix.
    ///
    /// # Errors
    /// A complaint about `rows` when there are more rows than columns.
    pub fn draw(rows: usize, cols: usize, purpose: &str, random: &mut Random) -> Result<Self, Complaint> {
        if rows > cols {
            let message = format!("goes up to the number of unknowns, {cols}, for {purpose}, not {rows}");
            return Err(Complaint::new("rows", message));
        }
        Ok(Self { cols, indices: random.subset(cols, rows) })
    }

    /// Keeps these indices out of `0..cols`.
    ///
    /// # Panics
    /// When an index is not below `cols`, or they do not ascend.
    pub fn of(indices: Vec<usize>, cols: usize) -> Self {
        assert!(indices.is_sorted_by(|a, b| a < b) && indices.last().is_none_or(|&last| last < cols));
        Self { cols, indices }
    }

    /// The indices that are kept, ascending.
    pub fn indices(&self) -> &[usize] {
        &self.indices
    }
}

impl<S: Scalar> LinearOperator<S> for Selection {
    fn rows(&self) -> usize {
        self.indices.len()
    }

    fn cols(&self) -> usize {
        self.cols
    }

    /// Entries are copied.
    fn flops(&self) -> f64 {
        0.0
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        for (y, &i) in y.iter_mut().zip(&self.indices) {
            *y = x[i];
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        x.fill(S::zero());
        for (&y, &i) in y.iter().zip(&self.indices) {
            x[i] = y;
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        for (entry, &i) in column.iter_mut().zip(&self.indices) {
            *entry = S::from_real(if i == j { 1.0 } else { 0.0 });
        }
    }

    fn column_norms(&self) -> Vec<f64> {
        let mut norms = vec![0.0; self.cols];
        self.indices.iter().for_each(|&i| norms[i] = 1.0);
        norms
    }
}
