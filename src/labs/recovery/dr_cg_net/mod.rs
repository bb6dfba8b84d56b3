//! Deep regularised compound Gaussian network, DR-CG-Net: compound Gaussian least squares unfolded into layers.
//!
//! ```text
//! x = z o u,  z >= 0,  u ~ N(0, P)
//! K blocks of J steps of the scales z, in which a small convolutional network stands for what scales cost,
//! each block ended by the best u for its scales; then a step for x itself              (network.rs)
//! learn all filters, lengths of steps and P by the mean absolute error of x            (supervised/trainer.rs)
//! ```
//!
//! A step of the run is a batch. `A` is m x n and real. An example costs `O(K (m^2 n + m^3 / 3))`, `O(K J D F^2 n)` for D layers of
//! F filters, and some 8 K J products, forwards and backwards. Filters are of pictures where the unknowns are a picture, else of
//! lines.
//!
//! Lyons, Raj and Cheney, "Deep regularized compound Gaussian network for solving linear inverse problems" (2024), Section IV.

pub mod covariance;
mod exhibit;
pub mod network;

pub use covariance::CovarianceShape;

use super::LinearMethod;
use super::compound_gaussian::{ScaleStep, measuring, over_unknowns};
use super::linear::LinearInstance;
use super::supervised::{Example, Examples, Learning, Network, Schedule, Trainer, grid_of, mean_absolute_error};
use crate::contract::{Axis, Complaint, Exhibit, Kind, MethodCard, Panel, Run, Values};
use crate::kernels::{Scalar, norm_inf};
use crate::models::convolution::Convolutions;
use crate::signals::random::{Random, Stream};
use covariance::Learned;
use network::{Layers, Pass};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Bars of the histogram.
const BARS: usize = 31;

/// Parameters of DR-CG-Net.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DrCgNet {
    /// What the small networks stand for: the derivative of what scales cost, or its proximal operator.
    pub form: ScaleStep,
    /// Blocks, K.
    #[schemars(range(min = 1, max = 10))]
    pub blocks: usize,
    /// Steps of the scales in a block, J.
    #[schemars(range(min = 1, max = 10))]
    pub steps: usize,
    /// Layers of a small network.
    #[schemars(range(min = 1, max = 8))]
    pub layers: usize,
    /// Filters of such a layer.
    #[schemars(range(min = 1, max = 32))]
    pub filters: usize,
    /// What is learned of the covariance of u.
    pub covariance: CovarianceShape,
    /// Variance of u to begin with.
    #[schemars(range(min = 1e-4, max = 1e6), extend("x-scale" = "log"))]
    pub variance: f64,
    /// Largest scale at the start, b.
    #[schemars(range(min = 1e-6, max = 1e6), extend("x-scale" = "log"))]
    pub bound: f64,
    /// Examples to learn from.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub examples: usize,
    /// Examples in a batch.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Most batches.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Batches from a look at other examples to the next.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub look: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.00001, max = 1.0), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Share of entries of an example that are not zero, where the unknowns are no picture.
    #[schemars(range(min = 0.001, max = 1.0), extend("x-scale" = "log"))]
    pub density: f64,
    /// Seed of the examples and of the filters to begin with.
    #[schemars(range(min = 0, max = 1_000_000))]
    pub examples_seed: u64,
}

impl Default for DrCgNet {
    fn default() -> Self {
        Self {
            form: ScaleStep::Ista,
            blocks: 3,
            steps: 2,
            layers: 3,
            filters: 8,
            covariance: CovarianceShape::Constant,
            variance: 10.0,
            bound: 10.0,
            examples: 20,
            batch: 4,
            batches: 150,
            look: 10,
            rate: 0.01,
            density: 0.08,
            examples_seed: 1,
        }
    }
}

