//! The worker's door.

use crate::Task;
use js_sys::Float64Array;
use wasm_bindgen::prelude::*;

/// A task in a tab; JavaScript holds the clock.
#[wasm_bindgen]
pub struct Timed(Box<dyn Task>);

#[wasm_bindgen]
impl Timed {
    /// Makes a task.
    ///
    /// # Errors
    /// One sentence about what cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str) -> Result<Timed, JsValue> {
        crate::task(text).map(Timed).map_err(|message| js_sys::Error::new(&message).into())
    }

    /// Fresh input, outside of the clock.
    pub fn refresh(&mut self) {
        self.0.refresh();
    }

    /// What is timed.
    pub fn run(&mut self) {
        self.0.run();
    }

    /// The last run's answer.
    pub fn answer(&self) -> Float64Array {
        Float64Array::from(self.0.answer().as_slice())
    }

    /// Fingerprint of the answer.
    pub fn digest(&self) -> String {
        self.0.digest()
    }

    /// `A`, column by column.
    pub fn columns(&self) -> Float64Array {
        Float64Array::from(self.0.input().columns)
    }

    /// `y`.
    pub fn measurements(&self) -> Float64Array {
        Float64Array::from(self.0.input().measurements)
    }
}
