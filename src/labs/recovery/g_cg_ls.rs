//! Generalised compound Gaussian least squares, G-CG-LS.
//!
//! ```text
//! z = min(|A^T y| / |A|, b), or all scales b;  u = T(z)
//! repeat
//!     J times  z = g(z, u)            a step of projected gradient descent or of ISTA, see compound_gaussian/descent.rs
//!     u = T(z)                        the best u, see compound_gaussian/gaussian_update.rs
//! until F or z stand still
//! x = z o u
//! ```
//!
//! Lowers `F(z, u) = 1/2 |y - A (z o u)|^2 + |u|^2 / (2 v) + sum R(z)` over `z >= 0`, minus the logarithm of what is likely for `u`
//! normal with variance v and scales of a law with density `exp(-R)`. F never rises; it is not convex. The noise has variance one in
//! F: another is absorbed in R. For `R = mu z^2 / 2` and v = 1 the minima are those of the LASSO with `lambda = sqrt mu`. `A` is
//! m x n and real; a step costs `O(m^2 n + m^3 / 3)` and some 2 J products.
//!
//! Lyons, Raj and Cheney, "Deep regularized compound Gaussian network for solving linear inverse problems" (2024), Algorithm 1.

use super::LinearMethod;
use super::compound_gaussian::descent::{Cost, Scales};
use super::compound_gaussian::gaussian_update::{Measuring, times};
use super::compound_gaussian::{ACTIVE, Covariance, ScalePrior, ScaleStep, first_scales, measuring, over_unknowns};
use super::linear::LinearInstance;
use crate::contract::{Axis, Complaint, Kind, MethodCard, Note, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::{Scalar, norm_inf};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Entries of the curve of what an entry costs.
const CURVE: usize = 65;

/// Which scales it begins with. F has many minima, and the start decides which is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Start {
    /// Those that the adjoint gives, `min(|A^T y| / |A|, b)`, as in the paper.
    Adjoint,
    /// All the same, b: the first u is then ridge regression.
    #[default]
    Level,
}

/// Parameters of G-CG-LS.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GCgLs {
    /// What scales cost, R.
    pub prior: ScalePrior,
    /// How a step of the scales treats that cost.
    pub steps: ScaleStep,
    /// Steps of the scales before u is updated, J.
    #[schemars(range(min = 1, max = 100), extend("x-scale" = "log"))]
    pub inner: usize,
    /// Variance of the entries of u.
    #[schemars(range(min = 1e-9, max = 1e9), extend("x-scale" = "log"))]
    pub variance: f64,
    /// The scales to begin with.
    pub start: Start,
    /// Largest scale at the start, b.
    #[schemars(range(min = 1e-6, max = 1e6), extend("x-scale" = "log"))]
    pub bound: f64,
    /// Stop when a step lowers F by less than this fraction.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for GCgLs {
    fn default() -> Self {
        Self {
            prior: ScalePrior::default(),
            steps: ScaleStep::default(),
            inner: 4,
            variance: 1.0,
            start: Start::default(),
            bound: 1.0,
            tolerance: 1e-8,
            max_steps: 500,
        }
    }
}

impl LinearMethod for GCgLs {
    const CARD: MethodCard = MethodCard {
        id: "g-cg-ls",
        lab: "recovery",
        problem: "linear",
        title: "Compound Gaussian least squares",
        short: "G-CG-LS",
        sentence: "with {prior}",
        line: "Writes every entry as a scale times a normal number, and improves scales and numbers by turns",
        cost: "a factorisation of an m x m matrix, and two products with each of A and A^* for a step of the scales",
        when: "entries are small or large with little between, and their law can be said by scales",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let instance = instance.real(Self::CARD.short)?;
        let measuring = measuring(&instance, Self::CARD.short)?;
        let covariance = Covariance::constant(instance.cols(), self.variance);
        let scale = instance.squared_norm().sqrt();
        let mut z = match self.start {
            Start::Adjoint => first_scales(&measuring, &instance.measurements, (scale, self.bound)),
            Start::Level => vec![self.bound; instance.cols()],
        };
        z.iter_mut().for_each(|z| *z = z.max(self.prior.floor()));
        let update = measuring.update(&z, &covariance, &instance.measurements);
        let u = update.map_err(|_| Complaint::new("bound", "makes numbers overflow; take a smaller one"))?.u;
        let cost = Cost {
            measuring: &measuring,
            measurements: &instance.measurements,
            covariance: &covariance,
            prior: self.prior,
        };
        let scales = cost.at(z, &u);
        let objective = cost.value(&scales, &u);
        let mut descent = Descent {
            settings: self.clone(),
            estimate: Vec::new(),
            support: Vec::new(),
            products: 4.0,
            instance,
            measuring,
            covariance,
            scales,
            u,
            objective,
        };
        descent.compose();
        Ok(Box::new(descent))
    }
}

