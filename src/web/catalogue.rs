//! What a lab has: exhibits, methods and problems with their notes, schemas and sentences.

use crate::contract::Problem;
use crate::labs;
use serde_json::{Value, json};
use wasm_bindgen::prelude::*;

/// The exhibits, methods and problems of this module's labs, as JSON text. The build writes it beside the module, so that
/// the page can show a lab before its code is there.
#[wasm_bindgen]
pub fn catalogue() -> String {
    let registry = labs::registry();
    let methods: Vec<Value> = registry
        .methods
        .iter()
        .map(|method| json!({"card": method.card(), "note": method.note(), "params": method.schema()}))
        .collect();
    let described = |problem: &dyn Problem| {
        let mut described = json!(problem.card());
        described["params"] = problem.schema().clone();
        described
    };
    let problems: Vec<Value> = registry.problems.iter().map(|problem| described(problem.as_ref())).collect();
    json!({"exhibits": registry.exhibits, "methods": methods, "problems": problems}).to_string()
}
