//! Compound Gaussian least squares and its network: updates against their normal equations, derivatives against differences,
//! penalties against the LASSO, and layers that have learned nothing against the algorithm that they unfold.

use crate::run::{distance, norm, run};
use pursuit::labs::recovery::compound_gaussian::gaussian_update::Measuring;
use pursuit::labs::recovery::compound_gaussian::{Covariance, ScaleStep};
use pursuit::labs::recovery::dr_cg_net::CovarianceShape;
use pursuit::labs::recovery::dr_cg_net::covariance::Learned;
use pursuit::labs::recovery::dr_cg_net::network::Layers;
use pursuit::models::convolution::{Convolutions, Grid};
use pursuit::operators::Dense;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};
use std::sync::Arc;

const ROWS: usize = 9;
const COLS: usize = 16;

fn normals(random: &mut Random, count: usize) -> Vec<f64> {
    (0..count).map(|_| random.normal()).collect()
}

fn measuring(random: &mut Random) -> Measuring {
    Measuring::new(Arc::new(Dense::from_columns(ROWS, COLS, normals(random, ROWS * COLS)).with_unit_columns()))
}

fn covariance(random: &mut Random) -> Covariance {
    let beside = normals(random, COLS - 1).iter().map(|x| 0.2 * x.clamp(-1.0, 1.0)).collect();
    Covariance { diagonal: (0..COLS).map(|_| 0.5 + random.uniform()).collect(), beside }
}

fn nudged(x: &[f64], i: usize, by: f64) -> Vec<f64> {
    let mut x = x.to_vec();
    x[i] += by;
    x
}

