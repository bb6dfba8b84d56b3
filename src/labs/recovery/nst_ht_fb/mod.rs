//! Null space tuning, hard thresholding and feedback.
//!
//! ```text
//! x = A^+ y                                                  the shortest solution of A x = y
//! for k = 1, 2, ...
//!     T = places of the s_k largest entries of x
//!     u = x on T, and fed back what the tail explained:
//!           nothing,   or a gradient step,   or all of it:   u_T = x_T + A_T^+ A_{T^c} x_{T^c} = A_T^+ y
//!     x = u + A^+ (y - A u)                                  the solution of A x = y nearest to u
//! until |y - A u| <= tolerance |y|, or u rests
//! ```
//!
//! Seeks a sparse solution of `A x = y` by going to and fro between few entries and exact agreement. The estimate is u. In the fixed
//! scheme `s_k = k` is the sparsity; the adaptive ones need to be told nothing: `s_k` grows from step to step until u explains y.
//! `A` is m x n, real or complex. Once O(m^2 n) for a basis of the rows of `A`; a step costs a projection, O(m n), and O(m s_k^2) for
//! the fit.
//!
//! In the fixed scheme with all of the tail fed back, `|u_k - x|` falls by a factor r a step, and the support is exact after a number
//! of steps that is known beforehand; see [`promise`]. In the adaptive ones it cannot be before `s_k` reaches the number of spikes,
//! and on flat signals or random matrices it is then.
//!
//! Han, Li and Song, "The finite steps of convergence of the fast thresholding algorithms with feedbacks" (2017); Li, Liu and Mi, "Fast
//! thresholding algorithms with feedbacks for sparse signal recovery" (2014), for the algorithm with all feedback and with part of it.

mod exhibit;
pub mod promise;
mod scheme;

pub use scheme::{Feedback, Kept};

use super::linear::LinearInstance;
use super::row_space::RowSpace;
use super::walk::{Iterate, Walk};
use super::{LinearMethod, sparsity_for};
use crate::contract::{Axis, Complaint, Exhibit, Kind, MethodCard, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::{Scalar, distance, norm};
use crate::operators::sensing::MAX_STORED;
use crate::operators::{Dense, LinearOperator, squared_norm};
use promise::Promise;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The step of a partial feedback, in units of `1 / |A_T|^2`.
const PARTIAL_STEP: f64 = 0.75;

/// A move by less than this fraction of the estimate is rest.
const REST: f64 = 1e-8;

/// Parameters of NST+HT+FB.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NstHtFb {
    /// How many entries a step keeps.
    pub kept: Kept,
    /// What the kept entries are told of the others.
    pub feedback: Feedback,
    /// Stop when the residual falls below this fraction of the measurements, or to the noise where that is more.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for NstHtFb {
    fn default() -> Self {
        Self { kept: Kept::Fixed { sparsity: None }, feedback: Feedback::Full, tolerance: 1e-10, max_steps: 500 }
    }
}

impl LinearMethod for NstHtFb {
    const CARD: MethodCard = MethodCard {
        id: "nst-ht-fb",
        lab: "recovery",
        problem: "linear",
        title: "Null space tuning, hard thresholding and feedback",
        short: "NST+HT+FB",
        sentence: "keeping {kept}, with {feedback} feedback",
        line: "Keeps the largest entries of a solution, refits them, moves to the nearest solution, repeats",
        cost: "a projection, O(m n), and least squares on the kept columns, O(m k^2)",
        when: "measurements are exact, and k is large or not known",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        if instance.rows().saturating_mul(instance.cols()) > MAX_STORED {
            let message = format!("{} stores the matrix, which has at most {MAX_STORED} entries", Self::CARD.short);
            return Err(Complaint::new("id", message));
        }
        let fixed = match self.kept {
            Kept::Fixed { sparsity } => Some(sparsity_for(sparsity, instance).map_err(|c| c.within("kept"))?),
            _ => None,
        };
        let space = Arc::new(RowSpace::new(&*instance.operator, &instance.measurements));
        let size = norm(&instance.measurements);
        let noise = if size > 0.0 { instance.noise_norm / size } else { 0.0 };
        let walk = Walk::new(instance.clone(), self.tolerance.max(noise));
        Ok(Box::new(Tuning {
            promise: Promise::new(instance, &space, fixed.is_some() && self.feedback == Feedback::Full),
            solution: space.least_norm.clone(),
            settings: self.clone(),
            sizes: Vec::new(),
            hits: Vec::new(),
            seen: BTreeSet::new(),
            best: walk.now.clone(),
            fixed,
            space,
            walk,
        }))
    }
}

/// A run of NST+HT+FB.
struct Tuning<S: Scalar> {
    settings: NstHtFb,
    /// s, in the fixed scheme.
    fixed: Option<usize>,
    space: Arc<RowSpace<S>>,
    walk: Walk<S>,
    /// `x`, with `A x = y`.
    solution: Vec<S>,
    /// `s_k`, and how many entries of T were right, step by step.
    sizes: Vec<f64>,
    hits: Vec<f64>,
    promise: Promise<S>,
    /// Where each support decides the next: those that were met, and the estimate with the least residual.
    seen: BTreeSet<Vec<usize>>,
    best: Iterate<S>,
}

