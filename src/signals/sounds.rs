//! Short pieces of synthetic sound: sums of decaying partials, and two that are no such sums.

use super::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::TAU;

/// Samples a second.
pub const RATE: usize = 16_000;

/// What sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sound {
    /// Four notes of a triad, struck together.
    #[default]
    #[schemars(extend("x-label" = "a chord"))]
    Chord,
    /// Notes one after the other, each ringing on.
    #[schemars(extend("x-label" = "plucked strings"))]
    Plucks,
    /// Bells, whose partials are no multiples of one another.
    #[schemars(extend("x-label" = "bells"))]
    Bells,
    /// A tone whose pitch glides up and down.
    #[schemars(extend("x-label" = "a siren"))]
    Siren,
    /// White noise, which is sparse nowhere.
    #[schemars(extend("x-label" = "noise"))]
    Noise,
}

/// Semitones of a major and of a minor triad with the octave.
const TRIADS: [[f64; 4]; 2] = [[0.0, 4.0, 7.0, 12.0], [0.0, 3.0, 7.0, 12.0]];
/// Semitones of the pentatonic scale.
const SCALE: [f64; 6] = [0.0, 2.0, 4.0, 7.0, 9.0, 12.0];
/// Frequencies of a bell's partials over its nominal pitch.
const BELL: [f64; 8] = [0.5, 1.0, 1.19, 1.5, 2.0, 2.51, 3.01, 4.1];
/// Seconds from one plucked note to the next.
const PACE: f64 = 0.11;
/// Share of the highest frequency above which nothing sounds.
const EDGE: f64 = 0.9;

/// A partial: it starts at `onset` (s) with `size`, and falls by `e` in `decay` (s).
struct Partial {
    onset: f64,
    hertz: f64,
    size: f64,
    decay: f64,
    phase: f64,
}

impl Partial {
    fn add_to(&self, samples: &mut [f64]) {
        let first = (self.onset * RATE as f64).ceil() as usize;
        for (t, sample) in samples.iter_mut().enumerate().skip(first) {
            let since = t as f64 / RATE as f64 - self.onset;
            *sample += self.size * libm::exp(-since / self.decay) * libm::sin(TAU * self.hertz * since + self.phase);
        }
    }
}

impl Sound {
    /// `samples` samples at [`RATE`], scaled to a peak of one. Pitches and phases are drawn.
    pub fn draw(self, samples: usize, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed, Stream::Amplitudes);
        let mut sound = vec![0.0; samples];
        // From A2 up to A3.
        let root = 110.0 * libm::exp2(random.uniform());
        match self {
            Sound::Chord => {
                let triad = TRIADS[random.below(TRIADS.len())];
                triad.iter().for_each(|up| note(0.0, semitones(root, *up), &mut random, &mut sound));
            }
            Sound::Plucks => {
                let notes = (samples as f64 / (PACE * RATE as f64)).ceil() as usize;
                for i in 0..notes {
                    let up = SCALE[random.below(SCALE.len())] + 12.0;
                    note(PACE * i as f64, semitones(root, up), &mut random, &mut sound);
                }
            }
            Sound::Bells => [0.0, 7.0].iter().for_each(|up| bell(semitones(2.0 * root, *up), &mut random, &mut sound)),
            Sound::Siren => siren(root, &mut sound),
            Sound::Noise => sound.iter_mut().for_each(|sample| *sample = random.normal()),
        }
        with_peak_of_one(&mut sound);
        sound
    }
}

/// Scales a sound to a peak of one; silence stays, and is told by `false`.
pub fn with_peak_of_one(sound: &mut [f64]) -> bool {
    let peak = sound.iter().fold(0.0_f64, |peak, sample| peak.max(sample.abs()));
    if peak > 0.0 {
        sound.iter_mut().for_each(|sample| *sample /= peak);
    }
    peak > 0.0
}

fn semitones(root: f64, up: f64) -> f64 {
    root * libm::exp2(up / 12.0)
}

/// A string: harmonics that are a little sharp, as stiff strings are, and die the sooner the higher they are.
fn note(onset: f64, hertz: f64, random: &mut Random, sound: &mut [f64]) {
    const STIFFNESS: f64 = 3e-4;
    for h in 1..=24 {
        let order = f64::from(h);
        let partial = Partial {
            onset,
            hertz: order * hertz * (1.0 + STIFFNESS * order * order).sqrt(),
            size: (0.5 + random.uniform()) / libm::pow(order, 1.3),
            decay: 0.6 / order.sqrt(),
            phase: TAU * random.uniform(),
        };
        if partial.hertz < EDGE * RATE as f64 / 2.0 {
            partial.add_to(sound);
        }
    }
}

fn bell(hertz: f64, random: &mut Random, sound: &mut [f64]) {
    for ratio in BELL {
        let size = (0.5 + random.uniform()) / ratio.sqrt();
        let phase = TAU * random.uniform();
        Partial { onset: 0.0, hertz: ratio * hertz, size, decay: 0.8 / ratio, phase }.add_to(sound);
    }
}

/// Six harmonics of a pitch that swings by a third of itself, twice a second.
fn siren(hertz: f64, sound: &mut [f64]) {
    let mut turns = 0.0;
    for (t, sample) in sound.iter_mut().enumerate() {
        let swing = libm::sin(TAU * 2.0 * t as f64 / RATE as f64);
        turns += 2.0 * hertz * (1.0 + swing / 3.0) / RATE as f64;
        *sample = (1..=6).map(|h| libm::sin(TAU * (f64::from(h) * turns).fract()) / f64::from(h)).sum();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transforms::PaddedFourier;

    const ALL: [Sound; 5] = [Sound::Chord, Sound::Plucks, Sound::Bells, Sound::Siren, Sound::Noise];

    #[test]
    fn every_sound_has_a_peak_of_one_and_differs_by_seed() {
        for sound in ALL {
            let (one, other) = (sound.draw(2000, 1), sound.draw(2000, 2));
            let peak = one.iter().fold(0.0_f64, |peak, sample| peak.max(sample.abs()));
            assert!(peak == 1.0 && one.iter().all(|sample| sample.is_finite()), "{sound:?} has a peak of {peak}");
            assert!(one != other && one == sound.draw(2000, 1), "{sound:?}");
        }
    }

    /// The least number of coefficients that hold 99 % of the energy.
    fn coefficients(sound: Sound) -> usize {
        let w = 1024;
        let window = |t: usize| 0.5 - 0.5 * (TAU * t as f64 / w as f64).cos();
        let piece: Vec<f64> = sound.draw(w, 3).iter().enumerate().map(|(t, x)| x * window(t)).collect();
        let mut sizes: Vec<f64> = PaddedFourier::new(w, w).analyze(&piece).iter().map(|z| z.norm_sqr()).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let all: f64 = sizes.iter().sum();
        let mut held = 0.0;
        sizes
            .iter()
            .take_while(|size| {
                held += **size;
                held < 0.99 * all
            })
            .count()
            + 1
    }

    #[test]
    fn partials_are_sparse_and_noise_is_not() {
        for sound in [Sound::Chord, Sound::Plucks, Sound::Bells] {
            assert!(coefficients(sound) < 80, "{sound:?} needs {}", coefficients(sound));
        }
        assert!(coefficients(Sound::Noise) > 300);
    }
}
