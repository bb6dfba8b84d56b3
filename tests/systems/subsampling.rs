//! Learned sampling: derivatives against differences, patterns against their events, FISTA against its optimality condition.

use crate::run::run;
use pursuit::contract::{Event, NoFiles, Spec, drive};
use pursuit::labs::recovery::deep_probabilistic_subsampling::Drawn;
use pursuit::labs::recovery::sampled_network::{Network, Sampler, batch_gradient};
use pursuit::labs::recovery::subsampling::{Example, Fourier, Kind, SamplingInstance, Scene, Spikes};
use pursuit::labs::registry;
use pursuit::models::gumbel::gumbel;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const LENGTH: usize = 24;

fn kind() -> Kind {
    let scene = Scene::Spikes(Spikes { length: LENGTH, sparsity: 3 });
    Kind { scene, fourier: Fourier::new((1, LENGTH)), snr_db: 30.0 }
}

fn network() -> Network {
    Network { steps: vec![1.1, 0.7, 1.4, 0.9], thresholds: vec![0.05, 0.02, 0.07, 0.01] }
}

/// Weights that stay, and what was pulled through them.
struct Held {
    weights: Vec<f64>,
    pulled: Vec<f64>,
}

impl Sampler for Held {
    fn draw(&mut self) -> Vec<f64> {
        self.weights.clone()
    }

    fn pull(&mut self, by_weights: &[f64]) {
        self.pulled.iter_mut().zip(by_weights).for_each(|(sum, by)| *sum += by);
    }

    fn learn(&mut self, _examples: usize, _progress: f64) {}

    fn pattern(&self) -> Vec<usize> {
        Vec::new()
    }
}

/// The loss, and its derivatives by steps, thresholds and weights.
fn loss(network: &Network, weights: &[f64], example: &Example) -> (f64, [Vec<f64>; 3]) {
    let mut held = Held { weights: weights.to_vec(), pulled: vec![0.0; weights.len()] };
    let one = std::slice::from_ref(example);
    let (loss, (steps, thresholds)) = batch_gradient(network, &kind().fourier, &mut held, one);
    (loss, [steps, thresholds, held.pulled])
}

/// Compares with the slope between two points a little apart.
fn compare(what: &str, slope: f64, value: impl Fn(f64) -> f64) {
    let difference = (value(1e-6) - value(-1e-6)) / 2e-6;
    assert!((slope - difference).abs() < 1e-7 * (1.0 + slope.abs()), "{what}: {slope} against {difference}");
}

#[test]
fn derivatives_by_folds_and_weights_are_those_of_the_loss() {
    let (network, mut random) = (network(), Random::new(1, Stream::Probe));
    for _ in 0..5 {
        let example = kind().draw(&mut random);
        let weights: Vec<f64> = (0..LENGTH).map(|_| random.uniform()).collect();
        let (_, [steps, thresholds, by_weights]) = loss(&network, &weights, &example);
        for k in 0..network.steps.len() {
            let moved = |by: [f64; 2]| {
                let mut network = network.clone();
                network.steps[k] += by[0];
                network.thresholds[k] += by[1];
                loss(&network, &weights, &example).0
            };
            compare("step", steps[k], |by| moved([by, 0.0]));
            compare("threshold", thresholds[k], |by| moved([0.0, by]));
        }
        for n in 0..LENGTH {
            compare("weight", by_weights[n], |by| {
                let mut weights = weights.clone();
                weights[n] += by;
                loss(&network, &weights, &example).0
            });
        }
    }
}

/// The whole relaxed path: logits, noise, softmaxes, folds, loss.
#[test]
fn derivatives_by_logits_are_those_of_the_relaxed_loss() {
    let (budget, mut random) = (5, Random::new(2, Stream::Probe));
    for (choices, order) in [(1, None), (budget, Some([3, 0, 4, 1, 2]))] {
        for temperature in [0.5, 2.0] {
            let example = kind().draw(&mut random);
            let scores: Vec<f64> = (0..choices * LENGTH).map(|_| gumbel(&mut random)).collect();
            let drawn =
                |scores: &[f64]| Drawn::new(scores, LENGTH, order.as_ref().map(|o| &o[..]), budget, temperature);
            let relaxed = drawn(&scores).relaxed();
            assert!((relaxed.iter().sum::<f64>() - budget as f64).abs() < 1e-12);
            let (_, [_, _, by_weights]) = loss(&network(), &relaxed, &example);
            let mut by_logits = vec![0.0; scores.len()];
            drawn(&scores).pull(&by_weights, &mut by_logits);
            for l in 0..scores.len() {
                compare("logit", by_logits[l], |by| {
                    let mut scores = scores.clone();
                    scores[l] += by;
                    loss(&network(), &drawn(&scores).relaxed(), &example).0
                });
            }
        }
    }
}

#[test]
fn what_is_drawn_has_the_size_of_the_budget_and_is_in_the_relaxation() {
    let mut random = Random::new(3, Stream::Probe);
    for _ in 0..50 {
        let scores: Vec<f64> = (0..4 * LENGTH).map(|_| gumbel(&mut random)).collect();
        let order = random.permutation(4);
        let drawn = Drawn::new(&scores, LENGTH, Some(&order), 4, 0.05);
        let chosen: BTreeSet<usize> = drawn.chosen().collect();
        assert_eq!(chosen.len(), 4, "no frequency is drawn twice");
        assert_eq!(drawn.hard().iter().sum::<f64>(), 4.0);
        // The first choice is the largest of its own row.
        let first = drawn.chosen().next().expect("a choice");
        let row = &scores[order[0] * LENGTH..(order[0] + 1) * LENGTH];
        assert!(row.iter().all(|&score| score <= row[first]));
    }
}

