//! What gains are like.

use crate::contract::Complaint;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use crate::transforms::Fft;
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::bilinear::inverse;
use super::coded::spectrum;

/// The gains d, by `id`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Gains {
    /// Modulus 1 and any phase.
    #[default]
    #[schemars(extend("x-phrase" = "of [unknown phases]"))]
    Phases,
    /// Real, and evenly spread around 1.
    #[schemars(extend("x-phrase" = "of [unknown factors] within {spread} of 1"))]
    Factors(Factors),
    /// The spectrum of a filter: echoes of echoes, or a blur with a long tail.
    #[schemars(extend("x-phrase" = "of [an unknown blur] of {taps} taps that pass {depth} on"))]
    Filter(Filter),
    /// Inverses that are known to be sums of few waves.
    #[schemars(extend("x-phrase" = "whose inverses are [sums of {waves} waves]"))]
    Waves(Waves),
}

/// Real gains.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Factors {
    /// Largest distance from 1.
    #[schemars(range(min = 0.0, max = 0.99), extend("x-step" = 0.01))]
    pub spread: f64,
}

impl Default for Factors {
    fn default() -> Self {
        Self { spread: 0.8 }
    }
}

/// The filter h with `h = 1 + a * h`, where a has a few taps and none of them is negative: what comes is passed on by a, again and again. For
/// pictures a is a square of that side. `1 / d` is the spectrum of `1 - a`, whose modulus is between 1 less and 1 more than `depth`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Filter {
    /// Taps of a along a line, or along a side; the first one is zero.
    #[schemars(range(min = 2, max = 32))]
    pub taps: usize,
    /// Sum of the taps: the share that is passed on.
    #[schemars(range(min = 0.0, max = 0.98), extend("x-step" = 0.01))]
    pub depth: f64,
}

impl Default for Filter {
    fn default() -> Self {
        Self { taps: 2, depth: 0.9 }
    }
}

/// `1 / d` is 1 and waves of the next lowest frequencies; which frequencies is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Waves {
    /// Frequencies, k, zero among them.
    #[schemars(range(min = 1, max = 64))]
    pub waves: usize,
    /// Sum of the moduli of all waves but the constant.
    #[schemars(range(min = 0.0, max = 0.98), extend("x-step" = 0.01))]
    pub depth: f64,
}

impl Default for Waves {
    fn default() -> Self {
        Self { waves: 4, depth: 0.8 }
    }
}

impl Gains {
    /// d for `m` sensors, or for the pixels of a square of that side, and B where it is known.
    ///
    /// # Errors
    /// When there are more taps or waves than sensors.
    pub(super) fn draw(
        &self,
        m: usize,
        side: Option<usize>,
        seed: u64,
    ) -> Result<(Vec<Complex64>, Option<Dense<Complex64>>), Complaint> {
        let mut random = Random::new(seed, Stream::Targets);
        match self {
            Gains::Phases => Ok(((0..m).map(|_| random.phase()).collect(), None)),
            Gains::Factors(Factors { spread }) => {
                let factor = |_| Complex64::from(1.0 + spread * (2.0 * random.uniform() - 1.0));
                Ok(((0..m).map(factor).collect(), None))
            }
            Gains::Filter(filter) => Ok((filter.spectrum(m, side, &mut random)?, None)),
            Gains::Waves(waves) => {
                let (s, basis) = waves.inverses(m, &mut random)?;
                Ok((inverse(&s), Some(basis)))
            }
        }
    }
}

impl Filter {
    fn spectrum(&self, m: usize, side: Option<usize>, random: &mut Random) -> Result<Vec<Complex64>, Complaint> {
        fits("taps", self.taps, side.unwrap_or(m))?;
        let rows = if side.is_some() { self.taps } else { 1 };
        let mut taps: Vec<f64> = (0..rows * self.taps).map(|_| 0.2 + random.uniform()).collect();
        taps[0] = 0.0;
        let rest: f64 = taps.iter().sum();
        // 1 - a, and its spectrum.
        let mut h = vec![Complex64::default(); m];
        for (i, tap) in taps.iter().enumerate() {
            let place = i / self.taps * side.unwrap_or(0) + i % self.taps;
            h[place] = Complex64::from(-self.depth * tap / rest);
        }
        h[0] = Complex64::from(1.0);
        match side {
            Some(side) => {
                spectrum(&Fft::new(side), &mut h);
                h.iter_mut().for_each(|d| *d *= side as f64);
            }
            None => Fft::new(m).forward(&mut h),
        }
        Ok(inverse(&h))
    }
}

impl Waves {
    fn inverses(&self, m: usize, random: &mut Random) -> Result<(Vec<Complex64>, Dense<Complex64>), Complaint> {
        fits("waves", self.waves, m)?;
        let plan = Fft::new(m);
        let size = (m as f64).sqrt();
        let entries = (0..self.waves).flat_map(|k| (0..m).map(move |i| (i, k)));
        let basis = Dense::from_columns(m, self.waves, entries.map(|(i, k)| plan.entry(i, k) / size).collect());
        let weights: Vec<f64> = (1..self.waves).map(|_| 0.2 + random.uniform()).collect();
        let rest: f64 = weights.iter().sum();
        let mut s = vec![Complex64::from(1.0); m];
        for (k, weight) in weights.iter().enumerate() {
            let turned: Complex64 = random.phase();
            let height = turned * (self.depth * weight / rest * size);
            crate::kernels::axpy(height, basis.column_slice(k + 1), &mut s);
        }
        Ok((s, basis))
    }
}

fn fits(field: &'static str, count: usize, most: usize) -> Result<(), Complaint> {
    if count <= most {
        return Ok(());
    }
    Err(Complaint::new(field, format!("goes up to {most} here, not {count}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{distance, dot};
    use crate::operators::LinearOperator;

    #[test]
    fn moduli_keep_their_bounds() {
        for gains in [Gains::Filter(Filter::default()), Gains::Filter(Filter { taps: 2, depth: 0.5 })] {
            let Gains::Filter(Filter { depth, .. }) = gains else { unreachable!() };
            for (m, side) in [(12, None), (36, Some(6))] {
                let (d, basis) = gains.draw(m, side, 3).unwrap();
                assert!(basis.is_none());
                // No tap is negative, so they add up at frequency zero.
                assert!((1.0 / d[0] - (1.0 - depth)).norm() < 1e-12, "{}", d[0]);
                let within = |d: &Complex64| (1.0 / d.norm() - 1.0).abs() < depth + 1e-12;
                assert!(d.iter().all(within));
            }
        }
        assert!(Gains::Filter(Filter { taps: 7, depth: 0.5 }).draw(36, Some(6), 0).is_err());
    }

    #[test]
    fn inverses_of_waves_lie_in_the_basis() {
        let (d, basis) = Gains::Waves(Waves::default()).draw(20, None, 1).unwrap();
        let (basis, s) = (basis.unwrap(), inverse(&d));
        let (mut v, mut again) = (vec![Complex64::default(); 4], s.clone());
        basis.adjoint(&s, &mut v);
        basis.apply(&v, &mut again);
        assert!(distance(&s, &again) < 1e-12 && dot(&s, &s).re > 1.0);
    }
}
