//! The LASSO's path of an instance, and where on it each rule of choosing lambda stands.
//!
//! On a piece of the path the support stays and the residual falls with lambda, so that SURE and GCV are least at a
//! lower end; the criteria, which refit by least squares, do not change within a piece, and its lower end, with the least
//! shrinkage, stands for it. The discrepancy principle takes the lambda at which `|y - A x|` is the size of the noise.
//! Cross-validation leaves out each of five random parts of the rows in turn, follows the path of the others, and adds up what it
//! mispredicts; lambda scales with the number of rows.

use super::lasso_path::{LassoPath, Piece};
use super::linear::LinearInstance;
use crate::kernels::norm_inf;
use crate::operators::{Dense, LinearOperator};
use crate::signals::random::{Random, Stream};
use crate::theory::penalty_choice::{Criterion, gcv, sure, universal_threshold};
use serde_json::{Value, json};
use std::sync::Arc;

/// The path ends at this share of its largest level.
const END: f64 = 1e-3;
/// Parts of the rows that cross-validation leaves out in turn.
const FOLDS: usize = 5;
/// Levels at which cross-validation compares.
const GRID: usize = 100;
/// Without sigma, criteria look at supports up to this share of the rows: beyond, residuals vanish whatever fits.
const MOST_WITHOUT_SIGMA: f64 = 0.5;
/// What is left of y, relative to it, that is rounding.
const ROUNDING: f64 = 1e-14;

/// A rule and the lambda that it chooses.
struct Rule {
    id: &'static str,
    lambda: f64,
}

/// `{lambda_max, ratios, lines, rules, left_out}`, as far as `budget` multiplications go. `ratios` are the breakpoints over
/// `lambda_max`, the largest first; a line is `{index, values}`, one value a breakpoint; a rule is `{id, lambda, ratio, size,
/// found, false_alarms, at_end}`: `universal`, `sure`, `gcv`, `cv`, `discrepancy`, `aic`, `bic`, `ebic`. `found` and
/// `false_alarms` are `null` where the truth is not known. `at_end` says that less than the path shows might be better.
pub(super) fn path_with_rules(instance: &LinearInstance<f64>, budget: f64) -> Value {
    let y = &instance.measurements;
    let mut correlations = vec![0.0; instance.cols()];
    instance.operator.adjoint(y, &mut correlations);
    let largest = norm_inf(&correlations);
    if largest == 0.0 {
        return json!({"lambda_max": 0.0, "ratios": [], "lines": [], "rules": [],
            "left_out": ["The path is zero: no column correlates with the measurements."]});
    }
    let path = LassoPath::new(instance.operator.clone(), y, END * largest, budget);
    let mut left_out = Vec::new();
    if path.end() > END * largest * (1.0 + 1e-9) {
        left_out.push(format!(
            "The path below {:.3} of the largest penalty, which takes more time than is given to it.",
            path.end() / largest
        ));
    }
    let mut rules = of_the_noise(instance, &path, &mut left_out);
    rules.extend(of_the_fit(instance, &path));
    // Each part has fewer rows, but a path of its own.
    let cost = FOLDS as f64 * path.cost;
    if instance.rows() < 2 * FOLDS {
        left_out.push(format!("Cross-validation, which needs {} rows to leave some out.", 2 * FOLDS));
    } else if path.cost + cost > budget {
        left_out.push(format!(
            "Cross-validation: about {} million multiplications, more than are left.",
            (cost / 1e6).ceil()
        ));
    } else {
        rules.push(Rule { id: "cv", lambda: cross_validated(&*instance.operator, y, &path) });
    }
    let told: Vec<Value> = rules.iter().map(|rule| told(instance, &path, rule)).collect();
    json!({
        "lambda_max": largest,
        "ratios": path.knots.iter().map(|knot| knot.lambda / largest).collect::<Vec<f64>>(),
        "lines": lines(&path),
        "rules": told,
        "left_out": left_out,
    })
}

/// One line for each entry that is not zero somewhere, ascending by index.
fn lines(path: &LassoPath) -> Vec<Value> {
    let mut indices: Vec<usize> = path.knots.iter().flat_map(|knot| knot.entries.iter().map(|entry| entry.0)).collect();
    indices.sort_unstable();
    indices.dedup();
    let mut values = vec![vec![0.0; path.knots.len()]; indices.len()];
    for (at, knot) in path.knots.iter().enumerate() {
        for (j, value) in &knot.entries {
            if let Ok(place) = indices.binary_search(j) {
                values[place][at] = *value;
            }
        }
    }
    indices.iter().zip(values).map(|(index, values)| json!({"index": index, "values": values})).collect()
}

