//! A drawn instance of `joint-sensing`, and how answers to it are judged.

use super::world::{LIGHT, Place, World, apart};
use super::{JointSensing, picture};
use crate::contract::{Instance, Observation, Panel, Trace, Values};
use crate::kernels::{axpy, distance, norm};
use num_complex::Complex64;
use serde_json::{Value, json};
use std::any::Any;

/// Places that an answer has room for.
pub const PLACES: usize = 24;

/// Places weaker than this share of the strongest are no answer.
pub(super) const FAINT: f64 = 0.1;

/// What is drawn, and is to be found.
pub struct Truth {
    /// p_j, metres.
    pub scatterers: Vec<Place>,
    /// u_k, metres.
    pub users: Vec<Place>,
    /// o_k, metres.
    pub offsets: Vec<f64>,
    /// h_k, N x M each.
    pub channels: Vec<Vec<Complex64>>,
    /// s_k, slot by slot.
    pub symbols: Vec<Vec<Complex64>>,
}

impl Truth {
    pub(super) fn new(
        world: &World,
        scatterers: Vec<Place>,
        users: Vec<Place>,
        offsets: Vec<f64>,
        gains: &[Vec<Complex64>],
        symbols: Vec<Vec<Complex64>>,
    ) -> Self {
        let channel = |k: usize| {
            let mut h = vec![Complex64::default(); world.subcarriers * world.antennas];
            for (&place, gain) in scatterers.iter().zip(&gains[k]) {
                let atom = world.atom(place, users[k], offsets[k]);
                for (row, delay) in h.chunks_exact_mut(world.antennas).zip(&atom.delay) {
                    axpy(gain * delay, &atom.steering, row);
                }
            }
            h
        };
        let channels = (0..users.len()).map(channel).collect();
        Self { scatterers, users, offsets, channels, symbols }
    }

    /// What is received without noise, by slot, subcarrier and antenna.
    pub(super) fn received(&self, world: &World) -> Vec<Complex64> {
        let (n, m) = (world.subcarriers, world.antennas);
        let mut y = vec![Complex64::default(); self.symbols[0].len() * m];
        for (h, symbols) in self.channels.iter().zip(&self.symbols) {
            for (i, (row, &symbol)) in y.chunks_exact_mut(m).zip(symbols).enumerate() {
                let start = i % n * m;
                axpy(symbol, &h[start..start + m], row);
            }
        }
        y
    }
}

/// `y[t, n, :] = sum_k h_k[n, :] s_k[t, n] + e`, drawn.
pub struct JointSensingInstance {
    /// Sizes and the station.
    pub world: World,
    /// y, by slot, subcarrier and antenna.
    pub received: Vec<Complex64>,
    /// Slots of pilots.
    pub pilots: usize,
    /// Slots of data.
    pub data: usize,
    /// What is reported of users' places.
    pub reported: Vec<Place>,
    /// Standard deviation of that, metres.
    pub user_spread: f64,
    /// Standard deviation of clocks, metres.
    pub clock_spread: f64,
    /// What is to be found.
    pub truth: Truth,
}

/// An answer: channels, soft symbols of all slots, and places with their strength.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// h_k, N x M each.
    pub channels: Vec<Vec<Complex64>>,
    /// E s_k, slot by slot.
    pub symbols: Vec<Vec<Complex64>>,
    /// Places, strongest first, with the energy of what comes by way of them.
    pub places: Vec<(Place, f64)>,
}

impl Answer {
    /// One vector: channels, symbols, and [`PLACES`] pairs of a place as x + jy and its strength.
    pub fn packed(&self) -> Vec<Complex64> {
        let mut all = [self.channels.concat(), self.symbols.concat()].concat();
        for i in 0..PLACES {
            let (place, strength) = self.places.get(i).copied().unwrap_or_default();
            all.extend([Complex64::new(place[0], place[1]), Complex64::from(strength)]);
        }
        all
    }
}

impl JointSensingInstance {
    pub(super) fn new(
        world: World,
        received: Vec<Complex64>,
        truth: Truth,
        reported: Vec<Place>,
        params: &JointSensing,
    ) -> Self {
        Self {
            world,
            received,
            pilots: params.pilots,
            data: params.data,
            reported,
            user_spread: params.user_error,
            // Evenly spread clocks have this deviation.
            clock_spread: params.clock_error * LIGHT / 3.0_f64.sqrt(),
            truth,
        }
    }

    /// Users, K.
    pub fn users(&self) -> usize {
        self.reported.len()
    }

    /// What user k sends at a subcarrier of a pilot slot, which is known.
    pub fn pilot(&self, k: usize, slot: usize, n: usize) -> Complex64 {
        assert!(slot < self.pilots, "only pilots are known");
        self.truth.symbols[k][slot * self.world.subcarriers + n]
    }

