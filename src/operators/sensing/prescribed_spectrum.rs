//! Singular values of one's choice between random rotations.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::{Scalar, axpy};
use crate::linalg::IncrementalQr;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How singular values fall from the largest to the smallest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decay {
    /// Each is the same fraction of the one before.
    #[default]
    Geometric,
    /// In equal steps.
    Linear,
    /// All are equal but the smallest one.
    OneSmall,
    /// All are equal but the largest one.
    OneLarge,
}

/// Most multiplications that drawing the rotations may take.
const MOST_WORK: usize = 1 << 28;

/// `A = U diag(s) V^*` with U and V uniform over all matrices with orthonormal columns, and `sum s_i^2 = n`, so that
/// columns have unit norm on average.
///
/// The matrices of Rangan, Schniter and Fletcher, "Vector approximate message passing" (2019), on which AMP fails at
/// condition numbers that VAMP bears.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PrescribedSpectrum {
    /// Condition number: the largest singular value over the smallest one.
    #[schemars(range(min = 1.0, max = 1e8), extend("x-scale" = "log"))]
    pub condition: f64,
    /// How the singular values fall.
    pub decay: Decay,
}

impl Default for PrescribedSpectrum {
    fn default() -> Self {
        Self { condition: 100.0, decay: Decay::Geometric }
    }
}

impl PrescribedSpectrum {
    /// The `count` singular values, largest first, with squares that sum to `energy`.
    fn values(&self, count: usize, energy: f64) -> Vec<f64> {
        let small = 1.0 / self.condition;
        let value = |i: usize| {
            let share = if count > 1 { i as f64 / (count - 1) as f64 } else { 0.0 };
            match self.decay {
                Decay::Geometric => libm::pow(small, share),
                Decay::Linear => 1.0 + share * (small - 1.0),
                Decay::OneSmall => {
                    if count > 1 && i + 1 == count {
                        small
                    } else {
                        1.0
                    }
                }
                Decay::OneLarge => {
                    if i > 0 {
                        small
                    } else {
                        1.0
                    }
                }
            }
        };
        let raw: Vec<f64> = (0..count).map(value).collect();
        let scale = (energy / f64::norm_squared(&raw)).sqrt();
        raw.into_iter().map(|value| value * scale).collect()
    }
}

impl Sensing for PrescribedSpectrum {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let count = rows.min(cols);
        if count.saturating_mul(rows).saturating_mul(cols) > MOST_WORK {
            let most = (MOST_WORK / cols).isqrt().min(cols);
            let message = format!("goes up to {most} for {cols} unknowns, as drawing rotations takes long, not {rows}");
            return Err(Complaint::new("rows", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let (left, right) = (rotation::<S>(rows, count, &mut random), rotation::<S>(cols, count, &mut random));
        let mut entries = vec![S::zero(); rows * cols];
        for ((u, v), value) in left.iter().zip(&right).zip(self.values(count, cols as f64)) {
            for (column, entry) in entries.chunks_exact_mut(rows).zip(v) {
                axpy(entry.conj() * value, u, column);
            }
        }
        Ok(Arc::new(Dense::from_columns(rows, cols, entries)))
    }
}

/// `count` orthonormal vectors of length `size`, uniform over all such sets: the QR factorisation of a normal matrix
/// with a positive diagonal in R (Stewart 1980).
fn rotation<S: Scalar>(size: usize, count: usize, random: &mut Random) -> Vec<Vec<S>> {
    let mut factor = IncrementalQr::new();
    let mut vectors = Vec::with_capacity(count);
    while vectors.len() < count {
        let column: Vec<S> = (0..size).map(|_| random.normal_scalar()).collect();
        if factor.push(&column).is_ok() {
            vectors.extend(factor.last_direction().map(<[S]>::to_vec));
        }
    }
    vectors
}
