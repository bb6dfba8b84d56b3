//! Which weights are there.

use std::ops::Range;

/// A flag a weight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask(Vec<bool>);

impl Mask {
    /// All of `size` weights are there.
    pub fn full(size: usize) -> Self {
        Self(vec![true; size])
    }

    /// The flags.
    pub fn flags(&self) -> &[bool] {
        &self.0
    }

    /// The flags, to be changed.
    pub fn flags_mut(&mut self) -> &mut [bool] {
        &mut self.0
    }

    /// How many of a range are there.
    pub fn count(&self, of: Range<usize>) -> usize {
        self.0[of].iter().filter(|&&there| there).count()
    }

    /// Sets to zero what is not there.
    ///
    /// # Panics
    /// When the lengths differ.
    pub fn clear(&self, values: &mut [f32]) {
        assert_eq!(values.len(), self.0.len());
        values.iter_mut().zip(&self.0).filter(|(_, there)| !**there).for_each(|(value, _)| *value = 0.0);
    }

    /// Weights whose flag differs in another mask: the L1 distance of the two.
    ///
    /// # Panics
    /// When the lengths differ.
    pub fn distance(&self, other: &Mask) -> usize {
        assert_eq!(self.0.len(), other.0.len());
        self.0.iter().zip(&other.0).filter(|(a, b)| a != b).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_there_is_cleared_and_counted() {
        let (mut mask, full) = (Mask::full(4), Mask::full(4));
        mask.flags_mut()[1] = false;
        mask.flags_mut()[2] = false;
        let mut values = [1.0, 2.0, f32::NAN, 4.0];
        mask.clear(&mut values);
        assert_eq!(values, [1.0, 0.0, 0.0, 4.0]);
        assert_eq!((mask.count(0..4), mask.count(2..4), mask.distance(&full), mask.distance(&mask)), (2, 1, 2, 0));
    }
}
