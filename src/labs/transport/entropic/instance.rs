//! An instance of `entropic`, and how potentials are judged.

use super::scene::Point;
use crate::contract::{Axis, Instance, Kind, Observation, Panel, Trace, Values};
use crate::couplings::{Entropic, Plan, primal, rounded};
use serde_json::{Value, json};
use std::any::Any;

/// Most rows and columns of a picture; cells of a larger plan are added up.
const MOST_CELLS: usize = 128;

/// Entries of a plan below this share of its largest are not drawn as lines.
const FAINTEST: f64 = 0.02;

/// Two measures, a cost and a sharpness, with the points where there are any. Methods estimate the potentials
/// `z = (x, y)`, n + m numbers.
pub struct TransportInstance {
    /// The mathematics.
    pub transport: Entropic,
    /// What a person should know about the instance.
    pub notes: Vec<String>,
    pub(super) points: Option<(Vec<Point>, Vec<Point>)>,
}

impl TransportInstance {
    /// Potentials in an observation, where they are that.
    fn potentials<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [f64]> {
        match &seen.estimate {
            Values::Real(z) if z.len() == self.transport.rows() + self.transport.cols() => Some(z),
            _ => None,
        }
    }

    /// Marginal error, duality gap and cost of the rounded plan.
    fn judged(&self, z: &[f64], plan: &Plan) -> Vec<Trace> {
        let coupling = rounded(&self.transport, plan);
        let (cost, objective) = primal(&self.transport, &coupling);
        let potential = self.transport.potential(z, plan.rows.iter().sum());
        vec![
            Trace { name: "marginal_error", value: self.transport.marginal_error(plan) },
            // A difference of nearly equal numbers: below its rounding there is nothing to see.
            Trace { name: "duality_gap", value: (objective - potential).max(f64::EPSILON * objective.abs()) },
            Trace { name: "transport_cost", value: cost },
        ]
    }

    fn marginals(&self, plan: &Plan) -> [Panel<'static>; 2] {
        let panel = |id, title, caption, wanted: &[f64], reached: &[f64]| Panel {
            id,
            title,
            caption,
            kind: Kind::Curves,
            shape: (2, wanted.len()),
            values: Values::give([wanted, reached].concat()),
            x: Axis::plain("index"),
            y: Axis::plain("mass"),
            table: None,
            marks: Vec::new(),
        };
        let transport = &self.transport;
        [
            panel("sources", "Source", "$a$, wanted, and $P 1$, reached", &transport.source, &plan.rows),
            panel("targets", "Target", "$b$, wanted, and $P^\\top 1$, reached", &transport.target, &plan.cols),
        ]
    }

    /// The entries of the plan from large to small: how few of them matter.
    fn sorted(plan: &Plan) -> Panel<'static> {
        let mut entries = plan.entries.clone();
        entries.sort_unstable_by(|a, b| b.total_cmp(a));
        entries.truncate(10 * plan.rows.len().max(plan.cols.len()));
        Panel {
            id: "sorted",
            title: "Entries of the plan",
            caption: "the $10 n$ largest $P_{ij}$, by size",
            kind: Kind::Curves,
            shape: (1, entries.len()),
            values: Values::give(entries),
            x: Axis::plain("rank"),
            y: Axis { label: "mass", unit: "", log: true },
            table: None,
            marks: Vec::new(),
        }
    }

    fn links(&self, plan: &Plan) -> Option<Panel<'static>> {
        let (from, to) = self.points.as_ref()?;
        let faintest =
            FAINTEST * plan.entries.iter().fold(0.0_f64, |most, &p| if p.is_finite() { most.max(p) } else { most });
        let mut rows = Vec::new();
        for (cells, p) in plan.entries.chunks_exact(to.len()).zip(from) {
            for (&weight, q) in cells.iter().zip(to) {
                if weight > faintest && weight.is_finite() {
                    rows.extend([p[0], p[1], q[0], q[1], weight]);
                }
            }
        }
        rows.extend(from.iter().zip(&self.transport.source).flat_map(|(p, mass)| [p[0], p[1], p[0], p[1], *mass]));
        rows.extend(to.iter().zip(&self.transport.target).flat_map(|(q, mass)| [q[0], q[1], q[0], q[1], -mass]));
        Some(Panel {
            id: "clouds",
            title: "Clouds",
            caption: "lines are as strong as the mass that goes along them",
            kind: Kind::Links,
            shape: (rows.len() / 5, 5),
            values: Values::give(rows),
            x: Axis::plain("x"),
            y: Axis::plain("y"),
            table: None,
            marks: Vec::new(),
        })
    }
}

/// A map of `rows x cols` numbers; where that is more than can be seen, cells are added up.
pub(in crate::labs::transport) fn map(
    (id, title, caption): (&'static str, &'static str, &'static str),
    (rows, cols): (usize, usize),
    cells: impl Iterator<Item = (usize, f64)>,
) -> Panel<'static> {
    let shape = (rows.min(MOST_CELLS), cols.min(MOST_CELLS));
    let mut values = vec![0.0; shape.0 * shape.1];
    for (cell, value) in cells {
        let (i, j) = (cell / cols * shape.0 / rows, cell % cols * shape.1 / cols);
        values[i * shape.1 + j] += if value.is_finite() { value } else { 0.0 };
    }
    Panel {
        id,
        title,
        caption,
        kind: Kind::Heat,
        shape,
        values: Values::give(values),
        x: Axis::plain("target"),
        y: Axis::plain("source"),
        table: None,
        marks: Vec::new(),
    }
}

impl Instance for TransportInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (rows, cols) = (self.transport.rows(), self.transport.cols());
        json!({
            "rows": rows,
            "cols": cols,
            "size": if rows == cols { format!("n = {rows}") } else { format!("n = {rows}, m = {cols}") },
            "sharpness": self.transport.sharpness,
            "notes": self.notes,
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let shape = (self.transport.rows(), self.transport.cols());
        vec![map(("cost", "Cost", "$C$"), shape, self.transport.cost.iter().copied().enumerate())]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(z) = self.potentials(seen) else { return Vec::new() };
        let plan = self.transport.plan(z);
        let shape = (self.transport.rows(), self.transport.cols());
        let names = ("plan", "Plan", "$P$, a row a source");
        let mut panels: Vec<_> = self.links(&plan).into_iter().collect();
        panels.push(map(names, shape, plan.entries.iter().copied().enumerate()));
        panels.extend(self.marginals(&plan));
        panels.push(Self::sorted(&plan));
        panels.push(Panel {
            id: "potentials",
            title: "Potentials",
            caption: "$x$, and after it $y$",
            kind: Kind::Bars,
            shape: (1, z.len()),
            values: Values::give(z.to_vec()),
            x: Axis::plain("index"),
            y: Axis::plain("price"),
            table: None,
            marks: Vec::new(),
        });
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.potentials(seen).map_or_else(Vec::new, |z| self.judged(z, &self.transport.plan(z)))
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(z) = self.potentials(seen) else { return Vec::new() };
        let plan = self.transport.plan(z);
        let mut metrics = self.judged(z, &plan);
        let filled = plan.entries.iter().filter(|p| **p > 1e-6).count();
        metrics.push(Trace { name: "filled", value: filled as f64 / plan.entries.len() as f64 });
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let (rows, cols) = (self.transport.rows(), self.transport.cols());
        vec![
            ("C", (rows, cols), Values::lend(&self.transport.cost)),
            ("a", (rows, 1), Values::lend(&self.transport.source)),
            ("b", (cols, 1), Values::lend(&self.transport.target)),
        ]
    }
}
