//! Least angle regression, and its LASSO variant: the whole path, a breakpoint a step.
//!
//! ```text
//! x = 0,  lambda = |A^T y|_inf,  S = {its index}
//! repeat
//!     d = (A_S^T A_S)^{-1} s          all correlations on S fall alike: the least angle
//!     go until a column outside S correlates as much; it joins S
//!         (lasso: or until an entry of x_S passes zero; it leaves S)
//! until lambda = end
//! ```
//!
//! The LASSO variant solves `min 1/2 |y - A x|^2 + lambda |x|_1` for every lambda at once: `x` is linear between breakpoints, and
//! the duality gap at the level where a step ends is rounding. Plain LARS never drops, and after the first entry that should
//! have left it solves no such problem. `A` is m x n and real; a step costs one product with `A^T` and O(m |S| + |S|^2).
//!
//! Efron, Hastie, Johnstone and Tibshirani, "Least angle regression" (2004), sections 2 and 3.1.

use super::LinearMethod;
use super::active_columns::Factorisation;
use super::homotopy::{Domain, Homotopy, Progress};
use super::lasso::{dual_panel, penalty_for};
use super::linear::LinearInstance;
use super::weighted_l1::{Stage, WeightedL1};
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, norm};
use crate::losses::least_squares::{LassoCertificate, lasso_certificate};
use crate::operators::Counted;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::cell::OnceCell;
use std::sync::Arc;

const DEFAULT_RATIO: f64 = 0.0;

/// Largest relative duality gap at the end of the LASSO's path that counts as a proof.
const TOLERANCE: f64 = 1e-10;

/// Whether entries may leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Variant {
    /// An entry that passes zero leaves, so that every point of the path solves the LASSO.
    #[default]
    Lasso,
    /// Nothing ever leaves.
    Lars,
}

/// Parameters of least angle regression.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Lars {
    /// Whether entries may leave.
    pub variant: Variant,
    /// Where the path ends; takes the place of the ratio.
    #[schemars(range(min = 0.0, max = 1e12), extend("x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Where the path ends, as a fraction of its first level; at zero it ends in an exact fit.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub lambda_ratio: f64,
    /// Most breakpoints.
    #[schemars(range(min = 1, max = 1_000_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Lars {
    fn default() -> Self {
        Self { variant: Variant::default(), lambda: None, lambda_ratio: DEFAULT_RATIO, max_steps: 100_000 }
    }
}

impl LinearMethod for Lars {
    const CARD: MethodCard = MethodCard {
        id: "lars",
        lab: "recovery",
        problem: "linear",
        title: "Least angle regression",
        short: "LARS",
        sentence: "down to {lambda_ratio} of the first level",
        line: "Follows all solutions of the LASSO from zero to an exact fit",
        cost: "one product with A^T and O(m k + k^2)",
        when: "answers for all lambda are wanted, and few columns join",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real("Least angle regression")?;
        let end = penalty_for((self.lambda, self.lambda_ratio), DEFAULT_RATIO, &instance)?;
        let operator = Arc::new(Counted::new(instance.operator.clone()));
        let y = &instance.measurements;
        let path = match self.variant {
            Variant::Lasso => {
                Path::Lasso(Box::new(WeightedL1::new(operator.clone(), y, None, end, Domain::Signed, TOLERANCE)))
            }
            Variant::Lars => Path::Lars(Box::new(
                Homotopy::new(operator.clone(), y, end, Domain::Signed, Factorisation::Gram).without_drops(),
            )),
        };
        let mut track = Track {
            start: 0.0,
            joined: vec![0.0; instance.cols()],
            certificate: LassoCertificate { objective: 0.0, gap: 0.0 },
            dual: OnceCell::new(),
            support: Vec::new(),
            proved: false,
            path,
            operator,
            instance,
        };
        track.start = track.homotopy().lambda();
        track.look();
        Ok(Box::new(track))
    }
}

enum Path {
    Lasso(Box<WeightedL1>),
    Lars(Box<Homotopy>),
}

/// A run of least angle regression.
struct Track {
    instance: Arc<LinearInstance<f64>>,
    operator: Arc<Counted<f64>>,
    path: Path,
    /// The first level.
    start: f64,
    /// The level at which an active entry joined, relative to the first; zero for others.
    joined: Vec<f64>,
    /// At the level that the path has come to.
    certificate: LassoCertificate,
    /// Correlations with the residual by the level: only where somebody looks.
    dual: OnceCell<Vec<f64>>,
    support: Vec<usize>,
    /// Whether the solver has polished and proved the end.
    proved: bool,
}

impl Track {
    fn homotopy(&self) -> &Homotopy {
        match &self.path {
            Path::Lasso(solver) => solver.path(),
            Path::Lars(path) => path,
        }
    }

    fn estimate(&self) -> &[f64] {
        match &self.path {
            Path::Lasso(solver) => &solver.estimate,
            Path::Lars(path) => path.estimate(),
        }
    }

    /// Takes note of where the path is.
    fn look(&mut self) {
        let path = self.homotopy();
        let level = path.lambda();
        let share = if self.start > 0.0 { level / self.start } else { 0.0 };
        // On the path the largest correlation is the level.
        let certificate =
            lasso_certificate(path.estimate(), &self.instance.measurements, path.residual(), &[level], level);
        let (active, _) = path.active();
        let mut joined = vec![0.0; self.joined.len()];
        for &j in active.iter().chain(&path.joining()) {
            joined[j] = if self.joined[j] > 0.0 { self.joined[j] } else { share };
        }
        let mut support = active.to_vec();
        support.sort_unstable();
        (self.certificate, self.joined, self.support) = (certificate, joined, support);
        self.dual.take();
    }

