//! AMP and sparse Bayesian learning, against state evolution, optimality conditions and plain formulas.

use num_complex::Complex64;
use pursuit::contract::{Complaint, Ending, Files, Instance, NoFiles, Spec, Status, Values, drive};
use pursuit::kernels::{Scalar, norm, norm_inf};
use pursuit::labs;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::losses::least_squares::lasso_certificate;
use pursuit::signals::npy::{self, Entries};
use pursuit::signals::random::{Random, Stream};
use pursuit::theory::state_evolution::{Prior, StateEvolution};
use serde_json::{Value, json};
use std::sync::Arc;

/// What a finished run left behind.
struct Finished {
    instance: Arc<dyn Instance>,
    ending: Ending,
    estimate: Values<'static>,
    support: Vec<usize>,
    /// The method's own panel, real or the moduli of complex entries.
    panel: Vec<f64>,
    /// All traces after each step, by name.
    traces: Vec<Vec<(&'static str, f64)>>,
}

impl Finished {
    fn trace(&self, name: &str) -> Vec<f64> {
        let find = |step: &Vec<(&str, f64)>| step.iter().find(|trace| trace.0 == name).unwrap().1;
        self.traces.iter().map(find).collect()
    }

    /// `20 log10(|x - estimate| / |x|)`.
    fn decibels(&self) -> f64 {
        20.0 * libm::log10(*self.trace("relative_error").last().unwrap())
    }

    fn real(&self) -> (&LinearInstance<f64>, &[f64]) {
        match (self.instance.as_any().downcast_ref::<Recovery>(), &self.estimate) {
            (Some(Recovery::Real(instance)), Values::Real(estimate)) => (instance, estimate),
            _ => panic!("this instance is real"),
        }
    }
}

fn run_with(spec: Value, files: &dyn Files) -> Finished {
    let registry = labs::registry();
    let spec = Spec::from_value(spec, registry).unwrap();
    let instance = spec.instance(registry, files).unwrap();
    let (mut run, most) = spec.start(0, &instance, registry).unwrap();
    let mut traces = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, status, run| {
        let seen = run.observe();
        let diverged = matches!(status, Status::Diverged(_));
        assert!(diverged || (seen.estimate.is_finite() && seen.panels.iter().all(|panel| panel.values.is_finite())));
        let all = seen.traces.iter().copied().chain(instance.traces(&seen));
        traces.push(all.map(|trace| (trace.name, trace.value)).collect());
    });
    let seen = run.observe();
    let panel = match &seen.panels[0].values {
        Values::Real(values) => values.to_vec(),
        Values::Complex(values) => values.iter().map(|v| v.norm()).collect(),
    };
    let estimate = match &seen.estimate {
        Values::Real(values) => Values::give(values.to_vec()),
        Values::Complex(values) => Values::give(values.to_vec()),
    };
    let support = seen.support.to_vec();
    Finished { ending, estimate, support, panel, traces, instance }
}

fn run(spec: Value) -> Finished {
    run_with(spec, &NoFiles)
}

/// N = 400, m = 160, unit columns, k spikes.
fn acceptance(seed: u64, k: usize, amplitude: &str, method: &Value) -> Finished {
    let signal = json!({"id": "sparse", "sparsity": k, "amplitude": amplitude});
    run(json!({"v": 1, "seed": seed, "methods": [method],
        "problem": {"id": "linear", "rows": 160, "cols": 400, "signal": signal}}))
}

/// Errors of six draws in dB, ascending.
fn errors(k: usize, amplitude: &str, method: &Value) -> Vec<f64> {
    let mut errors: Vec<f64> = (1..=6).map(|seed| acceptance(seed, k, amplitude, method).decibels()).collect();
    errors.sort_by(f64::total_cmp);
    errors
}

fn median(sorted: &[f64]) -> f64 {
    0.5 * (sorted[sorted.len() / 2 - 1] + sorted[sorted.len() / 2])
}

