//! Basis pursuit, with and without noise, and the Dantzig selector: all solvers reach one certified optimum.

use crate::cases::{correlated, measured};
use crate::solve::{Answer, Case, inner, norm, residual};
use serde_json::{Value, json};

fn drawn(rows: usize, cols: usize, k: usize, seed: u64, noise: Value) -> Case {
    let signal =
        json!({"id": "sparse", "sparsity": k, "amplitude": if seed.is_multiple_of(2) { "gaussian" } else { "signs" }});
    let problem = json!({"id": "linear", "rows": rows, "cols": cols, "signal": signal, "noise": noise});
    Case::new(&format!("{rows} x {cols}, {k} spikes, seed {seed}"), seed, problem)
}

fn one_norm(answer: &Answer) -> f64 {
    answer.x.iter().map(|x| x.norm()).sum()
}

/// All of `methods` converge, with gaps of at most 1e-8, to l1 norms that agree to 1e-8.
fn agree(case: &Case, methods: &[Value], hold: impl Fn(&Answer, &str)) {
    let mut norms = Vec::new();
    for method in methods {
        let answer = case.solve(method.clone());
        let place = format!("{}, {method}: {} after {}", case.name, answer.reason(), answer.steps);
        println!("{place}");
        assert!(answer.converged(), "{place}");
        assert!(answer.trace("duality_gap") <= 1e-8, "{place}: {:e}", answer.trace("duality_gap"));
        hold(&answer, &place);
        norms.push(one_norm(&answer));
    }
    let (least, most) = norms.iter().fold((f64::MAX, 0.0), |(l, m), &o| (o.min(l), o.max(m)));
    assert!(most - least <= 1e-8 * most, "{}: {norms:?}", case.name);
}

#[test]
fn basis_pursuit_has_one_value() {
    // (m, n), with k below, at, and above the transition of each shape.
    for ((rows, cols), sparsities) in [((25, 60), [3, 8, 16]), ((80, 256), [10, 23, 50])] {
        for (seed, k) in sparsities.into_iter().enumerate() {
            let case = drawn(rows, cols, k, seed as u64, json!({"id": "none"}));
            let (columns, y) = case.system();
            let methods = [
                json!({"id": "basis-pursuit"}),
                json!({"id": "lars"}),
                json!({"id": "interior-point"}),
                json!({"id": "admm", "tolerance": 1e-10, "max_steps": 200_000}),
                json!({"id": "primal-dual", "tolerance": 2e-10, "max_steps": 1_000_000}),
            ];
            agree(&case, &methods, |answer, place| {
                let left = norm(&residual(&columns, &answer.x, &y));
                assert!(left <= 1e-8 * norm(&y), "{place}: {left:e} is left");
            });
            // Without noise the Pareto curve ends flat, and its root is known to about the root of the rounding; where few
            // entries are zero, gradient steps are too many to wait for.
            if seed > 0 {
                continue;
            }
            let answer = case.solve(json!({"id": "spgl1", "sigma": 0.0, "max_steps": 200_000}));
            assert!(answer.converged(), "{}, spgl1: {}", case.name, answer.reason());
            let exact = one_norm(&case.solve(json!({"id": "basis-pursuit"})));
            assert!((one_norm(&answer) - exact).abs() <= 1e-6 * exact, "{}: {} {exact}", case.name, one_norm(&answer));
        }
    }
}

