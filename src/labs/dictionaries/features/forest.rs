//! Features that come in trees: a child is only there where its parent is.
//!
//! ```text
//! a parent is active with probability p; then one of its children is with probability q each, or none
//! lone features are active with probability r, each by itself
//! x = sum of the directions of all active features
//! ```
//!
//! Features are numbered tree by tree, a parent before its children, and then the lone ones.

use crate::kernels::{axpy, dot, norm};
use crate::signals::random::{Random, Stream};
use std::sync::Arc;

/// Which features there are, and how often.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forest {
    /// Trees.
    pub parents: usize,
    /// Children of each parent.
    pub children: usize,
    /// Features without a tree.
    pub lone: usize,
    /// Probability of a parent, p.
    pub parent_rate: f64,
    /// Probability of each child where its parent is active, q.
    pub child_rate: f64,
    /// Probability of a lone feature, r.
    pub lone_rate: f64,
}

impl Forest {
    /// Number of features, n.
    pub fn count(&self) -> usize {
        self.parents * (1 + self.children) + self.lone
    }

    /// The feature that is a tree's root.
    pub fn parent(&self, tree: usize) -> usize {
        tree * (1 + self.children)
    }

    /// The children of a tree's root.
    pub fn children_of(&self, tree: usize) -> std::ops::Range<usize> {
        self.parent(tree) + 1..self.parent(tree + 1)
    }

    /// The tree of a feature; a lone one has none.
    pub fn tree_of(&self, feature: usize) -> Option<usize> {
        Some(feature / (1 + self.children)).filter(|tree| *tree < self.parents)
    }

    /// Features by how much depends on them: parents, lone ones, children.
    pub fn by_rank(&self) -> Vec<usize> {
        let parents = (0..self.parents).map(|tree| self.parent(tree));
        let lone = self.parent(self.parents)..self.count();
        parents.chain(lone).chain((0..self.parents).flat_map(|tree| self.children_of(tree))).collect()
    }

    /// What a feature is called: `B` is the second parent, `B2` its second child, `3` the third lone feature.
    pub fn name(&self, feature: usize) -> String {
        let Some(tree) = self.tree_of(feature) else {
            return (feature - self.parent(self.parents) + 1).to_string();
        };
        let letter = char::from(b'A' + (tree % 26) as u8);
        match feature - self.parent(tree) {
            0 => letter.to_string(),
            child => format!("{letter}{child}"),
        }
    }

    /// Features that are active together, ascending.
    pub fn draw(&self, random: &mut Random) -> Vec<usize> {
        let mut active = Vec::new();
        for tree in 0..self.parents {
            if random.uniform() < self.parent_rate {
                active.push(self.parent(tree));
                let chosen = random.uniform() / self.child_rate;
                if chosen < self.children as f64 {
                    active.push(self.parent(tree) + 1 + chosen as usize);
                }
            }
        }
        let lone = self.parent(self.parents)..self.count();
        active.extend(lone.filter(|_| random.uniform() < self.lone_rate));
        active
    }
}

/// A forest whose features have directions.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The features.
    pub forest: Forest,
    /// Entries of an input, d.
    pub dims: usize,
    /// Directions, a feature after the other, with their lengths.
    pub directions: Vec<f64>,
}

impl Scene {
    /// Draws directions: orthogonal ones where there is room, random ones otherwise. Their lengths have mean 1 and the standard
    /// deviation `spread`.
    pub(super) fn draw(forest: Forest, dims: usize, spread: f64, seed: u64) -> Self {
        let (mut random, count) = (Random::new(seed, Stream::Matrix), forest.count());
        let mut directions: Vec<f64> = Vec::with_capacity(count * dims);
        for feature in 0..count {
            let mut direction: Vec<f64> = (0..dims).map(|_| random.normal()).collect();
            if count <= dims {
                // Once more takes out what rounding has left of the first time.
                for _ in 0..2 {
                    for other in directions[..feature * dims].chunks_exact(dims) {
                        axpy(-dot(other, &direction), other, &mut direction);
                    }
                }
            }
            let length = norm(&direction);
            directions.extend(direction.iter().map(|entry| entry / length));
        }
        let mut lengths = Random::new(seed, Stream::Amplitudes);
        for direction in directions.chunks_exact_mut(dims) {
            // Never so short that a feature cannot be told from nothing.
            let length = (1.0 + spread * lengths.normal()).max(0.1);
            direction.iter_mut().for_each(|entry| *entry *= length);
        }
        Self { forest, dims, directions }
    }

    /// The direction of a feature, with its length.
    pub fn direction(&self, feature: usize) -> &[f64] {
        &self.directions[feature * self.dims..][..self.dims]
    }

    /// The input in which these features are active.
    pub fn input(&self, active: &[usize]) -> Vec<f64> {
        let mut x = vec![0.0; self.dims];
        active.iter().for_each(|&feature| axpy(1.0, self.direction(feature), &mut x));
        x
    }
}

/// Inputs without end, to learn from.
pub struct Flow {
    scene: Arc<Scene>,
    random: Random,
}

impl Flow {
    /// The inputs of a stream under a seed.
    pub(super) fn new(scene: Arc<Scene>, seed: u64, stream: Stream) -> Self {
        Self { scene, random: Random::new(seed, stream) }
    }

    /// The features of the next input.
    pub(super) fn next(&mut self) -> Vec<usize> {
        self.scene.forest.draw(&mut self.random)
    }

    /// As many inputs, one after the other.
    pub fn batch(&mut self, count: usize) -> Vec<f64> {
        (0..count)
            .flat_map(|_| {
                let active = self.next();
                self.scene.input(&active)
            })
            .collect()
    }
}
