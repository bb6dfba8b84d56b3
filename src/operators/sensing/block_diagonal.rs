//! Each part of the signal measured by itself, as a network of sensors does.

use super::{Drawn, Gaussian, MAX_STORED, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// J blocks along the diagonal, each normal with columns of unit norm; rows and columns are split as evenly as can be.
///
/// Eftekhari, Yap, Rozell and Wakin, "The restricted isometry property for random block diagonal matrices" (2015):
/// signals that are spread over the blocks, such as those sparse in frequency, need no more measurements than with a
/// full matrix; signals in one block need J times as many.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BlockDiagonal {
    /// Number of blocks, J; at most the number of measurements and of unknowns.
    #[schemars(range(min = 1, max = 4096), extend("x-scale" = "log"))]
    pub blocks: usize,
    /// Measure all parts by the same matrix.
    pub repeated: bool,
}

impl Default for BlockDiagonal {
    fn default() -> Self {
        Self { blocks: 4, repeated: false }
    }
}

impl Sensing for BlockDiagonal {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        let count = self.blocks;
        let complain = |field, message| Err(Complaint::new(field, message));
        let most = rows.min(cols);
        if count > most {
            return complain("matrix.blocks", format!("goes up to {most} for {rows} x {cols}, not {count}"));
        }
        if rows.div_ceil(count).saturating_mul(cols) > MAX_STORED {
            return complain("rows", format!("goes up to {} for these blocks, not {rows}", MAX_STORED / cols * count));
        }
        // Seeds of their own, so that a block's size changes no other block.
        let mut random = Random::new(seed, Stream::Matrix);
        let seeds: Vec<u64> = (0..count).map(|_| random.below(1 << 31) as u64).collect();
        let parts = (0..count).map(|b| {
            let part = |n: usize| b * n / count..(b + 1) * n / count;
            let seed = if self.repeated { seeds[0] } else { seeds[b] };
            let block = Gaussian::default().draw::<S>(part(rows).len(), part(cols).len(), seed)?;
            Ok(Part { rows: part(rows), cols: part(cols), block })
        });
        Ok(Arc::new(Blocks { rows, cols, parts: parts.collect::<Result<_, Complaint>>()? }))
    }
}

/// Blocks with the rows and columns in which they stand, in their order. Products are O(m n / J).
pub struct Blocks<S> {
    rows: usize,
    cols: usize,
    parts: Vec<Part<S>>,
}

/// A block and the rows and columns in which it stands.
struct Part<S> {
    rows: Range<usize>,
    cols: Range<usize>,
    block: Arc<dyn LinearOperator<S>>,
}

impl<S: Scalar> LinearOperator<S> for Blocks<S> {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.cols
    }

    fn flops(&self) -> f64 {
        self.parts.iter().map(|part| part.block.flops()).sum()
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        for Part { rows, cols, block } in &self.parts {
            block.apply(&x[cols.clone()], &mut y[rows.clone()]);
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        for Part { rows, cols, block } in &self.parts {
            block.adjoint(&y[rows.clone()], &mut x[cols.clone()]);
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        column.fill(S::zero());
        let at = self.parts.partition_point(|part| part.cols.end <= j);
        let Part { rows, cols, block } = &self.parts[at];
        block.column(j - cols.start, &mut column[rows.clone()]);
    }

    fn column_norms(&self) -> Vec<f64> {
        self.parts.iter().flat_map(|part| part.block.column_norms()).collect()
    }
}
