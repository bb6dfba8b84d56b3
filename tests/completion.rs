//! Matrix completion: what is stationary is stationary, what is optimal is optimal, and what is inexact is as inexact as it says.

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Status, Values, drive};
use pursuit::labs::matrices::completion::{CompletionInstance, Factors};
use pursuit::labs::registry;
use pursuit::linalg::Svd;
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went: its ending, the factors after each outer step, and the instance.
struct Went {
    ending: Ending,
    factors: Vec<Factors>,
    instance: Arc<dyn Instance>,
}

fn run(problem: &Value, method: &Value) -> Went {
    let spec = json!({"v": 1, "seed": 3, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (rows, cols) = {
        let of: &CompletionInstance = instance.as_any().downcast_ref().expect("an instance of completion");
        (of.rows, of.cols)
    };
    let mut factors = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, status, run| {
        if *status == Status::Inner {
            return;
        }
        let Values::Real(entries) = run.glance().estimate else { panic!("factors are real") };
        let entries = entries.into_owned();
        factors.push(Factors { rows, cols, rank: entries.len() / (rows + cols), entries });
    });
    Went { ending, factors, instance }
}

impl Went {
    fn instance(&self) -> &CompletionInstance {
        self.instance.as_any().downcast_ref().expect("an instance of completion")
    }

    fn last(&self) -> &Factors {
        self.factors.last().expect("a step")
    }

    /// Relative errors after each step.
    fn errors(&self) -> Vec<f64> {
        self.factors.iter().map(|factors| apart(factors, |i, j| self.instance().truth[i * factors.cols + j])).collect()
    }
}

/// `|X - Y| / |Y|` over all entries.
fn apart(x: &Factors, y: impl Fn(usize, usize) -> f64) -> f64 {
    let (mut off, mut size) = (0.0, 0.0);
    for (i, j) in (0..x.rows).flat_map(|i| (0..x.cols).map(move |j| (i, j))) {
        let (a, b) = (x.entry(i, j), y(i, j));
        off += (a - b) * (a - b);
        size += b * b;
    }
    (off / size).sqrt()
}

fn low_rank(size: usize, rank: usize, share: f64) -> Value {
    json!({"id": "completion", "scene": {"id": "low-rank", "rank": rank}, "size": size, "share": share})
}

/// `P(M - X)` as a full matrix, row by row.
fn residual(went: &Went) -> Vec<f64> {
    let factors = went.last();
    let mut left = vec![0.0; factors.rows * factors.cols];
    for (i, j, value) in went.instance().seen.residual(factors).iter() {
        left[i * factors.cols + j] = value;
    }
    left
}

/// An exact half round depends on the column space alone, so orthonormal factors or not make no difference.
#[test]
fn exact_alternation_is_alternating_least_squares() {
    let problem = low_rank(50, 3, 0.35);
    let solver = json!({"id": "altmin-completion", "solver": {"id": "exact"}, "rounds": 6, "incoherence": 100});
    let (ours, als) = (run(&problem, &solver), run(&problem, &json!({"id": "als", "max_steps": 6})));
    assert_eq!((ours.factors.len(), als.factors.len()), (6, 6));
    for (x, y) in ours.factors.iter().zip(&als.factors) {
        assert!(apart(x, |i, j| y.entry(i, j)) < 1e-9);
    }
}

/// Eckart and Young: with all entries seen the best factors are the truncated SVD's.
#[test]
fn a_matrix_that_is_seen_whole_is_truncated() {
    let problem = json!({"id": "completion", "scene": {"id": "phantom"}, "size": 24, "share": 1});
    let methods = [
        json!({"id": "als", "rank": 4, "max_steps": 400, "tolerance": 1e-13}),
        json!({"id": "altmin-completion", "rank": 4, "rounds": 200, "solver": {"id": "sketched", "accuracy": 1e-12, "oversampling": 2}}),
        json!({"id": "factor-descent", "rank": 4, "max_steps": 5000}),
    ];
    for method in methods {
        let went = run(&problem, &method);
        let truth = &went.instance().truth;
        let svd = Svd::new((0..24).map(|j| (0..24).map(|i| truth[i * 24 + j]).collect()).collect());
        let best = Factors::from_columns((24, 24, 4), &svd.values[..4], &svd.left, &svd.right);
        let off = apart(went.last(), |i, j| best.entry(i, j));
        assert!(off < 1e-6, "{method}: {off}");
    }
}

/// Every step of ALS lowers its objective, and where it ends the gradient is zero.
#[test]
fn ridge_als_descends_to_a_stationary_point() {
    let ridge = 0.5;
    let problem = json!({"id": "completion", "scene": {"id": "ratings"}, "size": 30, "share": 0.5, "noise": {"id": "gaussian", "snr_db": 20}});
    let went = run(&problem, &json!({"id": "als", "ridge": ridge, "max_steps": 1000, "tolerance": 1e-14}));
    let objective = |factors: &Factors| {
        let left = went.instance().seen.residual(factors).norm();
        left * left + ridge * factors.entries.iter().map(|x| x * x).sum::<f64>()
    };
    let heights: Vec<f64> = went.factors.iter().map(objective).collect();
    assert!(heights.len() > 10 && heights.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)), "{heights:?}");
    // By finite differences, so that nothing of the solver's algebra is believed.
    let scale = heights.last().unwrap();
    for place in [0, 7, 50, 130, went.last().entries.len() - 1] {
        let moved = |by: f64| {
            let mut factors = went.last().clone();
            factors.entries[place] += by;
            objective(&factors)
        };
        let slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
        assert!(slope.abs() < 1e-5 * scale, "{place}: {slope} of {scale}");
    }
}

