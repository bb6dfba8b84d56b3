//! SPADE: sparse audio declipping, by analysis or by synthesis.
//!
//! ```text
//! for every window with clipped samples:
//!     x = y, z = A x, u = 0, k = s
//!     for i = 1, 2, ...
//!         zb = H_k(z + u)
//!         stop if |z - zb| <= eps
//!         x = P(A^* (zb - u)),  z = A x          analysis; for the other models see `Splitting`
//!         u = u + z - zb
//!         every r-th time: k = k + s
//! ```
//!
//! Looks for a window that is consistent with the clipped one and whose spectrum has few entries, without knowing how few: k grows
//! until the two agree within eps. H_k keeps the k coefficients of largest norm, where a conjugate pair is one coefficient, so it is the nearest
//! spectrum with k of them. The projection P is exact and a sample at a time. The iterate with the least misfit is kept, and is consistent.
//! A step costs two products with the frame of P frequencies, `O(P log P)` (three in the corrected model), and a selection. It ends by
//! itself, for with `k` at the number of frequencies H_k is the identity.
//!
//! Kitic, Bertin and Gribonval, "Sparsity and cosparsity for audio declipping: a flexible non-convex approach" (2015), Algorithms 1 and 2;
//! Zaviska, Rajmic, Mokry and Prusa, "A proper version of synthesis-based sparse audio declipper" (2019) for the corrected model.

use super::declipping::{
    Block, BlockSolver, DeclippingInstance, Frames, Framewise, Model, Progress, Splitting, keep_largest,
};
use crate::contract::{Complaint, Exhibit, MethodCard, Run, TypedMethod};
use crate::kernels::norm;
use crate::transforms::PaddedFourier;
use exhibit::EXHIBIT;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod exhibit;

/// Parameters of SPADE.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SpadeDeclipping {
    /// What is sparse.
    pub model: Model,
    /// The windows.
    pub frames: Frames,
    /// Frequencies by which k grows, and from which it starts.
    #[schemars(range(min = 1, max = 64), extend("x-scale" = "log"))]
    pub growth: usize,
    /// Iterations between two growths.
    #[schemars(range(min = 1, max = 16))]
    pub every: usize,
    /// Misfit at which a frame is done; a short or soft frame asks for less.
    #[schemars(range(min = 0.0, max = 10.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
}

impl Default for SpadeDeclipping {
    fn default() -> Self {
        Self { model: Model::Analysis, frames: Frames::default(), growth: 1, every: 1, tolerance: 0.1 }
    }
}

impl TypedMethod for SpadeDeclipping {
    type Instance = DeclippingInstance;

    const CARD: MethodCard = MethodCard {
        id: "spade-declipping",
        lab: "recovery",
        problem: "declipping",
        title: "SPADE",
        short: "SPADE",
        sentence: "by {model}",
        line: "Alternates hard thresholds, ever looser, and projections onto what clipping allows",
        cost: "two or three Fourier transforms of a frame, and a selection",
        when: "peaks are cut off and the rest of the sound is sound",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        Frames::most()
    }

    fn start(&self, instance: &Arc<DeclippingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let settings = self.clone();
        let start =
            move |block, fourier: &_| Box::new(Spade::new(settings.clone(), block, fourier)) as Box<dyn BlockSolver>;
        Ok(Box::new(Framewise::new(&self.frames, instance.clone(), start)))
    }
}

/// SPADE on one window.
struct Spade {
    settings: SpadeDeclipping,
    splitting: Splitting,
    sparsity: usize,
    steps: usize,
    misfit: f64,
    /// The window with the least misfit, and that misfit.
    best: (Vec<f64>, f64),
}

impl Spade {
    fn new(settings: SpadeDeclipping, block: Block, fourier: &Arc<PaddedFourier>) -> Self {
        Self {
            sparsity: settings.growth,
            misfit: norm(&block.samples),
            best: (block.samples.clone(), f64::INFINITY),
            splitting: Splitting::new(settings.model, block, fourier.clone()),
            settings,
            steps: 0,
        }
    }
}

impl BlockSolver for Spade {
    fn step(&mut self) -> Progress {
        let k = self.sparsity;
        self.misfit = self.splitting.threshold(|z| keep_largest(z, k));
        if self.misfit < self.best.1 {
            self.best = (self.splitting.sound().to_vec(), self.misfit);
        }
        if self.misfit <= self.settings.tolerance {
            return Progress::Solved;
        }
        if k >= self.splitting.sparse.len() {
            return Progress::Spent;
        }
        self.splitting.project();
        self.steps += 1;
        if self.steps.is_multiple_of(self.settings.every) {
            self.sparsity += self.settings.growth;
        }
        Progress::Going
    }

    fn restored(&self) -> &[f64] {
        &self.best.0
    }

    fn sparse(&self) -> &[Complex64] {
        &self.splitting.sparse
    }

    fn judged(&self) -> &[Complex64] {
        &self.splitting.judged
    }

    fn misfit(&self) -> f64 {
        self.misfit
    }

    fn products(&self) -> usize {
        self.splitting.products
    }
}
