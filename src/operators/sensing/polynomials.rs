//! Orthogonal polynomials at random points: approximating a function of several variables from samples.

use super::sizes::check_stored;
use super::{Drawn, Sensing};
use crate::kernels::Scalar;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The polynomials of one variable, orthonormal on [-1, 1] for the law that points are drawn from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// Legendre polynomials, points uniform.
    #[default]
    Legendre,
    /// Chebyshev polynomials, points `cos(pi u)` with u uniform.
    Chebyshev,
}

/// Which multi-indices come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum IndexSet {
    /// By the product of `nu_i + 1`: high degrees in few variables.
    #[default]
    HyperbolicCross,
    /// By the sum of the degrees `nu_i`.
    TotalDegree,
}

/// `A_ij = Psi_nu(t_i) / sqrt m` with `Psi_nu` the product over variables of the orthonormal polynomials of degrees
/// `nu = nu(j)`, at m independent points t of [-1, 1]^d.
///
/// The multi-indices are the n first ones by the chosen order, ties in lexicographic order: always a lower set, which
/// has with nu all that are nowhere larger. Adcock, Brugiapaglia and Webster, "Sparse polynomial approximation of
/// high-dimensional functions" (2022).
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Polynomials {
    /// The polynomials of one variable.
    pub family: Family,
    /// Number of variables, d.
    #[schemars(range(min = 1, max = 32))]
    pub dimension: usize,
    /// Which multi-indices come first.
    pub indices: IndexSet,
    /// Scale every column to unit norm.
    pub unit_columns: bool,
}

impl Default for Polynomials {
    fn default() -> Self {
        Self { family: Family::Legendre, dimension: 2, indices: IndexSet::HyperbolicCross, unit_columns: true }
    }
}

impl Sensing for Polynomials {
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
        check_stored(rows, cols)?;
        let matrix = self.design(&self.indices.first(cols, self.dimension), &self.points(rows, seed));
        Ok(Arc::new(if self.unit_columns { matrix.with_unit_columns() } else { matrix }))
    }
}

impl Polynomials {
    /// `count` independent points of `dimension` coordinates each, by the law that the polynomials are orthonormal for.
    pub fn points(&self, count: usize, seed: u64) -> Vec<Vec<f64>> {
        let mut random = Random::new(seed, Stream::Matrix);
        (0..count).map(|_| (0..self.dimension).map(|_| self.family.point(&mut random)).collect()).collect()
    }

    /// `Psi_nu(t_i) / sqrt m`, a row a point and a column a multi-index; columns are as they come.
    pub fn design<S: Scalar>(&self, indices: &[Vec<usize>], points: &[Vec<f64>]) -> Dense<S> {
        let (rows, cols) = (points.len(), indices.len());
        let highest = indices.iter().flatten().copied().max().unwrap_or(0);
        let scale = 1.0 / (rows as f64).sqrt();
        let mut entries = vec![S::zero(); rows * cols];
        for (i, point) in points.iter().enumerate() {
            let values: Vec<Vec<f64>> = point.iter().map(|&t| self.family.values(t, highest)).collect();
            for (j, index) in indices.iter().enumerate() {
                let product = index.iter().zip(&values).fold(scale, |product, (&degree, of)| product * of[degree]);
                entries[j * rows + i] = S::from_real(product);
            }
        }
        Dense::from_columns(rows, cols, entries)
    }
}

impl Family {
    /// A point of [-1, 1] by the law that the polynomials are orthonormal for.
    fn point(self, random: &mut Random) -> f64 {
        match self {
            Family::Legendre => 2.0 * random.uniform() - 1.0,
            Family::Chebyshev => libm::cos(std::f64::consts::PI * random.uniform()),
        }
    }

    /// The largest modulus of `Psi_nu` on [-1, 1]^d: the intrinsic weight of the multi-index, attained at a corner.
    pub fn largest(self, index: &[usize]) -> f64 {
        index.iter().fold(1.0, |product, &degree| product * self.norm(degree))
    }

    /// What the usual polynomial of a degree is multiplied by to be orthonormal; its largest modulus is 1.
    fn norm(self, degree: usize) -> f64 {
        match self {
            Family::Legendre => ((2 * degree + 1) as f64).sqrt(),
            Family::Chebyshev if degree == 0 => 1.0,
            Family::Chebyshev => std::f64::consts::SQRT_2,
        }
    }