/// A step of gradient descent goes along the negative gradient of `1/2 |P(U V^T - M)|^2`.
#[test]
fn factor_descent_goes_against_the_gradient() {
    let problem = low_rank(20, 2, 0.6);
    let went = run(&problem, &json!({"id": "factor-descent", "max_steps": 2}));
    let (before, after) = (&went.factors[0], &went.factors[1]);
    let objective = |factors: &Factors| 0.5 * went.instance().seen.residual(factors).norm().powi(2);
    let mut ratios = Vec::new();
    for place in (0..before.entries.len()).step_by(7) {
        let moved = |by: f64| {
            let mut factors = before.clone();
            factors.entries[place] += by;
            objective(&factors)
        };
        let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        ratios.push((before.entries[place] - after.entries[place]) / slope);
    }
    let first = ratios[0];
    assert!(first > 0.0 && ratios.iter().all(|ratio| (ratio / first - 1.0).abs() < 1e-5), "{ratios:?}");
}

/// Where Soft-Impute ends, `P(M - X) = lambda (U V^T + W)` with `|W| <= 1`, `U^T W = 0` and `W V = 0`.
#[test]
fn soft_impute_ends_where_a_subgradient_is_zero() {
    let problem = json!({"id": "completion", "scene": {"id": "low-rank", "rank": 3}, "size": 40, "share": 0.5, "noise": {"id": "gaussian", "snr_db": 20}});
    let ratio = 0.15;
    let went = run(
        &problem,
        &json!({"id": "soft-impute", "lambda_ratio": ratio, "rank": 30, "tolerance": 1e-11, "max_steps": 4000}),
    );
    assert!(matches!(went.ending, Ending::Converged(_)), "{:?}", went.ending);
    let n = 40;
    let columns = |entries: &[f64]| Svd::new((0..n).map(|j| (0..n).map(|i| entries[i * n + j]).collect()).collect());
    let mut seen = vec![0.0; n * n];
    went.instance().seen.iter().for_each(|(i, j, value)| seen[i * n + j] = value);
    let lambda = ratio * columns(&seen).values[0];
    let left = residual(&went);
    assert!((columns(&left).values[0] / lambda - 1.0).abs() < 1e-6, "the dual norm of the residual is lambda");
    let estimate = went.last().svd();
    assert!(!estimate.values.is_empty() && estimate.values.len() < 30);
    for (k, u) in estimate.left.iter().enumerate() {
        for (l, v) in estimate.right.iter().enumerate() {
            let inner: f64 = (0..n * n).map(|cell| u[cell / n] * left[cell] * v[cell % n]).sum();
            let wanted = if k == l { lambda } else { 0.0 };
            assert!((inner - wanted).abs() < 1e-6 * lambda, "{k} {l}: {inner}");
        }
    }
}

