//! Any penalty: solvers agree where it is convex, and stop at stationary points where it is not.

use crate::cases::{correlated, measured};
use crate::solve::{Case, inner, residual};
use num_complex::Complex64;
use pursuit::penalties::{Penalty, Regularizer};
use serde_json::{Value, json};

/// Convex penalties, whether they have a gap, and whether they take nonnegative entries.
fn convex() -> Vec<(Value, bool, bool)> {
    vec![
        (json!({"id": "l1"}), true, true),
        (json!({"id": "weighted-l1", "weights": [1.0, 0.5, 2.0]}), true, true),
        (json!({"id": "elastic-net", "ridge": 0.3}), true, true),
        (json!({"id": "group", "size": 4}), true, true),
        (json!({"id": "sparse-group", "size": 4, "share": 0.4}), true, true),
        (json!({"id": "slope", "fall": 0.8}), true, true),
        (json!({"id": "fused", "variation": 0.5}), true, true),
        (json!({"id": "total-variation"}), true, true),
        (json!({"id": "total-variation-2d", "width": 8}), false, false),
        (json!({"id": "total-variation-2d", "width": 8, "isotropic": true}), false, false),
        (json!({"id": "nuclear", "rows": 8}), true, false),
        (json!({"id": "box", "low": -0.3, "high": 0.5}), true, true),
        (json!({"id": "simplex", "radius": 1.5}), true, true),
    ]
}

fn concave() -> Vec<Value> {
    vec![
        json!({"id": "l0"}),
        json!({"id": "lp", "p": 0.5}),
        json!({"id": "lp", "p": 0.8}),
        json!({"id": "scad"}),
        json!({"id": "mcp"}),
        json!({"id": "mcp", "gamma": 0.2}),
        json!({"id": "log"}),
    ]
}

/// 48 unknowns: a block, a plateau, and a lone spike.
fn case() -> Case {
    let matrix = correlated(30, 48, 0.3, 8);
    let spikes = [(8, 1.0), (9, 0.8), (10, 1.2), (11, 0.9), (24, 0.5), (25, 0.5), (26, 0.5), (40, -1.0)];
    Case::of("block, plateau, spike", &matrix, &measured(&matrix, &spikes, 0.02, 8))
}

fn numbers(case: &Case) -> (Vec<Vec<f64>>, Vec<f64>) {
    let (columns, y) = case.system();
    let real = |column: &Vec<Complex64>| column.iter().map(|a| a.re).collect();
    (columns.iter().map(real).collect(), y.iter().map(|y| y.re).collect())
}

#[test]
fn three_solvers_agree_on_every_convex_penalty() {
    let case = case();
    let half = 0.5 * numbers(&case).1.iter().map(|y| y * y).sum::<f64>();
    for (penalty, has_gap, takes_sign) in convex() {
        for nonnegative in [false, true] {
            if nonnegative && !takes_sign {
                continue;
            }
            let mut objectives = Vec::new();
            for (id, steps) in [("proximal-gradient", 100_000), ("admm", 100_000), ("primal-dual", 400_000)] {
                let mut method = json!({"id": id, "penalty": penalty, "nonnegative": nonnegative, "lambda_ratio": 0.05,
                    "tolerance": if has_gap { 1e-10 } else { 1e-9 }, "max_steps": steps});
                if id != "proximal-gradient" {
                    method["fit"] = json!({"id": "least-squares"});
                }
                let answer = case.solve(method.clone());
                let place = format!("{method}: {} after {}", answer.reason(), answer.steps);
                println!("{place}");
                assert!(answer.converged(), "{place}");
                assert!(!nonnegative || answer.real().iter().all(|&x| x >= 0.0), "{place}");
                let gap = answer.traces.iter().find(|trace| trace.name == "duality_gap");
                // Over nonnegative x the variation's dual has no gap here.
                let plain = !(nonnegative && penalty["id"] == "total-variation");
                assert_eq!(gap.is_some(), has_gap && plain, "{place}");
                assert!(gap.is_none_or(|gap| gap.value <= 1e-8), "{place}: {gap:?}");
                objectives.push(answer.trace("objective"));
            }
            let (least, most) = objectives.iter().fold((f64::MAX, f64::MIN), |(l, m), &o| (o.min(l), o.max(m)));
            assert!(most - least <= 1e-8 * half, "{penalty}, {nonnegative}: {objectives:?}");
        }
    }
}

