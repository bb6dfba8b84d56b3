//! The problem `phase-retrieval`: recover a sparse `x` from the magnitudes `y = |A x|`, up to its sign.
//!
//! The signs of measurements are lost, so x and -x look alike and an answer is judged by the nearer of the two. Real. As columns of
//! the matrix have unit norm, `|y|^2` is near `|x|^2`, and `A` times the root of m is what papers call Gaussian rows.

mod instance;
mod start;
mod walk;

pub use instance::PhaseInstance;
pub use start::Start;
pub(super) use walk::Walk;

use super::linear::draw::rows_of;
use super::linear::{Signal, Sparse};
use super::one_bit::Spikes;
use crate::contract::{Complaint, Files, Instance, ProblemCard, TypedProblem};
use crate::operators::Basis;
use crate::operators::sensing::Matrix;
use crate::signals::noise::Noise;
use crate::signals::sparse::Amplitude;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `phase-retrieval`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PhaseRetrieval {
    /// Number of magnitudes, m.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub rows: usize,
    /// Number of unknowns, n.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub cols: usize,
    /// The sensing matrix; real.
    pub matrix: Matrix,
    /// The signal.
    pub signal: Spikes,
    /// Noise on the magnitudes; those that fall below zero are set to it.
    pub noise: Noise,
    /// Where all methods start.
    pub start: Start,
    /// An entry counts as found when it exceeds this fraction of the largest true entry.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub active_above: f64,
}

impl Default for PhaseRetrieval {
    fn default() -> Self {
        Self {
            rows: 300,
            cols: 500,
            matrix: Matrix::default(),
            signal: Spikes::Sparse(Sparse { sparsity: 12, amplitude: Amplitude::Gaussian }),
            noise: Noise::None,
            start: Start::default(),
            active_above: 0.01,
        }
    }
}

/// Magnitudes against spikes.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"cols": 256, "noise": {"id": "none"}, "signal": {"id": "sparse"}}},
    "x": {"param": "problem.rows", "from": 50, "to": 450, "steps": 9},
    "y": {"param": "problem.signal.sparsity", "from": 2, "to": 26, "steps": 9},
    "trials": 10,
    "tolerance": 0.001
}"#;

impl TypedProblem for PhaseRetrieval {
    const CARD: ProblemCard = ProblemCard {
        id: "phase-retrieval",
        lab: "recovery",
        title: "Sparse phase retrieval",
        sentence: "Recover {signal} among {cols} from the magnitudes of {rows} {matrix} measurements {noise}, from {start}, by {methods}.",
        solved_as: None,
        page: None,
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(draw(self, seed)?))
    }
}

/// Draws the instance that `seed` names.
fn draw(params: &PhaseRetrieval, seed: u64) -> Result<PhaseInstance, Complaint> {
    if params.matrix.is_complex() {
        let message = "takes a real matrix where phases are signs; this one is complex";
        return Err(Complaint::new("matrix", message));
    }
    let sensing = params.matrix.draw::<f64>(params.rows, params.cols, seed)?;
    let kept = params.noise.kept(sensing.rows(), seed);
    let operator = rows_of(sensing, kept);
    let signal = Signal::from(params.signal.clone());
    let truth: Vec<f64> =
        signal.coefficients(operator.cols(), Basis::Identity, seed).map_err(|c| c.within("signal"))?;
    let mut magnitudes = vec![0.0; operator.rows()];
    operator.apply(&truth, &mut magnitudes);
    magnitudes.iter_mut().for_each(|y| *y = y.abs());
    params.noise.add_to(&mut magnitudes, seed);
    magnitudes.iter_mut().for_each(|y| *y = y.max(0.0));
    let column_norms = operator.column_norms();
    // The intensity loss has fourth powers.
    let fits = |value: &f64| value.is_finite() && value.abs() < 1e50;
    if !truth.iter().chain(&magnitudes).chain(&column_norms).all(fits) {
        return Err(Complaint::new("", "the fourth powers of the numbers overflow; make the numbers smaller"));
    }
    Ok(PhaseInstance::new(operator, magnitudes, truth, column_norms, params, seed))
}
