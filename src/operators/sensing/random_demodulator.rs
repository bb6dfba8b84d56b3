//! Signs at full rate, then sums at a low one: an analog-to-digital converter for signals of few tones.

use super::sparse_columns::SparseColumns;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Integrate and dump after a random change of signs: `A = H D`, D diagonal with random signs, and row i of H sums over
/// the i-th of m equal spans of time.
///
/// A sample on the border of two spans is shared: a part f of it enters one with `sqrt f` and the other with
/// `sqrt(1 - f)`, so that columns have unit norm. Meant for signals that are sparse in frequency (basis `fourier` or
/// `dct`); spikes within a span are told apart by their signs alone. Products are O(n).
///
/// Tropp, Laska, Duarte, Romberg and Baraniuk, "Beyond Nyquist: efficient sampling of sparse bandlimited signals"
/// (2010).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct RandomDemodulator {}

impl Sensing for RandomDemodulator {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        if rows > cols {
            let message = format!("goes up to the number of unknowns, {cols}, for a random demodulator, not {rows}");
            return Err(Complaint::new("rows", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let mut matrix = SparseColumns::new(rows);
        for j in 0..cols {
            let sign = random.sign();
            // In units in which a sample lasts m and a span n.
            let (start, end) = (j as u64 * rows as u64, (j as u64 + 1) * rows as u64);
            let (first, border) = (start / cols as u64, (start / cols as u64 + 1) * cols as u64);
            let share = |part: u64| sign * (part as f64 / rows as f64).sqrt();
            matrix.push(first as usize, share(end.min(border) - start));
            if end > border {
                matrix.push(first as usize + 1, share(end - border));
            }
            matrix.end_column();
        }
        Ok(Arc::new(matrix))
    }
}
