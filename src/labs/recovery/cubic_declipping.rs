//! Cubic interpolation of clipped samples.
//!
//! ```text
//! for every run of clipped samples:
//!     p = the cubic through the two reliable samples before the run and the two after it
//!     x = P(p)
//! ```
//!
//! What people do by hand: no frames, and no more than four samples to tell from. Where one side has no two reliable samples in a row the
//! run stays at the level. One step for all runs, O(n).

use super::declipping::DeclippingInstance;
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// Cubic interpolation has no parameters.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CubicDeclipping {}

impl TypedMethod for CubicDeclipping {
    type Instance = DeclippingInstance;

    const CARD: MethodCard = MethodCard {
        id: "cubic-declipping",
        lab: "recovery",
        problem: "declipping",
        title: "Cubic interpolation",
        short: "Cubics",
        sentence: "",
        line: "A cubic over every run of clipped samples, through its neighbours",
        cost: "O(n), once",
        when: "few samples in a row are clipped",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        1
    }

    fn start(&self, instance: &Arc<DeclippingInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Interpolated { sound: instance.clipped.clone(), support: Vec::new(), instance: instance.clone() }))
    }
}

/// A run of cubic interpolation.
struct Interpolated {
    instance: Arc<DeclippingInstance>,
    sound: Vec<f64>,
    /// Samples that have been interpolated.
    support: Vec<usize>,
}

/// Runs of clipped samples.
fn runs(n: usize, clipped: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for t in (0..n).filter(|&t| clipped(t)) {
        match runs.last_mut().filter(|run| run.end == t) {
            Some(run) => run.end += 1,
            None => runs.push(t..t + 1),
        }
    }
    runs
}

/// The cubic through four points, at `t`, by Lagrange.
fn cubic(points: &[(f64, f64); 4], t: f64) -> f64 {
    let term = |i: usize| {
        let others = (0..4).filter(|&j| j != i);
        others.fold(points[i].1, |product, j| product * (t - points[j].0) / (points[i].0 - points[j].0))
    };
    (0..4).map(term).sum()
}

impl Run for Interpolated {
    fn step(&mut self) -> Status {
        let DeclippingInstance { clipped, consistency, .. } = &*self.instance;
        let n = clipped.len();
        let reliable = |t: usize| t < n && !consistency.is_clipped(t);
        for run in runs(n, |t| consistency.is_clipped(t)) {
            if run.start < 2 || ![run.start - 2, run.start - 1, run.end, run.end + 1].into_iter().all(reliable) {
                continue;
            }
            let points = [run.start - 2, run.start - 1, run.end, run.end + 1].map(|t| (t as f64, clipped[t]));
            run.clone().for_each(|t| self.sound[t] = cubic(&points, t as f64));
            self.support.extend(run);
        }
        consistency.project(&mut self.sound);
        Status::Converged("every run of clipped samples has its cubic".into())
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.sound),
            support: self.support[..].into(),
            traces: vec![Trace { name: "misfit", value: 0.0 }],
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}

static NOTE: Note = Note {
    formula: r"x = P(p), \qquad p(t) = \sum_{i=1}^{4} x_{t_i} \prod_{j \ne i} \frac{t - t_j}{t_i - t_j}",
    breaks: "It sees four samples of each run, whatever the rest of the sound says. Over a long run the cubic shoots far beyond the wave or stays far below it, and noise in the four samples grows with the length. Where one side has no two reliable samples in a row, as under strong clipping, the run stays at the level.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cubic_is_its_own_interpolant() {
        let p = |t: f64| 0.5 - t + 0.3 * t * t - 0.02 * t * t * t;
        let points = [3.0, 4.0, 9.0, 10.0].map(|t| (t, p(t)));
        assert!((3..=10).map(f64::from).all(|t| (cubic(&points, t) - p(t)).abs() < 1e-12));
    }

    #[test]
    fn runs_are_maximal() {
        let marked = [true, false, true, true, false, false, true];
        assert_eq!(runs(7, |t| marked[t]), [0..1, 2..4, 6..7]);
        assert!(runs(4, |_| false).is_empty());
    }
}
