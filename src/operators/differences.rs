//! Differences between neighbours in an array of three indices.

use super::LinearOperator;
use crate::kernels::Scalar;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the last entry along an axis is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// The first one, as if the array went on in a circle.
    #[default]
    Circular,
    /// Itself: the last difference is zero.
    Replicate,
}

/// Forward differences `x[i + 1] - x[i]` along some axes of an array, stored with the last index fastest: an array of differences for each
/// axis, one after the other. O(n) an axis.
#[derive(Clone, Debug)]
pub struct Differences {
    shape: [usize; 3],
    axes: Vec<usize>,
    edge: Edge,
}

impl Differences {
    /// Along these `axes`, from 0 for the slowest index to 2 for the fastest.
    ///
    /// # Panics
    /// When there is no such axis.
    pub fn new(shape: [usize; 3], axes: &[usize], edge: Edge) -> Self {
        assert!(axes.iter().all(|&axis| axis < 3));
        Self { shape, axes: axes.to_vec(), edge }
    }

    fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Entries from one to the next along an axis, and those of all that lie on it.
    fn strides(&self, axis: usize) -> (usize, usize) {
        let step = self.shape[axis + 1..].iter().product();
        (step, step * self.shape[axis])
    }

    /// Calls `pair(i, next of i)` for each entry that has a next one.
    fn pairs(&self, axis: usize, mut pair: impl FnMut(usize, usize)) {
        let (step, whole) = self.strides(axis);
        for start in (0..self.size()).step_by(whole.max(1)) {
            (start..start + whole - step).for_each(|i| pair(i, i + step));
            if self.edge == Edge::Circular {
                (start..start + step).for_each(|first| pair(first + whole - step, first));
            }
        }
    }
}

impl<S: Scalar> LinearOperator<S> for Differences {
    fn rows(&self) -> usize {
        self.axes.len() * self.size()
    }

    fn cols(&self) -> usize {
        self.size()
    }

    fn flops(&self) -> f64 {
        S::PARTS * LinearOperator::<S>::rows(self) as f64
    }

    fn apply(&self, x: &[S], y: &mut [S]) {
        y.fill(S::zero());
        for (&axis, y) in self.axes.iter().zip(y.chunks_exact_mut(self.size().max(1))) {
            self.pairs(axis, |i, next| y[i] = x[next] - x[i]);
        }
    }

    fn adjoint(&self, y: &[S], x: &mut [S]) {
        x.fill(S::zero());
        for (&axis, y) in self.axes.iter().zip(y.chunks_exact(self.size().max(1))) {
            self.pairs(axis, |i, next| {
                x[next] += y[i];
                x[i] -= y[i];
            });
        }
    }
}
