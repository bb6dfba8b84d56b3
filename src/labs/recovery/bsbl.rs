//! Block sparse Bayesian learning.
//!
//! ```text
//! gamma = 1 (times the scale of y), r = 0, s2 = |y|^2 / (100 m)
//! repeat
//!     B     = [r^|i-j|], the correlation within a block         R R^T = B
//!     C     = s2 I + sum_b gamma_b (A_b R) (A_b R)^T
//!     z_b   = gamma_b (A_b R)^T C^{-1} y,  x_b = R z_b          the posterior mean
//!     T_b   = trace (A_b R)^T C^{-1} (A_b R)
//!     gamma_b = (|z_b|^2 + gamma_b (d_b - gamma_b T_b)) / d_b   em
//!     gamma_b = sqrt(|z_b|^2 / T_b)                             bo
//!     s2    = (|y - A x|^2 + s2 sum_b gamma_b T_b) / m, with the last gamma, unless s2 is given
//!     r     = first-order correlation in sum_b (x_b x_b^T + cov x_b) / gamma_b, where it is learned
//!     drop every block with gamma_b < prune * scale
//! until max |d gamma| <= tolerance * scale
//! ```
//!
//! The prior is `x_b ~ N(0, gamma_b B)` for each block b of d_b entries: SBL with one variance a block, and one correlation
//! for all blocks, whose matrix is that of a first-order autoregression so that few blocks are enough to learn it. EM never raises
//! `log det C + y^T C^{-1} y` while r is fixed; BO is the paper's bound optimisation, which takes far fewer steps. With
//! blocks of one entry, EM is SBL. `A` is m x n and real; a step costs O(m^2 (m + |S|)) for the columns S that are left.
//! The scale is |y|^2 over the mean of `|A_j|^2 m`.
//!
//! Zhang and Rao, "Extension of SBL algorithms for the recovery of block sparse signals with intra-block correlation"
//! (2013), BSBL-EM and BSBL-BO for a known partition.

use super::LinearMethod;
use super::covariance::covariance;
use super::linear::LinearInstance;
use crate::contract::{
    Axis, Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel,
    Paper, Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, axpy, dot, norm};
use crate::linalg::Cholesky;
use crate::operators::LinearOperator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Least noise variance, relative to `|y|^2`: C stays positive definite in double precision.
const NOISE_FLOOR: f64 = 1e-13;

/// Most correlation within a block, as in the paper.
const MOST_CORRELATION: f64 = 0.99;

/// How the prior variances of blocks move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BlockUpdate {
    /// Expectation maximisation: slow and steady.
    #[schemars(extend("x-label" = "EM"))]
    Em,
    /// Bound optimisation: far fewer steps.
    #[default]
    #[schemars(extend("x-label" = "bound optimisation"))]
    Bo,
}

/// Parameters of block sparse Bayesian learning.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Bsbl {
    /// Entries of a block; the last block may be shorter.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub length: usize,
    /// How the prior variances move.
    pub update: BlockUpdate,
    /// Learn how neighbours in a block are correlated; otherwise they are taken not to be.
    pub correlated: bool,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-13 of |y|^2.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Drop a block when its prior variance falls below this fraction of the scale.
    #[schemars(range(min = 0.0, max = 0.1), extend("x-scale" = "log"))]
    pub prune: f64,
    /// Stop when no prior variance changes by more than this fraction of the scale.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Bsbl {
    fn default() -> Self {
        Self {
            length: 4,
            update: BlockUpdate::default(),
            correlated: true,
            noise_variance: None,
            prune: 1e-8,
            tolerance: 1e-8,
            max_steps: 500,
        }
    }
}

impl LinearMethod for Bsbl {
    const CARD: MethodCard = MethodCard {
        id: "bsbl",
        lab: "recovery",
        problem: "linear",
        title: "Block sparse Bayesian learning",
        short: "BSBL",
        sentence: "with blocks of {length} by {update}",
        line: "SBL with one variance a block, and a correlation within blocks",
        cost: "O(m^2 (m + k))",
        when: "entries come in blocks, and neighbours within one are alike",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let real = instance.real("BSBL")?;
        real.check_columns("BSBL")?;
        real.check_measurements("BSBL")?;
        Ok(Box::new(Learning::new(self.clone(), &real)))
    }
}

