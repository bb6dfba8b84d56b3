//! `pursuit run`: a Spec to its end.

use super::{Answer, archive, files, report};
use crate::contract::{Complaint, Ending, Instance, MethodCard, Observation, Run, Spec, Status, Values, digest, drive};
use crate::labs::registry;
use crate::signals::npy::Entries;
use serde_json::Value;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What to run, and what to tell about it.
#[derive(clap::Args)]
pub struct Arguments {
    /// The Spec, a JSON file; `-` reads it from the standard input. Files that it names are beside it.
    spec: PathBuf,
    /// Print JSON: the canonical Spec and every run's verdict, estimate, traces and metrics.
    #[arg(long)]
    json: bool,
    /// Save A (where it is stored), x, y, estimates and traces for numpy.load.
    #[arg(long, value_name = "FILE")]
    npz: Option<PathBuf>,
    /// Record traces at every N-th step only; the last step is always recorded.
    #[arg(long, value_name = "N", default_value = "1")]
    every: NonZeroUsize,
    /// End each run after N steps, even where the Spec allows more.
    #[arg(long, value_name = "N")]
    max_steps: Option<NonZeroUsize>,
}

/// A run that has ended.
pub struct Finished {
    /// The method's names.
    pub card: &'static MethodCard,
    /// How it ended.
    pub ending: Ending,
    /// Outer steps.
    pub iterations: usize,
    /// Time within the method's own steps.
    pub seconds: f64,
    /// What the method holds active, ascending.
    pub support: Vec<usize>,
    /// The unknown, as the method has it.
    pub estimate: Entries,
    /// How good the answer is, by name.
    pub metrics: Vec<(&'static str, f64)>,
    /// Quantities over the recorded steps.
    pub recording: Recording,
    /// Products with `A` or its adjoint.
    pub products: f64,
    /// Fingerprint of the estimate's bits.
    pub digest: String,
}

/// Quantities by name, with one value for every recorded outer step.
#[derive(Default)]
pub struct Recording {
    /// Numbers of the recorded steps, from 1.
    pub steps: Vec<usize>,
    /// Name and values; a NaN stands where a quantity was not told.
    pub traces: Vec<(&'static str, Vec<f64>)>,
}

impl Recording {
    fn record(&mut self, step: usize, instance: &dyn Instance, seen: &Observation<'_>) {
        let earlier = self.steps.len();
        self.steps.push(step);
        for trace in seen.traces.iter().copied().chain(instance.traces(seen)) {
            let known = self.traces.iter().position(|(name, _)| *name == trace.name);
            let place = known.unwrap_or_else(|| {
                self.traces.push((trace.name, vec![f64::NAN; earlier]));
                self.traces.len() - 1
            });
            // Where problem and method tell the same quantity, the method's own value stands.
            if self.traces[place].1.len() == earlier {
                self.traces[place].1.push(trace.value);
            }
        }
        for (_, values) in &mut self.traces {
            values.resize(self.steps.len(), f64::NAN);
        }
    }
}

/// Runs all methods of the Spec.
///
/// # Errors
/// When the Spec, a file that it names, or the file to write cannot be used.
pub fn answer(arguments: &Arguments) -> Result<Answer, Complaint> {
    let registry = registry();
    let (text, folder) = files::spec(&arguments.spec)?;
    let spec = Spec::parse(&text, registry)?;
    let instance = spec.instance(registry, &folder)?;
    // All methods start before one runs: a mistake in the last one does not cost the time of the first.
    let started: Vec<_> =
        (0..spec.methods.len()).map(|i| spec.start(i, &instance, registry)).collect::<Result<_, _>>()?;
    let archive = arguments.npz.as_deref().map(archive::Archive::create).transpose()?;
    let mut finished = Vec::new();
    for (method, (run, most)) in spec.methods.iter().zip(started) {
        let id = method.get("id").and_then(Value::as_str).unwrap_or_default();
        let most = arguments.max_steps.map_or(most, |wanted| most.min(wanted.get()));
        finished.push(finish(registry.method(id)?.card(), &instance, run, most, arguments.every));
    }
    if let Some(archive) = archive {
        archive.write(instance.as_ref(), &finished)?;
    }
    let text = if arguments.json {
        format!("{}\n", report::json(&spec.canonical(registry), instance.as_ref(), &finished))
    } else {
        report::text(instance.as_ref(), &finished)
    };
    Ok(Answer { text, code: finished.iter().map(|run| code_of(&run.ending)).max().unwrap_or(0) })
}

fn code_of(ending: &Ending) -> u8 {
    match ending {
        Ending::Converged(_) => 0,
        Ending::Budget => 3,
        Ending::Diverged(_) | Ending::Failed(_) => 4,
    }
}

fn finish(
    card: &'static MethodCard,
    instance: &Arc<dyn Instance>,
    mut run: Box<dyn Run>,
    most: usize,
    every: NonZeroUsize,
) -> Finished {
    let mut recording = Recording::default();
    let mut watching = Duration::ZERO;
    let start = Instant::now();
    let (ending, iterations) = drive(run.as_mut(), most, |step, status, run| {
        let looked = Instant::now();
        if *status != Status::Inner && step % every == 0 {
            recording.record(step, instance.as_ref(), &run.glance());
        }
        watching += looked.elapsed();
    });
    let seconds = start.elapsed().saturating_sub(watching).as_secs_f64();
    let seen = run.glance();
    if recording.steps.last() != Some(&iterations) {
        recording.record(iterations, instance.as_ref(), &seen);
    }
    Finished {
        card,
        ending,
        iterations,
        seconds,
        support: seen.support.to_vec(),
        estimate: entries_of(&seen.estimate),
        metrics: metrics_of(instance.as_ref(), &seen, &recording),
        products: seen.products,
        digest: digest(&seen.estimate),
        recording,
    }
}

/// The instance's metrics, and the last value of each trace that is not among them.
fn metrics_of(instance: &dyn Instance, seen: &Observation<'_>, recording: &Recording) -> Vec<(&'static str, f64)> {
    let mut metrics: Vec<_> = instance.metrics(seen).into_iter().map(|metric| (metric.name, metric.value)).collect();
    for (name, values) in &recording.traces {
        if let (Some(&last), false) = (values.last(), metrics.iter().any(|(known, _)| known == name)) {
            metrics.push((name, last));
        }
    }
    metrics
}

/// Lent numbers as numbers of one's own.
pub fn entries_of(values: &Values<'_>) -> Entries {
    match values {
        Values::Real(values) => Entries::Real(values.to_vec()),
        Values::Complex(values) => Entries::Complex(values.to_vec()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Panel, Trace};
    use std::any::Any;
    use std::borrow::Cow;

    /// Tells the traces that it has been given.
    struct Telling(Vec<Trace>);

    impl Instance for Telling {
        fn as_any(&self) -> &dyn Any {
            self
        }
        fn facts(&self) -> Value {
            Value::Null
        }
        fn panels(&self) -> Vec<Panel<'_>> {
            Vec::new()
        }
        fn observe<'a>(&'a self, _: &Observation<'a>) -> Vec<Panel<'a>> {
            Vec::new()
        }
        fn traces(&self, _: &Observation<'_>) -> Vec<Trace> {
            self.0.clone()
        }
        fn metrics(&self, _: &Observation<'_>) -> Vec<Trace> {
            vec![Trace { name: "error", value: 9.0 }]
        }
        fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
            Vec::new()
        }
    }

