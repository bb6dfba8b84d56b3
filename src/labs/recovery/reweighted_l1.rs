//! Iteratively reweighted l1 minimization.
//!
//! ```text
//! w = 1
//! repeat                                                         a round
//!     x = argmin sum w_i |x_i|   subject to A x = y              by homotopy, one breakpoint an inner step
//!         (argmin 1/2 |y - A x|^2 + lambda sum w_i |x_i|   where lambda > 0)
//!     eps = epsilon max |x|                                      in the first round
//!     w_i = eps / (|x_i| + eps)
//! until x stands still, or all rounds are done
//! ```
//!
//! Approaches a minimum of `sum log(1 + |x_i| / eps)`, which is nearer to counting entries than the l1 norm is: no round
//! increases it. The weights are the paper's `1 / (|x_i| + eps)` times eps, so that a zero entry weighs 1 and `lambda`
//! means the same in every round. `A` is m x n and real. A round costs one basis pursuit.
//!
//! Candes, Wakin and Boyd, "Enhancing sparsity by reweighted l1 minimization" (2008), section 2.2.

use super::LinearMethod;
use super::homotopy::Domain;
use super::lasso::{dual_panel, penalty_for};
use super::linear::LinearInstance;
use super::weighted_l1::{Stage, WeightedL1};
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Measure, MethodCard, Observation, Panel, Paper, Run,
    Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, distance, norm, norm_inf};
use crate::operators::Counted;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.0;

/// Relative duality gap at which a round's problem counts as solved.
const ROUND_TOLERANCE: f64 = 1e-10;

/// Parameters of reweighted l1 minimization.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReweightedL1 {
    /// Problems to solve; the first has equal weights.
    #[schemars(range(min = 1, max = 100))]
    pub rounds: usize,
    /// What is added to each entry before its weight is taken, as a fraction of the first solution's largest entry.
    #[schemars(range(min = 1e-6, max = 10.0), extend("x-scale" = "log"))]
    pub epsilon: f64,
    /// Weight of the l1 norm; the measurements are met exactly where it is left out or zero.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Weight of the l1 norm as a fraction of the least one that makes the first solution zero.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub lambda_ratio: f64,
    /// Stop when a round changes x by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most rounds in all.
    #[schemars(range(min = 1, max = 100))]
    pub max_steps: usize,
}

impl Default for ReweightedL1 {
    fn default() -> Self {
        Self { rounds: 5, epsilon: 0.1, lambda: None, lambda_ratio: DEFAULT_RATIO, tolerance: 1e-8, max_steps: 100 }
    }
}

impl LinearMethod for ReweightedL1 {
    const CARD: MethodCard = MethodCard {
        id: "reweighted-l1",
        lab: "recovery",
        problem: "linear",
        title: "Reweighted l1 minimization",
        short: "reweighted l1",
        sentence: "in {rounds} rounds",
        line: "Basis pursuit again and again, each time sparing what was large",
        cost: "one basis pursuit a round",
        when: "basis pursuit nearly succeeds and spikes differ in height",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real("Reweighted l1 minimization")?;
        let lambda = penalty_for((self.lambda, self.lambda_ratio), DEFAULT_RATIO, &instance)?;
        let operator = Arc::new(Counted::new(instance.operator.clone()));
        Ok(Box::new(Rounds {
            settings: self.clone(),
            lambda,
            solver: WeightedL1::new(
                operator.clone(),
                &instance.measurements,
                None,
                lambda,
                Domain::Signed,
                ROUND_TOLERANCE,
            ),
            operator,
            weights: vec![1.0; instance.cols()],
            epsilon: None,
            previous: vec![0.0; instance.cols()],
            round: 1,
            closed: false,
            instance,
        }))
    }
}

/// A run of reweighted l1 minimization.
struct Rounds {
    settings: ReweightedL1,
    instance: Arc<LinearInstance<f64>>,
    operator: Arc<Counted<f64>>,
    lambda: f64,
    solver: WeightedL1,
    weights: Vec<f64>,
    /// eps, once the first solution is known.
    epsilon: Option<f64>,
    /// The last round's solution.
    previous: Vec<f64>,
    /// The round at work, from 1.
    round: usize,
    /// Whether the round at work is solved.
    closed: bool,
}

impl Rounds {
    /// Sets the weights that the last solution asks for, and starts the next round.
    fn open(&mut self) {
        let x = &self.solver.estimate;
        let epsilon = *self.epsilon.get_or_insert(self.settings.epsilon * norm_inf(x));
        self.weights = x.iter().map(|x| epsilon / (x.abs() + epsilon)).collect();
        self.previous.clone_from(x);
        let scales = self.weights.iter().map(|w| 1.0 / w).collect();
        let (operator, y) = (self.operator.clone(), &self.instance.measurements);
        self.solver = WeightedL1::new(operator, y, Some(scales), self.lambda, Domain::Signed, ROUND_TOLERANCE);
        self.round += 1;
        self.closed = false;
    }

