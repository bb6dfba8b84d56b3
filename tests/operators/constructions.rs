//! Matrices with known answers: coherences, spectra, and entries by their definitions.

use super::every_matrix::draw;
use super::laws::{columns, energy, image, noise, product};
use num_complex::Complex64;
use pursuit::kernels::Scalar;
use pursuit::linalg::HermitianEigen;
use pursuit::theory::coherence::{mutual_coherence, welch_bound};
use serde_json::{Value, json};
use std::f64::consts::TAU;

fn columns_of<S: Scalar>(setting: Value, rows: usize, cols: usize) -> Vec<Vec<S>> {
    columns(&*draw(setting, rows, cols, 3).unwrap())
}

fn coherence<S: Scalar>(setting: Value, rows: usize, cols: usize) -> f64 {
    mutual_coherence(&*draw::<S>(setting, rows, cols, 3).unwrap())
}

#[test]
fn paley_frames_attain_the_welch_bound() {
    for m in [3, 7, 9, 15, 19, 31, 51] {
        let mu = coherence::<f64>(json!({"id": "paley"}), m, 2 * m);
        assert!((mu - welch_bound(m, 2 * m)).abs() < 1e-13, "{m}: {mu}");
        assert!((mu - 1.0 / ((2 * m - 1) as f64).sqrt()).abs() < 1e-13);
        // All pairs, not only the worst one.
        let a: Vec<Vec<f64>> = columns_of(json!({"id": "paley"}), m, 2 * m);
        for (i, x) in a.iter().enumerate() {
            assert!(a[..i].iter().all(|y| (product(x, y).abs() - mu).abs() < 1e-13));
        }
    }
}

#[test]
fn chirps_are_as_incoherent_as_their_number_allows() {
    for phase in ["quadratic", "cubic"] {
        for p in [5, 7, 11, 13] {
            let mu = coherence::<Complex64>(json!({"id": "chirp", "phase": phase}), p, p * p);
            assert!((mu - 1.0 / (p as f64).sqrt()).abs() < 1e-13, "{phase} {p}: {mu}");
        }
    }
    // Column r p + l at time t.
    let (p, r, l) = (7, 3, 5);
    let a: Vec<Vec<Complex64>> = columns_of(json!({"id": "chirp"}), p, p * p);
    for (t, entry) in a[r * p + l].iter().enumerate() {
        let turns = ((r * t * t + l * t) % p) as f64 / p as f64;
        assert!((entry - Complex64::from_polar(1.0 / (p as f64).sqrt(), TAU * turns)).norm() < 1e-13);
    }
}

#[test]
fn delsarte_goethals_frames_have_the_coherence_of_their_order() {
    let mu = |order: usize, m: usize, n: usize| {
        coherence::<Complex64>(json!({"id": "delsarte-goethals", "order": order}), m, n) * (m as f64).sqrt()
    };
    for m in [2, 4, 8, 16, 32] {
        assert!((mu(0, m, m * m) - 1.0).abs() < 1e-13, "Kerdock, {m}");
    }
    // All of DG(3, 1): 2^9 columns, and a part of DG(5, 1) and DG(5, 2) that goes beyond Kerdock's.
    assert!((mu(1, 8, 512) - 2.0).abs() < 1e-13);
    assert!(mu(1, 32, 1600) <= 2.0 + 1e-13 && mu(2, 32, 1600) <= 4.0 + 1e-13);
    // All entries are powers of i, and all columns differ.
    let a: Vec<Vec<Complex64>> = columns_of(json!({"id": "delsarte-goethals", "order": 1}), 8, 512);
    let root = 8f64.sqrt();
    assert!(a.concat().iter().all(|z| ((z * root).powu(4) - 1.0).norm() < 1e-12));
}

