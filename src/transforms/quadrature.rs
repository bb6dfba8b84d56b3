//! Gauss's rule on an interval: exact for polynomials of degree `2 count - 1`.

/// Newton steps for a node; four are enough from Tricomi's first guess.
const NEWTON: usize = 8;

/// Nodes and weights of `integral over [from, to]`, `count` of each, nodes ascending. O(count^2).
///
/// Nodes are the zeros of Legendre's polynomial, by Newton's method from Tricomi's approximation.
pub fn gauss_legendre(count: usize, from: f64, to: f64) -> Vec<(f64, f64)> {
    let (middle, half) = (0.5 * (from + to), 0.5 * (to - from));
    let mut rule = Vec::with_capacity(count);
    for k in (1..=count).rev() {
        let mut t = libm::cos(std::f64::consts::PI * (k as f64 - 0.25) / (count as f64 + 0.5));
        let mut slope = 1.0;
        for _ in 0..NEWTON {
            let (value, before) = legendre_pair(count, t);
            slope = count as f64 * (before - t * value) / (1.0 - t * t);
            t -= value / slope;
        }
        rule.push((middle + half * t, half * 2.0 / ((1.0 - t * t) * slope * slope)));
    }
    rule
}

/// Legendre's polynomials of degrees `n` and `n - 1` at `t`.
fn legendre_pair(n: usize, t: f64) -> (f64, f64) {
    let (mut now, mut before) = (1.0, 0.0);
    for k in 0..n {
        let k = k as f64;
        (now, before) = (((2.0 * k + 1.0) * t * now - k * before) / (k + 1.0), now);
    }
    (now, before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn monomials_are_integrated_exactly() {
        for count in [1, 2, 5, 40, 301] {
            let rule = gauss_legendre(count, -1.0, 3.0);
            assert!(rule.windows(2).all(|pair| pair[0].0 < pair[1].0));
            for degree in 0..(2 * count).min(20) {
                let sum: f64 = rule.iter().map(|(t, weight)| weight * libm::pow(t / 3.0, degree as f64)).sum();
                let exact = 3.0 * (1.0 - libm::pow(-1.0 / 3.0, degree as f64 + 1.0)) / (degree as f64 + 1.0);
                assert!((sum - exact).abs() < 1e-13, "{count} nodes, degree {degree}: {sum} is not {exact}");
            }
        }
    }
}
