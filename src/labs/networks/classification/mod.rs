//! The problem `classification`: train a network with few weights to read digits that it has not seen.
//!
//! Estimates are the logits of 597 held-out digits: 200 for validation, by which methods may choose, and 397 tests. Data, network,
//! starting weights, batches and recipe belong to the instance, so that methods differ only by their rules.

mod examples;
mod instance;
mod panels;

pub use examples::Examples;
pub use instance::{CLASSES, ClassificationInstance, Recipe};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::models::network::Mlp;
use crate::signals::digits::PIXELS;
use examples::Split;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `classification`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Classification {
    /// Neurons of the first hidden layer.
    #[schemars(range(min = 8, max = 256), extend("x-scale" = "log"))]
    pub first: usize,
    /// Neurons of the second hidden layer.
    #[schemars(range(min = 8, max = 256), extend("x-scale" = "log"))]
    pub second: usize,
    /// Which layers no method prunes.
    pub dense: Dense,
    /// Digits to learn from.
    #[schemars(range(min = 50, max = 1200), extend("x-scale" = "log"))]
    pub examples: usize,
    /// Standard deviation of normal noise on every pixel; paper is 0 and ink is 1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
    pub noise: f64,
    /// Passes through the examples.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub epochs: usize,
    /// Examples a batch.
    #[schemars(range(min = 8, max = 256), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Batches a step of the run.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub batches: usize,
    /// The rate of gradient descent at its highest: it rises for a twentieth of the steps and falls along a cosine.
    #[schemars(range(min = 0.001, max = 1.0), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Share of its velocity that a weight keeps from step to step.
    #[schemars(range(min = 0.0, max = 0.99), extend("x-step" = 0.05))]
    pub momentum: f64,
    /// Weight decay, of weights that are there and others alike.
    #[schemars(range(min = 0.0, max = 0.1), extend("x-step" = 0.0005))]
    pub decay: f64,
}

/// Layers that stay dense.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Dense {
    /// The last one, which has ten outputs.
    #[default]
    #[schemars(extend("x-label" = "a dense last layer"))]
    Last,
    /// The first and the last one.
    #[schemars(extend("x-label" = "dense first and last layers"))]
    Ends,
    /// None.
    #[schemars(extend("x-label" = "no dense layer"))]
    None,
}

impl Default for Classification {
    fn default() -> Self {
        Self {
            first: 128,
            second: 64,
            dense: Dense::Last,
            examples: 1200,
            noise: 0.0,
            epochs: 30,
            batch: 64,
            batches: 5,
            rate: 0.1,
            momentum: 0.9,
            decay: 5e-4,
        }
    }
}

/// Fewer digits and smaller groups: where pruning costs nothing.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"epochs": 10, "batches": 100},
        "methods": [{"id": "sr-ste"}]
    },
    "x": {"param": "problem.examples", "from": 75, "to": 1200, "steps": 7, "scale": "log"},
    "y": {"param": "methods[0].group", "from": 2, "to": 64, "steps": 7, "scale": "log"},
    "metric": {"mean": "test_accuracy"},
    "trials": 2
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["mask"],
    beside: &["mistakes", "confusion"],
    quantities: &[
        Quantity { name: "test_error", title: "test error", colour: "estimate" },
        Quantity { name: "loss", title: "training loss", colour: "residual" },
        Quantity { name: "flips", title: "flips", colour: "theory" },
        Quantity { name: "gap", title: "|w - w~|", colour: "truth" },
        Quantity { name: "density", title: "density", colour: "" },
        Quantity { name: "gigaflops", title: "GFLOP", colour: "" },
    ],
    running: "A share of {test_error} of the tests is read wrongly after {steps}.",
    converged: "A share of {test_error} of the tests is read wrongly after all of {steps}.",
    stopped: "A share of {test_error} of the tests is read wrongly after {steps}.",
    rest: "Of the weights {density} are there; masks have flipped {flips} times. Training took {gigaflops} GFLOP.",
    paint: None,
};

impl TypedProblem for Classification {
    const CARD: ProblemCard = ProblemCard {
        id: "classification",
        lab: "networks",
        title: "Reading digits with few weights",
        sentence: "Train a network of {first} and {second} hidden neurons on {examples} digits for {epochs} epochs, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let net = Mlp::new(&[PIXELS, self.first, self.second, CLASSES]);
        let layers = net.layers().len();
        let sparse = match self.dense {
            Dense::Last => 0..layers - 1,
            Dense::Ends => 1..layers - 1,
            Dense::None => 0..layers,
        };
        let &Self { epochs, batch, batches, rate, momentum, decay, .. } = self;
        let recipe = Recipe { epochs, batch, batches, rate, momentum, decay };
        let split = Split::new(self.examples, self.noise, seed);
        Ok(Arc::new(ClassificationInstance::new(net, recipe, split, sparse, seed)))
    }
}
