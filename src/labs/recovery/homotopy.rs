//! The LASSO's path of solutions, from one breakpoint to the next.
//!
//! ```text
//! x = 0,  lambda = |A^T y|_inf,  S = {its index},  s = its sign
//! repeat
//!     d = (A_S^T A_S)^{-1} s,  a = A^T A_S d,  c = A^T (y - A x)
//!     step = least of   (lambda - c_j) / (1 - a_j),  (lambda + c_j) / (1 + a_j)     j not in S joins
//!                       -x_j / d_j                                                  j in S drops
//!                       lambda - end                                                the path ends
//!     x_S = x_S + step d,  lambda = lambda - step;  update S and s
//! until lambda = end
//! ```
//!
//! Between breakpoints `x` is linear in `lambda` and solves `min 1/2 |y - A x|^2 + lambda |x|_1`, because
//! `c_S = lambda s` and `|c|_inf <= lambda` hold all along. Where entries must not be negative, only the first of the two
//! ways to join is open, and the largest entry stands for the largest modulus. Real only: with complex entries the path is
//! curved. A breakpoint costs one product with `A^T` and O(m |S| + |S|^2). Where the operator has a product that is fast and
//! nearly right, `a` and `c` are intervals, and only columns that may be the first to join are computed. Degenerate inputs (equal columns, ties) may leave
//! rounding errors to decide; [`super::weighted_l1`] proves the end of the path, or starts another one.
//!
//! Osborne, Presnell and Turlach, "A new approach to variable selection in least squares problems" (2000); Efron,
//! Hastie, Johnstone and Tibshirani, "Least angle regression" (2004), section 3.1; Donoho and Tsaig (2008).

use super::active_columns::{ActiveColumns, Factorisation};
use crate::contract::Event;
use crate::kernels::{argmax_abs, axpy, dot, norm, norm_inf};
use crate::operators::{LinearOperator, NearProduct};
use std::sync::Arc;

/// A correlation closes in on the level where the speed, relative to the level's own, is above this. Columns equal
/// to active ones have speed zero.
const SPEED: f64 = 1e-12;

/// What is left of y outside the span of the active columns, relative to y, below which it is rounding.
const EXPLAINED: f64 = 1e-11;

/// An entry at the end of the path, relative to the largest, whose sign is in doubt.
const SIGN: f64 = 1e-6;

/// A level, relative to the first, that is zero up to rounding.
const LEVEL: f64 = 1e-12;

/// How much further off than new ones correlations may be.
const STALE: f64 = 4.0;

/// Correlations of y, relative to `|y|` times the largest column, that are zero up to rounding.
const UNCORRELATED: f64 = 1e-14;

/// Which values entries may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Any.
    Signed,
    /// None below zero.
    Nonnegative,
}

impl Domain {
    /// The signs that an entry may have.
    pub fn signs(self) -> &'static [f64] {
        match self {
            Domain::Signed => &[1.0, -1.0],
            Domain::Nonnegative => &[1.0],
        }
    }

    /// The largest of `sign c_j` over all entries and the signs that they may have; zero for none.
    pub fn level(self, correlations: &[f64]) -> f64 {
        match self {
            Domain::Signed => norm_inf(correlations),
            Domain::Nonnegative => correlations.iter().fold(0.0, |level, &c| level.max(c)),
        }
    }
}

/// What a step along the path came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A breakpoint.
    Breakpoint,
    /// The end of the path.
    Ended,
    /// S spans y and no sign on it seems to change any more: it may be the last S. The path has not moved; whoever
    /// can prove that it ends here need not go on, and the next step goes on.
    Explained,
    /// Rounding decides at a tie, and breakpoints follow each other without getting on.
    Stuck,
}

/// A path and where it has come to.
pub struct Homotopy {
    operator: Arc<dyn LinearOperator<f64>>,
    domain: Domain,
    /// The largest level, `|A^T y|_inf`, and the last.
    start: f64,
    end: f64,
    size: f64,
    lambda: f64,
    /// S in the order of joining, its signs and its columns.
    active: Vec<usize>,
    signs: Vec<f64>,
    columns: ActiveColumns,
    /// Reached the level at the last breakpoint, and joins now.
    joining: Option<usize>,
    /// The sign of its correlation.
    joining_sign: f64,
    /// Must not join: active, or in the span of the active ones.
    barred: Vec<bool>,
    dependent: Vec<usize>,
    /// Whether entries that pass zero leave S.
    drops: bool,
    /// Left S at this level, with its sign then. It may come back from the other side only.
    dropped: Option<(usize, f64)>,
    estimate: Vec<f64>,
    residual: Vec<f64>,
    correlations: NearProduct<f64>,
    column_norms: Vec<f64>,
    /// Breakpoints so far, and those in a row at one level.
    breakpoints: usize,
    idle: usize,
    /// Whether this S was shown as [`Progress::Explained`] already.
    offered: bool,
    events: Vec<Event>,
}

