//! The problem `declipping`: restore sound whose peaks were cut off.
//!
//! `y_t = x_t` where `|x_t| < theta`, and `y_t = theta sgn(x_t)` elsewhere. Nothing is missing altogether: a clipped sample is known to
//! reach the level at least. Sounds that agree with all of this are *consistent*; they are a box, and methods look in it for one with
//! a sparse spectrum, a windowed frame after the other.

mod consistency;
mod frames;
mod framewise;
mod instance;
mod splitting;
#[cfg(test)]
pub(super) mod testing;

pub use consistency::Consistency;
pub use frames::{Block, Frames, Windowed};
pub(super) use framewise::{BlockSolver, Framewise, Progress};
pub use instance::DeclippingInstance;
pub(super) use splitting::{Model, Splitting, keep_largest};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::signals::numbers::Numbers;
use crate::signals::sounds::{RATE, Sound, with_peak_of_one};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Longest sound, in seconds.
const MOST_SECONDS: f64 = 3.0;
/// Shortest sound of one's own, in samples: 20 ms.
const LEAST_SAMPLES: usize = 320;

/// Parameters of `declipping`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Declipping {
    /// What sounds, on [-1, 1], 16 000 samples a second.
    pub sound: Sound,
    /// Length of the sound; of one's own, at most as much of it from the start.
    #[schemars(range(min = 0.02, max = 3.0), extend("x-unit" = "s", "x-scale" = "log"))]
    pub seconds: f64,
    /// Signal to distortion ratio of the clipped sound, which sets the level of clipping: 1 is harsh, 20 mild.
    #[schemars(range(min = 0.5, max = 40.0), extend("x-unit" = "dB", "x-step" = 1.0))]
    pub sdr: f64,
    /// Sound of one's own in place of a synthetic one.
    pub data: Data,
}

impl Default for Declipping {
    fn default() -> Self {
        Self { sound: Sound::Chord, seconds: 0.4, sdr: 5.0, data: Data::default() }
    }
}

/// What stands in place of synthetic sound.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Data {
    /// The sound before it is clipped: 16 000 samples a second, or a WAV file at any rate. It is scaled to a peak of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("x-sampling-rate" = 16_000))]
    pub sound: Option<Numbers>,
}

impl Data {
    /// The first `seconds` of what is there, or less.
    fn load(&self, seconds: f64, files: &dyn Files) -> Result<Option<Vec<f64>>, Complaint> {
        let Some(numbers) = &self.sound else { return Ok(None) };
        let mut sound = numbers.sound(RATE as u32, seconds, |path| files.read(path))?;
        if sound.len() < LEAST_SAMPLES {
            return Err(Complaint::new("", format!("takes {LEAST_SAMPLES} samples at least, not {}", sound.len())));
        }
        if !with_peak_of_one(&mut sound) {
            return Err(Complaint::new("", "is silent"));
        }
        Ok(Some(sound))
    }
}

impl Declipping {
    /// Number of samples, n.
    fn samples(&self) -> usize {
        (self.seconds * RATE as f64).round() as usize
    }
}

/// How harshly the sound is clipped, and how long the windows are.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"seconds": 0.2},
        "methods": [{"id": "spade-declipping"}]
    },
    "x": {"param": "problem.sdr", "from": 1, "to": 19, "steps": 10},
    "y": {"param": "methods[0].frames.window", "from": 128, "to": 4096, "steps": 6, "scale": "log"},
    "metric": {"median": "sdr_improvement"},
    "trials": 2
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["waveform"],
    beside: &["spectrogram", "heard"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "misfit", title: "misfit", colour: "residual" },
        Quantity { name: "sdr_improvement", title: "improvement", colour: "" },
    ],
    running: "The restored sound is {sdr_improvement} dB nearer to the truth after {steps}.",
    converged: "The restored sound is {sdr_improvement} dB nearer to the truth, after all frames.",
    stopped: "The restored sound is {sdr_improvement} dB nearer to the truth after {steps}.",
    rest: "Its error is {relative_error} of the sound.",
    paint: None,
};

impl TypedProblem for Declipping {
    const CARD: ProblemCard = ProblemCard {
        id: "declipping",
        lab: "recovery",
        title: "Sound from clipped sound",
        sentence: "Restore {seconds} s of {sound}, clipped to {sdr}, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let own = self.data.load(self.seconds, files).map_err(|c| c.within("data.sound"))?;
        let truth = own.unwrap_or_else(|| self.sound.draw(self.samples(), seed));
        Ok(Arc::new(DeclippingInstance::clip(truth, self.sdr)))
    }
}
