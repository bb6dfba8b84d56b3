//! The problem `kronecker`: `y = (A_1 (x) A_2 (x) A_3) x + e` with a support that is a product of three, complex.
//!
//! `x` is an array of three indices, the first one slowest. Either its entries are drawn, or it is the channel of a
//! radio link by way of a reflecting surface, whose paths leave, turn and arrive at few angles.

mod cube;
mod instance;
mod link;
mod picture;

pub use cube::Cube;
pub use instance::KroneckerInstance;
pub use link::Link;

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::kernels::norm;
use crate::operators::{Dense, KroneckerProduct, LinearOperator};
use crate::signals::noise::Noise;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is measured, by `id`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// An array of drawn entries.
    #[schemars(extend("x-phrase" = "[a cube] of side {side} with {sparsity} planes a side, from {first} x {second} x {third} measurements"))]
    Cube(Cube),
    /// The channel from a phone by way of a reflecting surface to a base station.
    #[schemars(extend("x-phrase" = "[a channel] of {angles} angles by {settings} settings of a surface, {pilots} pilots and {antennas} antennas", "x-label" = "channel by a surface"))]
    Link(Link),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Cube(Cube::default())
    }
}

/// Parameters of `kronecker`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Kronecker {
    /// What is measured.
    pub scene: Scene,
    /// Noise on the measurements.
    pub noise: Noise,
    /// An entry counts as found when it exceeds this fraction of the largest entry.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-scale" = "log"))]
    pub active_above: f64,
}

impl Default for Kronecker {
    fn default() -> Self {
        Self { scene: Scene::default(), noise: Noise::Gaussian(Default::default()), active_above: 0.001 }
    }
}

/// What a scene draws: three matrices, and the three vectors whose product is the truth.
struct Drawn {
    factors: Vec<Dense<Complex64>>,
    truth: Vec<Complex64>,
    /// The supports along the three indices.
    supports: Vec<Vec<usize>>,
    /// Along which indices a support is one block.
    blocky: [bool; 3],
    /// Whether indices are angles.
    angles: bool,
}

/// Settings of a surface, which are measurements along the first index, against the noise: where the structure stops
/// helping.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"noise": {"id": "gaussian"}, "scene": {"id": "link", "angles": 10, "antennas": 8, "pilots": 4,
        "side": null, "sparsity": null, "first": null, "second": null, "third": null, "blocks": null}}},
    "x": {"param": "problem.noise.snr_db", "from": 0, "to": 40, "steps": 9},
    "y": {"param": "problem.scene.settings", "from": 2, "to": 9, "steps": 8},
    "tolerance": 0.1,
    "trials": 20
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["paths", "coefficients", "truth"],
    beside: &["marginals"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "relative_residual", title: "residual", colour: "residual" },
        Quantity { name: "support_overlap", title: "support", colour: "" },
    ],
    running: "The array is off by {relative_error} after {steps}.",
    converged: "The array is off by {relative_error}, settled in {steps}.",
    stopped: "The array is still off by {relative_error} after {steps}.",
    rest: "Of all places that are true or found, a share of {support_overlap} is both.",
    paint: None,
};

impl TypedProblem for Kronecker {
    const CARD: ProblemCard = ProblemCard {
        id: "kronecker",
        lab: "recovery",
        title: "Sparse arrays measured along each index",
        sentence: "Recover {scene} {noise}, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let drawn = match &self.scene {
            Scene::Cube(cube) => cube.draw(seed),
            Scene::Link(link) => link.draw(seed),
        };
        let drawn = drawn.map_err(|c| c.within("scene"))?;
        if matches!(self.noise, Noise::Missing(_)) {
            return Err(Complaint::new("noise", "takes noise that loses no measurement, as factors are whole"));
        }
        let operator = KroneckerProduct::new(drawn.factors);
        let mut measurements = vec![Complex64::default(); operator.rows()];
        operator.apply(&drawn.truth, &mut measurements);
        let noise_norm = self.noise.add_to(&mut measurements, seed);
        if !norm(&measurements).is_finite() {
            return Err(Complaint::new("noise", "takes noise that is not infinite; make it smaller"));
        }
        Ok(Arc::new(KroneckerInstance {
            operator: Arc::new(operator),
            measurements,
            truth: drawn.truth,
            supports: drawn.supports,
            blocky: drawn.blocky,
            noise_norm,
            active_above: self.active_above,
            angles: drawn.angles,
        }))
    }
}
