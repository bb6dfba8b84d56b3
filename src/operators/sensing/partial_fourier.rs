//! Some frequencies of the Fourier transform, as an MR scanner or a radar sees them.

use super::partial::{Partial, Square};
use super::sizes::check_complex;
use super::subsampling::Selection;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::signals::random::{Random, Stream};
use crate::transforms::Fft;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// m rows of the n x n discrete Fourier transform, drawn without replacement, lowest frequency first.
///
/// Entries are `exp(-2 pi i j k / n) / sqrt m`: the rows of the unitary transform times `sqrt(n / m)`, so that columns
/// have unit norm. Candès, Romberg and Tao, "Robust uncertainty principles" (2006).
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct PartialFourier {}

impl Sensing for PartialFourier {
    fn is_complex(&self) -> bool {
        true
    }

    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_complex::<S>("partial-dct")?;
        let mut random = Random::new(seed, Stream::Matrix);
        let rows = Selection::draw(rows, cols, "a partial Fourier matrix", &mut random)?;
        Ok(Partial::new(Fourier::new(cols), rows).scaled(true))
    }
}

/// The unitary discrete Fourier transform, `exp(-2 pi i j k / n) / sqrt n`, of complex vectors.
pub struct Fourier {
    fft: Fft,
    scale: f64,
}

impl Fourier {
    /// The transform of `n` entries.
    pub fn new(n: usize) -> Self {
        Self { fft: Fft::new(n), scale: 1.0 / (n as f64).sqrt() }
    }
}

impl<S: Scalar> Square<S> for Fourier {
    fn forward(&self, x: &mut [S]) {
        let mut all: Vec<Complex64> = x.iter().map(|x| Complex64::new(x.re(), x.im())).collect();
        self.fft.forward(&mut all);
        for (x, value) in x.iter_mut().zip(all) {
            *x = S::from_parts(value.re, value.im) * self.scale;
        }
    }

    fn adjoint(&self, x: &mut [S]) {
        // F^* x = conj(F conj x), as F is symmetric.
        x.iter_mut().for_each(|x| *x = x.conj());
        self.forward(x);
        x.iter_mut().for_each(|x| *x = x.conj());
    }

    fn entry(&self, i: usize, j: usize) -> S {
        let entry = self.fft.entry(i, j);
        S::from_parts(entry.re, entry.im) * self.scale
    }

    fn squared_norms(&self, rows: &[usize]) -> Vec<f64> {
        let n = self.fft.size();
        vec![rows.len() as f64 / n as f64; n]
    }
}
