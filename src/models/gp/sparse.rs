//! Variational inference with inducing variables `u` at inputs `Z`, `q(u) = N(m, F F^T)`.
//!
//! ```text
//! K = k(Z_U, Z_U),  A = K^-1 k(Z_U, x)                               for an active set U of inducing variables
//! mean = A^T m_U,   var = k(x, x) - k^T A + |F_U^T A|^2
//! E log p(y | f)  = -1/2 log(2 pi s^2) - ((y - mean)^2 + var) / (2 s^2)
//! KL(U)           = 1/2 (tr K^-1 S_U + m_U^T K^-1 m_U - |U| + log |K| - log |S_U|)
//! ```
//!
//! With all variables active and one KL this is the bound of Hensman, Fusi and Lawrence (2013); with an active set of its own for every
//! datum it is the one of sparse-within-sparse processes.

mod bound;

use super::{JITTER, Kernel, Prediction, nearest};
use crate::kernels::{axpy, dot, norm};
use crate::linalg::{Cholesky, Dependent};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which factor `F` the covariance of the inducing variables has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Covariance {
    /// A diagonal one: M numbers.
    #[default]
    Diagonal,
    /// A lower triangular one, of which an active set has whole rows: `S_U` is exact.
    #[schemars(extend("x-label" = "rows of L"))]
    Rows,
    /// A lower triangular one, of which an active set has the square block: cheaper, and another q.
    #[schemars(extend("x-label" = "blocks of L"))]
    Block,
}

/// An input and a value.
#[derive(Clone, Copy, Debug)]
pub struct Datum<'a> {
    /// The input.
    pub x: &'a [f64],
    /// The value.
    pub y: f64,
}

/// A sparse process. All that is learned is one list, [`SparseGp::parameters`]: `m`, `F`, `Z`, `log l`, `log a`, `log s`.
#[derive(Clone, Debug)]
pub struct SparseGp {
    /// What is learned.
    pub parameters: Vec<f64>,
    count: usize,
    dims: usize,
    covariance: Covariance,
    /// Multiplications so far, to the leading order.
    pub work: f64,
}

/// An active set, factorised.
struct Active {
    indices: Vec<usize>,
    factor: Cholesky<f64>,
    /// `K^-1`, row by row.
    inverse: Vec<Vec<f64>>,
    /// Rows of F, and the column of F in which each of their entries stands.
    rows: Vec<Vec<f64>>,
    columns: Vec<usize>,
    mean: Vec<f64>,
}

impl SparseGp {
    /// `count` inducing variables at `inputs`, with `m = 0` and `S = 0.01 a I`.
    pub fn new(kernel: &Kernel, log_noise: f64, inputs: &[f64], covariance: Covariance) -> Self {
        let dims = kernel.dims();
        let count = inputs.len() / dims;
        let spread = 0.1 * libm::exp(0.5 * kernel.log_variance);
        let mut parameters = vec![0.0; count];
        match covariance {
            Covariance::Diagonal => parameters.extend(std::iter::repeat_n(spread, count)),
            Covariance::Rows | Covariance::Block => {
                parameters.extend((0..count).flat_map(|i| (0..=i).map(move |j| if i == j { spread } else { 0.0 })));
            }
        }
        parameters.extend_from_slice(inputs);
        parameters.extend_from_slice(&kernel.log_scales);
        parameters.extend([kernel.log_variance, log_noise]);
        Self { parameters, count, dims, covariance, work: 0.0 }
    }

    /// Number of inducing variables, M.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Where Z begins in the parameters.
    fn inputs_at(&self) -> usize {
        self.parameters.len() - self.count * self.dims - self.dims - 2
    }

    /// Z, row by row.
    pub fn inputs(&self) -> &[f64] {
        &self.parameters[self.inputs_at()..][..self.count * self.dims]
    }

    /// The means `m` of the inducing variables.
    pub fn means(&self) -> &[f64] {
        &self.parameters[..self.count]
    }

    /// The kernel.
    pub fn kernel(&self) -> Kernel {
        let hyper = &self.parameters[self.parameters.len() - self.dims - 2..];
        Kernel { log_scales: hyper[..self.dims].to_vec(), log_variance: hyper[self.dims] }
    }

