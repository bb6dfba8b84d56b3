//! The problems, each with its certificate.

use crate::certificate::Certificate::{self, *};
use crate::problem::Kind::{self, *};
use crate::problem::{Case, Plain, Question, Reason};
use nalgebra::{DMatrix, DVector};
use num_complex::Complex64;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};

/// Everything from the smallest to the most degenerate.
pub fn all() -> Vec<Case> {
    [tiny(), textbook(), composed(), degenerate()].into_iter().flatten().collect()
}

/// `A x` for small numbers written by hand.
fn system(matrix: &[&[f64]], x: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>, Vec<f64>) {
    let y = matrix.iter().map(|row| row.iter().zip(x).map(|(a, x)| a * x).sum()).collect();
    (matrix.iter().map(|row| row.to_vec()).collect(), y, x.to_vec())
}

const CLOSE: [(Kind, Reason); 2] = [(Greedy, Reason::Coherence), (Thresholding, Reason::Coherence)];
const DENSE: [(Kind, Reason); 3] = [(Lasso, Reason::AboveL1), (L1, Reason::AboveL1), (NonConvex, Reason::Minima)];
/// What weighs entries by their size, whatever their columns' norms.
const UNEVEN: [(Kind, Reason); 4] =
    [(Thresholding, Reason::Scale), (Lasso, Reason::Scale), (L1, Reason::Scale), (NonConvex, Reason::Scale)];

