//! The transport lab: moving one measure onto another by plans in which little is not zero.

pub mod entropic;
mod hessian;
pub mod sinkhorn;
pub mod sinkhorn_newton_sparse;

use crate::contract::Registry;
use entropic::Transport;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Transport>();
    registry.add::<sinkhorn_newton_sparse::SinkhornNewtonSparse>();
    registry.add::<sinkhorn::Sinkhorn>();
}
