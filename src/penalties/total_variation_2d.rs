//! Total variation of a picture with `width` columns, stored row by row. Convex, and real.
//!
//! Anisotropic: the sum of `|x_right - x| + |x_below - x|`. Isotropic: the sum of the lengths of these differences, with
//! those over the edge zero (Rudin, Osher and Fatemi 1992).

use super::Effort;
use crate::kernels::{dot, subtract};

/// What [`Variation::prox`] does.
const EXACT: Effort = Effort { tolerance: 1e-13, steps: 5000 };

/// Dual steps between two looks at the gap.
const LOOK: usize = 10;

/// A picture's width, and whether differences are measured together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Variation {
    /// Entries in a row.
    pub width: usize,
    /// The length of both differences in place of the sum of their moduli.
    pub isotropic: bool,
}

/// Differences to the right and below, n entries each.
#[derive(Clone)]
struct Field {
    right: Vec<f64>,
    below: Vec<f64>,
}

/// Where the dual of a proximal operator came to rest: a start for the next one.
#[derive(Clone, Default)]
pub struct Dual {
    /// The weight, and the field in the dual ball of that radius.
    solved: Option<(f64, Field)>,
}

impl Dual {
    /// The field for `n` entries in the ball of radius `t`: as it was left, in proportion.
    fn start(&mut self, n: usize, t: f64) -> Field {
        let zeros = || Field { right: vec![0.0; n], below: vec![0.0; n] };
        match self.solved.take() {
            Some((radius, mut field)) if radius > 0.0 && field.right.len() == n => {
                field.right.iter_mut().chain(&mut field.below).for_each(|p| *p *= t / radius);
                field
            }
            _ => zeros(),
        }
    }
}

impl Variation {
    /// The variation of `x`, whose length is a multiple of the width.
    pub fn value(self, x: &[f64]) -> f64 {
        self.length(&self.differences(x))
    }

    fn length(self, field: &Field) -> f64 {
        let pair = |(&a, &b): (&f64, &f64)| if self.isotropic { (a * a + b * b).sqrt() } else { a.abs() + b.abs() };
        field.right.iter().zip(&field.below).map(pair).fold(0.0, |sum, length| sum + length)
    }

    fn differences(self, x: &[f64]) -> Field {
        let (n, width) = (x.len(), self.width);
        let mut field = Field { right: vec![0.0; n], below: vec![0.0; n] };
        for (right, row) in field.right.chunks_exact_mut(width).zip(x.chunks_exact(width)) {
            right.iter_mut().zip(&row[1..]).zip(row).for_each(|((right, next), x)| *right = next - x);
        }
        let under = x.get(width..).unwrap_or_default();
        field.below.iter_mut().zip(under).zip(x).for_each(|((below, next), x)| *below = next - x);
        field
    }

    /// `D^T p`, the adjoint of the differences. The field is zero over the edges.
    fn adjoint(self, p: &Field) -> Vec<f64> {
        let (n, width) = (p.right.len(), self.width);
        let mut x = vec![0.0; n];
        if let Some(under) = x.get_mut(width..) {
            under.iter_mut().zip(&p.below).for_each(|(x, below)| *x += below);
        }
        for (row, right) in x.chunks_exact_mut(width).zip(p.right.chunks_exact(width)) {
            row[1..].iter_mut().zip(right).for_each(|(x, right)| *x += right);
        }
        x.iter_mut().zip(&p.right).zip(&p.below).for_each(|((x, right), below)| {
            *x -= right;
            *x -= below;
        });
        x
    }

    /// Projects on the dual ball of radius `t`.
    fn project(self, p: &mut Field, t: f64) {
        for (a, b) in p.right.iter_mut().zip(&mut p.below) {
            if self.isotropic {
                let length = (*a * *a + *b * *b).sqrt();
                if length > t {
                    *a *= t / length;
                    *b *= t / length;
                }
            } else {
                *a = a.clamp(-t, t);
                *b = b.clamp(-t, t);
            }
        }
    }

    /// Proximal operator with weight `t >= 0`, in place, by accelerated projected gradient on the dual: `v - D^T p` for
    /// the `p` in the dual ball that makes it shortest, until the gap is 1e-13 of `|v|^2 / 2`. O(n) a step, 5000 at most.
    ///
    /// Chambolle, "An algorithm for total variation minimization and applications" (2004), for the dual problem; Beck
    /// and Teboulle, "Fast gradient-based algorithms for constrained total variation image denoising and deblurring
    /// problems" (2009), for the steps.
    pub fn prox(self, v: &mut [f64], t: f64) {
        self.ascend(v, t, &mut Dual::default(), EXACT, |_| {});
    }

    /// The same over x without negative entries, `argmin_{x >= 0} 1/2 |x - v|^2 + t TV(x)`, as far as `effort` goes, from where
    /// `dual` was left. The result has no negative entry at any effort. Beck and Teboulle's algorithm in full: x is
    /// `v - D^T p` with negative entries set to zero, and the gap has the same formula.
    pub fn prox_nonnegative(self, v: &mut [f64], t: f64, dual: &mut Dual, effort: Effort) {
        self.ascend(v, t, dual, effort, |x| x.iter_mut().for_each(|x| *x = x.max(0.0)));
    }

    /// Accelerated projected gradient on the dual, for x in the set that `into_set` projects on.
    fn ascend(self, v: &mut [f64], t: f64, dual: &mut Dual, effort: Effort, into_set: impl Fn(&mut [f64])) {
        let mut p = dual.start(v.len(), t);
        let (mut ahead, mut momentum) = (p.clone(), 1.0);
        let goal = effort.tolerance * 0.5 * dot(v, v);
        let mut x = v.to_vec();
        let primal = |p: &Field, x: &mut [f64]| {
            subtract(v, &self.adjoint(p), x);
            into_set(x);
        };
        for step in 1..=effort.steps {
            primal(&ahead, &mut x);
            let slope = self.differences(&x);
            let before = std::mem::replace(&mut p, ahead);
            // |D|^2 <= 8.
            add(&mut p.right, 0.125, &slope.right);
            add(&mut p.below, 0.125, &slope.below);
            self.project(&mut p, t);
            let next = 0.5 * (1.0 + f64::sqrt(1.0 + 4.0 * momentum * momentum));
            let beta = (momentum - 1.0) / next;
            ahead =
                Field { right: onward(&p.right, &before.right, beta), below: onward(&p.below, &before.below, beta) };
            momentum = next;
            if step % LOOK == 0 {
                primal(&p, &mut x);
                // 1/2 |x - v|^2 + t TV(x) - (1/2 |v|^2 - 1/2 |h|^2 + 1/2 |h - x|^2) = t TV(x) - <D x, p>, for h = v - D^T p.
                let slope = self.differences(&x);
                let gap = t * self.length(&slope) - dot(&slope.right, &p.right) - dot(&slope.below, &p.below);
                if gap <= goal {
                    break;
                }
            }
        }
        primal(&p, &mut x);
        v.copy_from_slice(&x);
        dual.solved = Some((t, p));
    }
}

fn add(p: &mut [f64], step: f64, slope: &[f64]) {
    p.iter_mut().zip(slope).for_each(|(p, slope)| *p += step * slope);
}

fn onward(now: &[f64], before: &[f64], beta: f64) -> Vec<f64> {
    now.iter().zip(before).map(|(now, before)| now + beta * (now - before)).collect()
}
