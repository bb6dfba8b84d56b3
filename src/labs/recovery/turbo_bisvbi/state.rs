//! The factors of the posterior, and one round over them.

use super::channel::{Posterior, Sums, correlate};
use super::grid::Grid;
use super::moves::{self, Prior};
use super::support::Support;
use super::symbols::detect;
use crate::kernels::{Scalar, axpy, distance, norm};
use crate::labs::recovery::isac::{Answer, JointSensingInstance};
use num_complex::Complex64;
use std::sync::Arc;

/// Shape and rate of the prior of the noise precision.
const VAGUE: f64 = 1e-6;

/// Rounds after which points move, symbols are read, and what is read counts.
const MOVE_AFTER: usize = 3;
const READ_AFTER: usize = 5;
const COUNT_AFTER: usize = 8;

/// What takes part.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    /// Points, clocks and users move.
    pub moving: bool,
    /// Data that are read serve as pilots.
    pub data: bool,
    /// Users share places.
    pub common: bool,
    /// Entries that share an inverse at most; all of them where there is no such number.
    pub most: Option<usize>,
}

/// Everything that is believed.
pub(super) struct State {
    instance: Arc<JointSensingInstance>,
    pub grid: Grid,
    pub support: Support,
    /// The posterior on the active entries.
    pub seen: Posterior,
    pub gamma: f64,
    /// E s, by user, slot by slot.
    pub soft: Vec<Vec<Complex64>>,
    pub channels: Vec<Vec<Complex64>>,
    prior: Prior,
    pub rounds: usize,
}

impl State {
    pub(super) fn new(instance: &Arc<JointSensingInstance>, grid: Grid) -> Self {
        let (users, n) = (instance.users(), instance.world.subcarriers);
        let slots = instance.pilots + instance.data;
        let symbol = |k: usize, i: usize| {
            if i / n < instance.pilots { instance.pilot(k, i / n, i % n) } else { Complex64::default() }
        };
        let soft = (0..users).map(|k| (0..slots * n).map(|i| symbol(k, i)).collect()).collect();
        let power = Complex64::norm_squared(&instance.received).max(f64::MIN_POSITIVE);
        Self {
            support: Support::new(users, grid.cells()),
            seen: Posterior::default(),
            gamma: instance.received.len() as f64 / power,
            soft,
            channels: vec![vec![Complex64::default(); n * instance.world.antennas]; users],
            prior: Prior {
                users: instance.reported.clone(),
                user_spread: instance.user_spread,
                clock_spread: instance.clock_spread,
            },
            rounds: 0,
            grid,
            instance: instance.clone(),
        }
    }

    /// One round; the relative change of the channels, or `None` where the system of active entries cannot be solved.
    pub(super) fn round(&mut self, parts: Parts) -> Option<f64> {
        self.rounds += 1;
        let counts = parts.data && self.rounds > COUNT_AFTER;
        let slots = self.instance.pilots + if counts { self.instance.data } else { 0 };
        let sums = Sums::over(&self.instance, &self.soft, slots);
        let (mut energies, mut variances) = self.one_by_one(&sums);
        let active = match parts.most {
            Some(most) => self.support.choose(&self.grid, &energies, &variances, most),
            None => (0..self.soft.len()).flat_map(|k| (0..self.grid.cells()).map(move |q| (k, q))).collect(),
        };
        self.seen = Posterior::solve(&self.grid, &sums, active, &self.support.rho, self.gamma)?;
        for (i, &(k, q)) in self.seen.active.iter().enumerate() {
            variances[k][q] = self.seen.covariance[i][i].re;
            energies[k][q] = self.seen.means[i].abs_squared() + variances[k][q];
        }
        let fitted = self.seen.fitted(&self.support.rho, self.gamma);
        let channels = self.seen.channels(&self.grid, self.instance.users());
        self.gamma = self.precision(&channels, sums.slots, fitted);
        self.support.update(&energies, parts.common);
        if parts.moving && self.rounds > MOVE_AFTER {
            self.seen = Posterior::solve(&self.grid, &sums, self.seen.active.clone(), &self.support.rho, self.gamma)?;
            moves::advance(&mut self.grid, &sums, &self.seen, (&self.support.rho, self.gamma), &self.prior);
            self.seen = Posterior::solve(&self.grid, &sums, self.seen.active.clone(), &self.support.rho, self.gamma)?;
        }
        let channels = self.seen.channels(&self.grid, self.instance.users());
        if self.rounds > READ_AFTER {
            self.read(&channels);
        }
        let (old, new) = (self.channels.concat(), channels.concat());
        self.channels = channels;
        let size = norm(&new);
        Some(if size > 0.0 { distance(&old, &new) / size } else { 0.0 })
    }

