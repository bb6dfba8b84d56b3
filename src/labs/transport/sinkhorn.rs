//! Sinkhorn's algorithm, in the log domain, with over-relaxation and with eps scaling.
//!
//! ```text
//! repeat
//!     x = x + omega (x' - x),   x'_i = (log a_i - log sum_j exp(eta (y_j - C_ij) - 1)) / eta
//!     y = y + omega (y' - y),   y' likewise from b and the new x
//! until |P 1 - a|_1 + |P^T 1 - b|_1 <= tolerance
//! ```
//!
//! Maximises the entropic potential `f` (see [`crate::couplings`]) over `x` and `y` in turn; with `omega = 1` each half is exact. An
//! iteration costs O(n m). Where an over-relaxed half would make `f` smaller, that half is taken with `omega = 1`, so `f` never falls.
//! eps scaling begins with a larger eps and halves it every ten iterations.
//!
//! Sinkhorn and Knopp, "Concerning nonnegative matrices and doubly stochastic matrices" (1967); Cuturi, "Sinkhorn distances"
//! (2013); Thibault, Chizat, Dossal and Papadakis, "Overrelaxed Sinkhorn-Knopp algorithm for regularized optimal transport" (2021).

use super::entropic::TransportInstance;
use crate::contract::{Complaint, Event, MethodCard, Note, Observation, Run, Status, TypedMethod, Values};
use crate::couplings::{Entropic, scaled};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Iterations with one eps, where it is scaled.
const STAGE: usize = 10;

/// Parameters of Sinkhorn's algorithm.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sinkhorn {
    /// Over-relaxation, omega; 1 is the plain algorithm.
    #[schemars(range(min = 1.0, max = 1.95), extend("x-step" = 0.05))]
    pub relaxation: f64,
    /// How many times as large eps is at the start; 1 leaves it as it is.
    #[schemars(range(min = 1.0, max = 1000.0), extend("x-scale" = "log"))]
    pub scaling: f64,
    /// Stop when the marginals are off by this, in l1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most iterations.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Sinkhorn {
    fn default() -> Self {
        Self { relaxation: 1.0, scaling: 1.0, tolerance: 1e-12, max_steps: 5000 }
    }
}

impl TypedMethod for Sinkhorn {
    type Instance = TransportInstance;

    const CARD: MethodCard = MethodCard {
        id: "sinkhorn",
        lab: "transport",
        problem: "entropic",
        title: "Sinkhorn's algorithm",
        short: "Sinkhorn",
        sentence: "relaxed by {relaxation}",
        line: "Meets the marginals of one side and then of the other, repeats",
        cost: "two sweeps over the cost, O(m n)",
        when: "a plan of moderate accuracy is wanted, or eps is large",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<TransportInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Scaling::new(self.clone(), instance.clone())))
    }
}

/// A run of Sinkhorn's algorithm.
struct Scaling {
    settings: Sinkhorn,
    instance: Arc<TransportInstance>,
    /// `(x, y)`.
    potentials: Vec<f64>,
    halves: Halves,
    /// `eta` now, and iterations with it.
    sharpness: f64,
    iterations: usize,
    stages: usize,
    began: bool,
}

impl Scaling {
    fn new(settings: Sinkhorn, instance: Arc<TransportInstance>) -> Self {
        let transport = &instance.transport;
        let potentials = vec![0.0; transport.rows() + transport.cols()];
        let sharpness = transport.sharpness / settings.scaling;
        Self {
            halves: Halves::new(transport, &potentials, sharpness),
            settings,
            potentials,
            sharpness,
            iterations: 0,
            stages: 1,
            began: false,
            instance,
        }
    }
}

impl Run for Scaling {
    fn step(&mut self) -> Status {
        let transport = &self.instance.transport;
        self.began = false;
        if self.sharpness < transport.sharpness && self.iterations >= STAGE {
            self.sharpness = (2.0 * self.sharpness).min(transport.sharpness);
            self.halves = Halves::new(transport, &self.potentials, self.sharpness);
            (self.iterations, self.stages, self.began) = (0, self.stages + 1, true);
        }
        self.iterations += 1;
        let error = self.halves.iterate(transport, &mut self.potentials, self.settings.relaxation);
        if !error.is_finite() {
            Status::Diverged("the plan has overflowed; a larger eps would help".into())
        } else if self.sharpness == transport.sharpness && error <= self.settings.tolerance {
            Status::Converged(format!("marginals met to {:e}", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.potentials),
            support: Cow::Borrowed(&[]),
            traces: Vec::new(),
            panels: Vec::new(),
            events: if self.began { vec![Event::Round { number: self.stages }] } else { Vec::new() },
            products: 2.0 * ((self.stages - 1) * STAGE + self.iterations) as f64,
        }
    }
}

/// The two halves of an iteration, and the logarithms of row sums that one iteration leaves to the next.
pub(super) struct Halves {
    sharpness: f64,
    row_logs: Vec<f64>,
}

impl Halves {
    pub(super) fn new(transport: &Entropic, potentials: &[f64], sharpness: f64) -> Self {
        Self { sharpness, row_logs: transport.row_logs(&potentials[transport.rows()..], sharpness) }
    }

    /// One iteration on `(x, y)`; returns the marginal error after it. O(n m).
    pub(super) fn iterate(&mut self, transport: &Entropic, potentials: &mut [f64], relaxation: f64) -> f64 {
        let (x, y) = potentials.split_at_mut(transport.rows());
        self.half(&transport.source, x, &self.row_logs, relaxation);
        let col_logs = transport.col_logs(x, self.sharpness);
        self.half(&transport.target, y, &col_logs, relaxation);
        self.row_logs = transport.row_logs(y, self.sharpness);
        self.off(&transport.source, x, &self.row_logs) + self.off(&transport.target, y, &col_logs)
    }

    /// Moves one side towards the maximum of `f`, and beyond it where that does no harm.
    fn half(&self, weights: &[f64], side: &mut [f64], logs: &[f64], relaxation: f64) {
        let exact = scaled(weights, logs, self.sharpness);
        if relaxation > 1.0 {
            let relaxed: Vec<f64> = side.iter().zip(&exact).map(|(old, new)| old + relaxation * (new - old)).collect();
            if self.earned(weights, &relaxed, logs) >= self.earned(weights, side, logs) {
                side.copy_from_slice(&relaxed);
                return;
            }
        }
        side.copy_from_slice(&exact);
    }

    /// `f` as a function of one side alone.
    fn earned(&self, weights: &[f64], side: &[f64], logs: &[f64]) -> f64 {
        weights.iter().zip(side).zip(logs).fold(0.0, |sum, ((weight, z), log)| {
            sum + weight * z - libm::exp(self.sharpness * z + log) / self.sharpness
        })
    }

    /// How far the sums on one side are off, in l1.
    fn off(&self, weights: &[f64], side: &[f64], logs: &[f64]) -> f64 {
        weights
            .iter()
            .zip(side)
            .zip(logs)
            .fold(0.0, |sum, ((weight, z), log)| sum + (libm::exp(self.sharpness * z + log) - weight).abs())
    }
}

static NOTE: Note = Note {
    formula: r"x_i \leftarrow x_i + \omega\, (x_i' - x_i), \qquad x_i' = \frac1\eta \Big(\log a_i - \log \sum_j e^{\eta (y_j - C_{ij}) - 1}\Big), \qquad \eta = \frac1\varepsilon",
    breaks: "The error falls by a share in each sweep, and the share goes to nothing with eps: a plan that is nearly a permutation takes thousands of sweeps where Newton's method takes some tens of steps. Over-relaxation and eps scaling shorten this and do not cure it.",
};
