//! The prior that ships: lawful, learned, and made by its recipe.

use pursuit::labs::imaging::prior::{VOLUMES, axial, fitted};
use pursuit::models::denoiser::{Denoiser, MixtureFit, quantised};
use pursuit::signals::bodies::body;
use pursuit::signals::random::{Random, Stream};

fn noisy(images: &[f64], deviation: f64) -> Vec<f64> {
    let mut random = Random::new(1, Stream::Probe);
    images.iter().map(|x| x + deviation * random.normal()).collect()
}

/// `10 log10(1 / mean squared error)`.
fn psnr(x: &[f64], y: &[f64]) -> f64 {
    let square: f64 = x.iter().zip(y).map(|(x, y)| (x.clamp(0.0, 1.0) - y) * (x.clamp(0.0, 1.0) - y)).sum();
    -10.0 * (square / x.len() as f64).log10()
}

#[test]
fn components_are_lawful_at_both_sizes() {
    for side in [16, 32] {
        let prior = axial(side);
        assert_eq!(prior.size(), side * side);
        let weights: f64 = prior.components().iter().map(|component| component.weight).sum();
        assert!((weights - 1.0).abs() < 1e-12);
        for component in prior.components() {
            assert!(component.rest > 0.0 && component.variances.iter().all(|&variance| variance >= component.rest));
            for (i, u) in component.basis.iter().enumerate() {
                for v in &component.basis[..=i] {
                    let product: f64 = u.iter().zip(v).map(|(a, b)| a * b).sum();
                    let expected = if std::ptr::eq(u, v) { 1.0 } else { 0.0 };
                    assert!((product - expected).abs() < 1e-12);
                }
            }
        }
    }
}

/// Slices of bodies that it has not seen.
#[test]
fn it_denoises_what_it_has_not_seen() {
    for (side, least) in [(32, [29.0, 27.5, 26.0, 23.5]), (16, [29.0, 27.0, 25.0, 21.5])] {
        let (prior, images) = (axial(side), body(side, 32, 77));
        for (deviation, least) in [0.05, 0.1, 0.2, 0.5].into_iter().zip(least) {
            let clean = prior.denoise(&noisy(&images, deviation), deviation);
            let reached = psnr(&clean, &images);
            println!("{side} {deviation}: {reached:.2} dB");
            assert!(reached >= least, "{side}, {deviation}: {reached}");
        }
    }
}

/// Bytes cost the Jacobian nothing of its symmetry, `<u, J v> = <v, J u>`.
#[test]
fn its_jacobian_is_symmetric() {
    let prior = axial(32);
    let images = noisy(&body(32, 8, 5), 0.3);
    let there = prior.linearise(&images, 0.3);
    let (u, v) = (noisy(&vec![0.0; images.len()], 1.0), body(32, 8, 6));
    let (ju, jv) = (there.vjp(&u), there.vjp(&v));
    for i in 0..8 {
        let of = |x: &[f64], y: &[f64]| {
            x[i * 1024..(i + 1) * 1024].iter().zip(&y[i * 1024..]).map(|(a, b)| a * b).sum::<f64>()
        };
        let (one, other) = (of(&u, &jv), of(&v, &ju));
        assert!((one - other).abs() < 1e-9 * (1.0 + one.abs()), "{one} and {other}");
    }
}

/// A few bodies are enough to see that learning is what makes the prior: it denoises better than one that knows a single Gaussian.
#[test]
fn more_components_denoise_better() {
    let images = body(32, 32, 78);
    let seen = noisy(&images, 0.2);
    let reached = |components| {
        let fit = MixtureFit { components, rank: 6, rounds: 2, ..MixtureFit::default() };
        psnr(&fitted(&fit, 12).denoise(&seen, 0.2), &images)
    };
    let (one, many) = (reached(1), reached(8));
    assert!(many > one + 1.0, "{one} and {many}");
}

#[test]
fn the_file_is_what_its_recipe_makes() {
    if std::env::var("PURSUIT_LONG").is_ok_and(|value| value == "1") {
        let stored = include_bytes!("../../src/labs/imaging/prior/axial.mixture");
        assert!(quantised(&fitted(&MixtureFit::default(), VOLUMES)) == stored, "fit-slice-prior writes another file");
    }
}
