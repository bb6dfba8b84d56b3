//! One trial: what it depends on, and what it tells.

use crate::coin;
use pursuit::contract::{NoFiles, digest, drive};
use pursuit::labs::registry;
use pursuit::sweep::{Fate, Sweep, Tally, Task, plan, result};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn linear(patch: Value) -> Sweep<'static> {
    let mut value = json!({
        "v": 1,
        "spec": {"v": 1, "seed": 5, "problem": {"id": "linear", "cols": 40}, "methods": [{"id": "omp"}, {"id": "ista"}]},
        "x": {"param": "problem.delta", "from": 0.2, "to": 0.8, "steps": 3},
        "y": {"param": "problem.rho", "from": 0.1, "to": 0.9, "steps": 4},
        "trials": 3,
    });
    value.as_object_mut().unwrap().extend(patch.as_object().unwrap().clone());
    Sweep::from_value(value, registry()).unwrap()
}

fn tally_of(sweep: &Sweep<'_>, tasks: impl Iterator<Item = Task>) -> Tally {
    let mut tally = Tally::new(sweep);
    tasks.for_each(|task| tally.add(sweep.trial(task, &NoFiles)).unwrap());
    tally
}

#[test]
fn the_order_of_trials_is_not_seen() {
    let sweep = linear(json!({}));
    let tasks: Vec<Task> = plan::all(&sweep).collect();
    assert_eq!(tasks.len(), 36);
    let whole = tally_of(&sweep, tasks.iter().copied());
    assert_eq!(tally_of(&sweep, tasks.iter().rev().copied()).digest(), whole.digest());
    for parts in [2, 7] {
        let mut united = Tally::new(&sweep);
        for part in (0..parts).rev() {
            united.merge(&tally_of(&sweep, tasks.iter().copied().skip(part).step_by(parts))).unwrap();
        }
        assert_eq!((united.digest(), united.trials()), (whole.digest(), 36));
        assert_eq!(result(&sweep, &united), result(&sweep, &whole));
    }
    let fewer = tally_of(&sweep, tasks[1..].iter().copied());
    assert_ne!(fewer.digest(), whole.digest());
}

#[test]
fn a_trial_is_an_ordinary_run_of_its_spec() {
    let sweep = linear(json!({}));
    let task = Task { cell: 7, trial: 2 };
    let spec = sweep.trial_spec(task.cell, task.trial);
    assert_eq!((spec.problem["rows"].as_u64(), spec.problem["signal"]["sparsity"].as_u64()), (Some(20), Some(13)));
    assert_eq!(sweep.cells[7].at, (0.5, 0.65));
    let record = sweep.trial(task, &NoFiles);
    let instance = spec.instance(registry(), &NoFiles).unwrap();
    for (i, outcome) in record.runs.iter().enumerate() {
        let (mut run, most) = spec.start(i, &instance, registry()).unwrap();
        let (ending, _) = drive(run.as_mut(), most, |_, _, _| {});
        let metrics = instance.metrics(&run.observe());
        let error = metrics.iter().find(|metric| metric.name == "relative_error").unwrap().value;
        assert_eq!((outcome.fate.word(), outcome.value.to_bits()), (ending.word(), error.to_bits()));
    }
}

#[test]
fn seeds_differ_and_belong_to_places() {
    let sweep = linear(json!({}));
    let seed = |sweep: &Sweep<'_>, cell, trial| sweep.trial_spec(cell, trial).seed;
    let seeds: BTreeSet<u64> = plan::all(&sweep).map(|task| seed(&sweep, task.cell, task.trial)).collect();
    assert_eq!(seeds.len(), 36);
    assert!(seeds.iter().all(|seed| *seed < 1 << 53));
    // Every second column of a finer diagram is a column of the coarse one, with the same draws.
    let finer = linear(json!({"x": {"param": "problem.delta", "from": 0.2, "to": 0.8, "steps": 5}}));
    assert_eq!(finer.cells[2].x, sweep.cells[1].x);
    assert_eq!(seed(&finer, 2, 1), seed(&sweep, 1, 1));
    let other = linear(json!({"seed": 6}));
    assert_ne!(seed(&other, 1, 1), seed(&sweep, 1, 1));
    // Another method does not change the instance.
    let one = json!({"v": 1, "seed": 5, "problem": {"id": "linear", "cols": 40}, "methods": [{"id": "omp"}]});
    let spec = linear(json!({"spec": one})).trial_spec(3, 1);
    let instance = |spec: &pursuit::contract::Spec| {
        let instance = spec.instance(registry(), &NoFiles).unwrap();
        instance.arrays().iter().map(|(_, _, values)| digest(values)).collect::<Vec<_>>()
    };
    assert_eq!(instance(&spec), instance(&sweep.trial_spec(3, 1)));
}

