//! Chirps: all tones whose frequency rises at one of p rates.

use super::modulated::Modulated;
use super::partial_fourier::Fourier;
use super::sizes::{check_complex, check_fits, check_most, is_prime};
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::transforms::Fft;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What becomes of the phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    /// `r t^2`: linear chirps.
    #[default]
    Quadratic,
    /// `(t + r)^3`: shifts of one cubic chirp (Alltop).
    Cubic,
}

/// Columns `exp(2 pi i (phi_r(t) + l t) / p) / sqrt p` over times `t < p`, for p = m a prime of at least 5, with
/// `j = r p + l`: all frequencies l at rate r = 0, then at 1, and so on, up to n = p^2. Nothing is drawn.
///
/// The columns of one r are orthogonal, others have products of modulus `1/sqrt p`: for n = p^2 the coherence is within
/// a factor `sqrt(1 + 1/p)` of the Welch bound. Products are O(n log m). Alltop, "Complex sequences with low periodic
/// correlations" (1980); Applebaum, Howard, Searle and Calderbank, "Chirp sensing codes" (2009).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Chirp {
    /// The phase `phi_r(t)`.
    pub phase: Phase,
}

impl Sensing for Chirp {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, _seed: u64) -> Drawn<S> {
        check_complex::<S>("paley")?;
        check_fits("rows", rows, "a prime of at least 5 for chirps", |p| p >= 5 && is_prime(p))?;
        check_most(cols, rows * rows, &format!("chirps of {rows} samples"))?;
        let p = rows as u64;
        let wave = Fft::new(rows);
        let phase = |r: u64, t: u64| match self.phase {
            Phase::Quadratic => r * (t * t % p) % p,
            Phase::Cubic => (t + r) % p * ((t + r) * (t + r) % p) % p,
        };
        let windows = (0..cols.div_ceil(rows) as u64).flat_map(|r| (0..p).map(move |t| (r, t)));
        let windows = windows.map(|(r, t)| {
            let root = wave.entry(1, phase(r, t) as usize);
            S::from_parts(root.re, -root.im)
        });
        let windows = windows.collect();
        Ok(Arc::new(Modulated::new(Fourier::new(rows), rows, cols, windows)))
    }
}
