//! Iterative hard thresholding.
//!
//! ```text
//! x = 0, mu = step / |A|^2
//! repeat
//!     x  = H_k(x + mu A^* (y - A x))        H_k keeps the k largest entries
//! until |y - A x| <= tolerance |y|  or  x moves by less than tolerance |x|
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x` by projected gradient steps; with `step` below 1 the residual never
//! rises. `A` is m x n, real or complex; a step costs one product with `A^*` and k columns of `A`. `|A|^2` is the
//! instance's, found once.
//!
//! Blumensath and Davies, "Iterative hard thresholding for compressed sensing" (2009), equation 9, which has
//! `mu = 1` for a matrix of norm below 1.

use super::linear::LinearInstance;
use super::walk::Walk;
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Try, Watch,
};
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of iterative hard thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Iht {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Length of the gradient step, in units of 1/|A|^2. Up to 1 the residual cannot rise.
    #[schemars(range(min = 0.01, max = 100.0), extend("x-scale" = "log"))]
    pub step: f64,
    /// Stop when the residual falls below this fraction of the measurements, or the estimate moves by less than
    /// this fraction of itself.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub max_steps: usize,
}

impl Default for Iht {
    fn default() -> Self {
        Self { sparsity: None, step: 1.0, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for Iht {
    const CARD: MethodCard = MethodCard {
        id: "iht",
        lab: "recovery",
        problem: "linear",
        title: "Iterative hard thresholding",
        short: "IHT",
        sentence: "holding {sparsity} spikes",
        line: "Takes a gradient step, keeps the k largest entries, repeats",
        cost: "one product with A^* and k columns of A",
        when: "k is known, the matrix is fast and nearly orthonormal on sparse vectors",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = sparsity_for(self.sparsity, instance)?;
        let walk = Walk::new(instance.clone(), self.tolerance);
        let bound = instance.squared_norm();
        // A zero matrix has no gradient, so any step will do.
        let mu = if bound > 0.0 { self.step / bound } else { 0.0 };
        Ok(Box::new(Thresholding { mu, sparsity, walk }))
    }
}

/// A run of IHT.
struct Thresholding<S: Scalar> {
    mu: f64,
    sparsity: usize,
    walk: Walk<S>,
}

impl<S: Scalar> Run for Thresholding<S> {
    fn step(&mut self) -> Status {
        let walk = &mut self.walk;
        let ahead = walk.ahead(self.mu);
        let support = walk.select(ahead.clone(), self.sparsity);
        let next = walk.cut(&ahead, support);
        walk.go_until_settled(next)
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What IHT looks at",
            "$x + \\mu A^* r$ before the cut; entries below the line in modulus are set to zero",
        )
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "iht",
    n: None,
    lab: "recovery",
    title: "Iterative hard thresholding",
    paper: Paper {
        authors: "Blumensath and Davies",
        title: "Iterative hard thresholding for compressed sensing",
        year: 2009,
        link: "https://doi.org/10.1016/j.acha.2009.04.002",
    },
    idea: "Take a gradient step towards the measurements. Set all but the k largest entries to zero. Repeat.",
    formula: r"x_{t+1} = H_k\big(x_t + \mu A^*(y - A x_t)\big), \quad \mu \le 1/\|A\|^2",
    consequence: "No linear system is solved, and with a step this short the residual never rises.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The line in *What IHT looks at*. An entry just below it is set to zero and must grow anew.",
        },
        Watch {
            panel: "convergence",
            text: "A straight slope in *Convergence*: the support is settled and only the values move.",
        },
    ],
    try_this: &[
        Try {
            link: "Make the step 3 times as long.",
            question: "Longer than theory allows: is the error larger or smaller?",
            patch: r#"{"methods":[{"id":"iht","step":3}]}"#,
        },
        Try {
            link: "Make the step 20 times as long.",
            question: "What happens to the residual, and how soon?",
            patch: r#"{"methods":[{"id":"iht","step":20}]}"#,
        },
        Try {
            link: "Set NIHT and HTP beside it.",
            question: "How many steps does each need?",
            patch: r#"{"methods":[{"id":"iht"},{"id":"niht"},{"id":"htp"}]}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Which false entries get in, and do they leave?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
    ],
    breaks: "1/|A|² is a cautious step, and short steps keep whatever support came first. Long ones overshoot and blow up.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"iht"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 8 Gaussian spikes, m = 160, n = 256 and no noise, IHT with the step 1/|A|² recovers to a relative error of 1e-6 in at least 90 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","rows":160,"signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"iht"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 0.945,
        },
        Claim {
            statement: "With k = 8 Gaussian spikes, m = 80, n = 256 and no noise, IHT with the step 3/|A|² recovers to a relative error of 1e-6 in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"iht","step":3}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.9775,
        },
    ],
};
