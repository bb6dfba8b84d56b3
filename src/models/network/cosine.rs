//! How long steps are: a linear warm-up, then half a cosine down to zero.
//!
//! Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts" (2017), without the restarts.

/// Share of the steps in which the rate rises.
const WARM_UP: f64 = 0.05;

/// Rates of a run of `steps` steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cosine {
    /// Steps, one at least.
    pub steps: usize,
    /// The highest rate.
    pub rate: f64,
}

impl Cosine {
    /// The rate of step `step`, the first being 0.
    pub fn at(self, step: usize) -> f64 {
        let warm = WARM_UP * self.steps as f64;
        let now = step as f64 + 1.0;
        if now <= warm {
            return self.rate * now / warm;
        }
        let past = ((step as f64 - warm) / (self.steps as f64 - warm)).clamp(0.0, 1.0);
        0.5 * self.rate * (1.0 + libm::cos(std::f64::consts::PI * past))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_rises_for_a_twentieth_and_falls_to_nearly_nothing() {
        let cosine = Cosine { steps: 200, rate: 0.4 };
        assert!((cosine.at(0) - 0.04).abs() < 1e-15);
        assert_eq!((cosine.at(9), cosine.at(10)), (0.4, 0.4));
        assert!((cosine.at(105) - 0.2).abs() < 1e-15, "half of it in the middle of the fall");
        assert!(cosine.at(199) < 1e-4 * 0.4 && cosine.at(199) > 0.0);
        assert!((10..199).all(|step| cosine.at(step) >= cosine.at(step + 1)));
        assert_eq!(
            Cosine { steps: 1, rate: 0.4 }.at(0).to_bits(),
            (0.4 * Cosine { steps: 1, rate: 1.0 }.at(0)).to_bits()
        );
    }
}
