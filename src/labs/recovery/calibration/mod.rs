//! The problem `calibration`: recover signals and the gains of the sensors that see them, `y_l = D A_l x_l + e_l`; complex.
//!
//! D is diagonal and unknown, x may be the same for all snapshots l or not, and so may A. Gains and signals are known up to one number,
//! as one may grow where the other shrinks: `y = (D / a) A (a x)`. As the spectrum of a filter D is a convolution, so blind deconvolution
//! is among these.
//!
//! Ling and Strohmer, "Self-calibration and bilinear inverse problems via linear least squares" (2018).

mod bilinear;
mod coded;
mod gains;
mod instance;
mod picture;
mod scene;

pub use bilinear::{Bilinear, aligned, inverse};
pub use gains::{Factors, Filter, Gains, Waves};
pub use instance::CalibrationInstance;
pub use scene::{Masked, Model, Scene, SensingLaw, Sensors};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TheoryCurve, TypedProblem};
use crate::kernels::norm;
use crate::signals::noise::Noise;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `calibration`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Calibration {
    /// What is seen.
    pub scene: Scene,
    /// The gains of sensors, or of frequencies where the scene is a picture.
    pub gains: Gains,
    /// Noise on the measurements.
    pub noise: Noise,
}

/// Snapshots against unknowns: where the equations are as many as the unknowns.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {
            "scene": {"id": "sensors", "model": "repeated", "sensors": 24, "motif": null, "side": null, "masks": null},
            "gains": {"id": "phases", "taps": null, "depth": null, "spread": null, "waves": null},
            "noise": {"id": "none", "snr_db": null}
        },
        "methods": [{"id": "self-calibration", "solver": "direct"}]
    },
    "x": {"param": "problem.scene.snapshots", "from": 2, "to": 8, "steps": 7},
    "y": {"param": "problem.scene.unknowns", "from": 12, "to": 180, "steps": 15},
    "tolerance": 1e-6,
    "trials": 5
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["signal", "gains"],
    beside: &["truth", "camera"],
    quantities: &[
        Quantity { name: "relative_error", title: "error", colour: "estimate" },
        Quantity { name: "equations", title: "equations", colour: "residual" },
        Quantity { name: "signal_error", title: "signal", colour: "" },
        Quantity { name: "gain_error", title: "gains", colour: "" },
    ],
    running: "Signal and gains are off by {relative_error} after {steps}.",
    converged: "Signal and gains are off by {relative_error}, settled in {steps}.",
    stopped: "Signal and gains are still off by {relative_error} after {steps}.",
    rest: "The signal alone is off by {signal_error}, and the equations by {equations}.",
    paint: None,
};

impl TypedProblem for Calibration {
    const CARD: ProblemCard = ProblemCard {
        id: "calibration",
        lab: "recovery",
        title: "Signals through unknown gains",
        sentence: "Recover {scene} and gains {gains} {noise}, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(draw(self, seed)?))
    }

    fn theory(&self, x: &str, y: &str) -> Vec<TheoryCurve> {
        let (Scene::Sensors(sensors), ("scene.snapshots", "scene.unknowns")) = (&self.scene, (x, y)) else {
            return Vec::new();
        };
        let handles = if let Gains::Waves(waves) = &self.gains { waves.waves } else { sensors.sensors };
        vec![counting(sensors, handles)]
    }
}

/// As many equations as unknowns, but for the number that stays unknown.
fn counting(sensors: &Sensors, handles: usize) -> TheoryCurve {
    let unknowns = |p: f64| {
        let free = p * sensors.sensors as f64 - handles as f64 + 1.0;
        (p, if sensors.model == Model::Repeated { free } else { free / p })
    };
    TheoryCurve {
        id: "counting",
        title: "as many equations as unknowns",
        holds_for: "Necessary for every method; generic matrices without noise need no more.",
        points: (1..=16).map(|p| unknowns(f64::from(p))).filter(|point| point.1 >= 0.0).collect(),
    }
}

/// Draws the instance that `seed` names.
fn draw(params: &Calibration, seed: u64) -> Result<CalibrationInstance, Complaint> {
    if matches!(params.noise, Noise::Missing(_)) {
        return Err(Complaint::new("noise", "takes noise that loses no measurement, as each belongs to a sensor"));
    }
    let drawn = params.scene.draw(seed).map_err(|c| c.within("scene"))?;
    let m = drawn.sensing[0].rows();
    let (gains, basis) = params.gains.draw(m, drawn.side, seed).map_err(|c| c.within("gains"))?;
    let mut system = Bilinear {
        measurements: vec![vec![Complex64::default(); m]; drawn.sensing.len()],
        sensing: drawn.sensing,
        shared: drawn.shared,
        basis,
    };
    let mut all = Vec::with_capacity(m * system.sensing.len());
    for (l, sensing) in system.sensing.iter().enumerate() {
        let mut y = vec![Complex64::default(); m];
        sensing.apply(system.signal_of(l, &drawn.truth), &mut y);
        all.extend(y.iter().zip(&gains).map(|(y, d)| y * d));
    }
    let noise_norm = params.noise.add_to(&mut all, seed);
    if !norm(&all).is_finite() || !noise_norm.is_finite() {
        return Err(Complaint::new("noise", "takes noise that is not infinite; make it smaller"));
    }
    system.measurements.iter_mut().zip(all.chunks_exact(m)).for_each(|(y, part)| y.copy_from_slice(part));
    Ok(CalibrationInstance::new(system, drawn.truth, gains, noise_norm, drawn.side, drawn.masks))
}
