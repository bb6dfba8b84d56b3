//! A drawn instance of `approximation`, and how answers to it are judged.

use super::Sampled;
use super::target::{HELD_OUT, Judge, Target};
use crate::contract::{Axis, Complaint, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::norm_inf;
use crate::labs::recovery::linear::{LinearInstance, Recovery};
use crate::operators::sensing::{Family, Polynomials};
use serde_json::{Value, json};
use std::any::Any;
use std::sync::Arc;

/// Points of a slice, and of either side of the plane.
const SLICE: usize = 161;
const SIDE: usize = 49;

/// Samples of a function, as a linear instance for methods, and the function itself for people.
pub struct Approximation {
    /// `y = A x + e`; the truth is the function's own coefficients, where they are known.
    pub linear: Arc<LinearInstance<f64>>,
    /// The multi-index of each unknown.
    pub indices: Vec<Vec<usize>>,
    target: Target,
    judge: Judge,
    family: Family,
    /// The variable of the slice, from 0.
    slice: usize,
    /// The same instance, as methods know it.
    recovery: Recovery,
}

impl Approximation {
    /// Draws the points that `seed` names and samples the function there.
    pub(super) fn draw(params: &Sampled, seed: u64) -> Result<Self, Complaint> {
        let Sampled { dimension, samples, terms, family, indices, noise, slice, active_above, .. } = params;
        if slice > dimension {
            let message = format!("goes up to the number of variables, {dimension}, not {slice}");
            return Err(Complaint::new("slice", message));
        }
        let target = Target::of(params)?;
        let polynomials =
            Polynomials { family: *family, dimension: *dimension, indices: *indices, unit_columns: false };
        let indices = indices.first(*terms, *dimension);
        let mut all = polynomials.points(samples + HELD_OUT, seed);
        let held_out = all.split_off(*samples);
        let judge = match &target {
            Target::Product(product) => Judge::of_product(*product, *family, &indices),
            Target::Formula(_) => Judge::at(&target, &polynomials, &indices, &held_out)?,
        };
        let points: Vec<Vec<f64>> = noise.kept(*samples, seed).into_iter().map(|i| all[i].clone()).collect();
        let operator = polynomials.design(&indices, &points);
        let scale = 1.0 / (points.len() as f64).sqrt();
        let mut measurements: Vec<f64> = target.values(&points)?.into_iter().map(|value| scale * value).collect();
        noise.add_to(&mut measurements, seed);
        let weights = indices.iter().map(|index| family.largest(index)).collect();
        let truth = judge.truth().map(<[f64]>::to_vec);
        let mut linear = LinearInstance::given(Arc::new(operator), measurements, truth, *active_above);
        linear.intrinsic_weights = Some(weights);
        let linear = Arc::new(linear);
        Ok(Self {
            recovery: Recovery::Real(linear.clone()),
            linear,
            target,
            judge,
            family: *family,
            slice: slice - 1,
            indices,
        })
    }

    /// `sum x_nu Psi_nu` where the variables of `moving` take the given values and all others are zero.
    fn evaluate(&self, x: &[f64], moving: &[(usize, f64)]) -> f64 {
        let highest = self.indices.iter().flatten().copied().max().unwrap_or(0);
        let rest = self.family.values(0.0, highest);
        let tables: Vec<(usize, Vec<f64>)> = moving.iter().map(|&(i, t)| (i, self.family.values(t, highest))).collect();
        let active = self.indices.iter().zip(x).filter(|(_, x)| **x != 0.0);
        active.fold(0.0, |sum, (index, x)| {
            let factor = |(i, &degree): (usize, &usize)| {
                tables.iter().find(|(moves, _)| *moves == i).map_or(rest[degree], |(_, table)| table[degree])
            };
            sum + x * index.iter().enumerate().map(factor).product::<f64>()
        })
    }

    /// The function at the same places.
    fn wanted(&self, moving: &[(usize, f64)]) -> f64 {
        let mut point = vec![0.0; self.indices[0].len()];
        moving.iter().for_each(|&(i, t)| point[i] = t);
        self.target.value(&point)
    }

    fn slice_panel(&self, x: &[f64]) -> Panel<'static> {
        let places = || (0..SLICE).map(|i| [(self.slice, 2.0 * i as f64 / (SLICE - 1) as f64 - 1.0)]);
        let wanted = places().map(|place| self.wanted(&place));
        let values = wanted.chain(places().map(|place| self.evaluate(x, &place))).collect();
        Panel {
            id: "slice",
            title: "A slice",
            caption: "$f$, wanted, and its recovery along one variable from $-1$ to $1$; the others are zero",
            kind: Kind::Curves,
            shape: (2, SLICE),
            values: Values::give(values),
            x: Axis::plain("point"),
            y: Axis::plain("value"),
            marks: Vec::new(),
            table: None,
        }
    }

    /// What is wrong with the recovery over two variables.
    fn plane_panel(&self, x: &[f64]) -> Panel<'static> {
        let other = (self.slice + 1) % self.indices[0].len();
        let place = |i: usize| 2.0 * i as f64 / (SIDE - 1) as f64 - 1.0;
        let cells = (0..SIDE * SIDE).map(|cell| [(self.slice, place(cell % SIDE)), (other, place(cell / SIDE))]);
        let values = cells.map(|moving| (self.evaluate(x, &moving) - self.wanted(&moving)).abs()).collect();
        Panel {
            id: "plane",
            title: "Error over a plane",
            caption: "$|\\hat f - f|$ over the variable of the slice and the next one, each from $-1$ to $1$",
            kind: Kind::Heat,
            shape: (SIDE, SIDE),
            values: Values::give(values),
            x: Axis::plain("variable"),
            y: Axis::plain("next variable"),
            marks: Vec::new(),
            table: None,
        }
    }

    /// Coefficients on a logarithmic axis, which ends far below what matters.
    fn coefficients_panel(&self, x: &[f64]) -> Panel<'static> {
        let truth = self.judge.truth().unwrap_or_default();
        let least = 1e-8 * norm_inf(if truth.is_empty() { x } else { truth });
        let values = truth.iter().chain(x).map(|x| x.abs().max(least)).collect();
        Panel {
            id: "coefficients",
            title: "Coefficients",
            caption: "$|x_\\nu|$, wanted and found, in the order of the index set",
            kind: Kind::Curves,
            shape: (if truth.is_empty() { 1 } else { 2 }, x.len()),
            values: Values::give(values),
            x: Axis::plain("index"),
            y: Axis { label: "modulus", unit: "", log: true },
            marks: Vec::new(),
            table: None,
        }
    }
}

