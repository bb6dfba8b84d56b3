//! Noise on measurements: errors that are added, and what detectors do to numbers.

use super::random::{Random, Stream};
use crate::kernels::{Scalar, norm, norm_inf, subtract};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happens to `A x` before it is seen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Noise {
    /// Nothing: measurements are exact.
    #[schemars(extend("x-phrase" = "[without noise]"))]
    #[default]
    None,
    /// Independent normal errors.
    #[schemars(extend("x-phrase" = "[with noise] at {snr_db}"))]
    Gaussian(GaussianNoise),
    /// A few gross errors.
    #[schemars(extend("x-phrase" = "[with outliers] in {fraction} of them"))]
    Outliers(Outliers),
    /// Independent errors by Laplace's law: small ones and large ones are frequent.
    #[schemars(extend("x-phrase" = "[with Laplace noise] at {snr_db}", "x-label" = "Laplace"))]
    Laplace(LaplaceNoise),
    /// Independent errors with heavy tails.
    #[schemars(extend("x-phrase" = "[with Student noise] at {snr_db}", "x-label" = "Student's t"))]
    StudentT(StudentNoise),
    /// Counts of particles.
    #[schemars(extend("x-phrase" = "[counted] at {counts} on average", "x-label" = "Poisson"))]
    Poisson(PoissonNoise),
    /// A few bits a number.
    #[schemars(extend("x-phrase" = "[quantised] to {bits} bits"))]
    Quantisation(Quantisation),
    /// Large numbers cut off.
    #[schemars(extend("x-phrase" = "[clipped] at {level} of the largest"))]
    Clipping(Clipping),
    /// Some measurements lost, and known to be.
    #[schemars(extend("x-phrase" = "[with gaps] in {fraction} of them"))]
    Missing(Missing),
}

/// Independent normal errors of one variance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct GaussianNoise {
    /// Signal-to-noise ratio: `20 log10(|A x| / |e|)`, attained exactly.
    #[schemars(range(min = -20.0, max = 200.0), extend("x-unit" = "dB", "x-step" = 1))]
    pub snr_db: f64,
}

impl Default for GaussianNoise {
    fn default() -> Self {
        Self { snr_db: 30.0 }
    }
}

/// Gross errors in a fraction of the measurements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Outliers {
    /// Fraction of the measurements that are hit.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.01))]
    pub fraction: f64,
    /// Standard deviation of an outlier, in units of the measurements' root mean square.
    #[schemars(range(min = 0.0, max = 1e6), extend("x-scale" = "log"))]
    pub scale: f64,
    /// Independent normal errors on all measurements besides, at this signal-to-noise ratio; none where it is left out.
    #[schemars(range(min = -20.0, max = 200.0), extend("x-unit" = "dB", "x-step" = 1))]
    pub snr_db: Option<f64>,
}

impl Default for Outliers {
    fn default() -> Self {
        Self { fraction: 0.05, scale: 10.0, snr_db: None }
    }
}

/// Independent errors by Laplace's law, whose density falls as `exp(-sqrt 2 |e| / sigma)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LaplaceNoise {
    /// Signal-to-noise ratio: `20 log10(|A x| / |e|)`, attained exactly.
    #[schemars(range(min = -20.0, max = 200.0), extend("x-unit" = "dB", "x-step" = 1))]
    pub snr_db: f64,
}

impl Default for LaplaceNoise {
    fn default() -> Self {
        Self { snr_db: 30.0 }
    }
}

/// Independent errors by Student's law.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct StudentNoise {
    /// Signal-to-noise ratio: `20 log10(|A x| / |e|)`, attained exactly.
    #[schemars(range(min = -20.0, max = 200.0), extend("x-unit" = "dB", "x-step" = 1))]
    pub snr_db: f64,
    /// Degrees of freedom: 1 is Cauchy's law, many are normal.
    #[schemars(range(min = 0.5, max = 100.0), extend("x-scale" = "log"))]
    pub freedom: f64,
}

impl Default for StudentNoise {
    fn default() -> Self {
        Self { snr_db: 30.0, freedom: 3.0 }
    }
}

/// Moduli become Poisson counts, in units in which they are `counts` on average; signs and phases stay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PoissonNoise {
    /// Average count of a measurement.
    #[schemars(range(min = 0.01, max = 1e9), extend("x-scale" = "log"))]
    pub counts: f64,
}

impl Default for PoissonNoise {
    fn default() -> Self {
        Self { counts: 100.0 }
    }
}

