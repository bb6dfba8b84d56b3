//! Where phase retrieval starts: a direction that the magnitudes themselves point to.

use super::PhaseInstance;
use crate::kernels::{axpy, dot, largest_abs, norm};
use crate::operators::LinearOperator;
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The start, by `id`; the same for all methods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Start {
    /// The leading eigenvector of the magnitudes' covariance on the places that they point to.
    #[default]
    #[schemars(extend("x-phrase" = "[the spectral start]"))]
    Spectral,
    /// The same from the sixth of the measurements that are largest for their rows.
    #[schemars(extend("x-phrase" = "[the truncated spectral start]"))]
    Truncated,
    /// The truth, moved in a random direction on its own places: what no method can know, to see how it goes on from there.
    #[schemars(extend("x-phrase" = "[a start] {distance} away from the truth"))]
    Near {
        /// The distance, in lengths of the truth.
        #[serde(default = "tenth")]
        #[schemars(range(min = 0.0, max = 2.0), extend("x-step" = 0.05))]
        distance: f64,
    },
}

fn tenth() -> f64 {
    0.1
}

/// Power iterations.
const POWERS: usize = 40;

impl Start {
    /// The starting point with at most k entries that are not zero. O(m n) for the places and O(m k) a power iteration.
    ///
    /// The places are those of the k largest `sum_i y_i^2 a_ij^2`, the direction is the leading eigenvector of
    /// `sum_i y_i^2 a_i a_i^T` on them, and the length `|y|` (Wang, Zhang, Giannakis, Akcakaya and Chen, "Sparse phase retrieval
    /// via truncated amplitude flow", 2018; Jagatap and Hegde, "Sample-efficient algorithms for recovering structured signals
    /// from magnitude-only measurements", 2019).
    pub(super) fn point(self, instance: &PhaseInstance, k: usize, seed: u64) -> Vec<f64> {
        if let Start::Near { distance } = self {
            return near(&instance.truth, distance, seed);
        }
        let (operator, magnitudes) = (&instance.operator, &instance.magnitudes);
        let mut column = vec![0.0; instance.rows()];
        let energies: Vec<f64> = (0..instance.cols())
            .map(|j| {
                operator.column(j, &mut column);
                column.iter().zip(magnitudes).fold(0.0, |sum, (a, y)| sum + (y * a) * (y * a))
            })
            .collect();
        let places = largest_abs(&energies, k);
        let columns = instance.columns(&places);
        let mut weights: Vec<f64> = magnitudes.iter().map(|y| y * y).collect();
        if self == Start::Truncated {
            truncate(&mut weights, magnitudes, &columns);
        }
        let mut start = vec![0.0; instance.cols()];
        let strongest =
            places.iter().enumerate().max_by(|a, b| energies[*a.1].total_cmp(&energies[*b.1])).map(|(i, _)| i);
        let Some(strongest) = strongest else { return start };
        let direction = leading(&columns, &weights, strongest);
        let length = norm(magnitudes);
        places.iter().zip(direction).for_each(|(&j, v)| start[j] = length * v);
        start
    }
}

/// Leaves weights only where `y_i / |a_i|` is among the largest sixth, the rows cut to the places.
fn truncate(weights: &mut [f64], magnitudes: &[f64], columns: &[Vec<f64>]) {
    let lengths = (0..weights.len()).map(|i| columns.iter().fold(0.0, |sum, a| sum + a[i] * a[i]).sqrt());
    let ratio = |(length, y): (f64, &f64)| if length > 0.0 { y / length } else { 0.0 };
    let ratios: Vec<f64> = lengths.zip(magnitudes).map(ratio).collect();
    let kept = largest_abs(&ratios, weights.len().div_ceil(6));
    for (i, weight) in weights.iter_mut().enumerate() {
        if kept.binary_search(&i).is_err() {
            *weight = 0.0;
        }
    }
}

/// The leading eigenvector of `A_S^T diag(w) A_S`, of unit length, by power iterations from a column of it; zero where the matrix is.
fn leading(columns: &[Vec<f64>], weights: &[f64], from: usize) -> Vec<f64> {
    let mut vector = vec![0.0; columns.len()];
    vector[from] = 1.0;
    let mut image = vec![0.0; weights.len()];
    for _ in 0..POWERS {
        image.fill(0.0);
        vector.iter().zip(columns).for_each(|(&v, a)| axpy(v, a, &mut image));
        image.iter_mut().zip(weights).for_each(|(z, w)| *z *= w);
        vector.iter_mut().zip(columns).for_each(|(v, a)| *v = dot(a, &image));
        let size = norm(&vector);
        vector.iter_mut().for_each(|v| *v = if size > 0.0 { *v / size } else { 0.0 });
    }
    vector
}

/// The truth and a random step on its places, of `distance` times its length.
fn near(truth: &[f64], distance: f64, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Method);
    let step: Vec<f64> = truth.iter().map(|&x| if x == 0.0 { 0.0 } else { random.normal() }).collect();
    let size = norm(&step);
    let mut start = truth.to_vec();
    if size > 0.0 {
        axpy(distance * norm(truth) / size, &step, &mut start);
    }
    start
}
