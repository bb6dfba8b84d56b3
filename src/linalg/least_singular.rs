//! The direction that a matrix shrinks most, by locally optimal conjugate gradients, one iteration at a time.
//!
//! ```text
//! repeat
//!     g = A^* A z - |A z|^2 z
//!     z = argmin |A v| over unit v in span {z, g, p}
//!     p = what z gained from g and p
//! ```
//!
//! `|A z|` never grows, and falls as conjugate gradients for a linear system do. An iteration costs a product with `A` and one with `A^*`, and an
//! eigenproblem of size three. Knyazev, "Toward the optimal preconditioned eigensolver: locally optimal block preconditioned conjugate
//! gradient method" (2001), for a single vector.

use super::HermitianEigen;
use crate::kernels::{Scalar, axpy, dot, norm};

/// A search on its way.
#[derive(Clone, Debug)]
pub struct LeastSingular<S> {
    /// z, of unit norm: the right singular vector of the least singular value so far.
    pub vector: Vec<S>,
    /// `A z`.
    image: Vec<S>,
    /// p and `A p`.
    last: Option<Pair<S>>,
    /// `|g|`, before the last iteration.
    slope: f64,
}

/// What is left of a direction after projection, relative to it, below which it is left out.
const DEPENDENT: f64 = 1e-12;

/// A direction and its image.
type Pair<S> = (Vec<S>, Vec<S>);

impl<S: Scalar> LeastSingular<S> {
    /// From a start that is not zero, with its image.
    pub fn new(mut start: Vec<S>, mut image: Vec<S>) -> Self {
        let size = norm(&start);
        start.iter_mut().chain(&mut image).for_each(|entry| *entry = *entry / size);
        Self { vector: start, image, last: None, slope: f64::INFINITY }
    }

    /// `|A z|`.
    pub fn value(&self) -> f64 {
        norm(&self.image)
    }

    /// `|A^* A z - |A z|^2 z|` before the last iteration: zero at a singular vector.
    pub fn slope(&self) -> f64 {
        self.slope
    }

    /// One iteration; `apply` writes `A g` and `adjoint` writes `A^* A z`. False when it cannot go on.
    pub fn step(&mut self, apply: impl FnOnce(&[S], &mut [S]), adjoint: impl FnOnce(&[S], &mut [S])) -> bool {
        let mut gradient = vec![S::zero(); self.vector.len()];
        adjoint(&self.image, &mut gradient);
        axpy(S::from_real(-S::norm_squared(&self.image)), &self.vector, &mut gradient);
        self.slope = norm(&gradient);
        let mut image = vec![S::zero(); self.image.len()];
        apply(&gradient, &mut image);
        let mut basis = vec![(self.vector.clone(), self.image.clone())];
        for (v, image) in [Some((gradient, image)), self.last.take()].into_iter().flatten() {
            basis.extend(beside(&basis, v, image));
        }
        if basis.len() == 1 {
            return false;
        }
        let weights = lowest(&basis);
        let combine = |from: usize, side: fn(&Pair<S>) -> &Vec<S>| {
            let mut sum = vec![S::zero(); side(&basis[0]).len()];
            basis.iter().zip(&weights).skip(from).for_each(|(pair, &weight)| axpy(weight, side(pair), &mut sum));
            sum
        };
        self.vector = combine(0, |pair| &pair.0);
        self.image = combine(0, |pair| &pair.1);
        self.last = Some((combine(1, |pair| &pair.0), combine(1, |pair| &pair.1)));
        true
    }
}

/// `v` without what lies in the span of the basis, at unit norm and with its image; `None` where nothing is left.
fn beside<S: Scalar>(basis: &[Pair<S>], mut v: Vec<S>, mut image: Vec<S>) -> Option<Pair<S>> {
    let before = norm(&v);
    for (q, of_q) in basis.iter().chain(basis) {
        let share = dot(q, &v);
        axpy(-share, q, &mut v);
        axpy(-share, of_q, &mut image);
    }
    let after = norm(&v);
    if after.is_nan() || after <= DEPENDENT * before {
        return None;
    }
    v.iter_mut().chain(&mut image).for_each(|entry| *entry = *entry / after);
    Some((v, image))
}

/// Unit weights of the basis whose image is shortest.
fn lowest<S: Scalar>(basis: &[Pair<S>]) -> Vec<S> {
    let energy: f64 = basis.iter().map(|(_, image)| S::norm_squared(image)).sum();
    // Turned upside down, so that the vector is that of the largest eigenvalue of a semidefinite matrix.
    let entry = |i: usize, j: usize| {
        let product = dot(&basis[i].1, &basis[j].1);
        if i == j { S::from_real(energy) - product } else { -product }
    };
    let size = basis.len();
    let eigen = HermitianEigen::new((0..size).map(|j| (0..size).map(|i| entry(i, j)).collect()).collect());
    match eigen.vectors.into_iter().next() {
        Some(vector) => vector,
        None => (0..size).map(|i| if i == 0 { S::from_real(1.0) } else { S::zero() }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::Svd;
    use crate::signals::random::{Random, Stream};
    use num_complex::Complex64;

    fn check<S: Scalar>() {
        let mut random = Random::new(2, Stream::Probe);
        let columns: Vec<Vec<S>> = (0..6).map(|_| (0..15).map(|_| random.normal_scalar()).collect()).collect();
        let svd = Svd::new(columns.clone());
        let apply = |x: &[S], y: &mut [S]| {
            y.fill(S::zero());
            columns.iter().zip(x).for_each(|(column, &x)| axpy(x, column, y));
        };
        let adjoint = |y: &[S], x: &mut [S]| x.iter_mut().zip(&columns).for_each(|(x, a)| *x = dot(a, y));
        let start = vec![S::from_real(1.0); 6];
        let mut image = vec![S::zero(); 15];
        apply(&start, &mut image);
        let mut search = LeastSingular::new(start, image);
        let mut before = search.value();
        for _ in 0..40 {
            search.step(apply, adjoint);
            assert!(search.value() <= before * (1.0 + 1e-12));
            before = search.value();
        }
        assert!((search.value() - svd.values[5]).abs() < 1e-12);
        assert!((dot(&search.vector, &svd.right[5]).abs() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn it_finds_the_last_singular_vector() {
        check::<f64>();
        check::<Complex64>();
    }
}
