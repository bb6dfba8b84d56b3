//! What theory says about one instance: coherence, spectrum, restricted isometry, and whether its support can be
//! recovered.

use super::LinearInstance;
use crate::kernels::Scalar;
use crate::operators::LinearOperator;
use crate::theory::coherence::{babel, guaranteed_by_babel, guaranteed_sparsity, welch_bound};
use crate::theory::exact_recovery::{exact_recovery_coefficient, irrepresentability};
use crate::theory::gaussian_isometry;
use crate::theory::minimax::Entries;
use crate::theory::restricted_isometry::{self, Gram};
use crate::theory::spectrum::singular_values;
use crate::theory::statistical_dimension::{l1_descent_cone, transition_width};
use serde_json::{Map, Value, json};

/// Most k of the babel function and of restricted isometry that are shown.
const MOST_BABEL: usize = 64;
const MOST_ISOMETRY: usize = 8;
/// Random starts of the search for a bad support.
const STARTS: usize = 40;
/// Passes that Jacobi's rotations take at most, as a rule.
const SWEEPS: f64 = 12.0;
/// Chance of failure at the edges of the transition that is shown.
const ETA: f64 = 0.05;

/// What is known so far, and what may still be spent.
struct Diagnosis {
    facts: Map<String, Value>,
    left_out: Vec<String>,
    budget: f64,
}

impl Diagnosis {
    fn of<S: Scalar>(operator: &dyn LinearOperator<S>, budget: f64) -> Self {
        let mut diagnosis = Diagnosis { facts: Map::new(), left_out: Vec::new(), budget };
        diagnosis.tell("welch", json!(welch_bound(operator.rows(), operator.cols())));
        diagnosis
    }

    fn tell(&mut self, name: &str, value: Value) {
        self.facts.insert(name.to_owned(), value);
    }

    /// Whether `cost` multiplications can be spent on something; else it is noted as left out.
    fn affords(&mut self, cost: f64, what: &str) -> bool {
        if cost <= self.budget {
            self.budget -= cost;
            return true;
        }
        let millions = |count: f64| (count / 1e6).ceil();
        let left =
            if self.budget < 1e6 { "less than a million" } else { &format!("{} million", millions(self.budget)) };
        self.left_out.push(format!("{what}: about {} million multiplications, and {left} are left", millions(cost)));
        false
    }

    /// Coherence, babel function and restricted isometry.
    fn of_pairs<S: Scalar>(&mut self, operator: &dyn LinearOperator<S>) {
        let (m, n) = (operator.rows() as f64, operator.cols() as f64);
        if !self.affords(m * n * n, "coherence, babel function and restricted isometry") {
            return;
        }
        let babel = babel(operator, MOST_BABEL);
        let coherence = babel.first().copied().unwrap_or(0.0);
        let most = operator.cols();
        let guaranteed =
            json!({"coherence": guaranteed_sparsity(coherence).min(most), "babel": guaranteed_by_babel(&babel)});
        self.tell("coherence", json!(coherence));
        self.tell("guaranteed", guaranteed);
        let gram_cost = 0.5 * m * n * n;
        let mut bounds = Vec::new();
        if self.affords(gram_cost, "restricted isometry") {
            let gram = Gram::of(operator);
            for k in 2..=MOST_ISOMETRY.min(gram.size()) {
                let at = k as f64;
                // Some five swaps a start, each with an eigenproblem of k rows and a scan of all columns.
                let cost = 5.0 * STARTS as f64 * (4.0 * SWEEPS * at * at * at + n * at);
                let supports = (0..k).fold(1.0, |count, i| count * (n - i as f64) / (i + 1) as f64);
                let cost = if supports <= restricted_isometry::MOST_SUPPORTS {
                    supports * 4.0 * SWEEPS * at * at * at
                } else {
                    cost
                };
                if !self.affords(cost, &format!("restricted isometry from k = {k} on")) {
                    break;
                }
                let found = restricted_isometry::search(&gram, k, STARTS, 0);
                // Rounding must not put the lower bound above the upper one.
                let upper = if found.exact { found.delta } else { babel[k - 2].max(found.delta) };
                bounds.push(json!({
                    "k": k, "lower": found.delta, "upper": upper, "exact": found.exact, "support": found.support,
                }));
            }
        }
        self.tell("babel", json!(babel));
        self.tell("isometry", json!(bounds));
    }

    /// Singular values.
    fn of_the_spectrum<S: Scalar>(&mut self, operator: &dyn LinearOperator<S>) {
        let (short, long) = (operator.rows().min(operator.cols()) as f64, operator.rows().max(operator.cols()) as f64);
        if !self.affords(2.5 * SWEEPS * short * short * long, "the singular values") {
            return;
        }
        let values = singular_values(operator);
        let (largest, smallest) = (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(0.0));
        self.tell("condition", json!(if smallest > 0.0 { largest / smallest } else { f64::INFINITY }));
        self.tell("spectrum", json!(values));
    }

