//! Best subset selection, by branch and bound.
//!
//! ```text
//! open = { nothing taken, nothing refused }
//! repeat                                         a node
//!     take the open node with the least bound; columns I are taken, J refused, F left
//!     rate the columns of F:  u_j = |<a_j, r_I>| / |P_I a_j|     with r_I what the fit of I leaves, P_I off their span
//!     the best ones complete I: this may be the best subset so far
//!     one child for every j in F, in order of u_j: takes j, refuses the better ones
//!     keep a child where its bound is below the best subset so far
//! until no open node has a bound below the best subset so far
//! ```
//!
//! Solves `min |y - A x|^2` over k-sparse `x`, exactly. With t columns to take from F a node's bound is the larger of
//!
//! * `|r|^2 - (sum of the t largest u_j^2) / (1 - mu)`, mu the largest sum of t - 1 moduli in a row of the Gram matrix of
//!   `P_I a_j / |P_I a_j|`, less its diagonal (Gershgorin), where mu < 1; it is exact for t = 1;
//! * what least squares on all of I and F leaves (Furnival and Wilson), where they are fewer than the measurements.
//!
//! The least bound of all open nodes bounds the optimum from below at every step: when it meets the best subset, that
//! subset is proved best. `A` is m x n, real or complex, n <= 128; a node costs O(m n (n + k)). There are at most
//! `C(n, 0) + ... + C(n, k-1)` nodes.
//!
//! Furnival and Wilson, "Regressions by leaps and bounds" (1974); the rating is that of OLS.

use super::linear::LinearInstance;
use super::subset_node::{Columns, Node, View};
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::Scalar;
use crate::operators::least_squares_on;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Most unknowns: a set of them is one 128-bit number.
const MOST_COLS: usize = 128;

/// Most subsets that it takes on: the proof may have to look at a good part of them.
const MOST_SUBSETS: f64 = 1e8;

/// Parameters of best subset selection.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BestSubset {
    /// Columns to choose; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 128), extend("x-unit" = "columns"))]
    pub sparsity: Option<usize>,
    /// Call a subset best when its squared residual is within this fraction of |y|^2 of the bound.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most nodes.
    #[schemars(range(min = 1, max = 10_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for BestSubset {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-12, max_steps: 1_000_000 }
    }
}

impl LinearMethod for BestSubset {
    const CARD: MethodCard = MethodCard {
        id: "best-subset",
        lab: "recovery",
        problem: "linear",
        title: "Best subset selection",
        short: "best subset",
        sentence: "of {sparsity}",
        line: "Of all sets of k columns the one that fits best, with a proof",
        cost: "O(m n (n + k)) for a node of the tree",
        when: "the best is wanted with a proof, with a few spikes among some dozens of columns",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let (sparsity, cols) = (sparsity_for(self.sparsity, instance)?, instance.cols());
        if cols > MOST_COLS {
            let message = format!("{} takes up to {MOST_COLS} unknowns, not {cols}", Self::CARD.short);
            return Err(Complaint::new("id", message));
        }
        let subsets = choose(cols, sparsity);
        if subsets > MOST_SUBSETS {
            let message = format!(
                "of {cols} unknowns makes {subsets:.0e} subsets, and at most {MOST_SUBSETS:.0e} are taken on; \
                 take {} at most",
                (1..sparsity).rev().find(|&k| choose(cols, k) <= MOST_SUBSETS).unwrap_or(1)
            );
            return Err(Complaint::new("sparsity", message));
        }
        Ok(Box::new(Search::new(sparsity, self.tolerance, instance.clone())))
    }
}

/// Number of subsets of k out of n.
fn choose(n: usize, k: usize) -> f64 {
    (0..k.min(n - k)).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
}

/// A run of best subset selection.
struct Search<S: Scalar> {
    sparsity: usize,
    /// What `tolerance` allows, and `|y|^2` itself.
    slack: f64,
    power: f64,
    instance: Arc<LinearInstance<S>>,
    columns: Columns<S>,
    open: BinaryHeap<Node>,
    /// `|r|^2` of the best subset so far, its columns, ascending, and its fit.
    best: f64,
    support: Vec<usize>,
    estimate: Vec<S>,
    /// No subset leaves less than this.
    bound: f64,
    view: View,
    nodes: usize,
    events: Vec<Event>,
}

impl<S: Scalar> Search<S> {
    fn new(sparsity: usize, tolerance: f64, instance: Arc<LinearInstance<S>>) -> Self {
        let power = S::norm_squared(&instance.measurements);
        let columns = Columns::of(&instance);
        let view = columns.view(&Node::default(), sparsity);
        Self {
            sparsity,
            slack: tolerance * power,
            power,
            columns,
            open: BinaryHeap::from([Node::default()]),
            best: power,
            support: Vec::new(),
            estimate: vec![S::zero(); instance.cols()],
            bound: 0.0,
            view,
            nodes: 0,
            events: Vec::new(),
            instance,
        }
    }

