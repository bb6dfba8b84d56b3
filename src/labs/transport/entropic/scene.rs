//! What is moved onto what: measures on points of the plane, on a line, or on nothing but a table of costs.

use crate::signals::random::{Random, Stream};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The two measures and the cost, by `id`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum Scene {
    /// Two clouds of points in the plane, under squared distance.
    #[schemars(extend("x-phrase" = "{from} onto {to}, [clouds] of"))]
    Clouds(Clouds),
    /// An assignment: costs are drawn, each alone, from [0, 1].
    #[schemars(extend("x-phrase" = "each of one set to one of another at [random costs], sets of"))]
    Assignment(Assignment),
    /// Two histograms on a line, under squared distance.
    #[schemars(extend("x-phrase" = "one histogram onto another, [on a line] of"))]
    Histograms(Histograms),
}

impl Default for Scene {
    fn default() -> Self {
        Scene::Clouds(Clouds::default())
    }
}

/// Clouds in the plane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Clouds {
    /// The cloud that is moved.
    pub from: Cloud,
    /// The cloud that it is moved onto.
    pub to: Cloud,
}

impl Default for Clouds {
    fn default() -> Self {
        Self { from: Cloud::Disc, to: Cloud::Ring }
    }
}

/// How the points of a cloud lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cloud {
    /// Evenly in a disc.
    #[schemars(extend("x-label" = "a disc"))]
    Disc,
    /// Near a circle.
    #[schemars(extend("x-label" = "a ring"))]
    Ring,
    /// Evenly in a square.
    #[schemars(extend("x-label" = "a square"))]
    Square,
    /// Around four centres.
    #[schemars(extend("x-label" = "four heaps"))]
    Heaps,
}

/// No parameters: all that matters is the size.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Assignment {}

/// Densities on a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Histograms {
    /// Width of the bumps, as a share of the line.
    #[schemars(range(min = 0.01, max = 0.3))]
    pub width: f64,
}

impl Default for Histograms {
    fn default() -> Self {
        Self { width: 0.08 }
    }
}

/// A point of the plane.
pub type Point = [f64; 2];

/// What a scene draws: a cost, two measures, and the points where there are any.
pub(super) struct Drawn {
    pub(super) cost: Vec<f64>,
    pub(super) source: Vec<f64>,
    pub(super) target: Vec<f64>,
    pub(super) points: Option<(Vec<Point>, Vec<Point>)>,
}

impl Scene {
    /// Draws `n` points or bins on either side.
    pub(super) fn draw(&self, n: usize, seed: u64) -> Drawn {
        let mut first = Random::new(seed, Stream::Points);
        let mut second = Random::new(seed, Stream::Targets);
        let even = vec![1.0 / n as f64; n];
        match self {
            Scene::Clouds(clouds) => {
                let (from, to) = (clouds.from.draw(n, &mut first), clouds.to.draw(n, &mut second));
                Drawn {
                    cost: squared_distances(&from, &to),
                    source: even.clone(),
                    target: even,
                    points: Some((from, to)),
                }
            }
            Scene::Assignment(_) => Drawn {
                cost: (0..n * n).map(|_| first.uniform()).collect(),
                source: even.clone(),
                target: even,
                points: None,
            },
            Scene::Histograms(histograms) => {
                let line: Vec<Point> = (0..n).map(|i| [(i as f64 + 0.5) / n as f64, 0.0]).collect();
                Drawn {
                    cost: squared_distances(&line, &line),
                    source: bumps(n, histograms.width, &mut first),
                    target: bumps(n, histograms.width, &mut second),
                    points: None,
                }
            }
        }
    }
}

impl Cloud {
    fn draw(self, n: usize, random: &mut Random) -> Vec<Point> {
        (0..n).map(|i| self.point(i, random)).collect()
    }

    /// A point within the square from -1 to 1, or a little beyond it.
    fn point(self, i: usize, random: &mut Random) -> Point {
        let turn = |radius: f64, random: &mut Random| {
            let angle = std::f64::consts::TAU * random.uniform();
            [radius * libm::cos(angle), radius * libm::sin(angle)]
        };
        match self {
            Cloud::Disc => turn(0.55 * random.uniform().sqrt(), random),
            Cloud::Ring => turn(0.85 + 0.1 * random.uniform(), random),
            Cloud::Square => [2.0 * random.uniform() - 1.0, 2.0 * random.uniform() - 1.0],
            Cloud::Heaps => {
                let centre = [[-0.7, -0.7], [0.7, -0.7], [0.7, 0.7], [-0.7, 0.7]][i % 4];
                [centre[0] + 0.12 * random.normal(), centre[1] + 0.12 * random.normal()]
            }
        }
    }
}

/// `|x_i - y_j|^2`, row by row.
pub(super) fn squared_distances(from: &[Point], to: &[Point]) -> Vec<f64> {
    from.iter()
        .flat_map(|p| {
            to.iter().map(|q| {
                let (across, up) = (p[0] - q[0], p[1] - q[1]);
                across * across + up * up
            })
        })
        .collect()
}

/// Three bumps in drawn places, on a floor that keeps every bin positive; mass 1.
fn bumps(n: usize, width: f64, random: &mut Random) -> Vec<f64> {
    let centres: Vec<(f64, f64)> = (0..3).map(|_| (random.uniform(), 0.3 + random.uniform())).collect();
    let height = |i: usize| {
        let at = (i as f64 + 0.5) / n as f64;
        let bump = |(centre, height): &(f64, f64)| {
            let off = (at - centre) / width;
            height * libm::exp(-0.5 * off * off)
        };
        0.02 + centres.iter().map(bump).sum::<f64>()
    };
    let heights: Vec<f64> = (0..n).map(height).collect();
    let mass: f64 = heights.iter().sum();
    heights.into_iter().map(|height| height / mass).collect()
}