/// A uniform mid-rise quantiser of `2^bits` levels over the range of the measurements, of each part where they are
/// complex. One bit leaves signs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Quantisation {
    /// Bits a number.
    #[schemars(range(min = 1, max = 24))]
    pub bits: u32,
}

impl Default for Quantisation {
    fn default() -> Self {
        Self { bits: 4 }
    }
}

/// Moduli above a level are cut off at it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Clipping {
    /// The level, as a fraction of the largest modulus.
    #[schemars(range(min = 0.01, max = 1.0), extend("x-step" = 0.01))]
    pub level: f64,
}

impl Default for Clipping {
    fn default() -> Self {
        Self { level: 0.5 }
    }
}

/// A fraction of the measurements is lost: their rows are taken away. One at least stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Missing {
    /// Fraction of the measurements that are lost.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.01))]
    pub fraction: f64,
}

impl Default for Missing {
    fn default() -> Self {
        Self { fraction: 0.2 }
    }
}

impl Noise {
    /// The measurements that are not lost, ascending, out of `m`.
    pub fn kept(&self, m: usize, seed: u64) -> Vec<usize> {
        let Noise::Missing(Missing { fraction }) = self else {
            return (0..m).collect();
        };
        let lost = ((fraction * m as f64).round() as usize).min(m - 1);
        Random::new(seed, Stream::Outliers).subset(m, m - lost)
    }

    /// Does to `measurements` what noise does, but for losing some, and returns the Euclidean norm of the error.
    pub fn add_to<S: Scalar>(&self, measurements: &mut [S], seed: u64) -> f64 {
        if matches!(self, Noise::None | Noise::Missing(_)) {
            return 0.0;
        }
        let error = self.error(measurements, seed);
        S::axpy(S::from_real(1.0), &error, measurements);
        norm(&error)
    }

    /// What is added to the measurements.
    fn error<S: Scalar>(&self, clean: &[S], seed: u64) -> Vec<S> {
        let m = clean.len();
        let mut random = Random::new(seed, Stream::Noise);
        match self {
            Noise::None | Noise::Missing(_) => vec![S::zero(); m],
            Noise::Gaussian(noise) => {
                let draw = (0..m).map(|_| random.normal_scalar()).collect();
                at_ratio(draw, norm(clean), noise.snr_db)
            }
            Noise::Laplace(noise) => {
                let mut part = || random.laplace();
                let draw = (0..m).map(|_| laplace_scalar(&mut part)).collect();
                at_ratio(draw, norm(clean), noise.snr_db)
            }
            Noise::StudentT(noise) => {
                let draw = (0..m).map(|_| random.student_scalar(noise.freedom)).collect();
                at_ratio(draw, norm(clean), noise.snr_db)
            }
            Noise::Outliers(noise) => {
                let mut random = Random::new(seed, Stream::Outliers);
                let scale = noise.scale * norm(clean) / (m.max(1) as f64).sqrt();
                let mut error = match noise.snr_db {
                    Some(snr_db) => Noise::Gaussian(GaussianNoise { snr_db }).error(clean, seed),
                    None => vec![S::zero(); m],
                };
                for i in random.subset(m, (noise.fraction * m as f64).round() as usize) {
                    error[i] += random.normal_scalar::<S>() * scale;
                }
                error
            }
            Noise::Poisson(noise) => {
                let mean = clean.iter().map(|y| y.abs()).sum::<f64>() / m.max(1) as f64;
                let unit = mean / noise.counts;
                let counted = |y: S| y.sign() * (unit * random.poisson(y.abs() / unit));
                if unit > 0.0 && unit.is_finite() { replaced(clean, counted) } else { vec![S::zero(); m] }
            }
            Noise::Quantisation(noise) => {
                let largest = clean.iter().map(|y| y.re().abs().max(y.im().abs())).fold(0.0, f64::max);
                let step = 2.0 * largest / f64::from(1_u32 << noise.bits);
                let edge = largest - 0.5 * step;
                let level = |part: f64| (step * ((part / step).floor() + 0.5)).clamp(-edge, edge);
                let quantised = |y: S| S::from_parts(level(y.re()), level(y.im()));
                if step > 0.0 && step.is_finite() { replaced(clean, quantised) } else { vec![S::zero(); m] }
            }
            Noise::Clipping(noise) => {
                let level = noise.level * norm_inf(clean);
                replaced(clean, |y: S| if y.abs() > level { y.sign() * level } else { y })
            }
        }
    }
}