/// Where `x` goes as the level falls by one.
struct Direction {
    /// `d`, |S| entries.
    active: Vec<f64>,
    /// `A_S d`, m entries.
    image: Vec<f64>,
    /// `a = A^T A_S d`, n entries.
    correlations: NearProduct<f64>,
}

/// What ends a linear piece.
#[derive(Clone, Copy)]
enum Next {
    /// The index and the sign of its correlation.
    Join(usize, f64),
    /// The position in S.
    Drop(usize),
    End,
}

impl Homotopy {
    /// The path for `y` from zero down to the level `end`, which may be zero.
    pub fn new(
        operator: Arc<dyn LinearOperator<f64>>,
        measurements: &[f64],
        end: f64,
        domain: Domain,
        factorisation: Factorisation,
    ) -> Self {
        let mut correlations = vec![0.0; operator.cols()];
        operator.adjoint(measurements, &mut correlations);
        let start = domain.level(&correlations);
        let size = norm(measurements);
        let column_norms = operator.column_norms();
        let nothing = start <= end.max(UNCORRELATED * size * norm_inf(&column_norms));
        let may_join = |j: usize| domain == Domain::Signed || correlations[j] > 0.0;
        let joining = if nothing { None } else { argmax_abs(&correlations, may_join) };
        Self {
            start,
            end: if nothing { start } else { end },
            size,
            lambda: start,
            active: Vec::new(),
            signs: Vec::new(),
            columns: ActiveColumns::new(factorisation),
            joining,
            joining_sign: joining.map_or(1.0, |j| correlations[j].signum()),
            barred: vec![false; correlations.len()],
            dependent: Vec::new(),
            drops: true,
            dropped: None,
            estimate: vec![0.0; correlations.len()],
            residual: measurements.to_vec(),
            correlations: NearProduct { values: correlations, error: 0.0 },
            column_norms,
            breakpoints: 0,
            idle: 0,
            offered: false,
            events: Vec::new(),
            domain,
            operator,
        }
    }

    /// The same without drops: plain LARS, whose points solve no LASSO once an entry should have left.
    #[must_use]
    pub fn without_drops(self) -> Self {
        Self { drops: false, ..self }
    }

    /// Goes on to the next breakpoint. After [`Progress::Ended`] or [`Progress::Stuck`] it must not be called again.
    pub fn step(&mut self) -> Progress {
        if !self.offered {
            self.events.clear();
        }
        if let Some(j) = self.joining.take() {
            self.join(j);
        }
        let direction = self.direction();
        let explained = self.explained(&direction);
        if explained && self.end == 0.0 && !self.offered && self.keeps_signs(&direction) {
            self.offered = true;
            return Progress::Explained;
        }
        self.offered = false;
        let (length, next) = self.next(&direction, explained);
        self.advance(length, &direction);
        self.breakpoints += 1;
        self.idle = if length > LEVEL * self.lambda { 0 } else { self.idle + 1 };
        let (rows, cols) = (self.residual.len(), self.estimate.len());
        if self.idle > 2 * rows + 8 || self.breakpoints > 50 * (rows + cols) || !self.lambda.is_finite() {
            return Progress::Stuck;
        }
        if self.idle == 0 {
            self.dropped = None;
        }
        match next {
            Next::End => return Progress::Ended,
            Next::Join(j, sign) => (self.joining, self.joining_sign) = (Some(j), sign),
            Next::Drop(position) => self.drop(position),
        }
        Progress::Breakpoint
    }

    /// Appends column `j` to S, unless it lies in the span of S: then it stays out until S loses a column.
    fn join(&mut self, j: usize) {
        let mut column = vec![0.0; self.residual.len()];
        self.operator.column(j, &mut column);
        self.barred[j] = true;
        if self.columns.push(column).is_err() {
            self.dependent.push(j);
            return;
        }
        self.active.push(j);
        self.signs.push(self.joining_sign);
        self.events.push(Event::Pick { index: j });
    }

    fn drop(&mut self, position: usize) {
        let j = self.active.remove(position);
        let sign = self.signs.remove(position);
        self.columns.remove(position);
        self.estimate[j] = 0.0;
        self.barred[j] = false;
        for j in self.dependent.drain(..) {
            self.barred[j] = false;
        }
        self.dropped = Some((j, sign));
        self.events.push(Event::Drop { index: j });
    }

    fn direction(&self) -> Direction {
        let (active, image) = self.columns.direction(&self.signs, self.residual.len());
        let correlations = NearProduct::of(&*self.operator, &image);
        Direction { active, image, correlations }
    }

