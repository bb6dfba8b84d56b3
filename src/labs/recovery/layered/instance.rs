//! A drawn instance of `layered-design`, and how predictions are judged.

use super::Layered;
use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{distance, norm};
use crate::labs::recovery::linear::{LinearInstance, Recovery};
use crate::operators::{Dense, LinearOperator};
use crate::signals::random::{Random, Stream};
use serde_json::Value;
use std::any::Any;
use std::sync::Arc;

/// A linear instance that is judged by its predictions.
pub struct LayeredInstance {
    /// `y = X w + e`.
    pub linear: Arc<LinearInstance<f64>>,
    /// `X w`.
    pub mean: Vec<f64>,
    /// Indices of the observations, by their mean.
    order: Vec<usize>,
    /// The same instance, as methods know it.
    recovery: Recovery,
}

impl LayeredInstance {
    /// Draws design, support and noise.
    pub(super) fn draw(params: &Layered, seed: u64) -> Result<Self, Complaint> {
        let (rows, cols) = (params.rows, params.cols);
        if params.sparsity > rows.min(cols) / 2 {
            let message =
                format!("goes up to half of rows and columns, {}, not {}", rows.min(cols) / 2, params.sparsity);
            return Err(Complaint::new("sparsity", message));
        }
        let (columns, support) = params.design(seed);
        let truth = params.weights(&columns, &support, seed);
        let operator = Dense::from_columns(rows, cols, columns.concat());
        let mut mean = vec![0.0; rows];
        operator.apply(&truth, &mut mean);
        let mut random = Random::new(seed, Stream::Noise);
        let deviation = 1.0 / params.snr.sqrt();
        let measurements = mean.iter().map(|mean| mean + deviation * random.normal()).collect();
        let mut order: Vec<usize> = (0..rows).collect();
        order.sort_by(|&i, &j| mean[i].total_cmp(&mean[j]));
        let linear = Arc::new(LinearInstance::given(Arc::new(operator), measurements, Some(truth), 0.001));
        Ok(Self { recovery: Recovery::Real(linear.clone()), linear, mean, order })
    }

    /// `|X w' - X w|^2 / |e|^2`: 1 is as wrong as what is observed.
    pub fn prediction_error(&self, w: &[f64]) -> f64 {
        let share = distance(&self.prediction(w), &self.mean) / self.linear.noise_norm;
        share * share
    }

    fn prediction(&self, w: &[f64]) -> Vec<f64> {
        let mut prediction = vec![0.0; self.mean.len()];
        self.linear.operator.apply(w, &mut prediction);
        prediction
    }

    fn prediction_panel(&self, w: &[f64]) -> Panel<'static> {
        let predicted = self.prediction(w);
        let values = self.order.iter().map(|&i| self.mean[i]).chain(self.order.iter().map(|&i| predicted[i])).collect();
        Panel {
            id: "prediction",
            title: "Prediction",
            caption: "$X w$, without noise, in ascending order, and $X \\hat w$, predicted",
            kind: Kind::Curves,
            shape: (2, self.mean.len()),
            values: Values::give(values),
            x: Axis::plain("observation"),
            y: Axis::plain("value"),
            marks: Vec::new(),
            table: None,
        }
    }
}

fn real<'a>(seen: &'a Observation<'_>) -> Option<&'a [f64]> {
    match &seen.estimate {
        Values::Real(w) => Some(w),
        Values::Complex(_) => None,
    }
}

impl Instance for LayeredInstance {
    /// Methods are those of `linear`.
    fn as_any(&self) -> &dyn Any {
        &self.recovery
    }

    fn facts(&self) -> Value {
        self.recovery.facts()
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        self.recovery.panels()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(w) = real(seen) else { return Vec::new() };
        let mut panels = vec![self.prediction_panel(w)];
        panels.extend(self.recovery.observe(seen));
        panels.extend(self.panels().into_iter().filter(|panel| panel.id == "gram"));
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(w) = real(seen) else { return Vec::new() };
        vec![Trace { name: "prediction_error", value: self.prediction_error(w) }]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.recovery.metrics(seen);
        if let Some(w) = real(seen) {
            metrics.push(Trace { name: "prediction_error", value: self.prediction_error(w) });
            let size = norm(&self.mean);
            let error = distance(&self.prediction(w), &self.mean) / size;
            metrics.push(Trace { name: "relative_prediction_error", value: error });
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        self.recovery.arrays()
    }
}