    /// Takes the columns that rate best beside `taken`, and keeps that subset where it is the best so far.
    fn complete(&mut self, taken: &[usize]) {
        let mut subset = taken.to_vec();
        subset.extend(self.view.order.iter().take(self.sparsity - taken.len()));
        let fit = least_squares_on(&*self.instance.operator, &subset, &self.instance.measurements);
        let left = S::norm_squared(&fit.residual);
        if left >= self.best || subset.is_empty() {
            return;
        }
        self.best = left;
        self.estimate.fill(S::zero());
        for (&j, value) in subset.iter().zip(fit.values) {
            self.estimate[j] = value;
        }
        subset.sort_unstable();
        let picks = subset.iter().filter(|j| !self.support.contains(j)).map(|&index| Event::Pick { index });
        let drops = self.support.iter().filter(|j| !subset.contains(j)).map(|&index| Event::Drop { index });
        self.events = picks.chain(drops).collect();
        self.support = subset;
    }

    /// Opens the children of a node that can still hold something better.
    fn branch(&mut self, node: &Node) {
        let missing = self.sparsity - node.taken.len();
        if missing < 2 {
            // The best column completes the node; all other completions are worse.
            return;
        }
        let mut refused = node.refused;
        for (place, &j) in self.view.order.iter().enumerate() {
            let bound = self.view.bound_from(place, missing).max(node.bound);
            if bound >= self.best - self.slack {
                // Later children choose among fewer columns, so their bounds are no smaller.
                break;
            }
            let mut taken = node.taken.clone();
            taken.push(j);
            self.open.push(Node { bound, taken, refused });
            refused |= 1 << j;
        }
    }

    fn relative(&self, squared: f64) -> f64 {
        if self.power > 0.0 { (squared.max(0.0) / self.power).sqrt() } else { 0.0 }
    }
}

impl<S: Scalar> Run for Search<S> {
    fn step(&mut self) -> Status {
        self.events.clear();
        let next = self.open.pop().filter(|node| node.bound < self.best - self.slack);
        if let Some(node) = next {
            self.nodes += 1;
            self.view = self.columns.view(&node, self.sparsity);
            self.complete(&node.taken);
            let node = Node { bound: node.bound.max(self.view.all_left), ..node };
            self.branch(&node);
        } else {
            self.open.clear();
        }
        let least = self.open.peek().map_or(f64::INFINITY, |node| node.bound);
        self.bound = self.bound.max(least.min(self.best));
        if self.bound < self.best - self.slack {
            return Status::Running;
        }
        Status::Converged(format!(
            "no subset of {} columns leaves less than {:.3e} of y; {} nodes prove it",
            self.sparsity,
            self.relative(self.bound),
            self.nodes
        ))
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What best subset looks at",
            "By how much each column would shorten the residual, beside those that this node has taken",
        );
        let chosen = self.view.order.first().map(|&index| Mark::Chosen { index });
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative(self.best) },
                Trace { name: "lower_bound", value: self.relative(self.bound) },
                Trace { name: "open_nodes", value: self.open.len() as f64 },
            ],
            panels: vec![Panel::vector(names, Kind::Bars, &self.view.ratings).with_marks(chosen)],
            events: self.events.clone(),
            products: 1.0,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "best-subset",
    n: None,
    lab: "recovery",
    title: "Best subset selection",
    paper: Paper {
        authors: "Furnival and Wilson",
        title: "Regressions by leaps and bounds",
        year: 1974,
        link: "https://doi.org/10.1080/00401706.1974.10489231",
    },
    idea: "Of all sets of k columns, find the one that fits the measurements best. Whole families of sets are set aside at once, where a bound says that none of them can beat the best one found so far.",
    formula: r"\min_{|S| = k}\; \min_{z}\; |y - A_S z|^2",
    consequence: "When the least bound of what is left meets the best fit found, that fit is proved best. What still differs from the truth then is the fault of the noise, not of the method.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "In *Convergence* the residual falls early, and the lower bound rises to it for long: finding is quick, proving is slow.",
        },
        Watch {
            panel: "looks-at",
            text: "Each step is a node of a tree. *What best subset looks at* rates what could be taken beside the columns that the node holds.",
        },
        Watch { panel: "support", text: "*Support* changes only when a better set is found." },
    ],
    try_this: &[
        Try {
            link: "Set OMP and OLS beside it.",
            question: "Do they find the best set? How would they know?",
            patch: r#"{"methods":[{"id":"best-subset"},{"id":"omp"},{"id":"ols"}]}"#,
        },
        Try {
            link: "Remove the noise.",
            question: "Why is no proof needed now?",
            patch: r#"{"problem":{"noise":{"id":"none","snr_db":null}}}"#,
        },
        Try {
            link: "Add much more noise.",
            question: "The best set is proved. Is it the true one?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":0}}}"#,
        },
        Try {
            link: "Take one spike more.",
            question: "By what factor does the work grow?",
            patch: r#"{"problem":{"signal":{"sparsity":5}}}"#,
        },
    ],
    breaks: "The tree grows with the number of subsets. Beyond a few spikes among some dozens of columns, no bound known saves it.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","rows":20,"cols":40,"signal":{"id":"sparse","sparsity":4,"amplitude":"signs"},"noise":{"id":"gaussian","snr_db":15}},"methods":[{"id":"best-subset"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 4 spikes of equal height, m = 12, n = 40 and no noise, best subset selection recovers in every draw",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","rows":12,"cols":40,"signal":{"id":"sparse","sparsity":4,"amplitude":"signs"}},"methods":[{"id":"best-subset"}]}"#,
            trials: 100,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(1.0),
        measured: 1.0,
    }],
};
