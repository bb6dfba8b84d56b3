//! Focal underdetermined system solver for several snapshots, M-FOCUSS.
//!
//! ```text
//! w_i = 1
//! repeat
//!     C   = lambda I + A W A^T                     W = diag(w)
//!     X   = W A^T C^{-1} Y
//!     w_i = |X_i|^{2 - p}                          X_i is row i
//! until |dX| <= tolerance |X|
//! ```
//!
//! Seeks a local minimum of `|Y - A X|^2 + lambda (2 / p) sum_i |X_i|^p` for `0 < p <= 2`, `|X_i|` the norm of row i: each
//! step minimises `|Y - A X|^2 + lambda sum_i |X_i|^2 / w_i`, which lies above it up to a constant, so the objective
//! never rises. A row that is zero stays so, and one that
//! is small grows slowly, so that even for p = 1, which has no local minima, it may come to rest beside the minimum. The first step is ridge regression. `lambda` is given as a fraction
//! of `sum_i |a_i|^2 w_i / m` after the first step, so that scaling `A` or `Y` changes nothing but the answer's scale. Rows below
//! 1e-12 of the largest are set to zero. `A` is m x n and there are L snapshots; a step costs O(m^2 (m + |S|) + m |S| L)
//! for the rows S that are left.
//!
//! Cotter, Rao, Engan and Kreutz-Delgado, "Sparse solutions to linear inverse problems with multiple measurement
//! vectors" (2005), section IV.

