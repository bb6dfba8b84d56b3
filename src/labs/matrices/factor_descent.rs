//! Gradient descent on the factors.
//!
//! ```text
//! (U, V) = singular vectors of P(M) / p, times the roots of their values
//! repeat
//!     U = U - eta P(U V^T - M) V / p,    V = V - eta P(U V^T - M)^T U / p,    eta = step / s_1
//! ```
//!
//! A step costs O(|Omega| k). Its error falls by a share that grows with the condition of M, where alternating minimisation does not care.
//! Ma, Wang, Chi and Chen, "Implicit regularization in nonconvex statistical estimation" (2020), Algorithm 2.

use super::alternation::spectral_start;
use super::completion::{CompletionInstance, Factors};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::axpy;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A residual that has grown by this factor is on its way to infinity.
const GROWN: f64 = 1e6;

/// Parameters of gradient descent on factors.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FactorDescent {
    /// Rank of the estimate, k. The matrix's own when not set.
    #[schemars(range(min = 1, max = 64))]
    pub rank: Option<usize>,
    /// Step, in units of one over the largest singular value.
    #[schemars(range(min = 0.001, max = 4.0), extend("x-scale" = "log"))]
    pub step: f64,
    /// Stop when what is seen is met to this, relative to its norm.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 5000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for FactorDescent {
    fn default() -> Self {
        Self { rank: None, step: 0.5, tolerance: 1e-10, max_steps: 200 }
    }
}

impl TypedMethod for FactorDescent {
    type Instance = CompletionInstance;

    const CARD: MethodCard = MethodCard {
        id: "factor-descent",
        lab: "matrices",
        problem: "completion",
        title: "Gradient descent on factors",
        short: "Factor descent",
        sentence: "with steps of {step}",
        line: "Moves both factors against the gradient, a little at a time",
        cost: "two passes over what is seen, O(|Omega| k)",
        when: "a step must be as cheap as can be, and the matrix is well conditioned",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<CompletionInstance>) -> Result<Box<dyn Run>, Complaint> {
        let rank = instance.rank_for(self.rank)?;
        let start = spectral_start(instance, &instance.seen, rank, &mut Random::new(0, Stream::Method));
        let roots: Vec<f64> = start.values.iter().map(|value| value.sqrt()).collect();
        let mut factors =
            Factors::from_columns((instance.rows, instance.cols, rank), &roots, &start.left, &start.right);
        for (l, root) in roots.iter().enumerate() {
            factors.right_mut().chunks_exact_mut(rank).for_each(|row| row[l] *= root);
        }
        let largest = start.values.first().copied().unwrap_or(1.0);
        Ok(Box::new(Descending {
            length: self.step / (largest * instance.share()),
            settings: self.clone(),
            support: (0..rank).collect(),
            steps: 0.0,
            instance: instance.clone(),
            factors,
        }))
    }
}

/// A run of gradient descent.
struct Descending {
    settings: FactorDescent,
    instance: Arc<CompletionInstance>,
    factors: Factors,
    length: f64,
    steps: f64,
    support: Vec<usize>,
}

impl Run for Descending {
    fn step(&mut self) -> Status {
        self.steps += 1.0;
        let rank = self.factors.rank;
        let residual = self.instance.seen.residual(&self.factors);
        let before = self.factors.clone();
        for (i, j, left) in residual.iter() {
            let (u, v) = (&before.left()[i * rank..][..rank], &before.right()[j * rank..][..rank]);
            axpy(self.length * left, v, &mut self.factors.left_mut()[i * rank..][..rank]);
            axpy(self.length * left, u, &mut self.factors.right_mut()[j * rank..][..rank]);
        }
        let left = self.instance.seen.residual(&self.factors).norm() / self.instance.seen.norm();
        if left.is_nan() || left >= GROWN {
            self.factors = before;
            Status::Diverged("the residual grows without bound; a smaller step would help".into())
        } else if left <= self.settings.tolerance {
            Status::Converged(format!("what is seen is met to {:e}", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.factors.entries),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "passes", value: 2.0 * self.steps }],
            panels: Vec::new(),
            events: Vec::new(),
            products: 2.0 * self.steps,
        }
    }
}

static NOTE: Note = Note {
    formula: r"U_{t+1} = U_t - \tfrac{\eta}{p}\, P_\Omega(U_t V_t^\top - M)\, V_t, \qquad V_{t+1} = V_t - \tfrac{\eta}{p}\, P_\Omega(U_t V_t^\top - M)^\top U_t",
    breaks: "One step serves all singular values: the larger M's condition number, the later the small ones come in, where alternating least squares does not care. Steps that are too long for the largest one diverge. It has to be told the rank.",
};
