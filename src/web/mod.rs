//! The page's doors: what JavaScript calls.
//!
//! The page draws and never solves: its main thread has the module `front`, which knows figures and the form of a Spec, and no
//! method. Workers solve and never draw: each has the module of one lab. All modules are this crate, with other features:
//! `front` for the first, the name of a lab for each of the others. Nothing here knows a method, a problem or a figure by name.

#[cfg(feature = "front")]
mod canvas;
#[cfg(feature = "solve")]
mod catalogue;
#[cfg(feature = "solve")]
mod claim;
#[cfg(feature = "front")]
mod declarations;
#[cfg(feature = "front")]
mod drawing;
#[cfg(feature = "front")]
mod files;
#[cfg(feature = "front")]
mod formulas;
#[cfg(feature = "solve")]
mod panels;
#[cfg(feature = "solve")]
mod session;
#[cfg(feature = "solve")]
mod sweep;
#[cfg(feature = "solve")]
mod theory;

#[cfg(feature = "solve")]
pub use catalogue::catalogue;
#[cfg(feature = "solve")]
pub use claim::ClaimCheck;
#[cfg(feature = "front")]
pub use declarations::Vocabulary;
#[cfg(feature = "front")]
pub use drawing::{Look, draw_axes, draw_data, heat_pixels, svg};
#[cfg(feature = "front")]
pub use files::{npy, npy_matrix, read_sound, read_table};
#[cfg(feature = "front")]
pub use formulas::{l1_transition, noise_sensitivity, wilson_interval};
#[cfg(feature = "solve")]
pub use session::Session;
#[cfg(feature = "solve")]
pub use sweep::Sweeper;
#[cfg(feature = "solve")]
pub use theory::Theory;

use crate::complaint::Complaint;
use crate::contract::{Declares, Spec};
use serde::Serialize;
use serde_json::Value;
use wasm_bindgen::prelude::*;

/// A value as plain JavaScript objects and numbers.
fn to_js(value: &impl Serialize) -> Result<JsValue, JsValue> {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).map_err(JsValue::from)
}

/// A complaint as what JavaScript catches: `{field, message}`.
fn thrown(complaint: Complaint) -> JsValue {
    to_js(&complaint).unwrap_or_else(|error| error)
}

/// Checks a Spec that came as a JavaScript value.
fn checked(spec: JsValue, known: &dyn Declares) -> Result<Spec, JsValue> {
    let value: Value = serde_wasm_bindgen::from_value(spec)
        .map_err(|_| thrown(Complaint::new("", "a Spec is plain JSON: an object with v, seed, problem and methods")))?;
    Spec::from_value(value, known).map_err(thrown)
}
