//! Cholesky factorisation of a Hermitian positive definite matrix.

use super::Dependent;
use crate::kernels::{Scalar, dot, dot_pair};

/// `C = L L^*` with `L` lower triangular, stored row by row.
#[derive(Clone, Debug)]
pub struct Cholesky<S> {
    size: usize,
    /// Row i of L has i + 1 entries, conjugated, so that all inner loops are [`dot`]s of rows.
    rows: Vec<Vec<S>>,
}

impl<S: Scalar> Cholesky<S> {
    /// Factorises the matrix whose lower triangle is `entry(i, j)`, `j <= i`, in O(n^3 / 3).
    ///
    /// # Errors
    /// [`Dependent`] when a pivot is not positive.
    pub fn new(size: usize, entry: impl Fn(usize, usize) -> S) -> Result<Self, Dependent> {
        let mut rows: Vec<Vec<S>> = Vec::with_capacity(size);
        for i in 0..size {
            let mut row: Vec<S> = Vec::with_capacity(i + 1);
            for j in 0..i {
                // L_ij = (C_ij - sum_k L_ik conj(L_jk)) / L_jj, kept as its conjugate.
                let sum = dot(&rows[j][..j], &row[..j]);
                row.push((entry(i, j).conj() - sum) / rows[j][j].re());
            }
            let pivot = entry(i, i).re() - S::norm_squared(&row);
            if pivot.is_nan() || pivot <= 0.0 {
                return Err(Dependent);
            }
            row.push(S::from_real(pivot.sqrt()));
            rows.push(row);
        }
        Ok(Self { size, rows })
    }

    /// Solves `L w = b` in place, O(n^2 / 2); then `|w|^2 = b^* C^{-1} b`.
    pub fn forward(&self, b: &mut [S]) {
        for i in 0..self.size {
            let sum = dot(&self.rows[i][..i], &b[..i]);
            b[i] = (b[i] - sum) / self.rows[i][i].re();
        }
    }

    /// [`forward`](Self::forward) for two right-hand sides, with the same bits in less time.
    pub fn forward_pair(&self, [a, b]: [&mut [S]; 2]) {
        for i in 0..self.size {
            // The products are conjugated the other way round, which is exact.
            let sums = dot_pair([&a[..i], &b[..i]], &self.rows[i][..i]).map(S::conj);
            let pivot = self.rows[i][i].re();
            a[i] = (a[i] - sums[0]) / pivot;
            b[i] = (b[i] - sums[1]) / pivot;
        }
    }

    /// `log det C`, O(n).
    pub fn log_determinant(&self) -> f64 {
        let logs = self.rows.iter().enumerate().map(|(i, row)| libm::log(row[i].re()));
        2.0 * logs.sum::<f64>()
    }

    /// Solves `C x = b` in place, O(n^2).
    pub fn solve(&self, b: &mut [S]) {
        self.forward(b);
        for i in (0..self.size).rev() {
            b[i] = b[i] / self.rows[i][i].re();
            let (head, tail) = b.split_at_mut(i);
            S::axpy(-tail[0], &self.rows[i][..i], head);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    #[test]
    fn solves_a_hermitian_system() {
        let c = Complex64::new;
        let matrix = [[c(4.0, 0.0), c(1.0, -2.0)], [c(1.0, 2.0), c(5.0, 0.0)]];
        let factor = Cholesky::new(2, |i, j| matrix[i][j]).unwrap();
        let x = [c(1.0, -1.0), c(0.5, 2.0)];
        let mut b = [matrix[0][0] * x[0] + matrix[0][1] * x[1], matrix[1][0] * x[0] + matrix[1][1] * x[1]];
        factor.solve(&mut b);
        assert!((b[0] - x[0]).norm() < 1e-14 && (b[1] - x[1]).norm() < 1e-14, "{b:?}");
        // det C = 4 * 5 - |1 + 2i|^2.
        assert!((factor.log_determinant() - libm::log(15.0)).abs() < 1e-14);
    }

    #[test]
    fn two_at_once_have_the_bits_of_one_after_the_other() {
        let c = |i: usize, j: usize| Complex64::new(0.1 * (i * j) as f64 / 7.0, 0.03 * (i as f64 - j as f64));
        let entry = |i, j| if i == j { Complex64::new(20.0, 0.0) } else { c(i, j) };
        let factor = Cholesky::new(21, entry).unwrap();
        let vector = |shift: usize| -> Vec<Complex64> { (0..21).map(|i| c(i + shift, 3 * i + 1)).collect() };
        let (mut a, mut b) = (vector(1), vector(5));
        factor.forward_pair([&mut a, &mut b]);
        for (pair, mut one) in [(a, vector(1)), (b, vector(5))] {
            factor.forward(&mut one);
            let bits = |x: &[Complex64]| x.iter().map(|x| (x.re.to_bits(), x.im.to_bits())).collect::<Vec<_>>();
            assert_eq!(bits(&pair), bits(&one));
        }
    }

    #[test]
    fn refuses_an_indefinite_matrix() {
        let matrix = [[1.0, 2.0], [2.0, 1.0]];
        assert_eq!(Cholesky::new(2, |i, j| matrix[i][j]).unwrap_err(), Dependent);
    }
}
