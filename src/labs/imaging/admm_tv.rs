//! Total variation by the alternating direction method of multipliers, from zero: no prior but that volumes are made of flat pieces.
//!
//! ```text
//! min_x  1/2 |A x - y|^2 + lambda |D x|_1,     a step a round of `consistency.rs`
//! ```
//!
//! Rudin, Osher and Fatemi (1992); Goldstein and Osher, "The split Bregman method for L1-regularized problems" (2009).

use super::consistency::{Along, Consistency, Variation};
use super::volumes::VolumesInstance;
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::{distance, norm};
use crate::operators::Edge;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of total variation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AdmmTv {
    /// Weight of the total variation, lambda, where A has the norm 1.
    #[schemars(range(min = 1e-6, max = 0.1), extend("x-scale" = "log"))]
    pub lambda: f64,
    /// Weight of the split, rho.
    #[schemars(range(min = 1e-4, max = 1.0), extend("x-scale" = "log"))]
    pub rho: f64,
    /// Axes along which total variation is penalised.
    pub along: Along,
    /// What the last voxel along an axis is compared with.
    pub edge: Edge,
    /// Iterations of conjugate gradients a round.
    #[schemars(range(min = 1, max = 20))]
    pub iterations: usize,
    /// Stop when a round changes the volume by less than this, relative to it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most rounds.
    #[schemars(range(min = 1, max = 500), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for AdmmTv {
    fn default() -> Self {
        Self {
            lambda: 3e-4,
            rho: 0.01,
            along: Along::Xyz,
            edge: Edge::default(),
            iterations: 10,
            tolerance: 1e-5,
            max_steps: 60,
        }
    }
}

impl TypedMethod for AdmmTv {
    type Instance = VolumesInstance;

    const CARD: MethodCard = MethodCard {
        id: "admm-tv",
        lab: "imaging",
        problem: "volumes",
        title: "Total variation by ADMM",
        short: "ADMM-TV",
        sentence: "with a penalty of {lambda}",
        line: "Finds the volume of flat pieces that fits the measurements",
        cost: "some products with A and A^T",
        when: "nothing has been learned of what is looked at",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<VolumesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let &Self { along, edge, lambda, rho, .. } = self;
        let variation = Variation { along, edge, lambda, rho };
        Ok(Box::new(Flattening {
            consistency: Consistency::new(instance, Some(variation), self.iterations),
            x: vec![0.0; instance.truth.len()],
            tolerance: self.tolerance,
            support: Vec::new(),
        }))
    }
}

/// A run.
struct Flattening {
    consistency: Consistency,
    x: Vec<f64>,
    tolerance: f64,
    support: Vec<usize>,
}

impl Run for Flattening {
    fn step(&mut self) -> Status {
        let before = self.x.clone();
        self.consistency.round(&mut self.x);
        // Differences along the first axis, or all of a slice's where it is the only one.
        let kept = &self.consistency.kept()[..self.x.len()];
        self.support = (0..kept.len()).filter(|&place| kept[place] != 0.0).collect();
        let change = distance(&self.x, &before) / norm(&self.x);
        if !change.is_finite() {
            self.x = before;
            return Status::Failed("There is nothing to reconstruct: all measurements are zero".into());
        }
        if change <= self.tolerance {
            return Status::Converged(format!("a round changes the volume by {change:.0e}"));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.x),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "kept", value: self.support.len() as f64 / self.x.len() as f64 }],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.consistency.products(),
        }
    }
}

static NOTE: Note = Note {
    formula: r"\min_x \tfrac12 |A x - y|^2 + \lambda |D x|_1",
    breaks: "It knows of a body only that it is made of flat pieces. With four views or fewer, pieces are flat along the missing directions, and streaks are cheaper than the truth; textures become patches. Its lambda has to be tuned for each number of views.",
};
