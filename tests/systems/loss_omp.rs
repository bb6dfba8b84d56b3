//! Loss-function OMP: gains against brute force, OMP as a special case, the absolute fit against its own proof.

use crate::run::{norm, run};
use pursuit::labs::recovery::loss_omp::gains::{Loss, Norm, Price, absolute_gain};
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};

/// `G(x) - min_t G(x + t e_j)` by trying: a grid over t, refined around its best point, and the t that leaves x_j at zero.
fn tried(loss: Loss, column: &[f64], residual: &[f64], x: f64, price: Price) -> f64 {
    let objective = |t: f64| {
        let moved: Vec<f64> = residual.iter().zip(column).map(|(r, a)| r - t * a).collect();
        let fit = match loss {
            Loss::Lasso => norm(&moved).powi(2),
            Loss::SquareRoot => norm(&moved),
            Loss::Absolute => moved.iter().map(|r| r.abs()).sum(),
        };
        fit + price.of((x + t).abs())
    };
    let (mut centre, mut width) = (0.0, 20.0);
    for _ in 0..8 {
        let places = (-400..=400).map(|i| centre + width * f64::from(i) / 400.0);
        centre = places.min_by(|a, b| objective(*a).total_cmp(&objective(*b))).unwrap();
        width /= 50.0;
    }
    objective(0.0) - objective(centre).min(objective(-x)).min(objective(0.0))
}

fn normals(random: &mut Random, count: usize, scale: f64) -> Vec<f64> {
    (0..count).map(|_| scale * random.normal()).collect()
}

#[test]
fn gains_are_what_trying_every_step_finds() {
    let mut random = Random::new(7, Stream::Probe);
    let mut positive = 0;
    for case in 0..60 {
        let (length, size) = ([1.0, 0.4, 3.0][case % 3], [0.1, 1.0, 4.0][case / 3 % 3]);
        let mut column = normals(&mut random, 12, 1.0);
        let scale = length / norm(&column);
        column.iter_mut().for_each(|a| *a *= scale);
        let residual = normals(&mut random, 12, size);
        let c: f64 = column.iter().zip(&residual).map(|(a, r)| a * r).sum::<f64>() / length;
        // What a least-squares fit leaves where the column is in the support.
        let fitted: Vec<f64> = residual.iter().zip(&column).map(|(r, a)| r - c * a / length).collect();
        for (norm_of, lambda) in [Norm::L0, Norm::L1].into_iter().flat_map(|n| [0.0, 0.05, 0.3, 1.5].map(|l| (n, l))) {
            let price = Price { norm: norm_of, lambda, weight: [1.0, 0.5][case % 2] };
            let x = 1.5 * random.normal();
            for loss in [Loss::Lasso, Loss::SquareRoot] {
                let new = loss.gain_of_new(c.abs(), norm(&residual), length, price);
                let old = loss.gain_of_old(length * x.abs(), norm(&fitted), length, price);
                let wanted = (tried(loss, &column, &residual, 0.0, price), tried(loss, &column, &fitted, x, price));
                assert!((new - wanted.0).abs() < 1e-6, "{loss:?} {price:?}: {new} for {}", wanted.0);
                assert!((old - wanted.1).abs() < 1e-6, "{loss:?} {price:?} x = {x}: {old} for {}", wanted.1);
                positive += usize::from(new > 0.0) + usize::from(old > 0.0);
            }
            for x in [0.0, x] {
                let gain = absolute_gain(&column, &residual, x, price);
                let wanted = tried(Loss::Absolute, &column, &residual, x, price);
                assert!((gain - wanted).abs() < 1e-6, "{price:?} x = {x}: {gain} for {wanted}");
                positive += usize::from(gain > 0.0);
            }
        }
    }
    assert!(positive > 1000, "{positive}");
}

fn problem(noise: Value) -> Value {
    json!({"id": "linear", "rows": 60, "cols": 120, "signal": {"id": "sparse", "sparsity": 8}, "noise": noise})
}

#[test]
fn without_a_penalty_the_lasso_rule_is_omp() {
    let noisy = problem(json!({"id": "gaussian", "snr_db": 20}));
    for seed in 0..5 {
        let omp = run(&noisy, seed, &json!({"id": "omp", "sparsity": 12}));
        for rule in ["gain", "scaled"] {
            let method =
                json!({"id": "loss-omp", "loss": "lasso", "norm": "l0", "lambda": 0, "rule": rule, "most": 12});
            let ours = run(&noisy, seed, &method);
            assert_eq!((&ours.support, ours.steps), (&omp.support, omp.steps), "{rule}");
            let bits = |x: &[f64]| x.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&ours.estimate), bits(&omp.estimate));
        }
    }
}

/// An answer that no single entry can better, in any of the six objectives, once it stopped by itself.
#[test]
fn it_stops_where_nothing_gains() {
    for noise in [json!({"id": "gaussian", "snr_db": 20}), json!({"id": "outliers", "fraction": 0.1, "scale": 20})] {
        for (loss, norm) in ["lasso", "square-root", "absolute"].into_iter().flat_map(|l| ["l0", "l1"].map(|n| (l, n)))
        {
            let method = json!({"id": "loss-omp", "loss": loss, "norm": norm, "lambda": 0.3, "most": 60});
            let done = run(&problem(noise.clone()), 3, &method);
            let gains = done.panel("looks-at").pop().unwrap();
            let best = gains.iter().copied().fold(0.0, f64::max);
            let outside = (0..gains.len()).filter(|j| done.support.binary_search(j).is_err());
            let new = outside.map(|j| gains[j]).fold(0.0, f64::max);
            assert!(done.steps == 60 || new < best || best <= 1e-10, "{loss} {norm}: {new} of {best}");
        }
    }
}

#[test]
fn objectives_of_the_fit_alone_never_rise() {
    let outliers = problem(json!({"id": "outliers", "fraction": 0.2, "scale": 50, "snr_db": 40}));
    let method = json!({"id": "loss-omp", "loss": "absolute", "norm": "l0", "lambda": 0.0, "most": 25});
    let objective = run(&outliers, 2, &method).trace("objective");
    assert!(
        objective.len() > 10 && objective.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-9)),
        "{objective:?}"
    );
}

#[test]
fn gross_errors_without_noise_are_left_out_to_the_last_bit() {
    let outliers = problem(json!({"id": "outliers", "fraction": 0.1, "scale": 50}));
    let method = json!({"id": "loss-omp", "loss": "absolute", "norm": "l0", "lambda": 0.1});
    let exact = (0..8).filter(|&seed| run(&outliers, seed, &method).last("relative_error") < 1e-10).count();
    assert!(exact >= 7, "{exact}");
}
