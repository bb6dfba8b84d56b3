//! An interval for a rate, from a count.

/// Standard normal quantile at 97.5 %: all intervals and bands are at 95 %.
pub const Z: f64 = 1.959_963_984_540_054;

/// Wilson's 95 % interval for the rate behind `successes` out of `trials`; (0, 1) for no trials.
///
/// Wilson, "Probable inference, the law of succession, and statistical inference" (1927).
pub fn interval(successes: usize, trials: usize) -> (f64, f64) {
    if trials == 0 {
        return (0.0, 1.0);
    }
    let (n, rate) = (trials as f64, successes as f64 / trials as f64);
    let spread = Z * (rate * (1.0 - rate) / n + Z * Z / (4.0 * n * n)).sqrt();
    let (middle, scale) = (rate + Z * Z / (2.0 * n), 1.0 + Z * Z / n);
    // Both ends are exact where the count is extreme; rounding would leave them a bit inside.
    let low = if successes == 0 { 0.0 } else { (middle - spread) / scale };
    let high = if successes == trials { 1.0 } else { (middle + spread) / scale };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_published_values() {
        // Newcombe (1998), "Two-sided confidence intervals for the single proportion", table I, method 3.
        for (successes, trials, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = interval(successes, trials);
            assert!((found.0 - low).abs() < 6e-5 && (found.1 - high).abs() < 6e-5, "{found:?}");
        }
        assert_eq!(interval(0, 0), (0.0, 1.0));
        for trials in 1..100 {
            assert_eq!((interval(0, trials).0, interval(trials, trials).1), (0.0, 1.0));
        }
    }
}
