//! Stochastic gradient descent with momentum and weight decay.
//!
//! ```text
//! g <- g + decay w,    v <- momentum v + g,    w <- w - rate v
//! ```

/// The velocities of all parameters, and how they are kept and held back.
#[derive(Clone, Debug)]
pub struct Sgd {
    velocity: Vec<f32>,
    momentum: f32,
    decay: f32,
}

impl Sgd {
    /// For `size` parameters at rest.
    pub fn new(size: usize, momentum: f64, decay: f64) -> Self {
        Self { velocity: vec![0.0; size], momentum: momentum as f32, decay: decay as f32 }
    }

    /// A step downhill along a gradient.
    ///
    /// # Panics
    /// When the number of parameters has changed.
    pub fn descend(&mut self, parameters: &mut [f32], gradient: &[f32], rate: f64) {
        assert!(parameters.len() == self.velocity.len() && gradient.len() == self.velocity.len());
        let rate = rate as f32;
        for ((w, &g), v) in parameters.iter_mut().zip(gradient).zip(&mut self.velocity) {
            *v = self.momentum * *v + (g + self.decay * *w);
            *w -= rate * *v;
        }
    }

    /// The velocities, to be changed where parameters are set anew.
    pub fn velocity(&mut self) -> &mut [f32] {
        &mut self.velocity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_steps_by_hand() {
        let mut sgd = Sgd::new(1, 0.5, 0.25);
        let mut w = [4.0];
        sgd.descend(&mut w, &[1.0], 0.5);
        // v = 1 + 0.25 4 = 2.
        assert_eq!(w, [3.0]);
        sgd.descend(&mut w, &[-1.0], 0.5);
        // v = 0.5 2 - 1 + 0.25 3 = 0.75.
        assert_eq!(w, [2.625]);
        sgd.velocity()[0] = 0.0;
        sgd.descend(&mut w, &[-0.65625], 0.5);
        assert_eq!(w, [2.625], "at rest where the gradient and the decay cancel");
    }
}
