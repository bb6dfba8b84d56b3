//! SLIM: sparsified late interaction.
//!
//! ```text
//! z_i = the K largest entries of log(1 + relu(l_i)), a sparse vector over the vocabulary for each token i
//! s(q, d) = sum_{i in q} max_{t in d} <z_i, z_t>                             late interaction
//! upper:  s <= <sum_i z_i, max_t z_t>                                        the max moves inside
//! lower:  s >= sum_i z_i[v_i] max_t z_t[v_i],   v_i the largest entry of z_i
//! index d as max_t z_t;  look up q as beta upper + (1 - beta) lower
//! take the k1 best documents, compute s of these, sort
//! ```
//!
//! Both bounds are inner products of one sparse vector a side, so an ordinary inverted index finds the candidates. With beta = 1 their
//! score is above s for every document. A query costs the postings of its terms, and for each candidate the products of its tokens'
//! sparse vectors. The encoder is the lab's (`encoder`), and is trained by contrast on s itself with a price on weights, or
//! learns, as SLIM++, from the ranking of a teacher: none is small enough to ship, so that variant is left to the paper.
//!
//! Li, Lin, Ma and Lin, "SLIM: sparsified late interaction for efficient multi-vector retrieval with inverted indexes" (2023),
//! equations (3) to (7).

use super::contrastive::{Contrastive, Interaction, max_sim};
use super::encoder::{Encoder, Sparse, pooled, product};
use super::index::{Index, best};
use super::search::{Corpus, DEPTH, SearchInstance};
use super::searching::{Found, Ranker, Searching};
use crate::contract::{
    Axis, Bound, Cell, Claim, Complaint, Exhibit, Experiment, Kind, Measure, MethodCard, Panel, Paper, Run, Trace, Try,
    TypedMethod, Values, Watch,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Cosine above which a term expands a token, and the share of the context in a token's vector.
pub(super) const COSINE: f64 = 0.65;
pub(super) const MIX: f64 = 0.3;
/// Length of a step of training, and documents that are no answers for each query.
pub(super) const RATE: f64 = 2e-3;
pub(super) const HARD: usize = 7;
/// Documents that are encoded in a step.
pub(super) const INDEXED: usize = 100;
/// Bytes of an entry of a token's vector in the second stage: a term and a weight.
const ENTRY: usize = 3;
/// How far above the exact score the bound may stay below it by rounding.
const ROUNDING: f64 = 1e-9;

/// Parameters of SLIM.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SlimRetrieval {
    /// Terms that a token keeps, K.
    #[schemars(range(min = 1, max = 32))]
    pub terms: usize,
    /// Candidates that are scored exactly, k1.
    #[schemars(range(min = 1, max = 2000), extend("x-scale" = "log"))]
    pub candidates: usize,
    /// Weight of the upper bound in the first stage, beta; that of the lower one is what is left.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.01))]
    pub fusion: f64,
    /// Weights of documents below this are not indexed.
    #[schemars(range(min = 0.0, max = 2.0), extend("x-step" = 0.05))]
    pub prune: f64,
    /// Terms of the query with an idf below this are not looked up, unless none would be left.
    #[schemars(range(min = 0.0, max = 8.0), extend("x-step" = 0.5))]
    pub least_idf: f64,
    /// Cosine above which a term expands a token, before training.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.05))]
    pub cosine: f64,
    /// Share of the context in a token's vector.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-step" = 0.1))]
    pub mix: f64,
    /// Steps of training; 0 leaves the encoder as counts have made it.
    #[schemars(range(min = 0, max = 2000))]
    pub training: usize,
    /// Price of a weight while training.
    #[schemars(range(min = 0.0, max = 1.0), extend("x-scale" = "log"))]
    pub price: f64,
}

impl Default for SlimRetrieval {
    fn default() -> Self {
        Self {
            terms: 8,
            candidates: 100,
            fusion: 0.99,
            prune: 0.0,
            least_idf: 0.0,
            cosine: COSINE,
            mix: MIX,
            training: 60,
            price: 0.02,
        }
    }
}

impl TypedMethod for SlimRetrieval {
    type Instance = SearchInstance;

    const CARD: MethodCard = MethodCard {
        id: "slim-retrieval",
        lab: "retrieval",
        problem: "search",
        title: "Sparsified late interaction",
        short: "SLIM",
        sentence: "with {terms} terms a token and {candidates} candidates, after {training} steps of training",
        line: "Looks up an upper bound of late interaction, and scores the best hits exactly",
        cost: "the postings of the query's terms, and sparse products of tokens for each candidate",
        when: "tokens are to be matched one by one, on an inverted index",
    };

