//! The retrieval lab: finding a text among many by few terms.

mod contrastive;
mod encoder;
mod index;
pub mod search;
mod searching;

pub mod bm25;
pub mod coil;
pub mod colbert;
pub mod slim_retrieval;
pub mod splade_max;

use crate::contract::Registry;
use search::Search;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Search>();
    registry.add::<slim_retrieval::SlimRetrieval>();
    registry.add::<bm25::Bm25>();
    registry.add::<splade_max::SpladeMax>();
    registry.add::<coil::Coil>();
    registry.add::<colbert::Colbert>();
}
