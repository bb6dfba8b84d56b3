//! The dictionaries lab: learning the atoms in which data are sparse.

pub mod batch_topk_sae;
pub mod features;
pub mod jumprelu_sae;
pub mod matryoshka_sae;
pub mod random_prefix_sae;
pub mod topk_sae;
mod training;

use crate::contract::Registry;
use features::Features;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Features>();
    registry.add::<matryoshka_sae::MatryoshkaSae>();
    registry.add::<random_prefix_sae::RandomPrefixSae>();
    registry.add::<batch_topk_sae::BatchTopkSae>();
    registry.add::<topk_sae::TopkSae>();
    registry.add::<jumprelu_sae::JumpreluSae>();
}
