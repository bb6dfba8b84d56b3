//! What all tests here start from: runs that are watched at every step, and the catalogue's draws.

use num_complex::Complex64;
use pursuit::contract::{Complaint, Ending, Event, Files, Instance, NoFiles, Spec, Status, Values, drive};
use pursuit::kernels::Scalar;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::registry;
use pursuit::signals::npy::{self, Entries};
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a finished run left behind.
pub struct Done {
    pub instance: Arc<dyn Instance>,
    pub ending: Ending,
    pub steps: usize,
    pub support: Vec<usize>,
    pub estimate: Vec<Complex64>,
    /// The method's own panel, as moduli.
    pub panel: Vec<f64>,
    /// All traces after each step, inner ones too, by name.
    traces: Vec<Vec<(&'static str, f64)>>,
    /// Picks in the order in which they were made.
    pub picks: Vec<usize>,
}

impl Done {
    pub fn trace(&self, name: &str) -> Vec<f64> {
        let find = |step: &Vec<(&str, f64)>| step.iter().find(|trace| trace.0 == name).expect("a known trace").1;
        self.traces.iter().map(find).collect()
    }

    pub fn last(&self, name: &str) -> f64 {
        *self.trace(name).last().expect("at least one step")
    }

    /// `20 log10(|x - estimate| / |x|)`.
    pub fn decibels(&self) -> f64 {
        20.0 * libm::log10(self.last("relative_error"))
    }

    /// The instance, which is real.
    pub fn real(&self) -> &LinearInstance<f64> {
        match self.instance.as_any().downcast_ref::<Recovery>() {
            Some(Recovery::Real(instance)) => instance,
            _ => panic!("this instance is real"),
        }
    }

    pub fn real_estimate(&self) -> Vec<f64> {
        self.estimate.iter().map(|x| x.re).collect()
    }
}

fn lifted(values: &Values<'_>) -> Vec<Complex64> {
    match values {
        Values::Real(values) => values.iter().map(|&v| Complex64::new(v, 0.0)).collect(),
        Values::Complex(values) => values.to_vec(),
    }
}

/// Runs a Spec, and holds what every step of every method owes: finite numbers, a support that is ascending and
/// changes as the events say, traces and panels always the same, products that only grow.
pub fn run_with(spec: Value, files: &dyn Files) -> Done {
    let method = spec["methods"][0].clone();
    let id = method["id"].as_str().unwrap_or_default().to_owned();
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance = spec.instance(registry(), files).expect("an instance");
    let (mut run, max_steps) = spec.start(0, &instance, registry()).expect("a run");
    let mut before: BTreeSet<usize> = run.observe().support.iter().copied().collect();
    let (mut products, mut traces, mut picks) = (run.observe().products, Vec::new(), Vec::new());
    let (ending, steps) = drive(run.as_mut(), max_steps, |step, status, run| {
        let seen = run.observe();
        let diverged = matches!(status, Status::Diverged(_));
        let finite = seen.estimate.is_finite() && seen.panels.iter().all(|panel| panel.values.is_finite());
        assert!(diverged || finite, "{method} at step {step}");
        assert_eq!(seen.panels.iter().map(|panel| panel.id).collect::<Vec<_>>(), ["looks-at"], "{method}");
        assert!(seen.traces.iter().any(|trace| trace.name == "relative_residual"), "{method}");
        assert!(diverged || seen.traces.iter().all(|trace| trace.value.is_finite()), "{method}: {:?}", seen.traces);
        assert!(seen.support.windows(2).all(|pair| pair[0] < pair[1]), "{method} at step {step}");
        assert!(seen.products >= products, "{method} at step {step}");
        products = seen.products;
        let now: BTreeSet<usize> = seen.support.iter().copied().collect();
        let moves: Vec<_> =
            seen.events.iter().filter(|e| matches!(e, Event::Pick { .. } | Event::Drop { .. })).collect();
        // The convex methods, which stand beside ours here, are held to their events elsewhere.
        if !moves.is_empty() && !["lasso-cd", "basis-pursuit"].contains(&id.as_str()) {
            let entered = now.difference(&before).map(|&index| Event::Pick { index });
            let changes: Vec<_> = entered.chain(before.difference(&now).map(|&index| Event::Drop { index })).collect();
            assert_eq!(moves, changes.iter().collect::<Vec<_>>(), "{method} at step {step}");
        }
        picks
            .extend(seen.events.iter().filter_map(|e| if let Event::Pick { index } = e { Some(*index) } else { None }));
        before = now;
        let all = seen.traces.iter().copied().chain(instance.traces(&seen));
        traces.push(all.map(|trace| (trace.name, trace.value)).collect());
    });
    let seen = run.observe();
    let panel = lifted(&seen.panels[0].values).iter().map(|v| v.abs()).collect();
    let (estimate, support) = (lifted(&seen.estimate), seen.support.to_vec());
    Done { ending, steps, support, estimate, panel, traces, picks, instance }
}

/// What the first method says to a problem that it does not take; empty where it starts.
pub fn complaint(spec: Value) -> String {
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    spec.start(0, &instance, registry()).err().map(|complaint| complaint.to_string()).unwrap_or_default()
}

pub fn run(spec: Value) -> Done {
    run_with(spec, &NoFiles)
}

/// A drawn problem with k spikes.
pub fn sparse(rows: usize, cols: usize, k: usize, amplitude: &str) -> Value {
    let signal = json!({"id": "sparse", "sparsity": k, "amplitude": amplitude});
    json!({"id": "linear", "rows": rows, "cols": cols, "signal": signal})
}

pub fn solve(problem: &Value, seed: u64, method: &Value) -> Done {
    run(json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]}))
}