#[test]
fn spikes_sines_and_noiselets_are_maximally_incoherent() {
    for m in [2, 4, 16, 64] {
        for id in ["spikes-and-sines", "spikes-and-noiselets"] {
            let mu = coherence::<Complex64>(json!({ "id": id }), m, 2 * m);
            assert!((mu - 1.0 / (m as f64).sqrt()).abs() < 1e-13, "{id} {m}: {mu}");
            let a: Vec<Vec<Complex64>> = columns_of(json!({ "id": id }), m, 2 * m);
            assert!(a[m..].concat().iter().all(|z| (z.norm() * (m as f64).sqrt() - 1.0).abs() < 1e-13));
        }
    }
    assert!((coherence::<Complex64>(json!({"id": "spikes-and-sines"}), 15, 30) - 1.0 / 15f64.sqrt()).abs() < 1e-13);
    // A comb of spikes is a comb of sines: sparsity sqrt m is not unique.
    let (mut spikes, mut sines) = (vec![Complex64::ZERO; 32], vec![Complex64::ZERO; 32]);
    (0..16).step_by(4).for_each(|i| (spikes[i], sines[16 + i]) = (Complex64::ONE, Complex64::ONE));
    let a = draw::<Complex64>(json!({"id": "spikes-and-sines"}), 16, 32, 0).unwrap();
    let gap: Vec<Complex64> = image(&*a, &spikes).iter().zip(image(&*a, &sines)).map(|(x, y)| x - y).collect();
    assert!(energy(&gap) < 1e-26);
}

#[test]
fn noiselets_look_like_noise_to_haar_wavelets() {
    use pursuit::operators::Basis;
    let m = 64;
    let a: Vec<Vec<Complex64>> = columns_of(json!({"id": "spikes-and-noiselets"}), m, 2 * m);
    let haar = columns::<Complex64>(&Basis::Haar.synthesis(m));
    for wavelet in haar {
        let products = a[m..].iter().map(|noiselet| product(&wavelet, noiselet).norm());
        assert!(products.into_iter().all(|size| (size * 8.0 - 1.0).abs() < 1e-12));
    }
}

#[test]
fn alternating_projection_finds_the_icosahedron_and_the_simplex() {
    for (m, n, optimum) in [(2, 3, 0.5), (3, 4, 1.0 / 3.0), (3, 6, 1.0 / 5f64.sqrt())] {
        let found = coherence::<f64>(json!({"id": "grassmannian", "iterations": 1000}), m, n);
        assert!(found < 1.01 * optimum && found > optimum - 1e-12, "{m} x {n}: {found}, not {optimum}");
    }
    let at = |iterations: usize| coherence::<f64>(json!({"id": "grassmannian", "iterations": iterations}), 20, 40);
    let (start, end) = (at(0), at(200));
    assert!(end < 0.55 * start && end > welch_bound(20, 40), "{start} to {end}");
    let complex = coherence::<Complex64>(json!({"id": "grassmannian", "iterations": 1000}), 2, 4);
    assert!(complex < 1.02 / 3f64.sqrt(), "the tetrahedron on the sphere of states: {complex}");
}

#[test]
fn a_prescribed_spectrum_is_attained() {
    use pursuit::linalg::HermitianEigen;
    for (m, n) in [(6, 15), (9, 4), (5, 5)] {
        for decay in ["geometric", "linear", "one-small", "one-large"] {
            let a: Vec<Vec<f64>> =
                columns_of(json!({"id": "prescribed-spectrum", "condition": 50.0, "decay": decay}), m, n);
            let rows: Vec<Vec<f64>> = (0..m).map(|i| a.iter().map(|column| column[i]).collect()).collect();
            let values = HermitianEigen::new(if m < n { rows } else { a }).values;
            let count = m.min(n);
            assert_eq!(values.len(), count);
            assert!((values[0] / values[count - 1] / 50.0 - 1.0).abs() < 1e-9, "{decay}: {values:?}");
            assert!((values.iter().map(|s| s * s).sum::<f64>() / n as f64 - 1.0).abs() < 1e-12);
            let equal = |pair: &[f64]| (pair[0] / pair[1] - 1.0).abs() < 1e-9;
            match decay {
                "geometric" => {
                    let ratios: Vec<f64> = values.windows(2).map(|pair| pair[0] / pair[1]).collect();
                    assert!(ratios.windows(2).all(equal), "{values:?}");
                }
                "linear" => {
                    let steps: Vec<f64> = values.windows(2).map(|pair| pair[0] - pair[1]).collect();
                    assert!(steps.windows(2).all(equal), "{values:?}");
                }
                "one-small" => assert!(values[..count - 1].windows(2).all(equal)),
                _ => assert!(values[1..].windows(2).all(equal)),
            }
        }
    }
}

