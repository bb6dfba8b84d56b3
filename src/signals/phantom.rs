//! The head phantom of Shepp and Logan.

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
    let centre = |i: usize| (2 * i + 1) as f64 / side as f64 - 1.0;
    let at = |x: f64, y: f64| {
        let inside = ELLIPSES.iter().filter(|&&(a, b, x0, y0, degrees, ..)| {
            let (sin, cos) = libm::sincos(degrees.to_radians());
            let (dx, dy) = (x - x0, y - y0);
            let (along, across) = ((dx * cos + dy * sin) / a, (dy * cos - dx * sin) / b);
            along * along + across * across <= 1.0
        });
        inside.map(|ellipse| if contrast == Contrast::Original { ellipse.5 } else { ellipse.6 }).sum::<f64>()
    };
    (0..side * side).map(|pixel| at(centre(pixel % side), -centre(pixel / side))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
