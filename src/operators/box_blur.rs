//! A blur that replaces every entry of a picture or a line by the mean of its neighbourhood.

use super::LinearOperator;
use crate::kernels::Scalar;

/// The mean over `width` entries along each side, w x w of a picture, wrapped around the edges. Columns sum to one, so flux is kept,
/// and no entry is negative. Symmetric for odd widths. O(n w) for n entries.
#[derive(Clone, Copy, Debug)]
pub struct BoxBlur {
    shape: (usize, usize),
    width: usize,
}

impl BoxBlur {
    /// For pictures of `shape` = (rows, columns), stored row by row; a line has one row and is blurred along it.
    ///
    /// # Panics
    /// When the width is even.
    pub fn new(shape: (usize, usize), width: usize) -> Self {
        assert!(!width.is_multiple_of(2), "the neighbourhood has a middle");
        Self { shape, width }
    }

    /// The mean over windows of a line.
    fn blur<S: Scalar>(&self, line: &[S], out: &mut [S]) {
        let n = line.len();
        let back = self.width / 2 % n;
        for (i, out) in out.iter_mut().enumerate() {
            let sum = (0..self.width).fold(S::zero(), |sum, k| sum + line[(i + n - back + k) % n]);
            *out = sum / self.width as f64;
        }
    }
}

impl<S: Scalar> LinearOperator<S> for BoxBlur {
    fn rows(&self) -> usize {
        self.shape.0 * self.shape.1
    }

    fn cols(&self) -> usize {
        self.shape.0 * self.shape.1
    }

    fn flops(&self) -> f64 {
        let (rows, cols) = self.shape;
        let directions = if rows == 1 { 1.0 } else { 2.0 };
        S::PARTS * directions * (self.width * rows * cols) as f64
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        let (rows, cols) = self.shape;
        for (line, out) in x.chunks_exact(cols.max(1)).zip(y.chunks_exact_mut(cols.max(1))) {
            self.blur(line, out);
        }
        if rows == 1 {
            return;
        }
        let (mut line, mut out) = (vec![S::zero(); rows], vec![S::zero(); rows]);
        for col in 0..cols {
            line.iter_mut().enumerate().for_each(|(row, entry)| *entry = y[row * cols + col]);
            self.blur(&line, &mut out);
            out.iter().enumerate().for_each(|(row, &entry)| y[row * cols + col] = entry);
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        self.apply(y, x);
    }
}
