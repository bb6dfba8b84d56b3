//! Training an encoder by contrast: of all documents of a batch the query's own is to have the highest score.
//!
//! ```text
//! repeat
//!     take queries, for each its answer and documents that BM25 takes for answers
//!     loss = mean over queries of -log softmax(scores over all documents of the batch)[answer]
//!            + mu (mean sum of query weights + mean sum of document weights)
//!     vectors and own weights make a step of Adam along its gradient
//! ```
//!
//! Only entries that a token keeps have a gradient, so that the way back costs O(kept d) a token; the way there O(V d).
//!
//! Kingma and Ba, "Adam" (2015).

use super::encoder::{Encoder, Sparse, product};
use super::search::{Corpus, MOST_TOKENS};
use crate::kernels::axpy;
use crate::signals::random::{Random, Stream};
use crate::signals::senses::DIMENSIONS;

/// Queries of a batch.
const QUERIES: usize = 8;
/// Adam's decay rates and floor.
const FIRST: f64 = 0.9;
const SECOND: f64 = 0.999;
const FLOOR: f64 = 1e-8;

/// How the vectors of two texts make a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Interaction {
    /// Each query token with the document token that suits it best.
    MaxSim,
    /// The largest weight of each term in the query with that in the document.
    Pooled,
}

/// What a batch costs and where it leads.
#[derive(Clone, Debug)]
pub(super) struct Gradient {
    pub(super) loss: f64,
    pub(super) vectors: Vec<f64>,
    pub(super) own: Vec<f64>,
}

/// A text in a batch, with the derivative of the loss by each weight that is kept.
struct Text<'a> {
    tokens: &'a [usize],
    weights: Vec<Sparse>,
    slopes: Vec<Sparse>,
}

impl<'a> Text<'a> {
    fn new(encoder: &Encoder, tokens: &'a [usize], price: f64) -> Self {
        let weights = encoder.encode(tokens);
        let slopes = weights.iter().map(|token| token.iter().map(|(term, _)| (*term, price)).collect()).collect();
        Self { tokens, weights, slopes }
    }

    fn total(&self) -> f64 {
        self.weights.iter().flatten().fold(0.0, |sum, (_, weight)| sum + weight)
    }

    fn add(&mut self, token: usize, term: u32, slope: f64) {
        if let Ok(at) = self.slopes[token].binary_search_by_key(&term, |(term, _)| *term) {
            self.slopes[token][at].1 += slope;
        }
    }
}

/// A term of a score: tokens of query and document, the vocabulary's term, and the two weights.
type Part = (usize, usize, u32, f64, f64);

/// The score of a pair as its parts.
fn parts(interaction: Interaction, query: &[Sparse], document: &[Sparse]) -> Vec<Part> {
    match interaction {
        Interaction::MaxSim => query.iter().enumerate().flat_map(|(i, token)| best_match(i, token, document)).collect(),
        Interaction::Pooled => {
            let (of_query, of_document) = (largest(query), largest(document));
            let same = |&(term, i, weight): &(u32, usize, f64)| {
                let at = of_document.binary_search_by_key(&term, |(term, ..)| *term).ok()?;
                Some((i, of_document[at].1, term, weight, of_document[at].2))
            };
            of_query.iter().filter_map(same).collect()
        }
    }
}

/// The document token with the largest inner product, the first of equal ones, term by term.
fn best_match(i: usize, token: &Sparse, document: &[Sparse]) -> Vec<Part> {
    let mut best = (0, 0.0);
    for (t, other) in document.iter().enumerate() {
        let score = product(token, other);
        if score > best.1 {
            best = (t, score);
        }
    }
    let Some(other) = document.get(best.0).filter(|_| best.1 > 0.0) else { return Vec::new() };
    let same = |&(term, weight): &(u32, f64)| {
        let at = other.binary_search_by_key(&term, |(term, _)| *term).ok()?;
        Some((i, best.0, term, weight, other[at].1))
    };
    token.iter().filter_map(same).collect()
}

/// The largest weight of each term, and the token that has it.
fn largest(tokens: &[Sparse]) -> Vec<(u32, usize, f64)> {
    let mut entries: Vec<(u32, usize, f64)> = tokens
        .iter()
        .enumerate()
        .flat_map(|(i, token)| token.iter().map(move |&(term, weight)| (term, i, weight)))
        .collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.total_cmp(&a.2)).then(a.1.cmp(&b.1)));
    entries.dedup_by_key(|(term, ..)| *term);
    entries
}

