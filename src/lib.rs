//! Pursuit: a visual lab of sparsity.
//!
//! The crate is a house with floors; each module imports only from the modules listed below it.
//! `docs/architecture.md` is the plan, [`contract`] has the vocabulary (Problem, Method, Run,
//! Observation, Exhibit, Spec), and a method such as [`labs::recovery::omp`] is the best first read.

// The browser is the one place without an operating system; wasm32-wasip1 has the command line.
#[cfg(not(target_os = "unknown"))]
pub mod cli;
#[cfg(target_os = "unknown")]
pub mod web;

pub mod claims;
pub mod figures;
pub mod sweep;

pub mod labs;

pub mod models;

pub mod contract;
pub mod losses;
pub mod penalties;
pub mod theory;

pub mod operators;
pub mod signals;

pub mod couplings;
pub mod linalg;
pub mod transforms;

mod complaint;
pub mod kernels;
