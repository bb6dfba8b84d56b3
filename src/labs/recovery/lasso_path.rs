//! The LASSO's path of solutions as it lies there: its breakpoints, and what holds between them.
//!
//! On a piece with support S, `x` is linear in `lambda` and the residual is `r = p + lambda u`, with `p = y - P_S y` and
//! `u = A_S (A_S^T A_S)^{-1} s`, at right angles. So `|r|^2 = |p|^2 + lambda^2 |u|^2`, and `p` is what least squares on S leaves.

use super::active_columns::Factorisation;
use super::homotopy::{Domain, Homotopy, Progress};
use crate::contract::Event;
use crate::kernels::{distance, dot};
use crate::operators::LinearOperator;
use std::sync::Arc;

/// Pieces shorter than this, relative to the largest level, are ties.
const TIE: f64 = 1e-10;

/// A solution at a breakpoint.
#[derive(Clone, Debug)]
pub(super) struct Knot {
    /// Its level.
    pub(super) lambda: f64,
    /// Indices with their values, in the order of joining; one may be zero, where it joins or leaves.
    pub(super) entries: Vec<(usize, f64)>,
    /// `|y - A x|^2`.
    pub(super) rss: f64,
}

/// What lies between two breakpoints.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// The levels at its ends, the larger first.
    pub(super) from: f64,
    pub(super) to: f64,
    /// `|S|`.
    pub(super) size: usize,
    /// `|p|^2` and `|u|^2`.
    pub(super) projected: f64,
    slope: f64,
}

impl Piece {
    /// `|y - A x|^2` at a level.
    pub(super) fn rss(&self, lambda: f64) -> f64 {
        self.projected + lambda * lambda * self.slope
    }

    /// The level at which `|y - A x|^2` is `rss`, where this piece has one.
    pub(super) fn level(&self, rss: f64) -> Option<f64> {
        let square = (rss - self.projected) / self.slope;
        let lambda = if square > 0.0 { square.sqrt() } else { return None };
        (lambda >= self.to && lambda <= self.from).then_some(lambda)
    }
}

/// A path from zero down to a level.
pub(super) struct LassoPath {
    /// From the largest level down.
    pub(super) knots: Vec<Knot>,
    /// Those that are no ties.
    pub(super) pieces: Vec<Piece>,
    /// Multiplications that it took, about.
    pub(super) cost: f64,
}

impl LassoPath {
    /// The path for `y` down to the level `end > 0`, or until `budget` multiplications are spent.
    pub(super) fn new(operator: Arc<dyn LinearOperator<f64>>, y: &[f64], end: f64, budget: f64) -> Self {
        let (m, n) = (operator.rows() as f64, operator.cols() as f64);
        let mut homotopy = Homotopy::new(operator, y, end, Domain::Signed, Factorisation::Gram);
        let largest = homotopy.lambda();
        let mut path = Self {
            knots: vec![Knot { lambda: largest, entries: Vec::new(), rss: dot(y, y) }],
            pieces: Vec::new(),
            cost: 0.0,
        };
        while path.cost < budget && homotopy.lambda() > end {
            let before = (homotopy.lambda(), homotopy.residual().to_vec());
            let progress = homotopy.step();
            let mut support = homotopy.active().0.to_vec();
            // What has just left was there all along the piece.
            support.extend(homotopy.events().iter().filter_map(|event| match event {
                Event::Drop { index } => Some(*index),
                _ => None,
            }));
            let (lambda, rss) = (homotopy.lambda(), dot(homotopy.residual(), homotopy.residual()));
            let length = before.0 - lambda;
            if length > TIE * largest {
                let speed = distance(&before.1, homotopy.residual()) / length;
                let slope = speed * speed;
                let projected = (rss - lambda * lambda * slope).max(0.0);
                path.pieces.push(Piece { from: before.0, to: lambda, size: support.len(), projected, slope });
            }
            let entries: Vec<(usize, f64)> = support.iter().map(|&j| (j, homotopy.estimate()[j])).collect();
            path.cost += m * n + (2.0 * m + entries.len() as f64) * entries.len() as f64;
            path.knots.push(Knot { lambda, entries, rss });
            if progress != Progress::Breakpoint {
                break;
            }
        }
        path
    }