fn told(instance: &LinearInstance<f64>, path: &LassoPath, rule: &Rule) -> Value {
    let entries = path.at(rule.lambda);
    let is_true = |j: usize| instance.truth.as_ref().map(|truth| truth[j] != 0.0);
    let count = |wanted: bool| entries.iter().filter(|entry| is_true(entry.0) == Some(wanted)).count();
    let known = |count: usize| instance.truth.as_ref().map(|_| count);
    json!({
        "id": rule.id,
        "lambda": rule.lambda,
        "ratio": rule.lambda / path.largest(),
        "size": entries.len(),
        "found": known(count(true)),
        "false_alarms": known(count(false)),
        "at_end": rule.lambda <= path.end(),
    })
}

/// The deviation of the noise, where it is known and not zero.
fn deviation(instance: &LinearInstance<f64>) -> Option<f64> {
    (instance.noise_norm > 0.0).then(|| instance.noise_norm / (instance.rows() as f64).sqrt())
}

/// The rules that need to know the noise.
fn of_the_noise(instance: &LinearInstance<f64>, path: &LassoPath, left_out: &mut Vec<String>) -> Vec<Rule> {
    let Some(sigma) = deviation(instance) else {
        left_out.push(
            "Universal threshold, SURE and discrepancy, which need the size of the noise: here it is zero or not known."
                .to_owned(),
        );
        return Vec::new();
    };
    let m = instance.rows();
    // A column of another norm sees noise of another size.
    let universal = universal_threshold(sigma, instance.cols()) * norm_inf(&instance.column_norms);
    let mut rules = vec![Rule { id: "universal", lambda: universal.clamp(path.end(), path.largest()) }];
    rules.push(Rule { id: "sure", lambda: least(path, |rss, _, size| sure(rss, size, m, sigma)) });
    let wanted = instance.noise_norm * instance.noise_norm;
    match discrepancy(path, wanted) {
        Some(lambda) => rules.push(Rule { id: "discrepancy", lambda }),
        None => left_out.push("Discrepancy: the residual is larger than the noise all along the path.".to_owned()),
    }
    rules
}

/// The rules that look at the fit.
fn of_the_fit(instance: &LinearInstance<f64>, path: &LassoPath) -> Vec<Rule> {
    let (m, n, sigma) = (instance.rows(), instance.cols(), deviation(instance));
    let most = if sigma.is_some() { m } else { (MOST_WITHOUT_SIGMA * m as f64) as usize };
    let least_rss = ROUNDING * ROUNDING * path.knots[0].rss;
    let mut rules = vec![Rule { id: "gcv", lambda: least(path, |rss, _, size| gcv(rss, size, m)) }];
    for (id, criterion) in [("aic", Criterion::Aic), ("bic", Criterion::Bic), ("ebic", Criterion::Ebic)] {
        let value = |_: f64, projected: f64, size: usize| {
            if size > most { f64::INFINITY } else { criterion.value(projected.max(least_rss), size, (m, n), sigma) }
        };
        rules.push(Rule { id, lambda: least(path, value) });
    }
    rules
}

/// The level at which a value is least, of `|y - A x|^2`, the same after least squares on the support, and the support's
/// size; the largest level where several are.
fn least(path: &LassoPath, value: impl Fn(f64, f64, usize) -> f64) -> f64 {
    let none = path.knots[0].rss;
    let mut best = (value(none, none, 0), path.largest());
    for piece in &path.pieces {
        let here = value(piece.rss(piece.to), piece.projected, piece.size);
        if here < best.0 {
            best = (here, piece.to);
        }
    }
    best.1
}

/// The level at which `|y - A x|^2` is `wanted`; the largest one where zero leaves no more than that.
fn discrepancy(path: &LassoPath, wanted: f64) -> Option<f64> {
    if path.knots[0].rss <= wanted {
        return Some(path.largest());
    }
    path.pieces.iter().find_map(|piece: &Piece| piece.level(wanted))
}

