//! Simultaneous orthogonal matching pursuit.
//!
//! ```text
//! S = {}, R = Y
//! repeat
//!     j  = argmax |(<a_j, r_1>, ..., <a_j, r_L>)| / |a_j|     over columns not in S
//!     S  = S + {j}
//!     X  = argmin |Y - A Z|                                   over Z with rows S
//!     R  = Y - A X
//! until |S| = k  or  |R| <= tolerance |Y|
//! ```
//!
//! Solves `min |Y - A X|` over X with k rows that are not zero, greedily: OMP whose correlations are summed over
//! snapshots, by squares or by moduli. With one snapshot both are OMP, pick by pick. `A` is m x n and there are L
//! snapshots; a step costs L products with `A^*` and O(m |S| L) for the QR factorisations that grow with S.
//!
//! Tropp, Gilbert and Strauss, "Algorithms for simultaneous sparse approximation, part I: greedy pursuit" (2006),
//! Algorithm 3.1 (moduli); Chen and Huo, "Theoretical results on sparse representations of multiple-measurement
//! vectors" (2006), OMPMMV (squares).

use super::LabMethod;
use super::growing_fit::GrowingFit;
use super::mmv::MmvInstance;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{argmax_abs, norm};
use crate::operators::{Counted, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// How the correlations of a column with all snapshots become one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Score {
    /// The root of the sum of their squares.
    #[default]
    Squares,
    /// The sum of their moduli.
    Moduli,
}

/// Parameters of simultaneous orthogonal matching pursuit.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Somp {
    /// Rows to pick; the number of true ones where it is left out.
    #[schemars(range(min = 1, max = 4096), extend("x-unit" = "picks"))]
    pub sparsity: Option<usize>,
    /// How correlations are summed over snapshots.
    pub score: Score,
    /// Stop early when the residual falls below this fraction of the measurements.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 4096))]
    pub max_steps: usize,
}

impl Default for Somp {
    fn default() -> Self {
        Self { sparsity: None, score: Score::default(), tolerance: 1e-10, max_steps: 4096 }
    }
}

impl LabMethod for Somp {
    type Solves = MmvInstance;

    const CARD: MethodCard = MethodCard {
        id: "somp",
        lab: "recovery",
        problem: "mmv",
        title: "Simultaneous orthogonal matching pursuit",
        short: "SOMP",
        sentence: "stopped after {sparsity} picks by {score}",
        line: "OMP for all snapshots at once: they vote on the next column",
        cost: "one product with A^* a snapshot, and O(m k)",
        when: "snapshots share a support and its size is known",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &MmvInstance) -> Result<Box<dyn Run>, Complaint> {
        let fit = |y: &Vec<f64>| GrowingFit::new(y, instance.cols());
        Ok(Box::new(Pursuit {
            sparsity: instance.sparsity_for(self.sparsity)?,
            settings: self.clone(),
            operator: Counted::new(instance.operator.clone()),
            lengths: instance.column_norms.clone(),
            size: instance.size(),
            fits: instance.measurements.iter().map(fit).collect(),
            free: vec![true; instance.cols()],
            scores: vec![0.0; instance.cols()],
            estimate: vec![0.0; instance.cols() * instance.snapshots()],
            picked: None,
        }))
    }
}

/// A run of SOMP.
struct Pursuit {
    settings: Somp,
    sparsity: usize,
    operator: Counted<f64>,
    lengths: Vec<f64>,
    /// `|Y|`.
    size: f64,
    /// One a snapshot, all with the same columns.
    fits: Vec<GrowingFit<f64>>,
    /// Neither picked nor in the span of the picked ones.
    free: Vec<bool>,
    /// What the last pick was made from.
    scores: Vec<f64>,
    estimate: Vec<f64>,
    picked: Option<usize>,
}

impl Pursuit {
    /// How strongly each column correlates with all residuals together.
    fn score(&mut self) {
        self.scores.fill(0.0);
        let mut correlations = vec![0.0; self.scores.len()];
        for fit in &self.fits {
            self.operator.adjoint(&fit.residual, &mut correlations);
            for ((score, c), &length) in self.scores.iter_mut().zip(&correlations).zip(&self.lengths) {
                let share = if length > 0.0 { c / length } else { 0.0 };
                *score += if self.settings.score == Score::Squares { share * share } else { share.abs() };
            }
        }
        if self.settings.score == Score::Squares {
            self.scores.iter_mut().for_each(|score| *score = score.sqrt());
        }
    }

