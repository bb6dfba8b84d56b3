//! Small convolutional networks over pictures and lines, and their derivatives.
//!
//! ```text
//! forwards    h_l[o] = relu(sum_i w_l[o, i] * h_(l-1)[i])      without relu in the last layer
//! backwards   G = G where h_l > 0, else 0
//!             dw_l[o, i, tap] = <G[o], h_(l-1)[i] moved by the tap>
//!             G[i] = sum_o w_l[o, i] turned round * G[o]
//! ```
//!
//! A filter has 3 x 3 taps in a picture and 3 along a line; beyond the edge is zero, and there are no biases. Layers are
//! products of matrices ([`gemm`]): the moved copies of all maps, one a column, times the weights.

use crate::kernels::{dot, gemm};
use crate::signals::random::Random;

/// Where the entries of a map lie: rows and columns, row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    rows: usize,
    cols: usize,
}

impl Grid {
    /// A picture.
    pub fn picture(rows: usize, cols: usize) -> Self {
        Self { rows, cols }
    }

    /// A line, which is a picture of one row: filters have 3 taps.
    pub fn line(length: usize) -> Self {
        Self { rows: 1, cols: length }
    }

    /// Entries of a map.
    pub fn entries(self) -> usize {
        self.rows * self.cols
    }

    /// Entries of a filter.
    pub fn taps(self) -> usize {
        if self.rows == 1 { 3 } else { 9 }
    }

    /// For a tap and a row: where in a map the row starts, where what the tap sees of it starts, and how much is seen.
    fn seen(self, tap: usize, row: usize) -> Option<(usize, usize, usize)> {
        let down = if self.rows == 1 { 1 } else { tap / 3 };
        let across = tap % 3;
        let other = (row + down).checked_sub(1).filter(|&other| other < self.rows)?;
        let (to, from) = (usize::from(across == 0), usize::from(across == 2));
        let length = self.cols.checked_sub(usize::from(across != 1))?;
        Some((row * self.cols + to, other * self.cols + from, length))
    }

    /// All maps moved by all taps, one after the other.
    fn moved(self, maps: &[f64]) -> Vec<f64> {
        let size = self.entries();
        let mut moved = vec![0.0; maps.len() * self.taps()];
        for (i, copy) in moved.chunks_exact_mut(size).enumerate() {
            let map = &maps[i / self.taps() * size..][..size];
            for (to, from, length) in (0..self.rows).filter_map(|row| self.seen(i % self.taps(), row)) {
                copy[to..to + length].copy_from_slice(&map[from..from + length]);
            }
        }
        moved
    }

    /// The adjoint of [`moved`](Self::moved).
    fn moved_back(self, moved: &[f64]) -> Vec<f64> {
        let size = self.entries();
        let mut maps = vec![0.0; moved.len() / self.taps()];
        for (i, copy) in moved.chunks_exact(size).enumerate() {
            let map = &mut maps[i / self.taps() * size..][..size];
            for (to, from, length) in (0..self.rows).filter_map(|row| self.seen(i % self.taps(), row)) {
                let pairs = map[from..from + length].iter_mut().zip(&copy[to..to + length]);
                pairs.for_each(|(sum, part)| *sum += part);
            }
        }
        maps
    }
}

/// The shape of a network: what its weights do is told by the weights.
#[derive(Clone, Debug)]
pub struct Convolutions {
    grid: Grid,
    /// Maps before the first layer, and after each.
    channels: Vec<usize>,
}

impl Convolutions {
    /// From one map to one map, through `layers` layers with `filters` maps between them.
    pub fn new(grid: Grid, layers: usize, filters: usize) -> Self {
        let mut channels = vec![filters; layers + 1];
        channels[0] = 1;
        channels[layers] = 1;
        Self { grid, channels }
    }