    fn close(&mut self, proof: &str) -> Status {
        self.closed = true;
        let x = &self.solver.estimate;
        let round = self.round;
        if distance(x, &self.previous) <= self.settings.tolerance * norm(x) {
            Status::Converged(format!("round {round} leaves x as it was; in it {proof}"))
        } else if round >= self.settings.rounds {
            Status::Converged(format!("round {round} of {round} done; in it {proof}"))
        } else {
            Status::Running
        }
    }

    /// `sum log(1 + |x_i| / eps)`.
    fn log_sum(&self) -> f64 {
        let x = &self.solver.estimate;
        let epsilon = self.epsilon.unwrap_or(self.settings.epsilon * norm_inf(x));
        if epsilon > 0.0 { x.iter().map(|x| libm::log1p(x.abs() / epsilon)).sum() } else { 0.0 }
    }
}

impl Run for Rounds {
    fn step(&mut self) -> Status {
        if self.closed {
            self.open();
        }
        match self.solver.step() {
            Stage::Going => Status::Inner,
            Stage::Proved(proof) => self.close(&proof),
            Stage::Unproved(cause) => Status::Failed(cause),
        }
    }

    fn observe(&self) -> Observation<'_> {
        let weights = ("weights", "Weights", "$w_i$ of this round; what was large costs little");
        let panels = vec![dual_panel(self.solver.dual()), Panel::vector(weights, Kind::Bars, &self.weights)];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let solver = &self.solver;
        let round = self.closed.then_some(Event::Round { number: self.round });
        Observation {
            estimate: Values::Real(Cow::Borrowed(&solver.estimate)),
            support: Cow::Borrowed(&solver.support),
            traces: vec![
                Trace { name: "relative_residual", value: solver.relative_residual },
                Trace { name: "objective", value: solver.objective },
                Trace { name: "duality_gap", value: solver.gap },
                Trace { name: "lambda", value: solver.lambda },
                Trace { name: "log_sum", value: self.log_sum() },
            ],
            panels: Vec::new(),
            events: solver.path().events().iter().cloned().chain(round).collect(),
            products: solver.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "reweighted-l1",
    n: None,
    lab: "recovery",
    title: "Reweighted l1 minimization",
    paper: Paper {
        authors: "Candès, Wakin and Boyd",
        title: "Enhancing sparsity by reweighted l1 minimization",
        year: 2008,
        link: "https://doi.org/10.1007/s00041-008-9045-x",
    },
    idea: "The sum of moduli charges a tall spike more than a short one, though both are one spike. So solve once, charge each entry in inverse proportion to its height, and solve again.",
    formula: r"x^{(\ell+1)} = \arg\min_{A x = y} \sum_i w_i |x_i|, \quad w_i = \frac{\varepsilon}{|x_i^{(\ell)}| + \varepsilon}",
    consequence: "Each round lowers the sum of log(1 + |x_i|/ε), which counts entries far better than the sum of moduli does.",
    watch: &[
        Watch {
            panel: "weights",
            text: "In *Weights* true spikes drop out one after the other, until only zeros pay.",
        },
        Watch {
            panel: "convergence",
            text: "In *Convergence* a round starts from nothing and ends lower than the round before. One round is often the last: the error falls to rounding.",
        },
        Watch { panel: "support", text: "*Support* is full after the first round, and true after the last." },
    ],
    try_this: &[
        Try {
            link: "Make all spikes equally tall.",
            question: "What is there left to gain from weights?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Make ε ten times smaller.",
            question: "Who suffers when a wrong spike is believed too early?",
            patch: r#"{"methods":[{"id":"reweighted-l1","epsilon":0.01},{"id":"basis-pursuit"}]}"#,
        },
        Try {
            link: "Add noise and a penalty.",
            question: "Watch tall spikes: which method shrinks them?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":30},"signal":{"sparsity":16}},"methods":[{"id":"reweighted-l1","lambda_ratio":0.05},{"id":"fista","lambda_ratio":0.05}]}"#,
        },
    ],
    breaks: "It can only sharpen what the first round hints at. Where all spikes are equally tall, weights tell little apart, and a round that is wrong is believed.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":28}},"methods":[{"id":"reweighted-l1"},{"id":"basis-pursuit"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 28 normal spikes, m = 80, n = 256 and no noise, five rounds are exact in at least 75 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":28}},"methods":[{"id":"reweighted-l1"}]}"#,
                trials: 200,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.75),
            measured: 0.89,
        },
        Claim {
            statement: "With k = 16, 30 dB of signal over noise and a penalty of a twentieth of the largest, five rounds come within 10 % in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"reweighted-l1","lambda_ratio":0.05}]}"#,
                trials: 200,
                measure: Measure::Share { metric: "relative_error", at_most: 0.1 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.99,
        },
    ],
};
