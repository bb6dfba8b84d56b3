//! Soft-Impute: the nuclear norm in place of a rank.
//!
//! ```text
//! for lambda falling to its last value
//!     Z = P(M) + P_perp(X)                      the holes are filled with the estimate
//!     X = U (S - lambda)_+ V^T,  Z = U S V^T
//! ```
//!
//! Minimises `1/2 |P(X - M)|^2 + lambda |X|_*`. `Z = P(M - X) + X` is sparse plus low-rank, so its largest singular values come from
//! products of O(|Omega| + (m + n) k) with a few vectors, begun at the last right singular vectors.
//!
//! Mazumder, Hastie and Tibshirani, "Spectral regularization algorithms for learning large incomplete matrices" (2010).

use super::completion::{CompletionInstance, Entries, Factors};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::{axpy, dot};
use crate::operators::sensing::SparseColumns;
use crate::operators::{LinearOperator, subspace_svd};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Vectors beyond the rank of the estimate that look for more.
const SEARCH: usize = 4;

/// Subspace iterations in a step.
const POWERS: usize = 1;

/// What lambda keeps from step to step on its way down.
const DECAY: f64 = 0.85;

/// Parameters of Soft-Impute.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SoftImpute {
    /// Lambda at the end, relative to the largest singular value of what is seen.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Most singular values that are kept.
    #[schemars(range(min = 1, max = 64))]
    pub rank: usize,
    /// Stop when a step changes the estimate by this, relative to its size.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 5000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SoftImpute {
    fn default() -> Self {
        Self { lambda_ratio: 0.01, rank: 24, tolerance: 1e-5, max_steps: 200 }
    }
}

impl TypedMethod for SoftImpute {
    type Instance = CompletionInstance;

    const CARD: MethodCard = MethodCard {
        id: "soft-impute",
        lab: "matrices",
        problem: "completion",
        title: "Soft-Impute",
        short: "Soft-Impute",
        sentence: "down to a lambda of {lambda_ratio}",
        line: "Fills the holes with the estimate and shrinks singular values, repeats",
        cost: "a truncated SVD of what is sparse plus low-rank, O(|Omega| k + (m + n) k^2)",
        when: "the rank is not known, or there is noise",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<CompletionInstance>) -> Result<Box<dyn Run>, Complaint> {
        let most = instance.rows.min(instance.cols);
        let rank = self.rank.min(most);
        let mut random = Random::new(0, Stream::Method);
        let width = (rank + SEARCH).min(most);
        let start = (0..width).map(|_| (0..instance.cols).map(|_| random.normal()).collect()).collect();
        let seen = instance.seen.operator(1.0);
        let right = subspace_svd(&seen, start, 4);
        let largest = right.values.first().copied().unwrap_or(0.0);
        Ok(Box::new(Imputing {
            lambda: largest,
            last: self.lambda_ratio * largest,
            settings: self.clone(),
            factors: Factors::zero(instance.rows, instance.cols, rank),
            values: Vec::new(),
            right: right.right,
            support: Vec::new(),
            objective: 0.5 * instance.seen.norm() * instance.seen.norm(),
            steps: 0.0,
            random,
            instance: instance.clone(),
        }))
    }
}

/// A run of Soft-Impute.
struct Imputing {
    settings: SoftImpute,
    instance: Arc<CompletionInstance>,
    factors: Factors,
    /// Singular values of the estimate.
    values: Vec<f64>,
    right: Vec<Vec<f64>>,
    lambda: f64,
    /// Lambda at the end.
    last: f64,
    support: Vec<usize>,
    objective: f64,
    steps: f64,
    random: Random,
}

/// `P(M - X) + X` for an estimate in factors.
struct Filled<'a> {
    residual: SparseColumns,
    factors: &'a Factors,
}

