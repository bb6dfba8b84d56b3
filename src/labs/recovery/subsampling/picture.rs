//! What is shown of signals and patterns.

use super::Fourier;
use crate::contract::{Axis, Kind, Panel, Values};

pub(in crate::labs::recovery) fn panel(
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

/// The frequencies that are measured: bars over a line of them, or points of a plane with frequency 0 in the middle.
pub(super) fn pattern(fourier: &Fourier, chosen: &[usize]) -> Panel<'static> {
    let mut mask = vec![0.0; fourier.size()];
    chosen.iter().for_each(|&n| mask[n] = 1.0);
    of_frequencies(("pattern", "Pattern", "frequencies that are measured"), fourier, &mask)
}

/// A number a frequency.
pub(in crate::labs::recovery) fn of_frequencies(
    names: (&'static str, &'static str, &'static str),
    fourier: &Fourier,
    values: &[f64],
) -> Panel<'static> {
    let (height, width) = fourier.shape();
    if height == 1 {
        return panel(names, Kind::Bars, (1, width), values.to_vec(), ("frequency", "value"));
    }
    let middle = |i: usize, size: usize| (i + size - size / 2) % size;
    let at = |pixel: usize| middle(pixel / width, height) * width + middle(pixel % width, width);
    let centred = (0..values.len()).map(|pixel| values[at(pixel)]).collect();
    panel(names, Kind::Heat, (height, width), centred, ("column", "row"))
}

/// One signal and what was recovered of it.
pub(super) fn signal(fourier: &Fourier, truth: &[f64], reached: &[f64]) -> Vec<Panel<'static>> {
    let (height, width) = fourier.shape();
    if height == 1 {
        let names = ("signal", "A held-out signal", "the first one, as it is and as it is recovered");
        return vec![panel(names, Kind::Curves, (2, width), [truth, reached].concat(), ("index", "value"))];
    }
    let image = |names, values: &[f64]| panel(names, Kind::Image, (height, width), values.to_vec(), ("column", "row"));
    vec![
        image(("signal", "A held-out drawing", "the first one, as it is recovered"), reached),
        image(("truth", "As it is", "the first held-out drawing"), truth),
    ]
}

/// The error of each held-out signal.
pub(super) fn errors(errors: Vec<f64>) -> Panel<'static> {
    let names = ("errors", "Error of each signal", "$|\\hat x - x| / |x|$ of the held-out signals");
    panel(names, Kind::Bars, (1, errors.len()), errors, ("signal", "error"))
}
