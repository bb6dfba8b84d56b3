//! Signs of measurements: what must hold of any answer, the rate of the theory, and input that leads nowhere.
#![cfg(not(target_arch = "wasm32"))]

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

struct Done {
    ending: Ending,
    estimate: Vec<f64>,
    metrics: Vec<(&'static str, f64)>,
    /// A, x and y, row by row.
    arrays: Vec<Vec<f64>>,
}

impl Done {
    fn metric(&self, name: &str) -> f64 {
        self.metrics.iter().find(|metric| metric.0 == name).expect("a metric").1
    }
}

fn run(problem: Value, seed: u64, method: Value) -> Done {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{complaint}"));
    let instance: Arc<dyn Instance> = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.observe();
        assert!(seen.estimate.is_finite() && seen.panels.iter().all(|panel| panel.values.is_finite()));
    });
    let real = |values: &Values<'_>| match values {
        Values::Real(values) => values.to_vec(),
        Values::Complex(_) => panic!("real numbers"),
    };
    let seen = run.observe();
    Done {
        ending,
        estimate: real(&seen.estimate),
        metrics: instance.metrics(&seen).into_iter().map(|metric| (metric.name, metric.value)).collect(),
        arrays: instance.arrays().iter().map(|(_, _, values)| real(values)).collect(),
    }
}

fn signs(rows: usize, k: usize) -> Value {
    json!({"id": "one-bit", "rows": rows, "cols": 128, "signal": {"id": "sparse", "sparsity": k}})
}

#[test]
fn a_converged_answer_is_sparse_of_unit_norm_and_has_all_signs() {
    for seed in 1..=5 {
        let done = run(signs(300, 6), seed, json!({"id": "biht"}));
        assert!(matches!(done.ending, Ending::Converged(_)), "{:?}", done.ending);
        assert!(done.estimate.iter().filter(|x| **x != 0.0).count() <= 6);
        assert!((done.estimate.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-12);
        for (row, y) in done.arrays[0].chunks(128).zip(&done.arrays[2]) {
            let product: f64 = row.iter().zip(&done.estimate).map(|(a, x)| a * x).sum();
            assert!(product * y > 0.0);
        }
        assert_eq!(done.metric("hamming"), 0.0);
        // |u - v|^2 = 2 - 2 cos for unit vectors.
        let cosine = libm::cos(done.metric("angle") * std::f64::consts::PI);
        let error = done.metric("relative_error");
        assert!((error * error - (2.0 - 2.0 * cosine)).abs() < 1e-12);
    }
}

/// The error of consistent answers falls like k / m up to logarithms (theorem 2), and not slower than a half for
/// twice as many signs would have it: over a factor of eight, between 4 and 16.
#[test]
fn the_error_falls_like_one_over_the_number_of_signs() {
    let median = |rows| {
        let mut errors: Vec<f64> =
            (1..=9).map(|seed| run(signs(rows, 5), seed, json!({"id": "biht"})).metric("relative_error")).collect();
        errors.sort_by(f64::total_cmp);
        errors[4]
    };
    let (few, many) = (median(256), median(2048));
    println!("{few} with 256 signs, {many} with 2048");
    assert!((4.0..16.0).contains(&(few / many)), "{few} / {many}");
}

/// Nothing but signs is measured, so a signal of any length gives the same instance.
#[test]
fn the_length_of_the_signal_is_lost() {
    let drawn = |scale: f64| {
        let spikes = json!([[3, 1.0 * scale], [40, -0.5 * scale], [77, 0.25 * scale]]);
        run(
            json!({"id": "one-bit", "rows": 300, "cols": 128, "signal": {"id": "drawn", "spikes": spikes}}),
            2,
            json!({"id": "biht"}),
        )
    };
    let (one, other) = (drawn(1.0), drawn(1024.0));
    assert_eq!((&one.arrays[2], &one.estimate), (&other.arrays[2], &other.estimate));
}

#[test]
fn flipped_signs_are_as_many_as_asked_for_and_end_the_budget() {
    let (plain, mut problem) = (run(signs(400, 6), 3, json!({"id": "biht"})), signs(400, 6));
    problem["flips"] = json!(0.05);
    let flipped = run(problem, 3, json!({"id": "biht"}));
    let differ = plain.arrays[2].iter().zip(&flipped.arrays[2]).filter(|(a, b)| a != b).count();
    assert_eq!((differ, &flipped.ending), (20, &Ending::Budget));
    assert!(flipped.metric("relative_error") < 0.6, "{}", flipped.metric("relative_error"));
}

#[test]
fn nothing_to_find_ends_at_once() {
    let done = run(signs(50, 0), 1, json!({"id": "biht"}));
    assert!(matches!(done.ending, Ending::Converged(_)), "{:?}", done.ending);
    assert!(done.estimate.iter().all(|&x| x == 0.0));
}
