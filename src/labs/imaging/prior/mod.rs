//! The priors over slices that the lab ships. README.md beside them says how they were made.

use crate::models::denoiser::{GaussianMixture, MixtureFit, dequantised};
use crate::signals::bodies::{FINEST, body};
use crate::signals::random::{Random, Stream};
use std::sync::{Arc, OnceLock};

/// Volumes that the shipped prior was fitted to.
pub const VOLUMES: usize = 600;

/// Their seeds start here, far from those that people choose.
pub const FIRST_SEED: u64 = 1 << 40;

/// The law of axial slices of bodies, `side x side` pixels, read once.
///
/// # Panics
/// When `side` does not divide [`FINEST`].
pub fn axial(side: usize) -> Arc<GaussianMixture> {
    static FINE: OnceLock<Arc<GaussianMixture>> = OnceLock::new();
    static COARSE: OnceLock<Arc<GaussianMixture>> = OnceLock::new();
    let fine = || FINE.get_or_init(|| Arc::new(dequantised(include_bytes!("axial.mixture"))));
    match FINEST / side {
        1 => fine().clone(),
        2 => COARSE.get_or_init(|| Arc::new(fine().averaged(2))).clone(),
        factor => Arc::new(fine().averaged(factor)),
    }
}

/// Fits a mixture to the axial slices of `volumes` bodies: what made the shipped one, with [`VOLUMES`] of them.
pub fn fitted(fit: &MixtureFit, volumes: usize) -> GaussianMixture {
    let images: Vec<f64> = (0..volumes as u64).flat_map(|number| body(FINEST, FINEST, FIRST_SEED + number)).collect();
    fit.fit(&images, FINEST * FINEST, &mut Random::new(0, Stream::Examples))
}
