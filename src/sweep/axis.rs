//! An axis of a diagram: its values, and how one of them is set in a Spec.

use crate::contract::{Complaint, Problem, Registry, Spec, id_of, schema};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A parameter, or an axis that the problem derives, and the values that it takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Axis {
    /// A path into the Spec, such as `problem.rows`, `methods[0].lambda` or `problem.delta`.
    pub param: String,
    /// First value.
    #[schemars(range(min = -1e12, max = 1e12))]
    pub from: f64,
    /// Last value.
    #[schemars(range(min = -1e12, max = 1e12))]
    pub to: f64,
    /// Number of values.
    #[schemars(range(min = 1, max = 1024))]
    pub steps: usize,
    /// How values are spaced.
    pub scale: Scale,
}

impl Default for Axis {
    fn default() -> Self {
        Self { param: String::new(), from: 0.0, to: 1.0, steps: 9, scale: Scale::Linear }
    }
}

/// How the values of an axis are spaced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// In equal steps.
    #[default]
    Linear,
    /// In equal ratios.
    Log,
}

impl Scale {
    /// The coordinate in which the axis is even.
    pub fn forward(self, value: f64) -> f64 {
        match self {
            Scale::Linear => value,
            Scale::Log => libm::log(value),
        }
    }

    /// The value at a coordinate.
    pub fn back(self, coordinate: f64) -> f64 {
        match self {
            Scale::Linear => coordinate,
            Scale::Log => libm::exp(coordinate),
        }
    }
}

impl Axis {
    /// What the schema cannot say.
    ///
    /// # Errors
    /// A complaint relative to the axis.
    pub(super) fn check(&self) -> Result<(), Complaint> {
        if self.steps > 1 && self.from >= self.to {
            return Err(Complaint::new("to", format!("takes more than from, {}, not {}", self.from, self.to)));
        }
        if self.scale == Scale::Log && self.from <= 0.0 {
            return Err(Complaint::new("from", format!("takes more than 0 on a log scale, not {}", self.from)));
        }
        Ok(())
    }

    /// Value number `i`; both ends are exact.
    pub fn value(&self, i: usize) -> f64 {
        if i == 0 {
            self.from
        } else if i + 1 == self.steps {
            self.to
        } else {
            let (low, high) = (self.scale.forward(self.from), self.scale.forward(self.to));
            self.scale.back(low + (high - low) * (i as f64 / (self.steps - 1) as f64))
        }
    }

    /// Distance of neighbouring values in the coordinate in which the axis is even; 0 where there is one value.
    pub fn step(&self) -> f64 {
        let length = self.scale.forward(self.to) - self.scale.forward(self.from);
        if self.steps > 1 { length / (self.steps - 1) as f64 } else { 0.0 }
    }

    /// The place in the problem's list of derived axes, where this is one of them.
    pub(super) fn derived(&self, problem: &dyn Problem) -> Option<usize> {
        let name = self.param.strip_prefix("problem.")?;
        problem.card().axes.iter().position(|axis| axis.name == name)
    }

    /// Sets the axis to `value` in `spec`, as nearly as whole numbers allow, and returns the value attained.
    ///
    /// # Errors
    /// A complaint whose field is a path into the Spec.
    pub(super) fn apply(&self, spec: &mut Spec, value: f64, registry: &Registry) -> Result<f64, Complaint> {
        let problem = registry.problem(&id_of(&spec.problem))?;
        if let Some(place) = self.derived(problem) {
            let name = problem.card().axes[place].name;
            return problem.apply_axis(&mut spec.problem, name, value).map_err(|c| c.within("problem"));
        }
        let unknown = || Complaint::new(&self.param, "is no parameter of this Spec");
        let path = segments(&self.param).ok_or_else(unknown)?;
        let (holder, schema, rest) = match path.as_slice() {
            [Segment::Name("problem"), rest @ ..] => (&mut spec.problem, problem.schema(), rest),
            [Segment::Name("methods"), Segment::Index(i), rest @ ..] => {
                let method = spec.methods.get_mut(*i).ok_or_else(unknown)?;
                let schema = registry.method(&id_of(method))?.schema();
                (method, schema, rest)
            }
            _ => return Err(unknown()),
        };
        set(holder, schema, rest, value).ok_or_else(|| {
            Complaint::new(&self.param, "takes a parameter of this Spec that is a number, or an axis of the problem")
        })
    }
}

/// A part of a path.
enum Segment<'a> {
    Name(&'a str),
    Index(usize),
}

