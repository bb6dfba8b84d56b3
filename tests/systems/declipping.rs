//! Clipped sound: what is consistent, how windows come together again, and what every method owes to both.

use crate::run::{Done, distance, norm, run};
use pursuit::contract::{Ending, Instance, NoFiles};
use pursuit::labs::recovery::declipping::{DeclippingInstance, Frames};
use pursuit::labs::registry;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::sync::Arc;

fn drawn(params: &Value, seed: u64) -> Arc<dyn Instance> {
    registry().problem("declipping").unwrap().instance(params, seed, &NoFiles).expect("an instance")
}

fn declipping(instance: &Arc<dyn Instance>) -> &DeclippingInstance {
    instance.as_any().downcast_ref().expect("an instance of declipping")
}

fn restored(sdr: f64, method: &Value) -> Done {
    let done = run(&json!({"id": "declipping", "seconds": 0.06, "sdr": sdr}), 2, method);
    assert!(matches!(done.ending, Ending::Converged(_)), "{method}: {:?}", done.ending);
    done
}

fn metric(done: &Done, name: &str) -> f64 {
    let instance = declipping(&done.instance);
    match name {
        "inconsistency" => instance.consistency.violation(&done.estimate) / norm(&instance.truth),
        _ => instance.sdr(&done.estimate) - instance.sdr(&instance.clipped),
    }
}

#[test]
fn sounds_are_clipped_to_the_ratio_that_is_asked_for() {
    for sound in ["chord", "plucks", "bells", "siren", "noise"] {
        for sdr in [1.0, 7.0, 20.0] {
            let instance = drawn(&json!({"sound": sound, "seconds": 0.1, "sdr": sdr}), 4);
            let seen = declipping(&instance);
            assert!((seen.sdr(&seen.clipped) - sdr).abs() < 1e-6, "{sound}: {}", seen.sdr(&seen.clipped));
            assert_eq!(seen.consistency.violation(&seen.truth), 0.0, "the truth is consistent");
            assert_eq!(seen.relative_error(&seen.truth), 0.0);
            let lost = (0..seen.truth.len()).filter(|&t| seen.consistency.is_clipped(t)).count();
            let loud = seen.truth.iter().filter(|x| x.abs() >= seen.level).count();
            assert_eq!(lost, loud);
            assert!(
                seen.clipped.iter().zip(&seen.truth).all(|(y, x)| y == x || (y.abs() == seen.level && y * x > 0.0))
            );
        }
    }
}

#[test]
fn the_projection_is_the_nearest_consistent_sound() {
    let instance = drawn(&json!({"seconds": 0.02, "sdr": 3}), 1);
    let DeclippingInstance { truth, consistency, level, .. } = declipping(&instance);
    let mut random = Random::new(1, Stream::Probe);
    let mut normal = |size: f64| -> Vec<f64> { truth.iter().map(|_| size * random.normal()).collect() };
    let x = normal(1.0);
    let mut nearest = x.clone();
    consistency.project(&mut nearest);
    assert_eq!(consistency.violation(&nearest), 0.0);
    assert!((distance(&x, &nearest) - consistency.violation(&x)).abs() < 1e-12);
    for size in [0.1, 1.0, 3.0] {
        for _ in 0..20 {
            // Louder where the truth was clipped: consistent by its definition, and not by the projection.
            let louder = normal(size).into_iter().zip(truth);
            let other: Vec<f64> =
                louder.map(|(d, x)| if x.abs() >= *level { x + x.signum() * d.abs() } else { *x }).collect();
            let side: f64 = x.iter().zip(&nearest).zip(&other).map(|((x, p), o)| (x - p) * (o - p)).sum();
            assert!(side <= 1e-12, "a consistent sound lies nearer");
        }
    }
}

