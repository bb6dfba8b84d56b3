//! A random bipartite graph with given degrees on both sides.

use super::sparse_binary::EqualEntries;
use super::{Drawn, MAX_STORED, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The rows form d bands, and each column has a single one in each band, so that it has d ones; within a band, rows
/// have equally many up to one. Products are O(d n).
///
/// Gallager's ensemble, "Low-density parity-check codes" (1962). A set S of unknowns has, with high probability, nearly
/// `d |S|` neighbours; then `A` with entries one keeps l1 norms of sparse vectors,
/// `(1 - 2 eps) d |x|_1 <= |A x|_1 <= d |x|_1` (Berinde et al. 2008). Compared with `sparse-binary` no row is
/// left out and none sees many more unknowns than another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Expander {
    /// Ones in a column, d; at most the number of measurements.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub degree: usize,
    /// Scale every column to unit norm, so that a one becomes `1/sqrt d`.
    pub unit_columns: bool,
}

impl Default for Expander {
    fn default() -> Self {
        Self { degree: 8, unit_columns: true }
    }
}

impl Sensing for Expander {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let d = self.degree;
        let complain = |message| Err(Complaint::new("matrix.degree", message));
        if d > rows {
            return complain(format!("goes up to the number of measurements, {rows}, not {d}"));
        }
        if d.saturating_mul(cols) > MAX_STORED {
            return complain(format!("goes up to {} for {cols} columns, not {d}", MAX_STORED / cols));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let mut places = vec![0; d * cols];
        for band in 0..d {
            let (start, end) = (band * rows / d, (band + 1) * rows / d);
            for (position, j) in random.permutation(cols).into_iter().enumerate() {
                places[j * d + band] = start + position % (end - start);
            }
        }
        let value = if self.unit_columns { 1.0 / (d as f64).sqrt() } else { 1.0 };
        Ok(Arc::new(EqualEntries::new(rows, d, places, value)))
    }
}
