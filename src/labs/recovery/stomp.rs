//! Stagewise orthogonal matching pursuit, StOMP.
//!
//! ```text
//! S = {}, r = y
//! repeat                                        a stage
//!     S = S + all columns with |<a_j, r>| / |a_j| > threshold |r| / sqrt m
//!     x = argmin |y - A z|                      over z supported on S
//!     r = y - A x
//! until |r| <= tolerance |y|, or no column is above the threshold, or after `stages` stages
//! ```
//!
//! Seeks a sparse `x` with `A x = y` in a fixed, small number of stages; the sparsity need not be known. For random
//! `A`, `<a_j, r> / |a_j|` of a false column is about normal with standard deviation `|r| / sqrt m`, so that the
//! threshold says how many false alarms a stage has: 1.2 % of all columns at 2.5. `A` is m x n, real or complex; a
//! stage costs one product with `A^*`, the |S| columns, and O(m |S|^2) for their QR factorisation.
//!
//! Donoho, Tsaig, Drori and Starck, "Sparse solution of underdetermined systems of linear equations by stagewise
//! orthogonal matching pursuit" (2012), section III.

use super::LinearMethod;
use super::linear::LinearInstance;
use super::selection::scores;
use super::walk::Walk;
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Try, Watch,
};
use crate::kernels::{Scalar, norm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of StOMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StOmp {
    /// Take columns whose correlation exceeds this many times the noise that the residual makes, |r| / sqrt m.
    #[schemars(range(min = 0.5, max = 10.0), extend("x-step" = 0.1))]
    pub threshold: f64,
    /// Stages.
    #[schemars(range(min = 1, max = 100), extend("x-unit" = "stages"))]
    pub stages: usize,
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100))]
    pub max_steps: usize,
}

impl Default for StOmp {
    fn default() -> Self {
        Self { threshold: 2.5, stages: 10, tolerance: 1e-10, max_steps: 100 }
    }
}

impl LinearMethod for StOmp {
    const CARD: MethodCard = MethodCard {
        id: "stomp",
        lab: "recovery",
        problem: "linear",
        title: "Stagewise orthogonal matching pursuit",
        short: "StOMP",
        sentence: "with threshold {threshold} in {stages}",
        line: "Takes every column that stands above the noise at once, refits, repeats",
        cost: "one product with A^* and O(m k^2)",
        when: "k is not known and the matrix is random and large",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let walk = Walk::new(instance.clone(), self.tolerance);
        Ok(Box::new(Stagewise { threshold: self.threshold, stages: self.stages, stages_done: 0, walk }))
    }
}

/// A run of StOMP.
struct Stagewise<S: Scalar> {
    threshold: f64,
    stages: usize,
    stages_done: usize,
    walk: Walk<S>,
}

impl<S: Scalar> Run for Stagewise<S> {
    fn step(&mut self) -> Status {
        let walk = &mut self.walk;
        let noise = norm(&walk.now.residual) / (walk.instance.rows() as f64).sqrt();
        let scored = scores(&walk.instance, &walk.correlations, true);
        let chosen = walk.select_above(scored, self.threshold * noise);
        let wanted = walk.support_and(&chosen);
        if wanted.len() == walk.now.support.len() {
            walk.stay();
            return Status::Converged("no further column is above the threshold".into());
        }
        let next = walk.fit(&wanted);
        self.stages_done += 1;
        match walk.go_to(next) {
            Status::Running if self.stages_done >= self.stages => {
                Status::Converged(format!("all {} stages done", self.stages))
            }
            status => status,
        }
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What StOMP looks at",
            "$|\\langle a_j, r\\rangle|$ before this stage; all columns above the line are taken",
        )
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "stomp",
    n: None,
    lab: "recovery",
    title: "Stagewise orthogonal matching pursuit",
    paper: Paper {
        authors: "Donoho, Tsaig, Drori and Starck",
        title: "Sparse solution of underdetermined systems of linear equations by stagewise orthogonal matching pursuit",
        year: 2012,
        link: "https://doi.org/10.1109/TIT.2011.2173241",
    },
    idea: "Correlate all columns with the residual. What false columns show there looks like noise of known size, so take every column that stands well above it. Fit all of them, and do it again, a few times.",
    formula: r"S_t = S_{t-1} \cup \Big\{ j : |\langle a_j, r_{t-1}\rangle| > \tau\, \tfrac{|r_{t-1}|}{\sqrt m} \Big\}",
    consequence: "A handful of stages is enough at any size, and nobody has to say how many spikes there are.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The line in *What StOMP looks at* falls from stage to stage with the residual, and smaller spikes come up from the noise.",
        },
        Watch {
            panel: "support",
            text: "Each stage starts several lines in *Support*, some of them false. None ever ends; without noise the entries of false ones go to zero.",
        },
    ],
    try_this: &[
        Try {
            link: "Lower the threshold to 1.5.",
            question: "How many false columns come in, and can least squares still tell?",
            patch: r#"{"methods":[{"id":"stomp","threshold":1.5}]}"#,
        },
        Try {
            link: "Raise it to 4.",
            question: "Which spikes are never seen?",
            patch: r#"{"methods":[{"id":"stomp","threshold":4}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Does it take them in fewer stages, or miss more?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Measure with correlated columns.",
            question: "Is what false columns show still noise?",
            patch: r#"{"problem":{"matrix":{"id":"correlated"}}}"#,
        },
    ],
    breaks: "Nothing is taken back. Where false columns do not look like noise, or the threshold is low, more columns come in than there are measurements, and they fit anything.",
    spec: r#"{"v":1,"seed":3,"problem":{"id":"linear","rows":160,"cols":400,"signal":{"id":"sparse","sparsity":25}},"methods":[{"id":"stomp"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 20 Gaussian spikes, m = 160, n = 400 and no noise, StOMP recovers exactly in at least 90 % of draws, without being told k",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","rows":160,"cols":400,"signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"stomp"}]}"#,
            trials: 400,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
        },
        bound: Bound::AtLeast(0.9),
        measured: 1.0,
    }],
};
