//! How sparse processes of this lab are trained: batches, active sets, and predictions at all places.

use super::regression::RegressionInstance;
use crate::contract::{Axis, Kind, Observation, Panel, Run, Status, Trace, Values};
use crate::linalg::Dependent;
use crate::models::gp::{Covariance, Datum, Kernel, Prediction, SparseGp};
use crate::models::{Adam, lloyd};
use crate::signals::random::{Random, Stream};
use std::borrow::Cow;
use std::sync::Arc;

/// Most rows and columns of the picture of active sets.
const MOST_CELLS: usize = 128;

/// Rounds of clustering before the start.
const ROUNDS: usize = 10;

/// Beyond this logarithm of a length scale every kernel is zero or one.
const FARTHEST: f64 = 12.0;

/// Which inducing variables a datum sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Active {
    /// So many nearest ones, each datum its own.
    Nearest(usize),
    /// All that are among so many nearest ones of any datum in the batch.
    Union(usize),
    /// All.
    All,
}

/// Settings that all have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settings {
    pub(super) inducing: usize,
    pub(super) active: Active,
    pub(super) covariance: Covariance,
    pub(super) batch: usize,
    /// Batches a step.
    pub(super) batches: usize,
    pub(super) rate: f64,
    /// Length scale at the start.
    pub(super) scale: f64,
}

/// A process in training.
pub(super) struct Training {
    settings: Settings,
    instance: Arc<RegressionInstance>,
    gp: SparseGp,
    adam: Adam,
    random: Random,
    /// Means, then variances, of new values at all places.
    estimate: Vec<f64>,
    /// Inducing variables that were active in the last batch.
    support: Vec<usize>,
    /// The bound, a datum's share of it.
    bound: f64,
    /// Multiplications of training.
    work: f64,
}

impl Training {
    /// Inducing inputs begin as the means of clusters of the data.
    pub(super) fn new(settings: Settings, instance: Arc<RegressionInstance>) -> Self {
        let mut random = Random::new(0, Stream::Method);
        let count = settings.inducing.min(instance.count());
        let dims = instance.dims;
        let chosen = random.subset(instance.count(), count);
        let mut inputs: Vec<f64> =
            chosen.iter().flat_map(|&i| instance.inputs[i * dims..][..dims].iter().copied()).collect();
        lloyd(&instance.inputs, &mut inputs, dims, ROUNDS);
        if dims == 1 {
            // In order along the line, so that pictures of them are.
            inputs.sort_by(f64::total_cmp);
        }
        let power = instance.values.iter().fold(0.0, |sum, y| sum + y * y) / instance.count() as f64;
        let kernel =
            Kernel { log_scales: vec![libm::log(settings.scale); dims], log_variance: libm::log(power.max(1e-6)) };
        let gp = SparseGp::new(&kernel, libm::log(0.1), &inputs, settings.covariance);
        let mut training = Self {
            adam: Adam::new(gp.parameters.len(), settings.rate),
            settings,
            gp,
            random,
            estimate: vec![0.0; 2 * instance.places.len() / dims],
            support: Vec::new(),
            bound: 0.0,
            work: 0.0,
            instance,
        };
        // Inducing inputs that coincide at the start show in the first step, too.
        let _ = training.predict();
        training
    }

    /// The active set of an input.
    fn set(&self, x: &[f64]) -> Vec<usize> {
        match self.settings.active {
            Active::Nearest(count) | Active::Union(count) => self.gp.neighbours(x, count),
            Active::All => (0..self.gp.count()).collect(),
        }
    }

    /// One batch: the bound's derivatives, and a step of Adam.
    fn learn(&mut self) -> Result<(), Dependent> {
        let instance = self.instance.clone();
        let (n, dims) = (instance.count(), instance.dims);
        let size = self.settings.batch.min(n);
        let batch: Vec<Datum<'_>> = (0..size)
            .map(|_| self.random.below(n))
            .map(|i| Datum { x: &instance.inputs[i * dims..][..dims], y: instance.values[i] })
            .collect();
        let mut gradient = vec![0.0; self.gp.parameters.len()];
        let fit = n as f64 / size as f64;
        let sets: Vec<Vec<usize>> = match self.settings.active {
            Active::All => vec![(0..self.gp.count()).collect()],
            Active::Nearest(_) | Active::Union(_) => batch.iter().map(|datum| self.set(datum.x)).collect(),
        };
        self.support = sets.concat();
        self.support.sort_unstable();
        self.support.dedup();
        let before = self.gp.work;
        let bound = if let Active::Nearest(_) = self.settings.active {
            let mut sum = 0.0;
            for (datum, set) in batch.iter().zip(sets) {
                // The mean of the batch's divergences: a sum would regularise as often as there are data in it.
                sum += self.gp.bound(set, std::slice::from_ref(datum), [fit, 1.0 / size as f64], &mut gradient)?;
            }
            sum
        } else {
            self.gp.bound(self.support.clone(), &batch, [fit, 1.0], &mut gradient)?
        };
        self.bound = bound / n as f64;
        self.work += self.gp.work - before;
        self.adam.ascend(&mut self.gp.parameters, &gradient);
        Ok(())
    }