/// The level with the least error on rows that were left out.
fn cross_validated(operator: &dyn LinearOperator<f64>, y: &[f64], path: &LassoPath) -> f64 {
    let m = y.len();
    let matrix = Dense::of(operator);
    let ratio = path.end() / path.largest();
    let level = |i: usize| path.largest() * libm::pow(ratio, i as f64 / (GRID - 1) as f64);
    let mut errors = vec![0.0; GRID];
    let order = Random::new(0, Stream::Method).permutation(m);
    for fold in 0..FOLDS {
        let is_out = |place: &usize| place % FOLDS == fold;
        let (out, kept): (Vec<usize>, Vec<usize>) = (0..m).partition(is_out);
        let (out, kept): (Vec<usize>, Vec<usize>) =
            (out.iter().map(|&i| order[i]).collect(), kept.iter().map(|&i| order[i]).collect());
        let share = kept.len() as f64 / m as f64;
        let training: Vec<f64> = kept.iter().map(|&i| y[i]).collect();
        let part = LassoPath::new(Arc::new(rows_of(&matrix, &kept)), &training, share * path.end(), f64::INFINITY);
        for (i, error) in errors.iter_mut().enumerate() {
            let entries = part.at(share * level(i));
            for &row in &out {
                let predicted = entries.iter().fold(0.0, |sum, &(j, value)| sum + value * matrix.column_slice(j)[row]);
                *error += (y[row] - predicted) * (y[row] - predicted);
            }
        }
    }
    let best = (0..GRID).min_by(|&i, &j| errors[i].total_cmp(&errors[j])).unwrap_or(0);
    level(best).clamp(path.end(), path.largest())
}

