//! Reverse diffusion slice by slice: the prior and the measurements alone, and nothing that ties slices together.
//!
//! ```text
//! x = s_{N-1} z
//! for i = N-1, ..., 0
//!     x = predictor(x, s_i), corrector(x, s_i)
//!     x = n_CG conjugate gradients on  A^T A x = A^T y,  from x
//! ```
//!
//! What DiffusionMBIR becomes with rho = 0. Chung and Ye, "Score-based diffusion models for accelerated MRI" (2022), with conjugate
//! gradients in the place of their projection.

use super::consistency::Consistency;
use super::diffusion_mbir::Reconstruction;
use super::volumes::VolumesInstance;
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of slice-wise diffusion.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SliceWiseScore {
    /// Noise levels, N, from 20 down to 0.01.
    #[schemars(range(min = 5, max = 500), extend("x-scale" = "log"))]
    pub steps: usize,
    /// Iterations of conjugate gradients a level.
    #[schemars(range(min = 1, max = 20))]
    pub iterations: usize,
}

impl Default for SliceWiseScore {
    fn default() -> Self {
        Self { steps: 100, iterations: 5 }
    }
}

impl TypedMethod for SliceWiseScore {
    type Instance = VolumesInstance;

    const CARD: MethodCard = MethodCard {
        id: "slice-wise-score",
        lab: "imaging",
        problem: "volumes",
        title: "Slice-wise diffusion",
        short: "Slice-wise",
        sentence: "over {steps} noise levels",
        line: "Denoises every slice by a learned prior, each by itself",
        cost: "two denoisings of every slice and some products with A and A^T",
        when: "slices have nothing to do with each other",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.steps
    }

    fn start(&self, instance: &Arc<VolumesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let consistency = Consistency::new(instance, None, self.iterations);
        Ok(Box::new(Reconstruction::new(instance, self.steps, consistency)))
    }
}

static NOTE: Note = Note {
    formula: r"x \leftarrow x + (\sigma_i^2 - \sigma_{i-1}^2) \nabla \log p_{\sigma_i}(x) + \text{noise}, \qquad x \leftarrow \mathrm{CG}\big(A^\top A x = A^\top y\big)",
    breaks: "Each slice is drawn by itself. Where measurements leave a choice, neighbours choose differently, and the volume flickers from slice to slice: its roughness along z is half as large again as the truth's.",
};
