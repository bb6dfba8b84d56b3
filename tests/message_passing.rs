//! Damped message passing, against posterior means by an inverse, and against each other.
#![cfg(not(target_arch = "wasm32"))]

use nalgebra::{DMatrix, DVector};
use num_complex::Complex64;
use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::recovery::linear::Recovery;
use pursuit::labs::registry;
use pursuit::operators::Dense;
use serde_json::{Value, json};

/// What a finished run left behind, everything as complex numbers.
struct Done {
    ending: Ending,
    steps: usize,
    estimate: Vec<Complex64>,
    /// The panel with prior variances.
    panel: Vec<f64>,
    traces: Vec<(&'static str, f64)>,
    arrays: Vec<(&'static str, DMatrix<Complex64>)>,
}

impl Done {
    fn trace(&self, name: &str) -> f64 {
        self.traces.iter().find(|trace| trace.0 == name).expect("a trace").1
    }

    fn array(&self, name: &str) -> &DMatrix<Complex64> {
        &self.arrays.iter().find(|array| array.0 == name).expect("an array").1
    }
}

fn lifted(values: &Values<'_>) -> Vec<Complex64> {
    match values {
        Values::Real(values) => values.iter().map(|&x| Complex64::from(x)).collect(),
        Values::Complex(values) => values.to_vec(),
    }
}

fn run(problem: &Value, seed: u64, method: &Value) -> Done {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance: std::sync::Arc<dyn Instance> = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (ending, steps) = drive(run.as_mut(), most, |_, _, run| assert!(run.observe().estimate.is_finite()));
    let seen = run.observe();
    let traces = seen.traces.iter().copied().chain(instance.traces(&seen)).map(|t| (t.name, t.value)).collect();
    let arrays = instance.arrays().into_iter();
    let structured = match instance.as_any().downcast_ref::<Recovery>() {
        Some(Recovery::Complex(complex)) => Some(("A", Dense::of(&*complex.operator).matrix().clone())),
        _ => None,
    };
    let matrix = |(rows, cols), values: &Values<'_>| DMatrix::from_row_slice(rows, cols, &lifted(values));
    Done {
        ending,
        steps,
        estimate: lifted(&seen.estimate),
        panel: lifted(&seen.panels[0].values).iter().map(|v| v.re).collect(),
        traces,
        arrays: arrays.map(|(name, shape, values)| (name, matrix(shape, &values))).chain(structured).collect(),
    }
}

fn apart(a: &[Complex64], b: &[Complex64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = Complex64>| x.map(|v| v.norm_sqr()).sum::<f64>().sqrt();
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut b.iter().copied())
}

fn families() -> [Value; 6] {
    [
        json!({"id": "gaussian"}),
        json!({"id": "correlated", "correlation": 0.9}),
        json!({"id": "prescribed-spectrum", "condition": 30}),
        json!({"id": "nonzero-mean", "mean": 1.5}),
        json!({"id": "low-rank", "rank": 0.5}),
        json!({"id": "gaussian", "unit_columns": false}),
    ]
}

fn problem(matrix: &Value) -> Value {
    let signal = json!({"id": "sparse", "sparsity": 6});
    json!({"id": "linear", "rows": 30, "cols": 60, "matrix": matrix, "signal": signal,
        "noise": {"id": "gaussian", "snr_db": 20}})
}

/// `Gamma A^* (s2 I + A Gamma A^*)^{-1} y`.
fn posterior_mean(a: &DMatrix<Complex64>, y: &DVector<Complex64>, gamma: &[f64], noise: f64) -> Vec<Complex64> {
    let gamma = DMatrix::from_diagonal(&DVector::from_iterator(gamma.len(), gamma.iter().map(|&g| Complex64::from(g))));
    let seen = &gamma * a.adjoint();
    let covariance = a * &seen + DMatrix::identity(a.nrows(), a.nrows()) * Complex64::from(noise);
    (seen * covariance.lu().solve(y).expect("positive definite")).iter().copied().collect()
}

/// Variances before the first update are `|y|^2 / m` for columns of unit norm.
#[test]
fn the_first_e_step_ends_at_the_posterior_mean_of_any_matrix() {
    let complex = json!({"id": "partial-fourier"});
    for matrix in families().iter().chain([&complex]) {
        let method =
            json!({"id": "ggamp-sbl", "inner": 1000, "inner_tolerance": 0, "noise_variance": 0.05, "max_steps": 1});
        let done = run(&problem(matrix), 2, &method);
        let (a, y) = (done.array("A"), done.array("y").column(0).into_owned());
        let gamma = y.norm_squared() / y.len() as f64;
        let gammas: Vec<f64> = a.column_iter().map(|column| gamma / column.norm_squared()).collect();
        let exact = posterior_mean(a, &y, &gammas, 0.05);
        let off = apart(&done.estimate, &exact);
        println!("{matrix}: {off:e}, damping {}", done.trace("damping"));
        assert!(off < 1e-9, "{matrix}: {off}");
        assert!(done.trace("bound_share") <= 1.0 / 1.1 + 1e-9, "{matrix}");
    }
}

/// Rows are correlated in time, so that the posterior mean of all snapshots is one system of equations.
/// Variances still move a little in the end, and the answer is that of those before.
#[test]
fn at_its_end_tsbl_is_at_the_posterior_mean_of_the_chain() {
    for (beta, matrix) in [(0.9, &families()[0]), (-0.6, &families()[1]), (0.0, &families()[0])] {
        let (rows, cols, count) = (20, 40, 3);
        let signal = json!({"id": "row-sparse", "sparsity": 5, "correlation": beta});
        let problem = json!({"id": "mmv", "rows": rows, "cols": cols, "snapshots": count, "matrix": matrix,
            "signal": signal, "noise": {"id": "gaussian", "snr_db": 15}});
        let noise = 0.02;
        let method = json!({"id": "ggamp-tsbl", "correlation": beta, "inner": 1000, "inner_tolerance": 1e-12,
            "tolerance": 1e-9, "noise_variance": noise, "max_steps": 1500});
        let done = run(&problem, 5, &method);
        let (a, y) = (done.array("A"), done.array("Y"));
        // Prior variances are told in units of |Y|^2 / (m T), for columns of unit norm.
        let unit = y.norm_squared() / (rows * count) as f64;
        let gamma: Vec<f64> = done.panel.iter().map(|g| g * unit).collect();
        let time = DMatrix::from_fn(count, count, |s, t| Complex64::from(f64::powi(beta, (s as i32 - t as i32).abs())));
        let variances = DVector::from_iterator(cols, gamma.iter().map(|&g| Complex64::from(g)));
        let prior = time.kronecker(&DMatrix::from_diagonal(&variances));
        let sensing = DMatrix::<Complex64>::identity(count, count).kronecker(a);
        let stacked = DVector::from_column_slice(y.as_slice());
        let seen = &prior * sensing.adjoint();
        let covariance = &sensing * &seen + DMatrix::identity(rows * count, rows * count) * Complex64::from(noise);
        let exact = seen * covariance.lu().solve(&stacked).expect("positive definite");
        let off = apart(&done.estimate, exact.as_slice());
        println!("{beta}: {off:e} after {}", done.steps);
        assert!(off < 1e-5, "{beta}: {off}");
    }
}

#[test]
fn with_one_snapshot_tsbl_is_ggamp_sbl_number_for_number() {
    for matrix in &families()[..3] {
        let linear = problem(matrix);
        let mut mmv = linear.clone();
        mmv["id"] = json!("mmv");
        mmv["snapshots"] = json!(1);
        mmv["signal"]["id"] = json!("row-sparse");
        let one = run(&linear, 3, &json!({"id": "ggamp-sbl", "inner": 50}));
        let many = run(&mmv, 3, &json!({"id": "ggamp-tsbl", "inner": 50}));
        let off = apart(&many.estimate, &one.estimate);
        assert!(one.steps == many.steps && off < 1e-9, "{matrix}: {} and {} steps, {off} apart", one.steps, many.steps);
    }
}

/// On independent entries all three are at the Bayes-optimal error, up to what finite matrices add.
#[test]
fn gamp_is_as_good_as_bg_amp_and_vamp_where_those_are_right() {
    let problem = json!({"id": "linear", "rows": 300, "cols": 600, "signal": {"id": "sparse", "sparsity": 60},
        "noise": {"id": "gaussian", "snr_db": 30}});
    let error = |method: Value| -> f64 {
        (1..=3).map(|seed| run(&problem, seed, &method).trace("relative_error").powi(2)).sum::<f64>().sqrt()
    };
    let gamp = error(json!({"id": "gamp"}));
    for rival in ["bg-amp", "vamp"] {
        let other = error(json!({"id": rival}));
        println!("{rival}: {other}, GAMP {gamp}");
        assert!((gamp / other - 1.0).abs() < 0.05, "{rival}: {other}, GAMP {gamp}");
    }
}

#[test]
fn zeros_and_columns_that_nobody_sees_are_borne() {
    for id in ["gamp", "ggamp-sbl"] {
        let given = |y: Value| {
            let matrix = json!([[1.0, 0.0, 0.3], [0.2, 0.0, 1.0]]);
            json!({"id": "linear", "data": {"matrix": matrix, "measurements": y}})
        };
        let nothing = run(&given(json!([0.0, 0.0])), 1, &json!({"id": id}));
        assert!(matches!(nothing.ending, Ending::Converged(_)) && nothing.estimate.iter().all(|x| x.norm() == 0.0));
        let something = run(&given(json!([1.0, 0.2])), 1, &json!({"id": id}));
        assert!(something.estimate[1].norm() < 1e-9 && (something.estimate[0] - 1.0).norm() < 0.05, "{id}");
    }
}
