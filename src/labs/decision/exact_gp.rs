//! An exact Gaussian process, or one that looks at the nearest data only.
//!
//! ```text
//! repeat
//!     climb log p(y_B) of a random subset B of the data, by Adam         hyper-parameters
//! predict from all data, or at each place from the nearest ones
//! ```
//!
//! Learning costs O(B^3) a batch, predicting O(N^3) once, or O(H^3) a place. Rasmussen and Williams (2006), chapters 2 and 5; the
//! nearest data alone are what Vecchia (1988) conditions on.

use super::regression::RegressionInstance;
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::linalg::Dependent;
use crate::models::Adam;
use crate::models::gp::{ExactGp, Kernel, evidence, nearest};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Most data of a process that sees all.
const MOST: usize = 1000;

/// Hyper-parameters whose logarithm is larger mean nothing.
const FARTHEST: f64 = 12.0;

/// Parameters of an exact process.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ExactProcess {
    /// Nearest data that a prediction sees; all of them when not set.
    #[schemars(range(min = 1, max = 128), extend("x-scale" = "log"))]
    pub nearest: Option<usize>,
    /// Data in a batch.
    #[schemars(range(min = 8, max = 256), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 0.5), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Length scale at the start; inputs go from 0 to 10.
    #[schemars(range(min = 0.02, max = 10.0), extend("x-scale" = "log"))]
    pub scale: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 500), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for ExactProcess {
    fn default() -> Self {
        Self { nearest: None, batch: 100, rate: 0.1, scale: 0.3, max_steps: 30 }
    }
}

impl TypedMethod for ExactProcess {
    type Instance = RegressionInstance;

    const CARD: MethodCard = MethodCard {
        id: "exact-gp",
        lab: "decision",
        problem: "gp-regression",
        title: "Exact GP",
        short: "Exact GP",
        sentence: "in {max_steps} steps",
        line: "Conditions on all data, or on the nearest ones",
        cost: "O(N^3), or O(H^3) a prediction from the H nearest data",
        when: "there are at most some hundred data",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<RegressionInstance>) -> Result<Box<dyn Run>, Complaint> {
        if self.nearest.is_none() && instance.count() > MOST {
            let message = format!("is needed for more than {MOST} data; there are {}", instance.count());
            return Err(Complaint::new("nearest", message));
        }
        let power = instance.values.iter().fold(0.0, |sum, y| sum + y * y) / instance.count() as f64;
        let mut logs = vec![libm::log(self.scale); instance.dims];
        logs.extend([libm::log(power.max(1e-6)), libm::log(0.1)]);
        Ok(Box::new(Conditioning {
            adam: Adam::new(logs.len(), self.rate),
            settings: self.clone(),
            random: Random::new(0, Stream::Method),
            estimate: [
                vec![0.0; instance.places.len() / instance.dims],
                vec![power; instance.places.len() / instance.dims],
            ]
            .concat(),
            evidence: 0.0,
            logs,
            instance: instance.clone(),
        }))
    }
}

/// A run.
struct Conditioning {
    settings: ExactProcess,
    instance: Arc<RegressionInstance>,
    /// `log l`, `log a`, `log s`.
    logs: Vec<f64>,
    adam: Adam,
    random: Random,
    estimate: Vec<f64>,
    /// Of the last batch, a datum's share.
    evidence: f64,
}

impl Conditioning {
    fn kernel(&self) -> Kernel {
        let dims = self.instance.dims;
        Kernel { log_scales: self.logs[..dims].to_vec(), log_variance: self.logs[dims] }
    }

    fn log_noise(&self) -> f64 {
        self.logs[self.instance.dims + 1]
    }

    /// Inputs and values of some data.
    fn taken(&self, indices: &[usize]) -> (Vec<f64>, Vec<f64>) {
        let dims = self.instance.dims;
        let inputs = indices.iter().flat_map(|&i| self.instance.inputs[i * dims..][..dims].iter().copied());
        (inputs.collect(), indices.iter().map(|&i| self.instance.values[i]).collect())
    }

    fn learn(&mut self) -> Result<(), Dependent> {
        let size = self.settings.batch.min(self.instance.count());
        let chosen = self.random.subset(self.instance.count(), size);
        let (inputs, values) = self.taken(&chosen);
        let (value, gradient) = evidence(&self.kernel(), self.log_noise(), &inputs, &values)?;
        self.evidence = value / size as f64;
        self.adam.ascend(&mut self.logs, &gradient);
        self.logs.iter_mut().for_each(|log| *log = log.clamp(-FARTHEST, FARTHEST));
        Ok(())
    }

    fn predict(&mut self) -> Result<(), Dependent> {
        let instance = self.instance.clone();
        let (kernel, log_noise) = (self.kernel(), self.log_noise());
        let all = match self.settings.nearest {
            None => Some(ExactGp::new(&kernel, log_noise, &instance.inputs, &instance.values)?),
            Some(_) => None,
        };
        let places = instance.places.len() / instance.dims;
        for (i, x) in instance.places.chunks_exact(instance.dims).enumerate() {
            let told = match (&all, self.settings.nearest) {
                (Some(gp), _) => gp.predict(x),
                (None, count) => {
                    let chosen = nearest(&kernel.weights(), &instance.inputs, x, count.unwrap_or(1));
                    let (inputs, values) = self.taken(&chosen);
                    ExactGp::new(&kernel, log_noise, &inputs, &values)?.predict(x)
                }
            };
            self.estimate[i] = told.mean;
            self.estimate[places + i] = told.variance + libm::exp(2.0 * log_noise);
        }
        Ok(())
    }
}

impl Run for Conditioning {
    fn step(&mut self) -> Status {
        let (estimate, logs) = (self.estimate.clone(), self.logs.clone());
        let done = self.learn().and_then(|()| self.predict());
        if done.is_err() || !self.evidence.is_finite() || !self.estimate.iter().all(|value| value.is_finite()) {
            (self.estimate, self.logs, self.evidence) = (estimate, logs, 0.0);
            return Status::Failed(
                "The covariance is singular in double precision. More noise, or a smaller rate, would help".into(),
            );
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&[]),
            traces: vec![
                Trace { name: "bound", value: self.evidence },
                Trace { name: "length_scale", value: libm::exp(self.logs[0]) },
                Trace { name: "noise_level", value: libm::exp(self.log_noise()) },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}

static NOTE: Note = Note {
    formula: r"\mu(x) = k_x^\top (K + s^2 I)^{-1} y, \qquad v(x) = k(x, x) - k_x^\top (K + s^2 I)^{-1} k_x + s^2",
    breaks: "All data at once are refused beyond 1000. From the nearest ones alone the mean jumps where they change, and each place costs an inverse. One length scale a dimension serves everywhere: where the truth bends more in one place than in another it smooths the one or follows noise in the other. With next to no noise and inputs close together the covariance is singular.",
};
