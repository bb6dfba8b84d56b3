//! Plain training of all weights: what the others are compared with.

use super::classification::ClassificationInstance;
use super::learning::{MOST_STEPS, start};
use super::rule::Rule;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of plain training: none, the recipe is the problem's.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DenseTraining {}

impl TypedMethod for DenseTraining {
    type Instance = ClassificationInstance;

    const CARD: MethodCard = MethodCard {
        id: "dense-training",
        lab: "networks",
        problem: "classification",
        title: "Dense training",
        short: "dense",
        sentence: "",
        line: "Trains all weights and prunes none",
        cost: "three products with every weight an example",
        when: "weights cost nothing",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        MOST_STEPS
    }

    fn start(&self, instance: &Arc<ClassificationInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(start(instance, All))
    }
}

/// Every weight is there.
struct All;

impl Rule for All {}

static NOTE: Note = Note {
    formula: r"v \leftarrow \mu v + \nabla L(w) + \eta w, \qquad w \leftarrow w - \gamma v",
    breaks: "It saves nothing. On few examples or noisy ones it learns them by heart, and its test error rises while its loss falls.",
};
