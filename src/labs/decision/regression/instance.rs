//! An instance of `gp-regression`, and how predictions are judged.

use super::scene::SIDE;
use crate::contract::{Axis, Instance, Kind, Mark, Observation, Panel, Trace, Values};
use serde_json::{Value, json};
use std::any::Any;

/// Most data that are drawn as points.
const MOST_POINTS: usize = 300;

/// Noisy values of a function. Methods predict a new value at each of `places`: their estimate is all means, then all variances.
pub struct RegressionInstance {
    /// Dimensions of an input: 1 or 2.
    pub dims: usize,
    /// Inputs, `dims` numbers each.
    pub inputs: Vec<f64>,
    /// Values, one an input.
    pub values: Vec<f64>,
    /// Where predictions are asked for: the tests, then the grid.
    pub places: Vec<f64>,
    /// Number of tests.
    pub tests: usize,
    /// Points of the grid on a side.
    pub side: usize,
    /// The function at each place.
    pub(super) truth: Vec<f64>,
    /// Values with noise at the tests.
    pub(super) held_out: Vec<f64>,
}

impl RegressionInstance {
    /// Number of data, N.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Places of the grid.
    pub fn grid(&self) -> &[f64] {
        &self.places[self.tests * self.dims..]
    }

    /// Means and variances in an observation, where they are that.
    fn predictions<'a>(&self, seen: &'a Observation<'_>) -> Option<(&'a [f64], &'a [f64])> {
        match &seen.estimate {
            Values::Real(both) if both.len() == 2 * self.truth.len() => Some(both.split_at(self.truth.len())),
            _ => None,
        }
    }

    /// Errors at the tests: `|mean - f|`, `-log p(y)`, and the share of values within two standard deviations.
    fn judged(&self, means: &[f64], variances: &[f64]) -> Vec<Trace> {
        let (mut square, mut loss, mut covered) = (0.0, 0.0, 0.0);
        for i in 0..self.tests {
            let (off, variance) = (self.held_out[i] - means[i], variances[i].max(f64::MIN_POSITIVE));
            square += (means[i] - self.truth[i]) * (means[i] - self.truth[i]);
            loss += 0.5 * (libm::log(std::f64::consts::TAU * variance) + off * off / variance);
            covered += f64::from(u8::from(off * off <= 4.0 * variance));
        }
        let count = self.tests as f64;
        vec![
            Trace { name: "rmse", value: (square / count).sqrt() },
            Trace { name: "nll", value: loss / count },
            Trace { name: "covered", value: covered / count },
        ]
    }

    /// Mean, band and truth over the line, with the data as points.
    fn band(&self, means: &[f64], variances: &[f64]) -> Panel<'static> {
        let edge = |sign: f64| means.iter().zip(variances).map(move |(mean, v)| mean + sign * 2.0 * v.max(0.0).sqrt());
        let rows = edge(-1.0).chain(edge(1.0)).chain(means.iter().copied());
        let skipped = self.count().div_ceil(MOST_POINTS);
        let place = |x: f64| x / SIDE * (self.side - 1) as f64;
        let points = self.inputs.iter().zip(&self.values).step_by(skipped);
        Panel {
            id: "fit",
            title: "Fit",
            caption: "mean, two standard deviations of a new value, and the function behind the data",
            kind: Kind::Band,
            shape: (4, self.side),
            values: Values::give(rows.chain(self.truth[self.tests..].iter().copied()).collect::<Vec<f64>>()),
            x: Axis::plain("index"),
            y: Axis::plain("value"),
            marks: points.map(|(&x, &y)| Mark::Point { x: place(x), y }).collect(),
            table: None,
        }
    }

    fn map(&self, (id, title, caption): (&'static str, &'static str, &'static str), values: &[f64]) -> Panel<'static> {
        let (x, y) = (Axis::plain("x"), Axis::plain("y"));
        let (shape, values) = ((self.side, self.side), Values::give(values.to_vec()));
        Panel { id, title, caption, kind: Kind::Heat, shape, values, x, y, marks: Vec::new(), table: None }
    }
}

impl Instance for RegressionInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        json!({
            "rows": self.count(),
            "cols": self.dims,
            "size": format!("N = {}", self.count()),
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        vec![Panel::vector(("held-out", "Held out", "$y$ at the tests"), Kind::Stems, &self.held_out)]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some((means, variances)) = self.predictions(seen) else { return Vec::new() };
        let (means, variances) = (&means[self.tests..], &variances[self.tests..]);
        let spread: Vec<f64> = variances.iter().map(|v| v.max(0.0).sqrt()).collect();
        let names = ("spread", "Uncertainty", "standard deviation of a new value");
        if self.dims == 1 {
            let panel = self.band(means, variances);
            let mut bars = self.map(names, &spread);
            (bars.kind, bars.shape, bars.x) = (Kind::Curves, (1, self.side), Axis::plain("index"));
            return vec![panel, bars];
        }
        vec![
            self.map(("fit", "Mean", "mean of the process over the plane"), means),
            self.map(names, &spread),
            self.map(("function", "Function", "the terrain behind the data"), &self.truth[self.tests..]),
        ]
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.predictions(seen).map_or_else(Vec::new, |(means, variances)| self.judged(means, variances))
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.traces(seen);
        let size = self.truth[..self.tests].iter().fold(0.0, |sum, f| sum + f * f) / self.tests as f64;
        if let Some(rmse) = metrics.iter().find(|trace| trace.name == "rmse").map(|trace| trace.value) {
            let value = if size > 0.0 { rmse / size.sqrt() } else { rmse };
            metrics.push(Trace { name: "relative_error", value });
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        vec![
            ("X", (self.count(), self.dims), Values::lend(&self.inputs)),
            ("y", (self.count(), 1), Values::lend(&self.values)),
        ]
    }
}
