//! Binary iterative hard thresholding.
//!
//! ```text
//! x = 0
//! repeat
//!     a = x + A^T (y - sign(A x)) / 2
//!     x = H_k(a)
//! until sign(A x) = y
//! return x / |x|
//! ```
//!
//! Seeks a k-sparse x with `sign(A x) = y`: steps along a subgradient of `sum_i max(0, -y_i <a_i, x>)`, which counts a
//! wrong sign by how wrong it is, and cuts. From x = 0 a step length would only scale all iterates, as signs do not see scale,
//! so there is none; `sign(0) = 0`. x is not brought back to the sphere between steps (the authors advise against it). With m
//! Gaussian rows the error of a consistent x is at most O(k / m log(n m / k)), and no method can do better than
//! Omega(k / (m + k^{3/2})). Under noise or flips no x may agree, and the budget ends the run. `A` is m x n, real; a
//! step costs one product with `A` and one with its adjoint.
//!
//! Jacques, Laska, Boufounos and Baraniuk, "Robust 1-bit compressive sensing via binary stable embeddings of sparse
//! vectors" (2013), section IV, BIHT.

use super::LabMethod;
use super::one_bit::{OneBitInstance, direction};
use crate::contract::{
    Bound, Claim, Complaint, Event, Exhibit, Experiment, Kind, Mark, Measure, MethodCard, Observation, Panel, Paper,
    Run, Status, Trace, Try, Values, Watch,
};
use crate::kernels::{Scalar, axpy, largest_abs};
use crate::operators::{Counted, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Parameters of binary iterative hard thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Biht {
    /// Entries to hold; the number of true spikes where it is left out.
    #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
    pub sparsity: Option<usize>,
    /// Most steps.
    #[schemars(range(min = 1, max = 100_000), extend("x-scale" = "log"))]
    pub max_steps: usize,
}

impl Default for Biht {
    fn default() -> Self {
        Self { sparsity: None, max_steps: 300 }
    }
}

impl LabMethod for Biht {
    type Solves = OneBitInstance;

    const CARD: MethodCard = MethodCard {
        id: "biht",
        lab: "recovery",
        problem: "one-bit",
        title: "Binary iterative hard thresholding",
        short: "BIHT",
        sentence: "holding {sparsity} spikes",
        line: "A step towards the signs that are wrong, then a hard threshold",
        cost: "one product with each of A and A^*",
        when: "only the signs of the measurements are known",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &OneBitInstance) -> Result<Box<dyn Run>, Complaint> {
        let n = instance.cols();
        Ok(Box::new(Thresholding {
            sparsity: instance.sparsity_for(self.sparsity)?,
            operator: Counted::new(instance.operator.clone()),
            disagreement: instance.signs.iter().map(|y| 0.5 * y).collect(),
            signs: instance.signs.clone(),
            scaled: vec![0.0; n],
            ahead: vec![0.0; n],
            estimate: vec![0.0; n],
            support: Vec::new(),
            events: Vec::new(),
        }))
    }
}

/// A run of BIHT.
struct Thresholding {
    sparsity: usize,
    operator: Counted<f64>,
    signs: Vec<f64>,
    /// `(y - sign(A x)) / 2`.
    disagreement: Vec<f64>,
    /// x, of any length.
    scaled: Vec<f64>,
    /// a, before the cut.
    ahead: Vec<f64>,
    /// `x / |x|`.
    estimate: Vec<f64>,
    support: Vec<usize>,
    events: Vec<Event>,
}

impl Thresholding {
    /// Keeps the k largest entries of a.
    fn cut(&mut self) {
        let support = largest_abs(&self.ahead, self.sparsity);
        self.scaled.fill(0.0);
        support.iter().for_each(|&j| self.scaled[j] = self.ahead[j]);
        let new = |now: &[usize], before: &[usize]| -> Vec<usize> {
            now.iter().copied().filter(|j| before.binary_search(j).is_err()).collect()
        };
        let picks = new(&support, &self.support).into_iter().map(|index| Event::Pick { index });
        let drops = new(&self.support, &support).into_iter().map(|index| Event::Drop { index });
        self.events = picks.chain(drops).collect();
        self.support = support;
        self.estimate = direction(&self.scaled);
    }

    /// Share of signs that are wrong.
    fn hamming(&self) -> f64 {
        self.disagreement.iter().map(|d| d.abs()).sum::<f64>() / self.signs.len() as f64
    }
}

impl Run for Thresholding {
    fn step(&mut self) -> Status {
        let mut gradient = vec![0.0; self.scaled.len()];
        self.operator.adjoint(&self.disagreement, &mut gradient);
        self.ahead.clone_from(&self.scaled);
        axpy(1.0, &gradient, &mut self.ahead);
        self.cut();
        let mut image = vec![0.0; self.signs.len()];
        self.operator.apply_on(&self.scaled, &self.support, &mut image);
        for ((d, y), image) in self.disagreement.iter_mut().zip(&self.signs).zip(image) {
            *d = 0.5 * (y - Scalar::sign(image));
        }
        if self.support.is_empty() {
            Status::Converged("no column points towards the signs".into())
        } else if self.disagreement.iter().all(|&d| d == 0.0) {
            Status::Converged(format!("all {} signs agree", self.signs.len()))
        } else {
            Status::Running
        }
    }

    fn observe(&self) -> Observation<'_> {
        let names = (
            "looks-at",
            "What BIHT looks at",
            "$x + A^\\top (y - \\mathrm{sign}(A x)) / 2$ before the cut; entries below the line in modulus are set to zero",
        );
        let least = self.support.iter().map(|&j| self.ahead[j].abs()).fold(f64::INFINITY, f64::min);
        let line = least.is_finite().then_some(Mark::Threshold { value: least });
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "hamming", value: self.hamming() }],
            panels: vec![Panel::vector(names, Kind::Bars, &self.ahead).with_marks(line)],
            events: self.events.clone(),
            products: self.operator.products(),
        }
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "biht",
    n: None,
    lab: "recovery",
    title: "Binary iterative hard thresholding",
    paper: Paper {
        authors: "Jacques, Laska, Boufounos and Baraniuk",
        title: "Robust 1-bit compressive sensing via binary stable embeddings of sparse vectors",
        year: 2013,
        link: "https://doi.org/10.1109/TIT.2012.2234823",
    },
    idea: "Of every measurement only the sign is known. Move towards the signs that come out wrong, keep the k largest entries, repeat until all signs agree.",
    formula: r"x_{t+1} = H_k\big(x_t + \tfrac12 A^\top (y - \mathrm{sign}(A x_t))\big)",
    consequence: "The length of x is lost for good, its direction is not: the error falls like 1/m, as every sign halves what is left.",
    watch: &[
        Watch { panel: "measured", text: "Bars in *Measured* are wrong signs. They thin out until none is left." },
        Watch {
            panel: "convergence",
            text: "The share of wrong signs in *Convergence* reaches zero; the error does not, as many directions have these signs.",
        },
    ],
    try_this: &[
        Try {
            link: "Measure four times as many signs.",
            question: "Guess the error first: does it halve, or does it fall to a quarter?",
            patch: r#"{"problem":{"rows":2048}}"#,
        },
        Try {
            link: "Report one sign in twenty wrongly.",
            question: "No direction has these signs. Where does it go instead?",
            patch: r#"{"problem":{"flips":0.05}}"#,
        },
        Try {
            link: "Make all spikes equally tall.",
            question: "Is that harder here, as it is for OMP?",
            patch: r#"{"problem":{"signal":{"amplitude":"signs"}}}"#,
        },
        Try {
            link: "Measure random signs of entries, a Bernoulli matrix, and one tall spike.",
            question: "Signs of sums of ±1 cannot tell a tall spike from a very tall one. What is lost?",
            patch: r#"{"problem":{"matrix":{"id":"bernoulli"},"signal":{"id":"drawn","spikes":[[10,1],[40,0.2],[99,-0.1]],"sparsity":null,"amplitude":null}}}"#,
        },
    ],
    breaks: "With wrong signs nothing is consistent, and the estimate wanders. Bernoulli matrices do not work for signals with one dominant entry.",
    spec: r#"{"v":1,"seed":4,"problem":{"id":"one-bit","signal":{"id":"sparse","sparsity":10}},"methods":[{"id":"biht"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "With k = 10 spikes, n = 256 and m = 512 signs without noise, BIHT explains all signs in at least 85 % of draws",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"one-bit"},"methods":[{"id":"biht"}]}"#,
                trials: 200,
                measure: Measure::Share { metric: "hamming", at_most: 0.0 },
            },
            bound: Bound::AtLeast(0.85),
            measured: 0.955,
        },
        Claim {
            statement: "Its median error is at most 0.06, an angle of 3.5 degrees",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"one-bit"},"methods":[{"id":"biht"}]}"#,
                trials: 200,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(0.06),
            measured: 0.047,
        },
        Claim {
            statement: "With m = 2048 signs it is at most a third of that, 0.02: the error falls like 1 / m",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"one-bit","rows":2048},"methods":[{"id":"biht"}]}"#,
                trials: 100,
                measure: Measure::Median { metric: "relative_error" },
            },
            bound: Bound::AtMost(0.02),
            measured: 0.0089,
        },
    ],
};
