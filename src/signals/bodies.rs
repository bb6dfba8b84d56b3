//! Volumes to look through: bodies with organs, and boxes, drawn from a seed.
//!
//! Volumes are stored slice by slice, each row by row, with values from 0 to 1. The cube [-1, 1]^3 is `side x side` pixels wide and
//! `slices` deep, with a value at the centre of each; edges are as soft as two pixels of the finest grid. Coarser pixels are means over
//! finer ones.

use super::random::{Random, Stream};

/// Pixels along a side of the finest grid.
pub const FINEST: usize = 32;

/// An ellipsoid with an axis along the slices: centre, half axes, turn about that axis in radians, and what it adds.
#[derive(Clone, Copy, Debug)]
struct Ellipsoid {
    centre: [f64; 3],
    axes: [f64; 3],
    turn: f64,
    amplitude: f64,
}

/// Centres, half axes and amplitudes of the organs, before they are drawn.
const ORGANS: [Ellipsoid; 5] = [
    organ([0.30, 0.10, 0.0], [0.22, 0.30, 0.55], 0.35),
    organ([-0.32, 0.05, 0.1], [0.20, 0.28, 0.50], -0.25),
    organ([0.0, -0.33, -0.2], [0.30, 0.14, 0.40], 0.45),
    organ([0.05, 0.35, 0.25], [0.16, 0.14, 0.45], -0.2),
    organ([-0.1, -0.02, -0.45], [0.14, 0.14, 0.25], 0.3),
];

const fn organ(centre: [f64; 3], axes: [f64; 3], amplitude: f64) -> Ellipsoid {
    Ellipsoid { centre, axes, turn: 0.0, amplitude }
}

/// A body: a bright shell, five organs that differ from one to the next, and up to two lesions. O(side^2 slices).
///
/// # Panics
/// When `side` does not divide [`FINEST`].
pub fn body(side: usize, slices: usize, seed: u64) -> Vec<f64> {
    let parts = parts(&mut Random::new(seed, Stream::Support));
    at_centres(side, slices, |point| parts.iter().map(|part| part.amplitude * part.softly_covers(point)).sum())
}

/// Seven boxes of drawn sizes, places and greys, one over the other: nothing that looks like a body.
///
/// # Panics
/// When `side` does not divide [`FINEST`].
pub fn boxes(side: usize, slices: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Support);
    let drawn: Vec<([f64; 3], [f64; 3], f64)> = (0..7)
        .map(|_| {
            let centre = [0.5, 0.5, 0.6].map(|reach| about(0.0, reach, &mut random));
            let half = [0.3, 0.3, 0.35].map(|size| about(size, 0.15, &mut random));
            (centre, half, 0.2 + 0.7 * random.uniform())
        })
        .collect();
    at_centres(side, slices, |point| {
        let covers =
            |(centre, half, _): &&([f64; 3], [f64; 3], f64)| (0..3).all(|i| (point[i] - centre[i]).abs() <= half[i]);
        drawn.iter().rev().find(covers).map_or(0.0, |last| last.2)
    })
}

/// Uniform within `reach` of `middle`.
fn about(middle: f64, reach: f64, random: &mut Random) -> f64 {
    middle + reach * (2.0 * random.uniform() - 1.0)
}

fn parts(random: &mut Random) -> Vec<Ellipsoid> {
    let mut near = |middle: f64, reach: f64| about(middle, reach, random);
    let centre = [0.0; 3].map(|middle| near(middle, 0.04));
    let axes = [near(0.82, 0.05), near(0.68, 0.05), near(0.95, 0.04)];
    let turn = near(0.0, 0.1);
    let mut parts = vec![
        Ellipsoid { centre, axes, turn, amplitude: 0.8 },
        Ellipsoid { centre, axes: axes.map(|axis| axis - 0.1), turn, amplitude: -0.5 },
    ];
    for organ in ORGANS {
        let centre = organ.centre.map(|middle| near(middle, 0.06));
        let scale = near(1.0, 0.15);
        let axes = organ.axes.map(|axis| scale * axis);
        let amplitude = near(organ.amplitude, 0.08);
        parts.push(Ellipsoid { centre, axes, turn: near(0.0, 0.3), amplitude });
    }
    for _ in 0..random.below(3) {
        let centre = [0.4, 0.35, 0.5].map(|reach| about(0.0, reach, random));
        parts.push(Ellipsoid { centre, axes: [0.1, 0.1, 0.12], turn: 0.0, amplitude: 0.3 });
    }
    parts
}

