//! What SBL and M-SBL share: prior variances learned from one vector of measurements, or from several that have the same
//! support. The algorithm is in [`super::sbl`] and, for several, in [`super::mmv_sbl`].

use super::covariance::covariance;
use crate::contract::{Axis, Event, Kind, Mark, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::{Scalar, axpy, dot};
use crate::linalg::Cholesky;
use crate::operators::LinearOperator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Least noise variance, relative to `|y|^2`: C stays positive definite in double precision.
const NOISE_FLOOR: f64 = 1e-13;

/// How the prior variances move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Update {
    /// Expectation maximisation: the objective never rises; slow under noise.
    #[default]
    #[schemars(extend("x-label" = "EM"))]
    Em,
    /// MacKay's fixed-point update: fewer steps, but small entries are given up early.
    #[schemars(extend("x-label" = "MacKay's"))]
    Mackay,
}

/// How a run learns; the parameters of its method say what each means.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    pub(super) update: Update,
    pub(super) noise_variance: Option<f64>,
    pub(super) prune: f64,
    pub(super) tolerance: f64,
}

/// A column that is still in use.
struct Active<S> {
    index: usize,
    /// `a / |a|`, and `|a|`.
    column: Vec<S>,
    size: f64,
    /// Prior variance of `|a| x`.
    variance: f64,
}

/// A run of SBL or M-SBL.
pub(super) struct Learning<S: Scalar> {
    rules: Rules,
    /// Columns of Y.
    measurements: Vec<Vec<S>>,
    /// Columns that are zero are never among them.
    active: Vec<Active<S>>,
    /// `|Y|^2 / (m L)`: what variances are compared with.
    mean_square: f64,
    noise_variance: f64,
    least_noise: f64,
    /// `L log det C + sum_l y_l^* C^{-1} y_l` at the variances that gave the estimate.
    objective: f64,
    /// Columns of X, one after the other.
    estimate: Vec<S>,
    support: Vec<usize>,
    /// Prior variances of all rows, zero where dropped.
    variances: Vec<f64>,
    dropped: Vec<usize>,
    /// `Y - A X`, column by column.
    residuals: Vec<Vec<S>>,
    products: f64,
}

/// What the posterior says about the active rows.
struct Moments<S> {
    /// Means, L a row.
    means: Vec<S>,
    /// `1 - S_ii / gamma_i = gamma_i a_i^* C^{-1} a_i`: how far the measurements determine a row, in [0, 1].
    determined: Vec<f64>,
}

impl<S: Scalar> Learning<S> {
    pub(super) fn new(
        rules: Rules,
        operator: &dyn LinearOperator<S>,
        column_norms: &[f64],
        measurements: &[Vec<S>],
    ) -> Self {
        let (rows, cols) = (operator.rows(), operator.cols());
        let count = measurements.len() as f64;
        let power: f64 = power(measurements);
        let mean_square = power / (rows as f64 * count);
        let least_noise = NOISE_FLOOR * power / count;
        let seen = (0..cols).filter(|&j| column_norms[j] > 0.0);
        let active: Vec<Active<S>> = seen
            .map(|index| {
                let size = column_norms[index];
                let mut column = vec![S::zero(); rows];
                operator.column(index, &mut column);
                column.iter_mut().for_each(|entry| *entry = *entry / size);
                Active { index, column, size, variance: mean_square }
            })
            .collect();
        let mut run = Self {
            noise_variance: rules.noise_variance.unwrap_or(0.01 * mean_square).max(least_noise),
            rules,
            measurements: measurements.to_vec(),
            active,
            mean_square,
            least_noise,
            objective: 0.0,
            estimate: vec![S::zero(); cols * measurements.len()],
            support: Vec::new(),
            variances: vec![0.0; cols],
            dropped: Vec::new(),
            residuals: measurements.to_vec(),
            products: 0.0,
        };
        run.show();
        run
    }

    fn rows(&self) -> usize {
        self.measurements[0].len()
    }

    /// Factorises `C = s2 I + A Gamma A^*`; `None` when rounding leaves it indefinite.
    fn covariance(&self) -> Option<Cholesky<S>> {
        let columns: Vec<_> = self.active.iter().map(|a| (a.column.as_slice(), a.variance)).collect();
        covariance(self.rows(), &columns, self.noise_variance).ok()
    }

    /// The posterior under the present variances; also the objective and the residuals.
    fn posterior(&mut self, factor: &Cholesky<S>) -> Moments<S> {
        let mut weights = self.measurements.clone();
        weights.iter_mut().for_each(|weights| factor.solve(weights));
        let fits = self.measurements.iter().zip(&weights).map(|(seen, weights)| dot(seen, weights).re());
        self.objective = self.measurements.len() as f64 * factor.log_determinant() + fits.sum::<f64>();
        self.residuals.clone_from(&self.measurements);
        let mut means = Vec::with_capacity(self.active.len() * weights.len());
        for entry in &self.active {
            for (residual, weights) in self.residuals.iter_mut().zip(&weights) {
                let mean = dot(&entry.column, weights) * entry.variance;
                axpy(-mean, &entry.column, residual);
                means.push(mean);
            }
        }
        Moments { means, determined: self.determined(factor) }
    }

