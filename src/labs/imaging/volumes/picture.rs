//! Volumes as pictures.

use crate::contract::{Axis, Kind, Panel, Values};

/// A volume's three slices through a point, side by side: axial, coronal and sagittal, with a black column between them. `place` is the
/// point's share of each side; what is not finite is shown as zero.
pub(super) fn three_slices(
    (id, title, caption): (&'static str, &'static str, &'static str),
    kind: Kind,
    [slices, side, _]: [usize; 3],
    place: f64,
    voxel: impl Fn(usize) -> f64,
) -> Panel<'static> {
    let (rows, cols) = (slices.max(side), 3 * side + 2);
    let at = |n: usize| ((place * n as f64) as usize).min(n - 1);
    let (z0, row0, col0) = (at(slices), at(side), at(side));
    let shown = |slice: usize, row: usize, col: usize| {
        let value = voxel((slice * side + row) * side + col);
        if value.is_finite() { value } else { 0.0 }
    };
    let pixel = |cell: usize| {
        let (i, j) = (cell / cols, cell % cols);
        match (j / (side + 1), j % (side + 1)) {
            (0, j) if i < side && j < side => shown(z0, i, j),
            (1, j) if i < slices && j < side => shown(i, row0, j),
            (2, j) if i < slices && j < side => shown(i, j, col0),
            _ => 0.0,
        }
    };
    Panel {
        id,
        title,
        caption,
        kind,
        shape: (rows, cols),
        values: Values::give((0..rows * cols).map(pixel).collect::<Vec<f64>>()),
        x: Axis::plain("column"),
        y: Axis::plain("row"),
        marks: Vec::new(),
        table: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_are_those_through_the_point() {
        // The value of a voxel tells its slice, row and column.
        let voxel = |i: usize| (100 * (i / 16) + 10 * (i / 4 % 4) + i % 4) as f64;
        let panel = three_slices(("p", "P", ""), Kind::Image, [6, 4, 4], 0.5, voxel);
        assert_eq!(panel.shape, (6, 14));
        let Values::Real(values) = panel.values else { panic!("pixels are real") };
        let at = |i: usize, j: usize| values[i * 14 + j];
        assert_eq!([at(1, 2), at(0, 0), at(4, 0), at(0, 4)], [312.0, 300.0, 0.0, 0.0]);
        assert_eq!([at(1, 5), at(5, 8), at(5, 9)], [120.0, 523.0, 0.0]);
        assert_eq!([at(1, 10), at(5, 13)], [102.0, 532.0]);
    }
}
