//! What the tests of declipping share.

use super::{Block, Consistency};
use crate::signals::random::{Random, Stream};
use crate::transforms::PaddedFourier;
use num_complex::Complex64;
use std::sync::Arc;

/// Three tones of `samples` samples, clipped to half their peak, and the frame.
pub(in crate::labs::recovery) fn clipped_block(samples: usize, redundancy: usize) -> (Block, Arc<PaddedFourier>) {
    let tone = |t: usize, k: f64| (k * t as f64 + k).sin();
    let sound: Vec<f64> = (0..samples).map(|t| tone(t, 0.35) + 0.6 * tone(t, 0.8) + 0.3 * tone(t, 1.7)).collect();
    let level = 0.5 * sound.iter().fold(0.0_f64, |peak, x| peak.max(x.abs()));
    let samples: Vec<f64> = sound.iter().map(|x| x.clamp(-level, level)).collect();
    let consistency = Consistency::new(&samples, level);
    let fourier = PaddedFourier::new(samples.len(), redundancy * samples.len());
    (Block { index: 0, samples, consistency }, Arc::new(fourier))
}

/// Normal deviates, real in the first and the last place.
pub(in crate::labs::recovery) fn spectrum(bins: usize, seed: u64) -> Vec<Complex64> {
    let mut random = Random::new(seed, Stream::Probe);
    let mut spectrum: Vec<Complex64> = (0..bins).map(|_| random.normal_scalar()).collect();
    spectrum[0].im = 0.0;
    spectrum[bins - 1].im = 0.0;
    spectrum
}