#[test]
fn the_path_passes_the_solution_of_every_penalty() {
    let case = drawn(40, 100, 8, 0, json!({"id": "gaussian", "snr_db": 15.0}));
    let peak = {
        let (columns, y) = case.system();
        columns.iter().map(|a| inner(a, &y).norm()).fold(0.0, f64::max)
    };
    let mut compared = 0;
    case.follow(json!({"id": "lars"}), |answer| {
        assert!(answer.trace("duality_gap") <= 1e-12, "step {}: {:e}", answer.steps, answer.trace("duality_gap"));
        let lambda = answer.trace("lambda");
        if answer.steps % 9 == 0 && lambda > 1e-3 * peak {
            let other =
                case.solve(json!({"id": "lasso-cd", "lambda": lambda, "tolerance": 1e-15, "max_steps": 100_000}));
            for (x, wanted) in answer.real().iter().zip(other.real()) {
                assert!((x - wanted).abs() <= 1e-6, "step {}: {x} is not {wanted}", answer.steps);
            }
            compared += 1;
        }
    });
    assert!(compared >= 4, "{compared}");
}

#[test]
fn plain_lars_keeps_all_and_leaves_the_path_where_something_should_go() {
    let case = drawn(40, 100, 20, 1, json!({"id": "gaussian", "snr_db": 10.0}));
    let (mut before, mut gap, mut apart) = (0, 0.0_f64, 0);
    let (ending, steps) = case.follow(json!({"id": "lars", "variant": "lars"}), |answer| {
        // One entry a step, and all correlations on the support equal.
        assert!(answer.support.len() >= before && answer.support.len() <= answer.steps, "step {}", answer.steps);
        before = answer.support.len();
        gap = gap.max(answer.trace("duality_gap"));
        apart += usize::from(answer.trace("lambda") > 0.0);
        for &j in &answer.support {
            assert!(
                answer.trace("lambda") < 1e-9 || (answer.dual[j].norm() - 1.0).abs() <= 1e-8,
                "step {}",
                answer.steps
            );
        }
    });
    assert_eq!((ending.word(), before), ("converged", 40), "{steps}");
    assert!(gap > 1e-6 && apart > 30, "this case drops nothing: {gap:e}");
}

#[test]
fn denoising_has_one_value_and_a_tight_constraint() {
    let mut complex = crate::cases::all().into_iter().rfind(Case::is_complex).unwrap();
    complex.name += ", within";
    let cases = [
        drawn(40, 100, 6, 0, json!({"id": "gaussian", "snr_db": 20.0})),
        drawn(80, 256, 40, 1, json!({"id": "gaussian", "snr_db": 10.0})),
        complex,
    ];
    for case in cases {
        let (columns, y) = case.system();
        let sigma = 0.15 * norm(&y);
        let fit = json!({"id": "within", "noise": sigma});
        let methods = [
            json!({"id": "spgl1", "sigma": sigma, "tolerance": 1e-9, "max_steps": 200_000}),
            json!({"id": "admm", "fit": fit, "tolerance": 1e-9, "max_steps": 200_000}),
            json!({"id": "primal-dual", "fit": fit, "tolerance": 1e-9, "max_steps": 1_000_000}),
        ];
        agree(&case, &methods, |answer, place| {
            let left = norm(&residual(&columns, &answer.x, &y));
            assert!((left - sigma).abs() <= 1e-6 * norm(&y), "{place}: {left} for {sigma}");
            assert!(left <= sigma + 2e-9 * norm(&y), "{place}: {left} for {sigma}");
        });
    }
}

#[test]
fn the_noise_is_known_where_it_was_drawn() {
    let case = drawn(40, 100, 6, 0, json!({"id": "gaussian", "snr_db": 20.0}));
    let (columns, y) = case.system();
    let answer = case.solve(json!({"id": "spgl1"}));
    let left = norm(&residual(&columns, &answer.x, &y));
    // 20 dB of the clean measurements.
    assert!(answer.converged() && (left / norm(&y) - 0.1).abs() < 0.01, "{left}");
}

#[test]
fn a_noise_above_the_measurements_leaves_nothing() {
    let case = drawn(20, 50, 3, 0, json!({"id": "none"}));
    let sigma = 2.0 * norm(&case.system().1);
    for method in [
        json!({"id": "spgl1", "sigma": sigma}),
        json!({"id": "admm", "fit": {"id": "within", "noise": sigma}}),
        json!({"id": "primal-dual", "fit": {"id": "within", "noise": sigma}}),
    ] {
        let answer = case.solve(method.clone());
        assert!(answer.converged() && answer.support.is_empty(), "{method}: {}", answer.reason());
    }
}

