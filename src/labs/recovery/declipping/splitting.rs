//! ADMM between a sparse spectrum and a consistent window, in three ways.

use super::frames::Block;
use crate::kernels::{distance, largest_abs};
use crate::transforms::PaddedFourier;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is sparse, and how it is tied to the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// The spectrum `A x` of the sound is sparse.
    #[schemars(extend("x-label" = "analysis"))]
    Analysis,
    /// The sound is made of a sparse spectrum, `x = A^* z`; the step of 2015.
    #[schemars(extend("x-label" = "synthesis"))]
    Synthesis,
    /// The same model, with the constraint split at the samples; the step of 2019.
    #[schemars(extend("x-label" = "synthesis, as corrected"))]
    Corrected,
}

/// The iterates for one window.
///
/// ```text
/// analysis     zb = T(A x + u)      x = P(A^* (zb - u))                      u += A x - zb
/// synthesis    zb = T(z + u)        z = v - A (A^* v - P(A^* v)), v = zb - u    u += z - zb
/// corrected    zb = T(A (x - u))    x = P(A^* zb + u)                        u += A^* zb - x
/// ```
///
/// T is a threshold, P the projection onto consistent windows, `A^* A = I`. For synthesis z is projected onto the spectra whose sound
/// is consistent, which is a formula because the frame is tight. The corrected model's first step stands for `argmin_z |A^* z - x + u|`
/// over sparse z, which it is in a basis and nearly so in a frame.
pub(in crate::labs::recovery) struct Splitting {
    model: Model,
    block: Block,
    fourier: Arc<PaddedFourier>,
    /// zb, after the threshold.
    pub sparse: Vec<Complex64>,
    /// What was thresholded.
    pub judged: Vec<Complex64>,
    /// z or `A x`; not in use in the corrected model.
    spectrum: Vec<Complex64>,
    /// u over frequencies.
    spectral_dual: Vec<Complex64>,
    /// x, consistent.
    sound: Vec<f64>,
    /// u over samples, for the corrected model.
    dual: Vec<f64>,
    /// Products with A and with its adjoint.
    pub products: usize,
}

impl Splitting {
    pub fn new(model: Model, block: Block, fourier: Arc<PaddedFourier>) -> Self {
        let spectrum = fourier.analyze(&block.samples);
        let nothing = vec![Complex64::default(); spectrum.len()];
        Self {
            model,
            sound: block.samples.clone(),
            dual: vec![0.0; block.samples.len()],
            sparse: nothing.clone(),
            judged: spectrum.clone(),
            spectral_dual: nothing,
            spectrum,
            block,
            fourier,
            products: 1,
        }
    }

    /// Thresholds: zb. How far it is from what it stands for: `|A x - zb|`, `|z - zb|`, or `|x - A^* zb|`.
    pub fn threshold(&mut self, threshold: impl FnOnce(&mut [Complex64])) -> f64 {
        self.judged = match self.model {
            Model::Corrected => {
                self.products += 1;
                let ahead: Vec<f64> = self.sound.iter().zip(&self.dual).map(|(x, u)| x - u).collect();
                self.fourier.analyze(&ahead)
            }
            _ => self.spectrum.iter().zip(&self.spectral_dual).map(|(z, u)| z + u).collect(),
        };
        self.sparse.copy_from_slice(&self.judged);
        threshold(&mut self.sparse);
        match self.model {
            Model::Corrected => {
                self.products += 1;
                distance(&self.fourier.synthesize(&self.sparse), &self.sound)
            }
            _ => distance(&self.spectrum, &self.sparse),
        }
    }

