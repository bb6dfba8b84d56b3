//! The sweep's file: what it may say, and a sentence for everything else.

use proptest::prelude::*;
use pursuit::labs::registry;
use pursuit::sweep::{Sweep, SweepSpec};
use serde_json::{Map, Value, json};

fn file() -> Value {
    json!({
        "v": 1,
        "spec": {"v": 1, "seed": 5, "problem": {"id": "linear"}, "methods": [{"id": "omp"}, {"id": "ista"}]},
        "x": {"param": "problem.delta", "from": 0.1, "to": 0.9, "steps": 9, "scale": "linear"},
        "y": {"param": "problem.rho", "from": 0.1, "to": 0.9, "steps": 9, "scale": "linear"},
        "trials": 20, "metric": "success", "tolerance": 1e-3, "seed": 5,
    })
}

fn patched(pointer: &str, value: Value) -> Value {
    let mut file = file();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    file.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(name.to_owned(), value);
    file
}

#[track_caller]
fn complaint(value: Value) -> String {
    match Sweep::from_value(value, registry()).and_then(|sweep| sweep.probe(&pursuit::contract::NoFiles)) {
        Ok(()) => String::new(),
        Err(complaint) => complaint.to_string(),
    }
}

#[test]
fn the_canonical_form_is_read_as_the_same() {
    let sweep = Sweep::from_value(file(), registry()).unwrap();
    let canonical = sweep.spec.canonical(registry());
    assert_eq!(canonical, file());
    let mut short = file();
    for name in ["trials", "metric", "tolerance", "seed"] {
        short.as_object_mut().unwrap().shift_remove(name);
    }
    let short = Sweep::from_value(short, registry()).unwrap();
    assert_eq!(short.spec.canonical(registry()), canonical);
    assert!(short.spec == sweep.spec);
}

#[test]
fn each_mistake_has_its_sentence() {
    let problems: Vec<_> = registry().problems.iter().map(|problem| problem.card().id).collect();
    let unknown = format!("spec.problem.id: takes one of {}, not \"cubic\"", problems.join(", "));
    let table = [
        ("/v", json!(2), "v: takes a whole number from 1 to 1, not 2"),
        ("/spec", json!({}), "spec.v: is missing; this build reads version 1"),
        ("/spec/problem/id", json!("cubic"), unknown.as_str()),
        ("/colour", json!(1), "colour: is not a field here; there are v, spec, x, y, trials, metric, tolerance, seed"),
        ("/x/steps", json!(0), "x.steps: takes a whole number from 1 to 1024, not 0"),
        ("/x/steps", json!(1000), "y.steps: takes up to 4096 cells in all, not 9000"),
        ("/x/to", json!(0.1), "x.to: takes more than from, 0.1, not 0.1"),
        ("/x/from", json!("a"), "x.from: takes a number from -1000000000000 to 1000000000000, not \"a\""),
        ("/x/scale", json!("cubic"), "x.scale: takes one of linear, log, not \"cubic\""),
        ("/trials", json!(10_001), "trials: takes a whole number from 1 to 10000, not 10001"),
        ("/trials", json!(null), "trials: takes a whole number from 1 to 10000, not nothing (null)"),
        ("/tolerance", json!(-1), "tolerance: takes a number from 0 to 1000000000000, not -1"),
        (
            "/x/param",
            json!("problem.colour"),
            "x.param: cannot be set: problem.colour: takes a parameter of this Spec that is a number, or an axis of the problem",
        ),
        (
            "/x/to",
            json!(100),
            "spec.problem.rows: takes a whole number from 1 to 16384, not 19206, at x = 75.025 and y = 0.1",
        ),
        ("/x/param", json!("problem.rho"), "y.param: sets what the other axis, problem.rho, has set"),
        ("/x/param", json!("problem.oversampling"), "y.param: sets what the other axis, problem.oversampling, has set"),
        (
            "/metric",
            json!({"mean": "luck"}),
            "metric: needs what methods[0] does not tell; it tells false_alarms, flops, found, iterations, missed, objective, precision, products, recall, relative_error, relative_residual, residual",
        ),
        (
            "/metric",
            json!(7),
            "metric: takes \"success\", \"exact_support\", {\"mean\": name}, {\"median\": name} or {\"quantile\": name, \"at\": level}",
        ),
    ];
    for (pointer, value, sentence) in table {
        assert_eq!(complaint(patched(pointer, value.clone())), sentence, "{pointer} {value}");
    }
    assert_eq!(complaint(patched("/x/scale", json!("log"))), "");
    let log_from_0 = json!({"param": "methods[1].lambda", "from": 0, "to": 1, "steps": 3, "scale": "log"});
    assert_eq!(complaint(patched("/x", log_from_0)), "x.from: takes more than 0 on a log scale, not 0");
    assert_eq!(complaint(json!([])), "takes an object, not a list");
    assert_eq!(complaint(json!({})), "v: is missing; this build reads version 1");
    let many = json!({"param": "problem.delta", "from": 0.1, "to": 0.9, "steps": 400});
    let mut file = patched("/x", many);
    file["trials"] = json!(1000);
    assert_eq!(complaint(file), "trials: takes up to 2000000 trials in all, not 3600000");
    let values: Vec<f64> = (0..200_000).map(f64::from).collect();
    let large = patched("/spec/problem/data", json!({"truth": values}));
    assert_eq!(complaint(large), "spec: takes up to 1 MB; numbers of one's own come from files");
}

#[test]
fn the_schema_has_every_field() {
    let schema = SweepSpec::schema();
    let fields = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(fields(&schema["properties"]), fields(&file()));
    assert_eq!(fields(&schema["properties"]["x"]["properties"]), fields(&file()["x"]));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        any::<i64>().prop_map(Value::from),
        Just(json!("problem.rho")),
        Just(json!("problem.cols")),
        Just(json!("methods[0].sparsity")),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec(("[a-z]{1,5}", inner), 0..3).prop_map(|fields| Value::Object(Map::from_iter(fields))),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_that_is_read_breaks(at in 0..19usize, value in any_json()) {
        let pointers = ["/v", "/spec", "/x", "/y", "/trials", "/metric", "/tolerance", "/seed", "/x/param", "/x/from", "/x/to",
            "/x/steps", "/x/scale", "/y/param", "/y/from", "/y/to", "/y/steps", "/spec/problem", "/spec/methods"];
        if let Ok(sweep) = Sweep::from_value(patched(pointers[at], value), registry()) {
            // Whatever is read has a Spec in every cell and is read again.
            let last = sweep.cells.len() - 1;
            sweep.trial_spec(last, 0);
            sweep.theory();
            let again = Sweep::from_value(sweep.spec.canonical(registry()), registry()).unwrap();
            prop_assert!(again.spec.same_draws(&sweep.spec, registry()));
        }
    }
}