#[test]
fn impossible_corners_are_refused_and_counted() {
    // With 40 unknowns there are not more than 40 spikes, and OMP is not told more than there are rows.
    let sweep = linear(json!({
        "x": {"param": "problem.rows", "from": 10, "to": 60, "steps": 2},
        "y": {"param": "problem.signal.sparsity", "from": 2, "to": 50, "steps": 2},
    }));
    sweep.probe(&NoFiles).unwrap();
    let record = sweep.trial(Task { cell: 2, trial: 0 }, &NoFiles);
    assert!(record.runs.iter().all(|run| run.fate == Fate::Refused && run.value.is_nan()));
    let tally = tally_of(&sweep, plan::all(&sweep));
    let told = result(&sweep, &tally);
    assert_eq!(told["methods"][0]["cells"][2]["endings"], json!({"refused": 3}));
    assert_eq!(told["methods"][0]["cells"][2]["successes"], 0);
    assert_eq!(told["methods"][0]["cells"][0]["endings"], json!({"converged": 3}));
    // Where no corner is possible there is nothing to sweep.
    let nothing = linear(json!({
        "x": {"param": "problem.rows", "from": 10, "to": 20, "steps": 2},
        "y": {"param": "problem.signal.sparsity", "from": 45, "to": 50, "steps": 2},
    }));
    let complaint = nothing.probe(&NoFiles).unwrap_err();
    let sentence = "spec.problem.signal.sparsity: goes up to the number of unknowns, 40, not 45";
    assert_eq!(complaint.to_string(), sentence);
}

#[test]
fn any_metric_and_its_statistics() {
    let registry = coin::registry();
    let methods = json!({"v": 1, "problem": {"id": "coin"}, "methods": [{"id": "look"}, {"id": "stare"}]});
    let small = |metric: Value| {
        let axis = |param: &str| json!({"param": param, "from": 0.4, "to": 0.6, "steps": 2});
        let patch =
            json!({"x": axis("problem.x"), "y": axis("problem.y"), "metric": metric, "spec": methods, "trials": 101});
        let sweep = coin::sweep(&registry, patch);
        sweep.probe(&NoFiles).unwrap();
        let tally = tally_of(&sweep, plan::all(&sweep));
        result(&sweep, &tally)
    };
    let value = |told: &Value, method: usize| told["methods"][method]["cells"][3]["value"].as_f64().unwrap();
    let steps = small(json!({"median": "iterations"}));
    assert_eq!((value(&steps, 0), value(&steps, 1)), (1.0, 3.0));
    assert_eq!(steps["methods"][1]["cells"][0]["endings"], json!({"budget": 101}));
    assert_eq!(value(&small(json!({"mean": "products"})), 0), 2.0);
    let draws = small(json!({"quantile": "draw", "at": 0.9}));
    // The standard deviation of the 90 % quantile of 101 uniform draws is 0.03.
    assert!((value(&draws, 0) - 0.9).abs() < 0.12, "{}", value(&draws, 0));
    assert_eq!(draws["methods"][0]["contour"], json!([]));
    let mean = small(json!({"mean": "draw"}));
    assert_eq!(mean["methods"][0]["cells"][1]["mean"], mean["methods"][0]["cells"][1]["value"]);
}

#[test]
fn flops_are_those_of_the_products() {
    let of = |name: &str| {
        let sweep = linear(json!({"metric": {"mean": name}}));
        sweep.probe(&NoFiles).unwrap();
        let told = result(&sweep, &tally_of(&sweep, plan::all(&sweep)));
        told["methods"][1]["cells"][4]["value"].as_f64().unwrap()
    };
    // 20 measurements of 40 unknowns.
    let expected = of("products") * 2.0 * 20.0 * 40.0;
    assert!(expected > 0.0 && (of("flops") / expected - 1.0).abs() < 1e-12);
}

#[test]
fn the_support_found_exactly_is_a_success() {
    let sweep = linear(json!({"metric": "exact_support"}));
    let tally = tally_of(&sweep, plan::all(&sweep));
    let told = result(&sweep, &tally);
    let rate = |cell: usize| told["methods"][0]["cells"][cell]["value"].as_f64().unwrap();
    assert_eq!((rate(2), rate(9)), (1.0, 0.0));
}

#[test]
fn cells_come_from_coarse_to_fine() {
    let registry = coin::registry();
    let axis = |param: &str| json!({"param": param, "from": 0.0, "to": 1.0, "steps": 5});
    let sweep = coin::sweep(&registry, json!({"x": axis("problem.x"), "y": axis("problem.y")}));
    let order = plan::coarse_to_fine(&sweep);
    assert_eq!(order[..9], [0, 4, 20, 24, 2, 10, 12, 14, 22]);
    assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), 25);
}
