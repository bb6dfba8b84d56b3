//! Unit weighting: every feature counts one point for or against, chosen one after the other.
//!
//! ```text
//! card = no features
//! repeat
//!     of all features and both signs add the one that makes the card cost least, with its best intercept
//! until the card is full
//! the answer is the card that cost least on the way
//! ```
//!
//! The threshold may lie between two whole numbers, or a card of one point could not tell anything apart: the card is found with two
//! points a feature and halved. Burgess (1928) made such cards by hand. A step adds a feature and tries 2 P cards, O(n log n) each.

use super::incumbent::{Card, better};
use super::scoring::ScoringInstance;
use crate::contract::{Complaint, Event, MethodCard, Note, Observation, Run, Status, TypedMethod, Values};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// No parameters.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct UnitWeights {}

impl TypedMethod for UnitWeights {
    type Instance = ScoringInstance;

    const CARD: MethodCard = MethodCard {
        id: "unit-weights",
        lab: "regression",
        problem: "scoring",
        title: "Unit weighting",
        short: "unit weights",
        sentence: "",
        line: "Adds features with a point for or against, the best one first",
        cost: "2 P cards, O(n log n) each",
        when: "a card is to be counted on the fingers",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        64
    }

    fn start(&self, instance: &Arc<ScoringInstance>) -> Result<Box<dyn Run>, Complaint> {
        let points = vec![0; instance.width()];
        let card = Card::with(instance, points.clone());
        Ok(Box::new(Greedy { card, points, added: None, instance: instance.clone() }))
    }
}

/// A card that grows.
struct Greedy {
    instance: Arc<ScoringInstance>,
    /// The card that cost least, twice; `None` while no intercept keeps the rules on errors.
    card: Option<Card>,
    points: Vec<i32>,
    added: Option<usize>,
}

impl Greedy {
    /// The best card of one feature more.
    fn next(&self) -> Option<(usize, Card)> {
        let mut best: Option<(usize, Card)> = None;
        for j in (0..self.points.len()).filter(|&j| self.points[j] == 0) {
            let (least, most) = self.instance.range(j);
            for value in [2, -2].into_iter().filter(|value| (least..=most).contains(&(value / 2))) {
                let mut points = self.points.clone();
                points[j] = value;
                if let Some(card) = Card::with(&self.instance, points)
                    && best.as_ref().is_none_or(|(_, known)| card.objective < known.objective)
                {
                    best = Some((j, card));
                }
            }
        }
        best
    }
}

/// The estimate of a card that was found with two points a feature.
fn halved(card: &Card) -> Vec<f64> {
    card.estimate().iter().map(|value| value / 2.0).collect()
}

impl Run for Greedy {
    fn step(&mut self) -> Status {
        self.added = None;
        let full = self.points.iter().filter(|point| **point != 0).count() >= self.instance.rules.size;
        let next = if full { None } else { self.next() };
        match (next, &self.card) {
            (Some((j, card)), _) => {
                self.added = Some(j);
                self.points.clone_from(&card.points);
                self.card = better(self.card.take(), Some(card));
                Status::Running
            }
            (None, Some(_)) => Status::Converged("the card is full".into()),
            (None, None) => Status::Failed("No card of one point a feature keeps the rules on errors".into()),
        }
    }

    fn observe(&self) -> Observation<'_> {
        let empty = || vec![0.0; self.points.len() + 1];
        Observation {
            estimate: Values::give(self.card.as_ref().map_or_else(empty, halved)),
            support: Cow::Owned(self.card.as_ref().map(Card::support).unwrap_or_default()),
            traces: Vec::new(),
            panels: Vec::new(),
            events: self.added.map(|index| Event::Pick { index }).into_iter().collect(),
            products: 0.0,
        }
    }
}

static NOTE: Note = Note {
    formula: r"(j, s) = \arg\min_{j \notin S,\ s = \pm 1}\ \min_b\ C\big(b,\ \lambda + s\, e_j\big), \qquad \lambda_j \in \{-1, 0, 1\}, \quad 2 b \in \mathbb Z",
    breaks: "A feature that says much counts no more than one that says little, and a feature that is in stays in. Features with many values are taken as they are, a point a unit. It fails where no card of one point a feature keeps the rules on errors, although one of more points might.",
};
