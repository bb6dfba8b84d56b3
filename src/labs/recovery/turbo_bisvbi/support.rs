//! Which entries are not zero: variances, and messages between users by way of places.

use super::grid::Grid;

/// Chances that a place scatters, and that a user sees one that does.
const SCATTERS: f64 = 0.03;
const SEEN: f64 = 0.8;

/// Rate of the precision of an entry that is zero; its shape is 1, as are shape and rate of one that is not.
const RATE: f64 = 1e-6;

/// Log-likelihood ratios are cut at this.
const LARGEST: f64 = 40.0;

/// Beliefs on precisions and on which entries are not zero, by user and cell.
#[derive(Clone)]
pub(super) struct Support {
    /// `E rho`.
    pub rho: Vec<Vec<f64>>,
    /// P(s = 1).
    pub chance: Vec<Vec<f64>>,
}

impl Support {
    pub(super) fn new(users: usize, cells: usize) -> Self {
        Self { rho: vec![vec![1.0; cells]; users], chance: vec![vec![SCATTERS * SEEN; cells]; users] }
    }

    /// From `E|x|^2` of all entries: precisions, and then the chances. `common` is whether users share places.
    pub(super) fn update(&mut self, energies: &[Vec<f64>], common: bool) {
        for ((rho, chance), energies) in self.rho.iter_mut().zip(&self.chance).zip(energies) {
            for ((rho, chance), energy) in rho.iter_mut().zip(chance).zip(energies) {
                *rho = 2.0 / (chance + (1.0 - chance) * RATE + energy);
            }
        }
        let users = self.rho.len();
        for q in 0..self.rho[0].len() {
            let ratio: Vec<f64> = self.rho.iter().map(|rho| likelihood_ratio(rho[q])).collect();
            let messages: Vec<f64> =
                ratio.iter().map(|&ratio| libm::log(SEEN * libm::exp(ratio) + 1.0 - SEEN)).collect();
            for (k, ratio) in ratio.into_iter().enumerate() {
                let others: f64 = (0..users).filter(|&l| l != k && common).map(|l| messages[l]).sum();
                let place = sigmoid((logit(SCATTERS) + others).clamp(-LARGEST, LARGEST));
                self.chance[k][q] = sigmoid(logit((place * SEEN).max(1e-18)) + ratio);
            }
        }
    }

    /// Beliefs on cells that are split: those of the cells that they were part of.
    pub(super) fn inherit(&mut self, parents: &[usize]) {
        for rows in [&mut self.rho, &mut self.chance] {
            rows.iter_mut().for_each(|row| *row = parents.iter().map(|&parent| row[parent]).collect());
        }
    }

    /// Entries to hold: of those that are likely or stand out of their variance, and of those that are held, the strongest.
    pub(super) fn choose(
        &self,
        grid: &Grid,
        energies: &[Vec<f64>],
        variances: &[Vec<f64>],
        most: usize,
    ) -> Vec<(usize, usize)> {
        let mut all: Vec<(usize, usize)> = (0..energies.len())
            .flat_map(|k| (0..grid.cells()).map(move |q| (k, q)))
            .filter(|&(k, q)| self.chance[k][q] > 0.5 || energies[k][q] > 10.0 * variances[k][q])
            .collect();
        all.sort_by(|a, b| energies[b.0][b.1].total_cmp(&energies[a.0][a.1]));
        all.truncate(most);
        all.sort_unstable();
        all
    }
}

/// Of `Gamma(1, 1)` against `Gamma(1, RATE)` as priors, from the mean precision.
fn likelihood_ratio(rho: f64) -> f64 {
    (-libm::log(RATE) - (1.0 - RATE) * rho).clamp(-LARGEST, LARGEST)
}

fn logit(chance: f64) -> f64 {
    libm::log(chance / (1.0 - chance))
}

fn sigmoid(value: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All eight states of a place and two users, with the likelihoods that mean precisions stand for.
    #[test]
    fn chances_are_those_of_all_states() {
        let energies = [vec![0.9, 0.2, 1e-7], vec![0.05, 0.18, 1e-4]];
        let mut support = Support::new(2, 3);
        support.update(&energies, true);
        for q in 0..3 {
            let ratios = [0, 1].map(|k| libm::exp(likelihood_ratio(support.rho[k][q])));
            let (mut all, mut active) = (0.0, [0.0; 2]);
            for state in 0..8_usize {
                let (place, sees) = (state & 1 == 1, [state & 2 != 0, state & 4 != 0]);
                let mut weight = if place { SCATTERS } else { 1.0 - SCATTERS };
                let chance = if place { SEEN } else { 0.0 };
                for (sees, ratio) in sees.into_iter().zip(ratios) {
                    weight *= if sees { chance * ratio } else { 1.0 - chance };
                }
                all += weight;
                (0..2).filter(|&k| sees[k]).for_each(|k| active[k] += weight);
            }
            for (k, active) in active.into_iter().enumerate() {
                let exact = active / all;
                assert!((support.chance[k][q] - exact).abs() < 1e-9, "{q}, {k}: {} {exact}", support.chance[k][q]);
            }
        }
    }

    #[test]
    fn alone_a_user_knows_less() {
        let energies = [vec![0.9], vec![0.13]];
        let chance = |common: bool| {
            let mut support = Support::new(2, 1);
            support.update(&energies, common);
            support.chance[1][0]
        };
        assert!(chance(true) > 2.0 * chance(false), "{} {}", chance(true), chance(false));
    }
}
