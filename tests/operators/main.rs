//! Every operator against its dense matrix, every sensing matrix against what it promises.
#![cfg(not(target_arch = "wasm32"))]

mod complaints;
mod constructions;
mod every_matrix;
mod every_other_operator;
mod file;
mod laws;
mod screening;
mod statistics;
mod structure;
