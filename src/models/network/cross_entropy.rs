//! Cross-entropy of softmax, `-log p(label)`, and its derivative by the logits, `p - 1(label)`.

use crate::kernels::exp;

/// A mean loss over a batch, in nats, and its derivative.
#[derive(Clone, Debug)]
pub struct Loss {
    /// The mean of `-log p(label)`.
    pub value: f64,
    /// By the logits: a row a class, a column an example.
    pub by_logits: Vec<f32>,
}

/// The loss of `logits`, which have a row a class and a column an example. O(classes examples).
///
/// # Panics
/// When there are no labels, or one is no row of the logits.
pub fn cross_entropy(logits: &[f32], labels: &[u8]) -> Loss {
    let batch = labels.len();
    let chances = probabilities(logits, batch);
    let share = 1.0 / batch as f64;
    let mut by_logits: Vec<f32> = chances.iter().map(|p| (share * p) as f32).collect();
    let mut value = 0.0;
    for (b, &label) in labels.iter().enumerate() {
        let place = usize::from(label) * batch + b;
        // A chance that is rounded to zero counts as the smallest that is not.
        value -= share * libm::log(chances[place].max(f64::MIN_POSITIVE));
        by_logits[place] = (share * (chances[place] - 1.0)) as f32;
    }
    Loss { value, by_logits }
}

/// Softmax over the classes, in the shape of the logits: a row a class, a column an example.
///
/// # Panics
/// When the logits are no whole number of rows.
pub fn probabilities(logits: &[f32], batch: usize) -> Vec<f64> {
    assert!(batch > 0 && logits.len().is_multiple_of(batch));
    let mut largest = vec![f32::NEG_INFINITY; batch];
    for row in logits.chunks_exact(batch) {
        largest.iter_mut().zip(row).for_each(|(most, &z)| *most = most.max(z));
    }
    let mut chances: Vec<f64> = logits
        .chunks_exact(batch)
        .flat_map(|row| row.iter().zip(&largest))
        .map(|(z, most)| f64::from(z - most))
        .collect();
    exp(&mut chances);
    let mut sums = vec![0.0; batch];
    for row in chances.chunks_exact(batch) {
        sums.iter_mut().zip(row).for_each(|(sum, p)| *sum += p);
    }
    for row in chances.chunks_exact_mut(batch) {
        row.iter_mut().zip(&sums).for_each(|(p, sum)| *p /= sum);
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn even_logits_have_the_loss_of_a_guess() {
        let loss = cross_entropy(&[3.0; 8], &[0, 3]);
        assert!((loss.value - libm::log(4.0)).abs() < 1e-12);
        // (1/4 - 1) / 2 at the label, 1/8 elsewhere.
        assert_eq!(loss.by_logits, [-0.375, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, -0.375]);
    }

    #[test]
    fn chances_sum_to_one_however_large_the_logits() {
        let chances = probabilities(&[1e30, 0.0, -1e30, 1.0], 2);
        assert_eq!(chances[0], 1.0);
        assert!((chances[1] + chances[3] - 1.0).abs() < 1e-12);
        let loss = cross_entropy(&[1e30, -1e30], &[1]);
        assert!(loss.value.is_finite() && loss.value > 700.0);
    }

    #[test]
    fn derivatives_are_those_of_differences() {
        let logits = [0.3, -1.2, 2.0, 0.7, 0.1, -0.4];
        let labels = [2, 0];
        let found = cross_entropy(&logits, &labels).by_logits;
        for (i, by) in found.iter().enumerate() {
            let mut ends = [logits, logits];
            ends[0][i] -= 1e-2;
            ends[1][i] += 1e-2;
            let [low, high] = ends.map(|logits| cross_entropy(&logits, &labels).value);
            assert!((f64::from(*by) - (high - low) / 2e-2).abs() < 1e-5);
        }
    }
}
