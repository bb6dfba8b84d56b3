//! Structured matrices against their definitions.

use super::every_matrix::draw;
use super::laws::{columns, product};
use num_complex::Complex64;
use pursuit::kernels::Scalar;
use serde_json::{Value, json};
use std::f64::consts::{PI, TAU};

fn rows_of<S: Scalar>(setting: Value, rows: usize, cols: usize, seed: u64) -> Vec<Vec<S>> {
    let columns = columns::<S>(&*draw(setting, rows, cols, seed).unwrap());
    (0..rows).map(|i| columns.iter().map(|column| column[i]).collect()).collect()
}

/// `A A^* = scale I`.
fn assert_tight<S: Scalar>(rows: &[Vec<S>], scale: f64) {
    for (i, a) in rows.iter().enumerate() {
        for (j, b) in rows.iter().enumerate() {
            let want = if i == j { scale } else { 0.0 };
            assert!((product(a, b) - S::from_real(want)).abs() < 1e-13 * scale.max(1.0), "rows {i} and {j}");
        }
    }
}

/// Finds each row among the rows of a square matrix, and asserts that they come in its order.
fn assert_rows_in_order<S: Scalar>(rows: &[Vec<S>], entry: impl Fn(usize, usize) -> S) {
    let cols = rows[0].len();
    let is_row = |row: &[S], k: usize| row.iter().enumerate().all(|(j, value)| (*value - entry(k, j)).abs() < 1e-13);
    let found: Vec<usize> = rows.iter().map(|row| (0..cols).find(|&k| is_row(row, k)).expect("a row")).collect();
    assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "{found:?}");
}

#[test]
fn fast_products_cost_what_people_count() {
    let flops = |id: &str, m, n| draw::<f64>(json!({"id": id}), m, n, 1).unwrap().flops();
    assert_eq!(flops("gaussian", 16, 64), 2.0 * 16.0 * 64.0);
    assert_eq!(draw::<Complex64>(json!({"id": "gaussian"}), 16, 64, 1).unwrap().flops(), 8.0 * 16.0 * 64.0);
    // A real FFT of 64, or additions, and 64 columns scaled.
    assert_eq!(flops("partial-dct", 16, 64), 2.5 * 64.0 * 6.0 + 64.0);
    assert_eq!(flops("partial-hadamard", 16, 64), 64.0 * 6.0 + 64.0);
    assert_eq!(flops("subsampling", 16, 64), 0.0);
    let entries = |id: &str| {
        let operator = draw::<f64>(json!({"id": id}), 16, 64, 1).unwrap();
        columns::<f64>(&*operator).concat().iter().filter(|&&entry| entry != 0.0).count() as f64
    };
    assert_eq!(flops("sparse-binary", 16, 64), entries("sparse-binary"));
    assert_eq!(flops("block-diagonal", 16, 64), 2.0 * entries("block-diagonal"));
}

#[test]
fn partial_dct_has_rows_of_the_dct() {
    let setting = json!({"id": "partial-dct", "unit_columns": false});
    for (m, n) in [(1, 9), (7, 21), (10, 32), (17, 17)] {
        let rows: Vec<Vec<f64>> = rows_of(setting.clone(), m, n, 4);
        assert_tight(&rows, 1.0);
        assert_rows_in_order(&rows, |k, j| {
            let c = if k == 0 { 1.0 } else { 2.0 } / n as f64;
            c.sqrt() * (PI * ((2 * j + 1) * k) as f64 / (2 * n) as f64).cos()
        });
    }
}

#[test]
fn partial_fourier_has_rows_of_the_dft() {
    for (m, n) in [(1, 9), (7, 21), (10, 32), (17, 17)] {
        let rows: Vec<Vec<Complex64>> = rows_of(json!({"id": "partial-fourier"}), m, n, 4);
        assert_tight(&rows, n as f64 / m as f64);
        let entry = |k, j| Complex64::from_polar(1.0 / (m as f64).sqrt(), -TAU * ((k * j) % n) as f64 / n as f64);
        assert_rows_in_order(&rows, entry);
    }
}

#[test]
fn partial_hadamard_has_rows_of_signs() {
    for (m, n) in [(1, 8), (10, 32), (16, 16)] {
        let rows: Vec<Vec<f64>> = rows_of(json!({"id": "partial-hadamard"}), m, n, 4);
        assert_tight(&rows, n as f64 / m as f64);
        let sign = |k: usize, j: usize| if (k & j).count_ones().is_multiple_of(2) { 1.0 } else { -1.0 };
        assert_rows_in_order(&rows, |k, j| sign(k, j) / (m as f64).sqrt());
    }
}

#[test]
fn subsampling_has_rows_of_the_identity() {
    let rows: Vec<Vec<f64>> = rows_of(json!({"id": "subsampling"}), 6, 15, 4);
    assert_rows_in_order(&rows, |k, j| f64::from(k == j));
}

#[test]
fn random_convolution_is_a_circulant_all_pass() {
    let setting = json!({"id": "random-convolution", "unit_columns": false});
    for n in [1, 2, 9, 16, 23] {
        let all: Vec<Vec<f64>> = rows_of(setting.clone(), n, n, 4);
        assert_tight(&all, 1.0);
        let filter: Vec<f64> = all.iter().map(|row| row[0]).collect();
        for (i, row) in all.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                assert!((entry - filter[(i + n - j) % n]).abs() < 1e-13);
            }
        }
        for k in 0..n {
            let wave = |j: usize| Complex64::from_polar(1.0, -TAU * ((k * j) % n) as f64 / n as f64);
            let response: Complex64 = filter.iter().enumerate().map(|(j, tap)| wave(j) * tap).sum();
            assert!((response.norm() - 1.0).abs() < 1e-13, "frequency {k} of {n}");
        }
        // Fewer rows under the same seed are rows of the same convolution.
        let some: Vec<Vec<f64>> = rows_of(setting.clone(), n.div_ceil(3), n, 4);
        assert_rows_in_order(&some, |i, j| all[i][j]);
    }
}

#[test]
fn random_phases_take_every_value() {
    // The filter's phase at frequency 1, over 400 seeds; each quadrant expects 100, standard deviation 8.7.
    let mut quadrants = [0; 4];
    let mut signs = [[0; 2]; 2];
    for seed in 0..400 {
        let rows: Vec<Vec<f64>> = rows_of(json!({"id": "random-convolution"}), 8, 8, seed);
        let at = |k: usize| -> Complex64 {
            rows.iter().enumerate().map(|(i, row)| Complex64::from_polar(row[0], -TAU * (k * i) as f64 / 8.0)).sum()
        };
        let phase = at(1).arg().rem_euclid(TAU);
        quadrants[(phase / (TAU / 4.0)) as usize % 4] += 1;
        signs[0][usize::from(at(0).re > 0.0)] += 1;
        signs[1][usize::from(at(4).re > 0.0)] += 1;
    }
    assert!(quadrants.iter().all(|&count| (57..=143).contains(&count)), "{quadrants:?}");
    assert!(signs.as_flattened().iter().all(|&count| (150..=250).contains(&count)), "{signs:?}");
}
