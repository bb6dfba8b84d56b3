//! What GAMP, GGAMP-SBL and GGAMP-TSBL share: damped message passing with a variance for every entry.
//!
//! ```text
//! x = 0, v = 1, s = 0
//! repeat
//!     q = |A|^2 v,                                   variances of A x, of which p = A x - q s is the mean
//!     s = (1 - t) s + t (y - p) / (q + s2)
//!     w = 1 / (|A|^2^T 1 / (q + s2))                 x seen as r = x + w A^* s in noise of variance w
//!     x = (1 - t) x + t mean(x | r, w)
//!     v = var(x | r, w)
//! ```
//!
//! `|A|^2` has the squared moduli of the entries. With `t = 1` this is GAMP for normal noise of variance s2. Where the
//! prior is normal, too, a small enough step t makes it converge to the posterior mean for any matrix; see
//! [`Graph::safe_step`]. A pass costs a product with each of `A`, `A^*`, `|A|^2` and its transpose.
//!
//! Rangan, "Generalized approximate message passing for estimation with random linear mixing" (2011); Rangan, Schniter,
//! Riegler, Fletcher and Cevher, "Fixed points of generalized approximate message passing with arbitrary matrices" (2016).

use crate::contract::Complaint;
use crate::kernels::{Scalar, distance, norm, subtract};
use crate::operators::sensing::MAX_STORED;
use crate::operators::{ColumnScaled, Counted, LinearOperator, entrywise_square, squared_norm};
use std::sync::Arc;

/// Variance of the noise around an entry that no measurement sees.
const UNSEEN: f64 = 1e30;

/// How many times larger than the measurements a residual may grow.
const DIVERGED: f64 = 1e3;

/// How far inside the bound of convergence the step stays.
const MARGIN: f64 = 1.1;

/// The factor graph of `y = A x + e`: `A` with columns of unit norm, and the squares of its entries.
pub(super) struct Graph<S: Scalar> {
    operator: Counted<S>,
    squares: Counted<f64>,
    /// Norms of the columns of `A` as it is; 1 for those that are zero.
    lengths: Vec<f64>,
    /// `|A|_2^2 / |A|_F^2`: one over the rank for equal singular values, and up to one.
    pub(super) peak: f64,
}

impl<S: Scalar> Graph<S> {
    /// O(m n) numbers are stored.
    ///
    /// # Errors
    /// When they are too many.
    pub(super) fn new(operator: &Arc<dyn LinearOperator<S>>, column_norms: &[f64]) -> Result<Self, Complaint> {
        let size = operator.rows().saturating_mul(operator.cols());
        if size > MAX_STORED {
            let message =
                format!("takes matrices of up to {MAX_STORED} entries, as it stores their squares, not {size}");
            return Err(Complaint::new("id", message));
        }
        let scaled = ColumnScaled::to_unit_norm(operator.clone());
        let seen = column_norms.iter().filter(|norm| **norm > 0.0).count().max(1) as f64;
        Ok(Self {
            squares: Counted::new(Arc::new(entrywise_square(&scaled))),
            peak: squared_norm(&scaled) / seen,
            operator: Counted::new(Arc::new(scaled)),
            lengths: column_norms.iter().map(|&norm| if norm > 0.0 { norm } else { 1.0 }).collect(),
        })
    }

    /// Number of measurements.
    pub(super) fn rows(&self) -> usize {
        self.operator.rows()
    }

    /// Number of unknowns.
    pub(super) fn cols(&self) -> usize {
        self.operator.cols()
    }

    /// Products with `A`, `|A|^2` or their adjoints so far.
    pub(super) fn products(&self) -> f64 {
        self.operator.products() + self.squares.products()
    }

    /// The unknowns of `A` as it is, for measurements that were divided by `unit`.
    pub(super) fn unscaled(&self, x: &[S], unit: f64) -> Vec<S> {
        x.iter().zip(&self.lengths).map(|(&x, &length)| x * (unit / length)).collect()
    }

    /// The largest peak at which steps of t converge under any normal prior:
    /// `2 ((2 - t) n + t m) / (t^2 m n)` (Al-Shoukairi, Schniter and Rao, section III-D).
    pub(super) fn peak_borne_by(&self, t: f64) -> f64 {
        let (m, n) = (self.rows() as f64, self.cols() as f64);
        2.0 * ((2.0 - t) * n + t * m) / (t * t * m * n)
    }

