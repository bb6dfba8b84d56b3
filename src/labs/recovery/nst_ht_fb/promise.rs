//! How many steps the fixed scheme takes at most, from isometry constants of the matrix.
//!
//! With `M = (A A^*)^{-1/2} A` the null space tuning is a projection, `P = I - M^* M`. For exact measurements of an s-sparse x,
//!
//! ```text
//! |x on S outside T_{k+1}|  <=  sqrt 2 gamma |u_k - x|            gamma = max |(I - M^* M)_UU|,   U = S + T_k + T_{k+1}
//! |u_k - x|                 <=  |x on S outside T_k| / sqrt(1 - delta^2)                 delta of A_{S + T_k}
//! ```
//!
//! so that `|u_{k+1} - x| <= r |u_k - x|` with `r = sqrt(2 gamma^2 / (1 - delta^2))`. The support is exact in the step after the
//! right side of the first line falls below the smallest spike: after at most `ceil(log(sqrt 2 gamma |x| / x_min) / log(1 / r)) + 1`
//! steps. The paper takes the constants over all sets of 3 s and 2 s indices, of which there are too many; here they are those
//! of the sets that the run has met, which is all that its proof uses. They are exact, by eigenvalues.

use crate::contract::{Axis, Kind, Panel, Values};
use crate::kernels::{Scalar, distance, dot, norm};
use crate::labs::recovery::linear::LinearInstance;
use crate::labs::recovery::row_space::RowSpace;
use crate::linalg::HermitianEigen;
use crate::operators::LinearOperator;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Most indices of a set whose eigenvalues are found: beyond, nothing is promised.
const MOST: usize = 160;

/// Most steps whose sets are looked at.
const MOST_STEPS: usize = 100;

/// A relative error that counts as exact.
const EXACT: f64 = 1e-8;

/// What is promised of a run, as far as it has come.
pub struct Promise<S: Scalar> {
    instance: Arc<LinearInstance<S>>,
    /// The true support, ascending, where the truth is known.
    truth: Option<Vec<usize>>,
    /// Whether the scheme is the one that the theorem is about, and measurements are exact.
    applies: bool,
    /// `T_k`, the constants of the sets that it brings, and `|u_k - x|`.
    steps: Vec<(Vec<usize>, OnceCell<Option<Constants>>)>,
    errors: Vec<f64>,
    exact_after: Option<usize>,
    space: Arc<RowSpace<S>>,
}

/// Isometry constants of one step's sets.
#[derive(Clone, Copy, Debug)]
struct Constants {
    gamma: f64,
    delta: f64,
}

impl<S: Scalar> Promise<S> {
    pub(super) fn new(instance: &Arc<LinearInstance<S>>, space: &Arc<RowSpace<S>>, applies: bool) -> Self {
        Self {
            truth: instance.true_support(),
            applies: applies && instance.noise_norm == 0.0,
            steps: Vec::new(),
            errors: Vec::new(),
            exact_after: None,
            space: space.clone(),
            instance: instance.clone(),
        }
    }

    /// Number of true spikes.
    pub(super) fn spikes(&self) -> Option<usize> {
        self.truth.as_ref().map(|support| support.len().max(1))
    }

    /// How many of `support` are true.
    pub(super) fn hits(&self, support: &[usize]) -> usize {
        let truth = self.truth.as_deref().unwrap_or_default();
        support.iter().filter(|j| truth.binary_search(j).is_ok()).count()
    }

    /// The run came to this estimate.
    pub(super) fn went_to(&mut self, support: &[usize], estimate: &[S]) {
        let Some(x) = &self.instance.truth else { return };
        let error = distance(estimate, x);
        self.errors.push(error);
        self.steps.push((support.to_vec(), OnceCell::new()));
        if self.exact_after.is_none() && error <= EXACT * norm(x) {
            self.exact_after = Some(self.errors.len());
        }
    }

    /// The step after which the estimate was exact.
    pub(super) fn exact_after(&self) -> Option<usize> {
        self.exact_after
    }

