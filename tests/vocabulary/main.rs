//! The classic methods beyond the first set: against the catalogue's table, closed forms, exhaustive search, other
//! libraries' answers, and input that leads nowhere.
#![cfg(not(target_arch = "wasm32"))]

mod bayes;
mod best_subset;
mod block;
mod cases;
mod degenerate;
mod greedy;
mod reweighted;
