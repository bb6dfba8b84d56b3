//! The same unknowns from measurements that are combined anew.

use crate::contract::Complaint;
use crate::kernels::{Scalar, dot, norm};
use crate::linalg::Cholesky;
use crate::operators::{Dense, LinearOperator};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What matrix and measurements are multiplied by from the left, noise included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Precondition {
    /// Nothing.
    #[default]
    None,
    /// All rows are scaled to the same norm.
    EqualRows,
    /// Rows are made orthonormal: no direction of the measurements is weak, and noise in weak ones grows.
    Whiten,
}

/// `W`, as what it does to a vector in place.
type Combine<S> = Box<dyn Fn(&mut [S])>;

/// A matrix whose rows were combined.
pub(super) struct Combined<S: Scalar> {
    /// `W A`.
    pub(super) matrix: Dense<S>,
    /// `W`.
    pub(super) combine: Combine<S>,
}

impl Precondition {
    /// `W A`, and `W`. Rows have norm `sqrt(n / m)` afterwards, so that columns have unit norm on average.
    ///
    /// `W` is diagonal, or `L^-1` for `A A^* = L L^*`: up to a rotation the whitening of Jia and Rohe, "Preconditioning
    /// the Lasso for sign consistency" (2015). O(m^2 n + m^3 / 3).
    ///
    /// # Errors
    /// A complaint about `precondition` when the matrix is not stored, or its rows are dependent.
    pub(super) fn applied<S: Scalar>(
        self,
        matrix: &Arc<dyn LinearOperator<S>>,
    ) -> Result<Option<Combined<S>>, Complaint> {
        let complain = |message: &str| Err(Complaint::new("precondition", message));
        if self == Precondition::None {
            return Ok(None);
        }
        let Some(stored) = matrix.as_dense() else {
            return complain("takes a matrix that is stored; this one has a fast product instead");
        };
        let (m, n) = (stored.rows(), LinearOperator::<S>::cols(stored));
        let rows: Vec<Vec<S>> = (0..m).map(|i| stored.matrix().row(i).iter().copied().collect()).collect();
        let size = (n as f64 / m as f64).sqrt();
        let combine: Combine<S> = if self == Precondition::EqualRows {
            let scales: Vec<f64> =
                rows.iter().map(|row| norm(row)).map(|row| if row > 0.0 { size / row } else { 1.0 }).collect();
            Box::new(move |y| y.iter_mut().zip(&scales).for_each(|(y, &scale)| *y = *y * scale))
        } else {
            // (A A^*)_ij is the product of row i with the conjugate of row j.
            let Ok(factor) = Cholesky::new(m, |i, j| dot(&rows[j], &rows[i])) else {
                return complain("takes a matrix with independent rows to whiten; some of these are dependent");
            };
            Box::new(move |y| {
                factor.forward(y);
                y.iter_mut().for_each(|y| *y = *y * size);
            })
        };
        let mut entries = stored.matrix().as_slice().to_vec();
        entries.chunks_exact_mut(m).for_each(&combine);
        Ok(Some(Combined { matrix: Dense::from_columns(m, n, entries), combine }))
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::NoFiles;
    use crate::kernels::{Scalar, distance, norm};
    use crate::labs::recovery::linear::{LinearInstance, Recovery};
    use crate::labs::registry;
    use crate::operators::Dense;
    use serde_json::{Value, json};

    fn instance(params: Value) -> Recovery {
        let instance = registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).unwrap();
        match instance.as_any().downcast_ref::<Recovery>().unwrap() {
            Recovery::Real(real) => Recovery::Real(real.clone()),
            Recovery::Complex(complex) => Recovery::Complex(complex.clone()),
        }
    }

    fn check<S: Scalar>(instance: &LinearInstance<S>, whitened: bool) {
        let (m, n) = (instance.rows(), instance.cols());
        let matrix = Dense::of(&*instance.operator);
        let rows: Vec<Vec<S>> = (0..m).map(|i| matrix.matrix().row(i).iter().copied().collect()).collect();
        let size = n as f64 / m as f64;
        for (i, row) in rows.iter().enumerate() {
            assert!((S::norm_squared(row) - size).abs() < 1e-10);
            assert!(!whitened || (0..i).all(|j| S::dot(row, &rows[j]).abs() < 1e-10));
        }
        // The truth still explains the measurements up to the noise, which was combined like them.
        let residual = instance.residual(instance.truth.as_ref().unwrap());
        assert!((norm(&residual) - instance.noise_norm).abs() < 1e-10 && instance.noise_norm > 0.0);
    }

    #[test]
    fn rows_become_equal_or_orthonormal() {
        for (name, whitened) in [("equal-rows", false), ("whiten", true)] {
            for matrix in
                [json!({"id": "correlated"}), json!({"id": "spikes-and-sines"}), json!({"id": "nonzero-mean"})]
            {
                let params = json!({"rows": 30, "cols": 60, "matrix": matrix, "basis": "dct", "precondition": name,
                    "signal": {"id": "sparse", "sparsity": 4}, "noise": {"id": "gaussian"}});
                if matrix["id"] == "spikes-and-sines" {
                    let refused = registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).err().unwrap();
                    assert_eq!(refused.field, "precondition");
                    continue;
                }
                match instance(params) {
                    Recovery::Real(real) => check(&real, whitened),
                    Recovery::Complex(complex) => check(&complex, whitened),
                }
            }
        }
    }

    #[test]
    fn without_it_nothing_changes_and_dependent_rows_are_refused() {
        let plain = json!({"rows": 9, "cols": 6, "signal": {"id": "sparse", "sparsity": 2}});
        let mut none = plain.clone();
        none["precondition"] = json!("none");
        let (Recovery::Real(a), Recovery::Real(b)) = (instance(plain.clone()), instance(none.clone())) else {
            panic!("real");
        };
        assert_eq!(distance(&a.measurements, &b.measurements), 0.0);
        none["precondition"] = json!("whiten");
        let refused = registry().problem("linear").unwrap().instance(&none, 1, &NoFiles).err().unwrap();
        assert_eq!(
            refused.to_string(),
            "precondition: takes a matrix with independent rows to whiten; some of these are dependent"
        );
    }
}
