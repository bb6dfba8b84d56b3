//! Basis pursuit, by homotopy.
//!
//! ```text
//! follow the LASSO's path from lambda = |A^T y|_inf to lambda = 0, one breakpoint a step
//! solve on its support, and prove the result by a dual vector nu:
//!     A x = y,   |A^T nu|_inf <= 1,   |x|_1 = y^T nu
//! ```
//!
//! Solves `min |x|_1` subject to `A x = y`, and to `x >= 0` where asked, exactly; then the largest entry of `A^T nu` is at
//! most 1, whatever the others are. `A` is m x n and real; a step costs one product with `A^T` and
//! O(m |S| + |S|^2) for the factorisation of the active columns. Where y is not in the range of `A`, the result is the
//! least-squares solution of least l1 norm, and is called so.
//!
//! Chen, Donoho and Saunders, "Atomic decomposition by basis pursuit" (1998); Donoho and Tsaig, "Fast solution of
//! l1-norm minimization problems when the solution may be sparse" (2008), for the homotopy.

use super::LinearMethod;
use super::homotopy::Domain;
use super::lasso::dual_panel;
use super::linear::LinearInstance;
use super::weighted_l1::{Stage, WeightedL1};
use crate::contract::{
    Bound, Claim, Complaint, DiagramMeasure, Exhibit, Experiment, Mark, Measure, MethodCard, Observation, Paper,
    Reduced, Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::Scalar;
use crate::operators::Counted;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of basis pursuit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct BasisPursuit {
    /// Allow no entry below zero.
    pub nonnegative: bool,
    /// Largest duality gap, relative to the l1 norm, that counts as a proof.
    #[schemars(range(min = 1e-13, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most breakpoints.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for BasisPursuit {
    fn default() -> Self {
        Self { nonnegative: false, tolerance: 1e-10, max_steps: 100_000 }
    }
}

impl LinearMethod for BasisPursuit {
    const CARD: MethodCard = MethodCard {
        id: "basis-pursuit",
        lab: "recovery",
        problem: "linear",
        title: "Basis pursuit",
        short: "basis pursuit",
        sentence: "",
        line: "Of all signals that fit exactly, the one with the least sum of moduli",
        cost: "one product with A^T and O(m k + k^2)",
        when: "there is no noise and k is not known",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real("Basis pursuit")?;
        let operator = Arc::new(Counted::new(instance.operator.clone()));
        let domain = if self.nonnegative { Domain::Nonnegative } else { Domain::Signed };
        let solver = WeightedL1::new(operator, &instance.measurements, None, 0.0, domain, self.tolerance);
        Ok(Box::new(Path { solver }))
    }
}

/// A run of basis pursuit.
struct Path {
    solver: WeightedL1,
}

impl Run for Path {
    fn step(&mut self) -> Status {
        match self.solver.step() {
            Stage::Going => Status::Running,
            Stage::Proved(proof) => Status::Converged(proof),
            Stage::Unproved(cause) => Status::Failed(cause),
        }
    }

    fn observe(&self) -> Observation<'_> {
        let joining = self.solver.path().joining().map(|index| Mark::Chosen { index });
        let panels = vec![dual_panel(self.solver.dual()).with_marks(joining)];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let solver = &self.solver;
        Observation {
            estimate: Values::Real(Cow::Borrowed(&solver.estimate)),
            support: Cow::Borrowed(&solver.support),
            traces: vec![
                Trace { name: "relative_residual", value: solver.relative_residual },
                Trace { name: "objective", value: solver.objective },
                Trace { name: "duality_gap", value: solver.gap },
                Trace { name: "lambda", value: solver.lambda },
            ],
            panels: Vec::new(),
            events: solver.path().events().to_vec(),
            products: solver.products(),
        }
    }
}

