//! How good a ranking is. Ranks begin at 1; a document has a grade, and most have 0.

/// Normalised discounted cumulative gain at 10 of documents by rank: gain `2^grade - 1`, discount `1 / log2(1 + rank)`, over that
/// of the best ranking. Zero where nothing is relevant. `relevant` are documents with their grades.
pub fn ndcg(ranking: &[usize], relevant: &[(usize, u32)]) -> f64 {
    let gain = |grade: u32| libm::exp2(f64::from(grade)) - 1.0;
    let discounted = |gains: &mut dyn Iterator<Item = f64>| {
        gains.take(10).enumerate().fold(0.0, |sum, (i, gain)| sum + gain / libm::log2(i as f64 + 2.0))
    };
    let grade = |document: &usize| relevant.iter().find(|(one, _)| one == document).map_or(0, |(_, grade)| *grade);
    let mut best: Vec<u32> = relevant.iter().map(|(_, grade)| *grade).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let ideal = discounted(&mut best.into_iter().map(gain));
    if ideal > 0.0 { discounted(&mut ranking.iter().map(|document| gain(grade(document)))) / ideal } else { 0.0 }
}

/// One over the rank of the first relevant document, if that is at most 10; else 0.
pub fn reciprocal_rank(ranking: &[usize], relevant: &[(usize, u32)]) -> f64 {
    let found = ranking.iter().take(10).position(|document| relevant.iter().any(|(one, _)| one == document));
    found.map_or(0.0, |place| 1.0 / (place + 1) as f64)
}

/// The share of relevant documents in a ranking.
pub fn recall(ranking: &[usize], relevant: &[(usize, u32)]) -> f64 {
    let found = relevant.iter().filter(|(document, _)| ranking.contains(document)).count();
    if relevant.is_empty() { 0.0 } else { found as f64 / relevant.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_of_known_rankings() {
        let relevant = [(7, 2), (3, 1)];
        assert_eq!(ndcg(&[7, 3, 1], &relevant), 1.0);
        // (1 + 3 / log2 3) / (3 + 1 / log2 3), by hand.
        assert!((ndcg(&[3, 7], &relevant) - 0.796_707_580_990_5).abs() < 1e-9, "{}", ndcg(&[3, 7], &relevant));
        assert_eq!(ndcg(&[1, 2], &relevant), 0.0);
        assert!((ndcg(&[1, 7], &[(7, 2)]) - 1.0 / libm::log2(3.0)).abs() < 1e-15);
        assert_eq!((reciprocal_rank(&[1, 2, 3], &relevant), reciprocal_rank(&[1], &relevant)), (1.0 / 3.0, 0.0));
        assert_eq!((recall(&[3, 1], &relevant), recall(&[], &relevant), recall(&[1], &[])), (0.5, 0.0, 0.0));
        let deep: Vec<usize> = (20..40).chain([7]).collect();
        assert_eq!(
            (ndcg(&deep, &relevant), reciprocal_rank(&deep, &relevant), recall(&deep, &relevant)),
            (0.0, 0.0, 0.5)
        );
    }
}
