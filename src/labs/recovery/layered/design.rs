//! Columns that nearly depend, and the signals that suffer from it most.

use super::Layered;
use crate::kernels::{axpy, norm};
use crate::linalg::Svd;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far the columns of a pair are from each other, as a share of their length.
const APART: f64 = 0.01;

/// Which columns matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Support {
    /// Any, drawn.
    #[default]
    #[schemars(extend("x-label" = "randomly drawn"))]
    Random,
    /// Pairs of columns that are nearly the same, which are put there.
    #[schemars(extend("x-label" = "maliciously paired"))]
    Pairs,
}

impl Layered {
    /// The columns of X, and T, ascending.
    pub(super) fn design(&self, seed: u64) -> (Vec<Vec<f64>>, Vec<usize>) {
        let mut random = Random::new(seed, Stream::Matrix);
        let mut columns = vec![vec![0.0; self.rows]; self.cols];
        let mut scale = 1.0;
        for _ in 0..self.levels {
            for _ in 0..self.rank {
                let shared = normal(self.rows, &mut random);
                columns.iter_mut().for_each(|column| axpy(scale * random.normal(), &shared, column));
            }
            scale *= self.ratio;
        }
        for column in &mut columns {
            axpy(scale, &normal(self.rows, &mut random), column);
            to_unit(column);
        }
        let support = Random::new(seed, Stream::Support).subset(self.cols, self.sparsity);
        if self.support == Support::Pairs {
            for pair in support.chunks_exact(2) {
                let mut twin = columns[pair[0]].clone();
                let mut change = normal(self.rows, &mut random);
                to_unit(&mut change);
                axpy(APART, &change, &mut twin);
                to_unit(&mut twin);
                columns[pair[1]] = twin;
            }
        }
        (columns, support)
    }

    /// w on T, such that `X_T w` has a normal share in each left singular vector of `X_T`, and mean square 1.
    pub(super) fn weights(&self, columns: &[Vec<f64>], support: &[usize], seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed, Stream::Amplitudes);
        let svd = Svd::new(support.iter().map(|&j| columns[j].clone()).collect());
        let shares = normal(svd.values.len(), &mut random);
        let size = (self.rows as f64).sqrt() / norm(&shares);
        let mut truth = vec![0.0; self.cols];
        for ((value, right), share) in svd.values.iter().zip(&svd.right).zip(&shares) {
            support.iter().zip(right).for_each(|(&j, v)| truth[j] += size * share / value * v);
        }
        truth
    }
}

fn normal(count: usize, random: &mut Random) -> Vec<f64> {
    (0..count).map(|_| random.normal()).collect()
}

fn to_unit(column: &mut [f64]) {
    let size = norm(column);
    column.iter_mut().for_each(|entry| *entry /= size);
}
