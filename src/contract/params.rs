//! Typed parameters: from a struct to JSON and back.

use super::Complaint;
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Typed parameters, declared once: type, range, default and help are read from the struct.
///
/// `Default` gives every field its default; the doc comment of a field is its help, the
/// `schemars` attributes give ranges, and `extend("x-unit" = ..)`, `"x-scale" = "log"` tell the
/// page's controls more.
pub trait Params: Serialize + DeserializeOwned + JsonSchema + Default + Send + Sync + 'static {}

impl<T: Serialize + DeserializeOwned + JsonSchema + Default + Send + Sync + 'static> Params for T {}

/// Reads typed parameters from a checked value; `id` is ignored.
///
/// # Errors
/// When the value was not checked against the schema and does not fit the type.
pub fn read<P: Params>(params: &Value) -> Result<P, Complaint> {
    let mut params = params.clone();
    if let Value::Object(fields) = &mut params {
        fields.shift_remove("id");
    }
    serde_json::from_value(params).map_err(|error| Complaint::new("", format!("cannot be read: {error}")))
}
