//! Normalised iterative hard thresholding.
//!
//! ```text
//! x = 0, S = places of the k largest entries of A^* y
//! repeat
//!     g  = A^* (y - A x)
//!     mu = |g_S|^2 / |A g_S|^2              the best step as long as S stays
//!     x' = H_k(x + mu g), S' = its support
//!     while S' differs from S  and  mu > (1 - c) |x' - x|^2 / |A (x' - x)|^2
//!         mu = mu / (kappa (1 - c)), x' and S' anew
//!     x  = x', S = S'
//! until |y - A x| <= tolerance |y|  or  x moves by less than tolerance |x|
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x` by projected gradient steps that need no bound on `|A|`: the test on
//! mu keeps the residual from rising, so the method is stable whatever the scale of the matrix. c = 0.01 and
//! kappa = 2. Where the gradient vanishes on S, the places of its k largest entries stand in for S, as they do at
//! the start. `A` is m x n, real or complex; a step costs one product with `A^*` and 2k columns of `A`, and k more
//! each time mu is shortened.
//!
//! Blumensath and Davies, "Normalized iterative hard thresholding: guaranteed stability and performance" (2010),
//! Algorithm 1.

use super::linear::LinearInstance;
use super::walk::{Iterate, Walk};
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, DiagramMeasure, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Reduced,
    Run, Status, Try, Watch,
};
use crate::kernels::{Scalar, distance, largest_abs};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The paper's c: by how much a step stays short of the longest that cannot raise the residual.
const MARGIN: f64 = 0.01;

/// The paper's kappa, which must exceed 1 / (1 - c).
const SHORTEN: f64 = 2.0;

/// Shortenings in one step that no matrix of ordinary numbers needs: each halves mu.
const MOST_SHORTENINGS: usize = 200;

/// Parameters of normalised iterative hard thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Niht {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Stop when the residual falls below this fraction of the measurements, or the estimate moves by less than
    /// this fraction of itself.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub max_steps: usize,
}

impl Default for Niht {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for Niht {
    const CARD: MethodCard = MethodCard {
        id: "niht",
        lab: "recovery",
        problem: "linear",
        title: "Normalised iterative hard thresholding",
        short: "NIHT",
        sentence: "holding {sparsity} spikes",
        line: "IHT that measures how far it may step, each time anew",
        cost: "one product with A^* and 2k columns of A",
        when: "k is known and the scale of the matrix is not",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        instance.check_columns("NIHT")?;
        let sparsity = sparsity_for(self.sparsity, instance)?;
        Ok(Box::new(Thresholding { sparsity, walk: Walk::new(instance.clone(), self.tolerance) }))
    }
}

/// A run of NIHT.
struct Thresholding<S: Scalar> {
    sparsity: usize,
    walk: Walk<S>,
}

impl<S: Scalar> Thresholding<S> {
    /// The places on which the gradient's best step is measured.
    fn places(&self) -> Vec<usize> {
        let (support, gradient) = (&self.walk.now.support, &self.walk.correlations);
        if support.iter().any(|&j| gradient[j] != S::zero()) {
            support.clone()
        } else {
            largest_abs(gradient, self.sparsity)
        }
    }

    fn threshold(&mut self, mu: f64) -> Iterate<S> {
        let ahead = self.walk.ahead(mu);
        let support = self.walk.select(ahead.clone(), self.sparsity);
        self.walk.cut(&ahead, support)
    }

    /// Whether `next`, a step of length `mu` away, keeps the support for which mu was chosen, or is near enough
    /// that the residual does not rise.
    fn may_go_to(&self, next: &Iterate<S>, mu: f64, places: &[usize]) -> bool {
        let now = &self.walk.now;
        if next.support == places || next.support == now.support {
            return true;
        }
        let ratio = distance(&next.estimate, &now.estimate) / distance(&next.residual, &now.residual);
        mu <= (1.0 - MARGIN) * ratio * ratio
    }
}

impl<S: Scalar> Run for Thresholding<S> {
    fn step(&mut self) -> Status {
        let places = self.places();
        let mut mu = self.walk.best_step_on(&places);
        let mut next = self.threshold(mu);
        for _ in 0..MOST_SHORTENINGS {
            if self.may_go_to(&next, mu, &places) {
                return self.walk.go_until_settled(next);
            }
            mu /= SHORTEN * (1.0 - MARGIN);
            next = self.threshold(mu);
        }
        self.walk.stay();
        Status::Failed("no step is short enough to lower the residual; the numbers are too large or too small".into())
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe(
            "What NIHT looks at",
            "$x + \\mu A^* r$ before the cut; entries below the line in modulus are set to zero",
        )
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "niht",
    n: None,
    lab: "recovery",
    title: "Normalised iterative hard thresholding",
    paper: Paper {
        authors: "Blumensath and Davies",
        title: "Normalized iterative hard thresholding: guaranteed stability and performance",
        year: 2010,
        link: "https://doi.org/10.1109/JSTSP.2010.2042411",
    },
    idea: "As IHT, but measure at each step how far the gradient may be followed. When the support would change, shorten the step until the residual cannot rise.",
    formula: r"\mu_t = \frac{\|g_S\|^2}{\|A g_S\|^2}, \quad \mu_t \le (1-c)\,\frac{\|x_{t+1}-x_t\|^2}{\|A(x_{t+1}-x_t)\|^2} \text{ where } S \text{ changes}",
    consequence: "Multiplying the matrix by a constant changes nothing, and no bound on it is needed.",
    watch: &[
        Watch { panel: "support", text: "Lines in *Support* change in the first steps and then stand still." },
        Watch {
            panel: "convergence",
            text: "The slope in *Convergence* is steeper than IHT's: the step is several times 1/|A|².",
        },
    ],
    try_this: &[
        Try {
            link: "Set IHT beside it.",
            question: "Both take the same kind of step. Which finds the support?",
            patch: r#"{"methods":[{"id":"niht"},{"id":"iht"}]}"#,
        },
        Try {
            link: "Leave the columns unscaled.",
            question: "Does it notice?",
            patch: r#"{"problem":{"matrix":{"id":"gaussian","unit_columns":false}}}"#,
        },
        Try {
            link: "Take 24 spikes.",
            question: "Guess the number of steps first.",
            patch: r#"{"problem":{"signal":{"sparsity":24}}}"#,
        },
    ],
    breaks: "It ends in a fixed point near where it began. With many spikes that is seldom the sparsest one.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"niht"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 12 Gaussian spikes, m = 80, n = 256 and no noise, NIHT recovers to a relative error of 1e-6 in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12}},"methods":[{"id":"niht"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.9875,
        },
        Claim {
            statement: "With Gaussian spikes, too, HTP, which fits its support, is exact at a rho at least 0.03 above that of NIHT, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"gaussian"}},"methods":[{"id":"htp"},{"id":"niht"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.03),
            measured: 0.0441,
        },
        Claim {
            statement: "With spikes of one height basis pursuit is at least 0.04 above NIHT",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"signs"}},"methods":[{"id":"basis-pursuit"},{"id":"niht"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Lead { above: 0, below: 1 },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.0),
                },
            },
            bound: Bound::AtLeast(0.04),
            measured: 0.0728,
        },
    ],
};
