//! What is looked through.

use crate::labs::imaging::prior;
use crate::models::denoiser::{Component, Denoiser};
use crate::signals::bodies::{body, boxes};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The volume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scene {
    /// A body with organs, of the kind that the prior was fitted to.
    #[schemars(extend("x-label" = "a body"))]
    #[default]
    Body,
    /// A volume whose slices are drawn from the prior itself.
    #[schemars(extend("x-label" = "a draw from the prior"))]
    PriorSample,
    /// A body that lies on its side, as the prior has seen none.
    #[schemars(extend("x-label" = "a body on its side"))]
    Turned,
    /// Boxes, which the prior has never seen.
    #[schemars(extend("x-label" = "boxes"))]
    Boxes,
}

/// Voxels of a slice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Grid {
    /// 16 x 16: each the mean of four fine ones.
    #[schemars(extend("x-label" = "16 x 16 voxels"))]
    Coarse,
    /// 32 x 32.
    #[schemars(extend("x-label" = "32 x 32 voxels"))]
    #[default]
    Fine,
}

impl Grid {
    /// Voxels along a side.
    pub fn side(self) -> usize {
        match self {
            Grid::Coarse => 16,
            Grid::Fine => 32,
        }
    }
}

/// How alike coefficients of neighbouring slices are in a draw from the prior: their correlation.
const KINSHIP: f64 = 0.95;

impl Scene {
    /// Draws the volume, slice by slice, each row by row.
    pub(super) fn draw(self, side: usize, slices: usize, seed: u64) -> Vec<f64> {
        match self {
            Scene::Body => body(side, slices, seed),
            Scene::Turned => turned(&body(side, slices, seed), side),
            Scene::Boxes => boxes(side, slices, seed),
            Scene::PriorSample => sample(side, slices, seed),
        }
    }
}

/// Every slice by a quarter of a turn.
fn turned(volume: &[f64], side: usize) -> Vec<f64> {
    let at = |(place, _): (usize, &f64)| {
        let (slice, row, col) = (place / (side * side), place / side % side, place % side);
        volume[(slice * side + col) * side + side - 1 - row]
    };
    volume.iter().enumerate().map(at).collect()
}

/// Slices that follow the prior exactly, one by one, and change slowly: the components are those of a body's slices, and within a
/// component all coordinates are autoregressive.
fn sample(side: usize, slices: usize, seed: u64) -> Vec<f64> {
    let prior = prior::axial(side);
    let path = prior.likeliest(&body(side, slices, seed), 0.0);
    let mut random = Random::new(seed, Stream::Amplitudes);
    let mut volume = Vec::with_capacity(slices * prior.size());
    let mut before: Option<(usize, Vec<f64>)> = None;
    for component in path {
        let gaussian = &prior.components()[component];
        let fresh = draw(gaussian, &mut random);
        let off = match before {
            Some((same, last)) if same == component => {
                let news = (1.0 - KINSHIP * KINSHIP).sqrt();
                last.iter().zip(&fresh).map(|(last, fresh)| KINSHIP * last + news * fresh).collect()
            }
            _ => fresh,
        };
        volume.extend(gaussian.mean.iter().zip(&off).map(|(mean, off)| mean + off));
        before = Some((component, off));
    }
    volume
}

/// A draw from a component, less its mean.
fn draw(component: &Component, random: &mut Random) -> Vec<f64> {
    let rest = component.rest.sqrt();
    let mut off: Vec<f64> = component.mean.iter().map(|_| rest * random.normal()).collect();
    for (u, lam) in component.basis.iter().zip(&component.variances) {
        let more = (lam - component.rest).sqrt() * random.normal();
        off.iter_mut().zip(u).for_each(|(off, u)| *off += more * u);
    }
    off
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_a_turn_four_times_is_none() {
        let volume = Scene::Body.draw(16, 8, 2);
        let once = turned(&volume, 16);
        assert_ne!(once, volume);
        assert_eq!(turned(&turned(&turned(&once, 16), 16), 16), volume);
    }

    /// The squared distance of a draw from its mean, over its expectation, is one on average.
    #[test]
    fn draws_have_the_variance_of_their_component() {
        let prior = prior::axial(16);
        let component = &prior.components()[0];
        let n = component.mean.len() - component.basis.len();
        let expected = component.variances.iter().sum::<f64>() + n as f64 * component.rest;
        let mut random = Random::new(1, Stream::Probe);
        let squares = (0..2000).map(|_| draw(component, &mut random).iter().map(|x| x * x).sum::<f64>());
        assert!((squares.sum::<f64>() / 2000.0 / expected - 1.0).abs() < 0.1);
    }
}
