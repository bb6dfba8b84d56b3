//! Snapshots of a sparse scene.

use crate::contract::Complaint;
use crate::signals::random::{Random, Stream};
use crate::signals::sparse::{Amplitude, sparse_signal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The columns of X, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// The same places in all snapshots.
    #[schemars(extend("x-phrase" = "{sparsity} {amplitude} [common spikes] with correlation {correlation}"))]
    RowSparse(RowSparse),
    /// Every snapshot with places of its own.
    #[schemars(extend("x-phrase" = "{sparsity} {amplitude} [spikes in places of their own]"))]
    OwnSupports(OwnSupports),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::RowSparse(RowSparse::default())
    }
}

/// k rows that are not zero. Along a row, an entry is `correlation` times the one before plus a new draw, scaled so that
/// the variance stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct RowSparse {
    /// Number of rows that are not zero, k.
    #[schemars(range(min = 0, max = 8192))]
    pub sparsity: usize,
    /// The law of their values.
    pub amplitude: Amplitude,
    /// Correlation between an entry and the one of the next snapshot.
    #[schemars(range(min = -1.0, max = 1.0), extend("x-step" = 0.05))]
    pub correlation: f64,
}

impl Default for RowSparse {
    fn default() -> Self {
        Self { sparsity: 12, amplitude: Amplitude::Gaussian, correlation: 0.0 }
    }
}

/// k entries that are not zero in every column, drawn anew for each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OwnSupports {
    /// Number of spikes of a snapshot, k.
    #[schemars(range(min = 0, max = 8192))]
    pub sparsity: usize,
    /// The law of their values.
    pub amplitude: Amplitude,
}

impl Default for OwnSupports {
    fn default() -> Self {
        Self { sparsity: 5, amplitude: Amplitude::Gaussian }
    }
}

impl Scene {
    /// Number of rows, or of entries of a column, that are not zero.
    pub fn sparsity(&self) -> usize {
        match self {
            Scene::RowSparse(scene) => scene.sparsity,
            Scene::OwnSupports(scene) => scene.sparsity,
        }
    }

    /// The `count` columns of X with `n` entries. The first is the sparse signal that `seed` names in `linear`.
    ///
    /// # Errors
    /// When there are fewer unknowns than spikes.
    pub(super) fn columns(&self, n: usize, count: usize, seed: u64) -> Result<Vec<Vec<f64>>, Complaint> {
        if self.sparsity() > n {
            let message = format!("goes up to the number of unknowns, {n}, not {}", self.sparsity());
            return Err(Complaint::new("sparsity", message));
        }
        let mut later = Random::new(seed, Stream::Snapshots);
        let seeds = std::iter::once(seed).chain(std::iter::repeat_with(|| later.seed())).take(count);
        Ok(match self {
            Scene::OwnSupports(scene) => {
                seeds.map(|seed| sparse_signal(n, scene.sparsity, scene.amplitude, seed)).collect()
            }
            Scene::RowSparse(scene) => {
                let places = Random::new(seed, Stream::Support).subset(n, scene.sparsity);
                let fresh = (1.0 - scene.correlation * scene.correlation).sqrt();
                let mut columns: Vec<Vec<f64>> = Vec::with_capacity(count);
                for seed in seeds {
                    let mut column = vec![0.0; n];
                    for (&i, value) in places.iter().zip(scene.amplitude.draw::<f64>(places.len(), seed)) {
                        column[i] =
                            columns.last().map_or(value, |before| scene.correlation * before[i] + fresh * value);
                    }
                    columns.push(column);
                }
                columns
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::{dot, norm};

    #[test]
    fn rows_are_as_correlated_as_asked_for() {
        for correlation in [-0.5, 0.0, 0.9] {
            let scene = Scene::RowSparse(RowSparse { sparsity: 4000, correlation, ..RowSparse::default() });
            let columns = scene.columns(4000, 4, 3).unwrap();
            for pair in columns.windows(2) {
                let seen = dot(&pair[0], &pair[1]) / (norm(&pair[0]) * norm(&pair[1]));
                // Its standard deviation is at most 0.016.
                assert!((seen - correlation).abs() < 0.06, "{seen} for {correlation}");
                assert!((norm(&pair[1]) * norm(&pair[1]) / 4000.0 - 1.0).abs() < 0.1);
            }
        }
    }

    #[test]
    fn supports_are_common_or_own() {
        let places = |column: &Vec<f64>| (0..50).filter(|&i| column[i] != 0.0).collect::<Vec<_>>();
        let common = Scene::RowSparse(RowSparse { sparsity: 5, ..RowSparse::default() }).columns(50, 6, 1).unwrap();
        assert!(common.iter().all(|column| places(column) == places(&common[0]) && places(column).len() == 5));
        let own = Scene::OwnSupports(OwnSupports { sparsity: 5, ..OwnSupports::default() }).columns(50, 6, 1).unwrap();
        assert!(own.iter().all(|column| places(column).len() == 5));
        assert!(own[1..].iter().all(|column| places(column) != places(&own[0])));
        assert_eq!(common[0], own[0]);
    }
}