    /// `gamma_i a_i^* C^{-1} a_i` for all that are active, two at a time.
    fn determined(&self, factor: &Cholesky<S>) -> Vec<f64> {
        let mut determined = Vec::with_capacity(self.active.len());
        let rows = self.rows();
        let (mut first, mut second) = (vec![S::zero(); rows], vec![S::zero(); rows]);
        let (pairs, last) = self.active.as_chunks::<2>();
        for [a, b] in pairs {
            first.copy_from_slice(&a.column);
            second.copy_from_slice(&b.column);
            factor.forward_pair([&mut first, &mut second]);
            determined.extend([a.variance * S::norm_squared(&first), b.variance * S::norm_squared(&second)]);
        }
        for entry in last {
            first.copy_from_slice(&entry.column);
            factor.forward(&mut first);
            determined.push(entry.variance * S::norm_squared(&first));
        }
        determined
    }

    /// Moves all variances; returns the largest change of a prior variance.
    fn update(&mut self, moments: &Moments<S>) -> f64 {
        let count = self.measurements.len();
        let mut change = 0.0_f64;
        let rows = moments.means.chunks(count).zip(&moments.determined);
        for (entry, (means, &determined)) in self.active.iter_mut().zip(rows) {
            let power = means.iter().map(|mean| mean.abs_squared()).sum::<f64>() / count as f64;
            let next = match self.rules.update {
                Update::Em => power + entry.variance * (1.0 - determined).max(0.0),
                Update::Mackay if power > 0.0 => power / determined,
                Update::Mackay => 0.0,
            };
            change = change.max((next - entry.variance).abs());
            entry.variance = next;
        }
        if self.rules.noise_variance.is_none() {
            let determined: f64 = moments.determined.iter().sum();
            let residual = power(&self.residuals) / count as f64;
            let next = (residual + self.noise_variance * determined) / self.rows() as f64;
            self.noise_variance = next.max(self.least_noise);
        }
        change
    }

    /// Drops what is too small, and writes down what is left.
    fn prune(&mut self, moments: &Moments<S>) {
        let least = self.rules.prune * self.mean_square;
        let kept = |entry: &Active<S>| entry.variance >= least;
        self.dropped = self.active.iter().filter(|entry| !kept(entry)).map(|entry| entry.index).collect();
        self.estimate.fill(S::zero());
        let count = self.measurements.len();
        let cols = self.variances.len();
        for (entry, means) in self.active.iter().zip(moments.means.chunks(count)).filter(|(entry, _)| kept(entry)) {
            for (snapshot, &mean) in means.iter().enumerate() {
                self.estimate[snapshot * cols + entry.index] = mean / entry.size;
            }
        }
        self.active.retain(kept);
        self.show();
    }

    fn show(&mut self) {
        self.support = self.active.iter().map(|entry| entry.index).collect();
        self.variances.fill(0.0);
        for entry in &self.active {
            self.variances[entry.index] = entry.variance;
        }
    }

    fn relative_residual(&self) -> f64 {
        let size = power(&self.measurements).sqrt();
        if size > 0.0 { power(&self.residuals).sqrt() / size } else { 0.0 }
    }
}

/// Sum of squared moduli over all columns.
fn power<S: Scalar>(columns: &[Vec<S>]) -> f64 {
    columns.iter().map(|column| S::norm_squared(column)).sum()
}

impl<S: Scalar> Run for Learning<S> {
    fn step(&mut self) -> Status {
        if self.active.iter().all(|entry| entry.variance == 0.0) {
            return Status::Converged("no column is left that explains the measurements".into());
        }
        let Some(factor) = self.covariance() else {
            return Status::Failed(
                "the covariance of the measurements is singular in double precision; set noise_variance, or raise it"
                    .into(),
            );
        };
        let moments = self.posterior(&factor);
        self.products += self.measurements.len() as f64 + self.rows() as f64;
        let change = self.update(&moments);
        self.prune(&moments);
        if change <= self.rules.tolerance * self.mean_square {
            Status::Converged(format!("no prior variance changes by {:e} of |y|^2 / m", self.rules.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names =
            ("looks-at", "What SBL looks at", "$\\gamma_i$, prior variances; entries below the line are dropped");
        let line = Mark::Threshold { value: self.rules.prune * self.mean_square };
        let mut panel = Panel::vector(names, Kind::Bars, &self.variances).with_marks([line]);
        panel.y = Axis { label: "variance", unit: "", log: true };
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "objective", value: self.objective },
                Trace { name: "noise_variance", value: self.noise_variance },
            ],
            panels: vec![panel],
            events: self.dropped.iter().map(|&index| Event::Drop { index }).collect(),
            products: self.products,
        }
    }
}