#[test]
fn amp_recovers_below_the_l1_threshold_and_fails_above() {
    let amp = json!({"id": "amp", "tolerance": 1e-9});
    // Reference: -181 and -172 dB; k = 60 lies above the threshold of 54.
    for (k, reference) in [(20, -181.0), (40, -172.0)] {
        let found = median(&errors(k, "gaussian", &amp));
        assert!(found < reference + 5.0, "k = {k}: {found} dB");
    }
    assert!(median(&errors(60, "gaussian", &amp)) > -40.0);
    assert!(errors(60, "signs", &amp)[0] > -20.0);
}

#[test]
fn sbl_recovers_normal_spikes_above_the_l1_threshold() {
    for k in [20, 40, 60] {
        let found = errors(k, "gaussian", &json!({"id": "sbl"}));
        assert!(found[5] < -100.0, "k = {k}: {found:?}");
    }
}

#[test]
fn equal_spikes_bring_sbl_back_to_the_l1_threshold() {
    let at_50 = errors(50, "signs", &json!({"id": "sbl"}));
    assert!(at_50[5] < -100.0, "{at_50:?}");
    let at_60 = errors(60, "signs", &json!({"id": "sbl"}));
    assert!(at_60[1] > -20.0, "{at_60:?}");
}

#[test]
fn sbl_keeps_exactly_the_spikes() {
    let finished = acceptance(1, 40, "gaussian", &json!({"id": "sbl"}));
    let truth = finished.real().0.truth.as_ref().unwrap();
    let spikes: Vec<usize> = (0..400).filter(|&i| truth[i] != 0.0).collect();
    assert_eq!(finished.support, spikes);
    assert!(matches!(finished.ending, Ending::Converged(_)));
}

/// Mean over 16 draws of the squared error, and of `lambda`, over what state evolution predicts for them:
/// m = 2000, n = 4000, entries N(0, 1/m), alpha = 1.5 and measurements of power 20 sigma^2.
fn over_prediction(spikes: usize, amplitude: &str, prior: Prior) -> (f64, f64) {
    let signal = json!({"id": "sparse", "sparsity": spikes, "amplitude": amplitude});
    let noise = json!({"id": "gaussian", "snr_db": 10.0 * libm::log10(20.0)});
    let (mut error, mut penalty) = (0.0, 0.0);
    for seed in 1..=16 {
        let finished = run(json!({"v": 1, "seed": seed, "methods": [{"id": "amp", "alpha": 1.5, "tolerance": 1e-5}],
            "problem": {"id": "linear", "rows": 2000, "cols": 4000, "signal": signal, "noise": noise,
                "matrix": {"id": "gaussian", "unit_columns": false}}}));
        let (instance, estimate) = finished.real();
        let root_m = 2000.0_f64.sqrt();
        let theory = StateEvolution { delta: 0.5, noise: instance.noise_norm / root_m, alpha: 1.5, prior };
        let mut tau2 = theory.start();
        for threshold in finished.trace("threshold").iter().take(6) {
            // A draw's power differs from the law's by 7 % (standard deviation), and so do its first steps.
            let seen = (threshold / 1.5) * (threshold / 1.5);
            assert!((seen / tau2 - 1.0).abs() < 0.25, "{amplitude}, {seed}: {seen} for {tau2}");
            tau2 = theory.next(tau2);
        }
        let limit = theory.fixed_point();
        let truth = instance.truth.as_ref().unwrap();
        let squares: f64 = truth.iter().zip(estimate).map(|(x, e)| (x - e) * (x - e)).sum();
        error += squares / 4000.0 / theory.mean_squared_error(limit) / 16.0;
        penalty += 1.5 * norm(&instance.residual(estimate)) / root_m / theory.lasso_penalty(limit) / 16.0;
    }
    (error, penalty)
}

