//! Arrays whose support is a product: against posterior means by an inverse, optimality and exact recovery.
#![cfg(not(target_arch = "wasm32"))]

use nalgebra::{DMatrix, DVector};
use num_complex::Complex64;
use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::recovery::kronecker::KroneckerInstance;
use pursuit::labs::registry;
use pursuit::operators::Dense;
use serde_json::{Value, json};
use std::sync::Arc;

struct Done {
    instance: Arc<dyn Instance>,
    ending: Ending,
    estimate: Vec<Complex64>,
    support: Vec<usize>,
    /// Traces after each step.
    traces: Vec<Vec<(&'static str, f64)>>,
}

impl Done {
    fn trace(&self, name: &str) -> Vec<f64> {
        self.traces.iter().map(|step| step.iter().find(|trace| trace.0 == name).expect("a trace").1).collect()
    }

    fn last(&self, name: &str) -> f64 {
        *self.trace(name).last().expect("a step")
    }

    fn kronecker(&self) -> &KroneckerInstance {
        self.instance.as_any().downcast_ref().expect("an instance of kronecker")
    }

    /// A, written out.
    fn matrix(&self) -> DMatrix<Complex64> {
        Dense::of(&*self.kronecker().operator).matrix().clone()
    }
}

fn run(problem: &Value, seed: u64, method: &Value) -> Done {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let mut traces = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.observe();
        let panels = seen.panels.iter().chain(&instance.observe(&seen)).all(|panel| panel.values.is_finite());
        assert!(seen.estimate.is_finite() && panels, "{method}");
        let all = seen.traces.iter().copied().chain(instance.traces(&seen)).map(|trace| (trace.name, trace.value));
        traces.push(all.chain([("kept", seen.support.len() as f64)]).collect());
    });
    let seen = run.observe();
    let Values::Complex(estimate) = &seen.estimate else { panic!("a complex estimate") };
    let (estimate, support) = (estimate.to_vec(), seen.support.to_vec());
    Done { instance, ending, estimate, support, traces }
}

fn cube(more: Value) -> Value {
    let mut scene = json!({"id": "cube", "side": 5, "first": 3, "second": 4, "third": 4});
    more.as_object().expect("more parameters").iter().for_each(|(name, value)| scene[name] = value.clone());
    json!({"id": "kronecker", "scene": scene, "noise": {"id": "gaussian", "snr_db": 20}})
}

fn link() -> Value {
    let scene = json!({"id": "link", "angles": 6, "spread": 2, "settings": 4, "pilots": 3, "antennas": 5, "phone": 4, "elements": 64});
    json!({"id": "kronecker", "scene": scene, "noise": {"id": "gaussian", "snr_db": 15}})
}

/// The posterior mean under N(0, gamma_n), and `log det C + y^* C^{-1} y`.
fn posterior(done: &Done, gamma: &[f64], noise: f64) -> (Vec<Complex64>, f64) {
    let (a, y) = (done.matrix(), DVector::from_column_slice(&done.kronecker().measurements));
    let gamma = DVector::from_iterator(gamma.len(), gamma.iter().map(|&g| Complex64::from(g)));
    let seen = DMatrix::from_diagonal(&gamma) * a.adjoint();
    let covariance = &a * &seen + DMatrix::identity(a.nrows(), a.nrows()) * Complex64::from(noise);
    let factor = covariance.cholesky().expect("positive definite");
    let logs: f64 = factor.l().diagonal().iter().map(|pivot| 2.0 * libm::log(pivot.re)).sum();
    let solved = factor.solve(&y);
    ((&seen * &solved).iter().copied().collect(), logs + y.dotc(&solved).re)
}

fn apart(a: &[Complex64], b: &[Complex64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = Complex64>| x.map(|v| v.norm_sqr()).sum::<f64>().sqrt();
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut b.iter().copied())
}

/// The variance that all entries have at first: what explains y, `|y|^2 / |A|_F^2`.
fn first_variance(done: &Done) -> f64 {
    let power: f64 = done.kronecker().measurements.iter().map(|y| y.norm_sqr()).sum();
    power / done.matrix().norm_squared()
}

#[test]
fn small_eigenvalue_problems_give_the_posterior_of_the_large_matrix() {
    // The last one has more measurements than values along an index, so that eigenvalues are zero.
    for problem in [cube(json!({})), link(), cube(json!({"side": 3, "first": 5}))] {
        let done = run(&problem, 3, &json!({"id": "kronecker-sbl", "noise_variance": 0.02, "max_steps": 1}));
        let gamma = vec![first_variance(&done); done.estimate.len()];
        let (mean, objective) = posterior(&done, &gamma, 0.02);
        assert!(apart(&done.estimate, &mean) < 1e-10, "{problem}: {}", apart(&done.estimate, &mean));
        assert!((done.last("objective") - objective).abs() < 1e-9 * objective.abs());
    }
}

#[test]
fn neighbours_share_precisions_along_blocks_only() {
    let done = run(
        &cube(json!({"blocks": true})),
        2,
        &json!({"id": "pc-sbl", "coupling": 0.5, "noise_variance": 0.02, "max_steps": 1}),
    );
    // Of each index with blocks, an inner value has two neighbours and an outer one.
    let count = |value: usize| if value == 0 || value == 4 { 1.0 } else { 2.0 };
    let variance = first_variance(&done);
    let gamma: Vec<f64> = (0..125).map(|n| variance / (1.0 + 0.5 * (count(n / 25) + count(n % 5)))).collect();
    let (mean, objective) = posterior(&done, &gamma, 0.02);
    assert!(apart(&done.estimate, &mean) < 1e-10);
    assert!((done.last("objective") - objective).abs() < 1e-9 * objective.abs());
}

