//! Fits on a support that gains one column at a time, by either kind of loss.

use crate::kernels::Scalar;
use crate::labs::recovery::growing_fit::GrowingFit;
use crate::linalg::{Dependent, LeastAbsolute};

/// An estimate on a growing support.
pub(super) trait Refit<S>: Send {
    /// Adds column `j` and fits again.
    ///
    /// # Errors
    /// [`Dependent`] when it lies in the span of the others; nothing is changed then.
    fn add(&mut self, j: usize, column: &[S]) -> Result<(), Dependent>;

    /// `x`, n entries.
    fn estimate(&self) -> &[S];

    /// The columns, ascending.
    fn support(&self) -> &[usize];

    /// `y - A x`, m entries.
    fn residual(&self) -> &[S];
}

impl<S: Scalar> Refit<S> for GrowingFit<S> {
    fn add(&mut self, j: usize, column: &[S]) -> Result<(), Dependent> {
        GrowingFit::add(self, j, column)
    }

    fn estimate(&self) -> &[S] {
        &self.estimate
    }

    fn support(&self) -> &[usize] {
        &self.support
    }

    fn residual(&self) -> &[S] {
        &self.residual
    }
}

/// The fit that has the least sum of moduli.
pub(super) struct AbsoluteFit {
    fit: LeastAbsolute,
    picks: Vec<usize>,
    estimate: Vec<f64>,
    support: Vec<usize>,
}

impl AbsoluteFit {
    /// No columns of `cols`.
    pub(super) fn new(measurements: &[f64], cols: usize) -> Self {
        let fit = LeastAbsolute::new(measurements);
        Self { fit, picks: Vec::new(), estimate: vec![0.0; cols], support: Vec::new() }
    }
}

impl Refit<f64> for AbsoluteFit {
    fn add(&mut self, j: usize, column: &[f64]) -> Result<(), Dependent> {
        self.fit.push(column)?;
        self.picks.push(j);
        let place = self.support.partition_point(|&i| i < j);
        self.support.insert(place, j);
        for (&j, &value) in self.picks.iter().zip(self.fit.values()) {
            self.estimate[j] = value;
        }
        Ok(())
    }

    fn estimate(&self) -> &[f64] {
        &self.estimate
    }

    fn support(&self) -> &[usize] {
        &self.support
    }

    fn residual(&self) -> &[f64] {
        self.fit.residual()
    }
}
