//! Functions to approximate: products of functions of one variable, whose coefficients are products of integrals.

use crate::operators::sensing::Family;
use crate::transforms::gauss_legendre;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// A function of d variables `t` in [-1, 1]^d.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Function {
    /// `exp(-sum t_i / (2 d))`: smooth, and all variables matter alike.
    #[default]
    #[schemars(extend("x-label" = "an exponential"))]
    Exponential,
    /// `prod_{i <= d/2} 1 / (1 - t_i / 4^i) prod_{i > d/2} cos(16 t_i / 2^i)`: variables matter less and less.
    #[schemars(extend("x-label" = "an anisotropic function"))]
    Anisotropic,
    /// `prod 1 / (1 + (5 t_i / i^2)^2)`: Runge's function, sharp in the first variable.
    #[schemars(extend("x-label" = "Runge's function"))]
    Runge,
    /// `prod (1 + (|t_i| - 1/2) / i)`: kinks along the axes, so that coefficients fall slowly.
    #[schemars(extend("x-label" = "a function with kinks"))]
    Kinks,
    /// A formula of one's own.
    #[schemars(extend("x-label" = "a formula"))]
    Formula,
}

impl Function {
    /// The functions of one variable whose product it is; nothing for a formula, which may be no product.
    pub(super) fn product(self) -> Option<Product> {
        let factor: Factor = match self {
            Function::Exponential => |_, d, t| libm::exp(-0.5 * t / d as f64),
            Function::Anisotropic => anisotropic,
            Function::Runge => |i, _, t| {
                let s = 5.0 * t / (i * i) as f64;
                1.0 / (1.0 + s * s)
            },
            Function::Kinks => |i, _, t| 1.0 + (t.abs() - 0.5) / i as f64,
            Function::Formula => return None,
        };
        Some(Product(factor))
    }
}

fn anisotropic(i: usize, d: usize, t: f64) -> f64 {
    let place = i as f64;
    if 2 * i <= d { 1.0 / (1.0 - t * libm::exp2(-2.0 * place)) } else { libm::cos(16.0 * t * libm::exp2(-place)) }
}

/// The factor of variable `i`, counted from 1, of `d`, at `t`.
type Factor = fn(usize, usize, f64) -> f64;

/// A product of functions of one variable.
#[derive(Clone, Copy)]
pub(super) struct Product(Factor);

impl Product {
    /// Its value at a point of d coordinates.
    pub(super) fn value(self, point: &[f64]) -> f64 {
        point.iter().enumerate().fold(1.0, |product, (i, &t)| product * (self.0)(i + 1, point.len(), t))
    }

    /// What is known of its expansion in the polynomials of `family` with these multi-indices, by Gauss's rule on either
    /// side of zero. O(d q p) for degrees up to p and q nodes, about p + 64.
    pub(super) fn expansion(self, family: Family, indices: &[Vec<usize>]) -> Expansion {
        let d = indices.first().map_or(1, Vec::len);
        let highest = indices.iter().flatten().copied().max().unwrap_or(0);
        let rule = law_of(family, highest / 2 + 32);
        let values: Vec<Vec<f64>> = rule.iter().map(|&(t, _)| family.values(t, highest)).collect();
        let (mut by_variable, mut square) = (Vec::with_capacity(d), 1.0);
        for i in 1..=d {
            let mut integrals = vec![0.0; highest + 1];
            let mut own = 0.0;
            for (&(t, weight), values) in rule.iter().zip(&values) {
                let factor = (self.0)(i, d, t);
                own += weight * factor * factor;
                integrals.iter_mut().zip(values).for_each(|(sum, value)| *sum += weight * factor * value);
            }
            square *= own;
            by_variable.push(integrals);
        }
        let coefficient = |index: &Vec<usize>| {
            index.iter().zip(&by_variable).fold(1.0, |product, (&degree, of)| product * of[degree])
        };
        Expansion { coefficients: indices.iter().map(coefficient).collect(), square }
    }
}

/// The first terms of an expansion, and the squared norm of all of it.
pub(super) struct Expansion {
    pub(super) coefficients: Vec<f64>,
    pub(super) square: f64,
}

/// Nodes and weights for the law that the polynomials are orthonormal for; no piece has zero inside, where kinks are.
fn law_of(family: Family, count: usize) -> Vec<(f64, f64)> {
    let halves = |ends: [f64; 3]| {
        let pieces = ends.windows(2).flat_map(|piece| gauss_legendre(count, piece[0], piece[1]));
        pieces.collect::<Vec<_>>()
    };
    match family {
        Family::Legendre => halves([-1.0, 0.0, 1.0]).into_iter().map(|(t, weight)| (t, 0.5 * weight)).collect(),
        // In the angle the law is uniform.
        Family::Chebyshev => {
            let angles = halves([0.0, 0.5 * PI, PI]);
            angles.into_iter().map(|(angle, weight)| (libm::cos(angle), weight / PI)).collect()
        }
    }
}
