//! How large the penalty of a LASSO should be: what each rule of choice makes small.
//!
//! For `y = A x + e`, e white with deviation `sigma`, m measurements, n unknowns, and a fit with `rss = |y - A x|^2` and `df`
//! entries that are not zero, which is an unbiased estimate of its degrees of freedom (Zou, Hastie and Tibshirani 2007):
//!
//! ```text
//! universal   lambda = sigma sqrt(2 log n)                               columns of unit norm
//! SURE        rss - m sigma^2 + 2 sigma^2 df                             mean is E |A x - A x_0|^2
//! GCV         m rss / (m - df)^2
//! AIC, BIC    rss / sigma^2 + 2 df,  rss / sigma^2 + df log m            rss of least squares on the support
//! EBIC        rss / sigma^2 + df log m + 2 log binomial(n, df)
//! ```
//!
//! Where sigma is not known, `m log(rss / m)` stands for `rss / sigma^2`.
//!
//! Donoho and Johnstone, "Ideal spatial adaptation by wavelet shrinkage" (1994); Stein, "Estimation of the mean of a
//! multivariate normal distribution" (1981); Golub, Heath and Wahba, "Generalized cross-validation" (1979); Akaike (1974);
//! Schwarz (1978); Chen and Chen, "Extended Bayesian information criteria for model selection" (2008), with gamma = 1.

/// `sigma sqrt(2 log n)`: the largest of n normal deviates is hardly ever above it.
pub fn universal_threshold(sigma: f64, n: usize) -> f64 {
    sigma * (2.0 * libm::log(n.max(1) as f64)).sqrt()
}

/// Stein's unbiased estimate of `|A x - A x_0|^2`.
pub fn sure(rss: f64, df: usize, m: usize, sigma: f64) -> f64 {
    let variance = sigma * sigma;
    rss - m as f64 * variance + 2.0 * variance * df as f64
}

/// Generalized cross-validation; infinite where the fit has as many entries as there are measurements.
pub fn gcv(rss: f64, df: usize, m: usize) -> f64 {
    if df >= m {
        return f64::INFINITY;
    }
    let left = (m - df) as f64;
    m as f64 * rss / (left * left)
}

/// What a criterion charges for entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Criterion {
    /// Two each: the best prediction, and false alarms with it.
    Aic,
    /// `log m` each.
    Bic,
    /// `log m` each, and twice the logarithm of how many supports have that size.
    Ebic,
}

impl Criterion {
    /// The charge for `df` entries out of `n`.
    pub fn charge(self, df: usize, m: usize, n: usize) -> f64 {
        let (k, log_m) = (df as f64, libm::log(m as f64));
        match self {
            Criterion::Aic => 2.0 * k,
            Criterion::Bic => k * log_m,
            Criterion::Ebic => k * log_m + 2.0 * log_binomial(n, df),
        }
    }

    /// The value that is to be small. `rss` is that of least squares on the support, `sigma` is `None` where it is not known.
    pub fn value(self, rss: f64, df: usize, (m, n): (usize, usize), sigma: Option<f64>) -> f64 {
        let misfit = match sigma {
            Some(sigma) => rss / (sigma * sigma),
            None => m as f64 * libm::log(rss / m as f64),
        };
        misfit + self.charge(df, m, n)
    }
}

/// Logarithm of how many sets of `k` there are among `n`.
fn log_binomial(n: usize, k: usize) -> f64 {
    let log_factorial = |count: usize| libm::lgamma(count as f64 + 1.0);
    log_factorial(n) - log_factorial(k) - log_factorial(n - k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charges_are_those_of_the_textbooks() {
        assert!((universal_threshold(2.0, 1000) - 2.0 * 3.716_922_188_849_838).abs() < 1e-12);
        assert!((log_binomial(10, 3) - 120f64.ln()).abs() < 1e-12 && log_binomial(7, 0).abs() < 1e-12);
        assert_eq!(Criterion::Aic.charge(3, 50, 10), 6.0);
        let (bic, ebic) = (Criterion::Bic.charge(3, 50, 10), Criterion::Ebic.charge(3, 50, 10));
        assert!((bic - 3.0 * 50f64.ln()).abs() < 1e-12 && (ebic - bic - 2.0 * 120f64.ln()).abs() < 1e-12);
        assert_eq!(sure(10.0, 3, 8, 1.0), 8.0);
        assert_eq!((gcv(10.0, 3, 8), gcv(0.0, 8, 8)), (3.2, f64::INFINITY));
        assert_eq!(Criterion::Aic.value(12.0, 1, (4, 9), Some(2.0)), 5.0);
        assert!((Criterion::Aic.value(12.0, 1, (4, 9), None) - (4.0 * 3f64.ln() + 2.0)).abs() < 1e-12);
    }
}
