//! Sparse regression on random supports, by peeling off what columns share.
//!
//! ```text
//! V = [],  R = X at unit length
//! repeat                                                   a round
//!     draw 30 sets A of k columns;  C_A = { i not in A : dist(r_i, span R_A) < theta |r_i| },   theta = 1 / (2 sqrt k)
//!     stop if C_A holds less than 1 / (4 k) of the columns, on average
//!     V = V and the leading directions of R_C projected onto span R_A, for the largest C_A
//!     R = (I - V V^T) X, at unit length again
//! minimise  1/2 |y - V c - R u|^2 + lambda |u|_1           a step of the homotopy each
//! ```
//!
//! A random support is easy when random columns are far from the spans of others: then `|u|_1` is at most poly(k) times `|R u|`, and the slow rate
//! of l1 regression is enough. A round takes away one scale of near-dependence, whatever the condition number. As R is orthogonal to V,
//! `c = V^T y` and u is the LASSO of `y - V c` on R, solved along its path and proved by its duality gap. The estimate is
//! `w = u_j / |(I - V V^T) x_j|` and the shortest vector that X takes to the rest of `V c + R u`, so `X w` is the prediction and w is no sparser than
//! V allows; the support is that of u. X is m x n and real; a round costs O(30 m n k), the shortest vector an SVD, `O(m n min(m, n))` a few times.
//!
//! "Sparse Linear Regression is Easy on Random Supports" (2025), arXiv 2511.06211, which proves that the two phases are possible. The first
//! phase here is a reconstruction from the outline of the paper, not its authors' procedure.

use super::homotopy::Domain;
use super::lasso::changes;
use super::linear::LinearInstance;
use super::linear::picture::gram;
use super::weighted_l1::{Stage, WeightedL1};
use super::{LinearMethod, sparsity_for};
use crate::contract::{
    Axis, Complaint, Event, Exhibit, Kind, Mark, MethodCard, Observation, Panel, Run, Status, Trace, Values,
};
use crate::kernels::{Scalar, axpy, dot, norm, subtract};
use crate::linalg::Svd;
use crate::operators::{Counted, Dense, LinearOperator};
use crate::signals::random::{Random, Stream};
use exhibit::EXHIBIT;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod exhibit;
mod preconditioner;

pub use preconditioner::Preconditioner;

/// Most rounds.
const ROUNDS: usize = 60;
/// Most multiplications of the SVD's first sweep.
const MOST_WORK: usize = 1 << 27;

/// Parameters of regression on random supports.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RandomSupports {
    /// Columns in a random set, k; by default as many as matter.
    #[schemars(range(min = 1, max = 256))]
    pub sparsity: Option<usize>,
    /// Peel off what columns share. Without it, the LASSO on columns of unit length is left.
    pub precondition: bool,
    /// Sets that are drawn in a round.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub draws: usize,
    /// Weight of the l1 norm as a multiple of sigma sqrt(2 log n), where the noise is known.
    #[schemars(range(min = 0.01, max = 100.0), extend("x-scale" = "log"))]
    pub strength: f64,
    /// Weight of the l1 norm; takes the place of the strength.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0.0, "x-scale" = "log"))]
    pub lambda: Option<f64>,
    /// Most steps, rounds included.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for RandomSupports {
    fn default() -> Self {
        Self { sparsity: None, precondition: true, draws: 30, strength: 0.5, lambda: None, max_steps: 2000 }
    }
}

