//! What the measurements say, with total variation along some axes: ADMM from wherever a volume stands.
//!
//! ```text
//! min_x  1/2 |A x - y|^2 + lambda |D x|_1
//!
//! x = some iterations of conjugate gradients, from x, on  (A^T A + rho D^T D) x = A^T y + rho D^T (d - u)
//! d = soft(D x + u, lambda / rho),    u = u + D x - d
//! ```
//!
//! Boyd et al., "Distributed optimization and statistical learning via the alternating direction method of multipliers" (2011), 6.4.1.

use super::volumes::VolumesInstance;
use crate::kernels::{axpy, norm, subtract};
use crate::linalg::ConjugateGradient;
use crate::operators::{Counted, Differences, Edge, LinearOperator};
use crate::penalties::l1;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Conjugate gradients have solved a system that is met to this, relative to its right-hand side.
const SOLVED: f64 = 1e-6;

/// Along which axes total variation is penalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Along {
    /// From slice to slice.
    #[default]
    Z,
    /// Along all three axes.
    #[schemars(extend("x-label" = "x, y, z"))]
    Xyz,
}

impl Along {
    /// Axes of a volume; the slices' is the slowest, and comes first.
    fn axes(self) -> &'static [usize] {
        match self {
            Along::Z => &[0],
            Along::Xyz => &[0, 1, 2],
        }
    }
}

/// How strongly total variation is penalised.
#[derive(Clone, Copy, Debug)]
pub(super) struct Variation {
    pub along: Along,
    pub edge: Edge,
    pub lambda: f64,
    pub rho: f64,
}

/// The split problem, on its way.
pub(super) struct Consistency {
    operator: Arc<Counted<f64>>,
    /// `A^T y`.
    back_projection: Vec<f64>,
    /// Absent where only the measurements count.
    split: Option<Split>,
    /// Iterations of conjugate gradients.
    iterations: usize,
}

/// The part that total variation has.
struct Split {
    variation: Variation,
    differences: Differences,
    /// `d` and `u`.
    kept: Vec<f64>,
    dual: Vec<f64>,
}

impl Consistency {
    /// With `d = u = 0`.
    pub(super) fn new(instance: &VolumesInstance, variation: Option<Variation>, iterations: usize) -> Self {
        let operator = Arc::new(Counted::new(instance.operator.clone()));
        let mut back_projection = vec![0.0; operator.cols()];
        operator.adjoint(&instance.measurements, &mut back_projection);
        let split = variation.map(|variation| {
            let differences = Differences::new(instance.shape, variation.along.axes(), variation.edge);
            let count = LinearOperator::<f64>::rows(&differences);
            Split { variation, differences, kept: vec![0.0; count], dual: vec![0.0; count] }
        });
        Self { operator, back_projection, split, iterations }
    }

    /// Products with A so far.
    pub(super) fn products(&self) -> f64 {
        self.operator.products()
    }

    /// `d`: differences that are not thresholded, the slices' first; empty without total variation.
    pub(super) fn kept(&self) -> &[f64] {
        self.split.as_ref().map_or(&[], |split| &split.kept)
    }

    /// `d = u = 0` again.
    pub(super) fn forget(&mut self) {
        if let Some(split) = &mut self.split {
            split.kept.fill(0.0);
            split.dual.fill(0.0);
        }
    }

    /// `d = soft(D x + u, lambda / rho)`, for an `x` that has changed since.
    pub(super) fn refresh(&mut self, x: &[f64]) {
        if let Some(split) = &mut self.split {
            split.shrink(x);
        }
    }

    /// One round: `x`, `d`, `u`.
    pub(super) fn round(&mut self, x: &mut [f64]) {
        self.solve(x);
        if let Some(split) = &mut self.split {
            let differences = split.shrink(x);
            for ((u, difference), d) in split.dual.iter_mut().zip(&differences).zip(&split.kept) {
                *u += difference - d;
            }
        }
    }

    /// `A^T A x + rho D^T D x`.
    fn normal(&self, x: &[f64], product: &mut [f64]) {
        let mut image = vec![0.0; self.operator.rows()];
        self.operator.apply(x, &mut image);
        self.operator.adjoint(&image, product);
        if let Some(split) = &self.split {
            axpy(split.variation.rho, &split.adjoint(&split.differences_of(x)), product);
        }
    }

