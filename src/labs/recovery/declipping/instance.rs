//! A drawn instance of `declipping`, and how restored sounds are judged.

use super::consistency::Consistency;
use crate::contract::{Axis, Instance, Kind, Observation, Panel, Trace, Values};
use crate::kernels::{Scalar, distance, norm};
use crate::signals::sounds::RATE;
use crate::transforms::PaddedFourier;
use serde_json::{Value, json};
use std::any::Any;

/// Samples of the waveform that are shown, around those that suffer most: 20 ms.
const SHOWN: usize = 320;
/// Samples in a column of the spectrogram.
const COLUMN: usize = 512;
/// Columns and rows of the spectrogram, at most.
const PICTURE: (usize, usize) = (96, 96);
/// Decibels below the loudest at which the spectrogram ends.
const FLOOR: f64 = -80.0;
/// Smallest relative error that a decibel is made of.
const EXACT: f64 = 1e-15;

/// A sound and what clipping left of it.
pub struct DeclippingInstance {
    /// x, n samples with a peak of one.
    pub truth: Vec<f64>,
    /// y, n samples on `[-level, level]`.
    pub clipped: Vec<f64>,
    /// theta.
    pub level: f64,
    /// Sounds that agree with y.
    pub consistency: Consistency,
}

/// Clips in place.
fn clip(sound: &mut [f64], level: f64) {
    sound.iter_mut().for_each(|sample| *sample = sample.clamp(-level, level));
}

impl DeclippingInstance {
    /// Clips `truth`, which has a peak of one, until it is within `sdr` dB of itself.
    pub fn clip(truth: Vec<f64>, sdr: f64) -> Self {
        let wanted = libm::exp10(-sdr / 20.0) * norm(&truth);
        let at = |level: f64| {
            let mut clipped = truth.clone();
            clip(&mut clipped, level);
            clipped
        };
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            // The lower the level, the more is lost.
            let place = if distance(&at(middle), &truth) > wanted { &mut low } else { &mut high };
            *place = middle;
        }
        let clipped = at(high);
        Self { consistency: Consistency::new(&clipped, high), truth, clipped, level: high }
    }

    /// Error of `sound` as a share of the truth.
    pub fn relative_error(&self, sound: &[f64]) -> f64 {
        distance(sound, &self.truth) / norm(&self.truth)
    }

    /// Signal to distortion ratio in dB; of a perfect sound that of rounding.
    pub fn sdr(&self, sound: &[f64]) -> f64 {
        -20.0 * libm::log10(self.relative_error(sound).max(EXACT))
    }

    fn estimate<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [f64]> {
        match &seen.estimate {
            Values::Real(sound) if sound.len() == self.truth.len() => Some(sound),
            _ => None,
        }
    }

    /// Where the most is lost.
    fn shown(&self) -> std::ops::Range<usize> {
        let (n, length) = (self.truth.len(), SHOWN.min(self.truth.len()));
        let lost = |t: usize| (self.truth[t] - self.clipped[t]).abs();
        let mut here: f64 = (0..length).map(lost).sum();
        let (mut most, mut first) = (here, 0);
        for t in length..n {
            here += lost(t) - lost(t - length);
            if here > most {
                (most, first) = (here, t + 1 - length);
            }
        }
        first..first + length
    }

    /// The levels of clipping as a band, the restored sound and the true one within 20 ms.
    fn waveform(&self, sound: &[f64]) -> Panel<'static> {
        let shown = self.shown();
        let length = shown.len();
        let mut rows = vec![-self.level; length];
        rows.extend(std::iter::repeat_n(self.level, length));
        rows.extend(&sound[shown.clone()]);
        rows.extend(&self.truth[shown]);
        Panel {
            id: "waveform",
            title: "Waveform",
            caption: "20 ms where most is lost: the levels of clipping as a band, $\\hat x$, and $x$, the truth",
            kind: Kind::Band,
            shape: (4, length),
            values: Values::give(rows),
            x: Axis::plain("sample"),
            y: Axis::plain("amplitude"),
            marks: Vec::new(),
            table: None,
        }
    }

    /// Energy by frequency, highest first, and time, in dB below the loudest of the true sound.
    fn spectrogram(
        &self,
        (id, title, caption): (&'static str, &'static str, &'static str),
        sound: &[f64],
    ) -> Panel<'static> {
        let frame = PaddedFourier::new(COLUMN, COLUMN);
        let columns = sound.len().div_ceil(COLUMN / 4).min(PICTURE.0);
        let bins = frame.bins().min(PICTURE.1);
        let energies = |of: &[f64]| -> Vec<Vec<f64>> {
            let column = |c: usize| {
                let middle = (2 * c + 1) * of.len() / (2 * columns);
                let sample = |t: usize| {
                    let g = libm::sin(std::f64::consts::PI * (t as f64 + 0.5) / COLUMN as f64);
                    (middle + t).checked_sub(COLUMN / 2).and_then(|t| of.get(t)).map_or(0.0, |x| g * g * x)
                };
                let piece: Vec<f64> = (0..COLUMN).map(sample).collect();
                frame.analyze(&piece)[..bins].iter().map(|z| z.abs_squared()).collect()
            };
            (0..columns).map(column).collect()
        };
        let loudest = energies(&self.truth).iter().flatten().copied().fold(f64::MIN_POSITIVE, f64::max);
        let seen = energies(sound);
        let decibels = |k: usize, c: usize| (10.0 * libm::log10(seen[c][k].max(1e-300) / loudest)).max(FLOOR);
        let values =
            (0..bins).rev().flat_map(|k| (0..columns).map(move |c| (k, c))).map(|(k, c)| decibels(k, c)).collect();
        Panel {
            id,
            title,
            caption,
            kind: Kind::Heat,
            shape: (bins, columns),
            values: Values::give(values),
            x: Axis::plain("time"),
            y: Axis { label: "energy", unit: "dB", log: false },
            marks: Vec::new(),
            table: None,
        }
    }
}

impl Instance for DeclippingInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let n = self.truth.len();
        let lost = (0..n).filter(|&t| self.consistency.is_clipped(t)).count();
        json!({
            "rows": n,
            "cols": n,
            "size": format!("n = {n}, {lost} of them clipped at {:.3}", self.level),
            "clipped": lost,
            "level": self.level,
            "sampling_rate": RATE,
            "things": "frequencies of the frame",
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        let caption = "energy of $y$, the clipped sound, by time and frequency, low ones below";
        vec![self.spectrogram(("heard", "Clipped", caption), &self.clipped)]
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(sound) = self.estimate(seen) else { return Vec::new() };
        let caption = "energy of $\\hat x$, the restored sound, by time and frequency, low ones below";
        let mut panels = vec![self.waveform(sound), self.spectrogram(("spectrogram", "Restored", caption), sound)];
        panels.extend(self.panels());
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(sound) = self.estimate(seen) else { return Vec::new() };
        vec![
            Trace { name: "relative_error", value: self.relative_error(sound) },
            Trace { name: "sdr_improvement", value: self.sdr(sound) - self.sdr(&self.clipped) },
        ]
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.traces(seen);
        if let Some(sound) = self.estimate(seen) {
            metrics.push(Trace { name: "sdr", value: self.sdr(sound) });
            let inconsistency = self.consistency.violation(sound) / norm(&self.truth);
            metrics.push(Trace { name: "inconsistency", value: inconsistency });
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let shape = (self.truth.len(), 1);
        vec![("x", shape, Values::lend(&self.truth)), ("clipped", shape, Values::lend(&self.clipped))]
    }
}