/// A block that is still in use.
struct Block {
    /// Its unknowns.
    places: Range<usize>,
    /// Their columns of A.
    columns: Vec<Vec<f64>>,
    /// Prior variance.
    variance: f64,
}

/// What the posterior says about a block, in coordinates `z = R^{-1} x`.
struct Moment {
    mean: Vec<f64>,
    /// `(A_b R)^T C^{-1} (A_b R)`, row by row.
    seen: Vec<Vec<f64>>,
}

impl Moment {
    fn trace(&self) -> f64 {
        (0..self.mean.len()).map(|i| self.seen[i][i]).sum()
    }

    fn power(&self) -> f64 {
        dot(&self.mean, &self.mean)
    }
}

/// A run of BSBL.
struct Learning {
    settings: Bsbl,
    measurements: Vec<f64>,
    active: Vec<Block>,
    /// What variances are compared with.
    scale: f64,
    correlation: f64,
    noise_variance: f64,
    least_noise: f64,
    objective: f64,
    estimate: Vec<f64>,
    support: Vec<usize>,
    variances: Vec<f64>,
    dropped: Vec<usize>,
    residual: Vec<f64>,
    products: f64,
}

impl Learning {
    fn new(settings: Bsbl, instance: &LinearInstance<f64>) -> Self {
        let (rows, cols) = (instance.rows(), instance.cols());
        let power = dot(&instance.measurements, &instance.measurements);
        let mean_square = power / rows as f64;
        let columns = dot(&instance.column_norms, &instance.column_norms) / cols as f64;
        let scale = if columns > 0.0 { mean_square / columns } else { 0.0 };
        let least_noise = NOISE_FLOOR * power;
        let blocks = (0..cols).step_by(settings.length).map(|start| start..(start + settings.length).min(cols));
        let seen = blocks.filter(|places| places.clone().any(|j| instance.column_norms[j] > 0.0));
        let active = seen.map(|places| Block {
            columns: places.clone().map(|j| column(&*instance.operator, j)).collect(),
            places,
            variance: scale,
        });
        let mut run = Self {
            active: active.collect(),
            scale,
            correlation: 0.0,
            noise_variance: settings.noise_variance.unwrap_or(0.01 * mean_square).max(least_noise),
            settings,
            measurements: instance.measurements.clone(),
            least_noise,
            objective: 0.0,
            estimate: vec![0.0; cols],
            support: Vec::new(),
            variances: vec![0.0; cols],
            dropped: Vec::new(),
            residual: instance.measurements.clone(),
            products: 0.0,
        };
        run.show();
        run
    }

    /// `A_b R` for all blocks in use.
    fn whitened(&self) -> Vec<Vec<Vec<f64>>> {
        let whiten = |block: &Block| {
            let root = root(self.correlation, block.columns.len());
            let column = |k: usize| {
                let mut sum = vec![0.0; self.measurements.len()];
                for (row, column) in root.iter().zip(&block.columns).skip(k) {
                    axpy(row[k], column, &mut sum);
                }
                sum
            };
            if self.correlation == 0.0 { block.columns.clone() } else { (0..block.columns.len()).map(column).collect() }
        };
        self.active.iter().map(whiten).collect()
    }

    /// The posterior under the present prior; also the objective, the estimate's residual and the estimate.
    fn posterior(&mut self, factor: &Cholesky<f64>, whitened: Vec<Vec<Vec<f64>>>) -> Vec<Moment> {
        let mut weights = self.measurements.clone();
        factor.solve(&mut weights);
        self.objective = factor.log_determinant() + dot(&self.measurements, &weights);
        self.residual.clone_from(&self.measurements);
        let mut moments = Vec::with_capacity(self.active.len());
        for (block, mut columns) in self.active.iter().zip(whitened) {
            let mean: Vec<f64> = columns.iter().map(|column| dot(column, &weights) * block.variance).collect();
            for (column, z) in columns.iter().zip(&mean) {
                axpy(-z, column, &mut self.residual);
            }
            columns.iter_mut().for_each(|column| factor.forward(column));
            let seen = columns.iter().map(|a| columns.iter().map(|b| dot(a, b)).collect()).collect();
            moments.push(Moment { mean, seen });
        }
        moments
    }

