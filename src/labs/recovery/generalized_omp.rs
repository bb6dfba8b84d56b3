//! Generalized orthogonal matching pursuit, gOMP.
//!
//! ```text
//! S = {}, r = y
//! repeat
//!     S = S + the t columns with the largest |<a_j, r>| / |a_j|
//!     x = argmin |y - A z|                      over z supported on S
//!     r = y - A x
//! until |r| <= tolerance |y|, or after min(k, m / t) steps
//! ```
//!
//! Seeks a sparse `x` with `A x = y`, t columns at a time: fewer steps than OMP, and a step is right where one of its
//! columns is. The false ones among them are harmless without noise, as their entries come out zero once all true
//! columns are there. `A` is m x n, real or complex; a step costs one product with `A^*`, the |S| <= m columns, and
//! O(m |S|^2) for their QR factorisation. With t = 1 this is OMP.
//!
//! Wang, Kwon and Shim, "Generalized orthogonal matching pursuit" (2012), table I; Liu and Temlyakov, "The orthogonal
//! super greedy algorithm and applications in compressed sensing" (2012), is the same method.

use super::linear::LinearInstance;
use super::selection::scores;
use super::walk::Walk;
use super::{LinearMethod, sparsity_for};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of generalized OMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GeneralizedOmp {
    /// Spikes to look for, and so the most steps; the number of true ones where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Columns to take at a step.
    #[schemars(range(min = 1, max = 64), extend("x-unit" = "columns"))]
    pub columns: usize,
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384))]
    pub max_steps: usize,
}

impl Default for GeneralizedOmp {
    fn default() -> Self {
        Self { sparsity: None, columns: 3, tolerance: 1e-10, max_steps: 16384 }
    }
}

impl LinearMethod for GeneralizedOmp {
    const CARD: MethodCard = MethodCard {
        id: "generalized-omp",
        lab: "recovery",
        problem: "linear",
        title: "Generalized orthogonal matching pursuit",
        short: "gOMP",
        sentence: "with {columns} columns a step",
        line: "OMP that takes several columns at a time",
        cost: "one product with A^* and O(m k^2)",
        when: "OMP takes too many steps",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        if self.columns > instance.rows() {
            let most = instance.rows();
            let message = format!("goes up to the number of measurements, {most}, not {}", self.columns);
            return Err(Complaint::new("columns", message));
        }
        let steps = sparsity_for(self.sparsity, instance)?.min(instance.rows() / self.columns);
        let walk = Walk::new(instance.clone(), self.tolerance);
        Ok(Box::new(Pursuit { columns: self.columns, steps, steps_done: 0, walk }))
    }
}

/// A run of gOMP.
struct Pursuit<S: Scalar> {
    columns: usize,
    /// All steps to make.
    steps: usize,
    steps_done: usize,
    walk: Walk<S>,
}

impl<S: Scalar> Run for Pursuit<S> {
    fn step(&mut self) -> Status {
        let walk = &mut self.walk;
        let mut scored = scores(&walk.instance, &walk.correlations, true);
        for &j in &walk.now.support {
            scored[j] = S::zero();
        }
        let chosen = walk.select(scored, self.columns);
        if chosen.is_empty() {
            walk.stay();
            return Status::Converged("no column is left that correlates with the residual".into());
        }
        let next = walk.fit(&walk.support_and(&chosen));
        self.steps_done += 1;
        match walk.go_to(next) {
            Status::Running if self.steps_done >= self.steps => {
                Status::Converged(format!("all {} steps made", self.steps))
            }
            status => status,
        }
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What gOMP looks at",
            "$|\\langle a_j, r\\rangle|$ before this step; the columns at or above the line are taken",
        )
    }
}

static NOTE: Note = Note {
    formula: r"S_t = S_{t-1} \cup \mathrm{top}_c\, \frac{|\langle a_j, r_{t-1}\rangle|}{\|a_j\|}, \qquad r_t = y - P_{S_t}\, y",
    breaks: "Columns are never taken out again. Without noise the false ones end at zero; with noise they fit it, and there are more of them than in OMP. No more than m / c steps of c columns are possible, so that with many columns a step measurements run out before all true ones are in.",
};
