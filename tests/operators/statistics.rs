//! Random matrices against the laws that they are drawn from. Bounds are five standard errors unless they say more.

use super::every_matrix::draw;
use super::laws::{columns, product};
use num_complex::Complex64;
use pursuit::kernels::Scalar;
use serde_json::{Value, json};

fn columns_of<S: Scalar>(setting: Value, rows: usize, cols: usize) -> Vec<Vec<S>> {
    columns(&*draw(setting, rows, cols, 11).unwrap())
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.collect();
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn gaussian_entries_have_mean_zero_and_variance_one_over_m() {
    let setting = json!({"id": "gaussian", "unit_columns": false});
    let real: Vec<f64> = columns_of(setting.clone(), 100, 400).concat();
    // 40 000 entries of deviation 0.1: the mean errs by 5e-4, the mean square by 0.01 sqrt(2 / 40 000).
    assert!(mean(real.iter().copied()).abs() < 2.5e-3);
    assert!((mean(real.iter().map(|x| x * x)) - 0.01).abs() < 3.6e-4);
    let complex: Vec<Complex64> = columns_of(setting, 100, 400).concat();
    assert!((mean(complex.iter().map(|x| x.re * x.re)) - 0.005).abs() < 1.8e-4);
    assert!((mean(complex.iter().map(|x| x.im * x.im)) - 0.005).abs() < 1.8e-4);
    assert!(mean(complex.iter().map(|x| x.re * x.im)).abs() < 1.3e-4);
}

#[test]
fn unit_columns_are_as_coherent_as_random_directions() {
    // 32 640 pairs in 128 dimensions: |<a, b>| above 0.3 is expected 20 times, above 0.5 once in 2000 draws.
    for id in ["gaussian", "sphere", "bernoulli"] {
        let a: Vec<Vec<f64>> = columns_of(json!({ "id": id }), 128, 256);
        let pairs = (0..a.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
        let products: Vec<f64> = pairs.map(|(i, j)| product(&a[i], &a[j])).collect();
        let coherence = products.iter().fold(0.0, |most: f64, p| most.max(p.abs()));
        assert!((0.3..0.5).contains(&coherence), "{id}: {coherence}");
        // E <a, b>^2 = 1/m; pairs are uncorrelated and their squares deviate by about sqrt(2) / m.
        let square = mean(products.iter().map(|p| p * p));
        assert!((square * 128.0 - 1.0).abs() < 5.0 * (2.0f64 / 32_640.0).sqrt(), "{id}: {square}");
    }
}

#[test]
fn a_coordinate_on_the_sphere_in_three_dimensions_is_uniform() {
    // Archimedes' hat-box theorem; Kolmogorov and Smirnov's distance exceeds 1.95 / sqrt n once in a thousand draws.
    let mut heights: Vec<f64> = columns_of(json!({"id": "sphere"}), 3, 4000).iter().map(|a: &Vec<f64>| a[2]).collect();
    heights.sort_by(f64::total_cmp);
    let distance = heights.iter().enumerate().map(|(i, h)| ((h + 1.0) / 2.0 - i as f64 / 4000.0).abs());
    let distance = distance.fold(0.0, f64::max);
    assert!(distance < 1.95 / 4000f64.sqrt(), "{distance}");
}

#[test]
fn bernoulli_entries_are_fair_signs() {
    let entries: Vec<Complex64> = columns_of(json!({"id": "bernoulli"}), 100, 400).concat();
    assert!(entries.iter().all(|x| x.re.abs() == 0.1 && x.im == 0.0));
    let positive = entries.iter().filter(|x| x.re > 0.0).count();
    // 20 000 of 40 000, standard deviation 100; so for equal neighbours.
    assert!((19_500..=20_500).contains(&positive), "{positive}");
    let equal = entries.windows(2).filter(|pair| pair[0] == pair[1]).count();
    assert!((19_500..=20_500).contains(&equal), "{equal}");
}

#[test]
fn sparse_binary_columns_have_their_ones_and_rows_share_them() {
    let (rows, cols, d) = (40, 2000, 6);
    let a: Vec<Vec<f64>> =
        columns_of(json!({"id": "sparse-binary", "per_column": d, "unit_columns": false}), rows, cols);
    for column in &a {
        assert_eq!(column.iter().filter(|&&x| x == 1.0).count(), d);
        assert_eq!(column.iter().filter(|&&x| x == 0.0).count(), rows - d);
    }
    // Each row has 300 on average, standard deviation 16.
    for i in 0..rows {
        let count = a.iter().filter(|column| column[i] != 0.0).count();
        assert!((220..=380).contains(&count), "row {i}: {count}");
    }
    let unit: Vec<Vec<f64>> = columns_of(json!({"id": "sparse-binary"}), rows, cols);
    assert!(unit.concat().iter().all(|&x| x == 0.0 || x == 1.0 / 8f64.sqrt()));
}

#[test]
fn correlated_columns_have_a_toeplitz_covariance() {
    for rho in [0.7, -0.5, 0.99, -0.99] {
        let setting = json!({"id": "correlated", "correlation": rho, "unit_columns": false});
        let a: Vec<Vec<Complex64>> = columns_of(setting.clone(), 5000, 6);
        let b: Vec<Vec<f64>> = columns_of(setting, 5000, 6);
        for i in 0..6 {
            for j in 0..6 {
                let want = f64::powi(rho, (i as i32 - j as i32).abs());
                // Entries of the sample covariance deviate by at most sqrt(2 / 5000) = 0.02.
                assert!((product(&a[i], &a[j]) - want).norm() < 0.1, "complex {rho}: {i}, {j}");
                assert!((product(&b[i], &b[j]) - want).abs() < 0.1, "real {rho}: {i}, {j}");
            }
        }
    }
}

#[test]
fn without_correlation_it_is_gaussian_and_the_sphere_is_gaussian_scaled() {
    let gaussian: Vec<Vec<f64>> = columns_of(json!({"id": "gaussian"}), 9, 20);
    assert_eq!(columns_of::<f64>(json!({"id": "sphere"}), 9, 20), gaussian);
    assert_eq!(columns_of::<f64>(json!({"id": "correlated", "correlation": 0.0}), 9, 20), gaussian);
}

#[test]
fn every_row_is_drawn_equally_often() {
    let mut seen = [0; 12];
    for seed in 0..1200 {
        let a = columns::<f64>(&*draw(json!({"id": "subsampling"}), 3, 12, seed).unwrap());
        a.iter().enumerate().for_each(|(j, column)| seen[j] += usize::from(column.contains(&1.0)));
    }
    // 300 each, standard deviation 15.
    assert!(seen.iter().all(|&count| (225..=375).contains(&count)), "{seen:?}");
}
