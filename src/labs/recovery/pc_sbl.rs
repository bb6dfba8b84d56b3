//! Pattern-coupled sparse Bayesian learning of an array: entries whose neighbours are large are expected to be large.
//!
//! ```text
//! alpha = the same for all, s2 = |y|^2 / (10 m)
//! repeat
//!     1 / gamma_n = alpha_n + eta sum of alpha over neighbours of n
//!     x, S    = posterior means and variances under N(0, gamma_n)
//!     omega_n = (|x_n|^2 + S_nn) + eta sum of |x|^2 + S over neighbours of n
//!     alpha_n = (a + 1/2) / (omega_n / 2 + b)
//!     s2      = (|y - A x|^2 + s2 sum_n (1 - S_nn / gamma_n)) / m, unless s2 is given
//! until |dx| <= tolerance |x|
//! ```
//!
//! Neighbours differ by one in one index, and only along indices whose support is known to be one block: it knows of
//! blocks, not of products. a = 1/2 and b = 1e-4 as in the paper, b in units of the entries' mean square. No entry is ever
//! dropped, so that a step costs O(m^2 (m + n)).
//!
//! Fang, Shen, Li and Wang, "Pattern-coupled sparse Bayesian learning for recovery of block-sparse signals" (2015).

use super::covariance::covariance;
use super::kronecker::KroneckerInstance;
use super::unstructured_sbl::MOST_ENTRIES;
use crate::contract::{
    Axis, Complaint, Kind, Mark, MethodCard, Note, Observation, Panel, Run, Status, Trace, TypedMethod, Values,
};
use crate::kernels::{Scalar, distance, dot, norm};
use crate::linalg::Cholesky;
use crate::operators::LinearOperator;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Of the Gamma law of precisions: a, and b in units of the entries' mean square.
const GAMMA_LAW: (f64, f64) = (0.5, 1e-4);

/// Least noise variance, relative to `|y|^2 / m`, and the first one.
const NOISES: (f64, f64) = (1e-10, 0.1);

/// Entries whose prior variance exceeds this fraction of the largest make up the support.
const SUPPORT: f64 = 1e-3;

/// Parameters of pattern-coupled sparse Bayesian learning.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PcSbl {
    /// How strongly neighbours are coupled, eta.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
    pub coupling: f64,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-10 of |y|^2 / m.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Stop when a step changes the estimate by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for PcSbl {
    fn default() -> Self {
        Self { coupling: 0.9, noise_variance: None, tolerance: 1e-4, max_steps: 150 }
    }
}

impl TypedMethod for PcSbl {
    type Instance = KroneckerInstance;

    const CARD: MethodCard = MethodCard {
        id: "pc-sbl",
        lab: "recovery",
        problem: "kronecker",
        title: "Pattern-coupled sparse Bayesian learning",
        short: "PC-SBL",
        sentence: "with coupling {coupling}",
        line: "SBL in which neighbours share their precisions",
        cost: "O(m^2 (m + n))",
        when: "entries come in clusters of unknown places and sizes",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<KroneckerInstance>) -> Result<Box<dyn Run>, Complaint> {
        let size = instance.rows() * instance.cols();
        if size > MOST_ENTRIES {
            let message = format!("{} takes products of up to {MOST_ENTRIES} entries, not {size}", Self::CARD.short);
            return Err(Complaint::new("id", message));
        }
        Ok(Box::new(Learning::new(self.clone(), instance.clone())))
    }
}

/// A run of PC-SBL.
struct Learning {
    settings: PcSbl,
    instance: Arc<KroneckerInstance>,
    columns: Vec<Vec<Complex64>>,
    /// alpha.
    precisions: Vec<f64>,
    /// gamma, at which the estimate was made.
    variances: Vec<f64>,
    noise: f64,
    mean_square: f64,
    /// What prior variances are measured in.
    scale: f64,
    objective: f64,
    estimate: Vec<Complex64>,
    residual: Vec<Complex64>,
    support: Vec<usize>,
    products: f64,
}

impl Learning {
    fn new(settings: PcSbl, instance: Arc<KroneckerInstance>) -> Self {
        let (rows, cols) = (instance.rows(), instance.cols());
        let column = |j: usize| {
            let mut column = vec![Complex64::default(); rows];
            instance.operator.column(j, &mut column);
            column
        };
        let columns: Vec<Vec<Complex64>> = (0..cols).map(column).collect();
        let power = Complex64::norm_squared(&instance.measurements);
        let energy: f64 = columns.iter().map(|column| Complex64::norm_squared(column)).sum();
        let scale = if energy > 0.0 { power / energy } else { 0.0 };
        let mean_square = power / rows as f64;
        let told = settings.noise_variance.unwrap_or(NOISES.1 * mean_square);
        Self {
            columns,
            precisions: vec![if scale > 0.0 { 1.0 / scale } else { 1.0 }; cols],
            variances: vec![scale; cols],
            noise: told.max(NOISES.0 * mean_square),
            mean_square,
            scale,
            objective: 0.0,
            estimate: vec![Complex64::default(); cols],
            residual: instance.measurements.clone(),
            support: (0..cols).collect(),
            products: 0.0,
            settings,
            instance,
        }
    }

