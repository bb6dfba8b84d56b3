//! Several snapshots: against the one-vector methods, closed forms and each other.
#![cfg(not(target_arch = "wasm32"))]

use pursuit::contract::{Ending, Event, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

struct Done {
    ending: Ending,
    steps: usize,
    picks: Vec<usize>,
    estimate: Vec<f64>,
    /// Traces after each step, by name.
    traces: Vec<Vec<(&'static str, f64)>>,
    metrics: Vec<(&'static str, f64)>,
    /// A, X and Y, row by row.
    arrays: Vec<(&'static str, (usize, usize), Vec<f64>)>,
}

impl Done {
    fn metric(&self, name: &str) -> f64 {
        self.metrics.iter().find(|metric| metric.0 == name).expect("a metric").1
    }

    fn trace(&self, name: &str) -> Vec<f64> {
        self.traces.iter().map(|step| step.iter().find(|trace| trace.0 == name).expect("a trace").1).collect()
    }
}

fn run(problem: &Value, seed: u64, method: &Value) -> Done {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance: Arc<dyn Instance> = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (mut picks, mut traces) = (Vec::new(), Vec::new());
    let (ending, steps) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.observe();
        assert!(seen.estimate.is_finite() && seen.panels.iter().all(|panel| panel.values.is_finite()), "{method}");
        assert!(seen.support.windows(2).all(|pair| pair[0] < pair[1]), "{method}");
        picks
            .extend(seen.events.iter().filter_map(|e| if let Event::Pick { index } = e { Some(*index) } else { None }));
        traces.push(seen.traces.iter().map(|trace| (trace.name, trace.value)).collect());
    });
    let seen = run.observe();
    let metrics = instance.metrics(&seen).into_iter().map(|metric| (metric.name, metric.value)).collect();
    let Values::Real(estimate) = &seen.estimate else { panic!("a real estimate") };
    let arrays = instance.arrays().into_iter().map(|(name, shape, values)| match values {
        Values::Real(values) => (name, shape, values.to_vec()),
        Values::Complex(_) => panic!("real arrays"),
    });
    let arrays = arrays.collect();
    Done { arrays, ending, steps, picks, estimate: estimate.to_vec(), traces, metrics }
}

/// Two methods' answers, relative to the size of the first.
fn apart(a: &[f64], b: &[f64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = f64>| x.map(|v| v * v).sum::<f64>().sqrt();
    assert_eq!(a.len(), b.len());
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut a.iter().copied())
}

fn sizes(id: &str, amplitude: &str, noise: &Value) -> Value {
    let signal = if id == "mmv" { "row-sparse" } else { "sparse" };
    let signal = json!({"id": signal, "sparsity": 12, "amplitude": amplitude});
    json!({"id": id, "rows": 48, "cols": 128, "signal": signal, "noise": noise})
}

fn one_snapshot(amplitude: &str, noise: &Value) -> (Value, Value) {
    let mut mmv = sizes("mmv", amplitude, noise);
    mmv["snapshots"] = json!(1);
    (sizes("linear", amplitude, noise), mmv)
}

fn noises() -> [Value; 3] {
    [json!({"id": "none"}), json!({"id": "gaussian", "snr_db": 20}), json!({"id": "missing", "fraction": 0.2})]
}

#[test]
fn with_one_snapshot_somp_has_the_picks_and_the_bits_of_omp() {
    for noise in noises() {
        for (seed, amplitude) in (1..=4).flat_map(|seed| [(seed, "gaussian"), (seed, "signs"), (seed, "power-law")]) {
            let (linear, mmv) = one_snapshot(amplitude, &noise);
            let omp = run(&linear, seed, &json!({"id": "omp"}));
            for score in ["squares", "moduli"] {
                let somp = run(&mmv, seed, &json!({"id": "somp", "score": score}));
                assert_eq!((&somp.picks, somp.steps), (&omp.picks, omp.steps), "{amplitude}, {noise}");
                let bits = |x: &[f64]| x.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&somp.estimate), bits(&omp.estimate));
            }
        }
    }
}

