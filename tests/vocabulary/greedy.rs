//! MP, OLS, gOMP, StOMP and ROMP.

use super::cases::{ComplexGaussian, Done, Six, acceptance, noisy, row, run, solve, sparse};
use num_complex::Complex64;
use pursuit::contract::Ending;
use pursuit::kernels::{dot, norm};
use pursuit::operators::{LinearOperator, least_squares_on};
use serde_json::{Value, json};

const EXACT: (f64, f64) = (-330.0, -260.0);

#[test]
fn matching_pursuit_is_the_catalogues() {
    row(json!({"id": "mp", "tolerance": 1e-6}), [(-135.0, -95.0), (-25.0, -9.0), (-12.0, -5.0)]);
    let six = Six::of(&noisy(), &json!({"id": "mp"}));
    assert!((-23.0..-17.0).contains(&six.error), "{}", six.error);
}

#[test]
fn orthogonal_least_squares_is_the_catalogues() {
    row(json!({"id": "ols"}), [EXACT, EXACT, (-60.0, -15.0)]);
    let six = Six::of(&noisy(), &json!({"id": "ols"}));
    assert!((-33.0..-27.0).contains(&six.error), "{}", six.error);
    for k in [30, 40] {
        assert_eq!(Six::of(&sparse(160, 400, k, "signs"), &json!({"id": "ols"})).successes(), 0, "k = {k}");
    }
}

#[test]
fn the_other_pursuits_recover_few_spikes_and_not_many() {
    for (method, few) in [("generalized-omp", 40), ("stomp", 20), ("regularized-omp", 10)] {
        let method = json!({"id": method});
        let six = Six::of(&sparse(160, 400, few, "gaussian"), &method);
        assert!(six.error < -240.0, "{method}: {:?}", six.errors);
        let six = Six::of(&sparse(160, 400, 80, "gaussian"), &method);
        assert!(six.error > -40.0, "{method}: {:?}", six.errors);
    }
}

#[test]
fn complex_spikes_are_recovered() {
    let gaussian = ComplexGaussian { rows: 60, cols: 120 };
    for id in ["mp", "ols", "generalized-omp", "stomp", "regularized-omp"] {
        let done = gaussian.solve(6, 3, &json!({"id": id}));
        assert!(done.decibels() < -100.0, "{id}: {} {:?}", done.decibels(), done.ending);
    }
}

/// Every step's residual is orthogonal to the columns held, for those that fit by least squares.
#[test]
fn least_squares_leave_nothing_along_the_support() {
    for id in ["ols", "generalized-omp", "stomp", "regularized-omp"] {
        for steps in 1..=4 {
            let done = solve(&noisy(), 2, &json!({"id": id, "max_steps": steps}));
            let instance = done.real();
            let residual = instance.residual(&done.real_estimate());
            let mut column = vec![0.0; 160];
            for &j in &done.support {
                instance.operator.column(j, &mut column);
                assert!(dot(&column, &residual).abs() < 1e-12 * norm(&instance.measurements), "{id}, {j}");
            }
        }
    }
}

#[test]
fn matching_pursuit_takes_exactly_what_its_column_explains() {
    let residuals = acceptance(30, "gaussian", 4, &json!({"id": "mp", "max_steps": 50})).trace("relative_residual");
    for (step, pair) in residuals.windows(2).enumerate() {
        // The share that is taken and what is left are orthogonal.
        let done = acceptance(30, "gaussian", 4, &json!({"id": "mp", "max_steps": step + 2}));
        let share = done.panel.iter().fold(0.0_f64, |most, v| most.max(*v)) / norm(&done.real().measurements);
        assert!((pair[0] * pair[0] - share * share - pair[1] * pair[1]).abs() < 1e-14);
        assert!(pair[1] < pair[0]);
    }
}

/// Orthonormal columns: every pursuit is done after k picks, with the inner products.
#[test]
fn orthonormal_columns_make_all_pursuits_one() {
    let (c, s) = (0.6, 0.8);
    let matrix = json!([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]]);
    let data = json!({"matrix": matrix, "measurements": [c - 0.5 * s, -s - 0.5 * c, 0.0]});
    for id in ["mp", "ols", "generalized-omp", "regularized-omp"] {
        let mut method = json!({"id": id});
        if id != "mp" {
            method["sparsity"] = json!(2);
        }
        if id == "generalized-omp" {
            method["columns"] = json!(1);
        }
        let done = run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}));
        let expected = [1.0, -0.5, 0.0];
        assert!(done.estimate.iter().zip(expected).all(|(x, e)| (x.re - e).abs() < 1e-15), "{id}: {:?}", done.estimate);
    }
}

#[test]
fn one_column_a_step_is_omp() {
    for seed in 1..=4 {
        let omp = acceptance(30, "gaussian", seed, &json!({"id": "omp"}));
        let one = acceptance(30, "gaussian", seed, &json!({"id": "generalized-omp", "columns": 1}));
        assert_eq!(omp.picks, one.picks);
        assert!(omp.estimate.iter().zip(&one.estimate).all(|(x, y)| (x - y).norm() < 1e-12));
    }
}

