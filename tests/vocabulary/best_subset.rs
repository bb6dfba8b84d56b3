//! Best subset selection against exhaustive enumeration.

use super::cases::{ComplexGaussian, run, solve, sparse};
use num_complex::Complex64;
use pursuit::contract::{Ending, NoFiles, Spec};
use pursuit::kernels::Scalar;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::registry;
use pursuit::operators::least_squares_on;
use serde_json::{Value, json};

/// All subsets of `k` out of `n`.
fn subsets(n: usize, k: usize) -> Vec<Vec<usize>> {
    if k == 0 {
        return vec![Vec::new()];
    }
    let larger = |last: usize| {
        subsets(last, k - 1).into_iter().map(move |mut s: Vec<usize>| {
            s.push(last);
            s
        })
    };
    (k - 1..n).flat_map(larger).collect()
}

/// The least squared residual of all subsets, and the subset.
fn least<S: Scalar>(instance: &LinearInstance<S>, k: usize) -> (f64, Vec<usize>) {
    let left =
        |s: &[usize]| S::norm_squared(&least_squares_on(&*instance.operator, s, &instance.measurements).residual);
    let rated = subsets(instance.cols(), k).into_iter().map(|s| (left(&s), s));
    rated.min_by(|x, y| x.0.total_cmp(&y.0)).expect("some subset")
}

#[test]
fn it_is_what_enumeration_finds() {
    let method = json!({"id": "best-subset"});
    let mut total = 0;
    for (rows, cols, k, snr) in [(8, 14, 3, 5.0), (20, 12, 4, 0.0), (6, 12, 4, 20.0), (10, 16, 2, -5.0), (5, 5, 5, 3.0)]
    {
        for seed in 1..=4 {
            for matrix in ["gaussian", "correlated"] {
                let mut problem = sparse(rows, cols, k, "gaussian");
                problem["noise"] = json!({"id": "gaussian", "snr_db": snr});
                problem["matrix"] = json!({"id": matrix});
                let done = solve(&problem, seed, &method);
                let (left, best) = least(done.real(), k);
                let found = done.real().residual(&done.real_estimate());
                let scale = f64::norm_squared(&done.real().measurements);
                assert!((f64::norm_squared(&found) - left).abs() < 1e-11 * scale, "{rows} x {cols}, {seed}");
                assert_eq!(done.support, best, "{rows} x {cols}, {seed}");
                let (bound, reached) = (done.last("lower_bound"), done.last("relative_residual"));
                assert!(bound <= reached * (1.0 + 1e-12) && reached - bound < 1e-6, "{bound}, {reached}");
                total += done.steps;
            }
        }
    }
    println!("{total} nodes");
}

#[test]
fn complex_subsets_are_chosen_too() {
    for seed in 1..=3 {
        let mut problem = sparse(6, 12, 3, "gaussian");
        problem["noise"] = json!({"id": "gaussian", "snr_db": 5});
        problem["data"] = json!({"matrix": "gaussian.npy"});
        let files = ComplexGaussian { rows: 6, cols: 12 };
        let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [{"id": "best-subset"}]});
        let done = super::cases::run_with(spec, &files);
        let Some(Recovery::Complex(instance)) = done.instance.as_any().downcast_ref::<Recovery>() else { panic!() };
        assert_eq!(done.support, least::<Complex64>(instance, 3).1);
    }
}

#[test]
fn the_bound_never_falls_and_the_best_never_rises() {
    let mut problem = sparse(20, 40, 4, "signs");
    problem["noise"] = json!({"id": "gaussian", "snr_db": 10});
    let done = solve(&problem, 4, &json!({"id": "best-subset"}));
    assert!(matches!(done.ending, Ending::Converged(_)));
    let (bounds, bests) = (done.trace("lower_bound"), done.trace("relative_residual"));
    assert!(bounds.windows(2).all(|pair| pair[0] <= pair[1]) && bests.windows(2).all(|pair| pair[0] >= pair[1]));
    assert!(bounds.iter().zip(&bests).all(|(bound, best)| *bound <= best * (1.0 + 1e-9)));
    println!("{} nodes of 10701", done.steps);
    // All sets of up to three columns of 40.
    assert!(done.steps < 10_701, "{}", done.steps);
}

#[test]
fn without_noise_it_recovers_where_nothing_else_can() {
    // k = 4 of m = 8 measurements is the limit of uniqueness for all signals.
    let exact = |id: &str| {
        let done = (1..=10).map(|seed| solve(&sparse(8, 24, 4, "signs"), seed, &json!({"id": id})));
        done.filter(|done| done.decibels() < -200.0).count()
    };
    assert_eq!(exact("best-subset"), 10);
    assert!(exact("omp") < 5);
}

#[test]
fn what_is_too_large_gets_its_sentence() {
    let complaint = |problem: Value| {
        let spec = json!({"v": 1, "problem": problem, "methods": [{"id": "best-subset"}]});
        let spec = Spec::from_value(spec, registry()).unwrap();
        let instance = spec.instance(registry(), &NoFiles).unwrap();
        spec.start(0, &instance, registry()).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(
        complaint(sparse(40, 100, 10, "signs")),
        "methods[0].sparsity: of 100 unknowns makes 2e13 subsets, and at most 1e8 are taken on; take 5 at most"
    );
    let wide = complaint(sparse(40, 200, 2, "signs"));
    assert!(wide.contains("takes up to 128 unknowns, not 200"), "{wide}");
}

#[test]
fn equal_columns_are_no_trap() {
    let data = json!({"matrix": [[1.0, 1.0, 0.0, 0.5], [1.0, 1.0, 1.0, 0.5], [0.0, 0.0, 1.0, 0.0]],
        "measurements": [1.0, 3.0, 2.0]});
    let method = json!({"id": "best-subset", "sparsity": 3});
    let done = run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}));
    assert!(done.last("relative_residual") < 1e-12, "{:?}", done.estimate);
}