/// Numbers of unknowns, and the patches of the sweep that set them.
const SIZES: &[(f64, &str)] = &[
    (128.0, "{}"),
    (256.0, r#"{"spec":{"problem":{"cols":256}}}"#),
    (512.0, r#"{"spec":{"problem":{"cols":512}}}"#),
    (1024.0, r#"{"spec":{"problem":{"cols":1024}}}"#),
];

static EXHIBIT: Exhibit = Exhibit {
    id: "basis-pursuit",
    n: None,
    lab: "recovery",
    title: "Basis pursuit",
    paper: Paper {
        authors: "Chen, Donoho and Saunders",
        title: "Atomic decomposition by basis pursuit",
        year: 1998,
        link: "https://doi.org/10.1137/S1064827596304010",
    },
    idea: "Many signals fit the measurements. Take the one whose entries have the least sum of moduli. That is a linear program, and its solution is sparse.",
    formula: r"\min_x |x|_1 \ \text{ subject to } \ A x = y",
    consequence: "A vector whose correlations with all columns are at most 1, and reach 1 with the right sign on the support, proves the answer optimal.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *The dual certificate* the marked line has just reached 1 and joins next. At the end all active lines stand at 1 and no other is above.",
        },
        Watch {
            panel: "support",
            text: "Lines in *Support* end as well as start. A wrong pick is taken back when its value passes zero, and the last step clears the rest.",
        },
        Watch {
            panel: "convergence",
            text: "In *Convergence* the error falls to rounding in a single step, the last. Below the transition there is no almost.",
        },
    ],
    try_this: &[
        Try {
            link: "Take 30 spikes.",
            question: "The proof still holds. What is it a proof of?",
            patch: r#"{"problem":{"signal":{"sparsity":30}}}"#,
        },
        Try {
            link: "Let the spikes have normal heights.",
            question: "Which of the two methods gains from small ones?",
            patch: r#"{"problem":{"signal":{"amplitude":"gaussian"}}}"#,
        },
        Try {
            link: "Add a little noise.",
            question: "What does a method do that must fit noise exactly?",
            patch: r#"{"problem":{"noise":{"id":"gaussian","snr_db":30}}}"#,
        },
    ],
    breaks: "Above the transition, near k = 24 for these sizes, the least sum of moduli belongs to another signal. Noise is fitted exactly and comes out as small false spikes; the LASSO leaves room for it.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":18,"amplitude":"signs"}},"methods":[{"id":"basis-pursuit"},{"id":"omp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 16 spikes of height one, m = 80, n = 256 and no noise, basis pursuit is exact in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"signs"}},"methods":[{"id":"basis-pursuit"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 1.0,
        },
        Claim {
            statement: "Even above the transition, with k = 40, it fits the measurements to 1e-10 in every draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":40}},"methods":[{"id":"basis-pursuit"}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "relative_residual", at_most: 1e-10 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "With n = 512 and signed spikes, half of the draws are exact within 0.02 of Donoho and Tanner's weak threshold, in rho = k / m, for every delta = m / n from 0.1 to 0.9",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":512},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.1,"to":0.9,"steps":9},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::FromTheory { curve: "l1-signed" },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":200}},"x":{"from":0.3,"to":0.7,"steps":2},"trials":20}"#,
                    bound: Bound::AtMost(0.05),
                },
            },
            bound: Bound::AtMost(0.02),
            measured: 0.0122,
        },
        Claim {
            statement: "With n = 512, positive spikes and no entry allowed below zero, the same holds of the threshold for nonnegative signals",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":512,"signal":{"id":"sparse","amplitude":"positive"}},"methods":[{"id":"basis-pursuit","nonnegative":true}]},"x":{"param":"problem.delta","from":0.1,"to":0.9,"steps":9},"y":{"param":"problem.rho","from":0.1,"to":0.98,"steps":45},"trials":60}"#,
                measure: DiagramMeasure::FromTheory { curve: "l1-nonnegative" },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":200}},"x":{"from":0.3,"to":0.7,"steps":2},"trials":20}"#,
                    bound: Bound::AtMost(0.05),
                },
            },
            bound: Bound::AtMost(0.02),
            measured: 0.0097,
        },
        Claim {
            statement: "With n = 256, signs, cosine and Hadamard rows, sparse binary columns and random convolution have the contour of the Gaussian matrix, within 0.03",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.75,"steps":3},"y":{"param":"problem.rho","from":0.1,"to":0.7,"steps":31},"trials":100}"#,
                measure: DiagramMeasure::FromPatched { patches: UNIVERSAL },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"x":{"from":0.5,"to":0.5,"steps":1},"trials":20}"#,
                    bound: Bound::AtMost(0.1),
                },
            },
            bound: Bound::AtMost(0.03),
            measured: 0.0070,
        },
        Claim {
            statement: "So has Paley's equiangular frame of 75 x 150, which is not drawn at all",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":150},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.rows","from":75,"to":75,"steps":1},"y":{"param":"problem.rho","from":0.1,"to":0.7,"steps":31},"trials":100}"#,
                measure: DiagramMeasure::FromPatched { patches: &[r#"{"problem":{"matrix":{"id":"paley"}}}"#] },
                reduced: Reduced { patch: r#"{"trials":20}"#, bound: Bound::AtMost(0.1) },
            },
            bound: Bound::AtMost(0.03),
            measured: 0.0071,
        },
        Claim {
            statement: "Complex numbers have a contour of their own, and it is as universal: 101 chirps and 101 Fourier rows of n = 256 have that of complex Gaussian entries, within 0.03",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"matrix":{"id":"gaussian","complex":true}},"methods":[{"id":"primal-dual","tolerance":1e-6,"max_steps":3000}]},"x":{"param":"problem.rows","from":101,"to":101,"steps":1},"y":{"param":"problem.rho","from":0.2,"to":0.7,"steps":26},"trials":60}"#,
                measure: DiagramMeasure::FromPatched { patches: COMPLEX },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"x":{"from":53,"to":53},"trials":16}"#,
                    bound: Bound::AtMost(0.1),
                },
            },
            bound: Bound::AtMost(0.03),
            measured: 0.0034,
        },
        Claim {
            statement: "Without noise even columns whose neighbours are correlated by 0.95 have it, within 0.03: what spoils greedy picks spoils no convex program",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.75,"steps":3},"y":{"param":"problem.rho","from":0.02,"to":0.7,"steps":35},"trials":60}"#,
                measure: DiagramMeasure::FromPatched {
                    patches: &[r#"{"problem":{"matrix":{"id":"correlated","correlation":0.95}}}"#],
                },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"x":{"from":0.5,"to":0.5,"steps":1},"trials":20}"#,
                    bound: Bound::AtMost(0.1),
                },
            },
            bound: Bound::AtMost(0.03),
            measured: 0.0108,
        },
        Claim {
            statement: "Four blocks on the diagonal have not: each spike is seen by a quarter of the measurements, and the contour is lower by 0.05 at least",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"matrix":{"id":"block-diagonal"}},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.5,"to":0.5,"steps":1},"y":{"param":"problem.rho","from":0.02,"to":0.7,"steps":35},"trials":60}"#,
                measure: DiagramMeasure::Rise { patch: r#"{"problem":{"matrix":{"id":"gaussian"}}}"#, method: 0 },
                reduced: Reduced { patch: r#"{"trials":20}"#, bound: Bound::AtLeast(0.03) },
            },
            bound: Bound::AtLeast(0.05),
            measured: 0.0859,
        },
        Claim {
            statement: "How high the spikes are makes no difference: with spikes of one height and with Gaussian ones the contour is the same within 0.03, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"signs"}},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.1,"to":0.6,"steps":26},"trials":100}"#,
                measure: DiagramMeasure::FromPatched {
                    patches: &[r#"{"problem":{"signal":{"amplitude":"gaussian"}}}"#],
                },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"x":{"from":0.5,"to":0.5,"steps":1},"trials":20}"#,
                    bound: Bound::AtMost(0.1),
                },
            },
            bound: Bound::AtMost(0.03),
            measured: 0.0029,
        },
        Claim {
            statement: "At delta = 1/2 the transition narrows like n^(-1/2) from n = 128 to n = 1024: the exponent is within 0.1 of that",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":128},"methods":[{"id":"basis-pursuit"}]},"x":{"param":"problem.delta","from":0.5,"to":0.5,"steps":1},"y":{"param":"problem.rho","from":0.24,"to":0.56,"steps":17},"trials":100}"#,
                measure: DiagramMeasure::Narrowing { sizes: SIZES },
                // Two widths with errors of a tenth, a factor of two apart, leave 0.2 in the exponent.
                reduced: Reduced { patch: r#"{"trials":60}"#, bound: Bound::Within(-0.9, -0.2) },
            },
            bound: Bound::Within(-0.6, -0.4),
            measured: -0.4988,
        },
    ],
};

/// Matrices that have the Gaussian one's transition.
static UNIVERSAL: &[&str] = &[
    r#"{"problem":{"matrix":{"id":"bernoulli"}}}"#,
    r#"{"problem":{"matrix":{"id":"partial-dct"}}}"#,
    r#"{"problem":{"matrix":{"id":"partial-hadamard"}}}"#,
    r#"{"problem":{"matrix":{"id":"sparse-binary"}}}"#,
    r#"{"problem":{"matrix":{"id":"random-convolution"}}}"#,
];

/// Complex matrices that have the complex Gaussian one's transition.
static COMPLEX: &[&str] = &[
    r#"{"problem":{"matrix":{"id":"chirp","complex":null}}}"#,
    r#"{"problem":{"matrix":{"id":"partial-fourier","complex":null}}}"#,
];