#[test]
fn amp_follows_state_evolution() {
    // One draw's error has a standard deviation of 8 %, so the mean's is 2 %.
    for (spikes, amplitude, prior) in [
        (400, "gaussian", Prior::BernoulliGaussian { fraction: 0.1 }),
        (200, "signs", Prior::FixedAmplitude { fraction: 0.05, amplitude: 1.0 }),
    ] {
        let (error, penalty) = over_prediction(spikes, amplitude, prior);
        println!("{amplitude}: {error:.4} of the predicted error, {penalty:.4} of the predicted lambda");
        assert!((error - 1.0).abs() < 0.05 && (penalty - 1.0).abs() < 0.02, "{amplitude}: {error}, {penalty}");
    }
}

/// Checks the optimality conditions of the LASSO with `lambda = alpha |y - A x| / sqrt m`.
fn solves_a_lasso<S: Scalar>(instance: &LinearInstance<S>, estimate: &[S], support: &[usize], alpha: f64) {
    let residual = instance.residual(estimate);
    let lambda = alpha * norm(&residual) / (instance.rows() as f64).sqrt();
    let mut correlations = vec![S::zero(); instance.cols()];
    instance.operator.adjoint(&residual, &mut correlations);
    assert!(norm_inf(&correlations) < lambda * (1.0 + 1e-6));
    for &i in support {
        let (x, c) = (estimate[i], correlations[i]);
        assert!((c - x.sign() * lambda).abs() < 1e-6 * lambda, "{x:?}: {c:?} for {lambda}");
    }
    let certificate = lasso_certificate(estimate, &instance.measurements, &residual, &correlations, lambda);
    assert!(certificate.gap < 1e-6 * certificate.objective, "{certificate:?}");
}

#[test]
fn fixed_points_of_amp_solve_a_lasso_with_and_without_damping() {
    for damping in [0.0, 0.3] {
        let method = json!({"id": "amp", "alpha": 1.4, "damping": damping, "tolerance": 1e-9});
        let noise = json!({"id": "gaussian", "snr_db": 25});
        let spec = json!({"v": 1, "seed": 3, "methods": [method],
            "problem": {"id": "linear", "rows": 250, "cols": 500, "noise": noise}});
        let finished = run(spec.clone());
        assert!(matches!(finished.ending, Ending::Converged(_)), "{:?}", finished.ending);
        let (instance, estimate) = finished.real();
        solves_a_lasso(instance, estimate, &finished.support, 1.4);
        let finished = run_with(complex(spec, 250, 500), &Gaussian { rows: 250, cols: 500 });
        match (finished.instance.as_any().downcast_ref::<Recovery>(), &finished.estimate) {
            (Some(Recovery::Complex(instance)), Values::Complex(estimate)) => {
                solves_a_lasso(instance, estimate, &finished.support, 1.4)
            }
            _ => panic!("this instance is complex"),
        }
    }
}

/// The Spec with a complex Gaussian matrix in place of its own.
fn complex(mut spec: Value, rows: usize, cols: usize) -> Value {
    spec["problem"]["rows"] = json!(rows);
    spec["problem"]["cols"] = json!(cols);
    spec["problem"]["data"] = json!({"matrix": "gaussian.npy"});
    spec
}

/// A file that holds a complex Gaussian matrix with unit columns.
struct Gaussian {
    rows: usize,
    cols: usize,
}

impl Files for Gaussian {
    fn read(&self, _path: &str) -> Result<Vec<u8>, Complaint> {
        let mut random = Random::new(9, Stream::Matrix);
        let mut entries: Vec<Complex64> = (0..self.rows * self.cols).map(|_| random.normal_scalar()).collect();
        for j in 0..self.cols {
            let size = (0..self.rows).map(|i| entries[i * self.cols + j].norm_sqr()).sum::<f64>().sqrt();
            (0..self.rows).for_each(|i| entries[i * self.cols + j] /= size);
        }
        Ok(npy::write(self.rows, self.cols, &Entries::Complex(entries)))
    }
}

