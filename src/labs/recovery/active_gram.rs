//! The Gram matrix of a set of columns that changes now and then.

use crate::kernels::{axpy, dot};
use crate::operators::Dense;

/// `A_W^T A_W` for an ascending set W of w columns: 8 w^2 bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct ActiveGram {
    set: Vec<usize>,
    /// Column by column.
    entries: Vec<f64>,
}

impl ActiveGram {
    /// Changes W to `set`, ascending. Products of columns that stay are kept.
    pub(super) fn change(&mut self, matrix: &Dense<f64>, set: &[usize]) {
        let (old, size) = (self.set.len(), set.len());
        let places: Vec<Option<usize>> = set.iter().map(|j| self.set.binary_search(j).ok()).collect();
        let mut entries = vec![0.0; size * size];
        for (q, &j) in set.iter().enumerate() {
            let column = matrix.column_slice(j);
            for (p, &i) in set[..=q].iter().enumerate() {
                let product = match (places[p], places[q]) {
                    (Some(p), Some(q)) => self.entries[q * old + p],
                    _ => dot(matrix.column_slice(i), column),
                };
                entries[q * size + p] = product;
                entries[p * size + q] = product;
            }
        }
        self.set = set.to_vec();
        self.entries = entries;
    }

    /// `c -= A_W^T A_W d`, both with w entries: O(w) for each entry of `d` that is not zero.
    pub(super) fn subtract_product(&self, d: &[f64], c: &mut [f64]) {
        for (&d, column) in d.iter().zip(self.entries.chunks_exact(self.set.len().max(1))) {
            if d != 0.0 {
                axpy(-d, column, c);
            }
        }
    }
}