impl<S: Scalar> Tuning<S> {
    /// Most entries that are kept: more than half of m are nearly always able to explain anything.
    fn most(&self) -> usize {
        (self.walk.instance.rows() / 2).max(1)
    }

    /// `s_k` for the step that comes.
    fn size(&self) -> usize {
        let before = self.sizes.last().map_or(0, |&size| size as usize);
        let next = self.settings.kept.next(before, self.fixed.unwrap_or(1));
        if self.fixed.is_some() { next } else { next.min(self.most()) }
    }

    /// u on T.
    fn kept(&self, support: &[usize]) -> Iterate<S> {
        match self.settings.feedback {
            Feedback::Full => self.walk.fit(support),
            Feedback::None => self.walk.cut(&self.solution, support.to_vec()),
            Feedback::Partial => {
                // As A x = y, what the tail explains is the residual of the rest.
                let cut = self.walk.cut(&self.solution, support.to_vec());
                let mut pull = vec![S::zero(); self.solution.len()];
                self.walk.operator.adjoint(&cut.residual, &mut pull);
                let step = PARTIAL_STEP / self.columns(support).max(f64::MIN_POSITIVE);
                let mut fed = cut.estimate;
                support.iter().for_each(|&j| fed[j] += pull[j] * step);
                self.walk.cut(&fed, support.to_vec())
            }
        }
    }

    /// `|A_T|^2`.
    fn columns(&self, support: &[usize]) -> f64 {
        let rows = self.walk.instance.rows();
        let mut entries = Vec::with_capacity(rows * support.len());
        let mut column = vec![S::zero(); rows];
        for &j in support {
            self.walk.operator.column(j, &mut column);
            entries.extend_from_slice(&column);
        }
        squared_norm(&Dense::from_columns(rows, support.len(), entries))
    }

    /// Ends the run where going on would change nothing.
    fn rested(&mut self, support: &[usize], moved: bool) -> Option<Status> {
        if self.fixed.is_some() && self.settings.feedback == Feedback::Full {
            if support == self.walk.now.support {
                return Some(Status::Converged("the support repeats".into()));
            }
            if !self.seen.insert(support.to_vec()) {
                self.walk.go_to(self.best.clone());
                return Some(Status::Converged("the supports go in a circle; the best of them is kept".into()));
            }
        } else if self.fixed.is_some() && !moved {
            return Some(Status::Converged(format!("the estimate moves by less than {REST:e} of itself")));
        }
        None
    }
}

impl<S: Scalar> Run for Tuning<S> {
    fn step(&mut self) -> Status {
        let size = self.size();
        let support = self.walk.select(self.solution.clone(), size);
        let next = self.kept(&support);
        let moved = distance(&next.estimate, &self.walk.now.estimate) > REST * norm(&next.estimate);
        if let Some(status) = self.rested(&support, moved) {
            return status;
        }
        if norm(&next.residual) < norm(&self.best.residual) {
            self.best = next.clone();
        }
        self.solution.clone_from(&next.estimate);
        self.space.project(&mut self.solution);
        self.sizes.push(size as f64);
        self.hits.push(self.promise.hits(&support) as f64);
        let status = self.walk.go_to(next);
        self.promise.went_to(&self.walk.now.support, &self.walk.now.estimate);
        match status {
            Status::Running if self.fixed.is_none() && size >= self.most() => Status::Failed(format!(
                "{size} entries, half as many as measurements, do not explain y; there is noise, or there are more spikes than that"
            )),
            status => status,
        }
    }

    fn observe(&self) -> Observation<'_> {
        let mut seen = self.walk.observe(
            "The solution of A x = y",
            "$x$ before this step; the $s_k$ entries at or above the line in modulus are kept",
        );
        let axis = |label| Axis { label, unit: "", log: false };
        let staircase = Panel {
            id: "kept",
            title: "Kept and right",
            caption: "$s_k$, the entries that step $k$ keeps, and how many of them are true spikes",
            kind: Kind::Curves,
            shape: (2, self.sizes.len()),
            values: Values::give([self.sizes.as_slice(), self.hits.as_slice()].concat()),
            x: axis("step"),
            y: axis("entries"),
            marks: Vec::new(),
            table: None,
        };
        seen.panels.push(staircase);
        seen.panels.push(self.promise.panel());
        if let Some(steps) = self.predicted() {
            let first = self.promise.exact_after().unwrap_or(self.settings.max_steps);
            seen.traces.extend([
                Trace { name: "predicted_steps", value: steps as f64 },
                Trace { name: "over_prediction", value: first as f64 / steps as f64 },
                Trace { name: "rate", value: self.promise.rate().unwrap_or(1.0) },
            ]);
        }
        seen
    }

    fn glance(&self) -> Observation<'_> {
        Observation { panels: Vec::new(), ..self.walk.observe("", "") }
    }
}

impl<S: Scalar> Tuning<S> {
    /// Steps until the support is exact: at most, in the fixed scheme, all that it may take where nothing is promised; as soon
    /// as possible, in the others. None where the truth is not known.
    fn predicted(&self) -> Option<usize> {
        let spikes = self.promise.spikes()?;
        match self.settings.kept {
            Kept::Fixed { .. } => Some(self.promise.steps().unwrap_or(self.settings.max_steps)),
            growing => Some(growing.first_to_hold(spikes)),
        }
    }
}