    const EXHIBIT: Option<&'static Exhibit> = Some(&EXHIBIT);

    fn max_steps(&self) -> usize {
        10_000
    }

    fn start(&self, instance: &Arc<SearchInstance>) -> Result<Box<dyn Run>, Complaint> {
        let corpus = instance.corpus.as_ref();
        Ok(Searching::run(
            instance,
            Slim {
                training: Contrastive::new(corpus, Interaction::MaxSim, self.price, RATE, HARD),
                encoder: Encoder::new(corpus, self.terms, self.cosine, self.mix),
                index: Index::new(corpus.terms.len()),
                documents: Vec::new(),
                settings: self.clone(),
                seen: Seen::default(),
                compared: Compared::default(),
            },
        ))
    }
}

/// SLIM as a ranker.
struct Slim {
    settings: SlimRetrieval,
    training: Contrastive,
    encoder: Encoder,
    index: Index,
    /// Sparse vectors of the tokens of each document.
    documents: Vec<Vec<Sparse>>,
    seen: Seen,
    compared: Compared,
}

/// What was seen of the query answered last.
#[derive(Default)]
struct Seen {
    tokens: Vec<usize>,
    query: Vec<Sparse>,
    /// Document, fused score and exact score of each candidate.
    candidates: Vec<(usize, f64, f64)>,
    first: Option<usize>,
}

/// How the two stages compare with late interaction on all documents, over all queries.
#[derive(Default)]
struct Compared {
    pairs: f64,
    violations: f64,
    /// Bound less score, summed, and the scores summed.
    slack: f64,
    scores: f64,
    /// Of the first ten of all documents those that the two stages have there, too.
    kept: f64,
    wanted: f64,
}

/// The sparse vectors by which the first stage looks a query up: those of the upper and of the lower bound.
fn bounds(query: &[Sparse]) -> (Sparse, Sparse) {
    let top = |token: &Sparse| {
        let first = token.iter().copied().reduce(|best, one| if one.1 > best.1 { one } else { best });
        first.into_iter().collect::<Sparse>()
    };
    let tops: Vec<Sparse> = query.iter().map(top).collect();
    (pooled(query, |a, b| a + b), pooled(&tops, |a, b| a + b))
}

impl Slim {
    /// What is looked up: both bounds fused, less terms that are too common.
    fn fused(&self, corpus: &Corpus, query: &[Sparse]) -> Sparse {
        let (upper, lower) = bounds(query);
        let beta = self.settings.fusion;
        let scaled = |sparse: Sparse, by: f64| sparse.into_iter().map(|(term, weight)| (term, by * weight)).collect();
        let fused = pooled(&[scaled(upper, beta), scaled(lower, 1.0 - beta)], |a, b| a + b);
        let rare: Sparse =
            fused.iter().copied().filter(|(term, _)| corpus.idf[*term as usize] >= self.settings.least_idf).collect();
        if rare.is_empty() { fused } else { rare }
    }

    /// Compares with late interaction on every document, which a real index would not do.
    fn compare(&mut self, query: &[Sparse], ranking: &[(usize, f64)]) {
        let (upper, _) = bounds(query);
        let mut exact = Vec::with_capacity(self.documents.len());
        for document in &self.documents {
            let (score, bound) = (max_sim(query, document), product(&upper, &pooled(document, f64::max)));
            self.compared.pairs += 1.0;
            self.compared.violations += if bound < score - ROUNDING { 1.0 } else { 0.0 };
            self.compared.slack += bound - score;
            self.compared.scores += score;
            exact.push(score);
        }
        let wanted = best(&exact, 10);
        let kept = wanted.iter().filter(|(one, _)| ranking.iter().take(10).any(|(document, _)| document == one));
        self.compared.kept += kept.count() as f64;
        self.compared.wanted += wanted.len() as f64;
    }

