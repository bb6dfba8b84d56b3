//! A convolutional network that repairs what the adjoint makes of the measurements.
//!
//! ```text
//! b = t A^T y,  t = |A^T y|^2 / |A A^T y|^2        the multiple that explains y best
//! x = b + W(b)                                     W: layers of filters
//! learn W by the mean absolute error of x
//! ```
//!
//! It has to learn everything that the matrix does from examples. A step of the run is a batch. `A` is m x n and real; an example costs three
//! products and `O(D F^2 n)` for D layers of F filters. Filters are of pictures where the unknowns are a picture, else of lines.
//!
//! Jin, McCann, Froustey and Unser, "Deep convolutional neural network for inverse problems in imaging" (2017), with the adjoint in place
//! of filtered back-projection, and layers at one scale.

use super::LinearMethod;
use super::compound_gaussian::over_unknowns;
use super::linear::LinearInstance;
use super::supervised::{Example, Examples, Learning, Network, Schedule, Trainer, grid_of, mean_absolute_error};
use crate::contract::{Complaint, MethodCard, Note, Panel, Run};
use crate::kernels::{Scalar, axpy, dot};
use crate::models::convolution::Convolutions;
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of the plain convolutional network.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PlainCnn {
    /// Layers.
    #[schemars(range(min = 1, max = 20))]
    pub layers: usize,
    /// Filters of a layer.
    #[schemars(range(min = 1, max = 32))]
    pub filters: usize,
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

impl Default for PlainCnn {
    fn default() -> Self {
        Self {
            layers: 10,
            filters: 8,
            examples: 20,
            batch: 4,
            batches: 150,
            look: 10,
            rate: 0.005,
            density: 0.08,
            examples_seed: 1,
        }
    }
}

impl LinearMethod for PlainCnn {
    const CARD: MethodCard = MethodCard {
        id: "plain-cnn",
        lab: "recovery",
        problem: "linear",
        title: "Convolutional network on the adjoint",
        short: "plain CNN",
        sentence: "of {layers} layers, learned from {examples} examples",
        line: "Filters repair what the adjoint makes of the measurements",
        cost: "the layers, and three products for an example",
        when: "there are many examples, and answers must cost next to nothing",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.batches
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real(Self::CARD.short)?;
        let schedule = Schedule {
            examples: self.examples,
            batch: self.batch,
            batches: self.batches,
            look: self.look,
            rate: self.rate,
        };
        let random = Random::new(self.examples_seed, Stream::Method);
        let examples = Examples { instance: instance.clone(), density: self.density, random };
        let repair = Repair {
            operator: instance.operator.clone(),
            filters: Convolutions::new(grid_of(&instance), self.layers, self.filters),
            side: instance.picture_side(),
        };
        Ok(Box::new(Learning::new(instance, Trainer::new(repair, examples, schedule))))
    }
}

/// The adjoint and the layers.
struct Repair {
    operator: Arc<dyn LinearOperator<f64>>,
    filters: Convolutions,
    side: Option<usize>,
}

impl Repair {
    /// `t A^T y`.
    fn back(&self, y: &[f64]) -> Vec<f64> {
        let (mut back, mut image) = (vec![0.0; self.operator.cols()], vec![0.0; y.len()]);
        self.operator.adjoint(y, &mut back);
        self.operator.apply(&back, &mut image);
        let length = dot(&image, &image);
        let step = if length > 0.0 { dot(&back, &back) / length } else { 0.0 };
        back.iter_mut().for_each(|b| *b *= step);
        back
    }

    /// The maps, and the answer.
    fn forward(&self, weights: &[f64], y: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
        let mut x = self.back(y);
        let maps = self.filters.forward(weights, &x);
        axpy(1.0, &maps[maps.len() - 1], &mut x);
        (maps, x)
    }
}

impl Network for Repair {
    fn initial(&self, random: &mut Random) -> Vec<f64> {
        self.filters.initial(random)
    }

    fn answer(&self, weights: &[f64], y: &[f64]) -> Option<Vec<f64>> {
        Some(self.forward(weights, y).1)
    }

    fn learn(&self, weights: &[f64], example: &Example, gradient: &mut [f64]) -> Option<f64> {
        let (maps, x) = self.forward(weights, &example.measurements);
        let (loss, by_output) = mean_absolute_error(&x, &example.truth);
        self.filters.backward(weights, &maps, by_output, gradient);
        Some(loss)
    }

    fn products(&self) -> (f64, f64) {
        (2.0, 3.0)
    }

    fn panels(&self, weights: &[f64], y: &[f64]) -> Vec<Panel<'static>> {
        let (maps, x) = self.forward(weights, y);
        let repair = maps[maps.len() - 1].clone();
        vec![
            over_unknowns(("adjoint", "What the adjoint makes", "$b = t A^\\top y$"), maps[0].clone(), self.side),
            over_unknowns(("repair", "What is added", "$W(b)$"), repair, self.side),
            over_unknowns(("product", "Their sum", "$x$, the answer"), x, self.side),
        ]
    }
}

static NOTE: Note = Note {
    formula: r"b = t\, A^\top y, \quad t = \frac{\|A^\top y\|^2}{\|A A^\top y\|^2}, \qquad x = b + W(b)",
    breaks: "It has to learn from examples what the matrix does, and nothing holds its answer to the measurements. A random matrix spreads every entry over all of the adjoint, where filters that see neighbours find little: here it is about as poor with two hundred pictures as with twenty. It is made for one matrix and one kind of signal, both real.",
};
