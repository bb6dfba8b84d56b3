//! What the tests of this folder share.

use num_complex::Complex64;

/// The lengths at which a transform is held against its definition.
pub(super) fn lengths() -> impl Iterator<Item = usize> {
    (1..=40).chain([64, 100, 128, 257])
}

/// A fixed signal without structure, uniform in `[-1, 1)`: splitmix64 on the index.
pub(super) fn noise(n: usize, seed: u64) -> Vec<f64> {
    (0..n as u64)
        .map(|i| {
            let mut z = (i + 1 + (seed << 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            z ^= z >> 31;
            (z >> 11) as f64 / (1u64 << 52) as f64 - 1.0
        })
        .collect()
}

/// Two of them as real and imaginary parts.
pub(super) fn complex_noise(n: usize, seed: u64) -> Vec<Complex64> {
    let (re, im) = (noise(n, 2 * seed), noise(n, 2 * seed + 1));
    re.into_iter().zip(im).map(|(re, im)| Complex64::new(re, im)).collect()
}

/// `exp(i angle)` from the platform's sine and cosine, which the transforms do not use.
pub(super) fn cis(angle: f64) -> Complex64 {
    Complex64::new(angle.cos(), angle.sin())
}

/// The sum of squares; only the property tests, which are native, ask for it.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn energy(x: &[f64]) -> f64 {
    x.iter().map(|v| v * v).sum()
}

/// The inner product.
pub(super) fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(a, b)| a * b).sum()
}

/// Fails unless the signals agree to `tolerance` in every sample.
#[track_caller]
pub(super) fn assert_close(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (i, (g, w)) in got.iter().zip(want).enumerate() {
        assert!((g - w).abs() <= tolerance, "sample {i} of {}: got {g}, want {w}", got.len());
    }
}

/// The same for complex signals.
#[track_caller]
pub(super) fn assert_close_complex(got: &[Complex64], want: &[Complex64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (i, (g, w)) in got.iter().zip(want).enumerate() {
        assert!((g - w).norm_sqr().sqrt() <= tolerance, "sample {i} of {}: got {g}, want {w}", got.len());
    }
}

/// A fingerprint of the exact bits (FNV-1a over 64-bit words), to hold every platform to the same numbers.
pub(super) fn fingerprint(x: &[f64]) -> u64 {
    x.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, v| (hash ^ v.to_bits()).wrapping_mul(0x0100_0000_01b3))
}