    /// `lambda_max = |A^T y|_inf`.
    pub(super) fn largest(&self) -> f64 {
        self.knots[0].lambda
    }

    /// The level that it ends at.
    pub(super) fn end(&self) -> f64 {
        self.knots[self.knots.len() - 1].lambda
    }

    /// The entries that are not zero at a level, in ascending order; above the path there are none, and below it they are
    /// the last ones.
    pub(super) fn at(&self, lambda: f64) -> Vec<(usize, f64)> {
        let after = self.knots.partition_point(|knot| knot.lambda > lambda);
        if after == 0 {
            return Vec::new();
        }
        let above = &self.knots[after - 1];
        let Some(below) = self.knots.get(after) else {
            return nonzero(above.entries.clone());
        };
        let length = above.lambda - below.lambda;
        let share = if length > 0.0 { (above.lambda - lambda) / length } else { 1.0 };
        let value_above = |j: usize| above.entries.iter().find(|entry| entry.0 == j).map_or(0.0, |entry| entry.1);
        // The support of the piece is that of its lower end.
        nonzero(below.entries.iter().map(|&(j, end)| (j, (1.0 - share) * value_above(j) + share * end)).collect())
    }
}

fn nonzero(mut entries: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    entries.retain(|entry| entry.1 != 0.0);
    entries.sort_unstable_by_key(|entry| entry.0);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::subtract;
    use crate::operators::Dense;
    use crate::signals::random::{Random, Stream};

    fn drawn(m: usize, n: usize) -> (Arc<dyn LinearOperator<f64>>, Vec<f64>) {
        let mut random = Random::new(3, Stream::Probe);
        let matrix = Dense::from_columns(m, n, (0..m * n).map(|_| random.normal()).collect()).with_unit_columns();
        let mut y = vec![0.0; m];
        let mut x = vec![0.0; n];
        [4, 11, 17].iter().for_each(|&j| x[j] = 3.0 - j as f64 / 4.0);
        matrix.apply(&x, &mut y);
        y.iter_mut().for_each(|y| *y += 0.1 * random.normal());
        (Arc::new(matrix), y)
    }

    #[test]
    fn between_breakpoints_it_solves_the_lasso() {
        let (operator, y) = drawn(20, 40);
        let path = LassoPath::new(operator.clone(), &y, 0.02, 1e9);
        assert!(path.pieces.len() > 10 && path.end() == 0.02);
        for piece in &path.pieces {
            let lambda = 0.3 * piece.from + 0.7 * piece.to;
            let mut x = vec![0.0; 40];
            path.at(lambda).iter().for_each(|&(j, value)| x[j] = value);
            let (mut image, mut r, mut c) = (vec![0.0; 20], vec![0.0; 20], vec![0.0; 40]);
            operator.apply(&x, &mut image);
            subtract(&y, &image, &mut r);
            operator.adjoint(&r, &mut c);
            for j in 0..40 {
                let off = if x[j] == 0.0 { (c[j].abs() - lambda).max(0.0) } else { c[j] - lambda * x[j].signum() };
                assert!(off.abs() < 1e-9, "entry {j} at {lambda}: {off}");
            }
            assert_eq!(path.at(lambda).len(), piece.size);
            assert!((piece.rss(lambda) - dot(&r, &r)).abs() < 1e-9);
            let found = piece.level(piece.rss(lambda)).unwrap();
            assert!((found - lambda).abs() < 1e-7 * lambda, "{found} {lambda}");
        }
        assert!(path.at(2.0 * path.largest()).is_empty());
    }

    #[test]
    fn a_budget_ends_it_early() {
        let (operator, y) = drawn(20, 40);
        let path = LassoPath::new(operator, &y, 0.02, 2000.0);
        assert!(path.end() > 0.02 && path.knots.len() < 6);
    }
}
