//! An instance of `scoring`, and how classifiers are judged.

use super::examples::MOST_FEATURES;
use super::patterns::{Allowed, Errors, Pattern, best_intercept, intercepts, merged};
use super::rules::{MOST_INTERCEPT, Rules, Signs};
use crate::contract::{Complaint, Instance, Observation, Panel, Trace, Values};
use crate::signals::patients::Examples;
use serde_json::{Value, json};
use std::any::Any;

/// Failure probability of the bound on the risk.
const DELTA: f64 = 0.05;

/// Examples to learn from and to be tested on, and the rules of a card.
pub struct ScoringInstance {
    /// A name a feature.
    pub features: Vec<String>,
    /// Training examples, merged.
    pub patterns: Vec<Pattern>,
    /// The other examples, merged.
    pub test: Vec<Pattern>,
    /// What a card may look like.
    pub rules: Rules,
    /// How many training errors it may make.
    pub allowed: Allowed,
    /// Training examples of each class.
    pub positives: usize,
    /// See `positives`.
    pub negatives: usize,
    /// All examples, the training ones first, for methods whose answer is a score an example.
    pub rows: Vec<Vec<i32>>,
    pub(super) labels: Vec<bool>,
}

/// A classifier, judged.
#[derive(Clone, Copy, Debug)]
pub struct Judged {
    /// Training errors.
    pub errors: Errors,
    /// Errors on the other examples.
    pub test_errors: Errors,
    /// The objective, where it is a card.
    pub objective: Option<f64>,
    /// Features with points.
    pub size: usize,
}

impl ScoringInstance {
    /// Divides the examples, in the order in which they are.
    ///
    /// # Errors
    /// When one of the classes is empty.
    pub(super) fn new(examples: Examples, share: f64, rules: Rules) -> Result<Self, Complaint> {
        let Examples { features, rows, labels } = examples;
        debug_assert!(features.len() <= MOST_FEATURES);
        let training = ((share * rows.len() as f64).round() as usize).clamp(1, rows.len());
        let positives = labels[..training].iter().filter(|label| **label).count();
        let negatives = training - positives;
        if positives == 0 || negatives == 0 {
            let class = if positives == 0 { "positive" } else { "negative" };
            return Err(Complaint::new("training", format!("leaves no {class} example to learn from; take more")));
        }
        let pairs = |from: usize, to: usize| rows[from..to].iter().zip(labels[from..to].iter().copied());
        let (patterns, test) = (merged(pairs(0, training)), merged(pairs(training, rows.len())));
        let allowed = Allowed::by(&rules, positives, negatives);
        Ok(Self { features, patterns, test, rules, allowed, positives, negatives, rows, labels })
    }

    /// Number of training examples, N.
    pub fn examples(&self) -> usize {
        self.positives + self.negatives
    }

    /// Number of features, P.
    pub fn width(&self) -> usize {
        self.features.len()
    }

    /// Smallest and largest number of points that the rules give feature `j`.
    pub fn range(&self, j: usize) -> (i32, i32) {
        let most = self.rules.max_points;
        match self.rules.signs {
            Signs::Any => (-most, most),
            Signs::NoNegative => (0, most),
            Signs::AsCorrelated if self.contrast(j) >= 0.0 => (0, most),
            Signs::AsCorrelated => (-most, 0),
        }
    }

    /// Mean of feature `j` among the positive training examples, less that among the negative ones.
    pub fn contrast(&self, j: usize) -> f64 {
        let mean = |count: fn(&Pattern) -> usize, of: usize| {
            self.patterns.iter().fold(0.0, |sum, p| sum + f64::from(p.features[j]) * count(p) as f64) / of as f64
        };
        mean(|p| p.positives, self.positives) - mean(|p| p.negatives, self.negatives)
    }

    /// The largest sum of points that a card can reach on a training example.
    pub fn reach(&self) -> i32 {
        let reach = |pattern: &Pattern| {
            let mut sizes: Vec<i32> = pattern.features.iter().map(|x| x.abs()).collect();
            sizes.sort_unstable_by(|a, b| b.cmp(a));
            self.rules.max_points * sizes.iter().take(self.rules.size).sum::<i32>()
        };
        self.patterns.iter().map(reach).max().unwrap_or(0)
    }

    /// The card of these points with its best intercept: `(b, lambda)`, its errors and its objective; `None` where no intercept keeps
    /// the rules on errors.
    pub fn completed(&self, points: &[i32]) -> Option<(i32, Errors, f64)> {
        let sums: Vec<i32> = self.patterns.iter().map(|pattern| sum(points, &pattern.features)).collect();
        let range = intercepts(MOST_INTERCEPT);
        let (intercept, errors) = best_intercept(&self.patterns, &sums, range, &self.rules, self.allowed)?;
        Some((intercept, errors, self.objective(errors, points.iter().map(|&p| f64::from(p)))))
    }

    /// The objective of a card with these errors and points.
    pub fn objective(&self, errors: Errors, points: impl Iterator<Item = f64>) -> f64 {
        let (mut size, mut total) = (0.0, 0.0);
        for point in points.filter(|point| *point != 0.0) {
            size += 1.0;
            total += point.abs();
        }
        let (n, rules) = (self.examples(), &self.rules);
        errors.loss(rules, n) + rules.price * size + rules.point_price(n) * total
    }

