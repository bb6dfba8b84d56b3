//! Batch orthogonal matching pursuit: OMP for many signals over one dictionary.
//!
//! ```text
//! G = A^T A                                          once for all signals
//! for each column y of Y
//!     alpha0 = A^T y, alpha = alpha0, S = {}
//!     repeat
//!         j     = argmax |alpha_j| / |a_j|           over columns not in S
//!         S     = S + {j}
//!         x_S   = G_SS^{-1} alpha0_S                 by a Cholesky factor that grows by one row
//!         alpha = alpha0 - G_S x_S                   which is A^T (y - A x)
//!         e     = |y|^2 - x_S^T alpha0_S             which is |y - A x|^2
//!     until |S| = k  or  e <= tolerance^2 |y|^2
//! ```
//!
//! Solves `min |y - A x|` over k-sparse x for every snapshot by itself, with OMP's picks, and without ever looking at a residual:
//! a pick costs O(n |S|) where OMP's costs O(m n). `A` is m x n; the Gram matrix costs O(m n^2) once and n^2 numbers
//! of memory. The residual is a difference of squares, so that tolerances below 1e-7 are not met for sure. A pick is an
//! inner step, a snapshot a step.
//!
//! Rubinstein, Zibulevsky and Elad, "Efficient implementation of the K-SVD algorithm using batch orthogonal matching
//! pursuit" (2008), Algorithm 2.

use super::LabMethod;
use super::mmv::{MmvInstance, frobenius};
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{argmax_among, axpy, dot, subtract};
use crate::linalg::ActiveCholesky;
use crate::operators::{Dense, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Most columns whose Gram matrix is made.
const MOST_COLS: usize = 4096;

/// Parameters of Batch-OMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BatchOmp {
    /// Columns to pick for each snapshot; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 4096), extend("x-unit" = "picks"))]
    pub sparsity: Option<usize>,
    /// Stop early when the residual falls below this fraction of a snapshot's measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most snapshots.
    #[schemars(range(min = 1, max = 4096))]
    pub max_steps: usize,
}

impl Default for BatchOmp {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-6, max_steps: 4096 }
    }
}

impl LabMethod for BatchOmp {
    type Solves = MmvInstance;

    const CARD: MethodCard = MethodCard {
        id: "batch-omp",
        lab: "recovery",
        problem: "mmv",
        title: "Batch orthogonal matching pursuit",
        short: "Batch-OMP",
        sentence: "stopped after {sparsity} picks a snapshot",
        line: "OMP for each snapshot by itself; picks cost little once columns are compared",
        cost: "O(n k) a snapshot, once the Gram matrix is there",
        when: "many signals share one matrix, and n is a few thousand at most",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &MmvInstance) -> Result<Box<dyn Run>, Complaint> {
        let n = instance.cols();
        if n > MOST_COLS {
            let message = format!("keeps the Gram matrix of up to {MOST_COLS} unknowns, and there are {n}");
            return Err(Complaint::new("id", message));
        }
        let columns = Dense::of(&*instance.operator);
        let gram = |j: usize| (0..n).map(|i| dot(columns.column_slice(i), columns.column_slice(j))).collect();
        Ok(Box::new(Batch {
            sparsity: instance.sparsity_for(self.sparsity)?,
            tolerance: self.tolerance,
            gram: (0..n).map(gram).collect(),
            lengths: instance.column_norms.clone(),
            measurements: instance.measurements.clone(),
            residuals: instance.measurements.clone(),
            size: instance.size(),
            snapshot: 0,
            coding: None,
            alpha: vec![0.0; n],
            estimate: vec![0.0; n * instance.snapshots()],
            support: Vec::new(),
            events: Vec::new(),
            picked: None,
            // The Gram matrix is n products with the adjoint.
            products: n as f64,
            columns,
        }))
    }
}

/// One snapshot on its way.
struct Coding {
    /// `A^T y`.
    alpha0: Vec<f64>,
    /// Of `G_SS`.
    factor: ActiveCholesky<f64>,
    /// S in the order of picks, and `x_S`.
    picks: Vec<usize>,
    values: Vec<f64>,
    free: Vec<bool>,
    /// `|y|^2`.
    power: f64,
}

/// A run of Batch-OMP.
struct Batch {
    sparsity: usize,
    tolerance: f64,
    columns: Dense<f64>,
    /// Rows of `A^T A`.
    gram: Vec<Vec<f64>>,
    lengths: Vec<f64>,
    measurements: Vec<Vec<f64>>,
    /// Of snapshots that are done; the measurements of others.
    residuals: Vec<Vec<f64>>,
    /// `|Y|`.
    size: f64,
    /// The snapshot that is next, or on its way.
    snapshot: usize,
    coding: Option<Coding>,
    /// `A^T r`, as the last pick saw it.
    alpha: Vec<f64>,
    /// Columns of X, one after the other.
    estimate: Vec<f64>,
    /// Rows that are picked for any snapshot, ascending.
    support: Vec<usize>,
    events: Vec<Event>,
    picked: Option<usize>,
    products: f64,
}

impl Batch {
    fn begin(&mut self) -> Coding {
        let y = &self.measurements[self.snapshot];
        let mut alpha0 = vec![0.0; self.lengths.len()];
        self.columns.adjoint(y, &mut alpha0);
        self.products += 1.0;
        let free = self.lengths.iter().map(|&length| length > 0.0).collect();
        let (picks, values) = (Vec::new(), Vec::new());
        Coding { alpha0, factor: ActiveCholesky::new(), picks, values, free, power: dot(y, y) }
    }

