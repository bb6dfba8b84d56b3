//! Adam: gradient steps that are scaled by running moments of the gradient.
//!
//! ```text
//! m = b1 m + (1 - b1) g,    v = b2 v + (1 - b2) g^2
//! x = x + rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8)
//! ```
//!
//! Kingma and Ba, "Adam: a method for stochastic optimization" (2015), Algorithm 1.

/// What the first moment keeps of itself.
const FIRST: f64 = 0.9;
/// What the second moment keeps.
const SECOND: f64 = 0.999;
/// Keeps the quotient finite.
const TINY: f64 = 1e-8;

/// The moments of all parameters.
#[derive(Clone, Debug)]
pub struct Adam {
    rate: f64,
    first: Vec<f64>,
    second: Vec<f64>,
    /// `b1^t` and `b2^t`.
    decay: [f64; 2],
}

impl Adam {
    /// For `size` parameters, with steps of about `rate`.
    pub fn new(size: usize, rate: f64) -> Self {
        Self { rate, first: vec![0.0; size], second: vec![0.0; size], decay: [1.0; 2] }
    }

    /// A step uphill along a gradient.
    ///
    /// # Panics
    /// When the number of parameters has changed.
    pub fn ascend(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        assert!(parameters.len() == self.first.len() && gradient.len() == self.first.len());
        self.decay = [self.decay[0] * FIRST, self.decay[1] * SECOND];
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((x, &g), (first, second)) in parameters.iter_mut().zip(gradient).zip(moments) {
            *first = FIRST * *first + (1.0 - FIRST) * g;
            *second = SECOND * *second + (1.0 - SECOND) * g * g;
            let (mean, square) = (*first / (1.0 - self.decay[0]), *second / (1.0 - self.decay[1]));
            *x += self.rate * mean / (square.sqrt() + TINY);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_step_is_as_long_as_the_rate_whatever_the_gradient() {
        let mut x = [1.0, -2.0, 0.5];
        Adam::new(3, 0.1).ascend(&mut x, &[1e-3, -70.0, 0.0]);
        for (x, wanted) in x.iter().zip([1.1, -2.1, 0.5]) {
            assert!((x - wanted).abs() < 1e-5);
        }
    }

    #[test]
    fn a_hill_is_climbed() {
        let mut x = [3.0, -1.0];
        let mut adam = Adam::new(2, 0.05);
        for _ in 0..2000 {
            let gradient = [-(x[0] - 1.0), -20.0 * (x[1] - 2.0)];
            adam.ascend(&mut x, &gradient);
        }
        assert!((x[0] - 1.0).abs() < 1e-3 && (x[1] - 2.0).abs() < 1e-3, "{x:?}");
    }
}
