//! The channel given symbols: Gaussian on a few entries, and one number at a time elsewhere.

use super::grid::Grid;
use crate::kernels::{Scalar, axpy, dot};
use crate::labs::recovery::isac::{JointSensingInstance, Place};
use crate::linalg::Cholesky;
use num_complex::Complex64;

/// What is known of symbols, and what was received, summed over slots.
pub(in crate::labs::recovery) struct Sums {
    /// `B_k[n, m] = sum_t conj(E s_k) y`.
    pub received: Vec<Vec<Complex64>>,
    /// `c_kl[n] = sum_t E[conj(s_k) s_l]`, by k and l.
    pub products: Vec<Vec<Vec<Complex64>>>,
    /// Slots that are summed, T.
    pub slots: usize,
}

/// The posterior on the active entries.
#[derive(Clone, Default)]
pub(in crate::labs::recovery) struct Posterior {
    /// Active entries, as user and cell.
    pub active: Vec<(usize, usize)>,
    pub means: Vec<Complex64>,
    /// Covariance, column by column.
    pub covariance: Vec<Vec<Complex64>>,
    /// `b^* C b gamma^2`: by how much the entries raise the log-likelihood.
    pub gain: f64,
}

/// `phi_1^* (c . phi_2)`: the product of two atoms weighted along subcarriers.
fn overlap(grid: &Grid, products: &[Complex64], (k, q): (usize, usize), (l, r): (usize, usize)) -> Complex64 {
    let along = grid.delays[k][q].iter().zip(&grid.delays[l][r]).zip(products);
    let delay: Complex64 = along.map(|((a, b), c)| a.conj() * b * c).sum();
    delay * dot(&grid.steering[q], &grid.steering[r])
}

/// `phi^* g` for a field of N x M.
pub(in crate::labs::recovery) fn correlate(grid: &Grid, field: &[Complex64], k: usize, q: usize) -> Complex64 {
    let steering = &grid.steering[q];
    field
        .chunks_exact(steering.len())
        .zip(&grid.delays[k][q])
        .map(|(row, delay)| delay.conj() * dot(steering, row))
        .sum()
}

/// The system of the active entries factorised, and `b`.
fn system(
    grid: &Grid,
    sums: &Sums,
    active: &[(usize, usize)],
    rho: &[Vec<f64>],
    gamma: f64,
) -> Option<(Cholesky<Complex64>, Vec<Complex64>)> {
    let entry = |i: usize, j: usize| {
        let ((k, q), (l, r)) = (active[i], active[j]);
        let product = overlap(grid, &sums.products[k][l], (k, q), (l, r)) * gamma;
        if i == j { product + rho[k][q] } else { product }
    };
    let factor = Cholesky::new(active.len(), entry).ok()?;
    let b = active.iter().map(|&(k, q)| correlate(grid, &sums.received[k], k, q) * gamma).collect();
    Some((factor, b))
}

/// `gamma^2 b^* C b` without anything else.
pub(in crate::labs::recovery) fn gain(
    grid: &Grid,
    sums: &Sums,
    active: &[(usize, usize)],
    rho: &[Vec<f64>],
    gamma: f64,
) -> Option<f64> {
    let (factor, mut b) = system(grid, sums, active, rho, gamma)?;
    factor.forward(&mut b);
    Some(Complex64::norm_squared(&b))
}

impl Posterior {
    /// `C = (diag rho + gamma W)^{-1}` and `mu = gamma C b` on the active entries: O(|Z|^3), and O(|Z|^2 (N + M)) for W.
    pub(in crate::labs::recovery) fn solve(
        grid: &Grid,
        sums: &Sums,
        active: Vec<(usize, usize)>,
        rho: &[Vec<f64>],
        gamma: f64,
    ) -> Option<Self> {
        let (factor, b) = system(grid, sums, &active, rho, gamma)?;
        let mut means = b.clone();
        factor.solve(&mut means);
        let covariance = (0..active.len())
            .map(|j| {
                let mut column = vec![Complex64::default(); active.len()];
                column[j] = Complex64::from(1.0);
                factor.solve(&mut column);
                column
            })
            .collect();
        let gain = dot(&b, &means).re;
        Some(Self { active, means, covariance, gain })
    }

    /// Places by the energy of what comes by way of them, strongest first.
    pub(in crate::labs::recovery) fn places(&self, grid: &Grid) -> Vec<(Place, f64)> {
        let mut energy = vec![0.0; grid.cells()];
        for (&(_, q), mean) in self.active.iter().zip(&self.means) {
            energy[q] += mean.abs_squared();
        }
        let mut places: Vec<(Place, f64)> =
            grid.places.iter().copied().zip(energy).filter(|place| place.1 > 0.0).collect();
        places.sort_by(|a, b| b.1.total_cmp(&a.1));
        places
    }

