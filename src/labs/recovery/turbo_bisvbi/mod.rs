//! Turbo bilinear subspace variational Bayesian inference: places, channels, clocks and data at once.
//!
//! ```text
//! coarse      keep the cells of a grid that MUSIC allows; after some rounds split those that are held
//! repeat
//!     x       outside of Z one entry at a time, with all others as they are: no inverse
//!             Z = the entries that are likely or stand out, at most so many
//!             on Z   C = (diag E rho + gamma W)^{-1},  mu = gamma C b
//!     rho     Gamma(1 + 1, ...) from E|x|^2;  s: which precision law, with messages between users by way of their common places
//!     gamma   from what is left of y
//!     p, o, u points of cells, clocks and users: Gauss-Newton steps that raise the likelihood, channels fitted anew
//!     data    linear estimates, then mean field over users; what is read serves as pilots from round 9 on
//! until channels change by less than `tolerance`
//! ```
//!
//! Priors: a place scatters with a chance of 0.03, a user sees one that does with 0.8; then an entry's precision is Gamma(1, 1), otherwise
//! Gamma(1, 1e-6). W has the products of atoms, which are outer products of delays and steering, weighted by `E conj(s_k) s_l`. A
//! round costs O(K Q N M) for one entry at a time and O(|Z|^3) for the rest, where an inverse of all would take O((K Q)^3).
//!
//! Liu, Xu, Xu and Caire, "Bilinear subspace variational Bayesian inference for joint scattering environment sensing and data recovery in
//! ISAC systems" (2025). What the steps for places take as length is ours: each point's own curvature.

pub(super) mod channel;
mod exhibit;
pub(super) mod grid;
mod moves;
mod music;
mod state;
mod support;
pub(super) mod symbols;

use self::grid::Grid;
use self::music::Coarse;
use self::state::{Parts, State};
use super::isac::JointSensingInstance;
use crate::contract::{
    Axis, Complaint, Event, Exhibit, Kind, MethodCard, Observation, Panel, Run, Status, Trace, TypedMethod, Values,
};
use crate::kernels::Scalar;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Rounds on coarse cells before those in use are split.
const COARSE_ROUNDS: usize = 10;

/// Most entries of a full inverse.
const MOST_ENTRIES: usize = 128;

/// Which entries share an inverse.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Inverse {
    /// The strongest ones.
    #[schemars(extend("x-phrase" = "an inverse of [at most] {size}"))]
    Subspace(Subspace),
    /// All of them, as in Turbo-VBI.
    #[schemars(extend("x-phrase" = "[a full] inverse"))]
    Full,
}

/// The entries that are held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Subspace {
    /// Most of them.
    #[schemars(range(min = 1, max = 160))]
    pub size: usize,
}

impl Default for Subspace {
    fn default() -> Self {
        Self { size: 24 }
    }
}

/// Parameters of turbo bilinear subspace variational Bayesian inference.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct TurboBiSvbi {
    /// Cells along a side of the ground.
    #[schemars(range(min = 4, max = 32))]
    pub cells: usize,
    /// Keep only the cells that MUSIC allows, and split those in use later.
    pub coarse: bool,
    /// Move points, clocks and users.
    pub moving: bool,
    /// Let data that are read serve as pilots.
    pub data: bool,
    /// Let users tell each other which places scatter.
    pub common: bool,
    /// Which entries share an inverse.
    pub inverse: Inverse,
    /// Stop when channels change by less than this share of them.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub tolerance: f64,
    /// Most rounds.
    #[schemars(range(min = 1, max = 200))]
    pub max_steps: usize,
}

impl Default for TurboBiSvbi {
    fn default() -> Self {
        Self {
            cells: 24,
            coarse: true,
            moving: true,
            data: true,
            common: true,
            inverse: Inverse::Subspace(Subspace::default()),
            tolerance: 1e-5,
            max_steps: 40,
        }
    }
}

impl TypedMethod for TurboBiSvbi {
    type Instance = JointSensingInstance;

    const CARD: MethodCard = MethodCard {
        id: "turbo-bisvbi",
        lab: "recovery",
        problem: "joint-sensing",
        title: "Turbo bilinear subspace variational Bayes",
        short: "Turbo-BiSVBI",
        sentence: "on {cells} cells a side, with {inverse}",
        line: "Believes in channels, places and data in turn, and inverts only what is held",
        cost: "a correlation with every cell, and a small inverse",
        when: "few places reflect what several users send",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&exhibit::EXHIBIT);

