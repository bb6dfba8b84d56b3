//! Numbers from runs of one Spec under many seeds.

use crate::contract::{Complaint, Instance, Measure, NoFiles, Registry, Spec, Trace, drive};
use crate::sweep::Statistic;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Most trials in the ordinary tests.
pub(super) const REDUCED: usize = 60;

/// The trials of a claim.
pub(super) struct Trials<'r> {
    registry: &'r Registry,
    spec: Spec,
    trials: usize,
    measure: Measure,
    found: BTreeMap<usize, Vec<f64>>,
}

impl<'r> Trials<'r> {
    pub(super) fn new(spec: &str, trials: usize, measure: Measure, registry: &'r Registry) -> Result<Self, Complaint> {
        let spec = Spec::parse(spec, registry)?;
        Ok(Self { registry, spec, trials, measure, found: BTreeMap::new() })
    }

    pub(super) fn next(&self) -> Vec<super::Job> {
        (0..self.trials).filter(|trial| !self.found.contains_key(trial)).map(super::Job::Trial).collect()
    }

    pub(super) fn add(&mut self, trial: usize, numbers: Vec<f64>) -> Result<(), Complaint> {
        if trial >= self.trials {
            return Err(Complaint::new("", format!("the claim has no trial {trial}")));
        }
        self.found.insert(trial, numbers);
        Ok(())
    }

    /// What the measure needs of a trial.
    pub(super) fn run(&self, trial: usize) -> Result<Vec<f64>, Complaint> {
        let spec = Spec { seed: self.spec.seed + trial as u64, ..self.spec.clone() };
        let instance = spec.instance(self.registry, &NoFiles)?;
        let last = |method, metric| self.last(&spec, &instance, method, metric);
        match self.measure {
            Measure::Share { metric, .. } | Measure::Median { metric } => Ok(vec![last(0, metric)?]),
            Measure::Ratio { metric, of, to } | Measure::AtMost { metric, of, to } => {
                Ok(vec![last(of, metric)?, last(to, metric)?])
            }
            Measure::Departure { trace, model } => self.traces(&spec, &instance, &[trace, model]),
            Measure::Order { trace, below, above } => {
                Ok(vec![order(&self.traces(&spec, &instance, &[trace])?, below, above)])
            }
        }
    }

    /// A metric at the end of a run, the last value of a trace, the number of `iterations`, or of `products`.
    fn last(&self, spec: &Spec, instance: &Arc<dyn Instance>, method: usize, name: &str) -> Result<f64, Complaint> {
        let (mut run, most) = spec.start(method, instance, self.registry)?;
        let (_, iterations) = drive(run.as_mut(), most, |_, _, _| {});
        if name == "iterations" {
            return Ok(iterations as f64);
        }
        let seen = run.observe();
        if name == "products" {
            return Ok(seen.products);
        }
        let known = instance.metrics(&seen).into_iter().chain(seen.traces.iter().copied());
        value_of(name, known)
    }

    /// Traces of the first method's run, step by step: first, second, first, second, ...
    fn traces(&self, spec: &Spec, instance: &Arc<dyn Instance>, names: &[&str]) -> Result<Vec<f64>, Complaint> {
        let (mut run, most) = spec.start(0, instance, self.registry)?;
        let mut values = Vec::new();
        let mut complaint = None;
        drive(run.as_mut(), most, |_, _, run| {
            let seen = run.glance();
            for name in names {
                match value_of(name, seen.traces.iter().copied().chain(instance.traces(&seen))) {
                    Ok(value) => values.push(value),
                    Err(cause) => complaint = Some(cause),
                }
            }
        });
        complaint.map_or(Ok(values), Err)
    }

    pub(super) fn measured(&self) -> f64 {
        let column = |i: usize| -> Vec<f64> { self.found.values().map(|numbers| numbers[i]).collect() };
        match self.measure {
            Measure::Share { at_most, .. } => {
                let values = column(0);
                values.iter().filter(|&&value| value <= at_most).count() as f64 / values.len() as f64
            }
            Measure::Median { .. } | Measure::Order { .. } => Statistic::Median.of(&column(0)),
            Measure::Ratio { .. } => Statistic::Median.of(&column(0)) / Statistic::Median.of(&column(1)),
            Measure::AtMost { .. } => {
                let kept = self.found.values().filter(|numbers| numbers[0] <= numbers[1]).count();
                kept as f64 / self.found.len() as f64
            }
            Measure::Departure { .. } => self.departure(),
        }
    }

