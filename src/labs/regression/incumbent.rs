//! Good cards before any search: logistic fits that are rounded, and points that are changed one by one, and exchanged between two features, while that helps.

use super::logistic_path::{LogisticPath, rescaled};
use super::scoring::ScoringInstance;

/// Most rounds over all features.
const ROUNDS: usize = 50;

/// A card in whole points, with its best intercept.
#[derive(Clone, Debug)]
pub(super) struct Card {
    /// Points by feature.
    pub(super) points: Vec<i32>,
    /// The intercept.
    pub(super) intercept: i32,
    /// What it costs.
    pub(super) objective: f64,
}

impl Card {
    /// The card with these points; `None` where no intercept keeps the rules on errors.
    pub(super) fn with(instance: &ScoringInstance, points: Vec<i32>) -> Option<Self> {
        let (intercept, _, objective) = instance.completed(&points)?;
        Some(Self { points, intercept, objective })
    }

    /// The score of a row of features.
    pub(super) fn score(&self, features: &[i32]) -> i32 {
        self.points.iter().zip(features).fold(self.intercept, |sum, (point, x)| sum + point * x)
    }

    /// The estimate `(b, lambda)`.
    pub(super) fn estimate(&self) -> Vec<f64> {
        std::iter::once(self.intercept).chain(self.points.iter().copied()).map(f64::from).collect()
    }

    /// Features with points, ascending.
    pub(super) fn support(&self) -> Vec<usize> {
        (0..self.points.len()).filter(|&j| self.points[j] != 0).collect()
    }
}

/// The better of two cards; the first where they cost the same.
pub(super) fn better(one: Option<Card>, other: Option<Card>) -> Option<Card> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.objective < one.objective { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Coordinate descent over all whole points of each feature, and swaps of one feature for another, until neither helps. A round is
/// O(P^2 Lambda) cards.
pub(super) fn polished(instance: &ScoringInstance, card: Card) -> Card {
    let mut best = card;
    for _ in 0..ROUNDS {
        let before = best.objective;
        for j in 0..instance.width() {
            let (least, most) = instance.range(j);
            for value in least..=most {
                let mut points = best.points.clone();
                points[j] = value;
                best = tried(instance, best, points);
                // In place of each feature that has points, too.
                for i in best.support().into_iter().filter(|_| value != 0) {
                    let mut points = best.points.clone();
                    (points[i], points[j]) = (0, value);
                    best = tried(instance, best, points);
                }
            }
        }
        if best.objective >= before {
            break;
        }
    }
    best
}

fn tried(instance: &ScoringInstance, best: Card, points: Vec<i32>) -> Card {
    let size = points.iter().filter(|point| **point != 0).count();
    if points == best.points || size > instance.rules.size {
        return best;
    }
    match Card::with(instance, points) {
        Some(card) if card.objective < best.objective => card,
        _ => best,
    }
}

/// The best of rounded logistic fits and of no features at all, improved point by point.
pub(super) fn first_card(instance: &ScoringInstance) -> Option<Card> {
    let mut best = Card::with(instance, vec![0; instance.width()]);
    let mut path = LogisticPath::new(instance, 1.0);
    while !path.is_done() {
        path.next();
        let coefficients = path.coefficients();
        for most in 1..=instance.rules.max_points {
            best = better(best, rounded(instance, &rescaled(&coefficients, f64::from(most))));
        }
    }
    best.map(|card| polished(instance, card))
}

/// The card of the nearest whole points, within the rules; of more features than they allow, those with the most points.
pub(super) fn rounded(instance: &ScoringInstance, coefficients: &[f64]) -> Option<Card> {
    let mut points: Vec<i32> = (0..instance.width())
        .map(|j| {
            let (least, most) = instance.range(j);
            (coefficients[j + 1].round() as i32).clamp(least, most)
        })
        .collect();
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&i, &j| coefficients[j + 1].abs().total_cmp(&coefficients[i + 1].abs()).then(i.cmp(&j)));
    order.iter().skip(instance.rules.size).for_each(|&j| points[j] = 0);
    Card::with(instance, points)
}