    fn max_steps(&self) -> usize {
        self.max_steps
    }

    fn start(&self, instance: &Arc<JointSensingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let all = Grid::square(&instance.world, self.cells, instance.reported.clone());
        let coarse = self.coarse.then(|| Coarse::of(instance, &all));
        // Where MUSIC allows nothing, it knows nothing.
        let grid = match &coarse {
            Some(coarse) if !coarse.kept.is_empty() => all.only(&coarse.kept),
            _ => all,
        };
        let entries = grid.cells() * instance.users();
        if self.inverse == Inverse::Full && entries > MOST_ENTRIES {
            let message = format!("takes up to {MOST_ENTRIES} entries for a full one, not {entries}; take fewer cells");
            return Err(Complaint::new("inverse", message));
        }
        let state = State::new(instance, grid);
        Ok(Box::new(Inference {
            settings: self.clone(),
            estimate: state.answer().packed(),
            angles: coarse.map_or_else(Vec::new, |coarse| coarse.angles),
            split: false,
            support: Vec::new(),
            state,
        }))
    }
}

/// A run.
struct Inference {
    settings: TurboBiSvbi,
    state: State,
    /// What MUSIC says of angles; nothing where it is not asked.
    angles: Vec<f64>,
    /// Whether cells were split in the last round.
    split: bool,
    support: Vec<usize>,
    estimate: Vec<Complex64>,
}

impl Run for Inference {
    fn step(&mut self) -> Status {
        self.split = self.settings.coarse && self.state.rounds == COARSE_ROUNDS;
        // A full inverse of four times the entries would be too much, and points move anyway.
        self.split &= self.settings.inverse != Inverse::Full;
        if self.split {
            self.state.refine();
        }
        let most = match &self.settings.inverse {
            Inverse::Subspace(subspace) => Some(subspace.size),
            Inverse::Full => None,
        };
        let TurboBiSvbi { moving, data, common, tolerance, .. } = self.settings;
        // Until cells are split pilots are all that counts.
        let waits = self.settings.coarse && self.state.rounds < COARSE_ROUNDS;
        let Some(change) = self.state.round(Parts { moving, data: data && !waits, common, most }) else {
            return Status::Failed("the system of held entries cannot be solved; hold fewer".into());
        };
        self.estimate = self.state.answer().packed();
        if !self.estimate.iter().all(|&z| Scalar::is_finite(z)) {
            return Status::Failed("the posterior is not finite; take more pilots".into());
        }
        let cells = self.state.grid.cells();
        self.support = self.state.seen.active.iter().map(|&(k, q)| k * cells + q).collect();
        if change <= tolerance && self.state.rounds > COARSE_ROUNDS + 2 {
            return Status::Converged(format!("channels change by less than {tolerance:e} of them"));
        }
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        let cells = self.state.grid.cells();
        let users = self.state.soft.len();
        let mut strength = vec![0.0; users * cells];
        for (&(k, q), mean) in self.state.seen.active.iter().zip(&self.state.seen.means) {
            strength[k * cells + q] = mean.abs();
        }
        let panel = |id, title, caption, kind, shape, values, x, y| Panel {
            id,
            title,
            caption,
            kind,
            shape,
            values: Values::give::<f64>(values),
            x: Axis::plain(x),
            y: Axis::plain(y),
            marks: Vec::new(),
            table: None,
        };
        let panels = vec![
            panel(
                "looks-at",
                "What each user sees",
                "$|\\mu_{kq}|$: a line a user, a column a cell; all but the few in $Z$ are zero",
                Kind::Heat,
                (users, cells),
                strength,
                "cell",
                "user",
            ),
            panel(
                "angles",
                "Angles",
                "$|E^* a(\\theta)|^2 / M$ over sines from -1 to 1: what MUSIC allows before the first round",
                Kind::Curves,
                (1, self.angles.len()),
                self.angles.clone(),
                "direction",
                "share",
            ),
        ];
        Observation { panels, ..self.glance() }
    }

    fn glance(&self) -> Observation<'_> {
        let users = self.state.soft.len() as f64;
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![
                Trace { name: "held", value: self.support.len() as f64 },
                Trace { name: "entries", value: self.state.grid.cells() as f64 * users },
                Trace { name: "noise_variance", value: 1.0 / self.state.gamma },
            ],
            panels: Vec::new(),
            events: if self.split { vec![Event::Round { number: 2 }] } else { Vec::new() },
            products: self.state.rounds as f64,
        }
    }
}
