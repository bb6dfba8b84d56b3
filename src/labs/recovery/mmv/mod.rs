//! The problem `mmv`: several snapshots `Y = A X + E` of one sparse scene, real.
//!
//! `A` is m x n, `X` n x L. Either few rows of X are not zero, the same ones in every snapshot and perhaps correlated
//! along a row, or every snapshot has a support of its own. Estimates are the columns of X, one after the other.

mod draw;
mod instance;
mod signal;

pub use instance::MmvInstance;
pub(super) use instance::{frobenius, row_norms};
pub use signal::{OwnSupports, RowSparse, Scene};

use crate::contract::{Complaint, Files, Instance, ProblemCard, TypedProblem};
use crate::operators::sensing::Matrix;
use crate::signals::noise::Noise;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `mmv`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Mmv {
    /// Number of measurements of a snapshot, m.
    #[schemars(range(min = 1, max = 4096), extend("x-scale" = "log"))]
    pub rows: usize,
    /// Number of unknowns of a snapshot, n.
    #[schemars(range(min = 1, max = 8192), extend("x-scale" = "log"))]
    pub cols: usize,
    /// Number of snapshots, L.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub snapshots: usize,
    /// The sensing matrix, the same for all snapshots; real.
    pub matrix: Matrix,
    /// The snapshots.
    pub signal: Scene,
    /// Noise on the measurements.
    pub noise: Noise,
    /// A row counts as found when its norm exceeds this fraction of the largest true one; an entry, likewise, where
    /// snapshots have supports of their own.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub active_above: f64,
}

impl Default for Mmv {
    fn default() -> Self {
        Self {
            rows: 24,
            cols: 96,
            snapshots: 8,
            matrix: Matrix::default(),
            signal: Scene::default(),
            noise: Noise::None,
            active_above: 0.01,
        }
    }
}

/// Snapshots against rows that are not zero: what more snapshots bring.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"noise": {"id": "none"}, "signal": {"id": "row-sparse"}}},
    "x": {"param": "problem.snapshots", "from": 1, "to": 12, "steps": 12},
    "y": {"param": "problem.signal.sparsity", "from": 1, "to": 23, "steps": 12},
    "trials": 20
}"#;

impl TypedProblem for Mmv {
    const CARD: ProblemCard = ProblemCard {
        id: "mmv",
        lab: "recovery",
        title: "Sparse recovery from several snapshots",
        sentence: "Recover {snapshots} snapshots of {signal} among {cols} from {rows} {matrix} measurements each {noise}, by {methods}.",
        solved_as: None,
        page: None,
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(draw::draw(self, seed)?))
    }
}
