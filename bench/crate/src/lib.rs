//! What `npm run bench` times. A [`Task`] is made from JSON, in the worker of a tab and natively alike; both doors then
//! ask for the same things: fresh input, one timed run, the answer and its fingerprint.
//!
//! | JSON | a run |
//! |---|---|
//! | `{"spec": Spec}` | the first method of the Spec, from a matrix in memory to its ending |
//! | `{"sweep": Sweep, "from": i, "every": k}` | every k-th trial, drawn and solved |
//! | `{"product": "adjoint" or "apply", "spec": Spec, "times": t}` | t products with the Spec's matrix |

#[cfg(target_arch = "wasm32")]
mod door;
mod product;
mod recovery;
mod sweep;

use serde_json::Value;

/// One thing to time.
pub trait Task {
    /// Makes input that no run has seen, outside of the clock: copies that a solver makes of it are made again.
    fn refresh(&mut self);

    /// What is timed.
    fn run(&mut self);

    /// The last run's answer: an estimate, a product, or the share of successes.
    fn answer(&self) -> Vec<f64>;

    /// Fingerprint of the answer's bits.
    fn digest(&self) -> String;

    /// Steps of the last run, products or trials.
    fn steps(&self) -> usize;

    /// The matrix, column by column, and the measurements; empty where each trial draws its own.
    fn input(&self) -> Input<'_> {
        Input::default()
    }
}

/// `A` and `y`.
#[derive(Default)]
pub struct Input<'a> {
    /// Number of rows.
    pub rows: usize,
    /// `A`, column by column.
    pub columns: &'a [f64],
    /// `y`.
    pub measurements: &'a [f64],
}

/// Makes a task.
///
/// # Errors
/// One sentence about what cannot be used.
pub fn task(text: &str) -> Result<Box<dyn Task>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    if value.get("sweep").is_some() {
        Ok(Box::new(sweep::Trials::new(&value)?))
    } else if value.get("product").is_some() {
        Ok(Box::new(product::Products::new(&value)?))
    } else {
        Ok(Box::new(recovery::Solve::new(&value)?))
    }
}
