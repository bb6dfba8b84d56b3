//! The problem `features`: inputs are sums of the directions of a few features, which a dictionary is to find.
//!
//! Methods learn from inputs without end and are judged by others that are held out. Their estimate is a dictionary at work: the
//! bias of the inputs, d numbers, and then for each latent its direction, d numbers, and its activation in each of the
//! [`HELD_OUT`] held-out inputs. Supports index latents: those that are active in any held-out input.

mod forest;
mod instance;
mod judgement;
mod panels;

pub use forest::{Flow, Forest, Scene};
pub use instance::{Dictionary, FeaturesInstance, HELD_OUT};
pub use judgement::{Judgement, cosine, matching};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `features`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Features {
    /// Trees of features.
    #[schemars(range(min = 0, max = 12))]
    pub parents: usize,
    /// Children of each parent, of which at most one is active at a time.
    #[schemars(range(min = 0, max = 8))]
    pub children: usize,
    /// Features that belong to no tree.
    #[schemars(range(min = 0, max = 64))]
    pub lone: usize,
    /// Probability that a parent is active.
    #[schemars(range(min = 0.01, max = 0.9), extend("x-step" = 0.01))]
    pub parent_rate: f64,
    /// Probability of each child where its parent is active; all children of a parent together at most 1.
    #[schemars(range(min = 0.01, max = 1.0), extend("x-step" = 0.01))]
    pub child_rate: f64,
    /// Probability that a lone feature is active.
    #[schemars(range(min = 0.01, max = 0.9), extend("x-step" = 0.01))]
    pub lone_rate: f64,
    /// Entries of an input. Directions are orthogonal where there are not more features than these.
    #[schemars(range(min = 2, max = 128), extend("x-scale" = "log"))]
    pub dims: usize,
    /// Standard deviation of the directions' lengths, whose mean is 1.
    #[schemars(range(min = 0.0, max = 0.3), extend("x-step" = 0.01))]
    pub spread: f64,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            parents: 3,
            children: 3,
            lone: 8,
            parent_rate: 0.15,
            child_rate: 0.2,
            lone_rate: 0.05,
            dims: 20,
            spread: 0.05,
        }
    }
}

/// Size of the dictionary, and how many groups it has.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {},
        "methods": [{"id": "matryoshka-sae", "batches": 1000}]
    },
    "x": {"param": "methods[0].latents", "from": 12, "to": 48, "steps": 10, "scale": "log"},
    "y": {"param": "methods[0].groups", "from": 1, "to": 5, "steps": 5},
    "metric": {"mean": "absorption"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["activations", "features"],
    beside: &["prefixes", "absorbed", "tree"],
    quantities: &[
        Quantity { name: "absorption", title: "absorption", colour: "residual" },
        Quantity { name: "unexplained", title: "unexplained variance", colour: "estimate" },
        Quantity { name: "loss", title: "loss", colour: "theory" },
        Quantity { name: "recovered", title: "features found", colour: "" },
        Quantity { name: "fve", title: "explained variance", colour: "" },
        Quantity { name: "dead", title: "dead latents", colour: "" },
    ],
    running: "A share of {absorption} of the parents is absorbed by their children after {steps}.",
    converged: "A share of {absorption} of the parents is absorbed by their children, learned in {steps}.",
    stopped: "A share of {absorption} of the parents is absorbed by their children after {steps}.",
    rest: "A share of {fve} of the variance is explained, {recovered} of the features have a latent of their own, and {dead} latents are dead.",
    paint: None,
};

impl TypedProblem for Features {
    const CARD: ProblemCard = ProblemCard {
        id: "features",
        lab: "dictionaries",
        title: "Features in trees",
        sentence: "Find {parents} parents with {children} children each and {lone} lone features in inputs of {dims} entries, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let &Self { parents, children, lone, parent_rate, child_rate, lone_rate, dims, spread } = self;
        if child_rate * children as f64 > 1.0 + 1e-9 {
            let most = 1.0 / children as f64;
            return Err(Complaint::new(
                "child_rate",
                format!("takes at most {most:.2} for {children} children, since one of them at most is active"),
            ));
        }
        let forest = Forest { parents, children, lone, parent_rate, child_rate, lone_rate };
        if forest.count() == 0 {
            return Err(Complaint::new("lone", "takes at least 1 where there are no parents"));
        }
        Ok(Arc::new(FeaturesInstance::new(Scene::draw(forest, dims, spread, seed), seed)))
    }
}
