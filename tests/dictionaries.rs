//! The dictionaries lab: gradients by differences, judgements of dictionaries that are known, and rules that come to the same.

use pursuit::contract::{Ending, Instance, NoFiles, Observation, Spec, Values, drive};
use pursuit::labs::dictionaries::features::{FeaturesInstance, HELD_OUT};
use pursuit::labs::registry;
use pursuit::models::autoencoder::{
    Activation, Autoencoder, Auxiliary, BatchTopK, Code, Entry, Groups, Nesting, Penalty, Recipe, Schedule, TopK,
    Trainer, auxiliary, nested,
};
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::sync::Arc;

const DIMS: usize = 7;
const LATENTS: usize = 12;

/// A net away from any symmetry, and a batch of six inputs.
fn drawn() -> (Autoencoder, Vec<f64>) {
    let mut random = Random::new(4, Stream::Probe);
    let mean: Vec<f64> = (0..DIMS).map(|_| 0.3 * random.normal()).collect();
    let mut net = Autoencoder::new(LATENTS, &mean, &mut random);
    net.parameters.iter_mut().for_each(|number| *number += 0.2 * random.normal());
    let batch = (0..6 * DIMS).map(|_| random.normal()).collect();
    (net, batch)
}

/// Holds a gradient to central differences of the loss along every parameter.
fn check(net: &Autoencoder, gradient: &[f64], loss: impl Fn(&Autoencoder) -> f64) {
    const STEP: f64 = 1e-6;
    for (place, &found) in gradient.iter().enumerate() {
        let at = |step: f64| {
            let mut moved = net.clone();
            moved.parameters[place] += step;
            loss(&moved)
        };
        let slope = (at(STEP) - at(-STEP)) / (2.0 * STEP);
        assert!((slope - found).abs() < 1e-7, "{place}: {slope} and {found}");
    }
    assert!(gradient.iter().filter(|slope| slope.abs() > 1e-3).count() > gradient.len() / 3);
}

/// Groups whose activations have a price.
struct Priced(Groups);

impl Nesting for Priced {
    fn weights(&self) -> &[f64] {
        self.0.weights()
    }
    fn stages(&self, code: &[Entry]) -> Vec<usize> {
        self.0.stages(code)
    }
    fn price(&self) -> f64 {
        0.7
    }
}

/// Each prefix decoded by itself, as the loss is written.
fn by_definition(net: &Autoencoder, batch: &[f64], codes: &[Code], ends: &[usize], bias: bool, price: f64) -> f64 {
    let mut sum = 0.0;
    for (x, code) in batch.chunks_exact(DIMS).zip(codes) {
        for end in bias.then_some(&0).into_iter().chain(ends) {
            let prefix: Code = code.iter().filter(|entry| entry.latent < *end).copied().collect();
            let error = net.decode(&prefix).iter().zip(x).fold(0.0, |sum, (xhat, x)| sum + (xhat - x) * (xhat - x));
            sum += error + price * prefix.iter().fold(0.0, |sum, entry| sum + entry.value);
        }
    }
    sum / (codes.len() * (ends.len() + usize::from(bias))) as f64
}

#[test]
fn the_gradient_of_nested_reconstructions_is_that_of_differences() {
    let (net, batch) = drawn();
    for (groups, bias) in [(1, false), (3, true), (4, false)] {
        let nesting = Priced(Groups::halving(LATENTS, groups, bias));
        let codes = |net: &Autoencoder| TopK(4).infer(&net.preactivations(&batch), LATENTS);
        let mut gradient = vec![0.0; net.parameters.len()];
        let loss = nested(&net, &batch, &codes(&net), &nesting, &mut gradient);
        let wanted = |net: &Autoencoder| by_definition(net, &batch, &codes(net), nesting.0.group_ends(), bias, 0.7);
        assert!((loss.value - wanted(&net)).abs() < 1e-12);
        check(&net, &gradient, wanted);
        // The residuals are those of the whole dictionary.
        for ((x, code), residual) in batch.chunks_exact(DIMS).zip(codes(&net)).zip(loss.residuals.chunks_exact(DIMS)) {
            let made = net.decode(&code);
            let left = made.iter().zip(x).zip(residual).map(|((xhat, x), r)| (x - xhat - r).abs());
            assert!(left.fold(0.0, f64::max) < 1e-12);
        }
    }
}