    /// The orthonormal polynomials of degrees 0 to `highest` at `t`, by the three-term recurrence.
    pub fn values(self, t: f64, highest: usize) -> Vec<f64> {
        let mut plain = vec![1.0, t];
        for k in 1..highest {
            let (now, before) = (plain[k], plain[k - 1]);
            let k = k as f64;
            plain.push(match self {
                Family::Legendre => ((2.0 * k + 1.0) * t * now - k * before) / (k + 1.0),
                Family::Chebyshev => 2.0 * t * now - before,
            });
        }
        plain.truncate(highest + 1);
        plain.into_iter().enumerate().map(|(k, value)| self.norm(k) * value).collect()
    }
}

impl IndexSet {
    /// The first `count` multi-indices of `dimension` entries.
    pub fn first(self, count: usize, dimension: usize) -> Vec<Vec<usize>> {
        let mut found = Vec::with_capacity(count);
        let mut level = if self == IndexSet::TotalDegree { 0 } else { 1 };
        while found.len() < count {
            self.at_level(level, &mut vec![0; dimension], 0, count, &mut found);
            level += 1;
        }
        found
    }

    /// Adds the multi-indices of a level that begin as `index` does up to `place`, as long as there are fewer than
    /// `count`.
    fn at_level(self, level: usize, index: &mut [usize], place: usize, count: usize, found: &mut Vec<Vec<usize>>) {
        if found.len() == count {
            return;
        }
        let last = place + 1 == index.len();
        let degrees = match self {
            IndexSet::TotalDegree if last => level..level + 1,
            IndexSet::TotalDegree => 0..level + 1,
            IndexSet::HyperbolicCross if last => level - 1..level,
            IndexSet::HyperbolicCross => 0..level,
        };
        for degree in degrees {
            let rest = match self {
                IndexSet::TotalDegree => level - degree,
                IndexSet::HyperbolicCross if level.is_multiple_of(degree + 1) => level / (degree + 1),
                IndexSet::HyperbolicCross => continue,
            };
            index[place] = degree;
            if !last {
                self.at_level(rest, index, place + 1, count, found);
            } else if found.len() < count {
                found.push(index.to_vec());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_sets_are_those_of_the_book() {
        // All indices of product at most 4 in two variables, and of sum at most 2.
        let cross = IndexSet::HyperbolicCross.first(8, 2);
        assert_eq!(cross, [[0, 0], [0, 1], [1, 0], [0, 2], [2, 0], [0, 3], [1, 1], [3, 0]]);
        let degree = IndexSet::TotalDegree.first(6, 2);
        assert_eq!(degree, [[0, 0], [0, 1], [1, 0], [0, 2], [1, 1], [2, 0]]);
        assert_eq!(IndexSet::TotalDegree.first(5, 1), [[0], [1], [2], [3], [4]]);
    }

    #[test]
    fn every_beginning_is_a_lower_set() {
        for set in [IndexSet::HyperbolicCross, IndexSet::TotalDegree] {
            let all = set.first(300, 4);
            for (position, index) in all.iter().enumerate() {
                for place in (0..4).filter(|&place| index[place] > 0) {
                    let mut below = index.clone();
                    below[place] -= 1;
                    assert!(all[..position].contains(&below), "{set:?}: {below:?} comes before {index:?}");
                }
            }
        }
    }

    #[test]
    fn polynomials_are_orthonormal() {
        // The midpoint rule in the angle is exact for Chebyshev; for Legendre's weight sin / 2 it errs by 1e-6.
        let points = 4000;
        for family in [Family::Legendre, Family::Chebyshev] {
            let mut gram = [[0.0; 6]; 6];
            for i in 0..points {
                let angle = std::f64::consts::PI * (i as f64 + 0.5) / points as f64;
                let weight = match family {
                    Family::Legendre => angle.sin() * std::f64::consts::FRAC_PI_2,
                    Family::Chebyshev => 1.0,
                } / points as f64;
                let values = family.values(angle.cos(), 5);
                for (row, a) in gram.iter_mut().zip(&values) {
                    row.iter_mut().zip(&values).for_each(|(sum, b)| *sum += weight * a * b);
                }
            }
            for (a, row) in gram.iter().enumerate() {
                for (b, sum) in row.iter().enumerate() {
                    assert!((sum - f64::from(u8::from(a == b))).abs() < 1e-5, "{family:?} {a} {b}: {sum}");
                }
            }
        }
    }
}
