//! What holds for every linear operator.

use pursuit::kernels::Scalar;
use pursuit::operators::{Dense, LinearOperator, adjoint_mismatch};
use pursuit::signals::random::{Random, Stream};

/// How far an operator may be from its dense matrix, entry by entry.
pub const ROUNDING: f64 = 1e-12;

/// A vector of normal deviates.
pub fn noise<S: Scalar>(n: usize, seed: u64) -> Vec<S> {
    let mut random = Random::new(seed, Stream::Probe);
    (0..n).map(|_| random.normal_scalar()).collect()
}

/// `A x` into a vector that held something else.
pub fn image<S: Scalar>(operator: &dyn LinearOperator<S>, x: &[S]) -> Vec<S> {
    let mut y = vec![S::from_real(f64::NAN); operator.rows()];
    operator.apply(x, &mut y);
    y
}

/// The columns of the matrix, as images of unit vectors.
pub fn columns<S: Scalar>(operator: &dyn LinearOperator<S>) -> Vec<Vec<S>> {
    let unit = |j| (0..operator.cols()).map(|i| S::from_real(f64::from(i == j))).collect::<Vec<S>>();
    (0..operator.cols()).map(|j| image(operator, &unit(j))).collect()
}

/// `sum |x_i|^2`, one after the other.
pub fn energy<S: Scalar>(x: &[S]) -> f64 {
    x.iter().map(|x| x.abs_squared()).sum()
}

/// `x^* y`, one after the other.
pub fn product<S: Scalar>(x: &[S], y: &[S]) -> S {
    x.iter().zip(y).fold(S::zero(), |sum, (x, y)| sum + x.conj() * *y)
}

fn assert_close<S: Scalar>(got: &[S], want: &[S], within: f64, what: &str) {
    assert_eq!(got.len(), want.len(), "{what}");
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        // Written so that a NaN fails.
        assert!((*got - *want).abs() <= within, "{what}, entry {i}: {got:?}, not {want:?}");
    }
}

/// Asserts that products, columns and norms all belong to one matrix. `within` is for single entries.
pub fn assert_lawful<S: Scalar>(name: &str, operator: &dyn LinearOperator<S>, seed: u64, within: f64) {
    let (m, n) = (operator.rows(), operator.cols());
    let what = |law: &str| format!("{name}, {m} x {n}, seed {seed}, complex {}: {law}", S::COMPLEX);
    let mismatch = adjoint_mismatch(operator, seed);
    assert!(mismatch < 1e-13, "{}", what(&format!("adjoint mismatch {mismatch:e}")));

    let columns = columns(operator);
    let dense = Dense::of(operator);
    for (j, column) in columns.iter().enumerate() {
        assert_close(dense.column_slice(j), column, within, &what("a column is the image of a unit vector"));
    }

    let x: Vec<S> = noise(n, seed);
    let mut want = vec![S::zero(); m];
    dense.apply(&x, &mut want);
    assert_close(&image(operator, &x), &want, within, &what("apply is the dense product"));

    let y: Vec<S> = noise(m, seed + 1);
    let mut adjoint = vec![S::from_real(f64::NAN); n];
    operator.adjoint(&y, &mut adjoint);
    let want: Vec<S> = columns.iter().map(|column| product(column, &y)).collect();
    assert_close(&adjoint, &want, within, &what("adjoint is the dense adjoint"));

    let mut support = Random::new(seed, Stream::Support).subset(n, n.div_ceil(3));
    support.reverse();
    let mut sparse = vec![S::zero(); n];
    support.iter().for_each(|&j| sparse[j] = x[j]);
    let mut on_support = vec![S::from_real(f64::NAN); m];
    operator.apply_on(&sparse, &support, &mut on_support);
    assert_close(&on_support, &image(operator, &sparse), within, &what("apply_on is apply"));

    let norms: Vec<f64> = columns.iter().map(|column| energy(column).sqrt()).collect();
    assert_close(&operator.column_norms(), &norms, within, &what("column_norms are the columns' norms"));
}
