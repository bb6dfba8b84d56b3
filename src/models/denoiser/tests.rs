//! The mixture's closed forms against formulas that know nothing of its structure.

use super::*;
use crate::linalg::{Cholesky, IncrementalQr};
use crate::signals::random::{Random, Stream};

const SIZE: usize = 6;

/// Three components of ranks 2, 2 and 1 that overlap at the noise of the tests.
fn mixture() -> GaussianMixture {
    let mut random = Random::new(7, Stream::Probe);
    let component = |(weight, rank): (f64, usize)| {
        let mut basis = IncrementalQr::new();
        while basis.len() < rank {
            let _ = basis.push(&(0..SIZE).map(|_| random.normal()).collect::<Vec<f64>>());
        }
        Component {
            weight,
            mean: (0..SIZE).map(|_| 0.8 * random.normal()).collect(),
            basis: basis.directions().to_vec(),
            variances: (0..rank).map(|j| 1.0 / (1.0 + j as f64)).collect(),
            rest: 0.05,
        }
    };
    GaussianMixture::new([(0.5, 2), (0.3, 2), (0.2, 1)].map(component).to_vec())
}

/// The covariance of a component, as a matrix.
fn covariance(component: &Component) -> Vec<Vec<f64>> {
    let n = component.mean.len();
    let entry = |i: usize, j: usize| {
        let rest = if i == j { component.rest } else { 0.0 };
        let directions = component.basis.iter().zip(&component.variances);
        directions.fold(rest, |sum, (u, lam)| sum + (lam - component.rest) * u[i] * u[j])
    };
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}