    /// Inputs and outputs of each layer.
    fn layers(&self) -> impl DoubleEndedIterator<Item = (usize, usize)> + ExactSizeIterator + '_ {
        self.channels.windows(2).map(|pair| (pair[0], pair[1]))
    }

    /// Number of weights: a filter for every map of a layer and every map before it.
    pub fn size(&self) -> usize {
        self.layers().map(|(inputs, outputs)| inputs * outputs * self.grid.taps()).sum()
    }

    /// Weights to begin with: normal with variance `2 / (taps x inputs)` (He and others 2015), and zero in the last layer, so
    /// that the network begins as the zero function.
    pub fn initial(&self, random: &mut Random) -> Vec<f64> {
        let last = self.layers().len() - 1;
        let taps = self.grid.taps();
        let mut weights = Vec::with_capacity(self.size());
        for (l, (inputs, outputs)) in self.layers().enumerate() {
            let spread = if l == last { 0.0 } else { (2.0 / (taps * inputs) as f64).sqrt() };
            weights.extend((0..taps * inputs * outputs).map(|_| spread * random.normal()));
        }
        weights
    }

    /// The maps before the first layer and after each; the last is the output. `O(entries taps filters^2)` a layer.
    ///
    /// # Panics
    /// When there are not [`size`](Self::size) weights, or the input has not as many entries as the grid.
    pub fn forward(&self, weights: &[f64], input: &[f64]) -> Vec<Vec<f64>> {
        assert!(weights.len() == self.size() && input.len() == self.grid.entries());
        let mut maps = vec![input.to_vec()];
        let mut rest = weights;
        for (l, (inputs, outputs)) in self.layers().enumerate() {
            let inner = inputs * self.grid.taps();
            let (own, others) = rest.split_at(inner * outputs);
            rest = others;
            let mut next = vec![0.0; outputs * self.grid.entries()];
            gemm((self.grid.entries(), inner, outputs), &self.grid.moved(&maps[l]), own, &mut next);
            if !others.is_empty() {
                next.iter_mut().for_each(|h| *h = h.max(0.0));
            }
            maps.push(next);
        }
        maps
    }

    /// The derivative of a loss by the input, from its `gradient` by the output. That by the weights is added to
    /// `by_weights`. `maps` are those of [`forward`](Self::forward).
    pub fn backward(
        &self,
        weights: &[f64],
        maps: &[Vec<f64>],
        mut gradient: Vec<f64>,
        by_weights: &mut [f64],
    ) -> Vec<f64> {
        let (size, last) = (self.grid.entries(), maps.len() - 2);
        let mut end = weights.len();
        for (l, (inputs, outputs)) in self.layers().enumerate().rev() {
            if l < last {
                gradient.iter_mut().zip(&maps[l + 1]).filter(|(_, h)| **h <= 0.0).for_each(|(g, _)| *g = 0.0);
            }
            let inner = inputs * self.grid.taps();
            let start = end - inner * outputs;
            let moved = self.grid.moved(&maps[l]);
            for (sum, at) in by_weights[start..end].iter_mut().zip(0..) {
                let (output, column) = (at / inner, at % inner);
                *sum += dot(&moved[column * size..][..size], &gradient[output * size..][..size]);
            }
            let own = &weights[start..end];
            let turned: Vec<f64> = (0..inner * outputs).map(|at| own[at % outputs * inner + at / outputs]).collect();
            let mut by_moved = vec![0.0; inner * size];
            gemm((size, outputs, inner), &gradient, &turned, &mut by_moved);
            gradient = self.grid.moved_back(&by_moved);
            end = start;
        }
        gradient
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::Stream;

    fn normals(random: &mut Random, count: usize) -> Vec<f64> {
        (0..count).map(|_| random.normal()).collect()
    }

    #[test]
    fn a_filter_of_one_tap_moves_the_picture_and_zeros_come_in() {
        let net = Convolutions::new(Grid::picture(2, 3), 1, 5);
        let picture = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let through = |tap: usize| {
            let mut weights = vec![0.0; 9];
            weights[tap] = 1.0;
            net.forward(&weights, &picture)[1].clone()
        };
        assert_eq!(through(4), picture);
        assert_eq!(through(0), [0.0, 0.0, 0.0, 0.0, 1.0, 2.0]);
        assert_eq!(through(5), [2.0, 3.0, 0.0, 5.0, 6.0, 0.0]);
        assert_eq!(through(7), [4.0, 5.0, 6.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn a_line_has_three_taps() {
        let net = Convolutions::new(Grid::line(4), 1, 1);
        assert_eq!(net.size(), 3);
        assert_eq!(net.forward(&[1.0, 10.0, 100.0], &[1.0, 2.0, 3.0, 4.0])[1], [210.0, 321.0, 432.0, 43.0]);
    }

    #[test]
    fn a_new_network_is_zero_and_has_weights_of_its_size() {
        for (grid, taps) in [(Grid::picture(4, 4), 9), (Grid::line(9), 3)] {
            let net = Convolutions::new(grid, 3, 5);
            assert_eq!(net.size(), taps * (5 + 25 + 5));
            let mut random = Random::new(1, Stream::Probe);
            let weights = net.initial(&mut random);
            assert_eq!(weights.len(), net.size());
            let output = net.forward(&weights, &normals(&mut random, grid.entries())).pop().unwrap();
            assert!(output.iter().all(|&x| x == 0.0));
        }
    }

    #[test]
    fn derivatives_are_those_of_differences() {
        for grid in [Grid::picture(5, 4), Grid::line(11), Grid::picture(3, 1)] {
            let net = Convolutions::new(grid, 3, 2);
            let mut random = Random::new(7, Stream::Probe);
            let weights = normals(&mut random, net.size());
            let input = normals(&mut random, grid.entries());
            let wanted = normals(&mut random, grid.entries());
            let value = |weights: &[f64], input: &[f64]| dot(&wanted, &net.forward(weights, input)[3]);
            let mut by_weights = vec![0.0; net.size()];
            let by_input = net.backward(&weights, &net.forward(&weights, &input), wanted.clone(), &mut by_weights);
            let nudged = |x: &[f64], i: usize, by: f64| {
                let mut x = x.to_vec();
                x[i] += by;
                x
            };
            let h = 1e-6;
            for (i, found) in by_weights.iter().enumerate() {
                let difference = value(&nudged(&weights, i, h), &input) - value(&nudged(&weights, i, -h), &input);
                assert!((found - difference / (2.0 * h)).abs() < 1e-6 * (1.0 + found.abs()));
            }
            for (i, found) in by_input.iter().enumerate() {
                let difference = value(&weights, &nudged(&input, i, h)) - value(&weights, &nudged(&input, i, -h));
                assert!((found - difference / (2.0 * h)).abs() < 1e-6 * (1.0 + found.abs()));
            }
        }
    }
}
