//! What is seen through unknown gains.

use super::coded::CodedFourier;
use crate::contract::Complaint;
use crate::labs::recovery::poisson::{Motif, Picture, Scene as Light};
use crate::operators::{Dense, LinearOperator};
use crate::signals::random::{Random, Stream};
use crate::transforms::Fft;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is measured, by `id`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// Drawn signals.
    #[schemars(extend("x-phrase" = "{snapshots} [snapshots] of {unknowns} unknowns, {model}, by {sensors} {matrix} sensors"))]
    Sensors(Sensors),
    /// A picture behind known masks and an unknown blur.
    #[schemars(extend("x-phrase" = "{motif}, [a picture] of {side} pixels a side behind {masks} masks,"))]
    Picture(Masked),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Sensors(Sensors::default())
    }
}

/// Signals with normal entries, seen by m sensors p times.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sensors {
    /// What the snapshots have in common besides the gains.
    pub model: Model,
    /// Sensors, m: measurements a snapshot.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub sensors: usize,
    /// Unknowns of a signal, n.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub unknowns: usize,
    /// Snapshots, p.
    #[schemars(range(min = 1, max = 16))]
    pub snapshots: usize,
    /// What the matrices are.
    pub matrix: SensingLaw,
}

impl Default for Sensors {
    fn default() -> Self {
        Self { model: Model::Repeated, sensors: 64, unknowns: 32, snapshots: 4, matrix: SensingLaw::Gaussian }
    }
}

/// The three models of the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// `y_l = D A_l x`: one signal, several matrices.
    #[schemars(extend("x-label" = "one signal by several matrices"))]
    Repeated,
    /// `y_l = D A_l x_l`: a signal and a matrix each; blind deconvolution of several inputs where D is a filter's spectrum.
    #[schemars(extend("x-label" = "a signal and a matrix each"))]
    Inputs,
    /// `y_l = D A x_l`: several signals, one matrix.
    #[schemars(extend("x-label" = "several signals by one matrix"))]
    Signals,
}

/// Matrices of a snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SensingLaw {
    /// Independent normal entries of variance 1 / m.
    #[schemars(extend("x-label" = "Gaussian"))]
    Gaussian,
    /// The first m rows and n columns of a Fourier matrix behind a mask of drawn signs.
    #[schemars(extend("x-label" = "masked Fourier"))]
    MaskedFourier,
    /// The spectrum of a code of n drawn sequences: through a filter as gains this is convolution.
    #[schemars(extend("x-label" = "coded"))]
    Coded,
}

/// `y_l = F h * (M_l x)`: a picture behind masks of drawn signs, and then through the blur h.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Masked {
    /// What is on the picture.
    pub motif: Motif,
    /// Pixels along a side.
    #[schemars(range(min = 4, max = 64), extend("x-scale" = "log"))]
    pub side: usize,
    /// Masks, one a snapshot.
    #[schemars(range(min = 1, max = 16))]
    pub masks: usize,
}

impl Default for Masked {
    fn default() -> Self {
        Self { motif: Motif::Phantom, side: 32, masks: 4 }
    }
}

/// Matrices and signals.
pub(super) struct Drawn {
    pub sensing: Vec<Arc<dyn LinearOperator<Complex64>>>,
    /// All signals, one after the other.
    pub truth: Vec<Complex64>,
    pub shared: bool,
    /// Pixels along a side, for a picture.
    pub side: Option<usize>,
    /// Masks of a picture.
    pub masks: Vec<Vec<f64>>,
}

/// Most entries of all stored matrices together.
const MOST_ENTRIES: usize = 1 << 19;

impl Scene {
    /// # Errors
    /// When matrices are larger than a browser should hold.
    pub(super) fn draw(&self, seed: u64) -> Result<Drawn, Complaint> {
        match self {
            Scene::Sensors(sensors) => sensors.draw(seed),
            Scene::Picture(masked) => Ok(masked.draw(seed)),
        }
    }
}

impl Sensors {
    fn draw(&self, seed: u64) -> Result<Drawn, Complaint> {
        let (m, n, p) = (self.sensors, self.unknowns, self.snapshots);
        if m * n * p > MOST_ENTRIES {
            let message = format!("goes up to {} with as many sensors and unknowns, not {p}", MOST_ENTRIES / (m * n));
            return Err(Complaint::new("snapshots", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let matrices = if self.model == Model::Signals { 1 } else { p };
        let drawn: Vec<Arc<dyn LinearOperator<Complex64>>> = (0..matrices)
            .map(|_| Arc::new(self.matrix.draw(m, n, &mut random)) as Arc<dyn LinearOperator<Complex64>>)
            .collect();
        let shared = self.model == Model::Repeated;
        let mut random = Random::new(seed, Stream::Amplitudes);
        let truth = (0..if shared { n } else { p * n }).map(|_| random.normal_scalar()).collect();
        let sensing = (0..p).map(|l| drawn[l % matrices].clone()).collect();
        Ok(Drawn { sensing, truth, shared, side: None, masks: Vec::new() })
    }
}

impl SensingLaw {
    fn draw(self, m: usize, n: usize, random: &mut Random) -> Dense<Complex64> {
        let scale = 1.0 / (m as f64).sqrt();
        let entries: Vec<Complex64> = match self {
            SensingLaw::Gaussian => (0..m * n).map(|_| random.normal_scalar::<Complex64>() * scale).collect(),
            SensingLaw::MaskedFourier => {
                let plan = Fft::new(m.max(n));
                (0..n)
                    .flat_map(|j| {
                        let sign = random.sign() * scale;
                        let plan = &plan;
                        (0..m).map(move |i| plan.entry(i, j) * sign)
                    })
                    .collect()
            }
            SensingLaw::Coded => {
                let plan = Fft::new(m);
                (0..n)
                    .flat_map(|_| {
                        let mut code: Vec<Complex64> =
                            (0..m).map(|_| Complex64::from(random.normal() * scale)).collect();
                        plan.forward(&mut code);
                        code.into_iter().map(|entry| entry * scale)
                    })
                    .collect()
            }
        };
        Dense::from_columns(m, n, entries)
    }
}

impl Masked {
    fn draw(&self, seed: u64) -> Drawn {
        let (side, n) = (self.side, self.side * self.side);
        let mut random = Random::new(seed, Stream::Matrix);
        let masks: Vec<Vec<f64>> = (0..self.masks).map(|_| (0..n).map(|_| random.sign()).collect()).collect();
        let line = Arc::new(Fft::new(side));
        let coded = |mask: &Vec<f64>| {
            Arc::new(CodedFourier::new(line.clone(), mask.clone())) as Arc<dyn LinearOperator<Complex64>>
        };
        let sensing = masks.iter().map(coded).collect();
        let light = Light::Picture(Picture { picture: self.motif, side }).draw(seed);
        let truth = light.into_iter().map(Complex64::from).collect();
        Drawn { sensing, truth, shared: true, side: Some(side), masks }
    }
}
