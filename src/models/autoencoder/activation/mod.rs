//! Which latents are kept, and with which value.

mod batch_top_k;
mod jump_relu;
mod top_k;

pub use batch_top_k::BatchTopK;
pub use jump_relu::JumpRelu;
pub use top_k::TopK;

/// A latent in the code of an input. Gradients go back to its pre-activation where its value is positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Its number.
    pub latent: usize,
    /// Its activation, not negative.
    pub value: f64,
}

/// The latents of an input, ascending. One may be listed with the value zero, by a rule that learns from its slope.
pub type Code = Vec<Entry>;

/// A rule by which pre-activations become codes. `inputs` are those of a batch, `latents` numbers an input.
pub trait Activation: Send {
    /// Codes of a batch that is learned from; running quantities of the rule move.
    fn train(&mut self, inputs: &[f64], latents: usize) -> Vec<Code>;

    /// Codes of any inputs, each by itself.
    fn infer(&self, inputs: &[f64], latents: usize) -> Vec<Code>;

    /// Learns what the rule itself has to learn, from the derivatives of the loss by the values of the codes that
    /// [`Activation::train`] gave. Returns what the rule adds to the loss.
    fn learn(&mut self, _codes: &[Code], _slopes: &[Vec<f64>]) -> f64 {
        0.0
    }
}

/// All latents above a threshold.
fn above(inputs: &[f64], latents: usize, threshold: f64) -> Vec<Code> {
    let code = |row: &[f64]| {
        let entries = row.iter().enumerate().map(|(latent, &value)| Entry { latent, value });
        entries.filter(|entry| entry.value > threshold).collect()
    };
    inputs.chunks_exact(latents).map(code).collect()
}

/// The places of the `count` largest positive numbers, the first of equal ones before the others, in ascending order.
fn largest(values: &[f64], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).filter(|&place| values[place] > 0.0).collect();
    if places.len() > count {
        if count > 0 {
            places.select_nth_unstable_by(count - 1, |&a, &b| values[b].total_cmp(&values[a]).then(a.cmp(&b)));
        }
        places.truncate(count);
        places.sort_unstable();
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_are_the_first_of_a_sorted_list() {
        let values = [0.5, -1.0, 2.0, 0.0, 2.0, 3.0, 0.5];
        assert_eq!(largest(&values, 2), [2, 5], "of two equal numbers the first one");
        assert_eq!(largest(&values, 4), [0, 2, 4, 5]);
        assert_eq!(largest(&values, 9), [0, 2, 4, 5, 6], "zero is not positive");
        assert!(largest(&values, 0).is_empty());
    }
}
