//! VAMP, BG-AMP and fast SBL.

use super::cases::{ComplexGaussian, Six, noisy, row, run, solve, sparse};
use pursuit::contract::Ending;
use pursuit::linalg::HermitianEigen;
use pursuit::operators::{Dense, LinearOperator};
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};

#[test]
fn vamp_is_the_catalogues() {
    row(json!({"id": "vamp"}), [(-190.0, -130.0), (-190.0, -130.0), (-190.0, -125.0)]);
}

#[test]
fn bg_amp_recovers_above_the_l1_threshold() {
    row(json!({"id": "bg-amp"}), [(-260.0, -140.0), (-260.0, -140.0), (-260.0, -100.0)]);
}

#[test]
fn fast_sbl_recovers_above_the_l1_threshold() {
    row(json!({"id": "fast-sbl"}), [(-260.0, -100.0), (-260.0, -100.0), (-260.0, -90.0)]);
}

#[test]
fn under_noise_all_three_come_near_what_knowing_the_support_gives() {
    for (id, low, high) in [("vamp", -34.0, -27.0), ("bg-amp", -34.0, -27.0), ("fast-sbl", -34.0, -22.0)] {
        let six = Six::of(&noisy(), &json!({"id": id}));
        assert!(low < six.error && six.error < high, "{id}: {:?}", six.errors);
    }
}

/// `y = A x` for a Gaussian matrix whose singular values fall geometrically, by `condition` from first to last.
fn conditioned(condition: f64, seed: u64) -> Value {
    let (rows, cols) = (160, 400);
    let mut random = Random::new(seed, Stream::Matrix);
    let gaussian: Vec<f64> = (0..rows * cols).map(|_| random.normal()).collect();
    let gram = |i: usize, j: usize| (0..cols).map(|l| gaussian[i * cols + l] * gaussian[j * cols + l]).sum::<f64>();
    let eigen = HermitianEigen::new((0..rows).map(|j| (0..rows).map(|i| gram(i, j)).collect()).collect());
    // sum_i s_i e_i u_i^T G / sqrt(lambda_i): left singular vectors do not matter.
    let ratio = libm::pow(condition, -1.0 / (rows as f64 - 1.0));
    let plain = Dense::from_rows(rows, cols, &gaussian);
    let matrix: Vec<Vec<f64>> = (0..rows)
        .map(|i| {
            let mut row = vec![0.0; cols];
            plain.adjoint(&eigen.vectors[i], &mut row);
            let size = libm::pow(ratio, i as f64) / eigen.values[i].sqrt();
            row.iter().map(|a| a * size).collect()
        })
        .collect();
    json!(matrix)
}

#[test]
fn vamp_stands_condition_numbers_that_amp_does_not() {
    for condition in [10.0, 100.0, 1000.0] {
        let mut problem = sparse(160, 400, 40, "gaussian");
        problem["data"] = json!({"matrix": conditioned(condition, 3)});
        let vamp = solve(&problem, 3, &json!({"id": "vamp"}));
        println!("condition {condition}: {:.0} dB, {} steps", vamp.decibels(), vamp.steps);
        assert!(vamp.decibels() < -115.0, "{condition}: {}", vamp.decibels());
        if condition > 50.0 {
            let amp = solve(&problem, 3, &json!({"id": "amp"}));
            assert!(matches!(amp.ending, Ending::Diverged(_)) || amp.decibels() > -40.0, "{:?}", amp.ending);
        }
    }
}

#[test]
fn complex_spikes_are_recovered() {
    let gaussian = ComplexGaussian { rows: 80, cols: 200 };
    for id in ["vamp", "bg-amp", "fast-sbl"] {
        let done = gaussian.solve(20, 3, &json!({"id": id}));
        assert!(done.decibels() < -90.0, "{id}: {} {:?}", done.decibels(), done.ending);
    }
}

#[test]
fn the_objective_of_fast_sbl_never_rises() {
    for noise in [json!(null), json!(4e-4)] {
        for seed in 1..=2 {
            let done = solve(&noisy(), seed, &json!({"id": "fast-sbl", "noise_variance": noise}));
            assert!(matches!(done.ending, Ending::Converged(_)), "{:?}", done.ending);
            let objective = done.trace("objective");
            for pair in objective.windows(2) {
                assert!(pair[1] <= pair[0] + 1e-8 * pair[0].abs(), "{pair:?}");
            }
            assert!(objective[0] - objective[objective.len() - 1] > 10.0);
        }
    }
}

/// Both kinds of SBL seek one objective; from the empty set up it comes about as low as from all columns down.
#[test]
fn fast_sbl_comes_as_low_as_sbl() {
    let mut problem = sparse(50, 120, 8, "gaussian");
    problem["noise"] = json!({"id": "gaussian", "snr_db": 26});
    for seed in 1..=4 {
        let fast = solve(&problem, seed, &json!({"id": "fast-sbl", "noise_variance": 4e-4, "tolerance": 1e-8}));
        let slow = solve(&problem, seed, &json!({"id": "sbl", "noise_variance": 4e-4, "max_steps": 3000}));
        let (low, reference) = (fast.last("objective"), slow.last("objective"));
        println!("{low} for {reference}; {} and {} columns", fast.support.len(), slow.support.len());
        assert!(low < reference + 5.0, "{low}, {reference}");
    }
}

/// One column, one measurement more: `gamma = (q^2 - s) / s^2` by hand.
#[test]
fn one_column_has_its_variance_in_closed_form() {
    let data = json!({"matrix": [[2.0], [0.0]], "measurements": [3.0, 0.5]});
    let method = json!({"id": "fast-sbl", "noise_variance": 0.25});
    let done = run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}));
    // a = e_1, s = 4, q = 12, gamma = 140 / 16 = 8.75; x = gamma / (gamma + s2) y_1 / 2.
    assert!((done.estimate[0].re - 8.75 / 9.0 * 1.5).abs() < 1e-12, "{:?}", done.estimate);
    // log det C + y^* C^{-1} y with C = diag(9, 0.25).
    let objective = libm::log(9.0 * 0.25) + 1.0 + 1.0;
    assert!((done.last("objective") - objective).abs() < 1e-12, "{}", done.last("objective"));
}

#[test]
fn the_learned_fraction_is_the_true_one() {
    for id in ["vamp", "bg-amp"] {
        let done = solve(&sparse(160, 400, 40, "gaussian"), 2, &json!({"id": id}));
        assert!((done.last("fraction") - 0.1).abs() < 0.005, "{id}: {}", done.last("fraction"));
    }
}
