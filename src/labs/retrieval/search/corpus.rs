//! The collection as numbers: stems of documents and queries, which document answers which query, and what is left to learn from.

use crate::signals::random::{Random, Stream};
use crate::signals::senses::{DIMENSIONS, senses, stems::stems, vectors, vocabulary};

/// Stems that have no vector share so many terms.
const BUCKETS: usize = 256;

/// Most stems of a text.
pub const MOST_TOKENS: usize = 32;

/// A document: a sense of a word.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its words, between commas.
    pub words: &'static str,
    /// What they mean.
    pub definition: &'static str,
    /// Stems of both, by number.
    pub tokens: Vec<usize>,
}

/// A text for which a document is sought.
#[derive(Clone, Debug)]
pub struct Query {
    /// The text.
    pub text: String,
    /// Its stems, by number.
    pub tokens: Vec<usize>,
    /// The document that answers it, where that is known.
    pub answer: Option<usize>,
}

/// Documents, queries, and pairs of both to learn from.
pub struct Corpus {
    /// The documents.
    pub documents: Vec<Document>,
    /// The queries that are asked; none of their documents is among the pairs.
    pub queries: Vec<Query>,
    /// Queries with their answers, to learn from.
    pub pairs: Vec<Query>,
    /// Terms by number; the last ones stand for all stems that are in no list.
    pub terms: Vec<String>,
    /// `ln(1 + (N - n + 1/2) / (n + 1/2))` of each term, n documents having it.
    pub idf: Vec<f64>,
    /// A vector of [`DIMENSIONS`] numbers a term, row by row; zero where none is known.
    pub vectors: Vec<f64>,
}

impl Corpus {
    /// The first `size` senses. A share of them, drawn by the seed, gives its examples away to learn from; `asked` examples of
    /// the others are the queries. `own` is a query of somebody's own, asked first.
    pub(super) fn new(size: usize, asked: usize, share: f64, own: &str, seed: u64) -> Self {
        let known = vocabulary();
        let numbered = |text: &str| -> Vec<usize> {
            let number =
                |stem: String| known.binary_search(&stem.as_str()).unwrap_or_else(|_| known.len() + bucket(&stem));
            stems(text).into_iter().take(MOST_TOKENS).map(number).collect()
        };
        let senses = &senses()[..size];
        let documents: Vec<Document> = senses
            .iter()
            .map(|sense| Document {
                words: sense.words,
                definition: sense.definition,
                tokens: numbered(&format!("{} {}", sense.words, sense.definition)),
            })
            .collect();
        let order = Random::new(seed, Stream::Support).permutation(size);
        let learned = (share * size as f64).round() as usize;
        let queries_of = |places: &[usize]| -> Vec<Query> {
            let query = |&place: &usize| {
                senses[place].examples().map(move |example| Query {
                    text: example.to_owned(),
                    tokens: numbered(example),
                    answer: Some(place),
                })
            };
            places.iter().flat_map(query).collect()
        };
        let pairs = queries_of(&order[..learned]);
        let mut queries = queries_of(&order[learned..]);
        queries.truncate(asked);
        let tokens = numbered(own);
        if !tokens.is_empty() {
            queries.insert(0, Query { text: own.to_owned(), tokens, answer: None });
        }
        let terms: Vec<String> =
            known.iter().map(|&stem| stem.to_owned()).chain((0..BUCKETS).map(|i| format!("other {i}"))).collect();
        let mut vectors = vectors();
        vectors.resize(terms.len() * DIMENSIONS, 0.0);
        let idf = idf(&documents, terms.len());
        Self { documents, queries, pairs, terms, idf, vectors }
    }
}

/// A term for a stem without a vector (FNV-1a).
fn bucket(stem: &str) -> usize {
    let hash = stem
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    (hash % BUCKETS as u64) as usize
}

fn idf(documents: &[Document], terms: usize) -> Vec<f64> {
    let mut having = vec![0.0; terms];
    for document in documents {
        let mut held = document.tokens.clone();
        held.sort_unstable();
        held.dedup();
        held.into_iter().for_each(|term| having[term] += 1.0);
    }
    let n = documents.len() as f64;
    having.iter().map(|having| libm::log(1.0 + (n - having + 0.5) / (having + 0.5))).collect()
}