impl LinearMethod for DrCgNet {
    const CARD: MethodCard = MethodCard {
        id: "dr-cg-net",
        lab: "recovery",
        problem: "linear",
        title: "Deep regularised compound Gaussian network",
        short: "DR-CG-Net",
        sentence: "of {blocks} blocks, learned from {examples} examples",
        line: "Compound Gaussian least squares in a few layers, which learn from few examples what scales cost",
        cost: "as many factorisations of an m x m matrix as there are blocks for an example, and some eight products a layer",
        when: "there are few examples to learn from, and the matrix is known",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.batches
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real(Self::CARD.short)?;
        let layers = Layers {
            measuring: measuring(&instance, Self::CARD.short)?,
            norm: instance.squared_norm().sqrt(),
            blocks: self.blocks,
            steps: self.steps,
            form: self.form,
            bound: self.bound,
            filters: Convolutions::new(grid_of(&instance), self.layers, self.filters),
            covariance: Learned { shape: self.covariance, entries: instance.cols(), first: self.variance },
        };
        let schedule = Schedule {
            examples: self.examples,
            batch: self.batch,
            batches: self.batches,
            look: self.look,
            rate: self.rate,
        };
        let random = Random::new(self.examples_seed, Stream::Method);
        let examples = Examples { instance: instance.clone(), density: self.density, random };
        let unfolded = Unfolded { layers, side: instance.picture_side() };
        Ok(Box::new(Learning::new(instance, Trainer::new(unfolded, examples, schedule))))
    }
}

/// The layers as a network that learns.
struct Unfolded {
    layers: Layers,
    side: Option<usize>,
}

impl Network for Unfolded {
    fn initial(&self, random: &mut Random) -> Vec<f64> {
        self.layers.initial(random)
    }

    fn answer(&self, weights: &[f64], y: &[f64]) -> Option<Vec<f64>> {
        self.layers.forward(weights, y).map(|pass| pass.output().to_vec())
    }

    fn learn(&self, weights: &[f64], example: &Example, gradient: &mut [f64]) -> Option<f64> {
        let pass = self.layers.forward(weights, &example.measurements)?;
        let (loss, by_output) = mean_absolute_error(pass.output(), &example.truth);
        self.layers.backward(weights, &pass, by_output, gradient);
        Some(loss)
    }

    fn products(&self) -> (f64, f64) {
        let (steps, updates) = (self.layers.depth() as f64, self.layers.blocks as f64 + 1.0);
        (2.0 * steps + updates + 1.0, 4.0 * steps + 3.0 * updates + 1.0)
    }

    fn panels(&self, weights: &[f64], y: &[f64]) -> Vec<Panel<'static>> {
        let Some(pass) = self.layers.forward(weights, y) else { return Vec::new() };
        let lengths = weights[..self.layers.depth()].to_vec();
        let mut panels = vec![
            over_unknowns(("scales", "Scales", "$z$ after the last block"), pass.scales().to_vec(), self.side),
            over_unknowns(
                ("gaussian", "Gaussian part", "$u$ after the last block"),
                pass.gaussian().to_vec(),
                self.side,
            ),
            over_unknowns(("product", "Refined product", "$x$, the answer"), pass.output().to_vec(), self.side),
            bars(
                ("lengths", "Lengths of the steps", "$\\eta$, all 1 before learning; the last is the refinement's"),
                lengths,
                "step",
            ),
        ];
        panels.push(self.covariance(weights));
        panels.push(histogram(&pass));
        panels
    }
}

impl Unfolded {
    fn covariance(&self, weights: &[f64]) -> Panel<'static> {
        let covariance = self.layers.covariance.of(&weights[self.layers.of_covariance()]);
        if self.layers.covariance.shape == CovarianceShape::Constant {
            let first = self.layers.covariance.first;
            return bars(
                ("covariance", "Variance of u", "before learning and now"),
                vec![first, covariance.diagonal[0]],
                "then and now",
            );
        }
        over_unknowns(("covariance", "Variances of u", "the diagonal of $P_u$"), covariance.diagonal, self.side)
    }
}

/// How often entries of the answer are how large: the law that the network has come to.
fn histogram(pass: &Pass) -> Panel<'static> {
    let x = pass.output();
    let most = norm_inf(x).max(f64::MIN_POSITIVE);
    let mut counts = vec![0.0; BARS];
    for x in x {
        let place = (x / most + 1.0) * 0.5 * BARS as f64;
        counts[(place as usize).min(BARS - 1)] += 1.0 / pass.output().len() as f64;
    }
    bars(("entries", "Law of the entries", "share of entries by size, zero in the middle"), counts, "size")
}

fn bars(
    (id, title, caption): (&'static str, &'static str, &'static str),
    values: Vec<f64>,
    x: &'static str,
) -> Panel<'static> {
    Panel {
        id,
        title,
        caption,
        kind: Kind::Bars,
        shape: (1, values.len()),
        values: Values::give(values),
        table: None,
        x: Axis::plain(x),
        y: Axis::plain("value"),
        marks: Vec::new(),
    }
}
