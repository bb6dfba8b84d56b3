//! Scoring cards against all cards there are, and what the paper promises of them.

use pursuit::contract::{Complaint, Ending, Instance, NoFiles, Spec, Values, drive};
use pursuit::labs::registry;
use pursuit::labs::regression::scoring::{Errors, ScoringInstance};
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went: its ending, its estimate, and objective and bound after each step.
struct Went {
    ending: Ending,
    estimate: Vec<f64>,
    steps: Vec<(f64, f64)>,
    instance: Arc<dyn Instance>,
}

impl Went {
    fn instance(&self) -> &ScoringInstance {
        self.instance.as_any().downcast_ref().expect("an instance of scoring")
    }

    fn objective(&self) -> f64 {
        self.instance().judged(&self.estimate).and_then(|judged| judged.objective).expect("a card")
    }
}

fn run(problem: &Value, method: &Value, seed: u64) -> Went {
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let mut steps = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.glance();
        let told = |name: &str| {
            let traces = seen.traces.iter().copied().chain(instance.traces(&seen));
            traces.filter(|trace| trace.name == name).map(|trace| trace.value).next().unwrap_or(f64::NAN)
        };
        steps.push((told("objective"), told("bound")));
    });
    let Values::Real(estimate) = run.glance().estimate else { panic!("cards are real") };
    let estimate = estimate.into_owned();
    Went { ending, estimate, steps, instance }
}

/// The least objective of all cards that keep the rules, by trying every one with every intercept.
fn best_of_all(instance: &ScoringInstance) -> Option<f64> {
    let mut best: Option<f64> = None;
    let mut points: Vec<i32> = (0..instance.width()).map(|j| instance.range(j).0).collect();
    loop {
        if points.iter().filter(|point| **point != 0).count() <= instance.rules.size {
            for intercept in -30..=30 {
                let score = |x: &[i32]| x.iter().zip(&points).fold(intercept, |sum, (x, point)| sum + x * point);
                let scores = instance.patterns.iter().map(|p| f64::from(score(&p.features)));
                let errors = Errors::of(&instance.patterns, scores);
                let cost = instance.objective(errors, points.iter().map(|&point| f64::from(point)));
                if instance.allowed.holds(errors) && best.is_none_or(|least| cost < least) {
                    best = Some(cost);
                }
            }
        }
        // The next card, as on an odometer.
        let Some(j) = (0..points.len()).find(|&j| points[j] < instance.range(j).1) else { return best };
        points[j] += 1;
        (0..j).for_each(|i| points[i] = instance.range(i).0);
    }
}

#[test]
fn the_search_finds_what_trying_every_card_finds() {
    let rules = [
        json!({"max_points": 3, "size": 4, "price": 0.01}),
        json!({"max_points": 2, "size": 2, "price": 0.001}),
        json!({"max_points": 3, "size": 3, "miss_weight": 1.6, "price": 0.005}),
        json!({"max_points": 3, "max_false_alarms": 0.1}),
        json!({"max_points": 2, "min_sensitivity": 0.95}),
        json!({"max_points": 3, "signs": "as-correlated"}),
        json!({"max_points": 3, "signs": "no-negative"}),
    ];
    let mut proved = 0;
    for seed in 0..5 {
        for rules in &rules {
            let source = json!({"id": "planted", "features": 4, "size": 3, "examples": 60, "flips": 0.15});
            let problem = json!({"id": "scoring", "source": source, "rules": rules});
            for reduction in [0, 3, 30] {
                let went = run(&problem, &json!({"id": "slim-scoring", "reduction": reduction}), seed);
                match best_of_all(went.instance()) {
                    Some(least) => {
                        assert!(matches!(went.ending, Ending::Converged(_)), "{:?}", went.ending);
                        assert!((went.objective() - least).abs() < 1e-12, "{} {least} {rules}", went.objective());
                        proved += 1;
                    }
                    None => assert!(matches!(went.ending, Ending::Failed(_)), "{:?}", went.ending),
                }
            }
        }
    }
    assert!(proved > 60, "{proved} of 105 have a card");
}

#[test]
fn values_other_than_yes_and_no_are_searched_as_well() {
    let rows: Vec<Vec<i32>> = (0..40)
        .map(|i| {
            let (a, b, c) = (i * 7 % 11 - 5, i * 5 % 7, i * 3 % 4);
            vec![a, b, c, i32::from(2 * a - b + c + i % 3 > 0)]
        })
        .collect();
    let problem =
        json!({"id": "scoring", "training": 1, "data": {"table": rows}, "rules": {"max_points": 2, "size": 3}});
    let went = run(&problem, &json!({"id": "slim-scoring"}), 0);
    assert!(matches!(went.ending, Ending::Converged(_)));
    assert!((went.objective() - best_of_all(went.instance()).unwrap()).abs() < 1e-12);
}