    fn solve(&self, x: &mut [f64]) {
        let mut wanted = self.back_projection.clone();
        if let Some(split) = &self.split {
            let off: Vec<f64> = split.kept.iter().zip(&split.dual).map(|(d, u)| d - u).collect();
            axpy(split.variation.rho, &split.adjoint(&off), &mut wanted);
        }
        let mut product = vec![0.0; x.len()];
        self.normal(x, &mut product);
        let mut rest = vec![0.0; x.len()];
        subtract(&wanted, &product, &mut rest);
        let (size, whole) = (norm(&rest), norm(&wanted));
        let mut solve = ConjugateGradient::new(rest, vec![1.0; x.len()]);
        for _ in 0..self.iterations {
            if solve.relative_residual() * size <= SOLVED * whole || !solve.step(|p, image| self.normal(p, image)) {
                break;
            }
        }
        axpy(1.0, &solve.solution, x);
    }
}

impl Split {
    fn differences_of(&self, x: &[f64]) -> Vec<f64> {
        let mut differences = vec![0.0; self.kept.len()];
        self.differences.apply(x, &mut differences);
        differences
    }

    fn adjoint(&self, differences: &[f64]) -> Vec<f64> {
        let mut x = vec![0.0; LinearOperator::<f64>::cols(&self.differences)];
        self.differences.adjoint(differences, &mut x);
        x
    }

    /// Makes `d` new. Returns `D x`.
    fn shrink(&mut self, x: &[f64]) -> Vec<f64> {
        let differences = self.differences_of(x);
        for ((d, difference), u) in self.kept.iter_mut().zip(&differences).zip(&self.dual) {
            *d = difference + u;
        }
        l1::prox(&mut self.kept, self.variation.lambda / self.variation.rho);
        differences
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{NoFiles, TypedProblem};
    use crate::kernels::norm_inf;
    use crate::labs::imaging::volumes::{Grid, Volumes};

    /// At the minimum `A^T (y - A x) = lambda D^T q`, where q is the sign of each difference that is not zero and within -1..1 elsewhere.
    #[test]
    fn rounds_end_at_a_subgradient_of_zero() {
        let problem = Volumes { grid: Grid::Coarse, slices: 8, ..Volumes::default() };
        let drawn = problem.instance(1, &NoFiles).unwrap();
        let instance: &VolumesInstance = drawn.as_any().downcast_ref().unwrap();
        for (along, edge) in [(Along::Z, Edge::Circular), (Along::Xyz, Edge::Replicate)] {
            let (lambda, rho) = (2e-3, 0.02);
            let mut split = Consistency::new(instance, Some(Variation { along, edge, lambda, rho }), 20);
            let mut x = vec![0.0; instance.truth.len()];
            (0..600).for_each(|_| split.round(&mut x));
            let state = split.split.as_ref().unwrap();
            let q: Vec<f64> = state.dual.iter().map(|u| rho * u / lambda).collect();
            let (differences, kept) = (state.differences_of(&x), &state.kept);
            assert!(q.iter().all(|q| q.abs() <= 1.0 + 1e-9));
            assert!(q.iter().zip(kept).all(|(q, d)| *d == 0.0 || (q - d.signum()).abs() < 1e-9));
            let apart = distance_inf(&differences, kept);
            assert!(apart < 1e-4, "{along:?}: D x is {apart} from d");
            let mut image = vec![0.0; instance.operator.rows()];
            instance.operator.apply(&x, &mut image);
            image.iter_mut().zip(&instance.measurements).for_each(|(image, y)| *image = y - *image);
            let mut slope = vec![0.0; x.len()];
            instance.operator.adjoint(&image, &mut slope);
            let penalty: Vec<f64> = state.adjoint(&q).iter().map(|entry| lambda * entry).collect();
            assert!(distance_inf(&slope, &penalty) < 1e-2 * norm_inf(&penalty), "{along:?}: {slope:?}");
            let inside = kept.iter().filter(|d| **d == 0.0).count();
            assert!(inside > kept.len() / 10 && inside < kept.len(), "{inside} of {}", kept.len());
        }
    }

    fn distance_inf(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).fold(0.0, |most, (x, y)| (x - y).abs().max(most))
    }
}
