//! Networks that learn from examples of their own before they answer: what such methods share.
//!
//! A network knows the matrix and the kind of signal, never the instance's truth. A step of the run is a batch, and the estimate is
//! what the network so far makes of the instance's own measurements, which are no example.

mod examples;
mod learning;
mod trainer;

pub use examples::{Example, Examples};
pub use learning::Learning;
pub use trainer::{Schedule, Trainer};

use super::linear::LinearInstance;
use crate::contract::Panel;
use crate::models::convolution::Grid;
use crate::signals::random::Random;

/// A differentiable map from measurements to unknowns, but for its weights.
pub trait Network: Send {
    /// Weights to begin with.
    fn initial(&self, random: &mut Random) -> Vec<f64>;

    /// What it makes of the measurements `y`; `None` where numbers overflow.
    fn answer(&self, weights: &[f64], y: &[f64]) -> Option<Vec<f64>>;

    /// The mean absolute error of its answer to an example. The derivative by the weights is added to `gradient`.
    fn learn(&self, weights: &[f64], example: &Example, gradient: &mut [f64]) -> Option<f64>;

    /// Products with `A` and its transpose for an answer, and for learning from an example.
    fn products(&self) -> (f64, f64);

    /// What is to be seen of it at work on the measurements `y`.
    fn panels(&self, weights: &[f64], y: &[f64]) -> Vec<Panel<'static>>;
}

/// The mean absolute error of an answer, and its derivative by the answer.
pub fn mean_absolute_error(answer: &[f64], truth: &[f64]) -> (f64, Vec<f64>) {
    let share = 1.0 / truth.len() as f64;
    let gradient: Vec<f64> =
        answer.iter().zip(truth).map(|(x, t)| if x == t { 0.0 } else { share * (x - t).signum() }).collect();
    (answer.iter().zip(truth).fold(0.0, |sum, (x, t)| sum + share * (x - t).abs()), gradient)
}

/// Where the unknowns lie: in a picture, or on a line.
pub fn grid_of(instance: &LinearInstance<f64>) -> Grid {
    instance.picture_side().map_or(Grid::line(instance.cols()), |side| Grid::picture(side, side))
}
