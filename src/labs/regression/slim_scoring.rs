//! Supersparse linear integer models (SLIM): the best scoring card, with a proof.
//!
//! ```text
//! card = the best of rounded logistic fits, improved point by point        the incumbent
//! for every row of features i                                              data reduction
//!     bound = least cost of a card that tells i otherwise, from a few nodes of the tree below
//!     where bound > cost(card): every optimal card agrees on i; settle its loss and drop it
//! open = { every card }
//! repeat                                                                   a dive
//!     take the open node with the least bound
//!     until it is a leaf: halve its interval of intercepts, or give the next feature each number of points;
//!         keep children whose bound is below cost(card); go on with the least, leave the others open
//!     at the leaf the best intercept is found by a scan; improve the card if it costs less
//! until no open node has a bound below cost(card)
//! ```
//!
//! Solves the integer program of [`super::scoring`] exactly. The objective's three parts are weighted errors, a price a feature
//! and a price a point so small that it only breaks ties, which makes the numbers of an optimal card coprime. Bounds are those of
//! `card_tree`; a node costs O(n P Lambda) for n different rows. Any step shows the best card, a lower bound and the gap.
//!
//! Ustun and Rudin, "Supersparse linear integer models for optimized medical scoring systems" (Machine Learning 2016): the program
//! (1), its constraints (section 4) and data reduction (section 5). The paper hands the program to a commercial solver and
//! reduces data by a convex relaxation; the tree and its bounds are the lab's.

use super::card_tree::{Forced, Node, Tree};
use super::incumbent::{Card, first_card, polished};
use super::scoring::{Errors, ScoringInstance};
use crate::contract::{
    Axis, Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, TypedMethod, Values, Watch,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// A bound nearer to the incumbent than this is none that promises anything: rounding of sums of shares.
const ROUNDING: f64 = 1e-12;

/// Most open nodes.
const MOST_OPEN: usize = 400_000;

/// Parameters of SLIM.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SlimScoring {
    /// Nodes that are looked at to settle a row of features; 0 keeps all rows.
    #[schemars(range(min = 0, max = 1000))]
    pub reduction: usize,
    /// Call a card best when it costs at most this more than the bound.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps: rows to settle, and dives.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SlimScoring {
    fn default() -> Self {
        Self { reduction: 4, tolerance: 0.0, max_steps: 20_000 }
    }
}

impl TypedMethod for SlimScoring {
    type Instance = ScoringInstance;

    const CARD: MethodCard = MethodCard {
        id: "slim-scoring",
        lab: "regression",
        problem: "scoring",
        title: "Supersparse linear integer models",
        short: "SLIM",
        sentence: "looking at {reduction} nodes to settle a row",
        line: "The best card of whole points, by branch and bound, with a proof",
        cost: "O(n P) for each number of points at a node of the tree, for n different rows",
        when: "the card is to be read by people, must keep rules exactly, and has a handful of features",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<ScoringInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Search::new(self.clone(), instance.clone())))
    }
}

/// A run of SLIM.
struct Search {
    settings: SlimScoring,
    instance: Arc<ScoringInstance>,
    tree: Tree,
    best: Option<Card>,
    /// By how much telling a pattern otherwise costs more than the incumbent, at least, and whether that settles it.
    margins: Vec<f64>,
    settled: Vec<bool>,
    reduced: usize,
    /// The open nodes; `None` while data are being reduced.
    open: Option<BinaryHeap<Node>>,
    /// No card costs less.
    bound: f64,
    /// Open nodes by the number of features that they have decided, and nodes so far.
    depths: Vec<f64>,
    nodes: usize,
    events: Vec<Event>,
}