#[test]
fn true_windows_overlaid_are_the_true_sound() {
    let instance = drawn(&json!({"seconds": 0.1, "sdr": 2}), 5);
    let DeclippingInstance { truth, clipped, consistency, .. } = declipping(&instance);
    for (window, overlap) in [(64, 2), (256, 4), (300, 3), (1024, 4), (101, 8), (2048, 2)] {
        let windows = Frames { window, overlap, redundancy: 1 }.over(truth.len());
        let mut sound = clipped.clone();
        let mut touched = 0;
        for index in 0..windows.count() {
            let Some(block) = windows.block(index, clipped, consistency) else { continue };
            let wanted = windows.block(index, truth, consistency).expect("the same window");
            assert!(block.consistency.violation(&wanted.samples) < 1e-15, "bounds are windowed like samples");
            windows.overlay(&block, &wanted.samples, &mut sound);
            touched += 1;
        }
        assert!(distance(&sound, truth) < 1e-12 * norm(truth), "{window}, {overlap}: {}", distance(&sound, truth));
        assert!(touched > 0 && windows.count() <= Frames::most());
    }
}

#[test]
fn all_models_of_spade_are_consistent_and_nearer_to_the_truth() {
    for model in ["analysis", "synthesis", "corrected"] {
        let done = restored(3.0, &json!({"id": "spade-declipping", "model": model, "frames": {"window": 512}}));
        // Synthesis keeps z, whose sound is consistent up to rounding.
        assert!(metric(&done, "inconsistency") < 1e-12, "{model}: {}", metric(&done, "inconsistency"));
        assert!(metric(&done, "improvement") > 4.0, "{model}: {} dB", metric(&done, "improvement"));
        assert!(done.last("misfit") <= 0.1);
    }
}

/// k starts at `growth`, and grows by it every so many iterations, in every frame anew.
#[test]
fn sparsity_grows_as_it_is_told() {
    let method = json!({"id": "spade-declipping", "growth": 3, "every": 2, "frames": {"window": 256}});
    let done = restored(3.0, &method);
    let held = done.panel("sparsity");
    let mut frames = 0;
    for history in &held {
        let last = history.len() - 1;
        assert_eq!(history[last] as usize, 3 * (1 + last / 2), "after {last} iterations");
        frames += usize::from(last == 0);
    }
    assert_eq!(frames, done.steps, "a step a frame");
    assert!(held.len() > 4 * frames);
}

#[test]
fn a_looser_test_ends_sooner() {
    let steps = |tolerance: f64| {
        let method = json!({"id": "spade-declipping", "tolerance": tolerance, "frames": {"window": 256}});
        restored(5.0, &method).last("frame_iterations")
    };
    let (loose, usual, strict) = (steps(1.0), steps(0.1), steps(0.001));
    assert!(loose < usual && usual < strict, "{loose}, {usual}, {strict}");
}

#[test]
fn rivals_keep_what_they_promise() {
    let iht = restored(8.0, &json!({"id": "consistent-iht"}));
    assert!(iht.last("misfit") <= 0.1 && metric(&iht, "inconsistency") < 0.03);
    assert!(metric(&iht, "improvement") > 3.0, "{} dB", metric(&iht, "improvement"));
    for model in ["analysis", "synthesis"] {
        let once = restored(8.0, &json!({"id": "l1-declipping", "model": model }));
        let again = json!({"id": "l1-declipping", "model": model, "rounds": 4});
        let again = restored(8.0, &again);
        assert_eq!(metric(&once, "inconsistency"), 0.0);
        assert_eq!(metric(&again, "inconsistency"), 0.0);
        let (plain, weighted) = (metric(&once, "improvement"), metric(&again, "improvement"));
        assert!(weighted > plain + 0.5, "{model}: {weighted} dB with weights, {plain} without");
    }
    let cubic = restored(12.0, &json!({"id": "cubic-declipping"}));
    assert_eq!((metric(&cubic, "inconsistency"), cubic.steps), (0.0, 1));
    assert!(metric(&cubic, "improvement") > 0.5, "{} dB", metric(&cubic, "improvement"));
}
