//! Matrix completion by alternating minimisation whose steps are only nearly solved.
//!
//! ```text
//! U = top k left singular vectors of P(M) / p;  clip large entries;  U = qr(U)
//! repeat T times
//!     V^ = argmin |P(U V^T - M)|, each row nearly;      V = qr(V^)
//!     U^ = argmin |P(U V^T - M)|, each row nearly;      U = qr(U^)
//! M^ = U^ V^T
//! ```
//!
//! A row is a least-squares problem with k unknowns, solved to a relative accuracy by [`RowSolver`]. A round costs O(|Omega| k) times the
//! inner iterations, and O(k^3) a row for the sketch; by QR it would cost O(|Omega| k^2).
//!
//! Gu, Song, Yin and Zhang, "Low rank matrix completion via robust alternating minimization in nearly linear time" (ICLR 2024),
//! Algorithms 1 to 4.

use super::alternation::{Half, half, orthonormal, spectral_start};
use super::completion::{CompletionInstance, Entries, Factors};
use super::picture::strip;
use super::row_solver::RowSolver;
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Measure, MethodCard, Observation, Paper, Run, Status, Trace,
    Try, TypedMethod, Values, Watch,
};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of robust alternating minimisation.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct AltminCompletion {
    /// Rank of the estimate, k. The matrix's own when not set.
    #[schemars(range(min = 1, max = 64))]
    pub rank: Option<usize>,
    /// How a row is solved.
    pub solver: RowSolver,
    /// Rounds, T.
    #[schemars(range(min = 1, max = 200))]
    pub rounds: usize,
    /// Give every half round entries of its own, as the proof does.
    pub split: bool,
    /// Incoherence that is assumed at the start, mu: entries of U beyond `2 mu sqrt(k / m)` are set to zero.
    #[schemars(range(min = 0.5, max = 100.0), extend("x-scale" = "log"))]
    pub incoherence: f64,
    /// Stop when what is seen is met to this, relative to its norm.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
}

impl Default for AltminCompletion {
    fn default() -> Self {
        Self { rank: None, solver: RowSolver::default(), rounds: 15, split: false, incoherence: 3.0, tolerance: 1e-10 }
    }
}

impl TypedMethod for AltminCompletion {
    type Instance = CompletionInstance;

    const CARD: MethodCard = MethodCard {
        id: "altmin-completion",
        lab: "matrices",
        problem: "completion",
        title: "Robust alternating minimisation",
        short: "Robust AltMin",
        sentence: "in {rounds} rounds, rows solved {solver}",
        line: "Fits one factor to what is seen, then the other, each row only nearly",
        cost: "a few passes over what is seen, O(|Omega| k) each, and O(k^3) a row",
        when: "the rank is known and the matrix is large",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.rounds
    }

    fn start(&self, instance: &Arc<CompletionInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Alternating::new(self.clone(), instance.clone())?))
    }
}

/// A run.
struct Alternating {
    settings: AltminCompletion,
    instance: Arc<CompletionInstance>,
    /// What the start and each half round see; one for all unless they are split.
    parts: Vec<Entries>,
    random: Random,
    factors: Factors,
    /// Orthonormal U, row by row.
    basis: Vec<f64>,
    /// `V^` and `U^` of the last round, which rows keep of which too little is seen.
    images: [Vec<f64>; 2],
    /// What the last half rounds did: for the columns of M, and for its rows.
    halves: [Half; 2],
    done: usize,
    work: f64,
    support: Vec<usize>,
}

impl Alternating {
    fn new(settings: AltminCompletion, instance: Arc<CompletionInstance>) -> Result<Self, Complaint> {
        let rank = instance.rank_for(settings.rank)?;
        let (rows, cols) = (instance.rows, instance.cols);
        let mut random = Random::new(0, Stream::Method);
        let parts = if settings.split {
            instance.seen.split(2 * settings.rounds + 1, &mut random)
        } else {
            vec![instance.seen.clone()]
        };
        let start = spectral_start(&instance, &parts[0], rank, &mut random);
        let mut factors =
            Factors::from_columns((rows, cols, rank), &vec![1.0; start.left.len()], &start.left, &start.right);
        let most = 2.0 * settings.incoherence * (rank as f64 / rows as f64).sqrt();
        factors.left_mut().iter_mut().filter(|entry| entry.abs() > most).for_each(|entry| *entry = 0.0);
        let basis = orthonormal(factors.left(), rank);
        let none = |n: usize| Half { iterations: vec![0.0; n], ..Half::default() };
        Ok(Self {
            settings,
            parts,
            random,
            basis,
            images: [vec![0.0; cols * rank], vec![0.0; rows * rank]],
            halves: [none(cols), none(rows)],
            done: 0,
            work: 0.0,
            support: (0..rank).collect(),
            factors: Factors::zero(rows, cols, rank),
            instance,
        })
    }