/// At every step OLS picks the column whose addition leaves the smallest residual, by trying all of them.
#[test]
fn every_pick_of_ols_is_the_best_one() {
    for seed in 1..=12 {
        let mut problem = sparse(12, 24, 5, "gaussian");
        problem["matrix"] = json!({"id": "correlated", "correlation": 0.8});
        problem["noise"] = json!({"id": "gaussian", "snr_db": 20});
        let done = solve(&problem, seed, &json!({"id": "ols"}));
        let instance = done.real();
        for step in 0..done.picks.len() {
            let left = |j: usize| {
                let mut tried = done.picks[..step].to_vec();
                tried.push(j);
                norm(&least_squares_on(&*instance.operator, &tried, &instance.measurements).residual)
            };
            let best = (0..24).filter(|j| !done.picks[..step].contains(j)).min_by(|&i, &j| left(i).total_cmp(&left(j)));
            assert_eq!(best, Some(done.picks[step]), "seed {seed}, step {step}");
        }
    }
}

#[test]
fn ols_differs_from_omp_where_columns_are_correlated() {
    // Column 1 leans on column 0 and points at the rest; OMP takes column 2, which is longer along the residual.
    let matrix = json!([[1.0, 0.9, 0.0], [0.0, 0.4358898943540674, 0.6], [0.0, 0.0, 0.8]]);
    let data = json!({"matrix": matrix, "measurements": [2.0, 0.3, 0.0]});
    let picks = |id: &str| {
        run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [{"id": id, "sparsity": 2}]})).picks
    };
    assert_eq!(picks("ols"), [0, 1]);
    assert_eq!(picks("omp"), [0, 2]);
}

/// Stored answers of `spams.omp`, which is orthogonal least squares.
#[test]
fn ols_agrees_with_spams() {
    let stored: Value = serde_json::from_str(include_str!("../peers/ols_spams.json")).unwrap();
    let instances = stored["instances"].as_array().unwrap();
    assert!(!instances.is_empty());
    for instance in instances {
        let data = json!({"matrix": instance["matrix"], "measurements": instance["measurements"]});
        let method = json!({"id": "ols", "sparsity": instance["sparsity"]});
        let done = run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}));
        let expected: Vec<f64> = serde_json::from_value(instance["coefficients"].clone()).unwrap();
        let scale = norm(&expected);
        let support: Vec<usize> = (0..expected.len()).filter(|&j| expected[j] != 0.0).collect();
        assert_eq!(done.support, support);
        assert!(done.estimate.iter().zip(&expected).all(|(x, e)| (x.re - e).abs() < 1e-9 * scale));
    }
}

/// The threshold of StOMP lets through as many false columns as normal noise would.
#[test]
fn false_alarms_of_stomp_are_those_of_noise() {
    let mut alarms = 0;
    for seed in 1..=40 {
        // One spike, so that nearly all columns are false; the first stage only.
        let done = acceptance(1, "signs", seed, &json!({"id": "stomp", "max_steps": 1, "threshold": 2.5}));
        alarms += done.support.len() - 1;
    }
    // 2 Q(2.5) = 1.24 % of 40 * 399; the standard deviation is 14.
    assert!((150..=250).contains(&alarms), "{alarms}");
}

#[test]
fn length_of_a_column_changes_no_pick() {
    let plain = |scale: fn(usize) -> f64| {
        let done = acceptance(10, "gaussian", 3, &json!({"id": "mp", "max_steps": 1}));
        let instance = done.real();
        let mut rows = vec![vec![0.0; 100]; 160];
        let mut column = vec![0.0; 160];
        for j in 0..100 {
            instance.operator.column(j, &mut column);
            rows.iter_mut().zip(&column).for_each(|(row, a)| row[j] = a * scale(j));
        }
        (rows, instance.measurements.clone())
    };
    let picks = |scale: fn(usize) -> f64, id: &str| -> Done {
        let (matrix, y) = plain(scale);
        let mut method = json!({"id": id, "max_steps": 12});
        if !["mp", "stomp"].contains(&id) {
            method["sparsity"] = json!(12);
        }
        let data = json!({"matrix": matrix, "measurements": y});
        run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}))
    };
    for id in ["mp", "ols", "generalized-omp", "stomp", "regularized-omp"] {
        let (one, other) = (picks(|_| 1.0, id), picks(|j| if j.is_multiple_of(3) { 8.0 } else { 0.5 }, id));
        assert_eq!(one.picks, other.picks, "{id}");
        let scaled = |j: usize| Complex64::from(if j.is_multiple_of(3) { 8.0 } else { 0.5 });
        let close = |(j, (x, y)): (usize, (&Complex64, &Complex64))| (x - y * scaled(j)).norm() < 1e-10;
        assert!(one.estimate.iter().zip(&other.estimate).enumerate().all(close), "{id}");
        assert!(matches!(one.ending, Ending::Budget | Ending::Converged(_)));
    }
}