/// A draw, scaled so that it lies `snr_db` below `size`.
fn at_ratio<S: Scalar>(draw: Vec<S>, size: f64, snr_db: f64) -> Vec<S> {
    let own = norm(&draw);
    let wanted = size * libm::exp10(-snr_db / 20.0);
    let scale = if own > 0.0 { wanted / own } else { 0.0 };
    draw.into_iter().map(|e| e * scale).collect()
}

/// Laplace's law in each part.
fn laplace_scalar<S: Scalar>(part: &mut impl FnMut() -> f64) -> S {
    let re = part();
    if S::COMPLEX { S::from_parts(re, part()) } else { S::from_real(re) }
}

/// The error of seeing each measurement as something else.
fn replaced<S: Scalar>(clean: &[S], seen: impl FnMut(S) -> S) -> Vec<S> {
    let seen: Vec<S> = clean.iter().copied().map(seen).collect();
    let mut error = vec![S::zero(); clean.len()];
    subtract(&seen, clean, &mut error);
    error
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    fn seen(noise: &Noise, clean: &[f64]) -> Vec<f64> {
        let mut y = clean.to_vec();
        noise.add_to(&mut y, 3);
        y
    }

    #[test]
    fn ratios_are_attained() {
        let clean: Vec<f64> = (1..200).map(f64::from).collect();
        let snr_db = 17.0;
        for noise in [
            Noise::Gaussian(GaussianNoise { snr_db }),
            Noise::Laplace(LaplaceNoise { snr_db }),
            Noise::StudentT(StudentNoise { snr_db, freedom: 1.0 }),
        ] {
            let mut y = clean.clone();
            let error = noise.add_to(&mut y, 3);
            assert!((20.0 * libm::log10(norm(&clean) / error) - snr_db).abs() < 1e-10, "{noise:?}");
            let apart = y.iter().zip(&clean).map(|(y, c)| (y - c) * (y - c)).sum::<f64>().sqrt();
            assert!((apart / error - 1.0).abs() < 1e-10);
        }
    }

    #[test]
    fn counts_are_whole_and_as_many_as_asked_for() {
        let clean: Vec<f64> = (0..2000).map(|i| if i % 2 == 0 { 3.0 } else { -1.0 }).collect();
        let noise = Noise::Poisson(PoissonNoise { counts: 50.0 });
        let counts: Vec<f64> = seen(&noise, &clean).iter().map(|y| y / 2.0 * 50.0).collect();
        assert!(counts.iter().all(|c| (c - c.round()).abs() < 1e-9));
        assert!(counts.iter().step_by(2).all(|&c| c >= 0.0) && counts.iter().skip(1).step_by(2).all(|&c| c <= 0.0));
        // 75 a measurement on average: the mean of 1000 deviates by 0.27.
        let mean = counts.iter().step_by(2).sum::<f64>() / 1000.0;
        assert!((mean - 75.0).abs() < 1.4, "{mean}");
        assert_eq!(seen(&noise, &[0.0, 0.0]), [0.0, 0.0]);
    }

    #[test]
    fn detectors_do_what_they_do() {
        let clean = [-4.0, -1.1, 0.1, 2.9, 4.0];
        assert_eq!(seen(&Noise::Quantisation(Quantisation { bits: 1 }), &clean), [-2.0, -2.0, 2.0, 2.0, 2.0]);
        assert_eq!(seen(&Noise::Quantisation(Quantisation { bits: 3 }), &clean), [-3.5, -1.5, 0.5, 2.5, 3.5]);
        assert_eq!(seen(&Noise::Clipping(Clipping { level: 0.5 }), &clean), [-2.0, -1.1, 0.1, 2.0, 2.0]);
        let mut y = [Complex64::new(3.0, 4.0), Complex64::new(0.0, 1.0)];
        let error = Noise::Clipping(Clipping { level: 0.5 }).add_to(&mut y, 0);
        assert!((y[0] - Complex64::new(1.5, 2.0)).norm() < 1e-15 && (error - 2.5).abs() < 1e-15);
    }

    #[test]
    fn lost_measurements_are_drawn_and_one_stays() {
        let kept = |fraction, m| Noise::Missing(Missing { fraction }).kept(m, 1);
        assert_eq!((kept(0.25, 40).len(), kept(0.0, 40).len(), kept(1.0, 40).len()), (30, 40, 1));
        assert_eq!(Noise::None.kept(3, 1), [0, 1, 2]);
    }
}