#[test]
fn complex_signals_are_recovered_where_real_ones_are_not() {
    // delta = .4: the l1 threshold is rho = .337 for real signals and .413 for complex ones; this is .369.
    let spec = |method: Value| {
        json!({"v": 1, "seed": 1, "methods": [method],
            "problem": {"id": "linear", "signal": {"id": "sparse", "sparsity": 59, "amplitude": "signs"}}})
    };
    for method in [json!({"id": "amp", "max_steps": 2000}), json!({"id": "sbl"})] {
        let finished = run_with(complex(spec(method), 160, 400), &Gaussian { rows: 160, cols: 400 });
        assert!(matches!(finished.ending, Ending::Converged(_)), "{:?}", finished.ending);
        assert!(finished.decibels() < -100.0, "{}", finished.decibels());
    }
}

#[test]
fn amp_says_when_it_diverges_and_damping_mends_it() {
    // Real entries with a mean: one direction dwarfs the others.
    let mut random = Random::new(2, Stream::Matrix);
    let rows: Vec<Vec<f64>> = (0..60).map(|_| (0..120).map(|_| 0.3 + random.normal()).collect()).collect();
    let spec = |damping: f64| {
        json!({"v": 1, "methods": [{"id": "amp", "damping": damping, "max_steps": 3000}], "problem": {
            "id": "linear", "signal": {"id": "sparse", "sparsity": 6}, "data": {"matrix": rows}}})
    };
    match run(spec(0.0)).ending {
        Ending::Diverged(sign) => assert!(sign.contains("Gaussian matrix") && sign.contains("damping"), "{sign}"),
        other => panic!("{other:?}"),
    }
    let mended = run(spec(0.8));
    assert!(matches!(mended.ending, Ending::Converged(_)), "{:?}", mended.ending);
    assert!(mended.decibels() < -100.0, "{}", mended.decibels());
}

/// The posterior of SBL by the formulas: means, variances, `q_i` and `s_i` (see `sbl.rs`), in complex arithmetic.
struct Posterior {
    mean: Vec<Complex64>,
    variance: Vec<f64>,
    slope: Vec<f64>,
    residual: f64,
}

fn posterior<S: Scalar>(instance: &LinearInstance<S>, gamma: &[f64], noise: f64) -> Posterior {
    let (m, n) = (instance.rows(), instance.cols());
    let lift = |v: S| Complex64::new(v.re(), v.im());
    let columns: Vec<Vec<Complex64>> = (0..n)
        .map(|j| {
            let mut column = vec![S::zero(); m];
            instance.operator.column(j, &mut column);
            column.into_iter().map(lift).collect()
        })
        .collect();
    let y: Vec<Complex64> = instance.measurements.iter().copied().map(lift).collect();
    // [C | I] -> [I | C^{-1}], with C = s2 I + sum_j gamma_j a_j a_j^*.
    let mut c = vec![vec![Complex64::ZERO; 2 * m]; m];
    for i in 0..m {
        c[i][i] += noise;
        c[i][m + i] = Complex64::ONE;
        for k in 0..m {
            c[i][k] += (0..n).map(|j| columns[j][i] * columns[j][k].conj() * gamma[j]).sum::<Complex64>();
        }
    }
    for p in 0..m {
        let pivot = c[p][p];
        c[p].iter_mut().for_each(|entry| *entry /= pivot);
        let row = c[p].clone();
        for (_, other) in c.iter_mut().enumerate().filter(|(i, _)| *i != p) {
            let factor = other[p];
            other.iter_mut().zip(&row).for_each(|(entry, pivot)| *entry -= factor * pivot);
        }
    }
    let product = |a: &[Complex64], b: &[Complex64]| {
        (0..m).flat_map(|i| (0..m).map(move |k| (i, k))).map(|(i, k)| a[i].conj() * c[i][m + k] * b[k]).sum()
    };
    let q: Vec<Complex64> = columns.iter().map(|a| product(a, &y)).collect();
    let s: Vec<f64> = columns.iter().map(|a| product(a, a).re).collect();
    let mean: Vec<Complex64> = q.iter().zip(gamma).map(|(q, gamma)| q * gamma).collect();
    let fitted = |i: usize| (0..n).map(|j| columns[j][i] * mean[j]).sum::<Complex64>();
    let residual = (0..m).map(|i| (y[i] - fitted(i)).norm_sqr()).sum();
    let variance = s.iter().zip(gamma).map(|(s, gamma)| gamma - gamma * gamma * s).collect();
    let slope = s.iter().zip(&q).map(|(s, q)| s - q.norm_sqr()).collect();
    Posterior { mean, variance, slope, residual }
}

