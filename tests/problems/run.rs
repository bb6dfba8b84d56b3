//! Runs every method on every problem.

use crate::certificate::best_subset;
use crate::expected::{kind_of, told_lasso};
use crate::problem::{Case, Kind, Plain, Question};
use num_complex::Complex64;
use pursuit::contract::{Ending, Method, Values, drive};
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::sync::Mutex;

/// Most nodes of a tree of subsets that are tried.
const NODES: usize = 300;

/// What came of a run.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The answer, after so many steps.
    Reached(usize),
    /// Another answer, or none near enough: how far off, in units of what is allowed, and the word for the ending.
    Missed(f64, &'static str),
    /// It would not start, or ended by saying that it diverged or failed; the sentence.
    Told(String),
}

/// All methods for `linear`, in the registry's order.
pub fn methods() -> Vec<&'static dyn Method> {
    let asked = |method: &&dyn Method| method.card().problem == "linear" && !OTHER_GOALS.contains(&method.card().id);
    registry().methods.iter().map(AsRef::as_ref).filter(asked).collect()
}

/// Methods with another goal than these answers: predictions, signals of the kind that they have learned, or minima of a cost with
/// noise of variance one in it.
const OTHER_GOALS: [&str; 5] = ["random-supports", "unfolded-ista-iht", "g-cg-ls", "dr-cg-net", "plain-cnn"];

/// Outcomes by problem, then by method.
pub fn everything(cases: &[Case]) -> Vec<Vec<Outcome>> {
    let next = Mutex::new(0..cases.len());
    let rows = Mutex::new(vec![Vec::new(); cases.len()]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let taken = next.lock().unwrap().next();
                    let Some(i) = taken else { break };
                    let row = all_on(&cases[i]);
                    rows.lock().unwrap()[i] = row;
                }
            });
        }
    });
    rows.into_inner().unwrap()
}

fn all_on(case: &Case) -> Vec<Outcome> {
    let instance = case.instance();
    let plain = Plain::of(&*instance);
    let best = match case.question {
        Question::BestSubset(k) => best_subset(&plain, k),
        Question::Lasso(lambda) => plain.lasso(&plain.truth, lambda),
        _ => Plain::norm_one(&plain.truth),
    };
    let outcome = |method: &&'static dyn Method| {
        let spec = case.spec(told(*method, case));
        match spec.start(0, &instance, registry()) {
            Err(complaint) => Outcome::Told(complaint.to_string()),
            Ok((mut run, max_steps)) => {
                let tree = kind_of(*method) == Kind::Tree;
                let (ending, steps) = drive(&mut *run, if tree { NODES } else { max_steps }, |_, _, _| {});
                match &ending {
                    Ending::Diverged(text) | Ending::Failed(text) => Outcome::Told(text.clone()),
                    Ending::Converged(_) | Ending::Budget => {
                        let off = off_by(case.question, &plain, best, &run.glance().estimate);
                        if off <= 1.0 { Outcome::Reached(steps) } else { Outcome::Missed(off, ending.word()) }
                    }
                }
            }
        }
    };
    methods().iter().map(outcome).collect()
}

/// The method's defaults and what the problem tells it: lambda where it is asked, next to none where there is no
/// noise; that entries are not negative; how many columns the best subset has; and that
/// there are no blocks.
fn told(method: &dyn Method, case: &Case) -> Value {
    let properties = &method.schema()["properties"];
    let takes = |name: &str| !properties[name].is_null();
    let lasso = told_lasso(method);
    // Next to nothing: the LASSO's bias is proportional to it, the selector's grows with the number of its constraints.
    let nothing = if method.card().id == "dantzig" { 1e-4 } else { 1e-3 };
    let mut params = match (case.question, lasso) {
        (Question::Lasso(lambda), Some(mut lasso)) => {
            lasso["lambda"] = json!(lambda);
            lasso
        }
        _ if takes("lambda_ratio") && properties["lambda_ratio"]["default"] != 0.0 => json!({"lambda_ratio": nothing}),
        _ => json!({}),
    };
    params["id"] = json!(method.card().id);
    if let (Question::BestSubset(k), true) = (case.question, takes("sparsity")) {
        params["sparsity"] = json!(k);
    }
    if takes("length") {
        params["length"] = json!(1);
    }
    if case.nonnegative && takes("nonnegative") {
        params["nonnegative"] = json!(true);
    }
    params
}

/// How far an estimate is from what is asked, in units of what is allowed.
fn off_by(question: Question, plain: &Plain, best: f64, estimate: &Values<'_>) -> f64 {
    if !estimate.is_finite() {
        return f64::INFINITY;
    }
    let x = match estimate {
        Values::Real(x) => Plain::scaled(plain.scales, x.iter().map(|&v| Complex64::new(v, 0.0))),
        Values::Complex(x) => Plain::scaled(plain.scales, x.iter().copied()),
    };
    let size = |norm: f64| if norm > 0.0 { norm } else { 1.0 };
    match question {
        Question::Truth => (&x - &plain.truth).norm() / size(plain.truth.norm()) / 1e-2,
        Question::LeastL1 => {
            let (residual, excess) = (plain.residual(&x) / plain.y.norm(), Plain::norm_one(&x) / best - 1.0);
            residual.max(excess) / 1e-2
        }
        Question::Lasso(lambda) => (plain.lasso(&x, lambda) - best) / (0.5 * plain.y.norm_squared()) / 1e-6,
        Question::BestSubset(k) => {
            let peak = x.iter().map(|v| v.norm()).fold(0.0, f64::max);
            let held = x.iter().filter(|v| v.norm() > 1e-9 * peak).count();
            if held > k { f64::INFINITY } else { (plain.residual(&x) / best - 1.0) / 1e-6 }
        }
    }
}