    /// What M antennas receive in a slot at a subcarrier.
    pub fn at(&self, slot: usize, n: usize) -> &[Complex64] {
        let start = (slot * self.world.subcarriers + n) * self.world.antennas;
        &self.received[start..start + self.world.antennas]
    }

    fn unpacked(&self, seen: &Observation<'_>) -> Option<Answer> {
        let Values::Complex(all) = &seen.estimate else { return None };
        let (channel, slots) = (self.world.subcarriers * self.world.antennas, self.truth.symbols[0].len());
        let users = self.users();
        if all.len() != users * (channel + slots) + 2 * PLACES {
            return None;
        }
        let (channels, rest) = all.split_at(users * channel);
        let (symbols, places) = rest.split_at(users * slots);
        let places = places.chunks_exact(2).map(|pair| ([pair[0].re, pair[0].im], pair[1].re));
        Some(Answer {
            channels: channels.chunks_exact(channel).map(<[_]>::to_vec).collect(),
            symbols: symbols.chunks_exact(slots).map(<[_]>::to_vec).collect(),
            places: places.filter(|place| place.1 > 0.0).collect(),
        })
    }

    /// `|h - h_true| / |h_true|` over all users; the length of h where no user sees a scatterer.
    fn channel_error(&self, answer: &Answer) -> f64 {
        let (found, truth) = (answer.channels.concat(), self.truth.channels.concat());
        let (off, size) = (distance(&found, &truth), norm(&truth));
        if size > 0.0 { off / size } else { off }
    }

    /// Share of data symbols that are decided wrongly; 0 where there are none.
    fn symbol_errors(&self, answer: &Answer) -> f64 {
        let first = self.pilots * self.world.subcarriers;
        let pairs =
            answer.symbols.iter().zip(&self.truth.symbols).flat_map(|(a, b)| a[first..].iter().zip(&b[first..]));
        let wrong = |(a, b): (&Complex64, &Complex64)| (a.re < 0.0) != (b.re < 0.0) || (a.im < 0.0) != (b.im < 0.0);
        let (mut count, mut all) = (0.0, 0.0);
        for pair in pairs {
            all += 1.0;
            count += f64::from(u8::from(wrong(pair)));
        }
        if all > 0.0 { count / all } else { 0.0 }
    }

    /// The median over scatterers of the distance to the nearest place that is not faint, metres; the side of the ground where
    /// there is none.
    fn scatterer_error(&self, answer: &Answer) -> f64 {
        let strongest = answer.places.iter().fold(0.0_f64, |most, place| most.max(place.1));
        let places: Vec<Place> =
            answer.places.iter().filter(|place| place.1 > FAINT * FAINT * strongest).map(|place| place.0).collect();
        let nearest = |&p: &Place| places.iter().map(|&q| apart(p, q)).fold(self.world.side, f64::min);
        let mut off: Vec<f64> = self.truth.scatterers.iter().map(nearest).collect();
        off.sort_by(f64::total_cmp);
        (off[(off.len() - 1) / 2] + off[off.len() / 2]) / 2.0
    }
}

impl Instance for JointSensingInstance {
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn facts(&self) -> Value {
        let (n, m, k) = (self.world.subcarriers, self.world.antennas, self.users());
        json!({
            "rows": self.received.len(),
            "cols": k * n * m,
            "size": format!("M = {m}, N = {n}, K = {k}, T = {}", self.pilots + self.data),
            "complex": true,
            "notes": [],
        })
    }

    fn panels(&self) -> Vec<Panel<'_>> {
        Vec::new()
    }

    fn observe<'a>(&'a self, seen: &Observation<'a>) -> Vec<Panel<'a>> {
        let Some(answer) = self.unpacked(seen) else { return Vec::new() };
        let first = self.pilots * self.world.subcarriers;
        vec![picture::ground(&self.world, &self.truth, &answer), picture::constellation(&answer, first)]
    }

    fn traces(&self, seen: &Observation<'_>) -> Vec<Trace> {
        let Some(answer) = self.unpacked(seen) else { return Vec::new() };
        let all = [
            ("relative_error", self.channel_error(&answer)),
            ("symbol_errors", self.symbol_errors(&answer)),
            ("scatterer_error", self.scatterer_error(&answer)),
        ];
        all.into_iter().map(|(name, value)| Trace { name, value }).collect()
    }

    fn metrics(&self, seen: &Observation<'_>) -> Vec<Trace> {
        self.traces(seen)
    }

    fn arrays(&self) -> Vec<(&'static str, (usize, usize), Values<'_>)> {
        let m = self.world.antennas;
        let channels: Vec<Complex64> = self.truth.channels.concat();
        let rows = channels.len() / m;
        vec![
            ("y", (self.received.len() / m, m), Values::lend(&self.received)),
            ("h", (rows, m), Values::give(channels)),
        ]
    }
}
