//! What every classifier shows: the card as a table, some patients, and where it stands on the curve of all thresholds.

use super::instance::{ScoringInstance, score};
use super::patterns::Pattern;
use crate::contract::{Axis, Cell, Kind, Mark, Panel, Values};

/// Most patterns in the table of patients.
const MOST_PATIENTS: usize = 24;

/// Weights of lines in the ROC panel: the curve, and what is only a guide.
const CURVE: f64 = 1.0;
const GUIDE: f64 = 0.25;

impl ScoringInstance {
    pub(super) fn shared_panels(&self, estimate: &[f64]) -> Vec<Panel<'static>> {
        let scores = self.scores(estimate);
        if scores.is_empty() {
            return Vec::new();
        }
        let mut panels = Vec::new();
        if estimate.len() == self.width() + 1 {
            panels.push(self.card(estimate));
        }
        panels.push(self.roc(&scores));
        panels.push(self.patients(&scores));
        panels
    }

    /// A score a training pattern; none where the estimate is no classifier.
    fn scores(&self, estimate: &[f64]) -> Vec<f64> {
        if estimate.len() == self.width() + 1 {
            return self.patterns.iter().map(|pattern| score(estimate, &pattern.features)).collect();
        }
        if estimate.len() != self.rows.len() {
            return Vec::new();
        }
        let of = |pattern: &Pattern| {
            let row = self.rows.iter().position(|row| *row == pattern.features);
            row.map_or(0.0, |row| estimate[row])
        };
        self.patterns.iter().map(of).collect()
    }

    /// The card: features with points, the strongest first, and the threshold.
    fn card(&self, card: &[f64]) -> Panel<'static> {
        let mut held: Vec<usize> = (0..self.width()).filter(|&j| card[j + 1] != 0.0).collect();
        held.sort_by(|&i, &j| card[j + 1].abs().total_cmp(&card[i + 1].abs()).then(i.cmp(&j)));
        let mean = |j: usize, count: fn(&Pattern) -> usize, of: usize| {
            let total = self.patterns.iter().fold(0.0, |sum, p| sum + f64::from(p.features[j]) * count(p) as f64);
            Cell::Number((total / of as f64 * 100.0).round() / 100.0)
        };
        let mut rows: Vec<Vec<Cell>> = held
            .iter()
            .map(|&j| {
                vec![
                    Cell::words(self.features[j].clone()),
                    Cell::Number(card[j + 1]),
                    mean(j, |p| p.positives, self.positives),
                    mean(j, |p| p.negatives, self.negatives),
                ]
            })
            .collect();
        rows.push(vec![Cell::words("positive when the points are more than"), Cell::Number(-card[0])]);
        let last = rows.len() - 1;
        let headings = ["feature", "points", "mean, positive", "mean, negative"];
        Panel::table(("card", "Scoring card", "multiply, add up, compare"), &headings, rows)
            .with_marks([Mark::Chosen { index: last }])
    }

    /// Training examples as the card sees them, the most frequent rows of features first; bold where most are told wrong.
    fn patients(&self, scores: &[f64]) -> Panel<'static> {
        let mut order: Vec<usize> = (0..self.patterns.len()).collect();
        let count = |i: usize| self.patterns[i].positives + self.patterns[i].negatives;
        order.sort_by(|&i, &j| count(j).cmp(&count(i)).then(i.cmp(&j)));
        order.truncate(MOST_PATIENTS);
        let wrong = |i: usize| {
            let pattern = &self.patterns[i];
            let missed = if scores[i] > 0.0 { 0 } else { pattern.positives };
            let alarms = if scores[i] < 0.0 { 0 } else { pattern.negatives };
            missed + alarms
        };
        let marks: Vec<Mark> = (0..order.len())
            .filter(|&row| 2 * wrong(order[row]) > count(order[row]))
            .map(|index| Mark::Chosen { index })
            .collect();
        let row = |&i: &usize| {
            let pattern = &self.patterns[i];
            vec![
                Cell::words(self.named(&pattern.features)),
                Cell::Number(scores[i]),
                Cell::count(pattern.positives),
                Cell::count(pattern.negatives),
                Cell::words(if scores[i] > 0.0 {
                    "positive"
                } else if scores[i] < 0.0 {
                    "negative"
                } else {
                    "undecided"
                }),
            ]
        };
        let headings = ["what is true of them", "score", "positive", "negative", "card says"];
        let names = ("patients", "Patients", "rows that occur most; bold where most of them are told wrong");
        Panel::table(names, &headings, order.iter().map(row)).with_marks(marks)
    }

    /// Features that are not zero, shortened to their numbers where there are many.
    fn named(&self, features: &[i32]) -> String {
        let yes_or_no = self.patterns.iter().all(|p| p.features.iter().all(|x| *x == 0 || *x == 1));
        if !yes_or_no {
            return features.iter().map(i32::to_string).collect::<Vec<_>>().join(" ");
        }
        let held: Vec<usize> = (0..features.len()).filter(|&j| features[j] != 0).collect();
        match held.len() {
            0 => "nothing".to_owned(),
            all if all == features.len() && all > 3 => "everything".to_owned(),
            1..=3 => held.iter().map(|&j| self.features[j].clone()).collect::<Vec<_>>().join(", "),
            many => {
                let first: Vec<_> = held[..2].iter().map(|&j| self.features[j].clone()).collect();
                format!("{} and {} more", first.join(", "), many - 2)
            }
        }
    }

    /// Sensitivity against false alarms over all thresholds, where the classifier stands, and how many alarms are allowed.
    fn roc(&self, scores: &[f64]) -> Panel<'static> {
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|&i, &j| scores[j].total_cmp(&scores[i]).then(i.cmp(&j)));
        let mut rows = vec![0.0, 0.0, 1.0, 1.0, GUIDE];
        if self.rules.max_false_alarms < 1.0 {
            rows.extend([self.rules.max_false_alarms, 0.0, self.rules.max_false_alarms, 1.0, GUIDE]);
        }
        let place =
            |alarms: usize, found: usize| [alarms as f64 / self.negatives as f64, found as f64 / self.positives as f64];
        let (mut alarms, mut found, mut before) = (0, 0, [0.0, 0.0]);
        for (at, &i) in order.iter().enumerate() {
            alarms += self.patterns[i].negatives;
            found += self.patterns[i].positives;
            // Equal scores cross a threshold together.
            if order.get(at + 1).is_none_or(|&next| scores[next] != scores[i]) {
                let here = place(alarms, found);
                rows.extend([before[0], before[1], here[0], here[1], CURVE]);
                before = here;
            }
        }
        let mut now = (0, 0);
        for (pattern, &score) in self.patterns.iter().zip(scores) {
            now.0 += if score < 0.0 { 0 } else { pattern.negatives };
            now.1 += if score > 0.0 { pattern.positives } else { 0 };
        }
        let [x, y] = place(now.0, now.1);
        rows.extend([x, y, x, y, CURVE]);
        Panel {
            id: "roc",
            title: "ROC",
            caption: "found among the positive against false alarms, over all thresholds; the point is the card's own",
            kind: Kind::Links,
            shape: (rows.len() / 5, 5),
            values: Values::give(rows),
            table: None,
            x: Axis::plain("false alarm rate"),
            y: Axis::plain("sensitivity"),
            marks: Vec::new(),
        }
    }
}
