//! A drawn instance of `sampling-design`, and how answers to it are judged.

use super::picture;
use super::scene::{Example, Kind};
use crate::contract::{Instance, Observation, Panel, Trace, Values};
use crate::kernels::{distance, norm};
use crate::signals::random::{Random, Stream};
use num_complex::Complex64;
use serde_json::{Value, json};
use std::any::Any;

/// What counts as no error, -300 dB.
const EXACT: f64 = 1e-15;

/// Signals with their spectra, of which an answer may use `budget` frequencies, the same for all.
///
/// An estimate is all held-out signals, one after the other, and its support the frequencies that it is made from.
pub struct SamplingInstance {
    /// What signals are like.
    pub kind: Kind,
    /// Frequencies that may be measured, m.
    pub budget: usize,
    /// What a method is judged by, and does not learn from.
    pub held_out: Vec<Example>,
    seed: u64,
    /// All held-out signals, one after the other.
    truth: Vec<f64>,
}

impl SamplingInstance {
    pub(super) fn new(kind: Kind, budget: usize, signals: usize, seed: u64) -> Self {
        let mut random = Random::new(seed, Stream::Points);
        let held_out: Vec<Example> = (0..signals).map(|_| kind.draw(&mut random)).collect();
        let truth = held_out.iter().flat_map(|example| &example.signal).copied().collect();
        Self { kind, budget, held_out, seed, truth }
    }

    /// Randomness of the examples to learn from, drawn by [`Kind::draw`]: the same ones for every method.
    pub fn examples(&self) -> Random {
        Random::new(self.seed, Stream::Examples)
    }

    /// Randomness of a method's choices.
    pub fn choices(&self) -> Random {
        Random::new(self.seed, Stream::Method)
    }

    fn recovered<'a>(&self, seen: &'a Observation<'_>) -> Option<&'a [f64]> {
        match &seen.estimate {
            Values::Real(x) if x.len() == self.truth.len() => Some(x),
            _ => None,
        }
    }
}

impl Instance for SamplingInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (n, m) = (self.kind.fourier.size(), self.budget);
        json!({
            "rows": m,
            "cols": n,
            "size": format!("m = {m}, N = {n}"),
            "complex": false,
            "things": "frequencies",
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(x) = self.recovered(seen) else { return Vec::new() };
        let n = self.kind.fourier.size();
        let mut panels = vec![picture::pattern(&self.kind.fourier, &seen.support)];
        panels.extend(picture::signal(&self.kind.fourier, &self.truth[..n], &x[..n]));
        let pairs = x.chunks_exact(n).zip(self.truth.chunks_exact(n));
        panels.push(picture::errors(pairs.map(|(x, truth)| relative(x, truth)).collect()));
        panels
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(x) = self.recovered(seen) else { return Vec::new() };
        let error = relative(x, &self.truth);
        let pairs = self.kind.fourier.mirrored_pairs(&seen.support) as f64;
        let all =
            [("relative_error", error), ("nmse_db", 20.0 * libm::log10(error.max(EXACT))), ("mirrored_pairs", pairs)];
        all.into_iter().map(|(name, value)| Trace { name, value }).collect()
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.traces(seen)
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let shape = (self.held_out.len(), self.kind.fourier.size());
        let spectra: Vec<Complex64> = self.held_out.iter().flat_map(|example| &example.spectrum).copied().collect();
        vec![("x", shape, Values::lend(&self.truth)), ("y", shape, Values::give(spectra))]
    }
}

/// `|x - truth| / |truth|`; the length of x where the truth is zero.
fn relative(x: &[f64], truth: &[f64]) -> f64 {
    let size = norm(truth);
    if size > 0.0 { distance(x, truth) / size } else { norm(x) }
}
