//! The problem `poisson`: recover an intensity from counts of its photons.
//!
//! `y_i ~ Poisson((A f)_i)` with `f >= 0` and a matrix `A` without negative entries whose columns sum to one, so that every photon is
//! counted once. Bright places are seen with more noise, and relatively with less, than dark ones.

mod instance;
mod penalty;
mod scene;

pub use instance::{BACKGROUND, PoissonInstance};
pub use penalty::Penalty;
pub(super) use penalty::{Denoised, Denoiser};
pub use scene::{Drawn, Line, Motif, Picture, Scene, Shape};

use crate::contract::{Complaint, Files, Instance, Page, Paint, ProblemCard, Quantity, TypedProblem};
use crate::operators::sensing::EqualEntries;
use crate::operators::{BoxBlur, LinearOperator};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `poisson`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Poisson {
    /// What shines.
    pub scene: Scene,
    /// What stands between it and the counters.
    pub camera: Camera,
    /// Photons a counter, on average.
    #[schemars(range(min = 0.01, max = 1e6), extend("x-scale" = "log"))]
    pub counts: f64,
}

impl Default for Poisson {
    fn default() -> Self {
        Self { scene: Scene::default(), camera: Camera::default(), counts: 45.0 }
    }
}

/// The matrix A, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Camera {
    /// A counter for each pixel, behind a blur.
    #[schemars(extend("x-phrase" = "through [a blur] of {reach} on either side"))]
    Blur(Blur),
    /// Fewer counters than pixels, each of which sees several pixels at once.
    #[schemars(extend("x-phrase" = "by [mixed counters], {share} as many as pixels,"))]
    Mixed(Mixed),
}

impl Default for Camera {
    fn default() -> Self {
        Camera::Blur(Blur::default())
    }
}

/// The mean over a neighbourhood, wrapped around the edges.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Blur {
    /// Pixels on either side that light spreads to; none makes a sharp camera.
    #[schemars(range(min = 0, max = 8), extend("x-unit" = "pixels"))]
    pub reach: usize,
}

impl Default for Blur {
    fn default() -> Self {
        Self { reach: 2 }
    }
}

/// Each pixel is shared evenly between a few counters, drawn without replacement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Mixed {
    /// Counters, as a share of the pixels.
    #[schemars(range(min = 0.05, max = 1.0), extend("x-step" = 0.05))]
    pub share: f64,
    /// Counters that see a pixel; all of them where there are fewer.
    #[schemars(range(min = 1, max = 32))]
    pub seen_by: usize,
}

impl Default for Mixed {
    fn default() -> Self {
        Self { share: 0.4, seen_by: 8 }
    }
}

impl Camera {
    /// A for a scene of this shape.
    fn draw(&self, shape: (usize, usize), seed: u64) -> Arc<dyn LinearOperator<f64>> {
        let n = shape.0 * shape.1;
        match self {
            Camera::Blur(blur) => Arc::new(BoxBlur::new(shape, 2 * blur.reach + 1)),
            Camera::Mixed(mixed) => {
                let rows = ((mixed.share * n as f64).round() as usize).max(1);
                let shared = mixed.seen_by.min(rows);
                let mut random = Random::new(seed, Stream::Matrix);
                let places = (0..n).flat_map(|_| random.subset(rows, shared)).collect();
                Arc::new(EqualEntries::new(rows, shared, places, 1.0 / shared as f64))
            }
        }
    }
}

/// How many photons there must be, and how strong the penalty.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"scene": {"id": "picture", "side": 32}},
        "methods": [{"id": "spiral-tap", "penalty": {"id": "total-variation"}}]
    },
    "x": {"param": "problem.counts", "from": 1, "to": 200, "steps": 9, "scale": "log"},
    "y": {"param": "methods[0].penalty.tau", "from": 0.003, "to": 3, "steps": 9, "scale": "log"},
    "metric": {"median": "relative_error"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["intensity"],
    beside: &["truth", "counts"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "deviance", title: "deviance", colour: "residual" },
        Quantity { name: "objective", title: "objective", colour: "theory" },
    ],
    running: "The error is {relative_error} after {steps}.",
    converged: "The error is {relative_error}, and nothing moves any more after {steps}.",
    stopped: "The error is {relative_error} after {steps}.",
    rest: "The deviance is {deviance} a counter, where chance alone leaves about 1.",
    paint: Some(Paint { param: "scene", total: "counts", truth: "truth", line: "intensity" }),
};

impl TypedProblem for Poisson {
    const CARD: ProblemCard = ProblemCard {
        id: "poisson",
        lab: "recovery",
        title: "Intensities from photon counts",
        sentence: "Recover {scene} seen {camera} from {counts} photons a counter, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let shape = self.scene.size().map_err(|c| c.within("scene"))?;
        let operator = self.camera.draw(shape, seed);
        let scene = self.scene.draw(seed);
        Ok(Arc::new(PoissonInstance::draw(operator, shape, scene, self.counts, seed)))
    }
}
