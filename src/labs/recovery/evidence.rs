//! The evidence for prior variances, and the posterior under them, from the columns in use alone.

use crate::kernels::{Scalar, axpy, norm};
use crate::linalg::{Cholesky, Dependent};
use crate::operators::{Counted, LinearOperator};

/// A column in use.
pub(super) struct Active<S> {
    pub(super) index: usize,
    column: Vec<S>,
    /// `a_j^* a` for all columns j.
    products: Vec<S>,
    /// Prior variance.
    pub(super) variance: f64,
}

/// What the posterior says of one active entry.
#[derive(Clone, Copy)]
pub(super) struct Moment<S> {
    pub(super) mean: S,
    pub(super) variance: f64,
}

/// How likely the measurements are under `C = s2 I + sum_{j in S} gamma_j a_j a_j^*`. Columns have unit norm, or are zero.
pub(super) struct Evidence<S: Scalar> {
    pub(super) operator: Counted<S>,
    measurements: Vec<S>,
    /// `A^* y`.
    correlations: Vec<S>,
    /// S.
    pub(super) active: Vec<Active<S>>,
    /// Of the entries in S.
    pub(super) moments: Vec<Moment<S>>,
    /// `A_S^* A_S + s2 Gamma^{-1}`.
    factor: Option<Cholesky<S>>,
    /// s2.
    pub(super) noise: f64,
    /// `log det C + y^* C^{-1} y`.
    pub(super) objective: f64,
    /// `y - A x` for the posterior mean x.
    residual: Vec<S>,
}

impl<S: Scalar> Evidence<S> {
    /// With no column in use.
    pub(super) fn new(operator: Counted<S>, measurements: &[S], noise: f64) -> Self {
        let mut correlations = vec![S::zero(); operator.cols()];
        operator.adjoint(measurements, &mut correlations);
        let mut evidence = Self {
            operator,
            measurements: measurements.to_vec(),
            correlations,
            active: Vec::new(),
            moments: Vec::new(),
            factor: None,
            noise,
            objective: 0.0,
            residual: measurements.to_vec(),
        };
        if noise > 0.0 {
            evidence.objective = evidence.objective_with(0.0);
        }
        evidence
    }

    /// Finds the posterior under the present variances, the residual, and the objective.
    ///
    /// # Errors
    /// [`Dependent`] when the columns in use are dependent in double precision.
    pub(super) fn fit(&mut self) -> Result<(), Dependent> {
        let entry = |i: usize, j: usize| {
            let product = self.active[j].products[self.active[i].index];
            if i == j { product + S::from_real(self.noise / self.active[i].variance) } else { product }
        };
        let factor = Cholesky::new(self.active.len(), entry)?;
        let mut means: Vec<S> = self.active.iter().map(|a| self.correlations[a.index]).collect();
        factor.solve(&mut means);
        self.residual.clone_from(&self.measurements);
        self.moments.clear();
        for (place, (entry, &mean)) in self.active.iter().zip(&means).enumerate() {
            axpy(-mean, &entry.column, &mut self.residual);
            let mut unit = vec![S::zero(); means.len()];
            unit[place] = S::from_real(1.0);
            factor.forward(&mut unit);
            self.moments.push(Moment { mean, variance: self.noise * S::norm_squared(&unit) });
        }
        self.objective = self.objective_with(factor.log_determinant());
        self.factor = Some(factor);
        Ok(())
    }

    /// `log det C + y^* C^{-1} y` from `log det(A_S^* A_S + s2 Gamma^{-1})`.
    fn objective_with(&self, log_determinant: f64) -> f64 {
        let free = self.measurements.len() as f64 - self.active.len() as f64;
        let variances: f64 = self.active.iter().map(|a| libm::log(a.variance)).sum();
        // y^* C^{-1} y, by terms that do not cancel.
        let charged = |(a, moment): (&Active<S>, &Moment<S>)| moment.mean.abs_squared() / a.variance;
        let charges: f64 = self.active.iter().zip(&self.moments).map(charged).sum();
        let missed = S::norm_squared(&self.residual) / self.noise;
        free * libm::log(self.noise) + log_determinant + variances + missed + charges
    }

    /// `s_j` and `|q_j|` of all columns with the column itself left out of C, and the present variances.
    pub(super) fn rate(&self) -> Vec<Rating> {
        let mut correlations = vec![S::zero(); self.correlations.len()];
        self.operator.adjoint(&self.residual, &mut correlations);
        let seen =
            |(j, c): (usize, &S)| Rating { s: self.outside(j) / self.noise, q: c.abs() / self.noise, variance: 0.0 };
        let mut ratings: Vec<Rating> = correlations.iter().enumerate().map(seen).collect();
        for (entry, moment) in self.active.iter().zip(&self.moments) {
            ratings[entry.index] = Rating {
                s: (1.0 / moment.variance - 1.0 / entry.variance).max(0.0),
                q: moment.mean.abs() / moment.variance,
                variance: entry.variance,
            };
        }
        ratings
    }

    /// `1 - g^* (A_S^* A_S + s2 Gamma^{-1})^{-1} g` with `g = A_S^* a_j`, which is `s2 a_j^* C^{-1} a_j`.
    fn outside(&self, j: usize) -> f64 {
        let Some(factor) = &self.factor else { return 1.0 };
        let mut inside: Vec<S> = self.active.iter().map(|a| a.products[j].conj()).collect();
        factor.forward(&mut inside);
        (1.0 - S::norm_squared(&inside)).max(0.0)
    }

    /// Takes column `index` into use.
    pub(super) fn add(&mut self, index: usize, variance: f64) {
        let mut column = vec![S::zero(); self.measurements.len()];
        self.operator.column(index, &mut column);
        let mut products = vec![S::zero(); self.correlations.len()];
        self.operator.adjoint(&column, &mut products);
        self.active.push(Active { index, column, products, variance });
    }

    /// One step of expectation maximisation for the noise, not below `least`; returns the relative change.
    pub(super) fn learn_noise(&mut self, least: f64) -> f64 {
        let pairs = self.active.iter().zip(&self.moments);
        let determined: f64 = pairs.map(|(a, moment)| (1.0 - moment.variance / a.variance).max(0.0)).sum();
        let next = (S::norm_squared(&self.residual) + self.noise * determined) / self.measurements.len() as f64;
        let before = self.noise;
        self.noise = next.max(least);
        (self.noise - before).abs() / before
    }

    /// `|y - A x| / |y|`; zero for `y = 0`.
    pub(super) fn relative_residual(&self) -> f64 {
        let size = norm(&self.measurements);
        if size > 0.0 { norm(&self.residual) / size } else { 0.0 }
    }
}

/// What the measurements say of one variance, all others held: it lowers the objective by
/// `gamma |q|^2 / (1 + gamma s) - log(1 + gamma s)`.
#[derive(Clone, Copy)]
pub(super) struct Rating {
    s: f64,
    q: f64,
    /// gamma as it is now.
    variance: f64,
}

impl Rating {
    fn lowering(self, variance: f64) -> f64 {
        let grown = 1.0 + variance * self.s;
        variance * self.q * self.q / grown - libm::log(grown)
    }

    /// The best variance, and by how much it lowers the objective from where it is now.
    pub(super) fn best(self) -> (f64, f64) {
        let excess = self.q * self.q - self.s;
        let variance = if excess > 0.0 && self.s > 0.0 { excess / (self.s * self.s) } else { 0.0 };
        (variance, self.lowering(variance) - self.lowering(self.variance))
    }
}
