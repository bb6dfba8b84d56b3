//! Places, channels and data at once: the instance against its formula, and runs from end to end.
#![cfg(not(target_arch = "wasm32"))]

use num_complex::Complex64;
use pursuit::contract::{Ending, Instance, NoFiles, Spec, drive};
use pursuit::labs::recovery::isac::{Answer, JointSensingInstance, LIGHT, apart};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

fn draw(more: &Value, seed: u64, method: &Value) -> (Spec, Arc<dyn Instance>) {
    let mut problem = json!({"id": "joint-sensing"});
    more.as_object().expect("more parameters").iter().for_each(|(name, value)| problem[name] = value.clone());
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    (spec, instance)
}

/// What is measured at the end, by name, and the estimate.
fn run(more: &Value, seed: u64, method: &Value) -> (Vec<(&'static str, f64)>, Vec<Complex64>, Ending) {
    let (spec, instance) = draw(more, seed, method);
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.observe();
        assert!(seen.estimate.is_finite(), "{method}");
        assert!(seen.panels.iter().chain(&instance.observe(&seen)).all(|panel| panel.values.is_finite()), "{method}");
        assert!(instance.traces(&seen).iter().chain(&seen.traces).all(|trace| trace.value.is_finite()), "{method}");
    });
    let seen = run.observe();
    let all = instance.metrics(&seen).into_iter().chain(seen.traces.iter().copied());
    let all = all.map(|trace| (trace.name, trace.value)).collect();
    let pursuit::contract::Values::Complex(estimate) = &seen.estimate else { panic!("a complex estimate") };
    (all, estimate.to_vec(), ending)
}

