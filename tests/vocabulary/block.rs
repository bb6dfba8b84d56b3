//! Block SBL: SBL where blocks are single entries, and what blocks and their correlation bring.

use super::cases::{Done, run, solve};
use pursuit::contract::Ending;
use pursuit::signals::random::{Random, Stream};
use serde_json::{Value, json};

fn blocks(count: usize) -> Value {
    json!({"id": "linear", "rows": 80, "cols": 256, "signal": {"id": "block-sparse", "blocks": count, "length": 4}})
}

#[test]
fn blocks_of_one_entry_are_sbl() {
    for noise in [json!({"id": "none"}), json!({"id": "gaussian", "snr_db": 20})] {
        let mut problem = blocks(3);
        problem["noise"] = noise;
        let block = json!({"id": "bsbl", "length": 1, "update": "em", "correlated": false, "max_steps": 40});
        let (sbl, bsbl) = (solve(&problem, 2, &json!({"id": "sbl", "max_steps": 40})), solve(&problem, 2, &block));
        assert_eq!((sbl.steps, &sbl.support), (bsbl.steps, &bsbl.support));
        for (a, b) in sbl.real_estimate().iter().zip(bsbl.real_estimate()) {
            assert!((a - b).abs() < 1e-7, "{a} and {b}");
        }
        for (a, b) in sbl.trace("objective").iter().zip(bsbl.trace("objective")) {
            assert!((a - b).abs() < 1e-6 * a.abs(), "{a} and {b}");
        }
    }
}

#[test]
fn knowing_of_blocks_finds_what_sbl_does_not() {
    let found = |method: Value| (1..=6).filter(|&seed| solve(&blocks(11), seed, &method).decibels() < -60.0).count();
    let (sbl, bo, em) =
        (found(json!({"id": "sbl"})), found(json!({"id": "bsbl"})), found(json!({"id": "bsbl", "update": "em"})));
    println!("{sbl} of six by SBL, {bo} by BSBL-BO, {em} by BSBL-EM");
    assert!(sbl <= 2 && bo >= 5 && em >= 5, "{sbl}, {bo}, {em}");
}

#[test]
fn the_objective_of_em_never_rises_without_correlation() {
    for seed in 1..=2 {
        let mut problem = blocks(5);
        problem["noise"] = json!({"id": "gaussian", "snr_db": 20});
        let method = json!({"id": "bsbl", "update": "em", "correlated": false, "noise_variance": 1e-3});
        let objective = solve(&problem, seed, &method).trace("objective");
        for pair in objective.windows(2) {
            assert!(pair[1] <= pair[0] + 1e-9 * pair[0].abs(), "{pair:?}");
        }
        assert!(objective[0] - objective[objective.len() - 1] > 10.0);
    }
}

/// Blocks of 8 entries in each of which neighbours are correlated by 0.95, one in four blocks.
fn smooth(seed: u64, method: &Value) -> Done {
    let mut random = Random::new(seed, Stream::Probe);
    let mut truth = vec![0.0; 160];
    for block in random.subset(20, 6) {
        let mut value = random.normal();
        for entry in &mut truth[8 * block..8 * (block + 1)] {
            *entry = value;
            value = 0.95 * value + (1.0 - 0.95 * 0.95_f64).sqrt() * random.normal();
        }
    }
    let problem = json!({"id": "linear", "rows": 36, "cols": 160, "data": {"truth": truth},
        "noise": {"id": "gaussian", "snr_db": 25}});
    run(json!({"v": 1, "seed": seed, "problem": problem, "methods": [method]}))
}

#[test]
fn correlation_within_blocks_is_learned_and_helps() {
    let (mut better, mut learned) = (0, Vec::new());
    for seed in 1..=8 {
        let with = smooth(seed, &json!({"id": "bsbl", "length": 8}));
        let without = smooth(seed, &json!({"id": "bsbl", "length": 8, "correlated": false}));
        println!(
            "{:.1} dB with, {:.1} dB without; {:.3}",
            with.decibels(),
            without.decibels(),
            with.last("correlation")
        );
        better += usize::from(with.decibels() < without.decibels() - 3.0);
        learned.push(with.last("correlation"));
    }
    learned.sort_by(f64::total_cmp);
    assert!(better >= 6, "{better} of eight");
    assert!((0.8..=0.99).contains(&learned[4]), "{learned:?}");
}

#[test]
fn one_block_of_one_column_has_its_variance_in_closed_form() {
    // a = e_1 |a| = 2, s2 = 0.25: EM's fixed point is gamma = (y_1^2 - s2) / 4 = 2.1875, x = gamma 2 y_1 / (s2 + 4 gamma).
    let data = json!({"matrix": [[2.0], [0.0]], "measurements": [3.0, 0.5]});
    for update in ["em", "bo"] {
        let method = json!({"id": "bsbl", "length": 1, "update": update, "noise_variance": 0.25, "tolerance": 1e-14,
            "max_steps": 5000});
        let done = run(json!({"v": 1, "problem": {"id": "linear", "data": data}, "methods": [method]}));
        assert!(matches!(done.ending, Ending::Converged(_)), "{:?}", done.ending);
        let expected = 2.1875 * 6.0 / 9.0;
        assert!((done.real_estimate()[0] - expected).abs() < 1e-9, "{update}: {:?}", done.real_estimate());
    }
}
