//! What theory says before anything is run.

pub mod coherence;
pub mod exact_recovery;
pub mod gaussian_isometry;
pub mod l1_transition;
pub mod minimax;
pub mod normal;
pub mod penalty_choice;
pub mod restricted_isometry;
pub mod spectrum;
pub mod state_evolution;
pub mod statistical_dimension;
