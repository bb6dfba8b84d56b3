//! What methods with a compound Gaussian prior share: `x = z o u`, scales `z >= 0` of any law times a Gaussian `u ~ N(0, P)`.

mod covariance;
pub mod descent;
pub mod gaussian_update;
mod scale_prior;

pub use covariance::Covariance;
pub use descent::ScaleStep;
pub use scale_prior::{InverseGamma, LogNormal, Power, Rayleigh, ScalePrior};

use super::linear::LinearInstance;
use crate::contract::{Axis, Complaint, Kind, Panel, Values};
use gaussian_update::Measuring;

/// Most measurements: a factor of as many rows is made in every step.
const MOST_ROWS: usize = 1024;
/// Most entries of the matrix, which is stored twice.
const MOST_ENTRIES: usize = 1 << 20;

/// Scales above this count as active.
pub const ACTIVE: f64 = 1e-6;

/// The matrix of an instance, stored for updates of u.
///
/// # Errors
/// When it is zero, or too large for a factorisation a step.
pub fn measuring(instance: &LinearInstance<f64>, method: &str) -> Result<Measuring, Complaint> {
    let (rows, cols) = (instance.rows(), instance.cols());
    if rows > MOST_ROWS || rows * cols > MOST_ENTRIES {
        let message = format!(
            "{method} factorises a matrix of m x m in every step: it takes up to {MOST_ROWS} measurements and {MOST_ENTRIES} entries, not {rows} x {cols}"
        );
        return Err(Complaint::new("id", message));
    }
    let squared = instance.squared_norm();
    if squared > 0.0 && squared.is_finite() {
        return Ok(Measuring::new(instance.operator.clone()));
    }
    Err(Complaint::new("id", format!("{method} starts with A^T y / |A|, and the norm of this matrix is {squared}")))
}

/// `min(|A^T y| / |A|, bound)`: the scales to begin with, for entries of either sign.
pub fn first_scales(measuring: &Measuring, measurements: &[f64], (norm, bound): (f64, f64)) -> Vec<f64> {
    measuring.adjoint(measurements).iter().map(|b| (b.abs() / norm).min(bound)).collect()
}

/// A panel over the unknowns: a map where they are a picture of that side, else stems.
pub fn over_unknowns(
    (id, title, caption): (&'static str, &'static str, &'static str),
    values: Vec<f64>,
    side: Option<usize>,
) -> Panel<'static> {
    Panel {
        id,
        title,
        caption,
        kind: if side.is_some() { Kind::Heat } else { Kind::Stems },
        shape: side.map_or((1, values.len()), |side| (side, side)),
        values: Values::give(values),
        table: None,
        x: Axis::plain(if side.is_some() { "column" } else { "index" }),
        y: Axis::plain(if side.is_some() { "row" } else { "value" }),
        marks: Vec::new(),
    }
}
