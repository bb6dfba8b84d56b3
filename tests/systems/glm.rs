//! Sparse regression: derivatives against differences, minima against brute force, solvers against each other.

use crate::run::{Done, run};
use pursuit::contract::{Ending, NoFiles};
use pursuit::labs::recovery::glm::{GlmInstance, Objective, Point, Shape, Strength};
use pursuit::labs::registry;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::sync::Arc;

const SHAPES: [Shape; 3] = [Shape::Scad { a: 3.7 }, Shape::Mcp { gamma: 3.0 }, Shape::L1];

fn problem(family: &str) -> Value {
    json!({"id": "glm", "family": family, "rows": 60, "cols": 100, "group": 2})
}

fn drawn(family: &str, seed: u64) -> Arc<GlmInstance> {
    let any: Arc<dyn std::any::Any + Send + Sync> =
        registry().problem("glm").unwrap().instance(&problem(family), seed, &NoFiles).unwrap();
    any.downcast().unwrap()
}

fn solvers(penalty: &str, ratio: f64) -> Vec<Value> {
    let common = json!({"penalty": {"id": penalty}, "lambda_ratio": ratio, "tolerance": 1e-5, "max_steps": 60000});
    let with = |id: &str, more: Value| {
        let mut method = common.clone();
        method["id"] = json!(id);
        more.as_object().unwrap().iter().for_each(|(name, value)| method[name] = value.clone());
        method
    };
    vec![
        with("glm-proximal-gradient", json!({})),
        with("nonconvex-ag", json!({})),
        with("nonconvex-ag", json!({"restart": false})),
        with("nonconvex-ag", json!({"damping": "original", "restart": false})),
        with("glm-coordinate-descent", json!({})),
        with("glm-lla", json!({"max_steps": 1000})),
    ]
}

#[test]
fn features_are_standardised() {
    for family in ["linear", "logistic"] {
        let instance = drawn(family, 1);
        for j in 0..instance.cols() {
            let column = instance.design.column_slice(j);
            let (sum, square) = column.iter().fold((0.0, 0.0), |(s, q), x| (s + x, q + x * x));
            assert!(sum.abs() < 1e-10 && (square - 60.0_f64).abs() < 1e-10, "{sum} {square}");
        }
    }
}

#[test]
fn gradients_are_differences() {
    let mut random = Random::new(2, Stream::Probe);
    for (family, shape) in ["linear", "logistic"].into_iter().flat_map(|f| SHAPES.map(|shape| (f, shape))) {
        let objective = Objective::new(&drawn(family, 1), Strength { shape, ratio: 0.3 }).unwrap();
        let at = Point { b: (0..100).map(|_| 2.0 * objective.lambda * random.normal()).collect(), intercept: 0.1 };
        let smooth = |at: &Point| {
            objective.loss(&objective.scores(at)) + objective.penalty(&at.b)
                - objective.lambda * at.b.iter().map(|b| b.abs()).sum::<f64>()
        };
        let gradient = objective.smooth_gradient(&at);
        for j in 0..100 {
            let h = 1e-5 * objective.lambda;
            let moved = |h: f64| {
                let mut point = at.clone();
                point.b[j] += h;
                smooth(&point)
            };
            let difference = (moved(h) - moved(-h)) / (2.0 * h);
            let scale = 1.0 + difference.abs();
            assert!(
                (gradient.b[j] - difference).abs() < 1e-4 * scale,
                "{family} {shape:?}: {} {difference}",
                gradient.b[j]
            );
        }
    }
}

#[test]
fn the_best_coefficient_is_the_best_of_all() {
    for shape in SHAPES {
        let objective = Objective::new(&drawn("linear", 1), Strength { shape, ratio: 0.3 }).unwrap();
        let lambda = objective.lambda;
        for (z, v) in (-60..=60).flat_map(|i| [1.0, 0.25].map(|v| (lambda * f64::from(i) / 10.0, v))) {
            let cost = |b: f64| 0.5 * v * (b - z) * (b - z) + objective.penalty(&[b]);
            let found = cost(objective.best_coefficient(z, v));
            let tried = (-7000..=7000).map(|i| cost(lambda * f64::from(i) / 1000.0)).fold(f64::INFINITY, f64::min);
            assert!(found <= tried + 1e-12 * lambda * lambda, "{shape:?} z = {z}, v = {v}: {found} and {tried}");
        }
    }
}

#[test]
fn at_the_largest_lambda_nothing_is_chosen_and_just_below_one_feature_is() {
    for family in ["linear", "logistic"] {
        let none = run(&problem(family), 1, &json!({"id": "glm-coordinate-descent", "lambda_ratio": 1.0}));
        assert!(none.support.is_empty(), "{family}");
        let one =
            run(&problem(family), 1, &json!({"id": "glm-coordinate-descent", "lambda_ratio": 0.98, "tolerance": 1e-6}));
        assert!((1..=2).contains(&one.support.len()), "{family}: {:?}", one.support);
    }
}

/// With the l1 norm there is one minimum, and all solvers find it.
#[test]
fn all_solvers_agree_where_the_problem_is_convex() {
    for family in ["linear", "logistic"] {
        let done: Vec<Done> = solvers("l1", 0.1).iter().map(|method| run(&problem(family), 3, method)).collect();
        let objectives: Vec<f64> = done.iter().map(|done| done.last("objective")).collect();
        assert!(done.iter().all(|done| matches!(done.ending, Ending::Converged(_))), "{family}");
        assert!(objectives.iter().all(|value| (value / objectives[0] - 1.0).abs() < 1e-6), "{family}: {objectives:?}");
    }
}

/// With few samples some features part the classes, and under a penalty that is bounded nothing is least: here are many.
#[test]
fn all_solvers_end_in_stationary_points() {
    for (family, penalty) in ["linear", "logistic"].into_iter().flat_map(|f| ["scad", "mcp"].map(|p| (f, p))) {
        for method in solvers(penalty, 0.3) {
            let many = json!({"id": "glm", "family": family, "rows": 240, "cols": 100, "group": 2});
            let done = run(&many, 3, &method);
            assert!(matches!(done.ending, Ending::Converged(_)), "{family} {method}: {:?}", done.ending);
            assert!(done.last("stationarity") <= 1e-5, "{family} {method}");
        }
    }
}

/// A parabola above the loss, a tangent above the penalty, a step of 1 / L: none lets the objective rise.
#[test]
fn descent_methods_descend() {
    for (family, penalty) in ["linear", "logistic"].into_iter().flat_map(|f| ["scad", "mcp"].map(|p| (f, p))) {
        for method in [&solvers(penalty, 0.2)[0], &solvers(penalty, 0.2)[4]] {
            let objective = run(&problem(family), 5, method).trace("objective");
            assert!(objective.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)), "{family} {method}");
        }
    }
}

#[test]
fn what_does_not_fit_has_its_sentence() {
    let complaint =
        registry().problem("glm").unwrap().instance(&json!({"cols": 20, "group": 5}), 1, &NoFiles).err().unwrap();
    assert_eq!(complaint.to_string(), "group: goes up to a fifth of the features, 4, not 5");
}
