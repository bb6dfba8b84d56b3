//! Orthogonal matching pursuit for the channel, from pilots and on a fixed grid, and linear estimates of the data.
//!
//! ```text
//! Z = {}
//! repeat
//!     (k, q) = argmax |phi_kq^* (r conj s_k)|           over users and cells
//!     stop where noise alone would give as much
//!     Z = Z + {(k, q)},  x = argmin |y - sum_Z Phi_k x s_k|
//! s_k[t, n] = (H^* H + s2 I)^{-1} H^* y[t, n],  H = (h_1, ..., h_K) at n
//! ```
//!
//! Points off the grid leak into several cells, of which each pick takes one. A step costs O(K Q N M) and O(|Z|^3). Pati, Rezaiifar and
//! Krishnaprasad, "Orthogonal matching pursuit" (1993).

use super::isac::{Answer, JointSensingInstance};
use super::turbo_bisvbi::channel::{Posterior, Sums, correlate};
use super::turbo_bisvbi::grid::Grid;
use super::turbo_bisvbi::symbols::linear;
use crate::contract::{Complaint, Event, MethodCard, Note, Observation, Run, Status, Trace, TypedMethod, Values};
use crate::kernels::{Scalar, argmax_among, axpy, dot};
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::sync::Arc;

/// Precision of the prior, in which it is next to nothing.
const FLAT: f64 = 1e-9;

/// Parameters of OMP and LMMSE.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OmpLmmse {
    /// Cells along a side of the ground.
    #[schemars(range(min = 4, max = 48))]
    pub cells: usize,
    /// Most picks.
    #[schemars(range(min = 1, max = 100))]
    pub picks: usize,
}

impl Default for OmpLmmse {
    fn default() -> Self {
        Self { cells: 24, picks: 24 }
    }
}

impl TypedMethod for OmpLmmse {
    type Instance = JointSensingInstance;

    const CARD: MethodCard = MethodCard {
        id: "omp-lmmse",
        lab: "recovery",
        problem: "joint-sensing",
        title: "Orthogonal matching pursuit and linear detection",
        short: "OMP and LMMSE",
        sentence: "on {cells} cells a side, with up to {picks} picks",
        line: "Picks cells that explain the pilots, then reads the data linearly",
        cost: "a correlation with every cell, and least squares on the picks",
        when: "one wants an answer at once",
    };

    const NOTE: Option<&'static Note> = Some(&NOTE);

    fn max_steps(&self) -> usize {
        self.picks
    }

    fn start(&self, instance: &Arc<JointSensingInstance>) -> Result<Box<dyn Run>, Complaint> {
        let grid = Grid::square(&instance.world, self.cells, instance.reported.clone());
        let sums = Sums::over(instance, &known(instance), instance.pilots);
        let channel = instance.world.subcarriers * instance.world.antennas;
        let answer = Answer {
            channels: vec![vec![Complex64::default(); channel]; instance.users()],
            symbols: known(instance),
            places: Vec::new(),
        };
        Ok(Box::new(Pursuit {
            rho: vec![vec![FLAT; grid.cells()]; instance.users()],
            estimate: answer.packed(),
            answer,
            seen: Posterior::default(),
            picked: None,
            support: Vec::new(),
            grid,
            sums,
            instance: instance.clone(),
        }))
    }
}

/// Pilots, and zero for data.
fn known(instance: &JointSensingInstance) -> Vec<Vec<Complex64>> {
    let n = instance.world.subcarriers;
    let symbol = |k: usize, i: usize| {
        if i / n < instance.pilots { instance.pilot(k, i / n, i % n) } else { Complex64::default() }
    };
    (0..instance.users()).map(|k| (0..(instance.pilots + instance.data) * n).map(|i| symbol(k, i)).collect()).collect()
}

/// A run.
struct Pursuit {
    instance: Arc<JointSensingInstance>,
    grid: Grid,
    sums: Sums,
    rho: Vec<Vec<f64>>,
    seen: Posterior,
    answer: Answer,
    estimate: Vec<Complex64>,
    picked: Option<usize>,
    support: Vec<usize>,
}

