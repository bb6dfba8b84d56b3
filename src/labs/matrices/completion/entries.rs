//! The entries of a matrix that are seen.

use super::Factors;
use crate::operators::sensing::SparseColumns;
use crate::signals::random::Random;

/// Places and values, reachable by row and by column.
#[derive(Clone, Debug)]
pub struct Entries {
    /// Of each row: columns, ascending, and values.
    pub by_row: Vec<Vec<(usize, f64)>>,
    /// Of each column: rows, ascending, and values.
    pub by_column: Vec<Vec<(usize, f64)>>,
}

impl Entries {
    /// From triplets (row, column, value) in the order of rows, then columns.
    pub fn new(rows: usize, cols: usize, triplets: impl IntoIterator<Item = (usize, usize, f64)>) -> Self {
        let mut entries = Self { by_row: vec![Vec::new(); rows], by_column: vec![Vec::new(); cols] };
        for (i, j, value) in triplets {
            entries.by_row[i].push((j, value));
            entries.by_column[j].push((i, value));
        }
        entries
    }

    /// All of them, row by row.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        self.by_row.iter().enumerate().flat_map(|(i, row)| row.iter().map(move |&(j, value)| (i, j, value)))
    }

    /// The value in a place, where it is seen. O(log of the row's entries).
    pub fn at(&self, i: usize, j: usize) -> Option<f64> {
        let row = &self.by_row[i];
        row.binary_search_by_key(&j, |entry| entry.0).ok().map(|place| row[place].1)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_row.iter().map(Vec::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The matrix that is zero elsewhere, times `scale`, as an operator.
    pub fn operator(&self, scale: f64) -> SparseColumns {
        let mut matrix = SparseColumns::new(self.by_row.len());
        for column in &self.by_column {
            column.iter().for_each(|&(i, value)| matrix.push(i, scale * value));
            matrix.end_column();
        }
        matrix
    }

    /// `P(M - X)`: the same places with what an estimate leaves of their values. O(|Omega| rank).
    #[must_use]
    pub fn residual(&self, estimate: &Factors) -> Self {
        let left = self.iter().map(|(i, j, value)| (i, j, value - estimate.entry(i, j)));
        Self::new(self.by_row.len(), self.by_column.len(), left)
    }

    /// Euclidean norm of the values.
    pub fn norm(&self) -> f64 {
        self.iter().fold(0.0, |sum, (.., value)| sum + value * value).sqrt()
    }

    /// Every entry in one of `parts` at random.
    pub fn split(&self, parts: usize, random: &mut Random) -> Vec<Self> {
        let mut shares = vec![Vec::new(); parts];
        for entry in self.iter() {
            shares[random.below(parts)].push(entry);
        }
        shares.into_iter().map(|share| Self::new(self.by_row.len(), self.by_column.len(), share)).collect()
    }
}
