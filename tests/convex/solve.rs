//! Runs a method on a problem, both as JSON, and gives back plain numbers.

use num_complex::Complex64;
use pursuit::contract::{Complaint, Ending, Event, Files, Instance, Spec, Trace, Values, drive};
use pursuit::kernels::Scalar;
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

/// A matrix or vector as the bytes of an `.npy` file, under a name of one's own.
#[derive(Clone, Default)]
pub struct Shelf(Vec<(String, Vec<u8>)>);

impl Shelf {
    pub fn put(&mut self, name: &str, rows: usize, cols: usize, entries: &[Complex64]) {
        let mut header = format!("{{'descr': '<c16', 'fortran_order': False, 'shape': ({rows}, {cols}), }}");
        while (10 + header.len() + 1) % 64 != 0 {
            header.push(' ');
        }
        header.push('\n');
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        for entry in entries {
            bytes.extend(entry.re.to_le_bytes());
            bytes.extend(entry.im.to_le_bytes());
        }
        self.0.push((name.to_owned(), bytes));
    }
}

impl Files for Shelf {
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint> {
        let found = self.0.iter().find(|(name, _)| name == path);
        found.map(|(_, bytes)| bytes.clone()).ok_or_else(|| Complaint::new("", "is not on the shelf"))
    }
}

/// A problem to solve: a name for messages, its Spec, and the files that it reads.
#[derive(Clone)]
pub struct Case {
    pub name: String,
    pub seed: u64,
    pub problem: Value,
    pub files: Shelf,
}

impl Case {
    pub fn new(name: &str, seed: u64, problem: Value) -> Self {
        Self { name: name.to_owned(), seed, problem, files: Shelf::default() }
    }

    /// A case of one's own numbers, the matrix row by row.
    pub fn of(name: &str, matrix: &[Vec<f64>], measurements: &[f64]) -> Self {
        let data = json!({"matrix": matrix, "measurements": measurements});
        Self::new(name, 0, json!({"id": "linear", "data": data}))
    }

    fn spec(&self, method: Value) -> Spec {
        let spec = json!({"v": 1, "seed": self.seed, "problem": self.problem, "methods": [method]});
        Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{}: {complaint}", self.name))
    }

    pub fn instance(&self) -> Arc<dyn Instance> {
        self.spec(json!({"id": "omp"})).instance(registry(), &self.files).unwrap()
    }

    pub fn is_complex(&self) -> bool {
        self.instance().facts()["complex"] == json!(true)
    }

    /// `A` column by column, and `y`.
    pub fn system(&self) -> (Vec<Vec<Complex64>>, Vec<Complex64>) {
        let instance = self.instance();
        match instance.as_any().downcast_ref::<Recovery>().expect("the problem is linear") {
            Recovery::Real(instance) => parts(instance),
            Recovery::Complex(instance) => parts(instance),
        }
    }

    /// Solves it and returns what is seen at the end.
    pub fn solve(&self, method: Value) -> Answer {
        let mut last = None;
        self.follow(method, |answer| last = Some(answer));
        last.expect("a run has at least one step")
    }

    /// Solves it and shows every step, inner ones too.
    pub fn follow(&self, method: Value, mut watch: impl FnMut(Answer)) -> (Ending, usize) {
        let spec = self.spec(method);
        let instance = spec.instance(registry(), &self.files).unwrap();
        let (mut run, max_steps) = spec.start(0, &instance, registry()).unwrap();
        drive(&mut *run, max_steps, |steps, status, run| {
            let seen = run.observe();
            assert!(seen.estimate.is_finite() && seen.traces.iter().all(|t| t.value.is_finite()), "{}", self.name);
            watch(Answer {
                ending: Ending::of(status.clone()),
                steps,
                x: complex(&seen.estimate),
                support: seen.support.to_vec(),
                metrics: instance.metrics(&seen),
                dual: complex(&seen.panels.iter().find(|panel| panel.id == "looks-at").unwrap().values),
                events: seen.events.clone(),
                traces: seen.traces,
            });
        })
    }

    /// What a method says to this problem when it will not take it.
    pub fn complaint(&self, method: Value) -> String {
        let spec = self.spec(method);
        let instance = spec.instance(registry(), &self.files).unwrap();
        spec.start(0, &instance, registry()).err().map(|complaint| complaint.to_string()).unwrap_or_default()
    }
}

/// A run after a step.
pub struct Answer {
    /// None while it goes on, and when the budget ended it.
    pub ending: Option<Ending>,
    pub steps: usize,
    pub x: Vec<Complex64>,
    pub support: Vec<usize>,
    pub metrics: Vec<Trace>,
    pub traces: Vec<Trace>,
    /// The panel `looks-at`.
    pub dual: Vec<Complex64>,
    pub events: Vec<Event>,
}

impl Answer {
    pub fn trace(&self, name: &str) -> f64 {
        self.traces.iter().chain(&self.metrics).find(|trace| trace.name == name).expect("the trace is there").value
    }

    pub fn converged(&self) -> bool {
        matches!(self.ending, Some(Ending::Converged(_)))
    }

    pub fn reason(&self) -> &str {
        self.ending.as_ref().map_or("budget", Ending::reason)
    }

    pub fn real(&self) -> Vec<f64> {
        self.x.iter().map(|x| x.re).collect()
    }
}

fn parts<S: Scalar>(instance: &LinearInstance<S>) -> (Vec<Vec<Complex64>>, Vec<Complex64>) {
    let column = |j: usize| {
        let mut column = vec![S::zero(); instance.rows()];
        instance.operator.column(j, &mut column);
        complex(&Values::lend(&column))
    };
    ((0..instance.cols()).map(column).collect(), complex(&Values::lend(&instance.measurements)))
}

fn complex(values: &Values<'_>) -> Vec<Complex64> {
    match values {
        Values::Real(values) => values.iter().map(|&v| Complex64::new(v, 0.0)).collect(),
        Values::Complex(values) => values.to_vec(),
    }
}

pub fn inner(a: &[Complex64], b: &[Complex64]) -> Complex64 {
    a.iter().zip(b).map(|(a, b)| a.conj() * b).sum()
}

pub fn norm(a: &[Complex64]) -> f64 {
    inner(a, a).re.sqrt()
}

/// `y - A x`.
pub fn residual(columns: &[Vec<Complex64>], x: &[Complex64], y: &[Complex64]) -> Vec<Complex64> {
    let mut residual = y.to_vec();
    for (column, &x) in columns.iter().zip(x) {
        residual.iter_mut().zip(column).for_each(|(r, a)| *r -= a * x);
    }
    residual
}
