//! The matrix and its Gram matrix as pictures of a bounded size.

use crate::contract::{Axis, Kind, Panel, Values};
use crate::kernels::{Scalar, dot};
use crate::operators::LinearOperator;

/// Most rows and columns of a picture; a larger matrix is sampled evenly.
const MOST_ROWS: usize = 160;
const MOST_COLS: usize = 512;
/// Most columns whose Gram matrix is shown.
const MOST_GRAM: usize = 256;

/// Indices of at most `most` out of `n` places, evenly spread.
fn sampled(n: usize, most: usize) -> Vec<usize> {
    let shown = n.min(most);
    (0..shown).map(|i| i * n / shown).collect()
}

/// `A`, entry by entry; the real part where entries are complex.
pub(in crate::labs::recovery) fn matrix<S: Scalar>(operator: &dyn LinearOperator<S>) -> Panel<'static> {
    let (rows, cols) = (sampled(operator.rows(), MOST_ROWS), sampled(operator.cols(), MOST_COLS));
    let mut values = vec![0.0; rows.len() * cols.len()];
    let mut column = vec![S::zero(); operator.rows()];
    for (j, &col) in cols.iter().enumerate() {
        operator.column(col, &mut column);
        for (i, &row) in rows.iter().enumerate() {
            values[i * cols.len() + j] = column[row].re();
        }
    }
    heat(("matrix", "Matrix", "$A$, active columns lit"), (rows.len(), cols.len()), values)
}

/// `|<a_i, a_j>| / (|a_i| |a_j|)` for up to 256 columns.
pub(in crate::labs::recovery) fn gram<S: Scalar>(
    operator: &dyn LinearOperator<S>,
    column_norms: &[f64],
) -> Panel<'static> {
    let cols = sampled(operator.cols(), MOST_GRAM);
    let columns: Vec<Vec<S>> = cols
        .iter()
        .map(|&j| {
            let mut column = vec![S::zero(); operator.rows()];
            operator.column(j, &mut column);
            column
        })
        .collect();
    let n = columns.len();
    let mut values = vec![0.0; n * n];
    for i in 0..n {
        for j in 0..=i {
            let scale = column_norms[cols[i]] * column_norms[cols[j]];
            let product = dot(&columns[i], &columns[j]).abs();
            let coherence = if scale > 0.0 { product / scale } else { 0.0 };
            values[i * n + j] = coherence;
            values[j * n + i] = coherence;
        }
    }
    heat(("gram", "Gram matrix", "$|A^\\top A|$, columns against columns"), (n, n), values)
}

fn heat(
    (id, title, caption): (&'static str, &'static str, &'static str),
    shape: (usize, usize),
    values: Vec<f64>,
) -> Panel<'static> {
    Panel {
        id,
        title,
        caption,
        kind: Kind::Heat,
        shape,
        values: Values::Real(values.into()),
        x: Axis::plain("column"),
        y: Axis::plain("row"),
        table: None,
        marks: Vec::new(),
    }
}
