//! Restricted isometry of large Gaussian matrices: bounds that hold with probability going to one.
//!
//! With `delta = m / n`, `rho = k / m` and the entropy `H(p) = -p ln p - (1 - p) ln(1 - p)`, all eigenvalues of `A_S^*
//! A_S` for all supports of k columns lie between `1 - L` and `1 + U`:
//!
//! ```text
//! L = 1 - l,  l < 1 - rho the root of  H(rho) + [(1 - rho) ln l + 1 - rho + rho ln rho - l] / 2 + H(delta rho) / delta = 0
//! U = min over rho <= nu <= 1 of l(nu) - 1,  l(nu) > 1 + nu the root of
//!                                      [(1 + nu) ln l + 1 + nu - nu ln nu - l] / 2 + H(delta nu) / delta = 0
//! ```
//!
//! Blanchard, Cartis and Tanner, "Compressed sensing: how sharp is the restricted isometry property?" (2011). What
//! basis pursuit is sure of by them (`delta_2k < 1/sqrt 2`) is some 80 times less than what it does (see
//! [`l1_transition`](super::l1_transition)).

/// How far eigenvalues fall below one at most, L, for `delta` in (0, 1] and `rho` in (0, 1).
pub fn lower(delta: f64, rho: f64) -> f64 {
    let constant = entropy(rho) + entropy(delta * rho) / delta + 0.5 * (1.0 - rho + rho * libm::log(rho));
    // In ln l, since l can be very small.
    let rate = |log: f64| constant + 0.5 * ((1.0 - rho) * log - libm::exp(log));
    1.0 - libm::exp(root(rate, -700.0, libm::log(1.0 - rho)))
}

/// How far they rise above one at most, U, for `delta` in (0, 1] and `rho` in (0, 1).
pub fn upper(delta: f64, rho: f64) -> f64 {
    /// Values of nu that are tried, beside rho itself.
    const TRIED: u32 = 256;
    let largest = |nu: f64| {
        let constant = entropy(delta * nu) / delta + 0.5 * (1.0 + nu - nu * libm::log(nu));
        let falling = |l: f64| 0.5 * (l - (1.0 + nu) * libm::log(l)) - constant;
        root(falling, 1.0 + nu, 1e4)
    };
    let tried = (0..=TRIED).map(|i| rho + (1.0 - rho) * f64::from(i) / f64::from(TRIED));
    tried.map(largest).fold(f64::INFINITY, f64::min) - 1.0
}

/// `H(p)`, in nats.
fn entropy(p: f64) -> f64 {
    let term = |p: f64| if p > 0.0 { -p * libm::log(p) } else { 0.0 };
    term(p) + term(1.0 - p)
}

/// Where a rising function crosses zero, by bisection.
fn root(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if f(middle) < 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (delta, rho, L, U), evaluated independently.
    const TABLE: [(f64, f64, f64, f64); 5] = [
        (0.5, 0.001, 0.2086, 0.2423),
        (0.5, 0.01, 0.4955, 0.7433),
        (0.5, 0.05, 0.7819, 1.7169),
        (0.5, 0.10, 0.8924, 2.5034),
        (0.25, 0.01, 0.5095, 0.7759),
    ];

    #[test]
    fn agrees_with_the_table() {
        for (delta, rho, below, above) in TABLE {
            assert!((lower(delta, rho) - below).abs() < 6e-5, "{delta} {rho}: {}", lower(delta, rho));
            assert!((upper(delta, rho) - above).abs() < 6e-5, "{delta} {rho}: {}", upper(delta, rho));
        }
    }

    #[test]
    fn bounds_grow_with_sparsity_and_with_the_number_of_columns() {
        for delta in [0.1, 0.5, 1.0] {
            let rhos = [0.001, 0.01, 0.1, 0.3, 0.7];
            for pair in rhos.windows(2) {
                assert!(lower(delta, pair[0]) < lower(delta, pair[1]) && lower(delta, pair[1]) <= 1.0);
                assert!(upper(delta, pair[0]) < upper(delta, pair[1]) + 1e-12);
            }
        }
        assert!(upper(0.1, 0.05) > upper(0.5, 0.05) && lower(0.1, 0.05) > lower(0.5, 0.05));
    }

    /// Single supports deviate less: their spectrum ends at `(1 +- sqrt rho)^2` (Marchenko and Pastur 1967).
    #[test]
    fn one_support_is_inside() {
        for rho in [0.01, 0.1, 0.5] {
            let root = libm::sqrt(rho);
            assert!(lower(0.5, rho) > 1.0 - (1.0 - root) * (1.0 - root));
            assert!(upper(0.5, rho) > (1.0 + root) * (1.0 + root) - 1.0);
        }
    }
}
