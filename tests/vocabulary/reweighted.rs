//! SL0, half thresholding and IRLS.

use super::cases::{ComplexGaussian, Six, noisy, row, solve, sparse};
use pursuit::contract::Ending;
use pursuit::kernels::{Scalar, norm, norm_one};
use pursuit::penalties::l_half;
use serde_json::json;

#[test]
fn sl0_is_the_catalogues() {
    row(json!({"id": "sl0"}), [(-95.0, -70.0), (-95.0, -60.0), (-35.0, -8.0)]);
    let six = Six::of(&noisy(), &json!({"id": "sl0", "smallest": 0.03}));
    assert!((-29.0..-19.0).contains(&six.error), "{}", six.error);
    let few = Six::of(&sparse(160, 400, 30, "signs"), &json!({"id": "sl0"})).successes();
    let slow = Six::of(&sparse(160, 400, 40, "signs"), &json!({"id": "sl0", "decrease": 0.8, "inner": 8})).successes();
    assert!(few >= 3 && slow >= 4, "{few}, {slow}");
}

#[test]
fn irls_is_the_catalogues() {
    row(json!({"id": "irls"}), [(-260.0, -180.0), (-260.0, -180.0), (-260.0, -180.0)]);
    let six = Six::of(&noisy(), &json!({"id": "irls"}));
    assert!((-29.0..-19.0).contains(&six.error), "{}", six.error);
    for (k, all) in [(30, true), (40, true), (50, true), (60, false)] {
        let successes = Six::of(&sparse(160, 400, k, "signs"), &json!({"id": "irls"})).successes();
        assert!(if all { successes == 6 } else { successes <= 1 }, "k = {k}: {successes}");
    }
}

#[test]
fn half_thresholding_recovers_few_spikes() {
    let six = Six::of(&sparse(160, 400, 20, "gaussian"), &json!({"id": "half-thresholding"}));
    assert!(six.error < -100.0, "{:?}", six.errors);
    let six = Six::of(&sparse(160, 400, 70, "gaussian"), &json!({"id": "half-thresholding"}));
    assert!(six.error > -40.0, "{:?}", six.errors);
}

#[test]
fn complex_spikes_are_recovered() {
    let gaussian = ComplexGaussian { rows: 60, cols: 120 };
    for (id, bound) in [("sl0", -60.0), ("irls", -150.0), ("half-thresholding", -100.0)] {
        let done = gaussian.solve(8, 3, &json!({"id": id}));
        assert!(done.decibels() < bound, "{id}: {} {:?}", done.decibels(), done.ending);
    }
}

#[test]
fn all_iterates_of_sl0_and_irls_solve_the_system() {
    for id in ["sl0", "irls"] {
        let residuals = solve(&sparse(60, 150, 20, "gaussian"), 3, &json!({"id": id})).trace("relative_residual");
        assert!(residuals.iter().all(|&r| r < 1e-9), "{id}: {residuals:?}");
    }
}

/// With p = 1 and e near zero, the least l1 norm of all solutions: that of basis pursuit, below and above the transition.
#[test]
fn irls_with_p_one_comes_to_the_optimum_of_basis_pursuit() {
    for (k, seed) in [(15, 1), (30, 2), (40, 3)] {
        let problem = sparse(60, 150, k, "gaussian");
        let method = json!({"id": "irls", "p": 1, "max_steps": 5000});
        let irls = norm_one(&solve(&problem, seed, &method).estimate);
        let optimum = norm_one(&solve(&problem, seed, &json!({"id": "basis-pursuit"})).estimate);
        println!("k = {k}: {irls} for {optimum}");
        assert!(irls > optimum * (1.0 - 1e-9) && irls < optimum * (1.0 + 1e-4), "{irls}, {optimum}");
    }
}

/// With p = 1 and lambda, the LASSO's optimum.
#[test]
fn irls_with_lambda_comes_to_the_optimum_of_the_lasso() {
    let mut problem = sparse(60, 150, 12, "gaussian");
    problem["noise"] = json!({"id": "gaussian", "snr_db": 20});
    let cost = |id: &str| {
        let done = solve(&problem, 5, &json!({"id": id, "p": 1, "lambda": 0.1, "max_steps": 3000}));
        0.5 * f64::norm_squared(&done.real().residual(&done.real_estimate())) + 0.1 * norm_one(&done.estimate)
    };
    let lasso = solve(&problem, 5, &json!({"id": "lasso-cd", "lambda": 0.1}));
    let optimum =
        0.5 * f64::norm_squared(&lasso.real().residual(&lasso.real_estimate())) + 0.1 * norm_one(&lasso.estimate);
    let found = cost("irls");
    println!("{found} for {optimum}");
    assert!(found > optimum * (1.0 - 1e-9) && found < optimum * (1.0 + 1e-4));
}

/// While e stands still, every step of IRLS lowers what it descends on.
#[test]
fn the_objective_of_irls_falls_between_rounds() {
    for lambda in [0.0, 0.02] {
        let done = solve(&noisy(), 3, &json!({"id": "irls", "p": 0.7, "lambda": lambda}));
        let (objective, epsilon) = (done.trace("objective"), done.trace("epsilon"));
        for step in 2..objective.len() {
            if epsilon[step] == epsilon[step - 1] {
                assert!(objective[step] <= objective[step - 1] * (1.0 + 1e-9), "step {step}");
            }
        }
    }
}

/// With a given weight, half thresholding descends, and where it settles each entry is the prox of its own step.
#[test]
fn half_thresholding_descends_to_a_fixed_point() {
    let lambda = 0.02;
    let cost = |steps: usize| {
        let method = json!({"id": "half-thresholding", "lambda": lambda, "max_steps": steps, "tolerance": 1e-12});
        let done = solve(&noisy(), 2, &method);
        let residual = done.real().residual(&done.real_estimate());
        (0.5 * f64::norm_squared(&residual) + lambda * l_half::value(&done.estimate), done)
    };
    let costs: Vec<f64> = [1, 2, 3, 5, 10, 30, 100, 300].into_iter().map(|steps| cost(steps).0).collect();
    assert!(costs.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)), "{costs:?}");
    let (_, done) = cost(20_000);
    assert!(matches!(done.ending, Ending::Converged(_)), "{:?}", done.ending);
    let instance = done.real();
    let estimate = done.real_estimate();
    let mut correlations = vec![0.0; instance.cols()];
    instance.operator.adjoint(&instance.residual(&estimate), &mut correlations);
    for &j in &done.support {
        // The derivative of the objective along an entry that is not zero.
        let slope = correlations[j] - lambda * 0.5 * estimate[j].signum() / estimate[j].abs().sqrt();
        assert!(slope.abs() < 1e-6, "{j}: {slope}");
    }
    assert!(!done.support.is_empty() && norm(&estimate) > 0.0);
}

/// Orthonormal columns and p = 1 with lambda: soft thresholding, in closed form.
#[test]
fn irls_is_soft_thresholding_for_orthonormal_columns() {
    let data = json!({"matrix": [[0.6, 0.8], [-0.8, 0.6]], "measurements": [1.0, 0.5]});
    let method = json!({"id": "irls", "p": 1, "lambda": 0.3, "max_steps": 20000, "tolerance": 1e-12});
    let done = super::cases::run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}));
    // A^T y = (0.2, 1.1).
    assert!(done.estimate[0].re.abs() < 1e-5 && (done.estimate[1].re - 0.8).abs() < 1e-7, "{:?}", done.estimate);
}
