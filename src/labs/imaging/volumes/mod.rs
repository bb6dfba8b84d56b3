//! The problem `volumes`: a volume of which every slice is measured alone, by a few views or a few lines of k-space.
//!
//! `y_z = A x_z + e` for each slice z, with `|A| = 1`. Nothing that is measured ties slices together: what does is the volume itself.

mod instance;
mod picture;
mod scanner;
mod scene;

pub use instance::VolumesInstance;
pub use scanner::{Ct, Mri, Scanner};
pub use scene::{Grid, Scene};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `volumes`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Volumes {
    /// What is looked through.
    pub scene: Scene,
    /// Voxels along a side of a slice.
    pub grid: Grid,
    /// Slices.
    #[schemars(range(min = 8, max = 32))]
    pub slices: usize,
    /// How slices are measured.
    pub scanner: Scanner,
    /// Standard deviation of normal errors, relative to the measurements' root mean square.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub noise: f64,
    /// Where the three slices that are shown cut the volume, as a share of its side.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.02))]
    pub cut: f64,
}

impl Default for Volumes {
    fn default() -> Self {
        Self {
            scene: Scene::default(),
            grid: Grid::default(),
            slices: 32,
            scanner: Scanner::default(),
            noise: 0.0,
            cut: 0.5,
        }
    }
}

/// How few views there may be, and how strongly slices have to be tied.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"grid": "coarse", "slices": 16, "scanner": {"id": "ct"}},
        "methods": [{"id": "diffusion-mbir", "steps": 50}]
    },
    "x": {"param": "problem.scanner.views", "from": 2, "to": 20, "steps": 7, "scale": "log"},
    "y": {"param": "methods[0].lambda", "from": 1e-6, "to": 1e-2, "steps": 7, "scale": "log"},
    "metric": {"median": "psnr"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["estimate", "truth"],
    beside: &["measurements", "flicker"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "relative_residual", title: "residual", colour: "residual" },
        Quantity { name: "roughness", title: "roughness", colour: "theory" },
        Quantity { name: "psnr", title: "PSNR", colour: "" },
    ],
    running: "The error is {relative_error} after {steps}.",
    converged: "The error is {relative_error} after {steps}.",
    stopped: "The error is {relative_error} after {steps}.",
    rest: "That is a PSNR of {psnr} dB. From slice to slice the volume changes {roughness} times as much as the true one.",
    paint: None,
};

impl TypedProblem for Volumes {
    const CARD: ProblemCard = ProblemCard {
        id: "volumes",
        lab: "imaging",
        title: "Volumes slice by slice",
        sentence: "Reconstruct {scene} on {slices} slices of {grid} from {scanner} at a noise of {noise}, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let side = self.grid.side();
        let truth = self.scene.draw(side, self.slices, seed);
        Ok(Arc::new(VolumesInstance::measure(self, [self.slices, side, side], truth, seed)))
    }
}
