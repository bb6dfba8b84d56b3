//! The union of tallies: commutative, associative, and the same if a trial comes twice.

use crate::coin;
use proptest::prelude::*;
use pursuit::sweep::{Fate, Outcome, Record, Sweep, Tally};
use serde_json::json;

/// A record that a fixed computation could have made: its outcome is a function of cell and trial.
fn record((cell, trial): (usize, usize)) -> Record {
    let value = if (cell + trial).is_multiple_of(5) { f64::NAN } else { (cell as f64 + 0.1) / (trial as f64 + 0.7) };
    Record { cell, trial, runs: vec![Outcome::new(Fate::ALL[(cell * 3 + trial) % 5], value)] }
}

fn tally(sweep: &Sweep<'_>, tasks: &[(usize, usize)]) -> Tally {
    let mut tally = Tally::new(sweep);
    tasks.iter().for_each(|task| tally.add(record(*task)).unwrap());
    tally
}

fn union(a: &Tally, b: &Tally) -> Tally {
    let mut union = a.clone();
    union.merge(b).unwrap();
    union
}

fn tasks() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..165usize, 0..12usize), 0..60)
}

proptest! {
    #[test]
    fn unions_are_the_same_in_any_order(a in tasks(), b in tasks(), c in tasks()) {
        let registry = coin::registry();
        let sweep = coin::sweep(&registry, json!({}));
        let (ta, tb, tc) = (tally(&sweep, &a), tally(&sweep, &b), tally(&sweep, &c));
        let all = union(&union(&ta, &tb), &tc);
        let together = tally(&sweep, &[a, b, c].concat());
        prop_assert_eq!(all.trials(), together.trials());
        for other in [union(&tb, &ta), union(&ta, &tb)] {
            prop_assert_eq!(other.digest(), union(&ta, &tb).digest());
        }
        for other in [union(&ta, &union(&tb, &tc)), union(&tc, &union(&tb, &ta)), union(&all, &tb), together] {
            prop_assert_eq!(other.digest(), all.digest());
            prop_assert_eq!(pursuit::sweep::result(&sweep, &other), pursuit::sweep::result(&sweep, &all));
        }
    }

    #[test]
    fn a_record_is_the_same_after_a_file(cell in 0..4096usize, trial in 0..10_000usize, bits in any::<u64>()) {
        let outcomes = [f64::from_bits(bits), -0.0, f64::INFINITY].map(|value| Outcome::new(Fate::Budget, value));
        let written = Record { cell, trial, runs: outcomes.to_vec() };
        let text = written.json().to_string();
        let again = Record::read(&serde_json::from_str(&text).unwrap()).unwrap();
        prop_assert_eq!((again.cell, again.trial), (cell, trial));
        for (a, b) in written.runs.iter().zip(&again.runs) {
            prop_assert_eq!(a.value.to_bits(), b.value.to_bits());
        }
    }
}

#[test]
fn what_cannot_be_added_has_its_sentence() {
    let registry = coin::registry();
    let sweep = coin::sweep(&registry, json!({}));
    let mut tally = tally(&sweep, &[(3, 4)]);
    let mut other = record((3, 4));
    other.runs[0].value = 7.0;
    assert_eq!(tally.add(other).unwrap_err().to_string(), "trial 4 of cell 3 has two different outcomes");
    let complaint = tally.add(record((165, 0))).unwrap_err();
    assert_eq!(complaint.to_string(), "the sweep has no trial 0 of cell 165 with 1 methods");
    assert!(tally.add(record((0, 10_000))).is_err());
    assert!(tally.add(Record { runs: Vec::new(), ..record((0, 0)) }).is_err());
    assert_eq!(tally.trials(), 1);
    for wrong in [
        json!(null),
        json!({"cell": 0, "trial": 0}),
        json!({"cell": 0.5, "trial": 0, "runs": []}),
        json!({"cell": 0, "trial": -1, "runs": []}),
        json!({"cell": 0, "trial": 0, "runs": [["won", 1]]}),
        json!({"cell": 0, "trial": 0, "runs": [["budget"]]}),
        json!({"cell": 0, "trial": 0, "runs": [["budget", "1"]]}),
    ] {
        assert!(Record::read(&wrong).unwrap_err().message.starts_with("takes records"), "{wrong}");
    }
}