    /// Mean channels, N x M each.
    pub(in crate::labs::recovery) fn channels(&self, grid: &Grid, users: usize) -> Vec<Vec<Complex64>> {
        let (n, m) = (grid.world.subcarriers, grid.world.antennas);
        let mut channels = vec![vec![Complex64::default(); n * m]; users];
        for (&(k, q), &mean) in self.active.iter().zip(&self.means) {
            for (row, delay) in channels[k].chunks_exact_mut(m).zip(&grid.delays[k][q]) {
                axpy(mean * delay, &grid.steering[q], row);
            }
        }
        channels
    }

    /// Variance of a user's channel at each subcarrier, summed over antennas.
    pub(in crate::labs::recovery) fn spread(&self, grid: &Grid, user: usize) -> Vec<f64> {
        let own: Vec<usize> = (0..self.active.len()).filter(|&i| self.active[i].0 == user).collect();
        let mut spread = vec![0.0; grid.world.subcarriers];
        for &i in &own {
            for &j in &own {
                let (q, r) = (self.active[i].1, self.active[j].1);
                let shared = self.covariance[j][i] * dot(&grid.steering[r], &grid.steering[q]);
                let phases = grid.delays[user][q].iter().zip(&grid.delays[user][r]);
                spread.iter_mut().zip(phases).for_each(|(sum, (a, b))| *sum += (shared * a * b.conj()).re);
            }
        }
        spread.iter_mut().for_each(|spread| *spread = spread.max(0.0));
        spread
    }

    /// `tr(C W)`.
    pub(in crate::labs::recovery) fn fitted(&self, rho: &[Vec<f64>], gamma: f64) -> f64 {
        let prior = self.active.iter().enumerate().map(|(i, &(k, q))| self.covariance[i][i].re * rho[k][q]);
        (self.active.len() as f64 - prior.sum::<f64>()).max(0.0) / gamma
    }
}

impl Sums {
    /// Over the first slots, with soft symbols by user, slot by slot.
    pub(in crate::labs::recovery) fn over(
        instance: &JointSensingInstance,
        soft: &[Vec<Complex64>],
        slots: usize,
    ) -> Self {
        let (n, m, users) = (instance.world.subcarriers, instance.world.antennas, soft.len());
        let mut received = vec![vec![Complex64::default(); n * m]; users];
        let mut products = vec![vec![vec![Complex64::default(); n]; users]; users];
        for i in 0..slots * n {
            let (slot, place) = (i / n, i % n);
            for (k, symbols) in soft.iter().enumerate() {
                let own = symbols[i].conj();
                axpy(own, instance.at(slot, place), &mut received[k][place * m..(place + 1) * m]);
                for (l, others) in soft.iter().enumerate() {
                    // Symbols have modulus 1, whichever they are.
                    products[k][l][place] += if k == l { Complex64::from(1.0) } else { own * others[i] };
                }
            }
        }
        Self { received, products, slots }
    }