#[test]
fn the_gradient_of_the_auxiliary_loss_is_that_of_differences() {
    let (net, batch) = drawn();
    let mut random = Random::new(5, Stream::Probe);
    let residuals: Vec<f64> = (0..batch.len()).map(|_| random.normal()).collect();
    let codes = |net: &Autoencoder| TopK(5).infer(&net.preactivations(&batch), LATENTS);
    let mut gradient = vec![0.0; net.parameters.len()];
    let value = auxiliary(&net, &batch, &codes(&net), &residuals, 0.25, &mut gradient);
    let wanted = |net: &Autoencoder| {
        let mut sum = 0.0;
        for (residual, code) in residuals.chunks_exact(DIMS).zip(codes(net)) {
            let made = net.decode(&code);
            let error = made.iter().zip(net.bias()).zip(residual).map(|((made, bias), r)| made - bias - r);
            sum += error.fold(0.0, |sum, e| sum + e * e);
        }
        0.25 * sum / 6.0
    };
    assert!((value - wanted(&net)).abs() < 1e-12);
    check(&net, &gradient, wanted);
}

#[test]
fn training_keeps_rows_as_long_as_one_and_loses_no_latent() {
    let spec = json!({"id": "features", "parents": 2, "children": 2, "lone": 4, "dims": 10});
    let instance = instance(&spec, 3);
    let mut flow = instance.flow();
    let mut random = Random::new(1, Stream::Probe);
    let net = Autoencoder::new(16, &[0.0; 10], &mut random);
    let schedule = Schedule { batches: 300, rate: 3e-3, kept: [0.9, 0.999] };
    let patience = Auxiliary { patience: 20, most: 16, weight: 1.0 / 32.0 };
    let groups = Groups::halving(16, 3, true);
    let recipe = Recipe::new(BatchTopK::new(1.2), groups);
    let mut trainer = Trainer::new(net, recipe, patience, schedule);
    let first = trainer.learn(&flow.batch(64)).unwrap();
    let mut last = first;
    while !trainer.is_done() {
        last = trainer.learn(&flow.batch(64)).unwrap();
        for latent in 0..16 {
            let square = trainer.net().decoder(latent).iter().fold(0.0, |sum, e| sum + e * e);
            assert!((square - 1.0).abs() < 1e-12);
        }
    }
    assert!(last < 0.6 * first, "{first} has become {last}");
    assert!(trainer.learn(&[f64::MAX; 10]).is_none(), "what overflows is told");
}

/// Half the squared biases of the latents, times a large number.
struct NoBiases;

impl Penalty for NoBiases {
    fn add(&mut self, net: &Autoencoder, gradient: &mut [f64]) -> f64 {
        (0..net.latents()).map(|latent| net.latent_bias_at(latent)).fold(0.0, |sum, at| {
            gradient[at] += 1e3 * net.parameters[at];
            sum + 500.0 * net.parameters[at] * net.parameters[at]
        })
    }
}

#[test]
fn a_penalty_is_followed_and_silent_latents_are_brought_back() {
    let instance = instance(&json!({"id": "features", "dims": 20}), 3);
    let train = |recipe: Recipe, weight: f64| {
        let mut flow = instance.flow();
        let mut net = Autoencoder::new(24, &[0.0; 20], &mut Random::new(1, Stream::Probe));
        // All but four latents begin so low that they never are among the largest.
        let low = net.latent_bias_at(4)..net.latent_bias_at(24);
        net.parameters[low].fill(-0.4);
        let schedule = Schedule { batches: 600, rate: 3e-3, kept: [0.9, 0.999] };
        let mut trainer = Trainer::new(net, recipe, Auxiliary { patience: 20, most: 24, weight }, schedule);
        while !trainer.is_done() {
            trainer.learn(&flow.batch(32)).unwrap();
        }
        let net = trainer.net();
        let biases = (4..24).map(|latent| net.parameters[net.latent_bias_at(latent)].abs());
        (biases.fold(0.0, f64::max), trainer.dead().len())
    };
    let recipe = || Recipe::new(TopK(1), Groups::one(24));
    let (biases, dead) = train(recipe(), 0.0);
    let (_, left) = train(recipe(), 1.0 / 32.0);
    assert!(dead >= 8 && left <= dead / 2, "{dead} stay silent, {left} with the auxiliary loss");
    let (held, _) = train(recipe().with_penalty(NoBiases), 0.0);
    assert!(held < 0.1 * biases, "{held} and {biases}");
}