impl LinearOperator<f64> for Filled<'_> {
    fn rows(&self) -> usize {
        self.factors.rows
    }

    fn cols(&self) -> usize {
        self.factors.cols
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        self.residual.apply(x, y);
        through(self.factors.left(), self.factors.right(), self.factors.rank, x, y);
    }

    fn adjoint(&self, y: &[f64], x: &mut [f64]) {
        self.residual.adjoint(y, x);
        through(self.factors.right(), self.factors.left(), self.factors.rank, y, x);
    }
}

/// `y += L (R^T x)` for factors row by row.
fn through(left: &[f64], right: &[f64], rank: usize, x: &[f64], y: &mut [f64]) {
    let mut inner = vec![0.0; rank];
    right.chunks_exact(rank).zip(x).for_each(|(row, &x)| axpy(x, row, &mut inner));
    left.chunks_exact(rank).zip(y).for_each(|(row, y)| *y += dot(row, &inner));
}

impl Imputing {
    /// `|X - X'|^2 / |X|^2` by the small products of the factors.
    fn change(&self, next: &Factors) -> f64 {
        let inner = |a: &Factors, b: &Factors| -> f64 {
            let cross = |x: &[f64], y: &[f64]| -> Vec<f64> {
                let mut sums = vec![0.0; a.rank * b.rank];
                for (p, q) in x.chunks_exact(a.rank).zip(y.chunks_exact(b.rank)) {
                    sums.chunks_exact_mut(b.rank).zip(p).for_each(|(sums, &p)| axpy(p, q, sums));
                }
                sums
            };
            dot(&cross(a.left(), b.left()), &cross(a.right(), b.right()))
        };
        let (old, new) = (inner(&self.factors, &self.factors), inner(next, next));
        let apart = (old - 2.0 * inner(&self.factors, next) + new).max(0.0);
        if new > 0.0 { (apart / new).sqrt() } else { apart.sqrt() }
    }
}

impl Run for Imputing {
    fn step(&mut self) -> Status {
        self.steps += 1.0;
        self.lambda = (DECAY * self.lambda).max(self.last);
        let rank = self.factors.rank;
        let residual: Entries = self.instance.seen.residual(&self.factors);
        let filled = Filled { residual: residual.operator(1.0), factors: &self.factors };
        let mut start: Vec<Vec<f64>> = self.right.iter().take(rank).cloned().collect();
        while start.len() < (rank + SEARCH).min(self.factors.cols).min(self.factors.rows) {
            start.push((0..self.factors.cols).map(|_| self.random.normal()).collect());
        }
        let svd = subspace_svd(&filled, start, POWERS);
        let shrunk: Vec<f64> = svd.values.iter().take(rank).map(|s| s - self.lambda).filter(|&s| s > 0.0).collect();
        let shape = (self.factors.rows, self.factors.cols, rank);
        let next = Factors::from_columns(shape, &shrunk, &svd.left, &svd.right);
        let change = self.change(&next);
        self.factors = next;
        self.support = (0..shrunk.len()).collect();
        let left = self.instance.seen.residual(&self.factors).norm();
        self.objective = 0.5 * left * left + self.lambda * shrunk.iter().sum::<f64>();
        (self.values, self.right) = (shrunk, svd.right);
        if !self.objective.is_finite() {
            Status::Diverged("the estimate has overflowed; a larger lambda would help".into())
        } else if self.lambda <= self.last && change <= self.settings.tolerance {
            Status::Converged(format!("a step changes the estimate by less than {:e}", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.factors.entries),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "objective", value: self.objective },
                Trace { name: "nuclear_norm", value: self.values.iter().sum() },
                Trace { name: "lambda", value: self.lambda },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: 4.0 * self.steps,
        }
    }
}

static NOTE: Note = Note {
    formula: r"X_{t+1} = S_\lambda\big(P_\Omega(M) + P_{\Omega^\perp}(X_t)\big), \qquad S_\lambda(U \Sigma V^\top) = U\, (\Sigma - \lambda)_+ V^\top",
    breaks: "Large singular values are shrunk by as much as small ones, so a matrix without noise never comes out exactly. Towards small lambda steps change little and ranks grow; beyond the most that is kept, 24 unless told otherwise, singular values are cut off and the objective is not met.",
};