    /// What no entry explains yet, for each user: `B_k - sum_l c_kl h_l`.
    pub(in crate::labs::recovery) fn unexplained(
        &self,
        channels: &[Vec<Complex64>],
        antennas: usize,
    ) -> Vec<Vec<Complex64>> {
        let mut left = self.received.clone();
        for (k, left) in left.iter_mut().enumerate() {
            for (l, channel) in channels.iter().enumerate() {
                let rows = left.chunks_exact_mut(antennas).zip(channel.chunks_exact(antennas));
                for ((left, row), &c) in rows.zip(&self.products[k][l]) {
                    axpy(-c, row, left);
                }
            }
        }
        left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::recovery::isac::{JointSensing, draw};
    use crate::linalg::HermitianEigen;
    use crate::signals::random::{Random, Stream};

    type Small = (JointSensingInstance, Grid, Vec<Vec<Complex64>>, Vec<(usize, usize)>);

    /// A small scene with soft symbols, and some entries.
    fn small() -> Small {
        let params = JointSensing { antennas: 4, subcarriers: 8, pilots: 1, data: 2, ..JointSensing::default() };
        let instance = draw(&params, 2);
        let grid = Grid::square(&instance.world, 4, instance.reported.clone());
        let mut random = Random::new(1, Stream::Probe);
        let soft = (0..2).map(|_| (0..24).map(|_| random.normal_scalar::<Complex64>() * 0.5).collect()).collect();
        (instance, grid, soft, vec![(0, 3), (0, 6), (1, 3), (1, 9), (1, 10)])
    }

    /// The matrix of all entries over all measurements, for symbols that are known, written out.
    fn written_out(
        instance: &JointSensingInstance,
        grid: &Grid,
        soft: &[Vec<Complex64>],
        active: &[(usize, usize)],
    ) -> Vec<Vec<Complex64>> {
        let column = |&(k, q): &(usize, usize)| {
            let atom = instance.world.atom(grid.places[q], grid.users[k], grid.offsets[k]);
            let rows = (0..24).flat_map(|i| atom.steering.iter().map(move |a| (i, *a)));
            rows.map(|(i, a)| soft[k][i] * atom.delay[i % 8] * a).collect()
        };
        active.iter().map(column).collect()
    }

    #[test]
    fn the_posterior_is_that_of_the_matrix_written_out() {
        let (instance, grid, mut soft, active) = small();
        // Symbols of modulus 1, as sums take squares for 1.
        soft.iter_mut().flatten().for_each(|s| *s /= s.norm());
        let (gamma, rho) = (3.0, vec![vec![0.5; 16], vec![2.0; 16]]);
        let sums = Sums::over(&instance, &soft, 3);
        let seen = Posterior::solve(&grid, &sums, active.clone(), &rho, gamma).unwrap();
        let columns = written_out(&instance, &grid, &soft, &active);
        // The normal equations hold, and the covariance is an inverse.
        let mut left = instance.received.clone();
        columns.iter().zip(&seen.means).for_each(|(column, &mean)| axpy(-mean, column, &mut left));
        let entry = |i: usize, j: usize| {
            let prior = if i == j { rho[active[i].0][active[i].1] } else { 0.0 };
            dot(&columns[i], &columns[j]) * gamma + prior
        };
        for (i, column) in columns.iter().enumerate() {
            let slope = dot(column, &left) * gamma - seen.means[i] * rho[active[i].0][active[i].1];
            assert!(slope.norm() < 1e-9, "{slope}");
            for j in 0..active.len() {
                let one: Complex64 = (0..active.len()).map(|l| entry(i, l) * seen.covariance[j][l]).sum();
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((one - expected).norm() < 1e-9);
            }
        }
        let trace: f64 = (0..active.len())
            .flat_map(|i| (0..active.len()).map(move |j| (i, j)))
            .map(|(i, j)| (seen.covariance[j][i] * dot(&columns[j], &columns[i])).re)
            .sum();
        assert!((seen.fitted(&rho, gamma) - trace).abs() < 1e-9);
        // Entries of one user only, at one subcarrier: the trace of its part of the covariance.
        let spread = seen.spread(&grid, 0);
        let direct = |n: usize| -> f64 {
            let at = |q: usize, m: usize| grid.delays[0][q][n] * grid.steering[q][m];
            let pairs = (0..2).flat_map(|i| (0..2).map(move |j| (i, j)));
            pairs
                .map(|(i, j)| {
                    let (q, r) = (active[i].1, active[j].1);
                    (0..4).map(|m| (at(q, m) * seen.covariance[j][i] * at(r, m).conj()).re).sum::<f64>()
                })
                .sum()
        };
        assert!((0..8).all(|n| (spread[n] - direct(n)).abs() < 1e-10));
        assert!(HermitianEigen::new(seen.covariance.clone()).values.iter().all(|&value| value > 0.0));
    }

    #[test]
    fn what_is_unexplained_is_what_correlates_with_the_residual() {
        let (instance, grid, mut soft, active) = small();
        soft.iter_mut().flatten().for_each(|s| *s /= s.norm());
        let sums = Sums::over(&instance, &soft, 3);
        let rho = vec![vec![1.0; 16]; 2];
        let seen = Posterior::solve(&grid, &sums, active.clone(), &rho, 1.0).unwrap();
        let left = sums.unexplained(&seen.channels(&grid, 2), 4);
        let columns = written_out(&instance, &grid, &soft, &active);
        let mut residual = instance.received.clone();
        columns.iter().zip(&seen.means).for_each(|(column, &mean)| axpy(-mean, column, &mut residual));
        for probe in [(0, 1), (1, 14), (1, 9)] {
            let column = &written_out(&instance, &grid, &soft, &[probe])[0];
            let (fast, slow) = (correlate(&grid, &left[probe.0], probe.0, probe.1), dot(column, &residual));
            assert!((fast - slow).norm() < 1e-9, "{fast} {slow}");
        }
    }
}
