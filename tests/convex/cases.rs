//! The problems that every LASSO solver must agree on.

use crate::solve::Case;
use num_complex::Complex64;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};

fn drawn(name: &str, (rows, cols, k): (usize, usize, usize), noise: Value) -> Case {
    let signal = json!({"id": "sparse", "sparsity": k});
    Case::new(name, 3, json!({"id": "linear", "rows": rows, "cols": cols, "signal": signal, "noise": noise}))
}

/// Rows of a matrix whose columns correlate as an autoregressive process of first order with coefficient `rho`.
pub fn correlated(rows: usize, cols: usize, rho: f64, seed: u64) -> Vec<Vec<f64>> {
    let mut random = Random::new(seed, Stream::Probe);
    let mut row = || {
        let mut last = random.normal();
        let next = |_| {
            let now = last;
            last = rho * last + (1.0 - rho * rho).sqrt() * random.normal();
            now / (rows as f64).sqrt()
        };
        (0..cols).map(next).collect()
    };
    (0..rows).map(|_| row()).collect()
}

/// `rows` numbers, some of them the sum of a few columns and the rest noise.
pub fn measured(matrix: &[Vec<f64>], spikes: &[(usize, f64)], noise: f64, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Noise);
    let clean = matrix.iter().map(|row| spikes.iter().map(|&(j, value)| row[j] * value).sum::<f64>());
    clean.map(|y| y + noise * random.normal()).collect()
}

/// A matrix that is not stored.
pub fn matrix(id: &str, basis: &str) -> Case {
    let mut case = drawn(&format!("{id}, {basis}"), (24, 64, 5), json!({"id": "none"}));
    case.problem["matrix"] = json!({"id": id});
    case.problem["basis"] = json!(basis);
    case
}

const SPIKES: [(usize, f64); 4] = [(1, 1.5), (7, -1.0), (8, 0.7), (20, -2.0)];

fn complex_case(name: &str, (rows, cols, k): (usize, usize, usize), noise: f64) -> Case {
    let mut random = Random::new(5, Stream::Probe);
    let scale = 1.0 / (rows as f64).sqrt();
    let matrix: Vec<Complex64> = (0..rows * cols).map(|_| random.normal_scalar::<Complex64>() * scale).collect();
    let mut y = vec![Complex64::default(); rows];
    for spike in 0..k {
        let (j, value) = (spike * cols / k, random.normal_scalar::<Complex64>());
        y.iter_mut().enumerate().for_each(|(i, y)| *y += matrix[i * cols + j] * value);
    }
    y.iter_mut().for_each(|y| *y += random.normal_scalar::<Complex64>() * noise);
    let data = json!({"matrix": "a.npy", "measurements": "y.npy"});
    let mut case = Case::new(name, 0, json!({"id": "linear", "data": data}));
    case.files.put("a.npy", rows, cols, &matrix);
    case.files.put("y.npy", rows, 1, &y);
    case
}

/// Several sizes, real and complex, with and without noise, wide and tall, correlated and equal columns, a zero
/// column, fast transforms that are not stored, columns of different norms, measurements of very small and large numbers, a basis.
pub fn all() -> Vec<Case> {
    let noisy = json!({"id": "gaussian", "snr_db": 20.0});
    let exact = json!({"id": "none"});
    let close = correlated(30, 50, 0.95, 1);
    let mut twins = correlated(20, 40, 0.0, 2);
    for row in &mut twins {
        row[9] = row[7];
        row[21] = -row[20];
        row[30] = 0.0;
    }
    let twin_y = measured(&twins, &SPIKES, 0.05, 2);
    let mut uneven = correlated(20, 40, 0.0, 4);
    for row in &mut uneven {
        row[7] *= 1e-2;
        row[32] *= 10.0;
    }
    let huge: Vec<f64> = twin_y.iter().map(|y| y * 1e9).collect();
    let tiny: Vec<f64> = twin_y.iter().map(|y| y * 1e-9).collect();
    let mut cosines = drawn("cosines", (40, 128, 6), noisy.clone());
    cosines.problem["basis"] = json!("dct");
    vec![
        drawn("small, exact", (25, 60, 5), exact.clone()),
        drawn("small, noisy", (25, 60, 5), noisy.clone()),
        drawn("middle, noisy", (80, 256, 20), noisy.clone()),
        drawn("middle, exact, too many spikes", (80, 256, 50), exact),
        drawn("tall, noisy", (100, 30, 5), noisy),
        cosines,
        matrix("partial-dct", "identity"),
        matrix("partial-hadamard", "haar"),
        matrix("random-convolution", "identity"),
        matrix("subsampling", "dct"),
        matrix("partial-fourier", "identity"),
        Case::of("correlated", &close, &measured(&close, &SPIKES, 0.05, 1)),
        Case::of("equal columns", &twins, &twin_y),
        Case::of("uneven columns", &uneven, &measured(&uneven, &SPIKES, 0.05, 4)),
        Case::of("huge numbers", &twins, &huge),
        Case::of("tiny numbers", &twins, &tiny),
        complex_case("complex, exact", (25, 60, 5), 0.0),
        complex_case("complex, noisy", (40, 100, 8), 0.05),
    ]
}
