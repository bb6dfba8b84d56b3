//! The cost of scales and Gaussian parts, and steps of the scales that lower it.
//!
//! ```text
//! F(z, u) = 1/2 |y - A (z o u)|^2 + 1/2 u^T P^{-1} u + sum R(z)
//!
//! PGD     z = proj(z - s (u o A^T (A (z o u) - y) + R'(z)))        s = 1, 1/2, ... until F falls enough (Armijo)
//! ISTA    z = prox_(s R)(z - s u o A^T (A (z o u) - y))            s halved until the parabola lies above the misfit
//! ```
//!
//! ISTA begins with the step that is best along the slope of the misfit (Cauchy), which is `1 / |A diag u|^2` at least; there the
//! parabola always lies above, so that either step never raises F.

use super::gaussian_update::{Measuring, times};
use super::{Covariance, ScalePrior};
use crate::kernels::{distance, dot};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Share of the descent that a straight line promises which a step must bring.
const ARMIJO: f64 = 1e-4;
/// Halvings after which a step is as good as none.
const HALVINGS: usize = 60;

/// How a step of the scales treats what they cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ScaleStep {
    /// By its derivative: projected gradient descent.
    #[schemars(extend("x-label" = "projected gradient"))]
    Pgd,
    /// By its proximal operator, as in ISTA.
    #[default]
    #[schemars(extend("x-label" = "ISTA"))]
    Ista,
}

/// `F`, for one vector of measurements.
pub struct Cost<'a> {
    /// `A`.
    pub measuring: &'a Measuring,
    /// `y`, m entries.
    pub measurements: &'a [f64],
    /// `P_u`.
    pub covariance: &'a Covariance,
    /// R.
    pub prior: ScalePrior,
}

/// Scales, and what they come to with the u of now.
#[derive(Clone, Debug)]
pub struct Scales {
    /// z, n entries.
    pub z: Vec<f64>,
    /// `A (z o u) - y`.
    off: Vec<f64>,
    /// `1/2 |y - A (z o u)|^2 + sum R(z)`: F but for what u costs.
    value: f64,
}

/// What a step of the scales has cost and brought.
pub struct Stepped {
    /// The new scales.
    pub scales: Scales,
    /// How far the scales were from standing still: `|z - proj(z - F')|`, or `|z - prox(..)| / s`.
    pub slope: f64,
    /// Products with A and its transpose.
    pub products: f64,
}

impl Cost<'_> {
    /// Scales with what they come to; a product with A.
    pub fn at(&self, z: Vec<f64>, u: &[f64]) -> Scales {
        let mut off = self.measuring.apply(&times(&z, u));
        off.iter_mut().zip(self.measurements).for_each(|(off, y)| *off -= y);
        let value = 0.5 * dot(&off, &off) + self.of_scales(&z);
        Scales { z, off, value }
    }

    fn of_scales(&self, z: &[f64]) -> f64 {
        z.iter().fold(0.0, |sum, &z| sum + self.prior.value(z))
    }

    /// F.
    pub fn value(&self, scales: &Scales, u: &[f64]) -> f64 {
        scales.value + 0.5 * self.covariance.inverse_quadratic(u)
    }

    /// A step of the scales; O(1) products, two as a rule.
    pub fn step(&self, rule: ScaleStep, from: &Scales, u: &[f64]) -> Stepped {
        let by_z = times(u, &self.measuring.adjoint(&from.off));
        match rule {
            ScaleStep::Pgd => self.projected(from, u, &by_z),
            ScaleStep::Ista => self.proximal(from, u, &by_z),
        }
    }

    fn projected(&self, from: &Scales, u: &[f64], by_z: &[f64]) -> Stepped {
        let floor = self.prior.floor();
        let gradient: Vec<f64> = by_z.iter().zip(&from.z).map(|(g, &z)| g + self.prior.derivative(z)).collect();
        let moved =
            |step: f64| -> Vec<f64> { from.z.iter().zip(&gradient).map(|(z, g)| (z - step * g).max(floor)).collect() };
        let slope = distance(&from.z, &moved(1.0));
        let mut step = 1.0;
        for halvings in 1..=HALVINGS {
            let z = moved(step);
            let length = distance(&z, &from.z);
            let scales = self.at(z, u);
            if scales.value <= from.value - ARMIJO / step * length * length {
                return Stepped { scales, slope, products: 1.0 + halvings as f64 };
            }
            step *= 0.5;
        }
        Stepped { scales: from.clone(), slope, products: 1.0 + HALVINGS as f64 }
    }

    fn proximal(&self, from: &Scales, u: &[f64], by_z: &[f64]) -> Stepped {
        let misfit = 0.5 * dot(&from.off, &from.off);
        let image = self.measuring.apply(&times(u, by_z));
        let curvature = dot(&image, &image);
        let mut step = if curvature > 0.0 { dot(by_z, by_z) / curvature } else { 1.0 };
        for halvings in 1..=HALVINGS {
            let z: Vec<f64> = from.z.iter().zip(by_z).map(|(z, g)| self.prior.prox(z - step * g, step)).collect();
            let length = distance(&z, &from.z);
            let along = z.iter().zip(&from.z).zip(by_z).fold(0.0, |sum, ((z, before), g)| sum + (z - before) * g);
            let scales = self.at(z, u);
            let parabola = misfit + along + length * length / (2.0 * step);
            let fits = 0.5 * dot(&scales.off, &scales.off) <= parabola;
            // A search by digits may raise F where the exact proximal operator would have left it as it is.
            if fits && scales.value <= from.value {
                return Stepped { scales, slope: length / step, products: 2.0 + halvings as f64 };
            }
            step *= 0.5;
        }
        Stepped { scales: from.clone(), slope: 0.0, products: 2.0 + HALVINGS as f64 }
    }
}
