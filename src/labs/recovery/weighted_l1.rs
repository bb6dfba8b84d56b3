//! Weighted l1 problems, solved exactly and proved: `min sum w_j |x_j|` subject to `A x = y`, or
//! `min 1/2 |y - A x|^2 + lambda sum w_j |x_j|`.
//!
//! ```text
//! substitute x_j = u_j / w_j, columns a_j / w_j: the weights are gone
//! follow the homotopy from u = 0 to lambda (zero for equality)
//! polish:   u_S = A_S^+ y - lambda (A_S^T A_S)^{-1} s,   nu = A_S (A_S^T A_S)^{-1} s,   by QR
//! prove:    A u = y,  |A^T nu|_inf <= 1,  |u|_1 = y^T nu       (weak duality), or the LASSO's duality gap
//! not proved: follow again with QR in place of the Gram matrix, and then with ties broken by perturbed weights;
//!             polish and prove without the perturbation
//! ```
//!
//! With a [`Domain`] of nonnegative entries, the largest entry of `A^T nu` stands for the largest modulus. `A` is m x n
//! and real. Cost: that of the path (see [`Homotopy`]) and O(m |S|^2) for the polish. Where `A x = y` has no solution, the
//! path ends at the least-squares solution of least l1 norm, and that is what is proved.

use super::active_columns::Factorisation;
use super::homotopy::{Domain, Homotopy, Progress};
use crate::kernels::{dot, norm, norm_inf, norm_one, subtract};
use crate::linalg::IncrementalQr;
use crate::losses::least_squares::lasso_certificate;
use crate::operators::{ColumnScaled, Counted, LinearOperator};
use crate::signals::random::{Random, Stream};
use std::cell::OnceCell;
use std::sync::Arc;

/// How far weights are perturbed to break ties, in the attempts after the first. Those factorise by QR as well.
const PERTURBATIONS: [f64; 4] = [0.0, 1e-8, 1e-6, 1e-4];

/// Relative residual below which `A x = y` holds.
pub const FEASIBLE: f64 = 1e-10;

/// Entries of the polished solution below this fraction of the largest are zero.
const NOTHING: f64 = 1e-13;

/// What a step came to.
pub enum Stage {
    /// A breakpoint, with more to come.
    Going,
    /// Solved; the sentence names the proof.
    Proved(String),
    /// No attempt could be proved; the sentence says how far the last one got.
    Unproved(String),
}

/// A solver and what is seen of it.
pub struct WeightedL1 {
    operator: Arc<Counted<f64>>,
    measurements: Vec<f64>,
    /// `1 / w`, and `A` with its columns divided by w.
    scales: Vec<f64>,
    scaled: Arc<dyn LinearOperator<f64>>,
    /// The level to reach; zero for equality.
    end: f64,
    domain: Domain,
    tolerance: f64,
    path: Homotopy,
    attempt: usize,
    /// The least gap of any polished solution that could not be proved.
    best_gap: f64,
    /// `x`, n entries.
    pub estimate: Vec<f64>,
    /// Indices of the entries that are not zero, ascending.
    pub support: Vec<usize>,
    /// See [`dual`](Self::dual), once somebody looks.
    dual: OnceCell<Vec<f64>>,
    /// The level of the path.
    pub lambda: f64,
    /// `sum w_j |x_j|`, with `1/2 |y - A x|^2 + lambda` before it for the LASSO.
    pub objective: f64,
    /// The duality gap relative to the weighted norm, or to `1/2 |y|^2` for the LASSO.
    pub gap: f64,
    /// `|y - A x| / |y|`.
    pub relative_residual: f64,
}

impl WeightedL1 {
    /// The problem with weights `1 / scales`, all ones where there are none. A `lambda` of zero asks for equality.
    pub fn new(
        operator: Arc<Counted<f64>>,
        measurements: &[f64],
        scales: Option<Vec<f64>>,
        lambda: f64,
        domain: Domain,
        tolerance: f64,
    ) -> Self {
        let scaled: Arc<dyn LinearOperator<f64>> = match &scales {
            Some(scales) => Arc::new(ColumnScaled::new(operator.clone(), scales.clone())),
            None => operator.clone(),
        };
        let n = operator.cols();
        let mut solver = Self {
            operator,
            measurements: measurements.to_vec(),
            scales: scales.unwrap_or_else(|| vec![1.0; n]),
            path: Homotopy::new(scaled.clone(), measurements, lambda, domain, Factorisation::Gram),
            scaled,
            end: lambda,
            domain,
            tolerance,
            attempt: 0,
            best_gap: 1.0,
            estimate: vec![0.0; n],
            support: Vec::new(),
            dual: OnceCell::new(),
            lambda,
            objective: 0.0,
            gap: 0.0,
            relative_residual: 0.0,
        };
        solver.show_path();
        solver
    }

