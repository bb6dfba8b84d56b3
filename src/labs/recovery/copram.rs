//! CoPRAM: compressive phase retrieval with alternating minimisation.
//!
//! ```text
//! x = the start
//! repeat
//!     b  = y sgn(A x)
//!     repeat three times                                       CoSaMP on b = A x
//!         S  = support of x, and the places of the 2k largest entries of A^T (b - A x)
//!         x  = H_k(argmin |b - A z| over z supported on S)
//! until x hardly moves
//! ```
//!
//! Seeks a k-sparse x with `|A x| = y`: signs and signal in turn, each as if the other were known. A round of CoSaMP is an inner step. `A` is
//! m x n, real; a round costs one product with the adjoint and O(m k^2) for the QR factorisation of up to 3k columns.
//!
//! Jagatap and Hegde, "Sample-efficient algorithms for recovering structured signals from magnitude-only measurements" (2019), Algorithm 2.

use super::phase::{PhaseInstance, Walk};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, TypedMethod};
use crate::kernels::{largest_abs, subtract};
use crate::operators::{LinearOperator, least_squares_on};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of CoPRAM.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CoPram {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Rounds of CoSaMP for one set of signs.
    #[schemars(range(min = 1, max = 50))]
    pub rounds: usize,
    /// Stop when a step is shorter than this fraction of x.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for CoPram {
    fn default() -> Self {
        Self { sparsity: None, rounds: 3, tolerance: 1e-10, max_steps: 100 }
    }
}

impl TypedMethod for CoPram {
    type Instance = PhaseInstance;

    const CARD: MethodCard = MethodCard {
        id: "copram",
        lab: "recovery",
        problem: "phase-retrieval",
        title: "Alternating minimisation (CoPRAM)",
        short: "CoPRAM",
        sentence: "holding {sparsity} spikes",
        line: "Signs from the estimate, then the estimate from the signs by CoSaMP, in turn",
        cost: "least squares on up to 3k columns a round, O(m k^2)",
        when: "least squares on 3k columns can be afforded",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PhaseInstance>) -> Result<Box<dyn Run>, Complaint> {
        let sparsity = instance.sparsity_for(self.sparsity)?;
        let walk = Walk::new(instance.clone(), sparsity, self.tolerance);
        let x = walk.estimate.clone();
        Ok(Box::new(Alternating { rounds: self.rounds, round: 0, wanted: Vec::new(), x, walk }))
    }
}

/// A run of CoPRAM.
struct Alternating {
    rounds: usize,
    /// Rounds done with these signs.
    round: usize,
    /// b.
    wanted: Vec<f64>,
    /// x inside CoSaMP.
    x: Vec<f64>,
    walk: Walk,
}

impl Alternating {
    /// A round of CoSaMP from x.
    fn round(&mut self) {
        let Self { walk, x, wanted, .. } = self;
        let held: Vec<usize> = (0..x.len()).filter(|&j| x[j] != 0.0).collect();
        let mut image = vec![0.0; wanted.len()];
        walk.operator.apply_on(x, &held, &mut image);
        let mut residual = image.clone();
        subtract(wanted, &image, &mut residual);
        let correlations = walk.adjoint(&residual);
        let chosen = largest_abs(&correlations, 2 * walk.sparsity);
        let least = chosen.iter().map(|&j| correlations[j].abs()).fold(f64::INFINITY, f64::min);
        walk.show(correlations, if least.is_finite() { least } else { 0.0 });
        let fresh = chosen.into_iter().filter(|j| held.binary_search(j).is_err());
        let tried: Vec<usize> = held.iter().copied().chain(fresh).collect();
        let fit = least_squares_on(&walk.operator, &tried, wanted);
        x.fill(0.0);
        tried.iter().zip(fit.values).for_each(|(&j, value)| x[j] = value);
        let kept = largest_abs(x, walk.sparsity);
        (0..x.len()).filter(|j| kept.binary_search(j).is_err()).for_each(|j| x[j] = 0.0);
    }
}

impl Run for Alternating {
    fn step(&mut self) -> Status {
        if self.round == 0 {
            self.wanted = self.walk.signed();
        }
        self.round();
        self.round += 1;
        if self.round < self.rounds {
            return Status::Inner;
        }
        self.round = 0;
        self.walk.go_to(self.x.clone())
    }

    fn observe(&self) -> Observation<'_> {
        self.walk.observe("What CoPRAM looks at", "$A^\\top (y\\, \\mathrm{sgn}\\, q - A x)$ before this round; the $2k$ at or above the line in modulus are tried")
    }
}

static NOTE: Note = Note {
    formula: r"b = y \odot \mathrm{sgn}(A x), \qquad S = \mathrm{supp}\, x \cup \mathrm{top}_{2k} |A^\top (b - A x)|, \qquad x = H_k\big(A_S^{+}\, b\big)",
    breaks: "Wrong signs are fitted as well as right ones, so that a poor start stays poor, and a good one takes a multiple of k squared measurements. As 3k comes near the number of measurements, the columns that are tried fit any signs. It has to be told k.",
};
