//! What intensities are expected to look like: penalties, each with its weight, and their nonnegative proximal operators.

use crate::kernels::norm_one;
use crate::penalties::analysis_l1::{self, Orthonormal};
use crate::penalties::partition::{self, Cell};
use crate::penalties::total_variation_2d::{Dual, Variation};
use crate::penalties::{Effort, total_variation};
use crate::transforms::{Wavelet, pyramid};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A penalty and its weight tau, by `id`. Weights are relative to the log-likelihood of the counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Penalty {
    /// Few coefficients in an orthonormal basis.
    #[schemars(extend("x-phrase" = "[few coefficients] in {basis} at {tau}", "x-label" = "l1"))]
    L1 {
        /// The basis.
        #[serde(default)]
        basis: Atoms,
        /// The weight.
        #[serde(default = "l1_tau")]
        #[schemars(range(min = 1e-6, max = 1000.0), extend("x-scale" = "log"))]
        tau: f64,
    },
    /// Little total variation: pieces of constant intensity with short borders.
    #[schemars(extend("x-phrase" = "[little variation] at {tau}"))]
    TotalVariation {
        /// The length of both differences at a pixel, in place of the sum of their moduli.
        #[serde(default = "yes")]
        isotropic: bool,
        /// The weight.
        #[serde(default = "variation_tau")]
        #[schemars(range(min = 1e-6, max = 1000.0), extend("x-scale" = "log"))]
        tau: f64,
    },
    /// Few cells of a recursive dyadic partition, each of one intensity.
    #[schemars(extend("x-phrase" = "[few cells] at {tau}"))]
    Partition {
        /// The weight.
        #[serde(default = "partition_tau")]
        #[schemars(range(min = 1e-6, max = 1000.0), extend("x-scale" = "log"))]
        tau: f64,
    },
    /// The same, averaged over shifts of the partition, which takes the blocks away; the average minimises nothing.
    #[schemars(extend("x-phrase" = "[few shifted cells] at {tau}", "x-label" = "partition, shifted"))]
    ShiftedPartition {
        /// Shifts along each side.
        #[serde(default = "four")]
        #[schemars(range(min = 1, max = 64))]
        shifts: usize,
        /// The weight.
        #[serde(default = "partition_tau")]
        #[schemars(range(min = 1e-6, max = 1000.0), extend("x-scale" = "log"))]
        tau: f64,
    },
}

impl Default for Penalty {
    fn default() -> Self {
        Penalty::TotalVariation { isotropic: true, tau: variation_tau() }
    }
}

fn l1_tau() -> f64 {
    0.05
}

fn variation_tau() -> f64 {
    0.05
}

fn partition_tau() -> f64 {
    2.0
}

fn yes() -> bool {
    true
}

fn four() -> usize {
    4
}

/// An orthonormal basis: of a line, or of a picture where the intensity is one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Atoms {
    /// The pixels themselves.
    Pixels,
    /// Haar wavelets.
    #[default]
    #[schemars(extend("x-label" = "Haar wavelets"))]
    Haar,
    /// Daubechies wavelets of four taps.
    #[serde(rename = "daubechies-4")]
    #[schemars(extend("x-label" = "Daubechies-4 wavelets"))]
    Daubechies4,
    /// Nearly symmetric wavelets of eight taps.
    #[serde(rename = "symlet-8")]
    #[schemars(extend("x-label" = "Symlet-8 wavelets"))]
    Symlet8,
}

impl Atoms {
    fn wavelet(self) -> Option<Wavelet> {
        match self {
            Atoms::Pixels => None,
            Atoms::Haar => Some(Wavelet::Haar),
            Atoms::Daubechies4 => Some(Wavelet::Daubechies4),
            Atoms::Symlet8 => Some(Wavelet::Symlet8),
        }
    }
}

/// A wavelet basis of a line or of a square picture.
struct Waves {
    wavelet: Wavelet,
    picture: bool,
}

impl Orthonormal for Waves {
    fn forward(&self, x: &mut [f64]) {
        if self.picture { pyramid::forward(self.wavelet, x) } else { self.wavelet.forward(x) }
    }

    fn inverse(&self, theta: &mut [f64]) {
        if self.picture { pyramid::inverse(self.wavelet, theta) } else { self.wavelet.inverse(theta) }
    }
}

impl Penalty {
    /// The weight.
    pub fn tau(&self) -> f64 {
        match *self {
            Penalty::L1 { tau, .. }
            | Penalty::TotalVariation { tau, .. }
            | Penalty::Partition { tau }
            | Penalty::ShiftedPartition { tau, .. } => tau,
        }
    }

    /// Whether there is a value to minimise.
    pub fn has_value(&self) -> bool {
        !matches!(self, Penalty::ShiftedPartition { .. })
    }

    fn waves(&self, shape: (usize, usize)) -> Option<Waves> {
        let Penalty::L1 { basis, .. } = self else { return None };
        basis.wavelet().map(|wavelet| Waves { wavelet, picture: shape.0 > 1 })
    }

    /// Coefficients in the basis of an l1 penalty.
    fn coefficients(&self, f: &[f64], shape: (usize, usize)) -> Vec<f64> {
        let mut theta = f.to_vec();
        if let Some(waves) = self.waves(shape) {
            waves.forward(&mut theta);
        }
        theta
    }