fn sum(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

#[test]
fn the_update_of_u_solves_its_normal_equations() {
    let mut random = Random::new(3, Stream::Probe);
    let (measuring, p) = (measuring(&mut random), covariance(&mut random));
    let (z, y) = (normals(&mut random, COLS), normals(&mut random, ROWS));
    let u = measuring.update(&z, &p, &y).unwrap().u;
    // u + P Z A^T (A Z u - y) = 0.
    let image = measuring.apply(&(0..COLS).map(|i| z[i] * u[i]).collect::<Vec<_>>());
    let off: Vec<f64> = image.iter().zip(&y).map(|(image, y)| image - y).collect();
    let back: Vec<f64> = measuring.adjoint(&off).iter().zip(&z).map(|(b, z)| b * z).collect();
    let rest: Vec<f64> = p.apply(&back).iter().zip(&u).map(|(b, u)| b + u).collect();
    assert!(norm(&rest) < 1e-12 * norm(&u), "{}", norm(&rest));
}

#[test]
fn derivatives_go_through_the_factor_of_an_update() {
    let mut random = Random::new(4, Stream::Probe);
    let (measuring, p) = (measuring(&mut random), covariance(&mut random));
    let (z, y) = (normals(&mut random, COLS), normals(&mut random, ROWS));
    let wanted = normals(&mut random, COLS);
    let value = |z: &[f64], p: &Covariance| sum(&wanted, &measuring.update(z, p, &y).unwrap().u);
    let found = measuring.backward((&z, &p), &measuring.update(&z, &p, &y).unwrap(), &wanted);
    let h = 1e-6;
    let near = |found: f64, up: f64, down: f64| {
        let difference = (up - down) / (2.0 * h);
        assert!((found - difference).abs() < 1e-7 * (1.0 + difference.abs()), "{found} against {difference}");
    };
    for i in 0..COLS {
        near(found.scales[i], value(&nudged(&z, i, h), &p), value(&nudged(&z, i, -h), &p));
        let diagonal = |by: f64| Covariance { diagonal: nudged(&p.diagonal, i, by), ..p.clone() };
        near(found.diagonal[i], value(&z, &diagonal(h)), value(&z, &diagonal(-h)));
    }
    for i in 0..COLS - 1 {
        let beside = |by: f64| Covariance { beside: nudged(&p.beside, i, by), ..p.clone() };
        near(found.beside[i], value(&z, &beside(h)), value(&z, &beside(-h)));
    }
}

fn layers(random: &mut Random, form: ScaleStep, shape: CovarianceShape) -> Layers {
    let measuring = measuring(random);
    Layers {
        measuring,
        norm: 1.7,
        blocks: 2,
        steps: 2,
        form,
        bound: 2.0,
        filters: Convolutions::new(Grid::picture(4, 4), 2, 3),
        covariance: Learned { shape, entries: COLS, first: 0.8 },
    }
}

#[test]
fn derivatives_of_the_network_are_those_of_differences() {
    for form in [ScaleStep::Ista, ScaleStep::Pgd] {
        for shape in [CovarianceShape::Constant, CovarianceShape::Diagonal, CovarianceShape::Tridiagonal] {
            // Measurements so small that no step is shortened, and so large that most are.
            for size in [0.3, 6.0] {
                let mut random = Random::new(5, Stream::Probe);
                let layers = layers(&mut random, form, shape);
                let mut weights = layers.initial(&mut random);
                weights.iter_mut().for_each(|w| *w += 0.1 * random.normal());
                let y: Vec<f64> = normals(&mut random, ROWS).iter().map(|y| size * y).collect();
                let wanted = normals(&mut random, COLS);
                let value = |weights: &[f64]| sum(&wanted, layers.forward(weights, &y).unwrap().output());
                let mut found = vec![0.0; layers.size()];
                let pass = layers.forward(&weights, &y).unwrap();
                layers.backward(&weights, &pass, wanted.clone(), &mut found);
                let h = 1e-6;
                let scale = found.iter().fold(1.0_f64, |most, g| most.max(g.abs()));
                for (i, by_weight) in found.iter().enumerate() {
                    let difference = (value(&nudged(&weights, i, h)) - value(&nudged(&weights, i, -h))) / (2.0 * h);
                    assert!(
                        (by_weight - difference).abs() < 1e-5 * scale,
                        "{form:?}, {shape:?}, measurements of {size}, weight {i}: {by_weight} against {difference}"
                    );
                }
            }
        }
    }
}

#[test]
fn layers_that_learned_nothing_are_steps_of_length_one_at_most_and_updates() {
    let mut random = Random::new(8, Stream::Probe);
    let layers = layers(&mut random, ScaleStep::Ista, CovarianceShape::Constant);
    let weights = layers.initial(&mut random);
    let y: Vec<f64> = normals(&mut random, ROWS).iter().map(|y| 3.0 * y).collect();
    let p = Covariance::constant(COLS, 0.8);
    let back = |x: &[f64]| {
        let image = layers.measuring.apply(x);
        layers.measuring.adjoint(&image.iter().zip(&y).map(|(image, y)| image - y).collect::<Vec<_>>())
    };
    let times = |x: &[f64], y: &[f64]| -> Vec<f64> { x.iter().zip(y).map(|(x, y)| x * y).collect() };
    let moved = |x: &[f64], v: &[f64]| -> Vec<f64> {
        let length = norm(v).max(1.0);
        x.iter().zip(v).map(|(x, v)| x - v / length).collect()
    };
    let mut z: Vec<f64> = layers.measuring.adjoint(&y).iter().map(|b| (b.abs() / 1.7).min(2.0)).collect();
    for _ in 0..2 {
        let u = layers.measuring.update(&z, &p, &y).unwrap().u;
        for _ in 0..2 {
            z = moved(&z, &times(&u, &back(&times(&z, &u)))).iter().map(|z| z.max(0.0)).collect();
        }
    }
    let x = times(&z, &layers.measuring.update(&z, &p, &y).unwrap().u);
    let answer = layers.forward(&weights, &y).unwrap();
    assert!(distance(&moved(&x, &back(&x)), answer.output()) < 1e-12);
}

#[test]
fn a_covariance_stays_positive_whatever_its_weights() {
    let mut random = Random::new(6, Stream::Probe);
    for shape in [CovarianceShape::Constant, CovarianceShape::Diagonal, CovarianceShape::Tridiagonal] {
        let learned = Learned { shape, entries: 7, first: 0.5 };
        let p = learned.of(&normals(&mut random, learned.size()));
        let x = normals(&mut random, 7);
        assert!(sum(&x, &p.apply(&x)) > 0.0 && p.inverse_quadratic(&x) > 0.0);
    }
}

fn spikes() -> Value {
    json!({"id": "linear", "rows": 80, "cols": 200, "signal": {"id": "sparse", "sparsity": 20},
        "noise": {"id": "gaussian", "snr_db": 20}})
}

#[test]
fn the_cost_never_rises_whatever_the_prior_and_the_step() {
    let priors = [
        json!({"id": "power", "p": 2.0}),
        json!({"id": "power", "p": 1.0}),
        json!({"id": "power", "p": 0.6}),
        json!({"id": "log-normal"}),
        json!({"id": "rayleigh"}),
        json!({"id": "inverse-gamma"}),
    ];
    for prior in priors {
        for steps in ["pgd", "ista"] {
            let method = json!({"id": "g-cg-ls", "prior": prior, "steps": steps, "tolerance": 0, "max_steps": 40});
            let objective = run(&spikes(), 1, &method).trace("objective");
            let rises = objective.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::NEG_INFINITY, f64::max);
            assert!(rises <= 1e-12 * objective[0].abs(), "{prior}, {steps}: {rises}");
            assert!(objective[objective.len() - 1] < objective[0], "{prior}, {steps}");
        }
    }
}