#[test]
fn with_one_snapshot_m_sbl_is_sbl_number_for_number() {
    for noise in noises() {
        for update in ["em", "mackay"] {
            let (linear, mmv) = one_snapshot("gaussian", &noise);
            let sbl = run(&linear, 3, &json!({"id": "sbl", "update": update, "max_steps": 60}));
            let many = run(&mmv, 3, &json!({"id": "mmv-sbl", "update": update, "max_steps": 60}));
            assert_eq!(sbl.steps, many.steps);
            assert_eq!(sbl.estimate, many.estimate);
            assert_eq!(sbl.trace("objective"), many.trace("objective"));
        }
    }
}

/// For p = 1 there are no local minima: with one snapshot it seeks the shortest answer in l1.
#[test]
fn with_one_snapshot_m_focuss_finds_what_basis_pursuit_finds() {
    for (seed, noise) in (1..=3).flat_map(|seed| [(seed, json!({"id": "none"})), (seed, json!({"id": "gaussian"}))]) {
        let (linear, mmv) = one_snapshot("gaussian", &noise);
        let shortest = run(&linear, seed, &json!({"id": "basis-pursuit"}));
        let method = json!({"id": "m-focuss", "exponent": 1, "tolerance": 1e-9, "max_steps": 5000});
        let focuss = run(&mmv, seed, &method);
        let l1 = |x: &[f64]| x.iter().map(|x| x.abs()).sum::<f64>();
        let longer = l1(&focuss.estimate) / l1(&shortest.estimate) - 1.0;
        println!("{seed}, {noise}: {longer} longer, {} apart", apart(&shortest.estimate, &focuss.estimate));
        assert!(focuss.metric("relative_residual") < 1e-6);
        if noise["id"] == "none" {
            assert!(longer.abs() < 1e-6 && apart(&shortest.estimate, &focuss.estimate) < 1e-6, "{seed}: {longer}");
        } else {
            // Nothing is shorter; and entries that it took for zero too soon come back slowly.
            assert!((-1e-6..1e-3).contains(&longer), "{seed}: {longer}");
        }
    }
}

/// For p = 2 all weights are one, so every step is ridge regression and the second changes nothing.
#[test]
fn m_focuss_with_exponent_two_is_ridge_regression_at_once() {
    let (_, mmv) = one_snapshot("gaussian", &json!({"id": "none"}));
    let done = run(&mmv, 1, &json!({"id": "m-focuss", "exponent": 2.0}));
    assert!(matches!(done.ending, Ending::Converged(_)) && done.steps == 2, "{:?} {}", done.ending, done.steps);
    assert!(done.metric("relative_residual") < 1e-8);
}

#[test]
fn objectives_never_rise() {
    for seed in 1..=3 {
        let mut noisy = sizes("mmv", "gaussian", &json!({"id": "gaussian", "snr_db": 20}));
        noisy["snapshots"] = json!(4);
        for method in [
            json!({"id": "m-focuss", "regularisation": 0.01}),
            json!({"id": "m-focuss", "exponent": 0.3, "regularisation": 1e-4}),
            json!({"id": "mmv-sbl", "noise_variance": 1e-3}),
        ] {
            // M-FOCUSS sets its lambda in the first step.
            let objective = run(&noisy, seed, &method).trace("objective").split_off(1);
            for pair in objective.windows(2) {
                assert!(pair[1] <= pair[0] + 1e-9 * pair[0].abs(), "{method}: {pair:?}");
            }
        }
    }
}

/// As many exact answers out of ten.
fn successes(problem: &Value, method: &Value) -> usize {
    (1..=10).filter(|&seed| run(problem, seed, method).metric("relative_error") < 1e-3).count()
}

#[test]
fn snapshots_help_everyone() {
    for method in [json!({"id": "somp"}), json!({"id": "m-focuss"}), json!({"id": "mmv-sbl"})] {
        let counted: Vec<usize> =
            [1, 8].map(|count| successes(&json!({"id": "mmv", "snapshots": count}), &method)).to_vec();
        println!("{method}: {counted:?} of ten with one and with eight snapshots");
        assert!(counted[0] <= 3 && counted[1] >= 7, "{method}: {counted:?}");
    }
}

/// Beyond m / 2 rows, where no method can do it with one snapshot for all signals.
#[test]
fn m_sbl_tells_nearly_m_rows_apart() {
    let problem = json!({"id": "mmv", "snapshots": 24, "signal": {"id": "row-sparse", "sparsity": 20}});
    let counted = successes(&problem, &json!({"id": "mmv-sbl", "max_steps": 3000}));
    println!("{counted} of ten");
    assert!(counted >= 9, "{counted}");
}

