//! A least-squares fit that gains one column at a time: what OMP and OLS share.

use crate::kernels::{Scalar, axpy, dot};
use crate::linalg::{Dependent, IncrementalQr};

/// `x = argmin |y - A z|` over z supported on the columns added so far, and `r = y - A x`.
pub(super) struct GrowingFit<S> {
    /// `A_S = Q R`, columns in the order in which they were added.
    factors: IncrementalQr<S>,
    /// The columns, in that order.
    pub(super) picks: Vec<usize>,
    /// `Q^* y`.
    projections: Vec<S>,
    /// `x`, n entries.
    pub(super) estimate: Vec<S>,
    /// The columns, ascending.
    pub(super) support: Vec<usize>,
    /// `r`, m entries.
    pub(super) residual: Vec<S>,
}

impl<S: Scalar> GrowingFit<S> {
    /// No columns of `cols`.
    pub(super) fn new(measurements: &[S], cols: usize) -> Self {
        Self {
            factors: IncrementalQr::new(),
            picks: Vec::new(),
            projections: Vec::new(),
            estimate: vec![S::zero(); cols],
            support: Vec::new(),
            residual: measurements.to_vec(),
        }
    }

    /// Adds column `j` and fits again, in O(m |S|): the new direction takes its share of the residual.
    ///
    /// # Errors
    /// [`Dependent`] when it lies in the span of the others; nothing is changed then.
    pub(super) fn add(&mut self, j: usize, column: &[S]) -> Result<(), Dependent> {
        self.factors.push(column)?;
        self.picks.push(j);
        let place = self.support.partition_point(|&i| i < j);
        self.support.insert(place, j);
        let direction = self.factors.last_direction().ok_or(Dependent)?;
        let share = dot(direction, &self.residual);
        axpy(-share, direction, &mut self.residual);
        self.projections.push(share);
        let values = self.factors.back_substitute(&self.projections);
        for (&j, value) in self.picks.iter().zip(values) {
            self.estimate[j] = value;
        }
        Ok(())
    }

    /// The orthonormal direction that the last column added.
    pub(super) fn last_direction(&self) -> Option<&[S]> {
        self.factors.last_direction()
    }
}
