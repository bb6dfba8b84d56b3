//! Exact inference, O(n^3): what sparse processes are held to.

use super::{Kernel, Prediction};
use crate::kernels::dot;
use crate::linalg::{Cholesky, Dependent};

/// A process that has seen all its data.
#[derive(Clone, Debug)]
pub struct ExactGp {
    kernel: Kernel,
    inputs: Vec<f64>,
    factor: Cholesky<f64>,
    /// `(K + s^2 I)^-1 y`.
    weights: Vec<f64>,
}

impl ExactGp {
    /// Conditions on values `y` at the inputs, with noise of standard deviation `exp(log_noise)`. O(n^3 / 3).
    ///
    /// # Errors
    /// [`Dependent`] when the covariance is singular in double precision.
    pub fn new(kernel: &Kernel, log_noise: f64, inputs: &[f64], values: &[f64]) -> Result<Self, Dependent> {
        let factor = covariance(kernel, log_noise, inputs, values.len())?;
        let mut weights = values.to_vec();
        factor.solve(&mut weights);
        Ok(Self { kernel: kernel.clone(), inputs: inputs.to_vec(), factor, weights })
    }

    /// What is expected of f at x, O(n^2).
    pub fn predict(&self, x: &[f64]) -> Prediction {
        let scales = self.kernel.weights();
        let mut column: Vec<f64> =
            self.inputs.chunks_exact(self.kernel.dims()).map(|z| self.kernel.at(&scales, x, z)).collect();
        let mean = dot(&column, &self.weights);
        self.factor.forward(&mut column);
        Prediction { mean, variance: (self.kernel.variance() - dot(&column, &column)).max(0.0) }
    }
}

fn covariance(kernel: &Kernel, log_noise: f64, inputs: &[f64], count: usize) -> Result<Cholesky<f64>, Dependent> {
    let (weights, dims) = (kernel.weights(), kernel.dims());
    let row = |i: usize| &inputs[i * dims..(i + 1) * dims];
    let noise = libm::exp(2.0 * log_noise);
    Cholesky::new(count, |i, j| kernel.at(&weights, row(i), row(j)) + if i == j { noise } else { 0.0 })
}

/// `log p(y)` and its derivatives by `(log l_1, ..., log l_d, log a, log s)`. O(n^3).
///
/// # Errors
/// [`Dependent`] when the covariance is singular in double precision.
pub fn evidence(kernel: &Kernel, log_noise: f64, inputs: &[f64], values: &[f64]) -> Result<(f64, Vec<f64>), Dependent> {
    let (n, dims) = (values.len(), kernel.dims());
    let factor = covariance(kernel, log_noise, inputs, n)?;
    let mut alpha = values.to_vec();
    factor.solve(&mut alpha);
    let value = -0.5 * (dot(values, &alpha) + factor.log_determinant() + n as f64 * libm::log(std::f64::consts::TAU));
    let scales = kernel.weights();
    let mut gradient = vec![0.0; dims + 2];
    for i in 0..n {
        // Row i of (alpha alpha^T - C^-1) / 2.
        let mut inverse = vec![0.0; n];
        inverse[i] = 1.0;
        factor.solve(&mut inverse);
        let x = &inputs[i * dims..(i + 1) * dims];
        for (j, z) in inputs.chunks_exact(dims).enumerate() {
            let slope = 0.5 * (alpha[i] * alpha[j] - inverse[j]) * kernel.at(&scales, x, z);
            for (d, weight) in scales.iter().enumerate() {
                gradient[d] += slope * weight * (x[d] - z[d]) * (x[d] - z[d]);
            }
            gradient[dims] += slope;
        }
        gradient[dims + 1] += (alpha[i] * alpha[i] - inverse[i]) * libm::exp(2.0 * log_noise);
    }
    Ok((value, gradient))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kernel(scale: f64, variance: f64) -> Kernel {
        Kernel { log_scales: vec![libm::log(scale)], log_variance: libm::log(variance) }
    }

    /// One datum: mean `k y / (a + s^2)`, variance `a - k^2 / (a + s^2)`, evidence of a normal law.
    #[test]
    fn one_datum_has_a_closed_form() {
        let (kernel, noise) = (kernel(0.7, 2.0), 0.5);
        let gp = ExactGp::new(&kernel, libm::log(noise), &[0.3], &[1.5]).unwrap();
        let k = 2.0 * libm::exp(-0.5 * (0.4 / 0.7) * (0.4 / 0.7));
        let told = gp.predict(&[0.7]);
        assert!((told.mean - k * 1.5 / 2.25).abs() < 1e-14 && (told.variance - (2.0 - k * k / 2.25)).abs() < 1e-14);
        let (value, _) = evidence(&kernel, libm::log(noise), &[0.3], &[1.5]).unwrap();
        let wanted = -0.5 * (1.5 * 1.5 / 2.25 + libm::log(std::f64::consts::TAU * 2.25));
        assert!((value - wanted).abs() < 1e-14);
    }

    #[test]
    fn derivatives_are_those_of_differences() {
        let (inputs, values) = ([0.0, 0.4, 1.1, 1.3, 2.2], [0.3, 0.9, -0.5, -0.2, 1.0]);
        let at = |p: [f64; 3]| {
            let kernel = Kernel { log_scales: vec![p[0]], log_variance: p[1] };
            evidence(&kernel, p[2], &inputs, &values).unwrap()
        };
        let p = [-0.3, 0.2, -1.5];
        for i in 0..3 {
            let moved = |by: f64| {
                let mut p = p;
                p[i] += by;
                at(p).0
            };
            let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
            assert!((slope - at(p).1[i]).abs() < 1e-8 * (1.0 + slope.abs()), "{i}: {slope}");
        }
    }
}
