//! Fits the prior that the imaging lab ships and writes it anew, the same bytes on every machine:
//!
//! ```sh
//! cargo run --release --example fit-slice-prior
//! ```

use pursuit::labs::imaging::prior::{VOLUMES, fitted};
use pursuit::models::denoiser::{MixtureFit, quantised};

fn main() -> std::io::Result<()> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/labs/imaging/prior/axial.mixture");
    let mixture = fitted(&MixtureFit::default(), VOLUMES);
    let rests: f64 = mixture.components().iter().map(|component| component.weight * component.rest).sum();
    let bytes = quantised(&mixture);
    println!("{} components, mean tau^2 {rests:.2e}, {} bytes", mixture.components().len(), bytes.len());
    std::fs::write(path, bytes)
}
