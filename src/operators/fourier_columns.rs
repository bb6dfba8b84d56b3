//! Some columns of a real picture's Fourier transform: lines of k-space, as an MR scanner reads them.

use super::LinearOperator;
use crate::transforms::{Fft, fft_flops};
use num_complex::Complex64;

/// The unitary 2-D Fourier transform of real pictures of `side` x `side` pixels, at some horizontal frequencies and all vertical ones.
///
/// A frequency is two numbers, its real and imaginary part; they go up a column, column after column. All columns together keep the norm.
/// Products are O(n log n).
#[derive(Clone, Debug)]
pub struct FourierColumns {
    side: usize,
    columns: Vec<usize>,
    line: Fft,
}

impl FourierColumns {
    /// At the horizontal frequencies `columns`, from 0 up.
    ///
    /// # Panics
    /// When a frequency is not below `side`.
    pub fn new(side: usize, columns: Vec<usize>) -> Self {
        assert!(columns.iter().all(|&column| column < side));
        Self { side, columns, line: Fft::new(side) }
    }

    /// Up and down each of the columns that are measured, in place; they lie one after the other.
    fn along_columns(&self, spectrum: &mut [Complex64]) {
        spectrum.chunks_exact_mut(self.side).for_each(|column| self.line.forward(column));
    }
}

impl LinearOperator<f64> for FourierColumns {
    fn rows(&self) -> usize {
        2 * self.side * self.columns.len()
    }

    fn cols(&self) -> usize {
        self.side * self.side
    }

    fn flops(&self) -> f64 {
        (self.side + self.columns.len()) as f64 * fft_flops(self.side)
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        let side = self.side;
        let mut spectrum = vec![Complex64::default(); side * self.columns.len()];
        let mut row = vec![Complex64::default(); side];
        for (i, pixels) in x.chunks_exact(side).enumerate() {
            row.iter_mut().zip(pixels).for_each(|(entry, &pixel)| *entry = Complex64::new(pixel, 0.0));
            self.line.forward(&mut row);
            self.columns.iter().enumerate().for_each(|(place, &column)| spectrum[place * side + i] = row[column]);
        }
        self.along_columns(&mut spectrum);
        for (pair, value) in y.chunks_exact_mut(2).zip(&spectrum) {
            pair.copy_from_slice(&[value.re / side as f64, value.im / side as f64]);
        }
    }

    fn adjoint(&self, y: &[f64], x: &mut [f64]) {
        let side = self.side;
        // F^* y = conj(F conj y), and the real part does not see the outer conjugate.
        let mut spectrum: Vec<Complex64> = y.chunks_exact(2).map(|pair| Complex64::new(pair[0], -pair[1])).collect();
        self.along_columns(&mut spectrum);
        let mut row = vec![Complex64::default(); side];
        for (i, pixels) in x.chunks_exact_mut(side).enumerate() {
            row.fill(Complex64::default());
            self.columns.iter().enumerate().for_each(|(place, &column)| row[column] = spectrum[place * side + i]);
            self.line.forward(&mut row);
            pixels.iter_mut().zip(&row).for_each(|(pixel, entry)| *pixel = entry.re / side as f64);
        }
    }
}
