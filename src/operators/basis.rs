//! Bases in which a signal is sparse, as synthesis operators `Psi`: orthonormal ones, and tight frames that have twice
//! as many atoms as the signal has samples.

use super::LinearOperator;
use crate::kernels::Scalar;
use crate::transforms::{Dct, Gabor, RealFourier, Wavelet, fft_flops, pyramid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which basis the unknown is written in: `signal = Psi x`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The signal's own entries.
    #[schemars(extend("x-phrase" = ""))]
    #[default]
    Identity,
    /// Cosines (orthonormal DCT-II).
    #[schemars(extend("x-phrase" = ", sparse in [cosines],"))]
    Dct,
    /// Haar wavelets: piecewise constant signals are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Haar wavelets],"))]
    Haar,
    /// Daubechies wavelets of four taps: piecewise linear signals are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies wavelets],"))]
    #[serde(rename = "daubechies-4")]
    Daubechies4,
    /// Cosines along both sides of a square picture.
    #[schemars(extend("x-phrase" = ", sparse in [2-D cosines],"))]
    #[serde(rename = "dct-2d")]
    Dct2d,
    /// Haar wavelets along both sides of a square picture.
    #[schemars(extend("x-phrase" = ", sparse in [2-D Haar wavelets],"))]
    #[serde(rename = "haar-2d")]
    Haar2d,
    /// Daubechies wavelets of 6 taps: piecewise polynomials of degree 2 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-6 wavelets],"))]
    #[serde(rename = "daubechies-6")]
    Daubechies6,
    /// Daubechies wavelets of 8 taps: piecewise polynomials of degree 3 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-8 wavelets],"))]
    #[serde(rename = "daubechies-8")]
    Daubechies8,
    /// Daubechies wavelets of 10 taps: piecewise polynomials of degree 4 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-10 wavelets],"))]
    #[serde(rename = "daubechies-10")]
    Daubechies10,
    /// Daubechies wavelets of 12 taps: piecewise polynomials of degree 5 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-12 wavelets],"))]
    #[serde(rename = "daubechies-12")]
    Daubechies12,
    /// Daubechies wavelets of 14 taps: piecewise polynomials of degree 6 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-14 wavelets],"))]
    #[serde(rename = "daubechies-14")]
    Daubechies14,
    /// Daubechies wavelets of 16 taps: piecewise polynomials of degree 7 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-16 wavelets],"))]
    #[serde(rename = "daubechies-16")]
    Daubechies16,
    /// Daubechies wavelets of 18 taps: piecewise polynomials of degree 8 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-18 wavelets],"))]
    #[serde(rename = "daubechies-18")]
    Daubechies18,
    /// Daubechies wavelets of 20 taps: piecewise polynomials of degree 9 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Daubechies-20 wavelets],"))]
    #[serde(rename = "daubechies-20")]
    Daubechies20,
    /// Nearly symmetric wavelets of 8 taps: piecewise polynomials of degree 3 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-8 wavelets],", "x-label" = "Symlet 8"))]
    #[serde(rename = "symlet-8")]
    Symlet8,
    /// Nearly symmetric wavelets of 10 taps: piecewise polynomials of degree 4 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-10 wavelets],", "x-label" = "Symlet 10"))]
    #[serde(rename = "symlet-10")]
    Symlet10,
    /// Nearly symmetric wavelets of 12 taps: piecewise polynomials of degree 5 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-12 wavelets],", "x-label" = "Symlet 12"))]
    #[serde(rename = "symlet-12")]
    Symlet12,
    /// Nearly symmetric wavelets of 14 taps: piecewise polynomials of degree 6 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-14 wavelets],", "x-label" = "Symlet 14"))]
    #[serde(rename = "symlet-14")]
    Symlet14,
    /// Nearly symmetric wavelets of 16 taps: piecewise polynomials of degree 7 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-16 wavelets],", "x-label" = "Symlet 16"))]
    #[serde(rename = "symlet-16")]
    Symlet16,
    /// Nearly symmetric wavelets of 18 taps: piecewise polynomials of degree 8 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-18 wavelets],", "x-label" = "Symlet 18"))]
    #[serde(rename = "symlet-18")]
    Symlet18,
    /// Nearly symmetric wavelets of 20 taps: piecewise polynomials of degree 9 are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [Symlet-20 wavelets],", "x-label" = "Symlet 20"))]
    #[serde(rename = "symlet-20")]
    Symlet20,
    /// Cosines and sines: periodic signals are sparse.
    #[schemars(extend("x-phrase" = ", sparse in [cosines and sines],"))]
    #[serde(rename = "fourier")]
    Fourier,
    /// Haar wavelets of a square picture, in three directions at each scale.
    #[schemars(extend("x-phrase" = ", sparse in [picture Haar wavelets],", "x-label" = "Haar, pyramid"))]
    #[serde(rename = "haar-pyramid")]
    HaarPyramid,
    /// Daubechies wavelets of four taps of a square picture, in three directions at each scale.
    #[schemars(extend("x-phrase" = ", sparse in [picture Daubechies-4 wavelets],", "x-label" = "Daubechies 4, pyramid"))]
    #[serde(rename = "daubechies-4-pyramid")]
    Daubechies4Pyramid,
    /// Daubechies wavelets of eight taps of a square picture, in three directions at each scale.
    #[schemars(extend("x-phrase" = ", sparse in [picture Daubechies-8 wavelets],", "x-label" = "Daubechies 8, pyramid"))]
    #[serde(rename = "daubechies-8-pyramid")]
    Daubechies8Pyramid,
    /// Nearly symmetric wavelets of eight taps of a square picture, in three directions at each scale.
    #[schemars(extend("x-phrase" = ", sparse in [picture Symlet-8 wavelets],", "x-label" = "Symlet 8, pyramid"))]
    #[serde(rename = "symlet-8-pyramid")]
    Symlet8Pyramid,
    /// A tight frame of windowed cosines and sines: twice as many unknowns as samples.
    #[schemars(extend("x-phrase" = ", sparse in [a Gabor frame],", "x-label" = "Gabor frame"))]
    #[serde(rename = "gabor")]
    Gabor,
    /// Spikes and cosines together: twice as many unknowns as samples.
    #[schemars(extend("x-phrase" = ", sparse in [spikes and cosines],", "x-label" = "spikes and cosines"))]
    #[serde(rename = "identity-and-dct")]
    IdentityAndDct,
    /// Haar wavelets and cosines together: twice as many unknowns as samples.
    #[schemars(extend("x-phrase" = ", sparse in [Haar wavelets and cosines],", "x-label" = "Haar and cosines"))]
    #[serde(rename = "haar-and-dct")]
    HaarAndDct,
}

