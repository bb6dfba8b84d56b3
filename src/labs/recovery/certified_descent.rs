//! Proximal gradient steps for the LASSO on a stored real matrix, looking only at columns that can be active.
//!
//! ```text
//! at a reference x0, with r0 = y - A x0 and bounds u_j >= |<a_j, r0>|:
//!     W     = columns with x_j != 0 or u_j + |a_j| slack >= lambda
//!     reach = min (lambda - u_j) / |a_j| over the others
//! while |A (x - x0)| <= reach:
//!     |<a_j, y - A x>| <= u_j + |a_j| |A (x - x0)| < lambda outside W          (Cauchy-Schwarz)
//!     so x_j stays zero there, and no such column is the largest:
//!     steps and duality gaps need c = A_W^T r = c0 - A_W^T A_W (x - x0) alone
//! else a new reference
//! ```
//!
//! Iterates, gaps and stops are those of the plain methods in [`super::ista`] and [`super::fista`], up to rounding. All
//! lengths come from W, too: with d = x - x0,
//!
//! ```text
//! |A d|^2 = <d, c0 - c>,   |r|^2 = |r0|^2 - <d, c0 + c>,   gap = (1 - s)^2 |r|^2 / 2 + lambda |x|_1 - s <x, c>
//! ```
//!
//! where s scales r into the dual's constraints. A reference costs one scan of the matrix's 16-bit copy and |W| columns,
//! a step |S| |W| for the support S. In the first steps W would be large and its Gram matrix would cost more than it
//! saves. Until as many products of columns have been spent as it needs, every step scans, and only the columns whose
//! correlations at x or at the point ahead of it may reach lambda are computed.
//!
//! Bounds of this kind: El Ghaoui, Viallon and Rabbani, "Safe feature elimination for the LASSO" (2012); Fercoq, Gramfort
//! and Salmon, "Mind the duality gap" (2015).

use super::active_gram::ActiveGram;
use super::lasso::{changes, dual_panel};
use super::linear::LinearInstance;
use crate::contract::{Event, Observation, Run, Status, Trace, Values};
use crate::kernels::{Scalar, axpy, distance, dot, norm, norm_inf, norm_one, subtract};
use crate::operators::{Dense, LinearOperator, NearProduct};
use crate::penalties::l1::soft_threshold;
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

/// The slack of a reference, in lengths of the last move.
const SLACK: f64 = 4.0;

/// Columns that need not be in W stay as long as it is not larger than it must be by this factor: their products
/// are known.
const ROOM: f64 = 1.5;

/// Rounding of a sum of products, relative to the lengths of its factors.
const ROUNDING: f64 = 1e-14;

/// The momentum of FISTA.
pub(super) struct Momentum {
    /// Whether it is dropped where it points uphill.
    pub(super) restart: bool,
    pub(super) t: f64,
}

impl Momentum {
    /// How far the next step starts ahead of x, and t after it.
    fn next(&self) -> (f64, f64) {
        let t_next = (1.0 + (1.0 + 4.0 * self.t * self.t).sqrt()) / 2.0;
        ((self.t - 1.0) / t_next, t_next)
    }
}

/// `x` on W and its correlations `A_W^T (y - A x)`.
#[derive(Clone, Default)]
struct Point {
    x: Vec<f64>,
    c: Vec<f64>,
}

impl Point {
    /// `|A (x - x')|`, no less than it is.
    fn distance(&self, other: &Point) -> f64 {
        let (mut d, mut e) = (vec![0.0; self.x.len()], vec![0.0; self.x.len()]);
        subtract(&self.x, &other.x, &mut d);
        subtract(&other.c, &self.c, &mut e);
        let rounding = ROUNDING * norm(&d) * (norm(&self.c) + norm(&other.c));
        (dot(&d, &e).max(0.0) + rounding).sqrt()
    }
}

/// A run of ISTA, or of FISTA with momentum.
pub(super) struct CertifiedDescent {
    instance: Arc<LinearInstance<f64>>,
    lambda: f64,
    tolerance: f64,
    lipschitz: f64,
    momentum: Option<Momentum>,
    /// W, ascending.
    set: Vec<usize>,
    now: Point,
    before: Point,
    reference: Point,
    /// `|r0|^2`, and how far `A x` may go from `A x0`.
    reference_squared: f64,
    reach: f64,
    /// `|A (x - x0)|`, and how far the last step went.
    moved: f64,
    last_move: f64,
    gram: Option<ActiveGram>,
    /// Products of columns so far that a Gram matrix would have saved.
    spent: usize,
    /// Residuals now and one step earlier, and the correlations of all columns, nearly; of the last reference where
    /// there is a Gram matrix.
    residual: Vec<f64>,
    residual_before: Vec<f64>,
    nearly: NearProduct<f64>,
    nearly_before: NearProduct<f64>,
    residual_squared: f64,
    /// n entries.
    estimate: Vec<f64>,
    support: Vec<usize>,
    events: Vec<Event>,
    objective: f64,
    /// Relative to the objective at zero.
    gap: f64,
    /// Columns in products so far, as the plain method has them.
    columns_used: usize,
    /// `A^T r / lambda`, once somebody looks.
    dual: OnceCell<Vec<f64>>,
}

