use super::*;
use crate::models::gp::{ExactGp, evidence};

const X: [f64; 6] = [0.0, 0.35, 0.8, 1.1, 1.7, 2.0];
const Y: [f64; 6] = [0.4, 1.0, 0.2, -0.7, -0.1, 0.6];

fn kernel(dims: usize) -> Kernel {
    Kernel { log_scales: (0..dims).map(|d| -0.6 + 0.3 * d as f64).collect(), log_variance: 0.3 }
}

fn data(dims: usize) -> Vec<Datum<'static>> {
    X.chunks_exact(dims).zip(Y).map(|(x, y)| Datum { x, y }).collect()
}

#[test]
fn derivatives_are_those_of_differences() {
    for dims in [1, 2] {
        for covariance in [Covariance::Diagonal, Covariance::Rows, Covariance::Block] {
            let inputs = [0.1, 0.5, 0.9, 1.2, 1.5, 1.9, 0.3, 0.7];
            let mut gp = SparseGp::new(&kernel(dims), -1.0, &inputs, covariance);
            let count = gp.count();
            for (i, parameter) in gp.parameters.iter_mut().enumerate().take(2 * count) {
                *parameter += 0.2 * libm::sin(3.0 * i as f64);
            }
            let active: Vec<usize> = (0..count).filter(|i| i % 3 != 1).collect();
            let bound = |gp: &mut SparseGp, gradient: &mut [f64]| {
                gp.bound(active.clone(), &data(dims)[..2], [2.5, 0.7], gradient).unwrap()
            };
            let mut gradient = vec![0.0; gp.parameters.len()];
            bound(&mut gp, &mut gradient);
            for (i, told) in gradient.iter().enumerate() {
                let moved = |by: f64| {
                    let mut gp = gp.clone();
                    gp.parameters[i] += by;
                    bound(&mut gp, &mut vec![0.0; gradient.len()])
                };
                let slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
                assert!((slope - told).abs() < 1e-5 * (1.0 + slope.abs()), "{covariance:?} {dims} {i}: {slope} {told}");
            }
        }
    }
}

/// With Z at the data and q the exact posterior, the bound is the evidence and predictions are exact.
#[test]
fn the_best_q_at_the_data_is_exact() {
    let (kernel, log_noise) = (kernel(1), -1.0);
    let exact = ExactGp::new(&kernel, log_noise, &X, &Y).unwrap();
    let mut gp = SparseGp::new(&kernel, log_noise, &X, Covariance::Rows);
    let (weights, noise) = (kernel.weights(), libm::exp(2.0 * log_noise));
    let prior = |i: usize, j: usize| kernel.at(&weights, &X[i..=i], &X[j..=j]);
    let full = Cholesky::new(6, |i, j| prior(i, j) + if i == j { noise } else { 0.0 }).unwrap();
    // S = K - K (K + s^2 I)^-1 K, and its triangular factor.
    let column = |j: usize| -> Vec<f64> { (0..6).map(|i| prior(i, j)).collect() };
    let posterior = |i: usize, j: usize| {
        let mut solved = column(j);
        full.solve(&mut solved);
        prior(i, j) - dot(&column(i), &solved)
    };
    for i in 0..6 {
        gp.parameters[i] = exact.predict(&X[i..=i]).mean;
        for j in 0..=i {
            // Cholesky, row by row.
            let sum = (0..j).fold(0.0, |sum, l| sum + gp.parameters[gp.place(i, l)] * gp.parameters[gp.place(j, l)]);
            let rest = posterior(i, j) - sum;
            let place = gp.place(i, j);
            gp.parameters[place] = if i == j { rest.sqrt() } else { rest / gp.parameters[gp.place(j, j)] };
        }
    }
    let mut gradient = vec![0.0; gp.parameters.len()];
    let bound = gp.bound((0..6).collect(), &data(1), [1.0, 1.0], &mut gradient).unwrap();
    let (value, _) = evidence(&kernel, log_noise, &X, &Y).unwrap();
    assert!((bound - value).abs() < 1e-4, "{bound} and {value}");
    assert!(gradient[..6].iter().all(|slope| slope.abs() < 1e-3), "m is stationary: {gradient:?}");
    for x in [-0.2, 0.5, 1.4] {
        let (told, wanted) = (gp.predict((0..6).collect(), &[x]).unwrap()[0], exact.predict(&[x]));
        assert!((told.mean - wanted.mean).abs() < 1e-4 && (told.variance - wanted.variance).abs() < 1e-4);
    }
}

/// B local terms with all variables active, each with a B-th of the KL, are the bound with one active set.
#[test]
fn with_all_variables_active_the_local_bound_is_the_global_one() {
    let mut gp = SparseGp::new(&kernel(1), -0.5, &[0.2, 0.7, 1.2, 1.8], Covariance::Rows);
    gp.parameters[..4].copy_from_slice(&[0.3, -0.1, 0.5, 0.2]);
    let size = gp.parameters.len();
    let (mut one, mut many) = (vec![0.0; size], vec![0.0; size]);
    let global = gp.bound((0..4).collect(), &data(1), [3.0, 1.0], &mut one).unwrap();
    let local: f64 = data(1)
        .iter()
        .map(|datum| gp.bound(gp.neighbours(datum.x, 4), &[*datum], [3.0, 1.0 / 6.0], &mut many).unwrap())
        .sum();
    assert!((global - local).abs() < 1e-10 * global.abs());
    assert!(one.iter().zip(&many).all(|(a, b)| (a - b).abs() < 1e-8 * (1.0 + a.abs())));
}