impl Ellipsoid {
    /// One inside, zero outside, and between them within a pixel of the finest grid from the edge.
    fn softly_covers(&self, point: [f64; 3]) -> f64 {
        let (sin, cos) = libm::sincos(self.turn);
        let [dx, dy, dz] = [0, 1, 2].map(|i| point[i] - self.centre[i]);
        let along = [dx * cos + dy * sin, dy * cos - dx * sin, dz];
        let square = (0..3).fold(0.0, |sum, i| sum + (along[i] / self.axes[i]) * (along[i] / self.axes[i]));
        let thinnest = self.axes.iter().fold(f64::INFINITY, |least, &axis| least.min(axis));
        ((1.0 - square.sqrt()) * thinnest * FINEST as f64 / 2.0 + 0.5).clamp(0.0, 1.0)
    }
}

/// The volume of a function on the cube, clipped to 0..1.
fn at_centres(side: usize, slices: usize, value: impl Fn([f64; 3]) -> f64) -> Vec<f64> {
    assert!(FINEST.is_multiple_of(side));
    let factor = FINEST / side;
    let centre = |i: usize, n: usize| (2 * i + 1) as f64 / n as f64 - 1.0;
    let mut volume = vec![0.0; slices * side * side];
    for (z, slice) in volume.chunks_exact_mut(side * side).enumerate() {
        for pixel in 0..FINEST * FINEST {
            let (row, col) = (pixel / FINEST, pixel % FINEST);
            let grey = value([centre(col, FINEST), centre(row, FINEST), centre(z, slices)]).clamp(0.0, 1.0);
            slice[row / factor * side + col / factor] += grey / (factor * factor) as f64;
        }
    }
    volume
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_has_its_shell_its_inside_and_nothing_around_it() {
        for seed in 0..5 {
            let volume = body(32, 32, seed);
            assert!(volume.iter().all(|v| (0.0..=1.0).contains(v)));
            let at = |z: usize, row: usize, col: usize| volume[(z * 32 + row) * 32 + col];
            assert_eq!(at(16, 0, 0), 0.0);
            // Across the middle row the shell is met first, at 0.8 or a little less where its edge is soft.
            let brightest = (0..8).map(|col| at(16, 16, col)).fold(0.0, f64::max);
            assert!((0.7..=0.8 + 1e-12).contains(&brightest), "{brightest}");
            // The volume of the whole is that of an ellipsoid with half axes of about 0.82, 0.68 and 0.95, in a cube of 8.
            let filled = volume.iter().filter(|&&v| v > 0.05).count() as f64 / 32_768.0;
            let expected = std::f64::consts::PI * 4.0 / 3.0 * 0.82 * 0.68 * 0.95 / 8.0;
            assert!((filled / expected - 1.0).abs() < 0.25, "{filled} and {expected}");
        }
        assert_ne!(body(16, 8, 1), body(16, 8, 2));
    }

    #[test]
    fn coarse_pixels_are_means_of_fine_ones() {
        for draw in [body, boxes] {
            let (fine, coarse) = (draw(32, 8, 3), draw(16, 8, 3));
            for (place, &mean) in coarse.iter().enumerate() {
                let (z, row, col) = (place / 256, place / 16 % 16 * 2, place % 16 * 2);
                let four = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(i, j)| fine[(z * 32 + row + i) * 32 + col + j]);
                assert!((four.iter().sum::<f64>() / 4.0 - mean).abs() < 1e-14);
            }
        }
    }
}
