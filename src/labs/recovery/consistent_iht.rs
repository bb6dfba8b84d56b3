//! Consistent iterative hard thresholding, for clipped sound.
//!
//! ```text
//! for every window with clipped samples:
//!     z = 0, k = s
//!     repeat
//!         r = P(A^* z) - A^* z
//!         stop if |r| <= eps
//!         z = H_k(z + A r),  k = k + s
//! ```
//!
//! Gradient steps on `|P(A^* z) - A^* z|^2 / 2`, the distance from what is consistent: an ordinary residual where samples are reliable,
//! and a one-sided one where they are clipped. The frame is tight, so a step of length one never raises it for a fixed k. Two
//! products with the frame a step, `O(P log P)`. What comes out is sparse, and consistent up to eps.
//!
//! Kitic, Jacques, Madhu, Hopwood, Spriet and De Vleeschouwer, "Consistent iterative hard thresholding for signal declipping" (2013).

use super::declipping::{Block, BlockSolver, DeclippingInstance, Frames, Framewise, Progress, keep_largest};
use crate::contract::{Complaint, MethodCard, Note, Run, TypedMethod};
use crate::kernels::norm;
use crate::transforms::PaddedFourier;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Parameters of consistent iterative hard thresholding.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ConsistentIht {
    /// The windows.
    pub frames: Frames,
    /// Frequencies by which k grows in every iteration, and from which it starts.
    #[schemars(range(min = 1, max = 64), extend("x-scale" = "log"))]
    pub growth: usize,
    /// Distance from what is consistent at which a frame is done.
    #[schemars(range(min = 0.0, max = 10.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
}

impl Default for ConsistentIht {
    fn default() -> Self {
        Self { frames: Frames::default(), growth: 1, tolerance: 0.1 }
    }
}

impl TypedMethod for ConsistentIht {
    type Instance = DeclippingInstance;

    const CARD: MethodCard = MethodCard {
        id: "consistent-iht",
        lab: "recovery",
        problem: "declipping",
        title: "Consistent iterative hard thresholding",
        short: "Consistent IHT",
        sentence: "growing by {growth}",
        line: "Gradient steps towards what clipping allows, and hard thresholds that loosen",
        cost: "two Fourier transforms of a frame, and a selection",
        when: "clipping is mild and speed counts",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        Frames::most()
    }

    fn start(&self, instance: &Arc<DeclippingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let Self { growth, tolerance, .. } = *self;
        let start = move |block: Block, fourier: &Arc<PaddedFourier>| {
            Box::new(Thresholded {
                growth,
                tolerance,
                sparsity: growth,
                misfit: norm(&block.samples),
                best: (block.samples.clone(), f64::INFINITY),
                sparse: vec![Complex64::default(); fourier.bins()],
                judged: vec![Complex64::default(); fourier.bins()],
                fourier: fourier.clone(),
                block,
                products: 0,
            }) as Box<dyn BlockSolver>
        };
        Ok(Box::new(Framewise::new(&self.frames, instance.clone(), start)))
    }
}

/// The iterates for one window.
struct Thresholded {
    growth: usize,
    tolerance: f64,
    block: Block,
    fourier: Arc<PaddedFourier>,
    sparse: Vec<Complex64>,
    judged: Vec<Complex64>,
    sparsity: usize,
    misfit: f64,
    /// `A^* z` with the least misfit, and that misfit.
    best: (Vec<f64>, f64),
    products: usize,
}

impl BlockSolver for Thresholded {
    fn step(&mut self) -> Progress {
        let made = self.fourier.synthesize(&self.sparse);
        let mut residual = made.clone();
        self.block.consistency.project(&mut residual);
        residual.iter_mut().zip(&made).for_each(|(r, made)| *r -= made);
        self.misfit = norm(&residual);
        self.products += 1;
        if self.misfit < self.best.1 {
            self.best = (made, self.misfit);
        }
        if self.misfit <= self.tolerance {
            return Progress::Solved;
        }
        if self.sparsity >= self.sparse.len() {
            return Progress::Spent;
        }
        self.judged = self.fourier.analyze(&residual).iter().zip(&self.sparse).map(|(step, z)| z + step).collect();
        self.sparse.copy_from_slice(&self.judged);
        keep_largest(&mut self.sparse, self.sparsity);
        self.products += 1;
        self.sparsity += self.growth;
        Progress::Going
    }

    fn restored(&self) -> &[f64] {
        &self.best.0
    }

    fn sparse(&self) -> &[Complex64] {
        &self.sparse
    }

    fn judged(&self) -> &[Complex64] {
        &self.judged
    }

    fn misfit(&self) -> f64 {
        self.misfit
    }

    fn products(&self) -> usize {
        self.products
    }
}

static NOTE: Note = Note {
    formula: r"z_{t+1} = H_{k_t}\big(z_t + A\, (P(A^* z_t) - A^* z_t)\big), \qquad k_{t+1} = k_t + s",
    breaks: "The number of frequencies grows with every iteration, whether they are needed or not. Where clipping is strong, few samples bind the first ones, and wrong ones stay: at 3 dB SPADE is nearly always better. A sound that no few frequencies make, such as noise, gains next to nothing.",
};
