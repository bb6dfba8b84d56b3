//! Searching texts: BM25 by its formula, the bounds of sparsified late interaction, and what every ranking has to be.

use pursuit::contract::{Ending, Instance, NoFiles, Spec, Trace, Values, drive};
use pursuit::labs::registry;
use pursuit::labs::retrieval::search::{Corpus, DEPTH, SearchInstance};
use serde_json::{Value, json};
use std::sync::Arc;

/// How a run went: its rankings, its traces after each step, and the instance.
struct Went {
    rankings: Vec<Vec<usize>>,
    steps: Vec<Vec<Trace>>,
    instance: Arc<dyn Instance>,
}

impl Went {
    fn corpus(&self) -> &Corpus {
        let instance: &SearchInstance = self.instance.as_any().downcast_ref().expect("an instance of search");
        &instance.corpus
    }

    fn last(&self, name: &str) -> f64 {
        let last = self.steps.last().expect("a step");
        last.iter().find(|trace| trace.name == name).map_or(f64::NAN, |trace| trace.value)
    }
}

fn run(problem: &Value, method: &Value) -> Went {
    let spec = json!({"v": 1, "seed": 2, "problem": problem, "methods": [method]});
    let spec = Spec::from_value(spec, registry()).expect("a Spec");
    let instance = spec.instance(registry(), &NoFiles).expect("an instance");
    let (mut run, most) = spec.start(0, &instance, registry()).expect("a run");
    let mut steps = Vec::new();
    let (ending, _) = drive(run.as_mut(), most, |_, _, run| {
        let seen = run.glance();
        steps.push(seen.traces.iter().copied().chain(instance.traces(&seen)).collect());
    });
    assert!(matches!(ending, Ending::Converged(_)), "{ending:?}");
    let Values::Real(estimate) = run.glance().estimate else { panic!("rankings are real") };
    let rankings = estimate
        .chunks_exact(DEPTH)
        .map(|row| row.iter().take_while(|one| **one >= 0.0).map(|&one| one as usize).collect())
        .collect();
    Went { rankings, steps, instance }
}

fn small() -> Value {
    json!({"id": "search", "documents": 200, "queries": 20})
}

#[test]
fn rankings_hold_each_document_once() {
    for id in ["slim-retrieval", "bm25", "splade-max", "coil", "colbert"] {
        let went = run(&small(), &json!({"id": id}));
        assert_eq!(went.rankings.len(), 20);
        for ranking in &went.rankings {
            let mut sorted = ranking.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), ranking.len(), "{id}");
            assert!(sorted.iter().all(|document| *document < 200), "{id}");
        }
        assert!((0.0..=1.0).contains(&went.last("ndcg")) && went.last("recall") > 0.5, "{id}");
    }
}

/// BM25 from its formula, document by document.
#[test]
fn bm25_ranks_as_its_formula_does() {
    let went = run(&small(), &json!({"id": "bm25", "saturation": 1.2, "length": 0.75}));
    let corpus = went.corpus();
    let n = corpus.documents.len() as f64;
    let mean = corpus.documents.iter().map(|document| document.tokens.len() as f64).sum::<f64>() / n;
    let having = |term: usize| corpus.documents.iter().filter(|d| d.tokens.contains(&term)).count() as f64;
    for (query, ranking) in corpus.queries.iter().zip(&went.rankings) {
        let scores: Vec<f64> = corpus
            .documents
            .iter()
            .map(|document| {
                let length = document.tokens.len() as f64;
                query.tokens.iter().fold(0.0, |sum, &term| {
                    let tf = document.tokens.iter().filter(|token| **token == term).count() as f64;
                    let idf = libm::log(1.0 + (n - having(term) + 0.5) / (having(term) + 0.5));
                    sum + idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * length / mean))
                })
            })
            .collect();
        // No document that is left out scores more than one that is ranked, and scores fall along the ranking.
        assert!(ranking.windows(2).all(|pair| scores[pair[0]] >= scores[pair[1]] - 1e-12));
        let least = ranking.last().map_or(0.0, |last| scores[*last]);
        let left = (0..scores.len()).filter(|document| !ranking.contains(document));
        assert!(
            left.map(|document| scores[document]).fold(0.0, f64::max)
                <= if ranking.len() < DEPTH { 0.0 } else { least + 1e-12 }
        );
    }
}

#[test]
fn the_upper_bound_holds_for_every_pair() {
    for (terms, cosine, training) in [(1, 0.5, 0), (4, 0.3, 0), (8, 0.6, 10), (32, 0.2, 0)] {
        let method = json!({"id": "slim-retrieval", "terms": terms, "cosine": cosine, "training": training});
        let went = run(&small(), &method);
        assert_eq!(went.last("violations"), 0.0, "{method}");
        assert!(went.last("slack") >= 0.0, "{method}");
    }
}

#[test]
fn with_one_term_a_token_the_bound_is_the_score() {
    let went = run(&small(), &json!({"id": "slim-retrieval", "terms": 1, "training": 0}));
    assert!(went.last("slack").abs() < 1e-12, "{}", went.last("slack"));
}

#[test]
fn with_all_documents_as_candidates_nothing_is_lost() {
    let went = run(&small(), &json!({"id": "slim-retrieval", "candidates": 200, "training": 0}));
    // A document whose weights are all rounded away in the index is no candidate.
    assert!(went.last("top10_kept") > 0.999, "{}", went.last("top10_kept"));
}

#[test]
fn more_candidates_keep_more_and_cost_more() {
    let of = |candidates: usize| {
        let went = run(&small(), &json!({"id": "slim-retrieval", "candidates": candidates, "training": 0}));
        (went.last("top10_kept"), went.last("operations"))
    };
    let (few, many) = (of(10), of(80));
    assert!(few.0 <= many.0 && few.1 < many.1);
}

#[test]
fn training_lowers_the_loss() {
    for id in ["slim-retrieval", "splade-max"] {
        let went = run(&small(), &json!({"id": id, "training": 200}));
        let losses: Vec<f64> = went.steps[..200]
            .iter()
            .map(|traces| traces.iter().find(|trace| trace.name == "loss").unwrap().value)
            .collect();
        let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
        assert!(mean(&losses[150..]) < 0.8 * mean(&losses[..50]), "{id}: {losses:?}");
    }
}

#[test]
fn terms_that_are_too_common_are_not_looked_up_unless_all_are() {
    let plain = run(&small(), &json!({"id": "slim-retrieval", "training": 0}));
    let rare = run(&small(), &json!({"id": "slim-retrieval", "training": 0, "least_idf": 4}));
    let none = run(&small(), &json!({"id": "slim-retrieval", "training": 0, "least_idf": 8}));
    assert!(rare.last("operations") < plain.last("operations"));
    assert_eq!(none.rankings, plain.rankings);
}

#[test]
fn a_query_of_ones_own_comes_first_and_is_not_judged() {
    let mut problem = small();
    problem["text"] = json!("we moored the boat at the bank of the river");
    let own = run(&problem, &json!({"id": "bm25"}));
    let plain = run(&small(), &json!({"id": "bm25"}));
    assert_eq!(own.corpus().queries[0].answer, None);
    assert_eq!(own.rankings[1..], plain.rankings);
    assert_eq!(own.last("ndcg"), plain.last("ndcg"));
    problem["text"] = json!("x".repeat(500));
    let spec = json!({"v": 1, "problem": problem, "methods": [{"id": "bm25"}]});
    let complaint = Spec::from_value(spec, registry()).unwrap().instance(registry(), &NoFiles).err().unwrap();
    assert_eq!(complaint.field, "problem.text");
}