fn tiny() -> Vec<Case> {
    let identity: Vec<Vec<f64>> = (0..5).map(|i| (0..5).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    let identity: Vec<&[f64]> = identity.iter().map(Vec::as_slice).collect();
    vec![
        Case::of("one by one", "2 x = 6", system(&[&[2.0]], &[3.0]), OnlySolution),
        Case::of(
            "two by three",
            "y = 2 (e1 + e2), and a third column e1 + e2",
            system(&[&[1.0, 0.0, 1.0], &[0.0, 1.0, 1.0]], &[0.0, 0.0, 2.0]),
            AllSubsets,
        ),
        Case::of("identity", "5 x 5", system(&identity, &[0.0, 3.0, 0.0, -1.0, 0.0]), OnlySolution),
        Case::new(
            "orthogonal",
            "all 16 cosines, 3 spikes",
            drawn((16, 16, 3), json!({"matrix": {"id": "partial-dct"}})),
            OnlySolution,
        ),
        Case::of("one column", "y = -1.5 a", system(&[&[1.0], &[2.0], &[-2.0]], &[-1.5]), OnlySolution),
        Case::of(
            "duplicate columns",
            "columns 1 and 3 are equal, and either may hold the spike",
            system(&[&[1.0, 0.2, 1.0, 0.0], &[1.0, -1.0, 1.0, 0.3], &[0.0, 0.5, 0.0, 1.0]], &[2.0, 0.0, 0.0, 0.0]),
            DualValue(vec![0.5, 0.5, 0.0]),
        )
        .asking(Question::LeastL1),
        Case::of(
            "zero column",
            "the second column is zero",
            system(&[&[1.0, 0.0, 0.3, 0.1], &[0.2, 0.0, 1.0, -0.4], &[0.1, 0.0, -0.2, 1.0]], &[0.0, 0.0, -1.5, 0.0]),
            AllSubsets,
        ),
        Case::of("nothing measured", "y = 0", system(&[&[1.0, 0.3, -0.2], &[0.1, 1.0, 0.4]], &[0.0, 0.0, 0.0]), Zero),
        Case::of(
            "all entries active",
            "4 x 4 and k = m = 4",
            system(
                &[&[4.0, 1.0, 0.0, 0.0], &[1.0, 4.0, 1.0, 0.0], &[0.0, 1.0, 4.0, 1.0], &[0.0, 0.0, 1.0, 4.0]],
                &[1.0, -2.0, 3.0, -4.0],
            ),
            OnlySolution,
        ),
        Case::of(
            "decoy column",
            "a third column resembles the sum of the two that are right, and correlates more than either",
            system(&[&[1.0, 0.0, 0.8], &[0.0, 1.0, 0.8], &[0.0, 0.0, 0.5]], &[1.0, 1.0, 0.0]),
            OnlySolution,
        )
        .beyond(&CLOSE),
    ]
}

/// A drawn problem of m rows, n columns and k spikes, with more parameters.
fn drawn((rows, cols, k): (usize, usize, usize), more: Value) -> Value {
    let signal = json!({"id": "sparse", "sparsity": k});
    let mut problem = json!({"id": "linear", "rows": rows, "cols": cols, "signal": signal});
    more.as_object().expect("more parameters").iter().for_each(|(name, value)| problem[name] = value.clone());
    problem
}

fn textbook() -> Vec<Case> {
    let full = json!({"matrix": {"id": "subsampling"}, "basis": "identity-and-dct"});
    let of_signs = json!({"signal": {"id": "sparse", "sparsity": 8, "amplitude": "signs"}});
    let of_positives = json!({"signal": {"id": "sparse", "sparsity": 24, "amplitude": "positive"}});
    let mut positive =
        Case::new("positive", "24 positive spikes, 50 x 100 Gaussian", drawn((50, 100, 18), of_positives), Generic)
            .beyond(&CLOSE);
    positive = positive.random().beyond(&[(NonConvex, Reason::Minima), (Bayes, Reason::Minima)]);
    positive.nonnegative = true;
    vec![
        Case::new("within coherence", "3 among 64 spikes and 64 cosines", drawn((64, 128, 3), full.clone()), Coherence),
        Case::new("beyond coherence", "7 among 128 spikes and 128 cosines", drawn((128, 256, 7), full), TwoBases),
        Case::new(
            "spikes and sines",
            "7 among 64 spikes and 64 complex sines",
            drawn((64, 128, 7), json!({"matrix": {"id": "spikes-and-sines"}})),
            TwoBases,
        ),
        Case::new("below the transition", "6 spikes, 50 x 100 Gaussian", drawn((50, 100, 6), json!({})), Dual).random(),
        Case::new("near the transition", "16 spikes, 50 x 100 Gaussian", drawn((50, 100, 16), json!({})), Generic)
            .random()
            .beyond(&[CLOSE.as_slice(), &DENSE].concat()),
        Case::new("above the transition", "25 spikes, 50 x 100 Gaussian", drawn((50, 100, 25), json!({})), Generic)
            .random()
            .beyond(&[CLOSE.as_slice(), &DENSE].concat()),
        Case::new("equal heights", "8 spikes of modulus 1, 50 x 100 Gaussian", drawn((50, 100, 8), of_signs), Dual)
            .random(),
        positive,
        planted("noisy LASSO", "40 x 80, 6 active, lambda 0.1, noise beyond the support's span", (40, 80, 6), 0.1),
        planted("noisy LASSO, small lambda", "40 x 50, 5 active, lambda 0.01", (40, 50, 5), 0.01),
        noisy_subset(),
    ]
}

fn normals(random: &mut Random, rows: usize, cols: usize) -> DMatrix<f64> {
    DMatrix::from_fn(rows, cols, |_, _| random.normal() / (rows as f64).sqrt())
}

fn rows_of(matrix: &DMatrix<f64>) -> Vec<Vec<f64>> {
    matrix.row_iter().map(|row| row.iter().copied().collect()).collect()
}

/// A LASSO whose minimum is written first: `y = A x + r` with `A_S^T r = lambda sign x_S` (Lorenz 2013).
fn planted(name: &'static str, about: &'static str, (m, n, k): (usize, usize, usize), lambda: f64) -> Case {
    let mut random = Random::new(11, Stream::Probe);
    let matrix = normals(&mut random, m, n);
    let x = DVector::from_fn(n, |j, _| {
        if j % (n / k) == 0 && j / (n / k) < k { (1.0 + random.normal().abs()) * [1.0, -1.0][j % 2] } else { 0.0 }
    });
    let support: Vec<usize> = (0..n).filter(|&j| x[j] != 0.0).collect();
    let active = matrix.select_columns(&support);
    let inverse = active.clone().pseudo_inverse(1e-12).expect("epsilon is positive");
    let signs = DVector::from_iterator(k, support.iter().map(|&j| x[j].signum()));
    let noise = DVector::from_fn(m, |_, _| random.normal() * 0.2 * lambda);
    let beyond = &noise - &active * (&inverse * &noise);
    let y = &matrix * &x + inverse.transpose() * signs * lambda + beyond;
    let data = (rows_of(&matrix), y.iter().copied().collect(), x.iter().copied().collect());
    Case::of(name, about, data, Optimum).asking(Question::Lasso(lambda))
}

/// Three columns of ten, with noise.
fn noisy_subset() -> Case {
    let mut random = Random::new(3, Stream::Probe);
    let matrix = normals(&mut random, 14, 10);
    let x = DVector::from_fn(10, |j, _| [0.0, 0.0, 1.5, 0.0, 0.0, -1.0, 0.0, 2.0, 0.0, 0.0][j]);
    let y = &matrix * &x + DVector::from_fn(14, |_, _| 0.1 * random.normal());
    let data = (rows_of(&matrix), y.iter().copied().collect(), x.iter().copied().collect());
    Case::of("best subset", "3 of 10 columns, noise", data, Enumerated).asking(Question::BestSubset(3)).beyond(&CLOSE)
}

fn composed() -> Vec<Case> {
    let with = |matrix: Value, basis: &str| json!({"matrix": matrix, "basis": basis});
    let mut blocks = drawn((104, 128, 0), with(json!({"id": "gaussian"}), "haar"));
    blocks["signal"] = json!({"id": "waveform", "name": "blocks"});
    vec![
        Case::new(
            "cosines of wavelets",
            "5 Daubechies-4 coefficients from 40 of 64 cosines",
            drawn((40, 64, 5), with(json!({"id": "partial-dct"}), "daubechies-4")),
            Dual,
        ),
        heavisine(),
        Case::new("blocks in Haar", "Donoho and Johnstone's blocks, 104 x 128 Gaussian", blocks, Generic),
        Case::new(
            "random demodulator",
            "4 tones among 128 from 40 sums",
            drawn((40, 120, 4), with(json!({"id": "random-demodulator"}), "dct")),
            Dual,
        ),
        Case::new(
            "deconvolution",
            "circular blur (1, 0.6, 0.2) of 64 samples, 6 spikes",
            drawn(
                (64, 64, 6),
                json!({"matrix": {"id": "circulant", "filter": [1.0, 0.6, 0.2], "random_times": false}}),
            ),
            OnlySolution,
        )
        .beyond(&CLOSE),
        Case::new(
            "Kronecker image",
            "both sides of a 12 x 12 picture measured by 9 x 12 Gaussian matrices, 3 pixels",
            drawn((81, 144, 3), json!({"matrix": {"id": "kronecker", "left_rows": 9, "left_cols": 12}})),
            Dual,
        ),
        Case::new(
            "MRI mask",
            "5 Haar coefficients of an 8 x 8 picture from 40 frequencies",
            drawn((40, 64, 5), with(json!({"id": "mri", "mask": "variable-density"}), "haar-2d")),
            Dual,
        ),
        Case::new(
            "single pixel",
            "4 Haar coefficients of an 8 x 8 picture from 40 Hadamard patterns",
            drawn((40, 64, 4), with(json!({"id": "partial-hadamard"}), "haar-2d")),
            Dual,
        ),
        Case::new(
            "random convolution",
            "6 spikes among 100, 50 samples",
            drawn((50, 100, 6), json!({"matrix": {"id": "random-convolution"}})),
            Dual,
        ),
    ]
}

/// Denoising in an orthonormal basis: the LASSO's minimum is soft thresholding of the coefficients.
fn heavisine() -> Case {
    let mut problem = drawn((64, 64, 0), json!({"matrix": {"id": "subsampling"}, "basis": "symlet-8"}));
    problem["signal"] = json!({"id": "waveform", "name": "heavisine"});
    problem["noise"] = json!({"id": "gaussian", "snr_db": 15.0});
    let case = |problem| Case::new("Heavisine denoised", "64 noisy samples in Symlet-8, lambda 0.2", problem, Optimum);
    let noisy = case(problem.clone()).instance();
    let plain = Plain::of(&*noisy);
    let (a, y) = plain.scales;
    let coefficients = plain.matrix.adjoint() * &plain.y * Complex64::from(a * y);
    let soft = |c: f64| c.signum() * (c.abs() - 0.2).max(0.0);
    let truth: Vec<f64> = coefficients.iter().map(|c| soft(c.re)).collect();
    let measurements: Vec<f64> = plain.y.iter().map(|v| v.re * y).collect();
    problem["data"] = json!({"measurements": measurements, "truth": truth});
    case(problem).asking(Question::Lasso(0.2))
}

/// The same small system at any scale.
fn scaled(name: &'static str, about: &'static str, (a, x): (f64, f64)) -> Case {
    let rows = [[1.0, 0.3, -0.5, 0.2, 0.7], [0.2, 1.0, 0.4, -0.6, 0.1], [-0.4, 0.1, 1.0, 0.8, -0.9]];
    let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.iter().map(|v| v * a).collect()).collect();
    let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
    Case::of(name, about, system(&rows, &[0.0, 2.0 * x, 0.0, 0.0, 0.0]), AllSubsets)
}