/// `A^* (y - A x)`.
fn correlations(case: &Case, answer: &Answer) -> Vec<f64> {
    let (columns, y) = case.system();
    let r = residual(&columns, &answer.x, &y);
    columns.iter().map(|a| inner(a, &r).norm()).collect()
}

#[test]
fn the_dantzig_selector_is_feasible_and_proved() {
    for (case, ratio) in [
        (drawn(40, 80, 6, 0, json!({"id": "gaussian", "snr_db": 20.0})), 0.1),
        (drawn(40, 80, 6, 1, json!({"id": "gaussian", "snr_db": 20.0})), 0.02),
        (drawn(60, 40, 6, 2, json!({"id": "gaussian", "snr_db": 20.0})), 0.05),
        (crate::cases::all().into_iter().rfind(Case::is_complex).unwrap(), 0.1),
    ] {
        let (columns, y) = case.system();
        let lambda = ratio * columns.iter().map(|a| inner(a, &y).norm()).fold(0.0, f64::max);
        let answer =
            case.solve(json!({"id": "dantzig", "lambda_ratio": ratio, "tolerance": 1e-9, "max_steps": 200_000}));
        let place = format!("{}: {} after {}", case.name, answer.reason(), answer.steps);
        println!("{place}");
        assert!(answer.converged() && answer.trace("duality_gap") <= 1e-8, "{place}");
        let peak = correlations(&case, &answer).into_iter().fold(0.0, f64::max);
        assert!((peak / lambda - 1.0).abs() <= 1e-6, "{place}: {peak} for {lambda}");
        // The LASSO's solution meets the constraint, so it cannot be shorter.
        let lasso = case.solve(json!({"id": "fista", "lambda_ratio": ratio, "tolerance": 1e-14, "max_steps": 200_000}));
        assert!(one_norm(&answer) <= one_norm(&lasso) * (1.0 + 1e-6), "{place}");
    }
}

#[test]
fn with_orthonormal_columns_the_selector_is_a_soft_threshold() {
    let y = [3.0, -0.4, 1.0, -2.0, 0.0, 0.6];
    let matrix: Vec<Vec<f64>> = (0..6).map(|i| (0..6).map(|j| f64::from(i == j)).collect()).collect();
    let answer = Case::of("identity", &matrix, &y).solve(json!({"id": "dantzig", "lambda": 0.5, "tolerance": 1e-10}));
    for (x, wanted) in answer.real().iter().zip([2.5, 0.0, 0.5, -1.5, 0.0, 0.1]) {
        assert!((x - wanted).abs() <= 1e-8, "{x} is not {wanted}");
    }
}

#[test]
fn quantised_measurements_are_met_within_their_steps() {
    let matrix = correlated(60, 40, 0.2, 5);
    let clean = measured(&matrix, &[(3, 1.0), (20, -2.0), (33, 0.5)], 0.0, 5);
    let step = 0.1;
    let y: Vec<f64> = clean.iter().map(|y| (y / step).round() * step).collect();
    let case = Case::of("quantised", &matrix, &y);
    let fit = json!({"id": "within-each", "bound": step / 2.0});
    let (columns, measurements) = case.system();
    let methods = [
        json!({"id": "admm", "fit": fit, "tolerance": 1e-9, "max_steps": 200_000}),
        json!({"id": "primal-dual", "fit": fit, "tolerance": 1e-9, "max_steps": 1_000_000}),
    ];
    agree(&case, &methods, |answer, place| {
        let most = residual(&columns, &answer.x, &measurements).iter().map(|r| r.norm()).fold(0.0, f64::max);
        assert!(most <= step / 2.0 + 1e-8, "{place}: {most}");
    });
}
