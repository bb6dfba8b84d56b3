//! Least squares among vectors without negative entries.

use super::Cholesky;
use crate::kernels::{axpy, dot};

/// Gradients above minus this fraction of the largest correlation count as zero.
const FLAT: f64 = 1e-12;

/// `argmin |b - C x|` over `x >= 0`, for the columns of C.
///
/// Lawson and Hanson's active set, "Solving least squares problems" (1974), on the normal equations: exact after finitely
/// many rounds, O(k^3) each for k positive entries. Columns that depend on others stay at zero. For small C: a round makes
/// its factorisation anew, and three rounds an entry are taken at most.
pub fn nonnegative_least_squares(columns: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let n = columns.len();
    let gram: Vec<Vec<f64>> = columns.iter().map(|a| columns.iter().map(|c| dot(a, c)).collect()).collect();
    let correlations: Vec<f64> = columns.iter().map(|a| dot(a, b)).collect();
    let flat = FLAT * correlations.iter().fold(0.0_f64, |most, c| most.max(c.abs()));
    let (mut x, mut free, mut barred) = (vec![0.0; n], vec![false; n], vec![false; n]);
    for _ in 0..3 * n {
        let mut gradient = correlations.clone();
        gram.iter().zip(&x).for_each(|(row, &x)| axpy(-x, row, &mut gradient));
        let steepest = (0..n).filter(|&j| !free[j] && !barred[j]).max_by(|&i, &j| gradient[i].total_cmp(&gradient[j]));
        let Some(j) = steepest.filter(|&j| gradient[j] > flat) else { break };
        free[j] = true;
        if !settle(&gram, &correlations, &mut free, &mut x) {
            (free[j], barred[j]) = (false, true);
        }
    }
    x
}

/// Goes to the minimum over the free entries, and frees fewer of them until all are positive; `false` when they depend on
/// each other.
fn settle(gram: &[Vec<f64>], correlations: &[f64], free: &mut [bool], x: &mut [f64]) -> bool {
    loop {
        let places: Vec<usize> = (0..x.len()).filter(|&j| free[j]).collect();
        let Ok(factor) = Cholesky::new(places.len(), |i, j| gram[places[i]][places[j]]) else { return false };
        let mut goal: Vec<f64> = places.iter().map(|&j| correlations[j]).collect();
        factor.solve(&mut goal);
        // How far towards the goal the first entry becomes zero, and which one it is.
        let crossed = places.iter().zip(&goal).filter(|(_, goal)| **goal <= 0.0);
        let share = |(&j, &goal): (&usize, &f64)| (j, if x[j] > 0.0 { x[j] / (x[j] - goal) } else { 0.0 });
        let Some((first, share)) = crossed.map(share).min_by(|a, b| a.1.total_cmp(&b.1)) else {
            places.iter().zip(goal).for_each(|(&j, goal)| x[j] = goal);
            return true;
        };
        places.iter().zip(goal).for_each(|(&j, goal)| x[j] = (x[j] + share * (goal - x[j])).max(0.0));
        (free[first], x[first]) = (false, 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signals::random::{Random, Stream};

    /// Karush, Kuhn and Tucker: no negative entry, no positive gradient, and none at all where an entry is positive.
    #[test]
    fn answers_are_optimal() {
        let mut random = Random::new(2, Stream::Probe);
        for (rows, cols) in [(6, 4), (5, 9), (10, 10), (1, 1)] {
            for _ in 0..20 {
                let columns: Vec<Vec<f64>> = (0..cols).map(|_| (0..rows).map(|_| random.normal()).collect()).collect();
                let b: Vec<f64> = (0..rows).map(|_| random.normal()).collect();
                let x = nonnegative_least_squares(&columns, &b);
                let mut residual = b.clone();
                columns.iter().zip(&x).for_each(|(column, &x)| axpy(-x, column, &mut residual));
                for (column, &x) in columns.iter().zip(&x) {
                    let gradient = dot(column, &residual);
                    assert!(x >= 0.0 && gradient < 1e-10 && (x == 0.0 || gradient.abs() < 1e-10), "{x}, {gradient}");
                }
            }
        }
    }

    #[test]
    fn equal_columns_do_no_harm() {
        let column = vec![1.0, 2.0];
        let x = nonnegative_least_squares(&[column.clone(), column], &[1.0, 2.0]);
        assert!((x[0] + x[1] - 1.0).abs() < 1e-12);
        assert_eq!(nonnegative_least_squares(&[vec![1.0]], &[-1.0]), [0.0]);
        assert!(nonnegative_least_squares(&[], &[1.0]).is_empty());
    }
}
