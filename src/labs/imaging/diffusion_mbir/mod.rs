//! DiffusionMBIR: a volume from a prior over its slices and total variation across them.
//!
//! ```text
//! x = s_{N-1} z,  d = u = 0
//! for i = N-1, ..., 0
//!     x = predictor(x, s_i), corrector(x, s_i)                    slice by slice, by the score of the prior
//!     repeat n_ADMM times                                         the volume as a whole
//!         x = n_CG conjugate gradients on  (A^T A + rho D_z^T D_z) x = A^T y + rho D_z^T (d - u),  from x
//!         d = soft(D_z x + u, lambda / rho)
//!         u = u + D_z x - d
//! ```
//!
//! The *fast* variant goes through the inner loop once and carries d and u from level to level. With few levels the carried d still holds
//! the noise of the one before, which a good solve would copy into x: so d is made from the new x first (`refresh`). The *slow* one starts
//! from `d = u = 0` and takes 20 rounds of 20 iterations.
//!
//! A level costs two passes of the prior over all slices and `2 n_ADMM (n_CG + 1)` products with A.
//!
//! Chung, Ryu, McCann, Klasky and Ye, "Solving 3D inverse problems using pre-trained 2D diffusion models" (CVPR 2023), Algorithms 1 and 2.

mod exhibit;

use super::consistency::{Along, Consistency, Variation};
use super::prior;
use super::sampler::Sampler;
use super::volumes::VolumesInstance;
use crate::contract::{Complaint, Exhibit, Kind, MethodCard, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::operators::{Edge, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Parameters of DiffusionMBIR.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DiffusionMbir {
    /// Noise levels, N, from 20 down to 0.01.
    #[schemars(range(min = 5, max = 500), extend("x-scale" = "log"))]
    pub steps: usize,
    /// Weight of the total variation, lambda, where A has the norm 1.
    #[schemars(range(min = 1e-6, max = 0.1), extend("x-scale" = "log"))]
    pub lambda: f64,
    /// Weight of the split, rho: differences below lambda / rho are thresholded.
    #[schemars(range(min = 1e-4, max = 1.0), extend("x-scale" = "log"))]
    pub rho: f64,
    /// Axes along which total variation is penalised.
    pub along: Along,
    /// What the last slice is compared with.
    pub edge: Edge,
    /// How the measurements are met at each level.
    pub variant: Variant,
    /// End with `x + A^T (y - A x) / (A^T A 1)`, a step towards the measurements.
    pub finish: bool,
}

/// How the measurements are met, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Variant {
    /// One round, which goes on from the level before.
    #[schemars(extend("x-phrase" = "in [one round] of {iterations} iterations a level"))]
    Fast(Fast),
    /// Many rounds from the start.
    #[schemars(extend("x-phrase" = "in [{rounds} rounds] of {iterations} iterations a level"))]
    Slow(Slow),
}

impl Default for Variant {
    fn default() -> Self {
        Variant::Fast(Fast::default())
    }
}

/// One round a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Fast {
    /// Iterations of conjugate gradients.
    #[schemars(range(min = 1, max = 20))]
    pub iterations: usize,
    /// Threshold the differences of the new volume before its round.
    pub refresh: bool,
}

impl Default for Fast {
    fn default() -> Self {
        Self { iterations: 5, refresh: true }
    }
}

/// Many rounds a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Slow {
    /// Rounds.
    #[schemars(range(min = 2, max = 20))]
    pub rounds: usize,
    /// Iterations of conjugate gradients in each.
    #[schemars(range(min = 1, max = 20))]
    pub iterations: usize,
}

impl Default for Slow {
    fn default() -> Self {
        Self { rounds: 20, iterations: 20 }
    }
}

impl Default for DiffusionMbir {
    fn default() -> Self {
        Self {
            steps: 100,
            lambda: 2e-4,
            rho: 5e-3,
            along: Along::default(),
            edge: Edge::default(),
            variant: Variant::default(),
            finish: false,
        }
    }
}

impl TypedMethod for DiffusionMbir {
    type Instance = VolumesInstance;

    const CARD: MethodCard = MethodCard {
        id: "diffusion-mbir",
        lab: "imaging",
        problem: "volumes",
        title: "DiffusionMBIR",
        short: "DiffusionMBIR",
        sentence: "over {steps} noise levels, {variant}",
        line: "Denoises slices by a learned prior and ties them by total variation",
        cost: "two denoisings of every slice and some products with A and A^T",
        when: "slices are alike what the prior has learned, and few views are there",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.steps
    }

    fn start(&self, instance: &Arc<VolumesInstance>) -> Result<Box<dyn Run>, Complaint> {
        let &Self { along, edge, lambda, rho, .. } = self;
        let (rounds, iterations, split) = match self.variant {
            Variant::Fast(Fast { iterations, refresh: true }) => (1, iterations, NewLevel::Refresh),
            Variant::Fast(Fast { iterations, refresh: false }) => (1, iterations, NewLevel::Keep),
            Variant::Slow(Slow { rounds, iterations }) => (rounds, iterations, NewLevel::Forget),
        };
        let consistency = Consistency::new(instance, Some(Variation { along, edge, lambda, rho }), iterations);
        let run = Reconstruction::new(instance, self.steps, consistency);
        Ok(Box::new(Reconstruction { rounds, split, finish: self.finish, ..run }))
    }
}

