//! Conjugate gradients with a diagonal preconditioner, one iteration at a time.
//!
//! ```text
//! r = b, u = D^-1 r, p = u
//! repeat
//!     t = <r, u> / <p, M p>
//!     x = x + t p;  r = r - t M p
//!     u' = D^-1 r;  p = u' + (<r', u'> / <r, u>) p
//! ```
//!
//! Solves `M x = b` for symmetric positive definite `M`, from `x = 0`. An iteration costs one product with `M`.
//! Hestenes and Stiefel, "Methods of conjugate gradients for solving linear systems" (1952).

use crate::kernels::{axpy, dot, norm};

/// A solve on its way.
#[derive(Clone, Debug)]
pub struct ConjugateGradient {
    /// `x`, the solution so far.
    pub solution: Vec<f64>,
    diagonal: Vec<f64>,
    residual: Vec<f64>,
    direction: Vec<f64>,
    /// `<r, D^-1 r>`.
    size: f64,
    start: f64,
}

impl ConjugateGradient {
    /// Starts on `b`, with the positive diagonal of `M`.
    pub fn new(wanted: Vec<f64>, diagonal: Vec<f64>) -> Self {
        let direction: Vec<f64> = wanted.iter().zip(&diagonal).map(|(b, d)| b / d).collect();
        Self {
            solution: vec![0.0; wanted.len()],
            size: dot(&wanted, &direction),
            start: norm(&wanted),
            residual: wanted,
            diagonal,
            direction,
        }
    }

    /// `|b - M x| / |b|`, as the recurrence has it.
    pub fn relative_residual(&self) -> f64 {
        if self.start > 0.0 { norm(&self.residual) / self.start } else { 0.0 }
    }

    /// One iteration; `multiply` writes `M p`. False when it cannot go on: solved, or `M` is not positive along `p`.
    pub fn step(&mut self, multiply: impl FnOnce(&[f64], &mut [f64])) -> bool {
        let mut image = vec![0.0; self.direction.len()];
        multiply(&self.direction, &mut image);
        let curvature = dot(&self.direction, &image);
        // Also when it is not a number.
        if !(curvature > 0.0 && self.size > 0.0) {
            return false;
        }
        let length = self.size / curvature;
        axpy(length, &self.direction, &mut self.solution);
        axpy(-length, &image, &mut self.residual);
        let scaled: Vec<f64> = self.residual.iter().zip(&self.diagonal).map(|(r, d)| r / d).collect();
        let size = dot(&self.residual, &scaled);
        let keep = size / self.size;
        for (p, u) in self.direction.iter_mut().zip(&scaled) {
            *p = u + keep * *p;
        }
        self.size = size;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_iterations_as_unknowns_solve() {
        let matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, -0.25], [0.5, -0.25, 2.0]];
        let multiply = |p: &[f64], image: &mut [f64]| {
            for (out, row) in image.iter_mut().zip(&matrix) {
                *out = dot(row, p);
            }
        };
        let mut solve = ConjugateGradient::new(vec![1.0, -2.0, 0.5], vec![4.0, 3.0, 2.0]);
        for _ in 0..3 {
            assert!(solve.step(multiply));
        }
        let mut image = [0.0; 3];
        multiply(&solve.solution, &mut image);
        for (reached, wanted) in image.iter().zip([1.0, -2.0, 0.5]) {
            assert!((reached - wanted).abs() < 1e-14);
        }
        assert!(solve.relative_residual() < 1e-14);
    }

    #[test]
    fn a_matrix_that_is_not_positive_is_noticed() {
        let mut solve = ConjugateGradient::new(vec![1.0], vec![1.0]);
        assert!(!solve.step(|p, image| image[0] = -p[0]));
        assert_eq!(solve.solution, [0.0]);
    }
}
