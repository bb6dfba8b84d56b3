//! The same answers as other libraries, on their numbers; the scripts that asked them are in `tests/peers`.

use crate::solve::{Answer, Case};
use serde_json::{Value, json};

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|entry| entry.as_f64().unwrap()).collect()
}

/// The cases of a file, each as it is stored and as a problem.
fn stored(text: &str) -> Vec<(Value, Case)> {
    let file: Value = serde_json::from_str(text).unwrap();
    let case = |(number, stored): (usize, &Value)| {
        let matrix: Vec<Vec<f64>> = stored["matrix"].as_array().unwrap().iter().map(numbers).collect();
        let name = format!("peer case {number}");
        (stored.clone(), Case::of(&name, &matrix, &numbers(&stored["measurements"])))
    };
    file["cases"].as_array().unwrap().iter().enumerate().map(case).collect()
}

fn list<'a>(stored: &'a Value, name: &str) -> &'a [Value] {
    stored[name].as_array().unwrap()
}

fn merged(mut method: Value, more: &Value) -> Value {
    more.as_object().unwrap().iter().for_each(|(name, value)| method[name] = value.clone());
    method
}

/// Solves it and compares all entries.
fn same(case: &Case, method: Value, wanted: &Value, within: f64) -> Answer {
    let answer = case.solve(method.clone());
    assert!(answer.converged(), "{}, {method}: {}", case.name, answer.reason());
    for (x, wanted) in answer.real().iter().zip(numbers(wanted)) {
        assert!((x - wanted).abs() <= within, "{}, {method}: {x} is not {wanted}", case.name);
    }
    answer
}

#[test]
fn scikit_learn_finds_the_same_solutions() {
    let mut compared = 0;
    for (stored, case) in stored(include_str!("../peers/lasso_sklearn.json")) {
        let mut compare = |method: Value, wanted: &Value, within: f64| {
            same(&case, method, wanted, within);
            compared += 1;
        };
        for solution in list(&stored, "lasso") {
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

#[test]
fn clarabel_finds_the_same_minima_of_losses_and_penalties() {
    let mut compared = 0;
    for (stored, case) in stored(include_str!("../peers/convex_cvxpy.json")) {
        for answer in list(&stored, "answers") {
            for id in ["admm", "primal-dual"] {
                let method = merged(json!({"id": id, "tolerance": 1e-11, "max_steps": 1_000_000}), &answer["asks"]);
                // Clarabel's gap is 1e-10, which leaves errors of the order of its root.
                let objective = same(&case, method.clone(), &answer["x"], 1e-4).trace("objective");
                let wanted = answer["objective"].as_f64().unwrap();
                let off = (objective - wanted).abs();
                assert!(off <= 1e-8 * wanted, "{}, {method}: {objective} is not {wanted}", case.name);
                compared += 1;
            }
        }
        let dantzig = &stored["dantzig"];
        let method = json!({"id": "dantzig", "lambda": dantzig["lambda"], "tolerance": 1e-9, "max_steps": 1_000_000});
        same(&case, method, &dantzig["x"], 1e-4);
    }
    assert_eq!(compared, 2 * (3 * (16 + 3 + 2) + 2));
}

#[test]
fn skglm_celer_and_spams_find_the_same_regressions() {
    let mut compared = 0;
    for (stored, case) in stored(include_str!("../peers/lasso_libraries.json")) {
        for answer in list(&stored, "answers") {
            let method = json!({"id": "proximal-gradient", "tolerance": 1e-15, "max_steps": 1_000_000,
                "penalty": answer["penalty"], "lambda": answer["lambda"]});
            same(&case, method, &answer["x"], 1e-6);
            compared += 1;
        }
    }
    assert_eq!(compared, 3 * (2 * 6 + 5));
}

#[test]
fn pylops_takes_the_same_columns_and_finds_the_same_minima() {
    for (stored, case) in stored(include_str!("../peers/sparsity_pylops.json")) {
        for answer in list(&stored, "lasso") {
            let method =
                json!({"id": answer["solver"], "lambda": answer["lambda"], "tolerance": 1e-15, "max_steps": 1_000_000});
            same(&case, method, &answer["x"], 1e-6);
        }
        let picked = case.solve(json!({"id": "omp", "sparsity": 4}));
        for (x, wanted) in picked.real().iter().zip(numbers(&stored["omp"])) {
            assert!((x - wanted).abs() <= 1e-6, "{}: {x} is not {wanted}", case.name);
        }
    }
}
