//! Methods where the answer is known, and what only some of them can do.

use super::run::{run, small};
use pursuit::contract::Ending;
use serde_json::{Value, json};

fn fully_measured() -> Value {
    small(json!({"scanner": {"id": "mri", "acceleration": 1, "centre": 0}}))
}

/// All lines of k-space are the volume, whoever looks.
#[test]
fn what_is_measured_in_full_is_found() {
    let mut methods = vec![(json!({"id": "filtered-back-projection"}), 1e-12)];
    methods.push((json!({"id": "slice-wise-score", "steps": 10, "iterations": 3}), 1e-6));
    // Total variation pulls edges together by about lambda.
    methods.push((json!({"id": "admm-tv", "lambda": 1e-6}), 1e-4));
    for variant in [json!({"id": "fast"}), json!({"id": "fast", "iterations": 20}), json!({"id": "slow", "rounds": 4})]
    {
        methods.push((json!({"id": "diffusion-mbir", "steps": 10, "lambda": 1e-6, "variant": variant}), 2e-3));
    }
    for (method, most) in methods {
        let went = run(&fully_measured(), &method);
        assert!(went.metric("relative_error") < most, "{method}: {:?}", went.metrics);
    }
}

#[test]
fn back_projection_needs_views() {
    let error = |views: usize| {
        let problem = small(json!({"grid": "fine", "scanner": {"id": "ct", "views": views}}));
        run(&problem, &json!({"id": "filtered-back-projection"})).metric("relative_error")
    };
    let (few, many) = (error(6), error(60));
    assert!(many < 0.15 && few > 3.0 * many, "{few} and {many}");
}

/// A volume of flat pieces has a small total variation, but slices that follow each other have hardly any between them.
#[test]
fn support_is_what_total_variation_leaves() {
    let problem = small(json!({"slices": 16}));
    let fine = run(&problem, &json!({"id": "diffusion-mbir", "steps": 20}));
    assert!(matches!(fine.ending, Ending::Converged(_)));
    assert!(!fine.support.is_empty() && fine.support.len() < fine.estimate.len() / 2, "{}", fine.support.len());
    let strong = run(&problem, &json!({"id": "diffusion-mbir", "steps": 20, "lambda": 0.01}));
    assert!(strong.support.len() < fine.support.len() / 2, "{} and {}", strong.support.len(), fine.support.len());
    assert!(run(&problem, &json!({"id": "slice-wise-score", "steps": 20})).support.is_empty());
}

/// The last step goes towards the measurements.
#[test]
fn a_finish_leaves_a_smaller_residual() {
    let residual = |finish: bool| {
        let method = json!({"id": "diffusion-mbir", "steps": 20, "finish": finish});
        run(&small(json!({"slices": 16})), &method).metric("relative_residual")
    };
    assert!(residual(true) < residual(false));
}

/// Two views from nearly one side, and half of them noise: no method has an answer, and none breaks.
#[test]
fn nothing_breaks_where_next_to_nothing_is_seen() {
    let dark = small(json!({"noise": 0.5, "scanner": {"id": "ct", "views": 2, "arc": 10}}));
    for id in ["diffusion-mbir", "slice-wise-score", "admm-tv", "filtered-back-projection"] {
        let went = run(&dark, &json!({"id": id}));
        assert!(went.estimate.iter().all(|x| x.is_finite()), "{id}");
    }
}
