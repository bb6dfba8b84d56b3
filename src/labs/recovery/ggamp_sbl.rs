//! Sparse Bayesian learning by damped Gaussian message passing, GGAMP-SBL.
//!
//! ```text
//! gamma = |y|^2 / m, s2 = |y|^2 / (100 m)
//! repeat
//!     repeat                                         the E-step
//!         q = |A|^2 v,  p = A x - q s
//!         s = (1 - t) s + t (y - p) / (q + s2)
//!         w = 1 / (|A|^2^T 1 / (q + s2)),  r = x + w A^* s
//!         x = (1 - t) x + t gamma r / (gamma + w)    the posterior mean, in the end
//!         v = gamma w / (gamma + w)                  about the posterior variance
//!     until |dx| <= inner_tolerance |x|, or `inner` times
//!     s2    = (|y - A x|^2 + s2 sum_i (1 - v_i / gamma_i)) / m, unless s2 is given
//!     gamma = |x|^2 + v
//! until |dx| <= tolerance |x|
//! ```
//!
//! The prior is `x_i ~ N(0, gamma_i)`, as in SBL, whose E-step is an inverse in O(m^2 n). Here it is messages along the
//! edges of `y = A x + e`, in O(m n) a pass; `|A|^2` has the squared moduli of the entries. With the step t that the
//! bound of convergence allows ([`super::messages`]) x tends to the exact posterior mean for every matrix, while v is
//! exact for large matrices with independent entries only. x, v and s start where the last E-step left them. `A` is
//! m x n, real or complex, its columns scaled to unit norm and the answer scaled back.
//!
//! Al-Shoukairi, Schniter and Rao, "A GAMP-based low complexity sparse Bayesian learning algorithm" (2018), Algorithm 2,
//! with `s` of the opposite sign.

use super::LinearMethod;
use super::linear::LinearInstance;
use super::messages::{Graph, Messages, Passed};
use crate::contract::{
    Axis, Bound, Claim, Complaint, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, distance, norm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Least variances of entries and of the noise, in units of the measurements' mean square.
pub(super) const LEAST: f64 = 1e-12;

/// Noise variance at the start, in the same units.
pub(super) const FIRST_NOISE: f64 = 1e-2;

/// Entries whose prior variance exceeds this fraction of the largest make up the support.
pub(super) const SUPPORT: f64 = 1e-4;

/// Parameters of GGAMP-SBL.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GgampSbl {
    /// Share of the last message that is kept, 1 - t; as much as convergence asks for where it is left out. 0 is GAMP
    /// as it was, which diverges on many matrices.
    #[schemars(range(min = 0.0, max = 0.999), extend("x-step" = 0.05))]
    pub damping: Option<f64>,
    /// Most passes of messages between two updates of the variances.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub inner: usize,
    /// Update the variances when a pass changes the estimate by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub inner_tolerance: f64,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-12 of |y|^2 / m.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Stop when an update changes the estimate by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most updates of the variances.
    #[schemars(range(min = 1, max = 100000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for GgampSbl {
    fn default() -> Self {
        Self { damping: None, inner: 100, inner_tolerance: 1e-5, noise_variance: None, tolerance: 1e-5, max_steps: 200 }
    }
}

impl LinearMethod for GgampSbl {
    const CARD: MethodCard = MethodCard {
        id: "ggamp-sbl",
        lab: "recovery",
        problem: "linear",
        title: "Sparse Bayesian learning by damped Gaussian message passing",
        short: "GGAMP-SBL",
        sentence: "with damping {damping}",
        line: "SBL whose inverse is replaced by messages that converge for every matrix",
        cost: "up to 200 products with A and as many with A^*",
        when: "SBL is wanted and m is too large for its inverse",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let graph = Graph::new(&instance.operator, &instance.column_norms)?;
        Ok(Box::new(Learning::new(self.clone(), graph, &instance.measurements)))
    }
}

/// A run of GGAMP-SBL, for `y` divided by `unit`.
struct Learning<S: Scalar> {
    settings: GgampSbl,
    graph: Graph<S>,
    messages: Messages<S>,
    /// t.
    step: f64,
    /// `|y| / sqrt m`.
    unit: f64,
    /// gamma.
    variances: Vec<f64>,
    noise: f64,
    /// x at the last update, and passes since.
    before: Vec<S>,
    passes: usize,
    estimate: Vec<S>,
    support: Vec<usize>,
}