/// Three steps of EM by the formulas, against three of the method.
fn agrees_with_the_formulas<S: Scalar>(
    instance: &LinearInstance<S>,
    estimate: &[S],
    gamma_found: &[f64],
    noise_found: f64,
) {
    let m = instance.rows() as f64;
    let mean_square = S::norm_squared(&instance.measurements) / m;
    let (mut gamma, mut noise) = (vec![mean_square; instance.cols()], 0.01 * mean_square);
    let mut mean = Vec::new();
    for _ in 0..3 {
        let p = posterior(instance, &gamma, noise);
        let determined: f64 = p.variance.iter().zip(&gamma).map(|(v, gamma)| 1.0 - v / gamma).sum();
        gamma = p.mean.iter().zip(&p.variance).map(|(x, v)| x.norm_sqr() + v).collect();
        noise = (p.residual + noise * determined) / m;
        mean = p.mean;
    }
    for (x, found) in mean.iter().zip(estimate) {
        assert!((x - Complex64::new(found.re(), found.im())).norm() < 1e-10);
    }
    assert!(gamma.iter().zip(gamma_found).all(|(x, found)| (x - found).abs() < 1e-10));
    assert!((noise - noise_found).abs() < 1e-10);
}

#[test]
fn sbl_is_its_formulas() {
    let spec = json!({"v": 1, "seed": 8, "methods": [{"id": "sbl", "max_steps": 3}],
        "problem": {"id": "linear", "rows": 7, "cols": 12, "signal": {"id": "sparse", "sparsity": 3},
            "noise": {"id": "gaussian", "snr_db": 15}}});
    for finished in [run(spec.clone()), run_with(complex(spec, 7, 12), &Gaussian { rows: 7, cols: 12 })] {
        let noise = *finished.trace("noise_variance").last().unwrap();
        match (finished.instance.as_any().downcast_ref::<Recovery>(), &finished.estimate) {
            (Some(Recovery::Real(i)), Values::Real(x)) => agrees_with_the_formulas(i, x, &finished.panel, noise),
            (Some(Recovery::Complex(i)), Values::Complex(x)) => agrees_with_the_formulas(i, x, &finished.panel, noise),
            _ => panic!("instance and estimate have one type"),
        }
    }
}

#[test]
fn em_never_raises_the_objective() {
    for noise in [json!(null), json!(2e-3)] {
        let spec = json!({"v": 1, "seed": 2, "methods": [{"id": "sbl", "prune": 0, "noise_variance": noise}],
            "problem": {"id": "linear", "noise": {"id": "gaussian", "snr_db": 20}}});
        let objective = run(spec).trace("objective");
        assert!(objective.len() > 50);
        for pair in objective.windows(2) {
            assert!(pair[1] <= pair[0] + 1e-9 * pair[0].abs(), "{pair:?}");
        }
        assert!(objective[0] - objective[objective.len() - 1] > 10.0);
    }
}

#[test]
fn both_updates_end_where_variances_explain_themselves() {
    for update in ["em", "mackay"] {
        let method = json!({"id": "sbl", "update": update, "noise_variance": 1e-3, "tolerance": 1e-10,
            "max_steps": 50000});
        let finished = run(json!({"v": 1, "seed": 5, "methods": [method],
            "problem": {"id": "linear", "rows": 20, "cols": 30, "signal": {"id": "sparse", "sparsity": 4},
                "noise": {"id": "gaussian", "snr_db": 20}}}));
        assert!(matches!(finished.ending, Ending::Converged(_)), "{:?}", finished.ending);
        let (instance, estimate) = finished.real();
        let p = posterior(instance, &finished.panel, 1e-3);
        let scale = f64::norm_squared(&instance.measurements) / 20.0;
        assert!(!finished.support.is_empty());
        for &i in &finished.support {
            let gamma = p.mean[i].norm_sqr() + p.variance[i];
            assert!((gamma - finished.panel[i]).abs() < 1e-8 * scale, "{update}, {i}");
            assert!((p.mean[i].re - estimate[i]).abs() < 1e-6);
            // The gradient by gamma_i, per unit of log gamma_i.
            assert!((p.slope[i] * finished.panel[i]).abs() < 1e-3, "{update}, {i}: {}", p.slope[i]);
        }
    }
}

