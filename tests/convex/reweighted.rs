//! Reweighted l1: recovery where basis pursuit fails, and the descent that its paper promises.

use crate::cases::{correlated, measured};
use crate::solve::{Answer, Case};
use proptest::prelude::*;
use pursuit::contract::Ending;
use serde_json::{Value, json};

fn drawn(seed: u64, noise: Value) -> Case {
    let signal = json!({"id": "sparse", "sparsity": 60, "amplitude": "gaussian"});
    Case::new("k = 60", seed, json!({"id": "linear", "rows": 160, "cols": 400, "signal": signal, "noise": noise}))
}

fn decibels(answer: &Answer) -> f64 {
    20.0 * libm::log10(answer.trace("relative_error"))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2] + values[(values.len() - 1) / 2]) / 2.0
}

#[test]
fn it_recovers_where_basis_pursuit_fails() {
    let cases: Vec<Case> = (0..6).map(|seed| drawn(seed, json!({"id": "none"}))).collect();
    let errors = |method: Value| cases.iter().map(|case| decibels(&case.solve(method.clone()))).collect::<Vec<f64>>();
    let (plain, reweighted) = (errors(json!({"id": "basis-pursuit"})), errors(json!({"id": "reweighted-l1"})));
    assert!((-25.0..-15.0).contains(&median(plain.clone())), "{plain:?}");
    assert!(median(reweighted.clone()) <= -85.0, "{reweighted:?}");
}

#[test]
fn no_round_increases_what_the_rounds_minimize() {
    // 1/2 |y - A x|^2 + lambda eps sum log(1 + |x_i| / eps), or the sum alone under A x = y.
    for (lambda, epsilon) in [(0.0, 0.1), (0.0, 0.01), (0.05, 0.1), (0.5, 0.1)] {
        let case = drawn(1, if lambda > 0.0 { json!({"id": "gaussian", "snr_db": 30}) } else { json!({"id": "none"}) });
        let method = json!({"id": "reweighted-l1", "rounds": 8, "epsilon": epsilon, "lambda": lambda});
        let (mut last, mut rounds, mut eps) = (f64::INFINITY, 0, 0.0);
        let (ending, steps) = case.follow(method.clone(), |answer| {
            if answer.steps == rounds {
                return;
            }
            rounds = answer.steps;
            assert!(answer.trace("duality_gap") <= 1e-10, "{method}, round {rounds}");
            let x = answer.real();
            if rounds == 1 {
                eps = epsilon * x.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()));
            }
            let logarithms: f64 = x.iter().map(|x| libm::log1p(x.abs() / eps)).sum();
            assert!((logarithms - answer.trace("log_sum")).abs() <= 1e-9 * logarithms, "{method}, round {rounds}");
            let residual = answer.trace("residual");
            let now = if lambda > 0.0 { residual * residual / 2.0 + lambda * eps * logarithms } else { logarithms };
            assert!(now <= last * (1.0 + 1e-9), "{method}, round {rounds}: {now} after {last}");
            last = now;
        });
        assert!(matches!(ending, Ending::Converged(_)) && steps >= 2, "{method}: {ending:?} after {steps}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_rounds_scale_with_the_measurements(seed in 0u64..1000, exponent in -6i32..6, noisy: bool) {
        let scale = libm::exp2(f64::from(exponent));
        let matrix = correlated(12, 30, 0.3, seed);
        let y = measured(&matrix, &[(3, 1.0), (9, -0.5), (20, 2.0)], 0.01, seed);
        let scaled: Vec<f64> = y.iter().map(|y| y * scale).collect();
        let method = json!({"id": "reweighted-l1", "lambda_ratio": if noisy { 0.05 } else { 0.0 }});
        let x = Case::of("plain", &matrix, &y).solve(method.clone()).real();
        let image = Case::of("scaled", &matrix, &scaled).solve(method).real();
        for (x, image) in x.iter().zip(&image) {
            prop_assert!((x * scale - image).abs() <= 1e-9 * scale, "{x} {image}");
        }
    }
}
