//! Alternating least squares, exact, perhaps with a ridge.
//!
//! ```text
//! repeat
//!     v_j = argmin_v sum_i (u_i^T v - M_ij)^2 + lambda |v|^2      over the rows i that are seen in column j
//!     u_i likewise
//! ```
//!
//! Minimises `|P(U V^T - M)|^2 + lambda (|U|^2 + |V|^2)`, which never rises. A round costs O(|Omega| k^2 + (m + n) k^3).
//! Koren, Bell and Volinsky, "Matrix factorization techniques for recommender systems" (2009).

use super::alternation::{Half, half, spectral_start};
use super::completion::{CompletionInstance, Factors};
use super::row_solver::{Solved, exact};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::dot;
use crate::linalg::Cholesky;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of alternating least squares.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Als {
    /// Rank of the estimate, k. The matrix's own when not set.
    #[schemars(range(min = 1, max = 64))]
    pub rank: Option<usize>,
    /// Ridge, lambda; zero for none.
    #[schemars(range(min = 0.0, max = 1e6), extend("x-scale" = "log"))]
    pub ridge: f64,
    /// Stop when what is seen is met to this, or no longer better met by this share.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most rounds.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Als {
    fn default() -> Self {
        Self { rank: None, ridge: 0.0, tolerance: 1e-10, max_steps: 15 }
    }
}

impl TypedMethod for Als {
    type Instance = CompletionInstance;

    const CARD: MethodCard = MethodCard {
        id: "als",
        lab: "matrices",
        problem: "completion",
        title: "Alternating least squares",
        short: "ALS",
        sentence: "with a ridge of {ridge}",
        line: "Fits one factor to what is seen, then the other, exactly",
        cost: "a small least-squares problem for each row and column, O(|Omega| k^2) in all",
        when: "the rank is known and small, or a ridge is wanted",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<CompletionInstance>) -> Result<Box<dyn Run>, Complaint> {
        let rank = instance.rank_for(self.rank)?;
        let start = spectral_start(instance, &instance.seen, rank, &mut Random::new(0, Stream::Method));
        let roots: Vec<f64> = start.values.iter().map(|value| value.sqrt()).collect();
        let factors = Factors::from_columns((instance.rows, instance.cols, rank), &roots, &start.left, &start.right);
        Ok(Box::new(Alternating {
            settings: self.clone(),
            support: (0..rank).collect(),
            left: 1.0,
            work: 0.0,
            instance: instance.clone(),
            factors,
        }))
    }
}

/// A run of alternating least squares.
struct Alternating {
    settings: Als,
    instance: Arc<CompletionInstance>,
    factors: Factors,
    /// What is left of what is seen, relative to it.
    left: f64,
    work: f64,
    support: Vec<usize>,
}

impl Alternating {
    /// `(A^T A + lambda I) x = A^T b`; by QR where there is no ridge.
    fn solve(&self, columns: &[Vec<f64>], wanted: &[f64]) -> Option<Solved> {
        if self.settings.ridge == 0.0 {
            return if wanted.len() < columns.len() { None } else { exact(columns, wanted) };
        }
        let ridge = |i: usize, j: usize| if i == j { self.settings.ridge } else { 0.0 };
        let gram = Cholesky::new(columns.len(), |i, j| dot(&columns[i], &columns[j]) + ridge(i, j)).ok()?;
        let mut x: Vec<f64> = columns.iter().map(|column| dot(column, wanted)).collect();
        gram.solve(&mut x);
        let (q, k) = (wanted.len() as f64, columns.len() as f64);
        Some(Solved { x, iterations: 0, work: q * k * (k + 3.0) / 2.0 + k * k * k / 6.0 })
    }

    /// `|P(U V^T - M)|^2 + lambda (|U|^2 + |V|^2)`.
    fn objective(&self, residual: f64) -> f64 {
        residual * residual + self.settings.ridge * dot(&self.factors.entries, &self.factors.entries)
    }
}

impl Run for Alternating {
    fn step(&mut self) -> Status {
        let instance = self.instance.clone();
        let rank = self.factors.rank;
        let mut right = self.factors.right().to_vec();
        let Half { work, .. } =
            half(&instance.seen.by_column, self.factors.left(), &mut right, rank, |a, b| self.solve(a, b));
        self.work += work;
        let mut left = self.factors.left().to_vec();
        let Half { work, .. } = half(&instance.seen.by_row, &right, &mut left, rank, |a, b| self.solve(a, b));
        self.work += work;
        self.factors.left_mut().copy_from_slice(&left);
        self.factors.right_mut().copy_from_slice(&right);
        let before = self.left;
        self.left = instance.seen.residual(&self.factors).norm() / instance.seen.norm();
        if !self.left.is_finite() {
            Status::Diverged("the factors have overflowed; a ridge or a smaller rank would help".into())
        } else if self.left <= self.settings.tolerance {
            Status::Converged(format!("what is seen is met to {:e}", self.settings.tolerance))
        } else if (before - self.left).abs() <= self.settings.tolerance * before {
            Status::Converged("what is seen is met no better than before".into())
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let pass = (self.instance.seen.len() * self.factors.rank) as f64;
        let residual = self.left * self.instance.seen.norm();
        Observation {
            estimate: Values::lend(&self.factors.entries),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "objective", value: self.objective(residual) },
                Trace { name: "passes", value: self.work / pass },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.work / pass,
        }
    }
}

static NOTE: Note = Note {
    formula: r"\min_{U, V}\ \sum_{(i, j) \in \Omega} \big(u_i^\top v_j - M_{ij}\big)^2 + \lambda \big(\|U\|_F^2 + \|V\|_F^2\big)",
    breaks: "It has to be told the rank. Without a ridge a row or column with fewer entries than that stays as it began, and one with hardly more follows its noise. Where too little is seen in all, the factors meet what is seen and nothing else. A ridge prevents that, and shrinks the estimate.",
};
