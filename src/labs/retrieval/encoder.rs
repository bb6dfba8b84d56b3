//! From tokens to terms: each token of a text becomes a sparse vector over the vocabulary.
//!
//! `l_j = scale <e_j, h_i> - threshold`, with `own_j` added where term j is the token itself, and
//! `h_i = (1 - mix) e_i + mix (mean of the other tokens' vectors)`: the context shifts a token's meaning. The vector is
//! `z_j = log(1 + relu(l_j))`, of which the largest entries are kept. It stands in for a masked language model's head: its
//! vectors come from counts of stems in common definitions, and can be trained (`contrastive`).

use super::search::Corpus;
use crate::kernels::{axpy, dot};
use crate::signals::senses::DIMENSIONS;

/// Weight of a token for itself at the start, a unit of idf.
const OWN: f64 = 1.0;
/// A term that is close to everything is no expansion: weights start where the cosine exceeds `threshold / scale`.
const SCALE: f64 = 6.0;

/// Terms with weights, ascending by term.
pub(super) type Sparse = Vec<(u32, f64)>;

/// The encoder's numbers.
#[derive(Clone)]
pub(super) struct Encoder {
    /// Vectors of terms, row by row.
    pub(super) vectors: Vec<f64>,
    /// What a token adds to its own term's logit.
    pub(super) own: Vec<f64>,
    pub(super) scale: f64,
    pub(super) threshold: f64,
    pub(super) mix: f64,
    /// Entries that a token keeps; with `exact`, only that of its own term.
    pub(super) kept: usize,
    pub(super) exact: bool,
}

impl Encoder {
    /// The encoder of a collection before any training.
    pub(super) fn new(corpus: &Corpus, kept: usize, cosine: f64, mix: f64) -> Self {
        let threshold = SCALE * cosine;
        Self {
            vectors: corpus.vectors.clone(),
            // So that the own term's logit starts at its idf, wherever the threshold lies.
            own: corpus.idf.iter().map(|idf| OWN * idf + threshold - SCALE * (1.0 - mix)).collect(),
            scale: SCALE,
            threshold,
            mix,
            kept,
            exact: false,
        }
    }

    /// The vector of a term.
    pub(super) fn vector(&self, term: usize) -> &[f64] {
        &self.vectors[term * DIMENSIONS..(term + 1) * DIMENSIONS]
    }

    /// Vectors of tokens in their context, row by row.
    pub(super) fn hidden(&self, tokens: &[usize]) -> Vec<f64> {
        let mut sum = vec![0.0; DIMENSIONS];
        tokens.iter().for_each(|&token| axpy(1.0, self.vector(token), &mut sum));
        let others = tokens.len().saturating_sub(1).max(1) as f64;
        let mut hidden = Vec::with_capacity(tokens.len() * DIMENSIONS);
        for &token in tokens {
            let own = self.vector(token);
            hidden.extend(own.iter().zip(&sum).map(|(e, sum)| (1.0 - self.mix) * e + self.mix * (sum - e) / others));
        }
        hidden
    }

    /// Sparse vectors of the tokens of a text; O(V d) a token.
    pub(super) fn encode(&self, tokens: &[usize]) -> Vec<Sparse> {
        let hidden = self.hidden(tokens);
        tokens.iter().zip(hidden.chunks_exact(DIMENSIONS)).map(|(&token, hidden)| self.sparse(token, hidden)).collect()
    }

    fn sparse(&self, token: usize, hidden: &[f64]) -> Sparse {
        let logit = |term: usize| {
            let own = if term == token { self.own[term] } else { 0.0 };
            self.scale * dot(self.vector(term), hidden) - self.threshold + own
        };
        let weight = |term: usize| (term as u32, libm::log1p(logit(term).max(0.0)));
        let mut sparse: Sparse = if self.exact {
            vec![weight(token)]
        } else {
            let terms = 0..self.own.len();
            terms.filter_map(|term| Some((term as u32, logit(term))).filter(|(_, logit)| *logit > 0.0)).collect()
        };
        if !self.exact {
            sparse.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            sparse.truncate(self.kept);
            sparse.iter_mut().for_each(|entry| entry.1 = libm::log1p(entry.1));
        }
        sparse.retain(|(_, weight)| *weight > 0.0);
        sparse.sort_unstable_by_key(|(term, _)| *term);
        sparse
    }
}

/// Inner product of two sparse vectors.
pub(super) fn product(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// Tokens' vectors made one, entry by entry.
pub(super) fn pooled(tokens: &[Sparse], join: impl Fn(f64, f64) -> f64) -> Sparse {
    let mut entries: Sparse = tokens.iter().flatten().copied().collect();
    entries.sort_by_key(|(term, _)| *term);
    let mut pooled: Sparse = Vec::new();
    for (term, weight) in entries {
        match pooled.last_mut() {
            Some(last) if last.0 == term => last.1 = join(last.1, weight),
            _ => pooled.push((term, weight)),
        }
    }
    pooled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sparse_vectors_of_known_numbers() {
        let (a, b) = (vec![(1, 2.0), (4, 1.0), (9, 3.0)], vec![(4, 5.0), (9, 1.0), (11, 7.0)]);
        assert_eq!(product(&a, &b), 8.0);
        assert_eq!(pooled(&[a.clone(), b.clone()], f64::max), [(1, 2.0), (4, 5.0), (9, 3.0), (11, 7.0)]);
        assert_eq!(pooled(&[a, b], |x, y| x + y), [(1, 2.0), (4, 6.0), (9, 4.0), (11, 7.0)]);
    }
}
