//! ISTA and IHT unfolded into layers, whose steps are learned with or without the truth.
//!
//! ```text
//! x_0 = 0,   x_(t+1) = prox(x_t + g_t A^* (y - A x_t); g_t),   t < T
//!
//! ISTA   prox = soft threshold at lambda g_t             F(x) = 1/2 |y - A x|^2 + lambda |x|_1
//! IHT    prox = hard threshold at sqrt(2 lambda g_t)     F(x) = 1/2 |y - A x|^2 + lambda |x|_0
//!
//! learn g_1 .. g_T > 0, layer by layer, from examples (x, y) by
//!     supervised     mean |x_T - x|^2
//!     unsupervised   mean F(x_T)
//! ```
//!
//! A step of the run is a batch; the estimate is what the layers so far make of the instance's own measurements, which are no
//! example. `A` is m x n and real. A batch of B examples costs 4 B products with `A` or `A^*` a layer.
//!
//! Nagahisa, Hayakawa and Iiguni, "Comparison between supervised and unsupervised learning in deep unfolded sparse signal
//! recovery" (2025).

mod exhibit;
pub mod network;
pub mod training;

pub use training::Training;

use super::LinearMethod;
use super::linear::LinearInstance;
use crate::contract::{
    Axis, Complaint, Event, Exhibit, Kind, Mark, MethodCard, Observation, Panel, Run, Status, Trace, Values,
};
use crate::kernels::{Scalar, distance};
use crate::signals::random::{Random, Stream};
use network::{Pass, Proximal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;
use training::{Examples, Schedule, Trainer};

/// Which iteration is unfolded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unfolded {
    /// Iterative soft thresholding, for a penalty on |x|₁.
    #[default]
    #[schemars(extend("x-label" = "ISTA"))]
    Ista,
    /// Iterative hard thresholding, for a penalty on the number of entries.
    #[schemars(extend("x-label" = "IHT"))]
    Iht,
}

/// Parameters of the unfolded networks.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UnfoldedIstaIht {
    /// The iteration that is unfolded.
    pub iteration: Unfolded,
    /// What the layers learn from.
    pub training: Training,
    /// Layers, T.
    #[schemars(range(min = 1, max = 30))]
    pub layers: usize,
    /// Weight of the penalty.
    #[schemars(range(min = 1e-6, max = 10.0), extend("x-scale" = "log"))]
    pub lambda: f64,
    /// Share of entries of an example that are not zero.
    #[schemars(range(min = 0.001, max = 1.0), extend("x-scale" = "log"))]
    pub density: f64,
    /// Standard deviation of the noise on an example.
    #[schemars(range(min = 0.0, max = 10.0), extend("x-step" = 0.01))]
    pub noise: f64,
    /// Batches for a layer and those before it.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Examples in a batch.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 1.0), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Seed of the examples.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub examples: u64,
}

impl Default for UnfoldedIstaIht {
    fn default() -> Self {
        Self {
            iteration: Unfolded::Ista,
            training: Training::Supervised,
            layers: 10,
            lambda: 0.05,
            density: 0.08,
            noise: 0.05,
            batches: 60,
            batch: 32,
            rate: 0.03,
            examples: 1,
        }
    }
}

impl LinearMethod for UnfoldedIstaIht {
    const CARD: MethodCard = MethodCard {
        id: "unfolded-ista-iht",
        lab: "recovery",
        problem: "linear",
        title: "Unfolded ISTA and IHT",
        short: "unfolded",
        sentence: "{iteration} in {layers} layers with {training} training",
        line: "A few thresholding steps whose lengths are learned from examples",
        cost: "two products with each of A and A^* for an example and layer",
        when: "many signals of one kind are measured by one matrix, and a few steps have to do",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.layers * self.batches
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real(Self::CARD.short)?;
        let lipschitz = instance.squared_norm();
        if lipschitz <= 0.0 {
            return Err(Complaint::new("id", "unfolded steps are in units of 1 / |A|^2, and this matrix is zero"));
        }
        let proximal = match self.iteration {
            Unfolded::Ista => Proximal::Soft(self.lambda),
            Unfolded::Iht => Proximal::Hard(self.lambda),
        };
        let schedule = Schedule {
            training: self.training,
            layers: self.layers,
            batches: self.batches,
            batch: self.batch,
            rate: self.rate,
        };
        let random = Random::new(self.examples, Stream::Method);
        let examples = Examples { density: self.density, noise: self.noise, random };
        let trainer = Trainer::new(instance.operator.clone(), proximal, schedule, examples, lipschitz);
        let plain = trainer.network().forward(&vec![1.0 / lipschitz; self.layers], &instance.measurements);
        let pass = trainer.network().forward(&[], &instance.measurements);
        Ok(Box::new(Learning {
            support: Vec::new(),
            loss: None,
            began: false,
            lipschitz,
            trainer,
            plain,
            pass,
            instance,
        }))
    }
}

