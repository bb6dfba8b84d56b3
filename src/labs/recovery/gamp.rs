//! Generalised approximate message passing, damped, with a learned prior.
//!
//! ```text
//! x = 0, v = 1, s = 0
//! repeat
//!     q = |A|^2 v,  p = A x - q s
//!     s = (1 - t) s + t (y - p) / (q + s2)
//!     w = 1 / (|A|^2^T 1 / (q + s2)),  r = x + w A^* s
//!     x = (1 - t) x + t E[x | r, w],  v = var(x | r, w)
//!     learn the fraction and the variance of spikes, and s2 = mean(|y - A x|^2 + s2 q / (s2 + q))
//! until |dx| <= tolerance |x|
//! ```
//!
//! AMP whose variances belong to single entries and measurements, under the Bernoulli-Gaussian prior of
//! [`super::bg_amp`] and noise `N(0, s2)`. This prior is not normal, so no step t is known to suffice for every matrix:
//! the damping is a matter of trial. `A` is m x n, real or complex, its columns scaled to unit norm and the answer
//! scaled back; a step costs a product with each of `A`, `A^*`, `|A|^2` and its transpose.
//!
//! Rangan, "Generalized approximate message passing for estimation with random linear mixing" (2011); Vila and Schniter,
//! "Expectation-maximization Gaussian-mixture approximate message passing" (2013), with one Gaussian; damping after
//! Rangan, Schniter and Fletcher (2014).

use super::LinearMethod;
use super::bernoulli_gaussian::BernoulliGaussian;
use super::linear::LinearInstance;
use super::messages::{Graph, Messages, Passed};
use crate::contract::{Complaint, Kind, Mark, MethodCard, Note, Observation, Panel, Run, Status, Trace, Values};
use crate::kernels::{Scalar, norm};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Least noise variance, in units of the measurements' mean square.
const LEAST_NOISE: f64 = 1e-12;

/// Noise variance at the start, in the same units.
const FIRST_NOISE: f64 = 1e-2;

/// Passes before the prior is learned: the first has seen nothing.
const WAIT: usize = 1;

/// Parameters of generalised approximate message passing.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Gamp {
    /// Share of the last message that is kept, 1 - t: more makes difficult matrices converge, slowly.
    #[schemars(range(min = 0.0, max = 0.99), extend("x-step" = 0.05))]
    pub damping: f64,
    /// Stop when a step changes the estimate by less than this fraction of it.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Gamp {
    fn default() -> Self {
        Self { damping: 0.1, tolerance: 1e-8, max_steps: 500 }
    }
}

impl LinearMethod for Gamp {
    const CARD: MethodCard = MethodCard {
        id: "gamp",
        lab: "recovery",
        problem: "linear",
        title: "Generalised approximate message passing",
        short: "GAMP",
        sentence: "with damping {damping}",
        line: "AMP with a variance for every entry, and a prior that it learns",
        cost: "two products with each of A and A^*",
        when: "the matrix has independent entries of different sizes and spikes are about Gaussian",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start<S: Scalar>(&self, instance: &Arc<LinearInstance<S>>) -> Result<Box<dyn Run>, Complaint> {
        let graph = Graph::new(&instance.operator, &instance.column_norms)?;
        let unit = norm(&instance.measurements) / (graph.rows() as f64).sqrt();
        let scaled: Vec<S> = instance.measurements.iter().map(|&y| if unit > 0.0 { y / unit } else { y }).collect();
        let guess = BernoulliGaussian::guess(instance);
        Ok(Box::new(Passing {
            step: 1.0 - self.damping,
            settings: self.clone(),
            prior: BernoulliGaussian {
                variance: graph.rows() as f64 / (guess.fraction * graph.cols() as f64),
                ..guess
            },
            noise: FIRST_NOISE,
            estimate: vec![S::zero(); graph.cols()],
            support: Vec::new(),
            messages: Messages::new(scaled, graph.cols()),
            graph,
            unit,
            passes: 0,
        }))
    }
}

/// A run of GAMP, for `y` divided by `unit`.
struct Passing<S: Scalar> {
    settings: Gamp,
    graph: Graph<S>,
    messages: Messages<S>,
    prior: BernoulliGaussian,
    noise: f64,
    /// t.
    step: f64,
    /// `|y| / sqrt m`.
    unit: f64,
    passes: usize,
    estimate: Vec<S>,
    support: Vec<usize>,
}

impl<S: Scalar> Passing<S> {
    /// One pass, and what is learned from it.
    fn pass(&mut self) -> Passed {
        let (prior, mut learned) = (self.prior, self.prior);
        let support = &mut self.support;
        let passed = self.messages.pass(&self.graph, self.noise, self.step, |seen, noises| {
            let belief = prior.see_each(seen, |i| noises[i]);
            *support = belief.support();
            learned = belief.prior;
            (belief.means, belief.variances)
        });
        self.passes += 1;
        if self.passes > WAIT {
            self.prior = learned;
            let spreads = self.messages.spreads.iter().map(|q| self.noise * (q / (self.noise + q)));
            let squares = S::norm_squared(&self.messages.residual) + spreads.sum::<f64>();
            self.noise = (squares / self.messages.residual.len() as f64).max(LEAST_NOISE);
        }
        self.estimate = self.graph.unscaled(&self.messages.means, self.unit);
        passed
    }
}

impl<S: Scalar> Run for Passing<S> {
    fn step(&mut self) -> Status {
        if self.unit == 0.0 {
            return Status::Converged("x = 0 explains the measurements".into());
        }
        match self.pass() {
            Passed::Diverged(text) => Status::Diverged(text),
            Passed::Changed(change) if self.passes > 2 && change <= self.settings.tolerance => {
                Status::Converged(format!("a step changes x by less than {:e} of it", self.settings.tolerance))
            }
            Passed::Changed(_) => Status::Running,
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What GAMP looks at",
            "$r$, for columns of unit norm: the truth in noise. The line is that noise's root mean square",
        );
        let noises = &self.messages.noises;
        let level = (noises.iter().sum::<f64>() / noises.len() as f64).sqrt();
        let marks = (self.passes > 0).then_some(Mark::Threshold { value: level });
        let size = (self.messages.residual.len() as f64).sqrt();
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "relative_residual", value: norm(&self.messages.residual) / size },
                Trace { name: "noise_variance", value: self.noise * self.unit * self.unit },
                Trace { name: "fraction", value: self.prior.fraction },
                Trace { name: "products", value: self.graph.products() },
            ],
            panels: vec![Panel::vector(names, Kind::Bars, &self.messages.seen).with_marks(marks)],
            events: Vec::new(),
            products: self.graph.products(),
        }
    }
}

static NOTE: Note = Note {
    formula: r"\begin{aligned} q &= |A|^2 v, & s &\leftarrow (1 - t)\, s + t\, \frac{y - A x + q \odot s}{q + \sigma^2}, \\ w &= \frac{1}{|A|^{2 \top} \frac{1}{q + \sigma^2}}, & x &\leftarrow (1 - t)\, x + t\, \mathbb E[x \mid x + w \odot A^* s;\ w] \end{aligned}",
    breaks: "No step is known to suffice for every matrix. Undamped messages diverge on a condition number of 100 and on entries with a mean; a damping of 0.7 and the right prior still leave a thousand times the error of GGAMP-SBL there. It needs the squares of all entries, so a matrix that is not stored will not do.",
};
