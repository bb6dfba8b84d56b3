//! The Dantzig selector, by ADMM.
//!
//! ```text
//! M = A^* A,  b = A^* y
//! ADMM (see its file) for  min |x|_1  subject to  |b - M x|_inf <= lambda
//! until  |A^* (y - A x)|_inf <= lambda + tolerance |b|  and  duality gap <= tolerance |x|_1
//! ```
//!
//! Of all x whose residual correlates with no column by more than lambda, the one of least l1 norm. The dual is
//! `max Re <b, nu> - lambda |nu|_1` subject to `|M nu|_inf <= 1`. `A` is m x n, real or complex. The start costs O(n^3), a step four
//! products with each of `A` and `A^*` and O(n^2).
//!
//! Candes and Tao, "The Dantzig selector: statistical estimation when p is much larger than n" (2007); Lu, Pong and Zhang,
//! "An alternating direction method for finding Dantzig selectors" (2012).

use super::LinearMethod;
use super::admm::{Admm, Alternating};
use super::composite::{Composite, Wanted};
use super::lasso::penalty_for;
use super::linear::LinearInstance;
use super::place::Place;
use crate::contract::{
    Complaint, Exhibit, Kind, Mark, MethodCard, Observation, Panel, Paper, Run, Status, Trace, Try, Watch,
};
use crate::kernels::{Scalar, norm};
use crate::losses::Fit;
use crate::operators::{LinearOperator, Normal};
use crate::penalties::Penalty;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.1;

/// Most unknowns: an n x n matrix is factorised.
const MOST_COLS: usize = 2048;

/// Parameters of the Dantzig selector.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Dantzig {
    /// Largest correlation of the residual with a column; takes the place of the ratio.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Largest correlation of the residual, as a fraction of the measurements' own.
    #[schemars(range(min = 1e-8, max = 1.0), extend("x-scale" = "log"))]
    pub lambda_ratio: f64,
    /// Stop when the duality gap falls below this fraction of |x|₁ and correlations exceed lambda by no more than this fraction.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Dantzig {
    fn default() -> Self {
        Self { lambda: None, lambda_ratio: DEFAULT_RATIO, tolerance: 1e-6, max_steps: 20_000 }
    }
}

impl LinearMethod for Dantzig {
    const CARD: MethodCard = MethodCard {
        id: "dantzig",
        lab: "recovery",
        problem: "linear",
        title: "The Dantzig selector",
        short: "Dantzig selector",
        sentence: "at {lambda_ratio} of the largest correlation",
        line: "Lets no column correlate with what is left, and is as short as that permits",
        cost: "two products with A^* A",
        when: "correlations, and not the residual, are to be bounded",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let cols = instance.cols();
        if cols > MOST_COLS {
            let message =
                format!("the Dantzig selector factorises an n x n matrix: n is {MOST_COLS} at most, not {cols}");
            return Err(Complaint::new("id", message));
        }
        instance.check_columns("The Dantzig selector")?;
        let lambda = penalty_for((self.lambda, self.lambda_ratio), DEFAULT_RATIO, instance)?;
        let normal = Normal::new(instance.operator.clone());
        let mut correlations = vec![S::zero(); cols];
        instance.operator.adjoint(&instance.measurements, &mut correlations);
        let mut squared = (**instance).clone();
        squared.column_norms = normal.column_norms();
        squared.measurements = correlations;
        squared.operator = Arc::new(normal);
        let wanted = Wanted {
            fit: Fit::WithinEach { bound: lambda },
            penalty: &Penalty::L1,
            nonnegative: false,
            lambda: None,
            ratio: 1.0,
            default_ratio: 1.0,
        };
        let at = Place::zero(Composite::new(&Arc::new(squared), wanted, 1.0)?, self.tolerance);
        let settings = Admm { tolerance: self.tolerance, ..Admm::default() };
        let steps = Alternating::new(settings, at);
        let mut selector =
            Selector { lambda, levels: Vec::new(), relative_residual: 1.0, instance: instance.clone(), steps };
        selector.look();
        Ok(Box::new(selector))
    }
}

