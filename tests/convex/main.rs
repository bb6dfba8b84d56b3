//! Convex recovery: the LASSO, basis pursuit and its reweighted rounds, and their kin with other losses and penalties, held to
//! optimality conditions.

mod basis_pursuit;
mod cases;
mod certified;
mod constraints;
mod lasso;
mod peers;
mod penalties;
mod pivotal;
mod reweighted;
mod solve;