use super::LabMethod;
use super::covariance::covariance;
use super::mmv::{MmvInstance, frobenius, row_norms};
use crate::contract::{
    Axis, Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel,
    Paper, Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{axpy, distance, dot, norm, norm_inf};
use crate::operators::Dense;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Rows below this fraction of the largest are zero.
const ZERO: f64 = 1e-12;

/// Least lambda, as a fraction: C stays positive definite in double precision.
const LEAST: f64 = 1e-13;

/// Parameters of M-FOCUSS.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MFocuss {
    /// The exponent p: smaller is sparser, and has more local minima.
    #[schemars(range(min = 0.05, max = 2.0), extend("x-step" = 0.05))]
    pub exponent: f64,
    /// Lambda, as a fraction of the sum of |a_i|^2 w_i over m after the first step; about the noise's share of the
    /// measurements' power. Never less than 1e-13.
    #[schemars(range(min = 0.0, max = 1e3), extend("x-scale" = "log"))]
    pub regularisation: f64,
    /// Stop when a step changes X by less than this fraction.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for MFocuss {
    fn default() -> Self {
        Self { exponent: 0.8, regularisation: 1e-10, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LabMethod for MFocuss {
    type Solves = MmvInstance;

    const CARD: MethodCard = MethodCard {
        id: "m-focuss",
        lab: "recovery",
        problem: "mmv",
        title: "M-FOCUSS",
        short: "M-FOCUSS",
        sentence: "with the exponent {exponent}",
        line: "Reweighted least squares: a row that is short gets shorter",
        cost: "O(m^2 n)",
        when: "snapshots share a support and the noise is low",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &MmvInstance) -> Result<Box<dyn Run>, Complaint> {
        let cols = instance.cols();
        Ok(Box::new(Focusing {
            settings: self.clone(),
            columns: Dense::of(&*instance.operator),
            measurements: instance.measurements.clone(),
            norms: instance.column_norms.clone(),
            size: instance.size(),
            active: (0..cols).filter(|&j| instance.column_norms[j] > 0.0).collect(),
            weights: vec![1.0; cols],
            lambda: None,
            row_norms: vec![0.0; cols],
            estimate: vec![0.0; cols * instance.snapshots()],
            residuals: instance.measurements.clone(),
            dropped: Vec::new(),
            products: 1.0,
        }))
    }
}

/// A run of M-FOCUSS.
struct Focusing {
    settings: MFocuss,
    columns: Dense<f64>,
    measurements: Vec<Vec<f64>>,
    norms: Vec<f64>,
    /// `|Y|`.
    size: f64,
    /// Rows that are not zero, ascending.
    active: Vec<usize>,
    /// w, n entries.
    weights: Vec<f64>,
    /// Set after the first step.
    lambda: Option<f64>,
    row_norms: Vec<f64>,
    /// Columns of X, one after the other.
    estimate: Vec<f64>,
    residuals: Vec<Vec<f64>>,
    dropped: Vec<usize>,
    products: f64,
}

impl Focusing {
    /// A fraction of the mean of `|a_i|^2 w_i`, summed over the columns and divided by m.
    fn fraction_of_gain(&self) -> f64 {
        let gain: f64 = self.active.iter().map(|&j| self.norms[j] * self.norms[j] * self.weights[j]).sum();
        self.settings.regularisation.max(LEAST) * gain / self.measurements[0].len() as f64
    }

    /// `X = W A^T C^{-1} Y`; false when C is singular.
    fn solve(&mut self) -> bool {
        let lambda = self.lambda.unwrap_or_else(|| self.fraction_of_gain());
        let columns: Vec<_> = self.active.iter().map(|&j| (self.columns.column_slice(j), self.weights[j])).collect();
        let Ok(factor) = covariance(self.measurements[0].len(), &columns, lambda) else {
            return false;
        };
        let cols = self.weights.len();
        self.estimate.fill(0.0);
        self.residuals.clone_from(&self.measurements);
        for (l, residual) in self.residuals.iter_mut().enumerate() {
            let mut solved = residual.clone();
            factor.solve(&mut solved);
            for (&j, (column, weight)) in self.active.iter().zip(&columns) {
                let x = dot(column, &solved) * weight;
                axpy(-x, column, residual);
                self.estimate[l * cols + j] = x;
            }
        }
        self.products += (self.measurements.len() * 2) as f64 + self.measurements[0].len() as f64;
        true
    }

    /// New weights from the rows; rows that have vanished are dropped.
    fn reweight(&mut self) {
        let power = 2.0 - self.settings.exponent;
        self.row_norms = row_norms(&self.estimate, self.weights.len());
        let least = ZERO * norm_inf(&self.row_norms);
        let kept: Vec<usize> = self.active.iter().copied().filter(|&j| self.row_norms[j] > least).collect();
        self.dropped = self.active.iter().copied().filter(|&j| self.row_norms[j] <= least).collect();
        let cols = self.weights.len();
        for &j in &self.dropped {
            self.row_norms[j] = 0.0;
            self.estimate.iter_mut().skip(j).step_by(cols).for_each(|x| *x = 0.0);
        }
        self.active = kept;
        for (weight, &size) in self.weights.iter_mut().zip(&self.row_norms) {
            *weight = libm::pow(size, power);
        }
        if self.lambda.is_none() {
            self.lambda = Some(self.fraction_of_gain());
        }
    }

    /// `|Y - A X|^2 + lambda (2 / p) sum |X_i|^p`.
    fn objective(&self) -> f64 {
        let (p, misfit) = (self.settings.exponent, frobenius(&self.residuals));
        let sum: f64 = self.active.iter().map(|&j| libm::pow(self.row_norms[j], p)).sum();
        misfit * misfit + self.lambda.unwrap_or(0.0) * 2.0 / p * sum
    }
}

impl Run for Focusing {
    fn step(&mut self) -> Status {
        if self.size == 0.0 || self.active.is_empty() {
            self.dropped = std::mem::take(&mut self.active);
            return Status::Converged("no column is left that explains the measurements".into());
        }
        let before = self.estimate.clone();
        if !self.solve() {
            return Status::Failed("the weighted system is singular in double precision; raise regularisation".into());
        }
        self.reweight();
        let change = distance(&self.estimate, &before);
        if change <= self.settings.tolerance * norm(&self.estimate) {
            Status::Converged(format!("a step changes X by less than {:e} of it", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = ("looks-at", "What M-FOCUSS looks at", "$w_i = |X_i|^{2-p}$, how freely row $i$ may move next");
        let least = self.active.iter().map(|&j| self.weights[j]).fold(f64::INFINITY, f64::min);
        let line = Mark::Threshold { value: if least.is_finite() { least } else { 0.0 } };
        let mut panel = Panel::vector(names, Kind::Bars, &self.weights).with_marks([line]);
        panel.y = Axis { label: "weight", unit: "", log: true };
        let residual = frobenius(&self.residuals);
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.active),
            traces: vec![
                Trace { name: "relative_residual", value: if self.size > 0.0 { residual / self.size } else { 0.0 } },
                Trace { name: "objective", value: self.objective() },
            ],
            panels: vec![panel],
            events: self.dropped.iter().map(|&index| Event::Drop { index }).collect(),
            products: self.products,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "m-focuss",
    n: None,
    lab: "recovery",
    title: "M-FOCUSS: reweighted least squares for snapshots",
    paper: Paper {
        authors: "Cotter, Rao, Engan and Kreutz-Delgado",
        title: "Sparse solutions to linear inverse problems with multiple measurement vectors",
        year: 2005,
        link: "https://doi.org/10.1109/TSP.2005.849172",
    },
    idea: "Solve weighted least squares; then let the norm of each row, over all snapshots, be its weight. Short rows are made shorter until they are gone.",
    formula: r"\min_X\; \sum_i \|X_{i,:}\|_2^{\,p} \;\text{ s.t. } AX = Y, \qquad w_i \leftarrow \|X_{i,:}\|_2^{2-p}",
    consequence: "All snapshots share their weights, so a row is kept or lost as a whole.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Weights in *What M-FOCUSS looks at*, on a log scale: a gap opens between the rows that stay and the rest.",
        },
        Watch { panel: "snapshots", text: "*Snapshots* begin as a blur over all places and come into focus." },
        Watch { panel: "convergence", text: "The error in *Convergence* falls ever faster once the support is right." },
    ],
    try_this: &[
        Try {
            link: "Take p = 1.",
            question: "Convex now, and no more local minima. What does it cost?",
            patch: r#"{"methods":[{"id":"m-focuss","exponent":1}]}"#,
        },
        Try {
            link: "Take p = 0.2.",
            question: "It decides sooner. Rightly?",
            patch: r#"{"methods":[{"id":"m-focuss","exponent":0.2}]}"#,
        },
        Try {
            link: "Take one snapshot.",
            question: "This is FOCUSS. How many rows does it keep?",
            patch: r#"{"problem":{"snapshots":1}}"#,
        },
        Try {
            link: "Add noise at 20 dB.",
            question: "Raise the regularisation until the small rows go. Where is the error least?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"m-focuss","regularisation":0.01}]}"#,
        },
    ],
    breaks: "For p < 1 there are local minima, and where it ends depends on where it starts. Under noise it needs a regularisation that nobody tells it.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"mmv","signal":{"id":"row-sparse","sparsity":14}},"methods":[{"id":"m-focuss"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With 14 common rows, m = 24, n = 96 and eight snapshots, M-FOCUSS recovers to a relative error of 1e-3 in at least 90 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"mmv","signal":{"id":"row-sparse","sparsity":14}},"methods":[{"id":"m-focuss"}]}"#,
            trials: 200,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
        },
        bound: Bound::AtLeast(0.9),
        measured: 0.965,
    }],
};