    fn part(&self) -> &Entries {
        self.parts.get(self.done + 1).unwrap_or(&self.parts[0])
    }

    /// `V^` from U.
    fn solve_columns(&mut self) {
        let (solver, rank) = (self.settings.solver.clone(), self.factors.rank);
        let (mut image, mut random) = (std::mem::take(&mut self.images[0]), self.random.clone());
        let solve = |columns: &[Vec<f64>], wanted: &[f64]| solver.solve(columns, wanted, &mut random);
        let done = half(&self.part().by_column, &self.basis, &mut image, rank, solve);
        self.factors.left_mut().copy_from_slice(&self.basis);
        self.factors.right_mut().copy_from_slice(&image);
        self.finish(0, image, random, done);
    }

    /// `V = qr(V^)`, `U^` from V, and `U = qr(U^)`.
    fn solve_rows(&mut self) {
        let (solver, rank) = (self.settings.solver.clone(), self.factors.rank);
        let (mut image, mut random) = (std::mem::take(&mut self.images[1]), self.random.clone());
        let basis = orthonormal(self.factors.right(), rank);
        let solve = |columns: &[Vec<f64>], wanted: &[f64]| solver.solve(columns, wanted, &mut random);
        let done = half(&self.part().by_row, &basis, &mut image, rank, solve);
        self.factors.left_mut().copy_from_slice(&image);
        self.factors.right_mut().copy_from_slice(&basis);
        self.basis = orthonormal(&image, rank);
        self.finish(1, image, random, done);
    }

    fn finish(&mut self, side: usize, image: Vec<f64>, random: Random, half: Half) {
        self.images[side] = image;
        self.random = random;
        self.work += half.work;
        self.halves[side] = half;
        self.done += 1;
    }

    fn iterations_a_row(&self) -> f64 {
        let counts = self.halves.iter().flat_map(|half| &half.iterations);
        counts.sum::<f64>() / (self.instance.rows + self.instance.cols) as f64
    }
}