/// A run: layers in training, and what they make of the instance.
struct Learning {
    instance: Arc<LinearInstance<f64>>,
    trainer: Trainer,
    lipschitz: f64,
    /// The iteration with steps of `1 / L`, as deep as the network will be.
    plain: Pass,
    /// The layers so far.
    pass: Pass,
    support: Vec<usize>,
    loss: Option<f64>,
    /// Whether the last batch was the first of a layer.
    began: bool,
}

impl Learning {
    /// Two rows over the layers, plain and learned; both have as many numbers.
    fn by_layer(&self, name: (&'static str, &'static str, &'static str), of: impl Fn(&[f64]) -> f64) -> Panel<'static> {
        let depth = self.pass.states.len();
        let rows = [&self.plain.states[..depth], &self.pass.states[..]];
        let values: Vec<f64> = rows.into_iter().flatten().map(|x| of(x)).collect();
        Panel {
            id: name.0,
            title: name.1,
            caption: name.2,
            kind: Kind::Curves,
            shape: (2, depth),
            values: Values::give(values),
            table: None,
            x: Axis::plain("layer"),
            y: Axis { label: "", unit: "", log: true },
            marks: Vec::new(),
        }
    }

    fn panels(&self) -> Vec<Panel<'static>> {
        let steps: Vec<f64> = self.trainer.steps().iter().map(|step| step * self.lipschitz).collect();
        let mut panels = vec![Panel {
            id: "steps",
            title: "Steps of the layers",
            caption: "$g_t |A|^2$; above the line a single step could diverge",
            kind: Kind::Bars,
            shape: (1, steps.len()),
            values: Values::give(steps),
            table: None,
            x: Axis::plain("layer"),
            y: Axis::plain("step"),
            marks: vec![Mark::Threshold { value: 2.0 }],
        }];
        let y = &self.instance.measurements;
        let caption = "$F(x_t)$ on this instance, with steps of $1/|A|^2$ and as learned";
        panels.push(
            self.by_layer(("objective", "Objective by layer", caption), |x| self.trainer.network().objective(x, y)),
        );
        if let Some(truth) = &self.instance.truth {
            let caption = "$|x_t - x|$ on this instance, with steps of $1/|A|^2$ and as learned";
            panels.push(self.by_layer(("error", "Error by layer", caption), |x| distance(x, truth)));
        }
        panels
    }
}

impl Run for Learning {
    fn step(&mut self) -> Status {
        self.began = self.trainer.begins_layer();
        self.loss = self.trainer.advance();
        let steps = self.trainer.steps();
        self.pass = self.trainer.network().forward(&steps, &self.instance.measurements);
        let output = self.pass.output();
        if !output.iter().all(|x| x.is_finite()) {
            return Status::Diverged(
                "the layers throw the estimate away; a smaller rate would keep steps short".into(),
            );
        }
        self.support = (0..output.len()).filter(|&j| output[j] != 0.0).collect();
        if self.trainer.is_done() { Status::Converged("all layers are trained".into()) } else { Status::Running }
    }

    fn observe(&self) -> Observation<'_> {
        Observation { panels: self.panels(), ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let output = self.pass.output();
        let objective = self.trainer.network().objective(output, &self.instance.measurements);
        let mut traces = vec![Trace { name: "objective", value: objective }];
        traces.extend(self.loss.map(|value| Trace { name: "training_loss", value }));
        let layer = self.pass.states.len() - 1;
        Observation {
            estimate: Values::lend(output),
            support: Cow::Borrowed(&self.support),
            traces,
            panels: Vec::new(),
            events: if self.began { vec![Event::Round { number: layer }] } else { Vec::new() },
            // Those of training, and of one pass.
            products: self.trainer.products() + 2.0 * layer as f64,
        }
    }
}