    /// The first event along `direction`, and how far the level falls until then. Ties go to the lower index.
    fn next(&self, direction: &Direction, explained: bool) -> (f64, Next) {
        // An event within rounding of the end is the end.
        let to_end = (self.lambda - self.end).max(0.0);
        let (mut nearest, mut next) = (to_end - LEVEL * self.start, Next::End);
        if !explained {
            for (j, c, a) in self.candidates(direction, nearest) {
                for &sign in self.domain.signs() {
                    let (gap, speed) = (self.lambda - sign * c, 1.0 - sign * a);
                    if speed > SPEED && gap < nearest * speed && self.dropped != Some((j, sign)) {
                        (nearest, next) = ((gap / speed).max(0.0), Next::Join(j, sign));
                    }
                }
            }
        }
        let largest = if self.drops { norm_inf(&direction.active) } else { f64::INFINITY };
        for (position, (&d, &sign)) in direction.active.iter().zip(&self.signs).enumerate() {
            let (value, speed) = (self.estimate[self.active[position]] * sign, -d * sign);
            if speed > SPEED * largest && value < nearest * speed {
                (nearest, next) = ((value / speed).max(0.0), Next::Drop(position));
            }
        }
        (if matches!(next, Next::End) { to_end } else { nearest }, next)
    }

    /// The columns that may be the first to join before the level has fallen by `latest`, ascending, with `c_j` and
    /// `a_j`.
    fn candidates(&self, direction: &Direction, latest: f64) -> Vec<(usize, f64, f64)> {
        let (c, a) = (&self.correlations, &direction.correlations);
        let free = (0..self.estimate.len()).filter(|&j| !self.barred[j]);
        if c.error == 0.0 && a.error == 0.0 {
            return free.map(|j| (j, c.values[j], a.values[j])).collect();
        }
        // Of all signs, the bounds of when the correlation can and must reach the level.
        let mut latest = latest;
        let mut earliest = vec![f64::INFINITY; self.estimate.len()];
        for j in free {
            let (c_off, a_off) = (c.error * self.column_norms[j], a.error * self.column_norms[j]);
            for &sign in self.domain.signs() {
                let (gap, speed) = (self.lambda - sign * c.values[j], 1.0 - sign * a.values[j]);
                if speed + a_off > SPEED {
                    earliest[j] = earliest[j].min((gap - c_off).max(0.0) / (speed + a_off));
                }
                // One that was dropped may stay out on its side.
                if speed - a_off > SPEED && self.dropped != Some((j, sign)) {
                    latest = latest.min((gap + c_off).max(0.0) / (speed - a_off));
                }
            }
        }
        // A part in 1e9 allows for the rounding of the bounds themselves.
        let latest = latest + 1e-9 * latest.abs() + LEVEL * self.start;
        let mut column = vec![0.0; self.residual.len()];
        let mut exact = |j: usize| {
            self.operator.column(j, &mut column);
            (j, dot(&column, &self.residual), dot(&column, &direction.image))
        };
        (0..earliest.len()).filter(|&j| earliest[j] <= latest).map(&mut exact).collect()
    }

    /// Whether S spans y: then `c = lambda a`, and no other correlation can reach the level before it is zero.
    fn explained(&self, direction: &Direction) -> bool {
        let mut outside = self.residual.clone();
        axpy(-self.lambda, &direction.image, &mut outside);
        self.active.len() >= outside.len() || norm(&outside) <= EXPLAINED * self.size
    }

    /// Whether all signs on S last until the level is zero, give or take what rounding does to a small entry.
    fn keeps_signs(&self, direction: &Direction) -> bool {
        let at_end = |(&j, &d): (&usize, &f64)| self.estimate[j] + self.lambda * d;
        let values: Vec<f64> = self.active.iter().zip(&direction.active).map(at_end).collect();
        let rounding = SIGN * norm_inf(&values);
        values.iter().zip(&self.signs).all(|(value, sign)| value * sign >= -rounding)
    }

    fn advance(&mut self, length: f64, direction: &Direction) {
        for (&j, &d) in self.active.iter().zip(&direction.active) {
            self.estimate[j] += length * d;
        }
        axpy(-length, &direction.image, &mut self.residual);
        self.lambda -= length;
        let (c, a) = (&mut self.correlations, &direction.correlations);
        axpy(-length, &a.values, &mut c.values);
        // Rounding adds a little to what the parts are off by.
        c.error = (c.error + length * a.error) * (1.0 + 1e-12);
        // Errors add up while the residual shrinks: from time to time c is better taken anew.
        if c.error > STALE * a.error * norm(&self.residual) / norm(&direction.image) {
            *c = NearProduct::of(&*self.operator, &self.residual);
        }
    }

    /// `x`, n entries.
    pub fn estimate(&self) -> &[f64] {
        &self.estimate
    }

    /// `y - A x`, m entries.
    pub fn residual(&self) -> &[f64] {
        &self.residual
    }

    /// The level that the path has come to: the largest of `A^T (y - A x)`, in modulus where entries are signed, up to
    /// rounding.
    pub fn lambda(&self) -> f64 {
        self.lambda
    }

    /// The active set in the order of joining, with the signs of its correlations.
    pub fn active(&self) -> (&[usize], &[f64]) {
        (&self.active, &self.signs)
    }

    /// Columns that reached the level and lie in the span of the active ones, up to rounding.
    pub fn dependent(&self) -> &[usize] {
        &self.dependent
    }

    /// What happened at the last breakpoint.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The index that reached the level at the last breakpoint and joins next.
    pub fn joining(&self) -> Option<usize> {
        self.joining
    }
}
