//! Maximum likelihood by expectation-maximisation: the Richardson-Lucy algorithm.
//!
//! ```text
//! f = back-projection
//! repeat
//!     f = f A^T (y / (A f + b)) / A^T 1          entry by entry
//! until |f' - f| <= tolerance |f'|, or the deviance is down to one a counter
//! ```
//!
//! Maximises the Poisson likelihood of `y` over `f >= 0` and nothing else; the likelihood rises in every step. It has no penalty:
//! the only way to keep noise out is to stop early. Then the deviance is a guide, which at the truth is near the number of counters.
//! `A` is m x n without negative entries; a step costs one product with `A` and one with its adjoint.
//!
//! Richardson, "Bayesian-based iterative method of image restoration" (1972); Lucy, "An iterative technique for the rectification of
//! observed distributions" (1974); Shepp and Vardi, "Maximum likelihood reconstruction for emission tomography" (1982).

use super::poisson::{BACKGROUND, PoissonInstance};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::{distance, norm};
use crate::losses::poisson;
use crate::operators::{Counted, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of ML-EM.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct MlEm {
    /// Stop once the deviance is at most the number of counters: chance alone explains what is left.
    pub stop_at_noise: bool,
    /// Stop when a step is shorter than this fraction of the intensity.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for MlEm {
    fn default() -> Self {
        Self { stop_at_noise: false, tolerance: 1e-4, max_steps: 200 }
    }
}

impl TypedMethod for MlEm {
    type Instance = PoissonInstance;

    const CARD: MethodCard = MethodCard {
        id: "ml-em",
        lab: "recovery",
        problem: "poisson",
        title: "Richardson-Lucy (ML-EM)",
        short: "ML-EM",
        sentence: "for at most {max_steps} steps",
        line: "Multiplies the intensity by how much more was counted than it explains, repeats",
        cost: "one product with each of A and A^*",
        when: "counts are high, or one knows when to stop",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PoissonInstance>) -> Result<Box<dyn Run>, Complaint> {
        let f = instance.back_projection();
        let rates = instance.rates(&f);
        let operator = Counted::new(instance.operator.clone());
        Ok(Box::new(Maximisation { settings: self.clone(), instance: instance.clone(), operator, f, rates }))
    }
}

/// A run of ML-EM.
struct Maximisation {
    settings: MlEm,
    instance: Arc<PoissonInstance>,
    operator: Counted<f64>,
    f: Vec<f64>,
    /// `A f + b`.
    rates: Vec<f64>,
}

impl Maximisation {
    fn deviance(&self) -> f64 {
        poisson::deviance(&self.rates, &self.instance.counts)
    }
}

impl Run for Maximisation {
    fn step(&mut self) -> Status {
        let ratios: Vec<f64> = self.instance.counts.iter().zip(&self.rates).map(|(y, z)| y / z).collect();
        let mut raised = vec![0.0; self.f.len()];
        self.operator.adjoint(&ratios, &mut raised);
        for ((raised, f), share) in raised.iter_mut().zip(&self.f).zip(&self.instance.sensitivity) {
            // What no counter sees stays as it is.
            *raised = if *share > 0.0 { f * *raised / share } else { *f };
        }
        let moved = distance(&raised, &self.f);
        self.f = raised;
        self.operator.apply(&self.f, &mut self.rates);
        self.rates.iter_mut().for_each(|rate| *rate += BACKGROUND);
        let size = norm(&self.f);
        if !size.is_finite() {
            Status::Diverged("the intensity has overflowed".into())
        } else if self.settings.stop_at_noise && self.deviance() <= self.instance.rows() as f64 {
            Status::Converged("the deviance is down to one a counter".into())
        } else if moved <= self.settings.tolerance * size {
            Status::Converged(format!("a step below {:e} of the intensity", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.f),
            support: Cow::Borrowed(&[]),
            traces: vec![Trace { name: "objective", value: 0.5 * self.deviance() }],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.operator.products(),
        }
    }
}

static NOTE: Note = Note {
    formula: r"f_{t+1} = f_t \odot \frac{A^\top \big(y \oslash (A f_t + b)\big)}{A^\top 1}",
    breaks: "Nothing keeps noise out but stopping: behind a blur at 45 photons a counter the error after 200 steps is at least twice that after 12, while the likelihood still rises. Sharp points come up slowly. A may have no negative entries, and an intensity of zero stays zero.",
};
