//! The decision lab: sparse Gaussian processes, nested optimisation, games.

pub mod exact_gp;
pub mod regression;
pub mod svgp;
pub mod sws_gp;
mod training;

use crate::contract::Registry;
use regression::Regression;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Regression>();
    registry.add::<sws_gp::SwsGp>();
    registry.add::<svgp::Svgp>();
    registry.add::<exact_gp::ExactProcess>();
}
