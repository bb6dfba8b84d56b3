//! What shines: intensities along a line, and pictures.

use crate::contract::Complaint;
use crate::signals::phantom::{Contrast, shepp_logan};
use crate::signals::random::{Random, Stream};
use crate::signals::waveform::Waveform;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// The intensity, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// A square picture.
    #[schemars(extend("x-phrase" = "{picture}, a [picture] of {side} pixels a side,"))]
    Picture(Picture),
    /// An intensity along a line.
    #[schemars(extend("x-phrase" = "{shape} [on a line] of {samples}"))]
    Line(Line),
    /// An intensity painted by hand.
    #[schemars(extend("x-phrase" = "[a painted intensity]"))]
    Drawn(Drawn),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Picture(Picture::default())
    }
}

/// A square picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Picture {
    /// What is on it.
    pub picture: Motif,
    /// Pixels along a side.
    #[schemars(range(min = 4, max = 128), extend("x-scale" = "log"))]
    pub side: usize,
}

impl Default for Picture {
    fn default() -> Self {
        Self { picture: Motif::Cells, side: 64 }
    }
}

/// Pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Motif {
    /// Discs of drawn sizes, places and intensities on a dim ground.
    #[schemars(extend("x-label" = "cells"))]
    Cells,
    /// The head phantom of Shepp and Logan.
    #[schemars(extend("x-label" = "the phantom"))]
    Phantom,
    /// Single bright pixels in drawn places.
    #[schemars(extend("x-label" = "stars"))]
    Stars,
}

/// An intensity along a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Line {
    /// Its shape.
    pub shape: Shape,
    /// Samples along the line.
    #[schemars(range(min = 8, max = 4096), extend("x-scale" = "log"))]
    pub samples: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self { shape: Shape::Blocks, samples: 512 }
    }
}

/// Shapes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Donoho and Johnstone's blocks, lifted until none is dark.
    Blocks,
    /// Their bumps, on a dim ground.
    Bumps,
    /// Single samples in drawn places, three in two hundred, and nothing else.
    Spikes,
}

/// Sides of a picture in pixels, and samples of a line, that are taken.
const SIDES: RangeInclusive<usize> = 4..=128;
const SAMPLES: RangeInclusive<usize> = 8..=4096;
/// Painted light that is none.
const DARK: f64 = 1e-9;

/// Intensities given one by one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Drawn {
    /// Rows of a square picture; one makes a line.
    #[schemars(range(min = 1, max = 128))]
    pub rows: usize,
    /// The intensities, row by row, in a unit of their own.
    #[schemars(length(max = 16384), inner(range(min = 0.0, max = 1e6)))]
    pub values: Vec<f64>,
}

impl Default for Drawn {
    fn default() -> Self {
        Self { rows: 1, values: Vec::new() }
    }
}

impl Drawn {
    /// Rows and columns, where the values fill them and some shine.
    fn size(&self) -> Result<(usize, usize), Complaint> {
        let (rows, length) = (self.rows, self.values.len());
        if rows == 1 && !SAMPLES.contains(&length) {
            let (least, most) = (SAMPLES.start(), SAMPLES.end());
            return Err(Complaint::new(
                "values",
                format!("takes {least} to {most} intensities on a line, not {length}"),
            ));
        }
        if rows > 1 && (!SIDES.contains(&rows) || length != rows * rows) {
            let (least, most) = (SIDES.start(), SIDES.end());
            let message =
                format!("takes a square picture with a side of {least} to {most}, not {length} pixels in {rows} rows");
            return Err(Complaint::new("values", message));
        }
        // Less than this cannot be scaled to a number of photons.
        if self.values.iter().all(|&value| value < DARK) {
            return Err(Complaint::new("values", "is dark everywhere; something must shine"));
        }
        Ok((rows, length / rows))
    }
}

/// Share of pixels or samples that shine, where only a few do.
const FEW: f64 = 0.015;

/// Light of a ground, where the brightest is 1.
const DIM: f64 = 0.05;

/// Number of discs.
const DISCS: usize = 9;

impl Scene {
    /// Rows and columns; a line has one row.
    ///
    /// # Errors
    /// A complaint relative to the scene when what was painted is no such shape, or is dark everywhere.
    pub(super) fn size(&self) -> Result<(usize, usize), Complaint> {
        match self {
            Scene::Picture(picture) => Ok((picture.side, picture.side)),
            Scene::Line(line) => Ok((1, line.samples)),
            Scene::Drawn(drawn) => drawn.size(),
        }
    }

    /// The intensity in units of its own, without negative entries and not all zero, row by row.
    pub(in crate::labs::recovery) fn draw(&self, seed: u64) -> Vec<f64> {
        match self {
            Scene::Picture(Picture { picture: Motif::Phantom, side }) => {
                let mut phantom = shepp_logan(*side, Contrast::Enhanced);
                // Ellipses are taken away from others, and rounding may leave less than nothing.
                phantom.iter_mut().for_each(|value| *value = value.max(0.0));
                phantom
            }
            Scene::Picture(Picture { picture: Motif::Cells, side }) => cells(*side, seed),
            Scene::Picture(Picture { picture: Motif::Stars, side }) => few(side * side, seed),
            Scene::Line(Line { shape: Shape::Blocks, samples }) => {
                let blocks = Waveform::Blocks.sample(*samples);
                let least = blocks.iter().copied().fold(0.0, f64::min);
                blocks.iter().map(|value| value - least + DIM).collect()
            }
            Scene::Line(Line { shape: Shape::Bumps, samples }) => {
                Waveform::Bumps.sample(*samples).iter().map(|value| value + DIM).collect()
            }
            Scene::Line(Line { shape: Shape::Spikes, samples }) => few(*samples, seed),
            Scene::Drawn(Drawn { values, .. }) => values.clone(),
        }
    }
}

/// Nothing but a few bright entries, one at least.
fn few(n: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Amplitudes);
    let mut scene = vec![0.0; n];
    let count = ((FEW * n as f64).round() as usize).max(1);
    for i in Random::new(seed, Stream::Support).subset(n, count) {
        scene[i] = 0.25 + 1.5 * random.uniform();
    }
    scene
}

/// Discs, the later ones before the earlier ones.
fn cells(side: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Points);
    let mut scene = vec![DIM; side * side];
    for _ in 0..DISCS {
        let (x, y) = (random.uniform(), random.uniform());
        let (radius, light) = (0.05 + 0.13 * random.uniform(), 0.2 + 0.8 * random.uniform());
        for (pixel, value) in scene.iter_mut().enumerate() {
            let place = |i: usize| (i as f64 + 0.5) / side as f64;
            let (dx, dy) = (place(pixel % side) - x, place(pixel / side) - y);
            if dx * dx + dy * dy <= radius * radius {
                *value = light;
            }
        }
    }
    scene
}