impl Run for Alternating {
    fn step(&mut self) -> Status {
        if self.done.is_multiple_of(2) {
            self.solve_columns();
            if self.factors.entries.iter().all(|entry| entry.is_finite()) {
                return Status::Inner;
            }
        } else {
            self.solve_rows();
        }
        let left = self.instance.seen.residual(&self.factors).norm() / self.instance.seen.norm();
        if !left.is_finite() {
            return Status::Diverged("the factors have overflowed; more entries or a smaller rank would help".into());
        }
        if left <= self.settings.tolerance {
            return Status::Converged(format!("what is seen is met to {:e}", self.settings.tolerance));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "inner-steps",
            "Inner iterations",
            "for each row, and after them each column; none where QR was as cheap or too little is seen",
        );
        let counts = [&self.halves[1].iterations[..], &self.halves[0].iterations].concat();
        Observation { panels: vec![strip(names, ("row, column", "iterations"), &counts)], ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let pass = (self.instance.seen.len() * self.factors.rank) as f64;
        Observation {
            estimate: Values::lend(&self.factors.entries),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "iterations_a_row", value: self.iterations_a_row() },
                Trace { name: "skipped", value: (self.halves[0].skipped + self.halves[1].skipped) as f64 },
                Trace { name: "passes", value: self.work / pass },
            ],
            panels: Vec::new(),
            events: if self.done == 2 { vec![Event::Round { number: 1 }] } else { Vec::new() },
            products: self.work / pass,
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "altmin-completion",
    n: Some(21),
    lab: "matrices",
    title: "Completing a matrix by inexact alternation",
    paper: Paper {
        authors: "Gu, Song, Yin and Zhang",
        title: "Low Rank Matrix Completion via Robust Alternating Minimization in Nearly Linear Time",
        year: 2024,
        link: "https://arxiv.org/abs/2302.11068",
    },
    idea: "Fix one factor of the matrix and the other is a small regression for each row. Alternate. Solve each regression only nearly, with a sketch as preconditioner: the errors stay as small as the accuracy, and never pile up.",
    formula: r"\hat v_j \approx \arg\min_v \big\| U_{\Omega_j}\, v - M_{\Omega_j, j} \big\|, \quad S\, U_{\Omega_j} = Q R, \quad \kappa(U_{\Omega_j} R^{-1}) = O(1)",
    consequence: "A preconditioned row takes the same few passes over its entries whatever the rank, where an exact one takes k.",
    watch: &[
        Watch {
            panel: "convergence",
            text: "The distance of column spaces in *Convergence*: it falls by a factor each round, down to the accuracy of the rows, and stays there.",
        },
        Watch { panel: "inner-steps", text: "How few *Inner iterations* a row takes." },
        Watch { panel: "spectrum", text: "The estimate's *Singular values* against the true ones." },
    ],
    try_this: &[
        Try {
            link: "Set exact alternation beside it.",
            question: "Until which round do the two agree?",
            patch: r#"{"methods":[{"id":"altmin-completion"},{"id":"als"}]}"#,
        },
        Try {
            link: "Show a quarter of the pixels only.",
            question: "Does a better accuracy of the rows help now?",
            patch: r#"{"problem":{"share":0.22},"methods":[{"id":"altmin-completion"},{"id":"als"}]}"#,
        },
        Try {
            link: "Let a square be missing.",
            question: "Why can the pattern be continued there at all, and which rows make it harder?",
            patch: r#"{"problem":{"pattern":{"id":"hole","side":0.3}}}"#,
        },
        Try {
            link: "Add errors to exact rows, and the other ways.",
            question: "Which of them feel the condition of 20?",
            patch: r#"{"problem":{"scene":{"id":"low-rank","condition":20},"share":0.3},"methods":[{"id":"altmin-completion","solver":{"id":"perturbed","accuracy":0.001}},{"id":"soft-impute"},{"id":"factor-descent"}]}"#,
        },
    ],
    breaks: "Below some share of entries no accuracy helps, and rows with fewer entries than the rank stay unknown. A head phantom is of no low rank: its estimate is a blur.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"completion","size":128,"share":0.5},"methods":[{"id":"altmin-completion"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With n = 300, k = 4, a condition of 3 and 12 % seen, rows solved to 1e-2 give the matrix to 5e-3..1e-2 after 15 rounds",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"completion","scene":{"id":"low-rank"},"size":300,"share":0.12},"methods":[{"id":"altmin-completion"}]}"#,
                trials: 8,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::Within(5e-3, 1e-2),
            measured: 0.006741201759738,
        },
        Claim {
            statement: "The error follows the accuracy: rows solved a hundred times better give a matrix that is at least a hundred times better",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"completion","scene":{"id":"low-rank"},"size":300,"share":0.12},"methods":[{"id":"altmin-completion"},{"id":"altmin-completion","solver":{"id":"sketched","accuracy":1e-4}}]}"#,
                trials: 8,
                measure: Measure::Ratio { metric: "relative_error", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(100.0),
            measured: 421.8933177158286,
        },
        Claim {
            statement: "There a row takes two to four inner iterations",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"completion","scene":{"id":"low-rank"},"size":300,"share":0.12},"methods":[{"id":"altmin-completion","solver":{"id":"sketched","accuracy":1e-4,"oversampling":4}}]}"#,
                trials: 8,
                measure: Measure::Median { metric: "iterations_a_row" },
            },
            bound: Bound::Within(2.0, 4.0),
            measured: 3.9916666666666667,
        },
        Claim {
            statement: "With 6 % seen exact alternation fails in at least nine draws of ten, ...",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"completion","scene":{"id":"low-rank"},"size":300,"share":0.06},"methods":[{"id":"altmin-completion","solver":{"id":"exact"}}]}"#,
                trials: 20,
                measure: Measure::Share { metric: "relative_error", at_most: 0.1 },
            },
            bound: Bound::AtMost(0.1),
            measured: 0.05,
        },
        Claim {
            statement: "... and with 10 % rows solved to 1e-2 suffice in at least nine of ten",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"completion","scene":{"id":"low-rank"},"size":300,"share":0.1},"methods":[{"id":"altmin-completion"}]}"#,
                trials: 20,
                measure: Measure::Share { metric: "relative_error", at_most: 0.1 },
            },
            bound: Bound::AtLeast(0.9),
            measured: 0.95,
        },
        Claim {
            statement: "With k = 24, n = 400 and 60 % seen, exact rows take at least 1.4 times the multiplications of sketched ones",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"completion","scene":{"id":"low-rank","rank":16},"size":400,"share":0.6},"methods":[{"id":"altmin-completion","rounds":4,"rank":24,"solver":{"id":"exact"}},{"id":"altmin-completion","rounds":4,"rank":24,"solver":{"id":"sketched","oversampling":4}}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "passes", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.4),
            measured: 1.4029255041557067,
        },
    ],
};
