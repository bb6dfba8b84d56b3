//! Files that people drop on the page or take away from it.

use super::to_js;
use serde_json::json;
use wasm_bindgen::prelude::*;

/// A vector as the bytes of an `.npy` file.
#[wasm_bindgen]
pub fn npy(values: Vec<f64>) -> Vec<u8> {
    crate::signals::npy::write(values.len(), 1, &crate::signals::npy::Entries::Real(values))
}

/// A matrix, row by row, as the bytes of an `.npy` file.
///
/// # Errors
/// When there are not `rows * cols` numbers.
#[wasm_bindgen]
pub fn npy_matrix(rows: usize, cols: usize, values: Vec<f64>) -> Result<Vec<u8>, JsValue> {
    if rows.checked_mul(cols) != Some(values.len()) {
        return Err(JsValue::from_str("a matrix has rows * cols entries"));
    }
    Ok(crate::signals::npy::write(rows, cols, &crate::signals::npy::Entries::Real(values)))
}

/// Reads up to `most` seconds of a WAV file as a sound of `rate` samples a second: `{samples, seconds}`, where `seconds` are those of the
/// whole file.
///
/// # Errors
/// An `Error` whose message says what is wrong with the file.
#[wasm_bindgen]
pub fn read_sound(name: &str, bytes: &[u8], rate: u32, most: f64) -> Result<JsValue, JsValue> {
    let sound = crate::signals::wav::read(name, bytes, most).map_err(|message| js_sys::Error::new(&message))?;
    to_js(&json!({"samples": sound.at(rate), "seconds": sound.seconds}))
}

/// Reads a `.npy`, `.csv` or WAV file: `{rows, cols, entries}`, row by row.
///
/// # Errors
/// An `Error` whose message says what is wrong with the file.
#[wasm_bindgen]
pub fn read_table(name: &str, bytes: &[u8]) -> Result<JsValue, JsValue> {
    use crate::signals::npy::Entries;
    let table = crate::signals::read_table(name, bytes).map_err(|message| js_sys::Error::new(&message))?;
    match table.entries {
        Entries::Real(entries) => to_js(&json!({"rows": table.rows, "cols": table.cols, "entries": entries})),
        Entries::Complex(_) => {
            Err(js_sys::Error::new(&format!("{name} holds complex numbers; the page reads real ones")).into())
        }
    }
}