    /// The largest `|sum trace^2 / sum model^2 - 1|` over the steps that all trials took.
    fn departure(&self) -> f64 {
        let Some(steps) = self.found.values().map(|numbers| numbers.len() / 2).min() else { return f64::NAN };
        let power = |i: usize| self.found.values().fold(0.0, |sum, numbers| sum + numbers[i] * numbers[i]);
        (0..steps).map(|step| (power(2 * step) / power(2 * step + 1) - 1.0).abs()).fold(f64::NAN, f64::max)
    }
}

/// The order of the last three falling steps in a row within the bounds; 0 where there are none, as in a run that fails.
fn order(errors: &[f64], below: f64, above: f64) -> f64 {
    let fits = |e: &&[f64]| e[0] <= below && e[0] > e[1] && e[1] > e[2] && e[2] >= above;
    errors.windows(3).rfind(fits).map_or(0.0, |e| libm::log(e[2] / e[1]) / libm::log(e[1] / e[0]))
}

fn value_of(name: &str, mut known: impl Iterator<Item = Trace>) -> Result<f64, Complaint> {
    let found = known.find(|trace| trace.name == name);
    found.map(|trace| trace.value).ok_or_else(|| Complaint::new("metric", format!("nobody tells {name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::registry;

    fn trials(measure: Measure) -> Trials<'static> {
        let spec = r#"{"v":1,"problem":{"id":"linear","rows":8,"cols":16,"signal":{"id":"sparse","sparsity":2}},"methods":[{"id":"omp"},{"id":"iht"}]}"#;
        Trials::new(spec, 5, measure, registry()).unwrap()
    }

    fn measured(measure: Measure, findings: &[&[f64]]) -> f64 {
        let mut trials = trials(measure);
        for (i, numbers) in findings.iter().enumerate() {
            trials.add(i, numbers.to_vec()).unwrap();
        }
        trials.measured()
    }

    #[test]
    fn measures_of_known_numbers() {
        let metric = "relative_error";
        let share = Measure::Share { metric, at_most: 0.1 };
        assert_eq!(measured(share, &[&[0.1], &[0.2], &[0.0], &[f64::NAN]]), 0.5);
        assert_eq!(measured(Measure::Median { metric }, &[&[3.0], &[1.0], &[2.0]]), 2.0);
        assert_eq!(measured(Measure::Ratio { metric, of: 1, to: 0 }, &[&[6.0, 2.0], &[3.0, 3.0]]), 1.8);
        let at_most = Measure::AtMost { metric, of: 1, to: 0 };
        assert_eq!(measured(at_most, &[&[1.0, 2.0], &[2.0, 2.0], &[3.0, 2.0], &[f64::NAN, 2.0]]), 0.5);
        let departure = Measure::Departure { trace: "a", model: "b" };
        // Step 0: (1 + 4) / (1 + 4); step 1: (4 + 4) / (4 + 1). The third step was not taken by all.
        assert_eq!(measured(departure, &[&[1.0, 1.0, 2.0, 2.0], &[2.0, 2.0, 2.0, 1.0, 9.0, 1.0]]), 0.6000000000000001);
        assert!(measured(departure, &[]).is_nan());
    }

    #[test]
    fn an_order_is_that_of_the_law_that_made_the_errors() {
        let squared = [0.5, 0.1, 1e-2, 1e-4, 1e-8, 1e-16];
        assert!((order(&squared, 0.1, 1e-12) - 2.0).abs() < 1e-12);
        let shared: Vec<f64> = (0..40).map(|i| 0.5_f64.powi(i)).collect();
        assert!((order(&shared, 0.1, 1e-10) - 1.0).abs() < 1e-12);
        assert!(order(&squared[..3], 0.1, 1e-12) == 0.0 && order(&[1.0, 1.0, 1.0], 2.0, 0.0) == 0.0);
        let measure = Measure::Order { trace: "relative_error", below: 0.1, above: 1e-12 };
        assert_eq!(measured(measure, &[&[1.0], &[2.0], &[3.0]]), 2.0);
    }

    #[test]
    fn a_trial_is_known_once_it_is_added() {
        let mut trials = trials(Measure::Median { metric: "relative_error" });
        assert_eq!(trials.next().len(), 5);
        trials.add(3, trials.run(3).unwrap()).unwrap();
        assert_eq!(trials.next().len(), 4);
        assert!(trials.add(5, Vec::new()).is_err());
    }

    #[test]
    fn what_nobody_tells_is_said() {
        let complaint = trials(Measure::Median { metric: "weight" }).run(0).unwrap_err();
        assert_eq!(complaint.to_string(), "metric: nobody tells weight");
    }
}