/// What becomes of d and u at a new level.
#[derive(Clone, Copy)]
enum NewLevel {
    /// They stay.
    Keep,
    /// d is made from the new volume.
    Refresh,
    /// Both are zero again.
    Forget,
}

/// A run: noise levels downwards, and rounds of data consistency at each.
pub(super) struct Reconstruction {
    instance: Arc<VolumesInstance>,
    sampler: Sampler,
    consistency: Consistency,
    rounds: usize,
    split: NewLevel,
    finish: bool,
    /// Levels that are left, and rounds done at this one.
    left: usize,
    round: usize,
    x: Vec<f64>,
    /// `D(x, s)`, as the corrector saw it.
    clean: Vec<f64>,
    support: Vec<usize>,
}

impl Reconstruction {
    /// From noise, in one round a level.
    pub(super) fn new(instance: &Arc<VolumesInstance>, steps: usize, consistency: Consistency) -> Self {
        let sampler = Sampler::new(prior::axial(instance.shape[1]), steps, instance.seed);
        let x = sampler.start(instance.truth.len());
        Self {
            instance: instance.clone(),
            clean: vec![0.0; x.len()],
            x,
            sampler,
            consistency,
            rounds: 1,
            split: NewLevel::Refresh,
            finish: false,
            left: steps,
            round: 0,
            support: Vec::new(),
        }
    }

    /// Predictor and corrector at level `i`, and what becomes of the split.
    fn descend(&mut self, i: usize) {
        self.sampler.predict(i, &mut self.x);
        self.clean = self.sampler.correct(i, &mut self.x);
        match self.split {
            NewLevel::Keep => {}
            NewLevel::Refresh => self.consistency.refresh(&self.x),
            NewLevel::Forget => self.consistency.forget(),
        }
    }

    /// `x + A^T (y - A x) / (A^T A 1)`.
    fn step_to_measurements(&mut self) {
        let operator = &self.instance.operator;
        let back = |image: &[f64]| {
            let mut volume = vec![0.0; operator.cols()];
            operator.adjoint(image, &mut volume);
            volume
        };
        let mut image = vec![0.0; operator.rows()];
        operator.apply(&vec![1.0; operator.cols()], &mut image);
        let sums = back(&image);
        operator.apply(&self.x, &mut image);
        image.iter_mut().zip(&self.instance.measurements).for_each(|(image, y)| *image = y - *image);
        for ((x, back), sum) in self.x.iter_mut().zip(back(&image)).zip(&sums) {
            // A pixel that no ray meets stays as it is.
            if *sum > f64::EPSILON {
                *x += back / sum;
            }
        }
    }

    /// Differences between slices that are not thresholded.
    fn kept(&self) -> &[f64] {
        let kept = self.consistency.kept();
        &kept[..self.x.len().min(kept.len())]
    }
}

impl Run for Reconstruction {
    fn step(&mut self) -> Status {
        let i = self.left - 1;
        if self.round == 0 {
            self.descend(i);
        }
        self.consistency.round(&mut self.x);
        if !self.x.iter().all(|x| x.is_finite()) {
            self.x.fill(0.0);
            return Status::Diverged("the volume has overflowed; a smaller rho would help".into());
        }
        self.round += 1;
        if self.round < self.rounds {
            return Status::Inner;
        }
        (self.round, self.left) = (0, i);
        self.support = (0..self.kept().len()).filter(|&place| self.kept()[place] != 0.0).collect();
        if i > 0 {
            return Status::Running;
        }
        if self.finish {
            self.step_to_measurements();
        }
        Status::Converged("no noise is left".into())
    }

    fn observe(&self) -> Observation<'_> {
        let names = ("denoised", "Denoised", "$D(x, s)$, the slices that the prior sees behind the noise");
        let denoised = self.instance.slices(names, Kind::Image, |i| self.clean[i].clamp(0.0, 1.0));
        let names = ("differences", "Differences kept", "$d$, changes from slice to slice above the threshold");
        let kept = self.kept();
        let differences = self.instance.slices(names, Kind::Heat, |i| kept.get(i).map_or(0.0, |d| d.clamp(-1.0, 1.0)));
        let mut panels = vec![denoised];
        panels.extend((!kept.is_empty()).then_some(differences));
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let share = self.support.len() as f64 / self.x.len() as f64;
        Observation {
            estimate: Values::lend(&self.x),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "noise_level", value: self.sampler.level(self.left.saturating_sub(1)) },
                Trace { name: "kept", value: share },
            ],
            panels: Vec::new(),
            events: Vec::new(),
            products: self.consistency.products(),
        }
    }
}
