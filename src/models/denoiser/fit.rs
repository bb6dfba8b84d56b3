//! Fitting a mixture to images.
//!
//! ```text
//! k-means++ and Lloyd's rounds on random projections of the images            a first partition
//! repeat
//!     of each part: mean, the r leading principal directions, and the mean variance in all others
//!     every image goes to the component that most likely made it
//! ```
//!
//! Hard expectation maximisation of mixtures of probabilistic principal component analysers: Tipping and Bishop (1999). Seeding by Arthur
//! and Vassilvitskii, "k-means++: the advantages of careful seeding" (2007).

use super::{Component, GaussianMixture};
use crate::kernels::axpy;
use crate::models::lloyd;
use crate::operators::{Dense, randomized_svd};
use crate::signals::random::Random;

/// Numbers that a projection has.
const PROJECTED: usize = 30;

/// Rounds of Lloyd's algorithm.
const LLOYD_ROUNDS: usize = 10;

/// Rounds of the subspace iteration behind principal directions.
const POWERS: usize = 2;

/// Images whose beliefs are computed at a time.
const BATCH: usize = 256;

/// How a mixture is fitted.
#[derive(Clone, Copy, Debug)]
pub struct MixtureFit {
    /// Components at most, K; those that no image goes to are dropped.
    pub components: usize,
    /// Directions of each, r.
    pub rank: usize,
    /// Rounds of hard expectation maximisation.
    pub rounds: usize,
    /// The least variance in any direction.
    pub floor: f64,
}

impl Default for MixtureFit {
    fn default() -> Self {
        Self { components: 32, rank: 12, rounds: 6, floor: 1e-4 }
    }
}

impl MixtureFit {
    /// A mixture for `images` of `size` numbers each. O(images size K r) a round.
    ///
    /// # Panics
    /// When there are fewer images than components.
    pub fn fit(&self, images: &[f64], size: usize, random: &mut Random) -> GaussianMixture {
        let mut parts = self.first_parts(images, size, random);
        for round in 0.. {
            let mixture = self.mixture(images, size, &parts, random);
            if round + 1 >= self.rounds {
                return mixture;
            }
            parts = images.chunks(BATCH * size).flat_map(|batch| mixture.likeliest(batch, 0.0)).collect();
        }
        unreachable!("the last round returns")
    }

    /// The part of each image, by distances between projections.
    fn first_parts(&self, images: &[f64], size: usize, random: &mut Random) -> Vec<usize> {
        let rays: Vec<f64> = (0..PROJECTED * size).map(|_| random.normal()).collect();
        let project = |image: &[f64]| {
            let mut sums = vec![0.0; PROJECTED];
            image.iter().zip(rays.chunks_exact(PROJECTED)).for_each(|(&pixel, ray)| axpy(pixel, ray, &mut sums));
            sums
        };
        let points: Vec<f64> = images.chunks_exact(size).flat_map(project).collect();
        let mut centres = spread_out(&points, self.components, random);
        lloyd(&points, &mut centres, PROJECTED, LLOYD_ROUNDS);
        let nearest = |point: &[f64]| {
            let distances = centres.chunks_exact(PROJECTED).map(|centre| squared_distance(point, centre)).enumerate();
            distances.min_by(|x, y| x.1.total_cmp(&y.1)).map_or(0, |(i, _)| i)
        };
        points.chunks_exact(PROJECTED).map(nearest).collect()
    }

    fn mixture(&self, images: &[f64], size: usize, parts: &[usize], random: &mut Random) -> GaussianMixture {
        let mut members = vec![Vec::new(); self.components];
        images.chunks_exact(size).zip(parts).for_each(|(image, &part)| members[part].push(image));
        let all = parts.len() as f64;
        let fitted = members.iter().filter(|part| !part.is_empty()).map(|part| {
            let weight = part.len() as f64 / all;
            self.component(weight, part, size, random)
        });
        GaussianMixture::new(fitted.collect())
    }

    fn component(&self, weight: f64, members: &[&[f64]], size: usize, random: &mut Random) -> Component {
        let count = members.len() as f64;
        let mut mean = vec![0.0; size];
        members.iter().for_each(|image| axpy(1.0 / count, image, &mut mean));
        let centred: Vec<f64> = members.iter().flat_map(|image| image.iter().zip(&mean).map(|(x, m)| x - m)).collect();
        let total = centred.iter().fold(0.0, |sum, x| sum + x * x) / count;
        let svd = randomized_svd(&Dense::from_columns(size, members.len(), centred), self.rank, POWERS, random);
        let found: Vec<f64> = svd.values.iter().map(|value| value * value / count).collect();
        let left = (total - found.iter().sum::<f64>()) / (size - found.len()) as f64;
        let rest = left.max(self.floor);
        let variances = found.iter().map(|variance| variance.max(rest)).collect();
        Component { weight, mean, basis: svd.left, variances, rest }
    }
}

fn squared_distance(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).fold(0.0, |sum, (x, y)| sum + (x - y) * (x - y))
}

/// Points far from each other: each is drawn with a chance in proportion to its squared distance from those before it.
fn spread_out(points: &[f64], count: usize, random: &mut Random) -> Vec<f64> {
    let point = |i: usize| &points[i * PROJECTED..(i + 1) * PROJECTED];
    let many = points.len() / PROJECTED;
    let mut centres = point(random.below(many)).to_vec();
    let mut distances: Vec<f64> = (0..many).map(|i| squared_distance(point(i), &centres)).collect();
    for _ in 1..count {
        let mut left = random.uniform() * distances.iter().sum::<f64>();
        let chosen = distances.iter().position(|&distance| {
            left -= distance;
            left < 0.0
        });
        let new = point(chosen.unwrap_or(many - 1));
        for (i, distance) in distances.iter_mut().enumerate() {
            *distance = distance.min(squared_distance(point(i), new));
        }
        centres.extend_from_slice(new);
    }
    centres
}