fn of(metrics: &[(&'static str, f64)], name: &str) -> f64 {
    metrics.iter().find(|metric| metric.0 == name).unwrap_or_else(|| panic!("no {name}")).1
}

fn cis(angle: f64) -> Complex64 {
    Complex64::new(angle.cos(), angle.sin())
}

/// One scatterer and one user, whose gain is what the first entry says: all others follow from delay and direction.
#[test]
fn channels_have_the_phases_of_their_path() {
    let more = json!({"scatterers": 1, "users": 1, "antennas": 5, "subcarriers": 8, "data": 1});
    let seen = (0..5).find_map(|seed| {
        let (_, instance) = draw(&more, seed, &json!({"id": "omp-lmmse"}));
        let known: &JointSensingInstance = instance.as_any().downcast_ref().unwrap();
        (known.truth.channels[0][0].norm() > 0.0).then(|| instance.clone())
    });
    let instance = seen.expect("a user who sees it");
    let known: &JointSensingInstance = instance.as_any().downcast_ref().unwrap();
    let (place, user, station) = (known.truth.scatterers[0], known.truth.users[0], known.world.station);
    let delay = (apart(place, station) + apart(place, user)) / LIGHT;
    let sine = (place[0] - station[0]) / apart(place, station);
    let h = &known.truth.channels[0];
    for n in 0..8 {
        for m in 0..5 {
            // Subcarriers are 100 MHz / 8 apart, delays in nanoseconds; antennas half a wavelength.
            let turns = -std::f64::consts::TAU * 0.1 / 8.0 * n as f64 * delay;
            let expected = h[0] * cis(turns + std::f64::consts::PI * m as f64 * sine);
            assert!((h[n * 5 + m] - expected).norm() < 1e-9 * h[0].norm(), "{n}, {m}");
        }
    }
}

#[test]
fn the_truth_is_perfect() {
    let (_, instance) = draw(&json!({"snr_db": 60}), 2, &json!({"id": "omp-lmmse"}));
    let known: &JointSensingInstance = instance.as_any().downcast_ref().unwrap();
    let truth = &known.truth;
    // What is received is what channels and symbols make, up to noise at 60 dB.
    let (n, m) = (32, 32);
    let (mut off, mut size) = (0.0, 0.0);
    for slot in 0..5 {
        for i in 0..n {
            for (a, y) in known.at(slot, i).iter().enumerate() {
                let sum: Complex64 =
                    (0..2).map(|k| truth.channels[k][i * m + a] * truth.symbols[k][slot * n + i]).sum();
                off += (y - sum).norm_sqr();
                size += sum.norm_sqr();
            }
        }
    }
    assert!((off / size - 1e-6).abs() < 1e-12);
    let places = truth.scatterers.iter().map(|&place| (place, 1.0)).collect();
    let answer = Answer { channels: truth.channels.clone(), symbols: truth.symbols.clone(), places };
    let packed = answer.packed();
    let seen = pursuit::contract::Observation {
        estimate: pursuit::contract::Values::lend(&packed),
        support: Cow::Borrowed(&[]),
        traces: Vec::new(),
        panels: Vec::new(),
        events: Vec::new(),
        products: 0.0,
    };
    assert!(instance.metrics(&seen).iter().all(|metric| metric.value == 0.0));
    assert_eq!(instance.metrics(&seen).len(), 3);
}

#[test]
fn a_scatterer_is_found_between_the_points_of_the_grid() {
    let more = json!({"scatterers": 1, "users": 1, "snr_db": 20, "user_error": 0, "clock_error": 0});
    let (mut moving, mut still) = ([0.0; 2], [0.0; 2]);
    for seed in 0..5 {
        let (metrics, ..) = run(&more, seed, &json!({"id": "turbo-bisvbi"}));
        let (on_grid, ..) = run(&more, seed, &json!({"id": "turbo-bisvbi", "moving": false}));
        assert!(of(&metrics, "relative_error") < 0.02, "{seed}: {}", of(&metrics, "relative_error"));
        assert_eq!(of(&metrics, "symbol_errors"), 0.0);
        for (i, name) in ["relative_error", "scatterer_error"].into_iter().enumerate() {
            moving[i] += of(&metrics, name);
            still[i] += of(&on_grid, name);
        }
    }
    assert!(still[0] > 3.0 * moving[0] && still[1] > moving[1], "{still:?} {moving:?}");
}

#[test]
fn the_inverse_stays_small_and_the_same_seed_gives_the_same_bits() {
    let method = json!({"id": "turbo-bisvbi", "inverse": {"id": "subspace", "size": 10}, "max_steps": 14});
    let small = json!({"antennas": 16, "subcarriers": 16});
    let (metrics, estimate, ending) = run(&small, 3, &method);
    assert!(of(&metrics, "held") <= 10.0 && of(&metrics, "entries") > 20.0);
    assert!(!matches!(ending, Ending::Failed(_) | Ending::Diverged(_)));
    assert_eq!(estimate, run(&small, 3, &method).1);
}

#[test]
fn odd_corners_end_well() {
    for more in [
        json!({"users": 1, "scatterers": 1, "data": 0, "antennas": 4, "subcarriers": 8}),
        json!({"users": 4, "scatterers": 12, "pilots": 2, "antennas": 8, "subcarriers": 8, "snr_db": -20}),
        json!({"snr_db": 60, "antennas": 8, "subcarriers": 8, "side": 16, "user_error": 0, "clock_error": 0}),
    ] {
        for method in [
            json!({"id": "turbo-bisvbi", "cells": 6}),
            json!({"id": "turbo-bisvbi", "cells": 5, "coarse": false, "common": false, "inverse": {"id": "full"}, "max_steps": 12}),
            json!({"id": "omp-lmmse", "cells": 6}),
        ] {
            let (metrics, _, ending) = run(&more, 1, &method);
            assert!(!matches!(ending, Ending::Failed(_) | Ending::Diverged(_)), "{more}, {method}: {ending:?}");
            assert!(metrics.iter().all(|metric| metric.1.is_finite()));
        }
    }
}

#[test]
fn a_full_inverse_of_too_much_gets_a_sentence() {
    let method = json!({"id": "turbo-bisvbi", "coarse": false, "inverse": {"id": "full"}});
    let (spec, instance) = draw(&json!({}), 1, &method);
    let complaint = spec.start(0, &instance, registry()).err().expect("a complaint");
    assert_eq!(complaint.field, "methods[0].inverse");
}
