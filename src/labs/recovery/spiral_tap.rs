//! SPIRAL: sparse Poisson intensity reconstruction by separable quadratic models.
//!
//! ```text
//! f = back-projection, alpha = 1
//! repeat
//!     repeat
//!         s  = f - grad F(f) / alpha
//!         f' = argmin 1/2 |z - s|^2 + tau / alpha pen(z)    over z >= 0
//!         stop if Phi(f') <= max of the last M + 1 Phi - sigma alpha / 2 |f' - f|^2
//!         alpha = 2 alpha
//!     d = f' - f,  f = f'
//!     alpha = |sqrt(y) A d / (A f + b)|^2 / |d|^2           Barzilai and Borwein
//! until |d| <= tolerance |f|
//! ```
//!
//! Minimises `Phi(f) = F(f) + tau pen(f)` over `f >= 0`, where `F(f) = 1^T (A f + b) - y^T log(A f + b)` is the negative Poisson
//! log-likelihood. Every model is a least-squares denoising problem, for which the penalties bring their own solvers: a threshold or
//! the dual of an orthonormal basis, accelerated dual gradients for total variation, a tree for partitions. With M = 0 the objective falls
//! in every step; with M = 10 it may rise for a while; the average over shifted partitions minimises nothing, so every step is taken.
//! `A` is m x n without negative entries. A try costs one product with `A` and the penalty's solve, a step one product with the adjoint more.
//!
//! Harmany, Marcia and Willett, "This is SPIRAL-TAP: Sparse Poisson Intensity Reconstruction ALgorithms, theory and practice" (2012),
//! Algorithm 1.

use super::poisson::{Denoised, Denoiser, Penalty, PoissonInstance};
use crate::contract::{
    Axis, Complaint, Exhibit, Kind, MethodCard, Observation, Panel, Run, Status, Trace, TypedMethod, Values,
};
use crate::kernels::{distance, dot, norm};
use crate::losses::poisson;
use crate::operators::{Counted, LinearOperator};
use crate::penalties::Effort;
use exhibit::EXHIBIT;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod exhibit;

/// sigma: share of the model's curvature by which a step must lower the objective.
const SUFFICIENT: f64 = 0.1;
/// M + 1 of the acceptance that looks back.
const WINDOW: usize = 11;
/// Most tries in a step.
const TRIES: usize = 30;
/// Bounds of alpha.
const CURVATURES: (f64, f64) = (1e-30, 1e30);
/// A counter with photons and a rate below this is dark: without the background the likelihood would be zero.
const DARK: f64 = 1e-6;
/// After this many tries of a step its solves may be too rough to judge by ...
const DOUBT: usize = 8;
/// ... and take this many times as many inner steps.
const HARDER: usize = 20;

/// Which steps are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Acceptance {
    /// Those that lower the objective.
    Monotone,
    /// Those that lower it below the highest of the last eleven.
    LookingBack,
    /// All.
    Always,
}

/// Parameters of SPIRAL.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SpiralTap {
    /// What intensities are expected to look like.
    pub penalty: Penalty,
    /// Which steps are taken. Where the penalty has no value, all are.
    pub acceptance: Acceptance,
    /// Most inner steps of a solve, where the penalty needs any; more where many tries have failed.
    #[schemars(range(min = 1, max = 1000), extend("x-scale" = "log"))]
    pub inner_steps: usize,
    /// Stop when a step is shorter than this fraction of the intensity.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for SpiralTap {
    fn default() -> Self {
        Self {
            penalty: Penalty::default(),
            acceptance: Acceptance::LookingBack,
            inner_steps: 20,
            tolerance: 1e-4,
            max_steps: 200,
        }
    }
}

impl TypedMethod for SpiralTap {
    type Instance = PoissonInstance;

    const CARD: MethodCard = MethodCard {
        id: "spiral-tap",
        lab: "recovery",
        problem: "poisson",
        title: "SPIRAL-TAP",
        short: "SPIRAL",
        sentence: "expecting {penalty}",
        line: "Replaces the Poisson likelihood by a quadratic of measured curvature, denoises, repeats",
        cost: "one product with each of A and A^*, and a denoising problem",
        when: "photons are counted and few of them arrive",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<PoissonInstance>) -> Result<Box<dyn Run>, Complaint> {
        Ok(Box::new(Spiral::new(self.clone(), instance.clone())))
    }
}

/// A run of SPIRAL.
struct Spiral {
    settings: SpiralTap,
    instance: Arc<PoissonInstance>,
    operator: Counted<f64>,
    denoiser: Denoiser,
    now: Denoised,
    /// `A f + b`.
    rates: Vec<f64>,
    /// alpha for the next try.
    curvature: f64,
    /// Phi of the last steps, the newest last.
    objectives: Vec<f64>,
    /// alpha of every step taken.
    taken: Vec<f64>,
    tries: usize,
}

impl Spiral {
    fn new(settings: SpiralTap, instance: Arc<PoissonInstance>) -> Self {
        let denoiser = Denoiser::new(&settings.penalty, instance.shape);
        let now = denoiser.start(instance.back_projection());
        let mut run = Self {
            settings,
            operator: Counted::new(instance.operator.clone()),
            denoiser,
            rates: instance.rates(&now.f),
            now,
            curvature: 1.0,
            objectives: Vec::new(),
            taken: Vec::new(),
            tries: 0,
            instance,
        };
        run.objectives.push(run.objective(&run.now, &run.rates));
        run
    }

