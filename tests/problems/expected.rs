//! What is expected of which method on which problem.

use crate::problem::{Case, Kind, Question, Reason};
use pursuit::contract::{Instance, Method};
use serde_json::Value;

/// What a method is expected to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// To reach the answer.
    Reaches,
    /// Nothing promises that it does.
    Beyond(Reason),
    /// To say that it cannot: before it starts, or as its ending. The sentence has these words.
    Tells(&'static str),
}

/// What of an instance decides.
#[derive(Clone, Copy)]
pub struct Size {
    pub rows: usize,
    pub cols: usize,
    pub sparsity: usize,
    pub complex: bool,
}

impl Size {
    pub fn of(instance: &dyn Instance) -> Self {
        let facts = instance.facts();
        let whole = |name: &str| facts[name].as_u64().expect("sizes are whole") as usize;
        Self {
            rows: whole("rows"),
            cols: whole("cols"),
            sparsity: whole("sparsity"),
            complex: facts["complex"] == true,
        }
    }
}

/// Kinds that the parameters do not tell.
const KINDS: &[(&str, Kind)] = &[
    ("iht", Kind::Thresholding),
    ("niht", Kind::Thresholding),
    ("htp", Kind::Thresholding),
    ("half-thresholding", Kind::Thresholding),
    ("nst-ht-fb", Kind::Thresholding),
    ("mp", Kind::Greedy),
    ("loss-omp", Kind::Greedy),
    ("stomp", Kind::Greedy),
    ("basis-pursuit", Kind::L1),
    ("reweighted-l1", Kind::L1),
    ("admm", Kind::L1),
    ("primal-dual", Kind::L1),
    ("interior-point", Kind::L1),
    ("lars", Kind::L1),
    ("spgl1", Kind::L1),
    ("sqrt-lasso", Kind::L1),
    ("dantzig", Kind::L1),
    ("sl0", Kind::NonConvex),
    ("irls", Kind::NonConvex),
    ("sbl", Kind::Bayes),
    ("fast-sbl", Kind::Bayes),
    ("amp", Kind::Passing),
    ("vamp", Kind::Passing),
    ("bg-amp", Kind::Passing),
    ("gamp", Kind::Passing),
    ("ggamp-sbl", Kind::Bayes),
    ("bsbl", Kind::Bayes),
    ("best-subset", Kind::Tree),
];

/// The kind of a method: as listed, or from its parameters. What is told a number of spikes picks columns; what is told
/// a share of the largest lambda solves the LASSO.
pub fn kind_of(method: &dyn Method) -> Kind {
    let id = method.card().id;
    let properties = &method.schema()["properties"];
    match KINDS.iter().find(|(listed, _)| *listed == id) {
        Some((_, kind)) => *kind,
        None if !properties["lambda_ratio"].is_null() => Kind::Lasso,
        None if !properties["sparsity"].is_null() => Kind::Greedy,
        None => panic!("{id} is of no known kind: add (\"{id}\", Kind::...) to KINDS in tests/problems/expected.rs"),
    }
}

/// Methods that take real numbers only.
const REAL: &[&str] = &["basis-pursuit", "reweighted-l1", "interior-point", "lars", "bsbl"];

