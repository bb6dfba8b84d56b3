//! A drawn instance of `poisson`, and how intensities are judged.

use crate::contract::{Axis, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{distance, norm};
use crate::losses::poisson;
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// Photons a counter that come from nowhere: keeps logarithms finite, and changes nothing else.
pub const BACKGROUND: f64 = 1e-10;

/// `y ~ Poisson(A f)`, drawn.
pub struct PoissonInstance {
    /// `A`, m x n, without negative entries.
    pub operator: Arc<dyn LinearOperator<f64>>,
    /// `y`, m counts.
    pub counts: Vec<f64>,
    /// The true intensity, n entries, row by row.
    pub truth: Vec<f64>,
    /// Rows and columns of the intensity; a line has one row.
    pub shape: (usize, usize),
    /// `A^T 1`: the share of a pixel's photons that are counted.
    pub sensitivity: Vec<f64>,
}

impl PoissonInstance {
    /// Scales `scene` to `mean` photons a counter and draws the counts.
    pub(super) fn draw(
        operator: Arc<dyn LinearOperator<f64>>,
        shape: (usize, usize),
        mut scene: Vec<f64>,
        mean: f64,
        seed: u64,
    ) -> Self {
        let mut rates = vec![0.0; operator.rows()];
        operator.apply(&scene, &mut rates);
        let scale = mean * rates.len() as f64 / rates.iter().sum::<f64>();
        scene.iter_mut().chain(&mut rates).for_each(|value| *value *= scale);
        let mut random = Random::new(seed, Stream::Noise);
        let counts = rates.iter().map(|&rate| random.poisson(rate)).collect();
        let mut sensitivity = vec![0.0; operator.cols()];
        operator.adjoint(&vec![1.0; operator.rows()], &mut sensitivity);
        Self { operator, counts, truth: scene, shape, sensitivity }
    }

    /// Number of counters, m.
    pub fn rows(&self) -> usize {
        self.operator.rows()
    }

    /// Number of pixels or samples, n.
    pub fn cols(&self) -> usize {
        self.operator.cols()
    }

    /// `A f + b`, the rates at the counters.
    pub fn rates(&self, f: &[f64]) -> Vec<f64> {
        let mut rates = vec![0.0; self.rows()];
        self.operator.apply(f, &mut rates);
        rates.iter_mut().for_each(|rate| *rate += BACKGROUND);
        rates
    }

    /// `A^T y`, scaled such that it sends as many photons as were counted: where all methods start. A dark sky where none was.
    pub fn back_projection(&self) -> Vec<f64> {
        let mut start = vec![0.0; self.cols()];
        self.operator.adjoint(&self.counts, &mut start);
        let sent: f64 = start.iter().zip(&self.sensitivity).map(|(f, share)| f * share).sum();
        let scale = self.counts.iter().sum::<f64>() / sent;
        start.iter_mut().for_each(|f| *f = if scale.is_finite() { *f * scale } else { 0.0 });
        start
    }

    fn deviance(&self, f: &[f64]) -> f64 {
        poisson::deviance(&self.rates(f), &self.counts) / self.rows() as f64
    }

    fn error(&self, f: &[f64]) -> f64 {
        distance(f, &self.truth) / norm(&self.truth)
    }

    fn estimate<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [f64]> {
        match &seen.estimate {
            Values::Real(f) if f.len() == self.cols() => Some(f),
            _ => None,
        }
    }

    /// Numbers a pixel, as a picture or along the line.
    pub(in crate::labs::recovery) fn map(
        &self,
        (id, title, caption): (&'static str, &'static str, &'static str),
        values: Vec<f64>,
        unit: &'static str,
    ) -> Panel<'static> {
        let picture = self.shape.0 > 1;
        Panel {
            id,
            title,
            caption,
            kind: if picture { Kind::Heat } else { Kind::Curves },
            shape: self.shape,
            values: Values::give(values),
            x: Axis::plain(if picture { "column" } else { "index" }),
            y: Axis::plain(unit),
            marks: Vec::new(),
            table: None,
        }
    }

    /// Numbers a counter: a picture where there is a counter a pixel, and bars elsewhere.
    fn counters(
        &self,
        names: (&'static str, &'static str, &'static str),
        values: Vec<f64>,
        unit: &'static str,
    ) -> Panel<'static> {
        if self.shape.0 > 1 && self.rows() == self.cols() {
            return self.map(names, values, unit);
        }
        let (id, title, caption) = names;
        Panel {
            id,
            title,
            caption,
            kind: Kind::Bars,
            shape: (1, values.len()),
            values: Values::give(values),
            x: Axis::plain(if self.rows() == self.cols() { "index" } else { "counter" }),
            y: Axis::plain(unit),
            marks: Vec::new(),
            table: None,
        }
    }

    /// The estimate, and on a line the truth beside it.
    fn intensity(&self, f: &[f64]) -> Panel<'static> {
        if self.shape.0 > 1 {
            return self.map(("intensity", "Intensity", "$\\hat f$, photons a pixel"), f.to_vec(), "photons");
        }
        let names = ("intensity", "Intensity", "$f$, the truth, and $\\hat f$, the estimate");
        let both = [&self.truth[..], f].concat();
        Panel { shape: (2, f.len()), ..self.map(names, both, "photons") }
    }
}

impl Instance for PoissonInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols) = (self.rows(), self.cols());
        let photons: f64 = self.counts.iter().sum();
        json!({
            "rows": rows,
            "cols": cols,
            "size": format!("m = {rows}, n = {cols}"),
            "photons": photons,
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        vec![
            self.map(("truth", "Truth", "$f$, photons a pixel"), self.truth.clone(), "photons"),
            self.counters(("counts", "Counts", "$y$, photons a counter"), self.counts.clone(), "photons"),
        ]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(f) = self.estimate(seen) else { return Vec::new() };
        let mut panels = vec![self.intensity(f)];
        panels.extend(self.panels().into_iter().filter(|panel| self.shape.0 > 1 || panel.id != "truth"));
        let score = |(y, z): (&f64, &f64)| (y - z) / z.max(1.0).sqrt();
        let scores = self.counts.iter().zip(&self.rates(f)).map(score).collect();
        let caption = "$(y - A \\hat f) / \\sqrt{A \\hat f}$: what is left, in standard deviations";
        panels.push(self.counters(("residual", "Residual", caption), scores, "deviations"));
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(f) = self.estimate(seen) else { return Vec::new() };
        vec![
            Trace { name: "relative_error", value: self.error(f) },
            Trace { name: "deviance", value: self.deviance(f) },
        ]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.traces(seen);
        if let Some(f) = self.estimate(seen) {
            let (sent, sends): (f64, f64) = (self.truth.iter().sum(), f.iter().sum());
            metrics.push(Trace { name: "flux_error", value: (sends - sent).abs() / sent });
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        vec![("f", self.shape, Values::lend(&self.truth)), ("y", (self.rows(), 1), Values::lend(&self.counts))]
    }
}
