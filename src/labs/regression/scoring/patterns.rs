//! Examples with the same features, merged: nothing that looks at features can tell them apart.

use super::rules::{MOST_INTERCEPT, Rules};
use std::collections::BTreeMap;

/// Examples that share a row of features.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// The features.
    pub features: Vec<i32>,
    /// Positive examples.
    pub positives: usize,
    /// Negative examples.
    pub negatives: usize,
}

/// Merges examples, in the order of their features.
pub(super) fn merged<'a>(examples: impl Iterator<Item = (&'a Vec<i32>, bool)>) -> Vec<Pattern> {
    let mut counts: BTreeMap<&Vec<i32>, (usize, usize)> = BTreeMap::new();
    for (features, label) in examples {
        let entry = counts.entry(features).or_default();
        if label {
            entry.0 += 1;
        } else {
            entry.1 += 1;
        }
    }
    let pattern = |(features, (positives, negatives)): (&Vec<i32>, (usize, usize))| Pattern {
        features: features.clone(),
        positives,
        negatives,
    };
    counts.into_iter().map(pattern).collect()
}

/// What a classifier gets wrong. A score of zero is an error for both classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Errors {
    /// Positive examples that are not found.
    pub missed: usize,
    /// Negative examples that are taken for positive.
    pub alarms: usize,
}

impl Errors {
    /// Counts the errors of scores, one a pattern.
    pub fn of(patterns: &[Pattern], scores: impl Iterator<Item = f64>) -> Self {
        let mut errors = Self::default();
        for (pattern, score) in patterns.iter().zip(scores) {
            errors.missed += if score > 0.0 { 0 } else { pattern.positives };
            errors.alarms += if score < 0.0 { 0 } else { pattern.negatives };
        }
        errors
    }

    /// Weighted errors as a share of the examples.
    pub fn loss(self, rules: &Rules, examples: usize) -> f64 {
        (rules.miss_weight * self.missed as f64 + rules.alarm_weight() * self.alarms as f64) / examples as f64
    }
}

/// How many errors of each kind the rules allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowed {
    /// Most positive examples that may be missed.
    pub missed: usize,
    /// Most false alarms.
    pub alarms: usize,
}

impl Allowed {
    /// What the rules allow with so many examples of each class.
    pub fn by(rules: &Rules, positives: usize, negatives: usize) -> Self {
        // A hair more than the product, which may be a whole number less its rounding.
        let most = |share: f64, count: usize| (share * count as f64 + 1e-9).floor() as usize;
        Self { missed: most(1.0 - rules.min_sensitivity, positives), alarms: most(rules.max_false_alarms, negatives) }
    }

    /// Whether there are no more errors than these.
    pub fn holds(self, errors: Errors) -> bool {
        errors.missed <= self.missed && errors.alarms <= self.alarms
    }
}

/// The best whole intercept for given sums of points, `sum_j lambda_j x_ij` of each pattern, among `from..=to`: found by one
/// scan over its breakpoints, O(n log n). `None` where none is allowed.
pub fn best_intercept(
    patterns: &[Pattern],
    sums: &[i32],
    (from, to): (i32, i32),
    rules: &Rules,
    allowed: Allowed,
) -> Option<(i32, Errors)> {
    // From an intercept of 1 - s on, the positives with the sum s are found; from -s on, its negatives are false alarms.
    let mut events: Vec<(i32, usize, usize)> = Vec::with_capacity(2 * patterns.len());
    let mut errors = Errors::default();
    for (pattern, sum) in patterns.iter().zip(sums) {
        errors.missed += pattern.positives;
        events.push((1 - sum, pattern.positives, 0));
        events.push((-sum, 0, pattern.negatives));
    }
    events.sort_unstable_by_key(|event| event.0);
    let weighted =
        |errors: Errors| rules.miss_weight * errors.missed as f64 + rules.alarm_weight() * errors.alarms as f64;
    let mut best: Option<(i32, Errors)> = None;
    let mut consider = |at: i32, errors: Errors| {
        let better = best.is_none_or(|(old, known)| {
            let (now, before) = (weighted(errors), weighted(known));
            now < before || (now == before && at.abs() < old.abs())
        });
        if better && allowed.holds(errors) {
            best = Some((at, errors));
        }
    };
    let mut at = 0;
    // What happens up to `from` has happened there.
    while at < events.len() && events[at].0 <= from {
        errors.missed -= events[at].1;
        errors.alarms += events[at].2;
        at += 1;
    }
    consider(from, errors);
    while at < events.len() && events[at].0 <= to {
        let here = events[at].0;
        // The last intercept before a breakpoint is as good as the first after the one before, and may be nearer to zero.
        consider(here - 1, errors);
        while at < events.len() && events[at].0 == here {
            errors.missed -= events[at].1;
            errors.alarms += events[at].2;
            at += 1;
        }
        consider(here, errors);
    }
    consider(to, errors);
    best
}

/// The widest range of intercepts that can matter: no sum of points is larger than `reach`.
pub fn intercepts(reach: i32) -> (i32, i32) {
    let most = reach.saturating_add(1).min(MOST_INTERCEPT);
    (-most, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(features: &[i32], positives: usize, negatives: usize) -> Pattern {
        Pattern { features: features.to_vec(), positives, negatives }
    }

    #[test]
    fn equal_rows_are_merged() {
        let rows = [vec![1, 0], vec![0, 1], vec![1, 0], vec![1, 0]];
        let labels = [true, false, false, true];
        let merged = merged(rows.iter().zip(labels));
        assert_eq!(merged, [pattern(&[0, 1], 0, 1), pattern(&[1, 0], 2, 1)]);
    }

    #[test]
    fn the_scan_finds_what_trying_every_intercept_finds() {
        let patterns = [pattern(&[], 3, 1), pattern(&[], 0, 4), pattern(&[], 5, 0), pattern(&[], 2, 2)];
        let sums = [2_i32, -1, 4, 1];
        let everything = Allowed { missed: 10, alarms: 7 };
        for allowed in [everything, Allowed { missed: 10, alarms: 1 }, Allowed { missed: 2, alarms: 7 }] {
            let rules = Rules { miss_weight: 1.2, ..Rules::default() };
            let tried = (-6_i32..=6)
                .map(|b: i32| (b, Errors::of(&patterns, sums.iter().map(|s| f64::from(s + b)))))
                .filter(|(_, errors)| allowed.holds(*errors))
                .min_by(|(a, x), (b, y)| x.loss(&rules, 1).total_cmp(&y.loss(&rules, 1)).then(a.abs().cmp(&b.abs())));
            let found = best_intercept(&patterns, &sums, (-6, 6), &rules, allowed);
            assert_eq!(found.map(|(_, e)| e), tried.map(|(_, e)| e));
            assert_eq!(found.map(|(b, _)| b.abs()), tried.map(|(b, _)| b.abs()));
        }
        let none = Allowed { missed: 0, alarms: 0 };
        assert_eq!(best_intercept(&patterns, &sums, (-6, 6), &Rules::default(), none), None);
    }
}
