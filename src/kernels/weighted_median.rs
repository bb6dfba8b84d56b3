//! The weighted median: where a sum of weighted distances on a line is least.

/// A point of a line with its weight, and a number that says which one it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weighted {
    /// Where it is.
    pub position: f64,
    /// Its weight, not negative.
    pub weight: f64,
    /// Whose point it is.
    pub tag: usize,
}

/// The point at which `sum weight |t - position|` is least, the lowest where several are; `None` without points.
///
/// The points come back sorted by position, ties by tag. O(n log n).
pub fn weighted_median(points: &mut [Weighted]) -> Option<Weighted> {
    points.sort_unstable_by(|a, b| a.position.total_cmp(&b.position).then(a.tag.cmp(&b.tag)));
    let half = 0.5 * points.iter().fold(0.0, |sum, point| sum + point.weight);
    let mut passed = 0.0;
    for point in points.iter() {
        passed += point.weight;
        if passed >= half {
            return Some(*point);
        }
    }
    points.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cost(points: &[Weighted], t: f64) -> f64 {
        points.iter().fold(0.0, |sum, point| sum + point.weight * (t - point.position).abs())
    }

    #[test]
    fn no_other_point_costs_less() {
        // A hash in place of randomness: positions and weights without order.
        let hash = |i: usize, j: usize| ((i * 7919 + j * 104_729 + 13) % 1009) as f64 / 1009.0;
        for case in 1..40 {
            let mut points: Vec<Weighted> =
                (0..case).map(|i| Weighted { position: hash(i, case) - 0.5, weight: hash(case, i), tag: i }).collect();
            let found = weighted_median(&mut points).unwrap();
            let least = points.iter().map(|point| cost(&points, point.position)).fold(f64::INFINITY, f64::min);
            assert!(cost(&points, found.position) <= least + 1e-12);
        }
    }

    #[test]
    fn ties_go_to_the_lowest_and_nothing_has_no_median() {
        let point = |position: f64, tag| Weighted { position, weight: 1.0, tag };
        let mut even = [point(2.0, 0), point(1.0, 1), point(4.0, 2), point(3.0, 3)];
        assert_eq!(weighted_median(&mut even), Some(point(2.0, 0)));
        assert_eq!(weighted_median(&mut []), None);
    }
}