/// A run of G-CG-LS.
struct Descent {
    settings: GCgLs,
    instance: Arc<LinearInstance<f64>>,
    measuring: Measuring,
    covariance: Covariance,
    scales: Scales,
    u: Vec<f64>,
    /// `z o u`.
    estimate: Vec<f64>,
    /// Entries whose scale is not zero.
    support: Vec<usize>,
    objective: f64,
    products: f64,
}

impl Descent {
    fn compose(&mut self) {
        self.estimate = times(&self.scales.z, &self.u);
        self.support = (0..self.u.len()).filter(|&j| self.scales.z[j] > ACTIVE).collect();
    }

    fn cost(&self) -> Cost<'_> {
        Cost {
            measuring: &self.measuring,
            measurements: &self.instance.measurements,
            covariance: &self.covariance,
            prior: self.settings.prior,
        }
    }

    /// What an entry costs with its best scale, from zero to the largest entry of now.
    fn penalty(&self) -> Panel<'static> {
        let most = norm_inf(&self.estimate).max(f64::MIN_POSITIVE);
        let spread = self.settings.variance.sqrt();
        let at = |i: usize| self.settings.prior.cost_of_entry(most / spread * i as f64 / (CURVE - 1) as f64);
        let costs: Vec<f64> = (0..CURVE).map(at).collect();
        Panel {
            id: "entry-cost",
            title: "What an entry costs",
            caption: "$\\min_z c^2/(2z^2) + R(z)$, for $c$ from zero to the largest entry",
            kind: Kind::Curves,
            shape: (1, CURVE),
            values: Values::give(costs),
            table: None,
            x: Axis::plain("share of the largest entry, in 64ths"),
            y: Axis::plain("cost"),
            marks: Vec::new(),
        }
    }
}

impl Run for Descent {
    fn step(&mut self) -> Status {
        let cost = self.cost();
        let (mut scales, mut products, mut slope) = (self.scales.clone(), 0.0, 0.0_f64);
        for _ in 0..self.settings.inner {
            let stepped = cost.step(self.settings.steps, &scales, &self.u);
            (scales, slope) = (stepped.scales, slope.max(stepped.slope));
            products += stepped.products;
        }
        let Ok(update) = self.measuring.update(&scales.z, &self.covariance, &self.instance.measurements) else {
            return Status::Failed(
                "scales grow beyond all numbers; a larger weight of the prior keeps them small".into(),
            );
        };
        let scales = cost.at(scales.z, &update.u);
        let objective = cost.value(&scales, &update.u);
        (self.scales, self.u) = (scales, update.u);
        self.products += products + 2.0;
        self.compose();
        let fallen = self.objective - objective;
        self.objective = objective;
        if !objective.is_finite() {
            return Status::Diverged("F is no number any more".into());
        }
        if slope < 1e-6 {
            return Status::Converged(format!("the slope by the scales is {slope:.0e}"));
        }
        if fallen <= self.settings.tolerance * objective.abs() {
            return Status::Converged(format!("a step lowers F by {:.0e} of it", (fallen / objective).abs()));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        let side = self.instance.picture_side();
        let panels = vec![
            over_unknowns(("scales", "Scales", "$z \\ge 0$, how large entries may be"), self.scales.z.clone(), side),
            over_unknowns(("gaussian", "Gaussian part", "$u$, what is normal"), self.u.clone(), side),
            over_unknowns(("product", "Their product", "$x = z \\circ u$"), self.estimate.clone(), side),
            self.penalty(),
        ];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "objective", value: self.objective }],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.products,
        }
    }
}

static NOTE: Note = Note {
    formula: r"\min_{z \ge 0,\ u}\ \tfrac12 \|y - A (z \odot u)\|^2 + \tfrac{1}{2 v} \|u\|^2 + \sum_i R(z_i), \qquad x = z \odot u",
    breaks: "There are many minima, and the start decides: scales that the adjoint gives often end in a higher one than level scales, and with many spikes either may be worse than the LASSO. The weight of R has to follow the noise and the size of the entries. Each step factorises an m x m matrix, and only real matrices will do.",
};
