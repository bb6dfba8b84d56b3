//! Phantoms: the head of Shepp and Logan, and drawn ellipses.

use super::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far apart the greys of the tissues are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Contrast {
    /// Toft's, so that a person sees all ellipses: values from 0 to 1.
    #[default]
    Enhanced,
    /// That of the paper: tissues differ by a hundredth of the skull, values from 0 to 2.
    Original,
}

/// An ellipse: half axes, centre, turn in degrees, and what is added inside, original and enhanced.
type Ellipse = (f64, f64, f64, f64, f64, f64, f64);

const ELLIPSES: [Ellipse; 10] = [
    (0.69, 0.92, 0.0, 0.0, 0.0, 2.0, 1.0),
    (0.6624, 0.874, 0.0, -0.0184, 0.0, -0.98, -0.8),
    (0.11, 0.31, 0.22, 0.0, -18.0, -0.02, -0.2),
    (0.16, 0.41, -0.22, 0.0, 18.0, -0.02, -0.2),
    (0.21, 0.25, 0.0, 0.35, 0.0, 0.01, 0.1),
    (0.046, 0.046, 0.0, 0.1, 0.0, 0.01, 0.1),
    (0.046, 0.046, 0.0, -0.1, 0.0, 0.01, 0.1),
    (0.046, 0.023, -0.08, -0.605, 0.0, 0.01, 0.1),
    (0.023, 0.023, 0.0, -0.606, 0.0, 0.01, 0.1),
    (0.023, 0.046, 0.06, -0.605, 0.0, 0.01, 0.1),
];

/// The phantom on `side` x `side` pixels, row by row from the top, each with the value at its centre; the picture is
/// the square [-1, 1]^2.
///
/// Shepp and Logan, "The Fourier reconstruction of a head section" (1974); contrast of Toft, "The Radon transform"
/// (1996).
pub fn shepp_logan(side: usize, contrast: Contrast) -> Vec<f64> {
    let grey = |ellipse: &Ellipse| if contrast == Contrast::Original { ellipse.5 } else { ellipse.6 };
    at_centres(side, |x, y| ELLIPSES.iter().filter(|ellipse| covers(ellipse, x, y)).map(grey).sum::<f64>())
}

/// A square picture of `count` ellipses that are drawn one over the other on black: half axes of 0.15 to 0.6 in the square
/// [-1, 1]^2, centres anywhere in [-0.7, 0.7]^2, greys of 0.2 to 1. Row by row from the top.
pub fn ellipses(side: usize, count: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Support);
    let mut between = |low: f64, high: f64| low + (high - low) * random.uniform();
    let drawn: Vec<Ellipse> = (0..count)
        .map(|_| {
            let (a, b) = (between(0.15, 0.6), between(0.15, 0.6));
            let (x, y, turn) = (between(-0.7, 0.7), between(-0.7, 0.7), between(0.0, 180.0));
            let grey = between(0.2, 1.0);
            (a, b, x, y, turn, grey, grey)
        })
        .collect();
    at_centres(side, |x, y| drawn.iter().rev().find(|ellipse| covers(ellipse, x, y)).map_or(0.0, |last| last.5))
}

/// The picture whose value at the centre of each pixel is that of a function on [-1, 1]^2.
fn at_centres(side: usize, value: impl Fn(f64, f64) -> f64) -> Vec<f64> {
    let centre = |i: usize| (2 * i + 1) as f64 / side as f64 - 1.0;
    (0..side * side).map(|pixel| value(centre(pixel % side), -centre(pixel / side))).collect()
}

fn covers(&(a, b, x0, y0, degrees, ..): &Ellipse, x: f64, y: f64) -> bool {
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let (dx, dy) = (x - x0, y - y0);
    let (along, across) = ((dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b);
    along * along + across * across <= 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_ellipses_are_greys_on_black_and_depend_on_the_seed() {
        let picture = ellipses(32, 6, 1);
        assert!(picture.len() == 1024 && picture.iter().all(|&v| v == 0.0 || (0.2..1.0).contains(&v)));
        let mut greys = picture.clone();
        greys.sort_by(f64::total_cmp);
        greys.dedup();
        assert!((3..=7).contains(&greys.len()), "{greys:?}");
        assert!(ellipses(32, 6, 2) != picture && ellipses(8, 0, 1) == [0.0; 64]);
    }

    #[test]
    fn greys_are_those_of_the_paper() {
        let side = 101;
        let at = |contrast, x: f64, y: f64| {
            let place = |v: f64| ((v + 1.0) / 2.0 * side as f64) as usize;
            shepp_logan(side, contrast)[place(-y) * side + place(x)]
        };
        // Outside, skull, brain, the two ventricles, and the tumour above them.
        for (x, y, original, enhanced) in [
            (0.95, 0.0, 0.0, 0.0),
            (0.0, 0.9, 2.0, 1.0),
            (0.0, -0.4, 1.02, 0.2),
            (0.22, 0.0, 1.0, 0.0),
            (-0.22, 0.0, 1.0, 0.0),
            (0.0, 0.45, 1.03, 0.3),
        ] {
            assert!((at(Contrast::Original, x, y) - original).abs() < 1e-12, "{x} {y}");
            assert!((at(Contrast::Enhanced, x, y) - enhanced).abs() < 1e-12, "{x} {y}");
        }
        // The area of the brain and skull is that of an ellipse.
        let picture = shepp_logan(256, Contrast::Original);
        let share = picture.iter().filter(|&&v| v > 0.5).count() as f64 / 65_536.0 * 4.0;
        assert!((share - std::f64::consts::PI * 0.69 * 0.92).abs() < 0.01);
    }
}
