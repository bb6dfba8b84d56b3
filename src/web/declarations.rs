//! The form of a Spec for the main thread: every edit is checked at once, without a method's code.

use super::{checked, thrown, to_js};
use crate::complaint::Complaint;
use crate::contract::Declarations;
use wasm_bindgen::prelude::*;

/// What Specs may name. It begins empty; each lab that is opened adds its catalogue.
#[wasm_bindgen]
#[derive(Default)]
pub struct Vocabulary(Declarations);

#[wasm_bindgen]
impl Vocabulary {
    /// No words yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Vocabulary {
        Vocabulary::default()
    }

    /// Adds the words of a lab: the text of its catalogue, see `web::catalogue`.
    ///
    /// # Errors
    /// `{field, message}` when the text is no catalogue.
    pub fn add(&mut self, catalogue: &str) -> Result<(), JsValue> {
        let value = serde_json::from_str(catalogue)
            .map_err(|error| thrown(Complaint::new("", format!("the catalogue is not JSON: {error}"))))?;
        self.0.add(value).map_err(thrown)
    }

    /// The canonical form of a Spec, every default left out.
    ///
    /// # Errors
    /// `{field, message}` when the Spec cannot be used.
    pub fn canonical(&self, spec: JsValue) -> Result<JsValue, JsValue> {
        to_js(&checked(spec, &self.0)?.canonical(&self.0))
    }
}
