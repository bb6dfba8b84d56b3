//! What one entry can gain: `G(x) - min_t G(x + t e_j)` for six objectives G, in closed form.
//!
//! `G(x) = D(y - A x) + lambda P(x)`. For the first two losses x is a least-squares fit on its support S, so that
//! `<a_j, r> = 0` there; with `n = |a_j|` the substitution `z = n x_j` makes the column one of unit norm and the weight of its
//! modulus `lambda w_j / n`. Each formula is that of the paper's Theorem 3.1 to 3.3 for columns of any norm.

use crate::kernels::{Weighted, norm_one, weighted_median};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a residual costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Loss {
    /// The sum of squares, as in the LASSO.
    #[schemars(extend("x-label" = "LASSO"))]
    Lasso,
    /// The length, as in the square-root LASSO.
    #[schemars(extend("x-label" = "square-root LASSO"))]
    SquareRoot,
    /// The sum of moduli, as in the LAD-LASSO.
    #[schemars(extend("x-label" = "LAD-LASSO"))]
    Absolute,
}

/// What entries cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Norm {
    /// w_j squared for each that is not zero.
    #[schemars(extend("x-label" = "l0"))]
    L0,
    /// w_j times the modulus.
    #[schemars(extend("x-label" = "l1"))]
    L1,
}

/// A penalty on one entry: `lambda w^2` for being there, or `lambda w` times its modulus.
#[derive(Clone, Copy, Debug)]
pub struct Price {
    /// Which of the two.
    pub norm: Norm,
    /// The penalty parameter.
    pub lambda: f64,
    /// The entry's weight, w.
    pub weight: f64,
}

impl Price {
    /// `lambda w^2`.
    fn count(self) -> f64 {
        self.lambda * self.weight * self.weight
    }

    /// What an entry of modulus `x` costs.
    pub fn of(self, x: f64) -> f64 {
        match self.norm {
            Norm::L0 if x == 0.0 => 0.0,
            Norm::L0 => self.count(),
            Norm::L1 => self.lambda * self.weight * x,
        }
    }
}

impl Loss {
    /// The gain of an entry that is zero, from `c = |<a_j, r>| / n`, `size = |r|` and `n`; for the first two losses.
    pub fn gain_of_new(self, c: f64, size: f64, length: f64, price: Price) -> f64 {
        let slope = price.lambda * price.weight / length;
        // What is left of r once column j has taken its share.
        let rest = (size * size - c * c).max(0.0);
        match (self, price.norm) {
            (Loss::Lasso, Norm::L0) => (c * c - price.count()).max(0.0),
            (Loss::Lasso, Norm::L1) => {
                let kept = (c - 0.5 * slope).max(0.0);
                kept * kept
            }
            (_, Norm::L0) => (size - rest.sqrt() - price.count()).max(0.0),
            (_, Norm::L1) if slope >= 1.0 || c <= slope * size => 0.0,
            (_, Norm::L1) => (size - slope * c - ((1.0 - slope * slope) * rest).sqrt()).max(0.0),
        }
    }

    /// The gain of an entry of the support, by leaving it or shrinking it, from `z = n |x_j|`; for the first two losses.
    pub fn gain_of_old(self, z: f64, size: f64, length: f64, price: Price) -> f64 {
        let slope = price.lambda * price.weight / length;
        match (self, price.norm) {
            (Loss::Lasso, Norm::L0) => (price.count() - z * z).max(0.0),
            (Loss::Lasso, Norm::L1) if z >= 0.5 * slope => 0.25 * slope * slope,
            (Loss::Lasso, Norm::L1) => z * (slope - z),
            (_, Norm::L0) => (size + price.count() - (size * size + z * z).sqrt()).max(0.0),
            (_, Norm::L1) => {
                // The z at which the objective is least: zero where the slope is too steep for the loss.
                let kept = if slope >= 1.0 { 0.0 } else { (z - slope * size / (1.0 - slope * slope).sqrt()).max(0.0) };
                let moved = z - kept;
                (size + slope * z - (size * size + moved * moved).sqrt() - slope * kept).max(0.0)
            }
        }
    }
}

/// The gain of entry j for the absolute loss, for any x. O(m log m): the best move is a weighted median of the ratios
/// `r_i / a_ij`, and of `-x_j` where a modulus is penalised.
pub fn absolute_gain(column: &[f64], residual: &[f64], x: f64, price: Price) -> f64 {
    let ratios = column.iter().zip(residual).enumerate().filter(|(_, (a, _))| **a != 0.0);
    let mut points: Vec<Weighted> =
        ratios.map(|(tag, (a, r))| Weighted { position: r / a, weight: a.abs(), tag }).collect();
    if price.norm == Norm::L1 {
        points.push(Weighted { position: -x, weight: price.lambda * price.weight, tag: column.len() });
    }
    let step = weighted_median(&mut points).map_or(0.0, |point| point.position);
    let after = |t: f64| {
        let moved = residual.iter().zip(column).fold(0.0, |sum, (r, a)| sum + (r - t * a).abs());
        moved + price.of((x + t).abs())
    };
    let now = norm_one(residual) + price.of(x.abs());
    // With a price on being there, leaving it is the other candidate.
    let best = after(step).min(after(-x));
    (now - best).max(0.0)
}
