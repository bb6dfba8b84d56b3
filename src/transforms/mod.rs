//! Fast transforms: the changes of basis in which signals are sparse, or in which they are measured.
//!
//! | file | what | cost |
//! |---|---|---|
//! | [`fft`] | discrete Fourier transform, any length | `O(n log n)` |
//! | [`dct`] | orthonormal cosine transform (DCT-II and DCT-III), any length | `O(n log n)` |
//! | [`hadamard`] | Walsh-Hadamard transform, lengths that are powers of two | `n log2 n` additions |
//! | [`real_fourier`] | orthonormal cosines and sines, any length | `O(n log n)` |
//! | [`gabor`] | tight frame of windowed cosines and sines, twice as many as samples | `O(n log n)` |
//! | [`padded_fourier`] | tight frame of a short real piece: Fourier transform after zeros, any redundancy | `O(P log P)` |
//! | [`wavelet`] | orthonormal periodic wavelets: Haar, Daubechies of 4 to 20 taps, Symlets | `O(n)` |
//! | [`pyramid`] | the same of square pictures | `O(n)` |
//! | [`quadrature`] | Gauss's rule on an interval | `O(n^2)` once |
//! | [`parts`] | a real transform on a complex signal | twice the real cost |
//!
//! They are written here, rather than borrowed, for one promise: *same Spec, same numbers*. A ready-made FFT
//! chooses its code path by the CPU at hand and takes its twiddles from the platform's sine, so two machines
//! may differ in the last bit. Here every sine comes from `libm`, every sum has one order, nothing is fused,
//! and the lengths alone decide what is computed. A native build and a wasm build agree to the last bit.
//!
//! All transforms work in place. A length that a transform does not take is the caller's mistake and panics;
//! whoever reads lengths from a Spec checks them there, where the field has a name.

mod bluestein;
pub mod dct;
pub mod fft;
mod flops;
pub mod gabor;
pub mod hadamard;
pub mod padded_fourier;
pub mod parts;
pub mod pyramid;
pub mod quadrature;
mod radix4;
pub mod real_fourier;
mod roots;
#[cfg(test)]
mod testing;
pub mod wavelet;
mod wavelet_filters;

pub use dct::Dct;
pub use fft::Fft;
pub use flops::{fft_flops, hadamard_flops};
pub use gabor::Gabor;
pub use hadamard::walsh_hadamard;
pub use padded_fourier::PaddedFourier;
pub use parts::on_parts;
pub use quadrature::gauss_legendre;
pub use real_fourier::RealFourier;
pub use wavelet::Wavelet;
