//! Why an answer is the answer, apart from any method; each certificate is checked by plain linear algebra.

use crate::problem::{Plain, Question};
use nalgebra::{DMatrix, DVector};
use num_complex::Complex64;

/// How an answer is certified.
#[derive(Clone, PartialEq)]
pub enum Certificate {
    /// `A` has full column rank: `A x = y` has one solution.
    OnlySolution,
    /// No other set of as many columns, or fewer, solves `A x = y`: all sets are tried.
    AllSubsets,
    /// `k < (1 + 1 / mu) / 2`: the sparsest solution is unique (Donoho and Elad 2003).
    Coherence,
    /// `A` is two orthonormal bases and `k < 1 / mu`: the sparsest solution is unique (Elad and Bruckstein 2002).
    TwoBases,
    /// Independent continuous entries: any `m` columns are independent with probability one, so that with `2k <= m` no
    /// other `x` is as sparse.
    Generic,
    /// `A_S` is injective, and a `nu` has `A_S^* nu = sign x_S` and `|a_j^* nu| < 1` elsewhere: the one solution of
    /// least l1 norm (Fuchs 2004).
    Dual,
    /// This `nu` has `|A^* nu|_inf <= 1` and `y^* nu = |x|_1`: no solution has a smaller l1 norm.
    DualValue(Vec<f64>),
    /// `a_j^* r = lambda sign x_j` on the support, `|a_j^* r| < lambda` elsewhere, and `A_S` is injective: the one
    /// minimum of the LASSO.
    Optimum,
    /// The least residual of all subsets of k columns, each tried.
    Enumerated,
    /// `y = 0`, and `x = 0` solves everything that is asked.
    Zero,
}

impl Certificate {
    pub fn sentence(&self) -> &'static str {
        match self {
            Certificate::OnlySolution => "full column rank: the only solution",
            Certificate::AllSubsets => "all subsets tried: the one sparsest solution",
            Certificate::Coherence => "k < (1 + 1/mu)/2: the one sparsest solution",
            Certificate::TwoBases => "two bases and k < 1/mu: the one sparsest solution",
            Certificate::Generic => "independent entries and 2k <= m: the one sparsest solution",
            Certificate::Dual => "strict dual certificate: the one solution of least l1 norm",
            Certificate::DualValue(_) => "dual certificate: the least l1 norm",
            Certificate::Optimum => "optimality conditions, strict: the one minimum of the LASSO",
            Certificate::Enumerated => "all subsets tried: the least residual",
            Certificate::Zero => "y = 0: x = 0",
        }
    }

    /// Whether it holds; what was found where it does not.
    pub fn check(&self, plain: &Plain, question: Question) -> Result<(), String> {
        let support = plain.support();
        let k = support.len();
        let solves = plain.residual(&plain.truth) <= 1e-11 * (1.0 + plain.y.norm());
        let holds = |truth: bool, found: String| if truth { Ok(()) } else { Err(found) };
        if !matches!(self, Certificate::Optimum | Certificate::Enumerated) {
            holds(solves, format!("the truth leaves {}", plain.residual(&plain.truth)))?;
        }
        match self {
            Certificate::OnlySolution => holds(is_injective(&plain.matrix), "columns are dependent".into()),
            Certificate::AllSubsets => all_subsets(plain, &support),
            Certificate::Coherence => {
                let mu = coherence(&plain.matrix);
                holds((k as f64) < 0.5 * (1.0 + 1.0 / mu), format!("mu = {mu}, k = {k}"))
            }
            Certificate::TwoBases => two_bases(plain, k),
            Certificate::Generic => {
                let injective = is_injective(&plain.columns(&support));
                holds(2 * k <= plain.matrix.nrows() && injective, format!("k = {k}"))
            }
            Certificate::Dual => dual(plain, &support),
            Certificate::DualValue(nu) => {
                let nu: DVector<Complex64> = nu.iter().map(|&v| v.into()).collect::<Vec<_>>().into();
                let dual = plain.matrix.adjoint() * &nu;
                let (size, value) = (dual.iter().map(|v| v.norm()).fold(0.0, f64::max), plain.y.dotc(&nu).re);
                let gap = (value - size * Plain::norm_one(&plain.truth)).abs();
                holds(gap <= 1e-9, format!("|A^* nu| = {size}, y^* nu = {value}"))
            }
            Certificate::Optimum => optimum(plain, question),
            Certificate::Enumerated => {
                let (own, best) = (left_by(plain, &support), best_subset(plain, k));
                holds(own <= best * (1.0 + 1e-9), format!("the truth's columns leave {own}, the best {best}"))
            }
            Certificate::Zero => holds(k == 0 && plain.y.norm() == 0.0, "y or x is not zero".into()),
        }
    }
}

