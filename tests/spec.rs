//! Properties of Specs: whatever a stranger sends is a Spec or a sentence, and no Spec of a bounded size panics.
//!
//! Specs are generated from the schemas, so a new problem or method is covered as soon as it is registered.
#![cfg(not(target_arch = "wasm32"))]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use pursuit::contract::{Complaint, Files, NoFiles, Observation, Spec, Status, digest, id_of};
use pursuit::labs::registry;
use pursuit::signals::npy::{self, Entries};
use serde_json::{Map, Value, json};

/// Whole numbers of a generated Spec go this far, so that its instance is small.
const LARGEST: i64 = 40;

/// Steps of a run that are taken.
const STEPS: usize = 4;

/// Any JSON value that fits on a page.
fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        hostile_number(),
        "[-a-z_0-9.\n\"]{0,9}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        let fields = vec(("[a-z_]{1,6}", inner.clone()), 0..4);
        prop_oneof![vec(inner, 0..5).prop_map(Value::from), fields.prop_map(|fields| fields.into_iter().collect())]
    })
    .boxed()
}

/// Numbers that break things. None is a size that would take long.
fn hostile_number() -> impl Strategy<Value = Value> {
    let numbers = [-1.0, -0.0, 0.0, 0.5, 1.0, 2.0, 7.0, 1e-320, 1e-300, 1e17, 1e300, f64::MAX, -f64::MAX];
    select(numbers.to_vec()).prop_map(Value::from)
}

/// Values that a schema allows.
fn values_of(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(options) = schema.get("oneOf").and_then(Value::as_array) {
        return Union::new(options.iter().map(values_of)).boxed();
    }
    if let Some(only) = schema.get("const") {
        return Just(only.clone()).boxed();
    }
    if let Some(names) = schema.get("enum").and_then(Value::as_array) {
        return select(names.clone()).boxed();
    }
    match &schema["type"] {
        Value::Array(types) => Union::new(types.iter().map(|kind| values_of_type(schema, kind.as_str()))).boxed(),
        kind => values_of_type(schema, kind.as_str()),
    }
}

fn values_of_type(schema: &Value, kind: Option<&str>) -> BoxedStrategy<Value> {
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    match kind {
        Some("null") => Just(Value::Null).boxed(),
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => {
            let low = bound("minimum").unwrap_or(0.0) as i64;
            let high = bound("maximum").unwrap_or(1e15) as i64;
            (low..=high.min(low.max(LARGEST))).prop_map(Value::from).boxed()
        }
        Some("number") => {
            let low = bound("minimum").or(bound("exclusiveMinimum").map(|above| above + 1e-9)).unwrap_or(-1e3);
            let high = bound("maximum").unwrap_or(low.abs() + 1e3);
            prop_oneof![Just(low), Just(high), low..=high].prop_map(Value::from).boxed()
        }
        Some("string") => "[a-z]{0,6}".prop_map(Value::from).boxed(),
        Some("array") => list_of(schema),
        Some("object") => object_of(schema),
        _ if schema["x-kind"] == "numbers" => numbers(),
        _ => panic!("the generator does not know {schema}"),
    }
}

fn list_of(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(places) = schema.get("prefixItems").and_then(Value::as_array) {
        return places.iter().map(values_of).collect::<Vec<_>>().prop_map(Value::from).boxed();
    }
    let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
    let most = schema.get("maxItems").and_then(Value::as_u64).map_or(usize::MAX, |most| most as usize);
    vec(values_of(&schema["items"]), least..=most.min(least + 4)).prop_map(Value::from).boxed()
}

/// Each property is there or not, unless it is required.
fn object_of(schema: &Value) -> BoxedStrategy<Value> {
    let required = |name: &String| schema["required"].as_array().is_some_and(|names| names.iter().any(|n| n == name));
    let property = |(name, schema): (&String, &Value)| {
        let value = values_of(schema);
        let value = if required(name) { value.prop_map(Some).boxed() } else { proptest::option::of(value).boxed() };
        let name = name.clone();
        value.prop_map(move |value| Some((name.clone(), value?)))
    };
    let properties: Vec<_> = schema["properties"].as_object().into_iter().flatten().map(property).collect();
    properties.prop_map(|fields| fields.into_iter().flatten().collect::<Map<_, _>>().into()).boxed()
}

