//! A product of two thin matrices: fewer measurements than there seem to be.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::{Scalar, axpy};
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most multiplications that the product may take.
const MOST_WORK: usize = 1 << 28;

/// `A = U V` with U of m x R and V of R x n, independent and normal with variance `1 / (m R)`, so that columns have unit
/// norm on average. The rank R is a share of m.
///
/// One of the families on which approximate message passing fails without damping: Vila, Schniter, Rangan, Krzakala and
/// Zdeborova, "Adaptive damping and mean removal for the generalized approximate message passing algorithm" (2015).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LowRank {
    /// The rank, as a share of the number of measurements; 1 at least.
    #[schemars(range(min = 0.01, max = 1.0), extend("x-step" = 0.05))]
    pub rank: f64,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for LowRank {
    fn default() -> Self {
        Self { rank: 0.8, unit_columns: true }
    }
}

impl Sensing for LowRank {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let rank = ((self.rank * rows as f64).round() as usize).clamp(1, rows);
        if rank.saturating_mul(rows).saturating_mul(cols) > MOST_WORK {
            let most = (MOST_WORK / cols).isqrt();
            let message = format!("goes up to {most} for {cols} unknowns, as the product takes long, not {rows}");
            return Err(Complaint::new("rows", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let left: Vec<S> = (0..rows * rank).map(|_| random.normal_scalar()).collect();
        let deviation = 1.0 / ((rows * rank) as f64).sqrt();
        let mut entries = vec![S::zero(); rows * cols];
        for column in entries.chunks_exact_mut(rows) {
            for part in left.chunks_exact(rows) {
                axpy(random.normal_scalar::<S>() * deviation, part, column);
            }
        }
        let matrix = Dense::from_columns(rows, cols, entries);
        Ok(Arc::new(if self.unit_columns { matrix.with_unit_columns() } else { matrix }))
    }
}
