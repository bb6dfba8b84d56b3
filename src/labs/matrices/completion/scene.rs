//! Which matrix is to be completed.

use super::Factors;
use crate::contract::Kind;
use crate::linalg::IncrementalQr;
use crate::signals::phantom::{Contrast, shepp_logan};
use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The matrix, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// A cloth of stripes in twill: a picture of rank 6 at most.
    #[schemars(extend("x-phrase" = "[a tartan]"))]
    Tartan(Tartan),
    /// Random singular vectors, and singular values that fall evenly.
    #[schemars(extend("x-phrase" = "[a random matrix] of rank {rank} and condition {condition}"))]
    LowRank(LowRank),
    /// Ratings from 1 to 5: what people and films are like in general, and a few tastes.
    #[schemars(extend("x-phrase" = "[ratings] by {tastes} tastes"))]
    Ratings(Ratings),
    /// The head phantom of Shepp and Logan, which is of no low rank.
    #[schemars(extend("x-phrase" = "[a head phantom]"))]
    Phantom(Phantom),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Tartan(Tartan::default())
    }
}

/// No parameters: the sett is drawn.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Tartan {}

/// A matrix of given rank.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct LowRank {
    /// Rank, k.
    #[schemars(range(min = 1, max = 16))]
    pub rank: usize,
    /// Largest singular value over the smallest.
    #[schemars(range(min = 1.0, max = 1000.0), extend("x-scale" = "log"))]
    pub condition: f64,
}

impl Default for LowRank {
    fn default() -> Self {
        Self { rank: 4, condition: 3.0 }
    }
}

/// People by films.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Ratings {
    /// Tastes in which people differ; the rank is two more.
    #[schemars(range(min = 1, max = 8))]
    pub tastes: usize,
}

impl Default for Ratings {
    fn default() -> Self {
        Self { tastes: 2 }
    }
}

/// No parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Phantom {}

/// The rank that methods take for a phantom: its singular values fall slowly, and this one is a compromise.
const PHANTOM_RANK: usize = 8;

/// What a scene draws: entries row by row, the rank that methods are told, and how it is looked at.
pub(super) struct Drawn {
    pub(super) entries: Vec<f64>,
    pub(super) rows: usize,
    pub(super) cols: usize,
    pub(super) rank: usize,
    pub(super) kind: Kind,
}

impl Scene {
    /// Draws `n x n` entries.
    pub(super) fn draw(&self, n: usize, seed: u64) -> Drawn {
        let square = |entries, rank: usize, kind| Drawn { entries, rows: n, cols: n, rank: rank.min(n), kind };
        match self {
            Scene::Tartan(_) => square(tartan(n, seed), 6, Kind::Image),
            Scene::LowRank(low) => square(low.draw(n, seed), low.rank, Kind::Heat),
            Scene::Ratings(ratings) => square(ratings.draw(n, seed), ratings.tastes + 2, Kind::Heat),
            Scene::Phantom(_) => square(shepp_logan(n, Contrast::Enhanced), PHANTOM_RANK, Kind::Image),
        }
    }
}

impl LowRank {
    /// `U diag(s) V^T n / |s|`, so that entries have unit mean square; U and V are Gaussian with orthonormal columns.
    fn draw(&self, n: usize, seed: u64) -> Vec<f64> {
        let rank = self.rank.min(n);
        let left = orthonormal(n, rank, &mut Random::new(seed, Stream::Points));
        let right = orthonormal(n, rank, &mut Random::new(seed, Stream::Targets));
        let share = |l: usize| if rank > 1 { l as f64 / (rank - 1) as f64 } else { 0.0 };
        let values: Vec<f64> = (0..rank).map(|l| 1.0 - share(l) * (1.0 - 1.0 / self.condition)).collect();
        let size = values.iter().fold(0.0, |sum, s| sum + s * s).sqrt();
        let weights: Vec<f64> = values.iter().map(|s| s * n as f64 / size).collect();
        all_entries(&Factors::from_columns((n, n, rank), &weights, &left, &right))
    }
}

