//! A method on an instance of `linear`, from a matrix in memory to the answer.

use crate::{Input, Task};
use pursuit::contract::{Instance, NoFiles, Run, Spec, Values, digest, drive};
use pursuit::labs::recovery::linear::{LinearInstance, Recovery};
use pursuit::labs::registry;
use pursuit::operators::{Dense, LinearOperator};
use serde_json::Value;
use std::sync::Arc;

/// The real instance that a Spec draws; its matrix has unit columns in all that is timed here.
pub fn draw(value: &Value) -> Result<(Spec, LinearInstance<f64>), String> {
    let spec = value.get("spec").cloned().unwrap_or_default();
    let spec = Spec::from_value(spec, registry()).map_err(|complaint| complaint.to_string())?;
    let instance = spec.instance(registry(), &NoFiles).map_err(|complaint| complaint.to_string())?;
    let instance: &dyn Instance = instance.as_ref();
    match instance.as_any().downcast_ref::<Recovery>() {
        Some(Recovery::Real(instance)) => Ok((spec, LinearInstance::clone(instance))),
        _ => Err("takes a Spec of the problem linear with real entries".into()),
    }
}

/// The stored entries of an instance's matrix, column by column.
pub fn columns(instance: &LinearInstance<f64>) -> &[f64] {
    instance.operator.as_dense().map_or(&[], |dense| dense.matrix().as_slice())
}

pub struct Solve {
    spec: Spec,
    instance: LinearInstance<f64>,
    /// A copy of the columns that the next run takes.
    fresh: Option<Vec<f64>>,
    run: Option<Box<dyn Run>>,
    steps: usize,
}

impl Solve {
    pub fn new(value: &Value) -> Result<Self, String> {
        let (spec, instance) = draw(value)?;
        if instance.operator.as_dense().is_none() {
            return Err("takes a matrix that is stored".into());
        }
        Ok(Self { spec, instance, fresh: None, run: None, steps: 0 })
    }
}

impl Task for Solve {
    fn refresh(&mut self) {
        self.run = None;
        self.fresh = Some(columns(&self.instance).to_vec());
    }

    /// All that a caller pays who has `A` and `y`: norms of columns, copies, step lengths, steps.
    fn run(&mut self) {
        let columns = self.fresh.take().expect("refreshed before each run");
        let mut instance = self.instance.clone();
        instance.operator = Arc::new(Dense::from_columns(instance.rows(), instance.cols(), columns));
        instance.column_norms = instance.operator.column_norms();
        let instance: Arc<dyn Instance> = Arc::new(Recovery::Real(Arc::new(instance)));
        let (mut run, most) = self.spec.start(0, &instance, registry()).expect("a Spec that starts");
        self.steps = drive(run.as_mut(), most, |_, _, _| {}).1;
        self.run = Some(run);
    }

    fn answer(&self) -> Vec<f64> {
        match self.run.as_ref().map(|run| run.glance().estimate) {
            Some(Values::Real(values)) => values.to_vec(),
            _ => Vec::new(),
        }
    }

    fn digest(&self) -> String {
        digest(&Values::give(self.answer()))
    }

    fn steps(&self) -> usize {
        self.steps
    }

    fn input(&self) -> Input<'_> {
        Input {
            rows: self.instance.rows(),
            columns: columns(&self.instance),
            measurements: &self.instance.measurements,
        }
    }
}
