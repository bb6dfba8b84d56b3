//! Trials of a sweep, each drawn and solved.

use crate::Task;
use pursuit::contract::NoFiles;
use pursuit::labs::registry;
use pursuit::sweep::{Sweep, Tally, Task as Trial};
use serde_json::Value;

pub struct Trials {
    sweep: Sweep<'static>,
    /// The share of the trials that this task runs: from the first, every so many.
    from: usize,
    every: usize,
    tally: Tally,
}

impl Trials {
    pub fn new(value: &Value) -> Result<Self, String> {
        let sweep = value["sweep"].clone();
        let sweep = Sweep::from_value(sweep, registry()).map_err(|complaint| complaint.to_string())?;
        let number = |key: &str, default| value[key].as_u64().map_or(default, |number| number as usize);
        Ok(Self { tally: Tally::new(&sweep), from: number("from", 0), every: number("every", 1).max(1), sweep })
    }
}

impl Task for Trials {
    fn refresh(&mut self) {
        self.tally = Tally::new(&self.sweep);
    }

    fn run(&mut self) {
        let trials = self.sweep.spec.trials;
        for i in (self.from..self.sweep.cells.len() * trials).step_by(self.every) {
            let record = self.sweep.trial(Trial { cell: i / trials, trial: i % trials }, &NoFiles);
            self.tally.add(record).expect("a trial of this sweep, once");
        }
    }

    /// The share of successes.
    fn answer(&self) -> Vec<f64> {
        let spec = &self.sweep.spec;
        let cells = 0..self.sweep.cells.len();
        let successes = cells
            .flat_map(|cell| self.tally.outcomes(cell, 0, usize::MAX))
            .filter(|outcome| spec.metric.succeeds(outcome.value, spec.tolerance))
            .count();
        vec![successes as f64 / self.tally.trials() as f64]
    }

    fn digest(&self) -> String {
        self.tally.digest()
    }

    fn steps(&self) -> usize {
        self.tally.trials()
    }
}