impl Pursuit {
    /// `sum |y - sum_k h_k s_k|^2 / (N M T)` over pilots.
    fn noise(&self) -> f64 {
        let (n, m) = (self.grid.world.subcarriers, self.grid.world.antennas);
        let mut sum = 0.0;
        for i in 0..self.instance.pilots * n {
            let mut left = self.instance.at(i / n, i % n).to_vec();
            for (h, symbols) in self.answer.channels.iter().zip(&self.answer.symbols) {
                axpy(-symbols[i], &h[i % n * m..(i % n + 1) * m], &mut left);
            }
            sum += Complex64::norm_squared(&left);
        }
        sum / (self.instance.pilots * n * m) as f64
    }

    /// The entry that correlates most, and by how much.
    fn strongest(&self) -> Option<((usize, usize), f64)> {
        let left = self.sums.unexplained(&self.answer.channels, self.grid.world.antennas);
        let cells = self.grid.cells();
        let score =
            |place: usize| correlate(&self.grid, &left[place / cells], place / cells, place % cells).abs_squared();
        let scores: Vec<f64> = (0..cells * self.instance.users()).map(score).collect();
        let free = scores.iter().copied().enumerate().filter(|(place, _)| self.support.binary_search(place).is_err());
        let best = argmax_among(free)?;
        Some(((best / cells, best % cells), scores[best]))
    }

    /// Data by linear estimates.
    fn read(&mut self, noise: f64) {
        let (n, m) = (self.grid.world.subcarriers, self.grid.world.antennas);
        for i in self.instance.pilots * n..(self.instance.pilots + self.instance.data) * n {
            let rows: Vec<&[Complex64]> = self.answer.channels.iter().map(|h| &h[i % n * m..(i % n + 1) * m]).collect();
            let y = self.instance.at(i / n, i % n);
            let matched: Vec<Complex64> = rows.iter().map(|h| dot(h, y)).collect();
            let products: Vec<Vec<Complex64>> = rows.iter().map(|h| rows.iter().map(|g| dot(h, g)).collect()).collect();
            let soft = linear(&matched, &products, &vec![0.0; rows.len()], 1.0 / noise.max(f64::MIN_POSITIVE));
            self.answer.symbols.iter_mut().zip(soft).for_each(|(symbols, soft)| symbols[i] = soft);
        }
    }
}

impl Run for Pursuit {
    fn step(&mut self) -> Status {
        let noise = self.noise();
        let length = (self.grid.world.antennas * self.grid.world.subcarriers * self.instance.pilots) as f64;
        let entries = (self.grid.cells() * self.instance.users()) as f64;
        self.picked = None;
        // The largest of so many exponentials is about the logarithm of their number.
        let level = 2.0 * libm::log(entries) * noise * length;
        let Some((pick, _)) = self.strongest().filter(|&(_, score)| score > level) else {
            return Status::Converged("noise alone would correlate as much with some cell".into());
        };
        let mut active = self.seen.active.clone();
        active.push(pick);
        active.sort_unstable();
        let Some(seen) = Posterior::solve(&self.grid, &self.sums, active, &self.rho, 1.0) else {
            return Status::Failed("cells that are picked depend on each other; pick fewer".into());
        };
        self.seen = seen;
        self.picked = Some(pick.0 * self.grid.cells() + pick.1);
        self.support = self.seen.active.iter().map(|&(k, q)| k * self.grid.cells() + q).collect();
        self.answer.channels = self.seen.channels(&self.grid, self.instance.users());
        self.answer.places = self.seen.places(&self.grid);
        let noise = self.noise();
        self.read(noise);
        self.estimate = self.answer.packed();
        Status::Running
    }

    fn observe(&self) -> Observation<'_> {
        Observation {
            estimate: Values::lend(&self.estimate),
            support: Cow::Borrowed(&self.support),
            traces: vec![Trace { name: "held", value: self.support.len() as f64 }],
            panels: Vec::new(),
            events: self.picked.map(|index| Event::Pick { index }).into_iter().collect(),
            products: self.support.len() as f64,
        }
    }
}

static NOTE: Note = Note {
    formula: r"(k, q) = \arg\max_{k,\, q} \big|\varphi_{kq}^* (r\, \bar s_k)\big|, \qquad \hat s[t, n] = \big(H_n^* H_n + \sigma^2 I\big)^{-1} H_n^*\, y[t, n]",
    breaks: "A reflection between cells leaks into several, each of which takes a pick: with 5 scatterers and 10 dB channels are off by at least five times as much as after Turbo-BiSVBI. The data say nothing about the channel, and a wrong channel spoils all data.",
};
