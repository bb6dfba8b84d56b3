//! Two bases that are as unlike as bases can be: places and frequencies.

use super::partial::Partial;
use super::partial_fourier::Fourier;
use super::side_by_side::SideBySide;
use super::sizes::{check_complex, check_twice};
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// `A = [I F]`, m x 2 m: unit vectors, then the unitary discrete Fourier transform. Nothing is drawn.
///
/// Its coherence is `1/sqrt m`, the least that two orthonormal bases can have. Where m is a square, a comb of `sqrt m`
/// spikes is a comb of `sqrt m` sines, and sparsity `sqrt m` is no longer unique: Donoho and Huo, "Uncertainty
/// principles and ideal atomic decomposition" (2001).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct SpikesAndSines {}

impl Sensing for SpikesAndSines {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        check_complex::<S>("paley")?;
        check_twice(rows, cols)?;
        let all = || Selection::of((0..rows).collect(), rows);
        let sines = Partial::new(Fourier::new(rows), all());
        Ok(Arc::new(SideBySide::new(vec![Arc::new(all()), Arc::new(sines)])))
    }
}
