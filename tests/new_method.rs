//! The README's example of a new method: that it compiles, that it works, and that the README shows this very text.

use pursuit::contract::*;
use pursuit::labs::recovery::{self, LinearMethod, linear::LinearInstance};
use serde_json::json;
use std::sync::Arc;

// README begin
use pursuit::kernels::{Scalar, argmax_abs, norm};

/// Parameters of matching pursuit: a field is a control, an option, a range and a line of help.
#[derive(serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(default)]
struct MatchingPursuit {
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000))]
    max_steps: usize,
}

impl Default for MatchingPursuit {
    fn default() -> Self {
        Self { tolerance: 1e-6, max_steps: 2000 }
    }
}

impl LinearMethod for MatchingPursuit {
    const CARD: MethodCard = MethodCard {
        id: "matching-pursuit",
        lab: "recovery",
        problem: "linear",
        title: "Matching pursuit",
        short: "MP",
        sentence: "down to {tolerance} of y",
        line: "Takes from the residual what its best column explains, repeats",
        cost: "one product with each of A and A^*",
        when: "a rough approximation will do",
    };

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Matching {
            tolerance: self.tolerance,
            estimate: vec![S::zero(); instance.cols()],
            residual: instance.measurements.clone(),
            instance: instance.clone(),
            steps: 0.0,
        }))
    }
}

struct Matching<S: Scalar> {
    tolerance: f64,
    instance: Arc<LinearInstance<S>>,
    estimate: Vec<S>,
    residual: Vec<S>,
    steps: f64,
}

impl<S: Scalar> Run for Matching<S> {
    fn step(&mut self) -> Status {
        let LinearInstance { operator, column_norms, measurements, .. } = &*self.instance;
        let mut correlations = vec![S::zero(); operator.cols()];
        operator.adjoint(&self.residual, &mut correlations);
        for (correlation, norm) in correlations.iter_mut().zip(column_norms) {
            *correlation = if *norm > 0.0 { *correlation / *norm } else { S::zero() };
        }
        let Some(j) = argmax_abs(&correlations, |_| true) else {
            return Status::Converged("no column correlates with the residual".into());
        };
        self.estimate[j] += correlations[j] / column_norms[j];
        self.residual = self.instance.residual(&self.estimate);
        self.steps += 1.0;
        if norm(&self.residual) <= self.tolerance * norm(measurements) {
            return Status::Converged(format!("residual below {:e} of y", self.tolerance));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        let support: Vec<usize> = (0..self.estimate.len()).filter(|&j| self.estimate[j] != S::zero()).collect();
        let size = norm(&self.instance.measurements);
        Observation {
            estimate: Values::lend(&self.estimate),
            support: support.into(),
            traces: vec![Trace { name: "relative_residual", value: norm(&self.residual) / size }],
            panels: Vec::new(),
            events: Vec::new(),
            products: 2.0 * self.steps,
        }
    }
}
// README end

/// A registry with the lab and the new method: the line that `src/labs/recovery/mod.rs` would have.
fn registry() -> Registry {
    let mut registry = Registry { problems: Vec::new(), methods: Vec::new(), exhibits: Vec::new() };
    recovery::register(&mut registry);
    recovery::add::<MatchingPursuit>(&mut registry);
    registry
}

#[test]
fn the_new_method_recovers_a_sparse_signal() {
    let registry = registry();
    let spec = json!({"v": 1, "seed": 5, "problem": {"id": "linear", "signal": {"id": "sparse", "sparsity": 5}},
        "methods": [{"id": "matching-pursuit", "tolerance": 1e-9}]});
    let spec = Spec::from_value(spec, &registry).unwrap();
    let instance = spec.instance(&registry, &NoFiles).unwrap();
    let (mut run, max_steps) = spec.start(0, &instance, &registry).unwrap();
    let (ending, _) = drive(run.as_mut(), max_steps, |_, _, _| {});
    assert_eq!(ending.word(), "converged");
    let metrics = instance.metrics(&run.observe());
    let error = metrics.iter().find(|metric| metric.name == "relative_error").unwrap().value;
    assert!(error < 1e-8, "{error}");
}

#[test]
fn a_bad_parameter_gets_its_sentence() {
    let spec = json!({"v": 1, "problem": {"id": "linear"}, "methods": [{"id": "matching-pursuit", "tolerance": 2}]});
    let complaint = Spec::from_value(spec, &registry()).unwrap_err();
    assert_eq!(complaint.to_string(), "methods[0].tolerance: takes a number from 0 to 1, not 2");
}

#[test]
fn the_readme_shows_this_file() {
    let example = include_str!("new_method.rs").split("// README begin\n").nth(1).unwrap();
    let example = example.split("// README end").next().unwrap();
    assert!(include_str!("../README.md").contains(example), "copy the example of tests/new_method.rs into README.md");
}
