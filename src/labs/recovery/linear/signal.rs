//! What is to be recovered.

use crate::contract::Complaint;
use crate::kernels::Scalar;
use crate::operators::Basis;
use crate::signals::phantom::{Contrast, ellipses, shepp_logan};
use crate::signals::piecewise::piecewise_constant;
use crate::signals::recordings::Recording;
use crate::signals::sparse::{Amplitude, signal_on, sparse_signal};
use crate::signals::structured::{blocks, clusters, tree};
use crate::signals::tones::{frequencies, tones};
use crate::signals::waveform::Waveform;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The signal, by `id`: coefficients in the basis, or entries that are written in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Signal {
    /// Spikes in random places.
    #[schemars(extend("x-phrase" = "{sparsity} {amplitude} [spikes]"))]
    Sparse(Sparse),
    /// Spikes in whole blocks.
    #[schemars(extend("x-phrase" = "{blocks} [blocks] of {length} spikes"))]
    BlockSparse(BlockSparse),
    /// Spikes in runs of random lengths.
    #[schemars(extend("x-phrase" = "{sparsity} spikes in {clusters} [clusters]"))]
    Clustered(Clustered),
    /// Spikes that form a tree of wavelets from coarse to fine.
    #[schemars(extend("x-phrase" = "[a tree] of {sparsity} coefficients"))]
    TreeSparse(TreeSparse),
    /// A staircase, sparse in wavelets.
    #[schemars(extend("x-phrase" = "[a staircase] of {pieces} pieces"))]
    PiecewiseConstant(PiecewiseConstant),
    /// Sinusoids between the frequencies of the Fourier transform.
    #[schemars(extend("x-phrase" = "{tones} [sinusoids] off the grid by {offset}"))]
    Sinusoids(Sinusoids),
    /// The head phantom of Shepp and Logan, a square picture.
    #[schemars(extend("x-phrase" = "[the Shepp-Logan phantom]", "x-label" = "Shepp-Logan phantom"))]
    SheppLogan(SheppLogan),
    /// Ellipses one over the other, a square picture.
    #[schemars(extend("x-phrase" = "[a picture] of {ellipses} ellipses"))]
    Ellipses(Ellipses),
    /// Spikes drawn by hand.
    #[schemars(extend("x-phrase" = "[drawn spikes]"))]
    Drawn(Drawn),
    /// A curve drawn by hand, sparse in the basis.
    #[schemars(extend("x-phrase" = "[a drawn curve]"))]
    Curve(Curve),
    /// A test signal of Donoho and Johnstone, sparse in the basis.
    #[schemars(extend("x-phrase" = "[the test signal] {name}"))]
    Waveform(NamedWaveform),
    /// Real data, sparse in the basis.
    #[schemars(extend("x-phrase" = "[the recording] {name}"))]
    Recording(NamedRecording),
}

impl Default for Signal {
    fn default() -> Self {
        Signal::Sparse(Sparse::default())
    }
}

/// Exactly k coefficients that are not zero, in uniformly drawn places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sparse {
    /// Number of spikes, k.
    #[schemars(range(min = 0, max = 65536))]
    pub sparsity: usize,
    /// The law of their values.
    pub amplitude: Amplitude,
}

impl Default for Sparse {
    fn default() -> Self {
        Self { sparsity: 20, amplitude: Amplitude::Gaussian }
    }
}

/// Coefficients that are not zero in some blocks of equal length, all of a block at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BlockSparse {
    /// Number of blocks that are not zero.
    #[schemars(range(min = 0, max = 65536))]
    pub blocks: usize,
    /// Entries of a block.
    #[schemars(range(min = 1, max = 4096), extend("x-scale" = "log"))]
    pub length: usize,
    /// The law of their values.
    pub amplitude: Amplitude,
}

impl Default for BlockSparse {
    fn default() -> Self {
        Self { blocks: 5, length: 4, amplitude: Amplitude::Gaussian }
    }
}

