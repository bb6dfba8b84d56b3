//! Regression on random supports: the design, what is peeled off it, and the optimality of what follows.

use crate::run::{distance, norm, run};
use pursuit::contract::{Ending, Instance, NoFiles, Spec};
use pursuit::labs::recovery::layered::LayeredInstance;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::recovery::random_supports::Preconditioner;
use pursuit::labs::registry;
use pursuit::operators::{Dense, LinearOperator};
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::sync::Arc;

fn drawn(params: &Value, seed: u64) -> Arc<dyn Instance> {
    registry().problem("layered-design").unwrap().instance(params, seed, &NoFiles).expect("an instance")
}

fn linear(instance: &Arc<dyn Instance>) -> &LinearInstance<f64> {
    match instance.as_any().downcast_ref::<Recovery>() {
        Some(Recovery::Real(linear)) => linear,
        _ => panic!("methods see a real linear instance"),
    }
}

fn columns(linear: &LinearInstance<f64>) -> Vec<Vec<f64>> {
    let stored = Dense::of(&*linear.operator);
    (0..linear.cols()).map(|j| stored.column_slice(j).to_vec()).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn image(linear: &LinearInstance<f64>, w: &[f64]) -> Vec<f64> {
    let mut image = vec![0.0; linear.rows()];
    linear.operator.apply(w, &mut image);
    image
}

/// V and R as the method makes them: sets are drawn from one stream.
fn peeled(columns: Vec<Vec<f64>>, sparsity: usize) -> Preconditioner {
    let mut dictionary = Preconditioner::new(columns, sparsity, 30);
    let mut random = Random::new(0, Stream::Method);
    while dictionary.round(&mut random) {}
    dictionary
}

#[test]
fn signals_have_unit_mean_square_and_pairs_are_pairs() {
    for support in ["random", "pairs"] {
        for ratio in [1.0, 0.1, 0.01] {
            let params = json!({"rows": 50, "cols": 80, "sparsity": 6, "ratio": ratio, "support": support, "snr": 4});
            let instance = drawn(&params, 2);
            let linear = linear(&instance);
            let truth = linear.truth.clone().unwrap();
            let support_of_truth: Vec<usize> = (0..80).filter(|&j| truth[j] != 0.0).collect();
            assert_eq!(support_of_truth.len(), 6);
            assert!((norm(&image(linear, &truth)).powi(2) / 50.0 - 1.0).abs() < 1e-6);
            let columns = columns(linear);
            assert!(columns.iter().all(|column| (norm(column) - 1.0).abs() < 1e-12));
            if support == "pairs" && ratio == 1.0 {
                let twins = support_of_truth.chunks(2).map(|pair| dot(&columns[pair[0]], &columns[pair[1]]));
                assert!(twins.into_iter().all(|product| (0.9999..1.0).contains(&product)));
            }
            // Squared error over squared noise, of mean square 1 / snr: with 50 observations within a half of it.
            let nothing = error(&instance, &[0.0; 80]);
            assert!((2.5..6.5).contains(&nothing), "{nothing}");
            assert!(error(&instance, &truth) < 1e-12);
        }
    }
}

fn error(instance: &Arc<dyn Instance>, w: &[f64]) -> f64 {
    let any: &dyn std::any::Any = &**instance;
    let layered: &LayeredInstance = any.downcast_ref().expect("a layered instance");
    layered.prediction_error(w)
}

#[test]
fn what_is_peeled_is_what_columns_share() {
    // Two shared directions, and a millionth of everything else.
    let instance = drawn(&json!({"rows": 40, "cols": 120, "levels": 1, "rank": 2, "ratio": 1e-6, "sparsity": 5}), 3);
    let dictionary = peeled(columns(linear(&instance)), 5);
    assert_eq!((dictionary.basis().len(), dictionary.captured.len()), (2, 2));
    assert!(dictionary.sizes.iter().all(|&size| size > 0.0 && size < 1e-4), "what is left is as small as it was made");
    assert!(dictionary.captured[0] > 0.5 && dictionary.captured[1] <= dictionary.bound());
    // Independent columns share nothing.
    let instance = drawn(&json!({"rows": 40, "cols": 120, "levels": 0, "sparsity": 5}), 3);
    let dictionary = peeled(columns(linear(&instance)), 5);
    assert_eq!((dictionary.basis().len(), dictionary.captured.len()), (0, 1));
}

#[test]
fn the_dictionary_is_orthogonal_and_loses_nothing() {
    for ratio in [0.1, 1e-2, 1e-3] {
        let instance = drawn(&json!({"rows": 60, "cols": 150, "ratio": ratio, "sparsity": 6}), 1);
        let columns = columns(linear(&instance));
        let dictionary = peeled(columns.clone(), 6);
        let basis = dictionary.basis();
        assert!((4..=12).contains(&basis.len()), "{} directions", basis.len());
        for (i, v) in basis.iter().enumerate() {
            for (j, other) in basis.iter().enumerate() {
                assert!((dot(v, other) - if i == j { 1.0 } else { 0.0 }).abs() < 1e-12);
            }
        }
        for ((column, rest), size) in columns.iter().zip(&dictionary.remainders).zip(&dictionary.sizes) {
            assert!(basis.iter().all(|v| dot(v, rest).abs() < 1e-13), "R is orthogonal to V at unit length");
            assert!((norm(rest) - 1.0).abs() < 1e-13);
            let mut whole: Vec<f64> = rest.iter().map(|r| size * r).collect();
            basis.iter().for_each(|v| whole.iter_mut().zip(v).for_each(|(w, v_t)| *w += dot(v, column) * v_t));
            assert!(distance(&whole, column) < 1e-12);
        }
        assert!(dictionary.captured.last().is_some_and(|share| *share <= dictionary.bound()));
    }
}

/// Nothing of the residual lies in V, and its correlations with R are at most lambda, and lambda on the support.
#[test]
fn the_prediction_is_optimal_for_the_dictionary() {
    let (lambda, sparsity) = (0.6, 6);
    for ratio in [1.0, 0.1, 1e-2] {
        let problem = json!({"id": "layered-design", "rows": 60, "cols": 150, "ratio": ratio, "sparsity": sparsity});
        let done = run(&problem, 1, &json!({"id": "random-supports", "lambda": lambda}));
        assert!(matches!(done.ending, Ending::Converged(_)), "{:?}", done.ending);
        let linear = linear(&done.instance);
        let dictionary = peeled(columns(linear), sparsity);
        let residual: Vec<f64> =
            linear.measurements.iter().zip(image(linear, &done.estimate)).map(|(y, p)| y - p).collect();
        assert!(dictionary.basis().iter().all(|v| dot(v, &residual).abs() < 1e-6), "{ratio}: V is not penalised");
        assert!(!done.support.is_empty());
        for (j, rest) in dictionary.remainders.iter().enumerate() {
            let correlation = dot(rest, &residual).abs();
            assert!(correlation <= lambda + 1e-6, "{ratio}: column {j} has {correlation}");
            if done.support.binary_search(&j).is_ok() {
                assert!(correlation >= lambda - 1e-6, "{ratio}: column {j} is active at {correlation}");
            }
        }
    }
}

#[test]
fn without_peeling_it_is_the_lasso() {
    let problem = json!({"id": "layered-design", "rows": 50, "cols": 100, "ratio": 0.1, "sparsity": 4});
    let plain = run(&problem, 4, &json!({"id": "random-supports", "precondition": false, "lambda": 0.4}));
    let lasso = run(&problem, 4, &json!({"id": "lasso-cd", "lambda": 0.4, "tolerance": 1e-12, "max_steps": 100_000}));
    let linear = linear(&plain.instance);
    assert!(distance(&image(linear, &plain.estimate), &image(linear, &lasso.estimate)) < 1e-4);
    let peeled = run(&problem, 4, &json!({"id": "random-supports", "lambda": 0.4}));
    assert!(peeled.last("prediction_error") < 0.6 * plain.last("prediction_error"));
}

#[test]
fn the_penalty_needs_the_noise() {
    let spec = json!({"v": 1, "problem": {"id": "linear"}, "methods": [{"id": "random-supports"}]});
    let spec = Spec::from_value(spec, registry()).unwrap();
    let instance = spec.instance(registry(), &NoFiles).unwrap();
    let complaint = spec.start(0, &instance, registry()).err().unwrap().to_string();
    assert!(complaint.contains("lambda"), "{complaint}");
}
