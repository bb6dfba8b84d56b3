//! The squared norm of an operator, by the Lanczos process.

use super::LinearOperator;
use crate::kernels::{Scalar, axpy, dot, norm};
use crate::signals::random::{Random, Stream};

/// How far the bound may be above the estimate.
const CLOSE: f64 = 1.05;

/// The chance that the start is too nearly orthogonal to the largest eigenvector for the bound to hold.
const CHANCE: f64 = 1e-4;

/// Most steps.
const MOST_STEPS: usize = 100;

/// A step's new direction, relative to the estimate, below which it is rounding: the Krylov space is complete.
const COMPLETE: f64 = 1e-13;

/// A bound of `|A|^2`, the largest eigenvalue of `A A^*`, at most 5 % above it unless 100 steps do not reach that: a step
/// of 1 over it never overshoots.
///
/// k steps of the Lanczos process from a random unit vector u give a tridiagonal matrix, whose largest eigenvalue is an
/// estimate from below, and polynomials with `|p_k(A A^*) u| = 1`. So the share c of u along the largest eigenvector obeys
/// `|p_k(|A|^2)| <= 1 / |c|`, and beyond the estimate p_k only grows: where it reaches `1 / c` for a c that one start in
/// 10^4 falls short of is the bound. About 25 steps for random matrices; a step costs one product with each of `A` and
/// `A^*`, or one pass over a stored matrix. An estimate with a margin is no bound: estimates rest on lower eigenvalues
/// for a while.
///
/// Lanczos, "An iteration method for the solution of the eigenvalue problem" (1950); Van Dorsselaer, Hochstenbach and
/// Van der Vorst, "Computing probabilistic bounds for extreme eigenvalues of symmetric matrices with the Lanczos method"
/// (2000).
pub fn squared_norm<S: Scalar>(operator: &dyn LinearOperator<S>) -> f64 {
    let mut random = Random::new(0, Stream::Method);
    let mut now: Vec<S> = (0..operator.rows()).map(|_| random.normal_scalar()).collect();
    let mut before = vec![S::zero(); now.len()];
    let (mut image, mut inner) = (before.clone(), vec![S::zero(); operator.cols()]);
    let (mut diagonal, mut beside) = (Vec::new(), Vec::new());
    let (mut estimate, mut size) = (0.0, norm(&now));
    let share = CHANCE * (std::f64::consts::FRAC_PI_2 / now.len() as f64).sqrt();
    for _ in 0..MOST_STEPS {
        now.iter_mut().for_each(|entry| *entry = *entry / size);
        outer_product(operator, &now, &mut inner, &mut image);
        axpy(S::from_real(-beside.last().copied().unwrap_or(0.0)), &before, &mut image);
        let level = dot(&now, &image).re();
        axpy(S::from_real(-level), &now, &mut image);
        diagonal.push(level);
        estimate = largest_eigenvalue(&diagonal, &beside, estimate);
        size = norm(&image);
        // Written so that numbers which are not finite end it, too.
        if !(size > COMPLETE * estimate && size.is_finite()) {
            return estimate * (1.0 + 1e-9);
        }
        beside.push(size);
        if lanczos_polynomial(&diagonal, &beside, CLOSE * estimate) * share >= 1.0 {
            break;
        }
        // The image becomes the next direction; the oldest vector's memory takes the next image.
        std::mem::swap(&mut before, &mut now);
        std::mem::swap(&mut now, &mut image);
    }
    bound(&diagonal, &beside, estimate, share)
}

/// Where the polynomial reaches `1 / share`, beyond its largest root `estimate`.
fn bound(diagonal: &[f64], beside: &[f64], estimate: f64, share: f64) -> f64 {
    let reaches = |level: f64| lanczos_polynomial(diagonal, beside, level) * share >= 1.0;
    let (mut low, mut high) = (estimate, CLOSE * estimate);
    while high.is_finite() && !reaches(high) {
        high *= CLOSE;
    }
    for _ in 0..40 {
        let middle = low + (high - low) / 2.0;
        if reaches(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// `p_k(level)`, from the recurrence of the Lanczos vectors.
fn lanczos_polynomial(diagonal: &[f64], beside: &[f64], level: f64) -> f64 {
    let (mut before, mut now, mut off) = (0.0, 1.0, 0.0);
    for (&diagonal, &beside) in diagonal.iter().zip(beside) {
        (before, now) = (now, ((level - diagonal) * now - off * before) / beside);
        off = beside;
    }
    now
}

/// `image = A A^* u`, in one pass where columns are stored: each is used twice while it is near.
fn outer_product<S: Scalar>(operator: &dyn LinearOperator<S>, u: &[S], inner: &mut [S], image: &mut [S]) {
    if let Some(stored) = operator.as_dense() {
        image.fill(S::zero());
        for j in 0..operator.cols() {
            let column = stored.column_slice(j);
            axpy(dot(column, u), column, image);
        }
    } else {
        operator.adjoint(u, inner);
        operator.apply(inner, image);
    }
}

/// The largest eigenvalue of the symmetric tridiagonal matrix with that `diagonal` and those entries `beside` it, which
/// is `least` at least. Bisection, until the bounds are neighbours up to rounding.
fn largest_eigenvalue(diagonal: &[f64], beside: &[f64], least: f64) -> f64 {
    let off = |i: usize| beside.get(i).copied().unwrap_or(0.0).abs();
    let row = |i: usize| diagonal[i] + off(i) + if i > 0 { off(i - 1) } else { 0.0 };
    let (mut low, mut high) = (least, (0..diagonal.len()).map(row).fold(least, f64::max));
    for _ in 0..60 {
        let middle = low + (high - low) / 2.0;
        if is_above(diagonal, beside, middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}

/// Whether `level` is above all eigenvalues: all pivots of the matrix minus `level` are negative.
fn is_above(diagonal: &[f64], beside: &[f64], level: f64) -> bool {
    let mut pivot = diagonal[0] - level;
    for (diagonal, beside) in diagonal[1..].iter().zip(beside) {
        if pivot >= 0.0 {
            return false;
        }
        pivot = diagonal - level - beside * (beside / pivot);
    }
    pivot < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_eigenvalue_of_the_second_difference() {
        for n in [1, 2, 3, 10, 40] {
            let found = largest_eigenvalue(&vec![2.0; n], &vec![-1.0; n - 1], 0.0);
            let exact = 2.0 + 2.0 * libm::cos(std::f64::consts::PI / (n + 1) as f64);
            assert!((found - exact).abs() < 1e-14 * exact, "{n}: {found} {exact}");
        }
    }
}
