//! Orthogonal matching pursuit from the loss functions of the LASSO and its kin.
//!
//! ```text
//! G(x) = D(y - A x) + lambda P(x),     D = |r|^2, |r| or |r|_1,     P = sum_{x_j != 0} w_j^2  or  sum w_j |x_j|
//! x = 0, S = {}
//! repeat
//!     gain_j = G(x) - min_t G(x + t e_j)            for every j, in closed form
//!     j      = argmax gain_j
//!     stop if gain_j = 0, or j is in S: then G would rather shrink what it has
//!     S      = S + {j}
//!     x      = argmin D(y - A z)                    over z supported on S, without the penalty
//! until |S| = K  or  |r| <= tolerance |y|
//! ```
//!
//! Looks for a minimum of G greedily, without the bias that the penalty has in a minimum: it only chooses columns, and says when
//! to stop. With `lambda = 0` and squares it is OMP. `A` is m x n; real, or complex but for the absolute loss. A step costs one
//! product with `A^*` and O(m |S|); with the absolute loss O(m n log m) for all weighted medians, and a few pivots of
//! O(m |S|) for the fit.
//!
//! The rule `scaled` is the older weighted OMP, which compares `|<a_j, r>| / w_j` and stops only at K.
//!
//! Mohammad-Taheri, Colbrook and Brugiapaglia, "The greedy side of the LASSO: New algorithms for weighted sparse recovery via
//! loss function-based orthogonal matching pursuit" (2023), algorithm 1.

mod exhibit;
mod fits;
pub mod gains;
mod settings;
mod weights;

pub use settings::{LossOmp, Rule};
pub use weights::Weights;

use super::LinearMethod;
use super::growing_fit::GrowingFit;
use super::linear::LinearInstance;
use crate::contract::{
    Complaint, Event, Exhibit, Kind, Mark, MethodCard, Observation, Panel, Run, Status, Trace, Values,
};
use crate::kernels::{Scalar, norm, norm_one};
use crate::operators::sensing::MAX_STORED;
use crate::operators::{Counted, Dense, LinearOperator};
use fits::{AbsoluteFit, Refit};
use gains::{Loss, Price, absolute_gain};
use std::borrow::Cow;
use std::sync::Arc;

/// Gains below this fraction of G(0) are rounding.
const NOTHING: f64 = 1e-14;

impl LinearMethod for LossOmp {
    const CARD: MethodCard = MethodCard {
        id: "loss-omp",
        lab: "recovery",
        problem: "linear",
        title: "Loss-function OMP",
        short: "loss-function OMP",
        sentence: "for the {loss} with {norm} at {lambda} and {weights}",
        line: "Picks the column that lowers a LASSO's objective most, refits without its penalty, stops by itself",
        cost: "one product with A^* and O(m k); O(m n log m) with the absolute loss",
        when: "OMP should stop by itself, shrug off gross errors, or use what is known of the support",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.most.unwrap_or(16384)
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        if self.loss != Loss::Absolute {
            let fit = GrowingFit::new(&instance.measurements, instance.cols());
            let weights = self.weights.on(instance)?;
            return Ok(Box::new(Pursuit::new(self.clone(), instance.clone(), weights, fit, Loss::gains)));
        }
        let instance = instance.real("OMP with the absolute loss")?;
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.saturating_mul(cols) > MAX_STORED {
            let message = format!(
                "the absolute loss looks at single columns, and {rows} x {cols} are too many to store; the other losses need none"
            );
            return Err(Complaint::new("loss", message));
        }
        let weights = self.weights.on(&instance)?;
        let fit = AbsoluteFit::new(&instance.measurements, cols);
        let columns = Dense::of(&*instance.operator);
        let gains = move |_: Loss, at: &Pursuit<f64, AbsoluteFit>, _: &[f64]| {
            let gain =
                |j: usize| absolute_gain(columns.column_slice(j), at.fit.residual(), at.fit.estimate()[j], at.price(j));
            (0..cols).map(gain).collect()
        };
        Ok(Box::new(Pursuit::new(self.clone(), instance, weights, fit, gains)))
    }
}

impl Loss {
    /// Gains of all entries for the first two losses, given `A^* r`.
    fn gains<S: Scalar>(self, at: &Pursuit<S, GrowingFit<S>>, correlations: &[S]) -> Vec<f64> {
        let size = norm(&at.fit.residual);
        let gain = |(j, c): (usize, &S)| {
            let (length, x) = (at.instance.column_norms[j], at.fit.estimate[j].abs());
            if length == 0.0 {
                0.0
            } else if x > 0.0 {
                self.gain_of_old(x * length, size, length, at.price(j))
            } else {
                self.gain_of_new(c.abs() / length, size, length, at.price(j))
            }
        };
        correlations.iter().enumerate().map(gain).collect()
    }
}

/// What each column gains in a loss, from the correlations of all.
type Gains<S, F> = Box<dyn Fn(Loss, &Pursuit<S, F>, &[S]) -> Vec<f64> + Send>;

