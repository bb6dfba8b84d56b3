//! Sensing matrices: how a signal is measured. One file each; [`Matrix`] is the list.
//!
//! A drawn matrix has columns of unit norm unless its parameters say otherwise. Structured ones apply in
//! O(n log n) and are never stored.

mod bernoulli;
mod binary_field;
mod block_diagonal;
mod chirp;
mod circulant;
mod correlated;
mod delsarte_goethals;
mod expander;
mod file;
mod filter;
mod gaussian;
mod grassmannian;
mod heavy_tailed;
mod kronecker;
mod low_pass_fourier;
mod low_rank;
mod modulated;
mod mri;
mod nonzero_mean;
mod paley;
mod partial;
mod partial_dct;
mod partial_fourier;
mod partial_hadamard;
mod polynomials;
mod prescribed_spectrum;
mod radon;
mod random_convolution;
mod random_demodulator;
mod side_by_side;
mod sizes;
mod sparse_binary;
mod sparse_columns;
mod sphere;
mod spikes_and_noiselets;
mod spikes_and_sines;
mod subsampling;
mod toeplitz;

pub use bernoulli::Bernoulli;
pub use block_diagonal::{BlockDiagonal, Blocks};
pub use chirp::{Chirp, Phase};
pub use circulant::Circulant;
pub use correlated::Correlated;
pub use delsarte_goethals::DelsarteGoethals;
pub use expander::Expander;
pub use file::File;
pub use filter::{Filter, Taps};
pub use gaussian::Gaussian;
pub use grassmannian::{Grassmannian, welch_bound};
pub use heavy_tailed::HeavyTailed;
pub use kronecker::Kronecker;
pub use low_pass_fourier::LowPassFourier;
pub use low_rank::LowRank;
pub use modulated::Modulated;
pub use mri::{Fourier2d, Mask, Mri};
pub use nonzero_mean::NonzeroMean;
pub use paley::Paley;
pub use partial::{Partial, Square};
pub use partial_dct::PartialDct;
pub use partial_fourier::{Fourier, PartialFourier};
pub use partial_hadamard::{Hadamard, PartialHadamard};
pub use polynomials::{Family, IndexSet, Polynomials};
pub use prescribed_spectrum::{Decay, PrescribedSpectrum};
pub use radon::{Radon, parallel_beam};
pub use random_convolution::RandomConvolution;
pub use random_demodulator::RandomDemodulator;
pub use side_by_side::SideBySide;
pub use sparse_binary::{EqualEntries, SparseBinary};
pub use sparse_columns::SparseColumns;
pub use sphere::Sphere;
pub use spikes_and_noiselets::{Noiselets, SpikesAndNoiselets};
pub use spikes_and_sines::SpikesAndSines;
pub use subsampling::{Selection, Subsampling};
pub use toeplitz::{Diagonals, Toeplitz};

use super::LinearOperator;
use crate::complaint::Complaint;
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A drawn operator, or a complaint about `rows`, `cols` or a parameter of the matrix.
pub type Drawn<S> = Result<Arc<dyn LinearOperator<S>>, Complaint>;

/// A way to draw an m x n sensing matrix from a seed.
pub trait Sensing {
    /// Whether its entries are complex.
    fn is_complex(&self) -> bool {
        false
    }

    /// Draws it.
    ///
    /// # Errors
    /// A complaint about `rows` or `cols` (as they are called in the problem) when the size will not do, or about
    /// `matrix` or a field of it.
    fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S>;
}

/// Lists the sensing matrices: makes the enum that Specs name them by, and passes calls on.
macro_rules! sensing_matrices {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// The sensing matrices, by `id`.
        #[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "id", rename_all = "kebab-case")]
        pub enum Matrix {
            $($(#[$doc])* $name($name)),*
        }

        impl Matrix {
            /// Whether its entries are complex.
            pub fn is_complex(&self) -> bool {
                match self {
                    $(Matrix::$name(matrix) => matrix.is_complex()),*
                }
            }

            /// Draws it; see [`Sensing::draw`].
            ///
            /// # Errors
            /// A complaint about `rows`, `cols`, `matrix`, or a field of it such as `matrix.per_column`.
            pub fn draw<S: Scalar>(&self, rows: usize, cols: usize, seed: u64) -> Drawn<S> {
                match self {
                    $(Matrix::$name(matrix) => matrix.draw(rows, cols, seed)),*
                }
            }
        }
    };
}

sensing_matrices! {
    /// Independent normal entries.
    Gaussian,
    /// Random signs.
    Bernoulli,
    /// Columns uniform on the unit sphere.
    Sphere,
    /// Some frequencies of the cosine transform.
    PartialDct,
    /// Some frequencies of the Fourier transform; complex.
    PartialFourier,
    /// Some rows of the Hadamard matrix, for a number of unknowns that is a power of two.
    PartialHadamard,
    /// Convolution with a random filter, sampled at random times.
    RandomConvolution,
    /// A few ones in every column.
    SparseBinary,
    /// Normal entries with neighbouring columns correlated.
    Correlated,
    /// Some of the entries themselves.
    Subsampling,
    /// Normal entries around a mean that is not zero.
    NonzeroMean,
    /// Entries of which a few are very large.
    HeavyTailed,
    /// Singular values of a given condition number between random rotations.
    PrescribedSpectrum,
    /// A product of two normal matrices of fewer rows and columns: measurements that repeat each other.
    LowRank,
    /// Columns pushed apart by alternating projection.
    Grassmannian,
    /// Each part of the signal measured by itself.
    BlockDiagonal,
    /// Both sides of an array measured one after the other.
    Kronecker,
    /// Equal entries along diagonals.
    Toeplitz,
    /// Convolution with a filter of one's own or a drawn one.
    Circulant,
    /// Random signs at full rate, then sums over spans of time.
    RandomDemodulator,
    /// A bipartite graph with given degrees on both sides.
    Expander,
    /// Orthogonal polynomials at random points.
    Polynomials,
    /// Sums along parallel rays from a few directions, of a square picture.
    Radon,
    /// Frequencies of a square picture along a scanner's path; complex.
    #[schemars(extend("x-label" = "MRI"))]
    Mri,
    /// The lowest frequencies of the Fourier transform; complex.
    #[schemars(extend("x-label" = "low-pass Fourier"))]
    LowPassFourier,
    /// Unit vectors and sines, twice as many unknowns as measurements; complex.
    SpikesAndSines,
    /// Unit vectors and noiselets, for a power of two of measurements and twice as many unknowns; complex.
    SpikesAndNoiselets,
    /// An equiangular frame from squares modulo a prime, twice as many unknowns as measurements.
    #[schemars(extend("x-label" = "Paley"))]
    Paley,
    /// Chirps, for a prime number of measurements; complex.
    Chirp,
    /// Second-order functions modulo 4, for a power of two of measurements; complex.
    #[schemars(extend("x-label" = "Delsarte-Goethals"))]
    DelsarteGoethals,
    /// A matrix from a file.
    File,
}

impl Matrix {
    /// Whether the matrix has a size of its own, as it comes from a file.
    pub fn is_given(&self) -> bool {
        matches!(self, Matrix::File(_))
    }
}

impl Default for Matrix {
    fn default() -> Self {
        Matrix::Gaussian(Gaussian::default())
    }
}

/// Most entries of a matrix that is stored: 128 MB of doubles.
pub const MAX_STORED: usize = 1 << 24;
