//! One-shot N:M pruning: train dense, prune once, train what is left by the same schedule.
//!
//! The recipe is that of NVIDIA's automatic sparsity: Mishra et al., "Accelerating sparse deep neural networks" (2021). It takes twice
//! as many epochs as the others.

use super::classification::ClassificationInstance;
use super::learning::{MOST_STEPS, start};
use super::rule::{Rule, State};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::network::Groups;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of one-shot pruning.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OneShotNm {
    /// Weights of a group that are kept, N.
    #[schemars(range(min = 1, max = 16))]
    pub kept: usize,
    /// Weights in a group, M.
    #[schemars(range(min = 2, max = 64), extend("x-scale" = "log"))]
    pub group: usize,
}

impl Default for OneShotNm {
    fn default() -> Self {
        Self { kept: 1, group: 32 }
    }
}

impl TypedMethod for OneShotNm {
    type Instance = ClassificationInstance;

    const CARD: MethodCard = MethodCard {
        id: "one-shot-nm",
        lab: "networks",
        problem: "classification",
        title: "One-shot N:M pruning",
        short: "one-shot",
        sentence: "to {kept} of every {group} weights",
        line: "Trains all weights, keeps the N largest of every M, and trains those again",
        cost: "all products for the epochs, and N of M of them for as many again",
        when: "a dense network is to be trained anyway",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        MOST_STEPS
    }

    fn start(&self, instance: &Arc<ClassificationInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(start(instance, OneShot(super::groups(self.kept, self.group)?)))
    }
}

/// Prunes between two runs of the schedule.
struct OneShot(Groups);

impl Rule for OneShot {
    fn phases(&self) -> usize {
        2
    }

    fn after_phase(&mut self, state: &mut State) {
        state.keep_largest(self.0);
        state.prune();
    }
}

static NOTE: Note = Note {
    formula: r"w_1 = \arg\min_w L(w), \qquad E: \text{the } N \text{ largest } |w_1| \text{ of every } M, \qquad \min_w L(E \circ w) \ \text{ from } w_1",
    breaks: "It takes twice the training. What is small in the dense network need not be small without its neighbours: the sparser the mask, the worse the choice, and it is not made again.",
};
