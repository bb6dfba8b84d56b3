//! Places, and functions that look like noise to places and wavelets alike.

use super::partial::{Partial, Square};
use super::side_by_side::SideBySide;
use super::sizes::{check_complex, check_fits, check_twice};
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::transforms::hadamard_flops;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `A = [I N]`, m x 2 m with m a power of two: unit vectors, then noiselets. Nothing is drawn.
///
/// All entries of noiselets have modulus `1/sqrt m`, so the coherence is `1/sqrt m`; Haar wavelets are as incoherent
/// with them as spikes are. Coifman, Geshwind and Meyer, "Noiselets" (2001).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SpikesAndNoiselets {}

impl Sensing for SpikesAndNoiselets {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        check_complex::<S>("paley")?;
        check_fits("rows", rows, "a power of two for noiselets", usize::is_power_of_two)?;
        check_twice(rows, cols)?;
        let all = || Selection::of((0..rows).collect(), rows);
        Ok(Arc::new(SideBySide::new(vec![Arc::new(all()), Arc::new(Partial::new(Noiselets { size: rows }, all()))])))
    }
}

/// The unitary noiselet transform of n entries, n a power of two: the Kronecker power of
/// `((1 - i, 1 + i), (1 + i, 1 - i)) / 2`, which is symmetric.
pub struct Noiselets {
    size: usize,
}

impl Noiselets {
    /// Butterflies over all strides; `turn` is -1 for the transform and 1 for its adjoint.
    fn butterflies<S: Scalar>(&self, x: &mut [S], turn: f64) {
        let (same, other) = (S::from_parts(0.5, 0.5 * turn), S::from_parts(0.5, -0.5 * turn));
        let mut stride = 1;
        while stride < self.size {
            for pair in x.chunks_exact_mut(2 * stride) {
                let (low, high) = pair.split_at_mut(stride);
                for (a, b) in low.iter_mut().zip(high) {
                    (*a, *b) = (same * *a + other * *b, other * *a + same * *b);
                }
            }
            stride *= 2;
        }
    }
}

impl<S: Scalar> Square<S> for Noiselets {
    fn forward(&self, x: &mut [S]) {
        self.butterflies(x, -1.0);
    }

    fn adjoint(&self, x: &mut [S]) {
        self.butterflies(x, 1.0);
    }

    /// Two multiplications and additions an entry and stage.
    fn flops(&self, size: usize) -> f64 {
        2.0 * S::MULTIPLY_ADD * hadamard_flops(size)
    }

    fn entry(&self, i: usize, j: usize) -> S {
        let differ = (i ^ j).count_ones();
        let factor = |bit: u32| if bit < differ { S::from_parts(0.5, 0.5) } else { S::from_parts(0.5, -0.5) };
        (0..self.size.ilog2()).fold(S::from_real(1.0), |product, bit| product * factor(bit))
    }

    fn squared_norms(&self, rows: &[usize]) -> Vec<f64> {
        vec![rows.len() as f64 / self.size as f64; self.size]
    }
}
