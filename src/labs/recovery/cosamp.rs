//! Compressive sampling matching pursuit, CoSaMP.
//!
//! ```text
//! x = 0, S = {}, r = y
//! repeat
//!     P  = S + the 2k columns with the largest |<a_j, r>| / |a_j|
//!     b  = argmin |y - A z|                 over z supported on P
//!     x  = b cut down to its k largest entries, S = their places
//!     r  = y - A x
//! until |r| <= tolerance |y|, or |r| does not fall (the last step is taken back)
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x`, greedily but able to repent. `A` is m x n, real or complex; a step
//! costs one product with `A^*`, the at most 3k columns of P, and O(m k^2) for their QR factorisation. Where
//! `normalize` holds, entries of `b` are compared by `|b_j| |a_j|`, so that the length of a column changes nothing.
//!
//! Needell and Tropp, "CoSaMP: iterative signal recovery from incomplete and inaccurate samples" (2009),
//! Algorithm 1, whose stop rule is left open.

use super::linear::LinearInstance;
use super::selection::{largest_parts, scores};
use super::walk::Walk;
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, DiagramMeasure, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Reduced,
    Run, Status, Try, Watch,
};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of CoSaMP.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CoSaMp {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Compare columns as if all had unit norm.
    pub normalize: bool,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384))]
    pub max_steps: usize,
}

impl Default for CoSaMp {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-10, normalize: true, max_steps: 60 }
    }
}

impl LinearMethod for CoSaMp {
    const CARD: MethodCard = MethodCard {
        id: "cosamp",
        lab: "recovery",
        problem: "linear",
        title: "CoSaMP",
        short: "CoSaMP",
        sentence: "holding {sparsity} spikes",
        line: "Takes in 2k columns at once, refits, keeps the k largest entries",
        cost: "one product with A^*, least squares on up to 3k columns, O(m k^2)",
        when: "k is known and well below a third of the measurements",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = sparsity_for(self.sparsity, instance)?;
        let walk = Walk::new(instance.clone(), self.tolerance);
        Ok(Box::new(Pursuit { normalize: self.normalize, sparsity, walk }))
    }
}

/// A run of CoSaMP.
struct Pursuit<S: Scalar> {
    normalize: bool,
    sparsity: usize,
    walk: Walk<S>,
}

impl<S: Scalar> Run for Pursuit<S> {
    fn step(&mut self) -> Status {
        let Self { normalize, sparsity, walk } = self;
        let scored = scores(&walk.instance, &walk.correlations, *normalize);
        let chosen = walk.select(scored, 2 * *sparsity);
        let fitted = walk.fit(&walk.support_and(&chosen));
        let kept = largest_parts(&walk.instance, &fitted.estimate, *sparsity, *normalize);
        let next = walk.cut(&fitted.estimate, kept);
        walk.go_down_to(next)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What CoSaMP looks at",
            "$|\\langle a_j, r\\rangle|$ before this step; the $2k$ at or above the line are tried",
        )
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "cosamp",
    n: None,
    lab: "recovery",
    title: "CoSaMP",
    paper: Paper {
        authors: "Needell and Tropp",
        title: "CoSaMP: iterative signal recovery from incomplete and inaccurate samples",
        year: 2009,
        link: "https://doi.org/10.1016/j.acha.2008.07.002",
    },
    idea: "Take in the 2k columns that best match the residual, beside the k already held. Fit all of them by least squares, and keep only the k largest entries. Repeat while the residual falls.",
    formula: r"P = S_{t-1} \cup \mathrm{top}_{2k}|A^* r_{t-1}|, \quad x_t = H_k(A_P^{+} y)",
    consequence: "Every entry is judged anew at each step, so a wrong pick can be dropped.",
    watch: &[
        Watch { panel: "support", text: "Lines in *Support* can end. Each end is a pick taken back." },
        Watch {
            panel: "looks-at",
            text: "The line in *What CoSaMP looks at*: 2k columns reach it, twice as many as can be right.",
        },
        Watch {
            panel: "convergence",
            text: "The residual in *Convergence* falls in a few large steps or stops at once. There is little between.",
        },
    ],
    try_this: &[
        Try {
            link: "Set OMP beside it.",
            question: "Which of them is misled by spikes of equal height?",
            patch: r#"{"methods":[{"id":"cosamp"},{"id":"omp"}]}"#,
        },
        Try {
            link: "Take 24 spikes.",
            question: "3k is now close to m. What do 72 columns fit, out of 80 measurements?",
            patch: r#"{"problem":{"signal":{"sparsity":24}}}"#,
        },
        Try {
            link: "Tell it 6 spikes too few.",
            question: "Which ones does it leave out?",
            patch: r#"{"methods":[{"id":"cosamp","sparsity":6}]}"#,
        },
        Try {
            link: "Add noise at 20 dB.",
            question: "Where does the residual stop now?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":20}}}"#,
        },
    ],
    breaks: "It fits up to 3k columns at a time. As 3k comes near the number of measurements they can fit anything, and the largest entries say little.",
    spec: r#"{"v":1,"seed":3,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"signs"}},"methods":[{"id":"cosamp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 12 spikes of equal height, m = 80, n = 256 and no noise, CoSaMP recovers exactly in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"signs"}},"methods":[{"id":"cosamp"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.9925,
        },
        Claim {
            statement: "With spikes of one height CoSaMP, which takes picks back, is exact at a rho at least 0.04 above that of OMP, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"signs"}},"methods":[{"id":"cosamp"},{"id":"omp"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.04),
            measured: 0.0723,
        },
        Claim {
            statement: "With Gaussian spikes subspace pursuit is at least 0.04 above CoSaMP",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"gaussian"}},"methods":[{"id":"subspace-pursuit"},{"id":"cosamp"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.04),
            measured: 0.0628,
        },
    ],
};