    /// The penalty of any f, without its weight; zero where it has no value. For partitions, the cells that f itself needs.
    fn value(&self, f: &[f64], shape: (usize, usize)) -> f64 {
        match *self {
            Penalty::L1 { .. } => norm_one(&self.coefficients(f, shape)),
            Penalty::TotalVariation { .. } if shape.0 == 1 => total_variation::value(f),
            Penalty::TotalVariation { isotropic, .. } => Variation { width: shape.1, isotropic }.value(f),
            Penalty::Partition { .. } => partition::prox_nonnegative(&mut f.to_vec(), shape, 0.0).0.len() as f64,
            Penalty::ShiftedPartition { .. } => 0.0,
        }
    }

    /// What f holds active: coefficients that are not zero, pixels that differ from the next one, first pixels of cells.
    pub(in crate::labs::recovery) fn support(&self, f: &[f64], cells: &[Cell], shape: (usize, usize)) -> Vec<usize> {
        let cols = shape.1;
        match self {
            Penalty::L1 { .. } => {
                let theta = self.coefficients(f, shape);
                // A transform there and back leaves rounding where a coefficient was zero.
                let least = 1e-9 * theta.iter().fold(0.0_f64, |most, theta| most.max(theta.abs()));
                (0..f.len()).filter(|&j| theta[j].abs() > least).collect()
            }
            Penalty::TotalVariation { .. } => {
                let differs = |i: usize, j: usize| j < f.len() && (f[j] - f[i]).abs() > 1e-6 * (f[i] + f[j]);
                let edge = |&i: &usize| differs(i, i + cols) || (!(i + 1).is_multiple_of(cols) && differs(i, i + 1));
                (0..f.len()).filter(edge).collect()
            }
            Penalty::Partition { .. } | Penalty::ShiftedPartition { .. } => {
                let mut corners: Vec<usize> = cells.iter().map(|cell| cell.top * cols + cell.left).collect();
                corners.sort_unstable();
                corners
            }
        }
    }
}

/// A nonnegative intensity that a proximal operator found.
#[derive(Clone, Debug, Default)]
pub(in crate::labs::recovery) struct Denoised {
    pub f: Vec<f64>,
    /// The penalty, without its weight.
    pub penalty: f64,
    /// The cells, where it is of few; of the partition that is not shifted.
    pub cells: Vec<Cell>,
    /// For each pixel `log2` of its cell's size, where there are cells.
    pub sizes: Vec<f64>,
}

/// A penalty's proximal operators one after the other, each of which starts where the last one ended.
pub(in crate::labs::recovery) struct Denoiser {
    penalty: Penalty,
    shape: (usize, usize),
    dual: Dual,
    multipliers: Vec<f64>,
}

impl Denoiser {
    pub fn new(penalty: &Penalty, shape: (usize, usize)) -> Self {
        Self { penalty: penalty.clone(), shape, dual: Dual::default(), multipliers: Vec::new() }
    }

    /// An intensity as it is.
    pub fn start(&self, f: Vec<f64>) -> Denoised {
        Denoised { penalty: self.penalty.value(&f, self.shape), f, ..Denoised::default() }
    }

    /// `argmin_{f >= 0} 1/2 |f - s|^2 + t pen(f)`; for the shifted partition an average of such. `effort` is for those that
    /// iterate.
    pub fn denoise(&mut self, s: Vec<f64>, t: f64, effort: Effort) -> Denoised {
        let mut f = s;
        let shape = self.shape;
        let (mut cells, mut sizes) = (Vec::new(), Vec::new());
        match self.penalty {
            Penalty::L1 { .. } => match self.penalty.waves(shape) {
                None => f.iter_mut().for_each(|f| *f = (*f - t).max(0.0)),
                Some(waves) => analysis_l1::prox_nonnegative(&waves, &mut f, t, &mut self.multipliers, effort),
            },
            Penalty::TotalVariation { .. } if shape.0 == 1 => {
                total_variation::prox(&mut f, t);
                // On a line the nearest of no negative entry is that of no sign, cut at zero.
                f.iter_mut().for_each(|f| *f = f.max(0.0));
            }
            Penalty::TotalVariation { isotropic, .. } => {
                Variation { width: shape.1, isotropic }.prox_nonnegative(&mut f, t, &mut self.dual, effort);
            }
            Penalty::Partition { .. } => {
                (cells, _) = partition::prox_nonnegative(&mut f, shape, t);
                sizes = painted(&cells, shape);
            }
            Penalty::ShiftedPartition { shifts, .. } => {
                (cells, _) = partition::prox_nonnegative(&mut f.clone(), shape, t);
                sizes = partition::spun(&mut f, shape, t, shifts);
            }
        }
        let penalty = if let Penalty::Partition { .. } = self.penalty {
            cells.len() as f64
        } else {
            self.penalty.value(&f, shape)
        };
        Denoised { f, penalty, cells, sizes }
    }
}

/// `log2` of the size of each pixel's cell.
fn painted(cells: &[Cell], (rows, cols): (usize, usize)) -> Vec<f64> {
    let mut sizes = vec![0.0; rows * cols];
    for cell in cells {
        let size = libm::log2(cell.size() as f64);
        for row in cell.top..cell.top + cell.height {
            sizes[row * cols + cell.left..][..cell.width].fill(size);
        }
    }
    sizes
}