/// A list of numbers, a list of rows, or a file.
fn numbers() -> BoxedStrategy<Value> {
    let row = |n| vec(-9.0..9.0, n).prop_map(Value::from);
    let rows = (1usize..6, 1usize..9).prop_flat_map(move |(m, n)| vec(row(n), m).prop_map(Value::from));
    prop_oneof![(1usize..9).prop_flat_map(row), rows, select(vec!["A.npy", "y.csv", "no"]).prop_map(Value::from)]
        .boxed()
}

/// A Spec that the schema allows; sizes are set where they would be left to their defaults.
fn any_spec() -> impl Strategy<Value = Value> {
    Union::new(registry().problems.iter().map(|problem| values_of(&schema_for(problem.card().id))))
}

/// The schema of Specs with this problem, and the methods that solve it.
fn schema_for(problem: &str) -> Value {
    let mut schema = registry().schemas()["spec"].clone();
    let chosen = registry().problem(problem).expect("a problem");
    let mut keep = |path: &str, fits: &dyn Fn(&str) -> bool| {
        let options = schema.pointer_mut(path).and_then(Value::as_array_mut).expect("a list of options");
        options.retain(|option| option["properties"]["id"]["const"].as_str().is_some_and(fits));
    };
    keep("/properties/problem/oneOf", &|id| id == problem);
    keep("/properties/methods/items/oneOf", &|id| {
        registry().method(id).is_ok_and(|method| chosen.takes_methods_of(method.card().problem))
    });
    schema
}

/// A Spec with up to three of its values replaced, dropped or added to.
fn mutated() -> impl Strategy<Value = Value> {
    let edits = vec((any::<prop::sample::Index>(), prop_oneof![any_json(), hostile_number()]), 1..4);
    (any_spec(), edits).prop_map(|(mut spec, edits)| {
        for (place, value) in edits {
            let mut paths = Vec::new();
            paths_of(&spec, String::new(), &mut paths);
            if let Some(target) = spec.pointer_mut(&paths[place.index(paths.len())]) {
                *target = value;
            }
        }
        spec
    })
}

/// JSON pointers to all values within `value`.
fn paths_of(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, v)| paths_of(v, format!("{path}/{name}"), paths)),
        Value::Array(entries) => {
            entries.iter().enumerate().for_each(|(i, v)| paths_of(v, format!("{path}/{i}"), paths));
        }
        _ => {}
    }
    paths.push(path);
}

/// Two small files.
struct TwoFiles;

impl Files for TwoFiles {
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint> {
        match path {
            "A.npy" => Ok(npy::write(2, 5, &Entries::Real((0..10).map(|i| f64::from(i * 3 % 7) - 2.0).collect()))),
            "y.csv" => Ok(b"y\n0.5\n-1.5\n".to_vec()),
            _ => NoFiles.read(path),
        }
    }
}

/// Everything up to a few steps of each method. What was seen of the runs, or the first complaint.
fn attempt(spec: Value) -> Result<Vec<String>, Complaint> {
    let spec = Spec::from_value(spec, registry())?;
    let instance = spec.instance(registry(), &TwoFiles)?;
    let laid_out = registry().problem(&id_of(&spec.problem))?.card().page.is_some();
    (0..spec.methods.len())
        .map(|i| {
            let (mut run, _) = spec.start(i, &instance, registry())?;
            let size = run.observe().estimate.len();
            for _ in 0..STEPS {
                let status = run.step();
                let seen = run.observe();
                check(&seen, size, laid_out, &status);
                instance.observe(&seen);
                instance.metrics(&seen);
                instance.traces(&seen);
                if !matches!(status, Status::Inner | Status::Running) {
                    break;
                }
            }
            Ok(digest(&run.observe().estimate))
        })
        .collect()
}