impl<S: Scalar> Learning<S> {
    fn new(settings: GgampSbl, graph: Graph<S>, measurements: &[S]) -> Self {
        let unit = norm(measurements) / (graph.rows() as f64).sqrt();
        let cols = graph.cols();
        let scaled = if unit > 0.0 { measurements.iter().map(|&y| y / unit).collect() } else { measurements.to_vec() };
        let told = settings.noise_variance.map(|noise| noise / unit / unit);
        Self {
            step: settings.damping.map_or_else(|| graph.safe_step(), |kept| 1.0 - kept),
            messages: Messages::new(scaled, cols),
            unit,
            variances: vec![1.0; cols],
            noise: told.unwrap_or(FIRST_NOISE).clamp(LEAST, 1.0 / LEAST),
            before: vec![S::zero(); cols],
            passes: 0,
            estimate: vec![S::zero(); cols],
            support: (0..cols).collect(),
            settings,
            graph,
        }
    }

    /// One pass of the E-step.
    fn pass(&mut self) -> Passed {
        let prior = |seen: &[S], noises: &[f64]| {
            let shares = self.variances.iter().zip(noises).map(|(gamma, w)| gamma / (gamma + w));
            let means = shares.clone().zip(seen).map(|(share, &r)| r * share).collect();
            (means, shares.zip(noises).map(|(share, w)| share * w).collect())
        };
        let passed = self.messages.pass(&self.graph, self.noise, self.step, prior);
        self.passes += 1;
        self.estimate = self.graph.unscaled(&self.messages.means, self.unit);
        passed
    }

    /// The M-step; returns the relative change of the estimate since the last one.
    fn learn(&mut self) -> f64 {
        let Messages { means, variances, residual, .. } = &self.messages;
        if self.settings.noise_variance.is_none() {
            let determined: f64 = variances.iter().zip(&self.variances).map(|(v, gamma)| 1.0 - v / gamma).sum();
            let next = (S::norm_squared(residual) + self.noise * determined) / residual.len() as f64;
            self.noise = next.max(LEAST);
        }
        for ((gamma, x), v) in self.variances.iter_mut().zip(means).zip(variances) {
            *gamma = (x.abs_squared() + v).max(LEAST);
        }
        let least = SUPPORT * self.variances.iter().fold(0.0_f64, |most, &gamma| most.max(gamma));
        self.support = (0..means.len()).filter(|&i| self.variances[i] > least).collect();
        let change = distance(means, &self.before) / norm(means).max(f64::MIN_POSITIVE);
        self.before.clone_from(means);
        self.passes = 0;
        change
    }
}

