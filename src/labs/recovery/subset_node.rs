//! A node of the tree of subsets, and how much a completion of it can explain at most.

use super::linear::LinearInstance;
use crate::kernels::{Scalar, axpy, dot, norm};
use crate::linalg::IncrementalQr;
use crate::operators::Dense;
use std::cmp::Ordering;

/// A column of which less than this fraction is outside the span of the others adds nothing.
const DEPENDENT: f64 = 1e-10;

/// All subsets that hold `taken` and nothing of `refused`.
#[derive(Clone, Debug, Default)]
pub(super) struct Node {
    /// None of them leaves less than this, squared.
    pub(super) bound: f64,
    /// In the order in which they were taken.
    pub(super) taken: Vec<usize>,
    /// Bit j for column j.
    pub(super) refused: u128,
}

/// The larger node is the one to look at first: the lower bound, then the deeper, then the lower columns.
impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = other.bound.total_cmp(&self.bound);
        by_bound.then(self.taken.len().cmp(&other.taken.len())).then_with(|| other.taken.cmp(&self.taken))
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

/// What a node sees.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// By how much each column would shorten the residual; zero where it is taken, refused or dependent.
    pub(super) ratings: Vec<f64>,
    /// The others, best first.
    pub(super) order: Vec<usize>,
    /// Squared length of what the taken columns leave.
    left: f64,
    /// Squared length of what all columns leave that are not refused.
    pub(super) all_left: f64,
    /// Largest sum of moduli beside the diagonal in a row of the Gram matrix, `missing - 1` of them a row.
    coherence: f64,
}

impl View {
    /// The least squared residual of a completion by `missing` columns that begin at `place` of the order.
    pub(super) fn bound_from(&self, place: usize, missing: usize) -> f64 {
        let best: f64 = self.order[place..].iter().take(missing).map(|&j| self.ratings[j] * self.ratings[j]).sum();
        let explained = if missing == 1 { best } else { best / (1.0 - self.coherence).max(0.0) };
        // 0 / 0 is where nothing is left to explain with.
        let explained = if best > 0.0 { explained } else { 0.0 };
        (self.left - explained).max(self.all_left).max(0.0)
    }
}

/// The columns of an instance, stored and scaled to unit norm, and its measurements.
pub(super) struct Columns<S: Scalar> {
    unit: Dense<S>,
    measurements: Vec<S>,
    cols: usize,
}

impl<S: Scalar> Columns<S> {
    pub(super) fn of(instance: &LinearInstance<S>) -> Self {
        let unit = Dense::of(&*instance.operator).with_unit_columns();
        Self { unit, measurements: instance.measurements.clone(), cols: instance.cols() }
    }

    /// Rates the columns that a node may still take, for subsets of `sparsity`.
    pub(super) fn view(&self, node: &Node, sparsity: usize) -> View {
        let mut factors = IncrementalQr::new();
        let mut residual = self.measurements.clone();
        for &j in &node.taken {
            extend(&mut factors, self.unit.column_slice(j), &mut residual);
        }
        let mut ratings = vec![0.0; self.cols];
        let mut rest: Vec<Vec<S>> = vec![Vec::new(); self.cols];
        let is_free = |j: usize| node.refused >> j & 1 == 0 && !node.taken.contains(&j);
        for j in (0..self.cols).filter(|&j| is_free(j)) {
            if let Some(outside) = outside(&factors, self.unit.column_slice(j)) {
                ratings[j] = dot(&outside, &residual).abs();
                rest[j] = outside;
            }
        }
        let mut order: Vec<usize> = (0..self.cols).filter(|&j| !rest[j].is_empty()).collect();
        order.sort_by(|&i, &j| ratings[j].total_cmp(&ratings[i]).then(i.cmp(&j)));
        let left = S::norm_squared(&residual);
        let missing = sparsity - node.taken.len();
        let coherence = if missing > 1 { self.coherence(&order, &rest, missing - 1) } else { 0.0 };
        // All together fit everything where they are as many as the measurements.
        let few = node.taken.len() + order.len() < self.measurements.len();
        if few {
            order.iter().for_each(|&j| extend(&mut factors, &rest[j], &mut residual));
        }
        let all_left = if few { S::norm_squared(&residual) } else { 0.0 };
        View { ratings, order, left, all_left, coherence }
    }

    /// The largest sum of the `count` largest moduli in a row of the Gram matrix of `rest`, less its diagonal.
    fn coherence(&self, order: &[usize], rest: &[Vec<S>], count: usize) -> f64 {
        let sums = order.iter().map(|&i| {
            let others = order.iter().filter(|&&j| j != i);
            let mut moduli: Vec<f64> = others.map(|&j| dot(&rest[i], &rest[j]).abs()).collect();
            moduli.sort_by(|x, y| y.total_cmp(x));
            moduli.iter().take(count).sum::<f64>()
        });
        sums.fold(0.0, f64::max)
    }
}

/// Appends a column and takes its share from the residual; a dependent one changes nothing.
fn extend<S: Scalar>(factors: &mut IncrementalQr<S>, column: &[S], residual: &mut [S]) {
    if factors.push(column).is_ok()
        && let Some(direction) = factors.last_direction()
    {
        let share = dot(direction, residual);
        axpy(-share, direction, residual);
    }
}

/// The part of a unit column outside the span, scaled to unit norm; `None` where there is none.
fn outside<S: Scalar>(factors: &IncrementalQr<S>, column: &[S]) -> Option<Vec<S>> {
    let inside = factors.combine(&factors.project(column), column.len());
    let mut rest: Vec<S> = column.iter().zip(&inside).map(|(&a, &b)| a - b).collect();
    let size = norm(&rest);
    if size <= DEPENDENT {
        return None;
    }
    rest.iter_mut().for_each(|entry| *entry = *entry / size);
    Some(rest)
}