/// The same instance, if its entries are real and its matrix is stored.
pub(super) fn real_and_stored<S: Scalar>(instance: &Arc<LinearInstance<S>>) -> Option<Arc<LinearInstance<f64>>> {
    instance.operator.as_dense()?;
    instance.real("It").ok()
}

impl CertifiedDescent {
    /// At `x = 0`. The instance's matrix must be stored.
    pub(super) fn new(
        instance: Arc<LinearInstance<f64>>,
        (lambda, tolerance): (f64, f64),
        lipschitz: f64,
        momentum: Option<Momentum>,
    ) -> Self {
        let (measurements, cols) = (instance.measurements.clone(), instance.cols());
        let mut descent = Self {
            lambda,
            tolerance,
            lipschitz,
            momentum,
            set: Vec::new(),
            now: Point::default(),
            before: Point::default(),
            reference: Point::default(),
            reference_squared: 0.0,
            reach: 0.0,
            moved: 0.0,
            last_move: 0.0,
            gram: None,
            spent: 0,
            residual: measurements.clone(),
            nearly: NearProduct::of(&*instance.operator, &measurements),
            nearly_before: NearProduct::default(),
            residual_before: measurements,
            residual_squared: 0.0,
            estimate: vec![0.0; cols],
            support: Vec::new(),
            events: Vec::new(),
            objective: 0.0,
            gap: 0.0,
            columns_used: cols,
            dual: OnceCell::new(),
            instance,
        };
        descent.nearly_before.clone_from(&descent.nearly);
        descent.residual_squared = dot(&descent.residual, &descent.residual);
        descent.look();
        descent.certify();
        descent
    }

    fn matrix(&self) -> &Dense<f64> {
        self.instance.operator.as_dense().expect("the matrix is stored")
    }

    /// `y - A x` for an `x` on W.
    fn residual_of(&self, x: &[f64]) -> Vec<f64> {
        let mut image = vec![0.0; self.instance.rows()];
        for (&j, &x) in self.set.iter().zip(x).filter(|(_, x)| **x != 0.0) {
            axpy(x, self.matrix().column_slice(j), &mut image);
        }
        let mut residual = vec![0.0; image.len()];
        subtract(&self.instance.measurements, &image, &mut residual);
        residual
    }

    /// Without a Gram matrix: the columns that matter to this `x` and to the next step, or a reference if a Gram matrix
    /// has been paid for.
    fn look(&mut self) {
        let with_slack = self.needed(SLACK * self.last_move);
        if with_slack.len() * (with_slack.len() + 1) / 2 <= self.spent && self.fits(&with_slack) {
            return self.settle(with_slack);
        }
        let beta = self.momentum.as_ref().map_or(0.0, |momentum| momentum.next().0);
        let (now, before, sizes) = (&self.nearly, &self.nearly_before, &self.instance.column_norms);
        let ahead = |j: usize| {
            let value = now.values[j] + beta * (now.values[j] - before.values[j]);
            value.abs() * (1.0 + 1e-9) + ((1.0 + beta) * now.error + beta * before.error) * sizes[j]
        };
        // Bounds that are not numbers count.
        let below = |bound: f64| bound < self.lambda;
        let matters = |&j: &usize| !(below(now.bound(j, sizes[j])) && below(ahead(j)));
        let set: Vec<usize> = (0..sizes.len()).filter(matters).collect();
        let set = union(&set, &self.held());
        self.change_set(set);
        self.spent += self.set.len();
    }

    /// Makes the present `x` the reference, with a new W.
    fn refer(&mut self) {
        self.residual = self.residual_of(&self.now.x);
        self.residual_before = self.residual_of(&self.before.x);
        self.nearly = NearProduct::of(self.matrix(), &self.residual);
        let needed = self.needed(SLACK * self.last_move);
        if !self.fits(&needed) {
            (self.gram, self.spent) = (None, 0);
            self.nearly_before = NearProduct::of(self.matrix(), &self.residual_before);
            self.residual_squared = dot(&self.residual, &self.residual);
            return self.look();
        }
        let both = union(&self.set, &needed);
        self.settle(if both.len() as f64 <= ROOM * needed.len() as f64 { both } else { needed });
    }

