//! The straight-through estimator with N:M masks: SR-STE without its refinement.
//!
//! The forward pass uses the N largest weights of every M, and the gradient by these weights moves all of them, as if they had been
//! the stored ones. Bengio, Léonard and Courville, "Estimating or propagating gradients through stochastic neurons for conditional
//! computation" (2013).

use super::classification::ClassificationInstance;
use super::learning::{MOST_STEPS, start};
use super::sr_ste::StraightThrough;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of the straight-through estimator.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ste {
    /// Weights of a group that are kept, N.
    #[schemars(range(min = 1, max = 16))]
    pub kept: usize,
    /// Weights in a group, M.
    #[schemars(range(min = 2, max = 64), extend("x-scale" = "log"))]
    pub group: usize,
}

impl Default for Ste {
    fn default() -> Self {
        Self { kept: 1, group: 32 }
    }
}

impl TypedMethod for Ste {
    type Instance = ClassificationInstance;

    const CARD: MethodCard = MethodCard {
        id: "ste",
        lab: "networks",
        problem: "classification",
        title: "Straight-through estimator",
        short: "STE",
        sentence: "with {kept} of every {group} weights",
        line: "Prunes in the forward pass, and trains all weights as if it had not",
        cost: "N of M of the products forward and back to inputs, all of those back to weights",
        when: "masks are to be found while training, and may change often",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        MOST_STEPS
    }

    fn start(&self, instance: &Arc<ClassificationInstance>) -> Result<Box<dyn Run>, Complaint> {
        let groups = super::groups(self.kept, self.group)?;
        Ok(start(instance, StraightThrough { groups, refinement: 0.0 }))
    }
}

static NOTE: Note = Note {
    formula: r"w \leftarrow w - \gamma\, \nabla L(\tilde w), \qquad \tilde w = E \circ w, \quad E: \text{the } N \text{ largest } |w| \text{ of every } M",
    breaks: "The gradient at the pruned weights moves the stored ones, so that weights near the threshold trade places in every batch. At one weight of 32 with noisy digits it reads fewer than a mask that was drawn at random and stayed.",
};
