//! QR factorisation that grows one column at a time, as orthogonal matching pursuit needs it.

use super::Dependent;
use crate::kernels::{Scalar, axpy, axpy_dot, dot, norm};

/// What is left of a column after projection, relative to it, below which it counts as dependent.
const DEPENDENT: f64 = 1e-10;

/// `A_S = Q R` for the columns pushed so far: `Q` is m x k with orthonormal columns, `R` upper triangular.
///
/// Gram-Schmidt with one re-orthogonalisation, which is as accurate as Householder's method for
/// columns that are not numerically dependent (Giraud and Langou, 2005).
#[derive(Clone, Debug, Default)]
pub struct IncrementalQr<S> {
    q: Vec<Vec<S>>,
    /// Column j of R: entries 0..=j.
    r: Vec<Vec<S>>,
}

impl<S: Scalar> IncrementalQr<S> {
    /// No columns yet.
    pub fn new() -> Self {
        Self { q: Vec::new(), r: Vec::new() }
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.q.len()
    }

    /// Whether there are no columns.
    pub fn is_empty(&self) -> bool {
        self.q.is_empty()
    }

    /// Appends a column in O(m k).
    ///
    /// # Errors
    /// [`Dependent`] when it lies in the span of the others; nothing is changed then.
    pub fn push(&mut self, column: &[S]) -> Result<(), Dependent> {
        let before = norm(column);
        let mut rest = column.to_vec();
        let mut r = vec![S::zero(); self.q.len() + 1];
        // Twice round: what a direction takes away and the next one's projection share a pass over `rest`.
        let mut projection = self.q.first().map_or(S::zero(), |q| dot(q, &rest));
        for place in 0..2 * self.q.len() {
            let i = place % self.q.len();
            r[i] += projection;
            let next = &self.q[(place + 1) % self.q.len()];
            projection = axpy_dot(-projection, &self.q[i], &mut rest, next);
        }
        let after = norm(&rest);
        if after <= DEPENDENT * before || after == 0.0 {
            return Err(Dependent);
        }
        for entry in &mut rest {
            *entry = *entry / after;
        }
        r[self.q.len()] = S::from_real(after);
        self.q.push(rest);
        self.r.push(r);
        Ok(())
    }

    /// The orthonormal direction that the last column added.
    pub fn last_direction(&self) -> Option<&[S]> {
        self.q.last().map(Vec::as_slice)
    }

    /// `Q^* e_i`: row i of Q, conjugated.
    pub fn row(&self, i: usize) -> Vec<S> {
        self.q.iter().map(|q| q[i].conj()).collect()
    }

    /// The columns of Q.
    pub fn directions(&self) -> &[Vec<S>] {
        &self.q
    }

    /// The smallest modulus on the diagonal of R, relative to the largest; 1 where there are no columns.
    pub fn least_pivot(&self) -> f64 {
        let pivots = self.r.iter().enumerate().map(|(j, column)| column[j].re());
        let (least, most) = pivots.fold((f64::INFINITY, 0.0_f64), |(low, high), r| (low.min(r), high.max(r)));
        if most > 0.0 { least / most } else { 1.0 }
    }

    /// `Q^* b`, k entries, in O(m k).
    pub fn project(&self, b: &[S]) -> Vec<S> {
        self.q.iter().map(|q| dot(q, b)).collect()
    }

    /// Solves `R x = c` in O(k^2). With `c = Q^* b` this is the least-squares solution.
    pub fn back_substitute(&self, c: &[S]) -> Vec<S> {
        let mut x = c.to_vec();
        for j in (0..x.len()).rev() {
            x[j] = x[j] / self.r[j][j].re();
            let (head, tail) = x.split_at_mut(j);
            axpy(-tail[0], &self.r[j][..j], head);
        }
        x
    }

    /// Solves `R^* w = c` in O(k^2). Then `v = Q w` is the shortest vector with `A_S^* v = c`, and `R^{-1} w` is
    /// `(A_S^* A_S)^{-1} c`.
    pub fn solve_adjoint(&self, c: &[S]) -> Vec<S> {
        let mut w = c.to_vec();
        for j in 0..w.len() {
            let sum = dot(&self.r[j][..j], &w[..j]);
            w[j] = (w[j] - sum) / self.r[j][j].re();
        }
        w
    }

    /// `Q w` for `rows` rows, in O(m k); zero where there are no columns.
    pub fn combine(&self, w: &[S], rows: usize) -> Vec<S> {
        let mut image = vec![S::zero(); rows];
        for (q, &w) in self.q.iter().zip(w) {
            axpy(w, q, &mut image);
        }
        image
    }

    /// Least-squares solution of `A_S x = b` in O(m k).
    pub fn solve(&self, b: &[S]) -> Vec<S> {
        self.back_substitute(&self.project(b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_refuses_dependent_columns() {
        let mut qr = IncrementalQr::new();
        qr.push(&[1.0, 1.0, 0.0]).unwrap();
        qr.push(&[0.0, 2.0, 1.0]).unwrap();
        assert_eq!(qr.push(&[1.0, 3.0, 1.0]), Err(Dependent));
        assert_eq!(qr.push(&[0.0; 3]), Err(Dependent));
        let x = qr.solve(&[3.0, -1.0, -2.0]);
        assert!((x[0] - 3.0).abs() < 1e-14 && (x[1] + 2.0).abs() < 1e-14, "{x:?}");
    }

    #[test]
    fn the_adjoint_solve_gives_the_shortest_preimage() {
        let (a, b) = ([1.0, 1.0, 0.0], [0.0, 2.0, 1.0]);
        let mut qr = IncrementalQr::new();
        qr.push(&a).unwrap();
        qr.push(&b).unwrap();
        let v = qr.combine(&qr.solve_adjoint(&[0.5, -3.0]), 3);
        assert!((dot(&a, &v) - 0.5).abs() < 1e-14 && (dot(&b, &v) + 3.0).abs() < 1e-14, "{v:?}");
        // Orthogonal to the null space of A_S^*, which (1, -1, 2) spans.
        assert!((v[0] - v[1] + 2.0 * v[2]).abs() < 1e-14, "{v:?}");
    }
}
