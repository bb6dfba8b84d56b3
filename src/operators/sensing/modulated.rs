//! A unitary transform seen through several windows: what chirp and Delsarte-Goethals frames have in common.

use super::partial::Square;
use crate::kernels::Scalar;
use crate::operators::LinearOperator;

/// `A = [D_1 U^* D_2 U^* ...]` with `D_b` diagonal and of unit modulus and U a unitary m x m transform; the last block
/// may be cut. Column `j = b m + l` has the entries `w_b(t) conj(U_lt)`. Products are O(n log m).
pub struct Modulated<S, T> {
    transform: T,
    rows: usize,
    cols: usize,
    /// `w_b(t)`, block after block.
    windows: Vec<S>,
}

impl<S: Scalar, T: Square<S>> Modulated<S, T> {
    /// The first `cols` columns.
    ///
    /// # Panics
    /// When there are not as many windows as blocks.
    pub fn new(transform: T, rows: usize, cols: usize, windows: Vec<S>) -> Self {
        assert_eq!(windows.len(), rows * cols.div_ceil(rows));
        Self { transform, rows, cols, windows }
    }
}

impl<S: Scalar, T: Square<S>> LinearOperator<S> for Modulated<S, T> {
    fn rows(&self) -> usize {
        self.rows
    }

    fn cols(&self) -> usize {
        self.cols
    }

    fn flops(&self) -> f64 {
        let blocks = self.cols.div_ceil(self.rows) as f64;
        blocks * (self.transform.flops(self.rows) + S::MULTIPLY_ADD * self.rows as f64)
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.fill(S::zero());
        let mut block = vec![S::zero(); self.rows];
        for (x, window) in x.chunks(self.rows).zip(self.windows.chunks_exact(self.rows)) {
            block[..x.len()].copy_from_slice(x);
            block[x.len()..].fill(S::zero());
            self.transform.adjoint(&mut block);
            for ((y, &entry), &w) in y.iter_mut().zip(&block).zip(window) {
                *y += w * entry;
            }
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        for (x, window) in x.chunks_mut(self.rows).zip(self.windows.chunks_exact(self.rows)) {
            let mut block: Vec<S> = y.iter().zip(window).map(|(&y, w)| w.conj() * y).collect();
            self.transform.forward(&mut block);
            x.copy_from_slice(&block[..x.len()]);
        }
    }

    fn column(&self, j: usize, column: &mut [S]) {
        let (block, l) = (j / self.rows, j % self.rows);
        let window = &self.windows[block * self.rows..(block + 1) * self.rows];
        for (t, (entry, &w)) in column.iter_mut().zip(window).enumerate() {
            *entry = w * self.transform.entry(l, t).conj();
        }
    }

    fn column_norms(&self) -> Vec<f64> {
        vec![1.0; self.cols]
    }
}