    /// Whether the Gram matrix of these columns is no larger than the matrix itself.
    fn fits(&self, set: &[usize]) -> bool {
        set.len() * set.len() <= self.instance.rows() * self.instance.cols()
    }

    /// The reference at the present `x`, given its residual.
    fn settle(&mut self, set: Vec<usize>) {
        self.change_set(set);
        let gram = self.gram.get_or_insert_default();
        gram.change(self.instance.operator.as_dense().expect("the matrix is stored"), &self.set);
        self.reach = self.reach_now();
        self.reference = self.now.clone();
        self.reference_squared = dot(&self.residual, &self.residual);
        self.residual_squared = self.reference_squared;
        self.moved = 0.0;
    }

    /// Columns whose entries are not zero, now or one step earlier, ascending.
    fn held(&self) -> Vec<usize> {
        let entries = self.now.x.iter().zip(&self.before.x);
        self.set
            .iter()
            .zip(entries)
            .filter(|(_, (now, before))| **now != 0.0 || **before != 0.0)
            .map(|(&j, _)| j)
            .collect()
    }

    /// The columns that can be active within the slack, ascending.
    fn needed(&self, slack: f64) -> Vec<usize> {
        let sizes = &self.instance.column_norms;
        // A bound that is not a number counts.
        let below = |j: usize| self.nearly.bound(j, sizes[j]) + sizes[j] * slack < self.lambda;
        let needed: Vec<usize> = (0..sizes.len()).filter(|&j| !below(j)).collect();
        union(&needed, &self.held())
    }

    /// How far `A x` may go before a column outside W can reach lambda; by half of the residual at most, so that what
    /// is told relative to the reference loses no digits.
    fn reach_now(&self) -> f64 {
        let mut reach = norm(&self.residual) / 2.0;
        let mut inside = self.set.iter().peekable();
        for (j, &size) in self.instance.column_norms.iter().enumerate() {
            if inside.next_if_eq(&&j).is_none() && size > 0.0 {
                reach = reach.min((self.lambda - self.nearly.bound(j, size)) / size);
            }
        }
        reach * (1.0 - 1e-9)
    }

    /// Changes W, given the residuals of `now` and `before`.
    fn change_set(&mut self, set: Vec<usize>) {
        let old = std::mem::replace(&mut self.set, set);
        let places: Vec<Option<usize>> = self.set.iter().map(|j| old.binary_search(j).ok()).collect();
        let carried = |values: &[f64]| -> Vec<f64> { places.iter().map(|p| p.map_or(0.0, |p| values[p])).collect() };
        let matrix = self.instance.operator.as_dense().expect("the matrix is stored");
        self.before.c = places
            .iter()
            .zip(&self.set)
            .map(|(place, &j)| match place {
                Some(place) => self.before.c[*place],
                None => dot(matrix.column_slice(j), &self.residual_before),
            })
            .collect();
        self.before.x = carried(&self.before.x);
        self.now.x = carried(&self.now.x);
        self.now.c = self.set.iter().map(|&j| dot(matrix.column_slice(j), &self.residual)).collect();
    }

    /// Correlations, residual and lengths at the present `x`; a new reference where it is out of reach.
    fn arrive(&mut self) {
        let Some(gram) = &self.gram else {
            let residual = self.residual_of(&self.now.x);
            self.residual_before = std::mem::replace(&mut self.residual, residual);
            let nearly = NearProduct::of(self.matrix(), &self.residual);
            self.nearly_before = std::mem::replace(&mut self.nearly, nearly);
            self.last_move = distance(&self.residual, &self.residual_before);
            self.residual_squared = dot(&self.residual, &self.residual);
            self.spent += self.support.len();
            return self.look();
        };
        let mut d = vec![0.0; self.set.len()];
        subtract(&self.now.x, &self.reference.x, &mut d);
        self.now.c.clone_from(&self.reference.c);
        gram.subtract_product(&d, &mut self.now.c);
        self.moved = self.now.distance(&self.reference);
        self.last_move = self.now.distance(&self.before);
        let change = dot(&d, &self.reference.c) + dot(&d, &self.now.c);
        self.residual_squared = (self.reference_squared - change).max(0.0);
        // Written so that numbers which are not finite are looked at anew.
        let within = self.moved <= self.reach;
        if !within {
            self.refer();
        }
    }

