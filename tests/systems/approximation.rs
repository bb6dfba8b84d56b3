//! Functions of several variables: coefficients against samples, and every method for `linear` on them.

use crate::run::{distance, norm, run};
use pursuit::contract::{Instance, NoFiles};
use pursuit::labs::recovery::linear::Recovery;
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

const FUNCTIONS: [&str; 4] = ["exponential", "anisotropic", "runge", "kinks"];

fn instance(params: &Value, seed: u64) -> Arc<dyn Instance> {
    registry().problem("approximation").unwrap().instance(params, seed, &NoFiles).expect("an instance")
}

fn linear(instance: &Arc<dyn Instance>) -> &pursuit::labs::recovery::linear::LinearInstance<f64> {
    match instance.as_any().downcast_ref::<Recovery>() {
        Some(Recovery::Real(linear)) => linear,
        _ => panic!("methods see a real linear instance"),
    }
}

/// Samples are taken from the function and coefficients from integrals: where few terms are left out they must agree.
#[test]
fn coefficients_reproduce_the_samples() {
    for (function, family) in FUNCTIONS.into_iter().flat_map(|f| ["legendre", "chebyshev"].map(|family| (f, family))) {
        let params = json!({"function": function, "family": family, "dimension": 2, "samples": 300, "terms": 900});
        let drawn = instance(&params, 3);
        let size = norm(&linear(&drawn).measurements);
        let off = linear(&drawn).noise_norm / size;
        let most = match function {
            "exponential" => 1e-9,
            "kinks" => 2e-2,
            _ => 2e-3,
        };
        assert!(off < most, "{function}, {family}: {off}");
    }
}

/// The error is that of the function in L2: at the true coefficients what is left out, as an average over samples finds it.
#[test]
fn what_is_left_out_is_measured_as_samples_see_it() {
    for function in FUNCTIONS {
        let params = json!({"function": function, "dimension": 4, "samples": 2000, "terms": 40});
        let drawn = instance(&params, 5);
        let truth = linear(&drawn).truth.clone().unwrap();
        let seen = run(
            &json!({"id": "approximation", "function": function, "dimension": 4, "samples": 2000, "terms": 40}),
            5,
            &json!({"id": "omp", "sparsity": 40}),
        );
        let by_samples = linear(&drawn).noise_norm / norm(&linear(&drawn).measurements);
        // Least squares on all terms and many samples comes near the best approximation.
        assert!(distance(&seen.estimate, &truth) < 0.2 * norm(&truth), "{function}");
        let told = seen.last("relative_error");
        assert!((0.7..1.5).contains(&(told / by_samples)), "{function}: {told} and {by_samples}");
    }
}

/// A method for `linear` finds on the samples what it finds on the same numbers as a linear problem.
#[test]
fn methods_see_a_linear_problem() {
    let problem = json!({"id": "approximation", "samples": 60, "terms": 100, "dimension": 3});
    let drawn = instance(&json!({"samples": 60, "terms": 100, "dimension": 3}), 2);
    let arrays = drawn.arrays();
    let table = |name: &str| {
        let (_, (rows, cols), values) = arrays.iter().find(|array| array.0 == name).unwrap();
        let pursuit::contract::Values::Real(values) = values else { panic!("real") };
        let rows: Vec<Vec<f64>> = (0..*rows).map(|i| values[i * cols..(i + 1) * cols].to_vec()).collect();
        json!(rows)
    };
    let data = json!({"matrix": table("A"), "measurements": table("y"), "truth": table("x")});
    let plain = json!({"id": "linear", "data": data, "active_above": 0.001});
    for method in ["omp", "fista", "htp", "sqrt-lasso", "loss-omp"] {
        let (on_function, on_numbers) =
            (run(&problem, 2, &json!({"id": method})), run(&plain, 2, &json!({"id": method})));
        assert_eq!(on_function.support, on_numbers.support, "{method}");
        assert_eq!(on_function.estimate, on_numbers.estimate, "{method}");
    }
}

#[test]
fn every_method_for_linear_is_offered_and_starts_or_says_why_not() {
    let problem = registry().problem("approximation").unwrap();
    let methods = registry().methods.iter().filter(|method| problem.takes_methods_of(method.card().problem));
    let drawn = instance(&json!({"samples": 30, "terms": 40, "dimension": 3}), 1);
    let (mut started, mut all) = (0, 0);
    for method in methods {
        all += 1;
        started += usize::from(method.start(&json!({}), &drawn).is_ok());
    }
    assert!(all > 35 && started >= all - 4, "{started} of {all}");
}

#[test]
fn what_does_not_fit_has_its_sentence() {
    let complaint =
        registry().problem("approximation").unwrap().instance(&json!({"dimension": 2, "slice": 3}), 1, &NoFiles).err();
    assert_eq!(complaint.unwrap().to_string(), "slice: goes up to the number of variables, 2, not 3");
}

/// The functions of the list, typed: the same samples, and an error at held-out points that is the one by Parseval's identity.
#[test]
fn a_typed_function_is_the_listed_one() {
    let typed = [
        ("exponential", "exp(-t1/6) exp(-t2/6) exp(-t3/6)"),
        ("runge", "1/(1 + (5 t1)^2) / (1 + (5 t2/4)^2) / (1 + (5 t3/9)^2)"),
        ("kinks", "(1 + (abs(t1) - .5)) * (1 + (abs(t2) - .5)/2) * (1 + (abs(t3) - .5)/3)"),
    ];
    for (function, formula) in typed {
        let listed = json!({"id": "approximation", "function": function, "dimension": 3, "samples": 150});
        let own =
            json!({"id": "approximation", "function": "formula", "formula": formula, "dimension": 3, "samples": 150});
        let (by_list, by_hand) = (instance(&listed, 4), instance(&own, 4));
        let off = distance(&linear(&by_list).measurements, &linear(&by_hand).measurements);
        assert!(off < 1e-14 * norm(&linear(&by_list).measurements), "{function}: {off}");
        assert!(linear(&by_hand).truth.is_none());
        let method = json!({"id": "omp", "sparsity": 40});
        let errors = [&listed, &own].map(|problem| run(problem, 4, &method).last("relative_error"));
        assert!((0.6..1.6).contains(&(errors[1] / errors[0])), "{function}: {errors:?}");
    }
}

#[test]
fn a_formula_that_cannot_be_used_gets_a_sentence() {
    let table = [
        ("exp(", "formula: ends where a number, a variable or a function should stand, at character 5"),
        ("t1 + t7", "formula: names t7, and there are 5 variables; take 7 of them, or other names"),
        ("log(t1)", "formula: has no finite value at ("),
        ("1/0", "formula: has no finite value at ("),
    ];
    for (formula, sentence) in table {
        let params = json!({"function": "formula", "formula": formula});
        let complaint =
            registry().problem("approximation").unwrap().instance(&params, 1, &NoFiles).err().expect(formula);
        assert!(complaint.to_string().starts_with(sentence), "{formula}: {complaint}");
    }
}
