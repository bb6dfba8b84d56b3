//! Runs that are watched at every step.

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

/// What a finished run left behind.
pub struct Done {
    pub instance: Arc<dyn Instance>,
    pub ending: Ending,
    pub steps: usize,
    pub support: Vec<usize>,
    pub estimate: Vec<f64>,
    /// Traces after each step, those of the instance as well, by name.
    traces: Vec<Vec<(&'static str, f64)>>,
    /// Panels after each step, the method's own, by id.
    panels: Vec<Vec<(&'static str, Vec<f64>)>>,
}

impl Done {
    /// A trace, step by step.
    pub fn trace(&self, name: &str) -> Vec<f64> {
        let find = |step: &Vec<(&str, f64)>| step.iter().find(|trace| trace.0 == name).expect("a known trace").1;
        self.traces.iter().map(find).collect()
    }

    /// Its last value.
    pub fn last(&self, name: &str) -> f64 {
        *self.trace(name).last().expect("a step")
    }

    /// A panel of the method's own, step by step.
    pub fn panel(&self, id: &str) -> Vec<Vec<f64>> {
        self.panels.iter().map(|step| step.iter().find(|panel| panel.0 == id).expect("a panel").1.clone()).collect()
    }
}

/// Starts the only method of a Spec on the problem, and drives it to its end.
pub fn run(problem: &Value, seed: u64, method: &Value) -> Done {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (mut traces, mut panels) = (Vec::new(), Vec::new());
    let (ending, steps) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.observe();
        assert!(seen.panels.iter().all(|panel| panel.values.is_finite()), "{method}");
        traces.push(seen.traces.iter().copied().chain(instance.traces(&seen)).map(|t| (t.name, t.value)).collect());
        panels.push(seen.panels.iter().map(|panel| (panel.id, real(&panel.values))).collect());
    });
    let seen = run.observe();
    let (support, estimate) = (seen.support.to_vec(), real(&seen.estimate));
    Done { instance, ending, steps, support, estimate, traces, panels }
}

fn real(values: &Values<'_>) -> Vec<f64> {
    match values {
        Values::Real(values) => values.to_vec(),
        Values::Complex(values) => values.iter().map(|value| value.norm()).collect(),
    }
}

pub fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

pub fn distance(x: &[f64], y: &[f64]) -> f64 {
    assert_eq!(x.len(), y.len());
    x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum::<f64>().sqrt()
}
