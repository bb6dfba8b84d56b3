//! The schemes: how many entries a step keeps, and what it feeds back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the entries that are kept are told of those that are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Feedback {
    /// Nothing: NST+HT.
    None,
    /// One gradient step's worth: NST+HT+subFB.
    Partial,
    /// All that they can take over: NST+HT+FB.
    Full,
}

/// How many entries step k keeps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Kept {
    /// As many as there are spikes.
    #[schemars(extend("x-phrase" = "[a fixed number] of entries"))]
    Fixed {
        /// The number; the number of true spikes where it is left out.
        #[serde(default)]
        #[schemars(range(min = 1, max = 16384), extend("x-unit" = "spikes"))]
        sparsity: Option<usize>,
    },
    /// More from step to step, by the same number.
    #[schemars(extend("x-phrase" = "[a rising number] of entries, {by} more a step"))]
    Adaptive {
        /// How many more.
        #[serde(default = "one")]
        #[schemars(range(min = 1, max = 1024))]
        by: usize,
    },
    /// More from step to step, by the same factor: `s_k = ceil(factor s_{k - 1})` from 1.
    #[schemars(extend("x-phrase" = "[a growing number] of entries, {factor} times as many a step"))]
    Growing {
        /// The factor.
        #[serde(default = "half_more")]
        #[schemars(range(min = 1.05, max = 8.0), extend("x-step" = 0.05))]
        factor: f64,
    },
}

fn one() -> usize {
    1
}

fn half_more() -> f64 {
    1.5
}

impl Kept {
    /// `s_k` after a step that kept `before`, zero before the first; `fixed` in the fixed scheme.
    pub(super) fn next(self, before: usize, fixed: usize) -> usize {
        match self {
            Kept::Fixed { .. } => fixed,
            Kept::Adaptive { by } => before + by,
            Kept::Growing { factor } => (factor * before as f64).ceil().max(1.0) as usize,
        }
    }

    /// The first step that keeps as many as there are spikes, in a scheme that grows.
    pub(super) fn first_to_hold(self, spikes: usize) -> usize {
        let (mut size, mut steps) = (0, 0);
        while size < spikes {
            size = self.next(size, spikes);
            steps += 1;
        }
        steps
    }
}
