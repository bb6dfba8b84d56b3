//! The Spec: everything that a run depends on, as versioned JSON.
//!
//! It is the address of the page, the saved file, the worker's message, the command line's input and
//! a test's fixture. There is no second configuration format.

use super::{Complaint, DeclaredProblem, Declares, Files, Instance, Registry, Run, schema};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The version that this build writes and reads.
const VERSION: u64 = 1;

/// Most methods that are compared on one instance.
pub const MAX_METHODS: usize = 4;

/// Seeds stay exact in JavaScript's numbers.
const MAX_SEED: u64 = (1 << 53) - 1;

/// Longest text that is read as a Spec; inline data of a lab's size fits well within.
const MAX_TEXT: usize = 64 << 20;

/// A checked Spec: every id exists and every parameter is within its range.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// Names the draw.
    pub seed: u64,
    /// The problem's parameters, with its `id`.
    pub problem: Value,
    /// One to four methods' parameters, each with its `id`.
    pub methods: Vec<Value>,
}

impl Spec {
    /// Reads a Spec from JSON text.
    ///
    /// # Errors
    /// One sentence that names the first field that cannot be used.
    pub fn parse(text: &str, known: &dyn Declares) -> Result<Self, Complaint> {
        if text.len() > MAX_TEXT {
            return Err(Complaint::new("", format!("the Spec is longer than {} MB", MAX_TEXT >> 20)));
        }
        // Some editors begin a text with a mark of its byte order.
        let text = text.trim_start_matches('\u{feff}');
        let value =
            serde_json::from_str(text).map_err(|error| Complaint::new("", format!("the Spec is not JSON: {error}")))?;
        Self::from_value(value, known)
    }

    /// Checks a Spec that is JSON already.
    ///
    /// # Errors
    /// One sentence that names the first field that cannot be used.
    pub fn from_value(value: Value, known: &dyn Declares) -> Result<Self, Complaint> {
        let Value::Object(mut fields) = value else {
            return Err(Complaint::new("", "a Spec is an object with v, seed, problem and methods"));
        };
        let mut take = |name: &str| fields.shift_remove(name);
        check_version(take("v"))?;
        let seed = match take("seed") {
            None => 0,
            Some(seed) => whole(&seed, MAX_SEED).ok_or_else(|| {
                Complaint::new("seed", format!("takes a whole number from 0 to {MAX_SEED}, not {seed}"))
            })?,
        };
        let mut problem = object(take("problem"), "problem")?;
        let mut methods = match take("methods") {
            Some(Value::Array(methods)) if (1..=MAX_METHODS).contains(&methods.len()) => methods,
            _ => return Err(Complaint::new("methods", format!("takes a list of 1 to {MAX_METHODS} methods"))),
        };
        if let Some(name) = fields.keys().next() {
            let name = Complaint::quote(name);
            return Err(Complaint::new(
                name.trim_matches('"'),
                "is not a field of a Spec; there are v, seed, problem, methods",
            ));
        }
        let chosen = known.declared_problem(&id_of(&problem)).map_err(|c| c.within("problem"))?;
        schema::check(&mut problem, &with_id(chosen.schema, chosen.id, chosen.title), "problem")?;
        for (i, method) in methods.iter_mut().enumerate() {
            check_method(method, &format!("methods[{i}]"), chosen, known)?;
        }
        Ok(Self { seed, problem, methods })
    }

    /// The canonical form: every default left out, fields in the schema's order as they were given.
    pub fn canonical(&self, known: &dyn Declares) -> Value {
        let mut spec = Map::new();
        spec.insert("v".into(), json!(VERSION));
        if self.seed != 0 {
            spec.insert("seed".into(), json!(self.seed));
        }
        let short = |value: &Value, schema: Result<&Value, Complaint>| match schema {
            Ok(schema) => schema::without_defaults(value, schema),
            Err(_) => value.clone(),
        };
        spec.insert(
            "problem".into(),
            short(&self.problem, known.declared_problem(&id_of(&self.problem)).map(|p| p.schema)),
        );
        let methods = self.methods.iter().map(|m| short(m, known.declared_method(&id_of(m)).map(|m| m.schema)));
        spec.insert("methods".into(), methods.collect());
        Value::Object(spec)
    }

