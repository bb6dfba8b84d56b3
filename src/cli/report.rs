//! What is told of finished runs, to programs and to people.

use super::listing::aligned;
use super::run::Finished;
use crate::contract::{Ending, Instance};
use crate::signals::npy::Entries;
use serde_json::{Map, Value, json};

/// Everything, as JSON. A number that is not finite is `null`, a complex one is `[re, im]`.
pub fn json(spec: &Value, instance: &dyn Instance, finished: &[Finished]) -> Value {
    let notes = notes_of(instance);
    let runs: Vec<Value> = finished.iter().map(|run| run_as_json(run, &notes)).collect();
    json!({"spec": spec, "runs": runs})
}

fn run_as_json(run: &Finished, notes: &[String]) -> Value {
    let traces: Map<_, _> =
        run.recording.traces.iter().map(|(name, values)| ((*name).to_owned(), json!(values))).collect();
    let metrics: Map<_, _> = run.metrics.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let estimate = match &run.estimate {
        Entries::Real(entries) => json!(entries),
        Entries::Complex(entries) => entries.iter().map(|entry| json!([entry.re, entry.im])).collect(),
    };
    json!({
        "method": run.card.id,
        "status": run.ending.word(),
        "reason": run.ending.reason(),
        "iterations": run.iterations,
        "seconds": run.seconds,
        "support": run.support,
        "estimate": estimate,
        "steps": run.recording.steps,
        "traces": traces,
        "metrics": metrics,
        "products": run.products,
        "notes": notes,
        "digest": run.digest,
    })
}

/// A verdict and a table for each run.
pub fn text(instance: &dyn Instance, finished: &[Finished]) -> String {
    let mut text: String = notes_of(instance).iter().map(|note| format!("{note}\n")).collect();
    for run in finished {
        if !text.is_empty() {
            text.push('\n');
        }
        text += &verdict(run);
        let metrics = run.metrics.iter().map(|(name, value)| (*name, short(*value)));
        let costs = [
            ("support", format!("{} entries", run.support.len())),
            ("products with A", short(run.products)),
            ("seconds", short(run.seconds)),
            ("digest", run.digest.clone()),
        ];
        text += &aligned(metrics.chain(costs).map(|(name, value)| vec![format!("  {name}"), value]).collect());
    }
    text
}

fn verdict(run: &Finished) -> String {
    let ending = match &run.ending {
        Ending::Converged(_) => "converged",
        Ending::Budget => "ran out of steps",
        Ending::Diverged(_) => "diverged",
        Ending::Failed(_) => "failed",
    };
    let steps = match run.iterations {
        1 => "1 step".to_owned(),
        n => format!("{n} steps"),
    };
    let reason = match run.ending.reason() {
        "" => String::new(),
        reason => format!(": {reason}"),
    };
    format!("{} ({}) {ending} after {steps}{reason}\n", run.card.title, run.card.id)
}

fn notes_of(instance: &dyn Instance) -> Vec<String> {
    let facts = instance.facts();
    let notes = facts.get("notes").and_then(Value::as_array);
    notes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// Five digits of a number.
fn short(value: f64) -> String {
    let size = value.abs();
    if value.fract() == 0.0 && size < 1e7 {
        format!("{value}")
    } else if (1e-3..1e5).contains(&size) {
        format!("{value:.5}")
    } else {
        format!("{value:.4e}")
    }
}
