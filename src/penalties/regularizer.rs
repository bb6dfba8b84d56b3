//! A penalty at work: with its weight, its size, and a sign where entries must not be negative.

use super::choice::Penalty;
use super::scad::Scad;
use super::total_variation_2d::Variation;
use super::{
    elastic_net, fused, group, interval, l_p, l0, l1, log, mcp, nuclear, simplex, slope, sparse_group, total_variation,
    weighted_l1,
};
use crate::complaint::Complaint;
use crate::kernels::{Scalar, norm_inf, norm_one};

/// `lambda p(x)` for x with n entries, over all x or over those that are not negative.
#[derive(Clone, Debug)]
pub struct Regularizer {
    penalty: Penalty,
    lambda: f64,
    nonnegative: bool,
    /// One an entry, for weighted l1 and SLOPE.
    weights: Vec<f64>,
    groups: Vec<Vec<usize>>,
}

/// What the conjugate is along a ray, `s -> (lambda p)*(s c)` for `s >= 0`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ray {
    /// `slope s` where `s gauge <= 1`, and infinite beyond.
    Straight {
        /// The gauge of `c`.
        gauge: f64,
        /// What a unit of s costs.
        slope: f64,
    },
    /// Zero where `s gauge <= 1`, and curved beyond; see [`Regularizer::conjugate`].
    Curved {
        /// The gauge of `c`.
        gauge: f64,
    },
    /// Not known, or of no use as the penalty is not convex.
    Unknown,
}

impl Regularizer {
    /// With `lambda = 1`.
    ///
    /// # Errors
    /// A complaint about a field of `penalty`, or about `nonnegative`, where n entries, real or complex, will not do.
    pub fn new(penalty: &Penalty, n: usize, nonnegative: bool, complex: bool) -> Result<Self, Complaint> {
        use Penalty::{Box, Fused, Nuclear, Simplex, TotalVariation, TotalVariation2d};
        let real =
            matches!(penalty, Box { .. } | Simplex { .. } | Fused { .. } | TotalVariation | TotalVariation2d { .. });
        if complex && real {
            return Err(Complaint::new("penalty.id", "takes a penalty of moduli where entries are complex; l1 is one"));
        }
        if complex && nonnegative {
            return Err(Complaint::new("nonnegative", "takes false where entries are complex"));
        }
        if nonnegative && matches!(penalty, Nuclear { .. } | TotalVariation2d { .. }) {
            return Err(Complaint::new(
                "nonnegative",
                "takes false with this penalty, whose operator then has no formula",
            ));
        }
        for (field, side) in [("penalty.width", penalty.width()), ("penalty.rows", penalty.rows())] {
            if side.is_some_and(|side| !n.is_multiple_of(side)) {
                let message = format!("takes a number that divides the number of unknowns, {n}");
                return Err(Complaint::new(field, message));
            }
        }
        let weights = match penalty {
            Penalty::WeightedL1 { weights } => weights.iter().copied().cycle().take(n).collect(),
            Penalty::Slope { fall } => (0..n).map(|i| 1.0 - fall * i as f64 / (n.max(2) - 1) as f64).collect(),
            _ => Vec::new(),
        };
        let groups = match *penalty {
            Penalty::Group { size } | Penalty::SparseGroup { size, .. } => {
                (0..n).step_by(size).map(|first| (first..n.min(first + size)).collect()).collect()
            }
            _ => Vec::new(),
        };
        Ok(Self { penalty: penalty.clone(), lambda: 1.0, nonnegative, weights, groups })
    }

    /// The same with another weight, above zero.
    #[must_use]
    pub fn at(self, lambda: f64) -> Self {
        Self { lambda, ..self }
    }

    /// The weight.
    pub fn lambda(&self) -> f64 {
        self.lambda
    }

    /// Whether it is convex.
    pub fn is_convex(&self) -> bool {
        self.penalty.is_convex()
    }

    /// Whether an entry by itself costs its modulus while it is small, so that a pull of 1 in units of the weight moves it.
    pub fn has_unit_slope(&self) -> bool {
        use Penalty::{ElasticNet, L1, Log, Mcp, Scad};
        matches!(self.penalty, L1 | ElasticNet { .. } | Scad { .. } | Mcp { .. } | Log { .. })
    }