    /// Which document token each query token meets in the first hit, and by which terms.
    fn matches(&self, corpus: &Corpus) -> Panel<'static> {
        let first = self.seen.first.and_then(|first| Some((corpus.documents.get(first)?, self.documents.get(first)?)));
        let listed = |entries: &mut dyn Iterator<Item = (u32, f64)>| {
            let mut entries: Vec<(u32, f64)> = entries.collect();
            entries.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            let words =
                entries.iter().take(4).map(|(term, weight)| format!("{} {weight:.1}", corpus.terms[*term as usize]));
            words.collect::<Vec<_>>().join(", ")
        };
        let rows = self.seen.tokens.iter().zip(&self.seen.query).map(|(&token, sparse)| {
            let mut row =
                vec![Cell::words(corpus.terms[token].clone()), Cell::words(listed(&mut sparse.iter().copied()))];
            if let Some((document, tokens)) = first {
                let scored = tokens.iter().enumerate().map(|(t, other)| (t, product(sparse, other)));
                let met = scored.fold((0, 0.0), |best, one| if one.1 > best.1 { one } else { best });
                if met.1 > 0.0 {
                    row.push(Cell::words(corpus.terms[document.tokens[met.0]].clone()));
                    row.push(Cell::Number(met.1));
                }
            }
            row
        });
        let names = (
            "matches",
            "Matches",
            "each token of the query, the terms it keeps, and the token it meets in the first hit",
        );
        Panel::table(names, &["token", "keeps", "meets", "score"], rows)
    }

    /// Fused against exact score of the candidates.
    fn scores(&self) -> Panel<'static> {
        let most = self.seen.candidates.iter().fold(0.0_f64, |most, (_, fused, exact)| most.max(*fused).max(*exact));
        let mut rows = vec![0.0, 0.0, most, most, 0.25];
        for &(_, fused, exact) in &self.seen.candidates {
            rows.extend([exact, fused, exact, fused, 1.0]);
        }
        Panel {
            id: "scores",
            title: "Two stages",
            caption: "looked-up score (up) against late interaction (across) of each candidate; on the line they are equal",
            kind: Kind::Links,
            shape: (rows.len() / 5, 5),
            values: Values::give(rows),
            table: None,
            x: Axis::plain("late interaction"),
            y: Axis::plain("looked-up score"),
            marks: Vec::new(),
        }
    }
}

impl Ranker for Slim {
    fn prepare(&mut self, corpus: &Corpus) -> bool {
        if self.training.steps() < self.settings.training && !corpus.pairs.is_empty() {
            self.training.step(corpus, &mut self.encoder);
            return true;
        }
        let done = self.documents.len();
        for document in corpus.documents.iter().skip(done).take(INDEXED) {
            let tokens = self.encoder.encode(&document.tokens);
            self.index.add(&pooled(&tokens, f64::max), self.settings.prune);
            self.documents.push(tokens);
        }
        done < corpus.documents.len()
    }

    fn find(&mut self, corpus: &Corpus, tokens: &[usize]) -> Found {
        let query = self.encoder.encode(tokens);
        let fused = self.fused(corpus, &query);
        let (scores, mut operations) = self.index.scores(&fused);
        let candidates = best(&scores, self.settings.candidates);
        let entries = |tokens: &[Sparse]| tokens.iter().map(Vec::len).sum::<usize>();
        let seen: Vec<(usize, f64, f64)> = candidates
            .into_iter()
            .map(|(document, fused)| {
                let held = &self.documents[document];
                // A merge of two sparse vectors passes each of their entries once.
                operations += entries(&query) * held.len() + entries(held) * query.len();
                (document, fused, max_sim(&query, held))
            })
            .collect();
        let mut ranking: Vec<(usize, f64)> = seen.iter().map(|&(document, _, exact)| (document, exact)).collect();
        ranking.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranking.truncate(DEPTH);
        self.compare(&query, &ranking);
        let first = ranking.first().map(|(document, _)| *document);
        self.seen = Seen { tokens: tokens.to_vec(), query, candidates: seen, first };
        Found { ranking, terms: fused.iter().map(|(term, _)| *term as usize).collect(), operations }
    }

    fn bytes(&self) -> usize {
        let entries: usize = self.documents.iter().flatten().map(Vec::len).sum();
        self.index.bytes() + ENTRY * entries
    }

    fn traces(&self) -> Vec<Trace> {
        let compared = &self.compared;
        vec![
            Trace { name: "loss", value: self.training.loss },
            Trace { name: "violations", value: compared.violations },
            Trace { name: "slack", value: if compared.scores > 0.0 { compared.slack / compared.scores } else { 0.0 } },
            Trace {
                name: "top10_kept",
                value: if compared.wanted > 0.0 { compared.kept / compared.wanted } else { 0.0 },
            },
        ]
    }

    fn panels(&self, corpus: &Corpus) -> Vec<Panel<'static>> {
        vec![self.scores(), self.matches(corpus)]
    }
}