/// k coefficients that are not zero, in runs with zeros between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Clustered {
    /// Number of spikes, k.
    #[schemars(range(min = 0, max = 65536))]
    pub sparsity: usize,
    /// Number of runs; at most k.
    #[schemars(range(min = 1, max = 65536))]
    pub clusters: usize,
    /// The law of their values.
    pub amplitude: Amplitude,
}

impl Default for Clustered {
    fn default() -> Self {
        Self { sparsity: 20, clusters: 4, amplitude: Amplitude::Gaussian }
    }
}

/// k coefficients that are not zero, each with its parent in the tree of wavelets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TreeSparse {
    /// Number of coefficients, k.
    #[schemars(range(min = 0, max = 65536))]
    pub sparsity: usize,
    /// The law of their values.
    pub amplitude: Amplitude,
}

impl Default for TreeSparse {
    fn default() -> Self {
        Self { sparsity: 20, amplitude: Amplitude::Gaussian }
    }
}

/// Constant pieces with jumps in drawn places.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PiecewiseConstant {
    /// Number of pieces; at most as many as samples.
    #[schemars(range(min = 1, max = 65536))]
    pub pieces: usize,
    /// The law of their levels.
    pub amplitude: Amplitude,
}

impl Default for PiecewiseConstant {
    fn default() -> Self {
        Self { pieces: 6, amplitude: Amplitude::Gaussian }
    }
}

/// A sum of sinusoids: cosines where scalars are real, else complex exponentials.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sinusoids {
    /// Number of sinusoids.
    #[schemars(range(min = 0, max = 4096))]
    pub tones: usize,
    /// How far frequencies lie off those of the Fourier transform, as a fraction of their distance.
    #[schemars(range(min = 0.0, max = 0.5), extend("x-step" = 0.01))]
    pub offset: f64,
    /// The law of their amplitudes.
    pub amplitude: Amplitude,
}

impl Default for Sinusoids {
    fn default() -> Self {
        Self { tones: 4, offset: 0.25, amplitude: Amplitude::Signs }
    }
}

/// The head phantom of Shepp and Logan; the number of samples is a square.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SheppLogan {
    /// How far apart the greys of the tissues are.
    pub contrast: Contrast,
}

/// Ellipses of drawn sizes, places and greys; the number of samples is a square.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ellipses {
    /// Number of ellipses.
    #[schemars(range(min = 0, max = 100))]
    pub ellipses: usize,
}

impl Default for Ellipses {
    fn default() -> Self {
        Self { ellipses: 5 }
    }
}

/// Coefficients given one by one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Drawn {
    /// Index and value of each spike.
    #[schemars(length(max = 65536))]
    pub spikes: Vec<(usize, f64)>,
}

/// Signal entries given one by one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Curve {
    /// The entries, as many as there are unknowns.
    #[schemars(length(max = 65536))]
    pub values: Vec<f64>,
}

/// A named test signal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NamedWaveform {
    /// Which one.
    pub name: Waveform,
}

/// A named recording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct NamedRecording {
    /// Which one. It has a length of its own, which the number of unknowns must be.
    pub name: Recording,
}

impl Signal {
    /// The one number of unknowns that the signal takes, for signals whose length is not written in the Spec.
    pub(super) fn length(&self) -> Option<usize> {
        match self {
            Signal::Recording(NamedRecording { name }) => Some(name.samples().len()),
            _ => None,
        }
    }

    /// Whether it is a square picture, whatever the basis.
    pub(super) fn is_picture(&self) -> bool {
        matches!(self, Signal::SheppLogan(_) | Signal::Ellipses(_))
    }