/// Posterior mean and covariance of `x_0` given `x = x_0 + s n` by Kalman's formulas with dense matrices, and `log p(x)`.
fn posterior(mixture: &GaussianMixture, x: &[f64], s: f64) -> (Vec<f64>, Vec<Vec<f64>>, f64) {
    let n = x.len();
    let parts: Vec<(f64, Vec<f64>, Vec<Vec<f64>>)> = mixture.components().iter().map(|c| part(c, x, s)).collect();
    let largest = parts.iter().map(|part| part.0).fold(f64::NEG_INFINITY, f64::max);
    let total: f64 = parts.iter().map(|part| libm::exp(part.0 - largest)).sum();
    let mean: Vec<f64> =
        (0..n).map(|i| parts.iter().map(|(log, mean, _)| libm::exp(log - largest) / total * mean[i]).sum()).collect();
    let entry = |i: usize, j: usize| -> f64 {
        let one = |(log, m, spread): &(f64, Vec<f64>, Vec<Vec<f64>>)| {
            libm::exp(log - largest) / total * (spread[i][j] + (m[i] - mean[i]) * (m[j] - mean[j]))
        };
        parts.iter().map(one).sum()
    };
    let spread = (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect();
    (mean, spread, largest + libm::log(total))
}

/// `log w + log N(x; mu, C + s^2 I)`, `mu + C (C + s^2 I)^-1 (x - mu)` and `C - C (C + s^2 I)^-1 C`.
fn part(component: &Component, x: &[f64], s: f64) -> (f64, Vec<f64>, Vec<Vec<f64>>) {
    let (n, inner) = (x.len(), covariance(component));
    let noisy = |i: usize, j: usize| inner[i][j] + if i == j { s * s } else { 0.0 };
    let factor = Cholesky::new(n, noisy).expect("a covariance is positive");
    let solve = |b: &[f64]| {
        let mut x = b.to_vec();
        factor.solve(&mut x);
        x
    };
    let off: Vec<f64> = x.iter().zip(&component.mean).map(|(x, mu)| x - mu).collect();
    let solved = solve(&off);
    let product = |row: &[f64], v: &[f64]| row.iter().zip(v).map(|(a, b)| a * b).sum::<f64>();
    let square = product(&off, &solved);
    let log = libm::log(component.weight)
        - 0.5 * (square + factor.log_determinant() + n as f64 * libm::log(std::f64::consts::TAU));
    let mean = (0..n).map(|i| component.mean[i] + product(&inner[i], &solved)).collect();
    let solved: Vec<Vec<f64>> = inner.iter().map(|column| solve(column)).collect();
    let spread = (0..n).map(|i| (0..n).map(|j| inner[i][j] - product(&inner[i], &solved[j])).collect()).collect();
    (log, mean, spread)
}

/// Some points at which to look: one in the thick of it, one between components, one far out.
fn points() -> Vec<f64> {
    let mut random = Random::new(8, Stream::Probe);
    [0.3, 1.0, 3.0].iter().flat_map(|size| (0..SIZE).map(|_| size * random.normal()).collect::<Vec<_>>()).collect()
}

const LEVELS: [f64; 3] = [0.1, 0.7, 4.0];

#[test]
fn the_posterior_of_a_plain_look_is_the_denoised_image() {
    let (mixture, points) = (mixture(), points());
    for s in LEVELS {
        let (clean, logs) = (mixture.denoise(&points, s), mixture.log_density(&points, s).unwrap());
        for (i, x) in points.chunks_exact(SIZE).enumerate() {
            let (mean, _, log) = posterior(&mixture, x, s);
            assert!((log - logs[i]).abs() < 1e-10 * log.abs().max(1.0), "{s}: {log} and {}", logs[i]);
            for (a, b) in clean[i * SIZE..(i + 1) * SIZE].iter().zip(&mean) {
                assert!((a - b).abs() < 1e-11, "{s}: {a} and {b}");
            }
        }
    }
}

#[test]
fn the_denoiser_is_the_gradient_of_the_log_density() {
    let (mixture, points, h) = (mixture(), points(), 1e-5);
    for s in LEVELS {
        let clean = mixture.denoise(&points, s);
        for place in 0..points.len() {
            let at = |step: f64| {
                let mut moved = points.clone();
                moved[place] += step;
                mixture.log_density(&moved, s).unwrap()[place / SIZE]
            };
            let slope = (at(h) - at(-h)) / (2.0 * h);
            let score = (clean[place] - points[place]) / (s * s);
            assert!((slope - score).abs() < 1e-6 * (1.0 + score.abs()), "{s}: {slope} and {score}");
        }
    }
}

#[test]
fn the_jacobian_is_symmetric_and_the_posterior_covariance() {
    let (mixture, points) = (mixture(), points());
    for s in LEVELS {
        let there = mixture.linearise(&points, s);
        assert_eq!(there.clean(), mixture.denoise(&points, s));
        let columns: Vec<Vec<f64>> = (0..SIZE)
            .map(|j| there.vjp(&(0..points.len()).map(|p| f64::from(u8::from(p % SIZE == j))).collect::<Vec<_>>()))
            .collect();
        for (i, x) in points.chunks_exact(SIZE).enumerate() {
            let (_, spread, _) = posterior(&mixture, x, s);
            for a in 0..SIZE {
                for b in 0..SIZE {
                    let (one, other) = (columns[b][i * SIZE + a], columns[a][i * SIZE + b]);
                    assert!((one - other).abs() < 1e-11, "{s}: {one} and {other}");
                    assert!((s * s * one - spread[a][b]).abs() < 1e-11, "{s}: {one} and {}", spread[a][b]);
                }
            }
        }
    }
}

#[test]
fn a_mixture_in_few_bytes_is_nearly_the_same() {
    let (mixture, points) = (mixture(), points());
    let bytes = quantised(&mixture);
    assert_eq!(bytes.len(), 8 + 3 * (20 + 2 * SIZE) + 5 * (4 + SIZE));
    let read = dequantised(&bytes);
    for component in read.components() {
        for (i, u) in component.basis.iter().enumerate() {
            for (j, v) in component.basis.iter().enumerate() {
                let product: f64 = u.iter().zip(v).map(|(a, b)| a * b).sum();
                assert!((product - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
    }
    let near = mixture.denoise(&points, 0.7);
    assert!(near.iter().zip(read.denoise(&points, 0.7)).all(|(a, b)| (a - b).abs() < 0.02));
}

#[test]
fn averages_have_the_law_of_averages() {
    let mut random = Random::new(9, Stream::Probe);
    let mut basis = IncrementalQr::new();
    for _ in 0..3 {
        basis.push(&(0..16).map(|_| random.normal()).collect::<Vec<f64>>()).unwrap();
    }
    let mean = (0..16).map(|_| random.normal()).collect();
    let fine =
        Component { weight: 1.0, mean, basis: basis.directions().to_vec(), variances: vec![3.0, 1.0, 0.2], rest: 0.1 };
    let inner = covariance(&fine);
    let coarse = GaussianMixture::new(vec![fine]).averaged(2);
    let found = covariance(&coarse.components()[0]);
    let pixels = |cell: usize| {
        let corner = cell / 2 * 8 + cell % 2 * 2;
        [corner, corner + 1, corner + 4, corner + 5]
    };
    for (a, row) in found.iter().enumerate() {
        for (b, entry) in row.iter().enumerate() {
            let pairs = pixels(a).into_iter().flat_map(|i| pixels(b).map(|j| inner[i][j]));
            assert!((entry - pairs.sum::<f64>() / 16.0).abs() < 1e-13);
        }
    }
}

/// Images of two flat heaps: the fit finds their weights, means, directions and variances.
#[test]
fn a_fit_finds_what_made_the_images() {
    let mut random = Random::new(3, Stream::Probe);
    let half = 0.5_f64.sqrt();
    let mut image = |i: usize| {
        let mut x: Vec<f64> = (0..8).map(|_| 0.1 * random.normal()).collect();
        let along = random.normal();
        // A quarter of the images lies along the first two axes about 5, the others along the last two about -5.
        let (first, about) = if i.is_multiple_of(4) { (0, 5.0) } else { (6, -5.0) };
        x.iter_mut().for_each(|entry| *entry += about);
        x[first..first + 2].iter_mut().for_each(|entry| *entry += half * along);
        x
    };
    let images: Vec<f64> = (0..4000).flat_map(&mut image).collect();
    let fit = MixtureFit { components: 2, rank: 1, rounds: 3, floor: 1e-4 };
    let found = fit.fit(&images, 8, &mut Random::new(1, Stream::Examples));
    assert_eq!(found.components().len(), 2);
    for component in found.components() {
        let few = component.mean[0] > 0.0;
        assert!((component.weight - if few { 0.25 } else { 0.75 }).abs() < 1e-12);
        assert!(component.mean.iter().all(|m| (m.abs() - 5.0).abs() < 0.1));
        let u = &component.basis[0];
        let first = if few { 0 } else { 6 };
        assert!((half * (u[first] + u[first + 1])).abs() > 0.995);
        assert!((component.variances[0] - 1.01).abs() < 0.15 && (component.rest - 0.01).abs() < 1e-3);
    }
}