#[test]
fn diagonals_of_toeplitz_and_circulant_matrices_are_equal() {
    let toeplitz: Vec<Vec<f64>> = columns_of(json!({"id": "toeplitz", "unit_columns": false}), 7, 12);
    for j in 1..12 {
        (1..7).for_each(|i| assert!((toeplitz[j][i] - toeplitz[j - 1][i - 1]).abs() < 1e-14));
    }
    let signs: Vec<Vec<f64>> = columns_of(json!({"id": "toeplitz", "taps": "signs"}), 16, 40);
    assert!(signs.concat().iter().all(|entry| (entry.abs() - 0.25).abs() < 1e-13));
    let own = json!({"id": "circulant", "filter": [3.0, 1.0, -2.0], "random_times": false, "unit_columns": false});
    let circulant: Vec<Vec<f64>> = columns_of(own, 4, 6);
    for (j, column) in circulant.iter().enumerate() {
        for (i, entry) in column.iter().enumerate() {
            let want = [3.0, 1.0, -2.0, 0.0, 0.0, 0.0][(i + 6 - j) % 6] / 2.0;
            assert!((entry - want).abs() < 1e-14, "{i} {j}: {entry}");
        }
    }
}

#[test]
fn a_random_demodulator_sums_over_spans() {
    // Three spans of seven samples: the paper's own example.
    let a: Vec<Vec<f64>> = columns_of(json!({"id": "random-demodulator"}), 3, 7);
    let third = |k: f64| (k / 3.0).sqrt();
    let want = [
        [1.0, 0.0, 0.0],
        [1.0, 0.0, 0.0],
        [third(1.0), third(2.0), 0.0],
        [0.0, 1.0, 0.0],
        [0.0, third(2.0), third(1.0)],
        [0.0, 0.0, 1.0],
        [0.0, 0.0, 1.0],
    ];
    for (column, want) in a.iter().zip(want) {
        let sign = column.iter().sum::<f64>().signum();
        assert!(column.iter().zip(want).all(|(entry, want)| (sign * entry - want).abs() < 1e-15), "{column:?}");
    }
}

#[test]
fn expanders_have_their_degrees_and_keep_l1_norms() {
    let (m, n, d) = (60, 200, 6);
    let a = draw::<f64>(json!({"id": "expander", "degree": d, "unit_columns": false}), m, n, 3).unwrap();
    let columns = columns::<f64>(&*a);
    for column in &columns {
        assert_eq!(column.iter().filter(|&&entry| entry == 1.0).count(), d);
        assert!(column.chunks(m / d).all(|band| band.iter().sum::<f64>() == 1.0));
    }
    let degrees: Vec<f64> = (0..m).map(|i| columns.iter().map(|column| column[i]).sum()).collect();
    assert!(degrees.iter().all(|&degree| degree == 20.0), "{degrees:?}");
    for seed in 0..50 {
        let x: Vec<f64> =
            noise::<f64>(n, seed).iter().enumerate().map(|(j, x)| if j % 100 == 3 { *x } else { 0.0 }).collect();
        let (l1, after) = (x.iter().map(|x| x.abs()).sum::<f64>(), image(&*a, &x).iter().map(|y| y.abs()).sum::<f64>());
        assert!(after <= d as f64 * l1 * (1.0 + 1e-12) && after >= 0.5 * d as f64 * l1);
    }
}

#[test]
fn kronecker_and_block_matrices_are_what_they_say() {
    let a: Vec<Vec<f64>> = columns_of(json!({"id": "kronecker", "left_rows": 2, "left_cols": 3}), 8, 15);
    // Columns come as B_ij C: all 2 x 3 blocks of 4 x 5 are multiples of the first one.
    let block =
        |i: usize, j: usize| -> Vec<f64> { (0..5).flat_map(|c| a[5 * j + c][4 * i..4 * i + 4].to_vec()).collect() };
    let first = block(0, 0);
    for (i, j) in [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
        let other = block(i, j);
        let factor = other[0] / first[0];
        assert!(first.iter().zip(&other).all(|(x, y)| (x * factor - y).abs() < 1e-13), "{i} {j}");
    }
    let blocks: Vec<Vec<f64>> = columns_of(json!({"id": "block-diagonal", "blocks": 3, "repeated": true}), 12, 30);
    for (j, column) in blocks.iter().enumerate() {
        for (i, &entry) in column.iter().enumerate() {
            assert_eq!(entry != 0.0, i / 4 == j / 10, "{i} {j}");
            if i / 4 == j / 10 {
                assert_eq!(entry, blocks[j % 10][i % 4]);
            }
        }
    }
}