/// Loss and gradient of a batch: documents `answers[q]` answer the queries.
pub(super) fn gradient(
    encoder: &Encoder,
    interaction: Interaction,
    price: f64,
    queries: &[&[usize]],
    documents: &[&[usize]],
    answers: &[usize],
) -> Gradient {
    let (of_query, of_document) = (price / queries.len() as f64, price / documents.len() as f64);
    let mut queries: Vec<Text<'_>> = queries.iter().map(|tokens| Text::new(encoder, tokens, of_query)).collect();
    let mut documents: Vec<Text<'_>> = documents.iter().map(|tokens| Text::new(encoder, tokens, of_document)).collect();
    let mut loss = queries.iter().fold(0.0, |sum, text| sum + of_query * text.total());
    loss += documents.iter().fold(0.0, |sum, text| sum + of_document * text.total());
    let share = 1.0 / queries.len() as f64;
    for (query, &answer) in queries.iter_mut().zip(answers) {
        let pairs: Vec<Vec<Part>> =
            documents.iter().map(|document| parts(interaction, &query.weights, &document.weights)).collect();
        let scores: Vec<f64> =
            pairs.iter().map(|parts| parts.iter().fold(0.0, |sum, (.., zq, zd)| sum + zq * zd)).collect();
        let most = scores.iter().fold(0.0_f64, |most, score| most.max(*score));
        let sum = scores.iter().fold(0.0, |sum, score| sum + libm::exp(score - most));
        loss += share * (most + libm::log(sum) - scores[answer]);
        for (d, parts) in pairs.iter().enumerate() {
            let wanted = if d == answer { 1.0 } else { 0.0 };
            let slope = share * (libm::exp(scores[d] - most) / sum - wanted);
            for &(i, t, term, zq, zd) in parts {
                query.add(i, term, slope * zd);
                documents[d].add(t, term, slope * zq);
            }
        }
    }
    let mut gradient = Gradient { loss, vectors: vec![0.0; encoder.vectors.len()], own: vec![0.0; encoder.own.len()] };
    queries.iter().chain(&documents).for_each(|text| carry_back(encoder, text, &mut gradient));
    gradient
}

/// From weights to vectors: `dz/dl = 1 / (1 + l) = exp(-z)`.
fn carry_back(encoder: &Encoder, text: &Text<'_>, gradient: &mut Gradient) {
    let hidden = encoder.hidden(text.tokens);
    let others = text.tokens.len().saturating_sub(1).max(1) as f64;
    let row = |term: usize| term * DIMENSIONS..(term + 1) * DIMENSIONS;
    for (i, &token) in text.tokens.iter().enumerate() {
        let mut by_hidden = vec![0.0; DIMENSIONS];
        for (&(term, weight), &(_, slope)) in text.weights[i].iter().zip(&text.slopes[i]) {
            let (term, slope) = (term as usize, slope * libm::exp(-weight));
            if term == token {
                gradient.own[term] += slope;
            }
            axpy(encoder.scale * slope, &hidden[row(i)], &mut gradient.vectors[row(term)]);
            axpy(encoder.scale * slope, encoder.vector(term), &mut by_hidden);
        }
        axpy(1.0 - encoder.mix, &by_hidden, &mut gradient.vectors[row(token)]);
        for (_, &other) in text.tokens.iter().enumerate().filter(|(j, _)| *j != i) {
            axpy(encoder.mix / others, &by_hidden, &mut gradient.vectors[row(other)]);
        }
    }
}

/// Training that is under way.
pub(super) struct Contrastive {
    interaction: Interaction,
    /// Price of a weight, mu, and the length of a step.
    price: f64,
    rate: f64,
    random: Random,
    steps: i32,
    vectors: Adam,
    own: Adam,
    /// For each pair documents that are not its answer and have words of the query.
    negatives: Vec<Vec<usize>>,
    /// Loss of the last batch.
    pub(super) loss: f64,
}

impl Contrastive {
    /// Before the first step. `hard` documents that are no answers go with each query.
    pub(super) fn new(corpus: &Corpus, interaction: Interaction, price: f64, rate: f64, hard: usize) -> Self {
        Self {
            interaction,
            price,
            rate,
            random: Random::new(0, Stream::Method),
            steps: 0,
            vectors: Adam::new(corpus.vectors.len()),
            own: Adam::new(corpus.terms.len()),
            negatives: super::bm25::negatives(corpus, hard),
            loss: 0.0,
        }
    }

