//! Matrices as pictures.

use crate::contract::{Axis, Kind, Panel, Values};

/// Most rows and columns of a picture.
const MOST_SIDE: usize = 128;

/// The matrix of `shape` with the given entries. Of more rows or columns than can be seen only some are shown, evenly apart: an average
/// would show a matrix that is not there. What is not finite is shown as zero.
pub(super) fn matrix(
    (id, title, caption): (&'static str, &'static str, &'static str),
    kind: Kind,
    (rows, cols): (usize, usize),
    entry: impl Fn(usize, usize) -> f64,
) -> Panel<'static> {
    let shape = (rows.min(MOST_SIDE), cols.min(MOST_SIDE));
    let shown = |value: f64| if value.is_finite() { value } else { 0.0 };
    let values = (0..shape.0 * shape.1).map(|cell| {
        let (i, j) = (cell / shape.1, cell % shape.1);
        shown(entry(i * rows / shape.0, j * cols / shape.1))
    });
    Panel {
        id,
        title,
        caption,
        kind,
        shape,
        values: Values::give(values.collect::<Vec<f64>>()),
        x: Axis::plain("column"),
        y: Axis::plain("row"),
        marks: Vec::new(),
        table: None,
    }
}

/// A number for each row or column.
pub(super) fn strip(
    (id, title, caption): (&'static str, &'static str, &'static str),
    (x, y): (&'static str, &'static str),
    values: &[f64],
) -> Panel<'static> {
    Panel {
        id,
        title,
        caption,
        kind: Kind::Bars,
        shape: (1, values.len()),
        values: Values::give(values.to_vec()),
        x: Axis::plain(x),
        y: Axis::plain(y),
        marks: Vec::new(),
        table: None,
    }
}
