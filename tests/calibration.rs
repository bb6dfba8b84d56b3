//! Signals through unknown gains: exact recovery, normal equations, singular vectors, convolutions by their sums.
#![cfg(not(target_arch = "wasm32"))]

use nalgebra::{DMatrix, DVector};
use num_complex::Complex64;
use pursuit::contract::{Ending, Instance, NoFiles, Observation, Spec, Values, drive};
use pursuit::labs::recovery::calibration::{CalibrationInstance, aligned};
use pursuit::labs::registry;
use pursuit::operators::Dense;
use pursuit::transforms::Fft;
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

struct Done {
    instance: Arc<dyn Instance>,
    ending: Ending,
    estimate: Vec<Complex64>,
    /// Traces after each step.
    traces: Vec<Vec<(&'static str, f64)>>,
}

impl Done {
    fn trace(&self, name: &str) -> Vec<f64> {
        self.traces.iter().map(|step| step.iter().find(|trace| trace.0 == name).expect("a trace").1).collect()
    }

    fn last(&self, name: &str) -> f64 {
        *self.trace(name).last().expect("a step")
    }

    fn calibration(&self) -> &CalibrationInstance {
        self.instance.as_any().downcast_ref().expect("an instance of calibration")
    }
}

fn draw(problem: &Value, seed: u64) -> Arc<dyn Instance> {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [{"id": "self-calibration"}]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{problem}: {complaint}"));
    spec.instance(registry(), &NoFiles).expect("an instance")
}

fn run(problem: &Value, seed: u64, method: &Value) -> Done {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).unwrap_or_else(|complaint| panic!("{method}: {complaint}"));
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let mut traces = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.observe();
        let panels = seen.panels.iter().chain(&instance.observe(&seen)).all(|panel| panel.values.is_finite());
        assert!(seen.estimate.is_finite() && panels, "{method}");
        let all = seen.traces.iter().copied().chain(instance.traces(&seen)).map(|trace| (trace.name, trace.value));
        traces.push(all.collect());
    });
    let Values::Complex(estimate) = &run.observe().estimate else { panic!("a complex estimate") };
    let estimate = estimate.to_vec();
    Done { instance, ending, estimate, traces }
}

fn sensors(more: &Value, gains: &str, snr_db: Option<f64>) -> Value {
    let mut scene = json!({"id": "sensors", "sensors": 12, "unknowns": 5, "snapshots": 3});
    more.as_object().expect("more parameters").iter().for_each(|(name, value)| scene[name] = value.clone());
    let noise = snr_db.map_or(json!({"id": "none"}), |snr_db| json!({"id": "gaussian", "snr_db": snr_db}));
    json!({"id": "calibration", "scene": scene, "gains": {"id": gains}, "noise": noise})
}

/// All models, and all laws of gains.
fn all(snr_db: Option<f64>) -> Vec<Value> {
    let models = ["repeated", "inputs", "signals"];
    let gains = ["phases", "factors", "filter", "waves"];
    models.iter().flat_map(|model| gains.map(|gains| sensors(&json!({"model": model}), gains, snr_db))).collect()
}

/// U with its columns at unit length, its scales and w in their units.
fn scaled(instance: &CalibrationInstance) -> (DMatrix<Complex64>, Vec<f64>, DVector<Complex64>) {
    let mut matrix = Dense::of(&*instance.system).matrix().clone();
    let mut scales = Vec::new();
    for mut column in matrix.column_iter_mut() {
        scales.push(1.0 / column.norm());
        column *= Complex64::from(scales[scales.len() - 1]);
    }
    let anchor = instance.system.anchor().into_iter().zip(&scales).map(|(w, scale)| w * scale);
    let anchor = DVector::from_iterator(scales.len(), anchor);
    (matrix, scales, anchor)
}

/// `(x, s)` from unknowns of scaled columns.
fn unscaled(instance: &CalibrationInstance, scales: &[f64], z: &DVector<Complex64>) -> Vec<Complex64> {
    let z: Vec<Complex64> = z.iter().zip(scales).map(|(z, scale)| z * scale).collect();
    let (x, handles) = z.split_at(instance.system.signal());
    [x.to_vec(), instance.system.inverse_gains(handles)].concat()
}

fn apart(a: &[Complex64], b: &[Complex64]) -> f64 {
    let norm = |x: &mut dyn Iterator<Item = Complex64>| x.map(|v| v.norm_sqr()).sum::<f64>().sqrt();
    norm(&mut a.iter().zip(b).map(|(a, b)| a - b)) / norm(&mut b.iter().copied())
}

