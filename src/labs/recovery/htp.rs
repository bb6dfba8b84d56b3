//! Hard thresholding pursuit.
//!
//! ```text
//! x = 0, S = {}
//! repeat
//!     S  = places of the k largest entries of x + mu A^* (y - A x)
//!     x  = argmin |y - A z|                 over z supported on S
//! until |y - A x| <= tolerance |y|, or S repeats
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x`: IHT's choice of a support, OMP's values on it. An S that repeats at
//! once is a fixed point. One that was seen earlier closes a circle, for the next S depends on S alone; then the
//! best estimate of the run is kept. `A` is m x n, real or complex; a step costs one product with `A^*`, k columns
//! of `A`, and O(m k^2) for the QR factorisation.
//!
//! The step mu is fixed at the paper's 1 for columns of unit norm, and at 1 over the mean of `|a_j|^2` for others, so
//! that scaling the matrix changes nothing. Or it is measured anew at each x, as `|x|^2 / |A x|^2`. NIHT measures that
//! ratio on the gradient over S, but least squares leave none there.
//!
//! Foucart, "Hard thresholding pursuit: an algorithm for compressive sensing" (2011).

use super::linear::LinearInstance;
use super::walk::{Iterate, Walk};
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, DiagramMeasure, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Reduced,
    Run, Status, Try, Watch,
};
use crate::kernels::{Scalar, norm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How the length of the gradient step is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// 1 where columns have unit norm; otherwise 1 over the mean of their squared norms.
    Fixed,
    /// |x|^2 / |A x|^2, measured at each estimate.
    Normalized,
}

/// Parameters of hard thresholding pursuit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Htp {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// The gradient step before the support is chosen.
    pub step: Step,
    /// Stop when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384))]
    pub max_steps: usize,
}

impl Default for Htp {
    fn default() -> Self {
        Self { sparsity: None, step: Step::Fixed, tolerance: 1e-10, max_steps: 100 }
    }
}

impl LinearMethod for Htp {
    const CARD: MethodCard = MethodCard {
        id: "htp",
        lab: "recovery",
        problem: "linear",
        title: "Hard thresholding pursuit",
        short: "HTP",
        sentence: "holding {sparsity} spikes",
        line: "Picks k columns by a gradient step, refits, until the choice repeats",
        cost: "one product with A^*, least squares on k columns, O(m k^2)",
        when: "k is known and few, exact steps are wanted",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = sparsity_for(self.sparsity, instance)?;
        let walk = Walk::new(instance.clone(), self.tolerance);
        let fixed = (self.step == Step::Fixed).then(|| inverse_mean_square(&instance.column_norms));
        Ok(Box::new(Pursuit { fixed, sparsity, best: walk.now.clone(), seen: BTreeSet::new(), walk }))
    }
}

/// 1 over the mean square of those norms that are not zero; 1 where all are.
fn inverse_mean_square(norms: &[f64]) -> f64 {
    let count = norms.iter().filter(|&&size| size > 0.0).count();
    let ratio = (count as f64).sqrt() / norm(norms);
    if ratio.is_finite() { ratio * ratio } else { 1.0 }
}

/// A run of HTP.
struct Pursuit<S: Scalar> {
    /// mu, where it is not measured.
    fixed: Option<f64>,
    sparsity: usize,
    walk: Walk<S>,
    /// The estimate with the smallest residual so far.
    best: Iterate<S>,
    seen: BTreeSet<Vec<usize>>,
}

impl<S: Scalar> Run for Pursuit<S> {
    fn step(&mut self) -> Status {
        let mu = self.fixed.unwrap_or_else(|| self.walk.inverse_gain());
        let ahead = self.walk.ahead(mu);
        let support = self.walk.select(ahead, self.sparsity);
        if support == self.walk.now.support {
            self.walk.stay();
            return Status::Converged("the support repeats".into());
        }
        if !self.seen.insert(support.clone()) {
            self.walk.go_to(self.best.clone());
            return Status::Converged("the supports go in a circle; the best of them is kept".into());
        }
        let next = self.walk.fit(&support);
        if norm(&next.residual) < norm(&self.best.residual) {
            self.best = next.clone();
        }
        self.walk.go_to(next)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What HTP looks at",
            "$x + \\mu A^* r$ before this step; the $k$ at or above the line in modulus are the new support",
        )
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "htp",
    n: None,
    lab: "recovery",
    title: "Hard thresholding pursuit",
    paper: Paper {
        authors: "Foucart",
        title: "Hard thresholding pursuit: an algorithm for compressive sensing",
        year: 2011,
        link: "https://doi.org/10.1137/100806278",
    },
    idea: "Take a gradient step and keep the places of the k largest entries. Forget their values: fit those columns by least squares. Stop when the places repeat.",
    formula: r"S_t = \mathrm{top}_k\big|x_{t-1} + \mu A^*(y - A x_{t-1})\big|, \quad x_t = A_{S_t}^{+} y",
    consequence: "There are finitely many supports and each decides the next, so it always comes to rest or goes in a circle.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The line in *What HTP looks at* parts the next support from the rest. A wide gap there means that it will not change.",
        },
        Watch { panel: "support", text: "*Support* stands still at the last step. That is the stop rule." },
        Watch { panel: "convergence", text: "The error in *Convergence* stays high, then drops to rounding at once." },
    ],
    try_this: &[
        Try {
            link: "Set NIHT beside it.",
            question: "Same choice of support: what do least squares save?",
            patch: r#"{"methods":[{"id":"htp"},{"id":"niht"}]}"#,
        },
        Try {
            link: "Measure the step at each estimate.",
            question: "Does it come to rest sooner, and in the right place?",
            patch: r#"{"methods":[{"id":"htp","step":"normalized"}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Draw anew ten times: how often does it still succeed?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
    ],
    breaks: "With spikes of equal height it often comes to rest in a wrong support, where subspace pursuit goes on. Columns of very different length need scaling first, as one step serves them all.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":20}},"methods":[{"id":"htp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 16 Gaussian spikes, m = 80, n = 256 and no noise, HTP recovers exactly in at least 97 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16}},"methods":[{"id":"htp"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.97),
            measured: 1.0,
        },
        Claim {
            statement: "With Gaussian spikes HTP is exact at a rho at least 0.02 above that of basis pursuit, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"gaussian"}},"methods":[{"id":"htp"},{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(-0.02),
                },
            },
            bound: Bound::AtLeast(0.02),
            measured: 0.0330,
        },
        Claim {
            statement: "With spikes of one height basis pursuit is at least 0.04 above HTP",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"signs"}},"methods":[{"id":"basis-pursuit"},{"id":"htp"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.04),
            measured: 0.0662,
        },
    ],
};
