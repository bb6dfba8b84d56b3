//! What is shown of places and symbols.

use super::ALPHABET;
use super::instance::{Answer, FAINT, Truth};
use super::world::World;
use crate::contract::{Axis, Kind, Panel, Values};
use num_complex::Complex64;

/// Soft symbols that are drawn at most.
const MOST_SYMBOLS: usize = 400;

/// The map: rings for scatterers, points for places found, lines from there to the station, and users.
pub(super) fn ground(world: &World, truth: &Truth, answer: &Answer) -> Panel<'static> {
    let mut rows = Vec::new();
    let strongest = answer.places.iter().fold(0.0_f64, |most, place| most.max(place.1));
    let [bx, by] = world.station;
    for ([x, y], strength) in &answer.places {
        let share = (strength / strongest).sqrt();
        if share > FAINT {
            rows.extend([*x, *y, bx, by, 0.3 * share]);
            rows.extend([*x, *y, *x, *y, share]);
        }
    }
    rows.extend([bx, by, bx, by, 1.0]);
    for [x, y] in truth.scatterers.iter().chain(&truth.users) {
        rows.extend([*x, *y, *x, *y, -1.0]);
    }
    Panel {
        id: "ground",
        title: "Ground",
        caption: "rings are scatterers and users, points are where paths turn, joined to the station below",
        kind: Kind::Links,
        shape: (rows.len() / 5, 5),
        values: Values::give(rows),
        x: Axis { label: "x", unit: "m", log: false },
        y: Axis { label: "y", unit: "m", log: false },
        marks: Vec::new(),
        table: None,
    }
}

/// Soft symbols from the `first` on in the plane, and the four that are sent.
pub(super) fn constellation(answer: &Answer, first: usize) -> Panel<'static> {
    let mut rows = Vec::new();
    for symbol in ALPHABET {
        rows.extend([symbol.re, symbol.im, symbol.re, symbol.im, -1.0]);
    }
    let soft: Vec<Complex64> = answer.symbols.iter().flat_map(|symbols| symbols[first..].iter().copied()).collect();
    for s in soft.iter().step_by(soft.len().div_ceil(MOST_SYMBOLS).max(1)) {
        rows.extend([s.re, s.im, s.re, s.im, 1.0]);
    }
    Panel {
        id: "constellation",
        title: "Symbols",
        caption: "$E\\,s$ of the data as points, the four symbols that are sent as rings",
        kind: Kind::Links,
        shape: (rows.len() / 5, 5),
        values: Values::give(rows),
        x: Axis::plain("real part"),
        y: Axis::plain("imaginary part"),
        marks: Vec::new(),
        table: None,
    }
}
