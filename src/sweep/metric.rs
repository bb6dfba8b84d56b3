//! What a trial is judged by.

use crate::contract::{Complaint, Instance, Observation};
use serde_json::{Value, json};

/// A success rate, or a statistic of a quantity over a cell's trials.
#[derive(Clone, Debug, PartialEq)]
pub enum Metric {
    /// The problem's `relative_error` is at most the sweep's tolerance.
    Success,
    /// The support is found exactly: `precision` and `recall` are 1.
    ExactSupport,
    /// A statistic of a metric, a trace's last value, `iterations`, `products`, or `flops`, the floating-point operations of
    /// the products.
    Of(Statistic, String),
}

/// How a cell's trials become one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The median.
    Median,
    /// The quantile at a level between 0 and 1, interpolated between order statistics.
    Quantile(f64),
}

impl Metric {
    /// From JSON: `"success"`, `"exact_support"`, `{"mean": "iterations"}`, `{"median": ..}` or
    /// `{"quantile": "products", "at": 0.9}`.
    ///
    /// # Errors
    /// A complaint about the metric.
    pub(super) fn read(value: &Value) -> Result<Self, Complaint> {
        let takes = || {
            let forms =
                r#""success", "exact_support", {"mean": name}, {"median": name} or {"quantile": name, "at": level}"#;
            Complaint::new("metric", format!("takes {forms}"))
        };
        match value {
            Value::String(name) if name == "success" => return Ok(Metric::Success),
            Value::String(name) if name == "exact_support" => return Ok(Metric::ExactSupport),
            _ => {}
        }
        let fields = value.as_object().ok_or_else(takes)?;
        let entries: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let (statistic, name) = match entries.as_slice() {
            [("mean", name)] => (Statistic::Mean, name),
            [("median", name)] => (Statistic::Median, name),
            [("quantile", name), ("at", level)] | [("at", level), ("quantile", name)] => {
                let level = level
                    .as_f64()
                    .filter(|level| (0.0..=1.0).contains(level))
                    .ok_or_else(|| Complaint::new("metric.at", format!("takes a number from 0 to 1, not {level}")))?;
                (Statistic::Quantile(level), name)
            }
            _ => return Err(takes()),
        };
        Ok(Metric::Of(statistic, name.as_str().ok_or_else(takes)?.to_owned()))
    }

    /// The same as JSON.
    pub(super) fn json(&self) -> Value {
        match self {
            Metric::Success => json!("success"),
            Metric::ExactSupport => json!("exact_support"),
            Metric::Of(Statistic::Mean, name) => json!({"mean": name}),
            Metric::Of(Statistic::Median, name) => json!({"median": name}),
            Metric::Of(Statistic::Quantile(level), name) => json!({"quantile": name, "at": level}),
        }
    }

    /// Whether it counts successes.
    pub fn counts(&self) -> bool {
        matches!(self, Metric::Success | Metric::ExactSupport)
    }

    /// Whether a trial with this value is a success; never where the metric counts none.
    pub fn succeeds(&self, value: f64, tolerance: f64) -> bool {
        match self {
            Metric::Success => value <= tolerance,
            Metric::ExactSupport => value >= 1.0,
            Metric::Of(..) => false,
        }
    }

    /// The number that is kept of a run; `None` where nobody tells it.
    pub(super) fn value(&self, instance: &dyn Instance, seen: &Observation<'_>, iterations: usize) -> Option<f64> {
        let metrics = instance.metrics(seen);
        let metric = |wanted: &str| metrics.iter().find(|metric| metric.name == wanted).map(|metric| metric.value);
        match self {
            Metric::Success => metric("relative_error"),
            Metric::ExactSupport => Some(metric("precision")?.min(metric("recall")?)),
            Metric::Of(_, name) if name == "iterations" => Some(iterations as f64),
            Metric::Of(_, name) if name == "products" => Some(seen.products),
            Metric::Of(_, name) if name == "flops" => instance.flops(seen.products),
            Metric::Of(_, name) => metric(name).or_else(|| {
                let traces = seen.traces.iter().copied().chain(instance.traces(seen));
                traces.filter(|trace| trace.name == name).map(|trace| trace.value).next()
            }),
        }
    }
}

impl Statistic {
    /// The statistic of `values`, which are in the order of their trials; NaN for none.
    pub fn of(self, values: &[f64]) -> f64 {
        let level = match self {
            Statistic::Mean => return values.iter().fold(0.0, |sum, value| sum + value) / values.len() as f64,
            Statistic::Median => 0.5,
            Statistic::Quantile(level) => level,
        };
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
        let place = level * last as f64;
        let below = place.floor();
        let (low, high) = (sorted[below as usize], sorted[(below as usize + 1).min(last)]);
        low + (high - low) * (place - below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_form_is_read_and_written() {
        for form in [
            json!("success"),
            json!("exact_support"),
            json!({"mean": "iterations"}),
            json!({"median": "gap"}),
            json!({"quantile": "products", "at": 0.9}),
        ] {
            assert_eq!(Metric::read(&form).unwrap().json(), form);
        }
        for wrong in [json!("mean"), json!(null), json!({}), json!({"mean": 3}), json!({"mean": "a", "at": 0.5})] {
            assert!(Metric::read(&wrong).unwrap_err().message.starts_with("takes \"success\""), "{wrong}");
        }
        let complaint = Metric::read(&json!({"quantile": "gap", "at": 1.5})).unwrap_err();
        assert_eq!(complaint.to_string(), "metric.at: takes a number from 0 to 1, not 1.5");
    }

    #[test]
    fn statistics_of_known_numbers() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(Statistic::Mean.of(&values), 2.5);
        assert_eq!(Statistic::Median.of(&values), 2.5);
        assert_eq!(Statistic::Quantile(0.0).of(&values), 1.0);
        assert_eq!(Statistic::Quantile(1.0).of(&values), 4.0);
        assert_eq!(Statistic::Quantile(0.25).of(&values), 1.75);
        assert_eq!(Statistic::Median.of(&[7.0]), 7.0);
        assert!(Statistic::Mean.of(&[]).is_nan() && Statistic::Median.of(&[]).is_nan());
    }

    #[test]
    fn no_number_is_no_success() {
        assert!(!Metric::Success.succeeds(f64::NAN, 1e-3) && !Metric::ExactSupport.succeeds(f64::NAN, 1e-3));
        assert!(Metric::Success.succeeds(1e-3, 1e-3) && Metric::ExactSupport.succeeds(1.0, 0.0));
    }
}
