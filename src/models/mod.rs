//! Small trainable substrates that labs share. Each is tested by itself, against known answers and finite differences.

mod adam;
pub mod autoencoder;
pub mod convolution;
pub mod denoiser;
pub mod gp;
pub mod gumbel;
mod kmeans;
pub mod network;

pub use adam::Adam;
pub use kmeans::lloyd;
