//! The squared-exponential kernel with a length scale for each dimension, and its derivatives.

/// `k(x, z) = a exp(-1/2 sum_d (x_d - z_d)^2 / l_d^2)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// `log l_d`, one a dimension.
    pub log_scales: Vec<f64>,
    /// `log a`.
    pub log_variance: f64,
}

impl Kernel {
    /// Dimensions of an input.
    pub fn dims(&self) -> usize {
        self.log_scales.len()
    }

    /// `a`.
    pub fn variance(&self) -> f64 {
        libm::exp(self.log_variance)
    }

    /// `1 / l_d^2`.
    pub fn weights(&self) -> Vec<f64> {
        self.log_scales.iter().map(|log| libm::exp(-2.0 * log)).collect()
    }

    /// `k(x, z)`; `weights` are [`Self::weights`].
    pub fn at(&self, weights: &[f64], x: &[f64], z: &[f64]) -> f64 {
        libm::exp(self.log_variance - 0.5 * squared_distance(weights, x, z))
    }
}

/// `sum_d w_d (x_d - z_d)^2`.
pub(super) fn squared_distance(weights: &[f64], x: &[f64], z: &[f64]) -> f64 {
    weights.iter().zip(x).zip(z).fold(0.0, |sum, ((w, x), z)| sum + w * (x - z) * (x - z))
}

/// The `count` rows of `inputs` that are nearest to `x`, distances weighted, ascending by index. O(n dims + n).
///
/// # Panics
/// When there are no weights.
pub fn nearest(weights: &[f64], inputs: &[f64], x: &[f64], count: usize) -> Vec<usize> {
    let mut order: Vec<(f64, usize)> =
        inputs.chunks_exact(weights.len()).enumerate().map(|(i, z)| (squared_distance(weights, x, z), i)).collect();
    if count < order.len() {
        // Of two at the same distance the first counts as nearer, so that the set is the same everywhere.
        order.select_nth_unstable_by(count, |a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        order.truncate(count);
    }
    let mut chosen: Vec<usize> = order.into_iter().map(|entry| entry.1).collect();
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_of_known_values() {
        let kernel = Kernel { log_scales: vec![0.0, libm::log(2.0)], log_variance: libm::log(3.0) };
        let weights = kernel.weights();
        // exp(-1/2 (1 + 4 / 4)) = 1 / e.
        let value = kernel.at(&weights, &[1.0, 0.0], &[0.0, 2.0]);
        assert!((value - 3.0 / std::f64::consts::E).abs() < 1e-15);
        assert!((kernel.at(&weights, &[1.0, 5.0], &[1.0, 5.0]) - kernel.variance()).abs() < 1e-15);
    }

    #[test]
    fn neighbours_are_those_that_sorting_gives() {
        let inputs = [0.0, 0.9, 0.5, 0.4, 2.0];
        assert_eq!(nearest(&[1.0], &inputs, &[0.45], 2), [2, 3]);
        assert_eq!(nearest(&[1.0], &inputs, &[0.45], 3), [0, 2, 3]);
        assert_eq!(nearest(&[1.0], &inputs, &[0.45], 9), [0, 1, 2, 3, 4]);
    }
}