/// `methods[0].lambda` in its parts.
fn segments(path: &str) -> Option<Vec<Segment<'_>>> {
    let mut parts = Vec::new();
    for part in path.split('.') {
        let (name, indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        parts.push(Segment::Name(name));
        for index in indices.split_inclusive(']') {
            parts.push(Segment::Index(index.strip_prefix('[')?.strip_suffix(']')?.parse().ok()?));
        }
    }
    Some(parts)
}

/// Sets the number at `path`, and on the way each default that the Spec leaves out. `None` where there is no number.
fn set(holder: &mut Value, schema: &Value, path: &[Segment<'_>], number: f64) -> Option<f64> {
    match (path, &mut *holder) {
        ([], _) if schema::takes(schema, "integer") => {
            let whole = number.round();
            *holder = json!(whole as i64);
            Some(whole)
        }
        ([], _) if schema::takes(schema, "number") => {
            *holder = json!(number);
            Some(number)
        }
        ([Segment::Name(name), rest @ ..], Value::Object(fields)) => {
            let schema = schema::property(schema, fields, name)?;
            let default = || schema.get("default").cloned().unwrap_or_default();
            set(fields.entry(*name).or_insert_with(default), schema, rest, number)
        }
        ([Segment::Index(i), rest @ ..], Value::Array(entries)) => {
            let positions = schema.get("prefixItems").and_then(Value::as_array);
            let schema = positions.and_then(|positions| positions.get(*i)).or_else(|| schema.get("items"))?;
            set(entries.get_mut(*i)?, schema, rest, number)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::registry;

    fn spec() -> Spec {
        let spec = json!({"v": 1, "problem": {"id": "linear", "data": {"truth": [1.0]}},
            "methods": [{"id": "omp"}, {"id": "ista"}]});
        Spec::from_value(spec, registry()).unwrap()
    }

    fn apply(param: &str, value: f64) -> Result<(Spec, f64), Complaint> {
        let mut spec = spec();
        let attained = Axis { param: param.into(), ..Axis::default() }.apply(&mut spec, value, registry())?;
        Ok((spec, attained))
    }

    #[test]
    fn values_are_even_in_their_scale_and_exact_at_the_ends() {
        let axis = |from, to, steps, scale| Axis { param: String::new(), from, to, steps, scale };
        let values = |axis: Axis| (0..axis.steps).map(|i| axis.value(i)).collect::<Vec<_>>();
        assert_eq!(values(axis(0.0, 1.0, 5, Scale::Linear)), [0.0, 0.25, 0.5, 0.75, 1.0]);
        let logs = values(axis(0.1, 1000.0, 5, Scale::Log));
        for (value, expected) in logs.iter().zip([0.1, 1.0, 10.0, 100.0, 1000.0]) {
            assert!((value / expected - 1.0).abs() < 1e-14, "{logs:?}");
        }
        assert_eq!((logs[0], logs[4]), (0.1, 1000.0));
        assert_eq!(values(axis(0.3, 0.3, 1, Scale::Linear)), [0.3]);
    }

    #[test]
    fn a_path_leads_through_defaults_that_are_left_out() {
        let (set, attained) = apply("problem.signal.sparsity", 6.6).unwrap();
        assert_eq!((&set.problem["signal"]["sparsity"], attained), (&json!(7), 7.0));
        assert_eq!(set.problem["signal"]["id"], "sparse");
        let (set, attained) = apply("methods[1].max_steps", 12.0).unwrap();
        assert_eq!((&set.methods[1]["max_steps"], attained), (&json!(12), 12.0));
        let (set, _) = apply("methods[0].tolerance", 1e-3).unwrap();
        assert_eq!(set.methods[0], json!({"id": "omp", "tolerance": 1e-3}));
        // An optional number is a number.
        let (set, _) = apply("methods[0].sparsity", 3.0).unwrap();
        assert_eq!(set.methods[0]["sparsity"], 3);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for param in [
            "",
            "rows",
            "problem",
            "problem.",
            "problem.matrix",
            "problem.basis",
            "problem.signal.amplitude",
            "seed",
            "problem.signal.spikes",
            "methods",
            "methods[2].lambda",
            "methods[0]",
            "methods[0].lambda",
            "methods[-1].x",
            "methods[0",
            "problem.data.truth[0]",
            "problem.rows.x",
            "problem.rows[0]",
            "methods[18446744073709551616]",
        ] {
            let complaint = apply(param, 1.0).unwrap_err();
            assert_eq!(complaint.field, param, "{complaint}");
        }
    }
}
