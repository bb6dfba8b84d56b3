//! Theory for the page: what is known of one instance, asked piece by piece.

use super::{checked, thrown, to_js};
use crate::contract::{Instance, NoFiles};
use crate::labs;
use std::sync::Arc;
use wasm_bindgen::prelude::*;

/// The instance of a Spec, drawn once for all questions. Each answer takes at most about `budget` multiplications.
#[wasm_bindgen]
pub struct Theory {
    instance: Arc<dyn Instance>,
}

#[wasm_bindgen]
impl Theory {
    /// Draws the instance.
    ///
    /// # Errors
    /// `{field, message}` when the Spec cannot be used.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue) -> Result<Theory, JsValue> {
        let registry = labs::registry();
        Ok(Theory { instance: checked(spec, registry)?.instance(registry, &NoFiles).map_err(thrown)? })
    }

    /// See [`Instance::diagnosis`].
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn diagnosis(&self, budget: f64) -> Result<JsValue, JsValue> {
        to_js(&self.instance.diagnosis(budget))
    }

    /// See [`Instance::support_diagnosis`].
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn support(&self, indices: &[usize], budget: f64) -> Result<JsValue, JsValue> {
        to_js(&self.instance.support_diagnosis(indices, budget))
    }

    /// See [`Instance::penalty_path`].
    ///
    /// # Errors
    /// When the value cannot cross into JavaScript.
    pub fn path(&self, budget: f64) -> Result<JsValue, JsValue> {
        to_js(&self.instance.penalty_path(budget))
    }
}
