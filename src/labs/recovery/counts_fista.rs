//! FISTA for counts, by the Poisson likelihood or by a normal law in its place.
//!
//! ```text
//! f = z = back-projection
//! repeat
//!     f' = argmin 1/2 |x - z + grad F(z) / L|^2 + tau / L pen(x)    over x >= 0
//!          with L doubled until F(f') <= F(z) + <grad F(z), f' - z> + L/2 |f' - z|^2
//!     t' = (1 + sqrt(1 + 4 t^2)) / 2
//!     z  = (f' + (t - 1) / t' (f' - f))_+
//! until |f' - f| <= tolerance |f'|
//! ```
//!
//! Minimises `F(f) + tau pen(f)` over `f >= 0`. The normal law of one variance is `F(f) = |y - A f|^2 / (2 v)` with v the mean count: it
//! trusts dark places as little as bright ones. Anscombe's transform makes all variances nearly one:
//! `F(f) = 2 |sqrt(y + 3/8) - sqrt(A f + 3/8)|^2`, which is convex too. L never falls, and the Poisson likelihood is arbitrarily curved
//! near dark counters, so one such place slows all of them. `A` is m x n; a step costs one product with the adjoint, one with `A` for z
//! and one a try, and the penalty's solve.
//!
//! Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems" (2009); Anscombe, "The
//! transformation of Poisson, binomial and negative-binomial data" (1948).

use super::poisson::{BACKGROUND, Denoised, Denoiser, Penalty, PoissonInstance};
use crate::contract::{Complaint, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::{distance, dot, norm};
use crate::losses::poisson;
use crate::operators::{Counted, LinearOperator, squared_norm};
use crate::penalties::Effort;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most doublings of L in a step.
const TRIES: usize = 60;
/// How accurate inner solves are, and how many steps they may take.
const EFFORT: Effort = Effort { tolerance: 1e-12, steps: 100 };
/// Anscombe's constant.
const ANSCOMBE: f64 = 0.375;

/// The law of the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Law {
    /// Poisson's.
    #[schemars(extend("x-label" = "Poisson's law"))]
    Poisson,
    /// A normal law, of the mean count as its variance everywhere.
    #[schemars(extend("x-label" = "a normal law"))]
    Normal,
    /// A normal law of twice the square roots of the counts, of unit variance.
    #[schemars(extend("x-label" = "a normal law of square roots"))]
    Anscombe,
}

/// Parameters of FISTA for counts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct CountsFista {
    /// The law that counts are taken to obey.
    pub law: Law,
    /// What intensities are expected to look like.
    pub penalty: Penalty,
    /// Stop when a step is shorter than this fraction of the intensity.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for CountsFista {
    fn default() -> Self {
        Self { law: Law::Normal, penalty: Penalty::default(), tolerance: 1e-4, max_steps: 200 }
    }
}

impl TypedMethod for CountsFista {
    type Instance = PoissonInstance;

    const CARD: MethodCard = MethodCard {
        id: "counts-fista",
        lab: "recovery",
        problem: "poisson",
        title: "FISTA for counts",
        short: "FISTA",
        sentence: "under {law}, expecting {penalty}",
        line: "Accelerated gradient steps and denoising, under a normal law or Poisson's",
        cost: "two products with A, one with A^*, and a denoising problem",
        when: "counts are high everywhere, so that a normal law will do",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PoissonInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Accelerated::new(self.clone(), instance.clone())))
    }
}

impl Law {
    /// F as a function of `z = A f + b`, not negative; `variance` is that of the normal law.
    fn value(self, z: &[f64], counts: &[f64], variance: f64) -> f64 {
        match self {
            Law::Poisson => 0.5 * poisson::deviance(z, counts),
            Law::Normal => {
                let misfit = distance(z, counts);
                0.5 * misfit * misfit / variance
            }
            Law::Anscombe => z.iter().zip(counts).fold(0.0, |sum, (z, y)| {
                let misfit = (y + ANSCOMBE).sqrt() - (z + ANSCOMBE).sqrt();
                sum + 2.0 * misfit * misfit
            }),
        }
    }

    fn gradient(self, z: &[f64], counts: &[f64], variance: f64) -> Vec<f64> {
        match self {
            Law::Poisson => poisson::gradient(z, counts),
            Law::Normal => z.iter().zip(counts).map(|(z, y)| (z - y) / variance).collect(),
            Law::Anscombe => {
                let slope = |(z, y): (&f64, &f64)| 2.0 * (1.0 - ((y + ANSCOMBE) / (z + ANSCOMBE)).sqrt());
                z.iter().zip(counts).map(slope).collect()
            }
        }
    }
}

