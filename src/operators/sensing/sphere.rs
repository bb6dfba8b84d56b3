//! Columns uniform on the unit sphere.

use super::{Drawn, Gaussian, Sensing};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Columns independent and uniform on the unit sphere of m dimensions, real or complex.
///
/// The normal law looks the same in all directions, so a Gaussian column divided by its length is such a column
/// (Muller 1959); under one seed this is the [`Gaussian`] matrix of unit columns.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Sphere {}

impl Sensing for Sphere {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        Gaussian::default().draw(rows, cols, seed)
    }
}