    /// Whether `p(x + c) = p(x)` for constants, so that no multiple of the dual ball has a vector with a sum other than zero.
    pub fn ignores_constants(&self) -> bool {
        self.penalty == Penalty::TotalVariation && !self.nonnegative
    }

    fn scad(&self, a: f64) -> Scad {
        Scad { lambda: self.lambda, a }
    }

    /// `lambda p(x)`.
    pub fn value<S: Scalar>(&self, x: &[S]) -> f64 {
        let lambda = self.lambda;
        match self.penalty {
            Penalty::L1 => lambda * norm_one(x),
            Penalty::WeightedL1 { .. } => lambda * weighted_l1::value(x, &self.weights),
            Penalty::ElasticNet { ridge } => lambda * elastic_net::value(x, ridge / lambda),
            Penalty::Group { .. } => lambda * group::value(x, &self.groups),
            Penalty::SparseGroup { share, .. } => lambda * sparse_group::value(x, &self.groups, share),
            Penalty::Slope { .. } => lambda * slope::value(x, &self.weights),
            Penalty::Fused { variation } => lambda * fused::value(reals(x), variation),
            Penalty::TotalVariation => lambda * total_variation::value(reals(x)),
            Penalty::TotalVariation2d { width, isotropic } => lambda * Variation { width, isotropic }.value(reals(x)),
            Penalty::Nuclear { rows } => lambda * nuclear::value(x, rows),
            Penalty::Box { low, high } => interval::value(reals(x), self.least(low), high),
            Penalty::Simplex { radius } => simplex::value(reals(x), radius),
            Penalty::L0 => lambda * l0::value(x),
            Penalty::Lp { p } => lambda * l_p::value(x, p),
            Penalty::Scad { a } => lambda * self.scad(a).value(x),
            Penalty::Mcp { gamma } => lambda * mcp::value(x, gamma * lambda),
            Penalty::Log { epsilon } => lambda * log::value(x, epsilon * lambda),
        }
    }

    /// The lower bound of a box.
    fn least(&self, low: f64) -> f64 {
        if self.nonnegative { 0.0 } else { low }
    }

    /// Proximal operator of `step lambda p`, in place.
    ///
    /// Where entries must not be negative: each penalty of moduli here grows with every modulus, so that what is negative
    /// becomes zero first; after the variation's operator it becomes zero last (Yu 2013).
    pub fn prox<S: Scalar>(&self, v: &mut [S], step: f64) {
        let t = step * self.lambda;
        let varies = matches!(self.penalty, Penalty::TotalVariation | Penalty::Fused { .. });
        if self.nonnegative && !varies {
            drop_negative(v);
        }
        match self.penalty {
            Penalty::L1 => l1::prox(v, t),
            Penalty::WeightedL1 { .. } => weighted_l1::prox(v, t, &self.weights),
            Penalty::ElasticNet { ridge } => elastic_net::prox(v, t, ridge / self.lambda),
            Penalty::Group { .. } => group::prox(v, &self.groups, t),
            Penalty::SparseGroup { share, .. } => sparse_group::prox(v, &self.groups, share, t),
            Penalty::Slope { .. } => slope::prox(v, t, &self.weights),
            Penalty::Fused { variation } => on_reals(v, |v| fused::prox(v, t, variation)),
            Penalty::TotalVariation => on_reals(v, |v| total_variation::prox(v, t)),
            Penalty::TotalVariation2d { width, isotropic } => {
                on_reals(v, |v| Variation { width, isotropic }.prox(v, t));
            }
            Penalty::Nuclear { rows } => nuclear::prox(v, rows, t),
            Penalty::Box { low, high } => on_reals(v, |v| interval::prox(v, self.least(low), high)),
            Penalty::Simplex { radius } => on_reals(v, |v| simplex::prox(v, radius)),
            Penalty::L0 => l0::prox(v, t),
            Penalty::Lp { p } => l_p::prox(v, t, p),
            Penalty::Scad { a } => self.scad(a).prox(v, t),
            Penalty::Mcp { gamma } => mcp::prox(v, t, gamma * self.lambda),
            Penalty::Log { epsilon } => log::prox(v, t, epsilon * self.lambda),
        }
        if self.nonnegative && varies {
            drop_negative(v);
        }
    }