    fn seen(traces: &[(&'static str, f64)]) -> Observation<'static> {
        Observation {
            estimate: Values::give(vec![0.0]),
            support: Cow::Borrowed(&[]),
            traces: traces.iter().map(|&(name, value)| Trace { name, value }).collect(),
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }

    #[test]
    fn traces_keep_pace_with_the_steps() {
        let mut recording = Recording::default();
        let silent = Telling(Vec::new());
        let telling = Telling(vec![Trace { name: "error", value: 5.0 }, Trace { name: "gap", value: 7.0 }]);
        recording.record(1, &silent, &seen(&[("gap", 1.0)]));
        recording.record(4, &telling, &seen(&[("gap", 2.0)]));
        recording.record(6, &telling, &seen(&[]));
        recording.record(7, &silent, &seen(&[]));
        assert_eq!(recording.steps, [1, 4, 6, 7]);
        let told = format!("{:?}", recording.traces);
        assert_eq!(told, r#"[("gap", [1.0, 2.0, 7.0, NaN]), ("error", [NaN, 5.0, 5.0, NaN])]"#);
    }

    #[test]
    fn metrics_come_first_and_traces_fill_in() {
        let recording =
            Recording { steps: vec![1, 2], traces: vec![("error", vec![3.0, 2.0]), ("gap", vec![1.0, 0.5])] };
        assert_eq!(metrics_of(&Telling(Vec::new()), &seen(&[]), &recording), [("error", 9.0), ("gap", 0.5)]);
    }

    #[test]
    fn the_worst_ending_decides_the_exit_code() {
        let code = |ending: Ending| code_of(&ending);
        assert_eq!(code(Ending::Converged(String::new())), 0);
        assert_eq!(code(Ending::Budget), 3);
        assert_eq!((code(Ending::Diverged(String::new())), code(Ending::Failed(String::new()))), (4, 4));
    }
}
