//! Sinkhorn-Newton-Sparse.
//!
//! ```text
//! z = (x, y) = 0
//! repeat N1 times
//!     an iteration of Sinkhorn's algorithm on z
//! repeat up to N2 times
//!     M  = Sparsify(-grad^2 f(z))            its largest entries; the diagonal stays
//!     dz = ConjugateGradient(M, grad f(z))
//!     t  = LineSearch(f, z, dz)
//!     z  = z + t dz
//! until |P 1 - a|_1 + |P^T 1 - b|_1 <= tolerance
//! ```
//!
//! Maximises the concave entropic potential `f` (see [`crate::couplings`]). A warm-up iteration costs O(n m), a Newton step O(n m) for the plan
//! and its largest entries, and O(kept) for each inner step of conjugate gradients.
//!
//! Tang, Shavlovsky, Rahmanian, Tardini, Thekumparampil, Xiao and Ying, "Accelerating Sinkhorn algorithm with sparse Newton
//! iterations" (ICLR 2024), Algorithm 1.

use super::entropic::{TransportInstance, map};
use super::hessian::{Keep, SparseHessian};
use super::sinkhorn::Halves;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Measure, MethodCard, Observation, Panel, Paper, Run, Status,
    Trace, Try, TypedMethod, Values, Watch,
};
use crate::couplings::Plan;
use crate::kernels::dot;
use crate::linalg::ConjugateGradient;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// A solve ends when its residual has fallen by this factor, or by as much as the marginals are off, if that is less.
const SOLVED: f64 = 1e-3;
/// Most iterations of a solve.
const MOST_INNER: usize = 400;
/// Share of the promised rise that a step must bring (Armijo).
const RISE: f64 = 1e-4;
/// Below this marginal error `f` has no digits left to judge a step by; the error itself does ...
const CLOSE: f64 = 1e-3;
/// ... and has to fall to this share.
const FALL: f64 = 0.9;
/// Most halvings of a step.
const HALVINGS: usize = 40;

/// Parameters of Sinkhorn-Newton-Sparse.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SinkhornNewtonSparse {
    /// Iterations of Sinkhorn's algorithm before Newton's, N1.
    #[schemars(range(min = 0, max = 2000))]
    pub warm_up: usize,
    /// Entries of the Hessian that are kept.
    pub keep: Keep,
    /// Stop when the marginals are off by this, in l1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most Newton steps, N2.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub newton_steps: usize,
}

impl Default for SinkhornNewtonSparse {
    fn default() -> Self {
        Self { warm_up: 20, keep: Keep::default(), tolerance: 1e-12, newton_steps: 40 }
    }
}

impl TypedMethod for SinkhornNewtonSparse {
    type Instance = TransportInstance;

    const CARD: MethodCard = MethodCard {
        id: "sinkhorn-newton-sparse",
        lab: "transport",
        problem: "entropic",
        title: "Sinkhorn-Newton-Sparse",
        short: "SNS",
        sentence: "after {warm_up} of Sinkhorn's steps, keeping {keep}",
        line: "Warms up with Sinkhorn, then takes Newton steps with a Hessian of few entries",
        cost: "O(m n), and products with a sparse Hessian inside",
        when: "eps is small and the marginals are to be met to many digits",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.warm_up + self.newton_steps
    }

    fn start(&self, instance: &Arc<TransportInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Newton::new(self.clone(), instance.clone())))
    }
}

/// A run of Sinkhorn-Newton-Sparse.
struct Newton {
    settings: SinkhornNewtonSparse,
    instance: Arc<TransportInstance>,
    /// `z = (x, y)`.
    potentials: Vec<f64>,
    /// The warm-up, and how many of its iterations are done.
    halves: Halves,
    warmed: usize,
    /// The plan at `z`, once Newton's part has begun.
    plan: Option<Plan>,
    /// Cells that the Hessian keeps.
    kept: Vec<usize>,
    solve: Option<Solve>,
    newton_steps: usize,
    inner: usize,
    /// Whether this step was the first of Newton's.
    began: bool,
    products: f64,
}

/// A Newton direction being solved for.
struct Solve {
    hessian: SparseHessian,
    gradients: ConjugateGradient,
    iterations: usize,
    until: f64,
}

