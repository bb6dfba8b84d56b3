//! The problem `joint-sensing`: where scatterers are, what the channel is and what users send, from what a base station hears.
//!
//! ```text
//! h_k[n, m] = sum_j x_kj e^{-j 2 pi f_n tau_kj} e^{j pi m sin theta_j},   tau_kj = (|p_j - b| + |p_j - u_k|) / c + o_k
//! y[t, n, :] = sum_k h_k[n, :] s_k[t, n] + e
//! ```
//!
//! K users u_k send symbols of modulus 1 on N subcarriers in T slots, pilots in the first ones; the station b has M antennas. Scatterers p_j are
//! the same for all users, who each see most of them by a gain of their own. Users are known up to an error and clocks o_k up to a
//! bound, but for the first clock, which is the reference.
//!
//! Liu, Xu, Xu and Caire, "Bilinear subspace variational Bayesian inference for joint scattering environment sensing and data recovery in
//! ISAC systems" (2025).

mod instance;
mod picture;
mod world;

pub use instance::{Answer, JointSensingInstance, PLACES};
pub use world::{Atom, LIGHT, Place, World, apart, centred};

use crate::contract::{Complaint, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::signals::noise::{GaussianNoise, Noise};
use crate::signals::random::{Random, Stream};
use instance::Truth;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::FRAC_1_SQRT_2;
use std::sync::Arc;

/// Parameters of `joint-sensing`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct JointSensing {
    /// Scatterers.
    #[schemars(range(min = 1, max = 12))]
    pub scatterers: usize,
    /// Users, K.
    #[schemars(range(min = 1, max = 4))]
    pub users: usize,
    /// Antennas of the base station, M.
    #[schemars(range(min = 4, max = 64), extend("x-scale" = "log"))]
    pub antennas: usize,
    /// Subcarriers, N.
    #[schemars(range(min = 8, max = 64), extend("x-scale" = "log"))]
    pub subcarriers: usize,
    /// Bandwidth of all subcarriers together.
    #[schemars(range(min = 20.0, max = 400.0), extend("x-unit" = "MHz", "x-scale" = "log"))]
    pub bandwidth: f64,
    /// Slots of pilots.
    #[schemars(range(min = 1, max = 8))]
    pub pilots: usize,
    /// Slots of data.
    #[schemars(range(min = 0, max = 16))]
    pub data: usize,
    /// Signal-to-noise ratio.
    #[schemars(range(min = -20.0, max = 60.0), extend("x-unit" = "dB", "x-step" = 1))]
    pub snr_db: f64,
    /// Side of the ground.
    #[schemars(range(min = 16.0, max = 128.0), extend("x-unit" = "m"))]
    pub side: f64,
    /// Standard deviation of what is reported of a user's place, along each axis.
    #[schemars(range(min = 0.0, max = 5.0), extend("x-unit" = "m", "x-step" = 0.1))]
    pub user_error: f64,
    /// Most that a clock is off.
    #[schemars(range(min = 0.0, max = 50.0), extend("x-unit" = "ns"))]
    pub clock_error: f64,
}

impl Default for JointSensing {
    fn default() -> Self {
        Self {
            scatterers: 5,
            users: 2,
            antennas: 32,
            subcarriers: 32,
            bandwidth: 100.0,
            pilots: 1,
            data: 4,
            snr_db: 10.0,
            side: 64.0,
            user_error: 0.3,
            clock_error: 10.0,
        }
    }
}

/// The four symbols that are sent, of modulus 1.
pub const ALPHABET: [Complex64; 4] = [
    Complex64::new(FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    Complex64::new(FRAC_1_SQRT_2, -FRAC_1_SQRT_2),
    Complex64::new(-FRAC_1_SQRT_2, FRAC_1_SQRT_2),
    Complex64::new(-FRAC_1_SQRT_2, -FRAC_1_SQRT_2),
];

/// Chance that a user sees a scatterer.
const SEEN: f64 = 0.8;

/// Noise against pilots.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {"methods": [{"id": "turbo-bisvbi"}, {"id": "turbo-bisvbi", "moving": false}]},
    "x": {"param": "problem.snr_db", "from": -10, "to": 20, "steps": 7},
    "y": {"param": "problem.pilots", "from": 1, "to": 7, "steps": 7},
    "metric": {"median": "relative_error"},
    "trials": 3
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["ground"],
    beside: &["constellation"],
    quantities: &[
        Quantity { name: "relative_error", title: "channel", colour: "estimate" },
        Quantity { name: "symbol_errors", title: "symbols", colour: "residual" },
        Quantity { name: "scatterer_error", title: "places", colour: "theory" },
    ],
    running: "The channel is off by {relative_error} after {steps}.",
    converged: "The channel is off by {relative_error}, settled in {steps}.",
    stopped: "The channel is off by {relative_error} after {steps}.",
    rest: "Of all symbols a share of {symbol_errors} is wrong; half of the scatterers are within {scatterer_error} metres.",
    paint: None,
};

impl TypedProblem for JointSensing {
    const CARD: ProblemCard = ProblemCard {
        id: "joint-sensing",
        lab: "recovery",
        title: "Places, channels and data at once",
        sentence: "Locate {scatterers} scatterers and read {data} slots of data of {users} users after {pilots} of pilots, by {antennas} antennas and {subcarriers} subcarriers at {snr_db}, by {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: &[],
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, _files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        Ok(Arc::new(draw(self, seed)))
    }
}

/// Draws the instance that `seed` names.
pub fn draw(params: &JointSensing, seed: u64) -> JointSensingInstance {
    let world = World::new(params.side, params.antennas, params.subcarriers, params.bandwidth / 1000.0);
    let mut random = Random::new(seed, Stream::Points);
    let mut place =
        |margin: f64| -> Place { [(); 2].map(|()| params.side * (margin + (1.0 - 2.0 * margin) * random.uniform())) };
    let scatterers: Vec<Place> = (0..params.scatterers).map(|_| place(0.03)).collect();
    let users: Vec<Place> = (0..params.users).map(|_| place(0.1)).collect();
    let mut random = Random::new(seed, Stream::Targets);
    let reported = users.iter().map(|u| [0, 1].map(|i| u[i] + params.user_error * random.normal())).collect();
    let clock = |k: usize, share: f64| if k == 0 { 0.0 } else { params.clock_error * LIGHT * share };
    let offsets: Vec<f64> = (0..params.users).map(|k| clock(k, 2.0 * random.uniform() - 1.0)).collect();
    let mut random = Random::new(seed, Stream::Amplitudes);
    let gains: Vec<Vec<Complex64>> = (0..params.users)
        .map(|_| {
            let gain = |random: &mut Random| {
                let (seen, gain) = (random.uniform() < SEEN, random.normal_scalar::<Complex64>());
                if seen { gain } else { Complex64::default() }
            };
            (0..params.scatterers).map(|_| gain(&mut random)).collect()
        })
        .collect();
    let mut random = Random::new(seed, Stream::Matrix);
    let slots = params.pilots + params.data;
    let mut symbol = || Complex64::new(random.sign(), random.sign()) * FRAC_1_SQRT_2;
    let symbols: Vec<Vec<Complex64>> =
        (0..params.users).map(|_| (0..slots * params.subcarriers).map(|_| symbol()).collect()).collect();
    let truth = Truth::new(&world, scatterers, users, offsets, &gains, symbols);
    let mut received = truth.received(&world);
    Noise::Gaussian(GaussianNoise { snr_db: params.snr_db }).add_to(&mut received, seed);
    JointSensingInstance::new(world, received, truth, reported, params)
}
