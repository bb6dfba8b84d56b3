//! Operators that are not sensing matrices: bases, products, rescaled and stored matrices.

use super::laws::{ROUNDING, assert_lawful, columns, energy, noise};
use num_complex::Complex64;
use proptest::prelude::*;
use pursuit::contract::schema::schema_of;
use pursuit::kernels::Scalar;
use pursuit::operators::{
    Basis, ColumnScaled, Composed, Dense, Differences, Edge, FourierColumns, LinearOperator, Repeated,
};
use std::sync::Arc;

const SIZES: [usize; 12] = [1, 2, 3, 4, 7, 9, 16, 25, 31, 64, 81, 256];

/// The bases, by the list in the schema.
fn bases() -> Vec<Basis> {
    let schema = schema_of::<Basis>();
    let names = schema["oneOf"].as_array().expect("a choice of bases").iter().map(|option| option["const"].clone());
    names.map(|name| serde_json::from_value(name).expect("a basis")).collect()
}

fn dense<S: Scalar>(rows: usize, cols: usize, seed: u64) -> Dense<S> {
    Dense::from_columns(rows, cols, noise(rows * cols, seed))
}

#[test]
fn every_basis_is_lawful_and_orthonormal() {
    let mut tried = 0;
    for basis in bases() {
        for n in SIZES.into_iter().filter(|&n| basis.refuses(n).is_none()) {
            let name = format!("{basis:?}");
            assert_lawful::<f64>(&name, &basis.synthesis(n), 1, ROUNDING);
            assert_lawful::<Complex64>(&name, &basis.synthesis(n), 2, ROUNDING);
            let psi = columns::<f64>(&basis.synthesis(n));
            // Psi Psi^T = r I: an orthonormal basis, or a tight frame.
            let r = basis.redundancy();
            assert_eq!(psi[0].len() * r, n, "{name}");
            for i in 0..n / r {
                for j in 0..n / r {
                    let product: f64 = psi.iter().map(|atom| atom[i] * atom[j]).sum();
                    let want = if i == j { r as f64 } else { 0.0 };
                    assert!((product - want).abs() < 1e-12, "{name} of {n}: {i}, {j}");
                }
            }
            let signal = noise::<f64>(n / r, 3);
            let synthesis = basis.synthesis(n);
            let back = synthesis.synthesize(&synthesis.coefficients(&signal));
            assert!(back.iter().zip(&signal).all(|(a, b)| (a - b).abs() < 1e-13), "{name} of {n}");
            tried += 1;
        }
    }
    assert!(tried >= 2 * SIZES.len() + 4 * 3, "{tried} sizes in all");
}

fn products_are_lawful<S: Scalar>(rows: usize, inner: usize, cols: usize, seed: u64) {
    let (left, right) = (dense::<S>(rows, inner, seed), dense::<S>(inner, cols, seed + 1));
    let composed = Composed::new(Arc::new(left.clone()), Arc::new(right.clone()));
    assert_lawful("Composed", &composed, seed, ROUNDING);
    // Entry by entry, the product of matrices.
    for (j, column) in columns(&composed).iter().enumerate() {
        for (i, entry) in column.iter().enumerate() {
            let term = |k| left.matrix()[(i, k)] * right.matrix()[(k, j)];
            let want = (0..inner).fold(S::zero(), |sum, k| sum + term(k));
            assert!((*entry - want).abs() < ROUNDING);
        }
    }
}

fn stored_matrices_are_lawful<S: Scalar>(rows: usize, cols: usize, seed: u64) {
    let entries: Vec<S> = noise(rows * cols, seed);
    let by_rows = Dense::from_rows(rows, cols, &entries);
    assert_lawful("Dense", &by_rows, seed, ROUNDING);
    for (i, row) in entries.chunks(cols).enumerate() {
        for (j, &entry) in row.iter().enumerate() {
            assert_eq!(by_rows.matrix()[(i, j)], entry);
        }
    }
    let unit = by_rows.with_unit_columns();
    assert_lawful("Dense of unit columns", &unit, seed, ROUNDING);
    assert!(unit.column_norms().iter().all(|norm| (norm - 1.0).abs() < 1e-14));
}

fn rescaled_matrices_are_lawful<S: Scalar>(rows: usize, cols: usize, seed: u64) {
    let mut entries: Vec<S> = noise::<S>(rows * cols, seed).into_iter().map(|entry| entry * 30.0).collect();
    entries[..rows].fill(S::zero());
    let matrix = Dense::from_columns(rows, cols, entries);
    let scaled = ColumnScaled::to_unit_norm::<S>(matrix.clone());
    assert_lawful("ColumnScaled", &scaled, seed, ROUNDING);
    let columns = columns(&scaled);
    assert_eq!(energy(&columns[0]), 0.0);
    assert!(columns[1..].iter().all(|column| (energy(column) - 1.0).abs() < 1e-14));
    // Directions stay as they were.
    for (j, column) in columns.iter().enumerate().skip(1) {
        let norm = energy(matrix.column_slice(j)).sqrt();
        let same = |(a, b): (&S, &S)| (*a * norm - *b).abs() < ROUNDING;
        assert!(column.iter().zip(matrix.column_slice(j)).all(same));
    }
}