    fn dual(&self) -> &[f64] {
        self.dual.get_or_init(|| {
            let (path, mut dual) = (self.homotopy(), vec![0.0; self.joined.len()]);
            self.instance.operator.adjoint(path.residual(), &mut dual);
            let level = path.lambda();
            dual.iter_mut().for_each(|c| *c = if level > 0.0 { *c / level } else { 0.0 });
            dual
        })
    }

    fn relative_residual(&self) -> f64 {
        let size = norm(&self.instance.measurements);
        match &self.path {
            Path::Lasso(solver) => solver.relative_residual,
            Path::Lars(path) => {
                if size > 0.0 {
                    norm(path.residual()) / size
                } else {
                    0.0
                }
            }
        }
    }
}

impl Run for Track {
    fn step(&mut self) -> Status {
        let status = match &mut self.path {
            Path::Lasso(solver) => match solver.step() {
                Stage::Going => Status::Running,
                Stage::Proved(proof) => Status::Converged(proof),
                Stage::Unproved(cause) => Status::Failed(cause),
            },
            Path::Lars(path) => match path.step() {
                Progress::Breakpoint | Progress::Explained => Status::Running,
                Progress::Ended => Status::Converged("the path has come to its end".into()),
                Progress::Stuck => Status::Failed(
                    "breakpoints follow each other without getting on, as columns tie; the variant lasso breaks ties"
                        .into(),
                ),
            },
        };
        self.look();
        if let (Path::Lasso(solver), Status::Converged(_)) = (&self.path, &status) {
            self.proved = true;
            self.support.clone_from(&solver.support);
        }
        status
    }

    fn observe(&self) -> Observation<'_> {
        let path = self.homotopy();
        let half = 0.5 * norm(&self.instance.measurements) * norm(&self.instance.measurements);
        let names = ("path", "When they joined", "$\\lambda / \\lambda_{\\max}$ at which each active entry joined");
        let joining = path.joining().map(|index| Mark::Chosen { index });
        let (objective, gap) = match &self.path {
            Path::Lasso(solver) if self.proved => (solver.objective, solver.gap * half),
            _ => (self.certificate.objective, self.certificate.gap),
        };
        Observation {
            estimate: Values::Real(Cow::Borrowed(self.estimate())),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual() },
                Trace { name: "objective", value: objective },
                Trace { name: "duality_gap", value: if half > 0.0 { gap / half } else { 0.0 } },
                Trace { name: "lambda", value: path.lambda() },
            ],
            panels: vec![dual_panel(self.dual()).with_marks(joining), Panel::vector(names, Kind::Bars, &self.joined)],
            events: path.events().iter().filter(|event| !matches!(event, Event::Round { .. })).cloned().collect(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "lars",
    n: None,
    lab: "recovery",
    title: "Least angle regression",
    paper: Paper {
        authors: "Efron, Hastie, Johnstone and Tibshirani",
        title: "Least angle regression",
        year: 2004,
        link: "https://doi.org/10.1214/009053604000000067",
    },
    idea: "Start from zero and move all chosen entries together, so that their columns go on correlating equally with what is left. When another column correlates as much, it joins. Take out what passes zero, and every point on the way solves the LASSO.",
    formula: r"x_S(\lambda) = A_S^+ y - \lambda\, (A_S^\top A_S)^{-1} s",
    consequence: "Solutions are linear between breakpoints, so that a few dozen steps give them for every penalty there is.",
    watch: &[
        Watch {
            panel: "looks-at",
            text: "In *The dual certificate* all active lines stand at 1 and stay there. The marked one has just arrived.",
        },
        Watch {
            panel: "path",
            text: "*When they joined* is tall where an entry came early. True spikes come first, until noise is let in.",
        },
        Watch {
            panel: "convergence",
            text: "The error in *Convergence* falls and rises again: somewhere on the way is the best penalty. Drag the playhead there.",
        },
    ],
    try_this: &[
        Try {
            link: "Never let an entry leave.",
            question: "From which step on do the two differ?",
            patch: r#"{"methods":[{"id":"lars","variant":"lars"},{"id":"lars"}]}"#,
        },
        Try {
            link: "Take the noise away.",
            question: "Where is the best penalty now?",
            patch: r#"{"problem":{"noise":{"id":"none","snr_db":null}}}"#,
        },
        Try {
            link: "Compare with picks that are fitted in full.",
            question: "Which of the two picks wrong first?",
            patch: r#"{"methods":[{"id":"lars","lambda_ratio":0.05},{"id":"omp","sparsity":14}]}"#,
        },
    ],
    breaks: "Columns that tie make a breakpoint of many; rounding then decides who joins. With thousands of active entries the path has thousands of corners, and a single LASSO is cheaper by coordinate descent.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":12,"amplitude":"uniform"},"noise":{"id":"gaussian","snr_db":20}},"methods":[{"id":"lars"}]}"#,
    sweep: None,
    claims: &[Claim {
        statement: "With k = 16 spikes of height one, m = 80, n = 256 and no noise, the path ends in the signal itself in at least 95 % of draws",
        experiment: Experiment::Trials {
            spec: r#"{"v":1,"problem":{"id":"linear","signal":{"id":"sparse","sparsity":16,"amplitude":"signs"}},"methods":[{"id":"lars"}]}"#,
            trials: 60,
            measure: Measure::Share { metric: "relative_error", at_most: 1e-10 },
        },
        bound: Bound::AtLeast(0.95),
        measured: 1.0,
    }],
};
