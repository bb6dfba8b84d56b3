//! The problem `entropic`: the plan that couples two measures at least cost, blurred by an entropy.
//!
//! `min <C, P> + eps sum P log P` over `P >= 0` with `P 1 = a` and `P^T 1 = b`; see [`crate::couplings`].

mod data;
mod instance;
mod scene;

pub use data::Data;
pub use instance::TransportInstance;
pub(super) use instance::map;
pub use scene::{Cloud, Clouds, Histograms, Scene};

use crate::contract::{Complaint, DerivedAxis, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::couplings::Entropic;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// Parameters of `entropic`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Transport {
    /// What is moved onto what.
    pub scene: Scene,
    /// Points or bins on either side, n.
    #[schemars(range(min = 2, max = 512), extend("x-scale" = "log"))]
    pub points: usize,
    /// Strength of the entropy, where the largest cost is 1. Small ones make sharp plans, and slow methods.
    #[schemars(range(min = 0.0003, max = 10.0), extend("x-scale" = "log"))]
    pub eps: f64,
    /// Numbers of one's own in place of drawn ones.
    pub data: Data,
}

impl Default for Transport {
    fn default() -> Self {
        Self { scene: Scene::default(), points: 64, eps: 0.002, data: Data::default() }
    }
}

/// `eta / n`, which keeps a plan as sharp as it is while it grows.
const AXES: &[DerivedAxis] = &[DerivedAxis {
    name: "sharpness",
    label: "sharpness, $1 / (\\varepsilon n)$",
    sets: "eps",
    symbol: "$\\varepsilon$",
    from: 0.5,
    to: 5.0,
}];

/// How sharp a plan may be, and how many entries of it a method must keep: iterations to the end on random assignments.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"scene": {"id": "assignment"}, "points": 48, "data": null},
        "methods": [{"id": "sinkhorn-newton-sparse"}]
    },
    "x": {"param": "problem.sharpness", "from": 0.5, "to": 5, "steps": 10},
    "y": {"param": "methods[0].keep.per_point", "from": 1, "to": 16, "steps": 9, "scale": "log"},
    "metric": {"median": "iterations"},
    "trials": 5
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["clouds", "plan"],
    beside: &["sources", "targets", "sorted"],
    quantities: &[
        Quantity { name: "marginal_error", title: "marginals", colour: "residual" },
        Quantity { name: "duality_gap", title: "gap", colour: "theory" },
        Quantity { name: "transport_cost", title: "cost", colour: "" },
    ],
    running: "Marginals are off by {marginal_error} after {steps}.",
    converged: "Marginals met to {marginal_error} in {steps}.",
    stopped: "Marginals still off by {marginal_error} after {steps}.",
    rest: "The plan costs {transport_cost}; the duality gap is {duality_gap}.",
    paint: None,
};

impl TypedProblem for Transport {
    const CARD: ProblemCard = ProblemCard {
        id: "entropic",
        lab: "transport",
        title: "Entropic optimal transport",
        sentence: "Move {scene} {points}, blurred by {eps}, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: AXES,
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let drawn = self.data.replace(|| self.scene.draw(self.points, seed), files).map_err(|c| c.within("data"))?;
        let largest = drawn.cost.iter().fold(0.0_f64, |most, c| most.max(c.abs()));
        // Costs are told in units of the largest, so that the same eps means as much in every scene.
        let scale = if largest > 0.0 { largest } else { 1.0 };
        Ok(Arc::new(TransportInstance {
            transport: Entropic {
                cost: drawn.cost.iter().map(|c| c / scale).collect(),
                source: drawn.source,
                target: drawn.target,
                sharpness: 1.0 / self.eps,
            },
            notes: Vec::new(),
            points: drawn.points,
        }))
    }

    fn apply_axis(&self, params: &mut Value, name: &str, value: f64) -> Result<f64, Complaint> {
        if name != "sharpness" {
            return Err(Complaint::new(name, "is not an axis of entropic"));
        }
        let points = self.points as f64;
        params["eps"] = json!(1.0 / (value * points));
        Ok(value)
    }
}