/// The catalogue's draws: N = 400, m = 160, unit columns.
pub fn acceptance(k: usize, amplitude: &str, seed: u64, method: &Value) -> Done {
    solve(&sparse(160, 400, k, amplitude), seed, method)
}

/// Errors of six draws, and their median.
pub struct Six {
    pub errors: Vec<f64>,
    pub error: f64,
}

impl Six {
    pub fn of(problem: &Value, method: &Value) -> Self {
        let done: Vec<Done> = (1..=6).map(|seed| solve(problem, seed, method)).collect();
        let median = |mut values: Vec<f64>| {
            values.sort_by(f64::total_cmp);
            0.5 * (values[2] + values[3])
        };
        let errors: Vec<f64> = done.iter().map(Done::decibels).collect();
        let error = median(errors.clone());
        let steps = median(done.iter().map(|done| done.steps as f64).collect());
        println!("{} | {}: {error:.0} dB, {steps} steps", method, problem["signal"]);
        Self { errors, error }
    }

    pub fn successes(&self) -> usize {
        self.errors.iter().filter(|&&error| error < -60.0).count()
    }
}

/// Holds a method to a row of the catalogue's table, k = 20, 40, 60: (least, most) decibels.
pub fn row(method: Value, bounds: [(f64, f64); 3]) {
    for (k, (low, high)) in [20, 40, 60].into_iter().zip(bounds) {
        let six = Six::of(&sparse(160, 400, k, "gaussian"), &method);
        assert!(low <= six.error && six.error <= high, "{method}, k = {k}: {} dB, {:?}", six.error, six.errors);
    }
}

/// The catalogue's noisy column: k = 30, standard deviation 0.02 a measurement, about 26.7 dB for these signals.
pub fn noisy() -> Value {
    let mut problem = sparse(160, 400, 30, "gaussian");
    problem["noise"] = json!({"id": "gaussian", "snr_db": 26.7});
    problem
}

/// A complex Gaussian matrix of unit columns in place of the problem's own.
pub struct ComplexGaussian {
    pub rows: usize,
    pub cols: usize,
}

impl ComplexGaussian {
    pub fn solve(&self, k: usize, seed: u64, method: &Value) -> Done {
        let mut problem = sparse(self.rows, self.cols, k, "gaussian");
        problem["data"] = json!({"matrix": "gaussian.npy"});
        run_with(json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]}), self)
    }
}

impl Files for ComplexGaussian {
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
