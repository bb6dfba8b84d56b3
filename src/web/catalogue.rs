//! What a lab has: exhibits, methods and problems with their schemas and sentences.

use crate::labs;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The exhibits, methods and problems of this module's labs, as JSON text. The build writes it beside the module, so that
/// the page can show a lab before its code is there.
#[wasm_bindgen]
pub fn catalogue() -> String {
    let registry = labs::registry();
    let methods: Vec<Value> =
        registry.methods.iter().map(|method| json!({"card": method.card(), "params": method.schema()})).collect();
    let problems: Vec<Value> = registry
        .problems
        .iter()
        .map(|problem| {
            json!({
                "id": problem.id(),
                "lab": problem.lab(),
                "title": problem.title(),
                "sentence": problem.sentence(),
                "page": problem.page(),
                "axes": problem.derived_axes(),
                "sweep": problem.sweep(),
                "solved_as": problem.solved_as(),
                "params": problem.schema(),
            })
        })
        .collect();
    json!({"exhibits": registry.exhibits, "methods": methods, "problems": problems}).to_string()
}
