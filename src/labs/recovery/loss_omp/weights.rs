//! What is known beforehand of the entries, as weights of the penalty.

use crate::contract::Complaint;
use crate::kernels::Scalar;
use crate::labs::recovery::linear::LinearInstance;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Weights, by `id`: light entries are taken first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Weights {
    /// The same for all.
    #[schemars(extend("x-phrase" = "[no] weights"))]
    #[default]
    Even,
    /// Light on a share of the true support, as if it were known.
    #[schemars(extend("x-phrase" = "[light] weights on {share} of the true support"))]
    PriorSupport {
        /// Share of the true support that is known.
        #[serde(default = "half")]
        #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
        share: f64,
        /// The weight there; it is 1 elsewhere.
        #[serde(default = "thousandth")]
        #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
        weight: f64,
    },
    /// Light on entries of one's own choice.
    #[schemars(extend("x-phrase" = "[light] weights on chosen entries"))]
    Chosen {
        /// Their indices.
        #[serde(default)]
        #[schemars(length(max = 65536))]
        indices: Vec<usize>,
        /// The weight there; it is 1 elsewhere.
        #[serde(default = "thousandth")]
        #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
        weight: f64,
    },
    /// One by one; a shorter list is repeated.
    #[schemars(extend("x-phrase" = "[given] weights"))]
    Given {
        /// The weights.
        #[serde(default = "one_weight")]
        #[schemars(length(min = 1, max = 65536), inner(range(min = 0.0, max = 1e6)))]
        weights: Vec<f64>,
    },
    /// The largest modulus of each polynomial where a function is approximated: oscillating ones come late.
    #[schemars(extend("x-phrase" = "[intrinsic] weights"))]
    Intrinsic,
}

fn half() -> f64 {
    0.5
}

fn thousandth() -> f64 {
    1e-3
}

fn one_weight() -> Vec<f64> {
    vec![1.0]
}

impl Weights {
    /// One weight an unknown.
    ///
    /// # Errors
    /// When the instance does not know what they need, or an index is none of its own.
    pub(super) fn on<S: Scalar>(&self, instance: &LinearInstance<S>) -> Result<Vec<f64>, Complaint> {
        let n = instance.cols();
        let light = |indices: &[usize], weight: f64| {
            let mut weights = vec![1.0; n];
            indices.iter().for_each(|&j| weights[j] = weight);
            weights
        };
        match self {
            Weights::Even => Ok(vec![1.0; n]),
            Weights::PriorSupport { share, weight } => {
                let Some(support) = instance.true_support() else {
                    return Err(Complaint::new("weights", "takes a prior support only where the truth is known"));
                };
                let known = (share * support.len() as f64).round() as usize;
                // Which of them are known must not depend on how large they are.
                let places = Random::new(0, Stream::Method).subset(support.len(), known.min(support.len()));
                Ok(light(&places.into_iter().map(|place| support[place]).collect::<Vec<_>>(), *weight))
            }
            Weights::Chosen { indices, weight } => match indices.iter().position(|&j| j >= n) {
                Some(place) => {
                    let message = format!("indices go up to {}, not {}", n - 1, indices[place]);
                    Err(Complaint::new(format!("weights.indices[{place}]"), message))
                }
                None => Ok(light(indices, *weight)),
            },
            Weights::Given { weights } => Ok((0..n).map(|j| weights[j % weights.len()]).collect()),
            Weights::Intrinsic => instance.intrinsic_weights.clone().ok_or_else(|| {
                Complaint::new("weights", "are intrinsic only to the polynomials of the problem approximation")
            }),
        }
    }
}
