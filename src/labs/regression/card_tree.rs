//! The tree of scoring cards, and how little a card below a node can cost.
//!
//! A node has decided the points of the first features in one order, and an interval of the intercept. With a feature undecided,
//! training rows fall into groups that agree on all undecided features: whatever a card adds to one row's score, it adds to all
//! rows of the group. So a group errs at least as often as with the best common offset, and offsets go no further than the
//! features that may still get points reach. The sum over groups bounds every card below the node; at a leaf there is one
//! group, and the bound is what the card costs.

use super::scoring::{Errors, ScoringInstance, intercepts};
use std::cmp::Ordering;
use std::sync::Arc;

/// An interval of intercepts that is wider than this is halved before features are decided.
const STRIP: i32 = 6;

/// All cards with these points of the first features and an intercept between these.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// None of them costs less.
    pub(super) bound: f64,
    /// Points in the order of the tree.
    pub(super) points: Vec<i32>,
    /// Features with points.
    used: usize,
    /// Sum of their moduli.
    total: i32,
    /// Interval of the intercept.
    from: i32,
    to: i32,
}

/// The larger node is the one to look at first: the lower bound, then the deeper.
impl Ord for Node {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = other.bound.total_cmp(&self.bound);
        let by_depth = self.points.len().cmp(&other.points.len());
        by_bound.then(by_depth).then_with(|| (&other.points, other.from).cmp(&(&self.points, self.from)))
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

/// A training row, with its features in the order of the tree.
struct Row {
    x: Vec<i32>,
    positives: usize,
    negatives: usize,
}

/// Groups at a depth: rows `ends[g - 1]..ends[g]`, and how far `r` more features can move their scores.
struct Level {
    ends: Vec<usize>,
    /// `reach[g * (size + 1) + r]`, downwards and upwards.
    reach: Vec<(i32, i32)>,
}

/// The tree over some of the training rows. The errors on the others are settled.
pub(super) struct Tree {
    instance: Arc<ScoringInstance>,
    /// Features, the most telling first.
    order: Vec<usize>,
    ranges: Vec<(i32, i32)>,
    rows: Vec<Row>,
    levels: Vec<Level>,
    settled: Errors,
}

/// A row that must be told otherwise than the best card so far tells it.
#[derive(Clone, Copy)]
pub(super) struct Forced {
    /// The row, by its place among those of the tree.
    pub(super) row: usize,
    /// Whether its score must not be positive; else it must not be negative.
    pub(super) down: bool,
}

impl Tree {
    /// The tree over the training patterns that `keep` lets in, by their number; `settled` are the errors on all others.
    pub(super) fn new(instance: &Arc<ScoringInstance>, keep: impl Fn(usize) -> bool, settled: Errors) -> Self {
        let width = instance.width();
        let mut order: Vec<usize> = (0..width).collect();
        let gain = |j: usize| {
            let largest = instance.patterns.iter().map(|p| p.features[j].abs()).max().unwrap_or(0);
            instance.contrast(j).abs() / f64::from(largest.max(1))
        };
        order.sort_by(|&i, &j| gain(j).total_cmp(&gain(i)).then(i.cmp(&j)));
        let patterns = instance.patterns.iter().enumerate().filter(|(i, _)| keep(*i)).map(|(_, pattern)| pattern);
        let mut rows: Vec<Row> = patterns
            .map(|pattern| Row {
                x: order.iter().map(|&j| pattern.features[j]).collect(),
                positives: pattern.positives,
                negatives: pattern.negatives,
            })
            .collect();
        // With the last features as the first keys, rows that agree on the last ones are neighbours at every depth.
        rows.sort_by(|a, b| a.x.iter().rev().cmp(b.x.iter().rev()));
        let ranges: Vec<(i32, i32)> = order.iter().map(|&j| instance.range(j)).collect();
        let levels = (0..=width).map(|depth| Level::new(&rows, depth, &ranges, instance.rules.size)).collect();
        Self { instance: instance.clone(), order, ranges, rows, levels, settled }
    }

    /// The place of the row with these features, which must be among those of the tree.
    pub(super) fn row_of(&self, features: &[i32]) -> usize {
        let same = |row: &Row| self.order.iter().zip(&row.x).all(|(&j, &x)| features[j] == x);
        self.rows.iter().position(same).unwrap_or(0)
    }

    /// The node of all cards.
    pub(super) fn root(&self, forced: Option<Forced>) -> Option<Node> {
        let (from, to) = intercepts(self.instance.reach());
        self.bounded(Node { bound: 0.0, points: Vec::new(), used: 0, total: 0, from, to }, forced)
    }

    /// The points of a node by feature; those undecided are zero.
    pub(super) fn card(&self, node: &Node) -> Vec<i32> {
        let mut points = vec![0; self.order.len()];
        for (&j, &value) in self.order.iter().zip(&node.points) {
            points[j] = value;
        }
        points
    }

    /// Whether there is nothing left to decide but the intercept.
    pub(super) fn is_leaf(&self, node: &Node) -> bool {
        node.points.len() == self.order.len()
    }