impl Search {
    fn new(settings: SlimScoring, instance: Arc<ScoringInstance>) -> Self {
        let tree = Tree::new(&instance, |_| true, Errors::default());
        let best = first_card(&instance);
        let patterns = instance.patterns.len();
        Self {
            bound: tree.root(None).map_or(0.0, |root| root.bound),
            depths: vec![0.0; instance.width() + 1],
            settings,
            tree,
            best,
            margins: vec![0.0; patterns],
            settled: vec![false; patterns],
            reduced: 0,
            open: None,
            nodes: 0,
            events: Vec::new(),
            instance,
        }
    }

    fn cost(&self) -> f64 {
        self.best.as_ref().map_or(f64::INFINITY, |card| card.objective)
    }

    /// Whether a bound promises a better card.
    fn promises(&self, bound: f64) -> bool {
        bound < self.cost() - self.settings.tolerance - ROUNDING
    }

    /// Looks whether every optimal card tells the next pattern as the incumbent does.
    fn reduce(&mut self) {
        let pattern = self.reduced;
        self.reduced += 1;
        let Some(card) = &self.best else { return };
        let features = &self.instance.patterns[pattern].features;
        let score = card.score(features);
        if score == 0 {
            return;
        }
        let row = self.tree.row_of(features);
        let forced = Forced { row, down: score > 0 };
        let mut open: BinaryHeap<Node> = self.tree.root(Some(forced)).into_iter().collect();
        for _ in 0..self.settings.reduction {
            match open.pop() {
                Some(node) if self.promises(node.bound) && !self.tree.is_leaf(&node) => {
                    self.nodes += 1;
                    open.extend(self.tree.children(&node, Some(forced)));
                }
                Some(node) => {
                    open.push(node);
                    break;
                }
                None => break,
            }
        }
        // No open node at all: no card of these rules tells it otherwise.
        let least = open.peek().map_or(f64::INFINITY, |node| node.bound);
        self.margins[pattern] = (least - self.cost()).min(1.0);
        self.settled[pattern] = least > self.cost() + ROUNDING;
    }

    /// Drops the settled patterns, and opens the tree over the others.
    fn begin(&mut self) {
        let mut errors = Errors::default();
        if let Some(card) = &self.best {
            for (pattern, _) in self.instance.patterns.iter().zip(&self.settled).filter(|(_, settled)| **settled) {
                let score = card.score(&pattern.features);
                errors.missed += if score > 0 { 0 } else { pattern.positives };
                errors.alarms += if score < 0 { 0 } else { pattern.negatives };
            }
        }
        self.tree = Tree::new(&self.instance, |i| !self.settled[i], errors);
        let root = self.tree.root(None).filter(|root| self.promises(root.bound));
        self.depths[0] = if root.is_some() { 1.0 } else { 0.0 };
        self.open = Some(root.into_iter().collect());
        self.events.push(Event::Round { number: 1 });
    }

    /// Follows the best child from the best open node down to a leaf, or to where nothing is promised.
    fn dive(&mut self, open: &mut BinaryHeap<Node>) {
        let Some(mut node) = open.pop() else { return };
        self.depths[node.points.len()] -= 1.0;
        while self.promises(node.bound) {
            if self.tree.is_leaf(&node) {
                self.improve(self.tree.card(&node));
                return;
            }
            self.nodes += 1;
            let mut children = self.tree.children(&node, None);
            children.retain(|child| self.promises(child.bound));
            children.sort_unstable();
            let Some(next) = children.pop() else { return };
            for child in &children {
                self.depths[child.points.len()] += 1.0;
            }
            open.extend(children);
            node = next;
        }
    }

    fn improve(&mut self, points: Vec<i32>) {
        let found = Card::with(&self.instance, points).filter(|card| card.objective < self.cost());
        let Some(card) = found else { return };
        let card = polished(&self.instance, card);
        let held = self.best.as_ref().map(Card::support).unwrap_or_default();
        let now = card.support();
        self.events.extend(now.iter().filter(|j| !held.contains(j)).map(|&index| Event::Pick { index }));
        self.events.extend(held.iter().filter(|j| !now.contains(j)).map(|&index| Event::Drop { index }));
        self.best = Some(card);
    }

