//! The problem `completion`: a matrix of low rank of which some entries are seen, perhaps with noise.
//!
//! `min |P(L R^T - M)|_F` over factors of `rank` columns, where P keeps what is seen. Estimates are [`Factors`].

mod data;
mod entries;
mod factors;
mod instance;
mod mask;
mod scene;

pub use data::Data;
pub use entries::Entries;
pub use factors::Factors;
pub(super) use factors::columns_of;
pub use instance::CompletionInstance;
pub use mask::{Hole, Pattern, Popular, Uniform};
pub use scene::{LowRank, Phantom, Ratings, Scene, Tartan};

use crate::contract::{Complaint, DerivedAxis, Files, Instance, Page, ProblemCard, Quantity, TypedProblem};
use crate::signals::noise::{Missing, Noise};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// Parameters of `completion`.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Completion {
    /// The matrix.
    pub scene: Scene,
    /// Rows and columns, n.
    #[schemars(range(min = 4, max = 800), extend("x-scale" = "log"))]
    pub size: usize,
    /// Mean share of the entries that are seen, p.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.01))]
    pub share: f64,
    /// How they lie.
    pub pattern: Pattern,
    /// Noise on what is seen.
    pub noise: Noise,
    /// Numbers of one's own in place of drawn ones.
    pub data: Data,
}

impl Default for Completion {
    fn default() -> Self {
        Self {
            scene: Scene::default(),
            size: 96,
            share: 0.4,
            pattern: Pattern::default(),
            noise: Noise::None,
            data: Data::default(),
        }
    }
}

/// What counts is how often each degree of freedom is seen.
const AXES: &[DerivedAxis] = &[DerivedAxis {
    name: "oversampling",
    label: "entries a degree of freedom, $p n^2 / (k (2 n - k))$",
    sets: "share",
    symbol: "$p$",
    from: 1.0,
    to: 6.0,
}];

/// Where recovery begins in p does not move with the accuracy of the inner solves, down to what the accuracy itself allows.
const SWEEP: &str = r#"{
    "v": 1,
    "spec": {
        "problem": {"scene": {"id": "low-rank", "rank": 3, "condition": 3}, "size": 100, "pattern": null, "noise": null, "data": null},
        "methods": [{"id": "altmin-completion", "rounds": 20, "solver": {"id": "sketched"}}]
    },
    "x": {"param": "problem.share", "from": 0.06, "to": 0.24, "steps": 10},
    "y": {"param": "methods[0].solver.accuracy", "from": 1e-6, "to": 0.5, "steps": 10, "scale": "log"},
    "metric": "success",
    "tolerance": 0.1,
    "trials": 5
}"#;

/// Where panels stand, and what is said of a run.
static PAGE: Page = Page {
    picture: &["estimate"],
    beside: &["observed", "spectrum"],
    quantities: &[
        Quantity { name: "unseen_error", title: "unseen", colour: "estimate" },
        Quantity { name: "seen_error", title: "seen", colour: "residual" },
        Quantity { name: "subspace_distance", title: "distance", colour: "theory" },
        Quantity { name: "incoherence", title: "incoherence", colour: "" },
    ],
    running: "What is not seen is off by {unseen_error} after {steps}.",
    converged: "What is not seen is off by {unseen_error}, found in {steps}.",
    stopped: "What is not seen is off by {unseen_error} after {steps}.",
    rest: "What is seen is off by {seen_error}; the column space by {subspace_distance}, with an incoherence of {incoherence}.",
    paint: None,
};

impl TypedProblem for Completion {
    const CARD: ProblemCard = ProblemCard {
        id: "completion",
        lab: "matrices",
        title: "Low-rank matrix completion",
        sentence: "Complete {scene} of side {size}, of which {share} is seen {pattern} {noise}, with {methods}.",
        solved_as: None,
        page: Some(&PAGE),
        axes: AXES,
        sweep: Some(SWEEP),
    };

    fn instance(&self, seed: u64, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
        let within = |complaint: Complaint| complaint.within("data");
        let drawn = self.data.matrix(|| self.scene.draw(self.size, seed), files).map_err(within)?;
        let shape = (drawn.rows, drawn.cols);
        let mut mask = self.data.mask(shape, || self.pattern.draw(shape, self.share, seed), files).map_err(within)?;
        if let Noise::Missing(Missing { .. }) = self.noise {
            let places: Vec<usize> = (0..mask.len()).filter(|&cell| mask[cell]).collect();
            let kept = if places.is_empty() { Vec::new() } else { self.noise.kept(places.len(), seed) };
            let mut kept = kept.into_iter().peekable();
            for (number, place) in places.into_iter().enumerate() {
                mask[place] = kept.next_if_eq(&number).is_some();
            }
        }
        let mut observed: Vec<f64> =
            drawn.entries.iter().zip(&mask).filter(|(_, seen)| **seen).map(|(entry, _)| *entry).collect();
        if !instance::is_usable(&observed) {
            return Err(Complaint::new("share", "takes more; no entry that is seen differs from zero"));
        }
        self.noise.add_to(&mut observed, seed);
        if !instance::is_usable(&observed) {
            return Err(Complaint::new("noise", "leaves nothing of what is seen, or makes it overflow"));
        }
        let shape = (drawn.rows, drawn.cols, drawn.rank);
        Ok(Arc::new(CompletionInstance::new(shape, drawn.entries, mask, &observed, drawn.kind)))
    }

    fn apply_axis(&self, params: &mut Value, name: &str, value: f64) -> Result<f64, Complaint> {
        if name != "oversampling" {
            return Err(Complaint::new(name, "is not an axis of completion"));
        }
        let rank = match self.scene {
            Scene::LowRank(LowRank { rank, .. }) => rank,
            Scene::Ratings(Ratings { tastes }) => tastes + 2,
            Scene::Tartan(_) | Scene::Phantom(_) => {
                return Err(Complaint::new("scene", "takes a matrix of known rank for this axis: low-rank or ratings"));
            }
        };
        let (n, rank) = (self.size as f64, rank.min(self.size) as f64);
        let freedom = rank * (2.0 * n - rank);
        let share = (value * freedom / (n * n)).min(1.0);
        params["share"] = json!(share);
        Ok(share * n * n / freedom)
    }
}
