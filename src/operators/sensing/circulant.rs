//! Convolution with a filter of one's own, or a drawn one, sampled at some times.

use super::filter::{Filter, Taps};
use super::partial::Partial;
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// m samples of the circular convolution with a real filter, `A_ij = h_(i-j mod n) / sqrt m` for i among the samples.
///
/// Rauhut, "Circulant and Toeplitz matrices in compressed sensing" (2009).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Circulant {
    /// The filter h, from time 0 on; zero after its end. Without entries it is drawn.
    #[schemars(length(max = 65536))]
    pub filter: Vec<f64>,
    /// The law of a drawn filter's n taps.
    pub taps: Taps,
    /// Sample at random times; else at the first m.
    pub random_times: bool,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for Circulant {
    fn default() -> Self {
        Self { filter: Vec::new(), taps: Taps::Gaussian, random_times: true, unit_columns: true }
    }
}

impl Sensing for Circulant {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        if self.filter.len() > cols {
            let message = format!("has at most as many taps as unknowns, {cols}, not {}", self.filter.len());
            return Err(Complaint::new("matrix.filter", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        // The filter comes first, so that it stays as it is when `rows` changes.
        let mut taps = if self.filter.is_empty() { self.taps.draw(cols, &mut random) } else { self.filter.clone() };
        taps.resize(cols, 0.0);
        let scale = 1.0 / (rows as f64).sqrt();
        taps.iter_mut().for_each(|tap| *tap *= scale);
        let drawn = Selection::draw(rows, cols, "a circulant matrix", &mut random)?;
        let samples = if self.random_times { drawn } else { Selection::of((0..rows).collect(), cols) };
        Ok(Partial::new(Filter::new(taps), samples).scaled(self.unit_columns))
    }
}