/// Expectation and alternating minimisation both do no worse than stand still, as long as nothing is dropped.
#[test]
fn alternating_updates_never_raise_the_objective() {
    for (cycles, seed) in [(1, 1), (50, 1), (50, 4)] {
        let method = json!({"id": "kronecker-sbl", "update": "am", "cycles": cycles, "noise_variance": 0.05});
        let done = run(&cube(json!({})), seed, &method);
        // The objective is of the variances before a step's update, which may drop some.
        let (objective, kept) = (done.trace("objective"), done.trace("kept"));
        let mut compared = 0;
        for (i, pair) in objective.windows(2).enumerate().filter(|(i, _)| *i > 0 && kept[*i] == kept[i - 1]) {
            assert!(pair[1] <= pair[0] + 1e-9 * pair[0].abs(), "{cycles}, step {i}: {} after {}", pair[1], pair[0]);
            compared += 1;
        }
        assert!(compared > 3, "{compared}");
        assert!(objective.last() < objective.first());
    }
}

#[test]
fn kronecker_omp_finds_well_measured_arrays_and_leaves_an_orthogonal_residual() {
    let mut problem = cube(json!({"side": 8, "first": 6, "second": 7, "third": 7}));
    problem["noise"] = json!({"id": "none"});
    let mut exact = 0;
    for seed in 1..=20 {
        let done = run(&problem, seed, &json!({"id": "kronecker-omp"}));
        exact += usize::from(done.last("relative_error") < 1e-10);
        let residual = DVector::from_vec(done.kronecker().residual(&done.estimate));
        let correlations = done.matrix().adjoint() * residual;
        assert!(done.support.iter().all(|&n| correlations[n].norm() < 1e-10), "{seed}");
        assert!(done.support.len() <= 8);
    }
    println!("exact in {exact} of 20");
    assert!(exact >= 12, "{exact}");
}

#[test]
fn every_update_finds_the_support_of_a_clean_array() {
    let mut problem = cube(json!({"side": 6, "first": 4, "second": 5, "third": 5, "blocks": true}));
    problem["noise"]["snr_db"] = json!(40);
    for method in [
        json!({"id": "kronecker-sbl"}),
        json!({"id": "kronecker-sbl", "update": "am", "max_steps": 600}),
        json!({"id": "kronecker-sbl", "update": "pattern-coupled", "max_steps": 600}),
        json!({"id": "unstructured-sbl"}),
        json!({"id": "pc-sbl"}),
    ] {
        let found: Vec<f64> = (1..=5).map(|seed| run(&problem, seed, &method).last("relative_error")).collect();
        println!("{method}: {found:?}");
        assert!(found.iter().filter(|error| **error < 0.05).count() >= 3, "{method}: {found:?}");
    }
}

#[test]
fn one_entry_without_noise_is_explained() {
    let mut problem = cube(json!({"sparsity": 1}));
    problem["noise"] = json!({"id": "none"});
    for id in ["kronecker-sbl", "kronecker-omp", "unstructured-sbl", "pc-sbl"] {
        let done = run(&problem, 1, &json!({"id": id}));
        assert!(!matches!(done.ending, Ending::Failed(_)), "{id}: {:?}", done.ending);
        assert!(done.last("relative_residual") < 0.05, "{id}: {}", done.last("relative_residual"));
    }
}

#[test]
fn what_does_not_fit_has_its_sentence() {
    let refused = |problem: Value, method: Value| {
        let spec =
            Spec::from_value(json!({"v": 1, "problem": problem, "methods": [method]}), registry()).expect("a Spec");
        match spec.instance(registry(), &NoFiles) {
            Err(complaint) => complaint.to_string(),
            Ok(instance) => spec.start(0, &instance, registry()).err().expect("a complaint").to_string(),
        }
    };
    let sbl = json!({"id": "kronecker-sbl"});
    let table = [
        (cube(json!({"sparsity": 6})), sbl.clone(), "scene.sparsity: goes up to the side of the cube, 5, not 6"),
        (
            json!({"id": "kronecker", "noise": {"id": "missing"}}),
            sbl.clone(),
            "noise: takes noise that loses no measurement, as factors are whole",
        ),
        (
            json!({"id": "kronecker", "scene": {"id": "link", "angles": 4, "spread": 5}}),
            sbl,
            "scene.spread: goes up to the number of angles, 4, not 5",
        ),
        (
            cube(json!({})),
            json!({"id": "kronecker-omp", "values": 9}),
            "values: goes up to the values of an index, 5, not 9",
        ),
        (
            cube(json!({"side": 20, "first": 16, "second": 16, "third": 16})),
            json!({"id": "unstructured-sbl"}),
            "id: SBL takes products of up to 262144 entries, not 32768000",
        ),
        (
            cube(json!({"side": 20, "first": 16, "second": 16, "third": 16})),
            json!({"id": "pc-sbl"}),
            "id: PC-SBL takes products of up to 262144 entries, not 32768000",
        ),
    ];
    for (problem, method, sentence) in table {
        let found = refused(problem, method);
        assert!(found.ends_with(sentence), "{found}");
    }
}