fn spec_of(problem: &Value, method: &Value, seed: u64) -> Spec {
    Spec::from_value(json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]}), registry())
        .expect("a Spec")
}

fn instance(problem: &Value, seed: u64) -> Arc<FeaturesInstance> {
    let spec = spec_of(problem, &json!({"id": "topk-sae"}), seed);
    let instance: Arc<dyn Instance> = spec.instance(registry(), &NoFiles).expect("an instance");
    let any: Arc<dyn std::any::Any + Send + Sync> = instance;
    any.downcast().expect("an instance of features")
}

fn observed(estimate: &[f64]) -> Observation<'_> {
    Observation {
        estimate: Values::lend(estimate),
        support: Cow::Borrowed(&[]),
        traces: Vec::new(),
        panels: Vec::new(),
        events: Vec::new(),
        products: 0.0,
    }
}

fn metric(instance: &FeaturesInstance, estimate: &[f64], name: &str) -> f64 {
    let metrics = instance.metrics(&observed(estimate));
    metrics.iter().find(|metric| metric.name == name).expect("a metric").value
}

/// The dictionary of the true features. Where `absorbing`, a child's row has its parent in it, and the parent's latent is silent then.
fn dictionary(instance: &FeaturesInstance, absorbing: bool) -> Vec<f64> {
    let forest = instance.scene.forest;
    let parent_of = |f: usize| forest.tree_of(f).map(|tree| forest.parent(tree)).filter(|parent| *parent != f);
    let mut numbers = vec![0.0; instance.scene.dims];
    for feature in 0..forest.count() {
        let mut row = instance.scene.direction(feature).to_vec();
        if let Some(parent) = parent_of(feature).filter(|_| absorbing) {
            row.iter_mut().zip(instance.scene.direction(parent)).for_each(|(entry, more)| *entry += more);
        }
        numbers.extend(row);
        numbers.extend(instance.active.iter().map(|active| {
            let has_child = active.iter().any(|&f| parent_of(f) == Some(feature));
            f64::from(u8::from(active.contains(&feature) && !(absorbing && has_child)))
        }));
    }
    numbers
}

#[test]
fn the_truth_is_perfect_and_absorption_is_seen() {
    for seed in 1..4 {
        let instance = instance(&json!({"id": "features"}), seed);
        let (truth, absorbing) = (dictionary(&instance, false), dictionary(&instance, true));
        let near = |estimate: &[f64], name: &str, wanted: f64| {
            let found = metric(&instance, estimate, name);
            assert!((found - wanted).abs() < 1e-9, "{name}: {found}");
        };
        for (name, wanted) in [("fve", 1.0), ("relative_error", 0.0), ("absorption", 0.0), ("recovered", 1.0)] {
            near(&truth, name, wanted);
        }
        near(&truth, "kinship", 0.0);
        near(&truth, "dead", 0.0);
        // Absorption explains as much with fewer active latents; of 20 features the nine children are not found.
        for (name, wanted) in [("fve", 1.0), ("absorption", 1.0), ("recovered", 11.0 / 20.0)] {
            near(&absorbing, name, wanted);
        }
        assert!((metric(&instance, &absorbing, "kinship") - 0.5f64.sqrt()).abs() < 0.05);
        assert!(metric(&instance, &absorbing, "l0") < metric(&instance, &truth, "l0"));
        let panels = instance.observe(&observed(&truth));
        assert!(
            panels.iter().all(|panel| panel.values.is_finite() && panel.values.len() == panel.shape.0 * panel.shape.1)
        );
    }
}