/// A run of loss-function OMP.
struct Pursuit<S: Scalar, F> {
    settings: LossOmp,
    instance: Arc<LinearInstance<S>>,
    operator: Counted<S>,
    weights: Vec<f64>,
    /// K, and the objective of zero.
    most: usize,
    scale: f64,
    fit: F,
    gains: Gains<S, F>,
    /// What the last pick looked at, and that pick.
    looked_at: Vec<f64>,
    picked: Option<usize>,
    /// Columns in the span of others, which are not tried again.
    useless: Vec<bool>,
}

impl<S: Scalar, F: Refit<S>> Pursuit<S, F> {
    fn new(
        settings: LossOmp,
        instance: Arc<LinearInstance<S>>,
        weights: Vec<f64>,
        fit: F,
        gains: impl Fn(Loss, &Self, &[S]) -> Vec<f64> + Send + 'static,
    ) -> Self {
        let rows = instance.rows();
        let usual = instance.sparsity().map_or(rows / 2, |k| 3 * k);
        let mut pursuit = Self {
            most: settings.most.unwrap_or(usual).clamp(1, rows.max(1)),
            settings,
            operator: Counted::new(instance.operator.clone()),
            weights,
            scale: 0.0,
            fit,
            gains: Box::new(gains),
            looked_at: vec![0.0; instance.cols()],
            picked: None,
            useless: vec![false; instance.cols()],
            instance,
        };
        pursuit.scale = pursuit.objective();
        pursuit
    }

    fn price(&self, j: usize) -> Price {
        Price { norm: self.settings.norm, lambda: self.settings.lambda, weight: self.weights[j] }
    }

    /// `G(x)`.
    fn objective(&self) -> f64 {
        let residual = self.fit.residual();
        let loss = match self.settings.loss {
            Loss::Lasso => S::norm_squared(residual),
            Loss::SquareRoot => norm(residual),
            Loss::Absolute => norm_one(residual),
        };
        let support = self.fit.support();
        support.iter().fold(loss, |sum, &j| sum + self.price(j).of(self.fit.estimate()[j].abs()))
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(self.fit.residual()) / size } else { 0.0 }
    }

    /// What every column would bring, by the chosen rule.
    fn look(&self) -> Vec<f64> {
        let scaled = self.settings.rule == Rule::Scaled;
        let mut correlations = vec![S::zero(); self.instance.cols()];
        if scaled || self.settings.loss != Loss::Absolute {
            self.operator.adjoint(self.fit.residual(), &mut correlations);
        }
        if !scaled {
            return (self.gains)(self.settings.loss, self, &correlations);
        }
        let score = |(j, c): (usize, &S)| {
            let length = self.instance.column_norms[j];
            let held = self.fit.support().binary_search(&j).is_ok();
            // No weight is so light that everything else loses to a column that explains nothing.
            if length == 0.0 || held { 0.0 } else { c.abs() / length / self.weights[j].max(1e-12) }
        };
        correlations.iter().enumerate().map(score).collect()
    }

    /// Adds the best column that is not in the span of the others.
    fn pick(&mut self) -> Result<usize, Status> {
        self.looked_at = self.look();
        let least = if self.settings.rule == Rule::Scaled { 0.0 } else { NOTHING * self.scale };
        let mut column = vec![S::zero(); self.instance.rows()];
        loop {
            let mut best = (None, least);
            for (j, &gain) in self.looked_at.iter().enumerate() {
                if gain > best.1 && !self.useless[j] {
                    best = (Some(j), gain);
                }
            }
            let Some(j) = best.0 else {
                return Err(Status::Converged("no column gains anything".into()));
            };
            if self.fit.support().binary_search(&j).is_ok() {
                return Err(Status::Converged("shrinking what is there would gain more than any new column".into()));
            }
            self.operator.column(j, &mut column);
            if self.fit.add(j, &column).is_ok() {
                return Ok(j);
            }
            self.useless[j] = true;
        }
    }
}

impl<S: Scalar, F: Refit<S>> Run for Pursuit<S, F> {
    fn step(&mut self) -> Status {
        self.picked = None;
        match self.pick() {
            Ok(j) => self.picked = Some(j),
            Err(ended) => return ended,
        }
        if !Values::lend(self.fit.estimate()).is_finite() || !self.relative_residual().is_finite() {
            Status::Diverged("the estimate is not finite; make the numbers smaller".into())
        } else if self.relative_residual() <= self.settings.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.settings.tolerance))
        } else if self.fit.support().len() >= self.most {
            Status::Converged(format!("all {} picks made", self.most))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = if self.settings.rule == Rule::Scaled {
            (
                "looks-at",
                "What it looks at",
                "$|\\langle a_j, r\\rangle| / w_j$ before this step; the tallest is picked",
            )
        } else {
            let caption = "$\\Delta_j = G(x) - \\min_t G(x + t e_j)$ before this step; the tallest is picked";
            ("looks-at", "What each column would gain", caption)
        };
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        let panels = vec![Panel::vector(names, Kind::Bars, &self.looked_at).with_marks(chosen)];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(self.fit.estimate()),
            support: Cow::Borrowed(self.fit.support()),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "objective", value: self.objective() },
            ],
            panels: Vec::new(),
            events: self.picked.map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.operator.products(),
        }
    }
}