impl Basis {
    /// What the number of unknowns must be, as the end of a sentence; `None` when `n` will do.
    pub fn refuses(self, n: usize) -> Option<&'static str> {
        let side = n.isqrt();
        match self {
            Basis::Gabor if n < 4 || !n.is_power_of_two() => Some("a power of two of at least 4"),
            Basis::HaarAndDct if n < 2 || !n.is_power_of_two() => Some("a power of two of at least 2"),
            Basis::IdentityAndDct if !n.is_multiple_of(2) => Some("even"),
            Basis::Dct2d if side * side != n => Some("a square, such as 1024 = 32 x 32"),
            _ if (self == Basis::Haar2d || self.pyramid().is_some())
                && (side * side != n || !side.is_power_of_two()) =>
            {
                Some("the square of a power of two, such as 1024 = 32 x 32")
            }
            _ if self.wavelet().is_some() && !n.is_power_of_two() => Some("a power of two"),
            _ => None,
        }
    }

    /// Unknowns for each sample of the signal: 1, and 2 for frames.
    pub fn redundancy(self) -> usize {
        if matches!(self, Basis::Gabor | Basis::IdentityAndDct | Basis::HaarAndDct) { 2 } else { 1 }
    }

    /// Side of the square picture, for the bases that are of pictures.
    pub fn side(self, n: usize) -> Option<usize> {
        let of_pictures = matches!(self, Basis::Dct2d | Basis::Haar2d) || self.pyramid().is_some();
        of_pictures.then(|| n.isqrt())
    }

    /// The wavelet of a signal.
    fn wavelet(self) -> Option<Wavelet> {
        Some(match self {
            Basis::Haar => Wavelet::Haar,
            Basis::Daubechies4 => Wavelet::Daubechies4,
            Basis::Daubechies6 => Wavelet::Daubechies6,
            Basis::Daubechies8 => Wavelet::Daubechies8,
            Basis::Daubechies10 => Wavelet::Daubechies10,
            Basis::Daubechies12 => Wavelet::Daubechies12,
            Basis::Daubechies14 => Wavelet::Daubechies14,
            Basis::Daubechies16 => Wavelet::Daubechies16,
            Basis::Daubechies18 => Wavelet::Daubechies18,
            Basis::Daubechies20 => Wavelet::Daubechies20,
            Basis::Symlet8 => Wavelet::Symlet8,
            Basis::Symlet10 => Wavelet::Symlet10,
            Basis::Symlet12 => Wavelet::Symlet12,
            Basis::Symlet14 => Wavelet::Symlet14,
            Basis::Symlet16 => Wavelet::Symlet16,
            Basis::Symlet18 => Wavelet::Symlet18,
            Basis::Symlet20 => Wavelet::Symlet20,
            _ => return None,
        })
    }

    /// The wavelet of a picture's pyramid.
    fn pyramid(self) -> Option<Wavelet> {
        Some(match self {
            Basis::HaarPyramid => Wavelet::Haar,
            Basis::Daubechies4Pyramid => Wavelet::Daubechies4,
            Basis::Daubechies8Pyramid => Wavelet::Daubechies8,
            Basis::Symlet8Pyramid => Wavelet::Symlet8,
            _ => return None,
        })
    }

    /// The synthesis operator for `n` unknowns.
    ///
    /// # Panics
    /// When the basis [refuses](Self::refuses) `n`.
    pub fn synthesis(self, n: usize) -> Synthesis {
        assert!(self.refuses(n).is_none(), "{self:?} does not take {n} entries");
        let samples = n / self.redundancy();
        let atoms = match self {
            Basis::Gabor => Atoms::Gabor(Gabor::new(samples)),
            Basis::IdentityAndDct => Atoms::Bases(vec![Plan::Identity, Plan::Dct(Dct::new(samples))]),
            Basis::HaarAndDct => Atoms::Bases(vec![Plan::Wavelet(Wavelet::Haar), Plan::Dct(Dct::new(samples))]),
            _ => Atoms::Bases(vec![self.plan(samples)]),
        };
        Synthesis { atoms, samples, unknowns: n }
    }

    /// The orthonormal transform of `n` samples.
    fn plan(self, n: usize) -> Plan {
        match (self, self.wavelet(), self.pyramid()) {
            (_, Some(wavelet), _) => Plan::Wavelet(wavelet),
            (_, _, Some(wavelet)) => Plan::Pyramid(wavelet),
            (Basis::Dct, ..) => Plan::Dct(Dct::new(n)),
            (Basis::Fourier, ..) => Plan::Fourier(RealFourier::new(n)),
            (Basis::Dct2d, ..) => Plan::Dct2d(Dct::new(n.isqrt())),
            (Basis::Haar2d, ..) => Plan::Haar2d,
            _ => Plan::Identity,
        }
    }
}

