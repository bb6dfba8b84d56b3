//! How an estimate's support compares with the true one.

use crate::contract::Trace;

/// Numbers of indices that are in both supports, in the true one only, and in the estimate's only.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Hits {
    found: usize,
    missed: usize,
    false_alarms: usize,
}

impl Hits {
    /// From whether each index is in the true support, and whether it is in the estimate's.
    pub(super) fn count(indices: impl Iterator<Item = (bool, bool)>) -> Self {
        let mut hits = Hits::default();
        for index in indices {
            match index {
                (true, true) => hits.found += 1,
                (true, false) => hits.missed += 1,
                (false, true) => hits.false_alarms += 1,
                (false, false) => {}
            }
        }
        hits
    }

    /// Where an index is in a support when its modulus exceeds `threshold`.
    pub(super) fn above(threshold: f64, truth: &[f64], estimate: &[f64]) -> Self {
        Self::count(truth.iter().zip(estimate).map(|(t, e)| (t.abs() > threshold, e.abs() > threshold)))
    }

    /// `precision`, `recall`, and the three numbers. A share of nothing is 1: nothing was wrong.
    pub(super) fn metrics(self) -> [Trace; 5] {
        let [found, missed, false_alarms] = [self.found, self.missed, self.false_alarms].map(|count| count as f64);
        let share = |rest: f64| if found + rest > 0.0 { found / (found + rest) } else { 1.0 };
        [
            Trace { name: "precision", value: share(false_alarms) },
            Trace { name: "recall", value: share(missed) },
            Trace { name: "found", value: found },
            Trace { name: "missed", value: missed },
            Trace { name: "false_alarms", value: false_alarms },
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_of_what_was_claimed_and_of_what_is_true() {
        let hits = Hits::above(0.5, &[1.0, -1.0, 0.0, 0.0, 2.0], &[1.0, 0.5, -3.0, 0.0, 0.6]);
        assert_eq!(hits, Hits { found: 2, missed: 1, false_alarms: 1 });
        assert_eq!(hits.metrics().map(|metric| metric.value), [2.0 / 3.0, 2.0 / 3.0, 2.0, 1.0, 1.0]);
        assert_eq!(Hits::default().metrics().map(|metric| metric.value), [1.0, 1.0, 0.0, 0.0, 0.0]);
    }
}