    /// Goes on to the next breakpoint, or proves the end of the path.
    pub fn step(&mut self) -> Stage {
        match self.path.step() {
            Progress::Breakpoint => {
                self.show_path();
                return Stage::Going;
            }
            Progress::Explained => {
                if let Some(proof) = self.polish() {
                    return Stage::Proved(proof + &self.remarks());
                }
                // The path has not moved, so this step is still to be done.
                return self.step();
            }
            Progress::Ended => {
                if let Some(proof) = self.polish() {
                    return Stage::Proved(proof + &self.remarks());
                }
            }
            Progress::Stuck => {}
        }
        let Some(&size) = PERTURBATIONS.get(self.attempt) else {
            return Stage::Unproved(format!(
                "no end of the path could be proved optimal, with or without ties broken; the best gap is {:.0e}. FISTA \
                 with a small lambda_ratio comes close",
                self.best_gap
            ));
        };
        self.perturb(size);
        Stage::Going
    }

    /// The path.
    pub fn path(&self) -> &Homotopy {
        &self.path
    }

    /// Products with `A` or its transpose so far, by this solver and all that share the operator.
    pub fn products(&self) -> f64 {
        self.operator.products()
    }

    /// Starts anew with weights that differ by up to `size`, so that no two columns tie.
    fn perturb(&mut self, size: f64) {
        let mut random = Random::new(self.attempt as u64, Stream::Method);
        self.attempt += 1;
        let scales = self.scales.iter().map(|scale| scale * (1.0 + size * random.uniform())).collect();
        let perturbed = ColumnScaled::new(self.operator.clone(), scales);
        self.path =
            Homotopy::new(Arc::new(perturbed), &self.measurements, self.end, self.domain, Factorisation::Columns);
        self.show_path();
    }

    fn show_path(&mut self) {
        self.lambda = self.path.lambda();
        let level = if self.lambda > 0.0 { self.lambda } else { 1.0 };
        let (u, residual) = (self.path.estimate().to_vec(), self.path.residual().to_vec());
        self.dual.take();
        // On the path r / lambda is feasible for the dual of the equality problem, and lambda the largest correlation.
        let multiplier: Vec<f64> = residual.iter().map(|r| r / level).collect();
        self.show(&u, &residual, self.lambda, &multiplier, 1.0);
    }

    /// `a_j^T r / (lambda w_j)`, n entries; active ones are at 1 in modulus. On the path it is computed for people only,
    /// and not counted.
    pub fn dual(&self) -> &[f64] {
        self.dual.get_or_init(|| {
            let level = if self.lambda > 0.0 { self.lambda } else { 1.0 };
            let mut dual = vec![0.0; self.scales.len()];
            self.operator.uncounted().adjoint(self.path.residual(), &mut dual);
            dual.iter_mut().zip(&self.scales).for_each(|(c, scale)| *c *= scale / level);
            dual
        })
    }

    /// Takes over `u`, given its residual, the largest of its correlations, a dual vector and the largest of the
    /// correlations of that.
    fn show(&mut self, u: &[f64], residual: &[f64], peak: f64, multiplier: &[f64], dual_peak: f64) {
        let size = norm(&self.measurements);
        self.relative_residual = if size > 0.0 { norm(residual) / size } else { 0.0 };
        if self.end > 0.0 {
            let certificate = lasso_certificate(u, &self.measurements, residual, &[peak], self.end);
            self.objective = certificate.objective;
            self.gap = if size > 0.0 { certificate.gap / (0.5 * size * size) } else { 0.0 };
        } else {
            self.objective = norm_one(u);
            let bound = dot(multiplier, &self.measurements) / dual_peak.max(1.0);
            let scale = self.objective.max(bound);
            self.gap = if scale > 0.0 { (self.objective - bound).abs() / scale } else { 0.0 };
        }
        self.estimate = u.iter().zip(&self.scales).map(|(u, scale)| u * scale).collect();
        self.support = (0..u.len()).filter(|&j| u[j] != 0.0).collect();
    }

