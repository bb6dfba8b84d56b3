//! A radio link by way of a reflecting surface.

use super::Drawn;
use crate::contract::Complaint;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// The channel from a phone to a surface of reflecting elements and on to a base station.
///
/// All three have elements in a line, half a wavelength apart, and see R angles of sine `psi_i = -1 + 2 i / R` as
/// `e^{j pi q psi_i} / sqrt Q` in element q. From the phone one path leaves at one angle; a cluster of L neighbouring
/// angles arrives at the surface, one angle leaves it, and L neighbouring angles arrive at the base station. In block t
/// the elements of the surface turn the signs of what they reflect by `theta_t`, so that
///
/// ```text
/// Y_t = H_bs diag(theta_t) H_phone X + E,   vec Y = (Phi (x) X^T conj A_phone (x) A_bs) (x_surface (x) x_phone (x) x_bs) + e
/// Phi[t, d] = (1 / Q) sum_q theta_t[q] e^{2 j pi q d / R}
/// ```
///
/// where index d of `x_surface` is the difference, modulo R, between an arriving angle and the leaving one: the surface
/// itself cannot tell more. X has random phases of four values, theta random signs.
///
/// He and Joseph, "Bayesian algorithms for Kronecker-structured sparse vector recovery with application to IRS-MIMO
/// channel estimation" (2023), section V.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Link {
    /// Angles of each array's grid, R.
    #[schemars(range(min = 2, max = 20))]
    pub angles: usize,
    /// Neighbouring angles of a cluster, L.
    #[schemars(range(min = 1, max = 20))]
    pub spread: usize,
    /// Settings of the surface, one a block of pilots.
    #[schemars(range(min = 1, max = 16))]
    pub settings: usize,
    /// Pilots that the phone sends in a block, columns of X.
    #[schemars(range(min = 1, max = 16))]
    pub pilots: usize,
    /// Antennas of the base station.
    #[schemars(range(min = 1, max = 32))]
    pub antennas: usize,
    /// Antennas of the phone.
    #[schemars(range(min = 1, max = 32))]
    pub phone: usize,
    /// Elements of the surface.
    #[schemars(range(min = 1, max = 1024), extend("x-scale" = "log"))]
    pub elements: usize,
}

impl Default for Link {
    fn default() -> Self {
        Self { angles: 18, spread: 3, settings: 6, pilots: 3, antennas: 16, phone: 6, elements: 256 }
    }
}

impl Link {
    /// `e^{j pi q psi_i} / sqrt Q` for the angle i.
    fn atom(&self, q: usize, i: usize, size: usize) -> Complex64 {
        let sine = -1.0 + 2.0 * i as f64 / self.angles as f64;
        turn(PI * q as f64 * sine) / (size as f64).sqrt()
    }

    pub(super) fn draw(&self, seed: u64) -> Result<Drawn, Complaint> {
        if self.spread > self.angles {
            let message = format!("goes up to the number of angles, {}, not {}", self.angles, self.spread);
            return Err(Complaint::new("spread", message));
        }
        let mut random = Random::new(seed, Stream::Matrix);
        let factors = vec![self.surface(&mut random), self.pilots(&mut random), self.station()];
        let mut random = Random::new(seed, Stream::Support);
        let (leaves, sent, arrives) =
            (random.below(self.angles), random.below(self.angles), random.below(self.angles - self.spread + 1));
        // The first arriving angle at the surface, less the leaving one: where its cluster starts among differences.
        let turned = (random.below(self.angles - self.spread + 1) + self.angles - leaves) % self.angles;
        let cluster = |start: usize| (start..start + self.spread).map(|i| i % self.angles).collect::<Vec<_>>();
        let mut supports = vec![cluster(turned), vec![sent], cluster(arrives)];
        let mut random = Random::new(seed, Stream::Amplitudes);
        let paths: Vec<Vec<Complex64>> = supports
            .iter()
            .map(|places| {
                let mut path = vec![Complex64::default(); self.angles];
                let gain = 1.0 / (places.len() as f64).sqrt();
                places.iter().for_each(|&i| path[i] = random.normal_scalar::<Complex64>() * gain);
                path
            })
            .collect();
        supports.iter_mut().for_each(|places| places.sort_unstable());
        let truth = product(&paths, ((self.phone * self.antennas) as f64).sqrt() * self.elements as f64);
        Ok(Drawn { factors, truth, supports, blocky: [true, false, true], angles: true })
    }

