//! Singular values and vectors of a dense matrix.

use super::jacobi::{MOST_SWEEPS, NEGLIGIBLE, Rotation};
use crate::kernels::{Scalar, norm};

/// `A = sum_i values[i] left[i] right[i]^*` over the singular values that are not zero, largest first.
#[derive(Clone, Debug)]
pub struct Svd<S> {
    /// The singular values.
    pub values: Vec<f64>,
    /// `u_i`, orthonormal, as long as a column of A.
    pub left: Vec<Vec<S>>,
    /// `v_i`, orthonormal, as long as a row of A.
    pub right: Vec<Vec<S>>,
}

impl<S: Scalar> Svd<S> {
    /// Of the matrix with these columns, all of one length. By one-sided Jacobi rotations (Hestenes 1958): the columns of `A V` are made
    /// orthogonal, in O(m n min(m, n)) a sweep, six to ten sweeps. Values keep their digits relative to the columns' lengths (Demmel and
    /// Veselic 1992); what is below 1e-13 of the longest column is left out.
    pub fn new(columns: Vec<Vec<S>>) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        if rows < columns.len() {
            let adjoint = (0..rows).map(|i| columns.iter().map(|column| column[i].conj()).collect()).collect();
            let Self { values, left, right } = Self::tall(adjoint);
            return Self { values, left: right, right: left };
        }
        Self::tall(columns)
    }

    /// Of at least as many rows as columns.
    fn tall(mut columns: Vec<Vec<S>>) -> Self {
        let count = columns.len();
        let one = |i: usize, j: usize| if i == j { S::from_real(1.0) } else { S::zero() };
        let mut right: Vec<Vec<S>> = (0..count).map(|j| (0..count).map(|i| one(i, j)).collect()).collect();
        let tiny = NEGLIGIBLE * columns.iter().map(|column| norm(column)).fold(0.0, f64::max);
        for _sweep in 0..MOST_SWEEPS {
            let mut turned = false;
            for j in 1..count {
                for i in 0..j {
                    let Some(rotation) = Rotation::between(&columns[i], &columns[j], tiny) else { continue };
                    for side in [&mut columns, &mut right] {
                        let (head, tail) = side.split_at_mut(j);
                        rotation.turn(&mut head[i], &mut tail[0]);
                    }
                    turned = true;
                }
            }
            if !turned {
                break;
            }
        }
        let mut triples: Vec<(f64, Vec<S>, Vec<S>)> =
            columns.into_iter().zip(right).map(|(column, right)| (norm(&column), column, right)).collect();
        triples.retain(|(value, ..)| *value > tiny);
        triples.sort_by(|x, y| y.0.total_cmp(&x.0));
        let mut svd = Self { values: Vec::new(), left: Vec::new(), right: Vec::new() };
        for (value, mut column, right) in triples {
            column.iter_mut().for_each(|entry| *entry = *entry / value);
            svd.values.push(value);
            svd.left.push(column);
            svd.right.push(right);
        }
        svd
    }

    /// The same with the `rank` largest singular values only: the best approximation of that rank (Eckart and Young 1936).
    #[must_use]
    pub fn truncated(mut self, rank: usize) -> Self {
        self.values.truncate(rank);
        self.left.truncate(rank);
        self.right.truncate(rank);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::dot;
    use crate::signals::random::{Random, Stream};
    use num_complex::Complex64;

    fn random<S: Scalar>(rows: usize, cols: usize, seed: u64) -> Vec<Vec<S>> {
        let mut random = Random::new(seed, Stream::Probe);
        (0..cols).map(|_| (0..rows).map(|_| random.normal_scalar()).collect()).collect()
    }

    fn comes_together<S: Scalar>(rows: usize, cols: usize) {
        let columns = random::<S>(rows, cols, 3);
        let svd = Svd::new(columns.clone());
        assert_eq!(svd.values.len(), rows.min(cols));
        assert!(svd.values.is_sorted_by(|a, b| a >= b));
        for side in [&svd.left, &svd.right] {
            for (i, u) in side.iter().enumerate() {
                for (j, v) in side.iter().enumerate() {
                    let wanted = S::from_real(if i == j { 1.0 } else { 0.0 });
                    assert!((dot(u, v) - wanted).abs() < 1e-13);
                }
            }
        }
        for (j, column) in columns.iter().enumerate() {
            for (i, &entry) in column.iter().enumerate() {
                let sum = (0..svd.values.len())
                    .fold(S::zero(), |sum, l| sum + svd.left[l][i] * svd.right[l][j].conj() * svd.values[l]);
                assert!((sum - entry).abs() < 1e-13, "{i} {j}");
            }
        }
    }

    #[test]
    fn matrices_come_apart_and_together() {
        comes_together::<f64>(9, 5);
        comes_together::<f64>(5, 9);
        comes_together::<f64>(7, 7);
        comes_together::<Complex64>(8, 3);
        comes_together::<Complex64>(3, 8);
    }

    /// `[[3, 0], [4, 5]]` has the singular values `sqrt 45` and `sqrt 5`.
    #[test]
    fn a_matrix_of_known_values() {
        let svd = Svd::new(vec![vec![3.0, 4.0], vec![0.0, 5.0]]);
        for (value, wanted) in svd.values.iter().zip([45.0_f64.sqrt(), 5.0_f64.sqrt()]) {
            assert!((value - wanted).abs() < 1e-14);
        }
        assert!((svd.left[0][0].abs() - 0.1_f64.sqrt()).abs() < 1e-14, "u_1 is along (1, 3)");
    }

    /// Hilbert's matrix of 5 rows: its smallest value, 3.287928772171863e-6 (Higham 2002), to as many digits as its columns have.
    #[test]
    fn small_values_keep_their_digits() {
        let columns: Vec<Vec<f64>> = (0..5).map(|j| (0..5).map(|i| 1.0 / (i + j + 1) as f64).collect()).collect();
        let smallest = *Svd::new(columns).values.last().unwrap();
        assert!((smallest / 3.287_928_772_171_863e-6 - 1.0).abs() < 1e-9, "{smallest:e}");
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        let mut columns = random::<f64>(6, 2, 5);
        columns.push(columns[0].iter().zip(&columns[1]).map(|(a, b)| a - 2.0 * b).collect());
        assert_eq!(Svd::new(columns).values.len(), 2);
        assert!(Svd::<f64>::new(Vec::new()).values.is_empty());
        assert!(Svd::new(vec![vec![0.0; 3]; 2]).values.is_empty());
    }
}