    /// Adds the best column that is not in the span of the others; `None` when no column is left.
    fn pick(&mut self) -> Option<usize> {
        let mut column = vec![0.0; self.operator.rows()];
        loop {
            let j = argmax_abs(&self.scores, |j| self.free[j])?;
            self.free[j] = false;
            self.operator.column(j, &mut column);
            // Columns decide whether one depends on the others, so all fits take it or none.
            if self.fits.iter_mut().all(|fit| fit.add(j, &column).is_ok()) {
                return Some(j);
            }
        }
    }

    fn relative_residual(&self) -> f64 {
        let left = self.fits.iter().map(|fit| norm(&fit.residual) * norm(&fit.residual)).sum::<f64>().sqrt();
        if self.size > 0.0 { left / self.size } else { 0.0 }
    }
}

impl Run for Pursuit {
    fn step(&mut self) -> Status {
        self.score();
        self.picked = self.pick();
        if self.picked.is_none() {
            return Status::Converged("no column is left that correlates with a residual".into());
        }
        for (part, fit) in self.estimate.chunks_mut(self.lengths.len()).zip(&self.fits) {
            part.copy_from_slice(&fit.estimate);
        }
        if self.relative_residual() <= self.settings.tolerance {
            Status::Converged(format!("residual below {:e} of Y", self.settings.tolerance))
        } else if self.fits[0].picks.len() >= self.sparsity {
            Status::Converged(format!("all {} picks made", self.sparsity))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What SOMP looks at",
            "$|a_j^\\top R|$ over all snapshots before this step; the tallest is picked",
        );
        let chosen = self.picked.map(|index| Mark::Chosen { index });
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.fits[0].support),
            traces: vec![Trace { name: "relative_residual", value: self.relative_residual() }],
            panels: vec![Panel::vector(names, Kind::Bars, &self.scores).with_marks(chosen)],
            events: self.picked.map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "somp",
    n: None,
    lab: "recovery",
    title: "Simultaneous orthogonal matching pursuit",
    paper: Paper {
        authors: "Tropp, Gilbert and Strauss",
        title: "Algorithms for simultaneous sparse approximation. Part I: Greedy pursuit",
        year: 2006,
        link: "https://doi.org/10.1016/j.sigpro.2005.05.030",
    },
    idea: "Several snapshots see the same few sources. Let them vote: pick the column that explains most of all residuals together, fit every snapshot again, repeat.",
    formula: r"j_t = \arg\max_j \big\| a_j^\top R_{t-1} \big\|_2, \quad R_t = Y - P_{S_t}\, Y",
    consequence: "Noise and interference differ from snapshot to snapshot and the support does not, so a column that is wrong for one is outvoted by the others.",
    watch: &[
        Watch { panel: "snapshots", text: "Columns of *Snapshots* fill one a step, all snapshots at once." },
        Watch {
            panel: "looks-at",
            text: "The tallest line in *What SOMP looks at* stands out more the more snapshots there are.",
        },
        Watch { panel: "convergence", text: "The error in *Convergence* drops to rounding with the last right pick." },
    ],
    try_this: &[
        Try {
            link: "Take one snapshot.",
            question: "It is plain OMP now. How many rows does it lose?",
            patch: r#"{"problem":{"snapshots":1}}"#,
        },
        Try {
            link: "Let rows hardly change in time.",
            question: "Eight snapshots, but what do the last seven add?",
            patch: r#"{"problem":{"signal":{"correlation":0.99}}}"#,
        },
        Try {
            link: "Set M-SBL beside it.",
            question: "With 18 rows for 24 measurements: which of the two still finds all?",
            patch: r#"{"problem":{"signal":{"sparsity":18}},"methods":[{"id":"somp"},{"id":"mmv-sbl"}]}"#,
        },
        Try {
            link: "Give every snapshot places of its own.",
            question: "What does voting do now?",
            patch: r#"{"problem":{"signal":{"id":"own-supports","sparsity":5,"correlation":null}}}"#,
        },
    ],
    breaks: "As in OMP, a pick is never taken back. Snapshots that are nearly multiples of each other count as one.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"mmv","signal":{"id":"row-sparse","sparsity":8}},"methods":[{"id":"somp"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With 8 common rows, m = 24, n = 96 and eight snapshots, SOMP recovers exactly in at least 80 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"mmv","signal":{"id":"row-sparse","sparsity":8}},"methods":[{"id":"somp"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtLeast(0.8),
            measured: 0.9175,
        },
        Claim {
            statement: "With 12 common rows and one snapshot, in at most 10 %",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"mmv","snapshots":1},"methods":[{"id":"somp"}]}"#,
                trials: 400,
                measure: Measure::Share { metric: "relative_error", at_most: 1e-6 },
            },
            bound: Bound::AtMost(0.1),
            measured: 0.0375,
        },
    ],
};
