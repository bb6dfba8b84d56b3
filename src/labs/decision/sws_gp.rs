//! Sparse within sparse Gaussian processes.
//!
//! ```text
//! repeat
//!     draw a batch of B data; for each x_i the H inducing inputs nearest to it, in units of the length scales, are active
//!     climb  (N / B) sum_i E_{q(u_H)} log p(y_i | f_i) - (1 / B) sum_i KL(q(u_H) || p(u_H))       by Adam
//! predict at x from the H inducing variables nearest to x
//! ```
//!
//! A prior over which inducing variables are switched on makes the bound a mean over active sets, so a datum costs O(H^3) whatever M is,
//! and O(M) to find its neighbours. With H = M it is the bound of SVGP. The variant `union` takes one active set for a batch.
//!
//! Tran, Milios, Michiardi and Filippone, "Sparse within sparse Gaussian processes using neighbor information" (ICML 2021).

use super::regression::RegressionInstance;
use super::training::{Active, Settings, Training};
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Paper, Run, Try, TypedMethod, Watch,
};
use crate::models::gp::Covariance;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of a sparse within sparse process.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SwsGp {
    /// Inducing variables, M.
    #[schemars(range(min = 2, max = 1024), extend("x-scale" = "log"))]
    pub inducing: usize,
    /// Inducing variables that a datum sees, H.
    #[schemars(range(min = 1, max = 64), extend("x-scale" = "log"))]
    pub neighbours: usize,
    /// Take one active set for a batch: all that any of its data sees.
    pub union: bool,
    /// Covariance of q.
    pub covariance: Covariance,
    /// Data in a batch, B.
    #[schemars(range(min = 1, max = 1024), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Batches in a step.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 0.2), extend("x-scale" = "log"))]
    pub rate: f64,
    /// Length scale at the start; inputs go from 0 to 10.
    #[schemars(range(min = 0.02, max = 10.0), extend("x-scale" = "log"))]
    pub scale: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 2000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SwsGp {
    fn default() -> Self {
        Self {
            inducing: 96,
            neighbours: 8,
            union: false,
            covariance: Covariance::Diagonal,
            batch: 64,
            batches: 10,
            rate: 0.02,
            scale: 0.15,
            max_steps: 120,
        }
    }
}

impl TypedMethod for SwsGp {
    type Instance = RegressionInstance;

    const CARD: MethodCard = MethodCard {
        id: "sws-gp",
        lab: "decision",
        problem: "gp-regression",
        title: "Sparse within sparse GP",
        short: "SWSGP",
        sentence: "with {inducing} inducing variables, {neighbours} a datum",
        line: "Learns many inducing variables, of which each datum sees the nearest few",
        cost: "one small Cholesky factorisation a datum, O(B H^3 + B M)",
        when: "the function varies fast and needs many inducing variables",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<RegressionInstance>) -> Result<Box<dyn Run>, Complaint> {
        let &Self { inducing, neighbours, covariance, batch, batches, rate, scale, .. } = self;
        let active = if self.union { Active::Union(neighbours) } else { Active::Nearest(neighbours) };
        let settings = Settings { inducing, active, covariance, batch, batches, rate, scale };
        Ok(Box::new(Training::new(settings, instance.clone())))
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "sws-gp",
    n: Some(4),
    lab: "decision",
    title: "Sparse within sparse Gaussian processes",
    paper: Paper {
        authors: "Tran, Milios, Michiardi and Filippone",
        title: "Sparse within Sparse Gaussian Processes using Neighbor Information",
        year: 2021,
        link: "https://arxiv.org/abs/2011.05041",
    },
    idea: "A sparse Gaussian process sums up its data in M inducing variables, and pays M cubed for them. Switch on only the few that lie nearest to the datum at hand, and M may be large.",
    formula: r"\mathcal L = \frac N B \sum_i \mathbb E_{q(u_{H_i})} \log p(y_i \mid f_i) - \frac 1 B \sum_i \mathrm{KL}\big(q(u_{H_i}) \,\|\, p(u_{H_i})\big)",
    consequence: "A datum costs H cubed in place of M cubed; with H = M the bound is the one of the plain sparse process.",
    watch: &[
        Watch {
            panel: "fit",
            text: "The mean in *Fit* jumps a little where the neighbours change: nothing smooths it.",
        },
        Watch {
            panel: "active",
            text: "The staircase of *Active sets*: each input sees its few nearest inducing variables.",
        },
        Watch {
            panel: "convergence",
            text: "How the error in *Convergence* falls once the length scale has found the bumps.",
        },
    ],
    try_this: &[
        Try {
            link: "Set a plain sparse process with 16 beside it.",
            question: "Which bumps can it afford?",
            patch: r#"{"methods":[{"id":"sws-gp"},{"id":"svgp","inducing":16}]}"#,
        },
        Try {
            link: "Let each datum see two only.",
            question: "What becomes of the band, and of the mean between two inducing inputs?",
            patch: r#"{"methods":[{"id":"sws-gp","neighbours":2}]}"#,
        },
        Try {
            link: "Compare with the exact process and a local one.",
            question: "What is lost to either, and where?",
            patch: r#"{"methods":[{"id":"sws-gp"},{"id":"exact-gp"},{"id":"exact-gp","nearest":8}]}"#,
        },
        Try {
            link: "Learn a terrain.",
            question: "How far does the middle of the plane look?",
            patch: r#"{"problem":{"scene":{"id":"terrain","count":null,"hills":40},"points":1500},"methods":[{"id":"sws-gp","inducing":128,"scale":1}]}"#,
        },
    ],
    breaks: "With few neighbours the prior forgets what lies beyond them, so bands are too wide between inducing inputs, and the mean has steps. Inducing inputs that coincide make their covariance singular.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"gp-regression"},"methods":[{"id":"sws-gp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "A batch with 512 inducing variables, 16 a datum, costs at most a twentieth of the multiplications that it costs with all active",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"gp-regression","points":600},"methods":[{"id":"svgp","inducing":512,"batches":1,"max_steps":1},{"id":"sws-gp","inducing":512,"neighbours":16,"batches":1,"max_steps":1}]}"#,
                trials: 1,
                measure: Measure::Ratio { metric: "multiplications", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(20.0),
            measured: 550.59,
        },
        Claim {
            statement: "On 30 bumps a sparse process with 16 inducing variables is off by at least 1.5 times as much as one with 96 of which a datum sees 8",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"gp-regression"},"methods":[{"id":"svgp","inducing":16},{"id":"sws-gp"}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "rmse", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.5),
            measured: 1.8085,
        },
    ],
};