#[test]
fn rows_are_judged_by_their_norms_and_own_places_by_entries() {
    let rows = run(&json!({"id": "mmv"}), 4, &json!({"id": "somp", "sparsity": 1}));
    let counts = |done: &Done| ["found", "missed", "false_alarms"].map(|name| done.metric(name));
    let [found, missed, wrong] = counts(&rows);
    assert_eq!((found + missed, found + wrong), (12.0, 1.0));
    let own = json!({"id": "mmv", "signal": {"id": "own-supports", "sparsity": 3}, "active_above": 0.0});
    let [found, missed, wrong] = counts(&run(&own, 4, &json!({"id": "somp", "sparsity": 2})));
    assert_eq!((found + missed, found + wrong), (24.0, 16.0));
}

#[test]
fn what_does_not_fit_is_a_sentence() {
    let complaint = |problem: Value, method: Value| {
        let spec = json!({"v": 1, "problem": problem, "methods": [method]});
        let spec = Spec::from_value(spec, registry()).map_err(|c| c.to_string())?;
        let instance = spec.instance(registry(), &NoFiles).map_err(|c| c.to_string())?;
        spec.start(0, &instance, registry()).map(|_| ()).map_err(|c| c.to_string())
    };
    for (problem, method, words) in [
        (json!({"id": "mmv", "matrix": {"id": "partial-fourier"}}), json!({"id": "somp"}), "takes a real matrix"),
        (
            json!({"id": "mmv", "cols": 30, "signal": {"id": "row-sparse", "sparsity": 31}}),
            json!({"id": "somp"}),
            "30, not 31",
        ),
        (
            json!({"id": "mmv"}),
            json!({"id": "somp", "sparsity": 25}),
            "goes up to the number of measurements, 24, not 25",
        ),
        (json!({"id": "mmv"}), json!({"id": "omp"}), "omp"),
    ] {
        let said = complaint(problem, method).unwrap_err();
        assert!(said.contains(words), "{said}");
    }
}

/// Each snapshot by OMP, from the numbers themselves.
#[test]
fn batch_omp_picks_what_omp_picks() {
    for (signal, tolerance) in [("own-supports", 1e-6), ("row-sparse", 1e-6), ("own-supports", 0.3)] {
        for matrix in [json!({"id": "gaussian", "unit_columns": false}), json!({"id": "correlated"})] {
            let problem = json!({"id": "mmv", "rows": 32, "cols": 80, "snapshots": 6, "matrix": matrix,
                "signal": {"id": signal, "sparsity": 6}, "noise": {"id": "gaussian", "snr_db": 15}});
            let batch = run(&problem, 5, &json!({"id": "batch-omp", "tolerance": tolerance}));
            assert_eq!(batch.steps, 6);
            let array = |name| &batch.arrays.iter().find(|array| array.0 == name).expect("an array").2;
            let (a, y) = (array("A"), array("Y"));
            for l in 0..6 {
                let rows: Vec<&[f64]> = a.chunks(80).collect();
                let measured: Vec<f64> = (0..32).map(|i| y[i * 6 + l]).collect();
                let data = json!({"matrix": rows, "measurements": measured});
                let method = json!({"id": "omp", "sparsity": 6, "tolerance": tolerance});
                let omp = run(&json!({"id": "linear", "data": data}), 1, &method);
                let own = &batch.estimate[l * 80..(l + 1) * 80];
                let places = |x: &[f64]| (0..80).filter(|&j| x[j] != 0.0).collect::<Vec<_>>();
                assert_eq!(places(own), places(&omp.estimate), "{signal}, {matrix}, snapshot {l}");
                assert!(apart(&omp.estimate, own) < 1e-10, "{}", apart(&omp.estimate, own));
            }
        }
    }
}

/// With one snapshot the new picks come in OMP's order.
#[test]
fn batch_omp_picks_in_omps_order() {
    for seed in 1..=4 {
        let (linear, mmv) = one_snapshot("uniform", &json!({"id": "gaussian", "snr_db": 20}));
        let (omp, batch) = (run(&linear, seed, &json!({"id": "omp"})), run(&mmv, seed, &json!({"id": "batch-omp"})));
        assert_eq!(omp.picks, batch.picks);
    }
}