/// The theorem: distances fall by half or better each round until the accuracy is reached, and stay below it.
#[test]
fn the_error_halves_down_to_the_accuracy() {
    let problem = low_rank(120, 3, 0.4);
    for accuracy in [1e-1, 1e-2, 1e-4] {
        let solver = json!({"id": "sketched", "accuracy": accuracy, "oversampling": 4});
        let errors = run(&problem, &json!({"id": "altmin-completion", "rounds": 20, "solver": solver})).errors();
        for pair in errors.windows(2) {
            assert!(pair[1] <= 0.5 * pair[0] || pair[1] <= 2.0 * accuracy, "{accuracy}: {errors:?}");
        }
        let last = errors.last().unwrap();
        assert!(*last <= 2.0 * accuracy, "{accuracy}: {last}");
    }
}

#[test]
fn all_ways_to_solve_rows_complete_the_same_matrix() {
    let problem = low_rank(100, 2, 0.3);
    let ways = ["sketched", "gradient", "plain", "perturbed"].map(|id| json!({"id": id, "accuracy": 1e-6}));
    for solver in ways
        .into_iter()
        .chain([json!({"id": "exact"}), json!({"id": "sketched", "accuracy": 1e-6, "sketch": "hadamard"})])
    {
        let error = *run(&problem, &json!({"id": "altmin-completion", "rounds": 25, "solver": solver}))
            .errors()
            .last()
            .unwrap();
        assert!(error < 1e-5, "{solver}: {error}");
    }
    let split = json!({"id": "altmin-completion", "split": true, "rounds": 3, "solver": {"id": "exact"}});
    let errors = run(&low_rank(100, 2, 0.9), &split).errors();
    assert!(errors[2] < 0.5 * errors[0], "with entries of its own for every half round: {errors:?}");
}

#[test]
fn rows_of_which_too_little_is_seen_are_counted_and_left() {
    let mut mask = vec![vec![1; 12]; 12];
    mask[4] = vec![0; 12];
    let problem =
        json!({"id": "completion", "scene": {"id": "low-rank", "rank": 2}, "size": 12, "data": {"mask": mask}});
    let went = run(&problem, &json!({"id": "altmin-completion", "solver": {"id": "exact"}}));
    assert!((0..12).all(|j| went.last().entry(4, j) == 0.0));
    assert!((0..12).all(|j| (went.last().entry(5, j) - went.instance().truth[5 * 12 + j]).abs() < 1e-8));
}

#[test]
fn what_cannot_be_used_is_explained() {
    let cases = [
        (json!({"share": 0}), "problem.share: takes more; no entry that is seen differs from zero"),
        (
            json!({"size": 6, "data": {"mask": [[1, 0]]}}),
            "problem.data.mask: takes 6 x 6 numbers like the matrix, not 1 x 2",
        ),
        (json!({"data": {"matrix": [[1, 2]]}}), "problem.data.matrix: takes 2 to 800 rows and columns, not 1 and 2"),
    ];
    for (patch, wanted) in cases {
        let mut problem = json!({"id": "completion"});
        patch.as_object().unwrap().iter().for_each(|(name, value)| problem[name] = value.clone());
        let spec = json!({"v": 1, "problem": problem, "methods": [{"id": "als"}]});
        let spec = Spec::from_value(spec, registry()).expect("a Spec");
        let complaint = spec.instance(registry(), &NoFiles).err().expect("a complaint");
        assert_eq!(complaint.to_string(), wanted);
    }
    let spec = json!({"v": 1, "problem": low_rank(8, 2, 0.5), "methods": [{"id": "als", "rank": 9}]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let complaint = spec.start(0, &instance, registry()).err().expect("a complaint");
    assert_eq!(complaint.to_string(), "methods[0].rank: goes up to 8 here, not 9");
}
