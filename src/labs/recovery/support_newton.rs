//! Newton's method for the LASSO on the support of an iterate, for real entries.

use super::lasso::Iterate;
use crate::kernels::{Scalar, axpy, dot};
use crate::linalg::ActiveCholesky;
use crate::operators::Dense;

/// The factor of `A_S^T A_S`, kept from one solve to the next.
#[derive(Default)]
pub(super) struct SupportNewton<S> {
    /// S in the order of the factor.
    order: Vec<usize>,
    factor: ActiveCholesky<S>,
}

impl<S: Scalar> SupportNewton<S> {
    /// Minimizes over the values on the support as long as signs stay; entries that meet zero are dropped. Where
    /// columns of S are dependent, or entries complex, nothing happens. `residual` follows.
    pub(super) fn go(&mut self, at: &mut Iterate<S>, columns: &Dense<S>) {
        if S::COMPLEX || !self.follow(at, columns) {
            return;
        }
        while !self.order.is_empty() && !self.solve(at, columns) {}
    }

    /// Updates the factor to the present support; false where columns are dependent.
    fn follow(&mut self, at: &mut Iterate<S>, columns: &Dense<S>) -> bool {
        for place in (0..self.order.len()).rev() {
            if at.estimate[self.order[place]] == S::zero() {
                self.drop(place);
            }
        }
        let mut known = vec![false; at.estimate.len()];
        self.order.iter().for_each(|&j| known[j] = true);
        let new = (0..at.estimate.len()).filter(|&j| at.estimate[j] != S::zero() && !known[j]);
        for j in new {
            let column = columns.column_slice(j);
            let products: Vec<S> = self.order.iter().map(|&i| dot(columns.column_slice(i), column)).collect();
            at.column_products += (products.len() + 1) as f64 / known.len() as f64;
            if self.factor.push(&products, S::norm_squared(column)).is_err() {
                return false;
            }
            self.order.push(j);
        }
        true
    }

    fn drop(&mut self, place: usize) {
        self.order.remove(place);
        self.factor.remove(place);
    }

    /// One Newton step, cut short where an entry meets zero; whether it was a full one.
    fn solve(&mut self, at: &mut Iterate<S>, columns: &Dense<S>) -> bool {
        let gradient = |&j: &usize| dot(columns.column_slice(j), &at.residual) - at.estimate[j].sign() * at.lambda;
        let mut direction: Vec<S> = self.order.iter().map(gradient).collect();
        self.factor.solve(&mut direction);
        let (mut length, mut meets) = (1.0, None);
        for (place, (&j, d)) in self.order.iter().zip(&direction).enumerate() {
            let (x, d) = (at.estimate[j].re(), d.re());
            // Written so that nothing is divided unless signs differ.
            if x * d < 0.0 && -x / d < length {
                (length, meets) = (-x / d, Some(place));
            }
        }
        for (&j, &d) in self.order.iter().zip(&direction) {
            let moved = d * length;
            at.estimate[j] += moved;
            axpy(-moved, columns.column_slice(j), &mut at.residual);
        }
        at.column_products += 2.0 * self.order.len() as f64 / at.estimate.len() as f64;
        if let Some(place) = meets {
            at.estimate[self.order[place]] = S::zero();
            self.drop(place);
        }
        meets.is_none()
    }
}