impl Newton {
    fn new(settings: SinkhornNewtonSparse, instance: Arc<TransportInstance>) -> Self {
        let transport = &instance.transport;
        let potentials = vec![0.0; transport.rows() + transport.cols()];
        Self {
            halves: Halves::new(transport, &potentials, transport.sharpness),
            settings,
            potentials,
            warmed: 0,
            plan: None,
            kept: Vec::new(),
            solve: None,
            newton_steps: 0,
            inner: 0,
            began: false,
            products: 0.0,
            instance,
        }
    }

    fn warm_up(&mut self) -> Status {
        self.warmed += 1;
        self.products += 2.0;
        let error = self.halves.iterate(&self.instance.transport, &mut self.potentials, 1.0);
        self.judged(error)
    }

    fn judged(&self, error: f64) -> Status {
        if error <= self.settings.tolerance {
            Status::Converged(format!("marginals met to {:e}", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    /// Sparsifies the Hessian and begins to solve for the direction.
    fn begin(&mut self) -> Solve {
        let transport = &self.instance.transport;
        let plan = self.plan.take().unwrap_or_else(|| transport.plan(&self.potentials));
        let error = transport.marginal_error(&plan);
        self.kept = self.settings.keep.cells(&plan, error);
        let hessian = SparseHessian::new(transport, &plan, &self.kept);
        let gradients = ConjugateGradient::new(transport.gradient(&plan), hessian.diagonal());
        self.plan = Some(plan);
        Solve { hessian, gradients, iterations: 0, until: SOLVED * error.min(1.0) }
    }

    /// One iteration of conjugate gradients; whether there are more.
    fn solve_on(&mut self, solve: &mut Solve) -> bool {
        self.inner += 1;
        solve.iterations += 1;
        self.products += self.kept.len() as f64 / (self.instance.transport.cost.len() as f64);
        solve.gradients.step(|p, image| solve.hessian.multiply(p, image))
            && solve.gradients.relative_residual() > solve.until
            && solve.iterations < MOST_INNER
    }

    /// Halves the step until `f` rises enough, or, near the end, until the marginals come nearer.
    fn line_search(&mut self, direction: &[f64]) -> Status {
        let transport = &self.instance.transport;
        let Some(plan) = self.plan.take() else { return Status::Running };
        let error = transport.marginal_error(&plan);
        let promised = dot(&transport.gradient(&plan), direction);
        let start = transport.potential(&self.potentials, plan.rows.iter().sum());
        let mut length = 1.0;
        for _ in 0..HALVINGS {
            let moved: Vec<f64> = self.potentials.iter().zip(direction).map(|(z, d)| z + length * d).collect();
            let next = transport.plan(&moved);
            self.products += 1.0;
            let reached = transport.marginal_error(&next);
            let rises = transport.potential(&moved, next.rows.iter().sum()) >= start + RISE * length * promised;
            if reached.is_finite() && if error < CLOSE { reached <= FALL * error } else { rises } {
                self.potentials = moved;
                self.plan = Some(next);
                self.newton_steps += 1;
                return self.judged(reached);
            }
            length *= 0.5;
        }
        self.plan = Some(plan);
        Status::Failed(format!(
            "The line search finds no better point, with marginals off by {error:.1e}. More warm-up or more kept entries would help"
        ))
    }
}

impl Run for Newton {
    fn step(&mut self) -> Status {
        self.began = false;
        if self.warmed < self.settings.warm_up {
            return self.warm_up();
        }
        let mut solve = match self.solve.take() {
            Some(solve) => solve,
            None => {
                self.began = self.newton_steps == 0;
                self.begin()
            }
        };
        if self.solve_on(&mut solve) {
            self.solve = Some(solve);
            return Status::Inner;
        }
        self.line_search(&solve.gradients.solution)
    }

    fn observe(&self) -> Observation<'_> {
        let (n, m) = (self.instance.transport.rows(), self.instance.transport.cols());
        let names = ("hessian", "Hessian", "$M$, kept entries; the plan stands twice in it");
        let side = n + m;
        let cells = self.kept.iter().flat_map(|cell| {
            let (i, j) = (cell / m, n + cell % m);
            [(i * side + j, 1.0), (j * side + i, 1.0)]
        });
        let diagonal = (0..side).map(|i| (i * (side + 1), 1.0));
        let panel: Panel<'_> = map(names, (side, side), cells.chain(diagonal));
        Observation { panels: vec![panel], ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.potentials),
            support: Cow::Borrowed(&self.kept),
            traces: vec![Trace { name: "inner_steps", value: self.inner as f64 }],
            panels: Vec::new(),
            events: if self.began { vec![Event::Round { number: 1 }] } else { Vec::new() },
            products: self.products,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "sinkhorn-newton-sparse",
    n: Some(67),
    lab: "transport",
    title: "Sinkhorn with sparse Newton steps",
    paper: Paper {
        authors: "Tang, Shavlovsky, Rahmanian, Tardini, Thekumparampil, Xiao and Ying",
        title: "Accelerating Sinkhorn algorithm with sparse Newton iterations",
        year: 2024,
        link: "https://arxiv.org/abs/2401.12253",
    },
    idea: "A sharp transport plan has few entries that matter, and the Hessian of its potential is made of them. Warm up with Sinkhorn's algorithm; then take Newton steps with the few.",
    formula: r"-\nabla^2 f = \eta \begin{pmatrix} \mathrm{diag}(P 1) & P \\ P^\top & \mathrm{diag}(P^\top 1) \end{pmatrix}",
    consequence: "Where all but a few entries of P are tiny, a Newton step costs hardly more than one of Sinkhorn's.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "Sinkhorn's straight line in *Convergence*, and where it bends: each Newton step nearly doubles the digits.",
        },
        Watch {
            panel: "sorted",
            text: "How soon *Entries of the plan* fall. What lies right of the kept ones is dropped.",
        },
        Watch { panel: "hessian", text: "The two bands of *Hessian*: all that Newton is told of the plan." },
    ],
    try_this: &[
        Try {
            link: "Let Sinkhorn run beside it.",
            question: "How many of its steps is one Newton step worth?",
            patch: r#"{"methods":[{"id":"sinkhorn-newton-sparse"},{"id":"sinkhorn"},{"id":"sinkhorn","relaxation":1.5}]}"#,
        },
        Try {
            link: "Keep 3 entries a point.",
            question: "Why does each Newton step now gain so little?",
            patch: r#"{"methods":[{"id":"sinkhorn-newton-sparse","keep":{"id":"largest","per_point":3}}]}"#,
        },
        Try {
            link: "Begin with Newton at once.",
            question: "What does the Hessian look like before the plan is sharp?",
            patch: r#"{"methods":[{"id":"sinkhorn-newton-sparse","warm_up":0}]}"#,
        },
        Try {
            link: "Assign at random costs, as in the paper.",
            question: "How does Sinkhorn do there?",
            patch: r#"{"problem":{"scene":{"id":"assignment"},"points":128,"eps":0.00326},"methods":[{"id":"sinkhorn-newton-sparse"},{"id":"sinkhorn"}]}"#,
        },
    ],
    breaks: "With too short a warm-up, or an eps so small that what is kept is nearly a permutation, the kept entries say too little and Newton stalls.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"entropic"},"methods":[{"id":"sinkhorn-newton-sparse"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "On random assignments with n = 64 and eta = 2.4 n, 20 iterations of Sinkhorn's and 5 kept entries a point, SNS meets the marginals to 1e-10 in every draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"entropic","scene":{"id":"assignment"},"points":64,"eps":0.006510416666666667},"methods":[{"id":"sinkhorn-newton-sparse","keep":{"id":"largest","per_point":5}}]}"#,
                trials: 100,
                measure: Measure::Share { metric: "marginal_error", at_most: 1e-10 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "There the median number of steps to 1e-12 is at least fifty times as large for Sinkhorn's algorithm as for SNS, warm-up counted",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"entropic","scene":{"id":"assignment"},"points":64,"eps":0.006510416666666667},"methods":[{"id":"sinkhorn","max_steps":20000},{"id":"sinkhorn-newton-sparse","keep":{"id":"largest","per_point":5}}]}"#,
                trials: 30,
                measure: Measure::Ratio { metric: "iterations", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(50.0),
            measured: 77.3654,
        },
    ],
};
