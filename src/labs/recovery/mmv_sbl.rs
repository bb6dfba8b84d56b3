//! Sparse Bayesian learning from several snapshots, M-SBL.
//!
//! ```text
//! gamma = |Y|^2 / (m L), s2 = |Y|^2 / (100 m L)
//! repeat
//!     C     = s2 I + A Gamma A^*                    Gamma = diag(gamma)
//!     X     = Gamma A^* C^{-1} Y                    the posterior means
//!     S_ii  = gamma_i - gamma_i^2 a_i^* C^{-1} a_i  the posterior variance, the same in every snapshot
//!     gamma = |X_i|^2 / L + S_ii                    em; X_i is row i
//!     gamma = (|X_i|^2 / L) / (1 - S_ii / gamma_i)  mackay
//!     s2    = (|Y - A X|^2 / L + s2 sum_i (1 - S_ii / gamma_i)) / m, with the last gamma, unless s2 is given
//!     drop every i with gamma_i < prune |Y|^2 / (m L)
//! until max |d gamma| <= tolerance |Y|^2 / (m L)
//! ```
//!
//! The prior is `X_i ~ N(0, gamma_i I)` for each row, whose entries share one variance: what SBL learns from one
//! snapshot, learned from L. Without noise, and with orthogonal true rows, the support is the only minimum of
//! `L log det C + trace Y^* C^{-1} Y` with fewer than m rows (Wipf and Rao, theorem 2), up to k = m - 1 rows. With one
//! snapshot this is SBL, number for number. A step costs O(m^2 (m + |S|) + m (m + |S|) L).
//!
//! Wipf and Rao, "An empirical Bayesian strategy for solving the simultaneous sparse approximation problem" (2007).

use super::LabMethod;
use super::learning::{Learning, Rules, Update};
use super::mmv::MmvInstance;
use crate::contract::{Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Paper, Run, Try, Watch};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Parameters of M-SBL.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MmvSbl {
    /// How the prior variances move.
    pub update: Update,
    /// Noise variance of a measurement; learned where it is left out. Never less than 1e-13 of |Y|^2 / L.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub noise_variance: Option<f64>,
    /// Drop a row when its prior variance falls below this fraction of the measurements' mean square.
    #[schemars(range(min = 0.0, max = 0.1), extend("x-scale" = "log"))]
    pub prune: f64,
    /// Stop when no prior variance changes by more than this fraction of the measurements' mean square.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for MmvSbl {
    fn default() -> Self {
        Self { update: Update::default(), noise_variance: None, prune: 1e-8, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LabMethod for MmvSbl {
    type Solves = MmvInstance;

    const CARD: MethodCard = MethodCard {
        id: "mmv-sbl",
        lab: "recovery",
        problem: "mmv",
        title: "Sparse Bayesian learning from several snapshots",
        short: "M-SBL",
        sentence: "with {update} updates",
        line: "Learns one variance for every row from all snapshots",
        cost: "O(m^2 n)",
        when: "snapshots share a support and columns are correlated",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &MmvInstance) -> Result<Box<dyn Run>, Complaint> {
        let rules = Rules {
            update: self.update,
            noise_variance: self.noise_variance,
            prune: self.prune,
            tolerance: self.tolerance,
        };
        let learning = Learning::new(rules, &*instance.operator, &instance.column_norms, &instance.measurements);
        Ok(Box::new(learning))
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "mmv-sbl",
    n: None,
    lab: "recovery",
    title: "Sparse Bayesian learning from several snapshots",
    paper: Paper {
        authors: "Wipf and Rao",
        title: "An empirical Bayesian strategy for solving the simultaneous sparse approximation problem",
        year: 2007,
        link: "https://doi.org/10.1109/TSP.2007.894265",
    },
    idea: "Give every row one variance, the same in all snapshots, and choose the variances under which all measurements together are most likely.",
    formula: r"\min_{\gamma \ge 0}\; L \log\det C + \mathrm{tr}\, Y^\top C^{-1} Y, \quad C = \sigma^2 I + A\,\mathrm{diag}(\gamma)\,A^\top",
    consequence: "Snapshots do not vote on columns, they sharpen the estimate of one covariance. Where rows are uncorrelated, up to m - 1 of them can be told apart.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "Bars in *What SBL looks at*, on a log scale: the right rows stay and the rest fall below the line.",
        },
        Watch { panel: "snapshots", text: "Columns of *Snapshots* go dark together: a row is dropped in all of them." },
        Watch { panel: "support", text: "Lines in *Support* all start together and only end." },
    ],
    try_this: &[
        Try {
            link: "Take 22 rows for 24 measurements.",
            question: "Nearly as many as there are measurements. What do eight snapshots still find?",
            patch: r#"{"problem":{"signal":{"sparsity":22}}}"#,
        },
        Try {
            link: "Take one snapshot.",
            question: "This is SBL now. What was it that the others brought?",
            patch: r#"{"problem":{"snapshots":1}}"#,
        },
        Try {
            link: "Let rows hardly change in time.",
            question: "The prior takes snapshots to be independent. How much does it mind?",
            patch: r#"{"problem":{"signal":{"correlation":0.98}}}"#,
        },
        Try {
            link: "Set M-FOCUSS and SOMP beside it.",
            question: "Which gives up first as you add rows?",
            patch: r#"{"methods":[{"id":"mmv-sbl"},{"id":"m-focuss"},{"id":"somp"}]}"#,
        },
    ],
    breaks: "EM is slow under noise. Snapshots that are strongly correlated in time add little, and the prior does not know.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"mmv","signal":{"id":"row-sparse","sparsity":18}},"methods":[{"id":"mmv-sbl"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With 18 common rows for m = 24 measurements, n = 96 and eight snapshots, M-SBL recovers to a relative error of 1e-3 in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"mmv","signal":{"id":"row-sparse","sparsity":18}},"methods":[{"id":"mmv-sbl"}]}"#,
            trials: 200,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-3 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