/// An orthonormal transform, in place.
#[derive(Clone, Debug)]
enum Plan {
    Identity,
    Dct(Dct),
    Fourier(RealFourier),
    Wavelet(Wavelet),
    Dct2d(Dct),
    Haar2d,
    Pyramid(Wavelet),
}

impl Plan {
    /// Coefficients to samples.
    fn inverse(&self, x: &mut [f64]) {
        match self {
            Plan::Identity => {}
            Plan::Dct(dct) => dct.inverse(x),
            Plan::Fourier(fourier) => fourier.inverse(x),
            Plan::Wavelet(wavelet) => wavelet.inverse(x),
            Plan::Dct2d(dct) => on_both_sides(x, |line| dct.inverse(line)),
            Plan::Haar2d => on_both_sides(x, |line| Wavelet::Haar.inverse(line)),
            Plan::Pyramid(wavelet) => pyramid::inverse(*wavelet, x),
        }
    }

    /// Floating-point operations of a product with n real entries.
    fn flops(&self, n: usize) -> f64 {
        match self {
            Plan::Identity => 0.0,
            // A square picture of n entries has 2 sqrt n lines of sqrt n.
            Plan::Dct(_) | Plan::Fourier(_) | Plan::Dct2d(_) => 0.5 * fft_flops(n),
            Plan::Wavelet(wavelet) => wavelet.flops(n),
            Plan::Haar2d => 2.0 * Wavelet::Haar.flops(n),
            // The next level has a quarter of the picture, not half.
            Plan::Pyramid(wavelet) => 4.0 / 3.0 * wavelet.flops(n),
        }
    }