    /// The conjugate along the ray through `c`.
    pub fn ray<S: Scalar>(&self, c: &[S]) -> Ray {
        let ball = |gauge: f64| Ray::Straight { gauge: gauge / self.lambda, slope: 0.0 };
        let support = |slope: f64| Ray::Straight { gauge: 0.0, slope };
        let c = &self.seen(c)[..];
        match self.penalty {
            Penalty::L1 => ball(norm_inf(c)),
            Penalty::WeightedL1 { .. } => ball(weighted_l1::gauge(c, &self.weights)),
            Penalty::ElasticNet { .. } => Ray::Curved { gauge: norm_inf(c) / self.lambda },
            Penalty::Group { .. } => ball(group::gauge(c, &self.groups)),
            Penalty::SparseGroup { share, .. } => ball(sparse_group::gauge(c, &self.groups, share)),
            Penalty::Slope { .. } => ball(slope::gauge(c, &self.weights)),
            Penalty::Fused { variation } => ball(fused::gauge(reals(c), variation, self.nonnegative)),
            Penalty::TotalVariation if !self.nonnegative => ball(total_variation::gauge(reals(c))),
            Penalty::Nuclear { rows } => ball(nuclear::gauge(c, rows)),
            Penalty::Box { low, high } => support(interval::conjugate(reals(c), self.least(low), high)),
            Penalty::Simplex { radius } => support(simplex::conjugate(reals(c), radius)),
            _ => Ray::Unknown,
        }
    }

    /// The conjugate `(lambda p)*(c)` of a penalty whose ray is curved; zero for others.
    pub fn conjugate<S: Scalar>(&self, c: &[S]) -> f64 {
        match self.penalty {
            Penalty::ElasticNet { ridge } => {
                let scaled: Vec<S> = self.seen(c).iter().map(|&c| c / self.lambda).collect();
                self.lambda * elastic_net::conjugate(&scaled, ridge / self.lambda)
            }
            _ => 0.0,
        }
    }

    /// What the conjugate sees of `c`: negative entries pull at nothing where x must not be negative. The fused penalty and
    /// the constraints see for themselves.
    fn seen<S: Scalar>(&self, c: &[S]) -> Vec<S> {
        use Penalty::{Box, Fused, Simplex, TotalVariation};
        let mut c = c.to_vec();
        if self.nonnegative && !matches!(self.penalty, Box { .. } | Fused { .. } | Simplex { .. } | TotalVariation) {
            drop_negative(&mut c);
        }
        c
    }

    /// The least weight with which a step of length `step` from zero along `c` ends at zero: what weights are measured in.
    /// For total variation ends at a constant; for pictures the largest modulus of `c`, and for constraints, which have no
    /// weight, 1.
    pub fn largest_weight<S: Scalar>(&self, c: &[S], step: f64) -> f64 {
        let unit = self.clone().at(1.0);
        let peak = norm_inf(&self.seen(c));
        match self.penalty {
            Penalty::L0 => 0.5 * peak * peak * step,
            Penalty::Lp { p } => l_p::weight_for(peak * step, p) / step,
            Penalty::Box { .. } | Penalty::Simplex { .. } => 1.0,
            Penalty::TotalVariation => total_variation::gauge(reals(c)),
            _ => match unit.ray(c) {
                Ray::Straight { gauge, .. } | Ray::Curved { gauge } => gauge,
                Ray::Unknown => peak,
            },
        }
    }
}

impl Penalty {
    fn width(&self) -> Option<usize> {
        if let Penalty::TotalVariation2d { width, .. } = self { Some(*width) } else { None }
    }

    fn rows(&self) -> Option<usize> {
        if let Penalty::Nuclear { rows } = self { Some(*rows) } else { None }
    }
}

/// The slice itself; a penalty of real entries refuses others when it is made.
fn reals<S: Scalar>(x: &[S]) -> &[f64] {
    S::as_real(x).expect("entries are real")
}

fn on_reals<S: Scalar>(v: &mut [S], change: impl FnOnce(&mut [f64])) {
    let mut copy = reals(v).to_vec();
    change(&mut copy);
    v.iter_mut().zip(copy).for_each(|(v, x)| *v = S::from_real(x));
}

fn drop_negative<S: Scalar>(v: &mut [S]) {
    v.iter_mut().filter(|v| v.re() < 0.0).for_each(|v| *v = S::zero());
}