    /// Predicts new values at all places.
    fn predict(&mut self) -> Result<(), Dependent> {
        let instance = self.instance.clone();
        let noise = libm::exp(2.0 * self.gp.log_noise());
        let predictions: Vec<Prediction> = match self.settings.active {
            Active::All => self.gp.predict((0..self.gp.count()).collect(), &instance.places)?,
            Active::Nearest(_) | Active::Union(_) => {
                let mut all = Vec::with_capacity(self.estimate.len() / 2);
                for x in instance.places.chunks_exact(instance.dims) {
                    let set = self.set(x);
                    all.extend(self.gp.predict(set, x)?);
                }
                all
            }
        };
        let (means, variances) = self.estimate.split_at_mut(predictions.len());
        for ((mean, variance), told) in means.iter_mut().zip(variances).zip(&predictions) {
            (*mean, *variance) = (told.mean, told.variance + noise);
        }
        Ok(())
    }

    /// Whether every number can be worked with.
    fn is_sound(&self) -> bool {
        let kernel = self.gp.kernel();
        let hyper = kernel.log_scales.iter().chain([&kernel.log_variance]).all(|log| log.abs() < FARTHEST);
        hyper && self.gp.log_noise().abs() < FARTHEST && self.gp.size().is_finite() && self.bound.is_finite()
    }

    /// Active sets along the line: a row an inducing variable, lit where it is active; in the plane, what the middle sees.
    fn active_panel(&self) -> Panel<'static> {
        let (dims, count) = (self.instance.dims, self.gp.count());
        let panel = |kind, shape, values, x, y| Panel {
            id: "active",
            title: "Active sets",
            caption: if dims == 1 {
                "inducing variables, a row each: lit for the inputs that see it"
            } else {
                "inducing inputs, and those that the middle of the plane sees"
            },
            kind,
            shape,
            values: Values::give(values),
            x: Axis::plain(x),
            y: Axis::plain(y),
            marks: Vec::new(),
            table: None,
        };
        if dims == 1 {
            let rows = count.min(MOST_CELLS);
            let grid: Vec<f64> = self.instance.grid().iter().step_by(2).copied().collect();
            let mut values = vec![0.0; rows * grid.len()];
            for (j, x) in grid.iter().enumerate() {
                for i in self.set(std::slice::from_ref(x)) {
                    values[i * rows / count * grid.len() + j] = 1.0;
                }
            }
            return panel(Kind::Heat, (rows, grid.len()), values, "input", "inducing variable");
        }
        let z = self.gp.inputs();
        let middle = [5.0, 5.0];
        let mut values: Vec<f64> = z.chunks_exact(2).flat_map(|z| [z[0], z[1], z[0], z[1], 1.0]).collect();
        if self.settings.active != Active::All {
            values.extend(self.set(&middle).iter().flat_map(|&i| [middle[0], middle[1], z[2 * i], z[2 * i + 1], 1.0]));
        }
        values.extend([middle[0], middle[1], middle[0], middle[1], -1.0]);
        panel(Kind::Links, (values.len() / 5, 5), values, "x", "y")
    }
}

impl Run for Training {
    fn step(&mut self) -> Status {
        for _ in 0..self.settings.batches {
            let before = self.gp.parameters.clone();
            if self.learn().is_err() || !self.is_sound() {
                self.gp.parameters = before;
                return Status::Failed(
                    "A covariance has become singular in double precision. A smaller rate or fewer inducing variables would help".into(),
                );
            }
        }
        let before = self.estimate.clone();
        if self.predict().is_err() || !self.estimate.iter().all(|value| value.is_finite()) {
            self.estimate = before;
            return Status::Failed("Inducing inputs coincide. Fewer of them, or a smaller rate, would help".into());
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        let bars = |(id, title, caption), values: &[f64]| Panel {
            id,
            title,
            caption,
            kind: Kind::Bars,
            shape: (1, values.len()),
            values: Values::give(values.to_vec()),
            x: Axis::plain("inducing variable"),
            y: Axis::plain("value"),
            marks: Vec::new(),
            table: None,
        };
        let panels = vec![
            self.active_panel(),
            bars(("means", "Inducing means", "$m$, what the inducing variables have learned"), self.gp.means()),
        ];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let kernel = self.gp.kernel();
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "bound", value: self.bound },
                Trace { name: "multiplications", value: self.work },
                Trace { name: "length_scale", value: libm::exp(kernel.log_scales[0]) },
                Trace { name: "noise_level", value: libm::exp(self.gp.log_noise()) },
                Trace { name: "active", value: self.support.len() as f64 },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}
