//! A classification tree (CART): yes-or-no questions, asked one after the other.
//!
//! ```text
//! tree = one leaf with all training examples
//! repeat
//!     of all leaves, features and thresholds take the split that lowers the weighted Gini impurity most
//! until there are as many leaves as wanted, or no split lowers it
//! ```
//!
//! A leaf says what most of its weighted examples are. Its score is their share above one half, so that an example in an
//! even leaf is an error of either class, as on a card. A step is a split and costs O(n P v) for v different values.
//!
//! Breiman, Friedman, Olshen and Stone, "Classification and regression trees" (1984); best-first growth.

use super::scoring::ScoringInstance;
use crate::contract::{Cell, Complaint, MethodCard, Note, Observation, Panel, Run, Status, Trace, TypedMethod, Values};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Parameters of classification trees.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ClassificationTree {
    /// Leaves.
    #[schemars(range(min = 2, max = 64))]
    pub leaves: usize,
}

impl Default for ClassificationTree {
    fn default() -> Self {
        Self { leaves: 6 }
    }
}

impl TypedMethod for ClassificationTree {
    type Instance = ScoringInstance;

    const CARD: MethodCard = MethodCard {
        id: "classification-tree",
        lab: "regression",
        problem: "scoring",
        title: "Classification tree",
        short: "tree",
        sentence: "of {leaves} leaves",
        line: "Splits the examples by one feature after the other",
        cost: "O(n P v) for v different values of a feature",
        when: "the answer to one question decides which is asked next",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.leaves
    }

    fn start(&self, instance: &Arc<ScoringInstance>) -> Result<Box<dyn Run>, Complaint> {
        let all = Leaf { patterns: (0..instance.patterns.len()).collect(), path: Vec::new() };
        Ok(Box::new(Growing { wanted: self.leaves, leaves: vec![all], instance: instance.clone() }))
    }
}

/// A question: whether a feature is at least a threshold; and the answer.
type Answer = (usize, i32, bool);

/// A leaf with its training patterns.
#[derive(Clone)]
struct Leaf {
    patterns: Vec<usize>,
    path: Vec<Answer>,
}

impl Leaf {
    fn holds(&self, features: &[i32]) -> bool {
        self.path.iter().all(|&(j, threshold, yes)| (features[j] >= threshold) == yes)
    }
}

/// A tree that grows.
struct Growing {
    wanted: usize,
    instance: Arc<ScoringInstance>,
    leaves: Vec<Leaf>,
}

impl Growing {
    /// Weighted positive and negative examples among patterns.
    fn weights(&self, patterns: &[usize]) -> (f64, f64) {
        let rules = &self.instance.rules;
        patterns.iter().map(|&i| &self.instance.patterns[i]).fold((0.0, 0.0), |(p, n), pattern| {
            (p + rules.miss_weight * pattern.positives as f64, n + rules.alarm_weight() * pattern.negatives as f64)
        })
    }

    /// The Gini impurity times the weight.
    fn impurity(&self, patterns: &[usize]) -> f64 {
        let (p, n) = self.weights(patterns);
        if p + n > 0.0 { 2.0 * p * n / (p + n) } else { 0.0 }
    }

    /// By how much the best split of a leaf lowers the impurity, and its question.
    fn best_split(&self, leaf: &Leaf) -> Option<(f64, usize, i32)> {
        let (before, mut best) = (self.impurity(&leaf.patterns), None::<(f64, usize, i32)>);
        for j in 0..self.instance.width() {
            let value = |i: usize| self.instance.patterns[i].features[j];
            let values: BTreeSet<i32> = leaf.patterns.iter().map(|&i| value(i)).collect();
            for &threshold in values.iter().skip(1) {
                let (yes, no): (Vec<usize>, Vec<usize>) = leaf.patterns.iter().partition(|&&i| value(i) >= threshold);
                let gain = before - self.impurity(&yes) - self.impurity(&no);
                if gain > 1e-9 && best.is_none_or(|(most, ..)| gain > most) {
                    best = Some((gain, j, threshold));
                }
            }
        }
        best
    }

