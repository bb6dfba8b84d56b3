//! Every loss's gradient is that of its value, its proximal operator an argmin, and its conjugate what Fenchel says.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use pursuit::losses::{absolute, huber, logistic, poisson, square_root};

const LABELS: [f64; 4] = [1.0, -1.0, -1.0, 1.0];
const COUNTS: [f64; 4] = [0.0, 3.0, 1.0, 12.0];

type Vector = fn(&[f64]) -> Vec<f64>;
type Function = fn(&[f64]) -> f64;

/// A loss: name, whether z must be positive, value, gradient, conjugate.
fn losses() -> Vec<(&'static str, bool, Function, Vector, Function)> {
    vec![
        ("square root", false, square_root::value, square_root::gradient, |c| ball_of(square_root::gauge(c))),
        ("absolute", false, absolute::value, absolute::gradient, |c| ball_of(absolute::gauge(c))),
        ("Huber", false, |r| huber::value(r, 0.7), |r| huber::gradient(r, 0.7), |c| huber::conjugate(c, 0.7)),
        (
            "logistic",
            false,
            |z| logistic::value(z, &LABELS),
            |z| logistic::gradient(z, &LABELS),
            |c| logistic::conjugate(c, &LABELS),
        ),
        (
            "Poisson",
            true,
            |z| poisson::value(z, &COUNTS),
            |z| poisson::gradient(z, &COUNTS),
            |c| poisson::conjugate(c, &COUNTS),
        ),
    ]
}

/// The conjugate of a norm, from its dual norm.
fn ball_of(gauge: f64) -> f64 {
    if gauge <= 1.0 + 1e-12 { 0.0 } else { f64::INFINITY }
}

type Prox = fn(&mut [f64], f64);

fn operators() -> Vec<(&'static str, Function, Prox)> {
    vec![
        ("square root", square_root::value, square_root::prox),
        ("absolute", absolute::value, absolute::prox),
        ("Huber", |r| huber::value(r, 0.7), |r, t| huber::prox(r, t, 0.7)),
        ("Poisson", |z| poisson::value(z, &COUNTS), |z, t| poisson::prox(z, t, &COUNTS)),
    ]
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn vector() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(prop_oneof![-3.0..3.0, -0.4..-0.1, 0.1..0.4], 4)
}

proptest! {
    #[test]
    fn gradients_are_slopes(z in vector(), other in vector()) {
        for (name, positive, value, gradient, conjugate) in losses() {
            let z: Vec<f64> = z.iter().map(|z| if positive { z.abs() + 0.05 } else { *z }).collect();
            let slope = gradient(&z);
            for j in 0..z.len() {
                let at = |step: f64| {
                    let mut moved = z.clone();
                    moved[j] += step;
                    value(&moved)
                };
                let near = (at(1e-6) - at(-1e-6)) / 2e-6;
                // A kink within reach makes a difference quotient meaningless.
                let kink = (name == "absolute" && z[j].abs() < 1e-5) || (name == "Huber" && (z[j].abs() - 0.7).abs() < 1e-5);
                prop_assert!(kink || (near - slope[j]).abs() <= 1e-6 * (1.0 + near.abs()), "{}: {} {}", name, near, slope[j]);
            }
            // Fenchel: equality at the gradient, and never less elsewhere.
            let both = value(&z) + conjugate(&slope);
            prop_assert!((both - product(&z, &slope)).abs() <= 1e-12 * (1.0 + both.abs()), "{}: {}", name, both);
            prop_assert!(value(&z) + conjugate(&other) >= product(&z, &other) - 1e-12, "{}", name);
        }
    }

    #[test]
    fn operators_are_argmins(v in vector(), away in vector(), t in 0.01..3.0) {
        for (name, value, prox) in operators() {
            let mut x = v.clone();
            prox(&mut x, t);
            let cost = |x: &[f64]| {
                let shift: Vec<f64> = x.iter().zip(&v).map(|(x, v)| x - v).collect();
                0.5 * product(&shift, &shift) + t * value(x)
            };
            let least = cost(&x);
            for i in -400..=400 {
                let step = f64::from(i * i * i) / 16e6;
                for j in 0..=v.len() {
                    let mut other = x.clone();
                    match other.get_mut(j) {
                        Some(entry) => *entry += step,
                        None => other.iter_mut().zip(&away).for_each(|(x, a)| *x += step * a),
                    }
                    let found = cost(&other);
                    prop_assert!(least <= found + 1e-12 * (1.0 + least.abs()), "{}: {} {}", name, least, found);
                }
            }
        }
    }
}

#[test]
fn extremes_do_not_overflow() {
    assert_eq!(logistic::value(&[1e300, -1e300], &[1.0, -1.0]), 0.0);
    assert_eq!(logistic::value(&[-800.0], &[1.0]), 800.0);
    assert_eq!(logistic::gradient(&[-800.0, 800.0], &[1.0, 1.0])[0], -1.0);
    assert_eq!(poisson::value(&[0.0], &[0.0]), 0.0);
    assert_eq!(poisson::value(&[0.0], &[2.0]), f64::INFINITY);
    let mut tiny = [-1e9];
    poisson::prox(&mut tiny, 1.0, &[1.0]);
    assert!((tiny[0] - 1e-9).abs() < 1e-17, "{tiny:?}");
}
