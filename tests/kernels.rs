//! Kernels against their plain meaning, to the last bit: any length, any alignment, any number.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use pursuit::kernels::{axpy, axpy_dot, dot, dot_pair, exp, gemm, gemm_f32};

/// The order that `dot` promises for real numbers, written plainly.
fn plain_dot(x: &[f64], y: &[f64]) -> f64 {
    let whole = x.len() / 8 * 8;
    let mut lanes = [0.0; 8];
    for i in 0..whole {
        lanes[i % 8] += x[i] * y[i];
    }
    let pair = |i: usize| lanes[i] + lanes[i + 4];
    let sum = (pair(0) + pair(2)) + (pair(1) + pair(3));
    (whole..x.len()).fold(sum, |sum, i| sum + x[i] * y[i])
}

fn plain_axpy(alpha: f64, x: &[f64], y: &mut [f64]) {
    for i in 0..y.len() {
        y[i] += alpha * x[i];
    }
}

/// The order that `gemm` promises: 256 products at a time, and each such sum added to what is there.
fn plain_gemm((rows, inner, cols): (usize, usize, usize), a: &[f64], b: &[f64], c: &mut [f64]) {
    for (place, c) in c.iter_mut().enumerate().take(rows * cols) {
        let (i, j) = (place % rows, place / rows);
        for start in (0..inner).step_by(256) {
            let products = (start..inner.min(start + 256)).map(|k| a[k * rows + i] * b[j * inner + k]);
            *c += products.fold(0.0, |sum, product| sum + product);
        }
    }
}

/// Bits, with one pattern for all NaN: which of two NaN an addition keeps is the machine's choice.
fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| if v.is_nan() { u64::MAX } else { v.to_bits() }).collect()
}

/// Ordinary numbers, and those that break things: signed zeros, denormals, huge ones, infinities.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -10.0..10.0f64,
        1 => prop_oneof![Just(0.0), Just(-0.0)],
        1 => prop_oneof![Just(5e-324), Just(-3e-310), Just(1e-160)],
        1 => prop_oneof![Just(1e300), Just(-1e155), Just(f64::MAX)],
        1 => prop_oneof![Just(f64::INFINITY), Just(f64::NEG_INFINITY)],
    ]
}

/// `columns` vectors of one length; each begins `shift` entries into its memory.
fn vectors(columns: usize) -> impl Strategy<Value = (usize, Vec<Vec<f64>>)> {
    (0usize..67, 0usize..4).prop_flat_map(move |(length, shift)| {
        let vector = prop::collection::vec(number(), length + shift);
        (Just(shift), prop::collection::vec(vector, columns))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn reductions_keep_their_order((shift, v) in vectors(3), alpha in number()) {
        let (x, y, z) = (&v[0][shift..], &v[1][shift..], &v[2][shift..]);
        prop_assert_eq!(bits(&[dot(x, y)]), bits(&[plain_dot(x, y)]));
        prop_assert_eq!(bits(&dot_pair([x, z], y)), bits(&[plain_dot(x, y), plain_dot(z, y)]));
        let (mut fast, mut plain) = (y.to_vec(), y.to_vec());
        axpy(alpha, x, &mut fast);
        plain_axpy(alpha, x, &mut plain);
        prop_assert_eq!(bits(&fast), bits(&plain));
        let (mut memory, mut plain) = (v[1].clone(), y.to_vec());
        let told = axpy_dot(alpha, x, &mut memory[shift..], z);
        plain_axpy(alpha, x, &mut plain);
        prop_assert_eq!(bits(&memory[shift..]), bits(&plain));
        prop_assert_eq!(bits(&[told]), bits(&[plain_dot(z, &plain)]));
    }

    #[test]
    fn products_of_matrices_keep_their_order(rows in 0usize..19, inner in 0usize..300, cols in 0usize..19, seed in 0u32..99) {
        let entry = |i: usize, step: f64| libm::sin(i as f64 * step + f64::from(seed));
        let a: Vec<f64> = (0..rows * inner).map(|i| entry(i, 0.7)).collect();
        let b: Vec<f64> = (0..inner * cols).map(|i| entry(i, 1.3)).collect();
        let c: Vec<f64> = (0..rows * cols).map(|i| entry(i, 2.9)).collect();
        let (mut fast, mut plain) = (c.clone(), c.clone());
        gemm((rows, inner, cols), &a, &b, &mut fast);
        plain_gemm((rows, inner, cols), &a, &b, &mut plain);
        prop_assert_eq!(bits(&fast), bits(&plain));
        let single = |x: &[f64]| x.iter().map(|&x| x as f32).collect::<Vec<f32>>();
        let mut short = single(&c);
        gemm_f32((rows, inner, cols), &single(&a), &single(&b), &mut short);
        for (short, plain) in short.iter().zip(&plain) {
            prop_assert!((f64::from(*short) - plain).abs() <= 1e-6 * (1.0 + inner as f64), "{} {}", short, plain);
        }
    }

    #[test]
    fn exponentials_are_within_two_units(x in prop::collection::vec(-708.0..709.0f64, 0..67), shift in 0usize..4) {
        let shift = shift.min(x.len());
        let mut fast = x.clone();
        exp(&mut fast[shift..]);
        for (fast, &x) in fast[shift..].iter().zip(&x[shift..]) {
            let mut alone = [x];
            exp(&mut alone);
            prop_assert_eq!(fast.to_bits(), alone[0].to_bits());
            let exact = libm::exp(x);
            prop_assert!(exact.to_bits().abs_diff(fast.to_bits()) <= 2, "exp({}) = {}, not {}", x, fast, exact);
        }
    }
}

#[test]
fn exponentials_at_the_ends() {
    let mut x = [0.0, -0.0, 1.0, f64::NEG_INFINITY, -709.0, f64::INFINITY, 710.0, f64::NAN];
    exp(&mut x);
    assert_eq!(x[..2], [1.0, 1.0]);
    assert!(x[2].to_bits().abs_diff(std::f64::consts::E.to_bits()) <= 2);
    assert_eq!(x[3..7], [0.0, 0.0, f64::INFINITY, f64::INFINITY]);
    assert!(x[7].is_nan());
}