    /// Each entry plus the coupling times its neighbours along blocks.
    fn coupled(&self, values: &[f64]) -> Vec<f64> {
        let sizes = self.instance.sizes();
        let mut sums = values.to_vec();
        for (mode, _) in self.instance.blocky.iter().enumerate().filter(|(_, blocky)| **blocky) {
            let inner: usize = sizes[mode + 1..].iter().product();
            for (n, &value) in values.iter().enumerate() {
                let place = n / inner % sizes[mode];
                if place > 0 {
                    sums[n - inner] += self.settings.coupling * value;
                }
                if place + 1 < sizes[mode] {
                    sums[n + inner] += self.settings.coupling * value;
                }
            }
        }
        sums
    }

    /// The posterior under the present precisions; returns expected squares, and learns the noise.
    fn expect(&mut self, factor: &Cholesky<Complex64>) -> Vec<f64> {
        let mut weights = self.instance.measurements.clone();
        factor.solve(&mut weights);
        self.objective = factor.log_determinant() + dot(&self.instance.measurements, &weights).re();
        let (mut squares, mut determined) = (Vec::with_capacity(self.columns.len()), 0.0);
        let mut forward = weights.clone();
        for ((column, &variance), x) in self.columns.iter().zip(&self.variances).zip(&mut self.estimate) {
            *x = dot(column, &weights) * variance;
            forward.copy_from_slice(column);
            factor.forward(&mut forward);
            let share = (variance * Complex64::norm_squared(&forward)).min(1.0);
            determined += share;
            squares.push(x.abs_squared() + variance * (1.0 - share));
        }
        self.residual = self.instance.residual(&self.estimate);
        if self.settings.noise_variance.is_none() {
            let next = Complex64::norm_squared(&self.residual) + self.noise * determined;
            self.noise = (next / self.residual.len() as f64).max(NOISES.0 * self.mean_square);
        }
        squares
    }
}

impl Run for Learning {
    fn step(&mut self) -> Status {
        if self.scale == 0.0 {
            self.support.clear();
            return Status::Converged("x = 0 explains the measurements".into());
        }
        self.variances = self.coupled(&self.precisions).iter().map(|precision| 1.0 / precision).collect();
        let weighted: Vec<_> = self.columns.iter().map(Vec::as_slice).zip(self.variances.iter().copied()).collect();
        let Ok(factor) = covariance(self.instance.rows(), &weighted, self.noise) else {
            return Status::Failed(
                "the covariance of the measurements is singular in double precision; raise noise_variance".into(),
            );
        };
        let before = self.estimate.clone();
        let squares = self.expect(&factor);
        self.products += self.instance.rows() as f64 + 2.0;
        let (a, b) = (GAMMA_LAW.0 + 0.5, GAMMA_LAW.1 * self.scale);
        self.precisions = self.coupled(&squares).iter().map(|omega| a / (0.5 * omega + b)).collect();
        let most = self.variances.iter().fold(0.0_f64, |most, &gamma| most.max(gamma));
        self.support = (0..squares.len()).filter(|&n| self.variances[n] > SUPPORT * most).collect();
        if distance(&self.estimate, &before) <= self.settings.tolerance * norm(&self.estimate) {
            Status::Converged(format!("a step changes x by less than {:e} of it", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = ("looks-at", "What PC-SBL looks at", "$\\gamma_n$, prior variances of all entries");
        let most = self.variances.iter().fold(0.0_f64, |most, &gamma| most.max(gamma));
        let line = Mark::Threshold { value: SUPPORT * most };
        let mut panel = Panel::vector(names, Kind::Bars, &self.variances).with_marks([line]);
        panel.x = Axis::plain("entry");
        panel.y = Axis { label: "variance", unit: "", log: true };
        let size = norm(&self.instance.measurements);
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: if size > 0.0 { norm(&self.residual) / size } else { 0.0 } },
                Trace { name: "objective", value: self.objective },
                Trace { name: "noise_variance", value: self.noise },
            ],
            panels: vec![panel],
            events: Vec::new(),
            products: self.products,
        }
    }
}

static NOTE: Note = Note {
    formula: r"\gamma_n^{-1} = \alpha_n + \eta \sum_{l \sim n} \alpha_l, \qquad \alpha_n = \frac{a + \frac12}{\frac12 \omega_n + b}, \qquad \omega_n = d_n + \eta \sum_{l \sim n} d_l, \qquad d_n = |x_n|^2 + \Sigma_{nn}",
    breaks: "Coupling smears the edges of clusters and holds back entries that stand alone. It knows of blocks along an index and not of products. Nothing is ever dropped, so that a step never gets cheaper, and products of more than 2¹⁸ entries are refused.",
};
