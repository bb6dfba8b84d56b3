//! The variational bound and its derivatives, written out by hand in the reverse order of the formulas of [`super`].

use super::{Active, Datum, SparseGp};
use crate::kernels::{axpy, dot};
use crate::linalg::{Cholesky, Dependent};
use crate::models::gp::{JITTER, Kernel};

impl SparseGp {
    /// `fit sum_i E log p(y_i | f(x_i)) - prior KL(U)` for the data of a batch and one active set, ascending; its derivatives are added to
    /// `gradient`, in the order of the parameters. O(U^3) and O(U^2) a datum.
    ///
    /// # Errors
    /// [`Dependent`] when inducing inputs coincide, or a covariance has become singular.
    pub fn bound(
        &mut self,
        active: Vec<usize>,
        batch: &[Datum<'_>],
        [fit, prior]: [f64; 2],
        gradient: &mut [f64],
    ) -> Result<f64, Dependent> {
        let active = self.activate(active)?;
        let size = active.indices.len();
        let mut slopes = Slopes::new(size, active.columns.len());
        let mut value = -prior * self.divergence(&active, prior, &mut slopes)?;
        let mut hyper = vec![0.0; self.dims + 2];
        let (kernel, noise) = (self.kernel(), libm::exp(-2.0 * self.log_noise()));
        let weights = kernel.weights();
        for datum in batch {
            let column = self.column(&kernel, &weights, &active, datum.x);
            let mut solved = column.clone();
            active.factor.solve(&mut solved);
            let mut spread = vec![0.0; active.columns.len()];
            active.rows.iter().zip(&solved).for_each(|(row, &a)| axpy(a, row, &mut spread));
            let off = datum.y - dot(&solved, &active.mean);
            let variance = kernel.variance() - dot(&column, &solved) + dot(&spread, &spread);
            let square = noise * (off * off + variance);
            value += fit * (-0.5 * libm::log(std::f64::consts::TAU) - self.log_noise() - 0.5 * square);
            // Derivatives by the mean, the variance and the noise; then by what they are made of.
            let (by_mean, by_variance) = (fit * noise * off, -0.5 * fit * noise);
            hyper[self.dims + 1] += fit * (square - 1.0);
            hyper[self.dims] += by_variance * kernel.variance();
            axpy(by_mean, &solved, &mut slopes.mean);
            let mut by_solved: Vec<f64> = active.mean.iter().map(|m| by_mean * m).collect();
            axpy(-by_variance, &column, &mut by_solved);
            for ((slope, row), (&a, by)) in
                slopes.rows.iter_mut().zip(&active.rows).zip(solved.iter().zip(&mut by_solved))
            {
                axpy(2.0 * by_variance * a, &spread, slope);
                *by += 2.0 * by_variance * dot(row, &spread);
            }
            active.factor.solve(&mut by_solved);
            for (slope, by) in slopes.kernel.iter_mut().zip(&by_solved) {
                axpy(-by, &solved, slope);
            }
            axpy(-by_variance, &solved, &mut by_solved);
            self.through_column((&kernel, &weights), &active, datum.x, (&column, &by_solved), gradient, &mut hyper);
        }
        self.work += batch.len() as f64 * (4.0 * (size * size) as f64 + 3.0 * (size * active.columns.len()) as f64);
        self.through_kernel((&kernel, &weights), &active, &slopes.kernel, gradient, &mut hyper);
        self.scatter(&active, &slopes, gradient);
        let start = self.parameters.len() - hyper.len();
        axpy(1.0, &hyper, &mut gradient[start..]);
        Ok(value)
    }

    /// KL(U); `-prior` times its derivatives are added to the slopes.
    fn divergence(&mut self, active: &Active, prior: f64, slopes: &mut Slopes) -> Result<f64, Dependent> {
        let (size, width) = (active.indices.len(), active.columns.len());
        let spread = Cholesky::new(size, |i, j| dot(&active.rows[i], &active.rows[j]))?;
        let mut weighted = active.mean.clone();
        active.factor.solve(&mut weighted);
        // K^-1 F, row by row.
        let mut scaled = vec![vec![0.0; width]; size];
        for (out, inverse) in scaled.iter_mut().zip(&active.inverse) {
            inverse.iter().zip(&active.rows).for_each(|(&weight, row)| axpy(weight, row, out));
        }
        let trace = active.rows.iter().zip(&scaled).fold(0.0, |sum, (row, scaled)| sum + dot(row, scaled));
        let fit = dot(&active.mean, &weighted);
        let value = 0.5 * (trace + fit - size as f64 + active.factor.log_determinant() - spread.log_determinant());
        axpy(-prior, &weighted, &mut slopes.mean);
        for i in 0..size {
            axpy(-prior, &scaled[i], &mut slopes.rows[i]);
            // S^-1 F, the derivative of log |S| / 2.
            let mut inverse = vec![0.0; size];
            inverse[i] = 1.0;
            spread.solve(&mut inverse);
            inverse.iter().zip(&active.rows).for_each(|(&weight, row)| axpy(prior * weight, row, &mut slopes.rows[i]));
            for j in 0..size {
                let product = dot(&scaled[i], &scaled[j]) + weighted[i] * weighted[j];
                slopes.kernel[i][j] += 0.5 * prior * (product - active.inverse[i][j]);
            }
        }
        self.work += 3.0 * (size * size * width) as f64 + 1.2 * (size * size * size) as f64;
        Ok(value)
    }

    /// From derivatives by `k(Z_U, x)` to those by Z and the kernel's parameters.
    fn through_column(
        &self,
        (kernel, weights): (&Kernel, &[f64]),
        active: &Active,
        x: &[f64],
        (column, slopes): (&[f64], &[f64]),
        gradient: &mut [f64],
        hyper: &mut [f64],
    ) {
        let start = self.inputs_at();
        for ((&index, value), slope) in active.indices.iter().zip(column).zip(slopes) {
            let place = start + index * self.dims;
            for d in 0..kernel.dims() {
                let off = x[d] - self.parameters[place + d];
                gradient[place + d] += slope * value * weights[d] * off;
                hyper[d] += slope * value * weights[d] * off * off;
            }
            hyper[self.dims] += slope * value;
        }
    }

    /// The same for `K`.
    fn through_kernel(
        &self,
        (kernel, weights): (&Kernel, &[f64]),
        active: &Active,
        slopes: &[Vec<f64>],
        gradient: &mut [f64],
        hyper: &mut [f64],
    ) {
        let start = self.inputs_at();
        let place = |i: usize| start + active.indices[i] * self.dims;
        for (i, row) in slopes.iter().enumerate() {
            let z = &self.parameters[place(i)..][..self.dims];
            hyper[self.dims] += row[i] * JITTER * kernel.variance();
            for (j, slope) in row.iter().enumerate() {
                let other = &self.parameters[place(j)..][..self.dims];
                let pull = slope * kernel.at(weights, z, other);
                hyper[self.dims] += pull;
                for d in 0..self.dims {
                    let off = z[d] - other[d];
                    hyper[d] += pull * weights[d] * off * off;
                    gradient[place(j) + d] += pull * weights[d] * off;
                    gradient[place(i) + d] -= pull * weights[d] * off;
                }
            }
        }
    }

    fn scatter(&self, active: &Active, slopes: &Slopes, gradient: &mut [f64]) {
        for (place, &i) in active.indices.iter().enumerate() {
            gradient[i] += slopes.mean[place];
            for (&j, slope) in active.columns.iter().zip(&slopes.rows[place]) {
                if self.stands(i, j) {
                    gradient[self.place(i, j)] += slope;
                }
            }
        }
    }
}

/// Derivatives by what an active set has.
struct Slopes {
    mean: Vec<f64>,
    /// By the rows of F.
    rows: Vec<Vec<f64>>,
    /// By K.
    kernel: Vec<Vec<f64>>,
}

impl Slopes {
    fn new(size: usize, width: usize) -> Self {
        Self { mean: vec![0.0; size], rows: vec![vec![0.0; width]; size], kernel: vec![vec![0.0; size]; size] }
    }
}
