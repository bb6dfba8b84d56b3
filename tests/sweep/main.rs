//! Phase diagrams: the same tally in any order, contours that are right, and trials that go where they tell most.
#![cfg(not(target_arch = "wasm32"))]

mod adaptive;
mod coin;
mod file;
mod merge;
mod transition;
mod trials;
