//! Methods on small instances: closed forms, optimality conditions, and each other.

use pursuit::contract::{Ending, Instance, NoFiles, Run, Spec, Values, drive};
use pursuit::labs::recovery::poisson::{BACKGROUND, PoissonInstance};
use pursuit::labs::registry;
use pursuit::operators::LinearOperator;
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went.
struct Went {
    ending: Ending,
    f: Vec<f64>,
    /// The objective after each step.
    objectives: Vec<f64>,
    instance: Arc<dyn Instance>,
}

impl Went {
    fn instance(&self) -> &PoissonInstance {
        self.instance.as_any().downcast_ref().expect("an instance of poisson")
    }

    fn last(&self) -> f64 {
        *self.objectives.last().expect("a step")
    }
}

fn run(problem: &Value, method: &Value) -> Went {
    let spec = json!({"v": 1, "seed": 3, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let objective = |run: &dyn Run| {
        let traces = run.glance().traces;
        traces.iter().find(|trace| trace.name == "objective").expect("an objective").value
    };
    let mut objectives = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| objectives.push(objective(run)));
    let Values::Real(f) = run.glance().estimate else { panic!("intensities are real") };
    Went { ending, f: f.into_owned(), objectives, instance }
}

fn line(reach: usize, counts: f64) -> Value {
    json!({"id": "poisson", "scene": {"id": "line", "samples": 48}, "camera": {"id": "blur", "reach": reach}, "counts": counts})
}

fn picture(counts: f64) -> Value {
    json!({"id": "poisson", "scene": {"id": "picture", "side": 12}, "camera": {"id": "blur", "reach": 1}, "counts": counts})
}

fn close(a: &[f64], b: &[f64], within: f64) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= within)
}

#[test]
fn a_sharp_camera_and_pixels_have_a_closed_form() {
    // min f - y log f + tau f is at y / (1 + tau).
    let tau = 0.25;
    for id in ["spiral-tap", "counts-fista"] {
        let method = json!({"id": id, "penalty": {"id": "l1", "basis": "pixels", "tau": tau}, "tolerance": 1e-12, "max_steps": 10_000});
        let mut method = method;
        if id == "counts-fista" {
            method["law"] = json!("poisson");
        }
        let went = run(&line(0, 20.0), &method);
        let wanted: Vec<f64> = went.instance().counts.iter().map(|y| y / (1.0 + tau)).collect();
        assert!(close(&went.f, &wanted, 1e-4), "{id}: {:?} for {wanted:?}", went.f);
    }
}

#[test]
fn em_keeps_the_photons_and_raises_the_likelihood() {
    let sharp = run(&line(0, 20.0), &json!({"id": "ml-em", "max_steps": 2}));
    assert!(close(&sharp.f, &sharp.instance().counts, 1e-6), "one step of a sharp camera's is the counts");
    let mixed = json!({"id": "poisson", "scene": {"id": "line", "shape": "bumps", "samples": 60}, "camera": {"id": "mixed"}, "counts": 8});
    for problem in [line(2, 8.0), picture(3.0), mixed] {
        let went = run(&problem, &json!({"id": "ml-em", "max_steps": 60}));
        assert!(went.objectives.windows(2).all(|pair| pair[1] <= pair[0] + 1e-10), "{problem}");
        let (sent, counted): (f64, f64) = (went.f.iter().sum(), went.instance().counts.iter().sum());
        assert!((sent - counted).abs() < 1e-5 * counted, "{problem}: {sent} of {counted}");
    }
    let early = run(&picture(30.0), &json!({"id": "ml-em", "stop_at_noise": true}));
    assert!(matches!(early.ending, Ending::Converged(_)));
    assert!(2.0 * early.last() <= 144.0 && 2.0 * early.objectives[early.objectives.len().saturating_sub(2)] > 144.0);
}

/// The conditions of Karush, Kuhn and Tucker: `grad F + tau` is zero where f shines, and not negative where it is dark.
#[test]
fn pixels_behind_a_blur_meet_the_optimality_conditions() {
    let tau = 0.1;
    let problem = json!({"id": "poisson", "scene": {"id": "line", "shape": "spikes", "samples": 80}, "counts": 6});
    for acceptance in ["monotone", "looking-back"] {
        let method = json!({"id": "spiral-tap", "penalty": {"id": "l1", "basis": "pixels", "tau": tau},
            "acceptance": acceptance, "tolerance": 1e-13, "max_steps": 10_000});
        let went = run(&problem, &method);
        let instance = went.instance();
        let ratios: Vec<f64> = instance.counts.iter().zip(instance.rates(&went.f)).map(|(y, z)| 1.0 - y / z).collect();
        let mut gradient = vec![0.0; went.f.len()];
        instance.operator.adjoint(&ratios, &mut gradient);
        let brightest = went.f.iter().copied().fold(0.0, f64::max);
        let (mut lit, mut dark) = (0, 0);
        for (f, g) in went.f.iter().zip(&gradient) {
            if *f > 1e-3 * brightest {
                assert!((g + tau).abs() < 1e-3, "{acceptance}: {f} shines at {}", g + tau);
                lit += 1;
            } else if *f == 0.0 {
                assert!(g + tau > -1e-3, "{acceptance}: dark at {}", g + tau);
                dark += 1;
            }
        }
        assert!(lit > 0 && dark > 20, "{lit} shine, {dark} are dark");
    }
}

