//! Input that leads nowhere ends with a finite answer and an honest word.

use super::cases::{complaint, run};
use pursuit::contract::Ending;
use serde_json::{Value, json};

const ALL: [&str; 13] = [
    "mp",
    "ols",
    "generalized-omp",
    "stomp",
    "regularized-omp",
    "best-subset",
    "sl0",
    "half-thresholding",
    "irls",
    "vamp",
    "bg-amp",
    "fast-sbl",
    "bsbl",
];

/// Methods that work with fourth powers say so of numbers that have none.
const TELL_OF_TINY_NUMBERS: [&str; 2] = ["fast-sbl", "bsbl"];

fn cases() -> Vec<(&'static str, Value, Value)> {
    vec![
        ("y is zero", json!([[1.0, 0.5, 0.2], [0.0, 1.0, 0.3]]), json!([0.0, 0.0])),
        ("a zero column", json!([[1.0, 0.0, 0.2], [0.0, 0.0, 0.3]]), json!([1.0, 2.0])),
        ("only zero columns", json!([[0.0, 0.0], [0.0, 0.0]]), json!([1.0, 2.0])),
        ("one measurement", json!([[1.0, 0.5, -0.2]]), json!([2.0])),
        ("one entry", json!([[3.0]]), json!([2.0])),
        ("more measurements than unknowns", json!([[1.0, 0.1], [0.2, 1.0], [0.3, -1.0]]), json!([1.0, 2.0, 0.5])),
        ("equal columns", json!([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]), json!([1.0, 1.0])),
        ("equal rows", json!([[1.0, 2.0, 0.5], [1.0, 2.0, 0.5]]), json!([1.0, 3.0])),
        ("orthogonal to all columns", json!([[1.0, 2.0], [0.0, 0.0]]), json!([0.0, 1.0])),
        ("tiny numbers", json!([[1e-140, 2e-140], [3e-140, -1e-140]]), json!([1e-140, 0.0])),
        ("huge numbers", json!([[1e70, 2e70], [3e70, -1e70]]), json!([1e70, 0.0])),
        ("unequal scales", json!([[1e8, 1e-8, 1.0], [1e8, 2e-8, -1.0]]), json!([1.0, 2.0])),
    ]
}

#[test]
fn degenerate_input_ends_with_a_finite_answer() {
    for (name, matrix, y) in cases() {
        for id in ALL {
            let told = ["ols", "generalized-omp", "regularized-omp", "best-subset", "half-thresholding"].contains(&id);
            let mut method = json!({"id": id});
            if told {
                method["sparsity"] = json!(1);
            }
            if id == "generalized-omp" {
                method["columns"] = json!(1);
            }
            let data = json!({"matrix": matrix, "measurements": y});
            let spec = json!({"v": 1, "methods": [method], "problem": {"id": "linear", "data": data}});
            if name == "tiny numbers" && TELL_OF_TINY_NUMBERS.contains(&id) {
                assert!(complaint(spec).contains("fourth powers"), "{id}");
                continue;
            }
            let done = run(spec);
            println!("{name}, {id}: {:?} {:?}", done.ending, done.real_estimate());
            assert!(done.estimate.iter().all(|x| x.re.is_finite()), "{name}, {id}");
            if ["y is zero", "only zero columns", "orthogonal to all columns"].contains(&name) {
                let zero = done.estimate.iter().all(|x| x.re.abs() < 1e-12);
                assert!(zero && matches!(done.ending, Ending::Converged(_)), "{name}, {id}: {:?}", done.ending);
            }
        }
    }
}
