//! The law of pictures whose pixels are averaged.

use super::{Component, GaussianMixture};
use crate::linalg::Svd;

impl GaussianMixture {
    /// The law of means over `factor x factor` pixels of its images, which are square: again a mixture of this kind, and exactly so.
    ///
    /// Averaging is `S` with `S S^T = I / factor^2`, so a covariance `U diag(lam - tau^2) U^T + tau^2 I` becomes
    /// `S U diag(lam - tau^2) U^T S^T + (tau / factor)^2 I`.
    ///
    /// # Panics
    /// When images are not square, or the side is no multiple of `factor`.
    #[must_use]
    pub fn averaged(&self, factor: usize) -> Self {
        let components = self.components().iter().map(|component| {
            let rest = component.rest / (factor * factor) as f64;
            let spread = |(u, lam): (&Vec<f64>, &f64)| {
                let deviation = (lam - component.rest).max(0.0).sqrt();
                average(u, factor).iter().map(|entry| deviation * entry).collect()
            };
            let svd = Svd::new(component.basis.iter().zip(&component.variances).map(spread).collect());
            Component {
                weight: component.weight,
                mean: average(&component.mean, factor),
                variances: svd.values.iter().map(|value| value * value + rest).collect(),
                basis: svd.left,
                rest,
            }
        });
        Self::new(components.collect())
    }
}

/// Means over `factor x factor` pixels of a square image, row by row.
///
/// # Panics
/// When the image is not square, or its side is no multiple of `factor`.
pub fn average(image: &[f64], factor: usize) -> Vec<f64> {
    let side = image.len().isqrt();
    assert!(side * side == image.len() && side.is_multiple_of(factor));
    let coarse = side / factor;
    let mut means = vec![0.0; coarse * coarse];
    for (pixel, value) in image.iter().enumerate() {
        means[pixel / side / factor * coarse + pixel % side / factor] += value;
    }
    means.iter_mut().for_each(|mean| *mean /= (factor * factor) as f64);
    means
}