    /// What an estimate is worth; `None` where it is neither a card nor a score for every example.
    pub fn judged(&self, estimate: &[f64]) -> Option<Judged> {
        if estimate.len() == self.width() + 1 {
            let errors = |patterns: &[Pattern]| {
                Errors::of(patterns, patterns.iter().map(|pattern| score(estimate, &pattern.features)))
            };
            let training = errors(&self.patterns);
            return Some(Judged {
                errors: training,
                test_errors: errors(&self.test),
                objective: Some(self.objective(training, estimate[1..].iter().copied())),
                size: estimate[1..].iter().filter(|point| **point != 0.0).count(),
            });
        }
        (estimate.len() == self.rows.len()).then(|| {
            let count = |from: usize, to: usize| Errors {
                missed: (from..to).filter(|&i| self.labels[i] && estimate[i] <= 0.0).count(),
                alarms: (from..to).filter(|&i| !self.labels[i] && estimate[i] >= 0.0).count(),
            };
            let n = self.examples();
            Judged { errors: count(0, n), test_errors: count(n, self.rows.len()), objective: None, size: 0 }
        })
    }

    /// The estimate, where it is real.
    pub(super) fn numbers<'a>(seen: &'a Observation<'_>) -> &'a [f64] {
        match &seen.estimate {
            Values::Real(values) => values,
            Values::Complex(_) => &[],
        }
    }

    fn told(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(judged) = self.judged(Self::numbers(seen)) else { return Vec::new() };
        let share = |errors: Errors, of: usize| (errors.missed + errors.alarms) as f64 / of.max(1) as f64;
        let mut traces = vec![
            Trace { name: "error", value: share(judged.errors, self.examples()) },
            Trace { name: "test_error", value: share(judged.test_errors, self.rows.len() - self.examples()) },
            Trace { name: "false_alarm_rate", value: judged.errors.alarms as f64 / self.negatives as f64 },
            Trace { name: "sensitivity", value: 1.0 - judged.errors.missed as f64 / self.positives as f64 },
        ];
        if let Some(objective) = judged.objective {
            traces.push(Trace { name: "objective", value: objective });
            traces.push(Trace { name: "size", value: judged.size as f64 });
        }
        traces
    }

    /// With probability 0.95 no card of these rules errs on more of new examples: `R_N + sqrt((ln |L| - ln delta) / 2N)`, |L| the
    /// number of cards (Hoeffding's inequality and a union over all of them).
    fn risk_bound(&self, error: f64) -> f64 {
        let (values, mut cards, mut subsets) = (2.0 * f64::from(self.rules.max_points), 0.0, 1.0);
        for k in 0..=self.rules.size.min(self.width()) {
            cards += subsets * libm::pow(values, k as f64);
            subsets *= (self.width() - k) as f64 / (k + 1) as f64;
        }
        let log_cards = libm::log(cards) + libm::log(f64::from(2 * MOST_INTERCEPT + 1));
        error + ((log_cards - libm::log(DELTA)) / (2.0 * self.examples() as f64)).sqrt()
    }
}

/// The sum of points for a row of features.
pub(super) fn sum(points: &[i32], features: &[i32]) -> i32 {
    points.iter().zip(features).map(|(point, x)| point * x).sum()
}

/// The score of a card `(b, lambda)` for a row of features.
pub(super) fn score(card: &[f64], features: &[i32]) -> f64 {
    card[1..].iter().zip(features).fold(card[0], |sum, (point, x)| sum + point * f64::from(*x))
}

/// The greatest common divisor of the numbers of a card; 0 where one of them is no whole number, or all are zero.
fn divisor(card: &[f64]) -> f64 {
    if card.iter().any(|value| value.fract() != 0.0) {
        return 0.0;
    }
    let gcd = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    card.iter().fold(0, |divisor, value| gcd(divisor, value.abs() as u64)) as f64
}

impl Instance for ScoringInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (n, p) = (self.examples(), self.width());
        let merged = format!("{n} examples to learn from have {} different rows of features.", self.patterns.len());
        let lost: usize = self.patterns.iter().map(|pattern| pattern.positives.min(pattern.negatives)).sum();
        let lost = match lost {
            0 => String::new(),
            lost => format!(" No classifier that sees only these gets {lost} of them right."),
        };
        json!({"rows": n, "cols": p, "size": format!("N = {n}, P = {p}"), "notes": [merged + &lost]})
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        self.shared_panels(Self::numbers(seen))
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.told(seen)
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let mut metrics = self.told(seen);
        let estimate = Self::numbers(seen);
        if estimate.len() == self.width() + 1 {
            metrics.push(Trace { name: "divisor", value: divisor(estimate) });
            let most = estimate[1..].iter().fold(0.0_f64, |most, point| most.max(point.abs()));
            let whole = estimate.iter().all(|value| value.fract() == 0.0);
            if let (true, Some(error)) = (whole && most <= f64::from(self.rules.max_points), metrics.first()) {
                metrics.push(Trace { name: "risk_bound", value: self.risk_bound(error.value) });
            }
        }
        metrics
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let flat = self.rows.iter().flatten().map(|&x| f64::from(x)).collect();
        let labels = self.labels.iter().map(|&label| if label { 1.0 } else { -1.0 }).collect();
        let n = self.rows.len();
        vec![("x", (n, self.width()), Values::give::<f64>(flat)), ("y", (n, 1), Values::give::<f64>(labels))]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisors_of_cards() {
        assert_eq!(divisor(&[-6.0, 4.0, 0.0]), 2.0);
        assert_eq!(divisor(&[-3.0, 4.0, 2.0]), 1.0);
        assert_eq!((divisor(&[0.5, 2.0]), divisor(&[0.0, 0.0])), (0.0, 0.0));
    }
}