#[test]
fn low_pass_rows_are_the_lowest_frequencies() {
    let (m, n) = (7, 20);
    let a: Vec<Vec<Complex64>> = columns_of(json!({"id": "low-pass-fourier"}), m, n);
    for (j, column) in a.iter().enumerate() {
        for (entry, k) in column.iter().zip([0.0, 1.0, 2.0, 3.0, -3.0, -2.0, -1.0]) {
            let want = Complex64::from_polar(1.0 / 7f64.sqrt(), -TAU * k * j as f64 / n as f64);
            assert!((entry - want).norm() < 1e-13);
        }
    }
}

/// A centred disk has the same view from everywhere: the length of a chord, `2 sqrt(r^2 - t^2)`.
#[test]
fn views_of_a_disk_are_its_chords() {
    let (side, views, detectors) = (64, 6, 48);
    let setting = json!({"id": "radon", "views": views, "unit_columns": false});
    let a = draw::<f64>(setting, views * detectors, side * side, 0).unwrap();
    let centre = |i: usize| (2 * i + 1) as f64 / side as f64 - 1.0;
    let disk: Vec<f64> = (0..side * side)
        .map(|p| f64::from(u8::from(centre(p % side).powi(2) + centre(p / side).powi(2) < 0.49)))
        .collect();
    let sums = image(&*a, &disk);
    let (mass, pixel) = (disk.iter().sum::<f64>(), 2.0 / side as f64);
    let pitch = 2.0 * 2f64.sqrt() / detectors as f64;
    for (v, view) in sums.chunks(detectors).enumerate() {
        assert!((view.iter().sum::<f64>() - mass).abs() < 1e-9, "view {v} keeps the mass");
        for (d, sum) in view.iter().enumerate() {
            let t = ((d as f64 + 0.5) / detectors as f64 * 2.0 - 1.0) * 2f64.sqrt();
            let chord = 2.0 * (0.49 - t * t).max(0.0).sqrt();
            // Mass over the strip's width is the chord, up to a pixel or two at the rim.
            let height = sum * pixel * pixel / pitch;
            let tolerance = if (t.abs() - 0.7).abs() < 2.5 * pitch { 0.5 } else { 0.12 };
            assert!((height - chord).abs() < tolerance, "view {v}, {t}: {height}, not {chord}");
        }
    }
    // An off-centre dot moves as t = x cos + y sin.
    let mut dot = vec![0.0; side * side];
    dot[10 * side + 50] = 1.0;
    for (v, view) in image(&*a, &dot).chunks(detectors).enumerate() {
        let (sin, cos) = (std::f64::consts::PI * v as f64 / views as f64).sin_cos();
        let mean: f64 = view.iter().enumerate().map(|(d, w)| w * (d as f64 + 0.5)).sum();
        let t = (mean / detectors as f64 * 2.0 - 1.0) * 2f64.sqrt();
        assert!((t - (centre(50) * cos - centre(10) * sin)).abs() < 1e-12, "view {v}");
    }
}

/// The cells that a mask measures, as signed frequencies, found by looking at the rows.
fn mask(setting: Value, rows: usize, side: usize) -> Vec<(i64, i64)> {
    let a: Vec<Vec<Complex64>> = columns_of(setting, rows, side * side);
    let frequency = |i: usize, step: usize| {
        // One pixel along a side turns the phase by -2 pi k / side.
        let turn = (a[step][i] / a[0][i]).arg() / -TAU * side as f64;
        turn.round() as i64
    };
    (0..rows).map(|i| (frequency(i, side), frequency(i, 1))).collect()
}

#[test]
fn masks_are_lines_spirals_and_clouds_around_the_centre() {
    let (rows, side) = (90, 32);
    for name in ["radial", "spiral", "variable-density"] {
        let cells = mask(json!({"id": "mri", "mask": name}), rows, side);
        let mut different = cells.clone();
        different.sort_unstable();
        different.dedup();
        assert_eq!(different.len(), rows, "{name}");
        let near = cells.iter().filter(|(u, v)| u * u + v * v <= 36).count();
        // 113 cells of 1024 are that near: ten of 90 by chance.
        assert!(cells.contains(&(0, 0)) || name == "variable-density");
        // A spiral's turns are equally far apart: it sees all distances alike, and begins at the centre.
        assert!(near > if name == "spiral" { 9 } else { 20 }, "{name}: {near}");
        let quadrant = |u: i64, v: i64| cells.iter().filter(|cell| cell.0 * u > 0 && cell.1 * v > 0).count();
        let counts = [quadrant(1, 1), quadrant(1, -1), quadrant(-1, 1), quadrant(-1, -1)];
        assert!(counts.iter().all(|&count| count >= 10), "{name}: {counts:?}");
        if name == "radial" {
            // Lines through the centre are symmetric, but for the frequency -side/2 that has no opposite.
            assert!(cells.iter().filter(|(u, v)| cells.contains(&(-u, -v))).count() + 4 > rows);
        }
    }
    let even = mask(json!({"id": "mri", "mask": "variable-density", "density": 0.0}), rows, side);
    assert!(even.iter().filter(|(u, v)| u * u + v * v <= 36).count() < 25);
}

