//! Same Spec, same numbers: the native half. `PURSUIT_BLESS=1 cargo test --test digests` writes the list anew.
#![cfg(not(target_arch = "wasm32"))]

#[path = "digests/mod.rs"]
mod list;

use pursuit::labs::registry;
use serde_json::Value;

#[test]
fn estimates_have_the_stored_digests() {
    let computed = list::computed();
    if std::env::var_os("PURSUIT_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digests/digests.json");
        std::fs::write(path, serde_json::to_string_pretty(&computed).unwrap() + "\n").unwrap();
        return;
    }
    for (i, (computed, stored)) in computed.iter().zip(list::stored()).enumerate() {
        assert_eq!(*computed, stored, "Spec {i} of tests/digests/specs.json");
    }
    assert_eq!(computed.len(), list::stored().len());
}

#[test]
fn a_sweep_has_the_stored_digest() {
    let computed = list::swept();
    if std::env::var_os("PURSUIT_BLESS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/digests/swept.json");
        std::fs::write(path, serde_json::to_string_pretty(&computed).unwrap() + "\n").unwrap();
        return;
    }
    assert!(computed.len() > 4, "most columns have a 50 % point");
    assert_eq!(computed, list::stored_swept());
}

#[test]
fn every_method_and_every_drawn_matrix_is_in_the_list() {
    let specs: Vec<Value> = serde_json::from_str(include_str!("digests/specs.json")).unwrap();
    let has = |path: &str, id: &str| specs.iter().any(|spec| spec.pointer(path).is_some_and(|value| value == id));
    for method in &registry().methods {
        let card = method.card();
        assert!(card.problem != "linear" || has("/methods/0/id", card.id), "{} is missing", card.id);
    }
    let problem = registry().problem("linear").unwrap();
    let matrices = problem.schema().pointer("/properties/matrix/oneOf").and_then(Value::as_array).unwrap();
    for matrix in matrices {
        let id = matrix.pointer("/properties/id/const").and_then(Value::as_str).unwrap();
        assert!(id == "file" || has("/problem/matrix/id", id), "{id} is missing");
    }
}
