//! Mixtures in few bytes.
//!
//! ```text
//! u32 components, u32 n, then of each component:
//!     u32 r, f32 w, f32 tau^2, r f32 lam, f32 lowest, f32 step, n u16 mean = lowest + step i, r n i8 directions
//! ```
//!
//! All little-endian. A direction is scaled such that its largest entry is 127; what is read is made orthonormal again, without which the
//! Jacobian of the denoiser would lose its symmetry.

use super::{Component, GaussianMixture};
use crate::kernels::norm_inf;
use crate::linalg::IncrementalQr;

/// A mixture as bytes.
pub fn quantised(mixture: &GaussianMixture) -> Vec<u8> {
    let components = mixture.components();
    let mut bytes = Vec::new();
    let whole = |number: usize| u32::try_from(number).expect("a mixture is smaller than that").to_le_bytes();
    let real = |number: f64| (number as f32).to_le_bytes();
    bytes.extend(whole(components.len()));
    bytes.extend(whole(components[0].mean.len()));
    for component in components {
        bytes.extend(whole(component.basis.len()));
        bytes.extend(real(component.weight));
        bytes.extend(real(component.rest));
        component.variances.iter().for_each(|&variance| bytes.extend(real(variance)));
        let fold = |start, pick: fn(f64, f64) -> f64| component.mean.iter().copied().fold(start, pick);
        let (low, high) = (fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max));
        let (low, step) = (f64::from(low as f32), f64::from(((high - low) / f64::from(u16::MAX)) as f32));
        bytes.extend(real(low));
        bytes.extend(real(step));
        for value in &component.mean {
            let place = if step > 0.0 { libm::round((value - low) / step) } else { 0.0 };
            bytes.extend((place.clamp(0.0, f64::from(u16::MAX)) as u16).to_le_bytes());
        }
        for direction in &component.basis {
            let largest = norm_inf(direction);
            bytes.extend(direction.iter().map(|entry| (libm::round(127.0 * entry / largest) as i8).cast_unsigned()));
        }
    }
    bytes
}

/// The mixture that was written. Weights are made to sum to one, and variances along directions to be no less than the rest.
///
/// # Panics
/// When the bytes are no mixture: they are compiled in, and a test reads them.
pub fn dequantised(bytes: &[u8]) -> GaussianMixture {
    let mut reader = Reader { bytes };
    let (count, size) = (reader.whole(), reader.whole());
    let mut components: Vec<Component> = (0..count).map(|_| reader.component(size)).collect();
    assert!(reader.bytes.is_empty(), "a mixture has no more bytes than it says");
    let sum: f64 = components.iter().map(|component| component.weight).sum();
    components.iter_mut().for_each(|component| component.weight /= sum);
    GaussianMixture::new(components)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        let (taken, rest) = self.bytes.split_first_chunk().expect("a mixture has as many bytes as it says");
        self.bytes = rest;
        *taken
    }

    fn whole(&mut self) -> usize {
        u32::from_le_bytes(self.take()) as usize
    }

    fn real(&mut self) -> f64 {
        f64::from(f32::from_le_bytes(self.take()))
    }

    fn component(&mut self, size: usize) -> Component {
        let (rank, weight, rest) = (self.whole(), self.real(), self.real());
        let variances: Vec<f64> = (0..rank).map(|_| self.real().max(rest)).collect();
        let (low, step) = (self.real(), self.real());
        let mean = (0..size).map(|_| low + step * f64::from(u16::from_le_bytes(self.take()))).collect();
        let mut directions = IncrementalQr::new();
        for _ in 0..rank {
            let direction: Vec<f64> = (0..size).map(|_| f64::from(i8::from_le_bytes(self.take()))).collect();
            directions.push(&direction).expect("directions are independent");
        }
        Component { weight, mean, basis: directions.directions().to_vec(), variances, rest }
    }
}