    /// Solves on the active set by QR and proves the result; `None` when it is not optimal.
    fn polish(&mut self) -> Option<String> {
        let (rows, cols) = (self.scaled.rows(), self.scaled.cols());
        let (active, signs) = self.path.active();
        let mut factors = IncrementalQr::new();
        let mut column = vec![0.0; rows];
        for &j in active {
            self.scaled.column(j, &mut column);
            factors.push(&column).ok()?;
        }
        let coordinates = factors.solve_adjoint(signs);
        let multiplier = factors.combine(&coordinates, rows);
        let fitted = factors.project(&self.measurements);
        let shrunk: Vec<f64> = fitted.iter().zip(&coordinates).map(|(b, w)| b - self.end * w).collect();
        let mut u = vec![0.0; cols];
        for (&j, value) in active.iter().zip(factors.back_substitute(&shrunk)) {
            u[j] = value;
        }
        let nothing = NOTHING * norm_inf(&u);
        u.iter_mut().filter(|u| u.abs() <= nothing).for_each(|u| *u = 0.0);
        let (mut image, mut residual, mut correlations) = (vec![0.0; rows], vec![0.0; rows], vec![0.0; cols]);
        self.scaled.apply(&u, &mut image);
        subtract(&self.measurements, &image, &mut residual);
        self.scaled.adjoint(&residual, &mut correlations);
        let mut dual: Vec<f64> = correlations.iter().map(|c| c / self.end).collect();
        if self.end == 0.0 {
            self.scaled.adjoint(&multiplier, &mut dual);
        }
        self.lambda = self.end;
        let (peak, dual_peak) = (self.domain.level(&correlations), self.dual_peak(&dual, &correlations));
        self.show(&u, &residual, peak, &multiplier, dual_peak);
        self.dual = OnceCell::from(dual);
        self.best_gap = self.best_gap.min(self.gap);
        self.proof(&correlations)
    }

    /// The largest entry of `A^T nu` among those that bound the l1 norm. Where no nonnegative `x` fits y, an entry whose
    /// correlation with what is left is negative is zero in every best fit, whatever its price.
    fn dual_peak(&self, dual: &[f64], correlations: &[f64]) -> f64 {
        let size = norm(&self.measurements);
        let columns = self.scaled.column_norms();
        let free = |j: usize| self.domain == Domain::Signed || correlations[j] >= -FEASIBLE * columns[j] * size;
        let free: Vec<f64> = (0..dual.len()).filter(|&j| free(j)).map(|j| dual[j]).collect();
        self.domain.level(&free)
    }

    /// The sentence that names the proof, if the polished solution has one.
    fn proof(&self, correlations: &[f64]) -> Option<String> {
        let allowed = self.domain == Domain::Signed || self.estimate.iter().all(|&x| x >= 0.0);
        if !allowed || self.gap.is_nan() || self.gap > self.tolerance {
            return None;
        }
        let gap = self.gap;
        if self.end > 0.0 {
            return Some(format!("duality gap {gap:.0e} of |y|²/2"));
        }
        if self.relative_residual <= FEASIBLE {
            return Some(format!("the dual certificate holds, gap {gap:.0e}"));
        }
        let size = norm(&self.measurements);
        let columns = self.scaled.column_norms();
        let orthogonal = correlations
            .iter()
            .zip(columns)
            .all(|(c, column)| self.domain.signs().iter().all(|sign| sign * c <= FEASIBLE * column * size));
        let share = self.relative_residual;
        orthogonal.then(|| {
            format!(
                "no x fits y exactly ({share:.0e} of y is left); of the least-squares fits this has the least l1 norm, \
                 gap {gap:.0e}"
            )
        })
    }

    /// What else should be known of the solution; empty for most.
    fn remarks(&self) -> String {
        let mut remarks = String::new();
        match self.attempt {
            0 => {}
            1 => remarks += "; found with QR, as nearly dependent columns defeat the Gram matrix",
            used => remarks += &format!("; ties were broken by a perturbation of {:.0e}", PERTURBATIONS[used - 1]),
        }
        if let [first, rest @ ..] = self.path.dependent() {
            let others = if rest.is_empty() { String::new() } else { format!(" and {} more", rest.len()) };
            remarks += &format!("; column {first}{others} depends on the active ones and stays out");
        }
        remarks
    }
}
