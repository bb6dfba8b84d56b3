//! An inverted index: for each term the documents that have it, with whole weights.

/// Weights of documents are kept to a hundredth, in a byte.
const STEPS: f64 = 100.0;

/// Bytes of a posting: a document's number and its weight.
const POSTING: usize = 3;

/// Postings by term.
pub(super) struct Index {
    postings: Vec<Vec<(u16, u8)>>,
    documents: usize,
}

impl Index {
    /// An empty index over `terms` terms.
    pub(super) fn new(terms: usize) -> Self {
        Self { postings: vec![Vec::new(); terms], documents: 0 }
    }

    /// Adds the next document. Weights below `least`, and those below a hundredth, are left out; those above 2.55 are cut.
    pub(super) fn add(&mut self, document: &[(u32, f64)], least: f64) {
        let number = self.documents as u16;
        self.documents += 1;
        for &(term, weight) in document.iter().filter(|(_, weight)| *weight >= least) {
            let weight = (STEPS * weight).floor().clamp(0.0, 255.0) as u8;
            if weight > 0 {
                self.postings[term as usize].push((number, weight));
            }
        }
    }

    /// Inner products of a query with all documents, a term at a time, and the number of postings that were touched. Weights of
    /// the query are rounded to 5/256.
    pub(super) fn scores(&self, query: &[(u32, f64)]) -> (Vec<f64>, usize) {
        let mut totals = vec![0_u64; self.documents];
        let mut touched = 0;
        for &(term, weight) in query {
            let weight = (weight / 5.0 * 256.0).round().max(0.0) as u64;
            let postings = &self.postings[term as usize];
            touched += postings.len();
            for &(document, held) in postings {
                totals[usize::from(document)] += weight * u64::from(held);
            }
        }
        (totals.into_iter().map(|total| total as f64 * 5.0 / (256.0 * STEPS)).collect(), touched)
    }

    /// Size in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.postings.iter().map(|postings| POSTING * postings.len()).sum()
    }
}

/// The `depth` best documents with their scores, the best first; of equal ones the lower number comes first. Documents with
/// a score of zero are left out.
pub(super) fn best(scores: &[f64], depth: usize) -> Vec<(usize, f64)> {
    let mut order: Vec<(usize, f64)> = scores.iter().copied().enumerate().filter(|(_, score)| *score > 0.0).collect();
    order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    order.truncate(depth);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postings_hold_what_was_added() {
        let mut index = Index::new(4);
        index.add(&[(0, 1.0), (2, 0.505)], 0.1);
        index.add(&[(2, 2.0), (3, 0.05)], 0.1);
        let (scores, touched) = index.scores(&[(2, 5.0), (3, 5.0)]);
        assert_eq!((scores, touched, index.bytes()), (vec![2.5, 10.0], 2, 9));
    }

    #[test]
    fn the_best_come_first_and_ties_go_to_the_lower_number() {
        assert_eq!(best(&[1.0, 3.0, 0.0, 3.0], 3), [(1, 3.0), (3, 3.0), (0, 1.0)]);
    }
}
