//! Which partial sums of a reconstruction have to resemble the input by themselves.
//!
//! ```text
//! xhat_0 = b_dec,   xhat_i = xhat_(i-1) + sum over entries of stage i of a_j e_j,   loss = sum_i w_i |xhat_i - x|^2
//! ```

use super::{Code, Entry};

/// Stages of a reconstruction, and how much the error after each counts.
pub trait Nesting: Send {
    /// Called before each batch: what is drawn anew is drawn here.
    fn begin(&mut self) {}

    /// The weights w_0 to w_G; the first is that of the bias alone.
    fn weights(&self) -> &[f64];

    /// The stage, from 1 to G, in which each entry of a code joins.
    fn stages(&self, code: &[Entry]) -> Vec<usize>;

    /// The latent after the last one of each group, where latents stand in groups that do not change.
    fn group_ends(&self) -> &[usize] {
        &[]
    }

    /// What a unit of an activation costs in a stage whose weight is one: the weight of an l1 penalty.
    fn price(&self) -> f64 {
        0.0
    }

    /// Called after each batch. Returns the order in which latents stand from now on, where that changes.
    fn end(&mut self, _codes: &[Code]) -> Option<Vec<usize>> {
        None
    }
}

/// Stages are groups of latents: a prefix of the dictionary is a dictionary.
#[derive(Clone, Debug)]
pub struct Groups {
    /// The latent after the last one of each group.
    ends: Vec<usize>,
    weights: Vec<f64>,
}

impl Groups {
    /// All latents in one group: the plain autoencoder.
    pub fn one(latents: usize) -> Self {
        Self { ends: vec![latents], weights: vec![0.0, 1.0] }
    }

    /// `groups` groups, of which the last has half of the latents, the one before half of the rest, and so on; fewer where latents
    /// run out. All prefixes weigh the same, with the bias alone among them where `bias` says so.
    pub fn halving(latents: usize, groups: usize, bias: bool) -> Self {
        let mut ends: Vec<usize> = (0..groups.max(1)).rev().map(|halvings| latents >> halvings.min(63)).collect();
        ends.retain(|&end| end > 0);
        ends.dedup();
        let share = 1.0 / (ends.len() + usize::from(bias)) as f64;
        let mut weights = vec![share; ends.len() + 1];
        if !bias {
            weights[0] = 0.0;
        }
        Self { ends, weights }
    }
}

impl Nesting for Groups {
    fn group_ends(&self) -> &[usize] {
        &self.ends
    }

    fn weights(&self) -> &[f64] {
        &self.weights
    }

    fn stages(&self, code: &[Entry]) -> Vec<usize> {
        code.iter().map(|entry| 1 + self.ends.partition_point(|&end| end <= entry.latent)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_group_is_as_large_as_all_before_it() {
        assert_eq!(Groups::halving(20, 3, true).group_ends(), [5, 10, 20]);
        assert_eq!(Groups::halving(20, 4, true).group_ends(), [2, 5, 10, 20]);
        assert_eq!(Groups::halving(64, 5, true).group_ends(), [4, 8, 16, 32, 64], "the paper's fractions");
        assert_eq!(Groups::halving(3, 5, true).group_ends(), [1, 3], "no group is empty");
        assert_eq!(Groups::halving(7, 1, false).weights(), Groups::one(7).weights());
        for nesting in [Groups::halving(20, 4, true), Groups::halving(20, 4, false)] {
            assert!((nesting.weights().iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_latent_joins_with_its_group() {
        let code: Vec<Entry> = [0, 4, 5, 9, 10, 19].map(|latent| Entry { latent, value: 1.0 }).to_vec();
        assert_eq!(Groups::halving(20, 3, true).stages(&code), [1, 1, 2, 2, 3, 3]);
    }
}