#[test]
fn scaling_a_column_scales_its_entry_and_nothing_else() {
    let mut random = Random::new(4, Stream::Matrix);
    let plain: Vec<Vec<f64>> = (0..12).map(|_| (0..20).map(|_| random.normal()).collect()).collect();
    // Powers of two, so that not a bit may differ.
    let scale = |j: usize| libm::exp2(j as f64 % 5.0 - 2.0);
    let scaled: Vec<Vec<f64>> =
        plain.iter().map(|row| row.iter().enumerate().map(|(j, a)| a * scale(j)).collect()).collect();
    let y: Vec<f64> = plain.iter().map(|row| row[3] - 2.0 * row[11] + 0.01 * row[5]).collect();
    for id in ["amp", "sbl"] {
        let estimate = |matrix: &Vec<Vec<f64>>| {
            let data = json!({"matrix": matrix, "measurements": y});
            run(json!({"v": 1, "methods": [{"id": id, "max_steps": 40}], "problem": {"id": "linear", "data": data}}))
        };
        let (plain, scaled) = (estimate(&plain), estimate(&scaled));
        for (j, (x, z)) in plain.real().1.iter().zip(scaled.real().1).enumerate() {
            assert_eq!(x.to_bits(), (z * scale(j)).to_bits(), "{id}, {j}");
        }
    }
}

#[test]
fn degenerate_input_ends_with_a_finite_answer() {
    let cases = [
        ("y is zero", json!([[1.0, 0.5, 0.2], [0.0, 1.0, 0.3]]), json!([0.0, 0.0])),
        ("a zero column", json!([[1.0, 0.0, 0.2], [0.0, 0.0, 0.3]]), json!([1.0, 2.0])),
        ("only zero columns", json!([[0.0, 0.0], [0.0, 0.0]]), json!([1.0, 2.0])),
        ("one measurement", json!([[1.0, 0.5, -0.2]]), json!([2.0])),
        ("one entry", json!([[3.0]]), json!([2.0])),
        ("more measurements than unknowns", json!([[1.0, 0.1], [0.2, 1.0], [0.3, -1.0]]), json!([1.0, 2.0, 0.5])),
        ("equal columns", json!([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]), json!([1.0, 1.0])),
        ("tiny numbers", json!([[1e-150, 2e-150], [3e-150, -1e-150]]), json!([1e-150, 0.0])),
    ];
    let methods = [
        json!({"id": "amp"}),
        json!({"id": "amp", "damping": 0.5}),
        json!({"id": "sbl"}),
        json!({"id": "sbl", "update": "mackay"}),
        json!({"id": "sbl", "noise_variance": 0}),
        json!({"id": "sbl", "noise_variance": 1e6}),
    ];
    for (name, matrix, y) in &cases {
        for method in &methods {
            let data = json!({"matrix": matrix, "measurements": y});
            let finished = run(json!({"v": 1, "methods": [method], "problem": {"id": "linear", "data": data}}));
            assert!(finished.estimate.is_finite(), "{name}, {method}");
            let zero = finished.real().1.iter().all(|x| *x == 0.0);
            if *name == "y is zero" || *name == "only zero columns" {
                assert!(zero && matches!(finished.ending, Ending::Converged(_)), "{name}, {method}");
            }
            println!("{name}, {method}: {:?} {:?}", finished.ending, finished.real().1);
        }
    }
}
