//! An array of drawn entries.

use super::Drawn;
use crate::contract::Complaint;
use crate::operators::Dense;
use crate::signals::random::{Random, Stream};
use num_complex::Complex64;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An array of side n, whose entries are not zero where all of three indices are among k that are drawn for each;
/// there they are independent and normal. Each index is measured by a normal matrix with columns of unit norm.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Cube {
    /// Entries along an index, n.
    #[schemars(range(min = 1, max = 20))]
    pub side: usize,
    /// Indices a side that are not zero, k: k^3 entries.
    #[schemars(range(min = 1, max = 20))]
    pub sparsity: usize,
    /// Measurements along the first index.
    #[schemars(range(min = 1, max = 16))]
    pub first: usize,
    /// Measurements along the second index.
    #[schemars(range(min = 1, max = 16))]
    pub second: usize,
    /// Measurements along the third index.
    #[schemars(range(min = 1, max = 16))]
    pub third: usize,
    /// Along the first and the third index, those that are not zero are next to each other.
    pub blocks: bool,
}

impl Default for Cube {
    fn default() -> Self {
        Self { side: 10, sparsity: 2, first: 5, second: 7, third: 8, blocks: false }
    }
}

impl Cube {
    pub(super) fn draw(&self, seed: u64) -> Result<Drawn, Complaint> {
        if self.sparsity > self.side {
            let message = format!("goes up to the side of the cube, {}, not {}", self.side, self.sparsity);
            return Err(Complaint::new("sparsity", message));
        }
        let blocky = [self.blocks, false, self.blocks];
        let mut random = Random::new(seed, Stream::Matrix);
        let rows = [self.first, self.second, self.third];
        let factor = |rows: usize| {
            let entries = (0..rows * self.side).map(|_| random.normal_scalar()).collect();
            Dense::from_columns(rows, self.side, entries).with_unit_columns()
        };
        let factors = rows.map(factor).into();
        let mut random = Random::new(seed, Stream::Support);
        let supports: Vec<Vec<usize>> = blocky
            .iter()
            .map(|&block| {
                if block {
                    let start = random.below(self.side - self.sparsity + 1);
                    (start..start + self.sparsity).collect()
                } else {
                    random.subset(self.side, self.sparsity)
                }
            })
            .collect();
        let mut random = Random::new(seed, Stream::Amplitudes);
        let mut truth = vec![Complex64::default(); self.side.pow(3)];
        for &i in &supports[0] {
            for &j in &supports[1] {
                for &k in &supports[2] {
                    truth[(i * self.side + j) * self.side + k] = random.normal_scalar();
                }
            }
        }
        Ok(Drawn { factors, truth, supports, blocky, angles: false })
    }
}
