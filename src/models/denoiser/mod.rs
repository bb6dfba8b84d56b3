//! Denoisers: all that a sampler may ask of a prior over images.
//!
//! ```text
//! D(x, s) = E[x_0 | x_0 + s n = x],   n ~ N(0, I)
//! score of the noisy density     grad log p_s(x) = (D(x, s) - x) / s^2                 (Tweedie)
//! covariance of what is behind   Cov[x_0 | x] = s^2 J,   J = dD/dx, symmetric for an exact posterior mean
//! ```
//!
//! Images lie one after the other in a slice, so that a prior can treat a whole volume at once. A prior is one file that implements
//! [`Denoiser`]; the samplers are those of the imaging lab.
//!
//! Robbins (1956) for the first line; Efron, "Tweedie's formula and selection bias" (2011).

mod averaged;
mod fit;
mod mixture;
mod quantised;
#[cfg(test)]
mod tests;

pub use averaged::average;
pub use fit::MixtureFit;
pub use mixture::{Component, GaussianMixture};
pub use quantised::{dequantised, quantised};

/// A prior over images of one size, as the mean of what is behind a noisy one.
pub trait Denoiser: Send + Sync {
    /// Numbers in an image, n.
    fn size(&self) -> usize;

    /// `D(x, s)` for each image in `noisy`, at the noise's standard deviation `s > 0`.
    fn denoise(&self, noisy: &[f64], deviation: f64) -> Vec<f64>;

    /// The same with what its derivative needs.
    fn linearise<'a>(&'a self, noisy: &'a [f64], deviation: f64) -> Box<dyn Linearised + 'a>;

    /// `log p_s(x)` for each image; `None` for a prior that has no density.
    fn log_density(&self, _noisy: &[f64], _deviation: f64) -> Option<Vec<f64>> {
        None
    }
}

/// A denoiser at some images: its value and its derivative there.
pub trait Linearised {
    /// `D(x, s)`.
    fn clean(&self) -> &[f64];

    /// `J^T v` for each image, where `directions` has a `v` for each: a vector-Jacobian product.
    fn vjp(&self, directions: &[f64]) -> Vec<f64>;
}
