//! The linear equations that a bilinear problem becomes when it is multiplied by the inverse of its gains.

use crate::kernels::{Scalar, axpy, norm};
use crate::operators::{Dense, LinearOperator};
use num_complex::Complex64;
use std::sync::Arc;

/// `U z = (diag(y_l) s - A_l x_l)_l`, with `z = (x, s)`: zero where `y_l = diag(s)^{-1} A_l x_l`.
///
/// With one signal x has n entries, with a signal a snapshot p n, one after the other. Where the inverse gains are known to be
/// `s = B v`, the last unknowns are v.
pub struct Bilinear {
    /// `A_l`, m x n each, one a snapshot.
    pub sensing: Vec<Arc<dyn LinearOperator<Complex64>>>,
    /// `y_l`, m entries each.
    pub measurements: Vec<Vec<Complex64>>,
    /// Whether all snapshots have the same signal.
    pub shared: bool,
    /// B, m x k, with orthonormal columns.
    pub basis: Option<Dense<Complex64>>,
}

impl Bilinear {
    /// Measurements a snapshot, m.
    pub fn sensors(&self) -> usize {
        self.measurements[0].len()
    }

    /// Entries of all signals together.
    pub fn signal(&self) -> usize {
        self.sensing[0].cols() * if self.shared { 1 } else { self.sensing.len() }
    }

    /// Unknowns that stand for the inverse gains: m, or k.
    pub fn handles(&self) -> usize {
        self.basis.as_ref().map_or(self.sensors(), |basis| basis.cols())
    }

    /// The signal that snapshot l sees.
    pub fn signal_of<'a>(&self, l: usize, x: &'a [Complex64]) -> &'a [Complex64] {
        let n = self.sensing[0].cols();
        let start = if self.shared { 0 } else { l * n };
        &x[start..start + n]
    }

    /// `s` from its unknowns.
    pub fn inverse_gains(&self, handles: &[Complex64]) -> Vec<Complex64> {
        let Some(basis) = &self.basis else { return handles.to_vec() };
        let mut s = vec![Complex64::default(); self.sensors()];
        basis.apply(handles, &mut s);
        s
    }

    /// `w`: what adds up the inverse gains, `w^* z = 1^* s`.
    pub fn anchor(&self) -> Vec<Complex64> {
        let ones = vec![Complex64::from(1.0); self.sensors()];
        let mut last = ones.clone();
        if let Some(basis) = &self.basis {
            last.truncate(basis.cols());
            basis.adjoint(&ones, &mut last);
        }
        [vec![Complex64::default(); self.signal()], last].concat()
    }
}

impl LinearOperator<Complex64> for Bilinear {
    fn rows(&self) -> usize {
        self.sensors() * self.sensing.len()
    }

    fn cols(&self) -> usize {
        self.signal() + self.handles()
    }

    fn apply(&self, z: &[Complex64], r: &mut [Complex64]) {
        let (x, handles) = z.split_at(self.signal());
        let s = self.inverse_gains(handles);
        for (l, r) in r.chunks_exact_mut(self.sensors()).enumerate() {
            self.sensing[l].apply(self.signal_of(l, x), r);
            for ((r, y), s) in r.iter_mut().zip(&self.measurements[l]).zip(&s) {
                *r = y * s - *r;
            }
        }
    }

    fn adjoint(&self, r: &[Complex64], z: &mut [Complex64]) {
        let n = self.sensing[0].cols();
        let (x, handles) = z.split_at_mut(self.signal());
        x.fill(Complex64::default());
        let mut s = vec![Complex64::default(); self.sensors()];
        let mut part = vec![Complex64::default(); n];
        for (l, r) in r.chunks_exact(self.sensors()).enumerate() {
            self.sensing[l].adjoint(r, &mut part);
            let start = if self.shared { 0 } else { l * n };
            axpy(Complex64::from(-1.0), &part, &mut x[start..start + n]);
            for ((s, y), r) in s.iter_mut().zip(&self.measurements[l]).zip(r) {
                *s += y.conj() * r;
            }
        }
        match &self.basis {
            Some(basis) => basis.adjoint(&s, handles),
            None => handles.copy_from_slice(&s),
        }
    }

