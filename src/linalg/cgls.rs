//! Conjugate gradients for least squares, one iteration at a time.
//!
//! ```text
//! r = b, s = A^* r, p = s
//! repeat
//!     q = A p;  t = |s|^2 / |q|^2
//!     x = x + t p;  r = r - t q
//!     s' = A^* r;  p = s' + (|s'|^2 / |s|^2) p
//! ```
//!
//! Minimises `|b - A x|` from `x = 0`: conjugate gradients on the normal equations, which are never formed. An iteration costs a product
//! with `A` and one with `A^*`. Hestenes and Stiefel (1952); Bjorck, "Numerical methods for least squares problems" (1996), 7.4.

use crate::kernels::{Scalar, axpy, norm};

/// A solve on its way.
#[derive(Clone, Debug)]
pub struct Cgls<S = f64> {
    /// `x`, the solution so far.
    pub solution: Vec<S>,
    residual: Vec<S>,
    direction: Vec<S>,
    /// `|A^* r|`, now and at the start.
    slope: f64,
    start: f64,
}

impl<S: Scalar> Cgls<S> {
    /// Starts on `b`, with `A^* b`.
    pub fn new(wanted: Vec<S>, gradient: Vec<S>) -> Self {
        let start = norm(&gradient);
        Self { solution: vec![S::zero(); gradient.len()], residual: wanted, direction: gradient, slope: start, start }
    }

    /// `|A^* (b - A x)| / |A^* b|`.
    pub fn relative_slope(&self) -> f64 {
        if self.start > 0.0 { self.slope / self.start } else { 0.0 }
    }

    /// One iteration; `apply` writes `A p` and `adjoint` writes `A^* r`. False when it cannot go on: solved, or `A p = 0`.
    pub fn step(&mut self, apply: impl FnOnce(&[S], &mut [S]), adjoint: impl FnOnce(&[S], &mut [S])) -> bool {
        let mut image = vec![S::zero(); self.residual.len()];
        apply(&self.direction, &mut image);
        let size = norm(&image);
        // Also when it is not a number.
        if !(size > 0.0 && self.slope > 0.0) {
            return false;
        }
        let length = (self.slope / size) * (self.slope / size);
        axpy(S::from_real(length), &self.direction, &mut self.solution);
        axpy(S::from_real(-length), &image, &mut self.residual);
        let mut gradient = vec![S::zero(); self.direction.len()];
        adjoint(&self.residual, &mut gradient);
        let slope = norm(&gradient);
        let keep = (slope / self.slope) * (slope / self.slope);
        for (p, s) in self.direction.iter_mut().zip(&gradient) {
            *p = *s + *p * keep;
        }
        self.slope = slope;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::dot;
    use crate::linalg::IncrementalQr;

    #[test]
    fn as_many_iterations_as_unknowns_give_what_qr_gives() {
        let columns = [[1.0, 2.0, -1.0, 0.5], [0.0, 1.0, 3.0, -2.0], [2.0, 0.3, 0.1, 1.0]];
        let wanted = [1.0, -1.0, 2.0, 0.7];
        let mut qr = IncrementalQr::new();
        columns.iter().for_each(|column| qr.push(column).unwrap());
        let apply = |x: &[f64], y: &mut [f64]| {
            y.fill(0.0);
            columns.iter().zip(x).for_each(|(column, &x)| axpy(x, column, y));
        };
        let adjoint = |y: &[f64], x: &mut [f64]| x.iter_mut().zip(&columns).for_each(|(x, a)| *x = dot(a, y));
        let mut gradient = vec![0.0; 3];
        adjoint(&wanted, &mut gradient);
        let mut solve = Cgls::new(wanted.to_vec(), gradient);
        for _ in 0..3 {
            assert!(solve.step(apply, adjoint));
        }
        assert!(solve.relative_slope() < 1e-13);
        for (x, exact) in solve.solution.iter().zip(qr.solve(&wanted)) {
            assert!((x - exact).abs() < 1e-13);
        }
    }

    #[test]
    fn a_matrix_that_does_nothing_is_noticed() {
        let mut solve = Cgls::new(vec![1.0], vec![0.0]);
        assert!(!solve.step(|_, _| {}, |_, _| {}));
        assert_eq!(solve.solution, [0.0]);
    }
}
