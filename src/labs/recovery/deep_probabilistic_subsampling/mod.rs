//! Deep probabilistic subsampling: the measuring pattern as a draw whose chances are learned, together with the recovery.
//!
//! ```text
//! logits phi, for each of N frequencies (top-k), or for each of m choices and N frequencies (top-1)
//! for every example:
//!     G = Gumbel noise
//!     top-k   S = the m largest of phi + G
//!     top-1   for i in a drawn order of 1 .. m:  add to S the largest of phi_i + G_i that is not in S
//!     forwards with the indicator of S,   backwards with   w = sum_i softmax((phi_i + G_i) / tau) over what is not yet in S
//! for every batch:
//!     Adam on phi and the network by mean |x_K - x|^2 / N  (top-1: + mu sum_i H(softmax phi_i)),   tau falls in a line
//! measure with   top-k   the m largest of phi;   top-1   for i = 1 .. m the largest of phi_i that is not taken
//! ```
//!
//! The network is that of [`super::sampled_network`]. A batch of B examples takes 4 K B transforms, and O(B N) for the draws (top-1: O(B m N)).
//! Where the paper's network has one proximal network for all folds, ours thresholds softly with a step and a threshold a fold.
//!
//! Huijben, Veeling, Janse, Mischi and van Sloun, "Learning sub-sampling and signal recovery with applications in ultrasound imaging" (2020);
//! Huijben, Veeling and van Sloun, "Deep probabilistic subsampling for task-adaptive compressed sensing" (2020), for top-k.

mod exhibit;
mod sampler;

pub use sampler::{Choices, Drawn};

use super::sampled_network::{Schedule, start};
use super::subsampling::SamplingInstance;
use crate::contract::{Complaint, Exhibit, MethodCard, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What has logits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sharing {
    /// Each frequency, shared by all choices.
    #[default]
    #[schemars(extend("x-label" = "top-k"))]
    TopK,
    /// Each frequency in each choice.
    #[serde(rename = "top-1")]
    #[schemars(extend("x-label" = "top-1"))]
    Top1,
}

/// Most logits.
const MOST_LOGITS: usize = 1 << 15;

/// Parameters of deep probabilistic subsampling.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DeepProbabilisticSubsampling {
    /// What has logits.
    pub sampler: Sharing,
    /// Temperature at the first batch.
    #[schemars(range(min = 0.1, max = 20.0), extend("x-scale" = "log"))]
    pub temperature_from: f64,
    /// Temperature at the last batch.
    #[schemars(range(min = 0.1, max = 20.0), extend("x-scale" = "log"))]
    pub temperature_to: f64,
    /// Weight of the entropy of each choice, for top-1.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub entropy: f64,
    /// Adam's rate for logits, in units of the network's.
    #[schemars(range(min = 0.0, max = 100.0), extend("x-scale" = "log"))]
    pub logits_rate: f64,
    /// Folds of the network, K.
    #[schemars(range(min = 1, max = 20))]
    pub folds: usize,
    /// Batches.
    #[schemars(range(min = 1, max = 10_000), extend("x-scale" = "log"))]
    pub batches: usize,
    /// Examples a batch.
    #[schemars(range(min = 1, max = 256), extend("x-scale" = "log"))]
    pub batch: usize,
    /// Adam's rate.
    #[schemars(range(min = 0.0001, max = 1.0), extend("x-scale" = "log"))]
    pub rate: f64,
}

impl Default for DeepProbabilisticSubsampling {
    fn default() -> Self {
        Self {
            sampler: Sharing::TopK,
            temperature_from: 5.0,
            temperature_to: 0.5,
            entropy: 2e-4,
            logits_rate: 10.0,
            folds: 8,
            batches: 600,
            batch: 32,
            rate: 0.02,
        }
    }
}

impl TypedMethod for DeepProbabilisticSubsampling {
    type Instance = SamplingInstance;

    const CARD: MethodCard = MethodCard {
        id: "deep-probabilistic-subsampling",
        lab: "recovery",
        problem: "sampling-design",
        title: "Deep probabilistic subsampling",
        short: "DPS",
        sentence: "with {sampler} choices, learned in {batches} batches",
        line: "Learns by Gumbel noise and softmaxes which frequencies to measure, together with the recovery",
        cost: "4 K Fourier transforms an example, and a draw among N frequencies",
        when: "many signals of one kind will be measured, and their whole spectra are there to learn from",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.batches
    }

    fn start(&self, instance: &Arc<SamplingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let logits = instance.budget * instance.kind.fourier.size();
        if self.sampler == Sharing::Top1 && logits > MOST_LOGITS {
            let message = format!("takes up to {MOST_LOGITS} logits as top-1, not {logits}; top-k shares them");
            return Err(Complaint::new("sampler", message));
        }
        let schedule = Schedule { folds: self.folds, batches: self.batches, batch: self.batch, rate: self.rate };
        Ok(start(instance, schedule, Box::new(Choices::new(self, instance))))
    }
}