#[test]
fn polynomials_are_products_at_points() {
    // Legendre in one variable: the second column over the first is sqrt 3 t, the third sqrt 5 (3 t^2 - 1) / 2.
    let setting = json!({"id": "polynomials", "dimension": 1, "unit_columns": false});
    let a: Vec<Vec<f64>> = columns_of(setting, 30, 5);
    for ((first, second), third) in a[0].iter().zip(&a[1]).zip(&a[2]) {
        let t = second / first / 3f64.sqrt();
        assert!(t.abs() <= 1.0);
        assert!((third / first - 5f64.sqrt() * (3.0 * t * t - 1.0) / 2.0).abs() < 1e-12);
    }
    // In two variables the columns are (0,0), (0,1), (1,0), (0,2), (2,0), (0,3), (1,1): the last is a product.
    let setting = json!({"id": "polynomials", "family": "chebyshev", "unit_columns": false});
    let a: Vec<Vec<f64>> = columns_of(setting, 2000, 7);
    let scale = (2000.0_f64).sqrt();
    assert!((0..2000).all(|i| (a[6][i] * scale - a[1][i] * a[2][i] * scale * scale).abs() < 1e-12));
    // Orthonormal on average: an inner product of two columns deviates by at most 2 / sqrt 2000.
    for (i, x) in a.iter().enumerate() {
        for (j, y) in a[..=i].iter().enumerate() {
            assert!((product(x, y) - f64::from(u8::from(i == j))).abs() < 0.225, "{i} {j}");
        }
    }
}

#[test]
fn means_and_tails_are_as_asked_for() {
    let a: Vec<f64> = columns_of(json!({"id": "nonzero-mean", "mean": 2.5, "unit_columns": false}), 100, 400).concat();
    // Entries of deviation 0.1 around 0.25; 40 000 of them.
    let mean = a.iter().sum::<f64>() / 40_000.0;
    assert!((mean - 0.25).abs() < 2.5e-3, "{mean}");
    let spread = a.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 40_000.0;
    assert!((spread - 0.01).abs() < 3.6e-4);
    let cauchy = json!({"id": "heavy-tailed", "freedom": 1.0, "unit_columns": false});
    let a: Vec<f64> = columns_of(cauchy, 100, 400).concat();
    // Half of all Cauchy variables exceed one in modulus; 20 000 of 40 000, standard deviation 100.
    let beyond = a.iter().filter(|x| x.abs() > 0.1).count();
    assert!((19_500..=20_500).contains(&beyond), "{beyond}");
}

#[test]
fn a_low_rank_is_the_rank_that_is_asked_for() {
    for (rank, rows) in [(0.5, 20), (0.04, 20), (1.0, 12)] {
        let a: Vec<Vec<f64>> = columns_of(json!({"id": "low-rank", "rank": rank, "unit_columns": false}), rows, 60);
        let gram = |i: usize, j: usize| a.iter().map(|column| column[i] * column[j]).sum::<f64>();
        let columns = (0..rows).map(|j| (0..rows).map(|i| gram(i, j)).collect()).collect();
        let expected = ((rank * rows as f64).round() as usize).max(1);
        assert_eq!(HermitianEigen::<f64>::new(columns).values.len(), expected, "{rank}");
    }
    // Columns have unit norm on average: of 400, each with a squared norm whose deviation is 0.24 at most.
    let a: Vec<f64> = columns_of(json!({"id": "low-rank", "unit_columns": false}), 100, 400).concat();
    assert!((a.iter().map(|x| x * x).sum::<f64>() / 400.0 - 1.0).abs() < 0.06);
}