impl LinearMethod for RandomSupports {
    const CARD: MethodCard = MethodCard {
        id: "random-supports",
        lab: "recovery",
        problem: "linear",
        title: "Regression on random supports",
        short: "peeling",
        sentence: "at {strength} of the universal penalty",
        line: "Takes away the directions that random columns share, then l1 regression",
        cost: "30 small factorisations and O(30 m n k) in a round; a breakpoint of the path after that",
        when: "columns nearly depend on each other and predictions count",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real("Regression on random supports")?;
        let (rows, cols) = (instance.rows(), instance.cols());
        if rows.min(cols).saturating_mul(rows).saturating_mul(cols) > MOST_WORK {
            let message = format!("takes an SVD of the matrix, and {rows} x {cols} would take too long");
            return Err(Complaint::new("id", message));
        }
        let sparsity = sparsity_for(self.sparsity, &instance)?;
        let deviation = instance.noise_norm / (rows as f64).sqrt();
        let lambda = match self.lambda {
            Some(lambda) => lambda,
            None if deviation > 0.0 => self.strength * deviation * (2.0 * libm::log(cols as f64)).sqrt(),
            None => return Err(Complaint::new("lambda", "is needed where the noise is zero or not known")),
        };
        Ok(Box::new(Peeling::new(self, instance, sparsity.max(1), lambda)))
    }
}

/// A run: rounds, then the path.
struct Peeling {
    instance: Arc<LinearInstance<f64>>,
    svd: Svd<f64>,
    dictionary: Preconditioner,
    random: Random,
    rounds: usize,
    lambda: f64,
    /// Regression on R, once the rounds are over.
    path: Option<WeightedL1>,
    estimate: Vec<f64>,
    support: Vec<usize>,
    relative_residual: f64,
    events: Vec<Event>,
}

impl Peeling {
    fn new(settings: &RandomSupports, instance: Arc<LinearInstance<f64>>, sparsity: usize, lambda: f64) -> Self {
        let stored = Dense::of(&*instance.operator);
        let columns: Vec<Vec<f64>> = (0..instance.cols()).map(|j| stored.column_slice(j).to_vec()).collect();
        Self {
            svd: Svd::new(columns.clone()),
            dictionary: Preconditioner::new(columns, sparsity, settings.draws),
            random: Random::new(0, Stream::Method),
            rounds: if settings.precondition { ROUNDS } else { 0 },
            lambda,
            path: None,
            estimate: vec![0.0; instance.cols()],
            support: Vec::new(),
            relative_residual: 1.0,
            events: Vec::new(),
            instance,
        }
    }

    /// `V V^T y`.
    fn explained(&self) -> Vec<f64> {
        let y = &self.instance.measurements;
        let mut explained = vec![0.0; y.len()];
        self.dictionary.basis().iter().for_each(|v| axpy(dot(v, y), v, &mut explained));
        explained
    }

    /// The shortest w with `X w = b`, as far as there is one.
    fn shortest(&self, b: &[f64]) -> Vec<f64> {
        let mut w = vec![0.0; self.instance.cols()];
        let Svd { values, left, right } = &self.svd;
        for ((value, left), right) in values.iter().zip(left).zip(right) {
            axpy(dot(left, b) / value, right, &mut w);
        }
        w
    }

    /// Takes over what the dictionary predicts: `V c + R u`.
    fn show(&mut self) {
        let mut prediction = self.explained();
        let mut w = vec![0.0; self.instance.cols()];
        let mut support = Vec::new();
        if let Some(path) = &self.path {
            for (&j, &u) in self.dictionary.alive.iter().zip(&path.estimate).filter(|(_, u)| **u != 0.0) {
                axpy(u, &self.dictionary.remainders[j], &mut prediction);
                w[j] = u / self.dictionary.sizes[j];
                support.push(j);
            }
        }
        let (y, mut rest) = (&self.instance.measurements, vec![0.0; prediction.len()]);
        subtract(y, &prediction, &mut rest);
        let size = norm(y);
        self.relative_residual = if size > 0.0 { norm(&rest) / size } else { 0.0 };
        self.events = changes(&self.support, &support);
        self.support = support;
        let mut made = vec![0.0; prediction.len()];
        self.instance.operator.apply(&w, &mut made);
        subtract(&prediction, &made, &mut rest);
        axpy(1.0, &self.shortest(&rest), &mut w);
        self.estimate = w;
    }

