//! The problem `linear`: recover a sparse `x` from `y = A x + e`, with `A = Phi Psi`.
//!
//! `Phi` (m x n) is the sensing matrix and `Psi` (n x n, orthonormal) the basis in which the signal is sparse.

mod data;
mod diagnosis;
mod diagram;
pub(super) mod draw;
mod instance;
pub(super) mod picture;
mod precondition;
mod signal;

pub use data::Data;
pub use diagnosis::matrix_diagnosis;
pub use instance::{LinearInstance, Recovery};
pub use precondition::Precondition;
pub use signal::{BlockSparse, Clustered, Drawn, Signal, Sparse};

use crate::contract::{Complaint, Files, Instance, ProblemCard, TheoryCurve, TypedProblem};
use crate::operators::Basis;
use crate::operators::sensing::Matrix;
use crate::signals::noise::Noise;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Parameters of `linear`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Linear {
    /// Number of measurements, m.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub rows: usize,
    /// Number of unknowns, n.
    #[schemars(range(min = 1, max = 65536), extend("x-scale" = "log"))]
    pub cols: usize,
    /// The sensing matrix.
    pub matrix: Matrix,
    /// The basis in which the signal is sparse.
    pub basis: Basis,
    /// The signal.
    pub signal: Signal,
    /// Noise on the measurements.
    pub noise: Noise,
    /// What a stored matrix and its measurements are multiplied by before a method sees them.
    pub precondition: Precondition,
    /// An entry counts as found when it exceeds this fraction of the largest true entry.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub active_above: f64,
    /// Numbers of one's own in place of drawn ones.
    pub data: Data,
}

impl Default for Linear {
    fn default() -> Self {
        Self {
            rows: 80,
            cols: 256,
            matrix: Matrix::default(),
            basis: Basis::Identity,
            signal: Signal::default(),
            noise: Noise::None,
            precondition: Precondition::None,
            active_above: 0.01,
            data: Data::default(),
        }
    }
}

impl TypedProblem for Linear {
    const CARD: ProblemCard = ProblemCard {
        id: "linear",
        lab: "recovery",
        title: "Sparse recovery from linear measurements",
        sentence: "Recover {signal}{basis} among {cols} from {rows} {matrix} measurements {noise}, by {methods}.",
        solved_as: None,
        page: None,
        axes: diagram::AXES,
        sweep: Some(diagram::SWEEP),
    };

    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let mut loaded = self.data.load(files).map_err(|c| c.within("data"))?;
        // The matrix `file` is `data.matrix` under another name.
        if let (Matrix::File(file), None) = (&self.matrix, &loaded.matrix) {
            loaded.matrix = Some(file.table(|path| files.read(path))?);
        }
        if loaded.is_complex() || (loaded.matrix.is_none() && self.matrix.is_complex()) {
            let instance = draw::draw(self, &loaded, seed)?;
            Ok(Arc::new(Recovery::Complex(Arc::new(instance))))
        } else {
            let instance = draw::draw(self, &loaded, seed)?;
            Ok(Arc::new(Recovery::Real(Arc::new(instance))))
        }
    }

    fn apply_axis(&self, params: &mut Value, name: &str, value: f64) -> Result<f64, Complaint> {
        diagram::apply(self, params, name, value)
    }

    fn theory(&self, x: &str, y: &str) -> Vec<TheoryCurve> {
        diagram::theory(self, x, y)
    }
}