    /// Children of a node that is no leaf, with their bounds; those that cannot keep the rules are left out.
    pub(super) fn children(&self, node: &Node, forced: Option<Forced>) -> Vec<Node> {
        if node.to - node.from > STRIP {
            let middle = node.from + (node.to - node.from) / 2;
            let halves = [(node.from, middle), (middle + 1, node.to)];
            return halves
                .into_iter()
                .filter_map(|(from, to)| self.bounded(Node { from, to, ..node.clone() }, forced))
                .collect();
        }
        let (least, most) = self.ranges[node.points.len()];
        (least..=most).filter_map(|value| self.bounded(self.child(node, value), forced)).collect()
    }

    fn child(&self, node: &Node, value: i32) -> Node {
        let mut points = node.points.clone();
        points.push(value);
        let used = node.used + usize::from(value != 0);
        if used == self.instance.rules.size {
            points.resize(self.order.len(), 0);
        }
        Node { points, used, total: node.total + value.abs(), ..*node }
    }

    /// The node with its bound; `None` where no card below keeps the rules on errors or tells the forced row so.
    fn bounded(&self, node: Node, forced: Option<Forced>) -> Option<Node> {
        let rules = &self.instance.rules;
        let depth = node.points.len();
        let level = &self.levels[depth];
        let left = rules.size - node.used;
        let mut certain = self.settled;
        let mut lost = self.settled.loss(rules, 1);
        let (mut scores, mut events) = (Vec::new(), Vec::new());
        let mut start = 0;
        for (group, &end) in level.ends.iter().enumerate() {
            let rows = &self.rows[start..end];
            scores.clear();
            scores.extend(
                rows.iter().map(|row| node.points.iter().zip(&row.x).fold(0, |sum, (point, x)| sum + point * x)),
            );
            let (down, up) = level.reach[group * (rules.size + 1) + left];
            let (mut from, mut to) = (node.from + down, node.to + up);
            if let Some(forced) = forced.filter(|forced| (start..end).contains(&forced.row)) {
                let turn = -scores[forced.row - start];
                if forced.down {
                    to = to.min(turn)
                } else {
                    from = from.max(turn)
                }
                if from > to {
                    return None;
                }
            }
            for (row, score) in rows.iter().zip(&scores) {
                certain.missed += if score + to <= 0 { row.positives } else { 0 };
                certain.alarms += if score + from >= 0 { row.negatives } else { 0 };
            }
            lost += self.least(rows, &scores, (from, to), &mut events);
            start = end;
        }
        let n = self.instance.examples();
        let cost = rules.price * node.used as f64 + rules.point_price(n) * f64::from(node.total);
        self.instance.allowed.holds(certain).then(|| Node { bound: lost / n as f64 + cost, ..node })
    }

    /// Least weighted errors of a group over all offsets of an interval.
    fn least(&self, rows: &[Row], scores: &[i32], (from, to): (i32, i32), events: &mut Vec<(i32, f64)>) -> f64 {
        let rules = &self.instance.rules;
        let weights =
            |row: &Row| (rules.miss_weight * row.positives as f64, rules.alarm_weight() * row.negatives as f64);
        if let ([row], [score]) = (rows, scores) {
            let (missed, alarms) = weights(row);
            let found = if score + to > 0 { alarms } else { f64::INFINITY };
            let refused = if score + from < 0 { missed } else { f64::INFINITY };
            return found.min(refused).min(missed + alarms);
        }
        events.clear();
        let mut lost = 0.0;
        for (row, score) in rows.iter().zip(scores) {
            let (missed, alarms) = weights(row);
            if score + from <= 0 {
                lost += missed;
                events.push((1 - score, -missed));
            }
            if score + from >= 0 {
                lost += alarms;
            } else {
                events.push((-score, alarms));
            }
        }
        events.sort_unstable_by_key(|event| event.0);
        let mut least = lost;
        let mut at = 0;
        while at < events.len() && events[at].0 <= to {
            let here = events[at].0;
            while at < events.len() && events[at].0 == here {
                lost += events[at].1;
                at += 1;
            }
            least = least.min(lost);
        }
        // What was added and taken away again may leave its rounding.
        least.max(0.0)
    }
}

impl Level {
    fn new(rows: &[Row], depth: usize, ranges: &[(i32, i32)], size: usize) -> Self {
        let (mut ends, mut reach) = (Vec::new(), Vec::new());
        for (i, row) in rows.iter().enumerate() {
            let open = &row.x[depth..];
            if rows.get(i + 1).is_some_and(|next| next.x[depth..] == *open) {
                continue;
            }
            ends.push(i + 1);
            let gains = |up: bool| {
                let gain = |((least, most), x): (&(i32, i32), &i32)| {
                    if up { (least * x).max(most * x).max(0) } else { (least * x).min(most * x).min(0) }
                };
                let mut gains: Vec<i32> = ranges[depth..].iter().zip(open).map(gain).collect();
                gains.sort_unstable_by_key(|gain| -gain.abs());
                gains
            };
            let (up, down) = (gains(true), gains(false));
            reach.extend((0..=size).map(|r| (down.iter().take(r).sum::<i32>(), up.iter().take(r).sum::<i32>())));
        }
        Self { ends, reach }
    }
}