impl<S: Scalar> Run for Learning<S> {
    fn step(&mut self) -> Status {
        if self.unit == 0.0 {
            self.support.clear();
            return Status::Converged("x = 0 explains the measurements".into());
        }
        let change = match self.pass() {
            Passed::Diverged(text) => return Status::Diverged(text),
            Passed::Changed(change) => change,
        };
        if change > self.settings.inner_tolerance && self.passes < self.settings.inner {
            return Status::Inner;
        }
        if self.learn() <= self.settings.tolerance {
            Status::Converged(format!("an update changes x by less than {:e} of it", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What GGAMP-SBL looks at",
            "$\\gamma_i$, prior variances in units of $|y|^2/m$; entries above the line are the support",
        );
        let largest = self.variances.iter().fold(0.0_f64, |most, &gamma| most.max(gamma));
        let line = Mark::Threshold { value: SUPPORT * largest };
        let mut panel = Panel::vector(names, Kind::Bars, &self.variances).with_marks([line]);
        panel.y = Axis { label: "variance", unit: "", log: true };
        let size = (self.messages.residual.len() as f64).sqrt();
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: norm(&self.messages.residual) / size },
                Trace { name: "noise_variance", value: self.noise * self.unit * self.unit },
                Trace { name: "damping", value: 1.0 - self.step },
                Trace { name: "bound_share", value: self.graph.peak / self.graph.peak_borne_by(self.step) },
            ],
            panels: vec![panel],
            events: Vec::new(),
            products: self.graph.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "ggamp-sbl",
    n: Some(35),
    lab: "recovery",
    title: "Sparse Bayesian learning by damped Gaussian message passing",
    paper: Paper {
        authors: "Al-Shoukairi, Schniter and Rao",
        title: "A GAMP Based Low Complexity Sparse Bayesian Learning Algorithm",
        year: 2018,
        link: "https://arxiv.org/abs/1703.03044",
    },
    idea: "SBL asks for an inverse at each step. Ask instead by messages between entries and measurements, each with a variance, and keep a share of the last message. With the share that the matrix's largest singular value asks for, the answer is SBL's.",
    formula: r"\frac{\lVert A\rVert_2^2}{\lVert A\rVert_F^2} < \frac{2\left[(2-\theta)\,n + \theta\, m\right]}{\theta^2\, m\, n}, \qquad \text{damping } 1-\theta",
    consequence: "A pass costs a few products with A instead of an inverse. Independent entries need next to no damping; correlated columns, a common mean or a few large singular values need more, and then every matrix will do.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Bars in *What GGAMP-SBL looks at*, on a log scale. They part as in SBL, one update of all after each round of messages.",
        },
        Watch {
            panel: "convergence",
            text: "Set *Convergence* to products with A: an inverse counts as m of them, and a round of messages as a few.",
        },
        Watch {
            panel: "support",
            text: "Lines in *Support* may return: no column is dropped for good, as it is in SBL.",
        },
    ],
    try_this: &[
        Try {
            link: "Take the damping away.",
            question: "How many passes do messages survive on correlated columns?",
            patch: r#"{"methods":[{"id":"ggamp-sbl","damping":0},{"id":"sbl"}]}"#,
        },
        Try {
            link: "Set GAMP and VAMP beside it.",
            question: "GAMP is damped, too, and its prior is right. Why does that not help?",
            patch: r#"{"methods":[{"id":"ggamp-sbl"},{"id":"gamp","damping":0.7},{"id":"vamp"}]}"#,
        },
        Try {
            link: "Measure with a condition number of 100.",
            question: "SBL has the exact inverse. Which of the two is nearer after its last step?",
            patch: r#"{"problem":{"matrix":{"id":"prescribed-spectrum","condition":100,"correlation":null}}}"#,
        },
        Try {
            link: "Let half of the measurements repeat the others.",
            question: "Means of messages stay exact, variances do not. What does that do to learning?",
            patch: r#"{"problem":{"matrix":{"id":"low-rank","rank":0.5,"correlation":null}}}"#,
        },
    ],
    breaks: "Posterior variances are right for large matrices with independent entries only: at a rank of half the measurements they are not, and what is learned from them goes astray. A mean of many standard deviations asks for so much damping that messages crawl; subtract it first. As in SBL, a learned noise may fall too far.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"linear","rows":125,"cols":250,"matrix":{"id":"correlated","correlation":0.9},"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"sbl"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "On columns with correlation 0.9, m = 125, n = 250, k = 25 and 60 dB, GGAMP-SBL leaves half the error of SBL after 300 steps, or less",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"matrix":{"id":"correlated","correlation":0.9},"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"sbl","max_steps":300}]}"#,
                trials: 10,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.5),
            measured: 0.2341,
        },
        Claim {
            statement: "On a condition number of 100 the same messages without damping diverge: a thousand times the error at least",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"matrix":{"id":"prescribed-spectrum","condition":100},"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"ggamp-sbl","damping":0}]}"#,
                trials: 12,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1e-3),
            measured: 1.8441e-6,
        },
        Claim {
            statement: "So they do on entries with a mean of one standard deviation",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"matrix":{"id":"nonzero-mean"},"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"ggamp-sbl","damping":0}]}"#,
                trials: 12,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1e-3),
            measured: 1.8305e-6,
        },
        Claim {
            statement: "So they do on a rank of 0.8 m",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"matrix":{"id":"low-rank"},"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"ggamp-sbl","damping":0}]}"#,
                trials: 12,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1e-3),
            measured: 1.5747e-6,
        },
        Claim {
            statement: "On independent entries it takes at most a quarter of the products with A that SBL's inverses amount to",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"sbl"}]}"#,
                trials: 10,
                measure: Measure::Ratio { metric: "products", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.25),
            measured: 0.14375,
        },
        Claim {
            statement: "The error on independent entries is that of SBL within a fifth",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"sbl"}]}"#,
                trials: 10,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::Within(0.8, 1.2),
            measured: 0.92444,
        },
        Claim {
            statement: "GAMP with a damping of 0.7 and the right prior leaves a thousand times its error on a condition number of 100",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":125,"cols":250,"matrix":{"id":"prescribed-spectrum","condition":100},"signal":{"id":"sparse","sparsity":25},"noise":{"id":"gaussian","snr_db":60}},"methods":[{"id":"ggamp-sbl"},{"id":"gamp","damping":0.7}]}"#,
                trials: 12,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1e-3),
            measured: 7.617e-7,
        },
    ],
};
