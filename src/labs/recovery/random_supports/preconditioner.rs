//! A dictionary in which random columns are far from each other's spans.

use crate::kernels::{axpy, dot, norm};
use crate::linalg::{IncrementalQr, Svd};
use crate::signals::random::Random;

/// Singular values below this share of the largest are no directions.
const RANK: f64 = 1e-10;
/// A column of which less than this share is left is used up.
const DEAD: f64 = 1e-11;

/// `D = [V, R]` in the making: V orthonormal, R what V leaves of the columns of X, at unit length.
pub struct Preconditioner {
    columns: Vec<Vec<f64>>,
    basis: IncrementalQr<f64>,
    /// `r_j`, of unit norm; columns that are used up are zero.
    pub remainders: Vec<Vec<f64>>,
    /// `|(I - V V^T) x_j|`; zero where used up.
    pub sizes: Vec<f64>,
    /// Columns that are not used up, ascending.
    pub alive: Vec<usize>,
    sparsity: usize,
    draws: usize,
    /// Mean share of columns that a random set captures, by round.
    pub captured: Vec<f64>,
    /// Number of directions in V after each round.
    pub peeled: Vec<usize>,
}

/// A set of columns, an orthonormal basis of its span, and the other columns that are nearly in it.
struct Draw {
    span: Vec<Vec<f64>>,
    captured: Vec<usize>,
}

impl Preconditioner {
    /// Nothing peeled. Sets have `sparsity` columns, and a round draws `draws` of them.
    pub fn new(columns: Vec<Vec<f64>>, sparsity: usize, draws: usize) -> Self {
        let mut this = Self {
            basis: IncrementalQr::new(),
            remainders: Vec::new(),
            sizes: Vec::new(),
            alive: Vec::new(),
            columns,
            sparsity,
            draws,
            captured: Vec::new(),
            peeled: Vec::new(),
        };
        this.project();
        this
    }

    /// V, orthonormal.
    pub fn basis(&self) -> &[Vec<f64>] {
        self.basis.directions()
    }

    /// theta: a column is captured by a set whose span it is nearer to than this share of its length.
    pub fn nearness(&self) -> f64 {
        0.5 / (self.sparsity as f64).sqrt()
    }

    /// The mean share at which the dictionary is good.
    pub fn bound(&self) -> f64 {
        0.25 / self.sparsity as f64
    }

    /// Tests the dictionary by random sets. If they capture too much the directions that they capture it with go to V; `false` when the
    /// test is passed, or no columns are left to be tested.
    pub fn round(&mut self, random: &mut Random) -> bool {
        if self.alive.len() <= self.sparsity {
            return false;
        }
        let others = (self.alive.len() - self.sparsity) as f64;
        let draws: Vec<Draw> = (0..self.draws).map(|_| self.draw(random)).collect();
        let total: usize = draws.iter().map(|draw| draw.captured.len()).sum();
        let mean = total as f64 / (others * self.draws as f64);
        self.captured.push(mean);
        // Of equal draws the first.
        let best = draws.into_iter().rev().max_by_key(|draw| draw.captured.len());
        let Some(best) = best.filter(|best| mean > self.bound() && !best.captured.is_empty()) else { return false };
        let before = self.basis().len();
        for direction in self.directions(&best) {
            // One that V has already adds nothing.
            let _ = self.basis.push(&direction);
        }
        self.peeled.push(self.basis().len());
        self.project();
        self.basis().len() > before
    }

    fn draw(&self, random: &mut Random) -> Draw {
        let set: Vec<usize> =
            random.subset(self.alive.len(), self.sparsity).into_iter().map(|i| self.alive[i]).collect();
        let svd = Svd::new(set.iter().map(|&j| self.remainders[j].clone()).collect());
        let kept = svd.values.iter().filter(|value| **value > RANK * svd.values[0]).count();
        let span = svd.truncated(kept).left;
        let threshold = 1.0 - self.nearness() * self.nearness();
        // Of a unit vector the part in the span has the squared norm 1 - dist^2.
        let near = |j: &usize| span.iter().fold(0.0, |sum, u| sum + square(dot(u, &self.remainders[*j]))) > threshold;
        let captured = self.alive.iter().copied().filter(|j| set.binary_search(j).is_err()).filter(near).collect();
        Draw { span, captured }
    }

    /// Leading directions of what a set captures, with a share `1 - theta^2 / 4` of its energy.
    fn directions(&self, Draw { span, captured }: &Draw) -> Vec<Vec<f64>> {
        let seen = captured.iter().map(|&j| span.iter().map(|u| dot(u, &self.remainders[j])).collect()).collect();
        let svd: Svd<f64> = Svd::new(seen);
        let energy = svd.values.iter().fold(0.0, |sum, value| sum + value * value);
        let wanted = (1.0 - square(self.nearness()) / 4.0) * energy;
        let mut held = 0.0;
        let mut directions = Vec::new();
        for (value, left) in svd.values.iter().zip(&svd.left) {
            if held >= wanted {
                break;
            }
            held += value * value;
            let mut direction = vec![0.0; self.columns[0].len()];
            left.iter().zip(span).for_each(|(&weight, u)| axpy(weight, u, &mut direction));
            directions.push(direction);
        }
        directions
    }

    /// R from X and V, taking V away twice: once leaves what rounding has put back.
    fn project(&mut self) {
        self.remainders.clear();
        self.sizes.clear();
        for column in &self.columns {
            let mut rest = column.clone();
            for _ in 0..2 {
                for v in self.basis.directions() {
                    let share = dot(v, &rest);
                    axpy(-share, v, &mut rest);
                }
            }
            let size = norm(&rest);
            let size = if size > DEAD * norm(column) { size } else { 0.0 };
            rest.iter_mut().for_each(|entry| *entry = if size > 0.0 { *entry / size } else { 0.0 });
            self.sizes.push(size);
            self.remainders.push(rest);
        }
        self.alive = (0..self.columns.len()).filter(|&j| self.sizes[j] > 0.0).collect();
    }
}

fn square(x: f64) -> f64 {
    x * x
}