    /// `alpha = alpha0 - G_S x_S`.
    fn look(&mut self, coding: &Coding) {
        self.alpha.clone_from(&coding.alpha0);
        for (&j, &x) in coding.picks.iter().zip(&coding.values) {
            axpy(-x, &self.gram[j], &mut self.alpha);
        }
    }

    /// Adds the strongest column that is not in the span of the others; `None` when none is left.
    fn pick(&self, coding: &mut Coding) -> Option<usize> {
        loop {
            let usable = (0..self.alpha.len()).filter(|&j| coding.free[j]);
            let j = argmax_among(usable.map(|j| (j, self.alpha[j] / self.lengths[j])))?;
            coding.free[j] = false;
            let products: Vec<f64> = coding.picks.iter().map(|&i| self.gram[j][i]).collect();
            if coding.factor.push(&products, self.gram[j][j]).is_ok() {
                coding.picks.push(j);
                coding.values = coding.picks.iter().map(|&i| coding.alpha0[i]).collect();
                coding.factor.solve(&mut coding.values);
                return Some(j);
            }
        }
    }

    /// Whether the snapshot is explained well enough.
    fn explained(&self, coding: &Coding) -> bool {
        let fitted: f64 = coding.picks.iter().zip(&coding.values).map(|(&j, x)| x * coding.alpha0[j]).sum();
        coding.power - fitted <= self.tolerance * self.tolerance * coding.power
    }

    /// Notes the values of the snapshot on its way, and that a row is in use.
    fn write(&mut self, coding: &Coding, picked: Option<usize>) {
        let cols = self.lengths.len();
        for (&j, &x) in coding.picks.iter().zip(&coding.values) {
            self.estimate[self.snapshot * cols + j] = x;
        }
        if let Some(j) = picked
            && let Err(place) = self.support.binary_search(&j)
        {
            self.support.insert(place, j);
            self.events.push(Event::Pick { index: j });
        }
    }

    fn finish(&mut self) {
        let cols = self.lengths.len();
        let x = &self.estimate[self.snapshot * cols..(self.snapshot + 1) * cols];
        let mut image = vec![0.0; self.columns.rows()];
        self.columns.apply(x, &mut image);
        subtract(&self.measurements[self.snapshot], &image, &mut self.residuals[self.snapshot]);
        self.snapshot += 1;
    }
}

impl Run for Batch {
    fn step(&mut self) -> Status {
        self.events.clear();
        let mut coding = self.coding.take().unwrap_or_else(|| self.begin());
        self.look(&coding);
        self.picked = self.pick(&mut coding);
        self.write(&coding, self.picked);
        if self.picked.is_some() && coding.picks.len() < self.sparsity && !self.explained(&coding) {
            self.coding = Some(coding);
            return Status::Inner;
        }
        self.finish();
        if self.snapshot < self.measurements.len() {
            Status::Running
        } else {
            Status::Converged(format!("all {} snapshots are done", self.snapshot))
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What Batch-OMP looks at",
            "$|\\alpha_j|$ of the snapshot on its way; the tallest, by $|a_j|$, is picked",
        );
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        let left = frobenius(&self.residuals);
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace {
                name: "relative_residual",
                value: if self.size > 0.0 { left / self.size } else { 0.0 },
            }],
            panels: vec![Panel::vector(names, Kind::Bars, &self.alpha).with_marks(chosen)],
            events: self.events.clone(),
            products: self.products,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "batch-omp",
    n: None,
    lab: "recovery",
    title: "Batch orthogonal matching pursuit",
    paper: Paper {
        authors: "Rubinstein, Zibulevsky and Elad",
        title: "Efficient implementation of the K-SVD algorithm using batch orthogonal matching pursuit",
        year: 2008,
        link: "https://csaws.cs.technion.ac.il/~ronrubin/Publications/KSVD-OMP-v2.pdf",
    },
    idea: "Compare all columns with each other once. Then OMP never needs the residual again: what a pick takes from every correlation is known.",
    formula: r"\alpha = A^\top y - G_S\, x_S, \quad x_S = G_{SS}^{-1} (A^\top y)_S, \quad G = A^\top A",
    consequence: "The picks are OMP's. Many signals over one dictionary share the one expensive product.",
    watch: &[
        Watch { panel: "snapshots", text: "*Snapshots* are filled line by line, each by itself." },
        Watch {
            panel: "support",
            text: "Lines in *Support* start where a row is used for the first time. They need have nothing to do with each other.",
        },
    ],
    try_this: &[
        Try {
            link: "Give all snapshots the same places.",
            question: "Nobody tells Batch-OMP. What would SOMP make of it?",
            patch: r#"{"problem":{"signal":{"id":"row-sparse","sparsity":8}},"methods":[{"id":"batch-omp"},{"id":"somp"}]}"#,
        },
        Try {
            link: "Take 9 spikes a snapshot.",
            question: "How many of the snapshots still come out right?",
            patch: r#"{"problem":{"signal":{"sparsity":9}}}"#,
        },
        Try {
            link: "Stop each snapshot at a tenth of its size.",
            question: "Which snapshots need the fewest picks?",
            patch: r#"{"methods":[{"id":"batch-omp","tolerance":0.1}]}"#,
        },
    ],
    breaks: "As OMP: a pick is never taken back. The Gram matrix needs n² numbers, and small residuals drown in rounding.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"mmv","rows":32,"signal":{"id":"own-supports","sparsity":5}},"methods":[{"id":"batch-omp"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With 3 spikes in places of their own in each of eight snapshots, m = 32, n = 96, all are recovered in at least 80 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"mmv","rows":32,"signal":{"id":"own-supports","sparsity":3}},"methods":[{"id":"batch-omp"}]}"#,
            trials: 400,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.8),
        measured: 0.9875,
    }],
};