    /// Objective and gap at the present `x`.
    fn certify(&mut self) -> Status {
        let one = norm_one(&self.now.x);
        let peak = norm_inf(&self.now.c);
        let scale = if peak > self.lambda { self.lambda / peak } else { 1.0 };
        let half_residual = 0.5 * self.residual_squared;
        self.objective = half_residual + self.lambda * one;
        let rest = (1.0 - scale) * (1.0 - scale) * half_residual;
        let gap = rest + self.lambda * one - scale * dot(&self.now.x, &self.now.c);
        let size = 0.5 * dot(&self.instance.measurements, &self.instance.measurements);
        self.gap = if size > 0.0 { gap.max(0.0) / size } else { 0.0 };
        if !self.objective.is_finite() {
            Status::Diverged("the objective is not finite; make the numbers smaller".into())
        } else if self.gap <= self.tolerance {
            Status::Converged(format!("duality gap {:.0e} of |y|²/2", self.gap))
        } else {
            Status::Running
        }
    }

    /// `z`, from which the step goes, and the next t.
    fn ahead(&self) -> (Point, f64) {
        let Some(momentum) = &self.momentum else { return (self.now.clone(), 1.0) };
        let (beta, t_next) = momentum.next();
        let extrapolated = |now: &[f64], before: &[f64]| -> Vec<f64> {
            now.iter().zip(before).map(|(now, before)| now + (now - before) * beta).collect()
        };
        let (now, before) = (&self.now, &self.before);
        (Point { x: extrapolated(&now.x, &before.x), c: extrapolated(&now.c, &before.c) }, t_next)
    }

    /// Whether the momentum pointed uphill: `<z - x_new, x_new - x> > 0`.
    fn uphill(&self, ahead: &Point) -> bool {
        let (mut back, mut forth) = (vec![0.0; ahead.x.len()], vec![0.0; ahead.x.len()]);
        subtract(&ahead.x, &self.now.x, &mut back);
        subtract(&self.now.x, &self.before.x, &mut forth);
        dot(&back, &forth) > 0.0
    }

    /// Writes `x` down in full.
    fn show(&mut self) {
        let mut support = Vec::with_capacity(self.support.len());
        for (&j, &x) in self.set.iter().zip(&self.now.x) {
            self.estimate[j] = x;
            if x != 0.0 {
                support.push(j);
            }
        }
        self.events = changes(&self.support, &support);
        self.support = support;
        self.columns_used += self.support.len() + self.estimate.len();
        self.dual.take();
    }

    fn dual(&self) -> &[f64] {
        self.dual.get_or_init(|| {
            let mut dual = vec![0.0; self.estimate.len()];
            if self.lambda > 0.0 {
                self.matrix().adjoint(&self.residual_of(&self.now.x), &mut dual);
                dual.iter_mut().for_each(|c| *c /= self.lambda);
            }
            dual
        })
    }
}

impl Run for CertifiedDescent {
    fn step(&mut self) -> Status {
        // z goes past x by less than the last step went, and a new reference has more room than that.
        let ahead_of_reach = self.moved > 0.0 && self.moved + self.last_move > self.reach;
        if self.momentum.is_some() && self.gram.is_some() && ahead_of_reach {
            self.refer();
        }
        let (ahead, t_next) = self.ahead();
        let threshold = self.lambda / self.lipschitz;
        let stepped = ahead.x.iter().zip(&ahead.c).map(|(x, c)| soft_threshold(x + c / self.lipschitz, threshold));
        let next = Point { x: stepped.collect(), c: Vec::new() };
        self.before = std::mem::replace(&mut self.now, next);
        self.show();
        let uphill = self.uphill(&ahead);
        if let Some(momentum) = &mut self.momentum {
            momentum.t = t_next;
            if momentum.restart && uphill {
                momentum.t = 1.0;
                self.events.push(Event::Restart);
            }
        }
        self.arrive();
        self.certify()
    }

    fn observe(&self) -> Observation<'_> {
        Observation { panels: vec![dual_panel(self.dual())], ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let size = dot(&self.instance.measurements, &self.instance.measurements);
        let relative = if size > 0.0 { (self.residual_squared / size).sqrt() } else { 0.0 };
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: relative },
                Trace { name: "objective", value: self.objective },
                Trace { name: "duality_gap", value: self.gap },
            ],
            panels: Vec::new(),
            events: self.events.clone(),
            products: self.columns_used as f64 / self.estimate.len() as f64,
        }
    }
}

/// Indices in either of two ascending lists, ascending.
fn union(a: &[usize], b: &[usize]) -> Vec<usize> {
    let mut both: Vec<usize> = a.iter().chain(b).copied().collect();
    both.sort_unstable();
    both.dedup();
    both
}