/// What every observation owes to those who draw it.
fn check(seen: &Observation<'_>, size: usize, laid_out: bool, status: &Status) {
    assert_eq!(seen.estimate.len(), size);
    assert!(seen.support.is_sorted_by(|a, b| a < b), "the support ascends: {:?}", seen.support);
    // A problem that lays out its own page may hold active what it does not estimate, such as cells of a plan.
    assert!(laid_out || seen.support.last().is_none_or(|&last| last < size));
    if !matches!(status, Status::Diverged(_) | Status::Failed(_)) {
        assert!(seen.estimate.is_finite(), "an estimate with {status:?} is finite");
        assert!(seen.traces.iter().all(|trace| trace.value.is_finite()), "{:?} with {status:?}", seen.traces);
    }
    for panel in &seen.panels {
        let (rows, cols) = panel.shape;
        assert_eq!(panel.values.len(), rows * cols, "panel {}", panel.id);
        if let Status::Running | Status::Inner = status {
            assert!(panel.values.is_finite(), "panel {}", panel.id);
        }
    }
}

/// A complaint is one line.
fn assert_sentence(complaint: &Complaint) {
    let sentence = complaint.to_string();
    assert!(!complaint.message.is_empty() && !sentence.contains('\n') && sentence.len() < 2000, "{sentence}");
}

proptest! {
    #[test]
    fn any_text_is_a_spec_or_a_sentence(text in "\\PC{0,60}") {
        if let Err(complaint) = Spec::parse(&text, registry()) {
            assert_sentence(&complaint);
        }
    }

    #[test]
    fn any_json_is_a_spec_or_a_sentence(v in any_json(), seed in any_json(), problem in any_json(), methods in any_json()) {
        for value in [v.clone(), json!({"v": 1, "seed": seed, "problem": problem, "methods": methods, "x": v})] {
            if let Err(complaint) = Spec::from_value(value, registry()) {
                assert_sentence(&complaint);
            }
        }
    }

    #[test]
    fn what_the_schema_allows_is_a_spec(spec in any_spec()) {
        let methods_fit = |spec: &Value| {
            let problem = registry().problem(spec["problem"]["id"].as_str().unwrap()).unwrap();
            let fits = |method: &Value| {
                let id = method["id"].as_str().unwrap();
                registry().method(id).is_ok_and(|method| problem.takes_methods_of(method.card().problem))
            };
            spec["methods"].as_array().unwrap().iter().all(fits)
        };
        match Spec::from_value(spec.clone(), registry()) {
            Ok(_) => prop_assert!(methods_fit(&spec)),
            Err(complaint) => prop_assert!(!methods_fit(&spec), "{}", complaint),
        }
    }

    #[test]
    fn the_canonical_form_is_a_fixed_point(spec in any_spec()) {
        if let Ok(parsed) = Spec::from_value(spec, registry()) {
            let canonical = parsed.canonical(registry());
            let again = Spec::parse(&canonical.to_string(), registry()).unwrap();
            prop_assert_eq!(again.canonical(registry()), canonical);
        }
    }

    #[test]
    fn the_canonical_form_runs_alike(spec in any_spec()) {
        if let Ok(parsed) = Spec::from_value(spec.clone(), registry()) {
            prop_assert_eq!(attempt(parsed.canonical(registry())), attempt(spec));
        }
    }

    #[test]
    fn a_mutated_spec_runs_or_is_refused(spec in mutated()) {
        if let Err(complaint) = attempt(spec) {
            assert_sentence(&complaint);
        }
    }
}

/// The generator is worth something only if many of its Specs reach a run.
#[test]
fn many_generated_specs_run() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let specs = any_spec();
    let runs = (0..200).filter(|_| attempt(specs.new_tree(&mut runner).unwrap().current()).is_ok()).count();
    assert!(runs >= 30, "only {runs} of 200 run");
}