fn rows_of(matrix: &Dense<f64>, rows: &[usize]) -> Dense<f64> {
    let columns = (0..LinearOperator::<f64>::cols(matrix)).map(|j| matrix.column_slice(j));
    let entries = columns.flat_map(|column| rows.iter().map(move |&i| column[i])).collect();
    Dense::from_columns(rows.len(), LinearOperator::<f64>::cols(matrix), entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::NoFiles;
    use crate::kernels::{dot, subtract};
    use crate::labs::recovery::linear::Recovery;
    use crate::labs::registry;

    fn instance(params: Value, seed: u64) -> Arc<LinearInstance<f64>> {
        let drawn = registry().problem("linear").unwrap().instance(&params, seed, &NoFiles).unwrap();
        match drawn.as_any().downcast_ref::<Recovery>() {
            Some(Recovery::Real(instance)) => instance.clone(),
            _ => panic!("real"),
        }
    }

    fn noisy(snr: f64, seed: u64) -> Arc<LinearInstance<f64>> {
        let signal = json!({"id": "sparse", "sparsity": 4, "amplitude": "signs"});
        instance(json!({"signal": signal, "noise": {"id": "gaussian", "snr_db": snr}}), seed)
    }

    fn number(told: &Value, id: &str, field: &str) -> f64 {
        let rule = told["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == id);
        rule.and_then(|rule| rule[field].as_f64()).unwrap_or_else(|| panic!("{id} {field}: {}", told["rules"]))
    }

    #[test]
    fn the_discrepancy_is_the_noise() {
        let instance = noisy(20.0, 1);
        let path = LassoPath::new(instance.operator.clone(), &instance.measurements, 1e-3, 1e12);
        let lambda = discrepancy(&path, instance.noise_norm * instance.noise_norm).unwrap();
        let mut x = vec![0.0; instance.cols()];
        path.at(lambda).iter().for_each(|&(j, value)| x[j] = value);
        let r = instance.residual(&x);
        assert!((dot(&r, &r).sqrt() - instance.noise_norm).abs() < 1e-9 * instance.noise_norm);
        assert_eq!(number(&path_with_rules(&instance, 1e9), "discrepancy", "lambda"), lambda);
    }

    #[test]
    fn the_extended_criterion_finds_the_support() {
        for seed in 1..=5 {
            let told = path_with_rules(&noisy(25.0, seed), 1e9);
            assert_eq!((number(&told, "ebic", "found"), number(&told, "ebic", "false_alarms")), (4.0, 0.0), "{seed}");
            let size = |id: &str| number(&told, id, "size");
            assert!(size("ebic") <= size("bic") && size("bic") <= size("aic"), "{}", told["rules"]);
            // What predicts best takes more entries than there are.
            assert!(number(&told, "cv", "found") == 4.0 && size("cv") > 4.0);
        }
    }

    #[test]
    fn with_orthonormal_columns_sure_is_sureshrink() {
        let mut random = Random::new(5, Stream::Probe);
        let y: Vec<f64> = (0..64).map(|j| if j % 9 == 0 { 4.0 } else { 0.0 } + random.normal()).collect();
        let identity = Dense::from_columns(64, 64, (0..64 * 64).map(|i| f64::from(i % 65 == 0)).collect());
        let path = LassoPath::new(Arc::new(identity), &y, 1e-6, 1e9);
        let chosen = least(&path, |rss, _, size| sure(rss, size, 64, 1.0));
        // Donoho and Johnstone: n - 2 #{|y| <= t} + sum min(|y|, t)^2, least at one of the |y|.
        let risk = |t: f64| {
            64.0 + y.iter().fold(0.0, |sum, y| sum - if y.abs() <= t { 2.0 } else { 0.0 } + y.abs().min(t).powi(2))
        };
        let best = y.iter().map(|y| y.abs()).min_by(|&s, &t| risk(s).total_cmp(&risk(t))).unwrap();
        assert!((chosen - best).abs() < 1e-9, "{chosen} {best}");
    }

    #[test]
    fn sure_is_unbiased_over_draws() {
        let signal = json!({"id": "sparse", "sparsity": 6});
        let drawn = instance(json!({"rows": 40, "cols": 100, "signal": signal}), 2);
        let (clean, sigma, lambda) = (&drawn.measurements, 0.2, 0.35);
        let mut random = Random::new(9, Stream::Probe);
        let (mut estimated, mut squares, mut true_loss) = (0.0, 0.0, 0.0);
        let draws = 400;
        for _ in 0..draws {
            let y: Vec<f64> = clean.iter().map(|y| y + sigma * random.normal()).collect();
            let path = LassoPath::new(drawn.operator.clone(), &y, 0.9 * lambda, 1e9);
            let mut x = vec![0.0; 100];
            path.at(lambda).iter().for_each(|&(j, value)| x[j] = value);
            let (mut fit, mut r) = (vec![0.0; 40], vec![0.0; 40]);
            drawn.operator.apply(&x, &mut fit);
            subtract(&y, &fit, &mut r);
            let size = path.at(lambda).len();
            let mut off = vec![0.0; 40];
            subtract(&fit, clean, &mut off);
            let difference = sure(dot(&r, &r), size, 40, sigma) - dot(&off, &off);
            estimated += difference / f64::from(draws);
            squares += difference * difference / f64::from(draws);
            true_loss += dot(&off, &off) / f64::from(draws);
        }
        let error = (squares / f64::from(draws)).sqrt();
        assert!(estimated.abs() < 3.0 * error && error < 0.05 * true_loss, "{estimated} {error} {true_loss}");
    }

    #[test]
    fn without_noise_the_rules_that_need_it_are_named() {
        let clean = instance(json!({"signal": {"id": "sparse", "sparsity": 8}}), 1);
        let told = path_with_rules(&clean, 1e9);
        let ids: Vec<&str> = told["rules"].as_array().unwrap().iter().filter_map(|rule| rule["id"].as_str()).collect();
        assert_eq!(ids, ["gcv", "aic", "bic", "ebic", "cv"]);
        assert!(told["left_out"][0].as_str().unwrap().starts_with("Universal threshold, SURE"));
        // The support alone explains all measurements.
        assert_eq!((number(&told, "ebic", "found"), number(&told, "ebic", "false_alarms")), (8.0, 0.0));
        let poor = path_with_rules(&noisy(20.0, 1), 3e5);
        assert!(poor["left_out"].as_array().unwrap().len() >= 2, "{}", poor["left_out"]);
    }

    #[test]
    fn lines_are_the_solutions_at_the_breakpoints() {
        let instance = noisy(20.0, 4);
        let told = path_with_rules(&instance, 1e9);
        let ratios = told["ratios"].as_array().unwrap();
        assert!(ratios.windows(2).all(|pair| pair[0].as_f64() >= pair[1].as_f64()) && ratios[0] == 1.0);
        for line in told["lines"].as_array().unwrap() {
            let values = line["values"].as_array().unwrap();
            assert_eq!((values.len(), &values[0]), (ratios.len(), &json!(0.0)));
        }
    }
}