    fn told(mut self) -> Value {
        self.facts.insert("left_out".to_owned(), json!(self.left_out));
        Value::Object(self.facts)
    }
}

/// What is known of a matrix by itself: `welch`, `coherence`, `babel`, `guaranteed`, `isometry`, `spectrum`, `condition`, as in the
/// diagnosis of `linear`.
pub fn matrix_diagnosis<S: Scalar>(operator: &dyn LinearOperator<S>, budget: f64) -> Value {
    let mut diagnosis = Diagnosis::of(operator, budget);
    diagnosis.of_pairs(operator);
    diagnosis.of_the_spectrum(operator);
    diagnosis.told()
}

impl<S: Scalar> LinearInstance<S> {
    /// See [`crate::contract::Instance::diagnosis`]. Names:
    ///
    /// - `welch`, `coherence`, `babel` (for k = 1, 2, ...), `guaranteed` (`{coherence, babel}`: largest sparsity that
    ///   OMP and basis pursuit are sure of)
    /// - `spectrum` (singular values, largest first), `condition` (`null` where the smallest one is zero)
    /// - `isometry`: for k = 2, 3, ... `{k, lower, upper, exact, support}`, bounds on `delta_k`
    /// - of the true support, where it is known: `erc`, `irrepresentability` (`null` where its columns are dependent)
    /// - for a Gaussian matrix of this size and the true sparsity: `statistical_dimension` (`{measurements, width,
    ///   eta}`), `noise_sensitivity` (`null` above the transition), `gaussian_isometry` (`{k, below, above}`: how far
    ///   eigenvalues of twice as many columns of a large one can be from one)
    pub(super) fn diagnosis(&self, budget: f64) -> Value {
        let mut diagnosis = Diagnosis::of(&*self.operator, budget);
        self.of_the_sparsity(&mut diagnosis);
        self.of_the_support(&mut diagnosis);
        diagnosis.of_pairs(&*self.operator);
        diagnosis.of_the_spectrum(&*self.operator);
        diagnosis.told()
    }

    /// `{erc}` of a set of columns, `null` where they are dependent; nothing where it takes more than `budget`.
    pub(super) fn support_diagnosis(&self, support: &[usize], budget: f64) -> Value {
        let (m, n, k) = (self.rows() as f64, self.cols() as f64, support.len() as f64);
        let fits = support.len() <= self.rows() && support.iter().all(|&j| j < self.cols());
        if !fits || m * n * (k + 2.0) > budget {
            return Value::Null;
        }
        json!({"erc": exact_recovery_coefficient(&*self.operator, support)})
    }

    fn of_the_sparsity(&self, diagnosis: &mut Diagnosis) {
        let (m, n) = (self.rows(), self.cols());
        let Some(k) = self.sparsity() else {
            return;
        };
        let entries = if S::COMPLEX { Entries::Complex } else { Entries::Signed };
        let measurements = l1_descent_cone(entries, n, k);
        let width = transition_width(n, ETA);
        diagnosis.tell("statistical_dimension", json!({"measurements": measurements, "width": width, "eta": ETA}));
        let (delta, rho) = (m as f64 / n as f64, k as f64 / m as f64);
        // serde_json writes an infinite number as null.
        let sensitivity = if k == 0 {
            0.0
        } else if rho * delta < 1.0 && delta < 1.0 {
            entries.noise_sensitivity(delta, rho)
        } else {
            f64::INFINITY
        };
        diagnosis.tell("noise_sensitivity", json!(sensitivity));
        let twice = 2.0 * rho;
        if k > 0 && twice < 1.0 && delta <= 1.0 {
            let (below, above) = (gaussian_isometry::lower(delta, twice), gaussian_isometry::upper(delta, twice));
            diagnosis.tell("gaussian_isometry", json!({"k": 2 * k, "below": below, "above": above}));
        }
    }

    fn of_the_support(&self, diagnosis: &mut Diagnosis) {
        let (m, n) = (self.rows() as f64, self.cols() as f64);
        let Some(truth) = &self.truth else {
            return;
        };
        let Some(k) = self.sparsity() else {
            return;
        };
        let all: Vec<usize> = (0..truth.len()).filter(|&j| truth[j] != S::zero()).collect();
        let above = || (0..truth.len()).filter(|&j| truth[j].abs() > self.active_threshold).collect();
        let support: Vec<usize> = if all.len() == k { all } else { above() };
        if !diagnosis.affords(m * n * (k as f64 + 2.0), "the exact recovery coefficient of the support") {
            return;
        }
        let signs: Vec<S> = support.iter().map(|&j| truth[j].sign()).collect();
        diagnosis.tell("erc", json!(exact_recovery_coefficient(&*self.operator, &support)));
        diagnosis.tell("irrepresentability", json!(irrepresentability(&*self.operator, &support, &signs)));
    }
}

