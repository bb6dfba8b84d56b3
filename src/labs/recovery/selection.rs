//! How greedy methods compare columns: by what they would explain, whatever their lengths.

use super::linear::LinearInstance;
use crate::kernels::{Scalar, largest_abs};

/// `<a_j, r> / |a_j|` from `correlations = A^* r`: the modulus is the length of the residual's share along
/// column j. Left undivided where `normalize` is false; a zero column scores zero and is never selected.
pub(super) fn scores<S: Scalar>(instance: &LinearInstance<S>, correlations: &[S], normalize: bool) -> Vec<S> {
    let scored = |(&correlation, &size): (&S, &f64)| match size {
        0.0 => S::zero(),
        size if normalize => correlation / size,
        _ => correlation,
    };
    correlations.iter().zip(&instance.column_norms).map(scored).collect()
}

/// The `k` columns that contribute most to `A x`, ascending: largest `|x_j| |a_j|`, or largest `|x_j|` where
/// `normalize` is false.
pub(super) fn largest_parts<S: Scalar>(instance: &LinearInstance<S>, x: &[S], k: usize, normalize: bool) -> Vec<usize> {
    if !normalize {
        return largest_abs(x, k);
    }
    let parts: Vec<S> = x.iter().zip(&instance.column_norms).map(|(&x, &size)| x * size).collect();
    largest_abs(&parts, k)
}
