//! Runs, from JSON.

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::imaging::volumes::VolumesInstance;
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went.
pub struct Went {
    pub ending: Ending,
    pub estimate: Vec<f64>,
    pub support: Vec<usize>,
    pub metrics: Vec<(&'static str, f64)>,
}

impl Went {
    pub fn metric(&self, name: &str) -> f64 {
        self.metrics.iter().find(|metric| metric.0 == name).expect("a metric").1
    }
}

/// A small problem, changed by a patch.
pub fn small(patch: Value) -> Value {
    let mut problem = json!({"id": "volumes", "grid": "coarse", "slices": 8});
    patch.as_object().expect("a patch").iter().for_each(|(name, value)| problem[name] = value.clone());
    problem
}

fn spec(problem: &Value, method: &Value, seed: u64) -> Spec {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    Spec::from_value(spec, registry()).expect("a Spec")
}

pub fn instance(problem: &Value, seed: u64) -> Arc<dyn Instance> {
    spec(problem, &json!({"id": "filtered-back-projection"}), seed).instance(registry(), &NoFiles).expect("an instance")
}

pub fn volumes(instance: &Arc<dyn Instance>) -> &VolumesInstance {
    instance.as_any().downcast_ref().expect("an instance of volumes")
}

pub fn run(problem: &Value, method: &Value) -> Went {
    let spec = spec(problem, method, 2);
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (ending, _) = drive(run.as_mut(), most, |_, _, _| {});
    let seen = run.observe();
    let metrics = instance.metrics(&seen).iter().map(|trace| (trace.name, trace.value)).collect();
    let Values::Real(estimate) = &seen.estimate else { panic!("volumes are real") };
    Went { ending, estimate: estimate.to_vec(), support: seen.support.to_vec(), metrics }
}