#[cfg(test)]
mod tests {
    use crate::contract::NoFiles;
    use crate::labs::registry;
    use serde_json::{Value, json};

    fn diagnosed(params: Value, budget: f64) -> Value {
        registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).unwrap().diagnosis(budget)
    }

    #[test]
    fn a_paley_frame_is_equiangular_and_tight() {
        let params =
            json!({"rows": 31, "cols": 62, "matrix": {"id": "paley"}, "signal": {"id": "sparse", "sparsity": 3}});
        let found = diagnosed(params, 1e9);
        let number =
            |path: &str| found.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("{path}: {found}"));
        let mu = 1.0 / 61f64.sqrt();
        for path in ["/welch", "/coherence", "/babel/0", "/isometry/0/lower", "/isometry/0/upper"] {
            assert!((number(path) - mu).abs() < 1e-12, "{path}");
        }
        // (1 + sqrt 61) / 2 is 4.4, and mu_1(k) = k mu.
        assert_eq!(found["guaranteed"], json!({"coherence": 4, "babel": 4}));
        assert!((number("/condition") - 1.0).abs() < 1e-12 && (number("/spectrum/30") - 2f64.sqrt()).abs() < 1e-12);
        let (erc, signed) = (number("/erc"), number("/irrepresentability"));
        assert!(signed <= erc + 1e-12 && erc <= 3.0 * mu / (1.0 - 2.0 * mu) + 1e-12, "{signed} {erc}");
        assert!(found["left_out"].as_array().unwrap().is_empty());
        let bounds = found["isometry"].as_array().unwrap();
        assert!(bounds.iter().all(|b| b["lower"].as_f64() <= b["upper"].as_f64()), "{bounds:?}");
    }

    #[test]
    fn what_is_too_dear_is_named() {
        let found = diagnosed(json!({}), 0.0);
        let left_out = found["left_out"].as_array().unwrap();
        assert_eq!(left_out.len(), 3, "{left_out:?}");
        assert!(
            left_out[1]
                .as_str()
                .unwrap()
                .starts_with("coherence, babel function and restricted isometry: about 6 mill")
        );
        assert!(found.get("coherence").is_none() && found.get("spectrum").is_none() && found.get("erc").is_none());
        // What depends on sizes alone costs nothing: 20 of 256, that is M(0.078) n.
        let need = found["statistical_dimension"]["measurements"].as_f64().unwrap();
        assert!((70.0..74.0).contains(&need), "{need}");
        assert!(found["noise_sensitivity"].as_f64().unwrap() > 1.0);
    }

    #[test]
    fn a_support_has_a_coefficient_of_its_own() {
        let params =
            json!({"rows": 31, "cols": 62, "matrix": {"id": "paley"}, "signal": {"id": "sparse", "sparsity": 3}});
        let instance = registry().problem("linear").unwrap().instance(&params, 1, &NoFiles).unwrap();
        // Of one column it is the largest correlation with another.
        let alone = instance.support_diagnosis(&[7], 1e9)["erc"].as_f64().unwrap();
        assert!((alone - 1.0 / 61f64.sqrt()).abs() < 1e-12, "{alone}");
        assert_eq!(instance.support_diagnosis(&[], 1e9), json!({"erc": 0.0}));
        assert_eq!(instance.support_diagnosis(&[7], 10.0), Value::Null);
        assert_eq!(instance.support_diagnosis(&[62], 1e9), Value::Null);
    }

    #[test]
    fn complex_and_unknown_instances_are_no_trouble() {
        let found = diagnosed(
            json!({"rows": 13, "cols": 60, "matrix": {"id": "chirp"}, "signal": {"id": "sparse", "sparsity": 2}}),
            1e9,
        );
        assert!((found["coherence"].as_f64().unwrap() - 1.0 / 13f64.sqrt()).abs() < 1e-12);
        let data = json!({"matrix": [[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]], "measurements": [1.0, 2.0]});
        let found = diagnosed(json!({"data": data}), 1e9);
        assert!(found.get("erc").is_none() && (found["coherence"].as_f64().unwrap() - 0.5f64.sqrt()).abs() < 1e-15);
        let flat = json!({"matrix": [[1.0, 1.0], [1.0, 1.0]], "truth": [1.0, 1.0]});
        let found = diagnosed(json!({"data": flat}), 1e9);
        assert_eq!((&found["erc"], &found["condition"]), (&Value::Null, &Value::Null));
    }
}
