//! The covariance of u as a function of weights.
//!
//! ```text
//! constant       P = max(l, e) I
//! diagonal       P_ii = max(l_i, e)
//! tridiagonal    P_ii = max(l_i, |o_(i-1)| + |o_i| + e),  P_(i,i+1) = P_(i+1,i) = o_i      positive, as the diagonal dominates
//! ```

use crate::labs::recovery::compound_gaussian::Covariance;
use crate::labs::recovery::compound_gaussian::gaussian_update::UpdateGradient;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Least variance, and by how much a diagonal dominates at least.
const LEAST: f64 = 1e-4;

/// Which entries of the covariance are learned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CovarianceShape {
    /// One variance for all entries.
    #[default]
    Constant,
    /// A variance for each entry.
    Diagonal,
    /// A variance for each entry, and a covariance for neighbours.
    Tridiagonal,
}

/// `P_u` for n entries, but for its weights. Weights are in units of the first variance.
#[derive(Clone, Copy, Debug)]
pub struct Learned {
    /// What is learned.
    pub shape: CovarianceShape,
    /// Entries of u, n.
    pub entries: usize,
    /// The variance to begin with.
    pub first: f64,
}

impl Learned {
    /// Number of weights.
    pub fn size(&self) -> usize {
        match self.shape {
            CovarianceShape::Constant => 1,
            CovarianceShape::Diagonal => self.entries,
            CovarianceShape::Tridiagonal => 2 * self.entries - 1,
        }
    }

    /// The first variance, and no covariance.
    pub fn initial(&self) -> Vec<f64> {
        let variances = if self.shape == CovarianceShape::Constant { 1 } else { self.entries };
        (0..self.size()).map(|i| f64::from(u8::from(i < variances))).collect()
    }

    /// The covariance, and for each diagonal entry whether it is its weight (or held up by others).
    fn parts(&self, weights: &[f64]) -> (Covariance, Vec<bool>) {
        let n = self.entries;
        let beside: Vec<f64> = weights.get(n..).unwrap_or(&[]).iter().map(|w| self.first * w).collect();
        let beside = if self.shape == CovarianceShape::Tridiagonal { beside } else { Vec::new() };
        let at = |i: usize| beside.get(i).copied().unwrap_or(0.0).abs();
        let (diagonal, free) = (0..n)
            .map(|i| {
                let own = self.first * weights[if self.shape == CovarianceShape::Constant { 0 } else { i }];
                let least = LEAST + at(i) + if i > 0 { at(i - 1) } else { 0.0 };
                (own.max(least), own > least)
            })
            .unzip();
        (Covariance { diagonal, beside }, free)
    }

    /// The covariance.
    pub fn of(&self, weights: &[f64]) -> Covariance {
        self.parts(weights).0
    }

    /// Adds the derivative by the weights, from that by the entries of the covariance.
    pub fn backward(&self, weights: &[f64], by: &UpdateGradient, by_weights: &mut [f64]) {
        let (covariance, free) = self.parts(weights);
        let sign = |i: usize| covariance.beside[i].signum();
        for (i, (&g, &free)) in by.diagonal.iter().zip(&free).enumerate() {
            if free {
                by_weights[if self.shape == CovarianceShape::Constant { 0 } else { i }] += self.first * g;
                continue;
            }
            // Held up by its neighbours, if it has any.
            for j in [i.checked_sub(1), Some(i)].into_iter().flatten().filter(|&j| j < covariance.beside.len()) {
                by_weights[self.entries + j] += self.first * g * sign(j);
            }
        }
        for (j, &g) in by.beside.iter().enumerate() {
            by_weights[self.entries + j] += self.first * g;
        }
    }
}
