//! The imaging lab: volumes from few views, with priors that are learned from slices.

pub mod admm_tv;
mod consistency;
pub mod diffusion_mbir;
pub mod filtered_back_projection;
pub mod prior;
mod quality;
mod sampler;
pub mod slice_wise_score;
pub mod volumes;

use crate::contract::Registry;
use volumes::Volumes;

/// Adds the lab's problems, methods and exhibits. A new method is one line here.
pub fn register(registry: &mut Registry) {
    registry.add_problem::<Volumes>();
    registry.add::<diffusion_mbir::DiffusionMbir>();
    registry.add::<slice_wise_score::SliceWiseScore>();
    registry.add::<admm_tv::AdmmTv>();
    registry.add::<filtered_back_projection::FilteredBackProjection>();
}
