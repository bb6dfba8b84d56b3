//! Regression with Gaussian processes: sparse ones that see everything are the plain ones, and exact ones are calibrated.

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went: its ending, the estimate and a metric by name.
struct Went {
    ending: Ending,
    estimate: Vec<f64>,
    metrics: Vec<(&'static str, f64)>,
}

impl Went {
    fn metric(&self, name: &str) -> f64 {
        self.metrics.iter().find(|metric| metric.0 == name).expect("a metric").1
    }
}

fn run(problem: &Value, method: &Value) -> Went {
    let spec = json!({"v": 1, "seed": 2, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance: Arc<dyn Instance> = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (ending, _) = drive(run.as_mut(), most, |_, _, _| {});
    let seen = run.observe();
    let metrics = instance.metrics(&seen).iter().map(|trace| (trace.name, trace.value)).collect();
    let Values::Real(estimate) = &seen.estimate else { panic!("predictions are real") };
    Went { ending, estimate: estimate.to_vec(), metrics }
}

fn bumps(count: usize, points: usize) -> Value {
    json!({"id": "gp-regression", "scene": {"id": "bumps", "count": count}, "points": points})
}

/// `|x - y| / |y|`.
fn apart(x: &[f64], y: &[f64]) -> f64 {
    let square = |v: &mut dyn Iterator<Item = f64>| v.fold(0.0, |sum, v| sum + v * v);
    (square(&mut x.iter().zip(y).map(|(x, y)| x - y)) / square(&mut y.iter().copied())).sqrt()
}

/// With as many neighbours as inducing variables, both variants take the steps of SVGP.
#[test]
fn with_all_neighbours_it_is_the_plain_sparse_process() {
    for covariance in ["diagonal", "rows", "block"] {
        let settings = json!({"inducing": 12, "covariance": covariance, "batch": 16, "max_steps": 4, "scale": 0.8});
        let with = |id: &str, more: Value| {
            let mut method = settings.clone();
            method["id"] = json!(id);
            more.as_object().unwrap().iter().for_each(|(name, value)| method[name] = value.clone());
            run(&bumps(5, 80), &method)
        };
        let plain = with("svgp", json!({}));
        for union in [true, false] {
            let sparse = with("sws-gp", json!({"neighbours": 12, "union": union}));
            let off = apart(&sparse.estimate, &plain.estimate);
            assert!(off < 1e-6, "{covariance}, union {union}: {off}");
        }
        let few = with("sws-gp", json!({"neighbours": 3}));
        assert!(apart(&few.estimate, &plain.estimate) > 1e-3, "three neighbours are another process");
    }
}

/// The law behind the data is not the model's, but nearly: nine values of ten at least lie within two deviations.
#[test]
fn exact_processes_are_calibrated_and_their_neighbourhoods_approach_them() {
    let problem = bumps(8, 150);
    let exact = run(&problem, &json!({"id": "exact-gp"}));
    assert_eq!(exact.ending, Ending::Budget);
    assert!((0.9..=1.0).contains(&exact.metric("covered")), "{:?}", exact.metrics);
    assert!(exact.metric("rmse") < 0.06, "{:?}", exact.metrics);
    let near =
        |count: usize| apart(&run(&problem, &json!({"id": "exact-gp", "nearest": count})).estimate, &exact.estimate);
    let (few, many) = (near(4), near(40));
    assert!(many < 0.2 * few && many < 0.01, "{few} and {many}");
}

#[test]
fn training_finds_the_function_and_the_noise() {
    let went = run(&bumps(10, 300), &json!({"id": "sws-gp", "inducing": 40, "neighbours": 8, "max_steps": 60}));
    assert!(went.metric("rmse") < 0.5 * 0.35, "{:?}", went.metrics);
    assert!(went.metric("covered") > 0.85, "{:?}", went.metrics);
}

#[test]
fn what_cannot_be_used_is_explained() {
    let refused = |problem: Value, method: Value| {
        let spec = json!({"v": 1, "problem": problem, "methods": [method]});
        let spec = Spec::from_value(spec, registry()).expect("a Spec");
        match spec.instance(registry(), &NoFiles) {
            Err(complaint) => complaint.to_string(),
            Ok(instance) => spec.start(0, &instance, registry()).err().expect("a complaint").to_string(),
        }
    };
    let many = refused(bumps(3, 2000), json!({"id": "exact-gp"}));
    assert_eq!(many, "methods[0].nearest: is needed for more than 1000 data; there are 2000");
    let curve = refused(json!({"id": "gp-regression", "data": {"curve": [1]}}), json!({"id": "svgp"}));
    assert_eq!(curve, "problem.data.curve: takes 2 to 100000 samples, not 1");
}