    /// Samples to coefficients.
    fn forward(&self, x: &mut [f64]) {
        match self {
            Plan::Identity => {}
            Plan::Dct(dct) => dct.forward(x),
            Plan::Fourier(fourier) => fourier.forward(x),
            Plan::Wavelet(wavelet) => wavelet.forward(x),
            Plan::Dct2d(dct) => on_both_sides(x, |line| dct.forward(line)),
            Plan::Haar2d => on_both_sides(x, |line| Wavelet::Haar.forward(line)),
            Plan::Pyramid(wavelet) => pyramid::forward(*wavelet, x),
        }
    }
}

#[derive(Clone, Debug)]
enum Atoms {
    /// Those of several orthonormal bases, one basis after the other.
    Bases(Vec<Plan>),
    Gabor(Gabor),
}

/// `Psi`: unknowns to signal. Columns have unit norm and `Psi Psi^T = r I`, r the [redundancy](Basis::redundancy); an
/// orthonormal one has its adjoint as its inverse. O(n log n) or O(n).
#[derive(Clone, Debug)]
pub struct Synthesis {
    atoms: Atoms,
    samples: usize,
    unknowns: usize,
}

impl Synthesis {
    /// Coefficients to signal.
    pub fn synthesize<S: Scalar>(&self, coefficients: &[S]) -> Vec<S> {
        on_each_part(coefficients, |part| match &self.atoms {
            Atoms::Gabor(gabor) => gabor.synthesize(&part),
            Atoms::Bases(plans) => {
                let mut blocks = part.chunks_exact(self.samples).zip(plans).map(|(block, plan)| {
                    let mut signal = block.to_vec();
                    plan.inverse(&mut signal);
                    signal
                });
                let mut sum = blocks.next().unwrap_or_default();
                blocks.for_each(|block| sum.iter_mut().zip(block).for_each(|(sum, value)| *sum += value));
                sum
            }
        })
    }

    /// Products of a signal with all atoms, `Psi^T signal`.
    pub fn analyze<S: Scalar>(&self, signal: &[S]) -> Vec<S> {
        on_each_part(signal, |part| match &self.atoms {
            Atoms::Gabor(gabor) => gabor.analyze(&part),
            Atoms::Bases(plans) => plans
                .iter()
                .flat_map(|plan| {
                    let mut block = part.clone();
                    plan.forward(&mut block);
                    block
                })
                .collect(),
        })
    }

    /// The shortest coefficients of a signal: `Psi^T signal / r`.
    pub fn coefficients<S: Scalar>(&self, signal: &[S]) -> Vec<S> {
        let redundancy = (self.unknowns / self.samples) as f64;
        self.analyze(signal).into_iter().map(|x| x / redundancy).collect()
    }
}

/// A real linear map of the real part and, where there is one, of the imaginary part.
fn on_each_part<S: Scalar>(x: &[S], map: impl Fn(Vec<f64>) -> Vec<f64>) -> Vec<S> {
    let re = map(x.iter().map(|x| x.re()).collect());
    if !S::COMPLEX {
        return re.into_iter().map(S::from_real).collect();
    }
    let im = map(x.iter().map(|x| x.im()).collect());
    re.into_iter().zip(im).map(|(re, im)| S::from_parts(re, im)).collect()
}

/// A transform of lines, along the rows and then along the columns of a square picture.
fn on_both_sides(picture: &mut [f64], transform: impl Fn(&mut [f64])) {
    let side = picture.len().isqrt();
    for _ in 0..2 {
        picture.chunks_exact_mut(side).for_each(&transform);
        for i in 0..side {
            for j in 0..i {
                picture.swap(i * side + j, j * side + i);
            }
        }
    }
}

impl<S: Scalar> LinearOperator<S> for Synthesis {
    fn rows(&self) -> usize {
        self.samples
    }

    fn cols(&self) -> usize {
        self.unknowns
    }

    fn flops(&self) -> f64 {
        let one = match &self.atoms {
            Atoms::Gabor(gabor) => gabor.flops(),
            Atoms::Bases(plans) => plans.iter().map(|plan| plan.flops(self.samples)).sum(),
        };
        S::PARTS * one
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.copy_from_slice(&self.synthesize(x));
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        x.copy_from_slice(&self.analyze(y));
    }

    fn column_norms(&self) -> Vec<f64> {
        vec![1.0; self.unknowns]
    }
}