#[test]
fn features_are_as_frequent_as_they_should_be() {
    let instance = instance(&json!({"id": "features", "dims": 40}), 5);
    let forest = instance.scene.forest;
    let mut random = Random::new(9, Stream::Probe);
    let draws: Vec<Vec<usize>> = (0..40_000).map(|_| forest.draw(&mut random)).collect();
    for feature in 0..forest.count() {
        let expected = match forest.tree_of(feature) {
            None => 0.05,
            Some(tree) if forest.parent(tree) == feature => 0.15,
            Some(_) => 0.15 * 0.2,
        };
        let share = draws.iter().filter(|active| active.contains(&feature)).count() as f64 / 40_000.0;
        assert!((share - expected).abs() < 5.0 * (expected / 40_000.0).sqrt(), "{feature}: {share}");
    }
    for active in &draws {
        for tree in 0..forest.parents {
            let children = active.iter().filter(|f| forest.children_of(tree).contains(f)).count();
            assert!(children <= usize::from(active.contains(&forest.parent(tree))), "a child needs its parent, alone");
        }
    }
    // Orthogonal directions.
    for (f, g) in (0..forest.count()).flat_map(|f| (0..f).map(move |g| (f, g))) {
        let product =
            instance.scene.direction(f).iter().zip(instance.scene.direction(g)).fold(0.0, |s, (x, y)| s + x * y);
        assert!(product.abs() < 1e-14);
    }
    assert_eq!(instance.held_out.len(), HELD_OUT * 40);
    assert_eq!(instance.held_out, self::instance(&json!({"id": "features", "dims": 40}), 5).held_out);
    assert_ne!(instance.flow().batch(HELD_OUT), instance.held_out, "what is held out is not learned from");
}

/// How a short run went: the estimate's bits are compared.
fn run(problem: &Value, method: Value) -> (Ending, Vec<f64>) {
    let spec = spec_of(problem, &method, 2);
    let instance: Arc<dyn Instance> = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let (ending, _) = drive(run.as_mut(), most, |_, _, _| {});
    let seen = run.observe();
    assert!(seen.panels.iter().all(|panel| panel.values.is_finite()));
    let Values::Real(estimate) = &seen.estimate else { panic!("dictionaries are real") };
    (ending, estimate.to_vec())
}

#[test]
fn one_group_is_no_nesting_and_more_are_another_thing() {
    let problem = json!({"id": "features"});
    let short = |id: &str, more: Value| {
        let mut method = json!({"id": id, "batches": 60, "batch": 32, "latents": 24});
        more.as_object().unwrap().iter().for_each(|(name, value)| method[name] = value.clone());
        run(&problem, method)
    };
    let (ending, plain) = short("batch-topk-sae", json!({}));
    assert!(matches!(ending, Ending::Converged(_)));
    assert_eq!(short("matryoshka-sae", json!({"groups": 1, "bias": false})).1, plain);
    assert_ne!(short("matryoshka-sae", json!({"groups": 3, "bias": false})).1, plain);
    for id in ["topk-sae", "jumprelu-sae", "random-prefix-sae"] {
        let method = if id == "topk-sae" { json!({"active": 1}) } else { json!({}) };
        assert!(matches!(short(id, method).0, Ending::Converged(_)), "{id}");
    }
}

#[test]
fn what_cannot_be_is_told_in_a_sentence() {
    let refused = |problem: Value| {
        let spec = spec_of(&problem, &json!({"id": "topk-sae"}), 1);
        spec.instance(registry(), &NoFiles).err().expect("a complaint")
    };
    let complaint = refused(json!({"id": "features", "children": 6}));
    assert!(complaint.field.ends_with("child_rate") && complaint.message.contains("at most 0.17"), "{complaint}");
    assert!(refused(json!({"id": "features", "parents": 0, "lone": 0})).field.ends_with("lone"));
    // A rate that is too large ends in a sentence, not in a panic.
    for id in ["matryoshka-sae", "topk-sae", "jumprelu-sae", "random-prefix-sae"] {
        let active = if id == "jumprelu-sae" { json!({}) } else { json!({"active": 16}) };
        let mut method = json!({"id": id, "latents": 1, "batch": 1, "batches": 40, "rate": 0.1});
        active.as_object().unwrap().iter().for_each(|(name, value)| method[name] = value.clone());
        for problem in [json!({"parents": 0, "lone": 1}), json!({"lone": 0, "children": 0}), json!({"dims": 2})] {
            let mut problem = problem;
            problem["id"] = json!("features");
            run(&problem, method.clone());
        }
    }
}
