//! Unfolded thresholding: derivatives against differences, plain layers against the iterations they unfold.

use crate::run::{distance, run};
use pursuit::labs::recovery::unfolded_ista_iht::network::{Network, Proximal};
use pursuit::labs::recovery::unfolded_ista_iht::training::{Examples, Training, loss_and_gradient};
use pursuit::operators::Dense;
use pursuit::signals::random::{Random, Stream};
use serde_json::json;

const ROWS: usize = 20;
const COLS: usize = 40;

fn matrix() -> Dense<f64> {
    let mut random = Random::new(3, Stream::Matrix);
    Dense::from_columns(ROWS, COLS, (0..ROWS * COLS).map(|_| random.normal()).collect()).with_unit_columns()
}

#[test]
fn derivatives_by_the_steps_are_those_of_the_loss() {
    let operator = matrix();
    let mut examples = Examples { density: 0.1, noise: 0.05, random: Random::new(5, Stream::Method) };
    let steps = [0.11, 0.3, 0.07, 0.21, 0.4];
    for proximal in [Proximal::Soft(0.05), Proximal::Hard(0.02)] {
        let network = Network { operator: &operator, proximal };
        for training in [Training::Supervised, Training::Unsupervised] {
            let (x, y) = examples.draw(&operator);
            let loss = |steps: &[f64]| loss_and_gradient(network, training, steps, (&x, &y)).0;
            let (_, gradient) = loss_and_gradient(network, training, &steps, (&x, &y));
            for t in 0..steps.len() {
                let h = 1e-6;
                let (mut up, mut down) = (steps, steps);
                (up[t], down[t]) = (steps[t] + h, steps[t] - h);
                let difference = (loss(&up) - loss(&down)) / (2.0 * h);
                let scale = gradient.iter().fold(1.0_f64, |most, g| most.max(g.abs()));
                assert!(
                    (gradient[t] - difference).abs() < 1e-5 * scale,
                    "{proximal:?}, {training:?}, layer {t}: {} against {difference}",
                    gradient[t]
                );
            }
        }
    }
}

#[test]
fn layers_that_learn_nothing_are_the_iteration() {
    let problem = json!({"id": "linear", "rows": 30, "cols": 60, "noise": {"id": "gaussian", "snr_db": 18}});
    let plain = json!({"id": "unfolded-ista-iht", "training": "none", "layers": 12, "lambda": 0.05});
    let unfolded = run(&problem, 1, &plain);
    let ista = run(&problem, 1, &json!({"id": "ista", "lambda": 0.05, "tolerance": 0, "max_steps": 12}));
    assert_eq!(unfolded.steps, 12);
    assert!(distance(&unfolded.estimate, &ista.estimate) < 1e-12);
}

#[test]
fn each_training_is_best_at_its_own_goal() {
    let problem = json!({"id": "linear", "rows": 75, "cols": 150, "signal": {"id": "sparse", "sparsity": 12},
        "noise": {"id": "gaussian", "snr_db": 18}});
    let of = |training: &str| {
        let method = json!({"id": "unfolded-ista-iht", "training": training, "layers": 5, "batches": 30});
        let done = run(&problem, 2, &method);
        (done.last("relative_error"), done.last("objective"))
    };
    let (supervised, unsupervised, plain) = (of("supervised"), of("unsupervised"), of("none"));
    assert!(supervised.0 < unsupervised.0 && unsupervised.0 < plain.0, "{supervised:?} {unsupervised:?} {plain:?}");
    assert!(unsupervised.1 < supervised.1 && unsupervised.1 < plain.1, "{supervised:?} {unsupervised:?} {plain:?}");
}
