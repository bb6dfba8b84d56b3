//! The problem `one-bit`: recover the direction of a sparse `x` from the signs of `A x + e`.
//!
//! Signs do not know how long x is, so the truth is scaled to the unit sphere, and an answer is judged by its direction.
//! Real.

mod instance;

pub use instance::OneBitInstance;
pub(super) use instance::direction;

use super::linear::draw::rows_of;
use super::linear::{BlockSparse, Clustered, Drawn, Signal, Sparse};
use crate::contract::{Complaint, Files, Instance, ProblemCard, TypedProblem};
use crate::kernels::{Scalar, norm};
use crate::operators::Basis;
use crate::operators::sensing::Matrix;
use crate::signals::noise::Noise;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of `one-bit`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OneBit {
    /// Number of measured signs, m.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub rows: usize,
    /// Number of unknowns, n.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub cols: usize,
    /// The sensing matrix; real.
    pub matrix: Matrix,
    /// The signal, whose direction is to be recovered.
    pub signal: Spikes,
    /// Noise on the measurements before only their signs are kept.
    pub noise: Noise,
    /// Fraction of signs that are reported wrongly.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.01))]
    pub flips: f64,
    /// An entry counts as found when it exceeds this fraction of the largest true entry.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.005))]
    pub active_above: f64,
}

impl Default for OneBit {
    fn default() -> Self {
        let signal = Sparse { sparsity: 10, ..Sparse::default() };
        Self {
            rows: 512,
            cols: 256,
            matrix: Matrix::default(),
            signal: Spikes::Sparse(signal),
            noise: Noise::None,
            flips: 0.0,
            active_above: 0.01,
        }
    }
}

/// The signal, by `id`: the entries themselves are sparse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Spikes {
    /// Spikes in random places.
    #[schemars(extend("x-phrase" = "{sparsity} {amplitude} [spikes]"))]
    Sparse(Sparse),
    /// Spikes in whole blocks.
    #[schemars(extend("x-phrase" = "{blocks} [blocks] of {length} spikes"))]
    BlockSparse(BlockSparse),
    /// Spikes in runs of random lengths.
    #[schemars(extend("x-phrase" = "{sparsity} spikes in {clusters} [clusters]"))]
    Clustered(Clustered),
    /// Spikes drawn by hand.
    #[schemars(extend("x-phrase" = "[drawn spikes]"))]
    Drawn(Drawn),
}

impl From<Spikes> for Signal {
    fn from(spikes: Spikes) -> Self {
        match spikes {
            Spikes::Sparse(signal) => Signal::Sparse(signal),
            Spikes::BlockSparse(signal) => Signal::BlockSparse(signal),
            Spikes::Clustered(signal) => Signal::Clustered(signal),
            Spikes::Drawn(signal) => Signal::Drawn(signal),
        }
    }
}

/// Signs a sample against spikes.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"problem": {"noise": {"id": "none"}, "signal": {"id": "sparse"}}},
    "x": {"param": "problem.rows", "from": 64, "to": 1024, "steps": 9, "scale": "log"},
    "y": {"param": "problem.signal.sparsity", "from": 1, "to": 25, "steps": 9},
    "trials": 20,
    "tolerance": 0.1
}"#;

impl TypedProblem for OneBit {
    const CARD: ProblemCard = ProblemCard {
        id: "one-bit",
        lab: "recovery",
        title: "Sparse recovery from signs",
        sentence: "Recover the direction of {signal} among {cols} from the signs of {rows} {matrix} measurements {noise}, by {methods}.",
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
fn draw(params: &OneBit, seed: u64) -> Result<OneBitInstance, Complaint> {
    if params.matrix.is_complex() {
        return Err(Complaint::new("matrix", "takes a real matrix where only signs are measured; this one is complex"));
    }
    let sensing = params.matrix.draw::<f64>(params.rows, params.cols, seed)?;
    let kept = params.noise.kept(sensing.rows(), seed);
    let operator = rows_of(sensing, kept);
    let signal = Signal::from(params.signal.clone());
    let mut truth: Vec<f64> =
        signal.coefficients(operator.cols(), Basis::Identity, seed).map_err(|c| c.within("signal"))?;
    let size = norm(&truth);
    if size > 0.0 {
        truth.iter_mut().for_each(|x| *x /= size);
    }
    let mut signs = vec![0.0; operator.rows()];
    operator.apply(&truth, &mut signs);
    params.noise.add_to(&mut signs, seed);
    let column_norms = operator.column_norms();
    if !truth.iter().chain(&signs).chain(&column_norms).all(|value| value.is_finite()) {
        return Err(Complaint::new("", "the squares of the numbers overflow; make the numbers smaller"));
    }
    signs.iter_mut().for_each(|y| *y = Scalar::sign(*y));
    let wrong = (params.flips * signs.len() as f64).round() as usize;
    for i in Random::new(seed, Stream::Outliers).subset(signs.len(), wrong) {
        signs[i] = -signs[i];
    }
    Ok(OneBitInstance::new(operator, signs, truth, column_norms, params.active_above))
}