    /// JSON Schema of a whole Spec: problem and methods are told apart by their `id`.
    pub fn schema(registry: &Registry) -> Value {
        let problems = registry.problems.iter().map(|p| with_id(p.schema(), p.card().id, p.card().title));
        let methods = registry.methods.iter().map(|m| with_id(m.schema(), m.card().id, m.card().title));
        json!({
            "title": "Spec",
            "description": "Everything that a run depends on.",
            "type": "object",
            "properties": {
                "v": {"type": "integer", "const": VERSION, "description": "Version of the format."},
                "seed": {
                    "type": "integer", "minimum": 0, "maximum": MAX_SEED, "default": 0,
                    "description": "Names the draw.",
                },
                "problem": {"oneOf": problems.collect::<Value>(), "description": "What is to be solved."},
                "methods": {
                    "type": "array", "minItems": 1, "maxItems": MAX_METHODS,
                    "items": {"oneOf": methods.collect::<Value>()},
                    "description": "What is compared on it.",
                },
            },
            "required": ["v", "problem", "methods"],
            "additionalProperties": false,
        })
    }

    /// Draws the instance.
    ///
    /// # Errors
    /// When parameters contradict each other or a file cannot be used.
    pub fn instance(&self, registry: &Registry, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let problem = registry.problem(&id_of(&self.problem)).map_err(|c| c.within("problem"))?;
        problem.instance(&self.problem, self.seed, files).map_err(|c| c.within("problem"))
    }

    /// Starts method number `i` on `instance`; returns the run and the most steps that it may take.
    ///
    /// # Errors
    /// When a parameter cannot be used with this instance.
    ///
    /// # Panics
    /// When there is no method number `i`.
    pub fn start(
        &self,
        i: usize,
        instance: &Arc<dyn Instance>,
        registry: &Registry,
    ) -> Result<(Box<dyn Run>, usize), Complaint> {
        let path = format!("methods[{i}]");
        let method = registry.method(&id_of(&self.methods[i])).map_err(|c| c.within(&path))?;
        let run = method.start(&self.methods[i], instance).map_err(|c| c.within(&path))?;
        Ok((run, method.max_steps(&self.methods[i])))
    }
}

/// The `id` of a problem or method; empty where there is none, which no registry knows.
pub fn id_of(value: &Value) -> String {
    value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn whole(value: &Value, most: u64) -> Option<u64> {
    let number = value.as_f64().filter(|n| n.fract() == 0.0 && (0.0..=most as f64).contains(n))?;
    Some(number as u64)
}

fn check_version(version: Option<Value>) -> Result<(), Complaint> {
    match version {
        None => Err(Complaint::new("v", format!("is missing; this build reads version {VERSION}"))),
        Some(v) if whole(&v, VERSION) == Some(VERSION) => Ok(()),
        Some(v) => Err(Complaint::new("v", format!("this build reads version {VERSION}, not {v}"))),
    }
}

/// Whether there is an id that is no text; one that is missing has its own sentence, which says what there is.
fn has_odd_id(value: &Value) -> bool {
    value.get("id").is_some_and(|id| !id.is_string())
}

fn object(value: Option<Value>, name: &str) -> Result<Value, Complaint> {
    match value {
        Some(value @ Value::Object(_)) if !has_odd_id(&value) => Ok(value),
        Some(_) => Err(Complaint::new(name, "takes an object with an id, which is a text")),
        None => Err(Complaint::new(name, "is missing; it takes an object with an id, which is a text")),
    }
}

fn check_method(
    method: &mut Value,
    path: &str,
    problem: DeclaredProblem<'_>,
    known: &dyn Declares,
) -> Result<(), Complaint> {
    if !method.is_object() || has_odd_id(method) {
        return Err(Complaint::new(path, "takes an object with an id, which is a text"));
    }
    let chosen = known.declared_method(&id_of(method)).map_err(|c| c.within(path))?;
    if !problem.takes_methods_of(chosen.problem) {
        let message = format!("{} solves the problem {}, not {}", chosen.id, chosen.problem, problem.id);
        return Err(Complaint::new(format!("{path}.id"), message));
    }
    schema::check(method, &with_id(chosen.schema, chosen.id, chosen.title), path)
}

/// The schema of a struct, with the `id` that Specs carry beside its fields.
fn with_id(schema: &Value, id: &str, title: &str) -> Value {
    let mut properties = Map::from_iter([("id".to_owned(), json!({"type": "string", "const": id}))]);
    if let Some(own) = schema.get("properties").and_then(Value::as_object) {
        properties.extend(own.clone());
    }
    let mut schema = schema.clone();
    schema["title"] = json!(title);
    schema["type"] = json!("object");
    schema["properties"] = Value::Object(properties);
    schema["required"] = json!(["id"]);
    schema
}
