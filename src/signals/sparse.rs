//! Sparse signals: which entries are not zero, and what they are.

use super::random::{Random, Stream};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The law of the non-zero entries. Where scalars are complex, a random phase takes the place of a random sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Amplitude {
    /// Standard normal: a few large entries and many small ones, kind to greedy methods.
    #[default]
    Gaussian,
    /// Plus or minus one: no entry is easier than another, hard on greedy methods.
    #[schemars(extend("x-label" = "±1"))]
    Signs,
    /// Magnitudes uniform in [0.25, 1.75], random signs.
    Uniform,
    /// Magnitudes uniform in [0.25, 1.75], all positive.
    Positive,
    /// Magnitudes 1, 1/2, 1/3, ... in random places, random signs.
    #[schemars(extend("x-label" = "power-law"))]
    PowerLaw,
}

/// A signal of length `n` with exactly `k` entries that are not zero, in uniformly drawn places.
///
/// # Panics
/// When `k > n`.
pub fn sparse_signal<S: Scalar>(n: usize, k: usize, amplitude: Amplitude, seed: u64) -> Vec<S> {
    signal_on(n, &Random::new(seed, Stream::Support).subset(n, k), amplitude, seed)
}

/// A signal of length `n` that is not zero on `support`.
///
/// # Panics
/// When the support has an index that is not below `n`.
pub fn signal_on<S: Scalar>(n: usize, support: &[usize], amplitude: Amplitude, seed: u64) -> Vec<S> {
    let mut signal = vec![S::zero(); n];
    for (&i, value) in support.iter().zip(amplitude.draw(support.len(), seed)) {
        signal[i] = value;
    }
    signal
}

impl Amplitude {
    /// `count` values of this law, in random order.
    pub fn draw<S: Scalar>(self, count: usize, seed: u64) -> Vec<S> {
        let mut random = Random::new(seed, Stream::Amplitudes);
        let mut values: Vec<S> = (0..count).map(|rank| draw(self, rank, &mut random)).collect();
        if self == Amplitude::PowerLaw {
            // Magnitudes come out sorted; supports are sorted too, so their order must be drawn.
            for i in (1..count).rev() {
                values.swap(i, random.below(i + 1));
            }
        }
        values
    }
}

fn draw<S: Scalar>(amplitude: Amplitude, rank: usize, random: &mut Random) -> S {
    let magnitude = |random: &mut Random| 0.25 + 1.5 * random.uniform();
    match amplitude {
        Amplitude::Gaussian => random.normal_scalar(),
        Amplitude::Signs => random.phase(),
        Amplitude::Uniform => {
            let magnitude = magnitude(random);
            random.phase::<S>() * magnitude
        }
        Amplitude::Positive => S::from_real(magnitude(random)),
        Amplitude::PowerLaw => random.phase::<S>() / (rank + 1) as f64,
    }
}
