//! Signals of the instance's kind, and their measurements by its matrix.

use crate::labs::recovery::linear::LinearInstance;
use crate::signals::phantom::ellipses;
use crate::signals::random::Random;
use std::sync::Arc;

/// Fewest and most ellipses of a picture.
const ELLIPSES: (usize, usize) = (2, 8);

/// A signal and its measurements.
pub struct Example {
    /// The unknowns, n entries.
    pub truth: Vec<f64>,
    /// m entries.
    pub measurements: Vec<f64>,
}

/// What draws examples: pictures of 2 to 8 ellipses where the instance's unknowns are a picture, else entries of which a share is
/// standard normal and the others are zero. They are measured with normal noise as strong as the instance's.
pub struct Examples {
    /// Whose kind they are of.
    pub instance: Arc<LinearInstance<f64>>,
    /// The share of entries that are not zero, where they are no picture.
    pub density: f64,
    /// What draws them.
    pub random: Random,
}

impl Examples {
    /// One more.
    pub fn draw(&mut self) -> Example {
        let (instance, random) = (&self.instance, &mut self.random);
        let truth = if let Some(side) = instance.picture_side() {
            let count = ELLIPSES.0 + random.below(ELLIPSES.1 - ELLIPSES.0 + 1);
            instance.written(&ellipses(side, count, random.seed()))
        } else {
            let mut entry = || if random.uniform() < self.density { random.normal() } else { 0.0 };
            (0..instance.cols()).map(|_| entry()).collect()
        };
        let mut measurements = vec![0.0; instance.rows()];
        instance.operator.apply(&truth, &mut measurements);
        let deviation = instance.noise_norm / (instance.rows() as f64).sqrt();
        measurements.iter_mut().for_each(|y| *y += deviation * random.normal());
        Example { truth, measurements }
    }

    /// As many.
    pub fn several(&mut self, count: usize) -> Vec<Example> {
        (0..count).map(|_| self.draw()).collect()
    }
}