#[test]
fn no_step_is_uphill_and_the_end_is_a_fixed_point() {
    let case = case();
    let (columns, y) = numbers(&case);
    for penalty in concave() {
        for momentum in [false, true] {
            let lambda = if penalty["id"] == "l0" { 0.02 } else { 0.1 };
            let method = json!({"id": "proximal-gradient", "penalty": penalty, "lambda": lambda, "momentum": momentum,
                "tolerance": 1e-11, "max_steps": 100_000});
            let (mut last, mut x, mut reason) = (f64::INFINITY, Vec::new(), String::new());
            case.follow(method.clone(), |answer| {
                let now = answer.trace("objective");
                assert!(now <= last * (1.0 + 1e-14), "{method}, step {}: {now} after {last}", answer.steps);
                (last, x, reason) = (now, answer.real(), answer.reason().to_owned());
            });
            assert!(reason.contains("stationary"), "{method}: {reason}");
            // With a step well within 1 / |A|^2, from A and y alone.
            let complex: Vec<Complex64> = x.iter().map(|&x| x.into()).collect();
            let (lifted, measurements) = case.system();
            let r = residual(&lifted, &complex, &measurements);
            let squares: f64 = columns.iter().flatten().map(|a| a * a).sum();
            let mut moved: Vec<f64> = x.iter().zip(&lifted).map(|(x, a)| x + inner(a, &r).re / squares).collect();
            let shape: Penalty = serde_json::from_value(penalty.clone()).unwrap();
            Regularizer::new(&shape, x.len(), false, false).unwrap().at(lambda).prox(&mut moved, 1.0 / squares);
            for (x, moved) in x.iter().zip(&moved) {
                assert!((x - moved).abs() <= 1e-8, "{method}: {x} moves to {moved}");
            }
        }
    }
    assert_eq!(y.len(), 30);
}

#[test]
fn a_concave_penalty_does_not_shrink() {
    let signal = json!({"id": "sparse", "sparsity": 8, "amplitude": "signs"});
    let noise = json!({"id": "gaussian", "snr_db": 40});
    let case = Case::new("signs", 2, json!({"id": "linear", "signal": signal, "noise": noise}));
    let error = |penalty: &str| {
        case.solve(json!({"id": "proximal-gradient", "penalty": {"id": penalty}, "lambda": 0.15}))
            .trace("relative_error")
    };
    let l1 = error("l1");
    assert!(l1 > 0.15, "{l1}");
    for penalty in ["mcp", "scad"] {
        assert!(error(penalty) < 0.01, "{penalty}: {} beside {l1}", error(penalty));
    }
}

#[test]
fn jumps_are_found_by_their_variation() {
    let matrix = correlated(40, 100, 0.0, 3);
    let level = |i: usize| [0.0, 1.0, 1.0, -0.5, 0.3][i / 20];
    let y: Vec<f64> = matrix.iter().map(|row| row.iter().enumerate().map(|(i, a)| a * level(i)).sum()).collect();
    let case = Case::of("steps", &matrix, &y);
    for id in ["admm", "primal-dual"] {
        let answer = case
            .solve(json!({"id": id, "penalty": {"id": "total-variation"}, "tolerance": 1e-9, "max_steps": 200_000}));
        assert!(answer.converged(), "{id}: {}", answer.reason());
        for (i, x) in answer.real().iter().enumerate() {
            assert!((x - level(i)).abs() <= 1e-6, "{id}, {i}: {x}");
        }
    }
}

#[test]
fn what_does_not_fit_gets_a_sentence() {
    let real = case();
    let complex = crate::cases::all().into_iter().find(Case::is_complex).unwrap();
    let table = [
        (&real, json!({"penalty": {"id": "nuclear", "rows": 7}}), "penalty.rows: takes a number that divides"),
        (
            &real,
            json!({"penalty": {"id": "total-variation-2d", "width": 5}}),
            "penalty.width: takes a number that divides",
        ),
        (&real, json!({"penalty": {"id": "nuclear", "rows": 8}, "nonnegative": true}), "nonnegative: takes false"),
        (&complex, json!({"penalty": {"id": "total-variation"}}), "penalty.id: takes a penalty of moduli"),
        (&complex, json!({"nonnegative": true}), "nonnegative: takes false"),
    ];
    for (case, mut method, sentence) in table {
        for id in ["proximal-gradient", "admm", "primal-dual"] {
            method["id"] = json!(id);
            let complaint = case.complaint(method.clone());
            assert!(complaint.starts_with(&format!("methods[0].{sentence}")), "{method}: {complaint}");
        }
    }
}

#[test]
fn the_primal_dual_method_does_not_rest_where_it_starts() {
    let case = case();
    for penalty in concave() {
        let method = json!({"penalty": penalty, "lambda_ratio": 0.05, "max_steps": 3000});
        let told = |id: &str, fit: Value| {
            let mut method = method.clone();
            (method["id"], method["fit"]) = (json!(id), fit);
            method
        };
        let answer = case.solve(told("primal-dual", json!({"id": "least-squares"})));
        assert!(answer.steps > 1, "{penalty}: {}", answer.reason());
        assert!(answer.x.iter().any(|x| x.norm() > 0.0), "{penalty}: zero, {}", answer.reason());
    }
}
