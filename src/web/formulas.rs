//! Formulas that the page draws or speaks of without a run.

use crate::sweep::wilson;
use wasm_bindgen::prelude::*;

/// Largest `k / m` that l1 minimisation recovers at `delta = m / n`; see [`crate::theory::l1_transition`].
#[wasm_bindgen]
pub fn l1_transition(delta: f64) -> f64 {
    crate::theory::l1_transition::signed(delta)
}

/// Worst mean squared error a coordinate over the noise variance of a measurement, of the best-tuned LASSO on real signals;
/// see [`crate::theory::minimax::Entries::noise_sensitivity`]. Infinite above the transition.
#[wasm_bindgen]
pub fn noise_sensitivity(delta: f64, rho: f64) -> f64 {
    crate::theory::minimax::Entries::Signed.noise_sensitivity(delta, rho)
}

/// Wilson's 95 % interval for a rate: `[low, high]`.
#[wasm_bindgen]
pub fn wilson_interval(successes: usize, trials: usize) -> Vec<f64> {
    let (low, high) = wilson::interval(successes, trials);
    vec![low, high]
}