    /// Moves all variances; returns the largest change.
    fn update(&mut self, moments: &[Moment]) -> f64 {
        let mut change = 0.0_f64;
        let mut determined = 0.0;
        for (block, moment) in self.active.iter_mut().zip(moments) {
            let (size, trace, power) = (moment.mean.len() as f64, moment.trace(), moment.power());
            determined += block.variance * trace;
            let next = match self.settings.update {
                BlockUpdate::Em => (power + block.variance * (size - block.variance * trace).max(0.0)) / size,
                BlockUpdate::Bo if power > 0.0 => (power / trace).sqrt(),
                BlockUpdate::Bo => 0.0,
            };
            change = change.max((next - block.variance).abs());
            block.variance = next;
        }
        if self.settings.noise_variance.is_none() {
            let next = dot(&self.residual, &self.residual) + self.noise_variance * determined;
            self.noise_variance = (next / self.measurements.len() as f64).max(self.least_noise);
        }
        change
    }

    /// First-order correlation within blocks, from means and covariances in units of the blocks' `variances`.
    fn correlate(&self, moments: &[Moment], variances: &[f64]) -> f64 {
        let (mut diagonal, mut beside, mut entries, mut pairs) = (0.0, 0.0, 0.0, 0.0);
        for (moment, &variance) in moments.iter().zip(variances).filter(|(_, variance)| **variance > 0.0) {
            let d = moment.mean.len();
            let root = root(self.correlation, d);
            // (z z^T + gamma I - gamma^2 G) / gamma, then R on both sides.
            let inner = |i: usize, j: usize| {
                let unit = if i == j { 1.0 } else { 0.0 };
                moment.mean[i] * moment.mean[j] / variance + unit - variance * moment.seen[i][j]
            };
            let outer = |i: usize, j: usize| -> f64 {
                (0..=i).map(|a| (0..=j).map(|b| root[i][a] * inner(a, b) * root[j][b]).sum::<f64>()).sum()
            };
            diagonal += (0..d).map(|i| outer(i, i)).sum::<f64>();
            beside += (1..d).map(|i| outer(i, i - 1)).sum::<f64>();
            entries += d as f64;
            pairs += (d - 1) as f64;
        }
        if pairs == 0.0 || diagonal <= 0.0 {
            return 0.0;
        }
        (beside / pairs / (diagonal / entries)).clamp(-MOST_CORRELATION, MOST_CORRELATION)
    }

    /// Drops what is too small, and writes down what is left.
    fn prune(&mut self, moments: &[Moment], correlation: f64) {
        let least = self.settings.prune * self.scale;
        self.estimate.fill(0.0);
        self.dropped.clear();
        for (block, moment) in self.active.iter().zip(moments) {
            if block.variance < least {
                self.dropped.extend(block.places.clone());
                continue;
            }
            let root = root(correlation, moment.mean.len());
            for (place, row) in block.places.clone().zip(&root) {
                self.estimate[place] = row.iter().zip(&moment.mean).map(|(r, z)| r * z).sum();
            }
        }
        self.active.retain(|block| block.variance >= least);
        self.show();
    }

    fn show(&mut self) {
        self.support = self.active.iter().flat_map(|block| block.places.clone()).collect();
        self.variances.fill(0.0);
        for block in &self.active {
            self.variances[block.places.clone()].fill(block.variance);
        }
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }
}

fn column(operator: &dyn LinearOperator<f64>, j: usize) -> Vec<f64> {
    let mut column = vec![0.0; operator.rows()];
    operator.column(j, &mut column);
    column
}

/// `R`, lower triangular, with `R R^T = [r^|i-j|]`.
fn root(r: f64, size: usize) -> Vec<Vec<f64>> {
    let fresh = (1.0 - r * r).sqrt();
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(size);
    for i in 0..size {
        let mut row = match rows.last() {
            Some(before) => before.iter().map(|x| r * x).collect(),
            None => vec![0.0; size],
        };
        row[i] = if i == 0 { 1.0 } else { fresh };
        rows.push(row);
    }
    rows
}