    /// The `n` coefficients `x` in `basis`; where the signal has a [length](Self::length), there are as many samples.
    ///
    /// # Errors
    /// A complaint relative to the signal when it does not fit `n`.
    pub(in crate::labs::recovery) fn coefficients<S: Scalar>(
        &self,
        n: usize,
        basis: Basis,
        seed: u64,
    ) -> Result<Vec<S>, Complaint> {
        self.fits::<S>(n, n / basis.redundancy())?;
        let samples = n / basis.redundancy();
        let written = |signal: Vec<S>| basis.synthesis(n).coefficients(&signal);
        let real = |values: Vec<f64>| written(values.into_iter().map(S::from_real).collect());
        Ok(match self {
            Signal::Sparse(Sparse { sparsity, amplitude }) => sparse_signal(n, *sparsity, *amplitude, seed),
            Signal::BlockSparse(signal) => {
                signal_on(n, &blocks(n, signal.blocks, signal.length, seed), signal.amplitude, seed)
            }
            Signal::Clustered(signal) => {
                signal_on(n, &clusters(n, signal.sparsity, signal.clusters, seed), signal.amplitude, seed)
            }
            Signal::TreeSparse(signal) => signal_on(n, &tree(n, signal.sparsity, seed), signal.amplitude, seed),
            Signal::Drawn(Drawn { spikes }) => {
                let mut x = vec![S::zero(); n];
                spikes.iter().for_each(|&(i, value)| x[i] = S::from_real(value));
                x
            }
            Signal::PiecewiseConstant(signal) => {
                written(piecewise_constant(samples, signal.pieces, signal.amplitude, seed))
            }
            Signal::Sinusoids(signal) => written(tones(samples, signal.tones, signal.offset, signal.amplitude, seed)),
            Signal::SheppLogan(SheppLogan { contrast }) => real(shepp_logan(samples.isqrt(), *contrast)),
            Signal::Ellipses(signal) => real(ellipses(samples.isqrt(), signal.ellipses, seed)),
            Signal::Curve(Curve { values }) => real(values.clone()),
            Signal::Waveform(NamedWaveform { name }) => real(name.sample(samples)),
            Signal::Recording(NamedRecording { name }) => real(name.samples()),
        })
    }

    /// Complains when the signal does not fit `n` unknowns and as many samples.
    fn fits<S: Scalar>(&self, n: usize, samples: usize) -> Result<(), Complaint> {
        let up_to = |field, most: usize, of: &str, given: usize| {
            if given <= most {
                return Ok(());
            }
            Err(Complaint::new(field, format!("goes up to the number of {of}, {most}, not {given}")))
        };
        match self {
            Signal::Sparse(Sparse { sparsity, .. }) | Signal::TreeSparse(TreeSparse { sparsity, .. }) => {
                up_to("sparsity", n, "unknowns", *sparsity)
            }
            Signal::BlockSparse(signal) => up_to("blocks", n.div_ceil(signal.length), "blocks", signal.blocks),
            Signal::Clustered(Clustered { sparsity: 0, .. }) => Ok(()),
            Signal::Clustered(signal) => {
                up_to("sparsity", n, "unknowns", signal.sparsity)?;
                up_to("clusters", signal.sparsity, "spikes", signal.clusters)?;
                up_to("clusters", n - signal.sparsity + 1, "places between the zeros", signal.clusters)
            }
            Signal::PiecewiseConstant(signal) => up_to("pieces", samples, "samples", signal.pieces),
            Signal::Sinusoids(signal) => up_to("tones", frequencies::<S>(samples), "frequencies", signal.tones),
            _ if self.is_picture() && samples.isqrt() * samples.isqrt() != samples => {
                let message = format!("is a square picture, such as 1024 = 32 x 32 samples; there are {samples}");
                Err(Complaint::new("", message))
            }
            Signal::Drawn(Drawn { spikes }) => match spikes.iter().position(|&(i, _)| i >= n) {
                Some(position) => {
                    let message = format!("indices go up to {}, not {}", n - 1, spikes[position].0);
                    Err(Complaint::new(format!("spikes[{position}]"), message))
                }
                None => Ok(()),
            },
            Signal::Curve(Curve { values }) if values.len() != samples => {
                let message = if samples == n {
                    format!("takes as many entries as there are unknowns, {n}, not {}", values.len())
                } else {
                    format!("takes as many entries as the signal has samples, {samples}, not {}", values.len())
                };
                Err(Complaint::new("values", message))
            }
            _ => Ok(()),
        }
    }
}
