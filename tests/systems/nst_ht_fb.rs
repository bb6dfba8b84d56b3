//! Null space tuning, thresholding and feedback: what each half of a step is to do, and the promise.

use crate::run::{norm, run};
use pursuit::contract::Ending;
use pursuit::labs::recovery::linear::Recovery;
use serde_json::{Value, json};

fn problem(amplitude: &str, (rows, cols, sparsity): (usize, usize, usize)) -> Value {
    json!({"id": "linear", "rows": rows, "cols": cols, "signal": {"id": "sparse", "sparsity": sparsity, "amplitude": amplitude}})
}

fn variants() -> Vec<Value> {
    let kept = [json!({"id": "fixed"}), json!({"id": "adaptive", "by": 2}), json!({"id": "growing"})];
    let feedback = ["none", "partial", "full"];
    kept.iter()
        .flat_map(|kept| feedback.map(|feedback| json!({"id": "nst-ht-fb", "kept": kept, "feedback": feedback})))
        .collect()
}

/// Before every step x is a solution of A x = y, and nothing but what least squares leave is orthogonal to the kept columns.
#[test]
fn tuning_is_exact_and_full_feedback_is_least_squares() {
    for method in variants() {
        let done = run(&problem("uniform", (60, 120, 8)), 2, &method);
        let Some(Recovery::Real(linear)) = done.instance.as_any().downcast_ref::<Recovery>() else { panic!("real") };
        for solution in done.panel("looks-at") {
            assert!(norm(&linear.residual(&solution)) < 1e-10 * norm(&linear.measurements), "{method}");
        }
        if method["feedback"] == "full" {
            let mut correlations = vec![0.0; 120];
            linear.operator.adjoint(&linear.residual(&done.estimate), &mut correlations);
            assert!(done.support.iter().all(|&j| correlations[j].abs() < 1e-10), "{method}");
        }
    }
}

#[test]
fn every_variant_finds_few_spikes() {
    // What grows from step to step must be right at once, which takes all feedback.
    for method in variants().into_iter().filter(|one| one["feedback"] == "full" || one["kept"]["id"] == "fixed") {
        let done = run(&problem("gaussian", (60, 120, 6)), 4, &method);
        assert!(done.last("relative_error") < 1e-6, "{method}: {}", done.last("relative_error"));
        assert!(matches!(done.ending, Ending::Converged(_)), "{method}: {:?}", done.ending);
    }
}

/// The error after k steps is below `r^k |x|`, with r from eigenvalues alone.
#[test]
fn errors_keep_the_promise() {
    let mut several = 0;
    for seed in 0..12 {
        let done = run(&problem("power-law", (200, 256, 12)), seed, &json!({"id": "nst-ht-fb"}));
        let rate = done.last("rate");
        assert!(rate < 1.0, "{rate}");
        let panel = done.panel("promise").pop().unwrap();
        let (bound, error) = panel.split_at(panel.len() / 2);
        assert!(bound.iter().zip(error).all(|(bound, error)| *error <= bound * (1.0 + 1e-9)), "{panel:?}");
        assert!(done.last("over_prediction") <= 1.0);
        several += usize::from(done.steps >= 2);
    }
    assert!(several >= 6, "{several} runs of more than one step");
}

#[test]
fn half_of_the_measurements_is_where_the_adaptive_scheme_gives_up() {
    let done = run(&problem("signs", (40, 200, 30)), 1, &json!({"id": "nst-ht-fb", "kept": {"id": "adaptive"}}));
    assert!(
        matches!(&done.ending, Ending::Failed(sentence) if sentence.starts_with("20 entries")),
        "{:?}",
        done.ending
    );
}
