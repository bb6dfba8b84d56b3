//! The same answers as scikit-learn, on its numbers (see `tests/peers/lasso_sklearn.py`).

use crate::solve::Case;
use serde_json::{Value, json};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|entry| entry.as_f64().unwrap()).collect()
}

#[test]
fn scikit_learn_finds_the_same_solutions() {
    let stored: Value = serde_json::from_str(include_str!("../peers/lasso_sklearn.json")).unwrap();
    let mut compared = 0;
    for (number, stored) in stored["cases"].as_array().unwrap().iter().enumerate() {
        let matrix: Vec<Vec<f64>> = stored["matrix"].as_array().unwrap().iter().map(numbers).collect();
        let case = Case::of(&format!("peer case {number}"), &matrix, &numbers(&stored["measurements"]));
        let mut compare = |method: Value, wanted: &Value, within: f64| {
            let answer = case.solve(method.clone());
            assert!(answer.converged(), "{}, {method}: {}", case.name, answer.reason());
            for (x, wanted) in answer.real().iter().zip(numbers(wanted)) {
                assert!((x - wanted).abs() <= within, "{}, {method}: {x} is not {wanted}", case.name);
            }
            compared += 1;
        };
        for solution in stored["lasso"].as_array().unwrap() {
            let lambda = &solution["lambda"];
            for id in ["ista", "fista", "lasso-cd"] {
                // A relative gap of 1e-15 leaves errors of the order of its root.
                let method = json!({"id": id, "lambda": lambda, "tolerance": 1e-15, "max_steps": 1_000_000});
                compare(method, &solution["x"], 1e-7);
            }
            compare(json!({"id": "reweighted-l1", "rounds": 1, "lambda": lambda}), &solution["x"], 1e-8);
        }
        if let Some(wanted) = stored.get("basis_pursuit") {
            compare(json!({"id": "basis-pursuit"}), wanted, 1e-8);
        }
    }
    assert_eq!(compared, 4 * 12 + 3);
}
