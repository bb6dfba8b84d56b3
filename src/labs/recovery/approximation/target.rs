//! What is sampled, and how far an answer is from it.

use super::functions::{Expansion, Product};
use super::{Function, Sampled};
use crate::contract::Complaint;
use crate::kernels::{distance, norm};
use crate::operators::sensing::{Family, Polynomials};
use crate::operators::{Dense, LinearOperator};
use crate::signals::formula::Formula;

/// Points that a formula is judged at, which nobody measures.
pub(super) const HELD_OUT: usize = 1000;

/// A function of d variables.
pub(super) enum Target {
    Product(Product),
    Formula(Formula),
}

impl Target {
    /// # Errors
    /// If the formula cannot be read, or names more variables than there are.
    pub(super) fn of(params: &Sampled) -> Result<Self, Complaint> {
        if let Some(product) = Function::product(params.function) {
            return Ok(Target::Product(product));
        }
        let formula = Formula::parse(&params.formula).map_err(|complaint| complaint.within("formula"))?;
        if formula.variables() > params.dimension {
            let (named, d) = (formula.variables(), params.dimension);
            let message = format!("names t{named}, and there are {d} variables; take {named} of them, or other names");
            return Err(Complaint::new("formula", message));
        }
        Ok(Target::Formula(formula))
    }

    /// Its value at a point of d coordinates.
    pub(super) fn value(&self, point: &[f64]) -> f64 {
        match self {
            Target::Product(product) => product.value(point),
            Target::Formula(formula) => formula.value(point),
        }
    }

    /// Its values at points.
    ///
    /// # Errors
    /// If one of them is infinite or no number, as a formula's may be.
    pub(super) fn values(&self, points: &[Vec<f64>]) -> Result<Vec<f64>, Complaint> {
        let values: Vec<f64> = points.iter().map(|point| self.value(point)).collect();
        match values.iter().position(|value| !value.is_finite()) {
            None => Ok(values),
            Some(i) => {
                let point: Vec<String> = points[i].iter().map(|t| format!("{t:.2}")).collect();
                let message =
                    format!("has no finite value at ({}), and points lie all over the cube", point.join(", "));
                Err(Complaint::new("formula", message))
            }
        }
    }
}

/// The distance of f and `sum x_nu Psi_nu` in L2 of the law of the points, relative to the norm of f.
pub(super) enum Judge {
    /// By Parseval's identity, from coefficients alone.
    Coefficients { truth: Vec<f64>, square: f64, tail: f64 },
    /// At points that were not measured.
    HeldOut { design: Dense<f64>, values: Vec<f64> },
}

impl Judge {
    /// Knows the coefficients of a product.
    pub(super) fn of_product(product: Product, family: Family, indices: &[Vec<usize>]) -> Self {
        let Expansion { coefficients: truth, square } = product.expansion(family, indices);
        let kept = truth.iter().fold(0.0, |sum, x| sum + x * x);
        Judge::Coefficients { truth, square, tail: (square - kept).max(0.0) }
    }

    /// Looks at `points`.
    ///
    /// # Errors
    /// If the function has no finite value at one of them.
    pub(super) fn at(
        target: &Target,
        polynomials: &Polynomials,
        indices: &[Vec<usize>],
        points: &[Vec<f64>],
    ) -> Result<Self, Complaint> {
        let scale = 1.0 / (points.len() as f64).sqrt();
        let values = target.values(points)?.into_iter().map(|value| scale * value).collect();
        Ok(Judge::HeldOut { design: polynomials.design(indices, points), values })
    }

    /// The coefficients, where they are known.
    pub(super) fn truth(&self) -> Option<&[f64]> {
        match self {
            Judge::Coefficients { truth, .. } => Some(truth),
            Judge::HeldOut { .. } => None,
        }
    }

    /// The relative error of coefficients x.
    pub(super) fn error(&self, x: &[f64]) -> f64 {
        match self {
            Judge::Coefficients { truth, square, tail } => {
                let off = distance(x, truth);
                ((off * off + tail) / square).sqrt()
            }
            Judge::HeldOut { design, values } => {
                let support: Vec<usize> = (0..x.len()).filter(|&j| x[j] != 0.0).collect();
                let mut image = vec![0.0; values.len()];
                design.apply_on(x, &support, &mut image);
                let size = norm(values);
                if size == 0.0 { norm(&image) } else { distance(&image, values) / size }
            }
        }
    }

    /// The share of f that no choice of coefficients can reach, where it is known.
    pub(super) fn least_error(&self) -> Option<f64> {
        match self {
            Judge::Coefficients { square, tail, .. } => Some((tail / square).sqrt()),
            Judge::HeldOut { .. } => None,
        }
    }
}
