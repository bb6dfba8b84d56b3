//! The square-root LASSO, and other losses than least squares.

use crate::cases::{correlated, measured};
use crate::solve::{Case, inner, norm, residual};
use serde_json::json;

fn drawn(seed: u64, snr_db: f64) -> Case {
    let signal = json!({"id": "sparse", "sparsity": 8});
    let noise = json!({"id": "gaussian", "snr_db": snr_db});
    Case::new(&format!("seed {seed}"), seed, json!({"id": "linear", "signal": signal, "noise": noise}))
}

#[test]
fn three_solvers_agree_on_the_square_root_lasso() {
    let mut cases: Vec<Case> = (0..3).map(|seed| drawn(seed, 20.0)).collect();
    cases.extend(crate::cases::all().into_iter().rfind(Case::is_complex));
    for case in cases {
        let (columns, y) = case.system();
        let mut objectives = Vec::new();
        for method in [
            json!({"id": "sqrt-lasso", "lambda_ratio": 0.4, "tolerance": 1e-11}),
            json!({"id": "admm", "fit": {"id": "square-root"}, "lambda_ratio": 0.4, "tolerance": 1e-11, "max_steps": 200_000}),
            json!({"id": "primal-dual", "fit": {"id": "square-root"}, "lambda_ratio": 0.4, "tolerance": 1e-11, "max_steps": 1_000_000}),
        ] {
            let answer = case.solve(method.clone());
            let place = format!("{}, {method}: {} after {}", case.name, answer.reason(), answer.steps);
            println!("{place}");
            assert!(answer.converged() && answer.trace("duality_gap") <= 1e-8, "{place}");
            // |A^* r| / |r| is lambda on the support and at most that elsewhere.
            let r = residual(&columns, &answer.x, &y);
            let lambda = 0.4 * columns.iter().map(|a| inner(a, &y).norm()).fold(0.0, f64::max) / norm(&y);
            let one: f64 = answer.x.iter().map(|x| x.norm()).sum();
            objectives.push(norm(&r) + lambda * one);
            if method["id"] == "sqrt-lasso" {
                for (j, column) in columns.iter().enumerate() {
                    let level = inner(column, &r).norm() / norm(&r) / lambda;
                    assert!(level <= 1.0 + 1e-4, "{place}: {level} at {j}");
                    assert!(answer.x[j].norm() == 0.0 || level >= 1.0 - 1e-4, "{place}: {level} at {j}");
                }
            }
        }
        let (least, most) = objectives.iter().fold((f64::MAX, 0.0), |(l, m), &o| (o.min(l), o.max(m)));
        assert!(most - least <= 1e-8 * least, "{}: {objectives:?}", case.name);
    }
}

#[test]
fn one_lambda_serves_all_noise_levels() {
    let solve = |scale: f64| {
        let matrix = correlated(30, 60, 0.2, 4);
        let y: Vec<f64> = measured(&matrix, &[(3, 1.0), (31, -1.0)], 0.05, 4).iter().map(|y| y * scale).collect();
        Case::of("scaled", &matrix, &y).solve(json!({"id": "sqrt-lasso", "lambda": 0.6, "tolerance": 1e-13})).real()
    };
    let plain = solve(1.0);
    assert!(plain.iter().any(|x| *x != 0.0));
    for (x, scaled) in plain.iter().zip(solve(1e6)) {
        assert!((x - scaled / 1e6).abs() <= 1e-6, "{x} {scaled}");
    }
}

#[test]
fn gross_errors_are_nothing_to_the_absolute_loss() {
    let signal = json!({"id": "sparse", "sparsity": 6});
    let noise = json!({"id": "outliers", "fraction": 0.1, "scale": 10.0});
    for seed in 0..3 {
        let case = Case::new("outliers", seed, json!({"id": "linear", "rows": 120, "signal": signal, "noise": noise}));
        let error = |fit: &str| {
            let method = json!({"id": "admm", "fit": {"id": fit}, "lambda_ratio": 0.15, "max_steps": 50_000});
            let answer = case.solve(method);
            assert!(answer.converged() && answer.trace("duality_gap") <= 1e-6, "{fit}: {}", answer.reason());
            answer.trace("relative_error")
        };
        let (absolute, squares, huber) = (error("absolute"), error("least-squares"), error("huber"));
        assert!(absolute <= 1e-5, "seed {seed}: {absolute}");
        assert!(squares >= 0.3 && huber < squares, "seed {seed}: {squares} {huber}");
    }
}
