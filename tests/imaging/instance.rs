//! The instance itself: the truth is perfect, scanners measure what they say, and a seed is a volume.

use super::run::{instance, small, volumes};
use pursuit::contract::{Observation, Values};
use pursuit::operators::LinearOperator;
use serde_json::json;
use std::borrow::Cow;

fn seen(x: &[f64]) -> Observation<'_> {
    Observation {
        estimate: Values::lend(x),
        support: Cow::Borrowed(&[]),
        traces: Vec::new(),
        panels: Vec::new(),
        events: Vec::new(),
        products: 0.0,
    }
}

#[test]
fn the_truth_is_perfect() {
    for scene in ["body", "prior-sample", "turned", "boxes"] {
        for scanner in [json!({"id": "ct", "views": 5}), json!({"id": "mri"})] {
            let drawn = instance(&small(json!({"scene": scene, "scanner": scanner})), 3);
            let truth = volumes(&drawn).truth.clone();
            for metric in drawn.metrics(&seen(&truth)) {
                let expected = match metric.name {
                    "relative_error" | "relative_residual" => 0.0,
                    "roughness" | "ssim" | "sagittal_ssim" => 1.0,
                    // A draw from the prior leaves the range of greys a little, where the ratio clips it.
                    "psnr" if scene == "prior-sample" => continue,
                    _ => 200.0,
                };
                assert!((metric.value - expected).abs() < 1e-12, "{scene} {}: {}", metric.name, metric.value);
            }
        }
    }
}

#[test]
fn a_seed_is_a_volume_and_noise_has_its_size() {
    let (one, same, other) =
        (instance(&small(json!({})), 4), instance(&small(json!({})), 4), instance(&small(json!({})), 5));
    assert_eq!(volumes(&one).measurements, volumes(&same).measurements);
    assert_ne!(volumes(&one).truth, volumes(&other).truth);
    let noisy = instance(&small(json!({"noise": 0.1, "scanner": {"id": "ct", "views": 30}})), 4);
    let noisy = volumes(&noisy);
    let mut clean = vec![0.0; noisy.measurements.len()];
    noisy.operator.apply(&noisy.truth, &mut clean);
    let square = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>();
    let off: Vec<f64> = clean.iter().zip(&noisy.measurements).map(|(a, b)| a - b).collect();
    // About 5500 errors: a ratio of squares within five standard deviations.
    assert!((square(&off) / square(&clean) / 0.01 - 1.0).abs() < 0.1);
}

/// A view of parallel beams holds all of a slice's mass, whatever its angle; over a short arc all views look nearly the same way.
#[test]
fn views_hold_the_mass_of_their_slice() {
    let drawn = instance(&small(json!({"scanner": {"id": "ct", "views": 7, "arc": 60}})), 1);
    let drawn = volumes(&drawn);
    let size = drawn.measurements.len() / 8;
    for (slice, views) in drawn.truth.chunks_exact(256).zip(drawn.measurements.chunks_exact(size)) {
        let mass: f64 = slice.iter().sum();
        for view in views.chunks_exact(size / 7) {
            assert!((view.iter().sum::<f64>() / drawn.scale - mass).abs() < 1e-10 * (1.0 + mass));
        }
    }
}

/// The frequency zero is the mean, times the side.
#[test]
fn the_line_through_the_centre_holds_the_mean() {
    let drawn = instance(&small(json!({"scanner": {"id": "mri"}})), 1);
    let drawn = volumes(&drawn);
    let size = drawn.measurements.len() / 8;
    for (slice, lines) in drawn.truth.chunks_exact(256).zip(drawn.measurements.chunks_exact(size)) {
        let mean = slice.iter().sum::<f64>() / 256.0;
        assert!((lines[0] - 16.0 * mean).abs() < 1e-12 && lines[1].abs() < 1e-12);
    }
}
