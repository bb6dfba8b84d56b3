//! Orthogonal matching pursuit.
//!
//! ```text
//! S = {}, r = y
//! repeat
//!     j  = argmax |<a_j, r>| / |a_j|        over columns not in S
//!     S  = S + {j}
//!     x  = argmin |y - A z|                 over z supported on S
//!     r  = y - A x
//! until |S| = k  or  |r| <= tolerance |y|
//! ```
//!
//! Solves `min |y - A x|` over k-sparse `x`, greedily. `A` is m x n, real or complex; a step costs one
//! product with `A^*` and O(m |S|) for the QR factorisation that grows with S.
//!
//! Pati, Rezaiifar and Krishnaprasad, "Orthogonal matching pursuit" (1993); Tropp and Gilbert, "Signal
//! recovery from random measurements via orthogonal matching pursuit" (2007), Algorithm 3.

use super::growing_fit::GrowingFit;
use super::linear::LinearInstance;
use super::selection::scores;
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Bound, Claim, Complaint, DiagramMeasure, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation,
    Panel, Paper, Reduced, Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, norm};
use crate::operators::{Counted, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

/// Parameters of orthogonal matching pursuit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Omp {
    /// Columns to pick; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "picks"))]
    pub sparsity: Option<usize>,
    /// Stop early when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Divide correlations by the columns' norms before comparing them.
    pub normalize: bool,
    /// Most steps.
    #[schemars(range(min = 1, max = 16384))]
    pub max_steps: usize,
}

impl Default for Omp {
    fn default() -> Self {
        Self { sparsity: None, tolerance: 1e-10, normalize: true, max_steps: 16384 }
    }
}

impl LinearMethod for Omp {
    const CARD: MethodCard = MethodCard {
        id: "omp",
        lab: "recovery",
        problem: "linear",
        title: "Orthogonal matching pursuit",
        short: "OMP",
        sentence: "stopped after {sparsity} picks",
        line: "Picks the column that explains most, refits, repeats",
        cost: "one product with A^* and O(m k)",
        when: "k is known or the residual says when to stop, and few columns are picked",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = sparsity_for(self.sparsity, instance)?;
        Ok(Box::new(Pursuit::new(self.clone(), sparsity, instance.clone())))
    }
}

/// A run of OMP.
struct Pursuit<S: Scalar> {
    settings: Omp,
    sparsity: usize,
    instance: Arc<LinearInstance<S>>,
    operator: Counted<S>,
    fit: GrowingFit<S>,
    /// What correlations are divided by: `|a_j|` where `normalize` is set; zero for a zero column, which is never picked.
    lengths: Vec<f64>,
    /// Neither picked nor in the span of the picked ones, where a column can never help.
    free: Vec<bool>,
    /// The residual that the last pick was made from, and that pick.
    before: Vec<S>,
    picked: Option<usize>,
    /// `<a_j, r>` for that residual, divided as in `lengths`. A pick needs the largest alone, so all of them are
    /// computed only when somebody looks.
    looked_at: OnceCell<Vec<S>>,
}

impl<S: Scalar> Pursuit<S> {
    fn new(settings: Omp, sparsity: usize, instance: Arc<LinearInstance<S>>) -> Self {
        let length = |&size: &f64| if size == 0.0 || settings.normalize { size } else { 1.0 };
        Self {
            lengths: instance.column_norms.iter().map(length).collect(),
            free: vec![true; instance.cols()],
            settings,
            sparsity,
            operator: Counted::new(instance.operator.clone()),
            fit: GrowingFit::new(&instance.measurements, instance.cols()),
            before: instance.measurements.clone(),
            picked: None,
            looked_at: OnceCell::new(),
            instance,
        }
    }

    /// What the last pick looked at, for people. Not a product of the method's own, so it is not counted.
    fn looked_at(&self) -> &[S] {
        self.looked_at.get_or_init(|| {
            let mut correlations = vec![S::zero(); self.instance.cols()];
            self.instance.operator.adjoint(&self.before, &mut correlations);
            scores(&self.instance, &correlations, self.settings.normalize)
        })
    }

    /// Picks the column that correlates most and adds it to the fit; `None` when none is left.
    fn pick(&mut self) -> Option<usize> {
        let mut column = vec![S::zero(); self.instance.rows()];
        loop {
            let j = self.operator.strongest(&self.fit.residual, &self.lengths, &self.free)?;
            self.free[j] = false;
            self.operator.column(j, &mut column);
            if self.fit.add(j, &column).is_ok() {
                return Some(j);
            }
        }
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        if size > 0.0 { norm(&self.fit.residual) / size } else { 0.0 }
    }
}

