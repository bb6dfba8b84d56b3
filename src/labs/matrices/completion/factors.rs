//! Matrices of low rank as the product of two factors: what completion methods estimate.

use crate::kernels::dot;
use crate::linalg::{IncrementalQr, Svd};

/// `X = L R^T`. L is `rows x rank` and R `cols x rank`, both row by row, L first: a row of each makes an entry of X.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// Rows of X.
    pub rows: usize,
    /// Columns of X.
    pub cols: usize,
    /// Columns of either factor.
    pub rank: usize,
    /// The rows of L, then those of R: `(rows + cols) rank` numbers.
    pub entries: Vec<f64>,
}

impl Factors {
    /// The zero matrix.
    pub fn zero(rows: usize, cols: usize, rank: usize) -> Self {
        Self { rows, cols, rank, entries: vec![0.0; (rows + cols) * rank] }
    }

    /// `sum_l left[l] weights[l] right[l]^T`, with the weights in L; zero columns fill up what is missing to `rank`.
    ///
    /// # Panics
    /// When there are more than `rank` columns, or one is of another length.
    pub fn from_columns(
        (rows, cols, rank): (usize, usize, usize),
        weights: &[f64],
        left: &[Vec<f64>],
        right: &[Vec<f64>],
    ) -> Self {
        let mut factors = Self::zero(rows, cols, rank);
        for (l, weight) in weights.iter().enumerate() {
            factors.left_mut().chunks_exact_mut(rank).zip(&left[l]).for_each(|(row, u)| row[l] = weight * u);
            factors.right_mut().chunks_exact_mut(rank).zip(&right[l]).for_each(|(row, v)| row[l] = *v);
        }
        factors
    }

    /// L, row by row.
    pub fn left(&self) -> &[f64] {
        &self.entries[..self.rows * self.rank]
    }

    /// L, to be written.
    pub fn left_mut(&mut self) -> &mut [f64] {
        &mut self.entries[..self.rows * self.rank]
    }

    /// R, row by row.
    pub fn right(&self) -> &[f64] {
        &self.entries[self.rows * self.rank..]
    }

    /// R, to be written.
    pub fn right_mut(&mut self) -> &mut [f64] {
        &mut self.entries[self.rows * self.rank..]
    }

    /// Entry `(i, j)` of X, O(rank).
    pub fn entry(&self, i: usize, j: usize) -> f64 {
        dot(&self.left()[i * self.rank..(i + 1) * self.rank], &self.right()[j * self.rank..(j + 1) * self.rank])
    }

    /// Singular values of X and an orthonormal basis of its columns' span, from those of a `rank x rank` matrix: O((m + n) rank^2).
    pub fn svd(&self) -> Svd<f64> {
        let (left, right) = (Factored::of(self.left(), self.rank), Factored::of(self.right(), self.rank));
        // Column j of R_L R_R^T.
        let core = |j: usize| (0..left.size()).map(|i| dot(&left.weights[i], &right.weights[j])).collect();
        let inner = Svd::new((0..right.size()).map(core).collect());
        Svd {
            left: inner.left.iter().map(|weights| left.factors.combine(weights, self.rows)).collect(),
            right: inner.right.iter().map(|weights| right.factors.combine(weights, self.cols)).collect(),
            values: inner.values,
        }
    }
}

/// A factor as `Q W`, Q with orthonormal columns; `weights` are the rows of W.
struct Factored {
    factors: IncrementalQr<f64>,
    weights: Vec<Vec<f64>>,
}

impl Factored {
    fn of(factor: &[f64], rank: usize) -> Self {
        let columns = columns_of(factor, rank);
        let mut factors = IncrementalQr::new();
        for column in &columns {
            // A column in the span of the others needs no direction of its own.
            let _ = factors.push(column);
        }
        let weights = factors.directions().iter().map(|q| columns.iter().map(|a| dot(q, a)).collect()).collect();
        Self { factors, weights }
    }

    fn size(&self) -> usize {
        self.weights.len()
    }
}

/// The columns of a matrix that is stored row by row.
pub(in crate::labs::matrices) fn columns_of(entries: &[f64], cols: usize) -> Vec<Vec<f64>> {
    (0..cols).map(|j| entries.chunks_exact(cols).map(|row| row[j]).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decomposition_is_that_of_the_product() {
        let factors = Factors {
            rows: 4,
            cols: 3,
            rank: 2,
            entries: vec![1.0, 0.0, 2.0, -1.0, 0.5, 3.0, -1.0, 1.0, 1.0, 1.0, 0.0, 2.0, -2.0, 1.0],
        };
        let columns = (0..3).map(|j| (0..4).map(|i| factors.entry(i, j)).collect()).collect();
        let (whole, found) = (Svd::new(columns), factors.svd());
        assert_eq!(found.values.len(), 2);
        for l in 0..2 {
            assert!((whole.values[l] - found.values[l]).abs() < 1e-13);
            assert!((dot(&whole.left[l], &found.left[l]).abs() - 1.0).abs() < 1e-13);
        }
        let again = Factors::from_columns((4, 3, 3), &found.values, &found.left, &found.right);
        for (i, j) in [(0, 0), (2, 1), (3, 2)] {
            assert!((again.entry(i, j) - factors.entry(i, j)).abs() < 1e-13);
        }
        assert_eq!(again.svd().values.len(), 2, "a column of zeros is none");
    }
}
