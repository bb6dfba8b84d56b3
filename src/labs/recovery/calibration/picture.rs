//! What is shown of signals, gains and equations.

use super::coded::picture;
use crate::contract::{Axis, Kind, Panel, Values};
use crate::kernels::{Scalar, norm_inf};
use crate::transforms::Fft;
use num_complex::Complex64;

/// Gains that are drawn at most; of more every so many-th is.
const MOST_POINTS: usize = 256;

/// Gains are drawn at most this many times as far out as the farthest true one.
const FARTHEST: f64 = 1.6;

fn panel(
    (id, title, caption): (&'static str, &'static str, &'static str),
    kind: Kind,
    shape: (usize, usize),
    values: Vec<f64>,
    (x, y): (&'static str, &'static str),
) -> Panel<'static> {
    Panel {
        id,
        title,
        caption,
        kind,
        shape,
        values: Values::give(values),
        x: Axis::plain(x),
        y: Axis::plain(y),
        marks: Vec::new(),
        table: None,
    }
}

/// Real parts of a square picture.
pub(super) fn image(names: (&'static str, &'static str, &'static str), side: usize, x: &[Complex64]) -> Panel<'static> {
    panel(names, Kind::Image, (side, side), x.iter().map(|x| x.re).collect(), ("column", "row"))
}

/// Real parts of true signals and of those that are reached.
pub(super) fn signals(truth: &[Complex64], reached: &[Complex64]) -> Panel<'static> {
    let names = ("signal", "Signal", "real parts of the truth and of the estimate, scaled to the truth");
    let values = truth.iter().chain(reached).map(|x| x.re).collect();
    panel(names, Kind::Curves, (2, truth.len()), values, ("index", "value"))
}

/// True gains as rings and those that are reached as points, in the complex plane.
pub(super) fn gains(truth: &[Complex64], reached: &[Complex64]) -> Panel<'static> {
    let step = truth.len().div_ceil(MOST_POINTS);
    let most = FARTHEST * norm_inf(truth);
    let within = |d: &Complex64| if d.abs() > most { d * (most / d.abs()) } else { *d };
    let mut rows = Vec::new();
    for d in truth.iter().step_by(step) {
        rows.extend([d.re, d.im, d.re, d.im, -1.0]);
    }
    for d in reached.iter().step_by(step).map(within) {
        rows.extend([d.re, d.im, d.re, d.im, 1.0]);
    }
    let names = (
        "gains",
        "Gains",
        "$d$ in the complex plane: true ones are rings, points are those reached, scaled to the truth",
    );
    panel(names, Kind::Links, (rows.len() / 5, 5), rows, ("real part", "imaginary part"))
}

/// The blur whose spectrum gains are, its first tap in the middle.
pub(super) fn lens(side: usize, gains: &[Complex64]) -> Panel<'static> {
    let mut h = gains.to_vec();
    picture(&Fft::new(side), &mut h);
    let middle = side / 2;
    let at = |i: usize| (i / side + side - middle) % side * side + (i % side + side - middle) % side;
    let values = (0..h.len()).map(|i| h[at(i)].abs() / side as f64).collect();
    let names = ("lens", "Blur", "$|\\hat h|$, from the gains; its first tap in the middle");
    panel(names, Kind::Heat, (side, side), values, ("column", "row"))
}

/// Snapshots of a picture back in the plane, masks undone, and averaged.
pub(super) fn unmasked(measurements: &[Vec<Complex64>], masks: &[Vec<f64>], side: usize) -> Vec<Complex64> {
    let line = Fft::new(side);
    let mut sum = vec![Complex64::default(); side * side];
    for (y, mask) in measurements.iter().zip(masks) {
        let mut seen = y.clone();
        picture(&line, &mut seen);
        sum.iter_mut().zip(&seen).zip(mask).for_each(|((sum, x), mask)| *sum += x * mask / masks.len() as f64);
    }
    sum
}

/// What is left of each equation, a line a snapshot.
pub(super) fn unmet(snapshots: usize, sensors: usize, values: Vec<f64>) -> Panel<'static> {
    let names = ("unmet", "Equations", "$|y_l s - A_l x_l|$: a line a snapshot, a column a sensor");
    panel(names, Kind::Heat, (snapshots, sensors), values, ("sensor", "snapshot"))
}
