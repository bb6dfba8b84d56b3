//! The problem `sampling-design`: which m of N frequencies to measure, and how to recover signals of a known kind from them.
//!
//! ```text
//! choose S with |S| = m once;   for each signal x of the kind, recover x from (F x + e)_S
//! ```
//!
//! F is the unitary Fourier transform, x is real. Methods may draw as many examples of the kind, with their whole spectra, as they like; they
//! are judged by signals that are none of these. As x is real, `(F x)_n` and `(F x)_(N - n)` are conjugate, and one of them tells the other.
//!
//! Huijben, Veeling, Janse, Mischi and van Sloun, "Learning sub-sampling and signal recovery with applications in ultrasound imaging" (2020).

mod fourier;
mod instance;
mod patterns;
pub(super) mod picture;
mod scene;

pub use fourier::Fourier;
pub use instance::SamplingInstance;
pub use patterns::Pattern;
pub use scene::{Drawing, Example, Kind, Scene, Spikes};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `sampling-design`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SamplingDesign {
    /// What is sampled.
    pub scene: Scene,
    /// Frequencies that may be measured, m.
    #[schemars(range(min = 1, max = 512), extend("x-scale" = "log"))]
    pub budget: usize,
    /// Ratio of the energies of a spectrum and its noise.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-unit" = "dB", "x-step" = 1))]
    pub snr_db: f64,
    /// Held-out signals by which a method is judged.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub signals: usize,
}

impl Default for SamplingDesign {
    fn default() -> Self {
        Self { scene: Scene::default(), budget: 16, snr_db: 40.0, signals: 64 }
    }
}

/// Frequencies against spikes, for what needs no training.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"signals": 32}, "methods": [{"id": "fixed-pattern-fista", "max_steps": 200}]},
    "x": {"param": "problem.budget", "from": 4, "to": 32, "steps": 8},
    "y": {"param": "problem.scene.sparsity", "from": 1, "to": 6, "steps": 6},
    "metric": {"median": "relative_error"},
    "trials": 2
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["history", "pattern"],
    beside: &["signal", "truth"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "nmse_db", title: "dB", colour: "" },
        Quantity { name: "mirrored_pairs", title: "pairs", colour: "" },
    ],
    running: "Held-out signals are off by {relative_error} after {steps}.",
    converged: "Held-out signals are off by {relative_error} after {steps}.",
    stopped: "Held-out signals are off by {relative_error} after {steps}.",
    rest: "That is {nmse_db} dB. Of the frequencies {mirrored_pairs} tell what another one has told.",
    paint: None,
};

impl TypedProblem for SamplingDesign {
    const CARD: ProblemCard = ProblemCard {
        id: "sampling-design",
        lab: "recovery",
        title: "Which frequencies to measure",
        sentence: "Choose {budget} frequencies that tell most of {scene} at {snr_db}, judged by {signals} of them, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(draw(self, seed)?))
    }
}

/// Draws the instance that `seed` names.
///
/// # Errors
/// When there are fewer frequencies than are to be chosen, or fewer places than spikes.
pub fn draw(params: &SamplingDesign, seed: u64) -> Result<SamplingInstance, Complaint> {
    let shape = match &params.scene {
        Scene::Spikes(Spikes { length, sparsity }) if sparsity > length => {
            return Err(Complaint::new("scene.sparsity", format!("goes up to the length, {length}, not {sparsity}")));
        }
        Scene::Spikes(spikes) => (1, spikes.length),
        Scene::Drawing(drawing) => (drawing.side, drawing.side),
    };
    let fourier = Fourier::new(shape);
    if params.budget > fourier.size() {
        let message = format!("goes up to the number of frequencies, {}, not {}", fourier.size(), params.budget);
        return Err(Complaint::new("budget", message));
    }
    let kind = Kind { scene: params.scene.clone(), fourier, snr_db: params.snr_db };
    Ok(SamplingInstance::new(kind, params.budget, params.signals, seed))
}