    fn status(&mut self, open: &mut BinaryHeap<Node>) -> Status {
        let least = open.peek().filter(|node| self.promises(node.bound)).map(|node| node.bound);
        self.bound = self.bound.max(least.unwrap_or(f64::INFINITY).min(self.cost()));
        match (least, &self.best) {
            (None, Some(_)) => Status::Converged("no open node promises a better card".into()),
            (None, None) => {
                Status::Failed("No card keeps these rules. More false alarms or less sensitivity would help".into())
            }
            (Some(_), _) if open.len() > MOST_OPEN => Status::Failed(format!(
                "The tree has more than {MOST_OPEN} open nodes. Fewer features or points, or a higher price would help"
            )),
            (Some(_), _) => Status::Running,
        }
    }
}

impl Run for Search {
    fn step(&mut self) -> Status {
        self.events.clear();
        if self.open.is_none() {
            if self.settings.reduction > 0 && self.reduced < self.instance.patterns.len() {
                self.reduce();
                return Status::Running;
            }
            self.begin();
        }
        let mut open = self.open.take().unwrap_or_default();
        self.dive(&mut open);
        let status = self.status(&mut open);
        self.open = Some(open);
        status
    }

    fn observe(&self) -> Observation<'_> {
        let bars = |id, title, caption, values: Vec<f64>, x| Panel {
            id,
            title,
            caption,
            kind: Kind::Bars,
            shape: (1, values.len()),
            values: Values::give(values),
            table: None,
            x: Axis::plain(x),
            y: Axis::plain("value"),
            marks: Vec::new(),
        };
        let tree = bars("tree", "Search tree", "open nodes, by features decided", self.depths.clone(), "depth");
        let caption = "what telling a row otherwise costs above the best card, at least; rows above zero are dropped";
        let settled = bars("settled", "Settled rows", caption, self.margins.clone(), "row");
        Observation { panels: vec![tree, settled], ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let estimate = self.best.as_ref().map_or_else(|| vec![0.0; self.instance.width() + 1], Card::estimate);
        let support = self.best.as_ref().map(Card::support).unwrap_or_default();
        let settled = self.instance.patterns.iter().zip(&self.settled).filter(|(_, settled)| **settled);
        let dropped = settled.fold(0, |sum, (pattern, _)| sum + pattern.positives + pattern.negatives);
        let dropped = dropped as f64 / self.instance.examples() as f64;
        let gap = if self.best.is_some() { (self.cost() - self.bound).max(0.0) } else { 1.0 };
        Observation {
            estimate: Values::give(estimate),
            support: Cow::Owned(support),
            traces: vec![
                Trace { name: "bound", value: self.bound },
                Trace { name: "gap", value: gap },
                Trace { name: "dropped", value: dropped },
                Trace { name: "nodes", value: self.nodes as f64 },
            ],
            panels: Vec::new(),
            events: self.events.clone(),
            products: self.nodes as f64,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "slim-scoring",
    n: Some(26),
    lab: "regression",
    title: "Scoring cards by integer programming",
    paper: Paper {
        authors: "Ustun and Rudin",
        title: "Supersparse linear integer models for optimized medical scoring systems",
        year: 2016,
        link: "https://arxiv.org/abs/1502.04269",
    },
    idea: "A doctor adds up a few small whole numbers. Rounding a fitted model gives such numbers, but not the best ones: search all cards, and prove that none is better.",
    formula: r"\min_{\lambda \in \{-\Lambda..\Lambda\}^P} \; \frac{1}{N} \sum_{i} w_{y_i} \mathbf{1}[y_i (b + \lambda^\top x_i) \le 0] + C_0 \|\lambda\|_0 + C_1 \|\lambda\|_1",
    consequence: "The price of a feature is how many errors it has to save, and rules on false alarms or signs are kept exactly.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "How the bound climbs to the objective in *Convergence*: where they meet the card is proved best.",
        },
        Watch { panel: "card", text: "How few lines *Scoring card* has, and that its numbers have no common divisor." },
        Watch {
            panel: "settled",
            text: "The tall bars of *Settled rows*: rows on which every best card agrees, dropped before the search.",
        },
    ],
    try_this: &[
        Try {
            link: "Allow one false alarm in a hundred.",
            question: "Who keeps the rule, and what does that cost in sensitivity?",
            patch: r#"{"problem":{"rules":{"max_false_alarms":0.01}},"methods":[{"id":"slim-scoring"},{"id":"penalised-logistic","rounding":"none"}]}"#,
        },
        Try {
            link: "Ask more for a feature.",
            question: "How many errors is the second feature worth?",
            patch: r#"{"problem":{"rules":{"price":0.02}}}"#,
        },
        Try {
            link: "Compare with a tree and with weights of one.",
            question: "Which would you hang on a wall?",
            patch: r#"{"methods":[{"id":"slim-scoring"},{"id":"classification-tree"},{"id":"unit-weights"}]}"#,
        },
        Try {
            link: "Plant a card.",
            question: "Is it found again, with five of a hundred labels wrong?",
            patch: r#"{"problem":{"source":{"id":"planted"}}}"#,
        },
    ],
    breaks: "The search is exponential in features and points: with many undecided rows the bound climbs slowly, and a run ends with a gap.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"scoring"},"methods":[{"id":"slim-scoring"},{"id":"penalised-logistic"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With at most 4 features of up to 3 points, the numbers of the best card, its threshold among them, never have a common divisor",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"scoring","rules":{"max_points":3,"size":4}},"methods":[{"id":"slim-scoring"}]}"#,
                trials: 20,
                measure: Measure::Share { metric: "divisor", at_most: 1.0 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "Of at most 5 features with up to 3 points, no rescaled and rounded lasso errs less on the training examples, in any draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"scoring","rules":{"max_points":3,"price":0.0002}},"methods":[{"id":"slim-scoring"},{"id":"penalised-logistic"}]}"#,
                trials: 20,
                measure: Measure::AtMost { metric: "error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "There the median training error of the rescaled and rounded lasso is at least 1.1 times that of SLIM",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"scoring","rules":{"max_points":3,"price":0.0002}},"methods":[{"id":"slim-scoring"},{"id":"penalised-logistic"}]}"#,
                trials: 20,
                measure: Measure::Ratio { metric: "error", of: 1, to: 0 },
            },
            bound: Bound::AtLeast(1.1),
            measured: 1.2353,
        },
        Claim {
            statement: "Where at most 2 of 100 negative examples may be false alarms, SLIM keeps that in every draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"scoring","rules":{"max_points":2,"size":3,"max_false_alarms":0.02}},"methods":[{"id":"slim-scoring"}]}"#,
                trials: 20,
                measure: Measure::Share { metric: "false_alarm_rate", at_most: 0.02 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "There logistic regression, whose threshold knows nothing of it, keeps it in at most half of the draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"scoring","rules":{"max_points":2,"size":3,"max_false_alarms":0.02}},"methods":[{"id":"penalised-logistic","rounding":"none"}]}"#,
                trials: 20,
                measure: Measure::Share { metric: "false_alarm_rate", at_most: 0.02 },
            },
            bound: Bound::AtMost(0.5),
            measured: 0.45,
        },
        Claim {
            statement: "Four nodes a row settle at least a third of the examples before the search, in the median",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"scoring","rules":{"max_points":3,"size":4}},"methods":[{"id":"slim-scoring"}]}"#,
                trials: 20,
                measure: Measure::Median { metric: "dropped" },
            },
            bound: Bound::AtLeast(0.33),
            measured: 0.6349,
        },
    ],
};