    fn column_norms(&self) -> Vec<f64> {
        let n = self.sensing[0].cols();
        let mut squares = vec![0.0; self.signal()];
        for (l, sensing) in self.sensing.iter().enumerate() {
            let start = if self.shared { 0 } else { l * n };
            for (square, length) in squares[start..start + n].iter_mut().zip(sensing.column_norms()) {
                *square += length * length;
            }
        }
        let energy = |i: usize| self.measurements.iter().map(|y| y[i].abs_squared()).sum::<f64>();
        match &self.basis {
            None => squares.extend((0..self.sensors()).map(energy)),
            Some(basis) => squares.extend((0..basis.cols()).map(|j| {
                let entries = basis.column_slice(j).iter().enumerate();
                entries.map(|(i, entry)| energy(i) * entry.abs_squared()).sum::<f64>()
            })),
        }
        squares.into_iter().map(f64::sqrt).collect()
    }
}

/// `1 / s`, and zero where that is not finite.
pub fn inverse(s: &[Complex64]) -> Vec<Complex64> {
    let finite = |d: Complex64| if Scalar::is_finite(d) { d } else { Complex64::default() };
    s.iter().map(|s| finite(1.0 / s)).collect()
}

/// The complex number by which `a` comes nearest to `b`, and how far that leaves it, relative to `|b|`.
pub fn aligned(a: &[Complex64], b: &[Complex64]) -> (Complex64, f64) {
    let (own, size) = (norm(a), norm(b));
    if own == 0.0 || size == 0.0 {
        return (Complex64::default(), 1.0);
    }
    // In units of their lengths, so that nothing overflows.
    let share: Complex64 = a.iter().zip(b).map(|(a, b)| (a.conj() / own) * (b / size)).sum();
    let off = a.iter().zip(b).map(|(a, b)| (a / own * share - b / size).abs_squared()).sum::<f64>();
    (share * (size / own), off.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operators::adjoint_mismatch;
    use crate::signals::random::{Random, Stream};

    fn random(count: usize, random: &mut Random) -> Vec<Complex64> {
        (0..count).map(|_| random.normal_scalar()).collect()
    }

    fn system(shared: bool, known: bool) -> (Bilinear, Vec<Complex64>) {
        let (m, n, p, k) = (7, 3, 2, 2);
        let mut draws = Random::new(5, Stream::Probe);
        let sensing: Vec<Arc<dyn LinearOperator<Complex64>>> = (0..p)
            .map(|_| Arc::new(Dense::from_columns(m, n, random(m * n, &mut draws))) as Arc<dyn LinearOperator<_>>)
            .collect();
        let basis = known.then(|| Dense::from_columns(m, k, random(m * k, &mut draws)));
        let handles = random(if known { k } else { m }, &mut draws);
        let x = random(if shared { n } else { p * n }, &mut draws);
        let mut system = Bilinear { sensing, measurements: vec![vec![Complex64::default(); m]; p], shared, basis };
        let s = system.inverse_gains(&handles);
        for l in 0..p {
            let mut y = vec![Complex64::default(); m];
            system.sensing[l].apply(system.signal_of(l, &x), &mut y);
            system.measurements[l] = y.iter().zip(&s).map(|(y, s)| y / s).collect();
        }
        (system, [x, handles].concat())
    }

    #[test]
    fn the_truth_is_in_its_kernel_and_its_adjoint_and_column_norms_are_right() {
        for (shared, known) in [(true, false), (false, false), (true, true), (false, true)] {
            let (system, z) = system(shared, known);
            assert!(adjoint_mismatch(&system, 2) < 1e-13);
            let mut r = vec![Complex64::default(); system.rows()];
            system.apply(&z, &mut r);
            assert!(norm(&r) < 1e-12 * norm(&z));
            for (j, length) in system.column_norms().into_iter().enumerate() {
                system.column(j, &mut r);
                assert!((norm(&r) - length).abs() < 1e-12);
            }
            let sum: Complex64 = system.inverse_gains(&z[system.signal()..]).iter().sum();
            assert!((crate::kernels::dot(&system.anchor(), &z) - sum).norm() < 1e-12);
        }
    }

    #[test]
    fn a_multiple_is_no_error() {
        let a = [Complex64::new(1.0, 2.0), Complex64::new(0.0, -1.0)];
        let factor = Complex64::new(-3.0, 0.5);
        let (found, off) = aligned(&a, &a.map(|a| a * factor));
        assert!((found - factor).norm() < 1e-14 && off < 1e-15);
        assert_eq!(aligned(&[Complex64::default(); 2], &a).1, 1.0);
    }
}
