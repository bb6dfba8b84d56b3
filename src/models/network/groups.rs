//! N:M sparsity: of every M weights in a row at most N are there.
//!
//! Groups are M consecutive weights of a row of W, so along the inputs, over which a product sums; a row's last group may be short.

use crate::signals::random::Random;
use std::cmp::Ordering;

/// N of every M.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Groups {
    /// Weights of a group that are there, N.
    pub kept: usize,
    /// Weights in a group, M.
    pub size: usize,
}

impl Groups {
    /// Flags the N largest moduli of each group, ties going to the lower index. `weights` are rows of `cols` entries. A short last
    /// group of q weights keeps `ceil(N q / M)`. O(N) a weight.
    ///
    /// # Panics
    /// When the lengths differ, or sizes are zero.
    pub fn largest(self, weights: &[f32], cols: usize, flags: &mut [bool]) {
        assert_eq!(weights.len(), flags.len());
        for (row, flags) in weights.chunks_exact(cols).zip(flags.chunks_exact_mut(cols)) {
            for (group, flags) in row.chunks(self.size).zip(flags.chunks_mut(self.size)) {
                let kept = self.kept_of(group.len());
                if kept >= group.len() {
                    flags.fill(true);
                    continue;
                }
                flags.fill(false);
                for _ in 0..kept {
                    if let Some(next) = largest_left(group, flags) {
                        flags[next] = true;
                    }
                }
            }
        }
    }

    /// Flags N of each group at random.
    ///
    /// # Panics
    /// When sizes are zero.
    pub fn random(self, cols: usize, flags: &mut [bool], random: &mut Random) {
        for row in flags.chunks_exact_mut(cols) {
            for group in row.chunks_mut(self.size) {
                group.fill(false);
                let kept = self.kept_of(group.len());
                random.subset(group.len(), kept).into_iter().for_each(|i| group[i] = true);
            }
        }
    }

    /// Weights that a group of so many keeps.
    fn kept_of(self, length: usize) -> usize {
        (self.kept * length).div_ceil(self.size).min(length)
    }
}

/// The first of the largest moduli among those without a flag.
fn largest_left(group: &[f32], flags: &[bool]) -> Option<usize> {
    let left = (0..group.len()).filter(|&i| !flags[i]);
    // Of equal ones `max_by` takes the last it sees, so the lower index counts as more.
    left.max_by(|&i, &j| {
        let by_size = group[i].abs().partial_cmp(&group[j].abs()).unwrap_or(Ordering::Equal);
        by_size.then(j.cmp(&i))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::Stream;

    fn flags(groups: Groups, weights: &[f32], cols: usize) -> Vec<usize> {
        let mut flags = vec![true; weights.len()];
        groups.largest(weights, cols, &mut flags);
        (0..flags.len()).filter(|&i| flags[i]).collect()
    }

    #[test]
    fn the_largest_of_each_group_stay() {
        let two_of_four = Groups { kept: 2, size: 4 };
        assert_eq!(flags(two_of_four, &[0.1, -3.0, 2.0, 1.0, 5.0, 0.0, -6.0, 4.0], 8), [1, 2, 4, 6]);
        assert_eq!(flags(two_of_four, &[0.0; 8], 4), [0, 1, 4, 5], "ties go to the lower index");
        assert_eq!(flags(two_of_four, &[1.0, 2.0, -2.0, 2.0], 4), [1, 2]);
        assert_eq!(flags(Groups { kept: 4, size: 4 }, &[0.0; 8], 8).len(), 8);
    }

    #[test]
    fn groups_end_with_the_row_and_a_short_one_keeps_its_share() {
        // Rows of 6: a group of 4 and one of 2, which keeps ceil(1 2 / 4) = 1.
        let weights = [1.0, 4.0, 3.0, 2.0, 5.0, 6.0, 9.0, 1.0, 1.0, 1.0, 0.0, 1.0];
        assert_eq!(flags(Groups { kept: 1, size: 4 }, &weights, 6), [1, 5, 6, 11]);
        assert_eq!(flags(Groups { kept: 1, size: 32 }, &weights, 6), [5, 6], "a row shorter than a group is one");
    }

    /// The chances that a weight stays are those of the group, and every draw keeps as many.
    #[test]
    fn random_masks_keep_as_many_anywhere() {
        let mut random = Random::new(7, Stream::Mask);
        let mut counts = [0; 8];
        for _ in 0..800 {
            let mut flags = [true; 8];
            Groups { kept: 1, size: 4 }.random(8, &mut flags, &mut random);
            assert!(flags.chunks(4).all(|group| group.iter().filter(|&&there| there).count() == 1));
            (0..8).filter(|&i| flags[i]).for_each(|i| counts[i] += 1);
        }
        // 200 each, standard deviation 12.
        assert!(counts.iter().all(|&count| (140..=260).contains(&count)), "{counts:?}");
    }
}