#[test]
fn bounds_rise_and_stay_below_every_card() {
    let problem = json!({"id": "scoring", "rules": {"max_points": 3, "size": 4}});
    let went = run(&problem, &json!({"id": "slim-scoring"}), 2);
    let (last, _) = *went.steps.last().unwrap();
    assert!(went.steps.windows(2).all(|pair| pair[1].1 >= pair[0].1 && pair[1].0 <= pair[0].0));
    assert!(went.steps.iter().all(|(_, bound)| *bound <= last + 1e-12));
    assert!((went.steps.last().unwrap().1 - last).abs() < 1e-12);
}

#[test]
fn rows_that_are_dropped_change_no_optimum() {
    let problem = json!({"id": "scoring", "rules": {"max_points": 3, "size": 4}});
    for seed in 0..3 {
        let whole = run(&problem, &json!({"id": "slim-scoring", "reduction": 0}), seed);
        let reduced = run(&problem, &json!({"id": "slim-scoring", "reduction": 20}), seed);
        assert!((whole.objective() - reduced.objective()).abs() < 1e-12);
    }
}

/// Theorem: with resolution above `X_max sqrt(P) / (2 gamma_min)` whole points do as well as any real ones.
#[test]
fn enough_points_match_a_real_classifier() {
    let mut matched = 0;
    for case in 0..60 {
        let weights: Vec<f64> = (0..4).map(|j| libm::sin(f64::from(case * 4 + j) * 1.7 + 0.3)).collect();
        let length = weights.iter().map(|w| w * w).sum::<f64>().sqrt();
        let corner = |i: i32| (0..3).map(|j| i >> j & 1).collect::<Vec<i32>>();
        let margin = |x: &[i32]| weights[0] + weights[1..].iter().zip(x).map(|(w, x)| w * f64::from(*x)).sum::<f64>();
        let rows: Vec<Vec<i32>> = (0..16)
            .map(|i| corner(i % 8).into_iter().chain([i32::from(margin(&corner(i % 8)) > 0.0)]).collect())
            .collect();
        let least = (0..8).map(|i| margin(&corner(i)).abs() / length).fold(f64::INFINITY, f64::min);
        let resolution = (2.0 * 2.0 / (2.0 * least)).floor() as i64 + 1;
        if resolution > 20 || (0..8).all(|i| margin(&corner(i)) > 0.0) || (0..8).all(|i| margin(&corner(i)) < 0.0) {
            continue;
        }
        let rules = json!({"max_points": resolution, "size": 3, "price": 0.0001});
        let problem = json!({"id": "scoring", "training": 1, "data": {"table": rows}, "rules": rules});
        let went = run(&problem, &json!({"id": "slim-scoring"}), 0);
        let judged = went.instance().judged(&went.estimate).unwrap();
        assert_eq!(judged.errors, Errors::default(), "{weights:?} with {resolution}");
        matched += 1;
    }
    assert!(matched >= 8, "{matched} cases have a margin");
}

#[test]
fn a_tree_with_enough_leaves_tells_all_rows_apart() {
    let source = json!({"id": "planted", "features": 4, "size": 3, "examples": 200, "flips": 0});
    let problem = json!({"id": "scoring", "source": source});
    let went = run(&problem, &json!({"id": "classification-tree", "leaves": 16}), 1);
    assert_eq!(went.instance().judged(&went.estimate).unwrap().errors, Errors::default());
}

#[test]
fn unit_weights_find_a_card_of_ones() {
    let rows: Vec<Vec<i32>> = (0..32)
        .map(|i| {
            let x: Vec<i32> = (0..5).map(|j| i >> j & 1).collect();
            let label = i32::from(x[0] + x[2] - x[4] > 0);
            x.into_iter().chain([label]).collect()
        })
        .collect();
    let problem = json!({"id": "scoring", "training": 1, "data": {"table": rows}});
    let went = run(&problem, &json!({"id": "unit-weights"}), 0);
    assert_eq!(went.estimate, [-0.5, 1.0, 0.0, 1.0, 0.0, -1.0]);
}

fn refused(problem: Value) -> Complaint {
    let spec = json!({"v": 1, "problem": problem, "methods": [{"id": "slim-scoring"}]});
    let instance = Spec::from_value(spec, registry()).and_then(|spec| spec.instance(registry(), &NoFiles));
    instance.err().expect("a complaint")
}

#[test]
fn tables_that_are_no_examples_get_a_sentence() {
    let row = |label: f64| json!([0.0, 1.0, label]);
    let table = |rows: Vec<Value>| json!({"id": "scoring", "data": {"table": rows}});
    for (problem, field, words) in [
        (table(vec![row(1.0); 12]), "problem.training", "leaves no negative example"),
        (table(vec![row(0.0); 4]), "problem.data.table", "takes 10 to 4096 rows"),
        (table(vec![row(3.0); 12]), "problem.data.table", "labels of 1 and of 0 or -1"),
        (table(vec![json!([0.5, 1.0, 1.0]); 12]), "problem.data.table", "takes whole numbers"),
        (
            json!({"id": "scoring", "source": {"id": "planted", "features": 2, "size": 5}}),
            "problem.source.size",
            "at most as many features",
        ),
    ] {
        let complaint = refused(problem);
        assert_eq!(complaint.field, field);
        assert!(complaint.message.contains(words), "{complaint}");
    }
}