    /// Projects onto what is consistent, and raises u.
    pub fn project(&mut self) {
        let ahead = || self.sparse.iter().zip(&self.spectral_dual).map(|(z, u)| z - u).collect::<Vec<_>>();
        let consistency = &self.block.consistency;
        self.products += 2;
        match self.model {
            Model::Analysis => {
                self.sound = self.fourier.synthesize(&ahead());
                consistency.project(&mut self.sound);
                self.spectrum = self.fourier.analyze(&self.sound);
            }
            Model::Synthesis => {
                let v = ahead();
                let made = self.fourier.synthesize(&v);
                self.sound.copy_from_slice(&made);
                consistency.project(&mut self.sound);
                let change: Vec<f64> = self.sound.iter().zip(&made).map(|(x, made)| x - made).collect();
                self.spectrum = self.fourier.analyze(&change).iter().zip(&v).map(|(change, v)| v + change).collect();
            }
            Model::Corrected => {
                let made = self.fourier.synthesize(&self.sparse);
                self.sound = made.iter().zip(&self.dual).map(|(made, u)| made + u).collect();
                consistency.project(&mut self.sound);
                self.dual.iter_mut().zip(&made).zip(&self.sound).for_each(|((u, made), x)| *u += made - x);
                return;
            }
        }
        let both = self.spectrum.iter().zip(&self.sparse);
        self.spectral_dual.iter_mut().zip(both).for_each(|(u, (z, sparse))| *u += z - sparse);
    }

    /// x, consistent after the first projection.
    pub fn sound(&self) -> &[f64] {
        &self.sound
    }
}

/// H_k: keeps the k coefficients of largest modulus, the nearest spectrum with k of them.
pub(in crate::labs::recovery) fn keep_largest(z: &mut [Complex64], k: usize) {
    let mut kept = largest_abs(z, k).into_iter().peekable();
    for (i, value) in z.iter_mut().enumerate() {
        if kept.next_if_eq(&i).is_none() {
            *value = Complex64::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{clipped_block, spectrum};
    use super::*;

    fn inner(a: &[Complex64], b: &[Complex64]) -> f64 {
        a.iter().zip(b).map(|(a, b)| a.re * b.re + a.im * b.im).sum()
    }

    fn minus(a: &[Complex64], b: &[Complex64]) -> Vec<Complex64> {
        a.iter().zip(b).map(|(a, b)| a - b).collect()
    }

    /// Of all spectra with a consistent sound z is the nearest: from it, none lies on the side of v.
    #[test]
    fn synthesis_projects_onto_spectra_with_a_consistent_sound() {
        for redundancy in [1, 2, 4] {
            let (block, fourier) = clipped_block(16, redundancy);
            let mut splitting = Splitting::new(Model::Synthesis, block.clone(), fourier.clone());
            let v = spectrum(fourier.bins(), 1);
            splitting.sparse.copy_from_slice(&v);
            splitting.project();
            let z = splitting.spectrum.clone();
            assert!(block.consistency.violation(&fourier.synthesize(&z)) < 1e-13);
            for seed in 2..40 {
                let mut other = Splitting::new(Model::Synthesis, block.clone(), fourier.clone());
                other.sparse = spectrum(fourier.bins(), seed);
                other.project();
                assert!(inner(&minus(&v, &z), &minus(&other.spectrum, &z)) <= 1e-12, "{redundancy}, {seed}");
            }
        }
    }

    /// Against all choices of k, with the norm of the whole spectrum, conjugates and all.
    #[test]
    fn the_largest_coefficients_are_the_nearest_spectrum() {
        let z = spectrum(7, 5);
        let whole = |z: &[Complex64]| {
            let sizes = z.iter().enumerate();
            sizes
                .map(|(k, z)| if k == 0 || k == 6 { z.norm_sqr() } else { 2.0 * (z / 2f64.sqrt()).norm_sqr() })
                .sum::<f64>()
        };
        for k in 0..=7_u32 {
            let mut kept = z.clone();
            keep_largest(&mut kept, k as usize);
            let choices = (0..1_u32 << 7).filter(|choice| choice.count_ones() == k);
            let left = choices.map(|choice| {
                whole(
                    &z.iter()
                        .enumerate()
                        .map(|(i, z)| if choice >> i & 1 == 1 { Complex64::default() } else { *z })
                        .collect::<Vec<_>>(),
                )
            });
            assert!((whole(&minus(&z, &kept)) - left.fold(f64::INFINITY, f64::min)).abs() < 1e-14);
        }
    }
}
