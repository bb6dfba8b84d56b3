//! Digits as a network takes them: split, made noisy, standardised.

use crate::signals::digits::{COUNT, Digit, INK, PIXELS, digits};
use crate::signals::random::{Random, Stream};

/// Digits to learn from, at most.
pub(super) const MOST: usize = 1200;
/// Digits by which a method may choose, and is not judged. What is left are tests.
pub(super) const VALIDATION: usize = 200;

/// The split is the same for all instances, so that errors are of the same digits.
const SPLIT: u64 = 1234;

/// Standardised pixels are in units of this much ink.
const SPREAD: f64 = 0.3;

/// Examples with their labels.
#[derive(Clone, Debug)]
pub struct Examples {
    /// A row a pixel, a column an example.
    pub inputs: Vec<f32>,
    /// What each example says.
    pub labels: Vec<u8>,
}

impl Examples {
    /// Number of examples.
    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// Those of these numbers, in this order.
    pub fn batch(&self, chosen: &[usize]) -> Examples {
        let rows = self.inputs.chunks_exact(self.count());
        Examples {
            inputs: rows.flat_map(|row| chosen.iter().map(move |&example| row[example])).collect(),
            labels: chosen.iter().map(|&example| self.labels[example]).collect(),
        }
    }
}

/// What is learned from, and what is held out.
pub(super) struct Split {
    pub(super) learned: Examples,
    /// First those for validation, then the tests.
    pub(super) held_out: Examples,
    /// The held-out digits as pictures, 0 is paper and 1 ink.
    pub(super) pictures: Vec<Vec<f64>>,
}

impl Split {
    /// The first `count` digits to learn from; normal noise of this deviation, in units of ink, lies on every pixel of all. Each pixel
    /// is less its mean over what is learned from, in units of [`SPREAD`].
    pub(super) fn new(count: usize, noise: f64, seed: u64) -> Self {
        let all: Vec<Digit> = digits().collect();
        let order = Random::new(SPLIT, Stream::Split).permutation(COUNT);
        let mut random = Random::new(seed, Stream::Noise);
        // Every digit has its noise, whoever is learned from.
        let mut pictures: Vec<(u8, Vec<f64>)> =
            order.iter().map(|&place| drawn(all[place], noise, &mut random)).collect();
        let held_out = pictures.split_off(MOST);
        pictures.truncate(count);
        let mean = |pixel: usize| pictures.iter().map(|(_, picture)| picture[pixel]).sum::<f64>() / count as f64;
        let means: Vec<f64> = (0..PIXELS).map(mean).collect();
        Self {
            learned: standardised(&pictures, &means),
            held_out: standardised(&held_out, &means),
            pictures: held_out.into_iter().map(|(_, picture)| picture).collect(),
        }
    }
}

fn drawn(digit: Digit, noise: f64, random: &mut Random) -> (u8, Vec<f64>) {
    let pixel = |&grey: &u8| f64::from(grey) / f64::from(INK) + if noise > 0.0 { noise * random.normal() } else { 0.0 };
    (digit.label, digit.pixels.iter().map(pixel).collect())
}

fn standardised(pictures: &[(u8, Vec<f64>)], means: &[f64]) -> Examples {
    let row = |(pixel, mean): (usize, &f64)| -> Vec<f32> {
        pictures.iter().map(|(_, picture)| ((picture[pixel] - mean) / SPREAD) as f32).collect()
    };
    Examples {
        inputs: means.iter().enumerate().flat_map(row).collect(),
        labels: pictures.iter().map(|(label, _)| *label).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_has_all_digits_once() {
        let split = Split::new(MOST, 0.0, 1);
        assert_eq!((split.learned.count(), split.held_out.count()), (1200, 597));
        let mut counts = [0; 10];
        split.learned.labels.iter().chain(&split.held_out.labels).for_each(|&label| counts[usize::from(label)] += 1);
        assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    }

    #[test]
    fn pixels_have_no_mean_where_they_are_learned_from() {
        let Split { learned, held_out, pictures } = Split::new(300, 0.2, 5);
        for row in learned.inputs.chunks_exact(300) {
            assert!(row.iter().sum::<f32>().abs() < 1e-2);
        }
        // A difference of two pixels is that of their pictures.
        let [first, second] = [0, 1].map(|example| held_out.inputs[20 * 597 + example]);
        let expected = (pictures[0][20] - pictures[1][20]) / SPREAD;
        assert!((f64::from(first - second) - expected).abs() < 1e-5);
    }

    #[test]
    fn a_batch_is_columns_of_all() {
        let examples = Examples { inputs: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0], labels: vec![7, 8, 9] };
        let batch = examples.batch(&[2, 0]);
        assert_eq!((batch.inputs, batch.labels), (vec![3.0, 1.0, 6.0, 4.0], vec![9, 7]));
    }

    #[test]
    fn fewer_examples_are_the_first_of_more() {
        let [few, many] = [100, 1200].map(|count| Split::new(count, 0.1, 2));
        assert_eq!(few.learned.labels, many.learned.labels[..100]);
        assert_eq!(few.pictures, many.pictures);
    }
}