/// Methods that solve the LASSO beside the least l1 norm, with the parameters that say so.
const LASSO_TOO: &[(&str, &str)] = &[
    ("admm", r#"{"fit": {"id": "least-squares"}}"#),
    ("primal-dual", r#"{"fit": {"id": "least-squares"}}"#),
    ("interior-point", r#"{"goal": "lasso"}"#),
    ("lars", "{}"),
];

/// What tells a method to solve the LASSO, if it does.
pub fn told_lasso(method: &dyn Method) -> Option<Value> {
    let own = LASSO_TOO.iter().find(|(id, _)| *id == method.card().id);
    let text = own.map(|(_, text)| *text).or((kind_of(method) == Kind::Lasso).then_some("{}"));
    text.map(|text| serde_json::from_str(text).expect("parameters are JSON"))
}

/// Where a single method differs from its kind: (method, problem, what is expected).
const SINGLE: &[(&str, &str, Expected)] = &[
    // One column of every three that it takes must be right, and it takes at most m / 3 times three.
    ("generalized-omp", "all entries active", Expected::Beyond(Reason::Small)),
    // Steps of 1 / |A|^2 keep the support that came first.
    ("iht", "below the transition", Expected::Beyond(Reason::Coherence)),
    ("iht", "equal heights", Expected::Beyond(Reason::Coherence)),
    ("iht", "Kronecker image", Expected::Beyond(Reason::Coherence)),
    ("iht", "MRI mask", Expected::Beyond(Reason::Coherence)),
    ("iht", "complex", Expected::Beyond(Reason::Coherence)),
    // Its lambda is for columns of unit norm, and it stops where none correlates with the residual by 0.18.
    ("loss-omp", "uneven columns", Expected::Beyond(Reason::Scale)),
    ("loss-omp", "matrix at 1e-150", Expected::Beyond(Reason::Scale)),
    ("loss-omp", "blocks in Haar", Expected::Beyond(Reason::Slow)),
    ("nst-ht-fb", "MRI mask", Expected::Beyond(Reason::Coherence)),
    ("nst-ht-fb", "complex", Expected::Beyond(Reason::Coherence)),
    ("cosamp", "MRI mask", Expected::Beyond(Reason::Coherence)),
    ("mp", "blocks in Haar", Expected::Beyond(Reason::Slow)),
    ("regularized-omp", "blocks in Haar", Expected::Beyond(Reason::Coherence)),
    ("ista", "below the transition", Expected::Beyond(Reason::Slow)),
    ("ista", "equal heights", Expected::Beyond(Reason::Slow)),
    ("ista", "Kronecker image", Expected::Beyond(Reason::Slow)),
    ("ista", "scale one", Expected::Beyond(Reason::Slow)),
    ("ista", "measured at 1e-150", Expected::Beyond(Reason::Slow)),
    ("ista", "measured at 1e150", Expected::Beyond(Reason::Slow)),
    // |A|^2 is no double there.
    ("ista", "matrix at 1e-150", Expected::Tells("not finite")),
    ("ista", "matrix at 1e150", Expected::Tells("not finite")),
    ("fista", "matrix at 1e-150", Expected::Tells("not finite")),
    ("fista", "matrix at 1e150", Expected::Tells("not finite")),
    ("half-thresholding", "matrix at 1e150", Expected::Tells("more than 1e6 times y")),
    ("niht", "matrix at 1e-150", Expected::Tells("fourth powers")),
    ("niht", "matrix at 1e150", Expected::Tells("fourth powers")),
    ("dantzig", "matrix at 1e-150", Expected::Tells("fourth powers")),
    ("dantzig", "matrix at 1e150", Expected::Tells("fourth powers")),
    ("bsbl", "all entries active", Expected::Beyond(Reason::Noise)),
    ("bsbl", "above the transition", Expected::Beyond(Reason::Minima)),
    ("bsbl", "measured at 1e-150", Expected::Tells("fourth powers")),
    ("bsbl", "measured at 1e150", Expected::Tells("fourth powers")),
    ("bsbl", "matrix at 1e-150", Expected::Tells("fourth powers")),
    ("bsbl", "matrix at 1e150", Expected::Tells("fourth powers")),
    ("proximal-gradient", "matrix at 1e-150", Expected::Tells("not finite")),
    ("proximal-gradient", "matrix at 1e150", Expected::Tells("not finite")),
    ("proximal-gradient", "positive", Expected::Beyond(Reason::Slow)),
    ("primal-dual", "matrix at 1e-150", Expected::Tells("not finite")),
    ("primal-dual", "matrix at 1e150", Expected::Tells("not finite")),
    ("half-thresholding", "measured at 1e150", Expected::Beyond(Reason::Range)),
    ("fast-sbl", "measured at 1e-150", Expected::Tells("fourth powers")),
    ("fast-sbl", "measured at 1e150", Expected::Tells("fourth powers")),
    ("fast-sbl", "matrix at 1e-150", Expected::Tells("fourth powers")),
    ("half-thresholding", "duplicate columns", Expected::Beyond(Reason::Tie)),
    ("half-thresholding", "exact tie", Expected::Beyond(Reason::Tie)),
    ("sl0", "measured at 1e-150", Expected::Beyond(Reason::Minima)),
    ("sl0", "matrix at 1e150", Expected::Beyond(Reason::Minima)),
    ("fast-sbl", "one by one", Expected::Beyond(Reason::Noise)),
    ("fast-sbl", "all entries active", Expected::Beyond(Reason::Noise)),
    ("sbl", "all entries active", Expected::Beyond(Reason::Noise)),
    ("fast-sbl", "decoy column", Expected::Beyond(Reason::Minima)),
    ("amp", "near the transition", Expected::Beyond(Reason::AboveL1)),
    ("amp", "above the transition", Expected::Beyond(Reason::AboveL1)),
    ("amp", "positive", Expected::Beyond(Reason::AboveL1)),
];

/// Most subsets that `best-subset` takes on, and most unknowns.
const MOST_SUBSETS: f64 = 1e8;
const MOST_UNKNOWNS: usize = 128;

pub fn expected(method: &dyn Method, case: &Case, size: Size) -> Expected {
    let (id, kind) = (method.card().id, kind_of(method));
    if let Some((.., expected)) = SINGLE.iter().find(|(m, problem, _)| *m == id && *problem == case.name) {
        return *expected;
    }
    if size.complex && REAL.contains(&id) {
        return Expected::Tells("needs real measurements");
    }
    // Its penalty shrinks with the residual, and no residual is left to move entries by.
    if id == "sqrt-lasso" && !matches!(case.question, Question::Lasso(_)) {
        return Expected::Beyond(Reason::Noise);
    }
    // Its threshold is 2.5 |r| / sqrt m, which no correlation exceeds.
    if id == "stomp" && size.rows <= 6 {
        return Expected::Beyond(Reason::Small);
    }
    if id == "generalized-omp" && size.rows < 3 {
        return Expected::Tells("goes up to the number of measurements");
    }
    let answers = match case.question {
        Question::Truth | Question::LeastL1 => true,
        Question::Lasso(_) => told_lasso(method).is_some(),
        Question::BestSubset(_) => matches!(kind, Kind::Tree | Kind::Greedy | Kind::Thresholding),
    };
    if !answers {
        return Expected::Beyond(Reason::Question);
    }
    if kind == Kind::Tree {
        return of_a_tree(case, size);
    }
    if case.nonnegative
        && matches!(kind, Kind::L1 | Kind::Lasso)
        && method.schema()["properties"]["nonnegative"].is_null()
    {
        return Expected::Beyond(Reason::AboveL1);
    }
    let beyond = case.beyond.iter().find(|(beyond, _)| *beyond == kind);
    beyond.map_or(Expected::Reaches, |(_, reason)| Expected::Beyond(*reason))
}

fn of_a_tree(case: &Case, size: Size) -> Expected {
    let k = match case.question {
        Question::BestSubset(k) => k,
        _ => size.sparsity,
    };
    let subsets: f64 = (0..k).map(|i| (size.cols - i) as f64 / (i + 1) as f64).product();
    if size.cols > MOST_UNKNOWNS {
        Expected::Tells("takes up to 128 unknowns")
    } else if subsets > MOST_SUBSETS {
        Expected::Tells("at most 1e8 are taken on")
    } else if subsets > 1e6 {
        Expected::Beyond(Reason::Tree)
    } else {
        Expected::Reaches
    }
}
