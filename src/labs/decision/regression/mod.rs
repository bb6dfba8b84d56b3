//! The problem `gp-regression`: noisy values of a function on a line or in the plane, and what a new value would be elsewhere.
//!
//! Estimates are the means of new values at all places, then their variances.

mod instance;
mod scene;

pub use instance::RegressionInstance;
pub use scene::{Bumps, Scene, Signal, Terrain};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::signals::numbers::Numbers;
use crate::signals::random::{Random, Stream};
use scene::{Function, SIDE};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Tests, and points of the grid on a side, on the line and in the plane.
const TESTS: usize = 200;
const GRIDS: [usize; 2] = [200, 24];

/// Most samples of a curve of one's own.
const MOST_SAMPLES: usize = 100_000;

/// Parameters of `gp-regression`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Regression {
    /// The function.
    pub scene: Scene,
    /// Number of data, N.
    #[schemars(range(min = 8, max = 4000), extend("x-scale" = "log"))]
    pub points: usize,
    /// Standard deviation of the noise.
    #[schemars(range(min = 0.001, max = 2.0), extend("x-scale" = "log"))]
    pub noise: f64,
    /// A curve of one's own in place of the drawn function.
    pub data: Data,
}

/// What stands in place of what is drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Data {
    /// Samples of the function at even distances along the line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curve: Option<Numbers>,
}

impl Default for Regression {
    fn default() -> Self {
        Self { scene: Scene::default(), points: 600, noise: 0.1, data: Data::default() }
    }
}

/// How many inducing variables, and how many of them a datum needs.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"scene": {"id": "bumps", "count": 30}, "points": 400, "data": null},
        "methods": [{"id": "sws-gp", "max_steps": 30}]
    },
    "x": {"param": "methods[0].inducing", "from": 16, "to": 128, "steps": 7, "scale": "log"},
    "y": {"param": "methods[0].neighbours", "from": 2, "to": 16, "steps": 7, "scale": "log"},
    "metric": {"median": "nll"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["fit"],
    beside: &["spread", "function"],
    quantities: &[
        Quantity { name: "rmse", title: "error", colour: "estimate" },
        Quantity { name: "nll", title: "NLL", colour: "" },
        Quantity { name: "covered", title: "covered", colour: "" },
    ],
    running: "The mean is off by {rmse} after {steps}.",
    converged: "The mean is off by {rmse}, learned in {steps}.",
    stopped: "The mean is off by {rmse} after {steps}.",
    rest: "Two standard deviations cover {covered} of new values, whose negative log likelihood is {nll} on average.",
    paint: None,
};

impl TypedProblem for Regression {
    const CARD: ProblemCard = ProblemCard {
        id: "gp-regression",
        lab: "decision",
        title: "Regression with Gaussian processes",
        sentence: "Learn {scene} from {points} values with noise of {noise}, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let function = match &self.data.curve {
            None => self.scene.draw(seed),
            Some(curve) => Function::Sampled(samples(curve, files).map_err(|c| c.within("data.curve"))?),
        };
        let dims = function.dims();
        let mut random = Random::new(seed, Stream::Points);
        let mut inputs = |count: usize| -> Vec<f64> { (0..count * dims).map(|_| SIDE * random.uniform()).collect() };
        let (seen, mut places) = (inputs(self.points), inputs(TESTS));
        let side = GRIDS[dims - 1];
        let at = |i: usize| SIDE * i as f64 / (side - 1) as f64;
        match dims {
            1 => places.extend((0..side).map(at)),
            // Row by row from the top, as a picture is.
            _ => places.extend((0..side * side).flat_map(|cell| [at(cell % side), at(side - 1 - cell / side)])),
        }
        let of = |inputs: &[f64]| -> Vec<f64> { inputs.chunks_exact(dims).map(|x| function.at(x)).collect() };
        let mut noise = Random::new(seed, Stream::Noise);
        let mut noisy = |f: &f64| f + self.noise * noise.normal();
        let truth = of(&places);
        Ok(Arc::new(RegressionInstance {
            dims,
            values: of(&seen).iter().map(&mut noisy).collect(),
            held_out: truth[..TESTS].iter().map(&mut noisy).collect(),
            inputs: seen,
            places,
            tests: TESTS,
            side,
            truth,
        }))
    }
}

/// A curve scaled to a largest modulus of one, so that the noise means the same.
fn samples(curve: &Numbers, files: &dyn Files) -> Result<Vec<f64>, Complaint> {
    let table = curve.load(|path| files.read(path))?;
    let samples: Vec<f64> = table.scalars();
    let peak = samples.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    if samples.len() < 2 || samples.len() > MOST_SAMPLES {
        return Err(Complaint::new("", format!("takes 2 to {MOST_SAMPLES} samples, not {}", samples.len())));
    }
    Ok(samples.into_iter().map(|v| if peak > 0.0 { v / peak } else { v }).collect())
}
