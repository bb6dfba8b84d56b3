//! Plain sparse Bayesian learning of an array: a variance for every entry, whatever its indices.
//!
//! The algorithm is that of [`super::sbl`], on `A_1 (x) A_2 (x) A_3` written out: O(m^2 (m + n)) a step.
//!
//! Wipf and Rao, "Sparse Bayesian learning for basis selection" (2004).

use super::kronecker::KroneckerInstance;
use super::learning::{Learning, Rules, Update};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::operators::LinearOperator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most entries of A, m n: a step costs m times as many multiplications, and more.
pub(super) const MOST_ENTRIES: usize = 1 << 18;

/// Parameters of plain sparse Bayesian learning of an array.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UnstructuredSbl {
    /// How the prior variances move.
    pub update: Update,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-13 of |y|^2.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Drop an entry when its prior variance falls below this fraction of the measurements' mean square.
    #[schemars(range(min = 0.0, max = 0.1), extend("x-scale" = "log"))]
    pub prune: f64,
    /// Stop when no prior variance changes by more than this fraction of the measurements' mean square.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for UnstructuredSbl {
    fn default() -> Self {
        Self { update: Update::default(), noise_variance: None, prune: 1e-4, tolerance: 1e-4, max_steps: 150 }
    }
}

impl TypedMethod for UnstructuredSbl {
    type Instance = KroneckerInstance;

    const CARD: MethodCard = MethodCard {
        id: "unstructured-sbl",
        lab: "recovery",
        problem: "kronecker",
        title: "Sparse Bayesian learning without structure",
        short: "SBL",
        sentence: "with {update} updates",
        line: "A variance for every entry, whatever its indices",
        cost: "O(m^2 (m + n))",
        when: "the support is no product",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<KroneckerInstance>) -> Result<Box<dyn Run>, Complaint> {
        let size = instance.rows() * instance.cols();
        if size > MOST_ENTRIES {
            let message = format!("{} takes products of up to {MOST_ENTRIES} entries, not {size}", Self::CARD.short);
            return Err(Complaint::new("id", message));
        }
        let rules = Rules {
            update: self.update,
            noise_variance: self.noise_variance,
            prune: self.prune,
            tolerance: self.tolerance,
        };
        let seen = std::slice::from_ref(&instance.measurements);
        Ok(Box::new(Learning::new(rules, &*instance.operator, &instance.operator.column_norms(), seen)))
    }
}

static NOTE: Note = Note {
    formula: r"\min_{\gamma \ge 0,\, \sigma^2}\ \log\det C + y^* C^{-1} y, \qquad C = \sigma^2 I + A\, \mathrm{diag}(\gamma)\, A^*, \qquad A = A_1 \otimes A_2 \otimes A_3",
    breaks: "It makes nothing of a support that is a product: on a cube of side 6 and 60 measurements Kronecker SBL leaves less than 0.4 of its error after 60 steps. A step costs m²(m + n), and products of more than 2¹⁸ entries are refused. As in SBL, there are many minima, and a learned noise may fall too far.",
};
