//! The set of sounds that agree with clipped samples.

/// Consistent sounds, `lower <= x <= upper` entry by entry: both are `y` where a sample is reliable, and one is infinite where it is
/// clipped.
#[derive(Clone, Debug, PartialEq)]
pub struct Consistency {
    /// Least values.
    pub lower: Vec<f64>,
    /// Greatest values.
    pub upper: Vec<f64>,
}

impl Consistency {
    /// From samples on `[-level, level]`: those at the ends are clipped.
    pub fn new(samples: &[f64], level: f64) -> Self {
        let lower = samples.iter().map(|&y| if y <= -level { f64::NEG_INFINITY } else { y }).collect();
        let upper = samples.iter().map(|&y| if y >= level { f64::INFINITY } else { y }).collect();
        Self { lower, upper }
    }

    /// Whether sample `t` is clipped.
    pub fn is_clipped(&self, t: usize) -> bool {
        self.lower[t] < self.upper[t]
    }

    /// The nearest consistent sound, in place: exact, and a sample at a time.
    pub fn project(&self, x: &mut [f64]) {
        for ((x, &lower), &upper) in x.iter_mut().zip(&self.lower).zip(&self.upper) {
            *x = x.clamp(lower, upper);
        }
    }

    /// How far `x` is from consistent, `|P x - x|`.
    pub fn violation(&self, x: &[f64]) -> f64 {
        let outside = |((&x, &lower), &upper): ((&f64, &f64), &f64)| x.clamp(lower, upper) - x;
        x.iter().zip(&self.lower).zip(&self.upper).map(outside).fold(0.0, |sum, d| sum + d * d).sqrt()
    }
}