    /// `log s`.
    pub fn log_noise(&self) -> f64 {
        self.parameters[self.parameters.len() - 1]
    }

    /// The `neighbours` inducing variables nearest to x in units of the length scales, ascending.
    pub fn neighbours(&self, x: &[f64], neighbours: usize) -> Vec<usize> {
        nearest(&self.kernel().weights(), self.inputs(), x, neighbours)
    }

    /// Where entry (i, j) of F stands, `j <= i`.
    fn place(&self, i: usize, j: usize) -> usize {
        match self.covariance {
            Covariance::Diagonal => self.count + i,
            Covariance::Rows | Covariance::Block => self.count + i * (i + 1) / 2 + j,
        }
    }

    /// The entries of F that an active set has: its rows, and their columns.
    fn factor_rows(&self, indices: &[usize]) -> (Vec<Vec<f64>>, Vec<usize>) {
        let columns: Vec<usize> = match self.covariance {
            Covariance::Rows => (0..=indices.last().copied().unwrap_or(0)).collect(),
            Covariance::Diagonal | Covariance::Block => indices.to_vec(),
        };
        let entry = |i: usize, j: usize| if self.stands(i, j) { self.parameters[self.place(i, j)] } else { 0.0 };
        (indices.iter().map(|&i| columns.iter().map(|&j| entry(i, j)).collect()).collect(), columns)
    }

    fn stands(&self, i: usize, j: usize) -> bool {
        if self.covariance == Covariance::Diagonal { i == j } else { j <= i }
    }

    /// Factorises an active set, O(U^3).
    fn activate(&mut self, indices: Vec<usize>) -> Result<Active, Dependent> {
        let (kernel, size) = (self.kernel(), indices.len());
        let weights = kernel.weights();
        let z = |i: usize| &self.inputs()[indices[i] * self.dims..][..self.dims];
        let jitter = |i: usize, j: usize| if i == j { JITTER * kernel.variance() } else { 0.0 };
        let factor = Cholesky::new(size, |i, j| kernel.at(&weights, z(i), z(j)) + jitter(i, j))?;
        let inverse = (0..size).map(|i| {
            let mut row = vec![0.0; size];
            row[i] = 1.0;
            factor.solve(&mut row);
            row
        });
        let inverse = inverse.collect();
        let (rows, columns) = self.factor_rows(&indices);
        let mean = indices.iter().map(|&i| self.parameters[i]).collect();
        let cube = (size * size * size) as f64;
        self.work += cube / 6.0 + cube;
        Ok(Active { indices, factor, inverse, rows, columns, mean })
    }

    /// `k(Z_U, x)`.
    fn column(&self, kernel: &Kernel, weights: &[f64], active: &Active, x: &[f64]) -> Vec<f64> {
        active.indices.iter().map(|&i| kernel.at(weights, &self.inputs()[i * self.dims..][..self.dims], x)).collect()
    }

    /// What is expected of f at each x, from one active set for all. O(U^3) and O(U^2) an x.
    ///
    /// # Errors
    /// [`Dependent`] when inducing inputs coincide beyond what the jitter mends.
    pub fn predict(&mut self, active: Vec<usize>, inputs: &[f64]) -> Result<Vec<Prediction>, Dependent> {
        let active = self.activate(active)?;
        let (kernel, dims) = (self.kernel(), self.dims);
        let weights = kernel.weights();
        let predictions = inputs.chunks_exact(dims).map(|x| {
            let column = self.column(&kernel, &weights, &active, x);
            let mut solved = column.clone();
            active.factor.solve(&mut solved);
            let mut spread = vec![0.0; active.columns.len()];
            active.rows.iter().zip(&solved).for_each(|(row, &a)| axpy(a, row, &mut spread));
            let variance = kernel.variance() - dot(&column, &solved) + dot(&spread, &spread);
            Prediction { mean: dot(&solved, &active.mean), variance: variance.max(0.0) }
        });
        Ok(predictions.collect())
    }

    /// `|parameters|`, which is not finite once any of them is not.
    pub fn size(&self) -> f64 {
        norm(&self.parameters)
    }
}

#[cfg(test)]
mod tests;
