//! The regression lab: prediction with few coefficients, and what it costs to know which.

mod card_tree;
pub mod classification_tree;
mod incumbent;
mod logistic_path;
pub mod penalised_logistic;
pub mod scoring;
pub mod slim_scoring;
pub mod unit_weights;

use crate::contract::Registry;
use scoring::Scoring;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Scoring>();
    registry.add::<slim_scoring::SlimScoring>();
    registry.add::<penalised_logistic::PenalisedLogistic>();
    registry.add::<unit_weights::UnitWeights>();
    registry.add::<classification_tree::ClassificationTree>();
}