    /// The LASSO of what V leaves of y, on the columns of R that are not used up.
    fn regression(&self) -> WeightedL1 {
        let Preconditioner { remainders, alive, .. } = &self.dictionary;
        let entries = alive.iter().flat_map(|&j| remainders[j].iter().copied()).collect();
        let operator = Dense::from_columns(self.instance.rows(), alive.len(), entries);
        let mut left = self.instance.measurements.clone();
        self.explained().iter().zip(&mut left).for_each(|(explained, left)| *left -= explained);
        WeightedL1::new(Arc::new(Counted::new(Arc::new(operator))), &left, None, self.lambda, Domain::Signed, 1e-9)
    }

    fn curve(
        (id, title, caption): (&'static str, &'static str, &'static str),
        mut values: Vec<f64>,
        y: &'static str,
        marks: Vec<Mark>,
    ) -> Panel<'static> {
        if values.is_empty() {
            values.push(0.0);
        }
        Panel {
            id,
            title,
            caption,
            kind: Kind::Bars,
            shape: (1, values.len()),
            values: Values::give(values),
            x: Axis::plain("round"),
            y: Axis::plain(y),
            marks,
            table: None,
        }
    }
}

impl Run for Peeling {
    fn step(&mut self) -> Status {
        if self.path.is_none() && self.rounds > 0 {
            self.rounds -= 1;
            if self.dictionary.round(&mut self.random) {
                self.show();
                self.events = vec![Event::Round { number: self.dictionary.peeled.len() }];
                return Status::Running;
            }
        }
        if self.dictionary.alive.is_empty() {
            self.show();
            return Status::Converged("V explains all columns, and least squares on it is all there is".into());
        }
        let mut path = self.path.take().unwrap_or_else(|| self.regression());
        let stage = path.step();
        self.path = Some(path);
        self.show();
        match stage {
            _ if !self.relative_residual.is_finite() => Status::Diverged("the prediction has overflowed".into()),
            Stage::Going => Status::Running,
            Stage::Proved(proof) => Status::Converged(proof),
            Stage::Unproved(cause) => Status::Failed(cause),
        }
    }

    fn observe(&self) -> Observation<'_> {
        let Preconditioner { captured, peeled, remainders, .. } = &self.dictionary;
        let shares = (
            "captured",
            "Captured columns",
            "the mean share of columns that are nearly in the span of $k$ random ones; good below the line",
        );
        let directions = ("peeled", "Directions taken away", "columns of $V$ after each round");
        let dictionary = Dense::from_columns(self.instance.rows(), remainders.len(), remainders.concat());
        let lengths: Vec<f64> = self.dictionary.sizes.iter().map(|&size| if size > 0.0 { 1.0 } else { 0.0 }).collect();
        let after = Panel {
            id: "gram-after",
            title: "Correlations that are left",
            caption: "$|\\langle r_i, r_j\\rangle|$ of the columns without the directions of $V$",
            ..gram(&dictionary, &lengths)
        };
        let marks = vec![Mark::Threshold { value: self.dictionary.bound() }];
        let panels = vec![
            Self::curve(shares, captured.clone(), "share", marks),
            Self::curve(directions, peeled.iter().map(|&count| count as f64).collect(), "directions", Vec::new()),
            after,
        ];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let gap = self.path.as_ref().map_or(1.0, |path| path.gap);
        Observation {
            estimate: Values::lend(&self.estimate),
            support: self.support[..].into(),
            traces: vec![
                Trace { name: "relative_residual", value: self.relative_residual },
                Trace { name: "duality_gap", value: gap },
                Trace { name: "peeled", value: self.dictionary.basis().len() as f64 },
                Trace { name: "rounds", value: self.dictionary.peeled.len() as f64 },
            ],
            panels: Vec::new(),
            events: self.events.clone(),
            products: self.path.as_ref().map_or(0.0, WeightedL1::products),
        }
    }
}