#[test]
fn a_quadratic_cost_of_scales_is_the_lasso() {
    let lambda: f64 = 0.1;
    for steps in ["pgd", "ista"] {
        let prior = json!({"id": "power", "p": 2.0, "mu": lambda * lambda});
        let method = json!({"id": "g-cg-ls", "prior": prior, "steps": steps, "tolerance": 0, "max_steps": 1500});
        let compound = run(&spikes(), 2, &method);
        let lasso = run(&spikes(), 2, &json!({"id": "fista", "lambda": lambda, "tolerance": 1e-10}));
        let off = distance(&compound.estimate, &lasso.estimate) / norm(&lasso.estimate);
        assert!(off < 0.02, "{steps}: {off}");
        // F at its minimum over u and z is the LASSO's objective.
        let (f, objective) = (compound.last("objective"), lasso.last("objective"));
        assert!(f >= objective * (1.0 - 1e-9) && f <= objective * 1.003, "{steps}: {f} against {objective}");
    }
}

#[test]
fn a_picture_is_learned_by_filters_in_two_directions_and_a_line_in_one() {
    let method = json!({"id": "dr-cg-net", "blocks": 1, "steps": 1, "layers": 2, "filters": 2, "batches": 2,
        "examples": 4, "batch": 2});
    let picture = json!({"id": "linear", "rows": 24, "cols": 64, "signal": {"id": "ellipses"}});
    let of_picture = run(&picture, 1, &method);
    let facts = of_picture.instance.facts();
    assert_eq!(facts["side"], 8);
    let line = json!({"id": "linear", "rows": 24, "cols": 64, "signal": {"id": "sparse", "sparsity": 4}});
    assert!(run(&line, 1, &method).instance.facts()["side"].is_null());
    // A line's filters have 3 taps of the picture's 9, and learning has moved all lengths.
    assert_eq!(of_picture.panel("lengths").last().unwrap().len(), 2);
    assert!(of_picture.panel("lengths").last().unwrap().iter().all(|&eta| eta != 1.0));
}

#[test]
fn learning_lowers_the_loss_of_examples_that_are_only_watched() {
    let problem = json!({"id": "linear", "rows": 32, "cols": 64, "signal": {"id": "ellipses"},
        "noise": {"id": "gaussian", "snr_db": 40}});
    for id in ["dr-cg-net", "plain-cnn"] {
        let method = json!({"id": id, "batches": 60, "look": 5});
        let done = run(&problem, 1, &method);
        let watched = done.trace("watched_loss");
        assert!(watched[watched.len() - 1] < 0.8 * watched[0], "{id}: {watched:?}");
        assert!(watched.windows(2).all(|pair| pair[1] <= pair[0]), "{id}");
    }
}
