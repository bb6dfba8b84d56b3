//! Adam: gradient steps that are scaled by running moments of the gradient.
//!
//! ```text
//! m = b1 m + (1 - b1) g,    v = b2 v + (1 - b2) g^2
//! x = x + rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + 1e-8)
//! ```
//!
//! Kingma and Ba, "Adam: a method for stochastic optimization" (2015), Algorithm 1.

/// What the moments keep of themselves, the first and the second, unless told otherwise.
const KEPT: [f64; 2] = [0.9, 0.999];
/// Keeps the quotient finite.
const TINY: f64 = 1e-8;

/// The moments of all parameters.
#[derive(Clone, Debug)]
pub struct Adam {
    rate: f64,
    first: Vec<f64>,
    second: Vec<f64>,
    /// `b1` and `b2`.
    kept: [f64; 2],
    /// `b1^t` and `b2^t`.
    decay: [f64; 2],
}

impl Adam {
    /// For `size` parameters, with steps of about `rate`.
    pub fn new(size: usize, rate: f64) -> Self {
        Self { rate, first: vec![0.0; size], second: vec![0.0; size], kept: KEPT, decay: [1.0; 2] }
    }

    /// The same with moments that keep `kept` of themselves, the first and the second.
    #[must_use]
    pub fn keeping(mut self, kept: [f64; 2]) -> Self {
        self.kept = kept;
        self
    }

    /// Steps are about `rate` long from now on.
    pub fn set_rate(&mut self, rate: f64) {
        self.rate = rate;
    }

    /// Both moments of all parameters, for what puts parameters in another order.
    pub fn moments(&mut self) -> [&mut [f64]; 2] {
        [&mut self.first, &mut self.second]
    }

    /// A step uphill along a gradient.
    ///
    /// # Panics
    /// When the number of parameters has changed.
    pub fn ascend(&mut self, parameters: &mut [f64], gradient: &[f64]) {
        assert!(parameters.len() == self.first.len() && gradient.len() == self.first.len());
        let [b1, b2] = self.kept;
        self.decay = [self.decay[0] * b1, self.decay[1] * b2];
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((x, &g), (first, second)) in parameters.iter_mut().zip(gradient).zip(moments) {
            *first = b1 * *first + (1.0 - b1) * g;
            *second = b2 * *second + (1.0 - b2) * g * g;
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