#[test]
fn the_truth_is_perfect_and_any_multiple_of_it() {
    let picture = json!({"id": "calibration", "scene": {"id": "picture", "side": 8}, "gains": {"id": "filter"}});
    for problem in all(None).into_iter().chain([picture]) {
        let instance = draw(&problem, 3);
        let known: &CalibrationInstance = instance.as_any().downcast_ref().unwrap();
        let factor = Complex64::new(0.3, -2.0);
        let truth: Vec<Complex64> =
            known.signal.iter().copied().chain(known.gains.iter().map(|d| 1.0 / d)).map(|z| z * factor).collect();
        let seen = Observation {
            estimate: Values::lend(&truth),
            support: Cow::Borrowed(&[]),
            traces: Vec::new(),
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        };
        let metrics = instance.metrics(&seen);
        assert!(metrics.len() == 4 && metrics.iter().all(|metric| metric.value < 1e-13), "{problem}: {metrics:?}");
        let again = draw(&problem, 3);
        let again: &CalibrationInstance = again.as_any().downcast_ref().unwrap();
        assert_eq!(known.system.measurements, again.system.measurements);
    }
}

#[test]
fn least_squares_meets_its_normal_equations() {
    for problem in all(Some(15.0)) {
        for solver in ["direct", "iterations"] {
            let done = run(&problem, 4, &json!({"id": "self-calibration", "solver": solver, "tolerance": 1e-13}));
            let (matrix, scales, w) = scaled(done.calibration());
            let normal = matrix.adjoint() * &matrix + &w * w.adjoint();
            let expected = normal.cholesky().expect("noise makes it definite").solve(&w);
            let expected = unscaled(done.calibration(), &scales, &expected);
            let off = apart(&done.estimate, &expected);
            assert!(off < 1e-8, "{problem}, {solver}: {off}");
        }
    }
}

#[test]
fn the_spectral_answer_is_the_last_singular_vector() {
    for problem in all(Some(15.0)) {
        for solver in ["direct", "iterations"] {
            let method = json!({"id": "self-calibration", "way": "spectral", "solver": solver, "tolerance": 1e-13});
            let done = run(&problem, 4, &method);
            let (matrix, scales, _) = scaled(done.calibration());
            let svd = matrix.svd(false, true);
            let last = svd.singular_values.len() - 1;
            let v = svd.v_t.expect("right vectors").row(last).adjoint();
            let expected = unscaled(done.calibration(), &scales, &v);
            let (_, off) = aligned(&done.estimate, &expected);
            assert!(off < 1e-6, "{problem}, {solver}: {off}");
            assert!((done.last("shrinks_to") - svd.singular_values[last]).abs() < 1e-10, "{problem}, {solver}");
        }
    }
}

#[test]
fn as_many_equations_as_unknowns_but_one_are_enough_and_one_less_is_not() {
    // m p = m + n - 1 with one signal, and m + p n - 1 with several.
    for (model, enough) in [("repeated", 25), ("inputs", 8), ("signals", 8)] {
        for way in ["least-squares", "spectral"] {
            let method = json!({"id": "self-calibration", "way": way, "solver": "direct"});
            let problem = |n: usize| {
                let snapshots = if model == "repeated" { 3 } else { 4 };
                let scene = json!({"model": model, "unknowns": n, "snapshots": snapshots, "sensors": 12});
                sensors(&scene, "phases", None)
            };
            for seed in 0..5 {
                let done = run(&problem(enough), seed, &method);
                assert!(done.last("relative_error") < 1e-11, "{model}, {way}: {}", done.last("relative_error"));
            }
            let done = run(&problem(enough + 2), 1, &method);
            assert!(matches!(&done.ending, Ending::Failed(why) if why.contains("more than one answer")));
            assert!(done.last("relative_error") > 0.5);
        }
    }
}

#[test]
fn a_coded_signal_through_a_filter_is_convolved() {
    let scene = json!({"model": "inputs", "matrix": "coded", "snapshots": 2});
    let instance = draw(&sensors(&scene, "filter", None), 6);
    let known: &CalibrationInstance = instance.as_any().downcast_ref().unwrap();
    let (m, plan) = (12, Fft::new(12));
    let back = |spectrum: &[Complex64]| {
        let mut x = spectrum.to_vec();
        plan.inverse(&mut x);
        x
    };
    let h = back(&known.gains);
    assert!(h.iter().all(|h| h.im.abs() < 1e-14 && h.re > -1e-14), "a filter is real and of no negative taps");
    for l in 0..2 {
        let x = known.system.signal_of(l, &known.signal);
        let mut sent = vec![Complex64::default(); m];
        for (j, x) in x.iter().enumerate() {
            let mut column = vec![Complex64::default(); m];
            known.system.sensing[l].column(j, &mut column);
            sent.iter_mut().zip(back(&column)).for_each(|(sent, code)| *sent += code * x);
        }
        let convolved: Vec<Complex64> = (0..m).map(|i| (0..m).map(|j| h[j] * sent[(i + m - j) % m]).sum()).collect();
        assert!(apart(&back(&known.system.measurements[l]), &convolved) < 1e-12);
    }
}

