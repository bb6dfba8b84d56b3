//! Subspace pursuit.
//!
//! ```text
//! x = 0, S = {}, r = y
//! repeat
//!     P  = S + the k columns with the largest |<a_j, r>| / |a_j|
//!     b  = argmin |y - A z|                 over z supported on P
//!     S  = places of the k largest entries of b
//!     x  = argmin |y - A z|                 over z supported on S
//!     r  = y - A x
//! until |r| <= tolerance |y|, or |r| does not fall (the last step is taken back)
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x`, greedily but able to repent. The first step, from nothing, is the
//! paper's initialisation. `A` is m x n, real or complex; a step costs one product with `A^*`, the at most 2k
//! columns of P and the k of S, and O(m k^2) for their QR factorisations. Where `normalize` holds, entries of `b`
//! are compared by `|b_j| |a_j|`, so that the length of a column changes nothing.
//!
//! Dai and Milenkovic, "Subspace pursuit for compressive sensing signal reconstruction" (2009), Algorithm 1.

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

/// Parameters of subspace pursuit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SubspacePursuit {
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

impl Default for SubspacePursuit {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-10, normalize: true, max_steps: 60 }
    }
}

impl LinearMethod for SubspacePursuit {
    const CARD: MethodCard = MethodCard {
        id: "subspace-pursuit",
        lab: "recovery",
        problem: "linear",
        title: "Subspace pursuit",
        short: "SP",
        sentence: "holding {sparsity} spikes",
        line: "Swaps columns in and out of a set of k while the residual falls",
        cost: "one product with A^*, least squares on up to 2k columns, O(m k^2)",
        when: "k is known and early picks may be wrong",
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

/// A run of subspace pursuit.
struct Pursuit<S: Scalar> {
    normalize: bool,
    sparsity: usize,
    walk: Walk<S>,
}

impl<S: Scalar> Run for Pursuit<S> {
    fn step(&mut self) -> Status {
        let Self { normalize, sparsity, walk } = self;
        let scored = scores(&walk.instance, &walk.correlations, *normalize);
        let chosen = walk.select(scored, *sparsity);
        let fitted = walk.fit(&walk.support_and(&chosen));
        let kept = largest_parts(&walk.instance, &fitted.estimate, *sparsity, *normalize);
        let next = walk.fit(&kept);
        walk.go_down_to(next)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What SP looks at",
            "$|\\langle a_j, r\\rangle|$ before this step; the $k$ at or above the line are tried",
        )
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "subspace-pursuit",
    n: None,
    lab: "recovery",
    title: "Subspace pursuit",
    paper: Paper {
        authors: "Dai and Milenkovic",
        title: "Subspace pursuit for compressive sensing signal reconstruction",
        year: 2009,
        link: "https://doi.org/10.1109/TIT.2009.2016006",
    },
    idea: "Hold k columns. Let in the k that best match the residual, fit all 2k by least squares, keep the k largest entries, and fit those again. Stop when the residual falls no further.",
    formula: r"P = S_{t-1} \cup \mathrm{top}_k|A^* r_{t-1}|, \quad S_t = \mathrm{top}_k|A_P^{+} y|, \quad r_t = y - P_{S_t}\, y",
    consequence: "The residual is always orthogonal to the k columns held, and each step that is kept makes it smaller.",
    watch: &[
        Watch { panel: "support", text: "Lines in *Support* that end early were wrong first picks." },
        Watch {
            panel: "looks-at",
            text: "In *What SP looks at* the columns that it holds stand at zero: least squares leave nothing along them.",
        },
        Watch {
            panel: "convergence",
            text: "Few steps. The error in *Convergence* drops to rounding at the step in which the support is right.",
        },
    ],
    try_this: &[
        Try {
            link: "Make all spikes equally tall.",
            question: "Does it need more steps, or fail?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Set CoSaMP and OMP beside it.",
            question: "Which support is right first?",
            patch: r#"{"methods":[{"id":"subspace-pursuit"},{"id":"cosamp"},{"id":"omp"}]}"#,
        },
        Try {
            link: "Take 30 spikes.",
            question: "Where does it stop, and is the residual small there?",
            patch: r#"{"problem":{"signal":{"sparsity":30}}}"#,
        },
    ],
    breaks: "It must be told k, and it stops in the first support that no swap improves: with 80 measurements of 256, half of all draws with 28 spikes.",
    spec: r#"{"v":1,"seed":6,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"subspace-pursuit"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 20 Gaussian spikes, m = 80, n = 256 and no noise, subspace pursuit recovers exactly in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear"},"methods":[{"id":"subspace-pursuit"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.9825,
        },
        Claim {
            statement: "With Gaussian spikes subspace pursuit is exact at a rho at least 0.03 above that of basis pursuit, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"gaussian"}},"methods":[{"id":"subspace-pursuit"},{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.03),
            measured: 0.0455,
        },
        Claim {
            statement: "With spikes of one height the order is the other way round: basis pursuit is at least 0.03 above subspace pursuit",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"signs"}},"methods":[{"id":"subspace-pursuit"},{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 1, below: 0 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.03),
            measured: 0.0397,
        },
    ],
};