    fn split(&mut self, at: usize, j: usize, threshold: i32) {
        let leaf = self.leaves.remove(at);
        let value = |i: usize| self.instance.patterns[i].features[j];
        let (yes, no): (Vec<usize>, Vec<usize>) = leaf.patterns.iter().partition(|&&i| value(i) >= threshold);
        for (offset, (patterns, answer)) in [(yes, true), (no, false)].into_iter().enumerate() {
            let mut path = leaf.path.clone();
            path.push((j, threshold, answer));
            self.leaves.insert(at + offset, Leaf { patterns, path });
        }
    }

    /// The weighted share of positive examples above one half.
    fn score(&self, leaf: &Leaf) -> f64 {
        let (p, n) = self.weights(&leaf.patterns);
        p / (p + n) - 0.5
    }

    fn table(&self) -> Panel<'static> {
        let yes_or_no = |j: usize| self.instance.patterns.iter().all(|p| (0..=1).contains(&p.features[j]));
        let question = |&(j, threshold, yes): &Answer| {
            let name = &self.instance.features[j];
            match (yes_or_no(j), yes) {
                (true, true) => name.clone(),
                (true, false) => format!("not {name}"),
                (false, true) => format!("{name} ≥ {threshold}"),
                (false, false) => format!("{name} < {threshold}"),
            }
        };
        let rows = self.leaves.iter().map(|leaf| {
            let count = |of: fn(&super::scoring::Pattern) -> usize| {
                Cell::count(leaf.patterns.iter().map(|&i| of(&self.instance.patterns[i])).sum())
            };
            let path = leaf.path.iter().map(question).collect::<Vec<_>>().join("; ");
            let path = if path.is_empty() { "everybody".to_owned() } else { path };
            let says = if self.score(leaf) > 0.0 { "positive" } else { "negative" };
            vec![Cell::words(path), Cell::words(says), count(|p| p.positives), count(|p| p.negatives)]
        });
        let names = ("tree", "Leaves", "questions from the root, and what the leaf says");
        Panel::table(names, &["leaf", "says", "positive", "negative"], rows)
    }
}

impl Run for Growing {
    fn step(&mut self) -> Status {
        let mut best: Option<(f64, usize, usize, i32)> = None;
        for (at, leaf) in self.leaves.iter().enumerate() {
            if let Some((gain, j, threshold)) = self.best_split(leaf)
                && best.is_none_or(|(most, ..)| gain > most)
            {
                best = Some((gain, at, j, threshold));
            }
        }
        match best {
            Some((_, at, j, threshold)) if self.leaves.len() < self.wanted => {
                self.split(at, j, threshold);
                if self.leaves.len() == self.wanted {
                    Status::Converged("as many leaves as wanted".into())
                } else {
                    Status::Running
                }
            }
            _ => Status::Converged("no split lowers the impurity".into()),
        }
    }

    fn observe(&self) -> Observation<'_> {
        Observation { panels: vec![self.table()], ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let of = |row: &Vec<i32>| {
            let leaf = self.leaves.iter().find(|leaf| leaf.holds(row));
            leaf.map_or(0.0, |leaf| self.score(leaf))
        };
        let asked: BTreeSet<usize> =
            self.leaves.iter().flat_map(|leaf| leaf.path.iter().map(|answer| answer.0)).collect();
        Observation {
            estimate: Values::give(self.instance.rows.iter().map(of).collect::<Vec<f64>>()),
            traces: vec![Trace { name: "size", value: asked.len() as f64 }],
            support: Cow::Owned(asked.into_iter().collect()),
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}

static NOTE: Note = Note {
    formula: r"\max_{L,\, j,\, \tau}\ G(L) - G(L_{x_j \ge \tau}) - G(L_{x_j < \tau}), \qquad G(L) = \frac{2\, p_L\, n_L}{p_L + n_L}",
    breaks: "A split is never taken back, and one that helps only together with the next is not made: of an exclusive or it sees nothing. A few examples more or less may change the first question, and with it all others. Many weak features, which a card adds up, take many leaves.",
};