    /// Splits the cells of active entries into four; points stay where they are.
    pub(super) fn refine(&mut self) {
        let mut cells: Vec<usize> = self.seen.active.iter().map(|&(_, q)| q).collect();
        cells.sort_unstable();
        cells.dedup();
        let (grid, parents, points) = self.grid.split(&cells);
        self.grid = grid;
        self.support.inherit(&parents);
        // The order of active entries is that of cells before and after.
        self.seen.active.iter_mut().for_each(|(_, q)| *q = points[*q]);
    }

    /// `E|x|^2` and variances of all entries, each with all others as they are: no inverse.
    fn one_by_one(&self, sums: &Sums) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let channels = self.seen.channels(&self.grid, self.soft.len());
        let left = sums.unexplained(&channels, self.grid.world.antennas);
        let length = (self.grid.world.antennas * self.grid.world.subcarriers * sums.slots) as f64;
        let mut energies = vec![vec![0.0; self.grid.cells()]; self.soft.len()];
        let mut variances = energies.clone();
        for k in 0..self.soft.len() {
            for q in 0..self.grid.cells() {
                let variance = 1.0 / (self.support.rho[k][q] + self.gamma * length);
                let mean = correlate(&self.grid, &left[k], k, q) * (variance * self.gamma);
                variances[k][q] = variance;
                energies[k][q] = mean.abs_squared() + variance;
            }
        }
        for (i, &(k, q)) in self.seen.active.iter().enumerate() {
            variances[k][q] = self.seen.covariance[i][i].re;
            energies[k][q] = self.seen.means[i].abs_squared() + variances[k][q];
        }
        (energies, variances)
    }

    /// `E gamma`.
    fn precision(&self, channels: &[Vec<Complex64>], slots: usize, fitted: f64) -> f64 {
        let (n, m) = (self.grid.world.subcarriers, self.grid.world.antennas);
        let mut misfit = fitted;
        for i in 0..slots * n {
            let mut left = self.instance.at(i / n, i % n).to_vec();
            let start = i % n * m;
            for (h, soft) in channels.iter().zip(&self.soft) {
                let row = &h[start..start + m];
                axpy(-soft[i], row, &mut left);
                misfit += (1.0 - soft[i].abs_squared()).max(0.0) * Complex64::norm_squared(row);
            }
            misfit += Complex64::norm_squared(&left);
        }
        (VAGUE + (slots * n * m) as f64) / (VAGUE + misfit)
    }

    /// Reads the data.
    fn read(&mut self, channels: &[Vec<Complex64>]) {
        let (n, m) = (self.grid.world.subcarriers, self.grid.world.antennas);
        let spreads: Vec<Vec<f64>> = (0..self.soft.len()).map(|k| self.seen.spread(&self.grid, k)).collect();
        for i in self.instance.pilots * n..(self.instance.pilots + self.instance.data) * n {
            let place = i % n;
            let rows: Vec<&[Complex64]> = channels.iter().map(|h| &h[place * m..(place + 1) * m]).collect();
            let spread: Vec<f64> = spreads.iter().map(|spread| spread[place]).collect();
            let symbols = detect(self.instance.at(i / n, place), &rows, &spread, self.gamma);
            self.soft.iter_mut().zip(symbols).for_each(|(soft, symbol)| soft[i] = symbol);
        }
    }

    pub(super) fn answer(&self) -> Answer {
        Answer { channels: self.channels.clone(), symbols: self.soft.clone(), places: self.seen.places(&self.grid) }
    }
}
