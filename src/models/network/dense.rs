//! A dense layer, `Y = W X + b`, and the products of its backward pass.
//!
//! ```text
//! Y = W X + b        dX = W^T dY        dW = dY X^T        db = dY 1
//! ```
//!
//! X has a row a feature and a column an example, and is stored row by row: the batch is contiguous. For the kernel, which takes
//! matrices column by column, that is X^T, and the three products are `Y^T = X^T W^T`, `dX^T = dY^T W` and `dW^T = X dY^T`.

use crate::kernels::gemm_f32;
use std::ops::Range;

/// Where a layer's parameters lie, and their shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Features that go in: the columns of W.
    pub inputs: usize,
    /// Features that come out: the rows of W.
    pub outputs: usize,
    /// The place of W, row by row, among all weights.
    pub weights: Range<usize>,
    /// The place of b among all biases.
    pub biases: Range<usize>,
}

impl Layer {
    /// `W X + b` for a batch; `x` has `inputs` rows of `batch` examples. O(inputs outputs batch).
    pub(super) fn forward(&self, weights: &[f32], biases: &[f32], x: &[f32], batch: usize) -> Vec<f32> {
        let mut y: Vec<f32> =
            biases[self.biases.clone()].iter().flat_map(|&bias| std::iter::repeat_n(bias, batch)).collect();
        gemm_f32((batch, self.inputs, self.outputs), x, &weights[self.weights.clone()], &mut y);
        y
    }

    /// The derivative by the input, from that by the output.
    pub(super) fn by_input(&self, weights: &[f32], by_output: &[f32], batch: usize) -> Vec<f32> {
        let mut by_input = vec![0.0; self.inputs * batch];
        let columns = transposed(&weights[self.weights.clone()], self.inputs);
        gemm_f32((batch, self.outputs, self.inputs), by_output, &columns, &mut by_input);
        by_input
    }

    /// The derivative by the weights and by the biases, written to their places.
    pub(super) fn by_parameters(&self, x: &[f32], by_output: &[f32], batch: usize, gradient: &mut super::Gradient) {
        let examples = transposed(x, batch);
        let by_weights = &mut gradient.weights[self.weights.clone()];
        by_weights.fill(0.0);
        gemm_f32((self.inputs, batch, self.outputs), &examples, by_output, by_weights);
        let rows = by_output.chunks_exact(batch);
        for (sum, row) in gradient.biases[self.biases.clone()].iter_mut().zip(rows) {
            *sum = row.iter().sum();
        }
    }
}

/// A matrix with rows of `cols` entries, column by column.
fn transposed(matrix: &[f32], cols: usize) -> Vec<f32> {
    let rows = matrix.len() / cols;
    let mut turned = vec![0.0; matrix.len()];
    for (i, row) in matrix.chunks_exact(cols).enumerate() {
        for (j, &entry) in row.iter().enumerate() {
            turned[j * rows + i] = entry;
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::super::Gradient;
    use super::*;

    /// Whole numbers, so that sums are exact in any order.
    fn small(count: usize, seed: usize) -> Vec<f32> {
        (0..count).map(|i| ((i * 37 + seed * 11) % 13) as f32 - 6.0).collect()
    }

    #[test]
    fn products_are_those_of_the_definition() {
        let (inputs, outputs, batch) = (5, 3, 4);
        let layer = Layer { inputs, outputs, weights: 2..17, biases: 1..4 };
        let (weights, biases) = (small(17, 1), small(4, 2));
        let (x, by_y) = (small(inputs * batch, 3), small(outputs * batch, 4));
        let w = |o: usize, i: usize| weights[2 + o * inputs + i];
        let y = layer.forward(&weights, &biases, &x, batch);
        let by_x = layer.by_input(&weights, &by_y, batch);
        let mut gradient = Gradient { weights: vec![9.0; 17], biases: vec![9.0; 4] };
        layer.by_parameters(&x, &by_y, batch, &mut gradient);
        let sum = |of: &dyn Fn(usize) -> f32, count: usize| (0..count).map(of).sum::<f32>();
        for o in 0..outputs {
            for b in 0..batch {
                assert_eq!(y[o * batch + b], biases[1 + o] + sum(&|i| w(o, i) * x[i * batch + b], inputs));
            }
            for i in 0..inputs {
                let found = gradient.weights[2 + o * inputs + i];
                assert_eq!(found, sum(&|b| by_y[o * batch + b] * x[i * batch + b], batch));
            }
            assert_eq!(gradient.biases[1 + o], sum(&|b| by_y[o * batch + b], batch));
        }
        for i in 0..inputs {
            for b in 0..batch {
                assert_eq!(by_x[i * batch + b], sum(&|o| w(o, i) * by_y[o * batch + b], outputs));
            }
        }
        assert_eq!((gradient.weights[1], gradient.biases[0]), (9.0, 9.0), "what is not its own is left alone");
    }
}