fn real<'a>(seen: &'a Observation<'_>) -> Option<&'a [f64]> {
    match &seen.estimate {
        Values::Real(x) => Some(x),
        Values::Complex(_) => None,
    }
}

impl Instance for Approximation {
    /// Methods are those of `linear`.
    fn as_any(&self) -> &dyn Any {
        &self.recovery
    }

    fn facts(&self) -> Value {
        let mut facts = self.recovery.facts();
        let (m, n, d) = (self.linear.rows(), self.linear.cols(), self.indices[0].len());
        facts["size"] = json!(format!("m = {m}, n = {n}, d = {d}"));
        if let Some(least) = self.judge.least_error().filter(|&least| least > 1e-12) {
            let note = format!("No choice of these {n} polynomials comes nearer than {least:.2e}.");
            facts["notes"] = json!([note]);
        }
        facts
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let known = ("truth", "Truth", "$x_\\nu$, the coefficients of $f$");
        let y = ("measurements", "Samples", "$y_i = f(t_i) / \\sqrt m$");
        let truth = self.judge.truth().map(|truth| Panel::vector(known, Kind::Stems, truth));
        truth.into_iter().chain([Panel::vector(y, Kind::Stems, &self.linear.measurements)]).collect()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(x) = real(seen) else { return Vec::new() };
        let mut panels = vec![self.slice_panel(x), self.plane_panel(x), self.coefficients_panel(x)];
        panels.extend(self.recovery.observe(seen));
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(x) = real(seen) else { return Vec::new() };
        let terms = x.iter().filter(|x| **x != 0.0).count() as f64;
        vec![Trace { name: "relative_error", value: self.judge.error(x) }, Trace { name: "terms", value: terms }]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.recovery.metrics(seen);
        if let Some(x) = real(seen) {
            // The distance of functions, in which what the polynomials cannot reach counts as well.
            metrics.iter_mut().filter(|m| m.name == "relative_error").for_each(|m| m.value = self.judge.error(x));
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        self.recovery.arrays()
    }
}