    /// The largest step, up to 1, that this bound allows with a margin: the positive root of
    /// `m n peak t^2 + 2 (n - m) t = 4 n`.
    pub(super) fn safe_step(&self) -> f64 {
        let (m, n) = (self.rows() as f64, self.cols() as f64);
        let (a, b) = (m * n * MARGIN * self.peak, 2.0 * (n - m));
        // The usual formula with its numerator made rational: nothing cancels for b > 0.
        let root = (b * b + 16.0 * n * a).sqrt();
        let step = if b >= 0.0 { 8.0 * n / (b + root) } else { (root - b) / (2.0 * a) };
        step.min(1.0)
    }
}

/// What one pass of a run moved.
pub(super) enum Passed {
    /// The relative change of the estimate.
    Changed(f64),
    /// The residual grew beyond all bounds; a sentence.
    Diverged(String),
}

/// Messages for one vector of measurements, in units in which its mean square is about one.
pub(super) struct Messages<S> {
    measurements: Vec<S>,
    /// x and v.
    pub(super) means: Vec<S>,
    pub(super) variances: Vec<f64>,
    /// r and w of the last pass.
    pub(super) seen: Vec<S>,
    pub(super) noises: Vec<f64>,
    /// q.
    pub(super) spreads: Vec<f64>,
    /// s.
    scores: Vec<S>,
    /// `y - A x`.
    pub(super) residual: Vec<S>,
}

impl<S: Scalar> Messages<S> {
    /// Nothing is known.
    pub(super) fn new(measurements: Vec<S>, cols: usize) -> Self {
        Self {
            means: vec![S::zero(); cols],
            variances: vec![1.0; cols],
            seen: vec![S::zero(); cols],
            noises: vec![UNSEEN; cols],
            spreads: vec![0.0; measurements.len()],
            scores: vec![S::zero(); measurements.len()],
            residual: measurements.clone(),
            measurements,
        }
    }

    /// One pass with steps of `t`. The `prior` makes posterior means and variances of r and w.
    pub(super) fn pass(
        &mut self,
        graph: &Graph<S>,
        noise: f64,
        t: f64,
        prior: impl FnOnce(&[S], &[f64]) -> (Vec<S>, Vec<f64>),
    ) -> Passed {
        self.look(graph, noise, t);
        let (means, variances) = prior(&self.seen, &self.noises);
        let before = std::mem::take(&mut self.means);
        self.means = before.iter().zip(means).map(|(&old, new)| old * (1.0 - t) + new * t).collect();
        self.variances = variances;
        let mut image = vec![S::zero(); self.residual.len()];
        graph.operator.apply(&self.means, &mut image);
        subtract(&self.measurements, &image, &mut self.residual);
        // Written so that a NaN counts as growth.
        let within = norm(&self.residual) <= DIVERGED * norm(&self.measurements);
        if !within || !self.means.iter().all(|x| x.is_finite()) {
            return Passed::Diverged(format!("the residual grew beyond {DIVERGED:e} times y; take more damping"));
        }
        let size = norm(&self.means);
        Passed::Changed(if size > 0.0 { distance(&self.means, &before) / size } else { 0.0 })
    }

    /// From the estimate through the measurements back to r and w.
    fn look(&mut self, graph: &Graph<S>, noise: f64, t: f64) {
        graph.squares.apply(&self.variances, &mut self.spreads);
        let mut precisions = vec![0.0; self.spreads.len()];
        for (i, precision) in precisions.iter_mut().enumerate() {
            let spread = self.spreads[i];
            *precision = 1.0 / (spread + noise);
            // y - p = (y - A x) + q s.
            let score = (self.residual[i] + self.scores[i] * spread) * *precision;
            self.scores[i] = self.scores[i] * (1.0 - t) + score * t;
        }
        graph.squares.adjoint(&precisions, &mut self.noises);
        graph.operator.adjoint(&self.scores, &mut self.seen);
        for ((r, w), &x) in self.seen.iter_mut().zip(&mut self.noises).zip(&self.means) {
            *w = if *w > 1.0 / UNSEEN { 1.0 / *w } else { UNSEEN };
            *r = if *w < UNSEEN { x + *r * *w } else { S::zero() };
        }
    }
}