#[test]
fn spiral_and_fista_reach_the_same_objective() {
    let penalties = [
        json!({"id": "total-variation", "tau": 0.15}),
        json!({"id": "total-variation", "isotropic": false, "tau": 0.15}),
        json!({"id": "l1", "basis": "haar", "tau": 0.2}),
    ];
    for penalty in penalties {
        let spiral =
            json!({"id": "spiral-tap", "penalty": penalty, "inner_steps": 300, "tolerance": 1e-8, "max_steps": 3000});
        let fista =
            json!({"id": "counts-fista", "law": "poisson", "penalty": penalty, "tolerance": 1e-9, "max_steps": 10_000});
        let (a, b) = (run(&picture(20.0), &spiral), run(&picture(20.0), &fista));
        assert!((a.last() - b.last()).abs() < 1e-3 * b.last(), "{penalty}: {} and {}", a.last(), b.last());
        assert!(
            a.objectives.len() < b.objectives.len(),
            "{penalty}: {} steps and {}",
            a.objectives.len(),
            b.objectives.len()
        );
    }
}

#[test]
fn monotone_steps_only_fall_and_others_may_rise() {
    let of = |acceptance: &str| {
        run(&picture(10.0), &json!({"id": "spiral-tap", "acceptance": acceptance, "tolerance": 0, "max_steps": 100}))
            .objectives
    };
    let falls = |objectives: &[f64]| objectives.windows(2).all(|pair| pair[1] <= pair[0]);
    assert!(falls(&of("monotone")));
    assert!(!falls(&of("looking-back")) && !falls(&of("always")));
}

/// On a sharp camera the best intensity of a given cell is the mean of its counts.
#[test]
fn cells_have_the_mean_of_their_counts() {
    let method =
        json!({"id": "spiral-tap", "penalty": {"id": "partition", "tau": 2}, "tolerance": 1e-12, "max_steps": 1000});
    let went = run(&line(0, 30.0), &method);
    let mut start = 0;
    let mut cells = 0;
    while start < went.f.len() {
        let same = |i: &usize| (went.f[*i] - went.f[start]).abs() < 1e-9;
        let end = (start..went.f.len()).find(|i| !same(i)).unwrap_or(went.f.len());
        let mean = went.instance().counts[start..end].iter().sum::<f64>() / (end - start) as f64;
        assert!((went.f[start] - mean).abs() < 1e-3 * mean, "{} for a mean of {mean}", went.f[start]);
        start = end;
        cells += 1;
    }
    assert!((4..40).contains(&cells), "{cells} cells");
}

#[test]
fn a_normal_law_without_a_penalty_is_least_squares() {
    for law in ["normal", "anscombe"] {
        let method = json!({"id": "counts-fista", "law": law, "penalty": {"id": "l1", "basis": "pixels", "tau": 1e-6}, "tolerance": 1e-12, "max_steps": 5000});
        let went = run(&line(0, 20.0), &method);
        assert!(close(&went.f, &went.instance().counts, 0.01), "{law}: {:?}", went.f);
    }
}

#[test]
fn counts_are_what_the_truth_sends() {
    for problem in [picture(50.0), line(3, 200.0)] {
        let went = run(&problem, &json!({"id": "ml-em", "max_steps": 1}));
        let instance = went.instance();
        let rates = instance.rates(&instance.truth);
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        assert!((mean - problem["counts"].as_f64().unwrap()).abs() < 1e-6);
        // The sum of m independent counts has the variance of its mean; five standard deviations.
        let (sent, seen): (f64, f64) = (rates.iter().sum(), instance.counts.iter().sum());
        assert!((sent - seen).abs() < 5.0 * sent.sqrt(), "{seen} of {sent}");
        assert!(instance.counts.iter().all(|y| *y >= 0.0 && y.fract() == 0.0) && BACKGROUND < 1e-6);
    }
}