fn small() -> Value {
    json!({"id": "sampling-design", "scene": {"id": "spikes", "length": 32, "sparsity": 2}, "budget": 8, "signals": 16})
}

const METHODS: [&str; 4] = [
    r#"{"id":"deep-probabilistic-subsampling","batches":40,"batch":8}"#,
    r#"{"id":"deep-probabilistic-subsampling","sampler":"top-1","batches":40,"batch":8}"#,
    r#"{"id":"loupe","batches":40,"batch":8}"#,
    r#"{"id":"fixed-pattern","pattern":"variable-density","batches":40,"batch":8}"#,
];

/// Ticks of the timeline lead from the first pattern to the last, which has as many frequencies as may be measured.
#[test]
fn patterns_are_what_picks_and_drops_make_of_them() {
    for method in METHODS {
        let spec =
            json!({"v": 1, "seed": 4, "problem": small(), "methods": [serde_json::from_str::<Value>(method).unwrap()]});
        let spec = Spec::from_value(spec, registry()).unwrap();
        let instance = spec.instance(registry(), &NoFiles).unwrap();
        let (mut run, most) = spec.start(0, &instance, registry()).unwrap();
        let mut pattern: BTreeSet<usize> = run.observe().support.iter().copied().collect();
        let mut moved = 0;
        drive(run.as_mut(), most, |_, _, run| {
            let seen = run.glance();
            for event in &seen.events {
                moved += 1;
                match event {
                    Event::Pick { index } => assert!(pattern.insert(*index), "{method}: {index} was there"),
                    Event::Drop { index } => assert!(pattern.remove(index), "{method}: {index} was not there"),
                    other => panic!("{method}: {other:?}"),
                }
            }
            assert!(pattern.iter().eq(seen.support.iter()) && pattern.len() == 8, "{method}");
        });
        assert_eq!(moved > 0, !method.contains("fixed"), "{method}");
    }
}

/// What the estimate is made from: the frozen pattern, and none of the other frequencies.
#[test]
fn estimates_are_made_from_the_pattern_and_nothing_else() {
    for method in METHODS {
        let done = run(&small(), 5, &serde_json::from_str(method).unwrap());
        let instance = done.instance.as_any().downcast_ref::<SamplingInstance>().unwrap();
        assert_eq!(done.panel("history").last().unwrap().iter().sum::<f64>() % 8.0, 0.0);
        let (steps, thresholds) = (done.panel("steps"), done.panel("thresholds"));
        let network = Network { steps: steps.last().unwrap().clone(), thresholds: thresholds.last().unwrap().clone() };
        let mut mask = [0.0; 32];
        done.support.iter().for_each(|&n| mask[n] = 1.0);
        for (example, estimate) in instance.held_out.iter().zip(done.estimate.chunks_exact(32)) {
            let mut y = example.spectrum.clone();
            (0..32).filter(|n| mask[*n] == 0.0).for_each(|n| y[n] = y[n] * -7.0 + 1.0);
            let again = network.forward(&instance.kind.fourier, &mask, &y);
            assert!(again.output().iter().zip(estimate).all(|(a, b)| (a - b).abs() < 1e-12), "{method}");
        }
    }
}

/// `Re F^* (y - F x)_S` is lambda sgn x where x is not zero, and no larger elsewhere.
#[test]
fn fista_meets_its_optimality_condition() {
    let method = json!({"id": "fixed-pattern-fista", "lambda_ratio": 0.1, "tolerance": 1e-12, "max_steps": 5000});
    let done = run(&small(), 6, &method);
    let instance = done.instance.as_any().downcast_ref::<SamplingInstance>().unwrap();
    let fourier = &instance.kind.fourier;
    let downhill = |x: &[f64], example: &Example| {
        let image = fourier.spectrum(x);
        let mut residual = vec![num_complex::Complex64::default(); 32];
        done.support.iter().for_each(|&n| residual[n] = example.spectrum[n] - image[n]);
        fourier.signal(residual)
    };
    for (example, x) in instance.held_out.iter().zip(done.estimate.chunks_exact(32)) {
        let lambda = 0.1 * downhill(&[0.0; 32], example).iter().fold(0.0_f64, |most, d| most.max(d.abs()));
        for (d, &x) in downhill(x, example).iter().zip(x) {
            let off = if x == 0.0 { (d.abs() - lambda).max(0.0) } else { (d - lambda * x.signum()).abs() };
            assert!(off < 1e-8, "{off}");
        }
    }
}

#[test]
fn what_does_not_fit_is_told() {
    let complaint = |problem: &str, method: &str| {
        let spec = format!(r#"{{"v":1,"problem":{{"id":"sampling-design",{problem}}},"methods":[{{{method}}}]}}"#);
        let spec = Spec::parse(&spec, registry()).expect("numbers are within their ranges");
        let instance = match spec.instance(registry(), &NoFiles) {
            Ok(instance) => instance,
            Err(complaint) => return complaint.to_string(),
        };
        spec.start(0, &instance, registry()).err().expect("a complaint").to_string()
    };
    let dps = r#""id":"deep-probabilistic-subsampling""#;
    assert!(complaint(r#""budget":65"#, dps).contains("budget"));
    assert!(complaint(r#""scene":{"id":"spikes","length":8,"sparsity":9}"#, dps).contains("sparsity"));
    let drawing = r#""scene":{"id":"drawing"},"budget":64"#;
    assert!(complaint(drawing, &format!(r#"{dps},"sampler":"top-1""#)).contains("top-k shares"));
}