#[test]
fn a_picture_comes_out_from_behind_an_unknown_blur() {
    for gains in ["filter", "phases"] {
        let scene = json!({"id": "picture", "side": 16, "masks": 4, "motif": "cells"});
        let problem = json!({"id": "calibration", "scene": scene, "gains": {"id": gains}});
        let blind = run(&problem, 2, &json!({"id": "self-calibration"}));
        assert!(blind.last("signal_error") < 1e-6, "{gains}: {}", blind.last("signal_error"));
        let not = run(&problem, 2, &json!({"id": "uncalibrated"}));
        assert!(not.last("signal_error") > 0.2, "{gains}: {}", not.last("signal_error"));
    }
}

/// `|y - diag(d) A x|^2`.
fn misfit(instance: &CalibrationInstance, x: &[Complex64], d: &[Complex64]) -> f64 {
    let mut sum = 0.0;
    for (l, y) in instance.system.measurements.iter().enumerate() {
        let mut image = vec![Complex64::default(); d.len()];
        instance.system.sensing[l].apply(instance.system.signal_of(l, x), &mut image);
        sum += y.iter().zip(&image).zip(d).map(|((y, image), d)| (y - image * d).norm_sqr()).sum::<f64>();
    }
    sum
}

#[test]
fn alternation_never_fits_worse_and_ends_where_no_change_helps() {
    for model in ["repeated", "inputs", "signals"] {
        let problem = sensors(&json!({"model": model}), "factors", Some(20.0));
        let method = json!({"id": "alternating-calibration", "tolerance": 1e-13, "max_steps": 5000});
        let done = run(&problem, 5, &method);
        let trace = done.trace("misfit");
        assert!(trace.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)), "{model}");
        let instance = done.calibration();
        let (x, s) = done.estimate.split_at(instance.signal.len());
        let d: Vec<Complex64> = s.iter().map(|s| 1.0 / s).collect();
        let here = misfit(instance, x, &d);
        for part in [Complex64::new(1e-4, 0.0), Complex64::new(0.0, 1e-4)] {
            for i in 0..x.len() + d.len() {
                let moved = |sign: f64| {
                    let (mut x, mut d) = (x.to_vec(), d.clone());
                    if i < x.len() {
                        x[i] += part * sign
                    } else {
                        d[i - x.len()] += part * sign
                    }
                    misfit(instance, &x, &d)
                };
                let slope = (moved(1.0) - moved(-1.0)) / 2e-4;
                assert!(slope.abs() < 1e-4 * here.sqrt().max(1e-3), "{model}, {i}: {slope}");
            }
        }
    }
}

#[test]
fn a_linear_start_makes_alternation_better_and_none_is_worth_little() {
    let problem = sensors(&json!({"sensors": 32, "unknowns": 16, "snapshots": 4}), "phases", Some(20.0));
    let errors = |method: Value| (0..5).map(|seed| run(&problem, seed, &method).last("relative_error")).sum::<f64>();
    let linear = errors(json!({"id": "self-calibration"}));
    let polished = errors(json!({"id": "alternating-calibration", "start": "linear"}));
    let not = errors(json!({"id": "uncalibrated"}));
    assert!(polished < linear && linear < not, "{polished}, {linear}, {not}");
}

#[test]
fn what_cannot_be_used_gets_a_sentence() {
    let large = sensors(&json!({"sensors": 256, "unknowns": 256, "snapshots": 3, "model": "inputs"}), "phases", None);
    let crowd = sensors(&json!({"sensors": 256, "unknowns": 256, "snapshots": 16}), "phases", None);
    let mut missing = sensors(&json!({}), "phases", None);
    missing["noise"] = json!({"id": "missing"});
    let mut taps = sensors(&json!({"sensors": 4}), "filter", None);
    taps["gains"]["taps"] = json!(5);
    let direct = json!({"id": "self-calibration", "solver": "direct"});
    for (problem, method, field) in [
        (large, direct.clone(), "methods[0].solver"),
        (crowd, direct.clone(), "problem.scene.snapshots"),
        (missing, direct.clone(), "problem.noise"),
        (taps, direct, "problem.gains.taps"),
    ] {
        let spec = json!({"v": 1, "seed": 1, "problem": problem, "methods": [method]});
        let spec = Spec::from_value(spec, registry()).expect("a Spec");
        let complaint = match spec.instance(registry(), &NoFiles) {
            Ok(instance) => spec.start(0, &instance, registry()).err().expect("a complaint"),
            Err(complaint) => complaint,
        };
        assert_eq!(complaint.field, field, "{complaint}");
    }
}
