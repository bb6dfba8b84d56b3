//! Every LASSO solver reaches the same certified optimum on the same problems.

use crate::cases;
use crate::solve::{Answer, Case, inner, norm, residual};
use pursuit::contract::Event;
use serde_json::{Value, json};

/// The penalties to try, relative to the least one that makes the solution zero.
const RATIOS: [f64; 3] = [0.5, 0.1, 0.01];

fn solvers(ratio: f64) -> Vec<Value> {
    let with = |mut method: Value| {
        method["lambda_ratio"] = json!(ratio);
        method["tolerance"] = json!(1e-11);
        method
    };
    vec![
        with(json!({"id": "ista", "max_steps": 1_000_000})),
        with(json!({"id": "fista", "max_steps": 100_000})),
        with(json!({"id": "fista", "max_steps": 100_000, "backtracking": true})),
        with(json!({"id": "lasso-cd", "max_steps": 100_000})),
        with(json!({"id": "lasso-cd", "max_steps": 100_000, "active_set": false})),
        with(json!({"id": "lasso-cd", "max_steps": 100_000, "working_set": true})),
        with(json!({"id": "proximal-gradient", "max_steps": 100_000})),
        with(json!({"id": "admm", "fit": {"id": "least-squares"}, "max_steps": 100_000})),
        with(json!({"id": "primal-dual", "fit": {"id": "least-squares"}, "max_steps": 1_000_000})),
    ]
}

/// The objective and the largest violation of the optimality conditions, relative to lambda, from `A` and `y` alone.
fn judge(case: &Case, answer: &Answer, ratio: f64) -> (f64, f64) {
    let (columns, y) = case.system();
    let peak = columns.iter().map(|a| inner(a, &y).norm()).fold(0.0, f64::max);
    let lambda = ratio * peak;
    let r = residual(&columns, &answer.x, &y);
    let one: f64 = answer.x.iter().map(|x| x.norm()).sum();
    let mut violation: f64 = 0.0;
    for (column, x) in columns.iter().zip(&answer.x) {
        let c = inner(column, &r);
        // x_j = 0: |c_j| <= lambda.  x_j != 0: c_j = lambda x_j / |x_j|.
        let off = if x.norm() == 0.0 { (c.norm() - lambda).max(0.0) } else { (c - x / x.norm() * lambda).norm() };
        violation = violation.max(off / lambda);
    }
    (0.5 * norm(&r).powi(2) + lambda * one, violation)
}

#[test]
fn all_solvers_reach_one_certified_optimum() {
    for case in cases::all() {
        let half = 0.5 * norm(&case.system().1).powi(2);
        for ratio in RATIOS {
            let mut objectives = Vec::new();
            let mut methods = solvers(ratio);
            if !case.is_complex() {
                // One round is the plain LASSO, by homotopy.
                methods.push(json!({"id": "reweighted-l1", "rounds": 1, "lambda_ratio": ratio}));
                methods.push(json!({"id": "lars", "lambda_ratio": ratio}));
                methods
                    .push(json!({"id": "interior-point", "goal": "lasso", "lambda_ratio": ratio, "tolerance": 1e-11}));
            }
            for method in methods {
                let answer = case.solve(method.clone());
                let place = format!("{}, {ratio}, {method}: {} after {}", case.name, answer.reason(), answer.steps);
                assert!(answer.converged(), "{place}");
                assert!(answer.trace("duality_gap") <= 1e-10, "{place}");
                let (objective, violation) = judge(&case, &answer, ratio);
                assert!((objective - answer.trace("objective")).abs() <= 1e-12 * half, "{place}");
                // A gap of g |y|^2 / 2 leaves violations of the order of its root.
                assert!(violation <= 1e-3, "{place}: {violation:e}");
                objectives.push(objective);
            }
            let (least, most) = objectives.iter().fold((f64::MAX, 0.0), |(l, m), &o| (o.min(l), o.max(m)));
            assert!(most - least <= 1e-8 * least, "{}, {ratio}: {objectives:?}", case.name);
        }
    }
}

#[test]
fn the_dual_certificate_marks_the_support() {
    for case in cases::all() {
        let answer = case.solve(json!({"id": "fista", "tolerance": 1e-12, "max_steps": 100_000}));
        assert!(answer.dual.iter().all(|level| level.norm() <= 1.0 + 1e-3), "{}", case.name);
        for &j in &answer.support {
            assert!((answer.dual[j].norm() - 1.0).abs() <= 1e-3, "{}, {j}: {}", case.name, answer.dual[j]);
        }
    }
}

#[test]
fn events_and_support_tell_one_story() {
    let case = &cases::all()[2];
    for id in [
        "ista",
        "fista",
        "lasso-cd",
        "basis-pursuit",
        "reweighted-l1",
        "lars",
        "admm",
        "primal-dual",
        "spgl1",
        "sqrt-lasso",
    ] {
        let mut now: Vec<usize> = Vec::new();
        let mut restarts = 0;
        case.follow(json!({"id": id}), |answer| {
            for event in &answer.events {
                match event {
                    Event::Pick { index } => now.push(*index),
                    Event::Drop { index } => now.retain(|j| j != index),
                    Event::Restart => restarts += 1,
                    Event::Round { .. } => {}
                }
            }
            now.sort_unstable();
            if id != "reweighted-l1" {
                assert_eq!(now, answer.support, "{id}, step {}", answer.steps);
            }
        });
        assert_eq!(restarts > 0, id == "fista", "{id}");
    }
}

#[test]
fn a_penalty_above_the_largest_gives_zero_at_once() {
    for id in ["ista", "fista", "lasso-cd", "proximal-gradient", "sqrt-lasso"] {
        let answer = cases::all()[1].solve(json!({"id": id, "lambda": 1e3}));
        assert!(answer.converged() && answer.steps == 1 && answer.support.is_empty(), "{id}: {}", answer.reason());
    }
}

#[test]
fn lambda_and_its_ratio_exclude_each_other() {
    for id in ["ista", "fista", "lasso-cd", "reweighted-l1", "proximal-gradient", "admm", "primal-dual"] {
        let sentence = cases::all()[1].complaint(json!({"id": id, "lambda": 0.5, "lambda_ratio": 0.2}));
        assert_eq!(sentence, "methods[0].lambda: is given beside lambda_ratio = 0.2; give one of the two");
    }
}