    /// A step on a batch that is drawn.
    pub(super) fn step(&mut self, corpus: &Corpus, encoder: &mut Encoder) {
        let (mut queries, mut documents, mut answers) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..QUERIES {
            let at = self.random.below(corpus.pairs.len());
            let pair = &corpus.pairs[at];
            let (Some(answer), false) = (pair.answer, pair.tokens.is_empty()) else { continue };
            // A document stands once in a batch, or it would be told to be an answer and not to be one.
            let mut place = |document: usize| {
                documents.iter().position(|&known| known == document).unwrap_or_else(|| {
                    documents.push(document);
                    documents.len() - 1
                })
            };
            answers.push(place(answer));
            self.negatives[at].iter().for_each(|&document| {
                place(document);
            });
            queries.push(&pair.tokens[..pair.tokens.len().min(MOST_TOKENS)]);
        }
        let texts: Vec<&[usize]> = documents.iter().map(|&document| &corpus.documents[document].tokens[..]).collect();
        let gradient = gradient(encoder, self.interaction, self.price, &queries, &texts, &answers);
        self.loss = gradient.loss;
        self.steps += 1;
        self.vectors.step(&mut encoder.vectors, &gradient.vectors, self.rate, self.steps);
        // Own weights are of the order of 5, entries of vectors of 0.2.
        self.own.step(&mut encoder.own, &gradient.own, 10.0 * self.rate, self.steps);
    }

    /// Steps so far.
    pub(super) fn steps(&self) -> usize {
        self.steps as usize
    }
}

/// Adam's two moments.
struct Adam {
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Adam {
    fn new(size: usize) -> Self {
        Self { first: vec![0.0; size], second: vec![0.0; size] }
    }

    fn step(&mut self, values: &mut [f64], gradient: &[f64], rate: f64, steps: i32) {
        let (unbiased, spread) = (1.0 - libm::pow(FIRST, f64::from(steps)), 1.0 - libm::pow(SECOND, f64::from(steps)));
        for (i, g) in gradient.iter().enumerate() {
            self.first[i] = FIRST * self.first[i] + (1.0 - FIRST) * g;
            self.second[i] = SECOND * self.second[i] + (1.0 - SECOND) * g * g;
            values[i] -= rate * (self.first[i] / unbiased) / ((self.second[i] / spread).sqrt() + FLOOR);
        }
    }
}

/// The score of a pair of texts, term by term and token by token.
pub(super) fn max_sim(query: &[Sparse], document: &[Sparse]) -> f64 {
    query
        .iter()
        .fold(0.0, |sum, token| sum + document.iter().fold(0.0_f64, |most, other| most.max(product(token, other))))
}

#[cfg(test)]
mod tests {
    use super::super::search::SearchInstance;
    use super::*;
    use crate::contract::NoFiles;
    use crate::labs::registry;
    use serde_json::json;

    /// Central differences along single numbers of the encoder.
    #[test]
    fn gradients_are_those_of_differences() {
        let params = json!({"id": "search", "documents": 100, "queries": 2});
        let instance = registry().problem("search").unwrap().instance(&params, 1, &NoFiles).unwrap();
        let instance: &SearchInstance = instance.as_any().downcast_ref().unwrap();
        let corpus = instance.corpus.as_ref();
        let encoder = Encoder::new(corpus, 8, 0.5, 0.3);
        let queries: Vec<&[usize]> = corpus.pairs[..3].iter().map(|pair| &pair.tokens[..]).collect();
        let documents: Vec<&[usize]> =
            corpus.pairs[..5].iter().map(|pair| &corpus.documents[pair.answer.unwrap()].tokens[..]).collect();
        for interaction in [Interaction::MaxSim, Interaction::Pooled] {
            let at = |encoder: &Encoder| gradient(encoder, interaction, 1e-3, &queries, &documents, &[0, 1, 2]);
            let found = at(&encoder);
            let mut checked = 0;
            for &token in queries[0].iter().chain(documents[1]) {
                for place in [token * DIMENSIONS, token * DIMENSIONS + 7] {
                    let mut moved = encoder.clone();
                    moved.vectors[place] += 1e-6;
                    let up = at(&moved).loss;
                    moved.vectors[place] -= 2e-6;
                    let slope = (up - at(&moved).loss) / 2e-6;
                    assert!((slope - found.vectors[place]).abs() < 1e-6, "{slope} {}", found.vectors[place]);
                    checked += usize::from(slope != 0.0);
                }
                let mut moved = encoder.clone();
                moved.own[token] += 1e-6;
                let up = at(&moved).loss;
                moved.own[token] -= 2e-6;
                let slope = (up - at(&moved).loss) / 2e-6;
                assert!((slope - found.own[token]).abs() < 1e-6, "{slope} {}", found.own[token]);
                checked += usize::from(slope != 0.0);
            }
            assert!(checked > 10, "{checked} slopes are not zero");
        }
    }
}
