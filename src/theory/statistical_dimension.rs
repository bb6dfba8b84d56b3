//! How many random measurements basis pursuit needs: the statistical dimension of the descent cone of the l1 norm.
//!
//! `sdim = min over t >= 0 of E dist^2(g, t subdifferential of |x|_1)`, which for k of n entries is `n M(k / n)` with
//! the minimax risk M up to `2 sqrt(n / k)`: Amelunxen, Lotz, McCoy and Tropp, "Living on the edge: phase transitions
//! in convex programs with random data" (2014). From m Gaussian measurements basis pursuit succeeds with probability at
//! least `1 - eta` when `m >= sdim + w`, and at most `eta` when `m <= sdim - w`, with `w = sqrt(8 ln(4 / eta)) sqrt n`.

use super::minimax::Entries;

/// The statistical dimension at k-sparse points of n dimensions; for complex entries in complex measurements.
///
/// # Panics
/// When `k > n`.
pub fn l1_descent_cone(entries: Entries, n: usize, k: usize) -> f64 {
    assert!(k <= n);
    match k {
        0 => 0.0,
        _ if k == n => n as f64,
        _ => n as f64 * entries.minimax(k as f64 / n as f64).risk,
    }
}

/// The half width w of the transition, in measurements, at failure probability `eta` in (0, 1).
pub fn transition_width(n: usize, eta: f64) -> f64 {
    (8.0 * libm::log(4.0 / eta)).sqrt() * (n as f64).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (delta, rho signed, rho nonnegative): at k = rho delta n the statistical dimension is delta n.
    const TABLE: [(f64, f64, f64); 5] = [
        (0.05, 0.1544, 0.1889),
        (0.25, 0.2674, 0.3651),
        (0.50, 0.3857, 0.5582),
        (0.75, 0.5337, 0.7659),
        (0.90, 0.6782, 0.9027),
    ];

    #[test]
    fn is_where_the_transition_is() {
        let n = 1_000_000;
        for (delta, signed, nonnegative) in TABLE {
            for (entries, rho) in [(Entries::Signed, signed), (Entries::Nonnegative, nonnegative)] {
                let k = (rho * delta * n as f64).round() as usize;
                let share = l1_descent_cone(entries, n, k) / n as f64;
                // The table's rho has four digits.
                assert!((share - delta).abs() < 1e-4, "{entries:?} {delta}: {share}");
            }
        }
        assert_eq!((l1_descent_cone(Entries::Signed, 9, 0), l1_descent_cone(Entries::Signed, 9, 9)), (0.0, 9.0));
    }

    #[test]
    fn the_transition_is_as_wide_as_a_root() {
        assert!((transition_width(100, 4.0 / std::f64::consts::E) - 800f64.sqrt()).abs() < 1e-12);
    }
}
