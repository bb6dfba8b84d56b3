//! Orthogonal least squares.
//!
//! ```text
//! S = {}, r = y, n_j = |a_j|^2
//! repeat
//!     j    = argmax |<a_j, r>| / sqrt n_j       the column that lowers |r| most once all are fitted again
//!     S    = S + {j}
//!     q    = what a_j adds to the span of S, to unit length
//!     n_i -= |<a_i, q>|^2                       for all i: the part of a_i outside the span, squared
//!     x    = argmin |y - A z|                   over z supported on S
//!     r    = y - A x
//! until |S| = k  or  |r| <= tolerance |y|
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x`, greedily. OMP compares columns by their own length, OLS by the length of
//! what they add; the pick is then the best one there is, for one step. Also called order-recursive matching pursuit,
//! forward selection, and, in SPAMS, OMP. `A` is m x n, real or complex; a step costs two products with `A^*` and
//! O(m |S|) for the QR factorisation that grows with S.
//!
//! Chen, Billings and Luo, "Orthogonal least squares methods and their application to non-linear system
//! identification" (1989), section 3; Blumensath and Davies, "On the difference between orthogonal matching pursuit
//! and orthogonal least squares" (2007).

use super::growing_fit::GrowingFit;
use super::linear::LinearInstance;
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, argmax_abs, norm};
use crate::operators::{Counted, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A column is dependent where less than this part of its squared length is outside the span of the picks: the
/// subtractions leave errors of about 1e-15.
const DEPENDENT: f64 = 1e-12;

/// Parameters of orthogonal least squares.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ols {
    /// Columns to pick; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "picks"))]
    pub sparsity: Option<usize>,
    /// Stop early when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384))]
    pub max_steps: usize,
}

impl Default for Ols {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-10, max_steps: 16384 }
    }
}

impl LinearMethod for Ols {
    const CARD: MethodCard = MethodCard {
        id: "ols",
        lab: "recovery",
        problem: "linear",
        title: "Orthogonal least squares",
        short: "OLS",
        sentence: "stopped after {sparsity} picks",
        line: "Picks the column that leaves least once all are fitted again, repeats",
        cost: "two products with A^* and O(m k)",
        when: "columns are correlated and k is small",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let mut run = Selection {
            sparsity: sparsity_for(self.sparsity, instance)?,
            tolerance: self.tolerance,
            operator: Counted::new(instance.operator.clone()),
            fit: GrowingFit::new(&instance.measurements, instance.cols()),
            outside: instance.column_norms.iter().map(|size| size * size).collect(),
            ahead: Vec::new(),
            looked_at: Vec::new(),
            picked: None,
            instance: instance.clone(),
        };
        run.look();
        run.looked_at.clone_from(&run.ahead);
        Ok(Box::new(run))
    }
}

/// A run of OLS.
struct Selection<S: Scalar> {
    sparsity: usize,
    tolerance: f64,
    instance: Arc<LinearInstance<S>>,
    operator: Counted<S>,
    fit: GrowingFit<S>,
    /// `n_j`.
    outside: Vec<f64>,
    /// `<a_j, r> / sqrt n_j`, zero for dependent columns: what the next pick looks at.
    ahead: Vec<S>,
    /// The same as it was when the last pick was made, and that pick.
    looked_at: Vec<S>,
    picked: Option<usize>,
}

impl<S: Scalar> Selection<S> {
    /// Rates the columns by how much each would lower the residual.
    fn look(&mut self) {
        let mut correlations = vec![S::zero(); self.instance.cols()];
        self.operator.adjoint(&self.fit.residual, &mut correlations);
        let rated = |((&c, &outside), &size): ((&S, &f64), &f64)| {
            if outside > DEPENDENT * size * size { c / outside.sqrt() } else { S::zero() }
        };
        self.ahead = correlations.iter().zip(&self.outside).zip(&self.instance.column_norms).map(rated).collect();
    }

    /// Adds the best column to the fit; `None` when none is left that would lower the residual.
    fn pick(&mut self) -> Option<usize> {
        let mut column = vec![S::zero(); self.instance.rows()];
        loop {
            let j = argmax_abs(&self.looked_at, |j| self.outside[j] > 0.0)?;
            self.operator.column(j, &mut column);
            let added = self.fit.add(j, &column).is_ok();
            self.outside[j] = 0.0;
            if added {
                return Some(j);
            }
        }
    }

    /// Takes from every column what lies along the direction that the last pick added.
    fn project_out(&mut self) {
        let Some(direction) = self.fit.last_direction() else { return };
        let mut along = vec![S::zero(); self.instance.cols()];
        self.operator.adjoint(direction, &mut along);
        for (outside, along) in self.outside.iter_mut().zip(&along) {
            *outside = (*outside - along.abs_squared()).max(0.0);
        }
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.fit.residual) / size } else { 0.0 }
    }
}

impl<S: Scalar> Run for Selection<S> {
    fn step(&mut self) -> Status {
        self.looked_at.clone_from(&self.ahead);
        self.picked = self.pick();
        if self.picked.is_none() {
            return Status::Converged("no column is left that would lower the residual".into());
        }
        self.project_out();
        self.look();
        if self.relative_residual() <= self.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.tolerance))
        } else if self.fit.picks.len() >= self.sparsity {
            Status::Converged(format!("all {} picks made", self.sparsity))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What OLS looks at",
            "$|\\langle a_j, r\\rangle| / |P^\\perp a_j|$: by how much each column would shorten the residual",
        );
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        Observation {
            estimate: Values::lend(&self.fit.estimate),
            support: Cow::Borrowed(&self.fit.support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual() }],
            panels: vec![Panel::vector(names, Kind::Bars, &self.looked_at).with_marks(chosen)],
            events: self.picked.map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "ols",
    n: None,
    lab: "recovery",
    title: "Orthogonal least squares",
    paper: Paper {
        authors: "Chen, Billings and Luo",
        title: "Orthogonal least squares methods and their application to non-linear system identification",
        year: 1989,
        link: "https://doi.org/10.1080/00207178908953472",
    },
    idea: "Try every column beside those already picked, fit all of them by least squares, and keep the one that leaves the smallest residual. Only the part of a column that the picks do not span can help, so columns are compared by that part.",
    formula: r"j_t = \arg\max_j \frac{|\langle a_j, r_{t-1}\rangle|}{|P_{S_{t-1}}^{\perp} a_j|} = \arg\min_j \big|y - P_{S_{t-1} \cup j}\, y\big|",
    consequence: "Each pick is the best one, for that step. OMP's pick is, only while columns are nearly orthogonal to those picked.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *What OLS looks at* columns close to a picked one stand taller than in OMP: little of them is left, and it counts in full.",
        },
        Watch {
            panel: "convergence",
            text: "The residual in *Convergence* falls faster than that of OMP from one step to the next. The error need not.",
        },
    ],
    try_this: &[
        Try {
            link: "Take independent columns.",
            question: "Do the two still differ?",
            patch: r#"{"problem":{"matrix":{"id":"gaussian","correlation":null}}}"#,
        },
        Try {
            link: "Correlate neighbours at 0.95.",
            question: "Which of the two loses more?",
            patch: r#"{"problem":{"matrix":{"id":"correlated","correlation":0.95}}}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Is the best pick also a right one?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
    ],
    breaks: "The best pick for one step may be wrong, and is never taken back. Among many columns some false one always fits the residual well by chance.",
    spec: r#"{"v":1,"seed":6,"problem":{"id":"linear","matrix":{"id":"correlated","correlation":0.9},"signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"ols"},{"id":"omp"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With neighbouring columns correlated at 0.8, k = 6 Gaussian spikes, m = 80, n = 256 and no noise, OLS recovers exactly in at least 85 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","matrix":{"id":"correlated","correlation":0.8},"signal":{"id":"sparse","sparsity":6}},"methods":[{"id":"ols"}]}"#,
            trials: 400,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.85),
        measured: 0.9325,
    }],
};
