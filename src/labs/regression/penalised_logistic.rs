//! Penalised logistic regression as it is, or rounded to whole points: the usual way to a scoring card.
//!
//! ```text
//! for lambda along the path
//!     (b, beta) = penalised logistic regression at lambda
//!     none:      the card is (b, beta), whole or not
//!     nearest:   the card is round(b, beta)
//!     rescaled:  the card is round(s beta) with s Lambda over the largest slope, and its best intercept
//!     keep the card with the least objective
//! ```
//!
//! A share of the l1 norm of 1 makes it the lasso, 0 ridge regression, and the elastic net between. Rounded cards have at most
//! L0 features; rules on errors are kept by `rescaled` alone, whose intercept is chosen under them. A step is one penalty.

use super::incumbent::{Card, rounded};
use super::logistic_path::{LogisticPath, PENALTIES, rescaled};
use super::scoring::{MOST_INTERCEPT, ScoringInstance};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of penalised logistic regression.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PenalisedLogistic {
    /// Share of the l1 norm in the penalty, alpha: 1 is the lasso, 0 ridge regression.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.1))]
    pub alpha: f64,
    /// How coefficients become points.
    pub rounding: Rounding,
}

/// How coefficients become points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Rounding {
    /// They stay as they are.
    #[schemars(extend("x-label" = "not rounded"))]
    None,
    /// To the nearest whole numbers.
    #[schemars(extend("x-label" = "rounded"))]
    Nearest,
    /// To the nearest whole numbers once the largest is as large as it may be.
    #[default]
    #[schemars(extend("x-label" = "rescaled and rounded"))]
    Rescaled,
}

impl Default for PenalisedLogistic {
    fn default() -> Self {
        Self { alpha: 1.0, rounding: Rounding::default() }
    }
}

impl TypedMethod for PenalisedLogistic {
    type Instance = ScoringInstance;

    const CARD: MethodCard = MethodCard {
        id: "penalised-logistic",
        lab: "regression",
        problem: "scoring",
        title: "Penalised logistic regression, rounded",
        short: "logistic",
        sentence: "{rounding}, with {alpha} of the penalty on moduli",
        line: "Fits a penalised logistic model at every penalty and rounds it",
        cost: "a few hundred sweeps over the rows, O(n P) each, for a penalty",
        when: "a card is wanted at once, or probabilities rather than points",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        PENALTIES
    }

    fn start(&self, instance: &Arc<ScoringInstance>) -> Result<Box<dyn Run>, Complaint> {
        let empty = vec![0.0; instance.width() + 1];
        Ok(Box::new(Path {
            rounding: self.rounding,
            path: LogisticPath::new(instance, self.alpha),
            best: None,
            empty,
            lambda: 0.0,
            instance: instance.clone(),
        }))
    }
}

/// A walk along the path of penalties.
struct Path {
    rounding: Rounding,
    instance: Arc<ScoringInstance>,
    path: LogisticPath,
    /// The best card so far, and what it costs.
    best: Option<(f64, Vec<f64>)>,
    empty: Vec<f64>,
    lambda: f64,
}

impl Path {
    fn card(&self, coefficients: &[f64]) -> Option<Vec<f64>> {
        let instance = &self.instance;
        match self.rounding {
            Rounding::None => Some(coefficients.to_vec()),
            Rounding::Rescaled => {
                let most = f64::from(instance.rules.max_points);
                rounded(instance, &rescaled(coefficients, most)).map(|card| card.estimate())
            }
            Rounding::Nearest => {
                let card: Option<Card> = rounded(instance, coefficients);
                let most = f64::from(MOST_INTERCEPT);
                card.map(|card| {
                    let mut estimate = card.estimate();
                    estimate[0] = coefficients[0].round().clamp(-most, most);
                    estimate
                })
            }
        }
    }

    fn estimate(&self) -> &[f64] {
        self.best.as_ref().map_or(&self.empty, |(_, card)| card)
    }
}

impl Run for Path {
    fn step(&mut self) -> Status {
        self.lambda = self.path.next();
        let coefficients = self.path.coefficients();
        if coefficients.iter().any(|value| !value.is_finite()) {
            return Status::Diverged("coefficients grow without bound; the classes are separable".into());
        }
        if let Some(card) = self.card(&coefficients) {
            let cost = self.instance.judged(&card).and_then(|judged| judged.objective).unwrap_or(f64::INFINITY);
            if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
                self.best = Some((cost, card));
            }
        }
        match (self.path.is_done(), &self.best) {
            (false, _) => Status::Running,
            (true, Some(_)) => Status::Converged("all penalties are tried".into()),
            (true, None) => Status::Failed("No rounded card keeps the rules on errors. Looser rules would help".into()),
        }
    }

    fn observe(&self) -> Observation<'_> {
        let card = self.estimate();
        Observation {
            estimate: Values::lend(card),
            support: Cow::Owned((1..card.len()).filter(|&j| card[j] != 0.0).map(|j| j - 1).collect()),
            traces: vec![Trace { name: "lambda", value: self.lambda }],
            panels: Vec::new(),
            events: Vec::new(),
            products: 0.0,
        }
    }
}

static NOTE: Note = Note {
    formula: r"\min_{b,\, \beta}\ \frac1N \sum_i \log\big(1 + e^{-y_i (b + x_i^\top \beta)}\big) + \lambda \Big(\alpha \|\beta\|_1 + \frac{1 - \alpha}{2} \|\beta\|^2\Big), \qquad \text{points} = \mathrm{round}\Big(\frac{\Lambda}{\max_j |\beta_j|}\, \beta\Big)",
    breaks: "Whole numbers come after the fit, so the card is not the best of its kind: small coefficients round to zero together, and few points leave coarse steps. The fit knows nothing of rules on errors; only the intercept of a rescaled card is chosen under them.",
};