    /// The worst constants of all steps so far.
    fn constants(&self) -> Option<Constants> {
        if !self.applies || self.steps.is_empty() || self.steps.len() > MOST_STEPS {
            return None;
        }
        let mut worst = Constants { gamma: 0.0, delta: 0.0 };
        for (k, (support, found)) in self.steps.iter().enumerate() {
            let before = if k > 0 { self.steps[k - 1].0.as_slice() } else { &[] };
            let one = (*found.get_or_init(|| self.measure(before, support)))?;
            worst = Constants { gamma: worst.gamma.max(one.gamma), delta: worst.delta.max(one.delta) };
        }
        Some(worst)
    }

    /// Constants of `S + T_k + T_{k+1}` and of `S + T_{k+1}`.
    fn measure(&self, before: &[usize], now: &[usize]) -> Option<Constants> {
        let truth = self.truth.as_deref()?;
        let union = |sets: &[&[usize]]| -> Vec<usize> {
            sets.iter().flat_map(|set| set.iter().copied()).collect::<BTreeSet<_>>().into_iter().collect()
        };
        let (all, pair) = (union(&[truth, before, now]), union(&[truth, now]));
        if all.len() > MOST {
            return None;
        }
        let gram = |columns: Vec<Vec<S>>| -> Vec<f64> {
            let size = columns.len();
            let gram = columns.iter().map(|a| columns.iter().map(|b| dot(b, a)).collect()).collect();
            let mut values = HermitianEigen::new(gram).values;
            // Those that are left out are zero.
            values.resize(size, 0.0);
            values
        };
        let column = |&j: &usize| {
            let mut column = vec![S::zero(); self.instance.rows()];
            self.instance.operator.column(j, &mut column);
            column
        };
        let whitened = gram(all.iter().map(|&j| self.space.coordinates(j)).collect());
        let plain = gram(pair.iter().map(column).collect());
        let (most, least) = (plain.first()?, plain.last()?);
        let gamma = whitened.iter().fold(0.0, |worst: f64, value| worst.max((1.0 - value).abs()));
        // The constant of the best multiple of A: fits do not depend on its scale.
        Some(Constants { gamma, delta: (most - least) / (most + least) })
    }

    /// r, where the theorem promises something: below 1.
    pub(super) fn rate(&self) -> Option<f64> {
        let Constants { gamma, delta } = self.constants()?;
        let rate = (2.0 * gamma * gamma / (1.0 - delta * delta)).sqrt();
        (rate < 1.0).then_some(rate)
    }

    /// Steps until the support is exact, at most.
    pub(super) fn steps(&self) -> Option<usize> {
        let (rate, Constants { gamma, .. }) = (self.rate()?, self.constants()?);
        let x = self.instance.truth.as_ref()?;
        let smallest = self.truth.as_ref()?.iter().map(|&j| x[j].abs()).reduce(f64::min)?;
        let reach = std::f64::consts::SQRT_2 * gamma * norm(x) / smallest;
        // A rate of zero is a square matrix, where the first solution is x itself.
        let falls = if rate > 0.0 { (libm::log(reach) / libm::log(1.0 / rate)).ceil().max(0.0) } else { 0.0 };
        Some(falls as usize + 1)
    }

    /// `|u_k - x|` beside what is promised of it, step by step; level where nothing is.
    pub(super) fn panel(&self) -> Panel<'static> {
        let size = self.instance.truth.as_ref().map_or(0.0, |x| norm(x));
        let rate = self.rate().unwrap_or(1.0);
        let floor = f64::EPSILON * size.max(f64::MIN_POSITIVE);
        let mut bound = size;
        let promised = self.errors.iter().map(|_| {
            bound *= rate;
            bound.max(floor)
        });
        let values: Vec<f64> = promised.chain(self.errors.iter().map(|error| error.max(floor))).collect();
        Panel {
            id: "promise",
            title: "Promised and kept",
            caption: "$r^k |x|$, below which the theorem holds the error, and the error $|u_k - x|$; level where it promises nothing",
            kind: Kind::Curves,
            shape: (2, self.errors.len()),
            values: Values::give(values),
            x: Axis::plain("step"),
            y: Axis { label: "error", unit: "", log: true },
            marks: Vec::new(),
            table: None,
        }
    }
}