static EXHIBIT: Exhibit = Exhibit {
    id: "slim-retrieval",
    n: Some(76),
    lab: "retrieval",
    title: "Late interaction on an inverted index",
    paper: Paper {
        authors: "Li, Lin, Ma and Lin",
        title: "SLIM: Sparsified late interaction for efficient multi-vector retrieval with inverted indexes",
        year: 2023,
        link: "https://arxiv.org/abs/2302.06587",
    },
    idea: "Compare every word of a question with every word of a text, but write each word as a few weighted terms. A bound of the score is then one look-up in an ordinary index, and only its best hits are scored in full.",
    formula: r"s(q,d) = \sum_{i \in q} \max_{t \in d} \langle z_i, z_t \rangle \;\le\; \Big\langle \sum_{i \in q} z_i, \; \max_{t \in d} z_t \Big\rangle",
    consequence: "The index holds one sparse vector a document; which words met is settled afterwards, for a hundred candidates.",
    watch: &[
        Watch { panel: "hits", text: "Where the bold line of *Hits* stands: it is the sense that the query shows." },
        Watch {
            panel: "matches",
            text: "Which terms a token keeps in *Matches*, and which word of the first hit it meets.",
        },
        Watch {
            panel: "scores",
            text: "How near the points of *Two stages* are to the line: above it the bound overrates.",
        },
    ],
    try_this: &[
        Try {
            link: "Keep one term a token.",
            question: "Which queries find nothing now?",
            patch: r#"{"methods":[{"id":"slim-retrieval","terms":1},{"id":"bm25"}]}"#,
        },
        Try {
            link: "Score ten candidates.",
            question: "How often does the second stage see the answer at all?",
            patch: r#"{"methods":[{"id":"slim-retrieval","candidates":10},{"id":"bm25"}]}"#,
        },
        Try {
            link: "Compare with one vector a text and with dense vectors.",
            question: "What does each pay in operations and in bytes?",
            patch: r#"{"methods":[{"id":"slim-retrieval"},{"id":"splade-max"},{"id":"colbert"},{"id":"coil"}]}"#,
        },
        Try {
            link: "Ask a question of your own.",
            question: "Does the first hit know what a bank is here?",
            patch: r#"{"problem":{"text":"we moored the boat at the bank of the river"}}"#,
        },
    ],
    breaks: "Where tokens keep many terms that all documents have, the bound overrates long documents, and the answer may not be among the candidates.",
    spec: r#"{"v":1,"seed":1,"problem":{"id":"search"},"methods":[{"id":"slim-retrieval"},{"id":"bm25"}]}"#,
    sweep: None,
    claims: &[
        Claim {
            statement: "The upper bound is below late interaction for none of the pairs of a query and a document",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"search","documents":500,"queries":100},"methods":[{"id":"slim-retrieval","training":40}]}"#,
                trials: 3,
                measure: Measure::Share { metric: "violations", at_most: 0.0 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "Among 500 documents, scoring 100 candidates keeps at least 99 % of the nDCG@10 of scoring all",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"search","documents":500,"queries":100},"methods":[{"id":"slim-retrieval","training":40},{"id":"slim-retrieval","training":40,"candidates":2000}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "ndcg", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(0.99),
            measured: 1.0,
        },
        Claim {
            statement: "Index and token vectors together take at most a quarter of the bytes of dense late interaction with 32 numbers a token",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"search","documents":500,"queries":100},"methods":[{"id":"slim-retrieval","training":40},{"id":"colbert"}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "bytes", of: 0, to: 1 },
            },
            bound: Bound::AtMost(0.25),
            measured: 0.1197,
        },
        Claim {
            statement: "There it misses no more nDCG@10 than dense late interaction, whose vectors are not trained, in any draw",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"search","documents":500,"queries":100},"methods":[{"id":"slim-retrieval","training":40},{"id":"colbert"}]}"#,
                trials: 3,
                measure: Measure::AtMost { metric: "missed", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.0),
            measured: 1.0,
        },
        Claim {
            statement: "With 32 terms a token in place of 8, the median nDCG@10 is at most 1.01 times as large: it does not grow any more",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"search","documents":500,"queries":100},"methods":[{"id":"slim-retrieval","training":40,"terms":32},{"id":"slim-retrieval","training":40}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "ndcg", of: 0, to: 1 },
            },
            bound: Bound::AtMost(1.01),
            measured: 0.9826,
        },
        Claim {
            statement: "After 40 steps of training, the median nDCG@10 is at least 1.02 times that of BM25",
            experiment: Experiment::Trials {
                spec: r#"{"v":1,"problem":{"id":"search","documents":500,"queries":100},"methods":[{"id":"slim-retrieval","training":40},{"id":"bm25"}]}"#,
                trials: 3,
                measure: Measure::Ratio { metric: "ndcg", of: 0, to: 1 },
            },
            bound: Bound::AtLeast(1.02),
            measured: 1.0464,
        },
    ],
};
