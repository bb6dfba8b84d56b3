//! Pictures of what is read wrongly.

use super::instance::CLASSES;
use crate::contract::{Axis, Kind, Panel, Values};
use crate::signals::digits::SIDE;

/// Rows and columns of the sheet of mistakes.
const SHEET: (usize, usize) = (4, 12);
/// Pixels from a digit to the next.
const STRIDE: usize = SIDE + 1;

/// The first digits that are read wrongly, ink white on black, row by row on a sheet.
pub(super) fn mistakes(pictures: &[Vec<f64>], read: &[u8], labels: &[u8]) -> Panel<'static> {
    let (rows, cols) = (SHEET.0 * STRIDE, SHEET.1 * STRIDE);
    let mut values = vec![0.0; rows * cols];
    let wrong = (0..labels.len()).filter(|&example| read[example] != labels[example]);
    for (place, example) in wrong.take(SHEET.0 * SHEET.1).enumerate() {
        let corner = place / SHEET.1 * STRIDE * cols + place % SHEET.1 * STRIDE;
        for (row, pixels) in pictures[example].chunks_exact(SIDE).enumerate() {
            for (value, ink) in values[corner + row * cols..].iter_mut().zip(pixels) {
                *value = ink.clamp(0.0, 1.0);
            }
        }
    }
    Panel {
        id: "mistakes",
        title: "Read wrongly",
        caption: "held-out digits that the network reads as others, up to 48 of them",
        kind: Kind::Image,
        shape: (rows, cols),
        values: Values::give(values),
        table: None,
        x: Axis::plain("column"),
        y: Axis::plain("row"),
        marks: Vec::new(),
    }
}

/// How many of each digit are read as each other one.
pub(super) fn confusion(read: &[u8], labels: &[u8]) -> Panel<'static> {
    let mut counts = vec![0.0; CLASSES * CLASSES];
    for (read, label) in read.iter().zip(labels).filter(|(read, label)| read != label) {
        counts[usize::from(*label) * CLASSES + usize::from(*read)] += 1.0;
    }
    Panel {
        id: "confusion",
        title: "Confusion",
        caption: "how many held-out digits, a row each, are read as another one, a column each",
        kind: Kind::Heat,
        shape: (CLASSES, CLASSES),
        values: Values::give(counts),
        table: None,
        x: Axis::plain("read as"),
        y: Axis::plain("digit"),
        marks: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_mistakes_are_counted_and_shown() {
        let pictures = vec![vec![1.0; 64], vec![0.5; 64], vec![0.25; 64]];
        let (read, labels) = ([1, 7, 7], [1, 2, 2]);
        let Values::Real(sheet) = mistakes(&pictures, &read, &labels).values else { panic!("numbers are real") };
        assert_eq!((sheet[0], sheet[9], sheet[18]), (0.5, 0.25, 0.0));
        assert_eq!(sheet.iter().sum::<f64>(), 64.0 * 0.75);
        let Values::Real(counts) = confusion(&read, &labels).values else { panic!("numbers are real") };
        assert_eq!((counts[27], counts.iter().sum::<f64>()), (2.0, 2.0));
    }
}
