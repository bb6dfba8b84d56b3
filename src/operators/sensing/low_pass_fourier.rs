//! The lowest frequencies: what a microscope sees of points, and what super-resolution starts from.

use super::partial::Partial;
use super::partial_fourier::Fourier;
use super::sizes::check_complex;
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The m lowest frequencies of the n x n discrete Fourier transform, `-f..=f` for `m = 2 f + 1`; for an even m also
/// `+m/2`. Nothing is drawn.
///
/// Entries are `exp(-2 pi i j k / n) / sqrt m`; rows are in the transform's order, negative frequencies at the end.
/// Spikes that are at least `2 n / f` apart are recovered by l1 minimisation, closer ones of opposite sign are not:
/// Candès and Fernandez-Granda, "Towards a mathematical theory of super-resolution" (2014).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct LowPassFourier {}

impl Sensing for LowPassFourier {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        check_complex::<S>("partial-dct")?;
        if rows > cols {
            let message = format!("goes up to the number of unknowns, {cols}, for low-pass Fourier, not {rows}");
            return Err(Complaint::new("rows", message));
        }
        let low = rows / 2;
        let negative = rows - low - 1;
        let frequencies = (0..=low).chain(cols - negative..cols).collect();
        Ok(Partial::new(Fourier::new(cols), Selection::of(frequencies, cols)).scaled(true))
    }
}