fn degenerate() -> Vec<Case> {
    let certificate = |nu: &[f64]| -> Certificate { DualValue(nu.to_vec()) };
    let half = 0.5;
    let scales: Vec<Vec<f64>> = vec![
        vec![1e-3, 40.0, 0.3, -0.2, 500.0],
        vec![5e-4, -10.0, 1.0, 0.7, 100.0],
        vec![-2e-4, 30.0, -0.4, 1.0, -900.0],
    ];
    let scales: Vec<&[f64]> = scales.iter().map(Vec::as_slice).collect();
    vec![
        Case::of(
            "rank-deficient",
            "the third row is the sum of the others",
            system(
                &[&[1.0, 0.3, -0.5, 0.2, 0.7], &[0.2, 1.0, 0.4, -0.6, 0.1], &[1.2, 1.3, -0.1, -0.4, 0.8]],
                &[0.0, -3.0, 0.0, 0.0, 0.0],
            ),
            AllSubsets,
        ),
        Case::of(
            "out of range",
            "no x solves it: the third row is zero and y is not",
            (
                vec![vec![1.0, 0.0, 1.0], vec![0.0, 1.0, 1.0], vec![0.0, 0.0, 0.0]],
                vec![2.0, 2.0, 1.0],
                vec![0.0, 0.0, 2.0],
            ),
            Enumerated,
        )
        .asking(Question::BestSubset(1))
        .beyond(&CLOSE),
        Case::of(
            "exact tie",
            "two unit vectors, or two Walsh functions, with the same l1 norm",
            system(
                &[
                    &[1.0, 0.0, 0.0, 0.0, half, half, half, half],
                    &[0.0, 1.0, 0.0, 0.0, half, -half, half, -half],
                    &[0.0, 0.0, 1.0, 0.0, half, half, -half, -half],
                    &[0.0, 0.0, 0.0, 1.0, half, -half, -half, half],
                ],
                &[1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            ),
            certificate(&[1.0, 0.0, 1.0, 0.0]),
        )
        .asking(Question::LeastL1),
        scaled("scale one", "3 x 5, to compare the next four with", (1.0, 1.0)),
        scaled("measured at 1e-150", "y near 1e-150", (1.0, 1e-150)),
        scaled("measured at 1e150", "y near 1e150", (1.0, 1e150)),
        scaled("matrix at 1e-150", "A near 1e-150, x near 1", (1e-150, 1.0)),
        scaled("matrix at 1e150", "A near 1e150, x near 1e-150", (1e150, 1e-150)),
        Case::of(
            "uneven columns",
            "norms from 1e-3 to 1e3; the spike is on the shortest",
            system(&scales, &[2.0, 0.0, 0.0, 0.0, 0.0]),
            AllSubsets,
        )
        .beyond(&UNEVEN),
        Case::new(
            "complex",
            "5 complex spikes from 32 of 64 frequencies",
            drawn((32, 64, 5), json!({"matrix": {"id": "partial-fourier"}})),
            Dual,
        ),
    ]
}
