//! From a tally to a diagram: cells, contours, theory.

use super::contour::{Count, Crossing, TEN_TO_NINETY, crossing};
use super::{Fate, Metric, Outcome, Statistic, Sweep, Tally, wilson};
use crate::contract::id_of;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The 50 % point of a column, in the axes' own units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Point {
    /// The column.
    pub x: f64,
    /// Where the success rate is 50 %.
    pub y: f64,
    /// Lower end of the 95 % band.
    pub low: f64,
    /// Upper end of the 95 % band.
    pub high: f64,
    /// Distance from a rate of 10 % to one of 90 %; `None` where it is narrower than the cells can tell.
    pub width: Option<f64>,
    /// Slope of the fit in the coordinate in which the axis is even; its sign tells which side succeeds.
    pub slope: Option<f64>,
}

impl Sweep<'_> {
    /// Successes of a method in the cells of a column, of the trials below `limit(cell)`.
    pub(super) fn column(
        &self,
        tally: &Tally,
        method: usize,
        column: usize,
        limit: impl Fn(usize) -> usize,
    ) -> Vec<Count> {
        let cells = (0..self.spec.y.steps).map(|j| j * self.spec.x.steps + column);
        let count = |cell: usize| {
            let outcomes = tally.outcomes(cell, method, limit(cell));
            let (trials, successes) = outcomes.fold((0, 0), |(n, s), run| (n + 1, s + usize::from(self.succeeds(run))));
            Count { place: self.spec.y.scale.forward(self.cells[cell].at.1), trials, successes }
        };
        cells.map(count).collect()
    }

    /// Whether an outcome counts as a success.
    pub(crate) fn succeeds(&self, run: Outcome) -> bool {
        self.spec.metric.succeeds(run.value, self.spec.tolerance)
    }

    /// Where a column is: what its cells attain, if they agree.
    fn column_place(&self, column: usize) -> f64 {
        let mut cells = self.cells.iter().skip(column).step_by(self.spec.x.steps);
        let first = self.cells[column];
        if cells.all(|cell| cell.at.0 == first.at.0) { first.at.0 } else { first.x }
    }

    fn point(&self, column: usize, crossing: Crossing) -> Point {
        let scale = self.spec.y.scale;
        let half = crossing.slope.map(|slope| 0.5 * TEN_TO_NINETY / slope.abs());
        Point {
            x: self.column_place(column),
            y: scale.back(crossing.place),
            low: scale.back(crossing.low),
            high: scale.back(crossing.high),
            width: half.map(|half| scale.back(crossing.place + half) - scale.back(crossing.place - half)),
            slope: crossing.slope,
        }
    }
}

/// The 50 % contour of a method, one point a column that has one; none where the metric counts no successes.
pub fn contours(sweep: &Sweep<'_>, tally: &Tally, method: usize) -> Vec<Point> {
    if !sweep.spec.metric.counts() {
        return Vec::new();
    }
    let crossing_of = |column| crossing(&sweep.column(tally, method, column, |_| usize::MAX));
    (0..sweep.spec.x.steps).filter_map(|i| crossing_of(i).map(|crossing| sweep.point(i, crossing))).collect()
}

/// Everything that is known: `{v, sweep, trials, methods: [{id, cells, contour}], theory, digest}`.
///
/// A cell is `{x, y, at, trials, successes, low, high, value, mean, endings}`: `at` is what its trials have in fact,
/// (low, high) the Wilson interval, `value` the metric's statistic (the success rate where it counts successes),
/// `mean` the mean of the metric's numbers that are finite.
pub fn result(sweep: &Sweep<'_>, tally: &Tally) -> Value {
    let methods = sweep.spec.spec.methods.iter().enumerate().map(|(i, method)| {
        let cells: Vec<Value> = (0..sweep.cells.len()).map(|cell| cell_as_json(sweep, tally, i, cell)).collect();
        json!({"id": id_of(method), "cells": cells, "contour": contours(sweep, tally, i)})
    });
    json!({
        "v": 1,
        "sweep": sweep.spec.canonical(sweep.registry),
        "trials": tally.trials(),
        "methods": methods.collect::<Value>(),
        "theory": sweep.theory(),
        "digest": tally.digest(),
    })
}

/// A cell in three numbers.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// Number of trials.
    pub trials: usize,
    /// Successes among them; 0 where the metric counts none.
    pub successes: usize,
    /// The metric's statistic, the success rate where it counts successes; NaN for no trials.
    pub value: f64,
}

/// How a method did in a cell.
pub fn summary(sweep: &Sweep<'_>, tally: &Tally, method: usize, cell: usize) -> Summary {
    let outcomes = || tally.outcomes(cell, method, usize::MAX);
    let trials = outcomes().count();
    let successes = outcomes().filter(|run| sweep.succeeds(*run)).count();
    let value = match sweep.spec.metric {
        Metric::Of(statistic, _) => statistic.of(&finite(outcomes())),
        Metric::Success | Metric::ExactSupport => successes as f64 / trials as f64,
    };
    Summary { trials, successes, value }
}

fn finite(outcomes: impl Iterator<Item = Outcome>) -> Vec<f64> {
    outcomes.map(|run| run.value).filter(|value| value.is_finite()).collect()
}

fn cell_as_json(sweep: &Sweep<'_>, tally: &Tally, method: usize, cell: usize) -> Value {
    let Summary { trials, successes, value } = summary(sweep, tally, method, cell);
    let place = sweep.cells[cell];
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    put("x", json!(place.x));
    put("y", json!(place.y));
    put("at", json!(place.at));
    put("trials", json!(trials));
    if sweep.spec.metric.counts() {
        let (low, high) = wilson::interval(successes, trials);
        put("successes", json!(successes));
        put("low", json!(low));
        put("high", json!(high));
    }
    put("value", json!(value));
    let outcomes = || tally.outcomes(cell, method, usize::MAX);
    put("mean", json!(Statistic::Mean.of(&finite(outcomes()))));
    let counted = Fate::ALL.map(|fate| (fate, outcomes().filter(|run| run.fate == fate).count()));
    let endings =
        counted.into_iter().filter(|(_, count)| *count > 0).map(|(fate, n)| (fate.word().to_owned(), json!(n)));
    put("endings", endings.collect());
    Value::Object(fields)
}
