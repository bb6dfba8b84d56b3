//! Whether one support can be recovered: Tropp's coefficient, and what the LASSO asks of signs.
//!
//! ```text
//! ERC(S)   = max over j not in S of |A_S^+ a_j|_1                      columns scaled to unit norm
//! IC(S, s) = max over j not in S of |a_j^* A_S (A_S^* A_S)^-1 s|       s = sgn x_S, columns as they are
//! ```
//!
//! With `ERC(S) < 1`, OMP and basis pursuit recover every signal on S; and then `IC(S, s) < 1` for all signs, where
//! columns have unit norm, as ERC is the largest IC over all signs. `IC(S, s) < 1` is what the LASSO needs to find the
//! signs s from measurements with little noise, and `h = A_S (A_S^* A_S)^-1 s` is then a dual certificate: x is the
//! only solution of basis pursuit.
//!
//! Tropp, "Greed is good" (2004); Fuchs, "On sparse representations in arbitrary redundant bases" (2004); Zhao and Yu,
//! "On model selection consistency of Lasso" (2006).

use crate::kernels::{Scalar, axpy, norm, norm_one};
use crate::linalg::IncrementalQr;
use crate::operators::LinearOperator;

/// `ERC(S)`; `None` when the columns of S are dependent. Columns that are zero are left out. O(m n k).
pub fn exact_recovery_coefficient<S: Scalar>(operator: &dyn LinearOperator<S>, support: &[usize]) -> Option<f64> {
    let unit = |j: usize| {
        let mut column = column_of(operator, j);
        let size = norm(&column);
        column.iter_mut().for_each(|entry| *entry = if size > 0.0 { *entry / size } else { *entry });
        column
    };
    let factor = factorised(support.iter().map(|&j| unit(j)))?;
    let others = (0..operator.cols()).filter(|j| !support.contains(j));
    let sizes = others.map(|j| norm_one(&factor.back_substitute(&factor.project(&unit(j)))));
    Some(sizes.fold(0.0, f64::max))
}

/// `IC(S, s)` with one sign of modulus one for each of S; `None` when the columns of S are dependent. O(m n + m k^2).
///
/// # Panics
/// When there are not as many signs as entries of S.
pub fn irrepresentability<S: Scalar>(operator: &dyn LinearOperator<S>, support: &[usize], signs: &[S]) -> Option<f64> {
    let certificate = fuchs_certificate(operator, support, signs)?;
    let mut correlations = vec![S::zero(); operator.cols()];
    operator.adjoint(&certificate, &mut correlations);
    let others = (0..operator.cols()).filter(|j| !support.contains(j));
    Some(others.map(|j| correlations[j].abs()).fold(0.0, f64::max))
}

/// The shortest h with `A_S^* h = s`; `None` when the columns of S are dependent.
///
/// # Panics
/// When there are not as many signs as entries of S.
pub fn fuchs_certificate<S: Scalar>(
    operator: &dyn LinearOperator<S>,
    support: &[usize],
    signs: &[S],
) -> Option<Vec<S>> {
    assert_eq!(support.len(), signs.len());
    let columns = support.iter().map(|&j| column_of(operator, j));
    let factor = factorised(columns.clone())?;
    // (A_S^* A_S)^-1 s = R^-1 R^-* s.
    let weights = factor.back_substitute(&factor.solve_adjoint(signs));
    let mut certificate = vec![S::zero(); operator.rows()];
    columns.zip(weights).for_each(|(column, weight)| axpy(weight, &column, &mut certificate));
    Some(certificate)
}

fn column_of<S: Scalar>(operator: &dyn LinearOperator<S>, j: usize) -> Vec<S> {
    let mut column = vec![S::zero(); operator.rows()];
    operator.column(j, &mut column);
    column
}

fn factorised<S: Scalar>(columns: impl Iterator<Item = Vec<S>>) -> Option<IncrementalQr<S>> {
    let mut factor = IncrementalQr::new();
    for column in columns {
        factor.push(&column).ok()?;
    }
    Some(factor)
}

#[cfg(test)]
mod tests {
    use super::super::coherence::babel;
    use super::*;
    use crate::kernels::dot;
    use crate::operators::Dense;
    use crate::signals::random::{Random, Stream};
    use num_complex::Complex64;

    fn gaussian<S: Scalar>(rows: usize, cols: usize, seed: u64) -> Dense<S> {
        let mut random = Random::new(seed, Stream::Matrix);
        let entries = (0..rows * cols).map(|_| random.normal_scalar()).collect();
        Dense::from_columns(rows, cols, entries).with_unit_columns()
    }

    #[test]
    fn of_one_column_it_is_the_largest_product() {
        let a = gaussian::<Complex64>(5, 9, 1);
        let want = (0..9).filter(|&j| j != 4).map(|j| dot(a.column_slice(4), a.column_slice(j)).norm());
        let want = want.fold(0.0, f64::max);
        assert!((exact_recovery_coefficient(&a, &[4]).unwrap() - want).abs() < 1e-14);
        let sign = [Complex64::new(0.6, -0.8)];
        assert!((irrepresentability(&a, &[4], &sign).unwrap() - want).abs() < 1e-14);
    }

    /// Two columns at a right angle and one half way between them: both weigh `1/sqrt 2`.
    #[test]
    fn the_diagonal_of_a_square_is_not_recovered() {
        let half = 0.5f64.sqrt();
        let a = Dense::from_columns(2, 3, vec![2.0, 0.0, 0.0, 1.0, half, half]);
        assert!((exact_recovery_coefficient(&a, &[0, 1]).unwrap() - 2f64.sqrt()).abs() < 1e-15);
        // The first column is twice as long, so that its sign costs half as much.
        assert!((irrepresentability(&a, &[0, 1], &[1.0, 1.0]).unwrap() - 1.5 * half).abs() < 1e-15);
        assert!((irrepresentability(&a, &[0, 1], &[1.0, -1.0]).unwrap() - 0.5 * half).abs() < 1e-15);
        assert_eq!(exact_recovery_coefficient(&a, &[0, 1, 2]), None);
    }

    #[test]
    fn is_the_worst_case_over_signs_and_below_the_babel_bound() {
        for seed in 0..5 {
            let a = gaussian::<f64>(40, 50, seed);
            let support = [3, 17, 31];
            let erc = exact_recovery_coefficient(&a, &support).unwrap();
            let pattern = |bits: u32| [0, 1, 2].map(|i| if bits >> i & 1 == 0 { 1.0 } else { -1.0 });
            let all = (0..8).map(|bits| irrepresentability(&a, &support, &pattern(bits)).unwrap());
            assert!((all.fold(0.0, f64::max) - erc).abs() < 1e-13);
            let mu = babel(&a, 3);
            assert!(mu[1] >= 1.0 || erc <= mu[2] / (1.0 - mu[1]) + 1e-13);
        }
    }

    #[test]
    fn the_certificate_has_the_signs() {
        let a = gaussian::<Complex64>(12, 20, 2);
        let signs: Vec<Complex64> = [0.1, 2.0, 4.0].map(|angle| Complex64::from_polar(1.0, angle)).to_vec();
        let h = fuchs_certificate(&a, &[2, 5, 11], &signs).unwrap();
        for (&j, sign) in [2, 5, 11].iter().zip(signs) {
            assert!((dot(a.column_slice(j), &h) - sign).norm() < 1e-13);
        }
    }
}
