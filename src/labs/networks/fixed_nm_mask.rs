//! An N:M mask that is drawn before the first step and never changes.
//!
//! Weights of pruned layers begin larger by `sqrt(M / N)`, so that sums over the inputs that are left have the variance of dense ones.

use super::classification::ClassificationInstance;
use super::learning::{MOST_STEPS, start};
use super::rule::{Rule, State};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::models::network::Groups;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of a fixed mask.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct FixedNmMask {
    /// Weights of a group that are kept, N.
    #[schemars(range(min = 1, max = 16))]
    pub kept: usize,
    /// Weights in a group, M.
    #[schemars(range(min = 2, max = 64), extend("x-scale" = "log"))]
    pub group: usize,
}

impl Default for FixedNmMask {
    fn default() -> Self {
        Self { kept: 1, group: 32 }
    }
}

impl TypedMethod for FixedNmMask {
    type Instance = ClassificationInstance;

    const CARD: MethodCard = MethodCard {
        id: "fixed-nm-mask",
        lab: "networks",
        problem: "classification",
        title: "Fixed N:M mask",
        short: "fixed mask",
        sentence: "of {kept} in every {group} weights",
        line: "Draws which N of every M weights there are, once and for all",
        cost: "N of M of all products",
        when: "training has to be as cheap as the trained network",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        MOST_STEPS
    }

    fn start(&self, instance: &Arc<ClassificationInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(start(instance, Fixed(super::groups(self.kept, self.group)?)))
    }
}

/// A mask that is drawn at the start.
struct Fixed(Groups);

impl Rule for Fixed {
    fn start(&mut self, state: &mut State) {
        for layer in state.instance.sparse_layers() {
            self.0.random(layer.inputs, &mut state.mask.flags_mut()[layer.weights.clone()], &mut state.random);
        }
        state.widen();
        state.prune();
    }
}

static NOTE: Note = Note {
    formula: r"\min_w L(E \circ w), \qquad E \text{ drawn once}, \ N \text{ of every } M",
    breaks: "What was drawn is all that it has: at one weight of 32 an input may lose all its ways to the output. No training mends that, and a wider layer does.",
};