/// A run of the Dantzig selector.
struct Selector<S: Scalar> {
    instance: Arc<LinearInstance<S>>,
    lambda: f64,
    steps: Alternating<S>,
    /// `A^* r / lambda`.
    levels: Vec<S>,
    relative_residual: f64,
}

impl<S: Scalar> Selector<S> {
    /// Looks at x from the problem's own side.
    fn look(&mut self) {
        let lambda = if self.lambda > 0.0 { self.lambda } else { 1.0 };
        self.levels = self.steps.at.residual.iter().map(|&c| c / lambda).collect();
        let size = norm(&self.instance.measurements);
        let left = norm(&self.instance.residual(&self.steps.at.estimate));
        self.relative_residual = if size > 0.0 { left / size } else { 0.0 };
    }
}

impl<S: Scalar> Run for Selector<S> {
    fn step(&mut self) -> Status {
        let status = self.steps.step();
        self.look();
        status
    }

    fn observe(&self) -> Observation<'_> {
        let mut seen = self.steps.observe();
        seen.traces.retain(|trace| trace.name != "relative_residual");
        seen.traces.insert(0, Trace { name: "relative_residual", value: self.relative_residual });
        for panel in &mut seen.panels {
            panel.id = "certificate";
            panel.title = "The dual certificate";
            panel.caption = "$A^* A \\nu$; active entries reach 1";
        }
        let names =
            ("looks-at", "What the constraint sees", "$|\\langle a_j, r\\rangle| / \\lambda$; none may exceed 1");
        seen.panels
            .insert(0, Panel::vector(names, Kind::Bars, &self.levels).with_marks([Mark::Threshold { value: 1.0 }]));
        // A product with A^* A is two.
        seen.products *= 2.0;
        seen
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "dantzig",
    n: None,
    lab: "recovery",
    title: "The Dantzig selector",
    paper: Paper {
        authors: "Candès and Tao",
        title: "The Dantzig selector: statistical estimation when p is much larger than n",
        year: 2007,
        link: "https://doi.org/10.1214/009053606000001523",
    },
    idea: "If x is right, what is left is noise, and noise correlates with no column by much. Of all x that leave such a residual, take the one of least l1 norm.",
    formula: r"\min_x |x|_1 \ \text{ subject to } \ |A^* (y - A x)|_\infty \le \lambda",
    consequence: "It is a linear program, and the LASSO's solution meets the same constraint with an l1 norm at least as large.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *What the constraint sees* many lines stand at 1, and they are not the support: the constraint binds where it likes.",
        },
        Watch { panel: "certificate", text: "The support is where *The dual certificate* stands at 1." },
        Watch {
            panel: "convergence",
            text: "Both methods in *Convergence* end with nearly the same error: the two are twins.",
        },
    ],
    try_this: &[
        Try {
            link: "Take a tenth of the penalty.",
            question: "Which of the twins has fewer false spikes?",
            patch: r#"{"methods":[{"id":"dantzig","lambda_ratio":0.01},{"id":"fista","lambda_ratio":0.01}]}"#,
        },
        Try {
            link: "Measure with correlated columns.",
            question: "Do the two still agree?",
            patch: r#"{"problem":{"matrix":{"id":"correlated"}}}"#,
        },
        Try {
            link: "Take 24 spikes.",
            question: "How much of what it finds is shrunk?",
            patch: r#"{"problem":{"signal":{"sparsity":24}}}"#,
        },
    ],
    breaks: "It works with the square of the matrix, and suffers from bad conditioning twice. Like the LASSO it shrinks what it finds; both gain from a least-squares fit on the support.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","rows":64,"cols":128,"signal":{"id":"sparse","sparsity":8,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":25}},"methods":[{"id":"dantzig"},{"id":"fista"}]}"#,
    sweep: None,
    claims: &[],
};