impl<S: Scalar> Run for Pursuit<S> {
    fn step(&mut self) -> Status {
        self.before.clone_from(&self.fit.residual);
        self.looked_at.take();
        self.picked = self.pick();
        if self.picked.is_none() {
            return Status::Converged("no column is left that correlates with the residual".into());
        }
        if self.relative_residual() <= self.settings.tolerance {
            Status::Converged(format!("residual below {:e} of y", self.settings.tolerance))
        } else if self.fit.picks.len() >= self.sparsity {
            Status::Converged(format!("all {} picks made", self.sparsity))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names =
            ("looks-at", "What OMP looks at", "$|\\langle a_j, r\\rangle|$ before this step; the tallest is picked");
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        let panels = vec![Panel::vector(names, Kind::Bars, self.looked_at()).with_marks(chosen)];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.fit.estimate),
            support: Cow::Borrowed(&self.fit.support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual() }],
            panels: Vec::new(),
            events: self.picked.map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "omp",
    n: None,
    lab: "recovery",
    title: "Orthogonal matching pursuit",
    paper: Paper {
        authors: "Tropp and Gilbert",
        title: "Signal recovery from random measurements via orthogonal matching pursuit",
        year: 2007,
        link: "https://doi.org/10.1109/TIT.2007.909108",
    },
    idea: "Pick the column that best matches what is still unexplained. Fit all picked columns again by least squares. Repeat.",
    formula: r"j_t = \arg\max_j |\langle a_j, r_{t-1}\rangle|, \quad r_t = y - P_{S_t}\, y",
    consequence: "The residual is orthogonal to every picked column, so no column is picked twice.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "The tallest line in *What OMP looks at*. When two are nearly as tall, the next pick is a gamble.",
        },
        Watch {
            panel: "support",
            text: "Lines in *Support* only ever start. A method that can repent would have lines that end.",
        },
        Watch { panel: "convergence", text: "Each wrong pick lifts the error in *Convergence*, never the residual." },
    ],
    try_this: &[
        Try {
            link: "Recover a real signal from a quarter of its samples:",
            question: "carbon dioxide over Mauna Loa, three months of four thrown away. Which picks are the seasons?",
            patch: r#"{"problem":{"rows":112,"cols":448,"matrix":{"id":"subsampling"},"basis":"dct","signal":{"id":"recording"},"noise":{"id":"none"},"active_above":0.03},"methods":[{"id":"omp","sparsity":16}]}"#,
        },
        Try {
            link: "Take 12 spikes instead of 20.",
            question: "Does a wrong pick still happen?",
            patch: r#"{"problem":{"signal":{"sparsity":12}}}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Which pick goes wrong first, and why does it hurt the rest?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Measure with correlated columns.",
            question: "Guess the error first.",
            patch: r#"{"problem":{"matrix":{"id":"correlated"}}}"#,
        },
    ],
    breaks: "A pick is never taken back. Equal amplitudes and correlated columns make early picks wrong, long before there are too few measurements.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":20,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":30}},"methods":[{"id":"omp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 8 spikes, m = 80, n = 256 and no noise, OMP recovers exactly in at least 95 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":8}},"methods":[{"id":"omp"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.95),
            measured: 0.9975,
        },
        Claim {
            statement: "OMP gains from spikes of unequal height: with Gaussian ones half of the draws are exact at a rho at least 0.1 higher than with spikes of one height, at delta = 0.25 and 0.5",
            experiment: Experiment::Diagrams {
                sweep: r#"{"v":1,"spec":{"v":1,"problem":{"id":"linear","cols":256,"signal":{"id":"sparse","amplitude":"signs"}},"methods":[{"id":"omp"}]},"x":{"param":"problem.delta","from":0.25,"to":0.5,"steps":2},"y":{"param":"problem.rho","from":0.05,"to":0.85,"steps":33},"trials":60}"#,
                measure: DiagramMeasure::Rise {
                    patch: r#"{"problem":{"signal":{"amplitude":"gaussian"}}}"#,
                    method: 0,
                },
                reduced: Reduced {
                    patch: r#"{"spec":{"problem":{"cols":128}},"trials":16}"#,
                    bound: Bound::AtLeast(0.05),
                },
            },
            bound: Bound::AtLeast(0.1),
            measured: 0.1347,
        },
    ],
};
