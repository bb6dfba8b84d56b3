//! JSON Schema of typed parameters, and the three uses that Rust makes of it: checking a stranger's
//! values with one sentence a mistake, filling in defaults, and leaving defaults out again.
//!
//! The checker knows the part of JSON Schema that [`schemars`] writes for our parameter structs:
//! objects, numbers, whole numbers, texts, lists, `null`, choices by `const`, and choices of objects by
//! their `id`. A property without a `type` is checked by its own reader later.

use super::{Complaint, Params};
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// Schema of a parameter struct, with everything inlined.
pub fn schema_of<P: Params>() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<P>().to_value()
}

/// Checks `value` against `schema` and brings numbers into their one form (`20.0` for a whole number
/// becomes `20`). `path` names the value in complaints.
///
/// # Errors
/// The first mistake found, as a sentence.
pub fn check(value: &mut Value, schema: &Value, path: &str) -> Result<(), Complaint> {
    if let Some(options) = schema.get("oneOf").and_then(Value::as_array) {
        return check_choice(value, options, path);
    }
    if value.is_null() && takes(schema, "null") {
        return Ok(());
    }
    if takes(schema, "integer") || takes(schema, "number") {
        check_number(value, schema, path)
    } else if takes(schema, "boolean") {
        value.as_bool().map(|_| ()).ok_or_else(|| wrong(path, "takes true or false", value))
    } else if takes(schema, "string") {
        check_text(value, schema, path)
    } else if takes(schema, "array") {
        check_list(value, schema, path)
    } else if takes(schema, "object") {
        check_object(value, schema, path)
    } else {
        Ok(())
    }
}

/// Whether the schema allows the JSON type called `kind`.
pub fn takes(schema: &Value, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

fn wrong(path: &str, takes: &str, value: &Value) -> Complaint {
    let given = match value {
        Value::Null => "nothing (null)".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => Complaint::quote(text),
        other => other.to_string(),
    };
    Complaint::new(path, format!("{takes}, not {given}"))
}

fn check_number(value: &mut Value, schema: &Value, path: &str) -> Result<(), Complaint> {
    let whole = takes(schema, "integer");
    let kind = if whole { "a whole number" } else { "a number" };
    let low = schema.get("minimum").and_then(Value::as_f64);
    let high = schema.get("maximum").and_then(Value::as_f64);
    let above = schema.get("exclusiveMinimum").and_then(Value::as_f64);
    let range = match (low, above, high) {
        (Some(low), _, Some(high)) => format!("{kind} from {low} to {high}"),
        (Some(low), _, None) => format!("{kind} of at least {low}"),
        (None, Some(above), Some(high)) => format!("{kind} above {above}, at most {high}"),
        (None, Some(above), None) => format!("{kind} above {above}"),
        (None, None, Some(high)) => format!("{kind} of at most {high}"),
        (None, None, None) => kind.to_owned(),
    };
    let Some(number) = value.as_f64() else {
        return Err(wrong(path, &format!("takes {range}"), value));
    };
    let outside = !number.is_finite()
        || low.is_some_and(|low| number < low)
        || above.is_some_and(|above| number <= above)
        || high.is_some_and(|high| number > high);
    if outside || (whole && number.fract() != 0.0) {
        return Err(wrong(path, &format!("takes {range}"), value));
    }
    // JSON has one kind of number and Rust has several: settle each value on the schema's kind.
    if whole && !value.is_u64() && !value.is_i64() {
        *value = json!(number as i64);
    } else if !whole {
        *value = json!(number);
    }
    Ok(())
}

fn check_text(value: &Value, schema: &Value, path: &str) -> Result<(), Complaint> {
    let Some(text) = value.as_str() else {
        return Err(wrong(path, "takes a text", value));
    };
    match schema.get("enum").and_then(Value::as_array) {
        Some(names) if !names.iter().any(|name| name == text) => {
            Err(wrong(path, &one_of(names.iter().filter_map(Value::as_str)), value))
        }
        _ => Ok(()),
    }
}

fn one_of<'a>(names: impl Iterator<Item = &'a str>) -> String {
    format!("takes one of {}", names.collect::<Vec<_>>().join(", "))
}

fn check_list(value: &mut Value, schema: &Value, path: &str) -> Result<(), Complaint> {
    let Value::Array(entries) = value else {
        return Err(wrong(path, "takes a list", value));
    };
    let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
    let most = schema.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
    let length = entries.len() as u64;
    if length < least || length > most {
        let takes = match (least, most) {
            (least, most) if least == most => format!("{least} entries"),
            (least, u64::MAX) => format!("at least {least} entries"),
            (least, most) => format!("{least} to {most} entries"),
        };
        return Err(Complaint::new(path, format!("takes a list of {takes}, not {length}")));
    }
    let positions = schema.get("prefixItems").and_then(Value::as_array);
    for (i, entry) in entries.iter_mut().enumerate() {
        let schema = positions.and_then(|p| p.get(i)).or_else(|| schema.get("items"));
        if let Some(schema) = schema {
            check(entry, schema, &format!("{path}[{i}]"))?;
        }
    }
    Ok(())
}