    /// `Phi`.
    fn surface(&self, random: &mut Random) -> Dense<Complex64> {
        let signs: Vec<Vec<f64>> =
            (0..self.settings).map(|_| (0..self.elements).map(|_| random.sign()).collect()).collect();
        let entry = |t: usize, d: usize| {
            // Angles in whole turns first, which keeps them exact for large surfaces.
            let angle = |q: usize| 2.0 * PI * ((q * d) % self.angles) as f64 / self.angles as f64;
            let sum: Complex64 = signs[t].iter().enumerate().map(|(q, &sign)| turn(angle(q)) * sign).sum();
            sum / self.elements as f64
        };
        let entries = (0..self.angles).flat_map(|d| (0..self.settings).map(move |t| (t, d)));
        Dense::from_columns(self.settings, self.angles, entries.map(|(t, d)| entry(t, d)).collect())
    }

    /// `X^T conj A_phone`.
    fn pilots(&self, random: &mut Random) -> Dense<Complex64> {
        let phases = [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)].map(|(re, im)| Complex64::new(re, im));
        let size = (2.0 * self.phone as f64).sqrt();
        let sent: Vec<Complex64> = (0..self.phone * self.pilots).map(|_| phases[random.below(4)] / size).collect();
        let entry = |p: usize, i: usize| -> Complex64 {
            (0..self.phone).map(|q| sent[p * self.phone + q] * self.atom(q, i, self.phone).conj()).sum()
        };
        let entries = (0..self.angles).flat_map(|i| (0..self.pilots).map(move |p| (p, i)));
        Dense::from_columns(self.pilots, self.angles, entries.map(|(p, i)| entry(p, i)).collect())
    }

    /// `A_bs`.
    fn station(&self) -> Dense<Complex64> {
        let entries = (0..self.angles).flat_map(|i| (0..self.antennas).map(move |q| (q, i)));
        let atoms = entries.map(|(q, i)| self.atom(q, i, self.antennas)).collect();
        Dense::from_columns(self.antennas, self.angles, atoms)
    }
}

/// `e^{j angle}`.
fn turn(angle: f64) -> Complex64 {
    let (sin, cos) = libm::sincos(angle);
    Complex64::new(cos, sin)
}

/// `scale a (x) b (x) c`.
fn product(paths: &[Vec<Complex64>], scale: f64) -> Vec<Complex64> {
    let start = vec![Complex64::from(scale)];
    paths
        .iter()
        .fold(start, |array, path| array.iter().flat_map(|&left| path.iter().map(move |&right| left * right)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::{KroneckerProduct, LinearOperator};

    /// The received signals by way of both channels, element by element, from the same draws.
    #[test]
    fn the_product_of_three_is_what_the_station_receives() {
        let link = Link { angles: 5, spread: 2, settings: 3, pilots: 2, antennas: 4, phone: 3, elements: 7 };
        let drawn = link.draw(9).unwrap();
        let mut random = Random::new(9, Stream::Matrix);
        let signs: Vec<Vec<f64>> = (0..3).map(|_| (0..7).map(|_| random.sign()).collect()).collect();
        let phases = [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)].map(|(re, im)| Complex64::new(re, im));
        let sent: Vec<Complex64> = (0..6).map(|_| phases[random.below(4)] / 6.0_f64.sqrt()).collect();
        // Any leaving angle will do, with arriving ones that differ from it as the first index says.
        let leaves = 3;
        let mut random = Random::new(4, Stream::Probe);
        let [turned, own, arriving]: [Vec<Complex64>; 3] =
            [(); 3].map(|()| (0..5).map(|_| random.normal_scalar()).collect());
        let atoms = |path: &dyn Fn(usize) -> Complex64, q: usize, size: usize| -> Complex64 {
            (0..5).map(|i| path(i) * link.atom(q, i, size)).sum()
        };
        let mut expected = Vec::new();
        for sign in &signs {
            for p in 0..2 {
                let from_phone: Complex64 =
                    (0..3).map(|q| atoms(&|i| own[i].conj(), q, 3).conj() * sent[p * 3 + q]).sum();
                let surface: Complex64 = (0..7)
                    .map(|q| atoms(&|i| turned[(i + 5 - leaves) % 5], q, 7) * link.atom(q, leaves, 7).conj() * sign[q])
                    .sum();
                expected.extend((0..4).map(|b| atoms(&|i| arriving[i], b, 4) * surface * from_phone));
            }
        }
        let x = product(&[turned.clone(), own.clone(), arriving.clone()], 1.0);
        let mut received = vec![Complex64::default(); 24];
        KroneckerProduct::new(drawn.factors).apply(&x, &mut received);
        assert!(crate::kernels::distance(&received, &expected) < 1e-12 * crate::kernels::norm(&expected));
    }
}
