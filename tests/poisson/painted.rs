//! Intensities painted by hand: they are the truth up to their scale, and what is no picture gets a sentence.

use pursuit::contract::{Complaint, Instance, NoFiles, Spec};
use pursuit::labs::recovery::poisson::PoissonInstance;
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Arc;

fn instance(scene: &Value, counts: f64, seed: u64) -> Result<Arc<dyn Instance>, Complaint> {
    let problem = json!({"id": "poisson", "scene": scene, "counts": counts});
    let spec = json!({"v": 1, "seed": seed, "problem": problem, "methods": [{"id": "spiral-tap"}]});
    Spec::from_value(spec, registry())?.instance(registry(), &NoFiles)
}

fn poisson(instance: &Arc<dyn Instance>) -> &PoissonInstance {
    instance.as_any().downcast_ref().expect("an instance of poisson")
}

fn complaint(scene: &Value) -> String {
    instance(scene, 10.0, 1).err().expect("a complaint").to_string()
}

#[test]
fn the_truth_is_what_was_painted_scaled_to_the_mean() {
    let values: Vec<f64> = (0..36).map(|i| f64::from(i % 5)).collect();
    let drawn = instance(&json!({"id": "drawn", "rows": 6, "values": values}), 10.0, 1).expect("an instance");
    let truth = &poisson(&drawn).truth;
    assert_eq!(poisson(&drawn).shape, (6, 6));
    let scale = 10.0 * 36.0 / values.iter().sum::<f64>();
    assert!(truth.iter().zip(&values).all(|(f, value)| (f - scale * value).abs() < 1e-9));
}

#[test]
fn counts_follow_the_seed_and_not_the_unit() {
    let scene = |unit: f64| {
        let values: Vec<f64> = (0..16).map(|i| unit * f64::from(i)).collect();
        json!({"id": "drawn", "rows": 1, "values": values})
    };
    let counts = |unit, seed| poisson(&instance(&scene(unit), 50.0, seed).expect("an instance")).counts.clone();
    assert_eq!(counts(1.0, 3), counts(4.0, 3));
    assert_ne!(counts(1.0, 3), counts(1.0, 4));
}

#[test]
fn what_is_no_line_and_no_square_picture_is_refused() {
    let drawn = |rows: usize, values: &[f64]| json!({"id": "drawn", "rows": rows, "values": values});
    let begins = |scene: &Value, words: &str| {
        let said = complaint(scene);
        assert!(said.starts_with(words), "{said}");
    };
    begins(&json!({"id": "drawn"}), "problem.scene.values: takes 8 to 4096 intensities on a line, not 0");
    begins(&drawn(1, &[1.0; 5000]), "problem.scene.values: takes 8 to 4096 intensities on a line, not 5000");
    begins(
        &drawn(5, &[1.0; 24]),
        "problem.scene.values: takes a square picture with a side of 4 to 128, not 24 pixels in 5",
    );
    begins(&drawn(2, &[1.0; 4]), "problem.scene.values: takes a square picture");
    begins(&drawn(4, &[0.0; 16]), "problem.scene.values: is dark everywhere");
    begins(&drawn(4, &[5e-324; 16]), "problem.scene.values: is dark everywhere");
    begins(&drawn(4, &[-1.0; 16]), "problem.scene.values[0]: takes a number from 0 to 1000000, not -1");
    begins(&drawn(200, &[1.0; 16]), "problem.scene.rows: takes a whole number from 1 to 128");
    begins(&drawn(1, &[1.0; 20_000]), "problem.scene.values: takes a list of 0 to 16384 entries");
}
