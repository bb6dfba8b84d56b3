//! Sparse Bayesian learning.
//!
//! ```text
//! gamma = |y|^2 / m, s2 = |y|^2 / (100 m)
//! repeat
//!     C     = s2 I + A Gamma A^*                    Gamma = diag(gamma)
//!     x_i   = gamma_i a_i^* C^{-1} y                the posterior mean
//!     S_ii  = gamma_i - gamma_i^2 a_i^* C^{-1} a_i  the posterior variance
//!     gamma = |x_i|^2 + S_ii                        em
//!     gamma = |x_i|^2 / (1 - S_ii / gamma_i)        mackay
//!     s2    = (|y - A x|^2 + s2 sum_i (1 - S_ii / gamma_i)) / m, with the last gamma, unless s2 is given
//!     drop every i with gamma_i < prune |y|^2 / m
//! until max |d gamma| <= tolerance |y|^2 / m
//! ```
//!
//! The prior is `x_i ~ N(0, gamma_i)` and the noise `N(0, s2)`. Both updates seek a minimum over `gamma` (and `s2`) of
//! `log det C + y^* C^{-1} y`, which is -2 log p(y), up to a constant, for real entries and -log p(y) for complex ones.
//! It is not convex; most `gamma` go to zero at a minimum. EM never raises it. MacKay's update sends small `gamma` to zero
//! geometrically, in far fewer steps, but need not lower it and gives up small entries early. With n > m, noise and
//! `gamma` cannot be told apart for sure: a learned `s2` may fall to zero under real noise, with about m columns left. `A` is m x n, real or complex, its columns scaled to unit norm
//! and the answer scaled back; a step costs O(m^2 (m + |S|)) for the columns S that are left.
//!
//! Tipping, "Sparse Bayesian learning and the relevance vector machine" (2001), both updates; Wipf and Rao, "Sparse
//! Bayesian learning for basis selection" (2004).

use super::LinearMethod;
use super::learning::{Learning, Rules};
use super::linear::LinearInstance;
use crate::contract::{
    Bound, Claim, Complaint, DiagramMeasure, Exhibit, Experiment, Measure, MethodCard, Paper, Reduced, Run, Try, Watch,
};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

pub use super::learning::Update;

/// Parameters of sparse Bayesian learning.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sbl {
    /// How the prior variances move.
    pub update: Update,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-13 of |y|^2.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Drop a column when its prior variance falls below this fraction of the measurements' mean square.
    #[schemars(range(min = 0.0, max = 0.1), extend("x-scale" = "log"))]
    pub prune: f64,
    /// Stop when no prior variance changes by more than this fraction of the measurements' mean square.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Sbl {
    fn default() -> Self {
        Self { update: Update::default(), noise_variance: None, prune: 1e-8, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for Sbl {
    const CARD: MethodCard = MethodCard {
        id: "sbl",
        lab: "recovery",
        problem: "linear",
        title: "Sparse Bayesian learning",
        short: "SBL",
        sentence: "with {update} updates",
        line: "Learns a variance for every entry; most of them shrink to zero",
        cost: "O(m^2 (m + k))",
        when: "columns are correlated, spikes differ in height, and m is a few hundred at most",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let rules = Rules {
            update: self.update,
            noise_variance: self.noise_variance,
            prune: self.prune,
            tolerance: self.tolerance,
        };
        let seen = std::slice::from_ref(&instance.measurements);
        Ok(Box::new(Learning::new(rules, &*instance.operator, &instance.column_norms, seen)))
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "sbl",
    n: None,
    lab: "recovery",
    title: "Sparse Bayesian learning",
    paper: Paper {
        authors: "Wipf and Rao",
        title: "Sparse Bayesian learning for basis selection",
        year: 2004,
        link: "https://doi.org/10.1109/TSP.2004.831016",
    },
    idea: "Give every entry a variance of its own, and choose the variances under which the measurements are most likely. Most of them go to zero, and their entries with them.",
    formula: r"\min_{\gamma \ge 0,\, \sigma^2}\; \log\det C + y^* C^{-1} y, \quad C = \sigma^2 I + A\,\mathrm{diag}(\gamma)\,A^*",
    consequence: "The determinant charges for every column in use, so two columns that explain the same thing do not both stay. The estimate is the posterior mean, with no shrinkage of large entries.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Bars in *What SBL looks at*, on a log scale. They part: a few stay, the rest fall below the line.",
        },
        Watch {
            panel: "support",
            text: "Lines in *Support* all start together and only end. What is dropped never returns.",
        },
        Watch {
            panel: "convergence",
            text: "The noise variance in *Convergence*. It is learned, and the error falls with it.",
        },
    ],
    try_this: &[
        Try {
            link: "Take MacKay's update.",
            question: "It needs fewer steps. Which spikes does it give up?",
            patch: r#"{"methods":[{"id":"sbl","update":"mackay"}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Large spikes no longer lead the way. Does it still recover them?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Add noise at 30 dB.",
            question: "Where does the noise variance go, and how many columns stay?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":30}}}"#,
        },
        Try {
            link: "Add the noise and tell SBL its variance.",
            question: "How much does that knowledge buy?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"sbl","noise_variance":0.00035}]}"#,
        },
    ],
    breaks: "The objective has many minima. With spikes of equal height SBL stops near where ℓ₁ does. With fewer measurements than unknowns a learned noise variance falls too far. A step costs about m²n, so large problems are slow.",
    spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":28}},"methods":[{"id":"sbl"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 28 normal spikes, m = 80, n = 256 and no noise, which is above the l1 threshold of 23, SBL recovers in at least 90 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":28}},"methods":[{"id":"sbl"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-4 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 0.98,
        },
        Claim {
            statement: "With Gaussian spikes SBL is exact at a rho at least 0.1 above that of basis pursuit, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":128,"signal":{"id":"sparse","amplitude":"gaussian"}},"methods":[{"id":"sbl"},{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":40}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":64}},"trials":10}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.1),
            measured: 0.1510,
        },
    ],
};
