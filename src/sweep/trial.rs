//! One trial: all methods of the Spec on one instance.

use super::spec::MAX_TRIALS;
use super::{Fate, Outcome, Record, Sweep, Task};
use crate::contract::{Complaint, Files, Instance, Spec, drive};
use std::sync::Arc;

impl Sweep<'_> {
    /// Whether there is such a trial, in this sweep or in one like it with more trials.
    pub fn has(&self, task: Task) -> bool {
        task.cell < self.cells.len() && task.trial < MAX_TRIALS
    }

    /// Runs one trial. It depends on the sweep and the task only, so tasks can run in any order, anywhere.
    ///
    /// An instance that cannot be drawn, or a method that cannot start on it, is `refused`: a diagram may have
    /// corners in which there is nothing to solve.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn trial(&self, task: Task, files: &dyn Files) -> Record {
        let spec = self.trial_spec(task.cell, task.trial);
        let runs = match spec.instance(self.registry, files) {
            Ok(instance) => (0..spec.methods.len()).map(|i| self.outcome(&spec, i, &instance)).collect(),
            Err(_) => vec![Outcome::REFUSED; spec.methods.len()],
        };
        Record { cell: task.cell, trial: task.trial, runs }
    }

    fn outcome(&self, spec: &Spec, i: usize, instance: &Arc<dyn Instance>) -> Outcome {
        self.run(spec, i, instance).unwrap_or(Outcome::REFUSED)
    }

    fn run(&self, spec: &Spec, i: usize, instance: &Arc<dyn Instance>) -> Result<Outcome, Complaint> {
        let (mut run, most) = spec.start(i, instance, self.registry)?;
        let (ending, iterations) = drive(run.as_mut(), most, |_, _, _| {});
        let value = self.spec.metric.value(instance.as_ref(), &run.observe(), iterations);
        Ok(Outcome::new(Fate::of(&ending), value.unwrap_or(f64::NAN)))
    }
}