/// A run of FISTA for counts.
struct Accelerated {
    settings: CountsFista,
    instance: Arc<PoissonInstance>,
    operator: Counted<f64>,
    denoiser: Denoiser,
    now: Denoised,
    /// z, not negative.
    ahead: Vec<f64>,
    momentum: f64,
    /// L.
    curvature: f64,
    variance: f64,
    objective: f64,
}

impl Accelerated {
    fn new(settings: CountsFista, instance: Arc<PoissonInstance>) -> Self {
        let denoiser = Denoiser::new(&settings.penalty, instance.shape);
        let now = denoiser.start(instance.back_projection());
        let mean = instance.counts.iter().sum::<f64>() / instance.rows() as f64;
        let variance = if mean > 0.0 { mean } else { 1.0 };
        let counts = &instance.counts;
        let fit = settings.law.value(&instance.rates(&now.f), counts, variance);
        Self {
            objective: fit + settings.penalty.tau() * now.penalty,
            operator: Counted::new(instance.operator.clone()),
            denoiser,
            ahead: now.f.clone(),
            now,
            momentum: 1.0,
            curvature: squared_norm(&*instance.operator) / variance,
            variance,
            settings,
            instance,
        }
    }

    fn rates(&self, f: &[f64]) -> Vec<f64> {
        let mut rates = vec![0.0; self.instance.rows()];
        self.operator.apply(f, &mut rates);
        rates.iter_mut().for_each(|rate| *rate += BACKGROUND);
        rates
    }

    /// The step from z, with L as large as it has to be, and F there.
    fn proximal_step(&mut self) -> Option<(Denoised, f64)> {
        let CountsFista { law, ref penalty, .. } = self.settings;
        let tau = penalty.tau();
        let counts = &self.instance.counts;
        let rates = self.rates(&self.ahead);
        let start = law.value(&rates, counts, self.variance);
        let mut gradient = vec![0.0; self.ahead.len()];
        self.operator.adjoint(&law.gradient(&rates, counts, self.variance), &mut gradient);
        for _ in 0..TRIES {
            let target = self.ahead.iter().zip(&gradient).map(|(z, g)| z - g / self.curvature).collect();
            let next = self.denoiser.denoise(target, tau / self.curvature, EFFORT);
            let reached = law.value(&self.rates(&next.f), counts, self.variance);
            let change: Vec<f64> = next.f.iter().zip(&self.ahead).map(|(new, old)| new - old).collect();
            let model = start + dot(&gradient, &change) + 0.5 * self.curvature * dot(&change, &change);
            // Where the change is rounding, so is the difference.
            if reached <= model + 1e-12 * start.abs() {
                return Some((next, reached));
            }
            self.curvature *= 2.0;
        }
        None
    }
}

impl Run for Accelerated {
    fn step(&mut self) -> Status {
        let Some((next, fit)) = self.proximal_step() else {
            return Status::Failed("No step is short enough for its quadratic model; SPIRAL's would be".into());
        };
        self.objective = fit + self.settings.penalty.tau() * next.penalty;
        let momentum = 0.5 * (1.0 + (1.0 + 4.0 * self.momentum * self.momentum).sqrt());
        let beta = (self.momentum - 1.0) / momentum;
        self.momentum = momentum;
        for ((ahead, new), old) in self.ahead.iter_mut().zip(&next.f).zip(&self.now.f) {
            *ahead = (new + beta * (new - old)).max(0.0);
        }
        let (moved, size) = (distance(&next.f, &self.now.f), norm(&next.f));
        self.now = next;
        if !(size.is_finite() && self.objective.is_finite()) {
            Status::Diverged("the intensity has overflowed".into())
        } else if moved <= self.settings.tolerance * size {
            Status::Converged(format!("a step below {:e} of the intensity", self.settings.tolerance))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let support = self.settings.penalty.support(&self.now.f, &self.now.cells, self.instance.shape);
        Observation {
            estimate: Values::lend(&self.now.f),
            support: support.into(),
            traces: vec![
                Trace { name: "objective", value: self.objective },
                Trace { name: "curvature", value: self.curvature },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.operator.products(),
        }
    }
}

static NOTE: Note = Note {
    formula: r"f_{t+1} = \arg\min_{f \ge 0}\ \tfrac L2 \big\|f - z_t + \tfrac1L \nabla F(z_t)\big\|^2 + \tau\, \mathrm{pen}(f), \qquad F(f) = \frac{\|y - A f - b\|^2}{2 v}",
    breaks: "A normal law of one variance trusts dark places as little as bright ones; at 15 photons a counter that costs a fifth more error. Poisson's own law is so curved near dark counters that one of them makes all steps short: SPIRAL takes at most a tenth as many. The weight of the penalty has to be chosen.",
};