#[test]
fn repeated_operators_are_lawful() {
    for (rows, cols, times) in [(3, 4, 1), (5, 2, 3), (1, 1, 7)] {
        let one = dense::<Complex64>(rows, cols, 5);
        let repeated = Repeated::new(Arc::new(one.clone()), times);
        assert_lawful("Repeated", &repeated, 6, ROUNDING);
        let columns = columns(&repeated);
        for (j, column) in columns.iter().enumerate() {
            for (i, entry) in column.iter().enumerate() {
                let within = i / rows == j / cols;
                let want = if within { one.matrix()[(i % rows, j % cols)] } else { Complex64::default() };
                assert_eq!(*entry, want);
            }
        }
    }
}

#[test]
fn differences_are_lawful_and_between_neighbours() {
    let axes: [&[usize]; 4] = [&[0], &[1, 2], &[0, 1, 2], &[2, 0]];
    for shape in [[3, 4, 2], [1, 5, 3], [2, 1, 1], [4, 4, 4]] {
        for axes in axes {
            for edge in [Edge::Circular, Edge::Replicate] {
                let differences = Differences::new(shape, axes, edge);
                assert_lawful::<f64>("Differences", &differences, 3, ROUNDING);
                assert_lawful::<Complex64>("Differences", &differences, 4, ROUNDING);
                // Of an array whose entries are their index along an axis: one everywhere but at the end.
                let [_, b, c] = shape;
                let along = |place: usize, axis: usize| [place / (b * c), place / c % b, place % c][axis];
                for (block, &axis) in axes.iter().enumerate() {
                    let n = shape.iter().product();
                    let x: Vec<f64> = (0..n).map(|place| along(place, axis) as f64).collect();
                    let y = super::laws::image(&differences, &x);
                    for place in 0..n {
                        let last = along(place, axis) + 1 == shape[axis];
                        let end = if edge == Edge::Circular { 1.0 - shape[axis] as f64 } else { 0.0 };
                        assert_eq!(y[block * n + place], if last { end } else { 1.0 });
                    }
                }
            }
        }
    }
}

/// All columns keep the norm; one entry is the sum that the transform says.
#[test]
fn lines_of_k_space_are_lawful() {
    for (side, lines) in [(4, vec![0, 1, 2, 3]), (6, vec![5, 0, 2]), (1, vec![0]), (8, vec![3])] {
        let operator = FourierColumns::new(side, lines.clone());
        assert_lawful::<f64>("FourierColumns", &operator, 1, ROUNDING);
        let x: Vec<f64> = noise(side * side, 2);
        let y = super::laws::image(&operator, &x);
        if lines.len() == side {
            assert!((energy(&y) - energy(&x)).abs() < ROUNDING * energy(&x));
        }
        for (place, pair) in y.chunks_exact(2).enumerate() {
            let (column, row) = (lines[place / side], place % side);
            let term = |(pixel, &x): (usize, &f64)| {
                let turns = (row * (pixel / side) + column * (pixel % side)) as f64 / side as f64;
                Complex64::from_polar(x / side as f64, -std::f64::consts::TAU * turns)
            };
            let want: Complex64 = x.iter().enumerate().map(term).sum();
            assert!((want.re - pair[0]).abs() < ROUNDING && (want.im - pair[1]).abs() < ROUNDING);
        }
    }
}

proptest! {
    #[test]
    fn products(rows in 1usize..12, inner in 1usize..12, cols in 1usize..12, seed in 0u64..1 << 40) {
        products_are_lawful::<f64>(rows, inner, cols, seed);
        products_are_lawful::<Complex64>(rows, inner, cols, seed);
    }

    #[test]
    fn stored_and_rescaled(rows in 1usize..30, cols in 1usize..30, seed in 0u64..1 << 40) {
        stored_matrices_are_lawful::<f64>(rows, cols, seed);
        stored_matrices_are_lawful::<Complex64>(rows, cols, seed);
        rescaled_matrices_are_lawful::<f64>(rows, cols, seed);
        rescaled_matrices_are_lawful::<Complex64>(rows, cols, seed);
    }

    #[test]
    fn bases_of_any_size(pick: prop::sample::Index, n in 1usize..300, seed in 0u64..1 << 40) {
        let bases = bases();
        let basis = bases[pick.index(bases.len())];
        if basis.refuses(n).is_none() {
            assert_lawful::<f64>(&format!("{basis:?}"), &basis.synthesis(n), seed, ROUNDING);
        }
    }
}