fn check_object(value: &mut Value, schema: &Value, path: &str) -> Result<(), Complaint> {
    let Value::Object(fields) = value else {
        return Err(wrong(path, "takes an object", value));
    };
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    for (name, field) in fields.iter_mut() {
        let Some(schema) = properties.get(name) else {
            let known: Vec<&str> = properties.keys().map(String::as_str).filter(|key| *key != "id").collect();
            let takes = if known.is_empty() { "nothing".to_owned() } else { known.join(", ") };
            let message = format!("is not a field here; there are {takes}");
            return Err(Complaint::new(Complaint::quote(name).trim_matches('"'), message).within(path));
        };
        if name != "id" {
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            check(field, schema, &path)?;
        }
    }
    Ok(())
}

/// A choice by name (`"dct"`) or of objects told apart by their `id`.
fn check_choice(value: &mut Value, options: &[Value], path: &str) -> Result<(), Complaint> {
    if let Some(names) = options.iter().map(|o| o.get("const").and_then(Value::as_str)).collect::<Option<Vec<_>>>() {
        return match value.as_str() {
            Some(name) if names.contains(&name) => Ok(()),
            _ => Err(wrong(path, &one_of(names.into_iter()), value)),
        };
    }
    let Value::Object(fields) = value else {
        return Err(wrong(path, "takes an object with an id", value));
    };
    match option_for(fields, options) {
        Some(option) => check_object(value, option, path),
        None => {
            let given = fields.get("id").unwrap_or(&Value::Null);
            Err(wrong(&format!("{path}.id"), &one_of(options.iter().filter_map(id_of)), given))
        }
    }
}

fn id_of(option: &Value) -> Option<&str> {
    option.pointer("/properties/id/const").and_then(Value::as_str)
}

fn option_for<'a>(fields: &Map<String, Value>, options: &'a [Value]) -> Option<&'a Value> {
    let id = fields.get("id").and_then(Value::as_str)?;
    options.iter().find(|option| id_of(option) == Some(id))
}

/// The schema of the field called `name` of an object with these `fields`.
pub fn property<'a>(schema: &'a Value, fields: &Map<String, Value>, name: &str) -> Option<&'a Value> {
    let schema = match schema.get("oneOf").and_then(Value::as_array) {
        Some(options) => option_for(fields, options)?,
        None => schema,
    };
    schema.get("properties")?.get(name)
}

/// The same value with every field left out that has its default.
#[must_use]
pub fn without_defaults(value: &Value, schema: &Value) -> Value {
    let Value::Object(fields) = value else {
        return value.clone();
    };
    let kept = fields.iter().filter_map(|(name, field)| {
        let property = property(schema, fields, name).unwrap_or(&Value::Null);
        let short = without_defaults(field, property);
        let default = property.get("default").map(|default| without_defaults(default, property));
        let is_default = default.is_some_and(|default| same(&default, &short));
        (!is_default || name == "id").then(|| (name.clone(), short))
    });
    Value::Object(kept.collect())
}

/// Equality in which `1` and `1.0` are the same number.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use schemars::JsonSchema;
    use serde::{Deserialize, Serialize};

    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(tag = "id", rename_all = "kebab-case")]
    enum Shape {
        Round,
        LongBar {
            #[serde(default = "two")]
            length: f64,
        },
    }

    fn two() -> f64 {
        2.0
    }

    #[derive(Serialize, Deserialize, JsonSchema)]
    #[serde(default)]
    struct Sample {
        #[schemars(range(min = 1, max = 9))]
        count: Option<usize>,
        shape: Shape,
        pairs: Vec<(usize, f64)>,
    }

    impl Default for Sample {
        fn default() -> Self {
            Self { count: None, shape: Shape::LongBar { length: 2.0 }, pairs: Vec::new() }
        }
    }

    fn complaint(mut value: Value) -> String {
        match check(&mut value, &schema_of::<Sample>(), "sample") {
            Ok(()) => String::new(),
            Err(complaint) => complaint.to_string(),
        }
    }

    #[test]
    fn each_mistake_has_its_sentence() {
        let table = [
            (json!({"count": 10}), "sample.count: takes a whole number from 1 to 9, not 10"),
            (json!({"count": 1.5}), "sample.count: takes a whole number from 1 to 9, not 1.5"),
            (json!({"count": "3"}), "sample.count: takes a whole number from 1 to 9, not \"3\""),
            (json!({"shape": {"id": "flat"}}), "sample.shape.id: takes one of round, long-bar, not \"flat\""),
            (json!({"shape": {}}), "sample.shape.id: takes one of round, long-bar, not nothing (null)"),
            (
                json!({"shape": {"id": "round", "length": 3}}),
                "sample.shape.length: is not a field here; there are nothing",
            ),
            (json!({"pairs": [[1, 2.0], [3]]}), "sample.pairs[1]: takes a list of 2 entries, not 1"),
            (json!({"colour": 1}), "sample.colour: is not a field here; there are count, shape, pairs"),
            (json!([]), "sample: takes an object, not a list"),
            (json!({"count": null, "pairs": [[1.0, 2]]}), ""),
        ];
        for (value, sentence) in table {
            assert_eq!(complaint(value.clone()), sentence, "{value}");
        }
    }

    #[test]
    fn defaults_are_left_out_at_every_depth() {
        let schema = schema_of::<Sample>();
        let full = json!({"count": null, "shape": {"id": "long-bar", "length": 2}, "pairs": []});
        assert_eq!(without_defaults(&full, &schema), json!({}));
        let other = json!({"count": 3, "shape": {"id": "long-bar", "length": 1.0}, "pairs": []});
        assert_eq!(without_defaults(&other, &schema), json!({"count": 3, "shape": {"id": "long-bar", "length": 1.0}}));
    }
}