    /// Phi less what no f can change, so that it is not negative.
    fn objective(&self, at: &Denoised, rates: &[f64]) -> f64 {
        0.5 * poisson::deviance(rates, &self.instance.counts) + self.settings.penalty.tau() * at.penalty
    }

    fn rates(&self, f: &[f64]) -> Vec<f64> {
        let mut rates = vec![0.0; self.instance.rows()];
        self.operator.apply(f, &mut rates);
        rates.iter_mut().for_each(|rate| *rate += super::poisson::BACKGROUND);
        rates
    }

    /// Whether a try with these rates and objective, at a distance whose square is `moved`, is a step. One that leaves a counter dark in
    /// which photons were counted is none: the background makes its objective finite, but the curvature there would end the run.
    fn accepts(&self, rates: &[f64], reached: f64, moved: f64) -> bool {
        if self.instance.counts.iter().zip(rates).any(|(&y, &rate)| y > 0.0 && rate < DARK) {
            return false;
        }
        let window = match self.settings.acceptance {
            _ if !self.settings.penalty.has_value() => return true,
            Acceptance::Always => return true,
            Acceptance::Monotone => 1,
            Acceptance::LookingBack => WINDOW,
        };
        let highest = self.objectives.iter().rev().take(window).copied().fold(f64::NEG_INFINITY, f64::max);
        reached <= highest - 0.5 * SUFFICIENT * self.curvature * moved
    }

    /// Takes a step, and measures the curvature along it.
    fn take(&mut self, next: Denoised, rates: Vec<f64>, objective: f64) -> Status {
        let counts = &self.instance.counts;
        let moved = distance(&next.f, &self.now.f);
        let weighted = counts.iter().zip(&rates).zip(&self.rates).fold(0.0, |sum, ((y, new), old)| {
            let change = (new - old) / new;
            sum + y * change * change
        });
        self.taken.push(self.curvature);
        if moved > 0.0 {
            self.curvature = (weighted / (moved * moved)).clamp(CURVATURES.0, CURVATURES.1);
        }
        self.objectives.push(objective);
        self.now = next;
        self.rates = rates;
        let size = norm(&self.now.f);
        if !(objective.is_finite() && size.is_finite()) {
            Status::Diverged("the intensity has overflowed".into())
        } else if moved <= self.settings.tolerance * size {
            Status::Converged(format!("a step below {:e} of the intensity", self.settings.tolerance))
        } else {
            Status::Running
        }
    }
}

impl Run for Spiral {
    fn step(&mut self) -> Status {
        let mut gradient = vec![0.0; self.instance.cols()];
        self.operator.adjoint(&poisson::gradient(&self.rates, &self.instance.counts), &mut gradient);
        for attempt in 0..TRIES {
            self.tries += 1;
            let target = self.now.f.iter().zip(&gradient).map(|(f, g)| f - g / self.curvature).collect();
            let harder = if attempt < DOUBT { 1 } else { HARDER };
            let effort = Effort { tolerance: 1e-12, steps: harder * self.settings.inner_steps };
            let next = self.denoiser.denoise(target, self.settings.penalty.tau() / self.curvature, effort);
            let rates = self.rates(&next.f);
            let objective = self.objective(&next, &rates);
            let difference: Vec<f64> = next.f.iter().zip(&self.now.f).map(|(new, old)| new - old).collect();
            if self.accepts(&rates, objective, dot(&difference, &difference)) {
                return self.take(next, rates, objective);
            }
            self.curvature = (2.0 * self.curvature).min(CURVATURES.1);
        }
        let last = self.objectives.last().copied().unwrap_or(f64::NAN);
        Status::Failed(format!(
            "No step lowers the objective below {last:.6e}. More inner steps, or another acceptance, would help"
        ))
    }

    fn observe(&self) -> Observation<'_> {
        let map = &self.instance;
        let curvatures: Vec<f64> = self.taken.iter().copied().chain([self.curvature]).collect();
        let mut panels = vec![Panel {
            id: "curvature",
            title: "Curvature",
            caption: "$\\alpha$ of every step, and of the next: the inverse of its length",
            kind: Kind::Curves,
            shape: (1, curvatures.len()),
            values: Values::give(curvatures),
            x: Axis::plain("step"),
            y: Axis { label: "curvature", unit: "", log: true },
            marks: Vec::new(),
            table: None,
        }];
        if matches!(self.settings.penalty, Penalty::Partition { .. } | Penalty::ShiftedPartition { .. }) {
            let sizes = if self.now.sizes.is_empty() { vec![0.0; self.now.f.len()] } else { self.now.sizes.clone() };
            let names = ("cells", "Cells", "$\\log_2$ of the size of each pixel's cell");
            panels.push(map.map(names, sizes, "log2 of pixels"));
        }
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let support = self.settings.penalty.support(&self.now.f, &self.now.cells, self.instance.shape);
        Observation {
            estimate: Values::lend(&self.now.f),
            support: support.into(),
            traces: vec![
                Trace { name: "objective", value: self.objectives.last().copied().unwrap_or(f64::NAN) },
                Trace { name: "curvature", value: self.taken.last().copied().unwrap_or(self.curvature) },
                Trace { name: "tries", value: self.tries as f64 },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.operator.products(),
        }
    }
}
