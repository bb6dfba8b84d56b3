//! The coarse stage: which cells can scatter at all, by subspaces of angles and then of delays.
//!
//! ```text
//! R   = sum_{t,n} y y^*;  E = its eigenvectors above the noise;  beams: peaks of |E^* a(theta)|^2 / M
//! z_k[n] = a(beam)^* y conj(pilot_k), in overlapping windows of N / 2;  F = eigenvectors above the noise of their covariance
//! a cell is kept where for some point of it, beam and user |E^* a|^2 / M and |F^* d(tau)|^2 / (N / 2) are above 1/2
//! ```
//!
//! MUSIC (Schmidt 1986), by what lies in the subspace of signals rather than the inverse of what does not. Windows are smoothed as in Shan,
//! Wax and Kailath (1985).

use super::grid::Grid;
use crate::kernels::{Scalar, axpy, dot};
use crate::labs::recovery::isac::JointSensingInstance;
use crate::linalg::HermitianEigen;
use num_complex::Complex64;

/// Share of an atom in the subspace of signals above which it may be one.
const ENOUGH: f64 = 0.5;

/// Eigenvalues above this many times the median of the lower half are signals.
const ABOVE_NOISE: f64 = 4.0;

/// Sines at which beams are looked for, and delays.
const SINES: usize = 257;
const DELAYS: usize = 128;

/// What the coarse stage finds.
pub(super) struct Coarse {
    /// `|E^* a|^2 / M` at sines from -1 to 1.
    pub angles: Vec<f64>,
    /// Cells that are kept.
    pub kept: Vec<usize>,
}

/// A direction, and for each user the shares of delays in its subspace, over one turn.
struct Beam {
    sine: f64,
    delays: Vec<Vec<f64>>,
}

impl Coarse {
    pub(super) fn of(instance: &JointSensingInstance, grid: &Grid) -> Self {
        let world = &instance.world;
        let slots = instance.pilots + instance.data;
        let rows =
            (0..slots * world.subcarriers).map(|i| instance.at(i / world.subcarriers, i % world.subcarriers).to_vec());
        let signals = subspace(rows, world.antennas);
        let sine = |i: usize| -1.0 + 2.0 * i as f64 / (SINES - 1) as f64;
        let angles: Vec<f64> = (0..SINES).map(|i| share(&signals, &world.steering(sine(i)))).collect();
        let peak = |&i: &usize| {
            let beside = |j: usize| angles.get(j).copied().unwrap_or(0.0);
            angles[i] > ENOUGH && angles[i] >= beside(i.wrapping_sub(1)) && angles[i] > beside(i + 1)
        };
        let beams: Vec<Beam> = (0..SINES).filter(peak).map(|i| Beam::new(instance, sine(i))).collect();
        let kept = (0..grid.cells()).filter(|&q| keeps(instance, grid, &beams, q)).collect();
        Self { angles, kept }
    }
}

impl Beam {
    fn new(instance: &JointSensingInstance, sine: f64) -> Self {
        let world = &instance.world;
        let (n, window) = (world.subcarriers, world.subcarriers / 2);
        let steering = world.steering(sine);
        let delays = (0..instance.users()).map(|k| {
            let response = |slot: usize| -> Vec<Complex64> {
                (0..n).map(|i| instance.pilot(k, slot, i).conj() * dot(&steering, instance.at(slot, i))).collect()
            };
            let heard: Vec<Vec<Complex64>> = (0..instance.pilots).map(response).collect();
            let windows = heard.iter().flat_map(|z| z.windows(window)).map(<[_]>::to_vec);
            let signals = subspace(windows, window);
            let turn = world.wraps_after();
            // A window's phases are those of the first so many subcarriers, up to one factor.
            (0..DELAYS).map(|i| share(&signals, &world.delay(turn * i as f64 / DELAYS as f64)[..window])).collect()
        });
        Self { sine, delays: delays.collect() }
    }
}

/// Whether a point of the cell lies in a beam, at a delay that some user's pilots have there.
fn keeps(instance: &JointSensingInstance, grid: &Grid, beams: &[Beam], q: usize) -> bool {
    let world = &instance.world;
    let steps = [-0.4, -0.2, 0.0, 0.2, 0.4];
    let points = steps.iter().flat_map(|i| steps.map(|j| [*i, j]));
    points.map(|step| [0, 1].map(|i| grid.centres[q][i] + step[i] * grid.sizes[q])).any(|point| {
        let sine = world.sine(point);
        let near = beams.iter().filter(|beam| (beam.sine - sine).abs() < 1.5 / world.antennas as f64);
        near.into_iter().any(|beam| {
            (0..instance.users()).any(|k| {
                let path = world.path(point, grid.users[k]);
                let slack = if k == 0 { 0.0 } else { instance.clock_spread };
                [-slack, 0.0, slack].iter().any(|off| {
                    let turns = (path + off) / world.wraps_after();
                    let place = (turns - turns.floor()) * DELAYS as f64;
                    beam.delays[k][place as usize % DELAYS] > ENOUGH
                })
            })
        })
    })
}

/// Eigenvectors of the covariance of some vectors whose eigenvalues stand out; no more than half of all.
fn subspace(vectors: impl Iterator<Item = Vec<Complex64>>, size: usize) -> Vec<Vec<Complex64>> {
    let mut columns = vec![vec![Complex64::default(); size]; size];
    for vector in vectors {
        for (column, entry) in columns.iter_mut().zip(&vector) {
            axpy(entry.conj(), &vector, column);
        }
    }
    let eigen = HermitianEigen::new(columns);
    let mut values = eigen.values;
    values.resize(size, 0.0);
    let noise = values[size - size / 4 - 1];
    let count = values.iter().take(size / 2).filter(|&&value| value > ABOVE_NOISE * noise).count();
    eigen.vectors.into_iter().take(count).collect()
}

/// `|E^* a|^2 / |a|^2`.
fn share(signals: &[Vec<Complex64>], atom: &[Complex64]) -> f64 {
    signals.iter().map(|signal| dot(signal, atom).abs_squared()).sum::<f64>() / Complex64::norm_squared(atom)
}