impl Ratings {
    /// `3.2 + a_i + b_j + sum_l p_il q_jl`, within 1 and 5 for nearly all.
    fn draw(&self, n: usize, seed: u64) -> Vec<f64> {
        let (mut people, mut films) = (Random::new(seed, Stream::Points), Random::new(seed, Stream::Targets));
        let rank = self.tastes + 2;
        let spread = 0.6 / (self.tastes as f64).sqrt();
        let mut factors = Factors::zero(n, n, rank);
        for row in factors.left_mut().chunks_exact_mut(rank) {
            (row[0], row[1]) = (1.0, 3.2 + 0.35 * people.normal());
            row[2..].iter_mut().for_each(|taste| *taste = spread * people.normal());
        }
        for row in factors.right_mut().chunks_exact_mut(rank) {
            (row[0], row[1]) = (0.45 * films.normal(), 1.0);
            row[2..].iter_mut().for_each(|trait_| *trait_ = films.normal());
        }
        all_entries(&factors)
    }
}

/// Gaussian columns made orthonormal.
fn orthonormal(n: usize, count: usize, random: &mut Random) -> Vec<Vec<f64>> {
    let mut factors = IncrementalQr::new();
    while factors.len() < count {
        let column: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        // Never dependent but with probability zero; then the next one is taken.
        let _ = factors.push(&column);
    }
    factors.directions().to_vec()
}

fn all_entries(factors: &Factors) -> Vec<f64> {
    (0..factors.rows * factors.cols).map(|cell| factors.entry(cell / factors.cols, cell % factors.cols)).collect()
}

/// Warp and weft in the same mirrored sett of greys, woven over two and under two: where the warp is on top its grey is seen, elsewhere
/// the weft's. The twill has rank 3, so the cloth has rank 6 at most.
fn tartan(n: usize, seed: u64) -> Vec<f64> {
    let mut random = Random::new(seed, Stream::Points);
    let mut sett = Vec::new();
    while sett.len() < n.div_ceil(4) + 4 {
        let (width, grey) = (2 + random.below(n / 12 + 2), [0.08, 0.3, 0.55, 0.8, 0.97][random.below(5)]);
        sett.extend(std::iter::repeat_n(grey, width));
    }
    // Forwards and backwards, again and again.
    let period = 2 * sett.len() - 2;
    let thread = |i: usize| {
        let place = i % period;
        sett[place.min(period - place)]
    };
    let warp_on_top = |i: usize, j: usize| (i + j) % 4 < 2;
    (0..n * n).map(|cell| (cell / n, cell % n)).map(|(i, j)| thread(if warp_on_top(i, j) { j } else { i })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::Svd;

    fn values(scene: &Scene, n: usize) -> (Drawn, Vec<f64>) {
        let drawn = scene.draw(n, 5);
        let columns = super::super::factors::columns_of(&drawn.entries, n);
        (drawn, Svd::new(columns).values)
    }

    #[test]
    fn scenes_have_the_rank_that_they_tell() {
        for scene in [Scene::default(), Scene::Ratings(Ratings { tastes: 3 }), Scene::LowRank(LowRank::default())] {
            let (drawn, values) = values(&scene, 48);
            let there = values.iter().filter(|&&value| value > 1e-10 * values[0]).count();
            assert!(there <= drawn.rank && there + 1 >= drawn.rank, "{scene:?} has {there} for {}", drawn.rank);
        }
    }

    #[test]
    fn a_random_matrix_has_its_condition_and_size() {
        let (drawn, values) = values(&Scene::LowRank(LowRank { rank: 5, condition: 7.0 }), 40);
        assert!((values[0] / values[4] - 7.0).abs() < 1e-10);
        let square: f64 = drawn.entries.iter().map(|x| x * x).sum();
        assert!((square / 1600.0 - 1.0).abs() < 1e-12);
    }
}