fn is_injective(matrix: &DMatrix<Complex64>) -> bool {
    if matrix.ncols() == 0 {
        return true;
    }
    let values = matrix.clone().svd(false, false).singular_values;
    matrix.ncols() <= matrix.nrows() && values.min() > 1e-9 * values.max()
}

pub fn coherence(matrix: &DMatrix<Complex64>) -> f64 {
    let cosine = |i: usize, j: usize| {
        let (a, b) = (matrix.column(i), matrix.column(j));
        a.dotc(&b).norm() / (a.norm() * b.norm())
    };
    (0..matrix.ncols()).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| cosine(i, j)).fold(0.0, f64::max)
}

/// What least squares on some columns leave of `y`.
fn left_by(plain: &Plain, support: &[usize]) -> f64 {
    let columns = plain.columns(support);
    let fitted = columns.clone().svd(true, true).solve(&plain.y, 1e-12).expect("both factors are there");
    (&plain.y - columns * fitted).norm()
}

/// All sets of `k` out of `n`.
fn subsets(n: usize, k: usize) -> Vec<Vec<usize>> {
    if k == 0 {
        return vec![Vec::new()];
    }
    let with_last = |last: usize| subsets(last, k - 1).into_iter().map(move |s| [s, vec![last]].concat());
    (k - 1..n).flat_map(with_last).collect()
}

/// The least residual that `k` columns leave.
pub fn best_subset(plain: &Plain, k: usize) -> f64 {
    subsets(plain.matrix.ncols(), k).iter().map(|s| left_by(plain, s)).fold(f64::INFINITY, f64::min)
}

fn all_subsets(plain: &Plain, support: &[usize]) -> Result<(), String> {
    if !is_injective(&plain.columns(support)) {
        return Err("the support's columns are dependent".into());
    }
    for size in 1..=support.len() {
        for other in subsets(plain.matrix.ncols(), size) {
            // A set that holds the support has the truth as its fit.
            if support.iter().all(|j| other.contains(j)) {
                continue;
            }
            if left_by(plain, &other) <= 1e-6 * plain.y.norm() {
                return Err(format!("{other:?} solves it, too"));
            }
        }
    }
    Ok(())
}

fn two_bases(plain: &Plain, k: usize) -> Result<(), String> {
    let m = plain.matrix.nrows();
    for first in [0, m] {
        let half = plain.matrix.columns(first, m) / Complex64::from(plain.matrix.column(first).norm());
        let off = (half.adjoint() * &half - DMatrix::identity(m, m)).norm();
        if off > 1e-9 {
            return Err(format!("the basis from {first} is orthonormal up to {off}"));
        }
    }
    let mu = coherence(&plain.matrix);
    if plain.matrix.ncols() == 2 * m && (k as f64) < 1.0 / mu { Ok(()) } else { Err(format!("mu = {mu}, k = {k}")) }
}

/// `(sign x)_S`, as unit complex numbers.
fn signs(plain: &Plain, support: &[usize]) -> DVector<Complex64> {
    support.iter().map(|&j| plain.truth[j] / plain.truth[j].norm()).collect::<Vec<_>>().into()
}

fn dual(plain: &Plain, support: &[usize]) -> Result<(), String> {
    let active = plain.columns(support);
    if !is_injective(&active) {
        return Err("the support's columns are dependent".into());
    }
    let inverse = active.clone().pseudo_inverse(1e-12).expect("epsilon is positive");
    let nu = inverse.adjoint() * signs(plain, support);
    if (active.adjoint() * &nu - signs(plain, support)).norm() > 1e-9 {
        return Err("the certificate misses the signs".into());
    }
    let outside = (0..plain.matrix.ncols()).filter(|j| !support.contains(j));
    let most = outside.map(|j| plain.matrix.column(j).dotc(&nu).norm()).fold(0.0, f64::max);
    if most < 1.0 - 1e-9 { Ok(()) } else { Err(format!("an idle column reaches {most}")) }
}

fn optimum(plain: &Plain, question: Question) -> Result<(), String> {
    let Question::Lasso(lambda) = question else { return Err("no lambda is asked".into()) };
    let lambda = lambda / (plain.scales.0 * plain.scales.1);
    let support = plain.support();
    let correlations = plain.matrix.adjoint() * (&plain.y - &plain.matrix * &plain.truth);
    let wanted = signs(plain, &support) * Complex64::from(lambda);
    let off = support.iter().zip(wanted.iter()).map(|(&j, w)| (correlations[j] - w).norm()).fold(0.0, f64::max);
    let outside = (0..plain.matrix.ncols()).filter(|j| !support.contains(j));
    let most = outside.map(|j| correlations[j].norm() / lambda).fold(0.0, f64::max);
    let injective = is_injective(&plain.columns(&support));
    if off <= 1e-9 * lambda.max(1e-3) && most < 1.0 - 1e-9 && injective {
        Ok(())
    } else {
        Err(format!("off by {off} on the support, {most} outside, injective {injective}"))
    }
}