impl Run for Learning {
    fn step(&mut self) -> Status {
        self.dropped.clear();
        if self.active.iter().all(|block| block.variance == 0.0) {
            return Status::Converged("no block is left that explains the measurements".into());
        }
        let whitened = self.whitened();
        let weighted: Vec<_> = self.active.iter().zip(&whitened).collect();
        let columns: Vec<_> = weighted
            .iter()
            .flat_map(|(block, columns)| columns.iter().map(|column| (column.as_slice(), block.variance)))
            .collect();
        let Ok(factor) = covariance(self.measurements.len(), &columns, self.noise_variance) else {
            return Status::Failed(
                "the covariance of the measurements is singular in double precision; set noise_variance, or raise it"
                    .into(),
            );
        };
        let moments = self.posterior(&factor, whitened);
        self.products += 1.0 + self.measurements.len() as f64;
        let before: Vec<f64> = self.active.iter().map(|block| block.variance).collect();
        let change = self.update(&moments);
        let correlation = self.correlation;
        if self.settings.correlated {
            self.correlation = self.correlate(&moments, &before);
        }
        self.prune(&moments, correlation);
        let turn = (self.correlation - correlation).abs();
        if change <= self.settings.tolerance * self.scale && turn <= self.settings.tolerance.sqrt() {
            Status::Converged(format!("no prior variance changes by {:e} of the scale", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What BSBL looks at",
            "$\\gamma_b$, prior variances of blocks; blocks below the line are dropped",
        );
        let line = Mark::Threshold { value: self.settings.prune * self.scale };
        let mut panel = Panel::vector(names, Kind::Bars, &self.variances).with_marks([line]);
        panel.y = Axis { label: "variance", unit: "", log: true };
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "objective", value: self.objective },
                Trace { name: "noise_variance", value: self.noise_variance },
                Trace { name: "correlation", value: self.correlation },
            ],
            panels: vec![panel],
            events: self.dropped.iter().map(|&index| Event::Drop { index }).collect(),
            products: self.products,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "bsbl",
    n: None,
    lab: "recovery",
    title: "Block sparse Bayesian learning",
    paper: Paper {
        authors: "Zhang and Rao",
        title: "Extension of SBL algorithms for the recovery of block sparse signals with intra-block correlation",
        year: 2013,
        link: "https://doi.org/10.1109/TSP.2013.2241055",
    },
    idea: "Where spikes come in blocks, give each block one variance instead of each entry, and learn how neighbours within a block hang together.",
    formula: r"x_b \sim \mathcal N(0, \gamma_b B), \quad \min_{\gamma, B, \sigma^2}\; \log\det C + y^\top C^{-1} y, \quad C = \sigma^2 I + \sum_b \gamma_b A_b B A_b^\top",
    consequence: "There are fewer variances to learn, and each is seen by several columns. Blocks come in or go as a whole.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Bars in *What BSBL looks at* move block by block; a few stay above the line.",
        },
        Watch { panel: "support", text: "Lines in *Support* end in whole blocks." },
    ],
    try_this: &[
        Try {
            link: "Set SBL beside it.",
            question: "It does not know of blocks. How many spikes does that cost?",
            patch: r#"{"methods":[{"id":"bsbl"},{"id":"sbl"}]}"#,
        },
        Try {
            link: "Tell it blocks of 8, which are twice too long.",
            question: "Where do the false alarms sit?",
            patch: r#"{"methods":[{"id":"bsbl","length":8}]}"#,
        },
        Try {
            link: "Move blocks to any place.",
            question: "The partition is wrong now. Does it mind?",
            patch: r#"{"problem":{"signal":{"id":"clustered","sparsity":44,"clusters":11,"blocks":null,"length":null}}}"#,
        },
        Try {
            link: "Take expectation maximisation.",
            question: "How many more steps does it need?",
            patch: r#"{"methods":[{"id":"bsbl","update":"em"}]}"#,
        },
    ],
    breaks: "It must be told the length of blocks. Blocks that lie across its partition use two of its blocks each.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"block-sparse","blocks":11,"length":4}},"methods":[{"id":"bsbl"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With 11 blocks of 4 spikes, m = 80, n = 256 and no noise, BSBL recovers to a relative error of 1e-3 in at least 90 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"block-sparse","blocks":11,"length":4}},"methods":[{"id":"bsbl"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 1.0,
        },
        Claim {
            statement: "SBL, which does not know of blocks, recovers those in at most 20 %",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"block-sparse","blocks":11,"length":4}},"methods":[{"id":"sbl"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
            },
            bound: Bound::AtMost(0.2),
            measured: 0.05,
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_is_one() {
        for r in [-0.7, 0.0, 0.9] {
            let root = root(r, 5);
            for i in 0..5_usize {
                for j in 0..5_usize {
                    let power = if i == j { 1.0 } else { libm::pow(r, i.abs_diff(j) as f64) };
                    assert!((dot(&root[i], &root[j]) - power).abs() < 1e-15);
                }
            }
        }
    }
}
